//! The form of a document, and what could be added to it.

use std::sync::Arc;

use super::again::Before;
use super::layout::{self, ADVANCED};
use super::model::{Addable, DocsKey, Form, Row, Section};
use super::place;
use super::rows::{Object, Rows};
use super::template;
use crate::check::{Finding, segments};
use crate::k8s::Version;
use crate::schema::{Catalog, KindInfo, Shape, TypeId};
use crate::yaml::{Document, Kind, Node, Path, Step};

/// The form of `document`; `None` when its kind has no layout or schema, or its text cannot be read.
/// `findings` are the document's, rows point to them by index.
pub fn form(catalog: &Catalog, version: Version, document: &Document, findings: &[Finding]) -> Option<Form> {
    let rows = Sections::of(catalog, version, document, None)?;
    let mut form = Form { sections: Vec::new(), unplaced: Vec::new() };
    for (number, id) in (0..).zip(layout::SECTION_IDS) {
        let section = rows.section(number);
        if !section.is_empty() {
            let title = crate::i18n::Label::Message(layout::section_title(number));
            form.sections.push(Section { id: id.to_owned(), title, rows: Arc::new(section), problems: 0 });
        }
    }
    place::place(&mut form, findings, None);
    Some(form)
}

/// The form after an edit, as far as it is seen: of the rows of `shown` (an index of `before.sections`) those are made
/// anew whose text changed; the other sections are what they were. `before` is of the same document, catalog and
/// version. `None` where that is not enough, and [`form`] is to be asked.
pub fn form_shown(
    catalog: &Catalog,
    version: Version,
    document: &Document,
    findings: &[Finding],
    before: &Form,
    shown: usize,
) -> Option<Form> {
    let section = before.sections.get(shown)?;
    let number = layout::SECTION_IDS.iter().position(|id| *id == section.id)?;
    let rows = Sections::of(catalog, version, document, Some(Before(&section.rows)))?.section(number as u8);
    if rows.is_empty() {
        return None;
    }
    let mut form = Form { sections: before.sections.clone(), unplaced: Vec::new() };
    for section in &mut form.sections {
        section.problems = 0;
    }
    form.sections[shown].rows = Arc::new(rows);
    place::place(&mut form, findings, Some(shown));
    Some(form)
}

/// Makes the rows of a document's sections.
struct Sections<'a> {
    rows: Rows<'a>,
    layout: &'static layout::KindLayout,
    ty: TypeId,
    node: Node<'a>,
}

impl<'a> Sections<'a> {
    fn of(
        catalog: &'a Catalog,
        version: Version,
        document: &'a Document,
        before: Option<Before<'a>>,
    ) -> Option<Sections<'a>> {
        let info = kind_of(catalog, document)?;
        let layout = layout::of_kind(info)?;
        let node = document.root()?;
        info.versions.has(version).then(|| Sections {
            rows: Rows::new(catalog, version, before),
            layout,
            ty: info.ty,
            node,
        })
    }

    fn section(&self, number: u8) -> Vec<Row> {
        let Sections { rows, layout, ty, node } = self;
        let path = Path::new();
        let root = Object { ty: *ty, node: Some(*node), path: &path, depth: 0, absent: 0 };
        let mut section = Vec::new();
        rows.section(root, layout.sections, number, "", &[], &mut section);
        if number == ADVANCED {
            let named = rows.named(layout.sections, None, *node);
            rows.extras(Some(*ty), *node, &path, "", &named, 0, &mut section);
        }
        section
    }
}

/// The kind that a document says it is of.
pub(super) fn kind_of<'c>(catalog: &'c Catalog, document: &Document) -> Option<&'c KindInfo> {
    let root = document.root()?;
    if root.kind() != Kind::Map {
        return None;
    }
    catalog.kind(root.get("apiVersion")?.as_str()?, root.get("kind")?.as_str()?)
}

/// What "Add field" offers at the object at `path`: every field of its type that is not there, in
/// `version`, sorted by key. Nothing at what is no object of the schema.
pub fn addable(catalog: &Catalog, version: Version, document: &Document, path: &Path) -> Vec<Addable> {
    let Some(info) = kind_of(catalog, document) else { return Vec::new() };
    let Some(Shape::Object(ty)) = catalog.shape_at(info.ty, &segments(path), version) else { return Vec::new() };
    let there = document.at(path);
    if there.is_some_and(|node| node.kind() != Kind::Map && !node.is_null()) {
        return Vec::new();
    }
    let owner = catalog.ty(ty);
    let fields = owner.fields.iter().filter(|f| f.versions.has(version));
    let missing = fields.filter(|f| there.is_none_or(|node| node.get(&f.name).is_none()));
    missing
        .map(|field| Addable {
            path: path.iter().cloned().chain([Step::Key(field.name.clone())]).collect(),
            key: field.name.clone(),
            label: layout::label(&field.name),
            type_name: type_word(catalog, &field.shape),
            required: field.required.has(version),
            docs: DocsKey { type_name: owner.full_name.clone(), field: field.name.clone() },
            template: template::of_field(catalog, version, field),
        })
        .collect()
}

/// What a shape holds, in the words of the schema: `string`, `list of Container`.
fn type_word(catalog: &Catalog, shape: &Shape) -> String {
    let name = |ty: &TypeId| catalog.ty(*ty).name.clone();
    match shape {
        Shape::String => "string".to_owned(),
        Shape::Int32 | Shape::Int64 => "integer".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::IntOrString => "integer or string".to_owned(),
        Shape::Quantity => "Quantity".to_owned(),
        Shape::Time | Shape::MicroTime => "time".to_owned(),
        Shape::Bytes => "base64".to_owned(),
        Shape::Object(ty) => name(ty),
        Shape::List(inner) => ["[]", &type_word(catalog, inner)].concat(),
        Shape::Map(inner) => ["map[string]", &type_word(catalog, inner)].concat(),
        Shape::Any => "any".to_owned(),
    }
}

/// Those of `list` that fit `query`, best first: the key begins with it, a key or name has it, the
/// documentation has all its words. `docs` is asked for what has been fetched.
pub fn search_addable<'l>(
    list: &'l [Addable],
    query: &str,
    docs: &dyn Fn(&DocsKey) -> Option<String>,
    locale: crate::i18n::Locale,
) -> Vec<&'l Addable> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let Some(first) = words.first() else { return list.iter().collect() };
    let all = words.concat();
    let rank = |field: &Addable| {
        let key = field.key.to_lowercase();
        let label = field.label.text(locale).to_lowercase();
        if key.starts_with(&all) {
            return Some(0);
        }
        if label.starts_with(first.as_str()) && words.iter().all(|w| label.contains(w.as_str())) {
            return Some(1);
        }
        if words.iter().all(|w| key.contains(w.as_str()) || label.contains(w.as_str())) {
            return Some(2);
        }
        let text = docs(&field.docs)?.to_lowercase();
        words.iter().all(|w| text.contains(w.as_str()) || key.contains(w.as_str())).then_some(3)
    };
    let mut found: Vec<(u8, &Addable)> = list.iter().filter_map(|field| Some((rank(field)?, field))).collect();
    found.sort_by_key(|f| f.0);
    found.into_iter().map(|f| f.1).collect()
}
