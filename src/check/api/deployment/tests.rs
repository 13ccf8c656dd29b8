use super::super::case::{brief, said, value};
use super::*;
use crate::k8s::Version;

const TEMPLATE: &str = "template: {metadata: {labels: {app: a}}, spec: {restartPolicy: Always, dnsPolicy: ClusterFirst, terminationGracePeriodSeconds: 30, containers: [{name: a, image: b, imagePullPolicy: Always, terminationMessagePolicy: File}]}}";
const ROLLING: &str = "strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}";

fn deployment(spec: &str) -> Deployment {
    value(&format!("{{metadata: {{name: a, namespace: b}}, spec: {{{spec}}}}}"))
}

/// From `TestValidateDeployment`, field by field.
#[test]
fn specs() {
    let selector = "selector: {matchLabels: {app: a}}";
    for (spec, expected) in [
        (format!("{selector}, {TEMPLATE}, {ROLLING}"), vec![]),
        (
            format!("{TEMPLATE}, {ROLLING}"),
            vec!["spec.selector: Required value", "spec.template.metadata.labels: Invalid value"],
        ),
        (format!("selector: {{matchLabels: {{}}}}, {TEMPLATE}, {ROLLING}"), vec!["spec.selector: Invalid value"]),
        (
            format!("selector: {{matchLabels: {{app: b}}}}, {TEMPLATE}, {ROLLING}"),
            vec!["spec.template.metadata.labels: Invalid value"],
        ),
        (
            format!(
                "replicas: -1, minReadySeconds: -1, revisionHistoryLimit: -1, progressDeadlineSeconds: -1, {selector}, {TEMPLATE}, {ROLLING}"
            ),
            vec![
                "spec.replicas: Invalid value",
                "spec.minReadySeconds: Invalid value",
                "spec.revisionHistoryLimit: Invalid value",
                "spec.progressDeadlineSeconds: Invalid value",
                "spec.progressDeadlineSeconds: Invalid value",
            ],
        ),
        (
            format!("minReadySeconds: 600, progressDeadlineSeconds: 600, {selector}, {TEMPLATE}, {ROLLING}"),
            vec!["spec.progressDeadlineSeconds: Invalid value"],
        ),
        (
            format!("{selector}, {TEMPLATE}, strategy: {{type: Recreate, rollingUpdate: {{}}}}")
                .replace("restartPolicy: Always", "restartPolicy: Never, activeDeadlineSeconds: 1"),
            vec![
                "spec.template.spec.restartPolicy: Unsupported value",
                "spec.template.spec.activeDeadlineSeconds: Forbidden",
                "spec.strategy.rollingUpdate: Forbidden",
            ],
        ),
    ] {
        let deployment = deployment(&spec);
        assert_eq!(brief(Version::LATEST, |errs| validate_deployment(&deployment, errs)), expected, "{spec}");
    }
}

#[test]
fn strategies() {
    for (yaml, expected) in [
        ("{type: Recreate}", vec![]),
        ("{type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 100%}}", vec![]),
        (
            "{type: RollingUpdate, rollingUpdate: {maxSurge: 200%, maxUnavailable: 101%}}",
            vec!["s.rollingUpdate.maxUnavailable: Invalid value: \"101%\": must not be greater than 100%"],
        ),
        (
            "{type: RollingUpdate, rollingUpdate: {maxSurge: 0%, maxUnavailable: 0}}",
            vec!["s.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0"],
        ),
        // What cannot be read counts as 0, what is a number without % does not.
        (
            "{type: RollingUpdate, rollingUpdate: {maxSurge: x, maxUnavailable: '5'}}",
            vec![
                "s.rollingUpdate.maxUnavailable: Invalid value: \"5\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
                "s.rollingUpdate.maxSurge: Invalid value: \"x\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
            ],
        ),
        (
            "{type: RollingUpdate, rollingUpdate: {maxSurge: -1, maxUnavailable: 99999999999999999999%}}",
            vec![
                "s.rollingUpdate.maxSurge: Invalid value: -1: must be greater than or equal to 0",
                "s.rollingUpdate.maxUnavailable: Invalid value: \"99999999999999999999%\": must not be greater than 100%",
            ],
        ),
        (
            "{type: recreate, rollingUpdate: {maxSurge: 1}}",
            vec![
                "s: Unsupported value: {\"Type\":\"recreate\",\"RollingUpdate\":{\"MaxUnavailable\":0,\"MaxSurge\":1}}: supported values: \"Recreate\", \"RollingUpdate\"",
            ],
        ),
    ] {
        let strategy: DeploymentStrategy = value(yaml);
        let rule = |errs: &mut ErrorList| validate_deployment_strategy(&strategy, &Path::new("s"), errs);
        assert_eq!(said(Version::LATEST, rule), expected, "{yaml}");
    }
    let strategy: DeploymentStrategy = value("{type: x}");
    let old = said(Version::V1_33, |errs| validate_deployment_strategy(&strategy, &Path::new("s"), errs));
    assert!(old[0].contains("apps.DeploymentStrategy{Type:\"x\", RollingUpdate:(*apps.RollingUpdateDeployment)(nil)}"));
}

