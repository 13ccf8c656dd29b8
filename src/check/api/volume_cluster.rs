//! Volumes of storage clusters: GlusterFS, Ceph, Quobyte.

use k8s_openapi::api::core::v1::{CephFSVolumeSource, GlusterfsVolumeSource, QuobyteVolumeSource, RBDVolumeSource};

use super::{BadValue, ErrorList, Path};
use crate::i18n::{Message, id};

/// Each wrong pair of a registry repeats the whole registry: so much of it is said at most.
const MOST_SAID: usize = 1 << 22;

/// `validateGlusterfsVolumeSource`.
pub fn validate_glusterfs_volume_source(source: &GlusterfsVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    if source.endpoints.is_empty() {
        errs.missing(&path.child("endpoints"), "");
    }
    if source.path.is_empty() {
        errs.missing(&path.child("path"), "");
    }
}

/// `validateRBDVolumeSource`.
pub fn validate_rbd_volume_source(source: &RBDVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    if source.monitors.is_empty() {
        errs.missing(&path.child("monitors"), "");
    }
    if source.image.is_empty() {
        errs.missing(&path.child("image"), "");
    }
}

/// `validateCephFSVolumeSource`.
pub fn validate_cephfs_volume_source(source: &CephFSVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    if source.monitors.is_empty() {
        errs.missing(&path.child("monitors"), "");
    }
}

/// `validateQuobyteVolumeSource`: a tenant that is too long hides a wrong registry.
pub fn validate_quobyte_volume_source(source: &QuobyteVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    const PAIRS: &str = "must be a host:port pair or multiple pairs separated by commas";
    let registry = path.child("registry");
    if source.registry.is_empty() {
        errs.missing(&registry, PAIRS);
    } else if source.tenant.as_ref().is_some_and(|tenant| tenant.len() >= 65) {
        let message = Message::new(id::CHECK_API_TOO_LONG).with("key", "tenant").with("most", 64);
        errs.required(&path.child("tenant"), "must be a UUID and may not exceed a length of 64 characters", message);
    } else {
        let most = (MOST_SAID / source.registry.len()).max(1);
        for _ in source.registry.split(',').filter(|pair| !is_host_port(pair)).take(most) {
            let value = BadValue::from(&source.registry);
            let message = Message::new(id::CHECK_API_VOLUME_LEGACY_REGISTRY).with("value", value.plain());
            errs.invalid(&registry, value, PAIRS, message);
        }
    }
    if source.volume.is_empty() {
        errs.missing(&path.child("volume"), "");
    }
}

/// Whether Go's `net.SplitHostPort` takes the text.
fn is_host_port(pair: &str) -> bool {
    let Some((host, port)) = pair.rsplit_once(':') else { return false };
    let whole = match host.strip_prefix('[') {
        Some(inner) => inner.strip_suffix(']').is_some_and(|inner| !inner.contains(['[', ']'])),
        None => !host.contains([':', '[', ']']),
    };
    whole && !port.contains(['[', ']'])
}

#[cfg(test)]
mod tests {
    use super::is_host_port;

    /// What `net.SplitHostPort` says of each.
    #[test]
    fn host_and_port_as_go_splits_them() {
        for good in ["a:1", ":", "a:", ":80", "[::1]:80", "[]:1", "host:name"] {
            assert!(is_host_port(good), "{good}");
        }
        for bad in
            ["", "a", "a:b:c", "::1", "[::1]", "[::1:80", "::1]:80", "[a]b:1", "[[a]]:1", "a:[1", "a:1]", "[a]:b:1"]
        {
            assert!(!is_host_port(bad), "{bad}");
        }
    }
}
