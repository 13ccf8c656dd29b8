//! What editors are put together from: inputs that keep what is being typed, selects, suggestions.

mod input;
mod select;

pub use input::{Input, InputProps};
pub use select::{Select, SelectOption};
