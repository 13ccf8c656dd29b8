use k8s_openapi::api::core::v1::{PodSpec, SecurityContext};
use serde_json::{Value, json};

use super::content::{is_valid_group_id, is_valid_user_id};
use super::host_namespaces::validate_share_process_namespace;
use super::profile::{seccomp_json, validate_app_armor_profile_field, validate_seccomp_profile_field};
use super::sysctl::validate_sysctls;
use super::windows::validate_windows_security_context_options;
use super::{BadValue, ErrorList, Options, Path};
use crate::i18n::{Message, id};
use crate::k8s::{Gate, Version};

/// `validatePodSpecSecurityContext`.
pub fn validate_pod_spec_security_context(
    spec: &PodSpec,
    spec_path: &Path<'_>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) {
    let path = spec_path.child("securityContext");
    // Up to 1.36 the internal context is there whenever a flag of the host is.
    let share = |errs: &mut ErrorList| {
        if opts.version < Version::V1_37 {
            validate_share_process_namespace(spec, spec_path, &path, errs);
        }
    };
    let Some(context) = &spec.security_context else { return share(errs) };

    if let Some(group) = context.fs_group {
        errs.invalid_each(&path.child("fsGroup"), group, is_valid_group_id(group));
    }
    run_as(context.run_as_user, context.run_as_group, &path, errs);
    let groups_path = path.child("supplementalGroups");
    for (i, &group) in context.supplemental_groups.iter().flatten().enumerate() {
        errs.invalid_each(&groups_path.index(i), group, is_valid_group_id(group));
    }
    share(errs);
    let sysctls = context.sysctls.as_deref().unwrap_or_default();
    validate_sysctls(sysctls, spec, &path.child("sysctls"), errs);

    let policy = context.fs_group_change_policy.as_deref();
    one_of(policy, &["Always", "OnRootMismatch"], &path.child("fsGroupChangePolicy"), errs);
    if let Some(profile) = &context.seccomp_profile {
        validate_seccomp_profile_field(profile, &path.child("seccompProfile"), errs);
    }
    if let Some(options) = &context.windows_options {
        validate_windows_security_context_options(options, &path.child("windowsOptions"), errs);
    }
    if let Some(profile) = &context.app_armor_profile {
        validate_app_armor_profile_field(profile, &path.child("appArmorProfile"), errs);
    }
    let policy = context.supplemental_groups_policy.as_deref();
    one_of(policy, &["Merge", "Strict"], &path.child("supplementalGroupsPolicy"), errs);
    let mount = opts.on(Gate::SELinuxMount);
    let policies: &[&str] = if mount { &["MountOption", "Recursive"] } else { &["Recursive"] };
    one_of(context.se_linux_change_policy.as_deref(), policies, &path.child("seLinuxChangePolicy"), errs);
}

/// A value that, where it is given, is one of a set: an empty one is none.
fn one_of(value: Option<&str>, all: &[&str], path: &Path<'_>, errs: &mut ErrorList) {
    if let Some(value) = value.filter(|value| !all.contains(value)) {
        errs.not_supported(path, BadValue::Named(value.to_owned()), all);
    }
}

fn run_as(user: Option<i64>, group: Option<i64>, path: &Path<'_>, errs: &mut ErrorList) {
    if let Some(user) = user {
        errs.invalid_each(&path.child("runAsUser"), user, is_valid_user_id(user));
    }
    if let Some(group) = group {
        errs.invalid_each(&path.child("runAsGroup"), group, is_valid_group_id(group));
    }
}

/// `ValidateSecurityContext`; `host_users` is whether the pod uses the host's user namespace. Privileged
/// containers are allowed, as in every cluster that `kubeadm` and its like make (`--allow-privileged`).
pub fn validate_security_context(context: &SecurityContext, path: &Path<'_>, host_users: bool, errs: &mut ErrorList) {
    run_as(context.run_as_user, context.run_as_group, path, errs);
    if let Some(mount) = context.proc_mount.as_deref() {
        let mount_path = path.child("procMount");
        one_of(Some(mount), &["Default", "Unmasked"], &mount_path, errs);
        if host_users && mount == "Unmasked" {
            let detail = "`hostUsers` must be false to use `Unmasked`";
            let value = BadValue::Named(mount.to_owned());
            errs.invalid(&mount_path, value, detail, id::CHECK_API_SECURITY_CONTEXT_UNMASKED);
        }
    }
    if let Some(profile) = &context.seccomp_profile {
        validate_seccomp_profile_field(profile, &path.child("seccompProfile"), errs);
    }
    if context.allow_privilege_escalation == Some(false) {
        let mut contradicted = |with: &str, detail: &str| {
            let message = Message::new(id::CHECK_API_SECURITY_CONTEXT_ESCALATION).with("other", with);
            errs.invalid(path, shown(context), detail, message).at(&path.child("allowPrivilegeEscalation"));
        };
        if context.privileged == Some(true) {
            let detail = "cannot set `allowPrivilegeEscalation` to false and `privileged` to true";
            contradicted("privileged: true", detail);
        }
        let added = context.capabilities.iter().flat_map(|capabilities| capabilities.add.iter().flatten());
        // The value shown holds the whole list: as many causes as repetitions, but not a list for each of thousands.
        for _ in added.filter(|added| *added == "CAP_SYS_ADMIN").take(MOST_REPEATED) {
            let detail = "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN";
            contradicted("CAP_SYS_ADMIN", detail);
        }
    }
    if let Some(options) = &context.windows_options {
        validate_windows_security_context_options(options, &path.child("windowsOptions"), errs);
    }
    if let Some(profile) = &context.app_armor_profile {
        validate_app_armor_profile_field(profile, &path.child("appArmorProfile"), errs);
    }
}

