use std::collections::HashSet;

use k8s_openapi::api::batch::v1::{
    JobSpec, PodFailurePolicy, PodFailurePolicyOnExitCodesRequirement, PodFailurePolicyOnPodConditionsPattern,
    PodFailurePolicyRule, SuccessPolicy, SuccessPolicyRule,
};

use super::bad_value::quoted;
use super::content::is_qualified_name;
use super::deployment::validate_nonnegative_field;
use super::{BadValue, ErrorList, Mend, Path};
use crate::i18n::{Message, id};

const MOST_RULES: usize = 20;
const MOST_EXIT_CODES: usize = 255;
const MOST_CONDITIONS: usize = 20;
/// Among so many containers at most a name that was meant is looked for.
const MOST_NEAR: usize = 256;
const MOST_INDEXES: usize = 64 * 1024;

fn too_many(path: &Path<'_>, actual: usize, most: usize, errs: &mut ErrorList) {
    if actual > most {
        let message = Message::new(id::CHECK_API_JOB_POLICY_TOO_MANY).with("key", path.called()).with("most", most);
        errs.too_many(path, actual, most, message);
    }
}

/// A named text that must be one of a few; the empty one is said to be missing.
fn one_of(value: &str, supported: &[&str], path: &Path<'_>, errs: &mut ErrorList) {
    if value.is_empty() {
        let each: Vec<_> = supported.iter().map(|s| quoted(s)).collect();
        let message = Message::new(id::CHECK_API_NOT_SUPPORTED)
            .with("key", path.called())
            .with("value", "\"\"")
            .with("allowed", supported.join(", "));
        errs.required(path, &format!("valid values: [{}]", each.join(" ")), message);
    } else if !supported.contains(&value) {
        errs.not_supported(path, BadValue::Named(value.to_owned()), supported);
    }
}

/// `validatePodFailurePolicy`.
pub fn validate_pod_failure_policy(policy: &PodFailurePolicy, spec: &JobSpec, path: &Path<'_>, errs: &mut ErrorList) {
    let path = path.child("rules");
    too_many(&path, policy.rules.len(), MOST_RULES, errs);
    let pod = spec.template.spec.as_ref();
    let containers = pod.map(|pod| pod.containers.as_slice()).unwrap_or_default().iter();
    let inits = pod.and_then(|pod| pod.init_containers.as_deref()).unwrap_or_default().iter();
    let names: HashSet<&str> = containers.chain(inits).map(|container| container.name.as_str()).collect();
    for (i, rule) in policy.rules.iter().enumerate() {
        validate_pod_failure_policy_rule(rule, spec, &names, &path.index(i), errs);
    }
}

/// `validatePodFailurePolicyRule`.
fn validate_pod_failure_policy_rule(
    rule: &PodFailurePolicyRule,
    spec: &JobSpec,
    containers: &HashSet<&str>,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    let action = path.child("action");
    if rule.action != "FailIndex" {
        one_of(&rule.action, &["Count", "FailIndex", "FailJob", "Ignore"], &action, errs);
    } else if spec.backoff_limit_per_index.is_none() {
        let detail = "requires the backoffLimitPerIndex to be set";
        errs.invalid(&action, BadValue::Named(rule.action.clone()), detail, id::CHECK_API_JOB_POLICY_FAIL_INDEX);
    }
    let conditions = rule.on_pod_conditions.as_deref().unwrap_or_default();
    if let Some(codes) = &rule.on_exit_codes {
        validate_on_exit_codes(codes, containers, &path.child("onExitCodes"), errs);
    }
    validate_on_pod_conditions(conditions, &path.child("onPodConditions"), errs);
    match (rule.on_exit_codes.is_some(), !conditions.is_empty()) {
        (true, true) => {
            let detail = "specifying both OnExitCodes and OnPodConditions is not supported";
            errs.invalid(path, BadValue::Omit, detail, id::CHECK_API_JOB_POLICY_BOTH);
        }
        (false, false) => {
            let detail = "specifying one of OnExitCodes and OnPodConditions is required";
            errs.invalid(path, BadValue::Omit, detail, id::CHECK_API_JOB_POLICY_NEITHER);
        }
        _ => {}
    }
}

/// `validatePodFailurePolicyRuleOnPodConditions`.
fn validate_on_pod_conditions(
    patterns: &[PodFailurePolicyOnPodConditionsPattern],
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    too_many(path, patterns.len(), MOST_CONDITIONS, errs);
    for (j, pattern) in patterns.iter().enumerate() {
        let path = path.index(j);
        errs.invalid_each(&path.child("type"), &pattern.type_, is_qualified_name(&pattern.type_, errs.version));
        let status = pattern.status.as_deref().unwrap_or_default();
        one_of(status, &["False", "True", "Unknown"], &path.child("status"), errs);
    }
}

