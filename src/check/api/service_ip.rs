use k8s_openapi::api::core::v1::Service;

use super::ErrorList;

/// What the allocator refuses before anything else is looked at (`pkg/registry/core/service/storage/alloc.go`).
pub fn begin_create(_service: &Service, _errs: &mut ErrorList) {}

/// `ValidateServiceClusterIPsRelatedFields`.
pub fn validate_service_cluster_ips_related_fields(_service: &Service, _errs: &mut ErrorList) {}
