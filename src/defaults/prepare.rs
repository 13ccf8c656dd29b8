//! `PrepareForCreate` of the four strategies (`pkg/registry/*/*/strategy.go`).

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{AppArmorProfile, PodAffinityTerm, PodSpec, PodTemplateSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement, ObjectMeta};

use serde_json::json;

use super::containers::{Any, each};
use super::drop::drop_disabled_fields;
use super::metadata::PLACEHOLDER_UID;
use super::typed::{Deployment, Job, Pod, Service};
use super::{allocator, pod_resources, qos};
use crate::k8s::{Gate, Version};

/// A Pod; gives the annotations the server warns about.
pub(super) fn pod(pod: &mut Pod, version: Version) -> Vec<String> {
    let spec = pod.spec.get_or_insert_default();
    pod.metadata.generation = Some(1);
    let mut class = "";
    // Up to 1.36 the class is found before anything is dropped or filled in.
    let early = !Gate::PodLevelResourcesFixDefaulting.on(version);
    if early {
        class = qos::compute_pod_qos(spec, version);
    }
    drop_disabled_fields(spec, pod.metadata.annotations.as_mut(), version);
    let gated = spec.scheduling_gates.as_ref().is_some_and(|gates| !gates.is_empty());
    merge_match_label_keys(spec, &pod.metadata, version);
    let warned = apply_app_armor_version_skew(spec, &mut pod.metadata, version);
    if !early {
        pod_resources::default_pod_level_resources(spec);
        class = qos::compute_pod_qos(spec, version);
    }
    pod.status = json!({"phase": "Pending", "qosClass": class});
    if gated {
        pod.status["conditions"] = json!([{
            "type": "PodScheduled",
            "status": "False",
            "reason": "SchedulingGated",
            "message": "Scheduling is blocked due to non-empty scheduling gates",
        }]);
    }
    warned
}

/// A Deployment.
pub(super) fn deployment(deployment: &mut Deployment, version: Version) {
    deployment.status = json!({});
    deployment.metadata.generation = Some(1);
    drop_disabled_template_fields(&mut deployment.spec.template, version);
}

/// A Service, and what its allocator fills in.
pub(super) fn service(service: &mut Service) {
    allocator::init_ip_families(service);
    service.status = json!({"loadBalancer": {}});
}

/// A Job.
pub(super) fn job(job: &mut Job, version: Version) {
    generate_selector_if_needed(job);
    job.status = json!({});
    job.metadata.generation = Some(1);
    let spec = job.spec.get_or_insert_default();
    spec.scheduling.take_if(|_| !Gate::WorkloadWithJob.on(version));
    drop_disabled_template_fields(&mut spec.template, version);
}

fn drop_disabled_template_fields(template: &mut PodTemplateSpec, version: Version) {
    let annotations = template.metadata.as_mut().and_then(|metadata| metadata.annotations.as_mut());
    drop_disabled_fields(template.spec.get_or_insert_default(), annotations, version);
}

/// `generateSelector`: labels by which a Job finds its pods, unless they are there.
fn generate_selector_if_needed(job: &mut Job) {
    let spec = job.spec.get_or_insert_default();
    if spec.manual_selector == Some(true) {
        return;
    }
    let name = job.metadata.name.as_deref().unwrap_or_default();
    add_labels(name, spec.template.metadata.get_or_insert_default().labels.get_or_insert_default());
    let selected = spec.selector.get_or_insert_default().match_labels.get_or_insert_default();
    let uid = "batch.kubernetes.io/controller-uid";
    selected.entry(uid.to_owned()).or_insert_with(|| PLACEHOLDER_UID.to_owned());
}

/// Adds to the Job's own labels what `generateSelector` adds to its template's.
pub(super) fn add_shared_labels(job: &mut Job) {
    if job.spec.as_ref().is_some_and(|spec| spec.manual_selector != Some(true)) {
        add_labels(job.metadata.name.as_deref().unwrap_or_default(), job.metadata.labels.get_or_insert_default());
    }
}

fn add_labels(name: &str, labels: &mut BTreeMap<String, String>) {
    for (key, value) in [
        ("job-name", name),
        ("batch.kubernetes.io/job-name", name),
        ("controller-uid", PLACEHOLDER_UID),
        ("batch.kubernetes.io/controller-uid", PLACEHOLDER_UID),
    ] {
        if !labels.contains_key(key) {
            labels.insert(key.to_owned(), value.to_owned());
        }
    }
}

