use std::collections::BTreeMap;

use k8s_openapi::api::apps::v1::{DeploymentSpec, DeploymentStrategy, RollingUpdateDeployment};
use k8s_openapi::api::core::v1::PodTemplateSpec;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use serde_json::Value;

use super::bad_value::quoted;
use super::content::is_valid_percent;
use super::label_selector::{selects, validate_label_selector};
use super::object_meta::{name_is_dns_subdomain, validate_object_meta};
use super::pod_template::validate_pod_template_spec;
use super::{BadValue, ErrorList, Mend, Path};
use crate::defaults::Deployment;
use crate::i18n::{Message, id};
use crate::yaml::Node;

/// `appsv1.DeprecatedRollbackTo`.
const ROLLBACK_TO: &str = "deprecated.deployment.rollback.to";

/// The type cannot tell a selector that is not there from an empty one. Go can, so an empty one that was
/// written is marked by an empty `matchLabels`.
pub fn mark_empty_selector(deployment: &mut Deployment, root: Node<'_>) {
    let selector = &mut deployment.spec.selector;
    let written = root.get("spec").and_then(|spec| spec.get("selector")).is_some_and(|node| !node.is_null());
    if written && selector.match_labels.is_none() && selector.match_expressions.is_none() {
        selector.match_labels = Some(BTreeMap::new());
    }
}

/// `ValidateDeployment`.
pub fn validate_deployment(deployment: &Deployment, errs: &mut ErrorList) {
    let annotations = deployment.metadata.annotations.as_ref();
    let rollback = annotations.and_then(|a| a.get(ROLLBACK_TO)).map_or("", String::as_str);
    if !rollback.is_empty() && rollback.parse::<i64>().is_err() {
        // `Convert_v1_Deployment_To_apps_Deployment` stops here, before anything is validated.
        let path = Path::new("metadata");
        let path = path.child("annotations");
        let path = path.key(ROLLBACK_TO);
        let digits = rollback.strip_prefix(['+', '-']).unwrap_or(rollback);
        let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let why = if is_number { "value out of range" } else { "invalid syntax" };
        let sentence = format!(
            "Deployment in version \"v1\" cannot be handled as a Deployment: failed to parse \
             annotation[{ROLLBACK_TO}]={rollback} as int64: strconv.ParseInt: parsing {}: {why}",
            quoted(rollback)
        );
        errs.undecodable(&path, sentence, id::CHECK_API_DEPLOYMENT_ROLLBACK).mend(Mend::delete(path.steps()));
        return;
    }
    validate_object_meta(&deployment.metadata, name_is_dns_subdomain, &Path::new("metadata"), errs);
    validate_deployment_spec(&deployment.spec, rollback.parse().ok(), &Path::new("spec"), errs);
}

/// `ValidateDeploymentSpec`.
fn validate_deployment_spec(spec: &DeploymentSpec, rollback: Option<i64>, path: &Path<'_>, errs: &mut ErrorList) {
    validate_nonnegative_field(spec.replicas.unwrap_or_default(), &path.child("replicas"), errs);

    let selector_path = path.child("selector");
    let selector = Some(&spec.selector).filter(|s| s.match_labels.is_some() || s.match_expressions.is_some());
    match selector {
        None => {
            let message = id::CHECK_API_DEPLOYMENT_SELECTOR_MISSING;
            let error = errs.required(&selector_path, "", message);
            error.mends.extend(select_template(&spec.template, &selector_path));
        }
        Some(selector) => {
            validate_label_selector(Some(selector), &selector_path, errs);
            if is_empty(selector) {
                let detail = "empty selector is invalid for deployment";
                let message = id::CHECK_API_DEPLOYMENT_SELECTOR_EMPTY;
                let error = errs.invalid(&selector_path, selector, detail, message);
                error.mends.extend(select_template(&spec.template, &selector_path));
            }
        }
    }
    let labels = spec.template.metadata.as_ref().and_then(|meta| meta.labels.as_ref());
    match selects(selector, labels) {
        None => {
            let message = id::CHECK_API_DEPLOYMENT_SELECTOR_INVALID;
            errs.invalid(&selector_path, &spec.selector, "invalid label selector", message);
        }
        Some(taken) => {
            validate_pod_template_spec_for_replica_set(spec, selector, taken, &path.child("template"), errs);
        }
    }

    let default = DeploymentStrategy::default();
    let strategy = spec.strategy.as_ref().unwrap_or(&default);
    validate_deployment_strategy(strategy, &path.child("strategy"), errs);
    let ready = spec.min_ready_seconds.unwrap_or_default();
    validate_nonnegative_field(ready, &path.child("minReadySeconds"), errs);
    if let Some(limit) = spec.revision_history_limit {
        validate_nonnegative_field(limit, &path.child("revisionHistoryLimit"), errs);
    }
    if let Some(revision) = rollback.filter(|revision| *revision < 0) {
        // `ValidateRollback`; the annotation is a field inside the server.
        let meta = Path::new("metadata");
        let annotations = meta.child("annotations");
        negative(revision, &path.child("rollback").child("version"), errs).at(&annotations.key(ROLLBACK_TO));
    }
    if let Some(deadline) = spec.progress_deadline_seconds {
        let path = path.child("progressDeadlineSeconds");
        validate_nonnegative_field(deadline, &path, errs);
        if deadline <= ready {
            let message = Message::new(id::CHECK_API_DEPLOYMENT_DEADLINE).with("seconds", ready.to_string());
            errs.invalid(&path, deadline, "must be greater than minReadySeconds", message);
        }
    }
}

