//! Of two ways to write what is read otherwise than it looks, only the one that fits the field is offered.

use super::finding::{Finding, Reason};
use crate::k8s::{Segment, Version};
use crate::schema::{Catalog, Shape, TypeId};
use crate::yaml::{Path, Step};

/// The notes of the reader know no schema: of `0644` they offer `420` and `"0644"`, of `yes` they offer `true` and
/// `"yes"`, in that order.
pub(super) fn fixes(catalog: &Catalog, version: Version, ty: TypeId, base: &[Step], findings: &mut [Finding]) {
    let read_as = |f: &&mut Finding| f.reason == Reason::ReadAs && f.fixes.len() == 2 && f.path.starts_with(base);
    for finding in findings.iter_mut().filter(read_as) {
        let below: Path = finding.path[base.len()..].to_vec();
        match catalog.shape_at(ty, &segments(&below), version) {
            Some(Shape::Int32 | Shape::Int64 | Shape::Number | Shape::Boolean) => finding.fixes.truncate(1),
            Some(Shape::String) => drop(finding.fixes.remove(0)),
            _ => {}
        }
    }
}

/// A path in the words of the schema.
pub fn segments(path: &[Step]) -> Vec<Segment> {
    let segment = |step: &Step| match step {
        Step::Key(key) => Segment::Field(key.clone()),
        Step::Index(index) => Segment::Index(*index),
    };
    path.iter().map(segment).collect()
}

#[cfg(test)]
mod tests {
    use crate::check::{Reason, check};
    use crate::schema::Catalog;
    use crate::yaml::Document;

    #[test]
    fn only_what_fits_the_field_is_offered() {
        let text =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, generation: 010}\nimmutable: yes\ndata: {a: 010}\n";
        let document = Document::read(text);
        let findings = check(Catalog::builtin(), Default::default(), &document);
        let notes = findings.iter().filter(|f| f.reason == Reason::ReadAs);
        let offered: Vec<Vec<&str>> =
            notes.map(|f| f.fixes.iter().map(|fix| fix.changes[0].insert.as_str()).collect()).collect();
        assert_eq!(offered, [vec!["8"], vec!["true"], vec!["\"010\""]]);
    }
}
