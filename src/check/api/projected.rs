use std::collections::HashSet;

use k8s_openapi::api::core::v1::{
    ClusterTrustBundleProjection, KeyToPath, PodCertificateProjection, ProjectedVolumeSource,
    ServiceAccountTokenProjection,
};

use super::mend::Mend;
use super::volume_files as files;
use super::{BadValue, ErrorList, Options, Path, certificate, label_selector};
use crate::i18n::{Message, id};
use crate::k8s::Version;

/// The paths that a volume's sources have taken so far.
struct Taken<'s, 'p> {
    paths: HashSet<&'s str>,
    /// The volume's source: upstream names it, whichever path is taken.
    volume: &'p Path<'p>,
}

impl<'s> Taken<'s, '_> {
    /// Takes a path; `value` is what the server shows when that is taken already.
    fn take(&mut self, target: &'s str, value: &str, at: &Path<'_>, errs: &mut ErrorList) {
        if !self.paths.insert(target) {
            let message = Message::new(id::CHECK_API_PROJECTED_DUPLICATE).with("value", BadValue::from(target).plain());
            errs.invalid(self.volume, value, "conflicting duplicate paths", message).at(at);
        }
    }
}

/// `validateProjectedVolumeSource`.
pub fn validate_projected_volume_source(
    source: &ProjectedVolumeSource,
    path: &Path<'_>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) {
    files::validate_default_mode(source.default_mode, source.default_user, path, errs);
    validate_projection_sources(source, path, opts, errs);
}

/// `validateProjectionSources`.
fn validate_projection_sources(
    volume: &ProjectedVolumeSource,
    path: &Path<'_>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) {
    let mut taken = Taken { paths: HashSet::new(), volume: path };
    let sources = path.child("sources");
    for (i, source) in volume.sources.iter().flatten().enumerate() {
        let at = sources.index(i);
        let mut kinds = 0;
        if let Some(secret) = &source.secret {
            kinds += 1;
            validate_items(&secret.name, secret.items.as_deref(), &at.child("secret"), &mut taken, errs);
        }
        if let Some(map) = &source.config_map {
            kinds += 1;
            validate_items(&map.name, map.items.as_deref(), &at.child("configMap"), &mut taken, errs);
        }
        if let Some(downward) = &source.downward_api {
            kinds += 1;
            let (said, items) = (at.child("downwardAPI"), at.child("downwardAPI"));
            let items = items.child("items");
            for (i, file) in downward.items.iter().flatten().enumerate() {
                let from = errs.len();
                files::validate_downward_api_volume_file(file, &said, errs);
                errs.move_since(from, &said, &items.index(i));
                if !file.path.is_empty() {
                    taken.take(&file.path, &file.path, &items.index(i).child("path"), errs);
                }
            }
        }
        if let Some(token) = &source.service_account_token {
            kinds += 1;
            validate_token(token, path, &at.child("serviceAccountToken"), errs);
        }
        if let Some(bundle) = &source.cluster_trust_bundle {
            kinds += 1;
            validate_bundle(bundle, &at.child("clusterTrustBundle"), &mut taken, errs);
        }
        if let Some(certificate) = &source.pod_certificate {
            kinds += 1;
            validate_certificate(certificate, &at.child("podCertificate"), opts, &mut taken, errs);
        }
        if kinds > 1 {
            let detail = "may not specify more than 1 volume type per source";
            errs.forbidden(&at, detail, id::CHECK_API_PROJECTED_ONE_PER_SOURCE);
        }
    }
}

fn validate_items<'s>(
    name: &str,
    items: Option<&'s [KeyToPath]>,
    path: &Path<'_>,
    taken: &mut Taken<'s, '_>,
    errs: &mut ErrorList,
) {
    if name.is_empty() {
        errs.missing(&path.child("name"), "");
    }
    for (i, item) in items.unwrap_or_default().iter().enumerate() {
        let list = path.child("items");
        let at = list.index(i);
        files::validate_key_to_path(item, &at, errs);
        if !item.path.is_empty() {
            taken.take(&item.path, name, &at.child("path"), errs);
        }
    }
}

/// Upstream looks for the token's path right below the volume's source.
fn validate_token(token: &ServiceAccountTokenProjection, volume: &Path<'_>, path: &Path<'_>, errs: &mut ErrorList) {
    const LEAST: i64 = 600;
    const MOST: i64 = 1 << 32;
    let expires = path.child("expirationSeconds");
    let between = || {
        let message = Message::new(id::CHECK_API_BETWEEN).with("key", "expirationSeconds");
        message.with("from", LEAST.to_string()).with("to", MOST.to_string())
    };
    match token.expiration_seconds {
        None => {
            errs.missing(&expires, "");
        }
        Some(seconds) if seconds < LEAST => {
            errs.invalid(&expires, seconds, "may not specify a duration less than 10 minutes", between())
                .mend(Mend::set(expires.steps(), LEAST));
        }
        Some(seconds) if seconds > MOST => {
            errs.invalid(&expires, seconds, "may not specify a duration larger than 2^32 seconds", between())
                .mend(Mend::set(expires.steps(), MOST));
        }
        Some(_) => {}
    }
    let (from, said) = (errs.len(), volume.child("path"));
    if token.path.is_empty() {
        errs.missing(&said, "");
    } else {
        files::validate_local_non_reserved_path(&token.path, &said, errs);
    }
    errs.move_since(from, &said, &path.child("path"));
    files::validate_user_field(token.user, &path.child("user"), errs);
}

