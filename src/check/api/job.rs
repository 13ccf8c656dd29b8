use std::collections::BTreeMap;

use k8s_openapi::api::batch::v1::JobSpec;

use super::content::is_dns1123_label;
use super::deployment::{selector_does_not_match, validate_nonnegative_field};
use super::domain::is_domain_prefixed_path;
use super::job_policy::{validate_pod_failure_policy, validate_success_policy};
use super::label_selector::{selects, validate_label_selector};
use super::object_meta::{name_is_dns_subdomain, validate_object_meta};
use super::pod_template::validate_pod_template_spec;
use super::{BadValue, ErrorList, Mend, Path};
use crate::defaults::{Job, PLACEHOLDER_UID};
use crate::i18n::{Id, Message, id};

const MOST_PARALLEL: i32 = 100_000;
const MOST_FAILED: i32 = 100_000;
/// Above so many completions, less is allowed elsewhere.
const MANY_COMPLETIONS: i32 = 100_000;
const MOST_WITH_MANY: i32 = 10_000;
const MOST_MANAGED_BY: usize = 63;

/// The labels that the server gives a Job's pods (`batch.LegacyControllerUidLabel` and so on).
const LEGACY_UID: &str = "controller-uid";
const LEGACY_NAME: &str = "job-name";
const UID: &str = "batch.kubernetes.io/controller-uid";
const NAME: &str = "batch.kubernetes.io/job-name";

/// `ValidateJobCreate`.
pub fn validate_job(job: &Job, errs: &mut ErrorList) {
    let default = JobSpec::default();
    let spec = job.spec.as_ref().unwrap_or(&default);
    validate_object_meta(&job.metadata, name_is_dns_subdomain, &Path::new("metadata"), errs);
    validate_generated_selector(job, spec, errs);
    validate_job_spec(spec, &Path::new("spec"), errs);
    validate_name_allows_completions(job, spec, errs);
}

fn is_indexed(spec: &JobSpec) -> bool {
    spec.completion_mode.as_deref() == Some("Indexed")
}

/// `validateNameAllowsCompletions`.
fn validate_name_allows_completions(job: &Job, spec: &JobSpec, errs: &mut ErrorList) {
    let Some(completions) = spec.completions.filter(|n| *n > 0 && is_indexed(spec)) else { return };
    let name = job.metadata.name.as_deref().unwrap_or_default();
    let host = format!("{name}-{}", completions - 1);
    if is_dns1123_label(&host).is_empty() {
        return;
    }
    let detail = format!("will not able to create pod with invalid DNS label: {host}");
    let message = Message::new(id::CHECK_API_JOB_POD_NAME).with("name", BadValue::from(host.as_str()).plain());
    errs.invalid(&Path::new("metadata").child("name"), name, &detail, message);
}

/// `validateGeneratedSelector`.
fn validate_generated_selector(job: &Job, spec: &JobSpec, errs: &mut ErrorList) {
    if spec.manual_selector == Some(true) || spec.selector.is_none() {
        return;
    }
    // The server has given it one by now.
    let uid = job.metadata.uid.as_deref().unwrap_or(PLACEHOLDER_UID);
    let name = job.metadata.name.as_deref().unwrap_or_default();
    let expected = [(LEGACY_UID, uid), (LEGACY_NAME, name), (UID, uid), (NAME, name)];
    for (label, value) in expected {
        validate_has_label(spec, label, value, errs);
    }
    let expected: BTreeMap<String, String> =
        expected.into_iter().map(|(label, value)| (label.to_owned(), value.to_owned())).collect();
    if selects(spec.selector.as_ref(), Some(&expected)) == Some(false)
        && let Some(selector) = &spec.selector
    {
        let path = Path::new("spec");
        let path = path.child("selector");
        errs.invalid(&path, selector, "`selector` not auto-generated", id::CHECK_API_JOB_OWN_SELECTOR)
            .mend(Mend::delete(path.steps()));
    }
}

