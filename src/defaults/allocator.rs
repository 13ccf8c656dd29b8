//! What the Service's allocator fills in, in a cluster whose only family is IPv4
//! (`pkg/registry/core/service/storage`). Which address it gives, nobody can know.

use k8s_openapi::api::core::v1::ServiceSpec;

use super::typed::Service;

fn is_headless_without_selector(spec: &ServiceSpec) -> bool {
    spec.cluster_ip.as_deref() == Some("None") && spec.selector.as_ref().is_none_or(|selector| selector.is_empty())
}

/// `normalizeClusterIPs`, and the policy that `initIPFamilyFields` sets before it looks at anything.
pub(super) fn normalize(service: &mut Service) {
    let spec = service.spec.get_or_insert_default();
    if let Some(ip) = spec.cluster_ip.as_ref().filter(|ip| !ip.is_empty())
        && spec.cluster_ips.as_ref().is_none_or(Vec::is_empty)
    {
        spec.cluster_ips = Some(vec![ip.clone()]);
    }
    if spec.type_.as_deref() != Some("ExternalName") && spec.ip_family_policy.is_none() {
        let dual = is_headless_without_selector(spec);
        spec.ip_family_policy = Some(if dual { "RequireDualStack" } else { "SingleStack" }.to_owned());
    }
}

/// The rest of `initIPFamilyFields`: the families, from the addresses or the cluster's own.
pub(super) fn init_ip_families(service: &mut Service) {
    let spec = service.spec.get_or_insert_default();
    if spec.type_.as_deref() == Some("ExternalName") {
        return;
    }
    let headless = is_headless_without_selector(spec);
    let families = spec.ip_families.get_or_insert_default();
    let ips = spec.cluster_ips.iter().flatten().take_while(|ip| *ip != "None");
    for ip in ips.skip(families.len()) {
        families.push(if ip.contains(':') { "IPv6" } else { "IPv4" }.to_owned());
    }
    if families.is_empty() {
        families.push("IPv4".to_owned());
    }
    let single = spec.ip_family_policy.as_deref() == Some("SingleStack");
    if headless && !single && families.len() == 1 {
        let other = if families.first().is_some_and(|f| f == "IPv4") { "IPv6" } else { "IPv4" };
        families.push(other.to_owned());
    }
}
