//! One editor per kind of field: each a file here and a line in the registry below.
//!
//! An editor shows the value of one row and turns what a person does into a form edit, with every
//! keystroke. Must never: keep a value of its own beyond what is being typed, wait, know the state.

pub mod controls;

mod affinity_term;
mod boolean;
mod choices;
mod command;
mod duration;
mod enumeration;
mod env_from;
mod env_var;
mod file_mode;
mod host_alias;
mod image;
mod int_or_percent;
mod key_to_path;
mod label_selector;
mod number;
mod object;
mod objects;
mod port;
mod probe;
mod quantity;
mod raw;
mod reference;
mod resources;
mod security_context;
mod strings;
mod table;
mod target_port;
#[cfg(test)]
mod tests;
mod text;
mod toleration;
mod topology_spread;
mod volume;
mod volume_mount;

use serde_json::Value;
use yew::prelude::*;

use self::controls::Input;
use crate::form::Editor;
use crate::ui::form::desk::{Desk, plain};
use crate::ui::form::ids;
use crate::ui::form::part::RowRef;
use crate::ui::form::reveal::Spot;

pub use self::boolean::says_default;
pub use self::object::{line, rows, view as object_view};
pub use self::raw::view as raw_view;

/// How an editor is shown.
#[derive(Clone, Copy)]
pub enum Widget {
    /// Controls for one value, beside the row's name.
    Value(fn(&Field) -> Html),
    /// An object with fields, below its name. `open`: even while nothing of it is there.
    Body { view: fn(&Field) -> Html, open: bool },
    /// An item of a list.
    Item(Item),
}

/// How the items of a list are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// Folded to a line of summary, with its fields below each other.
    Card,
    /// Its fields side by side.
    Line,
    /// A chip with a line of summary, which opens into its fields side by side.
    Chip,
    /// A chip when every item has only a few plain fields, else a card.
    Either,
}

/// The registry.
pub fn widget(editor: &Editor) -> Widget {
    match editor {
        Editor::Text => Widget::Value(text::view),
        Editor::Number { .. } => Widget::Value(number::view),
        Editor::Boolean => Widget::Value(boolean::view),
        Editor::Enum(_) => Widget::Value(enumeration::view),
        Editor::Choices(_) => Widget::Value(choices::view),
        Editor::FileMode => Widget::Value(file_mode::view),
        Editor::Image => Widget::Value(image::view),
        Editor::Command => Widget::Value(command::view),
        Editor::Strings => Widget::Value(strings::view),
        Editor::Quantity => Widget::Value(quantity::view),
        Editor::Duration => Widget::Value(duration::view),
        Editor::IntOrPercent => Widget::Value(int_or_percent::view),
        Editor::Port => Widget::Value(port::view),
        Editor::TargetPort => Widget::Value(target_port::view),
        Editor::Table => Widget::Value(table::view),
        Editor::Reference { .. } => Widget::Value(reference::view),
        Editor::Raw => Widget::Value(raw::view),
        Editor::Resources => Widget::Body { view: resources::view, open: true },
        Editor::Probe => Widget::Body { view: probe::view, open: false },
        Editor::SecurityContext => Widget::Body { view: security_context::view, open: false },
        Editor::LabelSelector => Widget::Body { view: label_selector::view, open: true },
        Editor::Object => Widget::Body { view: object::view, open: false },
        Editor::EnvVar => Widget::Item(env_var::ITEM),
        Editor::EnvFrom => Widget::Item(env_from::ITEM),
        Editor::Volume => Widget::Item(volume::ITEM),
        Editor::VolumeMount => Widget::Item(volume_mount::ITEM),
        Editor::AffinityTerm => Widget::Item(affinity_term::ITEM),
        Editor::Toleration => Widget::Item(toleration::ITEM),
        Editor::TopologySpread => Widget::Item(topology_spread::ITEM),
        Editor::HostAlias => Widget::Item(host_alias::ITEM),
        Editor::KeyToPath => Widget::Item(key_to_path::ITEM),
        Editor::Objects => Widget::Item(objects::ITEM),
    }
}

/// What an editor is given: a row, and where it stands.
pub struct Field<'a> {
    pub desk: &'a Desk,
    pub row: &'a RowRef,
    /// What is to be on the screen, when it is in this field.
    pub spot: Option<&'a Spot>,
    /// How deep in groups and cards.
    pub depth: u8,
    /// Whether it stands beside others, with little room.
    pub cell: bool,
    /// Whether something is wrong here.
    pub bad: bool,
    /// The id of what is said about it.
    pub described: Option<AttrValue>,
}

impl Field<'_> {
    /// The id of the (first) control, which the row's label names.
    pub fn id(&self) -> AttrValue {
        self.row.id(ids::CONTROL)
    }

    /// The id of the row's label.
    pub fn label(&self) -> AttrValue {
        self.row.id(ids::LABEL)
    }

    /// The row's name.
    pub fn name(&self) -> AttrValue {
        self.desk.words.label(&self.row.label)
    }

    /// The value as it stands in an input; empty when the field is not there.
    pub fn text(&self) -> AttrValue {
        AttrValue::from(self.row.value.as_ref().map(plain).unwrap_or_default())
    }

    /// Writes what is typed, as `read` understands it; nothing typed clears the field.
    pub fn writing(&self, read: impl Fn(&str) -> Value + 'static) -> Callback<String, Option<String>> {
        let (desk, path) = (self.desk.clone(), self.row.path.clone());
        Callback::from(move |typed: String| {
            let value = (!typed.is_empty()).then(|| read(&typed));
            Some(desk.write(&path, value))
        })
    }

    /// One input for the whole value.
    pub fn input(&self, class: &'static str, list: Option<AttrValue>, read: impl Fn(&str) -> Value + 'static) -> Html {
        html! {
            <Input
                id={self.id()}
                value={self.text()}
                class={classes!(class)}
                {list}
                described={self.described.clone()}
                bad={self.bad}
                required={self.row.required}
                mode={(class == SHORT).then_some("numeric")}
                oninput={self.writing(read)}
            />
        }
    }
}

/// The class of an input for a number.
pub const SHORT: &str = "pane-input--short";

/// Text as text.
pub fn string(typed: &str) -> Value {
    Value::String(typed.to_owned())
}

/// Suggestions for an input; any other text may be typed.
pub fn datalist(id: &AttrValue, offers: impl IntoIterator<Item = (AttrValue, Option<AttrValue>)>) -> Html {
    html! {
        <datalist id={id.clone()}>
            { for offers.into_iter().map(|(value, label)| html! { <option {value} {label} /> }) }
        </datalist>
    }
}
