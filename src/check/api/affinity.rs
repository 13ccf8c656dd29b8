use std::collections::{HashMap, HashSet};

use k8s_openapi::api::core::v1::{
    Affinity, NodeAffinity, PodAffinityTerm, PreferredSchedulingTerm, WeightedPodAffinityTerm,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::content::{is_dns1123_label, is_qualified_name};
use super::label_selector::validate_label_selector;
use super::node_selector::{validate_node_selector, validate_node_selector_term};
use super::{BadValue, ErrorList, Options, Path};
use crate::i18n::{Message, id};

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";

/// `validateAffinity`.
pub fn validate_affinity(affinity: &Affinity, path: &Path<'_>, _opts: Options<'_>, errs: &mut ErrorList) {
    if let Some(node) = &affinity.node_affinity {
        validate_node_affinity(node, &path.child("nodeAffinity"), errs);
    }
    if let Some(pod) = &affinity.pod_affinity {
        validate_pod_affinity(
            pod.required_during_scheduling_ignored_during_execution.as_deref(),
            pod.preferred_during_scheduling_ignored_during_execution.as_deref(),
            &path.child("podAffinity"),
            errs,
        );
    }
    if let Some(pod) = &affinity.pod_anti_affinity {
        validate_pod_affinity(
            pod.required_during_scheduling_ignored_during_execution.as_deref(),
            pod.preferred_during_scheduling_ignored_during_execution.as_deref(),
            &path.child("podAntiAffinity"),
            errs,
        );
    }
}

/// `validateNodeAffinity`.
fn validate_node_affinity(affinity: &NodeAffinity, path: &Path<'_>, errs: &mut ErrorList) {
    if let Some(required) = &affinity.required_during_scheduling_ignored_during_execution {
        validate_node_selector(required, &path.child(REQUIRED), errs);
    }
    let preferred = affinity.preferred_during_scheduling_ignored_during_execution.as_deref();
    validate_preferred_scheduling_terms(preferred.unwrap_or_default(), &path.child(PREFERRED), errs);
}

/// `ValidatePreferredSchedulingTerms`.
fn validate_preferred_scheduling_terms(terms: &[PreferredSchedulingTerm], path: &Path<'_>, errs: &mut ErrorList) {
    for (i, term) in terms.iter().enumerate() {
        let path = path.index(i);
        validate_weight(term.weight, &path, errs);
        validate_node_selector_term(&term.preference, false, &path.child("preference"), errs);
    }
}

fn validate_weight(weight: i32, path: &Path<'_>, errs: &mut ErrorList) {
    if !(1..=100).contains(&weight) {
        let message = Message::new(id::CHECK_API_BETWEEN).with("key", "weight").with("from", 1).with("to", 100);
        errs.invalid(&path.child("weight"), weight, "must be in the range 1-100", message);
    }
}

/// `validatePodAffinity`, `validatePodAntiAffinity`.
fn validate_pod_affinity(
    required: Option<&[PodAffinityTerm]>,
    preferred: Option<&[WeightedPodAffinityTerm]>,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    for (i, term) in required.unwrap_or_default().iter().enumerate() {
        validate_pod_affinity_term(term, &path.child(REQUIRED).index(i), errs);
    }
    for (i, term) in preferred.unwrap_or_default().iter().enumerate() {
        let path = path.child(PREFERRED);
        let path = path.index(i);
        validate_weight(term.weight, &path, errs);
        validate_pod_affinity_term(&term.pod_affinity_term, &path.child("podAffinityTerm"), errs);
    }
}

/// `validatePodAffinityTerm`.
fn validate_pod_affinity_term(term: &PodAffinityTerm, path: &Path<'_>, errs: &mut ErrorList) {
    validate_label_selector(term.label_selector.as_ref(), &path.child("labelSelector"), errs);
    validate_label_selector(term.namespace_selector.as_ref(), &path.child("namespaceSelector"), errs);
    for (i, name) in term.namespaces.iter().flatten().enumerate() {
        for fault in is_dns1123_label(name) {
            let message = fault.message.with("key", "namespace").with("value", BadValue::from(name).plain());
            // The server names neither the list nor the item.
            errs.invalid(&path.child("namespace"), name, &fault.detail, message).at(&path.child("namespaces").index(i));
        }
    }
    validate_match_label_keys_and_mismatch_label_keys(
        term.match_label_keys.as_deref().unwrap_or_default(),
        term.mismatch_label_keys.as_deref().unwrap_or_default(),
        term.label_selector.as_ref(),
        path,
        errs,
    );
    let key_path = path.child("topologyKey");
    if term.topology_key.is_empty() {
        errs.missing(&key_path, "can not be empty");
    }
    errs.invalid_each(&key_path, &term.topology_key, is_qualified_name(&term.topology_key, errs.version));
}

/// `validateLabelKeys`.
fn validate_label_keys(keys: &[String], selector: Option<&LabelSelector>, path: &Path<'_>, errs: &mut ErrorList) {
    if keys.is_empty() {
        return;
    }
    if selector.is_none() {
        keys_without_selector(path, errs);
        return;
    }
    for (i, key) in keys.iter().enumerate() {
        errs.invalid_each(&path.index(i), key, is_qualified_name(key, errs.version));
    }
}

/// What both rules say of keys that have no selector to join.
pub fn keys_without_selector(path: &Path<'_>, errs: &mut ErrorList) {
    let message = Message::new(id::CHECK_API_AFFINITY_KEYS_WITHOUT_SELECTOR).with("key", path.called());
    errs.forbidden(path, "must not be specified when labelSelector is not set", message);
}

/// What is said of a key that two lists hold.
pub fn key_in_both<'e>(path: &Path<'_>, key: &str, other: &str, errs: &'e mut ErrorList) -> &'e mut super::FieldError {
    let message = Message::new(id::CHECK_API_AFFINITY_KEY_IN_BOTH)
        .with("value", BadValue::from(key).plain())
        .with("one", "matchLabelKeys")
        .with("other", other);
    errs.invalid(path, key, &format!("exists in both matchLabelKeys and {other}"), message)
}

/// `ValidateMatchLabelKeysAndMismatchLabelKeys`. The selector has the keys in it already that the pod's own
/// labels gave it, so a key clashes when an expression repeats what the selector had before.
pub fn validate_match_label_keys_and_mismatch_label_keys(
    matching: &[String],
    mismatching: &[String],
    selector: Option<&LabelSelector>,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    let matching_path = path.child("matchLabelKeys");
    validate_label_keys(matching, selector, &matching_path, errs);
    validate_label_keys(mismatching, selector, &path.child("mismatchLabelKeys"), errs);
    if matching.is_empty() {
        return;
    }
    if let Some(selector) = selector {
        let places: HashMap<&str, usize> = matching.iter().enumerate().map(|(i, key)| (key.as_str(), i)).collect();
        let mut seen: HashSet<&str> = selector.match_labels.iter().flatten().map(|(key, _)| key.as_str()).collect();
        for expression in selector.match_expressions.iter().flatten() {
            let key = expression.key.as_str();
            if let Some(&i) = places.get(key)
                && seen.contains(key)
            {
                // The server leaves the list's name out.
                key_in_both(&path.index(i), key, "labelSelector", errs).at(&matching_path.index(i));
            }
            seen.insert(key);
        }
    }
    let mismatching: HashSet<&str> = mismatching.iter().map(String::as_str).collect();
    for (i, key) in matching.iter().enumerate() {
        if mismatching.contains(key.as_str()) {
            key_in_both(&matching_path.index(i), key, "mismatchLabelKeys", errs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::{brief, said, value};
    use super::*;
    use crate::k8s::Version;

    /// From `TestValidatePod`'s affinities.
    #[test]
    fn affinities() {
        let required = "podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: ";
        let preferred = "podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: ";
        for (yaml, expected) in [
            ("{}", vec![]),
            (
                "nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {}}",
                vec!["a.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value"],
            ),
            (
                "nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 101, preference: {matchExpressions: [{key: a, operator: x}]}}]}",
                vec![
                    "a.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value",
                    "a.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].operator: Invalid value",
                ],
            ),
            (&format!("{required}[{{topologyKey: a}}]}}"), vec![]),
            (
                &format!("{required}[{{namespaces: [b, A_]}}]}}"),
                vec![
                    "a.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].namespace: Invalid value",
                    "a.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value",
                    "a.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value",
                    "a.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value",
                ],
            ),
            (
                &format!("{preferred}[{{weight: 0, podAffinityTerm: {{topologyKey: a, mismatchLabelKeys: [b]}}}}]}}"),
                vec![
                    "a.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value",
                    "a.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.mismatchLabelKeys: Forbidden",
                ],
            ),
        ] {
            let affinity: Affinity = value(yaml);
            let opts = Options { version: Version::LATEST, pod: None };
            let rule = |errs: &mut ErrorList| validate_affinity(&affinity, &Path::new("a"), opts, errs);
            assert_eq!(brief(Version::LATEST, rule), expected, "{yaml}");
        }
    }

    /// From `TestValidatePodAffinityTerms…MatchLabelKeys`.
    #[test]
    fn label_keys_that_clash() {
        let selector: LabelSelector = value(
            "{matchLabels: {a: x}, matchExpressions: [{key: b, operator: Exists}, {key: b, operator: In, values: [x]}, {key: a, operator: In, values: [x]}]}",
        );
        let list = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
        for (matching, mismatching, expected) in [
            (list(&["c"]), list(&["d"]), vec![]),
            (
                list(&["c", "b"]),
                list(&["a"]),
                vec!["t[1]: Invalid value: \"b\": exists in both matchLabelKeys and labelSelector"],
            ),
            (
                list(&["a"]),
                list(&["a", "b"]),
                vec![
                    "t[0]: Invalid value: \"a\": exists in both matchLabelKeys and labelSelector",
                    "t.matchLabelKeys[0]: Invalid value: \"a\": exists in both matchLabelKeys and mismatchLabelKeys",
                ],
            ),
        ] {
            let said = said(Version::LATEST, |errs| {
                let path = Path::new("t");
                validate_match_label_keys_and_mismatch_label_keys(
                    &matching,
                    &mismatching,
                    Some(&selector),
                    &path,
                    errs,
                );
            });
            assert_eq!(said, expected);
        }
    }
}
