use std::collections::{HashMap, HashSet};

use k8s_openapi::api::core::v1::{PodSpec, Volume};

use super::bad_value::quoted;
use super::mend::Mend;
use super::volume_block as block;
use super::volume_cluster as cluster;
use super::volume_files as files;
use super::volume_legacy as legacy;
use super::volume_vendor as vendor;
use super::{ErrorList, Options, Path, claim, content, projected};
use crate::i18n::{Message, id};
use crate::k8s::Quantity;

/// The volumes without a fault, by name: what a mount may name.
pub type Volumes<'s> = HashMap<&'s str, &'s Volume>;

/// `ValidateVolumes`.
pub fn validate_volumes<'s>(
    spec: &'s PodSpec,
    path: &Path<'_>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) -> Volumes<'s> {
    let pod = pod_name(opts);
    let mut volumes = Volumes::new();
    let all = spec.volumes.as_deref().unwrap_or_default();
    let created: HashSet<&str> =
        all.iter().filter(|v| pod.is_some() && v.ephemeral.is_some()).map(|v| v.name.as_str()).collect();
    for (i, volume) in all.iter().enumerate() {
        let at = path.index(i);
        let name_path = at.child("name");
        let name = volume.name.as_str();
        let before = errs.len();
        validate_volume_source(volume, &at, pod, opts, errs);
        if name.is_empty() {
            errs.missing(&name_path, "");
        } else {
            errs.invalid_each(&name_path, name, content::is_dns1123_label(name));
        }
        if volumes.contains_key(name) {
            let other = format!("{name}-2");
            let free = other.len() <= 63 && !volumes.contains_key(other.as_str());
            let message = Message::new(id::CHECK_API_VOLUME_DUPLICATE_NAME).with("value", name);
            let error = errs.duplicate(&name_path, name, message);
            if free {
                error.mend(Mend::set(name_path.steps(), other));
            }
        }
        if errs.len() == before {
            volumes.insert(name, volume);
        }
        if let (Some(pod), Some(source)) = (pod, &volume.persistent_volume_claim) {
            let own = source.claim_name.strip_prefix(pod).and_then(|rest| rest.strip_prefix('-'));
            if own.is_some_and(|own| created.contains(own)) {
                let message =
                    Message::new(id::CHECK_API_VOLUME_CREATED_CLAIM).with("value", source.claim_name.as_str());
                let detail = "must not reference a PVC that gets created for an ephemeral volume";
                errs.invalid(
                    &at.child("persistentVolumeClaim").child("claimName"),
                    &source.claim_name,
                    detail,
                    message,
                );
            }
        }
    }
    volumes
}

/// The Pod's name, which claims are named after.
fn pod_name<'a>(opts: Options<'a>) -> Option<&'a str> {
    opts.pod?.name.as_deref().filter(|name| !name.is_empty())
}