fn is_empty(selector: &LabelSelector) -> bool {
    selector.match_labels.as_ref().is_none_or(BTreeMap::is_empty)
        && selector.match_expressions.as_ref().is_none_or(Vec::is_empty)
}

/// The selector that takes the template as it is.
fn select_template(template: &PodTemplateSpec, selector: &Path<'_>) -> Option<Mend> {
    let labels = template.metadata.as_ref()?.labels.as_ref().filter(|labels| !labels.is_empty())?;
    let labels = labels_json(labels);
    Some(Mend::set(selector.child("matchLabels").steps(), labels).titled(id::CHECK_API_DEPLOYMENT_SELECT_TEMPLATE))
}

fn labels_json(labels: &BTreeMap<String, String>) -> Value {
    labels.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect()
}

/// The labels that a selector asks for, written into the template: `None` where that would not do.
fn add_labels(
    selector: Option<&LabelSelector>,
    labels: Option<&BTreeMap<String, String>>,
    path: &Path<'_>,
) -> Option<Mend> {
    let wanted = selector?.match_labels.as_ref()?;
    let mut merged = labels.cloned().unwrap_or_default();
    let mut lacking = wanted.iter().filter(|(key, value)| labels.and_then(|l| l.get(*key)) != Some(value));
    let (key, value) = lacking.next()?;
    let mend = match lacking.next() {
        None => Mend::set(path.key(key).steps(), value.as_str()),
        Some(_) => {
            merged.extend(wanted.clone());
            Mend::set(path.steps(), labels_json(&merged))
        }
    };
    merged.insert(key.clone(), value.clone());
    (selects(selector, Some(&merged)) == Some(true)).then(|| mend.titled(id::CHECK_API_DEPLOYMENT_ADD_LABELS))
}

/// What is said when the selector does not take the template; a Job says the same.
pub fn selector_does_not_match(
    selector: Option<&LabelSelector>,
    template: &PodTemplateSpec,
    template_path: &Path<'_>,
    errs: &mut ErrorList,
) {
    let labels = template.metadata.as_ref().and_then(|meta| meta.labels.as_ref());
    let path = template_path.child("metadata");
    let path = path.child("labels");
    let value = BadValue::Map(labels.map(|l| l.iter().map(|(k, v)| (k.clone(), v.clone())).collect()));
    let message = match selector {
        Some(_) => id::CHECK_API_DEPLOYMENT_LABELS,
        None => id::CHECK_API_DEPLOYMENT_LABELS_WITHOUT_SELECTOR,
    };
    let error = errs.invalid(&path, value, "`selector` does not match template `labels`", message);
    error.mends.extend(add_labels(selector, labels, &path));
}