/// `mutatePodAffinity` and `mutateTopologySpreadConstraints`: the Pod's values of `matchLabelKeys` become part of
/// the selectors.
fn merge_match_label_keys(spec: &mut PodSpec, metadata: &ObjectMeta, version: Version) {
    if let Some(affinity) = &mut spec.affinity {
        let near = affinity.pod_affinity.iter_mut().map(|a| {
            (
                &mut a.preferred_during_scheduling_ignored_during_execution,
                &mut a.required_during_scheduling_ignored_during_execution,
            )
        });
        let far = affinity.pod_anti_affinity.iter_mut().map(|a| {
            (
                &mut a.preferred_during_scheduling_ignored_during_execution,
                &mut a.required_during_scheduling_ignored_during_execution,
            )
        });
        for (preferred, required) in near.chain(far) {
            for term in preferred.iter_mut().flatten() {
                merge_into_term(&mut term.pod_affinity_term, metadata);
            }
            for term in required.iter_mut().flatten() {
                merge_into_term(term, metadata);
            }
        }
    }
    if Gate::MatchLabelKeysInPodTopologySpreadSelectorMerge.on(version) {
        for constraint in spec.topology_spread_constraints.iter_mut().flatten() {
            if let Some(selector) = &mut constraint.label_selector {
                merge(selector, constraint.match_label_keys.as_deref(), "In", metadata);
            }
        }
    }
}

fn merge_into_term(term: &mut PodAffinityTerm, metadata: &ObjectMeta) {
    if let Some(selector) = &mut term.label_selector {
        merge(selector, term.match_label_keys.as_deref(), "In", metadata);
        merge(selector, term.mismatch_label_keys.as_deref(), "NotIn", metadata);
    }
}

/// `applyLabelKeysToLabelSelector`.
fn merge(selector: &mut LabelSelector, keys: Option<&[String]>, operator: &str, metadata: &ObjectMeta) {
    let Some(labels) = &metadata.labels else { return };
    for key in keys.unwrap_or_default() {
        // A longer value is refused, however long it is.
        const LONGEST: usize = 1024;
        if let Some(value) = labels.get(key) {
            let values = Some(vec![value.chars().take(LONGEST).collect()]);
            let requirement = LabelSelectorRequirement { key: key.clone(), operator: operator.to_owned(), values };
            selector.match_expressions.get_or_insert_default().push(requirement);
        }
    }
}

const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";

/// `applyAppArmorVersionSkew`; gives the annotations that the server warns about.
fn apply_app_armor_version_skew(spec: &mut PodSpec, metadata: &mut ObjectMeta, version: Version) -> Vec<String> {
    let mut warned = Vec::new();
    if spec.os.as_ref().is_some_and(|os| os.name == "windows") {
        return warned;
    }
    let of_pod = spec.security_context.as_ref().and_then(|context| context.app_armor_profile.clone());
    // Up to 1.33 fields are copied to annotations as well, for older nodes.
    let to_annotations = version <= Version::V1_33;
    if !to_annotations && metadata.annotations.as_ref().is_none_or(|annotations| annotations.is_empty()) {
        return warned;
    }
    each(spec, |container: Any<'_>| {
        let own = container.security_context.as_ref().and_then(|context| context.app_armor_profile.as_ref());
        let key = format!("{APP_ARMOR}{}", container.name);
        let Some(annotation) = metadata.annotations.as_ref().and_then(|annotations| annotations.get(&key)) else {
            let profile = own.or(of_pod.as_ref()).filter(|_| to_annotations);
            if let Some(value) = profile.and_then(app_armor_annotation_for_field) {
                metadata.annotations.get_or_insert_default().insert(key, value);
            }
            return;
        };
        if own.is_some() {
            return;
        }
        let Some(profile) = app_armor_field_for_annotation(annotation) else {
            warned.push(key);
            return;
        };
        if of_pod.as_ref() != Some(&profile) {
            container.security_context.get_or_insert_default().app_armor_profile = Some(profile);
            warned.push(key);
        }
    });
    warned
}

/// `ApparmorFieldForAnnotation`, and nothing when the profile would be refused.
fn app_armor_field_for_annotation(annotation: &str) -> Option<AppArmorProfile> {
    let of_type = |type_: &str, localhost_profile| Some(AppArmorProfile { type_: type_.to_owned(), localhost_profile });
    match annotation {
        "unconfined" => of_type("Unconfined", None),
        "runtime/default" => of_type("RuntimeDefault", None),
        _ => {
            let profile = annotation.strip_prefix("localhost/")?;
            let fits = !profile.is_empty() && profile.trim() == profile && profile.len() <= 4095;
            if fits { of_type("Localhost", Some(profile.to_owned())) } else { None }
        }
    }
}

/// `appArmorAnnotationForField`, which 1.34 has lost.
fn app_armor_annotation_for_field(profile: &AppArmorProfile) -> Option<String> {
    match (profile.type_.as_str(), &profile.localhost_profile) {
        ("Unconfined", _) => Some("unconfined".to_owned()),
        ("RuntimeDefault", _) => Some("runtime/default".to_owned()),
        // A longer one is refused at its field.
        ("Localhost", Some(name)) if name.len() <= 4095 => Some(format!("localhost/{name}")),
        _ => None,
    }
}
