//! A term of an affinity: of nodes or of pods, with a weight where it is only preferred.

use serde_json::Value;

/// What a term speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// 1 to 100 for a preferred term, none for one that must hold.
    pub weight: Option<i64>,
    /// What is near or far: nodes by their labels, or pods.
    pub of: Of,
}

/// What a term is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Of {
    /// Nodes with these labels: the term of a node affinity.
    Nodes(Value),
    /// Pods in the same domain: the term of a pod affinity.
    Pods(Value),
}

/// A term in parts; `None` for what is no map, or is neither of the two.
pub fn read(value: &Value) -> Option<Term> {
    let map = value.as_object()?;
    let weight = map.get("weight").and_then(Value::as_i64);
    let of = if let Some(preference) = map.get("preference") {
        Of::Nodes(preference.clone())
    } else if let Some(term) = map.get("podAffinityTerm") {
        Of::Pods(term.clone())
    } else if map.contains_key("topologyKey") || map.contains_key("labelSelector") {
        Of::Pods(value.clone())
    } else if map.contains_key("matchExpressions") || map.contains_key("matchFields") {
        Of::Nodes(value.clone())
    } else {
        return None;
    };
    Some(Term { weight, of })
}

/// The value of the parts.
pub fn write(term: &Term) -> Value {
    let (key, inner) = match &term.of {
        Of::Nodes(inner) => ("preference", inner),
        Of::Pods(inner) => ("podAffinityTerm", inner),
    };
    match term.weight {
        Some(weight) => serde_json::json!({"weight": weight, key: inner}),
        None => inner.clone(),
    }
}

/// The term in one line: `app=web · kubernetes.io/hostname`.
pub fn line(term: &Term) -> String {
    match &term.of {
        Of::Pods(inner) => {
            let selector = inner.get("labelSelector").and_then(super::label_selector::read);
            let selector = selector.map(|r| super::label_selector::line(&r)).unwrap_or_default();
            let topology = inner.get("topologyKey").and_then(Value::as_str).unwrap_or_default();
            [selector.as_str(), topology].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ")
        }
        Of::Nodes(inner) => {
            let lists = ["matchExpressions", "matchFields"].into_iter().filter_map(|key| inner.get(key)?.as_array());
            lists.flatten().map(requirement).collect::<Vec<_>>().join(", ")
        }
    }
}

fn requirement(value: &Value) -> String {
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
    let values = value.get("values").and_then(super::strings::read).unwrap_or_default().join(",");
    [text("key"), text("operator"), &values].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tells_the_four_terms_apart() {
        let node = json!({"matchExpressions": [{"key": "os", "operator": "In", "values": ["linux"]}]});
        let pod = json!({"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {"app": "web"}}});
        let said = |value: &Value| read(value).map(|term| line(&term));
        assert_eq!(said(&node).as_deref(), Some("os In linux"));
        assert_eq!(said(&pod).as_deref(), Some("app=web · kubernetes.io/hostname"));
        assert_eq!(said(&json!({"weight": 5, "preference": node})).as_deref(), Some("os In linux"));
        assert_eq!(read(&json!({"weight": 5})), None);
    }
}
