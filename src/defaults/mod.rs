//! What the server fills in: from the object as it was sent to the object as it would be stored.
//!
//! Lives here: for Pod, Deployment, Service and Job, what decoding wipes, the defaults
//! (`pkg/apis/*/v1/defaults.go`), what conversion moves, what `PrepareForCreate` drops and adds
//! (`pkg/api/*/util.go`, `pkg/registry/*/*/strategy.go`), and the object as JSON, as the server writes it.
//! Must never: refuse anything (that is `check`), know a text.

mod object;

pub use object::Object;
