//! What the server fills in: from the object as it was sent to the object as it would be stored.
//!
//! Lives here: for Pod, Deployment, Service and Job, what decoding wipes, the defaults
//! (`pkg/apis/*/v1/defaults.go`), what conversion moves, what `PrepareForCreate` drops and adds
//! (`pkg/api/*/util.go`, `pkg/registry/*/*/strategy.go`), and the object as JSON, as the server writes it.
//! Must never: refuse anything (that is `check`), know a text.

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

pub use metadata::{PLACEHOLDER_SUFFIX, PLACEHOLDER_UID, has_generated_name};
pub use object::Object;
pub use pod_resources::{aggregate_container_limits, aggregate_container_requests, is_supported_pod_level_resource};