#[test]
fn rolling_back_by_annotation() {
    let mut deployment = deployment(&format!("selector: {{matchLabels: {{app: a}}}}, {TEMPLATE}, {ROLLING}"));
    let mut with = |text: &str| {
        deployment.metadata.annotations = Some([(ROLLBACK_TO.to_owned(), text.to_owned())].into());
        brief(Version::LATEST, |errs| validate_deployment(&deployment, errs))
    };
    assert_eq!(with("1"), [""; 0]);
    assert_eq!(with(""), [""; 0]);
    assert_eq!(with("-1"), ["spec.rollback.version: Invalid value"]);
    assert_eq!(
        with("x"),
        [
            "metadata.annotations[deprecated.deployment.rollback.to]: Deployment in version \"v1\" cannot be handled as a Deployment"
        ]
    );
}

#[test]
fn a_selector_as_each_version_shows_it() {
    let selector: LabelSelector =
        value("{matchLabels: {a: b}, matchExpressions: [{key: c, operator: In, values: [d]}]}");
    let shown = |version| BadValue::from(&selector).shown(version).unwrap_or_default();
    assert_eq!(
        shown(Version::V1_34),
        r#"{"matchLabels":{"a":"b"},"matchExpressions":[{"key":"c","operator":"In","values":["d"]}]}"#
    );
    assert_eq!(
        shown(Version::V1_33),
        r#"v1.LabelSelector{MatchLabels:map[string]string{"a":"b"}, MatchExpressions:[]v1.LabelSelectorRequirement{v1.LabelSelectorRequirement{Key:"c", Operator:"In", Values:[]string{"d"}}}}"#
    );
}

/// The fix leads to a text whose selector takes the template.
#[test]
fn the_selectors_labels_are_added() {
    let document = crate::yaml::Document::read(
        "spec:\n  selector:\n    matchLabels:\n      app: a\n      tier: b\n  template:\n    metadata:\n      labels:\n        app: a\n",
    );
    let deployment: Deployment = serde_json::from_value(document.to_json().unwrap()).unwrap();
    let mut errs = ErrorList::new(Version::LATEST);
    let selector = Some(&deployment.spec.selector);
    selector_does_not_match(selector, &deployment.spec.template, &Path::new("spec").child("template"), &mut errs);
    let fix = errs.since(0)[0].mends[0].fix(&document, &[]).unwrap();
    let text = crate::text::Change::apply_all(document.text(), &fix.changes);
    assert!(text.ends_with("labels:\n        app: a\n        tier: b\n"), "{text}");
}

#[test]
fn fixes_help() {
    let head = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n";
    let pod = "    spec:\n      containers:\n      - name: a\n        image: b\n";
    for (spec, fixes) in [
        (format!("  template:\n    metadata:\n      labels: {{a: b}}\n{pod}"), 1),
        (format!("  selector: {{}}\n  template:\n    metadata:\n      labels: {{a: b}}\n{pod}"), 1),
        (
            format!(
                "  selector:\n    matchLabels:\n      a: b\n  template:\n{pod}      restartPolicy: Never\n      activeDeadlineSeconds: 1\n"
            ),
            3,
        ),
        (
            format!(
                "  selector:\n    matchLabels: {{a: b}}\n  strategy:\n    type: recreate\n  template:\n    metadata:\n      labels: {{a: b}}\n{pod}"
            ),
            1,
        ),
        (
            format!(
                "  selector:\n    matchLabels: {{a: b}}\n  strategy:\n    rollingUpdate: {{maxSurge: '5', maxUnavailable: 101%}}\n  template:\n    metadata:\n      labels: {{a: b}}\n{pod}"
            ),
            2,
        ),
    ] {
        super::super::case::assert_fixes_help(&format!("{head}{spec}"), fixes);
    }
}
