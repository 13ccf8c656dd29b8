use std::collections::{BTreeMap, HashMap, HashSet};

use k8s_openapi::api::core::v1::{PodSpec, ResourceClaim, ResourceRequirements};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Text;

use super::resource_name::*;
use super::{BadValue, ErrorList, Mend, Options, Path, content};
use crate::defaults::{Sum, aggregate_container_limits, aggregate_container_requests};
use crate::i18n::{Message, id};
use crate::k8s::Quantity;

type Resources = BTreeMap<String, Text>;
type NameRule = fn(name: &str, path: &Path<'_>, errs: &mut ErrorList);

/// The amount; what is no quantity has been refused before.
fn amount(text: &Text) -> Quantity {
    Quantity::parse(text.0.trim()).unwrap_or(Quantity::ZERO)
}

/// A quantity as the server writes it.
pub fn quantity_text(text: &str) -> String {
    Quantity::shown(text.trim()).unwrap_or_else(|_| "0".to_owned())
}

/// `gatherPodResourceClaimNames`.
pub fn gather_pod_resource_claim_names(spec: &PodSpec) -> HashSet<&str> {
    spec.resource_claims.iter().flatten().map(|claim| claim.name.as_str()).filter(|name| !name.is_empty()).collect()
}

/// `ValidateContainerResourceRequirements`; `claims` are the names that the pod has.
pub fn validate_container_resource_requirements(
    resources: &ResourceRequirements,
    claims: &HashSet<&str>,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    let limits = path.child("limits");
    let places = Places { path, limits_said: &limits, limits: &limits };
    validate_resource_requirements(resources, validate_container_resource_name, claims, places, errs);
}

/// `validateOverhead`, which upstream takes for limits.
pub fn validate_overhead(spec: &PodSpec, path: &Path<'_>, _opts: Options<'_>, errs: &mut ErrorList) {
    let Some(overhead) = &spec.overhead else { return };
    let resources = ResourceRequirements { limits: Some(overhead.clone()), ..ResourceRequirements::default() };
    let limits = path.child("limits");
    let places = Places { path, limits_said: &limits, limits: path };
    validate_resource_requirements(&resources, validate_container_resource_name, &HashSet::new(), places, errs);
}

#[derive(Clone, Copy)]
struct Places<'a> {
    path: &'a Path<'a>,
    limits_said: &'a Path<'a>,
    limits: &'a Path<'a>,
}

/// `validateResourceRequirements`.
fn validate_resource_requirements(
    resources: &ResourceRequirements,
    name_rule: NameRule,
    claims: &HashSet<&str>,
    places: Places<'_>,
    errs: &mut ErrorList,
) {
    let none = Resources::new();
    let limits = resources.limits.as_ref().unwrap_or(&none);
    let requests = resources.requests.as_ref().unwrap_or(&none);
    for (name, limit) in limits {
        let (said, real) = (places.limits_said.key(name), places.limits.key(name));
        let before = errs.len();
        validate_resource(name, limit, name_rule, &said, errs);
        errs.move_since(before, &said, &real);
    }
    let path = places.path.child("requests");
    for (name, request) in requests {
        let item = path.key(name);
        name_rule(name, &item, errs);
        validate_resource_quantity_value(name, request, &item, errs);
        match limits.get(name) {
            Some(limit) => request_within_limit(name, request, limit, &path, errs),
            None if is_overcommit_allowed(name) => {}
            None => {
                let at = places.limits.key(name);
                let message = Message::new(id::CHECK_API_RESOURCES_LIMIT_MISSING).with("name", name.clone());
                errs.required(places.limits_said, "Limit must be set for non overcommitable resources", message)
                    .at(&item)
                    .mend(Mend::set(at.steps(), request.0.clone()));
            }
        }
        huge_page_value(name, request, &item, errs);
    }
    let has = |rule: fn(&str) -> bool| limits.keys().chain(requests.keys()).any(|name| rule(name));
    if has(is_huge_page_resource_name) && !has(|name| matches!(name, "cpu" | "memory")) {
        errs.forbidden(places.path, "HugePages require cpu or memory", id::CHECK_API_RESOURCES_HUGE_PAGES_ALONE);
    }
    let claimed = resources.claims.as_deref().unwrap_or_default();
    validate_resource_claim_names(claimed, claims, &places.path.child("claims"), errs);
}

