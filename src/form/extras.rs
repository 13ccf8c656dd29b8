//! What stands in a text beside what a layout names: nothing is out of sight.

use super::layout::{self, ADVANCED, Hint, Sections};
use super::model::{Body, Editor, Row};
use super::rows::{DEEPEST, Named, Object, Rows};
use super::union::chosen;
use crate::i18n::Label;
use crate::schema::{Shape, TypeId};
use crate::yaml::{self, Kind, Node, Path};

impl<'a> Rows<'a> {
    /// What stands in the text at a key that the type does not have in this version.
    pub(super) fn unknown(&self, entry: yaml::Entry<'a>, path: &Path, prefix: &str) -> Row {
        let mut path = path.clone();
        path.push(entry.key.into());
        Row {
            path,
            key: [prefix, entry.key].concat(),
            label: Label::Words(layout::readable(entry.key)),
            editor: Editor::Raw,
            shape: Shape::Any,
            required: false,
            written: true,
            value: Some(entry.value.to_json()),
            default: None,
            docs: None,
            findings: Vec::new(),
            body: Body::Leaf,
        }
    }

    /// The paths that a layout shows for an object: of the sections given, or of all.
    pub(super) fn named(&self, sections: Sections, only: Option<&[u8]>, node: Node<'a>) -> Vec<Named> {
        let mut named = Vec::new();
        for (_, entries) in sections.iter().filter(|s| only.is_none_or(|only| only.contains(&s.0))) {
            for entry in *entries {
                match entry.hint {
                    Hint::Union(keys) => named.extend(chosen(keys, Some(node)).map(|at| (keys[at], false))),
                    _ => named.push((entry.path, entry.is_open())),
                }
            }
        }
        named
    }

    /// A row for everything in the text that `named` leaves out.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn extras(
        &self,
        ty: Option<TypeId>,
        node: Node<'a>,
        path: &Path,
        prefix: &str,
        named: &[Named],
        depth: u8,
        out: &mut Vec<Row>,
    ) {
        for entry in node.entries() {
            let Some((ty, field)) = ty.and_then(|ty| Some((ty, self.field(ty, entry.key)?))) else {
                out.push(self.unknown(entry, path, prefix));
                continue;
            };
            let exact = named.iter().find(|n| n.0 == entry.key);
            if exact.is_some_and(|n| !n.1) {
                continue;
            }
            let dotted = [entry.key, "."].concat();
            let mut inner: Vec<Named> =
                named.iter().filter_map(|n| Some((n.0.strip_prefix(dotted.as_str())?, n.1))).collect();
            if exact.is_some()
                && let Some(layout) = self.layout_of(&field.shape)
            {
                inner.extend(self.named(layout.sections, None, entry.value));
            }
            if !inner.is_empty() && (entry.value.kind() == Kind::Map || entry.value.is_null()) && depth < DEEPEST {
                let below = match &field.shape {
                    Shape::Object(ty) => Some(*ty),
                    _ => None,
                };
                let mut path = path.clone();
                path.push(entry.key.into());
                let prefix = [prefix, &dotted].concat();
                self.extras(below, entry.value, &path, &prefix, &inner, depth + 1, out);
                continue;
            }
            let object = Object { ty, node: Some(node), path, depth, absent: 0 };
            if let Some(place) = self.place(object, entry.key, prefix) {
                out.push(self.row(place, None, &[], ADVANCED));
            }
        }
    }

    /// An item that is no map, in a list of objects.
    pub(super) fn odd_item(&self, node: Node<'a>, path: &Path) -> Row {
        Row {
            path: path.clone(),
            key: String::new(),
            label: layout::label("value"),
            editor: Editor::Raw,
            shape: Shape::Any,
            required: false,
            written: true,
            value: Some(node.to_json()),
            default: None,
            docs: None,
            findings: Vec::new(),
            body: Body::Leaf,
        }
    }
}
