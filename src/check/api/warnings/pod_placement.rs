//! Warnings about where a Pod may run: labels of nodes, selectors of Pods (`pkg/api/node/util.go`).

use k8s_openapi::api::core::v1::{NodeSelectorTerm, PodAffinityTerm, PodSpec};

use crate::check::api::{Mend, Path, Warning, content};
use crate::i18n::{Message, id};
use crate::k8s::Version;

/// Old labels of nodes, what the server says of them, and what took their place (`deprecatedNodeLabels`).
const LABELS: [(&str, &str, Option<&str>); 8] = [
    (
        "beta.kubernetes.io/arch",
        "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
        Some("kubernetes.io/arch"),
    ),
    ("beta.kubernetes.io/os", "deprecated since v1.14; use \"kubernetes.io/os\" instead", Some("kubernetes.io/os")),
    (
        "failure-domain.beta.kubernetes.io/region",
        "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
        Some("topology.kubernetes.io/region"),
    ),
    (
        "failure-domain.beta.kubernetes.io/zone",
        "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
        Some("topology.kubernetes.io/zone"),
    ),
    (
        "beta.kubernetes.io/instance-type",
        "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
        Some("node.kubernetes.io/instance-type"),
    ),
    ("app.kubernetes.io/created-by", "deprecated since v1.9", None),
    (
        "scheduler.alpha.kubernetes.io/preferAvoidPods",
        "deprecated since v1.22; use Taints and Tolerations instead",
        None,
    ),
    (
        "node-role.kubernetes.io/master",
        "use \"node-role.kubernetes.io/control-plane\" instead",
        Some("node-role.kubernetes.io/control-plane"),
    ),
];

fn old_label(label: &str) -> Option<(&'static str, Option<&'static str>, Message)> {
    let (_, text, new) = LABELS.iter().find(|(old, ..)| *old == label)?;
    let message = match new {
        Some(new) => Message::new(id::CHECK_API_WARNINGS_OLD_LABEL).with("value", label).with("new", *new),
        None => Message::new(id::CHECK_API_WARNINGS_LABEL_GONE).with("value", label),
    };
    Some((text, *new, message))
}

/// A field that holds an old label.
fn warn_old_label(label: &str, path: &Path<'_>, warnings: &mut Vec<Warning>) {
    let Some((text, new, message)) = old_label(label) else { return };
    let warning = Warning::new(path, format!("{}: {label} is {text}", path.field()), message);
    warnings.push(match new {
        Some(new) => warning.mend(Mend::set(path.steps(), new)),
        None => warning,
    });
}

/// Node selector, node affinity and spreading; `path` is the Pod's or template's `spec`.
pub fn warn_placement(spec: &PodSpec, path: &Path<'_>, version: Version, warnings: &mut Vec<Warning>) {
    let selector_path = path.child("nodeSelector");
    for key in spec.node_selector.iter().flatten().map(|(key, _)| key) {
        let Some((text, new, message)) = old_label(key) else { continue };
        let at = selector_path.key(key);
        let warning = Warning::new(&at, format!("{}: {text}", at.field()), message);
        let free = new.filter(|new| spec.node_selector.as_ref().is_none_or(|labels| !labels.contains_key(*new)));
        warnings.push(match free {
            Some(new) => warning.mend(Mend::rename(at.steps(), new)),
            None => warning,
        });
    }
    if let Some(affinity) = spec.affinity.as_ref().and_then(|affinity| affinity.node_affinity.as_ref()) {
        let above = path.child("affinity");
        let above = above.child("nodeAffinity");
        let required = above.child("requiredDuringSchedulingIgnoredDuringExecution");
        let terms = required.child("nodeSelectorTerms");
        if let Some(selector) = &affinity.required_during_scheduling_ignored_during_execution {
            for (i, term) in selector.node_selector_terms.iter().enumerate() {
                get_warnings_for_node_selector_term(term, false, &terms.index(i), version, warnings);
            }
        }
        let preferred = above.child("preferredDuringSchedulingIgnoredDuringExecution");
        for (i, term) in affinity.preferred_during_scheduling_ignored_during_execution.iter().flatten().enumerate() {
            let at = preferred.index(i);
            get_warnings_for_node_selector_term(&term.preference, true, &at.child("preference"), version, warnings);
        }
    }
    let constraints = path.child("topologySpreadConstraints");
    for (i, constraint) in spec.topology_spread_constraints.iter().flatten().enumerate() {
        let at = constraints.index(i);
        warn_old_label(&constraint.topology_key, &at.child("topologyKey"), warnings);
        if constraint.label_selector.is_none() {
            warn_no_selector(&at, warnings);
        }
    }
}

/// `GetWarningsForNodeSelectorTerm`; values are looked at where the server does not refuse them.
fn get_warnings_for_node_selector_term(
    term: &NodeSelectorTerm,
    values: bool,
    path: &Path<'_>,
    version: Version,
    warnings: &mut Vec<Warning>,
) {
    let expressions = path.child("matchExpressions");
    for (i, expression) in term.match_expressions.iter().flatten().enumerate() {
        let at = expressions.index(i);
        warn_old_label(&expression.key, &at.child("key"), warnings);
        let list = at.child("values");
        for (i, value) in expression.values.iter().flatten().enumerate().filter(|_| values) {
            for fault in content::is_valid_label_value(value, version) {
                let at = list.index(i);
                let text = format!("{}: {value} is invalid, {}", at.field(), fault.detail);
                let message = fault.message.with("key", at.called()).with("value", value.as_str());
                warnings.push(Warning::new(&at, text, message));
            }
        }
    }
}

/// Affinity to Pods and away from them; `path` is the Pod's or template's `spec`.
pub fn warn_pod_affinity(spec: &PodSpec, path: &Path<'_>, warnings: &mut Vec<Warning>) {
    let Some(affinity) = &spec.affinity else { return };
    let above = path.child("affinity");
    let (to, away) = (affinity.pod_affinity.as_ref(), affinity.pod_anti_affinity.as_ref());
    let groups = [
        (
            "podAffinity",
            to.and_then(|a| a.required_during_scheduling_ignored_during_execution.as_deref()),
            to.and_then(|a| a.preferred_during_scheduling_ignored_during_execution.as_deref()),
        ),
        (
            "podAntiAffinity",
            away.and_then(|a| a.required_during_scheduling_ignored_during_execution.as_deref()),
            away.and_then(|a| a.preferred_during_scheduling_ignored_during_execution.as_deref()),
        ),
    ];
    let unselected = |term: &PodAffinityTerm| term.label_selector.is_none();
    for (name, required, preferred) in groups {
        let above = above.child(name);
        let list = above.child("requiredDuringSchedulingIgnoredDuringExecution");
        for (i, _) in required.unwrap_or_default().iter().enumerate().filter(|(_, term)| unselected(term)) {
            warn_no_selector(&list.index(i), warnings);
        }
        let list = above.child("preferredDuringSchedulingIgnoredDuringExecution");
        let terms = preferred.unwrap_or_default().iter().enumerate();
        for (i, _) in terms.filter(|(_, term)| unselected(&term.pod_affinity_term)) {
            warn_no_selector(&list.index(i).child("podAffinityTerm"), warnings);
        }
    }
}

fn warn_no_selector(path: &Path<'_>, warnings: &mut Vec<Warning>) {
    let at = path.child("labelSelector");
    let text = format!("{}: a null labelSelector results in matching no pod", at.field());
    warnings.push(Warning::new(&at, text, id::CHECK_API_WARNINGS_NO_SELECTOR));
}
