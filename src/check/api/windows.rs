use k8s_openapi::api::core::v1::{PodSpec, WindowsSecurityContextOptions};

use super::content::is_dns1123_subdomain;
use super::visit::visit_containers;
use super::{ErrorList, Mend, Options, Path};
use crate::i18n::{Message, id};
use crate::k8s::Version;

const MAX_CREDENTIAL_SPEC: usize = 64 * 1024;
const MAX_DOMAIN: usize = 256;
const MAX_USER: usize = 104;

/// `validateWindowsSecurityContextOptions`.
pub fn validate_windows_security_context_options(
    options: &WindowsSecurityContextOptions,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    if let Some(name) = &options.gmsa_credential_spec_name {
        errs.invalid_each(&path.child("gmsaCredentialSpecName"), name, is_dns1123_subdomain(name));
    }
    if let Some(spec) = &options.gmsa_credential_spec {
        let detail = match spec.len() {
            0 => Some("gmsaCredentialSpec cannot be an empty string"),
            n if n > MAX_CREDENTIAL_SPEC => Some("gmsaCredentialSpec size must be under 64 KiB"),
            _ => None,
        };
        if let Some(detail) = detail {
            errs.invalid(&path.child("gmsaCredentialSpec"), spec, detail, id::CHECK_API_WINDOWS_CREDENTIAL_SPEC);
        }
    }
    if let Some(name) = &options.run_as_user_name {
        let path = path.child("runAsUserName");
        run_as_user_name(name, &mut |detail| {
            let message = Message::new(id::CHECK_API_WINDOWS_USER_NAME).with("value", crate::check::decode::clip(name));
            errs.invalid(&path, name, detail, message);
        });
    }
}

