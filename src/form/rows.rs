//! Rows of an object: what its layout names, then what is in the text beside it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use super::again::{self, Before};
use super::layout::{self, Entry, Hint, Sections, WHOLE};
use super::model::{Body, Card, Choice, DocsKey, Editor, EnumOption, List, Row};
use super::union::is_union;
use super::{pick, summary, template};
use crate::i18n::Label;
use crate::k8s::Version;
use crate::schema::{Catalog, Field, Shape, TypeId};
use crate::yaml::{self, Kind, Node, Path};

/// Objects without a layout show all their fields up to this number, beyond it those that are required or set.
const SMALL: usize = 8;

/// Kubernetes' own types are not nearly as deep; a hostile text with its own recursion stops here.
pub(super) const DEEPEST: u8 = 40;

pub(super) struct Rows<'a> {
    pub catalog: &'a Catalog,
    pub version: Version,
    /// Made once for all objects of a type, of which there may be hundreds.
    pub(super) templates: RefCell<HashMap<TypeId, Value>>,
    pub(super) choices: RefCell<HashMap<TypeId, Arc<[Choice]>>>,
    options: RefCell<HashMap<Source, Arc<[EnumOption]>>>,
    /// What was made before an edit.
    before: Option<Before<'a>>,
}

/// What the values of an enum are of: a field, and what a layout says of it.
type Source = (*const Field, Option<*const Entry>);

/// A path that a layout names, relative to an object, and whether its rows stand open in its place.
pub(super) type Named = (&'static str, bool);

/// An object: its type, its node when it is there, its place.
#[derive(Clone, Copy)]
pub(super) struct Object<'a, 'p> {
    pub ty: TypeId,
    pub node: Option<Node<'a>>,
    pub path: &'p Path,
    /// How deep below the root, and how deep below what is written.
    pub depth: u8,
    pub absent: u8,
}

/// A field within an object.
pub(super) struct Place<'a> {
    owner: TypeId,
    pub(super) field: &'a Field,
    pub(super) child: Option<yaml::Entry<'a>>,
    path: Path,
    key: String,
    depth: u8,
    absent: u8,
    /// Whether the object that has the field is there: only then can the field be missed in it.
    in_text: bool,
}

