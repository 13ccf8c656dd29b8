use serde_json::{Map, Value};

/// The annotation in which `kubectl apply` keeps what it sent last.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// What the server keeps for itself in `metadata`.
const BOOKKEEPING: [&str; 8] = [
    "managedFields",
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "selfLink",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
];

/// Leaves of a live object what a person could have written: no status, no bookkeeping. With
/// `keep_last_applied` the annotation of `kubectl apply` stays.
pub fn clean(object: &mut Value, keep_last_applied: bool) {
    let Value::Object(object) = object else { return };
    object.shift_remove("status");
    if let Some(Value::Object(metadata)) = object.get_mut("metadata") {
        for key in BOOKKEEPING {
            metadata.shift_remove(key);
        }
        if !keep_last_applied && let Some(Value::Object(annotations)) = metadata.get_mut("annotations") {
            annotations.shift_remove(LAST_APPLIED);
            if annotations.is_empty() {
                metadata.shift_remove("annotations");
            }
        }
    }
    if let Some(Value::Object(spec)) = object.get_mut("spec") {
        drop_null_times(spec);
    }
    first(object, &["apiVersion", "kind", "metadata"]);
}

/// Older servers write `creationTimestamp: null` into every embedded template.
fn drop_null_times(spec: &mut Map<String, Value>) {
    for key in ["template", "jobTemplate", "volumeClaimTemplates"] {
        let templates = match spec.get_mut(key) {
            Some(Value::Array(items)) => items.iter_mut().collect(),
            Some(one) => vec![one],
            None => continue,
        };
        for template in templates {
            if let Some(Value::Object(metadata)) = template.get_mut("metadata")
                && metadata.get("creationTimestamp").is_some_and(Value::is_null)
            {
                metadata.shift_remove("creationTimestamp");
                if metadata.is_empty()
                    && let Some(template) = template.as_object_mut()
                {
                    template.shift_remove("metadata");
                }
            }
            if let Some(Value::Object(inner)) = template.get_mut("spec") {
                drop_null_times(inner);
            }
        }
    }
}

/// Puts these keys first, in this order: the server writes `kind` before `apiVersion`.
fn first(object: &mut Map<String, Value>, keys: &[&str]) {
    let mut rest = std::mem::take(object);
    for key in keys {
        if let Some(value) = rest.shift_remove(*key) {
            object.insert((*key).to_owned(), value);
        }
    }
    object.extend(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn leaves_what_a_person_writes() {
        let mut object = json!({
            "kind": "CronJob", "apiVersion": "batch/v1",
            "metadata": {
                "name": "a", "uid": "u", "resourceVersion": "1", "generation": 2, "creationTimestamp": "t", "selfLink": "/x",
                "managedFields": [{}], "annotations": {(LAST_APPLIED): "{}"}, "labels": {"uid": "kept"}, "finalizers": ["f"],
            },
            "spec": {"jobTemplate": {"metadata": {"creationTimestamp": null}, "spec": {"template": {
                "metadata": {"creationTimestamp": null, "labels": {"a": "b"}}, "spec": {"status": "kept"}}}}},
            "status": {"active": []},
        });
        let mut kept = object.clone();
        clean(&mut object, false);
        let clean_text = r#"{"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"a","labels":{"uid":"kept"},"finalizers":["f"]},"spec":{"jobTemplate":{"spec":{"template":{"metadata":{"labels":{"a":"b"}},"spec":{"status":"kept"}}}}}}"#;
        assert_eq!(object.to_string(), clean_text);
        clean(&mut kept, true);
        assert_eq!(kept["metadata"]["annotations"], json!({(LAST_APPLIED): "{}"}));
        for odd in
            [json!(null), json!([]), json!({"metadata": 1, "spec": []}), json!({"spec": {"template": [null, 1]}})]
        {
            clean(&mut odd.clone(), false);
        }
    }
}
