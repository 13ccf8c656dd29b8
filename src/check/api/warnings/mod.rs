//! What a server says beside taking an object (`WarningsOnCreate`).

mod pod;
mod pod_containers;
mod pod_paths;
mod pod_placement;
mod service;

use std::collections::HashSet;

use k8s_openapi::api::batch::v1::JobSpec;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::{Mend, Path, Warning, content};
use crate::defaults::{Object, repeated_owners};
use crate::i18n::{Message, id};
use crate::k8s::Version;

/// So many letters of warnings are sent.
const ALL: usize = 4096;
/// So many letters of each, when not all can be sent.
const EACH: usize = 256;
/// So many different warnings of one sort are looked for. Each has well above 40 letters, so that no other
/// would be sent.
const MOST_OF_A_SORT: usize = ALL / 40 + 1;

/// The warnings, in the server's order.
pub fn warnings_on_create(object: &Object, version: Version) -> Vec<Warning> {
    let mut warnings = Vec::new();
    match object {
        Object::Pod(pod) => {
            warn_name(pod.metadata.name.as_deref(), "the Pod's hostname", &mut warnings);
            if let Some(spec) = &pod.spec {
                pod::warnings_for_pod_spec_and_meta(spec, &pod.metadata, &Path::ROOT, false, version, &mut warnings);
            }
        }
        Object::Deployment(deployment) => {
            warn_name(deployment.metadata.name.as_deref(), "Pod names and hostnames", &mut warnings);
            let path = Path::new("spec");
            let template = &deployment.spec.template;
            pod::get_warnings_for_pod_template(template, &path.child("template"), version, &mut warnings);
        }
        Object::Job(job) => {
            warn_name(job.metadata.name.as_deref(), "Pod names and hostnames", &mut warnings);
            if let Some(spec) = &job.spec {
                warnings_for_job_spec(spec, &Path::new("spec"), version, &mut warnings);
            }
        }
        Object::Service(service) => warnings.extend(service::get_warnings_for_service(service, version)),
    }
    warnings
}

/// `dedupOwnerReferencesAndAddWarning`; before defaults, which take the repetitions away.
pub fn warn_repeated_owners(metadata: &ObjectMeta) -> Option<Warning> {
    let owners = metadata.owner_references.as_deref().unwrap_or_default();
    let repeated = repeated_owners(owners);
    let first = *repeated.first()?;
    let uids: Vec<_> = repeated.iter().filter_map(|&i| owners.get(i)).map(|owner| owner.uid.as_str()).collect();
    let text = format!(
        ".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may \
         reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: {}",
        uids.join(", ")
    );
    let path = Path::new("metadata");
    let path = path.child("ownerReferences");
    let place = path.index(first);
    let mend = Mend::delete(place.steps());
    Some(Warning::new(&place, text, id::CHECK_API_WARNINGS_OWNER_TWICE).mend(mend))
}

/// A name that becomes a host name.
fn warn_name(name: Option<&str>, used: &str, warnings: &mut Vec<Warning>) {
    let name = name.unwrap_or_default();
    let faults = content::is_dns1123_label(name);
    if faults.is_empty() {
        return;
    }
    let details: Vec<_> = faults.iter().map(|fault| fault.detail.as_ref()).collect();
    let text = format!(
        "metadata.name: this is used in {used}, which can result in surprising behavior; a DNS label is recommended: [{}]",
        details.join(" ")
    );
    let path = Path::new("metadata");
    let message = Message::new(id::CHECK_API_WARNINGS_HOST_NAME).with("value", name);
    warnings.push(Warning::new(&path.child("name"), text, message));
}

/// `WarningsForJobSpec`.
fn warnings_for_job_spec(spec: &JobSpec, path: &Path<'_>, version: Version, warnings: &mut Vec<Warning>) {
    let indexed = spec.completion_mode.as_deref() == Some("Indexed");
    if indexed && spec.completions.unwrap_or(0) > 100_000 && spec.parallelism.unwrap_or(0) > 10_000 {
        let text = "spec: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail";
        warnings.push(Warning::new(&path.child("parallelism"), text, id::CHECK_API_WARNINGS_INDEXED));
    }
    pod::get_warnings_for_pod_template(&spec.template, &path.child("template"), version, warnings);
}

/// What of the warnings reaches a client: none twice, none with control characters, and of very many
/// the beginning, shortened (`filters.WithWarningRecorder`).
pub fn as_sent(mut warnings: Vec<Warning>) -> Vec<Warning> {
    let mut seen = HashSet::new();
    warnings.retain(|warning| seen.insert(warning.text.clone()));
    warnings.retain(|warning| !warning.text.chars().any(char::is_control));
    if warnings.iter().map(|warning| warning.text.chars().count()).sum::<usize>() <= ALL {
        return warnings;
    }
    let mut written = 0;
    warnings.retain_mut(|warning| {
        if written >= ALL {
            return false;
        }
        if let Some((end, _)) = warning.text.char_indices().nth(EACH) {
            warning.text.truncate(end);
        }
        written += warning.text.chars().count();
        true
    });
    warnings
}

#[cfg(test)]
mod tests;
