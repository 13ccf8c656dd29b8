//! The defaults of a pod's spec, be it a Pod's or a template's (`pkg/apis/core/v1/defaults.go` and the walk of
//! `zz_generated.defaults.go`).

use k8s_openapi::api::core::v1::{
    EmptyDirVolumeSource, HTTPGetAction, ObjectFieldSelector, PersistentVolumeClaimSpec, PodSpec, PodTemplateSpec,
    Probe, ProjectedVolumeSource, Volume,
};

use super::containers::{Any, each};
use super::fill;
use crate::k8s::{Gate, Version, pull_policy};

const MODE_0644: i32 = 0o644;

/// A template's defaults: those of its spec.
pub(super) fn set_defaults_template(template: &mut PodTemplateSpec, version: Version) {
    template.metadata.get_or_insert_default();
    set_object_defaults(template.spec.get_or_insert_default(), version);
}

/// `SetDefaults_PodSpec` and those of all that is in it.
pub(super) fn set_object_defaults(spec: &mut PodSpec, version: Version) {
    set_defaults_pod_spec(spec);
    spec.volumes.iter_mut().flatten().for_each(|volume| set_defaults_volume(volume, version));
    each(spec, set_defaults_container);
    fill::resource_list(&mut spec.overhead);
    if let Some(resources) = &mut spec.resources {
        fill::resource_list(&mut resources.limits);
        fill::resource_list(&mut resources.requests);
    }
}

fn set_defaults_pod_spec(spec: &mut PodSpec) {
    // The old name of the field; up to 1.36 the same happens in conversion.
    if fill::is_empty(spec.service_account_name.as_deref()) {
        spec.service_account_name = spec.service_account.take();
    }
    spec.service_account.clone_from(&spec.service_account_name);
    fill::text(&mut spec.dns_policy, "ClusterFirst");
    fill::text(&mut spec.restart_policy, "Always");
    spec.security_context.get_or_insert_default();
    spec.termination_grace_period_seconds.get_or_insert(30);
    fill::text(&mut spec.scheduler_name, "default-scheduler");
}

fn set_defaults_container(mut container: Any<'_>) {
    let policy = &mut *container.image_pull_policy;
    if fill::is_empty(policy.as_deref()) {
        *policy = Some(pull_policy(container.image.unwrap_or_default()).to_owned());
    }
    fill::text(container.termination_message_path, "/dev/termination-log");
    fill::text(container.termination_message_policy, "File");
    for port in container.ports.iter_mut().flatten() {
        fill::text(&mut port.protocol, "TCP");
    }
    for source in container.env.iter_mut().flatten().filter_map(|env| env.value_from.as_mut()) {
        source.field_ref.iter_mut().for_each(set_defaults_object_field_selector);
        if let Some(key) = &mut source.file_key_ref {
            key.optional.get_or_insert(false);
        }
    }
    if let Some(resources) = container.resources {
        fill::resource_list(&mut resources.limits);
        fill::resource_list(&mut resources.requests);
    }
    container.probes().for_each(set_defaults_probe);
    container.each_http_get(set_defaults_http_get_action);
}

fn set_defaults_probe(probe: &mut Probe) {
    fill::number(&mut probe.timeout_seconds, 1);
    fill::number(&mut probe.period_seconds, 10);
    fill::number(&mut probe.success_threshold, 1);
    fill::number(&mut probe.failure_threshold, 3);
    if let Some(grpc) = &mut probe.grpc {
        fill::pointer(&mut grpc.service, "");
    }
}

fn set_defaults_http_get_action(action: &mut HTTPGetAction) {
    fill::text(&mut action.path, "/");
    fill::text(&mut action.scheme, "HTTP");
}

fn set_defaults_object_field_selector(selector: &mut ObjectFieldSelector) {
    fill::text(&mut selector.api_version, "v1");
}

fn set_defaults_volume(volume: &mut Volume, version: Version) {
    let name = std::mem::take(&mut volume.name);
    if *volume == Volume::default() {
        volume.empty_dir = Some(EmptyDirVolumeSource::default());
    }
    volume.name = name;
    if let Some(image) = volume.image.as_mut().filter(|_| Gate::ImageVolume.on(version)) {
        let policy = pull_policy(image.reference.as_deref().unwrap_or_default());
        fill::text(&mut image.pull_policy, policy);
    }
    if let Some(host_path) = &mut volume.host_path {
        fill::pointer(&mut host_path.type_, "");
    }
    if let Some(secret) = &mut volume.secret {
        secret.default_mode.get_or_insert(MODE_0644);
    }
    if let Some(config_map) = &mut volume.config_map {
        config_map.default_mode.get_or_insert(MODE_0644);
    }
    if let Some(downward) = &mut volume.downward_api {
        downward.default_mode.get_or_insert(MODE_0644);
        for item in downward.items.iter_mut().flatten() {
            item.field_ref.iter_mut().for_each(set_defaults_object_field_selector);
        }
    }
    volume.projected.iter_mut().for_each(set_defaults_projected);
    if let Some(claim) = volume.ephemeral.as_mut().and_then(|e| e.volume_claim_template.as_mut()) {
        set_defaults_claim(&mut claim.spec);
    }
    set_defaults_of_old_sources(volume);
}

fn set_defaults_projected(projected: &mut ProjectedVolumeSource) {
    projected.default_mode.get_or_insert(MODE_0644);
    for source in projected.sources.iter_mut().flatten() {
        for item in source.downward_api.iter_mut().filter_map(|d| d.items.as_mut()).flatten() {
            item.field_ref.iter_mut().for_each(set_defaults_object_field_selector);
        }
        if let Some(token) = &mut source.service_account_token {
            token.expiration_seconds.get_or_insert(3600);
        }
    }
}

fn set_defaults_claim(claim: &mut PersistentVolumeClaimSpec) {
    fill::pointer(&mut claim.volume_mode, "Filesystem");
    if let Some(resources) = &mut claim.resources {
        fill::resource_list(&mut resources.limits);
        fill::resource_list(&mut resources.requests);
    }
}

/// The sources whose drivers have left Kubernetes still have their defaults.
fn set_defaults_of_old_sources(volume: &mut Volume) {
    if let Some(iscsi) = &mut volume.iscsi {
        fill::text(&mut iscsi.iscsi_interface, "default");
    }
    if let Some(rbd) = &mut volume.rbd {
        fill::text(&mut rbd.pool, "rbd");
        fill::text(&mut rbd.user, "admin");
        fill::text(&mut rbd.keyring, "/etc/ceph/keyring");
    }
    if let Some(disk) = &mut volume.azure_disk {
        fill::pointer(&mut disk.caching_mode, "ReadWrite");
        fill::pointer(&mut disk.fs_type, "ext4");
        disk.read_only.get_or_insert(false);
        fill::pointer(&mut disk.kind, "Shared");
    }
    if let Some(scale_io) = &mut volume.scale_io {
        fill::text(&mut scale_io.storage_mode, "ThinProvisioned");
        fill::text(&mut scale_io.fs_type, "xfs");
    }
}