/// `ValidateHasLabel`.
fn validate_has_label(spec: &JobSpec, label: &str, expected: &str, errs: &mut ErrorList) {
    let labels = spec.template.metadata.as_ref().and_then(|meta| meta.labels.as_ref());
    let actual = labels.and_then(|labels| labels.get(label));
    if actual.is_some_and(|actual| actual == expected) {
        return;
    }
    let path = Path::new("spec");
    let path = path.child("template");
    let path = path.child("metadata");
    let path = path.child("labels");
    let path = path.key(label);
    let detail = format!("must be '{expected}'");
    let message = Message::new(id::CHECK_API_JOB_OWN_LABEL).with("label", label);
    if actual.is_none() {
        errs.required(&path, &detail, message);
        return;
    }
    let value = BadValue::Map(labels.map(|l| l.iter().map(|(k, v)| (k.clone(), v.clone())).collect()));
    errs.invalid(&path, value, &detail, message).mend(Mend::delete(path.steps()));
}

/// `ValidateJobSpec`.
fn validate_job_spec(spec: &JobSpec, path: &Path<'_>, errs: &mut ErrorList) {
    validate_job_spec_without_selector(spec, path, errs);
    let selector_path = path.child("selector");
    match &spec.selector {
        None => {
            errs.required(&selector_path, "", id::CHECK_API_JOB_SELECTOR_NEEDED);
        }
        Some(selector) => validate_label_selector(Some(selector), &selector_path, errs),
    }
    let labels = spec.template.metadata.as_ref().and_then(|meta| meta.labels.as_ref());
    if selects(spec.selector.as_ref(), labels) == Some(false) {
        selector_does_not_match(spec.selector.as_ref(), &spec.template, &path.child("template"), errs);
    }
}

/// `validateJobSpec`; `spec.scheduling` is dropped before in every version, so it has no rules here.
fn validate_job_spec_without_selector(spec: &JobSpec, path: &Path<'_>, errs: &mut ErrorList) {
    let numbers: [(&str, Option<i64>); 7] = [
        ("parallelism", spec.parallelism.map(i64::from)),
        ("completions", spec.completions.map(i64::from)),
        ("activeDeadlineSeconds", spec.active_deadline_seconds),
        ("backoffLimit", spec.backoff_limit.map(i64::from)),
        ("ttlSecondsAfterFinished", spec.ttl_seconds_after_finished.map(i64::from)),
        ("backoffLimitPerIndex", spec.backoff_limit_per_index.map(i64::from)),
        ("maxFailedIndexes", spec.max_failed_indexes.map(i64::from)),
    ];
    for (name, number) in numbers {
        validate_nonnegative_field(number.unwrap_or_default(), &path.child(name), errs);
    }
    if spec.max_failed_indexes.is_some() && spec.backoff_limit_per_index.is_none() {
        let path = path.child("backoffLimitPerIndex");
        errs.required(&path, "when maxFailedIndexes is specified", id::CHECK_API_JOB_PER_INDEX_NEEDED);
    }
    if let Some(manager) = &spec.managed_by {
        let path = path.child("managedBy");
        is_domain_prefixed_path(manager, &path, errs);
        if manager.len() > MOST_MANAGED_BY {
            let message = Message::new(id::CHECK_API_TOO_LONG).with("key", "managedBy").with("most", MOST_MANAGED_BY);
            errs.too_long(&path, MOST_MANAGED_BY, message);
        }
    }
    validate_completion_mode(spec, path, errs);
    if let Some(policy) = &spec.pod_failure_policy {
        validate_pod_failure_policy(policy, spec, &path.child("podFailurePolicy"), errs);
    }
    if let Some(policy) = &spec.success_policy {
        let path = path.child("successPolicy");
        validate_success_policy(policy, is_indexed(spec), spec.completions, &path, errs);
    }
    validate_pod_replacement_policy(spec, &path.child("podReplacementPolicy"), errs);
    let template_path = path.child("template");
    validate_pod_template_spec(&spec.template, &template_path, errs);
    validate_restart_policy(spec, &template_path.child("spec").child("restartPolicy"), errs);
}

fn at_most(value: i32, most: i32, name: &str, detail: &str, path: &Path<'_>, errs: &mut ErrorList) {
    if value > most {
        let message = Message::new(id::CHECK_API_JOB_AT_MOST).with("key", name).with("most", most.to_string());
        errs.invalid(&path.child(name), value, &format!("must be less than or equal to {detail}"), message);
    }
}

