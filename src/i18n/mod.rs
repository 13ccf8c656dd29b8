//! Message ids and catalogs: every text that a person sees, in English and Simplified Chinese.
//!
//! Lives here: ids made from `static/locales/*.yaml` at build time, arguments, rendering. Must never:
//! hold a text in code, know what a message is about.

mod message;

pub use message::{Arg, Id, Label, Message};

include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