/// `validateVolumeSource`: only the first source there is is looked into.
fn validate_volume_source(
    volume: &Volume,
    path: &Path<'_>,
    pod: Option<&str>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) {
    let mut taken = false;
    if let Some(source) = &volume.empty_dir {
        taken = true;
        let at = path.child("emptyDir");
        if let Some(limit) = &source.size_limit
            && Quantity::parse(&limit.0).is_ok_and(|limit| limit.sign().is_lt())
        {
            let detail = "SizeLimit field must be a valid resource quantity";
            errs.forbidden(&at.child("sizeLimit"), detail, id::CHECK_API_VOLUME_NEGATIVE_SIZE);
        }
        files::validate_empty_dir_mode(source.mode, &at.child("mode"), errs);
    }
    // The field, its name, the name in the refusal of a second source (upstream misspells two), the check.
    macro_rules! source {
        ($field:ident, $name:literal, $said:literal, $source:ident, $at:ident => $check:expr) => {
            if let Some($source) = &volume.$field {
                let $at = &path.child($name);
                if taken {
                    more_than_one($at, &path.child($said), errs);
                } else {
                    taken = true;
                    $check;
                }
            }
        };
    }
    source!(host_path, "hostPath", "hostPath", s, at => files::validate_host_path_volume_source(s, at, errs));
    source!(git_repo, "gitRepo", "gitRepo", s, at => legacy::validate_git_repo_volume_source(s, at, errs));
    source!(gce_persistent_disk, "gcePersistentDisk", "gcePersistentDisk", s, at => {
        let (said, from) = (path.child("persistentDisk"), errs.len());
        block::validate_gce_persistent_disk_volume_source(s, &said, errs);
        errs.move_since(from, &said, at);
    });
    source!(aws_elastic_block_store, "awsElasticBlockStore", "awsElasticBlockStore", s, at =>
        block::validate_aws_elastic_block_store_volume_source(s, at, errs));
    source!(secret, "secret", "secret", s, at => files::validate_secret_volume_source(s, at, errs));
    source!(nfs, "nfs", "nfs", s, at => files::validate_nfs_volume_source(s, at, errs));
    source!(iscsi, "iscsi", "iscsi", s, at => block::validate_iscsi_volume_source(s, at, errs));
    if let Some(source) = &volume.iscsi {
        block::validate_iscsi_total_length(source, &volume.name, &path.child("name"), errs);
    }
    source!(glusterfs, "glusterfs", "glusterfs", s, at => cluster::validate_glusterfs_volume_source(s, at, errs));
    source!(flocker, "flocker", "flocker", s, at => legacy::validate_flocker_volume_source(s, at, errs));
    source!(persistent_volume_claim, "persistentVolumeClaim", "persistentVolumeClaim", s, at => {
        if s.claim_name.is_empty() {
            errs.missing(&at.child("claimName"), "");
        }
    });
    source!(rbd, "rbd", "rbd", s, at => cluster::validate_rbd_volume_source(s, at, errs));
    source!(cinder, "cinder", "cinder", s, at => block::validate_cinder_volume_source(s, at, errs));
    source!(cephfs, "cephfs", "cephFS", s, at => cluster::validate_cephfs_volume_source(s, at, errs));
    source!(quobyte, "quobyte", "quobyte", s, at => cluster::validate_quobyte_volume_source(s, at, errs));
    source!(downward_api, "downwardAPI", "downwarAPI", s, at =>
        files::validate_downward_api_volume_source(s, at, errs));
    source!(fc, "fc", "fc", s, at => block::validate_fc_volume_source(s, at, errs));
    source!(flex_volume, "flexVolume", "flexVolume", s, at => legacy::validate_flex_volume_source(s, at, errs));
    source!(config_map, "configMap", "configMap", s, at => files::validate_config_map_volume_source(s, at, errs));
    source!(azure_file, "azureFile", "azureFile", s, at => vendor::validate_azure_file(s, at, errs));
    source!(vsphere_volume, "vsphereVolume", "vsphereVolume", s, at => {
        if s.volume_path.is_empty() {
            errs.missing(&at.child("volumePath"), "");
        }
    });
    source!(photon_persistent_disk, "photonPersistentDisk", "photonPersistentDisk", s, at => {
        if s.pd_id.is_empty() {
            errs.missing(&at.child("pdID"), "");
        }
    });
    source!(portworx_volume, "portworxVolume", "portworxVolume", s, at => {
        if s.volume_id.is_empty() {
            errs.missing(&at.child("volumeID"), "");
        }
    });
    source!(azure_disk, "azureDisk", "azureDisk", s, at => vendor::validate_azure_disk(s, at, errs));
    source!(storageos, "storageos", "storageos", s, at => vendor::validate_storage_os_volume_source(s, at, errs));
    source!(projected, "projected", "projected", s, at =>
        projected::validate_projected_volume_source(s, at, opts, errs));
    source!(scale_io, "scaleIO", "scaleIO", s, at => vendor::validate_scale_io_volume_source(s, at, errs));
    source!(csi, "csi", "csi", s, at => vendor::validate_csi_volume_source(s, at, errs));
    source!(ephemeral, "ephemeral", "ephemeral", s, at => {
        match &s.volume_claim_template {
            None => {
                errs.missing(&at.child("volumeClaimTemplate"), "");
            }
            Some(template) => {
                let at = at.child("volumeClaimTemplate");
                claim::validate_persistent_volume_claim_template(template, &at, opts, errs);
            }
        }
        validate_claim_name(pod, &volume.name, path, errs);
    });
    source!(image, "image", "image", s, at => vendor::validate_image_volume_source(s, at, opts, errs));
    if !taken {
        errs.required(path, "must specify a volume type", id::CHECK_API_VOLUME_NO_SOURCE);
    }
}

fn more_than_one(at: &Path<'_>, said: &Path<'_>, errs: &mut ErrorList) {
    let message = Message::new(id::CHECK_API_VOLUME_MORE_THAN_ONE).with("key", at.name());
    errs.forbidden(said, "may not specify more than 1 volume type", message).at(at);
}

/// The claim of an ephemeral volume is named after Pod and volume.
fn validate_claim_name(pod: Option<&str>, volume: &str, path: &Path<'_>, errs: &mut ErrorList) {
    let Some(pod) = pod.filter(|_| !volume.is_empty()) else { return };
    let claim = format!("{pod}-{volume}");
    for fault in content::is_dns1123_subdomain(&claim) {
        let message = Message::new(id::CHECK_API_VOLUME_CLAIM_NAME).with("value", claim.as_str());
        let detail = format!("PVC name {}: {}", quoted(&claim), fault.detail);
        errs.invalid(&path.child("name"), volume, &detail, message);
    }
}

#[cfg(test)]
#[path = "volume_tests.rs"]
mod tests;
