use super::content::is_qualified_name;
use super::{BadValue, ErrorList, Path};
use crate::check::nearest::nearest;
use crate::i18n::{Message, id};
use crate::k8s::{Quantity, Version};

const HUGE_PAGES: &str = "hugepages-";
const CONTAINER: &[&str] = &["cpu", "memory", "ephemeral-storage"];

/// `IsHugePageResourceName`.
pub fn is_huge_page_resource_name(name: &str) -> bool {
    name.starts_with(HUGE_PAGES)
}

/// `IsNativeResource`.
pub fn is_native_resource(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

/// `IsExtendedResourceName`.
pub fn is_extended_resource_name(name: &str, version: Version) -> bool {
    !is_native_resource(name)
        && !name.starts_with("requests.")
        && is_qualified_name(&format!("requests.{name}"), version).is_empty()
}

/// `IsOvercommitAllowed`.
pub fn is_overcommit_allowed(name: &str) -> bool {
    is_native_resource(name) && !is_huge_page_resource_name(name)
}

/// `IsIntegerResourceName`.
pub fn is_integer_resource_name(name: &str, version: Version) -> bool {
    const COUNTED: &[&str] = &[
        "pods",
        "resourcequotas",
        "services",
        "replicationcontrollers",
        "secrets",
        "configmaps",
        "persistentvolumeclaims",
        "services.nodeports",
        "services.loadbalancers",
    ];
    COUNTED.contains(&name) || is_extended_resource_name(name, version)
}

/// `IsStandardResourceName`.
fn is_standard_resource_name(name: &str) -> bool {
    const STANDARD: &[&str] = &[
        "cpu",
        "memory",
        "ephemeral-storage",
        "requests.cpu",
        "requests.memory",
        "requests.ephemeral-storage",
        "limits.cpu",
        "limits.memory",
        "limits.ephemeral-storage",
        "pods",
        "resourcequotas",
        "services",
        "replicationcontrollers",
        "secrets",
        "configmaps",
        "persistentvolumeclaims",
        "storage",
        "requests.storage",
        "services.nodeports",
        "services.loadbalancers",
    ];
    STANDARD.contains(&name) || is_huge_page_resource_name(name) || name.starts_with("requests.hugepages-")
}

/// `IsHugePageResourceValueDivisible`.
pub fn is_huge_page_resource_value_divisible(name: &str, quantity: &str) -> bool {
    let Some(page) = name.strip_prefix(HUGE_PAGES) else { return false };
    let is_good = Quantity::parse(page).is_ok_and(|page| page.sign().is_gt()) && Quantity::milli_of(page) % 1000 == 0;
    is_good && Quantity::value_of(quantity).checked_rem(Quantity::value_of(page)) == Some(0)
}

fn bad(name: &str, path: &Path<'_>, detail: &str, errs: &mut ErrorList) {
    let message = Message::new(id::CHECK_API_RESOURCES_NAME).with("value", BadValue::from(name).plain());
    let error = errs.invalid(path, BadValue::Plain(name.to_owned()), detail, message);
    if let Some(meant) = nearest(name, CONTAINER.iter().copied()) {
        let key = error.steps();
        error.mend(super::Mend::rename(key, meant));
    }
}

/// `validateResourceName`; whether there was no fault.
fn validate_resource_name(name: &str, path: &Path<'_>, errs: &mut ErrorList) -> bool {
    let faults = is_qualified_name(name, errs.version);
    for fault in &faults {
        bad(name, path, &fault.detail, errs);
    }
    if !faults.is_empty() {
        return false;
    }
    if !name.contains('/') && !is_standard_resource_name(name) {
        bad(name, path, "must be a standard resource type or fully qualified", errs);
        return false;
    }
    true
}

/// `ValidateContainerResourceName`.
pub fn validate_container_resource_name(name: &str, path: &Path<'_>, errs: &mut ErrorList) {
    if CONTAINER.contains(&name) {
        return;
    }
    validate_resource_name(name, path, errs);
    if !name.contains('/') {
        if !is_huge_page_resource_name(name) {
            bad(name, path, "must be a standard resource for containers", errs);
        }
    } else if !is_native_resource(name) && !is_extended_resource_name(name, errs.version) {
        bad(name, path, "doesn't follow extended resource name standard", errs);
    }
}

/// `validatePodResourceName`.
pub fn validate_pod_resource_name(name: &str, path: &Path<'_>, errs: &mut ErrorList) {
    if validate_resource_name(name, path, errs)
        && !matches!(name, "cpu" | "memory")
        && !is_huge_page_resource_name(name)
    {
        let error = errs.not_supported(path, BadValue::Plain(name.to_owned()), &["cpu", "hugepages-", "memory"]);
        // The name is a key here, and a key is not set.
        error.mends.clear();
        error.message = Message::new(id::CHECK_API_RESOURCES_POD_NAME).with("value", BadValue::from(name).plain());
    }
}