const MOST_REPEATED: usize = 32;

/// The context as `json.Marshal` writes the internal type: all fields, in Go's order and with Go's names.
fn shown(context: &SecurityContext) -> BadValue {
    let json = json!({
        "Capabilities": context.capabilities.as_ref().map(|c| json!({"Add": c.add, "Drop": c.drop})),
        "Privileged": context.privileged,
        "SELinuxOptions": context.se_linux_options.as_ref().map(|o| {
            let text = |text: &Option<String>| Value::from(text.as_deref().unwrap_or_default());
            json!({"User": text(&o.user), "Role": text(&o.role), "Type": text(&o.type_), "Level": text(&o.level)})
        }),
        "WindowsOptions": context.windows_options.as_ref().map(|o| json!({
            "GMSACredentialSpecName": o.gmsa_credential_spec_name,
            "GMSACredentialSpec": o.gmsa_credential_spec,
            "RunAsUserName": o.run_as_user_name,
            "HostProcess": o.host_process,
        })),
        "RunAsUser": context.run_as_user,
        "RunAsGroup": context.run_as_group,
        "RunAsNonRoot": context.run_as_non_root,
        "ReadOnlyRootFilesystem": context.read_only_root_filesystem,
        "AllowPrivilegeEscalation": context.allow_privilege_escalation,
        "ProcMount": context.proc_mount,
        "SeccompProfile": context.seccomp_profile.as_ref().map(seccomp_json),
        "AppArmorProfile": context.app_armor_profile.as_ref()
            .map(|p| json!({"Type": p.type_, "LocalhostProfile": p.localhost_profile})),
    });
    // 1.33 prints addresses of pointers, which nobody can foretell.
    let fields = [
        ("Capabilities", "core.Capabilities", context.capabilities.is_some()),
        ("Privileged", "bool", context.privileged.is_some()),
        ("SELinuxOptions", "core.SELinuxOptions", context.se_linux_options.is_some()),
        ("WindowsOptions", "core.WindowsSecurityContextOptions", context.windows_options.is_some()),
        ("RunAsUser", "int64", context.run_as_user.is_some()),
        ("RunAsGroup", "int64", context.run_as_group.is_some()),
        ("RunAsNonRoot", "bool", context.run_as_non_root.is_some()),
        ("ReadOnlyRootFilesystem", "bool", context.read_only_root_filesystem.is_some()),
        ("AllowPrivilegeEscalation", "bool", context.allow_privilege_escalation.is_some()),
        ("ProcMount", "core.ProcMountType", context.proc_mount.is_some()),
        ("SeccompProfile", "core.SeccompProfile", context.seccomp_profile.is_some()),
        ("AppArmorProfile", "core.AppArmorProfile", context.app_armor_profile.is_some()),
    ];
    let pointer = |set: bool| if set { "0xc000000000" } else { "nil" };
    let fields = fields.map(|(name, kind, set)| format!("{name}:(*{kind})({})", pointer(set)));
    BadValue::Struct { json, go: format!("core.SecurityContext{{{}}}", fields.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::super::case::{said as faults, spec_faults, value as read};
    use super::*;
    use crate::k8s::Version::{V1_36, V1_37};

    #[test]
    fn of_a_pod() {
        let range = "must be between 0 and 2147483647, inclusive";
        for (context, expected) in [
            ("{runAsUser: 0, runAsGroup: 2147483647, fsGroup: 1, supplementalGroups: [0], runAsNonRoot: true}", vec![]),
            (
                "{fsGroupChangePolicy: Always, supplementalGroupsPolicy: Strict, seLinuxChangePolicy: MountOption}",
                vec![],
            ),
            (
                "{fsGroup: -1, runAsUser: -2, runAsGroup: -3, supplementalGroups: [1, 2147483648]}",
                vec![
                    format!("fsGroup: Invalid value: -1: {range}"),
                    format!("runAsUser: Invalid value: -2: {range}"),
                    format!("runAsGroup: Invalid value: -3: {range}"),
                    format!("supplementalGroups[1]: Invalid value: 2147483648: {range}"),
                ],
            ),
            (
                "{fsGroupChangePolicy: x, supplementalGroupsPolicy: '', seLinuxChangePolicy: z, seccompProfile: {type: ''}, appArmorProfile: {type: ''}, windowsOptions: {runAsUserName: ''}}",
                vec![
                    "fsGroupChangePolicy: Unsupported value: \"x\": supported values: \"Always\", \"OnRootMismatch\""
                        .to_owned(),
                    "seccompProfile.type: Required value: type is required when seccompProfile is set".to_owned(),
                    "windowsOptions.runAsUserName: Invalid value: \"\": runAsUserName cannot be an empty string"
                        .to_owned(),
                    "appArmorProfile.type: Required value: type is required when appArmorProfile is set".to_owned(),
                    "supplementalGroupsPolicy: Unsupported value: \"\": supported values: \"Merge\", \"Strict\""
                        .to_owned(),
                    "seLinuxChangePolicy: Unsupported value: \"z\": supported values: \"MountOption\", \"Recursive\""
                        .to_owned(),
                ],
            ),
        ] {
            let expected: Vec<_> = expected.iter().map(|line| format!("spec.securityContext.{line}")).collect();
            assert_eq!(spec_faults(&format!("{{securityContext: {context}}}"), V1_37), expected, "{context}");
        }
        assert_eq!(
            spec_faults("{securityContext: {seLinuxChangePolicy: MountOption}}", V1_36),
            [
                "spec.securityContext.seLinuxChangePolicy: Unsupported value: \"MountOption\": supported values: \"Recursive\""
            ]
        );
    }

    #[test]
    fn of_a_container() {
        for (context, host_users, expected) in [
            ("{}", true, vec![]),
            ("{privileged: true, allowPrivilegeEscalation: true, capabilities: {add: [CAP_SYS_ADMIN]}}", true, vec![]),
            (
                "{allowPrivilegeEscalation: false, capabilities: {add: [SYS_ADMIN], drop: [CAP_SYS_ADMIN]}}",
                true,
                vec![],
            ),
            ("{procMount: Unmasked}", false, vec![]),
            (
                "{procMount: Unmasked}",
                true,
                vec!["s.procMount: Invalid value: \"Unmasked\": `hostUsers` must be false to use `Unmasked`"],
            ),
            (
                "{procMount: x, runAsUser: -1, runAsGroup: -1}",
                true,
                vec![
                    "s.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive",
                    "s.runAsGroup: Invalid value: -1: must be between 0 and 2147483647, inclusive",
                    "s.procMount: Unsupported value: \"x\": supported values: \"Default\", \"Unmasked\"",
                ],
            ),
            (
                "{privileged: true, allowPrivilegeEscalation: false, capabilities: {add: [CAP_SYS_ADMIN]}, seccompProfile: {type: Unconfined}, seLinuxOptions: {level: l}, appArmorProfile: {type: x}}",
                true,
                vec![
                    concat!(
                        r#"s: Invalid value: {"Capabilities":{"Add":["CAP_SYS_ADMIN"],"Drop":null},"Privileged":true,"SELinuxOptions":{"User":"","Role":"","Type":"","Level":"l"},"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":{"Type":"Unconfined","LocalhostProfile":null},"AppArmorProfile":{"Type":"x","LocalhostProfile":null}}"#,
                        ": cannot set `allowPrivilegeEscalation` to false and `privileged` to true"
                    ),
                    concat!(
                        r#"s: Invalid value: {"Capabilities":{"Add":["CAP_SYS_ADMIN"],"Drop":null},"Privileged":true,"SELinuxOptions":{"User":"","Role":"","Type":"","Level":"l"},"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":{"Type":"Unconfined","LocalhostProfile":null},"AppArmorProfile":{"Type":"x","LocalhostProfile":null}}"#,
                        ": cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN"
                    ),
                    "s.appArmorProfile.type: Unsupported value: \"x\": supported values: \"Localhost\", \"RuntimeDefault\", \"Unconfined\"",
                ],
            ),
        ] {
            let context = read(context);
            let said = faults(V1_37, |errs| validate_security_context(&context, &Path::new("s"), host_users, errs));
            assert_eq!(said, expected, "{context:?}");
        }
    }
}
