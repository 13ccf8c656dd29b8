//! A topology spread constraint: how evenly pods are spread over nodes or zones.

use serde_json::{Value, json};

/// What pods are usually spread over.
pub const KEYS: [&str; 3] = ["kubernetes.io/hostname", "topology.kubernetes.io/zone", "topology.kubernetes.io/region"];

/// A constraint that spreads the pods with these labels over that key, as well as it can.
pub fn over(key: &str, labels: &Value) -> Value {
    json!({
        "maxSkew": 1,
        "topologyKey": key,
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": labels},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreads_the_pods_of_these_labels() {
        assert_eq!(over(KEYS[0], &json!({"app": "web"}))["labelSelector"]["matchLabels"]["app"], "web");
    }
}
