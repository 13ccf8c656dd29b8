//! What a pod's containers ask for, or may take, together.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{PodSpec, ResourceRequirements};

use super::fill::Resources;
use crate::k8s::Quantity;

/// An amount that may still be as it was written.
#[derive(Clone, Copy)]
pub struct Sum<'a> {
    /// Together.
    pub amount: Quantity,
    /// As it was written, when it is of one container.
    pub written: Option<&'a str>,
}

/// By the name of the resource.
pub type Sums<'a> = BTreeMap<&'a str, Sum<'a>>;

/// `addResourceList`.
fn add_resource_list<'a>(sums: &mut Sums<'a>, more: &Sums<'a>) {
    for (&name, &sum) in more {
        sums.entry(name)
            .and_modify(|all| *all = Sum { amount: all.amount.plus(sum.amount), written: None })
            .or_insert(sum);
    }
}

/// `maxResourceList`.
fn max_resource_list<'a>(sums: &mut Sums<'a>, other: &Sums<'a>) {
    for (&name, &sum) in other {
        let most = sums.entry(name).or_insert(sum);
        if sum.amount > most.amount {
            *most = sum;
        }
    }
}

/// `AggregateContainerRequests`: what the containers of a pod ask for together, at its hungriest moment.
pub fn aggregate_container_requests(spec: &PodSpec) -> Sums<'_> {
    aggregate(spec, |resources| resources.requests.as_ref())
}

/// `AggregateContainerLimits`: what the containers of a pod may take together.
pub fn aggregate_container_limits(spec: &PodSpec) -> Sums<'_> {
    aggregate(spec, |resources| resources.limits.as_ref())
}

/// What the pod takes at most at one time; amounts that cannot be read are left out.
fn aggregate<'a>(spec: &'a PodSpec, of: impl Fn(&'a ResourceRequirements) -> Option<&'a Resources>) -> Sums<'a> {
    let list = |resources: &'a Option<ResourceRequirements>| -> Sums<'a> {
        let entries = resources.as_ref().and_then(&of).into_iter().flatten();
        let sum = |text: &'a str| Some(Sum { amount: Quantity::parse(text.trim()).ok()?, written: Some(text) });
        entries.filter_map(|(name, text)| Some((name.as_str(), sum(&text.0)?))).collect()
    };
    let mut all = Sums::new();
    for container in &spec.containers {
        add_resource_list(&mut all, &list(&container.resources));
    }
    let (mut sidecars, mut init) = (Sums::new(), Sums::new());
    for container in spec.init_containers.iter().flatten() {
        let mut own = list(&container.resources);
        let is_sidecar = container.restart_policy.as_deref() == Some("Always");
        if is_sidecar {
            add_resource_list(&mut all, &own);
            add_resource_list(&mut sidecars, &own);
        }
        // What it does not name itself the sidecars before it have brought in already.
        for (name, sum) in &mut own {
            match sidecars.get(name) {
                Some(before) if is_sidecar => *sum = *before,
                Some(before) => *sum = Sum { amount: sum.amount.plus(before.amount), written: None },
                None => {}
            }
        }
        max_resource_list(&mut init, &own);
    }
    max_resource_list(&mut all, &init);
    all
}
