use std::collections::HashSet;

use k8s_openapi::api::core::v1::{Container, ContainerRestartRule, PodSpec};

use super::{BadValue, ErrorList, Mend, Options, Path};
use crate::i18n::{Message, id};
use crate::k8s::{Gate, Version};

const MOST_RULES: usize = 20;
const MOST_EXIT_CODES: usize = 255;

fn named(text: &str) -> BadValue {
    BadValue::Named(text.to_owned())
}

/// Whether the container is a sidecar: an init container that goes on running.
pub fn is_restartable_init_container(container: &Container) -> bool {
    container.restart_policy.as_deref() == Some("Always")
}

/// `validateContainerRestartPolicy`, for a container's own policy; before the rules there was none
/// but for init containers.
pub fn validate_container_restart_policy(
    container: &Container,
    path: &Path<'_>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) {
    if opts.on(Gate::ContainerRestartRules) {
        policy_and_rules(container, path, opts, errs);
    } else if container.restart_policy.is_some() {
        let path = path.child("restartPolicy");
        errs.forbidden(&path, "may not be set for non-init containers", id::CHECK_API_RESTART_INIT_ONLY)
            .mend(Mend::delete(path.steps()));
    }
}

/// `validateInitContainerRestartPolicy`.
pub fn validate_init_container_restart_policy(
    container: &Container,
    path: &Path<'_>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) {
    let rules = container.restart_policy_rules.as_deref().unwrap_or_default();
    let Some(policy) = container.restart_policy.as_deref() else {
        // 1.34 looks at the rules only beside a policy; they are dropped there anyway.
        if !rules.is_empty() && opts.version >= Version::V1_35 {
            policy_missing(path, errs);
        }
        return;
    };
    if !opts.on(Gate::ContainerRestartRules) {
        if policy != "Always" {
            errs.not_supported(&path.child("restartPolicy"), named(policy), &["Always"]);
        }
    } else if policy != "Always" || opts.on(Gate::RestartAllContainersOnContainerExits) {
        policy_and_rules(container, path, opts, errs);
    } else if !rules.is_empty() {
        let path = path.child("restartPolicyRules");
        let detail = "restartPolicyRules are not allowed for init containers with restart policy Always";
        errs.forbidden(&path, detail, id::CHECK_API_RESTART_SIDECAR_RULES).mend(Mend::delete(path.steps()));
    }
}

fn policy_missing(path: &Path<'_>, errs: &mut ErrorList) {
    let detail = "must specify restartPolicy when restart rules are used";
    errs.required(&path.child("restartPolicy"), detail, id::CHECK_API_RESTART_POLICY_MISSING);
}

fn policy_and_rules(container: &Container, path: &Path<'_>, opts: Options<'_>, errs: &mut ErrorList) {
    let rules = container.restart_policy_rules.as_deref().unwrap_or_default();
    match container.restart_policy.as_deref() {
        None if rules.is_empty() => return,
        None => policy_missing(path, errs),
        Some("Always" | "Never" | "OnFailure") => {}
        Some(other) => {
            errs.not_supported(&path.child("restartPolicy"), named(other), &["Always", "Never", "OnFailure"]);
        }
    }
    let path = path.child("restartPolicyRules");
    too_many(rules.len(), MOST_RULES, &path, errs);
    for (i, rule) in rules.iter().enumerate() {
        validate_rule(rule, &path.index(i), opts, errs);
    }
}

fn validate_rule(rule: &ContainerRestartRule, path: &Path<'_>, opts: Options<'_>, errs: &mut ErrorList) {
    let actions: &[&str] = match opts.on(Gate::RestartAllContainersOnContainerExits) {
        true => &["Restart", "RestartAllContainers"],
        false => &["Restart"],
    };
    if !actions.contains(&rule.action.as_str()) {
        errs.not_supported(&path.child("action"), named(&rule.action), actions);
    }
    let path = path.child("exitCodes");
    let Some(codes) = &rule.exit_codes else {
        errs.missing(&path, "must be specified");
        return;
    };
    if !matches!(codes.operator.as_str(), "In" | "NotIn") {
        errs.not_supported(&path.child("operator"), named(&codes.operator), &["In", "NotIn"]);
    }
    too_many(codes.values.as_ref().map_or(0, Vec::len), MOST_EXIT_CODES, &path.child("values"), errs);
}

