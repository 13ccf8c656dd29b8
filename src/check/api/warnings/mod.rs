//! What a server says beside taking an object (`WarningsOnCreate`).

mod service;

use super::Warning;
use crate::defaults::Object;
use crate::k8s::Version;

/// The warnings, in the server's order.
pub fn warnings_on_create(object: &Object, version: Version) -> Vec<Warning> {
    match object {
        Object::Service(service) => service::get_warnings_for_service(service, version),
        _ => Vec::new(),
    }
}
