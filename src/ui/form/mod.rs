//! The form of the selected document: sections as tabs, rows, groups, choices, cards, "Add field".
//!
//! Lives here: how a `form::Form` is laid out, moved through and kept from being rendered without need; the
//! controls of one value are in `ui::fields`. Must never: own a value (every keystroke is an `Action`), know
//! what a field means (the layout and the schema say it).

mod about;
mod add_field;
pub mod desk;
pub mod ids;
mod list;
pub mod offers;
mod pane;
pub mod part;
pub mod reveal;
pub mod row;
pub mod said;
mod union;

pub use pane::{FormPane, FormPaneProps, FormView, FormViewProps};
