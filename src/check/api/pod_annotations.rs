use std::collections::{BTreeMap, HashSet};

use k8s_openapi::api::core::v1::{
    AppArmorProfile, Container, EphemeralContainer, PodSpec, SeccompProfile, SecurityContext,
};

use super::bad_value::quoted;
use super::content::validate_local_descending_path;
use super::toleration::validate_tolerations;
use super::toleration_annotation::tolerations_of;
use super::{BadValue, ErrorList, Mend, Options, Path, Warning};
use crate::i18n::{Message, id};

type Annotations = BTreeMap<String, String>;

const MIRROR: &str = "kubernetes.io/config.mirror";
const TOLERATIONS: &str = "scheduler.alpha.kubernetes.io/tolerations";
const DELETION_COST: &str = "controller.kubernetes.io/pod-deletion-cost";
const SECCOMP_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";
const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";
const RUNTIME_DEFAULT: &str = "runtime/default";
const DOCKER_DEFAULT: &str = "docker/default";
const UNCONFINED: &str = "unconfined";
const LOCALHOST: &str = "localhost/";

/// `ValidatePodSpecificAnnotations`.
pub fn validate_pod_specific_annotations(
    annotations: Option<&BTreeMap<String, String>>,
    spec: &PodSpec,
    path: &Path<'_>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) {
    let Some(annotations) = annotations.filter(|annotations| !annotations.is_empty()) else { return };
    let get = |key: &str| annotations.get(key).map(String::as_str);
    if let Some(value) = get(MIRROR).filter(|_| spec.node_name.as_deref().unwrap_or_default().is_empty()) {
        let place = path.key(MIRROR);
        errs.invalid(
            &place,
            value,
            "must set spec.nodeName if mirror pod annotation is set",
            Message::new(id::CHECK_API_ANNOTATION_MIRROR).with("key", MIRROR),
        )
        .mend(Mend::delete(place.steps()));
    }
    if let Some(text) = get(TOLERATIONS).filter(|text| !text.is_empty()) {
        validate_tolerations_in_pod_annotations(text, path, opts, errs);
    }
    if let Some(value) = get(DELETION_COST).filter(|value| !is_deletion_cost(value)) {
        let place = path.key(DELETION_COST);
        let message = Message::new(id::CHECK_API_ANNOTATION_COST).with("value", BadValue::from(value).plain());
        let error = errs.invalid(&place, value, "must be a 32bit integer", message);
        if let Ok(meant) = value.trim().parse::<i32>() {
            error.mend(Mend::set(place.steps(), meant.to_string()));
        }
    }
    validate_seccomp_pod_annotations(annotations, path, errs);
    validate_app_armor_pod_annotations(annotations, spec, path, errs);
}

/// `ValidateTolerationsInPodAnnotations`.
fn validate_tolerations_in_pod_annotations(text: &str, path: &Path<'_>, opts: Options<'_>, errs: &mut ErrorList) {
    let place = path.key(TOLERATIONS);
    match tolerations_of(text) {
        Err(detail) => {
            let message = Message::new(id::CHECK_API_ANNOTATION_TOLERATIONS);
            errs.invalid(path, TOLERATIONS, &detail, message).at(&place);
        }
        Ok(tolerations) => {
            let from = errs.len();
            validate_tolerations(&tolerations, &path.child(TOLERATIONS), opts, errs);
            errs.all_at(from, &place);
        }
    }
}

/// `helper.GetDeletionCostFromPodAnnotations`: neither a plus sign nor leading zeros.
fn is_deletion_cost(value: &str) -> bool {
    (value == "0" || value.starts_with(|c: char| c == '-' || ('1'..='9').contains(&c))) && value.parse::<i32>().is_ok()
}

/// The annotations whose keys begin so, with the rest of the key.
fn beginning<'a>(
    annotations: &'a Annotations,
    prefix: &'a str,
) -> impl Iterator<Item = (&'a String, &'a str, &'a str)> {
    let from = annotations.range::<str, _>((std::ops::Bound::Included(prefix), std::ops::Bound::Unbounded));
    from.map_while(move |(key, value)| Some((key, key.strip_prefix(prefix)?, value.as_str())))
}