/// Says all that is wrong with `USER` or `DOMAIN\USER`.
fn run_as_user_name(name: &str, say: &mut impl FnMut(&str)) {
    if name.is_empty() {
        return say("runAsUserName cannot be an empty string");
    }
    if name.bytes().any(|b| b.is_ascii_control()) {
        return say("runAsUserName cannot contain control characters");
    }
    let (domain, user) = match name.split_once('\\') {
        None => (None, name),
        Some((_, user)) if user.contains('\\') => return say("runAsUserName cannot contain more than one backslash"),
        Some((domain, user)) => (Some(domain), user),
    };
    if let Some(domain) = domain {
        if domain.len() >= MAX_DOMAIN {
            say("runAsUserName's Domain length must be under 256 characters");
        }
        if !is_net_bios(domain) && !is_windows_dns(domain) {
            say("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
        }
    }
    if user.is_empty() {
        say("runAsUserName's User cannot be empty");
    } else if user.len() > MAX_USER {
        say("runAsUserName's User length must not be longer than 104 characters");
    }
    if !user.is_empty() && user.bytes().all(|b| b == b'.' || b == b' ') {
        say("runAsUserName's User cannot contain only periods or spaces");
    }
    if user.contains(|c| r#""/\:;|=,+*?<>@[]"#.contains(c)) {
        say(r#"runAsUserName's User cannot contain the following characters: "/\:;|=,+*?<>@[]"#);
    }
}

fn is_net_bios(domain: &str) -> bool {
    !domain.is_empty()
        && !domain.starts_with('.')
        && domain.chars().nth(15).is_none()
        && !domain.contains(|c| r#"\/:*?"<>|"#.contains(c))
}

fn is_windows_dns(domain: &str) -> bool {
    domain.split('.').all(|label| {
        let ends = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
        let bytes = label.as_bytes();
        bytes.len() <= 63
            && ends(bytes.first())
            && ends(bytes.last())
            && bytes.iter().all(|&b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

/// `validateWindows`.
pub fn validate_windows(spec: &PodSpec, path: &Path<'_>, opts: Options<'_>, errs: &mut ErrorList) {
    let path_of_context = path.child("securityContext");
    let of_host = |errs: &mut ErrorList, keys: &[&str]| {
        for (set, key) in [
            (spec.host_users.is_some(), "hostUsers"),
            (spec.host_pid == Some(true), "hostPID"),
            (spec.host_ipc == Some(true), "hostIPC"),
            (spec.share_process_namespace.is_some(), "shareProcessNamespace"),
        ] {
            if set && keys.contains(&key) {
                not_on_windows(&path.child(key), errs);
            }
        }
    };
    // Up to 1.36 these were parts of the internal security context, asked for in its order.
    let old = opts.version < Version::V1_37;
    let context = spec.security_context.clone().unwrap_or_default();
    let of_context = |keys: &[(bool, &str)], errs: &mut ErrorList| {
        for (_, key) in keys.iter().filter(|(set, _)| *set) {
            not_on_windows(&path_of_context.child(key), errs);
        }
    };
    of_context(
        &[
            (context.app_armor_profile.is_some(), "appArmorProfile"),
            (context.se_linux_options.is_some(), "seLinuxOptions"),
        ],
        errs,
    );
    if old {
        of_host(errs, &["hostUsers", "hostPID", "hostIPC"]);
    }
    of_context(
        &[
            (context.seccomp_profile.is_some(), "seccompProfile"),
            (context.fs_group.is_some(), "fsGroup"),
            (context.fs_group_change_policy.is_some(), "fsGroupChangePolicy"),
            (context.sysctls.is_some_and(|sysctls| !sysctls.is_empty()), "sysctls"),
        ],
        errs,
    );
    if old {
        of_host(errs, &["shareProcessNamespace"]);
    }
    of_context(
        &[
            (context.run_as_user.is_some(), "runAsUser"),
            (context.run_as_group.is_some(), "runAsGroup"),
            (context.supplemental_groups.is_some(), "supplementalGroups"),
            (context.supplemental_groups_policy.is_some(), "supplementalGroupsPolicy"),
            (context.se_linux_change_policy.is_some(), "seLinuxChangePolicy"),
        ],
        errs,
    );
    if !old {
        of_host(errs, &["hostUsers", "hostPID", "hostIPC", "shareProcessNamespace"]);
    }
    visit_containers(spec, path, |container, path| {
        let Some(context) = container.security_context else { return };
        let path = path.child("securityContext");
        for (set, key) in [
            (context.app_armor_profile.is_some(), "appArmorProfile"),
            (context.se_linux_options.is_some(), "seLinuxOptions"),
            (context.seccomp_profile.is_some(), "seccompProfile"),
            (context.capabilities.is_some(), "capabilities"),
            (context.read_only_root_filesystem.is_some(), "readOnlyRootFilesystem"),
            (context.privileged.is_some(), "privileged"),
            (context.allow_privilege_escalation.is_some(), "allowPrivilegeEscalation"),
            (context.proc_mount.is_some(), "procMount"),
            (context.run_as_user.is_some(), "runAsUser"),
            (context.run_as_group.is_some(), "runAsGroup"),
        ] {
            if set {
                not_on_windows(&path.child(key), errs);
            }
        }
    });
}

fn not_on_windows(path: &Path<'_>, errs: &mut ErrorList) {
    let message = Message::new(id::CHECK_API_WINDOWS_FORBIDDEN).with("key", path.called());
    errs.forbidden(path, "cannot be set for a windows pod", message).mend(Mend::delete(path.steps()));
}

/// `validateLinux`.
pub fn validate_linux(spec: &PodSpec, path: &Path<'_>, errs: &mut ErrorList) {
    let mut forbid = |context: &Path<'_>| {
        let path = context.child("windowsOptions");
        let error = errs.forbidden(&path, "windows options cannot be set for a linux pod", id::CHECK_API_WINDOWS_LINUX);
        error.mend(Mend::delete(path.steps()));
    };
    if spec.security_context.as_ref().is_some_and(|context| context.windows_options.is_some()) {
        forbid(&path.child("securityContext"));
    }
    visit_containers(spec, path, |container, path| {
        if container.security_context.is_some_and(|context| context.windows_options.is_some()) {
            forbid(&path.child("securityContext"));
        }
    });
}

/// `validateWindowsHostProcessPod`. That the cluster allows privileged containers is taken for granted.
pub fn validate_windows_host_process_pod(spec: &PodSpec, path: &Path<'_>, errs: &mut ErrorList) {
    let of = |options: Option<&WindowsSecurityContextOptions>| options.and_then(|options| options.host_process);
    let pod = of(spec.security_context.as_ref().and_then(|context| context.windows_options.as_ref()));
    let (mut containers, mut host_processes) = (0, 0);
    visit_containers(spec, path, |container, path| {
        containers += 1;
        let own = of(container.security_context.and_then(|context| context.windows_options.as_ref()));
        if let (Some(pod), Some(own)) = (pod, own)
            && pod != own
        {
            let context_path = path.child("securityContext");
            let options_path = context_path.child("windowsOptions");
            let path = options_path.child("hostProcess");
            let detail = format!("pod hostProcess value must be identical if both are specified, was {pod}");
            let error = errs.invalid(&path, own, &detail, id::CHECK_API_WINDOWS_HOST_PROCESS_DIFFERS);
            error.mend(Mend::set(path.steps(), pod));
        }
        if own.or(pod) == Some(true) {
            host_processes += 1;
        }
    });
    if host_processes == 0 {
        return;
    }
    if host_processes != containers {
        let detail = "If pod contains any hostProcess containers then all containers must be HostProcess containers";
        errs.invalid(path, "", detail, id::CHECK_API_WINDOWS_HOST_PROCESS_ALL);
    }
    if spec.host_network != Some(true) {
        let path = path.child("hostNetwork");
        let detail = "hostNetwork must be true if pod contains any hostProcess containers";
        let error = errs.invalid(&path, false, detail, id::CHECK_API_WINDOWS_HOST_PROCESS_NETWORK);
        error.mend(Mend::set(path.steps(), true));
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::spec_faults;
    use super::*;
    use crate::k8s::Version::{V1_36, V1_37};

    /// From `TestValidateWindowsSecurityContextOptions`.
    #[test]
    fn user_names() {
        const DOMAIN: &str = "runAsUserName's Domain doesn't match the NetBios nor the DNS format";
        const CHARS: &str = r#"runAsUserName's User cannot contain the following characters: "/\:;|=,+*?<>@[]"#;
        let long_user = "a".repeat(105);
        let long_domain =
            format!("{}\\user", ["a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(64)].join("."));
        for (name, expected) in [
            ("user", &[][..]),
            (&long_user[1..], &[]),
            (r"NTDOMAIN\a user", &[]),
            (r"DOMAIN.com\user-1", &[]),
            (r"a-b.c\u", &[]),
            (r"!fine. domain\u", &[]),
            ("", &["runAsUserName cannot be an empty string"]),
            ("a\u{7f}", &["runAsUserName cannot contain control characters"]),
            ("a\n\\b\\c", &["runAsUserName cannot contain control characters"]),
            (r"a\b\c", &["runAsUserName cannot contain more than one backslash"]),
            (r".a\b", &[DOMAIN]),
            (r"\b", &[DOMAIN]),
            (r"a:b\c", &[DOMAIN]),
            (r"sixteen letters.\c", &[DOMAIN]),
            (r"a\", &["runAsUserName's User cannot be empty"]),
            (r"a\. .", &["runAsUserName's User cannot contain only periods or spaces"]),
            ("a@b", &[CHARS]),
            ("a[", &[CHARS]),
            (&long_user, &["runAsUserName's User length must not be longer than 104 characters"]),
            (&long_domain, &["runAsUserName's Domain length must be under 256 characters", DOMAIN]),
        ] {
            let mut said = Vec::new();
            run_as_user_name(name, &mut |detail| said.push(detail.to_owned()));
            assert_eq!(said, expected, "{name}");
        }
    }

    #[test]
    fn credentials() {
        let spec = |text: &str| format!("{{securityContext: {{windowsOptions: {{{text}}}}}}}");
        let at = "spec.securityContext.windowsOptions";
        let long = spec(&format!("gmsaCredentialSpec: {}", "a".repeat(65537)));
        assert!(spec_faults(&long, V1_37)[0].ends_with("a\": gmsaCredentialSpec size must be under 64 KiB"));
        assert_eq!(spec_faults(&spec(&format!("gmsaCredentialSpec: {}", "a".repeat(65536))), V1_37), [""; 0]);
        let empty =
            format!("{at}.gmsaCredentialSpec: Invalid value: \"\": gmsaCredentialSpec cannot be an empty string");
        assert_eq!(spec_faults(&spec("gmsaCredentialSpec: ''"), V1_37), [empty]);
        let name = spec_faults(&spec("gmsaCredentialSpecName: A"), V1_37);
        assert!(
            name[0].starts_with(&format!("{at}.gmsaCredentialSpecName: Invalid value: \"A\": a lowercase RFC 1123"))
        );
    }

    #[test]
    fn what_windows_does_not_have() {
        let spec = "{os: {name: windows}, hostUsers: true, hostPID: true, hostIPC: true, shareProcessNamespace: false,
            securityContext: {appArmorProfile: {type: Unconfined}, seLinuxOptions: {}, seccompProfile: {type: Unconfined},
              fsGroup: 1, fsGroupChangePolicy: Always, sysctls: [{name: a, value: b}], runAsUser: 1, runAsGroup: 1,
              supplementalGroups: [], supplementalGroupsPolicy: Merge, seLinuxChangePolicy: Recursive},
            containers: [{name: a, image: b, securityContext: {appArmorProfile: {type: Unconfined}, seLinuxOptions: {},
              seccompProfile: {type: Unconfined}, capabilities: {}, readOnlyRootFilesystem: false, privileged: false,
              allowPrivilegeEscalation: true, procMount: Default, runAsUser: 1, runAsGroup: 1, runAsNonRoot: true}}]}";
        let fields = |version| -> Vec<String> {
            let said = spec_faults(spec, version);
            let cut =
                |line: &String| line.strip_suffix(": Forbidden: cannot be set for a windows pod").map(str::to_owned);
            said.iter().map(|line| cut(line).unwrap_or_else(|| panic!("{line}"))).collect()
        };
        let context =
            |keys: &str| -> Vec<String> { keys.split(' ').map(|key| format!("spec.securityContext.{key}")).collect() };
        let host = |keys: &str| -> Vec<String> { keys.split(' ').map(|key| format!("spec.{key}")).collect() };
        let container: Vec<_> =
            "appArmorProfile seLinuxOptions seccompProfile capabilities readOnlyRootFilesystem privileged allowPrivilegeEscalation procMount runAsUser runAsGroup"
                .split(' ').map(|key| format!("spec.containers[0].securityContext.{key}")).collect();
        let last = "runAsUser runAsGroup supplementalGroups supplementalGroupsPolicy seLinuxChangePolicy";
        let middle = "seccompProfile fsGroup fsGroupChangePolicy sysctls";
        assert_eq!(
            fields(V1_37),
            [
                context("appArmorProfile seLinuxOptions"),
                context(middle),
                context(last),
                host("hostUsers hostPID hostIPC shareProcessNamespace"),
                container.clone(),
            ]
            .concat()
        );
        assert_eq!(
            fields(V1_36),
            [
                context("appArmorProfile seLinuxOptions"),
                host("hostUsers hostPID hostIPC"),
                context(middle),
                host("shareProcessNamespace"),
                context(last),
                container,
            ]
            .concat()
        );
    }

    #[test]
    fn what_linux_does_not_have() {
        let spec = "{os: {name: linux}, securityContext: {windowsOptions: {}},
            initContainers: [{name: i, image: b, securityContext: {windowsOptions: {}}}],
            containers: [{name: a, image: b, securityContext: {}}]}";
        assert_eq!(
            spec_faults(spec, V1_37),
            ["spec", "spec.initContainers[0]"].map(|of| {
                format!("{of}.securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod")
            })
        );
    }

    /// From `TestValidateWindowsHostProcessPod`.
    #[test]
    fn host_processes() {
        let all = "spec: Invalid value: \"\": If pod contains any hostProcess containers then all containers must be HostProcess containers";
        let network = "spec.hostNetwork: Invalid value: false: hostNetwork must be true if pod contains any hostProcess containers";
        let differs = "spec.containers[0].securityContext.windowsOptions.hostProcess: Invalid value: false: pod hostProcess value must be identical if both are specified, was true";
        let own = |value: &str| {
            format!("{{name: c{value}, image: b, securityContext: {{windowsOptions: {{hostProcess: {value}}}}}}}")
        };
        let (yes, no, none) = (own("true"), own("false"), "{name: none, image: b}".to_owned());
        for (network_on, pod, containers, expected) in [
            (true, "true", vec![&none], vec![]),
            (true, "null", vec![&yes], vec![]),
            (false, "false", vec![&none], vec![]),
            (false, "null", vec![&no, &none], vec![]),
            (false, "true", vec![&none], vec![network]),
            (true, "null", vec![&yes, &none], vec![all]),
            (false, "null", vec![&yes, &no], vec![all, network]),
            (true, "true", vec![&no], vec![differs]),
            (true, "true", vec![&no, &yes], vec![differs, all]),
        ] {
            let containers: Vec<_> = containers.into_iter().map(String::as_str).collect();
            let spec = format!(
                "{{hostNetwork: {network_on}, securityContext: {{windowsOptions: {{hostProcess: {pod}}}}}, containers: [{}]}}",
                containers.join(", ")
            );
            assert_eq!(spec_faults(&spec, V1_37), expected, "{spec}");
        }
    }
}