/// `ValidatePodTemplateSpecForReplicaSet`.
fn validate_pod_template_spec_for_replica_set(
    spec: &DeploymentSpec,
    selector: Option<&LabelSelector>,
    taken: bool,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    if !taken {
        selector_does_not_match(selector, &spec.template, path, errs);
    }
    validate_pod_template_spec(&spec.template, path, errs);
    let pod = spec.template.spec.as_ref();
    let pod_path = path.child("spec");
    let policy = pod.and_then(|pod| pod.restart_policy.as_deref()).unwrap_or_default();
    if policy != "Always" {
        let path = pod_path.child("restartPolicy");
        let error = errs.not_supported(&path, BadValue::Named(policy.to_owned()), &["Always"]);
        error.mends = vec![Mend::set(path.steps(), "Always")];
    }
    if pod.is_some_and(|pod| pod.active_deadline_seconds.is_some()) {
        let path = pod_path.child("activeDeadlineSeconds");
        let detail = "activeDeadlineSeconds in ReplicaSet is not Supported";
        errs.forbidden(&path, detail, id::CHECK_API_DEPLOYMENT_ACTIVE_DEADLINE).mend(Mend::delete(path.steps()));
    }
}

/// `ValidateDeploymentStrategy`.
fn validate_deployment_strategy(strategy: &DeploymentStrategy, path: &Path<'_>, errs: &mut ErrorList) {
    const TYPES: &[&str] = &["Recreate", "RollingUpdate"];
    let rolling = path.child("rollingUpdate");
    match strategy.type_.as_deref().unwrap_or_default() {
        "Recreate" => {
            if strategy.rolling_update.is_some() {
                let detail = "may not be specified when strategy `type` is 'Recreate'";
                errs.forbidden(&rolling, detail, id::CHECK_API_DEPLOYMENT_RECREATE).mend(Mend::delete(rolling.steps()));
            }
        }
        "RollingUpdate" => match &strategy.rolling_update {
            Some(update) => validate_rolling_update_deployment(update, &rolling, errs),
            None => {
                errs.missing(&rolling, "this should be defaulted and never be nil");
            }
        },
        unknown => {
            let type_path = path.child("type");
            let message = Message::new(id::CHECK_API_NOT_SUPPORTED)
                .with("key", "type")
                .with("value", BadValue::from(unknown).plain())
                .with("allowed", TYPES.join(", "));
            // The whole strategy is what the server names, and shows.
            let error = errs.not_supported(path, strategy_value(strategy), TYPES).at(&type_path);
            error.message = message;
            let meant = crate::check::nearest::nearest(unknown, TYPES.iter().copied());
            error.mends = meant.map(|meant| Mend::set(type_path.steps(), meant)).into_iter().collect();
        }
    }
}

/// `apps.DeploymentStrategy` as the server shows it.
fn strategy_value(strategy: &DeploymentStrategy) -> BadValue {
    let kind = strategy.type_.as_deref().unwrap_or_default();
    let number = |value: &Option<IntOrString>| match value {
        None => 0.into(),
        Some(IntOrString::Int(number)) => (*number).into(),
        Some(IntOrString::String(text)) => serde_json::Value::from(text.as_str()),
    };
    let rolling = strategy.rolling_update.as_ref().map(|update| {
        serde_json::json!({
            "MaxUnavailable": number(&update.max_unavailable),
            "MaxSurge": number(&update.max_surge),
        })
    });
    let go = match rolling {
        None => "(*apps.RollingUpdateDeployment)(nil)",
        Some(_) => "(*apps.RollingUpdateDeployment)(0xc000000000)",
    };
    BadValue::Struct {
        json: serde_json::json!({ "Type": kind, "RollingUpdate": rolling }),
        go: format!("apps.DeploymentStrategy{{Type:{}, RollingUpdate:{go}}}", quoted(kind)),
    }
}

/// `ValidateRollingUpdateDeployment`.
fn validate_rolling_update_deployment(update: &RollingUpdateDeployment, path: &Path<'_>, errs: &mut ErrorList) {
    let zero = IntOrString::Int(0);
    let unavailable = update.max_unavailable.as_ref().unwrap_or(&zero);
    let surge = update.max_surge.as_ref().unwrap_or(&zero);
    let unavailable_path = path.child("maxUnavailable");
    validate_positive_int_or_percent(unavailable, &unavailable_path, errs);
    validate_positive_int_or_percent(surge, &path.child("maxSurge"), errs);
    if int_or_percent_value(unavailable) == 0 && int_or_percent_value(surge) == 0 {
        let detail = "may not be 0 when `maxSurge` is 0";
        errs.invalid(&unavailable_path, unavailable, detail, id::CHECK_API_DEPLOYMENT_BOTH_ZERO);
    }
    if percent_value(unavailable).is_some_and(|percent| percent > 100) {
        let message = id::CHECK_API_DEPLOYMENT_OVER_100;
        errs.invalid(&unavailable_path, unavailable, "must not be greater than 100%", message)
            .mend(Mend::set(unavailable_path.steps(), "100%"));
    }
}

