use k8s_openapi::api::core::v1::ServiceSpec;

use crate::check::api::content;
use crate::check::api::service::{TOPOLOGY_HINTS, TOPOLOGY_MODE, service_type};
use crate::check::api::service_ip::cluster_ips;
use crate::check::api::{BadValue, Mend, Path, Warning};
use crate::defaults::Service;
use crate::i18n::{Message, id};
use crate::k8s::Version;

/// `GetWarningsForService`.
pub fn get_warnings_for_service(service: &Service, version: Version) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if let Some(annotations) = service.metadata.annotations.as_ref().filter(|a| a.contains_key(TOPOLOGY_HINTS)) {
        let path = Path::new("metadata");
        let path = path.child("annotations");
        let path = path.key(TOPOLOGY_HINTS);
        let text = format!("annotation {TOPOLOGY_HINTS} is deprecated, please use {TOPOLOGY_MODE} instead");
        let mend = match annotations.contains_key(TOPOLOGY_MODE) {
            true => Mend::delete(path.steps()),
            false => Mend::rename(path.steps(), TOPOLOGY_MODE),
        };
        let message =
            Message::new(id::CHECK_API_SERVICE_OLD_HINTS).with("old", TOPOLOGY_HINTS).with("new", TOPOLOGY_MODE);
        warnings.push(Warning::new(&path, text, message).mend(mend));
    }
    if let Some(spec) = &service.spec {
        get_warnings_for_spec(spec, &Path::new("spec"), version, &mut warnings);
    }
    warnings
}

/// A field that does nothing: to be taken away.
fn ignored(key: &str, text: &str, message: Message, path: &Path<'_>, warnings: &mut Vec<Warning>) {
    let path = path.child(key);
    warnings.push(Warning::new(&path, text, message.with("key", key)).mend(Mend::delete(path.steps())));
}

fn get_warnings_for_spec(spec: &ServiceSpec, path: &Path<'_>, version: Version, warnings: &mut Vec<Warning>) {
    let kind = service_type(spec);
    let ips = spec.external_ips.as_deref().unwrap_or_default();
    let single = spec.cluster_ip.as_deref().unwrap_or_default();
    let headless = kind == "ClusterIP" && single == "None";
    let balancer = spec.load_balancer_ip.as_deref().unwrap_or_default();

    if !single.is_empty() && single != "None" {
        for (i, ip) in cluster_ips(spec).iter().enumerate() {
            get_warnings_for_ip(&path.child("clusterIPs").index(i), ip, version, warnings);
        }
    }
    if headless && version >= Version::V1_34 {
        let say = || Message::new(id::CHECK_API_SERVICE_IGNORED_HEADLESS);
        if !balancer.is_empty() {
            ignored("loadBalancerIP", "spec.loadBalancerIP is ignored for headless services", say(), path, warnings);
        }
        if !ips.is_empty() {
            ignored("externalIPs", "spec.externalIPs is ignored for headless services", say(), path, warnings);
        }
        if spec.session_affinity.as_deref() != Some("None") {
            ignored("sessionAffinity", "spec.SessionAffinity is ignored for headless services", say(), path, warnings);
        }
    }
    for (i, ip) in ips.iter().enumerate() {
        get_warnings_for_ip(&path.child("externalIPs").index(i), ip, version, warnings);
    }
    if version >= Version::V1_36 && !ips.is_empty() && !headless && kind != "ExternalName" {
        let text = "spec.externalIPs is deprecated and may no longer be implemented in some clusters";
        warnings.push(Warning::new(&path.child("externalIPs"), text, id::CHECK_API_SERVICE_EXTERNAL_IPS));
    }
    if !balancer.is_empty() {
        get_warnings_for_ip(&path.child("loadBalancerIP"), balancer, version, warnings);
    }
    for (i, range) in spec.load_balancer_source_ranges.iter().flatten().enumerate() {
        let path = path.child("loadBalancerSourceRanges");
        let path = path.index(i);
        for text in content::get_warnings_for_cidr(&path.field().to_string(), range, version) {
            warnings.push(not_as_usual(&path, range, text));
        }
    }
    let other = |kind: &str| Message::new(id::CHECK_API_SERVICE_IGNORED_TYPE).with("type", kind);
    if kind == "ExternalName" && !ips.is_empty() {
        let text = "spec.externalIPs is ignored when spec.type is \"ExternalName\"";
        ignored("externalIPs", text, other(kind), path, warnings);
    }
    if kind != "ExternalName" && spec.external_name.as_ref().is_some_and(|name| !name.is_empty()) {
        let text = "spec.externalName is ignored when spec.type is not \"ExternalName\"";
        ignored("externalName", text, other(kind), path, warnings);
    }
    if version >= Version::V1_35 && spec.traffic_distribution.as_deref() == Some("PreferClose") {
        let path = path.child("trafficDistribution");
        let text = "spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"";
        let mend = Mend::set(path.steps(), "PreferSameZone");
        warnings.push(Warning::new(&path, text, id::CHECK_API_SERVICE_PREFER_CLOSE).mend(mend));
    }
}

fn get_warnings_for_ip(path: &Path<'_>, ip: &str, version: Version, warnings: &mut Vec<Warning>) {
    for text in content::get_warnings_for_ip(&path.field().to_string(), ip, version) {
        warnings.push(not_as_usual(path, ip, text));
    }
}

fn not_as_usual(path: &Path<'_>, value: &str, text: String) -> Warning {
    let message = Message::new(id::CHECK_API_SERVICE_ADDRESS_FORM).with("value", BadValue::from(value).plain());
    Warning::new(path, text, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::api::case::value;

    #[track_caller]
    fn check(version: Version, yaml: &str, expected: &[&str]) {
        let service: Service = value(yaml);
        let warnings = get_warnings_for_service(&service, version);
        let texts: Vec<_> = warnings.iter().map(|warning| warning.text.as_str()).collect();
        assert_eq!(texts, expected, "{yaml}");
    }

    /// From `TestServiceWarnings`.
    #[test]
    fn warnings_by_version() {
        let (old, latest) = (Version::V1_33, Version::LATEST);
        let headless = "spec: {type: ClusterIP, clusterIP: None, clusterIPs: [None], sessionAffinity: ClientIP, externalIPs: [1.2.3.4], loadBalancerIP: 1.2.3.4}";
        check(old, headless, &[]);
        check(
            latest,
            headless,
            &[
                "spec.loadBalancerIP is ignored for headless services",
                "spec.externalIPs is ignored for headless services",
                "spec.SessionAffinity is ignored for headless services",
            ],
        );
        let close =
            "spec: {type: ClusterIP, externalName: a, externalIPs: [1.2.3.4], trafficDistribution: PreferClose}";
        check(old, close, &["spec.externalName is ignored when spec.type is not \"ExternalName\""]);
        check(
            latest,
            close,
            &[
                "spec.externalIPs is deprecated and may no longer be implemented in some clusters",
                "spec.externalName is ignored when spec.type is not \"ExternalName\"",
                "spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"",
            ],
        );
        check(
            latest,
            "spec: {type: ExternalName, externalName: a, externalIPs: [1.2.3.4]}",
            &["spec.externalIPs is ignored when spec.type is \"ExternalName\""],
        );
        check(
            latest,
            "metadata: {annotations: {service.kubernetes.io/topology-aware-hints: auto}}",
            &[
                "annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead",
            ],
        );
    }
}
