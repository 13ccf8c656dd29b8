use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::batch::v1::Job;
use k8s_openapi::api::core::v1::{Pod, Service};
use serde::{Deserialize, Deserializer};

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

    /// What happens while the server decodes: system metadata is wiped, defaults are set, old fields are moved.
    pub fn set_defaults(&mut self, _version: Version) {}

    /// What happens before validation (`strategy.PrepareForCreate`): fields whose gate is off are dropped,
    /// status is reset, a Job's labels and selector are made.
    pub fn prepare_for_create(&mut self, _version: Version) {}
}
