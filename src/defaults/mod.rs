//! What the server fills in: from the object as it was sent to the object as it would be stored.
//!
//! Lives here: for Pod, Deployment, Service and Job, what decoding wipes, the defaults
//! (`pkg/apis/*/v1/defaults.go`), what conversion moves, what `PrepareForCreate` drops and adds
//! (`pkg/api/*/util.go`, `pkg/registry/*/*/strategy.go`), the object as JSON, as the server
//! writes it, and why each field was filled in.
//! Must never: refuse anything (that is `check`), hold a text (it has ids).

mod aggregate;
mod allocator;
mod containers;
mod drop;
mod fill;
mod metadata;
mod object;
mod others;
mod pod;
mod pod_resources;
mod pod_spec;
mod prepare;
mod qos;
mod stored;
mod tags;
#[cfg(test)]
mod tests;
mod to_json;
mod typed;
mod why;

pub use aggregate::{Sum, aggregate_container_limits, aggregate_container_requests};
pub use metadata::{PLACEHOLDER_SUFFIX, PLACEHOLDER_UID, has_generated_name, repeated_owners};
pub use object::Object;
pub use pod_resources::is_supported_pod_level_resource;
pub use typed::{Deployment, Job, Pod, Service, Typed};
pub use why::{Filled, filled_in};

use serde::Deserializer;
use serde_json::Value;

use crate::k8s::Version;
use crate::schema::Catalog;

/// The object as a server of `version` would store it, if it takes it; `None` when it is of another kind or
/// cannot be read.
pub fn effective<'de, D: Deserializer<'de>>(
    api_version: &str,
    kind: &str,
    from: D,
    catalog: &Catalog,
    version: Version,
) -> Option<Value> {
    let mut object = Object::read(api_version, kind, from)?.ok()?;
    object.set_defaults(version);
    object.prepare_for_create(version);
    Some(object.stored(catalog, version))
}
