use k8s_openapi::api::core::v1::{NodeSelector, NodeSelectorRequirement, NodeSelectorTerm};

use super::content::{is_dns1123_subdomain, is_qualified_name, is_valid_label_value};
use super::{BadValue, ErrorList, Mend, Path};
use crate::check::nearest::nearest;
use crate::i18n::{Message, id};

const OPERATORS: &[&str] = &["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"];
const FIELD_OPERATORS: &[&str] = &["In", "NotIn"];
const FIELD_NAME: &str = "metadata.name";

/// `ValidateNodeSelector`; label values are looked at only here, in what is required.
pub fn validate_node_selector(selector: &NodeSelector, path: &Path<'_>, errs: &mut ErrorList) {
    let path = path.child("nodeSelectorTerms");
    if selector.node_selector_terms.is_empty() {
        errs.required(&path, "must have at least one node selector term", id::CHECK_API_NODE_SELECTOR_NO_TERMS);
        return;
    }
    for (i, term) in selector.node_selector_terms.iter().enumerate() {
        validate_node_selector_term(term, true, &path.index(i), errs);
    }
}

/// `ValidateNodeSelectorTerm`; label values are looked at in required terms only.
pub fn validate_node_selector_term(term: &NodeSelectorTerm, label_values: bool, path: &Path<'_>, errs: &mut ErrorList) {
    for (j, requirement) in term.match_expressions.iter().flatten().enumerate() {
        let path = path.child("matchExpressions");
        validate_node_selector_requirement(requirement, label_values, &path.index(j), errs);
    }
    for (j, requirement) in term.match_fields.iter().flatten().enumerate() {
        let path = path.child("matchFields");
        validate_node_field_selector_requirement(requirement, &path.index(j), errs);
    }
}

/// `ValidateNodeSelectorRequirement`.
fn validate_node_selector_requirement(
    requirement: &NodeSelectorRequirement,
    label_values: bool,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    let values = requirement.values.as_deref().unwrap_or_default();
    let operator = requirement.operator.as_str();
    let values_path = path.child("values");
    let say = |message| Message::new(message).with("operator", operator);
    match operator {
        "In" | "NotIn" => {
            if values.is_empty() {
                let detail = "must be specified when `operator` is 'In' or 'NotIn'";
                errs.required(&values_path, detail, say(id::CHECK_API_NODE_SELECTOR_VALUES_NEEDED));
            }
        }
        "Exists" | "DoesNotExist" => {
            if !values.is_empty() {
                let detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
                errs.forbidden(&values_path, detail, say(id::CHECK_API_NODE_SELECTOR_VALUES_FORBIDDEN))
                    .mend(Mend::delete(values_path.steps()));
            }
        }
        "Gt" | "Lt" => {
            if values.len() != 1 {
                let detail = "must be specified single value when `operator` is 'Lt' or 'Gt'";
                errs.required(&values_path, detail, say(id::CHECK_API_NODE_SELECTOR_ONE_VALUE));
            }
        }
        _ => not_an_operator(operator, OPERATORS, path, errs),
    }
    let key = requirement.key.as_str();
    errs.invalid_each(&path.child("key"), key, is_qualified_name(key, errs.version));
    if label_values {
        for (i, value) in values.iter().enumerate() {
            errs.invalid_each(&values_path.index(i), value, is_valid_label_value(value, errs.version));
        }
    }
}