impl<'a> Rows<'a> {
    pub fn new(catalog: &'a Catalog, version: Version, before: Option<Before<'a>>) -> Rows<'a> {
        Rows {
            catalog,
            version,
            before,
            templates: RefCell::default(),
            choices: RefCell::default(),
            options: RefCell::default(),
        }
    }

    pub(super) fn template(&self, ty: TypeId) -> Value {
        let make = || template::template(self.catalog, self.version, &Shape::Object(ty));
        self.templates.borrow_mut().entry(ty).or_insert_with(make).clone()
    }

    /// What can be chosen of a field's values, each with what it means.
    fn options(&self, owner: &str, field: &'a Field, entry: Option<&Entry>) -> Arc<[EnumOption]> {
        let mut known = self.options.borrow_mut();
        let options = known.entry((field, entry.map(std::ptr::from_ref)));
        options.or_insert_with(|| pick::options(owner, field, self.version, entry)).clone()
    }

    /// The field of that name, if this version has it.
    pub fn field(&self, ty: TypeId, name: &str) -> Option<&'a Field> {
        self.catalog.field(ty, name).filter(|f| f.versions.has(self.version))
    }

    pub(super) fn layout_of(&self, shape: &Shape) -> Option<&'static layout::TypeLayout> {
        match shape {
            Shape::Object(ty) => layout::of_type(&self.catalog.ty(*ty).full_name),
            _ => None,
        }
    }

    /// The rows that `sections` have for the section, of the object and of what is opened in it.
    /// `skip` are paths that a layout above shows on its own.
    pub fn section(
        &self,
        object: Object<'a, '_>,
        sections: Sections,
        section: u8,
        key: &str,
        skip: &[&str],
        out: &mut Vec<Row>,
    ) {
        let Some((_, entries)) = sections.iter().find(|s| s.0 == section) else { return };
        for entry in entries.iter().filter(|e| e.path.is_empty() || !skip.contains(&e.path)) {
            self.entry(object, sections, section, key, entry, out);
        }
    }

    fn entry(
        &self,
        object: Object<'a, '_>,
        sections: Sections,
        section: u8,
        key: &str,
        entry: &Entry,
        out: &mut Vec<Row>,
    ) {
        if let Hint::Union(keys) = entry.hint {
            out.push(self.union(object, keys, entry));
            return;
        }
        let Some(place) = self.place(object, entry.path, key) else { return };
        if entry.is_open() {
            let (Shape::Object(ty), Some(layout)) = (&place.field.shape, self.layout_of(&place.field.shape)) else {
                return;
            };
            let node = place.child.map(|c| c.value);
            let inner = Object { ty: *ty, node, path: &place.path, depth: place.depth, absent: 0 };
            let skip = below(sections, entry.path);
            self.section(inner, layout.sections, section, &[&place.key, "."].concat(), &skip, out);
            return;
        }
        if entry.only_when_set() && place.child.is_none() {
            return;
        }
        let own = |s: &&(u8, &[Entry])| s.1.iter().any(|e| e.path == entry.path);
        let shown_in: Vec<u8> = sections.iter().filter(own).map(|s| s.0).collect();
        // A list that stands in several sections can be begun in the first.
        if place.child.is_none() && shown_in.first() != Some(&section) {
            return;
        }
        let row = self.row(place, Some(entry), &shown_in, section);
        let empty = matches!(&row.body, Body::List(list) if list.cards.iter().all(|c| c.rows.is_empty()));
        if !(empty && shown_in.first() != Some(&section)) {
            out.push(row);
        }
    }

    /// The field at a dotted path; `None` when this version does not have it.
    pub(super) fn place(&self, object: Object<'a, '_>, dotted: &str, prefix: &str) -> Option<Place<'a>> {
        let mut owner = object.ty;
        let mut node = object.node;
        let mut path = object.path.clone();
        let mut keys = dotted.split('.').peekable();
        loop {
            let key = keys.next()?;
            let field = self.field(owner, key)?;
            let child = node.and_then(|n| n.entry(key));
            path.push(key.into());
            if keys.peek().is_none() {
                let key = [prefix, dotted].concat();
                let depth = object.depth.saturating_add(path.len() as u8 - object.path.len() as u8);
                let in_text = node.is_some() || !dotted.contains('.');
                return Some(Place { owner, field, child, path, key, depth, absent: object.absent, in_text });
            }
            let Shape::Object(ty) = &field.shape else { return None };
            owner = *ty;
            node = child.map(|c| c.value);
        }
    }

    /// The row of a field. `shown_in` are the sections that its list stands in, `section` is this one.
    pub(super) fn row(&self, place: Place<'a>, entry: Option<&Entry>, shown_in: &[u8], section: u8) -> Row {
        let Place { owner, field, child, path, key, depth, absent, in_text } = place;
        let node = child.map(|c| c.value).filter(|n| !n.is_null());
        let owner = self.catalog.ty(owner);
        let mut editor = match pick::editor(self.catalog, field, entry) {
            pick::Picked::Editor(editor) => editor,
            pick::Picked::Values => Editor::Enum(self.options(&owner.name, field, entry)),
            pick::Picked::SomeValues => Editor::Choices(self.options(&owner.name, field, entry)),
        };
        let mut body = Body::Leaf;
        if node.is_some_and(|n| !fits(n, &field.shape)) || depth > DEEPEST {
            // What is no value of this field is shown as it is written.
            editor = Editor::Raw;
        } else {
            match &field.shape {
                Shape::Object(ty) => {
                    let absent = if node.is_some() { 0 } else { absent + 1 };
                    let inner = Object { ty: *ty, node, path: &path, depth: depth + 1, absent };
                    body = Body::Group(self.object(inner));
                }
                Shape::List(inner) => {
                    if let Shape::Object(ty) = **inner {
                        let items = Object { ty, node, path: &path, depth: depth + 1, absent: 0 };
                        body = Body::List(self.list(items, entry, shown_in, section));
                    }
                }
                _ => {}
            }
        }
        let value = match editor {
            Editor::Object | Editor::Objects => None,
            _ => child.map(|c| c.value.to_json()),
        };
        let required = field.required.has(self.version) && in_text;
        Row {
            label: match entry.and_then(|e| e.label) {
                Some(id) => Label::Message(id),
                None => layout::label(&field.name),
            },
            docs: Some(DocsKey { type_name: owner.full_name.clone(), field: field.name.clone() }),
            default: default(entry, field).filter(|_| !required),
            written: child.is_some(),
            shape: field.shape.clone(),
            findings: Vec::new(),
            path,
            key,
            editor,
            required,
            value,
            body,
        }
    }

    /// The rows of an object that is shown as one piece.
    pub fn object(&self, object: Object<'a, '_>) -> Vec<Row> {
        let mut rows = Vec::new();
        if object.absent > 2 {
            return rows;
        }
        match layout::of_type(&self.catalog.ty(object.ty).full_name) {
            Some(layout) => {
                for (section, entries) in layout.sections {
                    for entry in *entries {
                        // What does not exist yet first asks what it shall be.
                        let union_first = object.node.is_none() && entries.iter().any(is_union);
                        if !union_first || is_union(entry) {
                            self.entry(object, layout.sections, *section, "", entry, &mut rows);
                        }
                    }
                }
                if let Some(node) = object.node {
                    let named = self.named(layout.sections, None, node);
                    self.extras(Some(object.ty), node, object.path, "", &named, object.depth, &mut rows);
                }
            }
            None => self.generic(object, &mut rows),
        }
        rows
    }

    /// Every field of a small type, of a larger one those that are required or set.
    fn generic(&self, object: Object<'a, '_>, out: &mut Vec<Row>) {
        let fields = &self.catalog.ty(object.ty).fields;
        let small = fields.iter().filter(|f| f.versions.has(self.version)).count() <= SMALL;
        for field in fields {
            let wanted =
                small || field.required.has(self.version) || object.node.is_some_and(|n| n.get(&field.name).is_some());
            if wanted && let Some(place) = self.place(object, &field.name, "") {
                out.push(self.row(place, None, &[], WHOLE));
            }
        }
        for entry in object.node.into_iter().flat_map(Node::entries) {
            if self.field(object.ty, entry.key).is_none() {
                out.push(self.unknown(entry, object.path, ""));
            }
        }
    }

    fn list(&self, items: Object<'a, '_>, entry: Option<&Entry>, shown_in: &[u8], section: u8) -> List {
        let ty = self.catalog.ty(items.ty);
        let layout = layout::of_type(&ty.full_name);
        let by_section = layout.filter(|l| !shown_in.is_empty() && l.sections.iter().any(|s| s.0 != WHOLE));
        let before = self.before.map_or(&[][..], |before| before.cards(items.path));
        let mut cards = Vec::new();
        for (index, node) in items.node.into_iter().flat_map(Node::items).enumerate() {
            let mut path = items.path.clone();
            path.push(index.into());
            let item = Object { node: Some(node), path: &path, ..items };
            let text = node.text();
            let kept = before.get(index).filter(|card| again::is_same(card, &path, text));
            let rows = kept.map_or_else(
                || {
                    let mut rows = Vec::new();
                    match by_section {
                        _ if node.kind() != Kind::Map => rows.push(self.odd_item(node, &path)),
                        Some(layout) => {
                            self.section(item, layout.sections, section, "", &[], &mut rows);
                            if shown_in.first() == Some(&section) {
                                let named = self.named(layout.sections, Some(shown_in), node);
                                self.extras(Some(items.ty), node, &path, "", &named, items.depth, &mut rows);
                            }
                        }
                        None => rows = self.object(item),
                    }
                    Arc::new(rows)
                },
                |card| card.rows.clone(),
            );
            let (title, summary) = match kept {
                Some(card) => (card.title.clone(), card.summary.clone()),
                None => summary::card(&ty.name, node, index),
            };
            let text = kept.map_or_else(|| again::alone(text), |card| card.text.clone());
            cards.push(Card { title, summary, rows, text, problems: 0, found: 0, path });
        }
        let named = entry.and_then(|e| e.item).or_else(|| layout.and_then(|l| l.item));
        let template = self.template(items.ty);
        List { cards, item: named.map_or_else(|| Label::Words(layout::readable(&ty.name)), Label::Message), template }
    }
}

