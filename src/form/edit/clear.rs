//! How much goes when a field is cleared: its parents too, as far up as they would be left empty and
//! are optional.

use crate::check::segments;
use crate::form::build::kind_of;
use crate::form::layout::{self, Hint};
use crate::k8s::Version;
use crate::schema::{Catalog, Field, Shape, TypeId};
use crate::yaml::{Document, Kind, Step};

/// The schema of one document.
pub(super) struct Schema<'c> {
    catalog: &'c Catalog,
    version: Version,
    root: Option<TypeId>,
}

impl<'c> Schema<'c> {
    pub fn of(catalog: &'c Catalog, version: Version, document: &Document) -> Schema<'c> {
        Schema { catalog, version, root: kind_of(catalog, document).map(|info| info.ty) }
    }

    /// The field at `path`, when the path ends at a field of a type.
    pub fn field(&self, path: &[Step]) -> Option<&'c Field> {
        self.field_of(path).map(|f| f.1)
    }

    fn field_of(&self, path: &[Step]) -> Option<(TypeId, &'c Field)> {
        let (Step::Key(key), above) = path.split_last()? else { return None };
        let Shape::Object(owner) = self.catalog.shape_at(self.root?, &segments(above), self.version)? else {
            return None;
        };
        let field = self.catalog.field(owner, key).filter(|f| f.versions.has(self.version))?;
        Some((owner, field))
    }

    /// Whether the field at `path` may go when it holds nothing more. An alternative of a union may
    /// not: `emptyDir: {}` says something.
    fn may_go(&self, path: &[Step]) -> bool {
        let Some((owner, field)) = self.field_of(path) else { return false };
        let alternatives = layout::of_type(&self.catalog.ty(owner).full_name)
            .into_iter()
            .flat_map(|layout| layout.sections)
            .flat_map(|section| section.1)
            .filter_map(|entry| match entry.hint {
                Hint::Union(keys) => Some(keys),
                _ => None,
            });
        !field.required.has(self.version) && !alternatives.flatten().any(|key| *key == field.name)
    }
}

/// The highest place above `path`, or itself, with which nothing goes that is not empty then.
pub(super) fn highest<'p>(schema: &Schema, document: &Document, path: &'p [Step]) -> &'p [Step] {
    let mut highest = path;
    while let Some((_, parent)) = highest.split_last() {
        if parent.is_empty() || !matches!(parent.last(), Some(Step::Key(_))) || !schema.may_go(parent) {
            break;
        }
        let Some(node) = document.at(parent) else { break };
        let left = match node.kind() {
            Kind::Map => node.entries().len(),
            Kind::Seq => node.items().len(),
            Kind::Scalar => break,
        };
        if left != 1 || !node.is_own() {
            break;
        }
        highest = parent;
    }
    highest
}
