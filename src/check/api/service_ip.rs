use std::collections::HashSet;
use std::net::IpAddr;

use k8s_openapi::api::core::v1::ServiceSpec;

use super::content;
use super::service::service_type;
use super::service_node_port::alloc_node_ports;
use super::{BadValue, ErrorList, Mend, Path};
use crate::defaults::Service;
use crate::i18n::{Message, id};

const FAMILIES: &[&str] = &["IPv4", "IPv6"];
const POLICIES: &[&str] = &["PreferDualStack", "RequireDualStack", "SingleStack"];

/// The Services' addresses of the cluster that is assumed, the usual one: IPv4 alone
/// (`--service-cluster-ip-range`). The first and the last address are not given away.
const RANGE: &str = "10.96.0.0/16";
const RANGE_PREFIX: [u8; 2] = [10, 96];
const CONFIGURED: &str = "IPv4";
/// So many addresses of a list are shown, all of them again with each of its faults.
const MOST_WHOLE: usize = 20_000;

/// `clusterIPs`, made from `clusterIP` where only that is written (`normalizeClusterIPs`).
pub fn cluster_ips(spec: &ServiceSpec) -> &[String] {
    match spec.cluster_ips.as_deref().unwrap_or_default() {
        [] => spec.cluster_ip.as_ref().filter(|ip| !ip.is_empty()).map(std::slice::from_ref).unwrap_or_default(),
        ips => ips,
    }
}

/// `isHeadlessService`.
pub fn is_headless(spec: &ServiceSpec) -> bool {
    matches!(cluster_ips(spec), [ip] if ip == "None")
}

/// `familyOf`, of an address that has been found to be one.
fn family_of(ip: &str) -> &'static str {
    match content::parse_ip_sloppy(ip).map(|ip| ip.to_canonical()) {
        Some(IpAddr::V4(_)) => "IPv4",
        Some(IpAddr::V6(_)) => "IPv6",
        None => "",
    }
}

/// The address's place in the text, which usually holds `clusterIP` alone.
fn place_of<'a>(spec: &ServiceSpec, path: &'a Path<'a>) -> Path<'a> {
    let single = matches!(cluster_ips(spec), [ip] if spec.cluster_ip.as_ref() == Some(ip));
    path.child(if single { "clusterIP" } else { "clusterIPs" })
}

/// What the allocator refuses before anything else is looked at (`pkg/registry/core/service/storage/alloc.go`).
pub fn begin_create(service: &Service, errs: &mut ErrorList) {
    let default = ServiceSpec::default();
    let spec = service.spec.as_ref().unwrap_or(&default);
    if service_type(spec) != "ExternalName" {
        init_ip_family_fields(service, spec, errs);
        if errs.is_empty() {
            alloc_cluster_ips(spec, errs);
        }
    }
    if errs.is_empty() {
        alloc_node_ports(spec, errs);
    }
}

