use k8s_openapi::api::core::v1::Toleration;

use super::content::{is_qualified_name, is_valid_label_value};
use super::{BadValue, ErrorList, Mend, Options, Path};
use crate::i18n::{Message, id};
use crate::k8s::Version;

/// `ValidateTolerations`.
pub fn validate_tolerations(tolerations: &[Toleration], path: &Path<'_>, opts: Options<'_>, errs: &mut ErrorList) {
    for (i, toleration) in tolerations.iter().enumerate() {
        validate_toleration(toleration, &path.index(i), opts, errs);
    }
}

fn validate_toleration(toleration: &Toleration, path: &Path<'_>, opts: Options<'_>, errs: &mut ErrorList) {
    let key = toleration.key.as_deref().unwrap_or_default();
    let operator = toleration.operator.as_deref().unwrap_or_default();
    let effect = toleration.effect.as_deref().unwrap_or_default();
    let value = toleration.value.as_deref().unwrap_or_default();
    let operator_path = path.child("operator");
    let effect_path = path.child("effect");
    let value_path = path.child("value");

    if !key.is_empty() {
        errs.invalid_each(&path.child("key"), key, is_qualified_name(key, errs.version));
    }
    if key.is_empty() && operator != "Exists" {
        let detail = "operator must be Exists when `key` is empty, which means \"match all values and all keys\"";
        let message = id::CHECK_API_TOLERATION_NO_KEY;
        let error = errs.invalid(&operator_path, BadValue::Named(operator.to_owned()), detail, message);
        // With a value, it is rather the key that was forgotten.
        if value.is_empty() {
            error.mend(Mend::set(operator_path.steps(), "Exists"));
        }
    }
    if toleration.toleration_seconds.is_some() && effect != "NoExecute" {
        let detail = "effect must be 'NoExecute' when `tolerationSeconds` is set";
        let message = id::CHECK_API_TOLERATION_SECONDS;
        errs.invalid(&effect_path, BadValue::Named(effect.to_owned()), detail, message)
            .mend(Mend::set(effect_path.steps(), "NoExecute"));
    }
    match operator {
        "Equal" | "" => {
            let faults = is_valid_label_value(value, errs.version);
            if let Some(first) = faults.first() {
                let message = first.message.clone().with("key", "value").with("value", BadValue::from(value).plain());
                let details: Vec<_> = faults.iter().map(|fault| fault.detail.as_ref()).collect();
                errs.invalid(&operator_path, value, &details.join(";"), message).at(&value_path);
            }
        }
        "Exists" => {
            if !value.is_empty() {
                let detail = "value must be empty when `operator` is 'Exists'";
                errs.invalid(&operator_path, value, detail, id::CHECK_API_TOLERATION_VALUE)
                    .at(&value_path)
                    .mend(Mend::delete(value_path.steps()));
            }
        }
        "Lt" | "Gt" if opts.version >= Version::V1_35 => {
            // Listed, and yet refused: `Gate::TaintTolerationComparisonOperators` is off in every version.
            let listed = &["Equal", "Exists", "Lt", "Gt"];
            let error = errs.not_supported(&operator_path, BadValue::Named(operator.to_owned()), listed);
            error.mends.clear();
            error.message = Message::new(id::CHECK_API_NOT_SUPPORTED)
                .with("key", "operator")
                .with("value", operator)
                .with("allowed", "Equal, Exists");
        }
        _ => {
            errs.not_supported(&operator_path, BadValue::Named(operator.to_owned()), &["Equal", "Exists"]);
        }
    }
    if !effect.is_empty() {
        validate_taint_effect(effect, &effect_path, errs);
    }
}

/// `validateTaintEffect`, which may be empty here.
fn validate_taint_effect(effect: &str, path: &Path<'_>, errs: &mut ErrorList) {
    const EFFECTS: &[&str] = &["NoSchedule", "PreferNoSchedule", "NoExecute"];
    if !EFFECTS.contains(&effect) {
        errs.not_supported(path, BadValue::Named(effect.to_owned()), EFFECTS);
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::{said, value};
    use super::*;

    #[track_caller]
    fn check(version: Version, yaml: &str, expected: &[&str]) {
        let tolerations: Vec<Toleration> = value(yaml);
        let opts = Options { version, pod: None };
        let said = said(version, |errs| validate_tolerations(&tolerations, &Path::new("t"), opts, errs));
        assert_eq!(said, expected, "{yaml}");
    }

    /// From `TestValidatePod`'s tolerations and the rules' order.
    #[test]
    fn tolerations() {
        let latest = Version::LATEST;
        check(latest, "[{operator: Exists}, {key: a, operator: Exists, effect: NoSchedule}, {key: a, value: b}]", &[]);
        check(latest, "[{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: -1}]", &[]);
        check(
            latest,
            "[{operator: Equal, value: a}]",
            &[
                "t[0].operator: Invalid value: \"Equal\": operator must be Exists when `key` is empty, which means \"match all values and all keys\"",
            ],
        );
        check(
            latest,
            "[{key: a, effect: NoSchedule, tolerationSeconds: 1}]",
            &["t[0].effect: Invalid value: \"NoSchedule\": effect must be 'NoExecute' when `tolerationSeconds` is set"],
        );
        check(
            latest,
            "[{key: a, operator: Exists, value: b}]",
            &["t[0].operator: Invalid value: \"b\": value must be empty when `operator` is 'Exists'"],
        );
        check(
            latest,
            "[{key: a, effect: nope}, {key: a, operator: exists}]",
            &[
                "t[0].effect: Unsupported value: \"nope\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\"",
                "t[1].operator: Unsupported value: \"exists\": supported values: \"Equal\", \"Exists\"",
            ],
        );
        // Two faults of the value are one error.
        let long = "-".repeat(64);
        let tolerations: Vec<Toleration> = value(&format!("[{{key: a, value: {long}}}]"));
        let opts = Options { version: latest, pod: None };
        let said = said(latest, |errs| validate_tolerations(&tolerations, &Path::new("t"), opts, errs));
        assert_eq!(said.len(), 1);
        assert!(said[0].contains("must be no more than 63 bytes;a valid label must be"), "{}", said[0]);
    }

    #[test]
    fn comparing_is_listed_since_1_35() {
        for (version, listed) in [(Version::V1_34, ""), (Version::V1_35, ", \"Lt\", \"Gt\"")] {
            let said =
                format!("t[0].operator: Unsupported value: \"Gt\": supported values: \"Equal\", \"Exists\"{listed}");
            check(version, "[{key: a, operator: Gt, value: '5'}]", &[&said]);
        }
    }
}
