//! Go tells a list or a map that is empty from one that is not there. Our types do not everywhere, and a few
//! sentences show the difference: the text tells it.

use super::ErrorList;
use crate::k8s::Version;
use crate::yaml::{Kind, Node};

/// Corrects the sentences that show such a value of the object at `root`.
pub fn show_what_is_empty(errors: &mut ErrorList, root: Node<'_>) {
    let old = errors.version == Version::V1_33;
    for error in errors.errors_mut() {
        let field = error.field.to_string();
        let is_list = |node: Option<Node<'_>>| node.is_some_and(|node| node.kind() == Kind::Seq);
        let (from, to) = if field.ends_with(".onExitCodes.values") {
            if !is_list(error.steps().iter().try_fold(root, |node, step| node.step(step))) {
                continue;
            }
            if old { ("[]int32(nil)", "[]int32{}") } else { ("null", "[]") }
        } else if field == "spec.successPolicy" {
            let policy = root.get("spec").and_then(|spec| spec.get("successPolicy"));
            if !is_list(policy.and_then(|policy| policy.get("rules"))) {
                continue;
            }
            if old { ("Rule(nil)", "Rule{}") } else { ("\"Rules\":null", "\"Rules\":[]") }
        } else if field == "spec.selector" && old {
            let selector = root.get("spec").and_then(|spec| spec.get("selector"));
            if selector.and_then(|selector| selector.get("matchLabels")).is_some_and(|labels| !labels.is_null()) {
                continue;
            }
            ("map[string]string{}", "map[string]string(nil)")
        } else {
            continue;
        };
        error.body = error.body.replacen(from, to, 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Source, check};
    use crate::schema::Catalog;
    use crate::yaml::Document;

    #[test]
    fn what_is_empty_is_shown_as_it_was_written() {
        let template = "template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}";
        let job = |more: &str| {
            format!("{{apiVersion: batch/v1, kind: Job, metadata: {{name: a}}, spec: {{{template}, {more}}}}}")
        };
        let rule = |values: &str| {
            job(&format!("podFailurePolicy: {{rules: [{{action: Ignore, onExitCodes: {{operator: In{values}}}}}]}}"))
        };
        let deployment = |selector: &str| {
            let of = "apiVersion: apps/v1, kind: Deployment, metadata: {name: a}";
            format!("{{{of}, spec: {{selector: {selector}, {template}}}}}")
        };
        for (version, manifest, part) in [
            (Version::LATEST, rule(", values: []"), "Invalid value: []: at least one"),
            (Version::LATEST, rule(", values: null"), "Invalid value: null: at least one"),
            (Version::V1_33, rule(", values: []"), "Invalid value: []int32{}: at least one"),
            (Version::LATEST, job("successPolicy: {rules: []}"), "Invalid value: {\"Rules\":[]}: requires"),
            (Version::LATEST, job("successPolicy: {}"), "Invalid value: {\"Rules\":null}: requires"),
            (Version::V1_33, deployment("{}"), "MatchLabels:map[string]string(nil)"),
            (Version::V1_33, deployment("{matchLabels: {}}"), "MatchLabels:map[string]string{}"),
        ] {
            let findings = check(Catalog::builtin(), version, &Document::read(&manifest));
            let said: Vec<_> =
                findings.iter().filter(|f| f.source == Source::Api).filter_map(|f| f.server.as_deref()).collect();
            assert!(said.iter().any(|sentence| sentence.contains(part)), "{manifest}: {said:#?}");
        }
    }
}
