use std::collections::HashSet;

use k8s_openapi::api::core::v1::{Container, EphemeralContainer, PodSpec, ResourceRequirements};

use super::resources::{gather_pod_resource_claim_names, validate_container_resource_requirements};
use super::volume::Volumes;
use super::{BadValue, ErrorList, Mend, Options, Path, content, env, mount, port, probe, restart, security_context};
use crate::i18n::{Message, id};

/// What all containers of a pod share.
#[derive(Clone, Copy)]
struct Pod<'a> {
    spec: &'a PodSpec,
    volumes: &'a Volumes<'a>,
    claims: &'a HashSet<&'a str>,
    opts: Options<'a>,
}

/// `validateContainers`.
pub fn validate_containers(
    spec: &PodSpec,
    volumes: &Volumes<'_>,
    path: &Path<'_>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) {
    if spec.containers.is_empty() {
        errs.required(path, "", id::CHECK_API_CONTAINER_NONE);
        return;
    }
    let pod = Pod { spec, volumes, claims: &gather_pod_resource_claim_names(spec), opts };
    let mut names = HashSet::new();
    for (i, container) in spec.containers.iter().enumerate() {
        let path = path.index(i);
        validate_container_common(container, pod, &path, errs);
        if !names.insert(container.name.as_str()) {
            name_taken(&container.name, &path, errs);
        }
        validate_lifecycle_and_probes(container, pod, &path, errs);
        restart::validate_container_restart_policy(container, &path, opts, errs);
    }
    port::check_host_port_conflicts(&spec.containers, path, errs);
}

/// `validateInitContainers`.
pub fn validate_init_containers(
    spec: &PodSpec,
    volumes: &Volumes<'_>,
    path: &Path<'_>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) {
    let containers = spec.init_containers.as_deref().unwrap_or_default();
    if containers.is_empty() {
        return;
    }
    let pod = Pod { spec, volumes, claims: &gather_pod_resource_claim_names(spec), opts };
    let mut names: HashSet<&str> = spec.containers.iter().map(|container| container.name.as_str()).collect();
    for (i, container) in containers.iter().enumerate() {
        let item = path.index(i);
        validate_container_common(container, pod, &item, errs);
        restart::validate_init_container_restart_policy(container, &item, opts, errs);
        let name = container.name.as_str();
        if names.contains(name) {
            name_taken(name, &item, errs);
        } else if !name.is_empty() {
            names.insert(name);
        }
        port::check_host_port_conflicts_alone(container, path, i, errs);
        if restart::is_restartable_init_container(container) {
            validate_lifecycle_and_probes(container, pod, &item, errs);
        } else {
            for (name, set) in [
                ("lifecycle", container.lifecycle.is_some()),
                ("livenessProbe", container.liveness_probe.is_some()),
                ("readinessProbe", container.readiness_probe.is_some()),
                ("startupProbe", container.startup_probe.is_some()),
            ] {
                if set {
                    let path = item.child(name);
                    let message = Message::new(id::CHECK_API_CONTAINER_NOT_FOR_INIT).with("key", name);
                    errs.forbidden(&path, "may not be set for init containers without restartPolicy=Always", message)
                        .mend(Mend::delete(path.steps()))
                        .mend(Mend::set(item.child("restartPolicy").steps(), "Always"));
                }
            }
        }
        restart::validate_init_container_resize_policy(container, &item, opts, errs);
    }
}

fn validate_lifecycle_and_probes(container: &Container, pod: Pod<'_>, path: &Path<'_>, errs: &mut ErrorList) {
    if let Some(lifecycle) = &container.lifecycle {
        let grace_period = pod.spec.termination_grace_period_seconds;
        probe::validate_lifecycle(lifecycle, grace_period, &path.child("lifecycle"), pod.opts, errs);
    }
    probe::validate_probes(container, path, pod.opts, errs);
}

fn name_taken(name: &str, path: &Path<'_>, errs: &mut ErrorList) {
    let message = Message::new(id::CHECK_API_CONTAINER_NAME_TAKEN).with("name", BadValue::from(name).plain());
    errs.duplicate(&path.child("name"), name, message);
}

/// `validateEphemeralContainers`.
pub fn validate_ephemeral_containers(
    spec: &PodSpec,
    volumes: &Volumes<'_>,
    path: &Path<'_>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) {
    let containers = spec.ephemeral_containers.as_deref().unwrap_or_default();
    if containers.is_empty() {
        return;
    }
    let pod = Pod { spec, volumes, claims: &gather_pod_resource_claim_names(spec), opts };
    let init = spec.init_containers.iter().flatten();
    let others: HashSet<&str> = spec.containers.iter().chain(init).map(|container| container.name.as_str()).collect();
    let mut names = others.clone();
    for (i, ephemeral) in containers.iter().enumerate() {
        let item = path.index(i);
        let container = common(ephemeral);
        validate_container_common(&container, pod, &item, errs);
        validate_container_only_for_pod(&container, &item, errs);
        if !names.insert(&ephemeral.name) {
            name_taken(&ephemeral.name, &item, errs);
        }
        let target = ephemeral.target_container_name.as_deref().unwrap_or_default();
        if !target.is_empty() && !others.contains(target) {
            let message = Message::new(id::CHECK_API_CONTAINER_NO_TARGET).with("name", BadValue::from(target).plain());
            errs.not_found(&item.child("targetContainerName"), target, message);
        }
        validate_field_allow_list(ephemeral, &item, errs);
        let list = item.child("volumeMounts");
        for (i, mount) in ephemeral.volume_mounts.iter().flatten().enumerate() {
            for (name, value) in [("subPath", &mount.sub_path), ("subPathExpr", &mount.sub_path_expr)] {
                if value.as_deref().is_some_and(|value| !value.is_empty()) {
                    not_for_ephemeral(&list.index(i).child(name), errs);
                }
            }
        }
    }
}

