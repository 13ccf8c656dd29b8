use serde_json::Value;

/// The label selector of the pods that a live object brings about or sends traffic to, as a query's
/// `labelSelector`. `None` for objects that select no pods.
pub fn pod_selector(object: &Value) -> Option<String> {
    let selector = object.get("spec")?.get("selector")?;
    let text = match object.get("kind")?.as_str()? {
        "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" | "Job" | "PodDisruptionBudget" => {
            label_selector(selector)
        }
        "Service" | "ReplicationController" => labels(selector),
        _ => return None,
    };
    // An empty selector is all pods to the API, and none to these kinds.
    text.filter(|t| !t.is_empty())
}

fn labels(map: &Value) -> Option<String> {
    let terms: Option<Vec<String>> =
        map.as_object()?.iter().map(|(key, value)| Some(format!("{key}={}", value.as_str()?))).collect();
    terms.map(|t| t.join(","))
}

/// A `LabelSelector` in the notation of queries: `app=web,tier in (a,b),!canary`.
fn label_selector(selector: &Value) -> Option<String> {
    let mut terms = Vec::new();
    if let Some(map) = selector.get("matchLabels") {
        terms.extend(labels(map).filter(|t| !t.is_empty()));
    }
    for term in selector.get("matchExpressions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default() {
        let key = term.get("key")?.as_str()?;
        let values: Vec<&str> = match term.get("values").and_then(Value::as_array) {
            Some(values) => values.iter().filter_map(Value::as_str).collect(),
            None => Vec::new(),
        };
        terms.push(match term.get("operator")?.as_str()? {
            "In" => format!("{key} in ({})", values.join(",")),
            "NotIn" => format!("{key} notin ({})", values.join(",")),
            "Exists" => key.to_owned(),
            "DoesNotExist" => format!("!{key}"),
            _ => return None,
        });
    }
    Some(terms.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn writes_queries() {
        let table = [
            (
                json!({"kind": "Deployment", "spec": {"selector": {"matchLabels": {"app": "web", "a/b": "c"}}}}),
                Some("app=web,a/b=c"),
            ),
            (
                json!({"kind": "Job", "spec": {"selector": {"matchLabels": {"a": "b"}, "matchExpressions": [
                    {"key": "x", "operator": "In", "values": ["1", "2"]}, {"key": "y", "operator": "NotIn", "values": ["3"]},
                    {"key": "z", "operator": "Exists"}, {"key": "w", "operator": "DoesNotExist"}]}}}),
                Some("a=b,x in (1,2),y notin (3),z,!w"),
            ),
            (json!({"kind": "Service", "spec": {"selector": {"app": "web"}}}), Some("app=web")),
            (json!({"kind": "Service", "spec": {"type": "ExternalName"}}), None),
            (json!({"kind": "Service", "spec": {"selector": {}}}), None),
            (json!({"kind": "ConfigMap", "spec": {"selector": {"a": "b"}}}), None),
            (
                json!({"kind": "Deployment", "spec": {"selector": {"matchExpressions": [{"key": "x", "operator": "Odd"}]}}}),
                None,
            ),
        ];
        for (object, query) in table {
            assert_eq!(pod_selector(&object).as_deref(), query, "{object}");
        }
    }
}
