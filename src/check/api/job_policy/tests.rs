use super::super::case::{brief, said, value};
use super::*;
use crate::k8s::Version;

#[track_caller]
fn failure(rules: &str, expected: &[&str]) {
    let policy: PodFailurePolicy = value(&format!("{{rules: {rules}}}"));
    let spec: JobSpec = value("{template: {spec: {containers: [{name: a}], initContainers: [{name: i}]}}}");
    let rule = |errs: &mut ErrorList| validate_pod_failure_policy(&policy, &spec, &Path::new("p"), errs);
    assert_eq!(brief(Version::LATEST, rule), expected, "{rules}");
}

/// From `TestValidateJob`'s failure policies.
#[test]
fn failure_policies() {
    failure("[{action: FailJob, onExitCodes: {containerName: i, operator: In, values: [1, 2]}}]", &[]);
    failure("[{action: Ignore, onPodConditions: [{type: DisruptionTarget, status: 'True'}]}]", &[]);
    failure(
        "[{action: '', onPodConditions: [{type: 'a b', status: x}]}]",
        &[
            "p.rules[0].action: Required value",
            "p.rules[0].onPodConditions[0].type: Invalid value",
            "p.rules[0].onPodConditions[0].status: Unsupported value",
        ],
    );
    failure("[{action: FailIndex}]", &["p.rules[0].action: Invalid value", "p.rules[0]: Invalid value"]);
    failure(
        "[{action: Stop, onExitCodes: {containerName: b, operator: in, values: []}}]",
        &[
            "p.rules[0].action: Unsupported value",
            "p.rules[0].onExitCodes.operator: Unsupported value",
            "p.rules[0].onExitCodes.containerName: Invalid value",
            "p.rules[0].onExitCodes.values: Invalid value",
        ],
    );
    failure(
        "[{action: Count, onExitCodes: {operator: In, values: [3, 0, 3]}, onPodConditions: [{type: a, status: Unknown}]}]",
        &[
            "p.rules[0].onExitCodes.values[1]: Invalid value",
            "p.rules[0].onExitCodes.values[2]: Duplicate value",
            "p.rules[0].onExitCodes.values: Invalid value",
            "p.rules[0]: Invalid value",
        ],
    );
    failure("[{action: Count, onExitCodes: {operator: NotIn, values: [-1, 0]}}]", &[]);
    let many: Vec<_> = (0..256).map(|n| n.to_string()).collect();
    let rule = format!("{{action: Count, onExitCodes: {{operator: NotIn, values: [{}]}}}}", many.join(", "));
    failure(&format!("[{rule}]"), &["p.rules[0].onExitCodes.values: Too many"]);
    let rule = "{action: Count, onExitCodes: {operator: In, values: [1]}},".repeat(21);
    failure(&format!("[{rule}]"), &["p.rules: Too many"]);
}

#[test]
fn failure_policies_in_the_servers_words() {
    let policy: PodFailurePolicy =
        value("{rules: [{action: '', onExitCodes: {operator: In, values: [2, 1]}}, {action: Count}]}");
    let rule = |errs: &mut ErrorList| {
        validate_pod_failure_policy(&policy, &JobSpec::default(), &Path::new("p"), errs);
    };
    assert_eq!(
        said(Version::LATEST, rule),
        [
            "p.rules[0].action: Required value: valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]",
            "p.rules[0].onExitCodes.values: Invalid value: [2,1]: must be ordered",
            "p.rules[1]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required",
        ]
    );
    assert!(said(Version::V1_33, rule)[1].contains("[]int32{2, 1}"));
}

#[track_caller]
fn success(rules: &str, expected: &[&str]) {
    let policy: SuccessPolicy = value(&format!("{{rules: {rules}}}"));
    let rule = |errs: &mut ErrorList| validate_success_policy(&policy, true, Some(5), &Path::new("p"), errs);
    assert_eq!(said(Version::LATEST, rule), expected, "{rules}");
}

/// From `TestValidateJob`'s success policies.
#[test]
fn success_policies() {
    success("[{succeededIndexes: '0,2-4', succeededCount: 4}, {succeededCount: 5}, {succeededIndexes: ''}]", &[]);
    success(
        "[]",
        &["p.rules: Required value: at least one rules must be specified when the successPolicy is specified"],
    );
    success(
        "[{}]",
        &["p.rules[0]: Required value: at least one of succeededCount or succeededIndexes must be specified"],
    );
    success(
        "[{succeededCount: 6}, {succeededIndexes: '1', succeededCount: -1}, {succeededIndexes: '1-2', succeededCount: 3}]",
        &[
            "p.rules[0].succeededCount: Invalid value: 6: must be less than or equal to 5 (the number of specified completions)",
            "p.rules[1].succeededCount: Invalid value: -1: must be greater than or equal to 0",
            "p.rules[2].succeededCount: Invalid value: 3: must be less than or equal to 2 (the number of indexes in the specified succeededIndexes field)",
        ],
    );
}

/// From `TestValidateIndexesString`.
#[test]
fn indexes() {
    let total = |text: &str| validate_indexes_format(text, 6).map_err(|(detail, _)| detail);
    for (text, expected) in [("", 0), ("0", 1), ("0,2", 2), ("1-2,4-5", 4), ("+1", 1), ("0-5", 6)] {
        assert_eq!(total(text), Ok(expected), "{text}");
    }
    for (text, expected) in [
        ("x", "cannot convert string to integer for index: \"x\""),
        ("1,", "cannot convert string to integer for index: \"\""),
        ("99999999999999999999", "cannot convert string to integer for index: \"99999999999999999999\""),
        ("6", "too large index: \"6\""),
        ("0-6", "too large index: \"6\""),
        ("2-2", "non-increasing order, previous: 2, current: 2"),
        ("1-3,3", "non-increasing order, previous: 3, current: 3"),
        (
            "1-2-3",
            "the fragment \"1-2-3\" violates the requirement that an index interval can have at most two parts separated by '-'",
        ),
    ] {
        assert_eq!(total(text), Err(expected.to_owned()), "{text}");
    }
}