/// `ValidateSeccompPodAnnotations`: the annotation's key is written as a field's name.
fn validate_seccomp_pod_annotations(annotations: &Annotations, path: &Path<'_>, errs: &mut ErrorList) {
    if let Some(profile) = annotations.get(SECCOMP_POD) {
        validate_seccomp_profile(profile, &path.child(SECCOMP_POD), errs);
    }
    for (key, _, profile) in beginning(annotations, SECCOMP_CONTAINER) {
        validate_seccomp_profile(profile, &path.child(key), errs);
    }
}

/// `ValidateSeccompProfile`.
fn validate_seccomp_profile(profile: &str, path: &Path<'_>, errs: &mut ErrorList) {
    if [RUNTIME_DEFAULT, DOCKER_DEFAULT, UNCONFINED].contains(&profile) {
        return;
    }
    if let Some(file) = profile.strip_prefix(LOCALHOST) {
        // What was meant is the path, not the whole value: no fix.
        let faults = validate_local_descending_path(file);
        errs.invalid_each(path, file, faults.into_iter().map(|fault| fault.meant(None)).collect());
        return;
    }
    let message = Message::new(id::CHECK_API_ANNOTATION_SECCOMP).with("value", BadValue::from(profile).plain());
    errs.invalid(path, profile, "must be a valid seccomp profile", message);
}

/// `ValidateAppArmorPodAnnotations`.
fn validate_app_armor_pod_annotations(
    annotations: &Annotations,
    spec: &PodSpec,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    let mut names: Option<HashSet<&str>> = None;
    for (key, name, profile) in beginning(annotations, APP_ARMOR) {
        let names = names.get_or_insert_with(|| {
            let mut names = HashSet::new();
            each_container(spec, |_, _, name, _| {
                names.insert(name);
            });
            names
        });
        let place = path.key(key);
        if !names.contains(name) {
            let message = Message::new(id::CHECK_API_ANNOTATION_CONTAINER).with("name", BadValue::from(name).plain());
            errs.invalid(&place, name, "container not found", message);
        }
        let known = ["", RUNTIME_DEFAULT, UNCONFINED].contains(&profile) || profile.starts_with(LOCALHOST);
        if !known {
            let detail = format!("invalid AppArmor profile name: {}", quoted(profile));
            let message =
                Message::new(id::CHECK_API_ANNOTATION_APP_ARMOR).with("value", BadValue::from(profile).plain());
            errs.invalid(&place, profile, &detail, message);
        }
    }
}

/// `VisitContainersWithPath`: list, index, name and security context of every container.
fn each_container<'a>(
    spec: &'a PodSpec,
    mut see: impl FnMut(&'static str, usize, &'a str, Option<&'a SecurityContext>),
) {
    for (i, Container { name, security_context, .. }) in spec.init_containers.iter().flatten().enumerate() {
        see("initContainers", i, name, security_context.as_ref());
    }
    for (i, Container { name, security_context, .. }) in spec.containers.iter().enumerate() {
        see("containers", i, name, security_context.as_ref());
    }
    for (i, EphemeralContainer { name, security_context, .. }) in spec.ephemeral_containers.iter().flatten().enumerate()
    {
        see("ephemeralContainers", i, name, security_context.as_ref());
    }
}

/// `validateSeccompAnnotationsAndFields`.
pub fn validate_seccomp_annotations_and_fields(
    annotations: Option<&BTreeMap<String, String>>,
    spec: &PodSpec,
    spec_path: &Path<'_>,
    errs: &mut ErrorList,
) {
    let Some(annotations) = annotations.filter(|annotations| !annotations.is_empty()) else { return };
    let of_pod = spec.security_context.as_ref().and_then(|context| context.seccomp_profile.as_ref());
    if let (Some(profile), Some(annotation)) = (of_pod, annotations.get(SECCOMP_POD)) {
        let path = spec_path.child("securityContext");
        seccomp_must_match(annotation, profile, &path.child("seccompProfile"), errs);
    }
    each_container(spec, |list, i, name, context| {
        let Some(profile) = context.and_then(|context| context.seccomp_profile.as_ref()) else { return };
        let Some(annotation) = annotations.get(&format!("{SECCOMP_CONTAINER}{name}")) else { return };
        let (path, context) = (spec_path.child(list), "securityContext");
        seccomp_must_match(annotation, profile, &path.index(i).child(context).child("seccompProfile"), errs);
    });
}

