//! The screen: a function of `studio::State`, in Yew.
//!
//! Lives here: `store` (the state, who listens to which part of it), `effects` (what `platform` does and
//! answers), `focus` (where the keyboard is), `components` (know no state), `fields` (one editor per field type),
//! `form`, `panels`, `dialogs`, `pages`. Must never: own data (what is typed goes to the text as an action), hold
//! a text that a person sees (they are in the catalogs), wait.

mod app;
mod assist;
pub mod components;
mod dialogs;
mod effects;
pub mod fields;
mod focus;
pub mod form;
mod keys;
mod opening;
mod pages;
mod panels;
pub mod store;
pub mod words;

pub use app::App;
