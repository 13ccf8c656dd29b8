//! Warnings about a Pod or a template of Pods (`pkg/api/pod/warnings.go`).

use std::collections::HashSet;

use k8s_openapi::api::core::v1::{AppArmorProfile, PersistentVolumeClaimSpec, PodSpec, PodTemplateSpec, Volume};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::pod_containers::{self, warn_fraction};
use super::{pod_paths, pod_placement};
use crate::check::api::bad_value::quoted;
use crate::check::api::visit::visit_containers;
use crate::check::api::{Mend, Path, Warning, content};
use crate::i18n::{Message, id};
use crate::k8s::Version;

const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";
const SECCOMP_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP: &str = "container.seccomp.security.alpha.kubernetes.io/";

/// Annotations without effect, since when, and the fields that took their place (`deprecatedAnnotations`).
const ANNOTATIONS: [(&str, &str, &str); 3] = [
    ("scheduler.alpha.kubernetes.io/critical-pod", "1.16", "priorityClassName"),
    ("security.alpha.kubernetes.io/sysctls", "1.11", "sysctls"),
    ("security.alpha.kubernetes.io/unsafe-sysctls", "1.11", "sysctls"),
];

/// `GetWarningsForPodTemplate`.
pub fn get_warnings_for_pod_template(
    template: &PodTemplateSpec,
    path: &Path<'_>,
    version: Version,
    warnings: &mut Vec<Warning>,
) {
    let (spec, meta) = (PodSpec::default(), ObjectMeta::default());
    let spec = template.spec.as_ref().unwrap_or(&spec);
    let meta = template.metadata.as_ref().unwrap_or(&meta);
    warnings_for_pod_spec_and_meta(spec, meta, path, true, version, warnings);
}

/// `warningsForPodSpecAndMeta`.
pub fn warnings_for_pod_spec_and_meta(
    spec: &PodSpec,
    meta: &ObjectMeta,
    path: &Path<'_>,
    template: bool,
    version: Version,
    warnings: &mut Vec<Warning>,
) {
    let spec_path = path.child("spec");
    let metadata = path.child("metadata");
    let annotations = Annotations { meta, path: metadata.child("annotations") };
    pod_placement::warn_placement(spec, &spec_path, version, warnings);
    for (key, since, field) in ANNOTATIONS {
        annotations.warn(
            key,
            &format!("non-functional in v{since}+; use the \"{field}\" field instead"),
            field,
            warnings,
        );
    }
    let volumes = spec.volumes.as_deref().unwrap_or_default();
    let volumes_path = spec_path.child("volumes");
    for (i, volume) in volumes.iter().enumerate() {
        warn_old_volume(volume, &volumes_path.index(i), warnings);
    }
    pod_paths::warn_overlapping_paths(volumes, &spec_path, version, warnings);
    warn_repeated(spec, &spec_path, warnings);
    let overhead = spec_path.child("overhead");
    for name in ["memory", "ephemeral-storage"] {
        if let Some(amount) = spec.overhead.as_ref().and_then(|overhead| overhead.get(name)) {
            warn_fraction(&amount.0, &overhead.key(name), warnings);
        }
    }
    let context = spec.security_context.as_ref();
    if context.is_none_or(|context| context.seccomp_profile.is_none()) {
        annotations.warn_seccomp(SECCOMP_POD, warnings);
    }
    let of_pod = context.and_then(|context| context.app_armor_profile.as_ref());
    visit_containers(spec, &spec_path, |container, at| {
        let own = container.security_context;
        if own.is_none_or(|context| context.seccomp_profile.is_none()) {
            annotations.warn_seccomp(&format!("{SECCOMP}{}", container.name), warnings);
        }
        if template && own.is_none_or(|context| context.app_armor_profile.is_none()) {
            annotations.warn_app_armor(container.name, of_pod, version, warnings);
        }
        pod_containers::warn_container(container, at, warnings);
    });
    pod_containers::warn_ports(spec, &spec_path, warnings);
    pod_containers::warn_port_names(spec, &spec_path, warnings);
    if spec.termination_grace_period_seconds.is_some_and(|seconds| seconds < 0) {
        let at = spec_path.child("terminationGracePeriodSeconds");
        let text = format!("{}: must be >= 0; negative values are invalid and will be treated as 1", at.field());
        warnings.push(Warning::new(&at, text, id::CHECK_API_WARNINGS_GRACE).mend(Mend::set(at.steps(), 1)));
    }
    pod_placement::warn_pod_affinity(spec, &spec_path, warnings);
    warn_addresses(spec, &spec_path, version, warnings);
}

