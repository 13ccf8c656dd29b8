use yew::prelude::*;

use crate::i18n::{Message, id};
use crate::k8s::{FieldPath, Segment, Version, Versions};
use crate::schema::{Catalog, Field, Shape, TypeId};
use crate::studio::{DocRef, State};
use crate::ui::store::use_part;
use crate::ui::words::{Words, use_words};
use crate::yaml::{Path, Step};

/// What is known of the field in focus.
#[derive(Clone, PartialEq)]
struct About {
    path: String,
    type_name: String,
    required: bool,
    default: Option<String>,
    values: Vec<String>,
    versions: Versions,
    version: Version,
    text: Text,
}

/// A field's documentation, as far as it has come.
#[derive(Clone, PartialEq)]
pub enum Text {
    There(AttrValue),
    Waiting,
    Missing,
}

/// Documentation of the field in focus: type, default, values, the versions that have it.
#[component]
pub fn Explain() -> Html {
    let words = use_words();
    let about = use_part(about);
    let Some(about) = about else {
        return html! { <p class="studio-hint">{ words.of(id::PANEL_EXPLAIN_EMPTY) }</p> };
    };
    let row = |name, value: Html| html! { <><dt>{ words.of(name) }</dt><dd>{ value }</dd></> };
    html! {
        <article class="studio-explain">
            <header class="studio-explain__head">
                <code class="studio-explain__path">{ about.path.clone() }</code>
                <span class="studio-explain__type">{ about.type_name.clone() }</span>
                if about.required {
                    <span class="studio-tag">{ words.of(id::PANEL_REQUIRED) }</span>
                }
            </header>
            { match &about.text {
                Text::There(text) => html! { <p class="studio-explain__text">{ text.clone() }</p> },
                Text::Waiting => html! { <p class="studio-hint" role="status">{ words.of(id::PANEL_EXPLAIN_WAITING) }</p> },
                Text::Missing => html! { <p class="studio-hint">{ words.of(id::PANEL_EXPLAIN_MISSING) }</p> },
            } }
            <dl class="studio-explain__facts">
                if let Some(default) = &about.default {
                    { row(id::PANEL_DEFAULT, html! { <code>{ default.clone() }</code> }) }
                }
                if !about.values.is_empty() {
                    { row(id::PANEL_VALUES, html! { { for about.values.iter().map(|v| html! { <code class="studio-explain__value">{ v.clone() }</code> }) } }) }
                }
                { row(id::PANEL_VERSIONS, html! { { versions(about.versions, words) } }) }
            </dl>
        </article>
    }
}

fn versions(versions: Versions, words: Words) -> AttrValue {
    match (versions.first(), versions.last()) {
        _ if versions == Versions::ALL => words.of(id::PANEL_VERSIONS_ALL),
        (Some(first), Some(last)) if first == last => AttrValue::from(first.to_string()),
        (Some(first), Some(last)) => words.say(
            &Message::new(id::PANEL_VERSIONS_FROM_TO).with("first", first.to_string()).with("last", last.to_string()),
        ),
        _ => AttrValue::default(),
    }
}

fn about(state: &State) -> Option<About> {
    let focus = state.focus.as_ref()?;
    let catalog = state.catalog.as_deref()?;
    let (owner, field, shape) = find(state, catalog, focus.doc, &focus.path)?;
    let full_name = &catalog.ty(owner).full_name;
    Some(About {
        path: notation(&focus.path).to_string(),
        type_name: shape_name(catalog, shape),
        required: field.required.has(state.version),
        default: field.default.as_ref().map(ToString::to_string),
        values: field.values(state.version).map(str::to_owned).collect(),
        versions: field.versions,
        version: state.version,
        text: docs_of(state, full_name, &field.name),
    })
}

/// The field at a path of a document, in any version, and what stands there.
pub fn find<'a>(
    state: &State,
    catalog: &'a Catalog,
    doc: DocRef,
    path: &Path,
) -> Option<(TypeId, &'a Field, &'a Shape)> {
    let summary = state.index.document(doc)?;
    let gvk = summary.gvk.as_ref()?;
    let kind = catalog.kind(&gvk.api_version(), &gvk.kind)?;
    let segments = notation(path).0;
    // The newest version first: the field may be one that the chosen version does not have.
    let versions = std::iter::once(state.version).chain(Version::ALL.into_iter().rev());
    let place = versions.into_iter().find_map(|version| catalog.walk(kind.ty, &segments, version))?;
    Some((place.owner, place.field, place.shape))
}

/// What a field is for.
pub fn docs_of(state: &State, type_name: &str, field: &str) -> Text {
    let group = crate::schema::Docs::group_of(type_name).unwrap_or_default();
    match state.docs.texts.field(type_name, field) {
        Some(text) => Text::There(AttrValue::from(text.to_owned())),
        None if state.docs.texts.has(group) || state.docs.failed.contains(group) => Text::Missing,
        None => Text::Waiting,
    }
}

/// What a field is for, as far as it has been fetched.
pub fn docs_text(state: &State, type_name: &str, field: &str) -> Option<String> {
    match docs_of(state, type_name, field) {
        Text::There(text) => Some(text.to_string()),
        Text::Waiting | Text::Missing => None,
    }
}

/// A path as Kubernetes writes it.
pub fn notation(path: &Path) -> FieldPath {
    let segment = |step: &Step| match step {
        Step::Key(key) if key.contains(['.', '/']) => Segment::Key(key.clone()),
        Step::Key(key) => Segment::Field(key.clone()),
        Step::Index(index) => Segment::Index(*index),
    };
    FieldPath(path.iter().map(segment).collect())
}

/// A shape in Kubernetes' words: `string`, `[]Container`, `map[string]string`.
pub fn shape_name(catalog: &Catalog, shape: &Shape) -> String {
    match shape {
        Shape::String => "string".into(),
        Shape::Int32 | Shape::Int64 => "integer".into(),
        Shape::Number => "number".into(),
        Shape::Boolean => "boolean".into(),
        Shape::IntOrString => "IntOrString".into(),
        Shape::Quantity => "Quantity".into(),
        Shape::Time => "Time".into(),
        Shape::MicroTime => "MicroTime".into(),
        Shape::Bytes => "[]byte".into(),
        Shape::Object(id) => catalog.ty(*id).name.clone(),
        Shape::List(inner) => ["[]", &shape_name(catalog, inner)].concat(),
        Shape::Map(inner) => ["map[string]", &shape_name(catalog, inner)].concat(),
        Shape::Any => "object".into(),
    }
}
