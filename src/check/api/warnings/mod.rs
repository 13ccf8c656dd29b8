//! What a server says beside taking an object (`WarningsOnCreate`).

use super::Warning;
use crate::defaults::Object;
use crate::k8s::Version;

/// The warnings, in the server's order.
pub fn warnings_on_create(_object: &Object, _version: Version) -> Vec<Warning> {
    Vec::new()
}
