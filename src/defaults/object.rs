use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::{Deserialize, Deserializer};

use super::typed::{Deployment, Job, Pod, Service};
use super::{allocator, metadata, others, pod, prepare};
use crate::k8s::Version;

/// An object of a kind whose rules we have.
#[derive(Clone, Debug, PartialEq)]
pub enum Object {
    /// `v1`
    Pod(Box<Pod>),
    /// `apps/v1`
    Deployment(Box<Deployment>),
    /// `v1`
    Service(Box<Service>),
    /// `batch/v1`
    Job(Box<Job>),
}

impl Object {
    /// Whether there is such an object.
    pub fn is_known(api_version: &str, kind: &str) -> bool {
        matches!(
            (api_version, kind),
            ("v1", "Pod") | ("apps/v1", "Deployment") | ("v1", "Service") | ("batch/v1", "Job")
        )
    }

    /// Reads an object of the kind; `None` when it is none of ours.
    pub fn read<'de, D: Deserializer<'de>>(api_version: &str, kind: &str, from: D) -> Option<Result<Object, D::Error>> {
        Some(match (api_version, kind) {
            ("v1", "Pod") => Pod::deserialize(from).map(|pod| Object::Pod(Box::new(pod))),
            ("apps/v1", "Deployment") => Deployment::deserialize(from).map(|d| Object::Deployment(Box::new(d))),
            ("v1", "Service") => Service::deserialize(from).map(|service| Object::Service(Box::new(service))),
            ("batch/v1", "Job") => Job::deserialize(from).map(|job| Object::Job(Box::new(job))),
            _ => return None,
        })
    }

    /// Its own metadata.
    pub fn metadata(&self) -> &ObjectMeta {
        match self {
            Object::Pod(pod) => &pod.metadata,
            Object::Deployment(deployment) => &deployment.metadata,
            Object::Service(service) => &service.metadata,
            Object::Job(job) => &job.metadata,
        }
    }

    /// Whether its name is made up by the server (`metadata.generateName`).
    pub fn has_generated_name(&self) -> bool {
        metadata::has_generated_name(self.metadata())
    }

    /// What happens while the server decodes: defaults are set, old fields are moved, system metadata is wiped,
    /// the namespace and a generated name are filled in; and what the Service's allocator sees first.
    pub fn set_defaults(&mut self, version: Version) {
        let is_shared = self.set_type_defaults(version);
        match self {
            Object::Pod(pod) => metadata::fill_in(&mut pod.metadata),
            Object::Deployment(deployment) => metadata::fill_in(&mut deployment.metadata),
            Object::Service(service) => {
                metadata::fill_in(&mut service.metadata);
                allocator::normalize(service);
            }
            Object::Job(job) => {
                metadata::fill_in(&mut job.metadata);
                // What the server adds to the template's labels stands in the Job's own as well; where it makes up
                // the name it works on a copy, in case the name is taken.
                if is_shared && !metadata::has_generated_name(&job.metadata) {
                    prepare::add_shared_labels(job);
                }
            }
        }
    }

    /// `SetObjectDefaults`: at each decoding, of what was sent as of what was stored. Whether a Job's labels are
    /// its template's from now on, the same map in Go.
    pub(super) fn set_type_defaults(&mut self, version: Version) -> bool {
        match self {
            Object::Pod(pod) => pod::set_defaults(pod, version),
            Object::Deployment(deployment) => others::set_defaults_deployment(deployment, version),
            Object::Service(service) => others::set_defaults_service(service),
            Object::Job(job) => return others::set_defaults_job(job, version),
        }
        false
    }

    /// What happens before validation (`strategy.PrepareForCreate`): fields whose gate is off are dropped,
    /// status is reset, a Job's labels and selector are made.
    ///
    /// Gives the annotations of a Pod that the server warns about here, as it alone sees them before they are
    /// copied to fields (`applyAppArmorVersionSkew`).
    pub fn prepare_for_create(&mut self, version: Version) -> Vec<String> {
        match self {
            Object::Pod(pod) => return prepare::pod(pod, version),
            Object::Deployment(deployment) => prepare::deployment(deployment, version),
            Object::Service(service) => prepare::service(service),
            Object::Job(job) => prepare::job(job, version),
        }
        Vec::new()
    }
}