/// 1.35 takes the number of items for a length.
fn too_many(count: usize, most: usize, path: &Path<'_>, errs: &mut ErrorList) {
    if count <= most {
        return;
    }
    let message = Message::new(id::CHECK_API_RESTART_TOO_MANY).with("key", path.called()).with("most", most);
    if errs.version >= Version::V1_36 {
        errs.too_many(path, count, most, message);
    } else {
        errs.too_long(path, most, message);
    }
}

/// `validateResizePolicy`; only the duplicates have an index upstream.
pub fn validate_resize_policy(
    container: &Container,
    spec: &PodSpec,
    path: &Path<'_>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) {
    let never = spec.restart_policy.as_deref() == Some("Never");
    let mut resources = HashSet::new();
    for (i, policy) in container.resize_policy.iter().flatten().enumerate() {
        let item = path.index(i);
        let (resource, restart) = (policy.resource_name.as_str(), policy.restart_policy.as_str());
        let (at_resource, at_restart) = (item.child("resourceName"), item.child("restartPolicy"));
        if !resources.insert(resource) {
            let message = Message::new(id::CHECK_API_RESTART_RESIZE_TWICE).with("name", resource);
            errs.duplicate(&item, BadValue::Plain(resource.into()), message).mend(Mend::delete(item.steps()));
        }
        match resource {
            "cpu" | "memory" => {}
            "" => missing_in(path, &at_resource, errs),
            other => one_of(path, &at_resource, BadValue::Plain(other.into()), &["cpu", "memory"], errs),
        }
        match restart {
            "NotRequired" | "RestartContainer" => {}
            "" => missing_in(path, &at_restart, errs),
            other => one_of(path, &at_restart, named(other), &["NotRequired", "RestartContainer"], errs),
        }
        if never && restart != "NotRequired" {
            let detail = match opts.version >= Version::V1_36 {
                true => "must be 'NotRequired' when pod `restartPolicy` is 'Never'",
                false => "must be 'NotRequired' when `restartPolicy` is 'Never'",
            };
            errs.invalid(path, named(restart), detail, id::CHECK_API_RESTART_RESIZE_NEVER)
                .at(&at_restart)
                .mend(Mend::set(at_restart.steps(), "NotRequired"));
        }
    }
}

fn missing_in(path: &Path<'_>, real: &Path<'_>, errs: &mut ErrorList) {
    let message = Message::new(id::CHECK_API_MISSING).with("key", real.called());
    errs.required(path, "", message).at(real);
}

fn one_of(path: &Path<'_>, real: &Path<'_>, value: BadValue, allowed: &[&str], errs: &mut ErrorList) {
    // The list's own name stands in the server's words, the field's in ours.
    let message = Message::new(id::CHECK_API_NOT_SUPPORTED)
        .with("key", real.called())
        .with("value", value.plain())
        .with("allowed", allowed.join(", "));
    let meant = crate::check::nearest::nearest(&value.plain(), allowed.iter().copied()).map(str::to_owned);
    let error = errs.not_supported(path, value, allowed).at(real);
    error.mends.clear();
    error.message = message;
    if let Some(meant) = meant {
        error.mend(Mend::set(real.steps(), meant));
    }
}

/// The part of `validateInitContainers` (since 1.36) that keeps a plain init container from being restarted.
pub fn validate_init_container_resize_policy(
    container: &Container,
    path: &Path<'_>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) {
    if opts.version < Version::V1_36 || is_restartable_init_container(container) {
        return;
    }
    let path = path.child("resizePolicy");
    for (i, policy) in container.resize_policy.iter().flatten().enumerate() {
        if policy.restart_policy == "RestartContainer" {
            let item = path.index(i);
            let at = item.child("restartPolicy");
            let detail = "must not be set to 'RestartContainer' for non-sidecar initContainers";
            errs.invalid(&at, named("RestartContainer"), detail, id::CHECK_API_RESTART_RESIZE_INIT)
                .mend(Mend::set(at.steps(), "NotRequired"));
        }
    }
}