fn validate_resource(name: &str, quantity: &Text, name_rule: NameRule, path: &Path<'_>, errs: &mut ErrorList) {
    name_rule(name, path, errs);
    validate_resource_quantity_value(name, quantity, path, errs);
    huge_page_value(name, quantity, path, errs);
}

/// A request above its limit, or beside it where both must be the same.
fn request_within_limit(name: &str, request: &Text, limit: &Text, path: &Path<'_>, errs: &mut ErrorList) {
    let (asked, most) = (amount(request), amount(limit));
    let same = !is_overcommit_allowed(name);
    if asked == most || (!same && asked < most) {
        return;
    }
    let (how, message) = match same {
        true => ("equal to", Message::new(id::CHECK_API_RESOURCES_NOT_EQUAL)),
        false => ("less than or equal to", Message::new(id::CHECK_API_RESOURCES_ABOVE_LIMIT)),
    };
    let limit = quantity_text(&limit.0);
    let detail = format!("must be {how} {name} limit of {limit}");
    let message = message.with("name", name.to_owned()).with("limit", limit);
    let at = path.key(name);
    errs.invalid(path, &quantity_text(&request.0), &detail, message).at(&at);
}

/// `ValidateResourceQuantityValue`.
fn validate_resource_quantity_value(name: &str, text: &Text, path: &Path<'_>, errs: &mut ErrorList) {
    let quantity = amount(text);
    if quantity.sign().is_lt() {
        let message = Message::new(id::CHECK_API_RESOURCES_NEGATIVE).with("key", path.called());
        errs.invalid(path, &quantity_text(&text.0), "must be greater than or equal to 0", message);
    }
    if is_integer_resource_name(name, errs.version) && Quantity::milli_of(text.0.trim()) % 1000 != 0 {
        let shown = quantity_text(&text.0);
        let value = BadValue::Struct { json: shown.into(), go: Quantity::go_syntax(text.0.trim()) };
        let message = Message::new(id::CHECK_API_RESOURCES_WHOLE).with("key", path.called());
        errs.invalid(path, value, "must be an integer", message);
    }
}

/// `validateResourceQuantityHugePageValue`.
fn huge_page_value(name: &str, text: &Text, path: &Path<'_>, errs: &mut ErrorList) {
    if !is_huge_page_resource_name(name) || is_huge_page_resource_value_divisible(name, text.0.trim()) {
        return;
    }
    let shown = quantity_text(&text.0);
    let detail = format!("{shown} is not positive integer multiple of {name}");
    let message = Message::new(id::CHECK_API_RESOURCES_HUGE_PAGES).with("name", name.to_owned());
    errs.invalid(path, &shown, &detail, message);
}

/// `validateResourceClaimNames`.
fn validate_resource_claim_names(
    claims: &[ResourceClaim],
    known: &HashSet<&str>,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    let mut names: HashSet<String> = HashSet::new();
    // How many names with a slash begin with what stands before it.
    let mut requested: HashMap<String, usize> = HashMap::new();
    let mut all = None;
    for (i, claim) in claims.iter().enumerate() {
        let item = path.index(i);
        let name = claim.name.as_str();
        if name.is_empty() {
            let message = Message::new(id::CHECK_API_MISSING).with("key", "name");
            errs.required(&item, "", message);
            continue;
        }
        if names.contains(name) {
            claimed_twice(&item, name, errs);
        } else {
            let request = claim.request.as_deref().unwrap_or_default();
            let mut key = name.to_owned();
            if !request.is_empty() {
                errs.invalid_each(&item.child("request"), request, content::is_dns1123_label(request));
                key = format!("{name}/{request}");
            }
            if names.contains(&key) {
                claimed_twice(&item, &key, errs);
            } else if request.is_empty() {
                for _ in 0..requested.get(name).copied().unwrap_or_default() {
                    claimed_twice(&item, name, errs);
                }
            }
            if let Some((before, _)) = key.split_once('/')
                && !names.contains(&key)
            {
                *requested.entry(before.to_owned()).or_default() += 1;
            }
            names.insert(key);
        }
        if !known.contains(name) {
            let all = all.get_or_insert_with(|| {
                let mut all: Vec<&str> = known.iter().copied().collect();
                all.sort_unstable();
                all.join(", ")
            });
            let message = Message::new(id::CHECK_API_RESOURCES_NO_CLAIM).with("name", BadValue::from(name).plain());
            if !errs.may_repeat(all.len()) {
                all.clear();
            }
            errs.not_found(&item, name, message);
            errs.say_more(": must be one of the names in pod.spec.resourceClaims");
            match all.is_empty() {
                true => errs.say_more(" which is empty"),
                false => {
                    errs.say_more(": ");
                    errs.say_more(all);
                }
            }
        }
    }
}

