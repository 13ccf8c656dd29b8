//! Go's zero values: an empty text, a 0 and nothing at all are the same where a field is no pointer.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::api::resource;

use crate::k8s::Quantity;

/// `SetDefaults` of a field that is a text.
pub(super) fn text(field: &mut Option<String>, value: &str) {
    if is_empty(field.as_deref()) {
        *field = Some(value.to_owned());
    }
}

/// `SetDefaults` of a field that is a pointer to a text: what is written stays, even an empty text.
pub(super) fn pointer(field: &mut Option<String>, value: &str) {
    field.get_or_insert_with(|| value.to_owned());
}

/// `SetDefaults` of a field that is a number.
pub(super) fn number(field: &mut Option<i32>, value: i32) {
    if field.is_none_or(|n| n == 0) {
        *field = Some(value);
    }
}

/// Whether there is no text.
pub(super) fn is_empty(text: Option<&str>) -> bool {
    text.is_none_or(str::is_empty)
}

/// Amounts of resources by name.
pub(super) type Resources = BTreeMap<String, resource::Quantity>;

/// `SetDefaults_ResourceList`: amounts rounded up to thousandths. What needs no rounding stays as it is written.
pub(super) fn resource_list(list: &mut Option<Resources>) {
    for quantity in list.iter_mut().flat_map(BTreeMap::values_mut) {
        let Ok(read) = Quantity::parse(quantity.0.trim()) else { continue };
        let rounded = read.rounded_to_milli();
        if rounded != read {
            quantity.0 = rounded.canonical();
        }
    }
}
