use k8s_openapi::api::batch::v1::Job;

use super::ErrorList;

/// `ValidateJob`.
pub fn validate_job(_job: &Job, _errs: &mut ErrorList) {}
