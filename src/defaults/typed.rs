use k8s_openapi::api::apps::v1::DeploymentSpec;
use k8s_openapi::api::batch::v1::JobSpec;
use k8s_openapi::api::core::v1::{PodSpec, ServiceSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Deserialize;
use serde_json::Value;

/// An object without the status that was sent, which no server reads: the types of status would be a tenth of
/// what reads and writes objects.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default)]
pub struct Typed<Spec> {
    /// Its metadata.
    pub metadata: ObjectMeta,
    /// What is wanted.
    pub spec: Spec,
    /// What the server begins with; null before it does.
    #[serde(skip)]
    pub status: Value,
}

/// `v1`
pub type Pod = Typed<Option<PodSpec>>;
/// `apps/v1`
pub type Deployment = Typed<DeploymentSpec>;
/// `v1`
pub type Service = Typed<Option<ServiceSpec>>;
/// `batch/v1`
pub type Job = Typed<Option<JobSpec>>;
