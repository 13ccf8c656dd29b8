use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement};

use super::content::{is_qualified_name, is_valid_label_value};
use super::object_meta::validate_labels;
use super::{BadValue, ErrorList, Mend, Path};
use crate::check::nearest::nearest;
use crate::i18n::{Message, id};
use crate::k8s::Version;

const OPERATORS: [&str; 4] = ["In", "NotIn", "Exists", "DoesNotExist"];

/// `ValidateLabelSelector`.
pub fn validate_label_selector(selector: Option<&LabelSelector>, path: &Path<'_>, errs: &mut ErrorList) {
    let Some(selector) = selector else { return };
    validate_labels(selector.match_labels.as_ref(), &path.child("matchLabels"), errs);
    let expressions = path.child("matchExpressions");
    for (i, requirement) in selector.match_expressions.iter().flatten().enumerate() {
        validate_label_selector_requirement(requirement, &expressions.index(i), errs);
    }
}

/// `ValidateLabelSelectorRequirement`.
fn validate_label_selector_requirement(requirement: &LabelSelectorRequirement, path: &Path<'_>, errs: &mut ErrorList) {
    let values = requirement.values.as_deref().unwrap_or_default();
    let values_path = path.child("values");
    match requirement.operator.as_str() {
        "In" | "NotIn" if values.is_empty() => {
            let message = Message::new(id::CHECK_API_SELECTOR_VALUES).with("operator", requirement.operator.as_str());
            errs.required(&values_path, "must be specified when `operator` is 'In' or 'NotIn'", message);
        }
        "Exists" | "DoesNotExist" if !values.is_empty() => {
            let message =
                Message::new(id::CHECK_API_SELECTOR_NO_VALUES).with("operator", requirement.operator.as_str());
            errs.forbidden(&values_path, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'", message)
                .mend(Mend::delete(values_path.steps()));
        }
        "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
        other => {
            let operator = path.child("operator");
            let value = BadValue::Named(other.to_owned());
            let message = Message::new(id::CHECK_API_NOT_SUPPORTED)
                .with("key", "operator")
                .with("value", value.plain())
                .with("allowed", OPERATORS.join(", "));
            let error = errs.invalid(&operator, value, "not a valid selector operator", message);
            if let Some(meant) = nearest(other, OPERATORS) {
                error.mend(Mend::set(operator.steps(), meant));
            }
        }
    }
    let key = requirement.key.as_str();
    errs.invalid_each(&path.child("key"), key, is_qualified_name(key, errs.version));
    for (i, value) in values.iter().enumerate() {
        errs.invalid_each(&values_path.index(i), value, is_valid_label_value(value, errs.version));
    }
}

/// Whether the selector takes the labels (`LabelSelectorAsSelector`, `Matches`); `None` when it is not valid.
/// No selector takes nothing, an empty one everything.
pub fn selects(selector: Option<&LabelSelector>, labels: Option<&BTreeMap<String, String>>) -> Option<bool> {
    let Some(selector) = selector else { return Some(false) };
    let is_key = |key: &str| is_qualified_name(key, Version::LATEST).is_empty();
    let is_value = |value: &str| is_valid_label_value(value, Version::LATEST).is_empty();
    let label = |key: &str| labels.and_then(|labels| labels.get(key));
    let mut taken = true;
    for (key, value) in selector.match_labels.iter().flatten() {
        if !is_key(key) || !is_value(value) {
            return None;
        }
        taken &= label(key) == Some(value);
    }
    for LabelSelectorRequirement { key, operator, values } in selector.match_expressions.iter().flatten() {
        let values = values.as_deref().unwrap_or_default();
        if !is_key(key) || !values.iter().all(|value| is_value(value)) {
            return None;
        }
        let found = label(key);
        taken &= match (operator.as_str(), values.is_empty()) {
            ("In", false) => found.is_some_and(|found| values.contains(found)),
            ("NotIn", false) => !found.is_some_and(|found| values.contains(found)),
            ("Exists", true) => found.is_some(),
            ("DoesNotExist", true) => found.is_none(),
            _ => return None,
        };
    }
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::finding::Reason;

    fn selector(value: serde_json::Value) -> LabelSelector {
        serde_json::from_value(value).expect("a selector")
    }

    /// From `k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation_test.go`.
    #[test]
    fn selectors_are_refused_where_the_server_does() {
        use Reason::*;
        for (given, expected) in [
            (r#"{}"#, &[][..]),
            (r#"{"matchExpressions":[{"key":"a","operator":"In","values":["b",""]}]}"#, &[]),
            (r#"{"matchExpressions":[{"key":"a","operator":"DoesNotExist"}]}"#, &[]),
            (
                r#"{"matchExpressions":[{"key":"a","operator":"NotIn"}]}"#,
                &[("s.matchExpressions[0].values", FieldValueRequired)],
            ),
            (
                r#"{"matchExpressions":[{"key":"a","operator":"Exists","values":["b"]}]}"#,
                &[("s.matchExpressions[0].values", FieldValueForbidden)],
            ),
            (
                r#"{"matchExpressions":[{"key":"","operator":"in","values":["x y"]}]}"#,
                &[
                    ("s.matchExpressions[0].operator", FieldValueInvalid),
                    ("s.matchExpressions[0].key", FieldValueInvalid),
                    ("s.matchExpressions[0].key", FieldValueInvalid),
                    ("s.matchExpressions[0].values[0]", FieldValueInvalid),
                ],
            ),
            (
                r#"{"matchLabels":{"-a":"b c"}}"#,
                &[("s.matchLabels", FieldValueInvalid), ("s.matchLabels", FieldValueInvalid)],
            ),
        ] {
            let mut errs = ErrorList::new(Version::LATEST);
            let given = serde_json::from_str(given).expect("JSON");
            validate_label_selector(Some(&selector(given)), &Path::new("s"), &mut errs);
            let found: Vec<_> = errs.since(0).iter().map(|e| (e.field.to_string(), e.reason)).collect();
            let found: Vec<_> = found.iter().map(|(field, reason)| (field.as_str(), *reason)).collect();
            assert_eq!(found, expected);
        }
        let mut errs = ErrorList::new(Version::LATEST);
        let given = selector(serde_json::json!({"matchExpressions": [{"key": "a", "operator": "in"}]}));
        validate_label_selector(Some(&given), &Path::new("s"), &mut errs);
        assert_eq!(errs.since(0)[0].body, "Invalid value: \"in\": not a valid selector operator");
        assert_eq!(errs.since(0)[0].mends.len(), 1);
    }

    #[test]
    fn a_selector_takes_labels() {
        let labels: BTreeMap<_, _> = [("a".to_owned(), "1".to_owned())].into();
        for (given, taken) in [
            (r#"{}"#, Some(true)),
            (r#"{"matchLabels":{"a":"1"}}"#, Some(true)),
            (r#"{"matchLabels":{"a":"2"}}"#, Some(false)),
            (r#"{"matchLabels":{"a":"b c"}}"#, None),
            (r#"{"matchExpressions":[{"key":"a","operator":"In","values":["1","2"]}]}"#, Some(true)),
            (r#"{"matchExpressions":[{"key":"b","operator":"In","values":["1"]}]}"#, Some(false)),
            (r#"{"matchExpressions":[{"key":"b","operator":"NotIn","values":["1"]}]}"#, Some(true)),
            (r#"{"matchExpressions":[{"key":"a","operator":"NotIn","values":["1"]}]}"#, Some(false)),
            (r#"{"matchExpressions":[{"key":"a","operator":"Exists"}]}"#, Some(true)),
            (r#"{"matchExpressions":[{"key":"a","operator":"DoesNotExist"}]}"#, Some(false)),
            (r#"{"matchExpressions":[{"key":"a","operator":"Exists","values":["1"]}]}"#, None),
            (r#"{"matchExpressions":[{"key":"a","operator":"In"}]}"#, None),
            (r#"{"matchExpressions":[{"key":"a","operator":"Is"}]}"#, None),
        ] {
            let given_value = serde_json::from_str(given).expect("JSON");
            assert_eq!(selects(Some(&selector(given_value)), Some(&labels)), taken, "{given}");
        }
        assert_eq!(selects(None, Some(&labels)), Some(false));
    }
}
