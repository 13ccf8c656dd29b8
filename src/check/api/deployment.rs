use k8s_openapi::api::apps::v1::Deployment;

use super::ErrorList;

/// `ValidateDeployment`.
pub fn validate_deployment(_deployment: &Deployment, _errs: &mut ErrorList) {}
