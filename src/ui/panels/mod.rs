//! The panels below form and text.

mod below;
mod cluster;
mod effective;
mod exchange;
pub mod explain;
mod live;
mod problems;

pub use below::Below;
pub use explain::{docs_text, find, notation, shape_name};