/// `validateSeccompAnnotationsAndFieldsMatch`.
fn seccomp_must_match(annotation: &str, field: &SeccompProfile, path: &Path<'_>, errs: &mut ErrorList) {
    let wrong = match field.type_.as_str() {
        "Unconfined" if annotation != UNCONFINED => Some("type"),
        "RuntimeDefault" if ![RUNTIME_DEFAULT, DOCKER_DEFAULT].contains(&annotation) => Some("type"),
        "Localhost" => wrong_file(annotation, field.localhost_profile.as_deref()),
        _ => None,
    };
    must_match("seccomp", wrong, annotation, path, errs);
}

/// Which field does not match the annotation of a profile that is a file.
fn wrong_file(annotation: &str, file: Option<&str>) -> Option<&'static str> {
    match annotation.strip_prefix(LOCALHOST) {
        None => Some("type"),
        Some(named) if Some(named) != file => Some("localhostProfile"),
        Some(_) => None,
    }
}

fn must_match(what: &str, wrong: Option<&'static str>, annotation: &str, path: &Path<'_>, errs: &mut ErrorList) {
    let Some(field) = wrong else { return };
    let of = if field == "type" { "type" } else { "profile" };
    let message = Message::new(id::CHECK_API_ANNOTATION_MATCH)
        .with("key", path.called())
        .with("value", BadValue::from(annotation).plain());
    errs.forbidden(&path.child(field), &format!("{what} {of} in annotation and field must match"), message);
}

/// `validateAppArmorAnnotationsAndFieldsMatchOnCreate`.
pub fn validate_app_armor_annotations_and_fields_match_on_create(
    annotations: Option<&BTreeMap<String, String>>,
    spec: &PodSpec,
    spec_path: &Path<'_>,
    errs: &mut ErrorList,
) {
    let Some(annotations) = annotations.filter(|annotations| !annotations.is_empty()) else { return };
    if spec.os.as_ref().is_some_and(|os| os.name == "windows") {
        return;
    }
    let of_pod = spec.security_context.as_ref().and_then(|context| context.app_armor_profile.as_ref());
    each_container(spec, |list, i, name, context| {
        let own = context.and_then(|context| context.app_armor_profile.as_ref());
        let Some(AppArmorProfile { type_, localhost_profile }) = own.or(of_pod) else { return };
        let Some(annotation) = annotations.get(&format!("{APP_ARMOR}{name}")) else { return };
        let wrong = match type_.as_str() {
            "Unconfined" if annotation != UNCONFINED => Some("type"),
            "RuntimeDefault" if annotation != RUNTIME_DEFAULT => Some("type"),
            "Localhost" => wrong_file(annotation, localhost_profile.as_deref()),
            _ => None,
        };
        let path = spec_path.child(list);
        must_match(
            "apparmor",
            wrong,
            annotation,
            &path.index(i).child("securityContext").child("appArmorProfile"),
            errs,
        );
    });
}

/// The warning of `applyAppArmorVersionSkew` about an annotation that was copied to its field, or could not be.
pub fn warn_app_armor(key: &str) -> Warning {
    let (metadata, text) = (Path::new("metadata"), "deprecated since v1.30; use the \"appArmorProfile\" field instead");
    let annotations = metadata.child("annotations");
    let path = annotations.key(key);
    Warning::new(&path, format!("{}: {text}", path.field()), id::CHECK_API_APP_ARMOR_ANNOTATION)
}

#[cfg(test)]
mod tests;