/// The part of `validateJobSpec` about how the completions are counted.
fn validate_completion_mode(spec: &JobSpec, path: &Path<'_>, errs: &mut ErrorList) {
    let mode = spec.completion_mode.as_deref();
    if let Some(mode) = mode.filter(|mode| !matches!(*mode, "NonIndexed" | "Indexed")) {
        let path = path.child("completionMode");
        errs.not_supported(&path, BadValue::Named(mode.to_owned()), &["NonIndexed", "Indexed"]);
    }
    if mode == Some("Indexed") {
        validate_indexed(spec, path, errs);
    }
    if matches!(mode, None | Some("NonIndexed")) {
        let limits =
            [("backoffLimitPerIndex", spec.backoff_limit_per_index), ("maxFailedIndexes", spec.max_failed_indexes)];
        for (name, limit) in limits {
            if let Some(limit) = limit {
                let message = Message::new(id::CHECK_API_JOB_INDEXED_ONLY).with("key", name);
                errs.invalid(&path.child(name), limit, "requires indexed completion mode", message);
            }
        }
    }
}

fn validate_indexed(spec: &JobSpec, path: &Path<'_>, errs: &mut ErrorList) {
    if spec.completions.is_none() {
        let message = if crashes(spec) { id::CHECK_API_JOB_CRASH } else { id::CHECK_API_JOB_COMPLETIONS_NEEDED };
        errs.required(&path.child("completions"), "when completion mode is Indexed", message);
    }
    if let Some(parallelism) = spec.parallelism {
        let detail = format!("{MOST_PARALLEL} when completion mode is Indexed");
        at_most(parallelism, MOST_PARALLEL, "parallelism", &detail, path, errs);
    }
    if let Some(failed) = spec.max_failed_indexes {
        if let Some(completions) = spec.completions {
            at_most(failed, completions, "maxFailedIndexes", "completions", path, errs);
        }
        at_most(failed, MOST_FAILED, "maxFailedIndexes", &MOST_FAILED.to_string(), path, errs);
    }
    let many = spec.completions.is_some_and(|n| n > MANY_COMPLETIONS);
    if many && spec.backoff_limit_per_index.is_some() {
        let detail = format!(
            "{MOST_WITH_MANY} when completions are above {MANY_COMPLETIONS} and used with backoff limit per index"
        );
        if spec.max_failed_indexes.is_none() {
            let detail = format!("must be specified when completions is above {MANY_COMPLETIONS}");
            let path = path.child("maxFailedIndexes");
            errs.required(&path, &detail, id::CHECK_API_JOB_MAX_FAILED_NEEDED);
        }
        if let Some(parallelism) = spec.parallelism {
            at_most(parallelism, MOST_WITH_MANY, "parallelism", &detail, path, errs);
        }
        if let Some(failed) = spec.max_failed_indexes {
            at_most(failed, MOST_WITH_MANY, "maxFailedIndexes", &detail, path, errs);
        }
    }
}

/// Whether a server ends the connection without an answer: it looks at `completions`, which is not there.
fn crashes(spec: &JobSpec) -> bool {
    let policy = spec.success_policy.as_ref();
    policy.is_some_and(|p| p.rules.iter().any(|r| r.succeeded_count.is_some() || r.succeeded_indexes.is_some()))
}

/// `validatePodReplacementPolicy`.
fn validate_pod_replacement_policy(spec: &JobSpec, path: &Path<'_>, errs: &mut ErrorList) {
    let Some(policy) = spec.pod_replacement_policy.as_deref() else { return };
    let supported: &[&str] =
        if spec.pod_failure_policy.is_some() { &["Failed"] } else { &["Failed", "TerminatingOrFailed"] };
    if !supported.contains(&policy) {
        let error = errs.not_supported(path, BadValue::Named(policy.to_owned()), supported);
        if let [only] = supported {
            error.mends = vec![Mend::set(path.steps(), *only)];
        }
    }
}