fn not_for_ephemeral(path: &Path<'_>, errs: &mut ErrorList) {
    let message = Message::new(id::CHECK_API_CONTAINER_NOT_FOR_EPHEMERAL).with("key", path.called());
    errs.forbidden(path, "cannot be set for an Ephemeral Container", message).mend(Mend::delete(path.steps()));
}

/// `validateFieldAllowList` with `allowedEphemeralContainerFields`: a list that is there counts, though empty.
fn validate_field_allow_list(container: &EphemeralContainer, path: &Path<'_>, errs: &mut ErrorList) {
    let resources = container.resources.as_ref().is_some_and(|resources| {
        let ResourceRequirements { claims, limits, requests } = resources;
        claims.is_some() || limits.is_some() || requests.is_some()
    });
    for (name, set) in [
        ("ports", container.ports.is_some()),
        ("resources", resources),
        ("resizePolicy", container.resize_policy.is_some()),
        ("restartPolicy", container.restart_policy.is_some()),
        ("restartPolicyRules", container.restart_policy_rules.is_some()),
        ("livenessProbe", container.liveness_probe.is_some()),
        ("readinessProbe", container.readiness_probe.is_some()),
        ("startupProbe", container.startup_probe.is_some()),
        ("lifecycle", container.lifecycle.is_some()),
    ] {
        if set {
            not_for_ephemeral(&path.child(name), errs);
        }
    }
}

/// `EphemeralContainerCommon`, which upstream reads as a container.
fn common(container: &EphemeralContainer) -> Container {
    let c = container.clone();
    Container {
        args: c.args,
        command: c.command,
        env: c.env,
        env_from: c.env_from,
        image: c.image,
        image_pull_policy: c.image_pull_policy,
        lifecycle: c.lifecycle,
        liveness_probe: c.liveness_probe,
        name: c.name,
        ports: c.ports,
        readiness_probe: c.readiness_probe,
        resize_policy: c.resize_policy,
        resources: c.resources,
        restart_policy: c.restart_policy,
        restart_policy_rules: c.restart_policy_rules,
        security_context: c.security_context,
        startup_probe: c.startup_probe,
        stdin: c.stdin,
        stdin_once: c.stdin_once,
        termination_message_path: c.termination_message_path,
        termination_message_policy: c.termination_message_policy,
        tty: c.tty,
        volume_devices: c.volume_devices,
        volume_mounts: c.volume_mounts,
        working_dir: c.working_dir,
    }
}

/// `validateContainerOnlyForPod`.
pub fn validate_container_only_for_pod(container: &Container, path: &Path<'_>, errs: &mut ErrorList) {
    let image = container.image.as_deref().unwrap_or_default();
    let trimmed = image.trim();
    if trimmed.len() != image.len() {
        let path = path.child("image");
        let detail = "must not have leading or trailing whitespace";
        let error = errs.invalid(&path, image, detail, id::CHECK_API_CONTAINER_IMAGE_SPACE);
        if !trimmed.is_empty() {
            error.mend(Mend::set(path.steps(), trimmed));
        }
    }
}

/// `validateContainerCommon`.
fn validate_container_common(container: &Container, pod: Pod<'_>, path: &Path<'_>, errs: &mut ErrorList) {
    let Pod { spec, volumes, claims, opts } = pod;
    let name = container.name.as_str();
    if name.is_empty() {
        errs.missing(&path.child("name"), "");
    } else {
        errs.invalid_each(&path.child("name"), name, content::is_dns1123_label(name));
    }
    if container.image.as_deref().unwrap_or_default().is_empty() {
        errs.missing(&path.child("image"), "");
    }
    one_of(
        container.termination_message_policy.as_deref(),
        &["File", "FallbackToLogsOnError"],
        &path.child("terminationMessagePolicy"),
        errs,
    );
    port::validate_container_ports(container.ports.as_deref().unwrap_or_default(), &path.child("ports"), errs);
    env::validate_env(container.env.as_deref().unwrap_or_default(), &path.child("env"), opts, errs);
    env::validate_env_from(container.env_from.as_deref().unwrap_or_default(), &path.child("envFrom"), opts, errs);
    mount::validate_volume_mounts(container, volumes, &path.child("volumeMounts"), opts, errs);
    mount::validate_volume_devices(container, volumes, &path.child("volumeDevices"), errs);
    // `validatePullPolicy`
    one_of(
        container.image_pull_policy.as_deref(),
        &["Always", "IfNotPresent", "Never"],
        &path.child("imagePullPolicy"),
        errs,
    );
    if let Some(resources) = &container.resources {
        validate_container_resource_requirements(resources, claims, &path.child("resources"), errs);
    }
    restart::validate_resize_policy(container, spec, &path.child("resizePolicy"), opts, errs);
    if let Some(context) = &container.security_context {
        let host_users = spec.host_users.unwrap_or(true);
        security_context::validate_security_context(context, &path.child("securityContext"), host_users, errs);
    }
}

fn one_of(value: Option<&str>, allowed: &[&str], path: &Path<'_>, errs: &mut ErrorList) {
    match value.unwrap_or_default() {
        "" => {
            errs.missing(path, "");
        }
        value if allowed.contains(&value) => {}
        value => {
            errs.not_supported(path, BadValue::Named(value.to_owned()), allowed);
        }
    }
}

#[cfg(test)]
#[path = "container_tests.rs"]
mod tests;