/// `initIPFamilyFields`.
fn init_ip_family_fields(service: &Service, spec: &ServiceSpec, errs: &mut ErrorList) {
    validate_service_cluster_ips_related_fields(service, errs);
    if !errs.is_empty() {
        return;
    }
    let path = Path::new("spec");
    let ips = cluster_ips(spec);
    let families = spec.ip_families.as_deref().unwrap_or_default();
    let open = spec.cluster_ip.as_deref() == Some("None") && spec.selector.as_ref().is_none_or(|s| s.is_empty());
    let policy = spec.ip_family_policy.as_deref().unwrap_or(if open { "RequireDualStack" } else { "SingleStack" });
    let policy_path = path.child("ipFamilyPolicy");
    let shown = || BadValue::Named(policy.to_owned());
    let prefer = || Mend::set(policy_path.steps(), "PreferDualStack");

    if policy == "SingleStack" {
        for (two, what) in [(ips.len() == 2, "cluster IPs"), (families.len() == 2, "IP families")] {
            if two {
                let detail =
                    format!("must be 'RequireDualStack' or 'PreferDualStack' when multiple {what} are specified");
                let message = id::CHECK_API_SERVICE_IP_TWO_NEED_DUAL;
                errs.invalid(&policy_path, shown(), &detail, message).mend(prefer());
            }
        }
    }
    for (i, ip) in ips.iter().enumerate().skip(families.len()) {
        let family = family_of(ip);
        if ips.first().is_some_and(|first| first == "None") {
            break;
        }
        if family != CONFIGURED {
            let place = place_of(spec, &path);
            let detail = format!("{family} is not configured on this cluster");
            let message = Message::new(id::CHECK_API_SERVICE_IP_FAMILY).with("family", family);
            // Each of these holds the whole list.
            let value =
                if i.saturating_mul(ips.len()) < MOST_WHOLE { BadValue::Strings(ips.to_vec()) } else { BadValue::Omit };
            let error = errs.invalid(&path.child("clusterIPs").index(i), value, &detail, message);
            match place.name() {
                "clusterIP" => error.at(&place),
                _ => error.at(&place.index(i)),
            };
        }
    }
    if !errs.is_empty() || open {
        return;
    }
    if policy == "RequireDualStack" {
        let detail = "this cluster is not configured for dual-stack services";
        errs.invalid(&policy_path, shown(), detail, id::CHECK_API_SERVICE_IP_NO_DUAL).mend(prefer());
    }
    for (i, family) in families.iter().enumerate().filter(|(_, family)| *family != CONFIGURED) {
        let message = Message::new(id::CHECK_API_SERVICE_IP_FAMILY).with("family", family.as_str());
        let path = path.child("ipFamilies");
        let path = path.index(i);
        errs.invalid(&path, BadValue::Named(family.clone()), "not configured on this cluster", message);
    }
}

/// `allocClusterIPs` in a dry run, which knows no other Services.
fn alloc_cluster_ips(spec: &ServiceSpec, errs: &mut ErrorList) {
    let ips = cluster_ips(spec);
    let Some(ip) = ips.first().filter(|ip| *ip != "None") else { return };
    let Some(address) = content::parse_ip_sloppy(ip).map(|ip| ip.to_canonical()) else { return };
    let inside = match address {
        IpAddr::V4(v4) => {
            let octets = v4.octets();
            octets.starts_with(&RANGE_PREFIX) && !matches!(octets[2..], [0, 0] | [255, 255])
        }
        IpAddr::V6(_) => false,
    };
    if !inside {
        let detail = format!(
            "failed to allocate IP {ip}: the provided IP ({address}) is not in the valid range. The range of valid IPs is {RANGE}"
        );
        let message =
            Message::new(id::CHECK_API_SERVICE_IP_RANGE).with("ip", BadValue::from(ip).plain()).with("range", RANGE);
        let path = Path::new("spec");
        errs.invalid(&path.child("clusterIPs"), BadValue::Strings(ips.to_vec()), &detail, message)
            .at(&place_of(spec, &path));
    }
}