/// `validatePodFailurePolicyRuleOnExitCodes`.
fn validate_on_exit_codes(
    codes: &PodFailurePolicyOnExitCodesRequirement,
    containers: &HashSet<&str>,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    one_of(&codes.operator, &["In", "NotIn"], &path.child("operator"), errs);
    if let Some(name) = codes.container_name.as_deref().filter(|name| !containers.contains(name)) {
        let detail = "must be one of the container or initContainer names in the pod template";
        let path = path.child("containerName");
        let message = Message::new(id::CHECK_API_JOB_POLICY_CONTAINER).with("name", BadValue::from(name).plain());
        let offers_fixes = errs.offers_fixes();
        let error = errs.invalid(&path, name, detail, message);
        let meant = match containers.len() {
            1 => containers.iter().next().copied(),
            n if n > MOST_NEAR || !offers_fixes => None,
            _ => crate::check::nearest::nearest(name, containers.iter().copied()),
        };
        error.mends.extend(meant.map(|meant| Mend::set(path.steps(), meant)));
    }
    let values = codes.values.as_slice();
    let values_path = path.child("values");
    if values.is_empty() {
        let detail = "at least one value is required";
        errs.invalid(&values_path, numbers(values), detail, id::CHECK_API_JOB_POLICY_NO_CODES);
    } else {
        too_many(&values_path, values.len(), MOST_EXIT_CODES, errs);
    }
    let mut seen = HashSet::new();
    let mut previous = i32::MIN;
    let mut ordered = true;
    for (j, &code) in values.iter().enumerate() {
        let path = values_path.index(j);
        if code == 0 && codes.operator == "In" {
            let message = id::CHECK_API_JOB_POLICY_ZERO;
            errs.invalid(&path, code, "must not be 0 for the In operator", message).mend(Mend::delete(path.steps()));
        }
        if !seen.insert(code) {
            let message = Message::new(id::CHECK_API_JOB_POLICY_CODE_TWICE).with("code", code.to_string());
            errs.duplicate(&path, code, message).mend(Mend::delete(path.steps()));
        }
        ordered &= previous <= code;
        previous = code;
    }
    if !ordered {
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let mend = Mend::set(values_path.steps(), sorted).titled(id::CHECK_API_JOB_POLICY_SORT);
        errs.invalid(&values_path, numbers(values), "must be ordered", id::CHECK_API_JOB_POLICY_UNORDERED).mend(mend);
    }
}

/// `[]int32` as the server shows it.
fn numbers(values: &[i32]) -> BadValue {
    if values.is_empty() {
        return BadValue::Struct { json: serde_json::Value::Null, go: "[]int32(nil)".to_owned() };
    }
    let each: Vec<_> = values.iter().map(i32::to_string).collect();
    BadValue::Struct { json: values.into(), go: format!("[]int32{{{}}}", each.join(", ")) }
}

/// What `validateJobSpec` and `validateSuccessPolicy` say of a success policy.
pub fn validate_success_policy(
    policy: &SuccessPolicy,
    indexed: bool,
    completions: Option<i32>,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    if !indexed {
        let message = Message::new(id::CHECK_API_JOB_INDEXED_ONLY).with("key", "successPolicy");
        errs.invalid(path, success_policy_value(policy), "requires indexed completion mode", message);
        return;
    }
    let path = path.child("rules");
    if policy.rules.is_empty() {
        let detail = "at least one rules must be specified when the successPolicy is specified";
        errs.required(&path, detail, id::CHECK_API_JOB_POLICY_NO_RULES);
    }
    too_many(&path, policy.rules.len(), MOST_RULES, errs);
    for (i, rule) in policy.rules.iter().enumerate() {
        validate_success_policy_rule(rule, completions, &path.index(i), errs);
    }
}

/// `batch.SuccessPolicy` as the server shows it.
fn success_policy_value(policy: &SuccessPolicy) -> BadValue {
    let rules = policy.rules.iter();
    let json = match policy.rules.is_empty() {
        true => serde_json::Value::Null,
        false => rules
            .map(
                |r| serde_json::json!({ "SucceededIndexes": r.succeeded_indexes, "SucceededCount": r.succeeded_count }),
            )
            .collect(),
    };
    let pointer = |kind: &str, set: bool| format!("(*{kind})({})", if set { "0xc000000000" } else { "nil" });
    let each: Vec<_> = policy
        .rules
        .iter()
        .map(|r| {
            format!(
                "batch.SuccessPolicyRule{{SucceededIndexes:{}, SucceededCount:{}}}",
                pointer("string", r.succeeded_indexes.is_some()),
                pointer("int32", r.succeeded_count.is_some())
            )
        })
        .collect();
    let rules = if each.is_empty() { "(nil)".to_owned() } else { format!("{{{}}}", each.join(", ")) };
    BadValue::Struct {
        json: serde_json::json!({ "Rules": json }),
        go: format!("batch.SuccessPolicy{{Rules:[]batch.SuccessPolicyRule{rules}}}"),
    }
}

