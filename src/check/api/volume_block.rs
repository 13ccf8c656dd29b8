//! Volumes that are disks: of clouds, iSCSI, Fibre Channel.

use k8s_openapi::api::core::v1::{
    AWSElasticBlockStoreVolumeSource, CinderVolumeSource, FCVolumeSource, GCEPersistentDiskVolumeSource,
    ISCSIVolumeSource,
};

use super::{BadValue, ErrorList, Path, content};
use crate::i18n::{Message, id};

/// `validateGCEPersistentDiskVolumeSource`.
pub fn validate_gce_persistent_disk_volume_source(
    source: &GCEPersistentDiskVolumeSource,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    if source.pd_name.is_empty() {
        errs.missing(&path.child("pdName"), "");
    }
    validate_partition(source.partition, &path.child("partition"), errs);
}

/// `validateAWSElasticBlockStoreVolumeSource`.
pub fn validate_aws_elastic_block_store_volume_source(
    source: &AWSElasticBlockStoreVolumeSource,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    if source.volume_id.is_empty() {
        errs.missing(&path.child("volumeID"), "");
    }
    validate_partition(source.partition, &path.child("partition"), errs);
}

/// Upstream's text begins with 1, its rule with 0.
fn validate_partition(partition: Option<i32>, path: &Path<'_>, errs: &mut ErrorList) {
    let Some(partition) = partition else { return };
    for fault in content::is_in_range(partition.into(), 0, 255) {
        let message = fault.message.with("key", path.called());
        errs.invalid(path, partition, "must be between 1 and 255, inclusive", message);
    }
}

fn validate_lun(lun: i32, path: &Path<'_>, errs: &mut ErrorList) {
    for fault in content::is_in_range(lun.into(), 0, 255) {
        errs.invalid(path, lun, &fault.detail, fault.message.with("key", path.called()));
    }
}

/// `validateCinderVolumeSource`.
pub fn validate_cinder_volume_source(source: &CinderVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    if source.volume_id.is_empty() {
        errs.missing(&path.child("volumeID"), "");
    }
    if source.secret_ref.as_ref().is_some_and(|secret| secret.name.is_empty()) {
        errs.missing(&path.child("secretRef").child("name"), "");
    }
}

/// `validateFCVolumeSource`.
pub fn validate_fc_volume_source(source: &FCVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    let names = source.target_wwns.as_deref().unwrap_or_default();
    let ids = source.wwids.as_deref().unwrap_or_default();
    let at = path.child("targetWWNs");
    if names.is_empty() && ids.is_empty() {
        let detail = "must specify either targetWWNs or wwids, but not both";
        errs.required(&at, detail, id::CHECK_API_VOLUME_LEGACY_FC_NONE);
    }
    if names.is_empty() {
        return;
    }
    if !ids.is_empty() {
        let detail = "targetWWNs and wwids can not be specified simultaneously";
        errs.invalid(&at, BadValue::Strings(names.to_vec()), detail, id::CHECK_API_VOLUME_LEGACY_FC_BOTH);
    }
    match source.lun {
        None => {
            errs.missing(&path.child("lun"), "lun is required if targetWWNs is specified");
        }
        Some(lun) => validate_lun(lun, &path.child("lun"), errs),
    }
}

/// `validateISCSIVolumeSource`.
pub fn validate_iscsi_volume_source(source: &ISCSIVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    if source.target_portal.is_empty() {
        errs.missing(&path.child("targetPortal"), "");
    }
    if source.iqn.is_empty() {
        errs.missing(&path.child("iqn"), "");
    } else {
        validate_iscsi_name(&source.iqn, &path.child("iqn"), errs);
    }
    validate_lun(source.lun, &path.child("lun"), errs);
    let chap = source.chap_auth_discovery == Some(true) || source.chap_auth_session == Some(true);
    if chap && source.secret_ref.is_none() {
        errs.missing(&path.child("secretRef"), "");
    }
    if let Some(initiator) = &source.initiator_name {
        let from = errs.len();
        let said = path.child("initiatorname");
        validate_iscsi_name(initiator, &said, errs);
        errs.move_since(from, &said, &path.child("initiatorName"));
    }
}

