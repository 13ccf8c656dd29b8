use k8s_openapi::api::core::v1::{HostAlias, PodDNSConfig};

use super::content::{is_dns1123_subdomain, is_dns1123_subdomain_with_underscore, is_valid_ip_for_legacy_field};
use super::{BadValue, ErrorList, Mend, Path};
use crate::i18n::{Message, id};
use crate::k8s::Version;

const MAX_NAMESERVERS: usize = 3;
const MAX_SEARCH_PATHS: usize = 32;
const MAX_SEARCH_LIST_CHARS: usize = 2048;

/// `validateDNSPolicy`.
pub fn validate_dns_policy(policy: &str, path: &Path<'_>, errs: &mut ErrorList) {
    const ALL: &[&str] = &["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
    match policy {
        "" => {
            errs.missing(path, "");
        }
        _ if ALL.contains(&policy) => {}
        _ => {
            errs.not_supported(path, BadValue::Named(policy.to_owned()), ALL);
        }
    }
}

/// `validatePodDNSConfig`.
pub fn validate_pod_dns_config(config: Option<&PodDNSConfig>, policy: &str, path: &Path<'_>, errs: &mut ErrorList) {
    let names_path = path.child("nameservers");
    if policy == "None" {
        if config.is_none() {
            let detail = "must provide `dnsConfig` when `dnsPolicy` is None";
            errs.required(path, detail, id::CHECK_API_DNS_NO_SERVER);
            return;
        }
        if config.is_some_and(|config| config.nameservers.iter().flatten().next().is_none()) {
            let detail = "must provide at least one DNS nameserver when `dnsPolicy` is None";
            errs.required(&names_path, detail, id::CHECK_API_DNS_NO_SERVER);
            return;
        }
    }
    let Some(config) = config else { return };

    let names = config.nameservers.as_deref().unwrap_or_default();
    if names.len() > MAX_NAMESERVERS {
        too_many(names, MAX_NAMESERVERS, "nameservers", &names_path, errs);
    }
    for (i, name) in names.iter().enumerate() {
        errs.invalid_each(&names_path.index(i), name, is_valid_ip_for_legacy_field(name, errs.version));
    }

    let searches_path = path.child("searches");
    let searches = config.searches.as_deref().unwrap_or_default();
    if searches.len() > MAX_SEARCH_PATHS {
        too_many(searches, MAX_SEARCH_PATHS, "search paths", &searches_path, errs);
    }
    let length: usize = searches.iter().map(String::len).sum::<usize>() + searches.len().saturating_sub(1);
    if length > MAX_SEARCH_LIST_CHARS {
        let detail =
            format!("must not have more than {MAX_SEARCH_LIST_CHARS} characters (including spaces) in the search list");
        let message = Message::new(id::CHECK_API_DNS_SEARCHES_LONG).with("most", MAX_SEARCH_LIST_CHARS);
        errs.invalid(&searches_path, BadValue::Strings(searches.to_vec()), &detail, message);
    }
    let old_text = errs.version == Version::V1_33;
    for (i, search) in searches.iter().enumerate().filter(|(_, search)| *search != ".") {
        let search = search.strip_suffix('.').unwrap_or(search);
        errs.invalid_each(&searches_path.index(i), search, is_dns1123_subdomain_with_underscore(search, old_text));
    }

    let options_path = path.child("options");
    for (i, option) in config.options.iter().flatten().enumerate() {
        if option.name.as_deref().unwrap_or_default().is_empty() {
            let option_path = options_path.index(i);
            let message = Message::new(id::CHECK_API_MISSING).with("key", "name");
            errs.required(&option_path, "must not be empty", message);
        }
    }
}

fn too_many(list: &[String], most: usize, what: &str, path: &Path<'_>, errs: &mut ErrorList) {
    let message = Message::new(id::CHECK_API_DNS_TOO_MANY)
        .with("key", path.called())
        .with("most", most)
        .with("count", list.len());
    let detail = format!("must not have more than {most} {what}");
    let error = errs.invalid(path, BadValue::Strings(list.to_vec()), &detail, message);
    // What stands beyond the limit is not used by anybody's resolver.
    if list.len() == most + 1 {
        error.mend(Mend::delete(path.index(most).steps()));
    }
}

/// `ValidateHostAliases`.
pub fn validate_host_aliases(aliases: &[HostAlias], path: &Path<'_>, errs: &mut ErrorList) {
    for (i, alias) in aliases.iter().enumerate() {
        let alias_path = path.index(i);
        errs.invalid_each(&alias_path.child("ip"), &alias.ip, is_valid_ip_for_legacy_field(&alias.ip, errs.version));
        let names_path = alias_path.child("hostnames");
        for (j, name) in alias.hostnames.iter().flatten().enumerate() {
            errs.invalid_each(&names_path.index(j), name, is_dns1123_subdomain(name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::{said as faults, spec_faults, value as read};
    use super::*;
    use crate::k8s::Version::{V1_33, V1_36, V1_37};

    fn fields(said: &[String]) -> Vec<&str> {
        said.iter()
            .map(|line| line.split(": ").take(2).map(str::len).sum::<usize>() + 2)
            .zip(said)
            .map(|(n, line)| &line[..n])
            .collect()
    }

    #[test]
    fn configs() {
        let many = format!("{{searches: [{}]}}", vec!["a"; 33].join(", "));
        let long = format!("{{searches: [{}]}}", vec!["a".repeat(240); 9].join(", "));
        let at_most = format!("{{searches: [{}, {}]}}", vec!["a".repeat(240); 8].join(", "), "b".repeat(120));
        for (policy, config, expected) in [
            ("None", "{nameservers: [1.2.3.4]}", &[][..]),
            ("Default", "{searches: [., _sip._tcp.x, svc.cluster.local., a_b]}", &[]),
            ("Default", &at_most, &[]),
            ("None", "{}", &["dnsConfig.nameservers: Required value"]),
            ("Default", "{nameservers: [1.1.1.1, 2.2.2.2, '::1', 4.4.4.4]}", &["dnsConfig.nameservers: Invalid value"]),
            ("Default", "{nameservers: [invalid]}", &["dnsConfig.nameservers[0]: Invalid value"]),
            ("Default", &many, &["dnsConfig.searches: Invalid value"]),
            ("Default", &long, &["dnsConfig.searches: Invalid value"]),
            (
                "Default",
                "{searches: ['', 'a b', '..']}",
                &[
                    "dnsConfig.searches[0]: Invalid value",
                    "dnsConfig.searches[1]: Invalid value",
                    "dnsConfig.searches[2]: Invalid value",
                ],
            ),
            (
                "Default",
                "{options: [{name: a}, {value: b}, {name: ''}]}",
                &["dnsConfig.options[1]: Required value", "dnsConfig.options[2]: Required value"],
            ),
        ] {
            let config: PodDNSConfig = read(config);
            let path = Path::new("dnsConfig");
            let said = faults(V1_37, |errs| validate_pod_dns_config(Some(&config), policy, &path, errs));
            assert_eq!(fields(&said), expected, "{config:?}");
        }
    }

    #[test]
    fn sentences() {
        assert_eq!(
            spec_faults("{dnsPolicy: None}", V1_37),
            ["spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None"]
        );
        assert_eq!(
            spec_faults("{dnsPolicy: clusterfirst}", V1_37),
            [
                r#"spec.dnsPolicy: Unsupported value: "clusterfirst": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None""#
            ]
        );
        assert_eq!(
            spec_faults("{dnsConfig: {nameservers: [1.1.1.1, 2.2.2.2, 3.3.3.3, 4.4.4.4]}}", V1_37),
            [
                r#"spec.dnsConfig.nameservers: Invalid value: ["1.1.1.1","2.2.2.2","3.3.3.3","4.4.4.4"]: must not have more than 3 nameservers"#
            ]
        );
        let searches = "{dnsConfig: {searches: [A.]}}";
        assert!(spec_faults(searches, V1_33)[0].ends_with(
            "regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
        ));
        assert!(
            spec_faults(searches, V1_37)[0]
                .starts_with("spec.dnsConfig.searches[0]: Invalid value: \"A\": a lowercase RFC 1123 subdomain")
        );
    }

    #[test]
    fn aliases() {
        let aliases = "{hostAliases: [{ip: 1.2.3.4, hostnames: [a.b]}, {ip: x, hostnames: [a_b]}]}";
        assert_eq!(
            fields(&spec_faults(aliases, V1_37)),
            ["spec.hostAliases[1].ip: Invalid value", "spec.hostAliases[1].hostnames[0]: Invalid value",]
        );
        let mapped = "{hostAliases: [{ip: '::ffff:1.2.3.4'}]}";
        assert_eq!(
            spec_faults(mapped, V1_36),
            [r#"spec.hostAliases[0].ip: Invalid value: "::ffff:1.2.3.4": must not be an IPv4-mapped IPv6 address"#]
        );
        assert_eq!(spec_faults(mapped, V1_33), [""; 0]);
    }
}
