//! Texts of the catalogs in the page's language.

use yew::prelude::*;

use super::store::use_part;
use crate::i18n::{Arg, Id, Label, Locale, Message};

/// The page's language; cheap to copy.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Words(pub Locale);

impl Words {
    /// The text of that id.
    pub fn of(self, id: Id) -> AttrValue {
        self.say(&Message::new(id))
    }

    /// The text with `{name}` filled in.
    pub fn with(self, id: Id, name: &str, value: impl Into<Arg>) -> AttrValue {
        self.say(&Message::new(id).with(name, value))
    }

    /// A message.
    pub fn say(self, message: &Message) -> AttrValue {
        AttrValue::from(message.text(self.0))
    }

    /// A label.
    pub fn label(self, label: &Label) -> AttrValue {
        AttrValue::from(label.text(self.0))
    }
}

/// The page's language, for a component that says something.
#[hook]
pub fn use_words() -> Words {
    Words(use_part(|state| state.locale))
}