/// The end of `validateJobSpec`.
fn validate_restart_policy(spec: &JobSpec, path: &Path<'_>, errs: &mut ErrorList) {
    let pod = spec.template.spec.as_ref();
    let policy = pod.and_then(|pod| pod.restart_policy.as_deref()).unwrap_or_default();
    let never = || Mend::set(path.steps(), "Never");
    match policy {
        "" | "Always" => {
            let detail = "valid values: \"OnFailure\", \"Never\"";
            let message: Id = id::CHECK_API_JOB_RESTART_POLICY;
            errs.required(path, detail, message).mend(never());
        }
        "Never" => {}
        "OnFailure" => {
            if spec.pod_failure_policy.is_some() {
                let detail = "only \"Never\" is supported when podFailurePolicy is specified";
                let message = id::CHECK_API_JOB_NEVER_ONLY;
                errs.invalid(path, BadValue::Named(policy.to_owned()), detail, message).mend(never());
            }
        }
        _ => {
            errs.not_supported(path, BadValue::Named(policy.to_owned()), &["OnFailure", "Never"]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::{brief, said, value};
    use super::*;
    use crate::k8s::Version;

    /// A Job as it is once the server has made its labels and its selector.
    fn job(spec: &str) -> Job {
        let labels =
            "batch.kubernetes.io/controller-uid: u, batch.kubernetes.io/job-name: a, controller-uid: u, job-name: a";
        value(&format!(
            "{{metadata: {{name: a, namespace: b, uid: u}}, spec: {{manualSelector: false, selector: {{matchLabels: {{batch.kubernetes.io/controller-uid: u}}}}, template: {{metadata: {{labels: {{{labels}}}}}, spec: {{restartPolicy: Never, dnsPolicy: ClusterFirst, terminationGracePeriodSeconds: 30, containers: [{{name: a, image: b, imagePullPolicy: Always, terminationMessagePolicy: File}}]}}}}{}{spec}}}}}",
            if spec.is_empty() { "" } else { ", " }
        ))
    }

    #[track_caller]
    fn check(job: &Job, expected: &[&str]) {
        assert_eq!(brief(Version::LATEST, |errs| validate_job(job, errs)), expected);
    }

    /// From `TestValidateJob`.
    #[test]
    fn specs() {
        for (spec, expected) in [
            ("", vec![]),
            (
                "completionMode: Indexed, completions: 2, parallelism: 2, backoffLimitPerIndex: 1, maxFailedIndexes: 2",
                vec![],
            ),
            (
                "parallelism: -1, completions: -1, activeDeadlineSeconds: -1, backoffLimit: -1, ttlSecondsAfterFinished: -1",
                vec![
                    "spec.parallelism: Invalid value",
                    "spec.completions: Invalid value",
                    "spec.activeDeadlineSeconds: Invalid value",
                    "spec.backoffLimit: Invalid value",
                    "spec.ttlSecondsAfterFinished: Invalid value",
                ],
            ),
            (
                "maxFailedIndexes: 1",
                vec!["spec.backoffLimitPerIndex: Required value", "spec.maxFailedIndexes: Invalid value"],
            ),
            (
                "completionMode: Indexed, parallelism: 100001",
                vec!["spec.completions: Required value", "spec.parallelism: Invalid value"],
            ),
            (
                "completionMode: Indexed, completions: 100001, parallelism: 10001, backoffLimitPerIndex: 1",
                vec!["spec.maxFailedIndexes: Required value", "spec.parallelism: Invalid value"],
            ),
            (
                "completionMode: Indexed, completions: 100001, parallelism: 1, backoffLimitPerIndex: 1, maxFailedIndexes: 100002",
                vec![
                    "spec.maxFailedIndexes: Invalid value",
                    "spec.maxFailedIndexes: Invalid value",
                    "spec.maxFailedIndexes: Invalid value",
                ],
            ),
            ("completionMode: x, backoffLimitPerIndex: 1", vec!["spec.completionMode: Unsupported value"]),
            ("managedBy: ''", vec!["spec.managedBy: Required value"]),
            ("managedBy: a", vec!["spec.managedBy: Invalid value"]),
            ("managedBy: A_/a b", vec!["spec.managedBy: Invalid value", "spec.managedBy: Invalid value"]),
            ("managedBy: example.com/controller", vec![]),
            ("podReplacementPolicy: x", vec!["spec.podReplacementPolicy: Unsupported value"]),
            (
                "podReplacementPolicy: TerminatingOrFailed, podFailurePolicy: {rules: []}",
                vec!["spec.podReplacementPolicy: Unsupported value"],
            ),
            ("successPolicy: {rules: []}", vec!["spec.successPolicy: Invalid value"]),
            // Here the server itself would break off.
            (
                "completionMode: Indexed, parallelism: 0, successPolicy: {rules: [{succeededCount: 1}]}",
                vec!["spec.completions: Required value"],
            ),
        ] {
            check(&job(spec), &expected);
        }
        let long = format!("managedBy: example.com/{}", "a".repeat(60));
        check(&job(&long), &["spec.managedBy: Too long"]);
    }

    #[test]
    fn restart_policies() {
        for (policy, with_failure_policy, expected) in [
            ("Never", true, None),
            ("OnFailure", false, None),
            (
                "OnFailure",
                true,
                Some("Invalid value: \"OnFailure\": only \"Never\" is supported when podFailurePolicy is specified"),
            ),
            ("Always", true, Some("Required value: valid values: \"OnFailure\", \"Never\"")),
            ("x", true, Some("Unsupported value: \"x\": supported values: \"OnFailure\", \"Never\"")),
        ] {
            let mut job = job(if with_failure_policy { "podFailurePolicy: {rules: []}" } else { "" });
            let spec = job.spec.as_mut().unwrap();
            spec.template.spec.as_mut().unwrap().restart_policy = Some(policy.to_owned());
            let said = said(Version::LATEST, |errs| validate_restart_policy(spec, &Path::new("p"), errs));
            assert_eq!(said, expected.map(|said| format!("p: {said}")).into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn names_leave_room_for_the_index() {
        let mut job = job("completionMode: Indexed, completions: 11, parallelism: 1");
        for (length, fits) in [(60, true), (61, false)] {
            let name = "a".repeat(length);
            job.metadata.name = Some(name.clone());
            let spec = job.spec.clone().unwrap();
            let said = said(Version::LATEST, |errs| validate_name_allows_completions(&job, &spec, errs));
            let sentence = format!(
                "metadata.name: Invalid value: \"{name}\": will not able to create pod with invalid DNS label: {name}-10"
            );
            assert_eq!(said, if fits { vec![] } else { vec![sentence] });
        }
    }

    /// From `TestValidateJob`: labels and selectors that were not generated.
    #[test]
    fn generated_labels_and_selector() {
        let mut other = job("");
        let spec = other.spec.as_mut().unwrap();
        let labels = spec.template.metadata.as_mut().unwrap().labels.as_mut().unwrap();
        labels.insert("job-name".into(), "x".into());
        check(&other, &["spec.template.metadata.labels[job-name]: Invalid value"]);
        let spec = other.spec.as_mut().unwrap();
        spec.selector = Some(value("{matchLabels: {a: b}}"));
        check(
            &other,
            &[
                "spec.template.metadata.labels[job-name]: Invalid value",
                "spec.selector: Invalid value",
                "spec.template.metadata.labels: Invalid value",
            ],
        );
        let spec = other.spec.as_mut().unwrap();
        spec.manual_selector = Some(true);
        check(&other, &["spec.template.metadata.labels: Invalid value"]);
        let spec = other.spec.as_mut().unwrap();
        spec.selector = None;
        check(&other, &["spec.selector: Required value", "spec.template.metadata.labels: Invalid value"]);
    }

    #[test]
    fn fixes_help() {
        let head = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec:\n";
        for (spec, fixes) in [
            (
                "  selector:\n    matchLabels: {a: b}\n  template:\n    metadata:\n      labels: {job-name: b}\n    spec:\n      containers:\n      - name: a\n        image: b\n",
                4,
            ),
            (
                "  podReplacementPolicy: TerminatingOrFailed\n  podFailurePolicy:\n    rules:\n    - action: Ignored\n      onExitCodes:\n        containerName: b\n        operator: in\n        values: [3, 1, 1]\n  template:\n    spec:\n      restartPolicy: OnFailure\n      containers:\n      - name: a\n        image: b\n",
                7,
            ),
        ] {
            super::super::case::assert_fixes_help(&format!("{head}{spec}"), fixes);
        }
    }
}
