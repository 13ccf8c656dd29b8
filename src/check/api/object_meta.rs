use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::content::Fault;
use super::{ErrorList, Path};

/// Checks a name; with `prefix` it is a `generateName`.
pub type NameRule = fn(name: &str, prefix: bool) -> Vec<Fault>;

/// `ValidateObjectMeta`.
pub fn validate_object_meta(_meta: &ObjectMeta, _name: NameRule, _path: &Path<'_>, _errs: &mut ErrorList) {}

/// `ValidateLabels`.
pub fn validate_labels(_labels: Option<&BTreeMap<String, String>>, _path: &Path<'_>, _errs: &mut ErrorList) {}

/// `ValidateAnnotations`.
pub fn validate_annotations(_annotations: Option<&BTreeMap<String, String>>, _path: &Path<'_>, _errs: &mut ErrorList) {}

/// `NameIsDNSSubdomain`.
pub fn name_is_dns_subdomain(_name: &str, _prefix: bool) -> Vec<Fault> {
    Vec::new()
}

/// `NameIsDNSLabel`.
pub fn name_is_dns_label(_name: &str, _prefix: bool) -> Vec<Fault> {
    Vec::new()
}

/// `NameIsDNS1035Label`.
pub fn name_is_dns1035_label(_name: &str, _prefix: bool) -> Vec<Fault> {
    Vec::new()
}