/// `ValidateServiceClusterIPsRelatedFields`.
pub fn validate_service_cluster_ips_related_fields(service: &Service, errs: &mut ErrorList) {
    let Some(spec) = service.spec.as_ref().filter(|spec| service_type(spec) != "ExternalName") else { return };
    let path = Path::new("spec");
    let ips = cluster_ips(spec);
    let ips_path = path.child("clusterIPs");
    let all = || BadValue::Strings(ips.to_vec());
    let single = spec.cluster_ip.as_deref().unwrap_or_default();
    if let Some(first) = ips.first().filter(|first| single.is_empty() || *first != single) {
        let detail = match single {
            "" => "must be empty when `clusterIP` is not specified",
            _ => "first value must match `clusterIP`",
        };
        let message = Message::new(id::CHECK_API_SERVICE_IP_FIRST).with("ip", BadValue::from(first).plain());
        errs.invalid(&ips_path, all(), detail, message)
            .mend(Mend::set(path.child("clusterIP").steps(), first.as_str()));
    }
    let families = spec.ip_families.as_deref().unwrap_or_default();
    validate_families(families, &path.child("ipFamilies"), errs);
    if let Some(policy) = spec.ip_family_policy.as_deref().filter(|policy| !POLICIES.contains(policy)) {
        errs.not_supported(&path.child("ipFamilyPolicy"), BadValue::Named(policy.to_owned()), POLICIES);
    }

    let place = place_of(spec, &path);
    let mut valid = true;
    for (i, ip) in ips.iter().enumerate() {
        if i == 0 && ip == "None" {
            if ips.len() > 1 {
                valid = false;
                let detail = "'None' must be the first and only value";
                errs.invalid(&ips_path, all(), detail, id::CHECK_API_SERVICE_IP_NONE_ALONE);
            }
            continue;
        }
        for fault in content::is_valid_ip_for_legacy_field(ip, errs.version) {
            valid = false;
            let message = fault.message.with("key", place.name()).with("value", BadValue::from(ip).plain());
            let error = errs.invalid(&ips_path.index(i), ip, &fault.detail, message);
            match place.name() {
                "clusterIP" => error.at(&place),
                _ => error.at(&place.index(i)),
            };
            let to = error.steps();
            error.mends.extend(fault.meant.map(|meant| Mend::set(to, meant)));
        }
    }
    if ips.len() > 2 {
        errs.invalid(&ips_path, all(), "may only hold up to 2 values", id::CHECK_API_SERVICE_IP_ONE_EACH);
    }
    if !valid {
        return;
    }
    if ips.len() > 1 && FAMILIES.iter().any(|family| ips.iter().all(|ip| family_of(ip) != *family)) {
        let detail = "may specify no more than one IP for each IP family";
        errs.invalid(&ips_path, all(), detail, id::CHECK_API_SERVICE_IP_ONE_EACH);
    }
    if is_headless(spec) {
        return;
    }
    for (i, (ip, family)) in ips.iter().zip(families).enumerate() {
        let actual = family_of(ip);
        if FAMILIES.contains(&family.as_str()) && actual != family {
            let article = format!("expected an {family} value as indicated by `ipFamilies[{i}]`");
            let message = Message::new(id::CHECK_API_SERVICE_IP_OTHER_FAMILY)
                .with("ip", BadValue::from(ip).plain())
                .with("actual", actual)
                .with("family", family.as_str());
            let error = errs.invalid(&ips_path.index(i), ip, &article, message);
            if place.name() == "clusterIP" {
                error.at(&place);
            }
        }
    }
}

