//! Makes `static/catalog.bin`, the facts of every supported Kubernetes version in one file, from the
//! OpenAPI v3 documents that an API server of each release answers:
//!
//! ```text
//! cargo run --release -p catalog -- ../shared/openapi --go
//! ```
//!
//! Only facts are taken: names, types, requiredness, defaults, enums, list types and keys. The
//! sentences of the documents are not.

pub mod encode;
pub mod merge;
pub mod openapi;
pub mod report;

/// The minor version whose bit is the lowest; `k8s::Version` of the page begins with the same.
pub const FIRST_MINOR: u32 = 33;

/// How many minor versions the page knows.
pub const VERSIONS: u32 = 5;

/// What the file says about how it came to be.
pub const COMMAND: &str = "cargo run --release -p catalog -- ../shared/openapi --go";

/// Why no catalog could be made.
pub type Error = String;

/// The catalog of those releases, encoded, and the words about it.
pub fn make(releases: &[openapi::Release]) -> Result<(Vec<u8>, String), Error> {
    let merged = merge::merge(releases)?;
    let bytes = encode::encode(&merged)?;
    let report = report::report(&merged, bytes.len());
    Ok((bytes, report))
}
