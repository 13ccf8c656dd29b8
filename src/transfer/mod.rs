//! Import and export, one file per format.
//!
//! Lives here: JSON and `kind: List` into documents, zip out. Must never: touch the clipboard or a download (that is `platform`).
