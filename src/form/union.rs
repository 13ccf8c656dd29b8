//! One of several fields: which there are, which is chosen, and its rows.

use std::sync::Arc;

use super::layout::{self, Entry, Hint, WHOLE};
use super::model::{Body, Choice, Editor, Row};
use super::rows::{Object, Rows, default_of};
use super::template;
use crate::i18n::Label;
use crate::schema::Shape;
use crate::yaml::Node;

impl<'a> Rows<'a> {
    /// The alternatives of a union that this version has. A type has one union.
    pub(super) fn choices(&self, object: Object<'a, '_>, keys: &[&str]) -> Arc<[Choice]> {
        if let Some(known) = self.choices.borrow().get(&object.ty) {
            return known.clone();
        }
        let choice = |key: &&str| {
            let place = self.place(object, key, "")?;
            let template = match &place.field.shape {
                Shape::Object(ty) => self.template(*ty),
                shape => template::template(self.catalog, self.version, shape),
            };
            Some(Choice { key: (*key).to_owned(), label: layout::label(&place.field.name), template })
        };
        let choices: Arc<[Choice]> = keys.iter().filter_map(choice).collect();
        self.choices.borrow_mut().insert(object.ty, choices.clone());
        choices
    }

    /// The row of a union: it stands at the path of the object that has the alternatives.
    pub(super) fn union(&self, object: Object<'a, '_>, keys: &'static [&'static str], entry: &Entry) -> Row {
        let choices = self.choices(object, keys);
        let there = chosen(keys, object.node).map(|at| keys[at]);
        let chosen_at = there.and_then(|key| choices.iter().position(|c| c.key == key));
        let mut rows = Vec::new();
        let (mut written, mut docs) = (false, None);
        if let Some(place) = chosen_at.and_then(|at| self.place(object, &choices[at].key, "")) {
            written = place.child.is_some();
            let row = self.row(place, None, &[], WHOLE);
            docs = row.docs.clone();
            match row.body {
                Body::Group(inner) => rows = inner,
                _ => rows.push(row),
            }
        }
        Row {
            path: object.path.clone(),
            key: chosen_at.map_or(String::new(), |at| choices[at].key.clone()),
            label: entry.label.map_or_else(|| Label::Words(String::new()), Label::Message),
            editor: Editor::Object,
            shape: Shape::Object(object.ty),
            required: false,
            written,
            value: object.node.map(Node::to_json),
            default: default_of(entry),
            docs,
            findings: Vec::new(),
            body: Body::Union { choices, chosen: chosen_at, rows },
        }
    }
}

pub(super) fn is_union(entry: &Entry) -> bool {
    matches!(entry.hint, Hint::Union(_))
}

/// The first alternative that is in the text.
pub(super) fn chosen(keys: &[&str], node: Option<Node>) -> Option<usize> {
    let node = node?;
    keys.iter().position(|key| key.split('.').try_fold(node, |node, key| node.get(key)).is_some())
}
