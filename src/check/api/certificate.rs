//! Names of signers and of bundles of certificates (`pkg/apis/core/validation/names.go`).

use std::collections::BTreeMap;

use super::bad_value::quoted;
use super::content::{self, Fault};
use super::{BadValue, ErrorList, Path, domain};
use crate::i18n::{Message, id};

/// So many bytes annotations may hold together (`TotalAnnotationSizeLimitB`).
const MOST_ANNOTATED: usize = 256 * 1024;
const DOMAIN: usize = 253;
/// Domain, `/`, label, `.`, subdomain.
const SIGNER: usize = DOMAIN + 1 + 253 + 63 + 1;

/// `IsKubernetesSignerName`.
pub fn is_kubernetes_signer_name(signer: &str) -> bool {
    let host = signer.split('/').next().unwrap_or_default();
    host == "kubernetes.io" || host.ends_with(".kubernetes.io")
}

/// `ValidateSignerName`.
pub fn validate_signer_name(signer: &str, path: &Path<'_>, errs: &mut ErrorList) {
    if signer.is_empty() {
        errs.missing(path, "");
        return;
    }
    let said = || Message::new(id::CHECK_API_CERTIFICATE_SIGNER).with("value", BadValue::from(signer).plain());
    let too_long = |errs: &mut ErrorList, most: usize| {
        let message = Message::new(id::CHECK_API_TOO_LONG).with("key", path.called()).with("most", most);
        errs.too_long(path, most, message);
    };
    let Some((domain, name)) = signer.split_once('/').filter(|(_, name)| !name.contains('/')) else {
        let detail = "must be a fully qualified domain and path of the form 'example.com/signer-name'";
        errs.invalid(path, signer, detail, said());
        return;
    };
    if domain.len() > DOMAIN {
        too_long(errs, DOMAIN);
    }
    // Only the first wrong part is spoken of.
    let first_wrong = |whole: &str, rule: fn(&str) -> Vec<Fault>, errs: &mut ErrorList| {
        let wrong = whole.split('.').map(|part| (part, rule(part))).find(|(_, faults)| !faults.is_empty());
        let Some((part, faults)) = wrong else { return };
        for fault in faults {
            let detail = format!("validating label {}: {}", quoted(part), fault.detail);
            errs.invalid(path, whole, &detail, said());
        }
    };
    first_wrong(domain, content::is_dns1123_label, errs);
    if !domain.contains('.') {
        errs.invalid(path, domain, "should be a domain with at least two segments separated by dots", said());
    }
    first_wrong(name, content::is_dns1123_subdomain, errs);
    if signer.len() > SIGNER {
        too_long(errs, SIGNER);
    }
}

/// `ValidateClusterTrustBundleName`, for the signer that the name itself speaks of.
pub fn validate_cluster_trust_bundle_name(name: &str, path: &Path<'_>, errs: &mut ErrorList) {
    let mut say = |detail: &str| {
        let value = BadValue::from(name);
        let message = Message::new(id::CHECK_API_CERTIFICATE_BUNDLE).with("value", value.plain());
        errs.invalid(path, value, &format!("not a valid clustertrustbundlename: {detail}"), message);
    };
    let rest = match name.rsplit_once(':') {
        Some(("", _)) => {
            say("ClusterTrustBundle without signer name must not have \":\" in its name");
            return;
        }
        // With `/` for `:` and back again, a signer that holds `/` is not what the name begins with.
        Some((signer, _)) if signer.contains('/') => {
            let (slashed, prefix) = (signer.replace(':', "/"), signer.replace('/', ":"));
            say(&format!("ClusterTrustBundle for signerName {slashed} must be named with prefix {prefix}:"));
            return;
        }
        Some((_, rest)) => rest,
        None => name,
    };
    for fault in content::is_dns1123_subdomain(rest) {
        say(&fault.detail);
    }
}

/// `ValidateUserAnnotations`.
pub fn validate_user_annotations(annotations: &BTreeMap<String, String>, path: &Path<'_>, errs: &mut ErrorList) {
    for key in annotations.keys() {
        let from = errs.len();
        domain::is_domain_prefixed_key(&key.to_lowercase(), path, errs);
        errs.move_since(from, path, &path.key(key));
    }
    let size = annotations.iter().map(|(key, value)| key.len() + value.len()).sum::<usize>();
    if size > MOST_ANNOTATED {
        let message = Message::new(id::CHECK_API_TOO_LONG).with("key", path.called()).with("most", MOST_ANNOTATED);
        errs.too_long(path, MOST_ANNOTATED, message);
    }
}