fn validate_families(families: &[String], path: &Path<'_>, errs: &mut ErrorList) {
    let mut seen = HashSet::new();
    for (i, family) in families.iter().enumerate() {
        let path = path.index(i);
        if !FAMILIES.contains(&family.as_str()) {
            errs.not_supported(&path, BadValue::Named(family.clone()), FAMILIES);
        }
        if !seen.insert(family.as_str()) {
            let message =
                Message::new(id::CHECK_API_SERVICE_IP_FAMILY_TWICE).with("family", BadValue::from(family).plain());
            errs.duplicate(&path, BadValue::Named(family.clone()), message).mend(Mend::delete(path.steps()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::{said, value};
    use super::*;
    use crate::k8s::Version;

    #[track_caller]
    fn check(spec: &str, expected: &[&str]) {
        let mut service: Service = value(&format!("{{spec: {{{spec}}}}}"));
        service.spec.as_mut().unwrap().type_.get_or_insert_with(|| "ClusterIP".into());
        assert_eq!(said(Version::LATEST, |errs| begin_create(&service, errs)), expected, "{spec}");
    }

    /// From `TestValidateServiceClusterIPsRelatedFields`.
    #[test]
    fn fields_that_belong_together() {
        for fine in [
            "",
            "clusterIP: None",
            "clusterIP: 10.96.0.10",
            "clusterIP: 10.96.0.10, clusterIPs: [10.96.0.10], ipFamilies: [IPv4]",
        ] {
            check(fine, &[]);
        }
        check("type: ExternalName, clusterIP: x, ipFamilies: [x]", &[]);
        check(
            "clusterIPs: [10.96.0.10]",
            &["spec.clusterIPs: Invalid value: [\"10.96.0.10\"]: must be empty when `clusterIP` is not specified"],
        );
        check(
            "clusterIPs: ['']",
            &[
                "spec.clusterIPs: Invalid value: [\"\"]: must be empty when `clusterIP` is not specified",
                "spec.clusterIPs[0]: Invalid value: \"\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
            ],
        );
        check(
            "clusterIP: 10.96.0.11, clusterIPs: [10.96.0.10]",
            &["spec.clusterIPs: Invalid value: [\"10.96.0.10\"]: first value must match `clusterIP`"],
        );
        check(
            "ipFamilies: [IPv4, ipv6, IPv4], ipFamilyPolicy: x",
            &[
                "spec.ipFamilies[1]: Unsupported value: \"ipv6\": supported values: \"IPv4\", \"IPv6\"",
                "spec.ipFamilies[2]: Duplicate value: \"IPv4\"",
                "spec.ipFamilyPolicy: Unsupported value: \"x\": supported values: \"PreferDualStack\", \"RequireDualStack\", \"SingleStack\"",
            ],
        );
        check(
            "clusterIP: None, clusterIPs: [None, 10.96.0.10]",
            &["spec.clusterIPs: Invalid value: [\"None\",\"10.96.0.10\"]: 'None' must be the first and only value"],
        );
        check(
            "clusterIP: x",
            &[
                "spec.clusterIPs[0]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
            ],
        );
        check(
            "clusterIP: 10.96.0.1, clusterIPs: [10.96.0.1, 10.96.0.2]",
            &[
                "spec.clusterIPs: Invalid value: [\"10.96.0.1\",\"10.96.0.2\"]: may specify no more than one IP for each IP family",
            ],
        );
        check(
            "clusterIP: 10.96.0.1, clusterIPs: [10.96.0.1, '::1', '::2']",
            &["spec.clusterIPs: Invalid value: [\"10.96.0.1\",\"::1\",\"::2\"]: may only hold up to 2 values"],
        );
        check(
            "clusterIP: 10.96.0.1, ipFamilies: [IPv6]",
            &[
                "spec.clusterIPs[0]: Invalid value: \"10.96.0.1\": expected an IPv6 value as indicated by `ipFamilies[0]`",
            ],
        );
    }

    /// From `pkg/registry/core/service/storage`'s tests, on a cluster with IPv4 alone.
    #[test]
    fn families_that_the_cluster_has() {
        check("ipFamilyPolicy: PreferDualStack", &[]);
        check(
            "ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv6]",
            &[
                "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured for dual-stack services",
                "spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster",
            ],
        );
        check(
            "ipFamilies: [IPv4, IPv6]",
            &[
                "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
            ],
        );
        check(
            "clusterIP: 10.96.0.1, clusterIPs: [10.96.0.1, '::1']",
            &[
                "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified",
                "spec.clusterIPs[1]: Invalid value: [\"10.96.0.1\",\"::1\"]: IPv6 is not configured on this cluster",
            ],
        );
        check(
            "clusterIP: '::1'",
            &["spec.clusterIPs[0]: Invalid value: [\"::1\"]: IPv6 is not configured on this cluster"],
        );
        // Without a selector and an address, anything goes.
        check("clusterIP: None, ipFamilies: [IPv6], ipFamilyPolicy: RequireDualStack", &[]);
        check(
            "clusterIP: None, ipFamilies: [IPv6], selector: {a: b}",
            &["spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster"],
        );
    }

    #[test]
    fn addresses_in_range() {
        for (ip, inside) in [
            ("10.96.0.0", false),
            ("10.96.0.1", true),
            ("10.96.255.254", true),
            ("10.96.255.255", false),
            ("1.2.3.4", false),
        ] {
            let said = format!(
                "spec.clusterIPs: Invalid value: [\"{ip}\"]: failed to allocate IP {ip}: the provided IP ({ip}) is not in the valid range. The range of valid IPs is 10.96.0.0/16"
            );
            let expected: &[&str] = if inside { &[] } else { &[&said] };
            check(&format!("clusterIP: {ip}"), expected);
        }
    }
}
