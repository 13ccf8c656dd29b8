//! Fields whose gate is off are dropped without a word (`dropDisabledFields` of `pkg/api/pod/util.go`).

use std::collections::{BTreeMap, HashSet};

use k8s_openapi::api::core::v1::{DownwardAPIVolumeFile, KeyToPath, Lifecycle, PodSpec, Volume};

use super::containers::{Any, each};
use crate::k8s::{Gate, Version};

/// The annotations that init containers were before they had a field.
const INIT_CONTAINER_ANNOTATIONS: [&str; 4] = [
    "pod.beta.kubernetes.io/init-containers",
    "pod.alpha.kubernetes.io/init-containers",
    "pod.beta.kubernetes.io/init-container-statuses",
    "pod.alpha.kubernetes.io/init-container-statuses",
];

/// `dropDisabledFields` of a pod or a template. What every supported version has on is not asked for.
pub(super) fn drop_disabled_fields(
    spec: &mut PodSpec,
    annotations: Option<&mut BTreeMap<String, String>>,
    version: Version,
) {
    let off = |gate: Gate| !gate.on(version);
    if off(Gate::PodLevelResources) {
        spec.resources = None;
    }
    if off(Gate::DynamicResourceAllocation) {
        spec.resource_claims = None;
    }
    if off(Gate::GenericWorkload) {
        spec.scheduling_group = None;
    }
    if off(Gate::EvictionRequestAPI) {
        spec.eviction_responders = None;
    }
    if off(Gate::HostnameOverride) {
        spec.hostname_override = None;
    }
    // 1.33 has neither the rules nor a gate for them, so a restartPolicy reaches its validation.
    if off(Gate::ContainerRestartRules) && version >= Version::V1_34 {
        drop_container_restart_rules(spec);
    }
    spec.volumes.iter_mut().flatten().for_each(|volume| drop_in_volume(volume, version));
    each(spec, |container| drop_in_container(container, version));
    if off(Gate::ImageVolume) {
        drop_image_volumes(spec);
    }
    // Up to 1.36 in conversion.
    if let Some(annotations) = annotations {
        annotations.retain(|key, _| !INIT_CONTAINER_ANNOTATIONS.contains(&key.as_str()));
    }
}

fn drop_container_restart_rules(spec: &mut PodSpec) {
    for container in spec.init_containers.iter_mut().flatten() {
        container.restart_policy.take_if(|policy| policy != "Always");
        container.restart_policy_rules = None;
    }
    for container in &mut spec.containers {
        container.restart_policy = None;
        container.restart_policy_rules = None;
    }
    for container in spec.ephemeral_containers.iter_mut().flatten() {
        container.restart_policy = None;
        container.restart_policy_rules = None;
    }
}

fn drop_in_container(mut container: Any<'_>, version: Version) {
    let off = |gate: Gate| !gate.on(version);
    if let Some(resources) = container.resources.as_mut().filter(|_| off(Gate::DynamicResourceAllocation)) {
        resources.claims = None;
    }
    if off(Gate::GRPCContainerProbeTLS) {
        container.probes().filter_map(|probe| probe.grpc.as_mut()).for_each(|grpc| grpc.mode = None);
    }
    if off(Gate::VolumeBindMountOptions) {
        container.volume_mounts.iter_mut().flatten().for_each(|mount| mount.bind_mount_options = None);
    }
    if off(Gate::EnvFiles) {
        let sources = container.env.iter_mut().flatten().filter_map(|env| env.value_from.as_mut());
        sources.for_each(|source| source.file_key_ref = None);
    }
    if off(Gate::ContainerStopSignals) {
        // Nothing is left of a lifecycle that had but that; an empty one stays.
        let dropped = container.lifecycle.as_mut().and_then(|lifecycle| lifecycle.stop_signal.take());
        if dropped.is_some() {
            container.lifecycle.take_if(|lifecycle| *lifecycle == Lifecycle::default());
        }
    }
    if off(Gate::H2CContainerProbe) {
        container.each_http_get(|action| action.protocol = None);
    }
}

fn drop_in_volume(volume: &mut Volume, version: Version) {
    let off = |gate: Gate| !gate.on(version);
    if off(Gate::ClusterTrustBundleProjection) || off(Gate::PodCertificateRequest) {
        for source in volume.projected.iter_mut().filter_map(|p| p.sources.as_mut()).flatten() {
            source.cluster_trust_bundle.take_if(|_| off(Gate::ClusterTrustBundleProjection));
            source.pod_certificate.take_if(|_| off(Gate::PodCertificateRequest));
        }
    }
    if off(Gate::AtomicWriteVolumeUserFields) {
        drop_user_fields(volume);
    }
    if let Some(empty_dir) = volume.empty_dir.as_mut().filter(|_| off(Gate::EmptyDirVolumeMode)) {
        empty_dir.mode = None;
    }
}

/// `dropDisabledAtomicWriteVolumeUserFields`: of several sources only the first loses its users.
fn drop_user_fields(volume: &mut Volume) {
    if let Some(secret) = &mut volume.secret {
        secret.default_user = None;
        drop_users_of_keys(&mut secret.items);
    } else if let Some(config_map) = &mut volume.config_map {
        config_map.default_user = None;
        drop_users_of_keys(&mut config_map.items);
    } else if let Some(downward) = &mut volume.downward_api {
        downward.default_user = None;
        drop_users_of_files(&mut downward.items);
    } else if let Some(projected) = &mut volume.projected {
        projected.default_user = None;
        for source in projected.sources.iter_mut().flatten() {
            if let Some(secret) = &mut source.secret {
                drop_users_of_keys(&mut secret.items);
            } else if let Some(downward) = &mut source.downward_api {
                drop_users_of_files(&mut downward.items);
            } else if let Some(config_map) = &mut source.config_map {
                drop_users_of_keys(&mut config_map.items);
            } else if let Some(token) = &mut source.service_account_token {
                token.user = None;
            } else if let Some(bundle) = &mut source.cluster_trust_bundle {
                bundle.user = None;
            } else if let Some(certificate) = &mut source.pod_certificate {
                certificate.user = None;
            }
        }
    }
}

fn drop_users_of_keys(items: &mut Option<Vec<KeyToPath>>) {
    items.iter_mut().flatten().for_each(|item| item.user = None);
}

fn drop_users_of_files(items: &mut Option<Vec<DownwardAPIVolumeFile>>) {
    items.iter_mut().flatten().for_each(|item| item.user = None);
}

/// `dropImageVolumes`: with every mount of their names.
fn drop_image_volumes(spec: &mut PodSpec) {
    let mut names = HashSet::new();
    if let Some(volumes) = &mut spec.volumes {
        volumes.retain_mut(|volume| {
            let is_image = volume.image.is_some();
            if is_image {
                names.insert(std::mem::take(&mut volume.name));
            }
            !is_image
        });
    }
    if !names.is_empty() {
        each(spec, |container| {
            if let Some(mounts) = container.volume_mounts {
                mounts.retain(|mount| !names.contains(&mount.name));
            }
        });
    }
}
