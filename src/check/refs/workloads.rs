//! Workloads that look after their pods by labels: no two may take the same.

use super::finding::RefFinding;
use super::index::{Index, called};
use crate::check::finding::{Reason, Severity};
use crate::i18n::{Message, id};
use crate::yaml::Step;

const LINK: &str = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector";

/// Looks for selectors that also take the pods of another workload of the namespace.
pub fn check(index: &Index<'_>, out: &mut Vec<(usize, RefFinding)>) {
    for (document, object) in &index.objects {
        let Some(selector) = object.workload.as_ref().and_then(|w| w.selector.as_ref()) else { continue };
        let Some(matching) = index.matching(&selector.labels) else { return };
        let other = matching.iter().filter_map(|at| index.workload(*at)).find(|(other, workload)| {
            // Two of one name are two texts of one object.
            workload.selector.is_some()
                && other.namespace == object.namespace
                && (&other.kind, &other.name) != (&object.kind, &object.name)
                && selector.takes(&workload.labels)
        });
        let Some((other, _)) = other else { continue };
        let message = Message::new(id::CHECK_REFS_OVERLAP).with("other", called(other));
        let mut path = object.base.clone();
        path.extend([Step::from("spec"), Step::from("selector")]);
        out.push((*document, RefFinding::new(path, Severity::Warning, Reason::FieldValueDuplicate, message, LINK)));
    }
}