fn claimed_twice(path: &Path<'_>, name: &str, errs: &mut ErrorList) {
    let message = Message::new(id::CHECK_API_RESOURCES_CLAIM_TWICE).with("name", BadValue::from(name).plain());
    errs.duplicate(path, name, message).mend(Mend::delete(path.steps()));
}

/// `validatePodResources`.
pub fn validate_pod_resources(spec: &PodSpec, spec_path: &Path<'_>, _opts: Options<'_>, errs: &mut ErrorList) {
    let Some(resources) = &spec.resources else { return };
    let path = spec_path.child("resources");
    if spec.os.as_ref().is_some_and(|os| os.name == "windows") {
        errs.forbidden(&path, "may not be set for a windows pod", id::CHECK_API_RESOURCES_WINDOWS)
            .mend(Mend::delete(path.steps()));
        return;
    }
    if resources.claims.is_some() {
        let path = path.child("claims");
        let detail = "claims may not be set for Resources at pod-level";
        errs.forbidden(&path, detail, id::CHECK_API_RESOURCES_POD_CLAIMS).mend(Mend::delete(path.steps()));
    }
    let limits = path.child("limits");
    let places = Places { path: &path, limits_said: &limits, limits: &limits };
    let claims = gather_pod_resource_claim_names(spec);
    validate_resource_requirements(resources, validate_pod_resource_name, &claims, places, errs);
    validate_pod_resource_consistency(spec, resources, spec_path, &path, errs);
}

/// `validatePodResourceConsistency`.
fn validate_pod_resource_consistency(
    spec: &PodSpec,
    resources: &ResourceRequirements,
    spec_path: &Path<'_>,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    let below = |of: &str, list: &str, name: &str, pod: &Text, sum: &Sum<'_>, errs: &mut ErrorList| {
        if sum.amount <= amount(pod) {
            return;
        }
        let sum = sum.written.map_or_else(|| sum.amount.canonical(), quantity_text);
        let detail = format!("must be greater than or equal to aggregate container {of} of {sum}");
        let message = Message::new(id::CHECK_API_RESOURCES_BELOW_SUM).with("name", name.to_owned()).with("sum", sum);
        errs.invalid(&path.child(list).key(name), &quantity_text(&pod.0), &detail, message);
    };
    if let Some(requests) = resources.requests.as_ref().filter(|requests| !requests.is_empty()) {
        for (name, sum) in aggregate_container_requests(spec) {
            if let Some(pod) = requests.get(name) {
                below("requests", "requests", name, pod, &sum, errs);
            }
        }
    }
    let Some(limits) = resources.limits.as_ref().filter(|limits| !limits.is_empty()) else { return };
    for (name, sum) in aggregate_container_limits(spec) {
        if let Some(pod) = limits.get(name).filter(|_| is_huge_page_resource_name(name)) {
            below("limits", "limits", name, pod, &sum, errs);
        }
    }
    let amounts: HashMap<&str, Quantity> = limits.iter().map(|(name, pod)| (name.as_str(), amount(pod))).collect();
    for (i, container) in spec.containers.iter().enumerate() {
        for (name, limit) in container.resources.iter().filter_map(|r| r.limits.as_ref()).flatten() {
            if amounts.get(name.as_str()).is_none_or(|most| amount(limit) <= *most) {
                continue;
            }
            let most =
                limits.get(name).filter(|_| errs.may_repeat(0)).map_or_else(String::new, |pod| quantity_text(&pod.0));
            let message =
                Message::new(id::CHECK_API_RESOURCES_ABOVE_POD).with("name", name.clone()).with("limit", most.clone());
            let detail = format!("must be less than or equal to pod limits of {most}");
            let value = quantity_text(&limit.0);
            let (said, real) = (path.child("containers"), spec_path.child("containers"));
            let (said, real) = (said.index(i), real.index(i));
            let (said, real) = (said.key(name), real.child("resources"));
            let (said, real) = (said.child("limits"), real.child("limits"));
            errs.invalid(&said, &value, &detail, message).at(&real.key(name));
        }
    }
}
