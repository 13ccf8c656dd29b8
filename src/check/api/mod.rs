//! The API server's own rules for Pod, Deployment, Service and Job, as it says them on CREATE.
//!
//! Lives here: a file per API type on k8s-openapi's types, with upstream's function names
//! (`pkg/apis/*/validation`, `pkg/api/*/warnings.go`, `pkg/registry/*/*/strategy.go`); content checks, which take
//! a value and know no path, in `content`. A rule walks with a borrowed [`Path`] and reports to an [`ErrorList`];
//! only `locate` knows that there is a text. Must never: decode, fill in (that is `defaults`), reach a server.

mod affinity;
mod bad_value;
mod beside;
#[cfg(test)]
mod case;
mod certificate;
mod claim;
mod container;
pub mod content;
mod deployment;
mod dns;
mod domain;
mod env;
mod error_list;
mod field;
mod go_json;
mod host_namespaces;
mod job;
mod job_policy;
mod label_selector;
pub(super) mod locate;
mod mend;
mod mount;
mod nil;
mod node_selector;
mod object_meta;
mod options;
mod pod;
mod pod_annotations;
mod pod_spec;
mod pod_template;
mod port;
mod probe;
mod profile;
mod projected;
mod resource_claim;
mod resource_name;
mod resources;
mod restart;
mod security_context;
mod service;
mod service_ip;
mod service_node_port;
mod service_traffic;
mod sysctl;
mod toleration;
mod toleration_annotation;
mod topology_spread;
mod visit;
mod volume;
mod volume_block;
mod volume_cluster;
mod volume_files;
mod volume_legacy;
mod volume_vendor;
mod warning;
mod warnings;
mod windows;

pub use bad_value::BadValue;
pub use error_list::{ErrorList, FieldError};
pub use field::Path;
pub use mend::Mend;
pub use options::Options;
pub use warning::Warning;

use super::finding::{Finding, Source};
use crate::defaults::Object;
use crate::k8s::{FieldPath, Version};
use crate::yaml::{Document, Node, Step};

/// What a server of a version answers to the creation of an object.
#[derive(Debug)]
pub struct Answer {
    /// Why it refuses it; none when it takes it.
    pub errors: ErrorList,
    /// What it says beside taking it.
    pub warnings: Vec<Warning>,
}

/// Whether the kind has its rules here; of the others only the schema's are known.
pub fn has_rules(api_version: &str, kind: &str) -> bool {
    Object::is_known(api_version, kind)
}

/// Goes with the object through what the server does with it (`rest.Create`), and leaves it as it would be stored.
pub fn create(object: &mut Object, version: Version) -> Answer {
    let mut errors = ErrorList::new(version);
    let repeated = warnings::warn_repeated_owners(object.metadata());
    object.set_defaults(version);
    if let Object::Service(service) = object {
        // The allocator comes first and speaks alone (`pkg/registry/core/service/storage`).
        service_ip::begin_create(service, &mut errors);
        if !errors.is_empty() {
            return Answer { errors, warnings: Vec::new() };
        }
    }
    let deprecated = object.prepare_for_create(version);
    match object {
        Object::Pod(pod) => pod::validate_pod_create(pod, &mut errors),
        Object::Deployment(deployment) => deployment::validate_deployment(deployment, &mut errors),
        Object::Service(service) => service::validate_service_create(service, &mut errors),
        Object::Job(job) => job::validate_job(job, &mut errors),
    }
    if version >= Version::V1_37 {
        errors.without_repetitions();
    }
    let mut warnings = Vec::new();
    if errors.is_empty() {
        warnings.extend(repeated);
        warnings.extend(deprecated.iter().map(|key| pod_annotations::warn_app_armor(key)));
        warnings.extend(warnings::warnings_on_create(object, version));
    }
    Answer { errors, warnings: warnings::as_sent(warnings) }
}

/// Checks the object at `root`, beside what `decode` has found in it (in `out`).
pub fn check(
    version: Version,
    document: &Document,
    root: Node<'_>,
    field: &FieldPath,
    base: &[Step],
    link: Option<&str>,
    out: &mut Vec<Finding>,
) {
    let text = |key: &str| root.get(key).and_then(Node::as_str).unwrap_or_default();
    let (api_version, kind) = (text("apiVersion"), text("kind"));
    let mut said = beside::Said::of(out, document, base);
    // What has a wrong type is left out, and the rest looked at all the same.
    let mended = said.without_wrong_types(document);
    let looked_at = match &mended {
        Some(mended) => mended.at(base).unwrap_or(root),
        None => root,
    };
    let Some(Ok(mut object)) = Object::read(api_version, kind, looked_at.fitting()) else { return };
    if let Object::Deployment(deployment) = &mut object {
        deployment::mark_empty_selector(deployment, looked_at);
    }
    // Before the allocator of a dry run gives numbers of its own.
    let hints = match &object {
        Object::Service(service) => service.spec.as_ref().map(service_node_port::out_of_range),
        _ => None,
    };
    let mut answer = create(&mut object, version);
    nil::show_what_is_empty(&mut answer.errors, looked_at);
    said.leave_out(&mut answer.errors);
    let place = locate::Place { document, root, base, field, link };
    place.errors(answer.errors, out);
    place.warnings(Source::Api, answer.warnings, out);
    place.warnings(Source::Lint, hints.unwrap_or_default(), out);
}
