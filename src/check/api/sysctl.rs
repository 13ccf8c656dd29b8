use std::collections::HashSet;

use k8s_openapi::api::core::v1::{PodSpec, Sysctl};

use super::{ErrorList, Mend, Path};
use crate::i18n::{Message, id};

const MAX_LENGTH: usize = 253;

/// `validateSysctls`.
pub fn validate_sysctls(sysctls: &[Sysctl], spec: &PodSpec, path: &Path<'_>, errs: &mut ErrorList) {
    let mut names = HashSet::new();
    for (i, sysctl) in sysctls.iter().enumerate() {
        let item_path = path.index(i);
        let (name, path) = (sysctl.name.as_str(), item_path.child("name"));
        let said = |message| Message::new(message).with("value", crate::check::decode::clip(name));
        let is_new = names.insert(name);
        if name.is_empty() {
            errs.missing(&path, "");
        } else if !is_valid_sysctl_name(name) {
            let detail = "must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
            errs.invalid(&path, name, detail, said(id::CHECK_API_SYSCTL_NAME));
        } else if !is_new {
            errs.duplicate(&path, name, said(id::CHECK_API_SYSCTL_TWICE));
        }
        let host = match namespace(name) {
            Some(Namespace::Net) if spec.host_network == Some(true) => "hostNetwork",
            Some(Namespace::Ipc) if spec.host_ipc == Some(true) => "hostIPC",
            _ => continue,
        };
        let detail = format!("may not be specified when '{host}' is true");
        let error = errs.invalid(&path, name, &detail, said(id::CHECK_API_SYSCTL_HOST).with("other", host));
        error.mend(Mend::delete(item_path.steps()));
    }
}

/// `IsValidSysctlName`.
fn is_valid_sysctl_name(name: &str) -> bool {
    let ends = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.len() <= MAX_LENGTH
        && name.as_bytes().split(|b| b"./".contains(b)).all(|part| {
            ends(part.first())
                && ends(part.last())
                && part.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(b))
        })
}

enum Namespace {
    Net,
    Ipc,
}

/// `sysctl.GetNamespace`: dots and slashes change their roles in `net/ipv4/conf/eno2.100/rp_filter`, and a
/// `*` ends the name.
fn namespace(name: &str) -> Option<Namespace> {
    let slashes = name.find(['.', '/']).is_some_and(|at| name[at..].starts_with('/'));
    let name = name.split('*').next().unwrap_or_default();
    let separator = if slashes { '/' } else { '.' };
    let (first, rest) = name.split_once(separator)?;
    match first {
        "net" => Some(Namespace::Net),
        "fs" => (rest.split_once(separator)?.0 == "mqueue").then_some(Namespace::Ipc),
        "kernel" => matches!(
            rest,
            "sem" | "shmall" | "shmmax" | "shmmni" | "shm_rmid_forced" | "shm" | "msgmax" | "msgmnb" | "msgmni" | "msg"
        )
        .then_some(Namespace::Ipc),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::spec_faults;
    use super::*;
    use crate::k8s::Version::V1_37;

    /// From `TestIsValidSysctlName`.
    #[test]
    fn names() {
        for good in ["a.b.c.d", "a", "a_b", "a-b", "abc", "abc.def", "a/b/c/d", "a/b.c", "a.b/c"] {
            assert!(is_valid_sysctl_name(good), "{good}");
        }
        let long = "a".repeat(254);
        for bad in
            ["", "*", "Ä", "Aa", "a_", "-a", "a..b", ".a", "a.", "a/", "a/.b", "a*", "a.b.*", "/a", long.as_str()]
        {
            assert!(!is_valid_sysctl_name(bad), "{bad}");
        }
    }

    #[test]
    fn in_a_pod() {
        let sysctls =
            "securityContext: {sysctls: [{name: kernel.shm_rmid_forced, value: '1'}, {name: net/ipv4/a.b, value: a},
            {name: fs.mqueue.x, value: a}, {name: kernel.shmmin, value: a}, {name: network.a, value: a}]}";
        assert_eq!(spec_faults(&format!("{{{sysctls}}}"), V1_37), [""; 0]);
        let at = |i| format!("spec.securityContext.sysctls[{i}].name");
        assert_eq!(
            spec_faults(&format!("{{hostNetwork: true, hostIPC: true, {sysctls}}}"), V1_37),
            [
                format!(
                    "{}: Invalid value: \"kernel.shm_rmid_forced\": may not be specified when 'hostIPC' is true",
                    at(0)
                ),
                format!("{}: Invalid value: \"net/ipv4/a.b\": may not be specified when 'hostNetwork' is true", at(1)),
                format!("{}: Invalid value: \"fs.mqueue.x\": may not be specified when 'hostIPC' is true", at(2)),
            ]
        );
        let bad = "{hostNetwork: true, securityContext: {sysctls: [{name: '', value: a}, {name: net.*, value: a}, {name: a, value: a}, {name: a, value: b}]}}";
        let regex = r"^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
        assert_eq!(
            spec_faults(bad, V1_37),
            [
                format!("{}: Required value", at(0)),
                format!(
                    "{}: Invalid value: \"net.*\": must have at most 253 characters and match regex {regex}",
                    at(1)
                ),
                format!("{}: Invalid value: \"net.*\": may not be specified when 'hostNetwork' is true", at(1)),
                format!("{}: Duplicate value: \"a\"", at(3)),
            ]
        );
    }
}
