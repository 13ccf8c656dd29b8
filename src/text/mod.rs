//! Text and places in it: spans, changes, lines.
//!
//! Lives here: byte spans, splices, the line index, texts that come later. Must never: know YAML, Kubernetes or a screen.

mod change;
mod later;
mod line_index;
mod span;

pub use change::Change;
pub use later::Later;
pub use line_index::{LineIndex, Position};
pub use span::Span;