/// `ValidateNodeFieldSelectorRequirement`.
fn validate_node_field_selector_requirement(
    requirement: &NodeSelectorRequirement,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    let values = requirement.values.as_deref().unwrap_or_default();
    let values_path = path.child("values");
    match requirement.operator.as_str() {
        operator @ ("In" | "NotIn") => {
            if values.len() != 1 {
                let message = Message::new(id::CHECK_API_NODE_SELECTOR_ONE_VALUE).with("operator", operator);
                let detail = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
                errs.required(&values_path, detail, message);
            }
        }
        operator => not_an_operator(operator, FIELD_OPERATORS, path, errs),
    }
    if requirement.key != FIELD_NAME {
        let key_path = path.child("key");
        let message = Message::new(id::CHECK_API_NOT_SUPPORTED)
            .with("key", "key")
            .with("value", BadValue::from(&requirement.key).plain())
            .with("allowed", FIELD_NAME);
        // There is no other.
        errs.invalid(&key_path, &requirement.key, "not a valid field selector key", message)
            .mend(Mend::set(key_path.steps(), FIELD_NAME));
        return;
    }
    for (i, value) in values.iter().enumerate() {
        errs.invalid_each(&values_path.index(i), value, is_dns1123_subdomain(value));
    }
}

fn not_an_operator(operator: &str, known: &[&str], path: &Path<'_>, errs: &mut ErrorList) {
    let path = path.child("operator");
    let value = BadValue::Named(operator.to_owned());
    let message = Message::new(id::CHECK_API_NOT_SUPPORTED)
        .with("key", "operator")
        .with("value", value.plain())
        .with("allowed", known.join(", "));
    let error = errs.invalid(&path, value, "not a valid selector operator", message);
    if let Some(meant) = nearest(operator, known.iter().copied()) {
        error.mend(Mend::set(path.steps(), meant));
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::{brief, said, value};
    use super::*;
    use crate::k8s::Version;

    /// From `TestValidatePod`'s node affinity.
    #[test]
    fn selectors() {
        for (yaml, expected) in [
            ("nodeSelectorTerms: []", vec!["s.nodeSelectorTerms: Required value"]),
            ("nodeSelectorTerms: [{}]", vec![]),
            ("nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In, values: [b]}]}]", vec![]),
            (
                "nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In}, {key: a, operator: Exists, values: [b]}]}]",
                vec![
                    "s.nodeSelectorTerms[0].matchExpressions[0].values: Required value",
                    "s.nodeSelectorTerms[0].matchExpressions[1].values: Forbidden",
                ],
            ),
            (
                "nodeSelectorTerms: [{matchExpressions: [{key: '', operator: in, values: ['a b']}, {key: a, operator: Gt, values: [a, b]}]}]",
                vec![
                    "s.nodeSelectorTerms[0].matchExpressions[0].operator: Invalid value",
                    "s.nodeSelectorTerms[0].matchExpressions[0].key: Invalid value",
                    "s.nodeSelectorTerms[0].matchExpressions[0].key: Invalid value",
                    "s.nodeSelectorTerms[0].matchExpressions[0].values[0]: Invalid value",
                    "s.nodeSelectorTerms[0].matchExpressions[1].values: Required value",
                ],
            ),
            (
                "nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [A, b]}, {key: a, operator: Exists, values: [A]}]}]",
                vec![
                    "s.nodeSelectorTerms[0].matchFields[0].values: Required value",
                    "s.nodeSelectorTerms[0].matchFields[0].values[0]: Invalid value",
                    "s.nodeSelectorTerms[0].matchFields[1].operator: Invalid value",
                    "s.nodeSelectorTerms[0].matchFields[1].key: Invalid value",
                ],
            ),
        ] {
            let selector: NodeSelector = value(yaml);
            let rule = |errs: &mut ErrorList| validate_node_selector(&selector, &Path::new("s"), errs);
            assert_eq!(brief(Version::LATEST, rule), expected, "{yaml}");
        }
    }

    #[test]
    fn what_is_preferred_may_ask_for_impossible_values() {
        let term: NodeSelectorTerm = value("matchExpressions: [{key: a, operator: In, values: ['a b']}]");
        let of = |values: bool| {
            said(Version::LATEST, |errs| validate_node_selector_term(&term, values, &Path::new("t"), errs)).len()
        };
        assert_eq!((of(false), of(true)), (0, 1));
    }
}
