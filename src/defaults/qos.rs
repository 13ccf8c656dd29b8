//! A pod's class, of which its status speaks (`pkg/apis/core/helper/qos`).

use std::cmp::Ordering;

use k8s_openapi::api::core::v1::{PodSpec, ResourceRequirements};

use super::fill::Resources;
use super::pod_resources::is_supported_pod_level_resource;
use crate::k8s::{Gate, Quantity, Version};

const BEST_EFFORT: &str = "BestEffort";
const BURSTABLE: &str = "Burstable";
const GUARANTEED: &str = "Guaranteed";

/// `ComputePodQOS`.
pub(super) fn compute_pod_qos(spec: &PodSpec, version: Version) -> &'static str {
    if Gate::PodLevelResourcesFixKubeletQOSClass.on(version) { new(spec) } else { old(spec, version) }
}

fn amount(list: Option<&Resources>, name: &str) -> Option<Quantity> {
    list?.get(name).and_then(|q| Quantity::parse(&q.0).ok())
}

fn containers(spec: &PodSpec) -> impl Iterator<Item = Option<&ResourceRequirements>> {
    let all = spec.init_containers.iter().flatten().chain(&spec.containers);
    all.map(|container| container.resources.as_ref())
}

/// Since 1.37.
fn new(spec: &PodSpec) -> &'static str {
    if let Some(resources) = &spec.resources {
        let names = resources.requests.iter().chain(&resources.limits).flat_map(|list| list.keys());
        if names.into_iter().any(|name| is_supported_pod_level_resource(name)) {
            return requirements_qos(Some(resources));
        }
    }
    let mut all = containers(spec).map(requirements_qos);
    let first = all.next().unwrap_or(BEST_EFFORT);
    if first != BURSTABLE && all.all(|class| class == first) { first } else { BURSTABLE }
}

fn requirements_qos(resources: Option<&ResourceRequirements>) -> &'static str {
    let class = |name: &str| {
        let request = amount(resources.and_then(|r| r.requests.as_ref()), name);
        let limit = amount(resources.and_then(|r| r.limits.as_ref()), name);
        let sign = |q: Option<Quantity>| q.map_or(Ordering::Equal, Quantity::sign);
        let equal = match (request, limit) {
            (Some(request), Some(limit)) => request == limit,
            _ => sign(request) == Ordering::Equal && sign(limit) == Ordering::Equal,
        };
        match (equal, sign(request)) {
            (false, _) => BURSTABLE,
            (true, Ordering::Equal) => BEST_EFFORT,
            (true, _) => GUARANTEED,
        }
    };
    let (cpu, memory) = (class("cpu"), class("memory"));
    if cpu == memory { cpu } else { BURSTABLE }
}

/// Up to 1.36: what all containers ask for, summed up.
fn old(spec: &PodSpec, version: Version) -> &'static str {
    let own = spec.resources.as_ref().filter(|_| Gate::PodLevelResources.on(version));
    let all: Vec<_> = match own {
        Some(resources) => vec![Some(resources)],
        None => containers(spec).collect(),
    };
    let above = |list: Option<&Resources>, name: &str| amount(list, name).filter(|q| q.sign() == Ordering::Greater);
    let mut guaranteed = true;
    let mut sums = [[None::<Quantity>; 2]; 2];
    for resources in all {
        let limits = resources.and_then(|r| r.limits.as_ref());
        let limited = ["cpu", "memory"].map(|name| above(limits, name));
        // A pod's own resources without any limit are not asked for one of each.
        let exempt = own.is_some() && limits.is_none_or(|list| list.is_empty());
        guaranteed &= exempt || limited.iter().all(Option::is_some);
        let requested = ["cpu", "memory"].map(|name| above(resources.and_then(|r| r.requests.as_ref()), name));
        for (sum, amounts) in sums.iter_mut().zip([requested, limited]) {
            for (sum, amount) in sum.iter_mut().zip(amounts) {
                *sum = match (*sum, amount) {
                    (Some(sum), Some(amount)) => Some(amount.plus(sum)),
                    (sum, amount) => sum.or(amount),
                };
            }
        }
    }
    let [requests, limits] = sums;
    if requests.iter().chain(&limits).all(Option::is_none) {
        return BEST_EFFORT;
    }
    let met = requests.iter().zip(&limits).all(|(request, limit)| request.is_none() || request == limit);
    let counted = requests.iter().flatten().count() == limits.iter().flatten().count();
    if guaranteed && met && counted { GUARANTEED } else { BURSTABLE }
}
