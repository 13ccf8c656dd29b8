use std::sync::Arc;

use serde_json::Value;

use crate::i18n::{Id, Label};
use crate::schema::Shape;
use crate::yaml::Path;

/// Everything that the form of one document shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// Essentials first.
    pub sections: Vec<Section>,
    /// Findings that no row stands for (indices as in [`Row::findings`]): shown above the sections.
    pub unplaced: Vec<usize>,
}

/// A part of the form, a tab on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// From the layout: `essentials`, `storage`, …
    pub id: String,
    /// Its name.
    pub title: Label,
    /// Its rows; shared, because an edit makes those of one section anew.
    pub rows: Arc<Vec<Row>>,
    /// Errors and warnings below it.
    pub problems: usize,
}

/// One field, or one part with fields.
///
/// An object or list that is not there yet is still a row: its body shows what it would hold (setting
/// one of its rows makes the parents), or is empty, and then [`super::template()`] is what adding begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where it is, or would be, in the document's tree. Unique within a section, except that the
    /// row of a union stands at the path of the object that has the alternatives.
    pub path: Path,
    /// Its key as shown in monospace: `spec.replicas`; within a card or group relative to it: `image`.
    pub key: String,
    /// Its name.
    pub label: Label,
    /// The editor for its value.
    pub editor: Editor,
    /// What the schema says it holds.
    pub shape: Shape,
    /// Whether the schema requires it.
    pub required: bool,
    /// Whether it is written in the document's text.
    pub written: bool,
    /// Its value as Kubernetes reads it, if it is there. Plain `Object` and `Objects` rows leave it
    /// out (their rows have the values); ask [`Row::is_set`] whether the field is there.
    pub value: Option<Value>,
    /// What the server takes when it is left out (schema default, or the layout's sentence).
    pub default: Option<Label>,
    /// Key of its documentation.
    pub docs: Option<DocsKey>,
    /// Indices into the findings given to [`super::form`]: its own, and those below it that no inner row stands for.
    pub findings: Vec<usize>,
    /// What is inside.
    pub body: Body,
}

impl Row {
    /// Whether the field is written in the text.
    pub fn is_set(&self) -> bool {
        self.written
    }
}

/// What is inside a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// One value, edited by the row's editor as a whole.
    Leaf,
    /// Fields of an object that is shown open in place. A composite editor (probe, resources, security
    /// context, selector, …) has them too: its widget may lay them out its own way, or leave them as rows.
    Group(Vec<Row>),
    /// A list of objects, each a card. The row's editor is the one for an item (`EnvVar`, `Volume`, …).
    List(List),
    /// One of several fields (probe handler, volume source): a choice, and the rows of the chosen.
    /// [`super::choose()`] gives the edit for a choice.
    Union {
        /// What can be chosen; the same list for every object of the type.
        choices: Arc<[Choice]>,
        /// Index of what is there; `None` when nothing is.
        chosen: Option<usize>,
        /// The rows of the chosen one.
        rows: Vec<Row>,
    },
}

/// A list of objects.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The items.
    pub cards: Vec<Card>,
    /// The name of one item for the "Add" button: "Container".
    pub item: Label,
    /// What a new item begins as; appending it makes its name or port differ from its neighbours'.
    pub template: Value,
}

/// One item of a list of objects.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Where it is.
    pub path: Path,
    /// Its name (the list's map key), or its position.
    pub title: String,
    /// One line on the rest: "nginx 1.29 · 80/TCP · 100m, 64Mi".
    pub summary: String,
    /// Its rows, in the layout's order: essential ones and those that are set. Shared with the form before, when the
    /// same was written there.
    pub rows: Arc<Vec<Row>>,
    /// What is written, where they are a function of it alone.
    pub text: Option<Arc<str>>,
    /// Errors and warnings below it.
    pub problems: usize,
    /// All that is found below it.
    pub found: usize,
}

/// One alternative of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The field's key: `httpGet`; with a dot where two steps are one choice: `valueFrom.secretKeyRef`.
    pub key: String,
    /// Its name.
    pub label: Label,
    /// What the key (of a dotted one: the last) begins as when chosen.
    pub template: Value,
}

/// Where a field's documentation is found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DocsKey {
    /// Full OpenAPI name of the type.
    pub type_name: String,
    /// The field; empty for the type itself.
    pub field: String,
}

/// A field that "Add field" offers.
#[derive(Clone, Debug, PartialEq)]
pub struct Addable {
    /// Where it would go.
    pub path: Path,
    /// Its key.
    pub key: String,
    /// Its name.
    pub label: Label,
    /// What it holds, in a word: "text", "list of Container".
    pub type_name: String,
    /// Whether the schema requires it.
    pub required: bool,
    /// Key of its documentation.
    pub docs: DocsKey,
    /// What it begins as when added.
    pub template: Value,
}

/// A value of an enum with what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumOption {
    /// The value.
    pub value: String,
    /// What choosing it means.
    pub meaning: Option<Id>,
}

/// The editors. Each has its pure part in `form/editors/<name>.rs`, its widget in
/// `ui/fields/<name>.rs`, and one line in both registries.
#[derive(Clone, Debug, PartialEq)]
pub enum Editor {
    /// One line of text, or several when the value has line breaks.
    Text,
    /// A whole number in a range.
    Number {
        /// The smallest, if there is one.
        min: Option<i64>,
        /// The largest, if there is one.
        max: Option<i64>,
    },
    /// Unset, true, false.
    Boolean,
    /// One of a list.
    Enum(Arc<[EnumOption]>),
    /// Several of a list.
    Choices(Arc<[EnumOption]>),
    /// The mode of a file, octal.
    FileMode,
    /// Registry, name, tag, digest.
    Image,
    /// A list of words, shell-like.
    Command,
    /// A list of plain values.
    Strings,
    /// `128Mi`, `500m`.
    Quantity,
    /// Seconds with a readable form.
    Duration,
    /// `25%` or a number.
    IntOrPercent,
    /// A port number with known names.
    Port,
    /// A port by number or by the name of a container port of the workspace.
    TargetPort,
    /// Keys and values: labels, annotations, node selectors.
    Table,
    /// One variable: plain value, ConfigMap key, Secret key, field, resource.
    EnvVar,
    /// All keys of a ConfigMap or Secret.
    EnvFrom,
    /// Requests and limits.
    Resources,
    /// A probe: one of four handlers.
    Probe,
    /// A volume: one of all sources.
    Volume,
    /// A mount of one of this pod's volumes.
    VolumeMount,
    /// The security context of a pod or container.
    SecurityContext,
    /// matchLabels and matchExpressions.
    LabelSelector,
    /// An affinity or anti-affinity term.
    AffinityTerm,
    /// A toleration.
    Toleration,
    /// A topology spread constraint.
    TopologySpread,
    /// Host names for an address.
    HostAlias,
    /// A key and the path it is written to.
    KeyToPath,
    /// A name of a ConfigMap, Secret, claim or ServiceAccount, offered from the workspace.
    Reference {
        /// The kind that is named.
        kind: String,
    },
    /// An object without an editor of its own: its fields as rows.
    Object,
    /// A list of objects without an editor of its own: cards.
    Objects,
    /// Anything: edited as YAML text in place.
    Raw,
}