/// Addresses that are not written as usual.
fn warn_addresses(spec: &PodSpec, path: &Path<'_>, version: Version, warnings: &mut Vec<Warning>) {
    let above = path.child("dnsConfig");
    let list = above.child("nameservers");
    let servers = spec.dns_config.as_ref().and_then(|config| config.nameservers.as_deref()).unwrap_or_default();
    for (i, server) in servers.iter().enumerate() {
        warn_address(server, &list.index(i), version, warnings);
    }
    let list = path.child("hostAliases");
    for (i, alias) in spec.host_aliases.iter().flatten().enumerate() {
        warn_address(&alias.ip, &list.index(i).child("ip"), version, warnings);
    }
}

fn warn_address(address: &str, path: &Path<'_>, version: Version, warnings: &mut Vec<Warning>) {
    for text in content::get_warnings_for_ip(&path.field().to_string(), address, version) {
        let meant = content::parse_ip_sloppy(address).map(|ip| ip.to_string()).unwrap_or_default();
        let message = Message::new(id::CHECK_API_IP_WRITE).with("value", address).with("meant", meant.as_str());
        warnings.push(Warning::new(path, text, message).mend(Mend::set(path.steps(), meant)));
    }
}

struct Annotations<'a> {
    meta: &'a ObjectMeta,
    path: Path<'a>,
}

impl Annotations<'_> {
    fn get(&self, key: &str) -> Option<&String> {
        self.meta.annotations.as_ref()?.get(key)
    }

    fn warn(&self, key: &str, text: &str, field: &str, warnings: &mut Vec<Warning>) {
        if self.get(key).is_some() {
            let at = self.path.key(key);
            let message = Message::new(id::CHECK_API_WARNINGS_OLD_ANNOTATION).with("key", key).with("new", field);
            warnings.push(Warning::new(&at, format!("{}: {text}", at.field()), message));
        }
    }

    fn warn_seccomp(&self, key: &str, warnings: &mut Vec<Warning>) {
        let text = "non-functional in v1.27+; use the \"seccompProfile\" field instead";
        self.warn(key, text, "seccompProfile", warnings);
    }

    /// Of templates only: of Pods it is said before the annotation becomes a field. 1.33 is silent when the Pod
    /// has any profile, later ones when it has the annotation's.
    fn warn_app_armor(&self, name: &str, pod: Option<&AppArmorProfile>, version: Version, warnings: &mut Vec<Warning>) {
        let key = format!("{APP_ARMOR}{name}");
        let Some(annotation) = self.get(&key) else { return };
        let silent = pod.is_some_and(|profile| version == Version::V1_33 || is_profile(profile, annotation));
        if !silent {
            let text = "deprecated since v1.30; use the \"appArmorProfile\" field instead";
            let at = self.path.key(&key);
            let text = format!("{}: {text}", at.field());
            warnings.push(Warning::new(&at, text, id::CHECK_API_APP_ARMOR_ANNOTATION));
        }
    }
}

/// Whether the annotation means the profile (`ApparmorFieldForAnnotation`).
fn is_profile(profile: &AppArmorProfile, annotation: &str) -> bool {
    let localhost = profile.localhost_profile.as_deref();
    match annotation {
        "unconfined" => profile.type_ == "Unconfined" && localhost.is_none(),
        "runtime/default" => profile.type_ == "RuntimeDefault" && localhost.is_none(),
        _ => annotation
            .strip_prefix("localhost/")
            .is_some_and(|name| !name.is_empty() && profile.type_ == "Localhost" && localhost == Some(name)),
    }
}

