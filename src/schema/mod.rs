//! The catalog: every kind, type and field of every supported Kubernetes version, as facts.
//!
//! Lives here: reading the catalog's file, lookup by kind and path, documentation texts when they
//! have been fetched. Must never: hold a rule of the API server, read YAML, know a screen.

mod catalog;
mod decode;
mod docs;
#[cfg(test)]
mod facts;

pub use catalog::{Catalog, CatalogError, EnumValue, Field, KindInfo, ListType, Place, Shape, Type, TypeId};
pub use docs::{Docs, DocsError};