/// The name with the portal may not be longer than an iSCSI interface's name.
pub fn validate_iscsi_total_length(source: &ISCSIVolumeSource, volume: &str, path: &Path<'_>, errs: &mut ErrorList) {
    if source.initiator_name.is_some() && volume.len() + 1 + source.target_portal.len() > 64 {
        let detail = "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";
        errs.invalid(path, volume, detail, id::CHECK_API_VOLUME_LEGACY_ISCSI_LENGTH);
    }
}

fn validate_iscsi_name(name: &str, path: &Path<'_>, errs: &mut ErrorList) {
    let detail = match name.get(..3) {
        Some("iqn") if is_iqn(name) => return,
        Some("eui") if is_numbered(name, 16) => return,
        Some("naa") if is_numbered(name, 32) => return,
        Some("iqn" | "eui" | "naa") => "must be valid format",
        _ => "must be valid format starting with iqn, eui, or naa",
    };
    let value = BadValue::from(name);
    let message =
        Message::new(id::CHECK_API_VOLUME_LEGACY_ISCSI_NAME).with("key", path.called()).with("value", value.plain());
    errs.invalid(path, value, detail, message);
}

/// `^eui.[[:alnum:]]{16}$` and its like: any character stands after the first three.
fn is_numbered(name: &str, digits: usize) -> bool {
    let mut rest = name.chars().skip(3);
    rest.next().is_some_and(|c| c != '\n') && rest.clone().count() == digits && rest.all(|c| c.is_ascii_alphanumeric())
}

/// `iqn\.\d{4}-\d{2}\.([[:alnum:]-.]+)(:[^,;*&$|\s]+)$`, anywhere in the text: some stretch of letters, digits,
/// hyphens and dots holds a date and more, a colon follows, and nothing forbidden after that.
fn is_iqn(name: &str) -> bool {
    const DATE: usize = "iqn.2001-04.".len();
    let dated = |bytes: &[u8]| {
        bytes.starts_with(b"iqn.")
            && bytes.iter().take(DATE).enumerate().skip(4).all(|(i, b)| match i {
                8 => *b == b'-',
                11 => *b == b'.',
                _ => b.is_ascii_digit(),
            })
    };
    let clean = name.rfind([',', ';', '*', '&', '$', '|', '\t', '\n', '\x0c', '\r', ' ']).unwrap_or(0);
    let mut start = 0;
    for (i, c) in name.char_indices().filter(|(_, c)| !(c.is_ascii_alphanumeric() || "-.".contains(*c))) {
        let stretch = name.as_bytes().get(start..i).unwrap_or_default();
        if c == ':' && i + 1 < name.len() && i >= clean && stretch.windows(DATE + 1).any(dated) {
            return true;
        }
        start = i + c.len_utf8();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{is_iqn, is_numbered};

    /// The first ones from upstream's `TestValidateVolumes`, the others by the expressions.
    #[test]
    fn iscsi_names_match_the_expressions() {
        for good in [
            "iqn.2015-02.example.com:test",
            "iqn.2015-02.example.com:init:x",
            "iqn.2015-02.dell.com:a b:iqn.2015-02.x:y",
            "iqnXX,iqn.2015-02.a:b",
        ] {
            assert!(is_iqn(good), "{good}");
        }
        for bad in [
            "iqn.2015-02.example.com",
            "iqn.2015-02.:test",
            "iqn.15-02.example.com:test",
            "iqn.2015-02.example.com:",
            "iqn.2015-02.example.com:a b",
            "iqn.2015-02.exa mple.com:a",
            "iqn.2015-02.a:b|",
            "iqn.2015-02.a_b:c",
            "",
        ] {
            assert!(!is_iqn(bad), "{bad}");
        }
        assert!(is_numbered("eui.0123456789ABCDEF", 16) && is_numbered("eui-0123456789ABCDEF", 16));
        assert!(!is_numbered("eui.0123456789ABCDE", 16) && !is_numbered("eui.0123456789ABCDEFG", 16));
        assert!(!is_numbered("eui\n0123456789ABCDEF", 16) && !is_numbered("eui.0123456789ABCDE-", 16));
        assert!(!is_iqn(&"iqn.2015-02.".repeat(100_000)));
    }
}
