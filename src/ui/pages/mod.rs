//! What fills the page: masthead, gallery, workspace.

mod document_lines;
mod document_row;
mod documents;
mod editor;
mod editor_places;
mod form_side;
mod gallery;
mod masthead;
mod notices;
mod pickers;
mod workbench;

pub use document_row::{kind_of, name_of};
pub use editor_places::line_of;
pub use gallery::{Gallery, listen_to_gallery};
pub use masthead::Masthead;
pub use notices::{Announcer, Notices};
pub use pickers::{pick_files, pick_folder};
pub use workbench::Workbench;
