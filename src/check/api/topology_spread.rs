use std::collections::{HashMap, HashSet};

use k8s_openapi::api::core::v1::TopologySpreadConstraint;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::affinity::{key_in_both, keys_without_selector, validate_match_label_keys_and_mismatch_label_keys};
use super::content::is_qualified_name;
use super::label_selector::validate_label_selector;
use super::{BadValue, ErrorList, Options, Path};
use crate::i18n::{Message, id};
use crate::k8s::Gate;

const WHEN: &[&str] = &["DoNotSchedule", "ScheduleAnyway"];
const POLICIES: &[&str] = &["Honor", "Ignore"];

/// `validateTopologySpreadConstraints`.
pub fn validate_topology_spread_constraints(
    constraints: &[TopologySpreadConstraint],
    path: &Path<'_>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) {
    fn kind(constraint: &TopologySpreadConstraint) -> (&str, &str) {
        (&constraint.topology_key, &constraint.when_unsatisfiable)
    }
    // Where each kind of constraint comes last: what stands before is a repetition.
    let last: HashMap<_, _> = match constraints.len() {
        0 | 1 => HashMap::new(),
        _ => constraints.iter().enumerate().map(|(i, c)| (kind(c), i)).collect(),
    };
    for (i, constraint) in constraints.iter().enumerate() {
        let path = path.index(i);
        validate_positive_field(constraint.max_skew, &path.child("maxSkew"), errs);
        if constraint.topology_key.is_empty() {
            errs.missing(&path.child("topologyKey"), "can not be empty");
        }
        let when = constraint.when_unsatisfiable.as_str();
        if !WHEN.contains(&when) {
            errs.not_supported(&path.child("whenUnsatisfiable"), BadValue::Named(when.to_owned()), WHEN);
        }
        if last.get(&kind(constraint)).is_some_and(|&last| last > i) {
            let tuple = format!("{{{}, {when}}}", constraint.topology_key);
            let message = Message::new(id::CHECK_API_TOPOLOGY_SPREAD_REPEATED)
                .with("topology", BadValue::from(&constraint.topology_key).plain())
                .with("when", BadValue::from(when).plain());
            errs.duplicate(&path.child("{topologyKey, whenUnsatisfiable}"), tuple.as_str(), message).at(&path);
        }
        if let Some(domains) = constraint.min_domains {
            validate_min_domains(domains, when, &path.child("minDomains"), errs);
        }
        validate_node_inclusion_policy(&constraint.node_affinity_policy, &path.child("nodeAffinityPolicy"), errs);
        validate_node_inclusion_policy(&constraint.node_taints_policy, &path.child("nodeTaintsPolicy"), errs);
        let keys = constraint.match_label_keys.as_deref().unwrap_or_default();
        let selector = constraint.label_selector.as_ref();
        if opts.on(Gate::MatchLabelKeysInPodTopologySpreadSelectorMerge) {
            validate_match_label_keys_and_mismatch_label_keys(keys, &[], selector, &path, errs);
        } else {
            validate_match_label_keys_in_topology_spread(keys, selector, &path.child("matchLabelKeys"), errs);
        }
        validate_label_selector(selector, &path.child("labelSelector"), errs);
    }
}

/// `ValidatePositiveField`.
fn validate_positive_field(value: i32, path: &Path<'_>, errs: &mut ErrorList) {
    if value <= 0 {
        let message = Message::new(id::CHECK_API_TOPOLOGY_SPREAD_POSITIVE).with("key", path.called());
        errs.invalid(path, value, "must be greater than zero", message);
    }
}

/// `validateMinDomains`.
fn validate_min_domains(domains: i32, when: &str, path: &Path<'_>, errs: &mut ErrorList) {
    validate_positive_field(domains, path, errs);
    if when != "DoNotSchedule" {
        let detail = format!("can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {when}");
        errs.invalid(path, domains, &detail, id::CHECK_API_TOPOLOGY_SPREAD_MIN_DOMAINS);
    }
}

