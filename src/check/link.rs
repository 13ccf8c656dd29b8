//! Where to read more: pages of the Kubernetes documentation. Only a link; nothing is fetched.

use crate::k8s::Version;
use crate::schema::Type;

/// The type's part of the API reference of `version`: `io.k8s.api.core.v1.Container` is `#container-v1-core`.
pub fn of_type(version: Version, ty: &Type) -> Option<String> {
    let mut parts = ty.full_name.rsplit('.');
    let name = parts.next()?.to_ascii_lowercase();
    let api = parts.next()?;
    let group = parts.next()?;
    if !ty.full_name.starts_with("io.k8s.") || !api.starts_with('v') {
        return None;
    }
    Some(format!("https://kubernetes.io/docs/reference/generated/kubernetes-api/v{version}/#{name}-{api}-{group}"))
}

/// What strict reading is.
pub const VALIDATION: &str = "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation";

/// The words that YAML 1.1 takes for booleans.
pub const YAML_BOOL: &str = "https://yaml.org/type/bool.html";

/// The forms that YAML 1.1 takes for whole numbers.
pub const YAML_INT: &str = "https://yaml.org/type/int.html";

/// Merge keys.
pub const YAML_MERGE: &str = "https://yaml.org/type/merge.html";

/// What an object's `apiVersion` and `kind` are.
pub const OBJECTS: &str = "https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields";

/// Versions that were removed, and what to use instead.
pub const DEPRECATIONS: &str = "https://kubernetes.io/docs/reference/using-api/deprecation-guide/";