/// The paths that these sections name below an opened path, relative to it.
fn below(sections: Sections, open: &str) -> Vec<&'static str> {
    let entries = sections.iter().flat_map(|s| s.1.iter());
    entries.filter_map(|e| e.path.strip_prefix(open)?.strip_prefix('.')).collect()
}

/// Whether an editor for the shape can show the node.
fn fits(node: Node, shape: &Shape) -> bool {
    match (shape, node.kind()) {
        (Shape::Object(_), kind) => kind == Kind::Map,
        (Shape::List(inner), Kind::Seq) => {
            matches!(**inner, Shape::Object(_)) || node.items().all(|item| item.kind() == Kind::Scalar)
        }
        (Shape::Map(_), Kind::Map) => node.entries().all(|e| e.value.kind() == Kind::Scalar),
        (Shape::List(_) | Shape::Map(_), _) => false,
        (Shape::Any, _) => true,
        (_, kind) => kind == Kind::Scalar,
    }
}

pub(super) fn default_of(entry: &Entry) -> Option<Label> {
    match entry.default {
        layout::Default::None => None,
        layout::Default::Words(words) => Some(Label::Words(words.to_owned())),
        layout::Default::Message(id) => Some(Label::Message(id)),
    }
}

fn default(entry: Option<&Entry>, field: &Field) -> Option<Label> {
    entry.and_then(default_of).or_else(|| match field.default.as_ref()? {
        Value::String(text) if !text.is_empty() => Some(Label::Words(text.clone())),
        value @ (Value::Bool(_) | Value::Number(_)) => Some(Label::Words(value.to_string())),
        _ => None,
    })
}