fn validate_bundle<'s>(
    bundle: &'s ClusterTrustBundleProjection,
    path: &Path<'_>,
    taken: &mut Taken<'s, '_>,
    errs: &mut ErrorList,
) {
    match (&bundle.name, &bundle.signer_name) {
        (Some(_), Some(_)) => {
            let detail = "only one of name and signerName may be used";
            errs.invalid(path, bundle_value(bundle), detail, id::CHECK_API_PROJECTED_BUNDLE_BOTH);
        }
        (Some(name), None) => {
            let at = path.child("name");
            if name.is_empty() {
                errs.missing(&at, "must be a valid object name");
            }
            certificate::validate_cluster_trust_bundle_name(name, &at, errs);
            if let Some(selector) = &bundle.label_selector {
                let at = path.child("labelSelector");
                let detail = "labelSelector must be unset if name is specified";
                let value = BadValue::Struct { json: selector_value(selector), go: String::new() };
                errs.invalid(&at, value, detail, id::CHECK_API_PROJECTED_BUNDLE_SELECTOR)
                    .mend(Mend::delete(at.steps()));
            }
        }
        (None, Some(signer)) => {
            let at = path.child("signerName");
            if signer.is_empty() {
                errs.missing(&at, "must be a valid signer name");
            }
            certificate::validate_signer_name(signer, &at, errs);
            let selector = bundle.label_selector.as_ref();
            label_selector::validate_label_selector(selector, &path.child("labelSelector"), errs);
        }
        (None, None) => {
            errs.required(path, "either name or signerName must be specified", id::CHECK_API_PROJECTED_BUNDLE_NONE);
        }
    }
    let at = path.child("path");
    if bundle.path.is_empty() {
        errs.missing(&at, "");
    }
    files::validate_user_field(bundle.user, &path.child("user"), errs);
    files::validate_local_non_reserved_path(&bundle.path, &at, errs);
    taken.take(&bundle.path, &bundle.path, &at, errs);
}

/// The internal type as JSON (only 1.37 has the gate on).
fn bundle_value(bundle: &ClusterTrustBundleProjection) -> BadValue {
    let json = serde_json::json!({
        "Name": bundle.name,
        "SignerName": bundle.signer_name,
        "LabelSelector": bundle.label_selector.as_ref().map(selector_value),
        "Optional": bundle.optional,
        "Path": bundle.path,
        "User": bundle.user,
    });
    BadValue::Struct { json, go: String::new() }
}

/// A selector as JSON, which leaves out what is empty.
fn selector_value(selector: &k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector) -> serde_json::Value {
    let mut json = serde_json::Map::new();
    if let Some(labels) = selector.match_labels.as_ref().filter(|labels| !labels.is_empty()) {
        json.insert("matchLabels".to_owned(), serde_json::json!(labels));
    }
    let expressions: Vec<_> = selector
        .match_expressions
        .iter()
        .flatten()
        .map(|e| match e.values.as_ref().filter(|values| !values.is_empty()) {
            Some(values) => serde_json::json!({ "key": e.key, "operator": e.operator, "values": values }),
            None => serde_json::json!({ "key": e.key, "operator": e.operator }),
        })
        .collect();
    if !expressions.is_empty() {
        json.insert("matchExpressions".to_owned(), expressions.into());
    }
    json.into()
}

fn validate_certificate<'s>(
    certificate: &'s PodCertificateProjection,
    path: &Path<'_>,
    opts: Options<'_>,
    taken: &mut Taken<'s, '_>,
    errs: &mut ErrorList,
) {
    const KEY_TYPES: [&str; 6] = ["RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"];
    const LEAST: i32 = 3600;
    certificate::validate_signer_name(&certificate.signer_name, &path.child("signerName"), errs);
    if let Some(annotations) = certificate.user_annotations.as_ref().filter(|_| opts.version >= Version::V1_35) {
        certificate::validate_user_annotations(annotations, &path.child("userAnnotations"), errs);
    }
    files::validate_user_field(certificate.user, &path.child("user"), errs);
    if !KEY_TYPES.contains(&certificate.key_type.as_str()) {
        errs.not_supported(&path.child("keyType"), &certificate.key_type, &KEY_TYPES);
    }
    if let Some(seconds) = certificate.max_expiration_seconds {
        let most = if certificate::is_kubernetes_signer_name(&certificate.signer_name) { 86_400 } else { 7_862_400 };
        let at = path.child("maxExpirationSeconds");
        let message = Message::new(id::CHECK_API_BETWEEN).with("key", at.called());
        let message = message.with("from", LEAST.to_string()).with("to", most.to_string());
        if seconds < LEAST {
            let detail = "if provided, maxExpirationSeconds must be >= 3600";
            errs.invalid(&at, seconds, detail, message).mend(Mend::set(at.steps(), LEAST));
        } else if seconds > most {
            let detail = format!("if provided, maxExpirationSeconds must be <= {most}");
            errs.invalid(&at, seconds, &detail, message).mend(Mend::set(at.steps(), most));
        }
    }
    let mut written = false;
    for (name, target) in [
        ("credentialBundlePath", &certificate.credential_bundle_path),
        ("keyPath", &certificate.key_path),
        ("certificateChainPath", &certificate.certificate_chain_path),
    ] {
        let Some(target) = target.as_deref().filter(|target| !target.is_empty()) else { continue };
        written = true;
        let at = path.child(name);
        files::validate_local_non_reserved_path(target, &at, errs);
        taken.take(target, target, &at, errs);
    }
    if !written {
        let detail = "specify at least one of credentialBundlePath, keyPath, and certificateChainPath";
        errs.required(path, detail, id::CHECK_API_PROJECTED_CERTIFICATE_NOWHERE);
    }
}

#[cfg(test)]
#[path = "projected_tests.rs"]
mod tests;
