use k8s_openapi::api::core::v1::PodSpec;

use super::visit::visit_containers;
use super::{ErrorList, Options, Path};
use crate::i18n::{Message, id};
use crate::k8s::{Gate, Version};

/// Whether the pod uses the host's user namespace.
pub fn uses_host_users(spec: &PodSpec) -> bool {
    spec.host_users != Some(false)
}

fn not_with(key: &str, other: &'static str) -> Message {
    Message::new(id::CHECK_API_POD_SPEC_NOT_WITH).with("key", key).with("other", other)
}

/// `validateHostUsers`.
pub fn validate_host_users(spec: &PodSpec, path: &Path<'_>, opts: Options<'_>, errs: &mut ErrorList) {
    if uses_host_users(spec) {
        return;
    }
    let old = opts.version == Version::V1_33;
    let detail = if old { "when `pod.Spec.HostUsers` is false" } else { "when `hostUsers` is false" };
    let network = spec.host_network == Some(true) && !opts.on(Gate::UserNamespacesHostNetworkSupport);
    for (set, said, key) in [
        (network, "hostNetwork", "hostNetwork"),
        (spec.host_pid == Some(true), "HostPID", "hostPID"),
        (spec.host_ipc == Some(true), "HostIPC", "hostIPC"),
    ] {
        if set {
            let message = not_with(key, "hostUsers: false");
            errs.forbidden(&path.child(said), detail, message).at(&path.child(key));
        }
    }
    if !old {
        visit_containers(spec, path, |container, path| {
            if !container.volume_devices.is_empty() {
                let message = not_with("volumeDevices", "hostUsers: false");
                errs.forbidden(&path.child("volumeDevices"), detail, message);
            }
        });
    }
}

/// `validateShareProcessNamespace`; up to 1.36 a part of the security context's rules, under its name (`said`).
pub fn validate_share_process_namespace(spec: &PodSpec, path: &Path<'_>, said: &Path<'_>, errs: &mut ErrorList) {
    const KEY: &str = "shareProcessNamespace";
    if spec.share_process_namespace == Some(true) && spec.host_pid == Some(true) {
        let detail = "ShareProcessNamespace and HostPID cannot both be enabled";
        let message = not_with(KEY, "hostPID: true");
        errs.invalid(&said.child(KEY), true, detail, message).at(&path.child(KEY));
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::{said as faults, spec_faults, value as read};
    use super::*;
    use crate::k8s::Version::{V1_33, V1_34, V1_36, V1_37};

    #[test]
    fn user_namespaces() {
        let spec = "{hostUsers: false, hostNetwork: true, hostPID: true, hostIPC: true}";
        for (version, flag) in [(V1_33, "pod.Spec.HostUsers"), (V1_37, "hostUsers")] {
            let expected = ["hostNetwork", "HostPID", "HostIPC"]
                .map(|key| format!("spec.{key}: Forbidden: when `{flag}` is false"));
            assert_eq!(spec_faults(spec, version), expected);
        }
        for fine in ["{hostUsers: true, hostPID: true}", "{hostNetwork: true}", "{hostUsers: false, hostIPC: false}"] {
            assert_eq!(spec_faults(fine, V1_37), [""; 0], "{fine}");
        }
        let spec = read("{hostUsers: false, containers: [{name: a, volumeDevices: [{name: v, devicePath: /d}]}]}");
        let said = |version| {
            faults(version, |errs| {
                validate_host_users(&spec, &Path::new("spec"), Options { version, pod: None }, errs);
            })
        };
        assert_eq!(said(V1_33), [""; 0]);
        assert_eq!(said(V1_34), ["spec.containers[0].volumeDevices: Forbidden: when `hostUsers` is false"]);
    }

    #[test]
    fn a_shared_process_namespace() {
        let spec = "{shareProcessNamespace: true, hostPID: true, securityContext: {runAsUser: -1}}";
        let user = "spec.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive";
        for (version, path) in [(V1_36, "spec.securityContext"), (V1_37, "spec")] {
            assert_eq!(
                spec_faults(spec, version),
                [
                    user,
                    &format!(
                        "{path}.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled"
                    )
                ]
            );
        }
        assert_eq!(spec_faults("{shareProcessNamespace: false, hostPID: true}", V1_37), [""; 0]);
    }
}