/// `validateNodeInclusionPolicy`.
fn validate_node_inclusion_policy(policy: &Option<String>, path: &Path<'_>, errs: &mut ErrorList) {
    if let Some(policy) = policy
        && !POLICIES.contains(&policy.as_str())
    {
        errs.not_supported(path, BadValue::Named(policy.clone()), POLICIES);
    }
}

/// `ValidateMatchLabelKeysInTopologySpread`, as long as the keys are not merged into the selector.
fn validate_match_label_keys_in_topology_spread(
    keys: &[String],
    selector: Option<&LabelSelector>,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    if keys.is_empty() {
        return;
    }
    let mut in_selector: HashSet<&str> = HashSet::new();
    match selector {
        Some(selector) => {
            in_selector.extend(selector.match_labels.iter().flatten().map(|(key, _)| key.as_str()));
            in_selector.extend(selector.match_expressions.iter().flatten().map(|e| e.key.as_str()));
        }
        None => keys_without_selector(path, errs),
    }
    for (i, key) in keys.iter().enumerate() {
        errs.invalid_each(&path.index(i), key, is_qualified_name(key, errs.version));
        if in_selector.contains(key.as_str()) {
            key_in_both(&path.index(i), key, "labelSelector", errs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::{said, value};
    use super::*;
    use crate::k8s::Version;

    #[track_caller]
    fn check(version: Version, yaml: &str, expected: &[&str]) {
        let constraints: Vec<TopologySpreadConstraint> = value(yaml);
        let opts = Options { version, pod: None };
        let rule = |errs: &mut ErrorList| {
            validate_topology_spread_constraints(&constraints, &Path::new("c"), opts, errs);
        };
        assert_eq!(said(version, rule), expected, "{yaml}");
    }

    /// From `TestValidateTopologySpreadConstraints`.
    #[test]
    fn constraints() {
        let latest = Version::LATEST;
        check(
            latest,
            "[{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, minDomains: 3, nodeTaintsPolicy: Honor}, {maxSkew: 2, topologyKey: a, whenUnsatisfiable: ScheduleAnyway}]",
            &[],
        );
        check(
            latest,
            "[{maxSkew: 0, topologyKey: '', whenUnsatisfiable: nope, minDomains: -1, nodeAffinityPolicy: Ignored, matchLabelKeys: [a]}]",
            &[
                "c[0].maxSkew: Invalid value: 0: must be greater than zero",
                "c[0].topologyKey: Required value: can not be empty",
                "c[0].whenUnsatisfiable: Unsupported value: \"nope\": supported values: \"DoNotSchedule\", \"ScheduleAnyway\"",
                "c[0].minDomains: Invalid value: -1: must be greater than zero",
                "c[0].minDomains: Invalid value: -1: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not nope",
                "c[0].nodeAffinityPolicy: Unsupported value: \"Ignored\": supported values: \"Honor\", \"Ignore\"",
                "c[0].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set",
            ],
        );
        // Said of each but the last.
        check(
            latest,
            "[{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule}, {maxSkew: 1, topologyKey: b, whenUnsatisfiable: DoNotSchedule}, {maxSkew: 2, topologyKey: a, whenUnsatisfiable: DoNotSchedule}]",
            &["c[0].{topologyKey, whenUnsatisfiable}: Duplicate value: \"{a, DoNotSchedule}\""],
        );
    }

    #[test]
    fn label_keys_by_version() {
        let clash = "[{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, matchLabelKeys: [a], labelSelector: {matchLabels: {a: b}}}]";
        check(
            Version::V1_33,
            clash,
            &["c[0].matchLabelKeys[0]: Invalid value: \"a\": exists in both matchLabelKeys and labelSelector"],
        );
        check(Version::V1_34, clash, &[]);
        // A pod's own label has come into the selector, too.
        let merged = clash.replace(
            "matchLabels: {a: b}",
            "matchLabels: {a: b}, matchExpressions: [{key: a, operator: In, values: [b]}]",
        );
        check(
            Version::V1_34,
            &merged,
            &["c[0][0]: Invalid value: \"a\": exists in both matchLabelKeys and labelSelector"],
        );
    }
}
