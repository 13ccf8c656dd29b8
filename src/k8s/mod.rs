//! The domain's words: kinds, field paths, quantities, references.
//!
//! Lives here: what a value means in Kubernetes, without a schema and without a text. Must never:
//! know YAML, a schema, a screen; use anything but std (and serde's derives).

mod field_path;
mod gate;
mod gvk;
mod image;
mod ports;
mod quantity;
mod seconds;
mod version;

pub use field_path::{FieldPath, Segment};
pub use gate::Gate;
pub use gvk::Gvk;
pub use image::{ImageRef, pull_policy};
pub use ports::{KNOWN_PORTS, port_name};
pub use quantity::{Quantity, QuantityError, QuantityFormat, SUFFIXES};
pub use seconds::{TimeUnit, parse_seconds, split_seconds};
pub use version::{Version, Versions};