/// Sources that no node mounts any more, and fractions of a byte asked for.
fn warn_old_volume(volume: &Volume, path: &Path<'_>, warnings: &mut Vec<Warning>) {
    let mut old = |there: bool, name: &str, said: &str, text: &str| {
        if there {
            let message = match name {
                "gitRepo" => Message::new(id::CHECK_API_WARNINGS_GIT_REPO),
                _ => Message::new(id::CHECK_API_WARNINGS_OLD_VOLUME).with("key", name),
            };
            let text = format!("{}: {text}", path.child(said).field());
            warnings.push(Warning::new(&path.child(name), text, message));
        }
    };
    let gone = |since: &str, without: &str| format!("deprecated in v{since}, non-functional in v{without}+");
    let photon = "photonPersistentDisk";
    old(volume.photon_persistent_disk.is_some(), photon, photon, &gone("1.11", "1.16"));
    old(volume.git_repo.is_some(), "gitRepo", "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+");
    old(volume.scale_io.is_some(), "scaleIO", "scaleIO", &gone("1.16", "1.22"));
    old(volume.flocker.is_some(), "flocker", "flocker", &gone("1.22", "1.25"));
    old(volume.storageos.is_some(), "storageos", "storageOS", &gone("1.22", "1.25"));
    old(volume.quobyte.is_some(), "quobyte", "quobyte", &gone("1.22", "1.25"));
    old(volume.glusterfs.is_some(), "glusterfs", "glusterfs", &gone("1.25", "1.26"));
    let claim = volume.ephemeral.as_ref().and_then(|ephemeral| ephemeral.volume_claim_template.as_ref());
    if let Some(claim) = claim {
        let above = path.child("ephemeral");
        let above = above.child("volumeClaimTemplate");
        get_warnings_for_persistent_volume_claim_spec(&claim.spec, &above.child("spec"), warnings);
    }
    let mut old = |there: bool, name: &str| {
        if there {
            let at = path.child(name);
            let message = Message::new(id::CHECK_API_WARNINGS_OLD_VOLUME).with("key", name);
            warnings.push(Warning::new(&at, format!("{}: {}", at.field(), gone("1.28", "1.31")), message));
        }
    };
    old(volume.cephfs.is_some(), "cephfs");
    old(volume.rbd.is_some(), "rbd");
}

/// `GetWarningsForPersistentVolumeClaimSpec`.
fn get_warnings_for_persistent_volume_claim_spec(
    spec: &PersistentVolumeClaimSpec,
    path: &Path<'_>,
    warnings: &mut Vec<Warning>,
) {
    let Some(resources) = &spec.resources else { return };
    let above = path.child("resources");
    for (name, amounts) in [("requests", &resources.requests), ("limits", &resources.limits)] {
        if let Some(amount) = amounts.as_ref().and_then(|amounts| amounts.get("storage")) {
            warn_fraction(&amount.0, &above.child(name).key("storage"), warnings);
        }
    }
}

/// Host aliases and pull secrets that stand twice, and pull secrets without a name.
fn warn_repeated(spec: &PodSpec, path: &Path<'_>, warnings: &mut Vec<Warning>) {
    let list = path.child("hostAliases");
    let mut seen = HashSet::new();
    for (i, alias) in spec.host_aliases.iter().flatten().enumerate() {
        if !seen.insert(alias.ip.as_str()) {
            let item = list.index(i);
            let at = item.child("ip");
            let message = Message::new(id::CHECK_API_WARNINGS_ALIAS_TWICE).with("value", alias.ip.as_str());
            warnings.push(Warning::new(&at, format!("{}: duplicate ip {}", at.field(), quoted(&alias.ip)), message));
        }
    }
    let list = path.child("imagePullSecrets");
    let secrets = spec.image_pull_secrets.as_deref().unwrap_or_default();
    let mut seen = HashSet::new();
    for (i, secret) in secrets.iter().enumerate() {
        if !seen.insert(secret.name.as_str()) {
            let item = list.index(i);
            let at = item.child("name");
            let message = Message::new(id::CHECK_API_WARNINGS_PULL_SECRET_TWICE).with("value", secret.name.as_str());
            let text = format!("{}: duplicate name {}", at.field(), quoted(&secret.name));
            warnings.push(Warning::new(&at, text, message).mend(Mend::delete(item.steps())));
        }
    }
    for (i, _) in secrets.iter().enumerate().filter(|(_, secret)| secret.name.is_empty()) {
        let item = list.index(i);
        let at = item.child("name");
        let text = format!("{}: invalid empty name \"\"", at.field());
        let warning = Warning::new(&at, text, id::CHECK_API_WARNINGS_PULL_SECRET_EMPTY);
        warnings.push(warning.mend(Mend::delete(item.steps())));
    }
}
