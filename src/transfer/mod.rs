//! Import and export, one file per format.
//!
//! Lives here: bytes into text (encodings, limits, binary files), `kind: List` into documents, files
//! into a zip, names that every system takes. Must never: touch the clipboard or a download (that is
//! `platform`); change a byte of a text that is fit as it is.

mod import;
mod list;
mod names;
mod zip;

pub use import::{ImportError, Imported, SIZE_LIMIT, check_size, import};
pub use list::split_list;
pub use names::{download_name, file_name, is_manifest_name, unique_name};
pub use zip::zip;