/// `validateSuccessPolicyRule`. Without completions a server crashes here; `validate_job` has said so.
fn validate_success_policy_rule(
    rule: &SuccessPolicyRule,
    completions: Option<i32>,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    if rule.succeeded_count.is_none() && rule.succeeded_indexes.is_none() {
        let detail = "at least one of succeededCount or succeededIndexes must be specified";
        errs.required(path, detail, id::CHECK_API_JOB_POLICY_EMPTY_RULE);
    }
    let Some(completions) = completions else { return };
    let mut total = 0;
    if let Some(indexes) = &rule.succeeded_indexes {
        let path = path.child("succeededIndexes");
        if indexes.len() > MOST_INDEXES {
            let message =
                Message::new(id::CHECK_API_TOO_LONG).with("key", "succeededIndexes").with("most", MOST_INDEXES);
            errs.too_long(&path, MOST_INDEXES, message);
        }
        match validate_indexes_format(indexes, completions) {
            Ok(number) => total = number,
            Err((detail, message)) => {
                errs.invalid(&path, indexes, &format!("error parsing succeededIndexes: {detail}"), message);
            }
        }
    }
    let Some(count) = rule.succeeded_count else { return };
    let path = path.child("succeededCount");
    validate_nonnegative_field(count, &path, errs);
    let at_most = |most: i32| {
        Message::new(id::CHECK_API_JOB_AT_MOST).with("key", "succeededCount").with("most", most.to_string())
    };
    if count > completions {
        let detail = format!("must be less than or equal to {completions} (the number of specified completions)");
        errs.invalid(&path, count, &detail, at_most(completions)).mend(Mend::set(path.steps(), completions));
    }
    if rule.succeeded_indexes.is_some() && count > total {
        let detail = format!(
            "must be less than or equal to {total} (the number of indexes in the specified succeededIndexes field)"
        );
        errs.invalid(&path, count, &detail, at_most(total));
    }
}

type IndexFault = (String, Message);

/// `validateIndexesFormat`: how many indexes a text such as `1,3-5` names.
fn validate_indexes_format(text: &str, completions: i32) -> Result<i32, IndexFault> {
    let mut last: Option<i32> = None;
    let mut total = 0_i32;
    if text.is_empty() {
        return Ok(0);
    }
    for interval in text.split(',') {
        let (from, to) = parse_index_interval(interval, completions)?;
        if let Some(last) = last.filter(|last| *last >= from) {
            return Err(not_increasing(last.into(), from.into()));
        }
        total = total.wrapping_add(to.wrapping_sub(from).wrapping_add(1));
        last = Some(to);
    }
    Ok(total)
}

/// `parseIndexInterval`.
fn parse_index_interval(interval: &str, completions: i32) -> Result<(i32, i32), IndexFault> {
    let mut parts = interval.split('-');
    let (from, to) = (parts.next().unwrap_or_default(), parts.next());
    if parts.next().is_some() {
        let detail = format!(
            "the fragment {} violates the requirement that an index interval can have at most two parts separated by '-'",
            quoted(interval)
        );
        let message = Message::new(id::CHECK_API_JOB_POLICY_INTERVAL).with("text", BadValue::from(interval).plain());
        return Err((detail, message));
    }
    let from = parse_index(from, completions)?;
    let Some(to) = to else { return Ok((from, from)) };
    let to = parse_index(to, completions)?;
    if from >= to {
        return Err(not_increasing(from.into(), to.into()));
    }
    Ok((from, to))
}

fn parse_index(text: &str, completions: i32) -> Result<i32, IndexFault> {
    let shown = BadValue::from(text).plain();
    let Ok(number) = text.parse::<i64>() else {
        let message = Message::new(id::CHECK_API_JOB_POLICY_INTERVAL).with("text", shown);
        return Err((format!("cannot convert string to integer for index: {}", quoted(text)), message));
    };
    match i32::try_from(number) {
        Ok(number) if number < completions => Ok(number),
        _ => {
            let most = completions.saturating_sub(1).to_string();
            let message = Message::new(id::CHECK_API_JOB_POLICY_TOO_LARGE).with("text", shown).with("most", most);
            Err((format!("too large index: {}", quoted(text)), message))
        }
    }
}

fn not_increasing(previous: i64, current: i64) -> IndexFault {
    let message = Message::new(id::CHECK_API_JOB_POLICY_INCREASING)
        .with("previous", previous.to_string())
        .with("current", current.to_string());
    (format!("non-increasing order, previous: {previous}, current: {current}"), message)
}

#[cfg(test)]
mod tests;