/// `ValidatePositiveIntOrPercent`.
fn validate_positive_int_or_percent(value: &IntOrString, path: &Path<'_>, errs: &mut ErrorList) {
    match value {
        IntOrString::Int(number) => validate_nonnegative_field(*number, path, errs),
        IntOrString::String(text) => {
            for fault in is_valid_percent(text) {
                let message = fault.message.with("key", path.called()).with("value", BadValue::from(text).plain());
                let error = errs.invalid(path, value, &fault.detail, message);
                error.mends.extend(fault.meant.map(|meant| Mend::set(path.steps(), meant)));
            }
        }
    }
}

/// `getPercentValue`.
fn percent_value(value: &IntOrString) -> Option<i64> {
    match value {
        IntOrString::String(text) if is_valid_percent(text).is_empty() => Some(atoi(text.trim_end_matches('%'))),
        _ => None,
    }
}

/// `getIntOrPercentValue`: what cannot be read counts as 0.
fn int_or_percent_value(value: &IntOrString) -> i64 {
    percent_value(value).unwrap_or_else(|| match value {
        IntOrString::Int(number) => (*number).into(),
        IntOrString::String(text) => atoi(text),
    })
}

/// `strconv.Atoi` whose error nobody looks at: 0, but the nearest number where it is too large.
fn atoi(text: &str) -> i64 {
    use std::num::IntErrorKind::{NegOverflow, PosOverflow};
    text.parse().unwrap_or_else(|error: std::num::ParseIntError| match error.kind() {
        PosOverflow => i64::MAX,
        NegOverflow => i64::MIN,
        _ => 0,
    })
}

/// `ValidateNonnegativeField`.
pub fn validate_nonnegative_field(value: impl Into<i64>, path: &Path<'_>, errs: &mut ErrorList) {
    let value = value.into();
    if value < 0 {
        negative(value, path, errs);
    }
}

fn negative<'e>(value: i64, path: &Path<'_>, errs: &'e mut ErrorList) -> &'e mut super::FieldError {
    let message = Message::new(id::CHECK_API_DEPLOYMENT_NEGATIVE).with("key", path.called());
    errs.invalid(path, value, "must be greater than or equal to 0", message)
}

/// A selector as the server shows it: the one type with names of its own in JSON.
impl From<&LabelSelector> for BadValue {
    fn from(selector: &LabelSelector) -> BadValue {
        let labels = BadValue::Map(
            selector.match_labels.as_ref().map(|l| l.iter().map(|(k, v)| (k.clone(), v.clone())).collect()),
        );
        let labels = labels.shown(crate::k8s::Version::V1_33).unwrap_or_default();
        let expressions = match &selector.match_expressions {
            None => "[]v1.LabelSelectorRequirement(nil)".to_owned(),
            Some(list) => {
                let each: Vec<_> = list
                    .iter()
                    .map(|e| {
                        let values = match &e.values {
                            None => "[]string(nil)".to_owned(),
                            Some(v) => {
                                BadValue::Strings(v.clone()).shown(crate::k8s::Version::V1_33).unwrap_or_default()
                            }
                        };
                        format!(
                            "v1.LabelSelectorRequirement{{Key:{}, Operator:{}, Values:{values}}}",
                            quoted(&e.key),
                            quoted(&e.operator)
                        )
                    })
                    .collect();
                format!("[]v1.LabelSelectorRequirement{{{}}}", each.join(", "))
            }
        };
        let mut json = serde_json::Map::new();
        if let Some(labels) = selector.match_labels.as_ref().filter(|labels| !labels.is_empty()) {
            json.insert("matchLabels".to_owned(), serde_json::json!(labels));
        }
        if let Some(list) = selector.match_expressions.as_ref().filter(|list| !list.is_empty()) {
            let list = list.iter().map(|e| match e.values.as_ref().filter(|values| !values.is_empty()) {
                Some(values) => serde_json::json!({ "key": e.key, "operator": e.operator, "values": values }),
                None => serde_json::json!({ "key": e.key, "operator": e.operator }),
            });
            json.insert("matchExpressions".to_owned(), list.collect());
        }
        BadValue::Struct {
            json: json.into(),
            go: format!("v1.LabelSelector{{MatchLabels:{labels}, MatchExpressions:{expressions}}}"),
        }
    }
}

#[cfg(test)]
mod tests;
