//! A toleration, and its taint in one line as `kubectl taint` writes it: `key=value:NoSchedule`.

use serde_json::{Map, Value};

/// A toleration in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Toleration {
    /// The taint's key; none tolerates every taint.
    pub key: Option<String>,
    /// `Equal` when left out.
    pub operator: Option<String>,
    /// The taint's value.
    pub value: Option<String>,
    /// The taint's effect; none tolerates every effect.
    pub effect: Option<String>,
    /// How long `NoExecute` is tolerated.
    pub seconds: Option<i64>,
}

/// A toleration in parts; `None` when it says something that has no part here.
pub fn read(value: &Value) -> Option<Toleration> {
    let mut toleration = Toleration::default();
    for (key, value) in value.as_object()? {
        let text = || value.as_str().map(str::to_owned);
        match key.as_str() {
            "key" => toleration.key = Some(text()?),
            "operator" => toleration.operator = Some(text()?),
            "value" => toleration.value = Some(text()?),
            "effect" => toleration.effect = Some(text()?),
            "tolerationSeconds" => toleration.seconds = Some(value.as_i64()?),
            _ => return None,
        }
    }
    Some(toleration)
}

/// The value of the parts.
pub fn write(toleration: &Toleration) -> Value {
    let mut map = Map::new();
    let texts = [
        ("key", &toleration.key),
        ("operator", &toleration.operator),
        ("value", &toleration.value),
        ("effect", &toleration.effect),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            map.insert(key.to_owned(), text.as_str().into());
        }
    }
    if let Some(seconds) = toleration.seconds {
        map.insert("tolerationSeconds".to_owned(), seconds.into());
    }
    Value::Object(map)
}

/// The toleration of a taint as `kubectl taint` takes it: `key=value:Effect`, `key:Effect`, `key=value`, `key`.
pub fn of_taint(text: &str) -> Option<Toleration> {
    let (taint, effect) = match text.trim().rsplit_once(':') {
        Some((taint, effect)) => (taint, Some(effect.to_owned())),
        None => (text.trim(), None),
    };
    let known = effect.as_deref().is_none_or(|e| matches!(e, "NoSchedule" | "PreferNoSchedule" | "NoExecute"));
    let (key, value) = match taint.split_once('=') {
        Some((key, value)) => (key, Some(value.to_owned())),
        None => (taint, None),
    };
    let operator = if value.is_some() { "Equal" } else { "Exists" };
    (known && super::table::is_key(key)).then(|| Toleration {
        key: Some(key.to_owned()),
        operator: Some(operator.to_owned()),
        value,
        effect,
        seconds: None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_taints() {
        let written = |text: &str| of_taint(text).map(|t| write(&t));
        assert_eq!(
            written("dedicated=gpu:NoSchedule"),
            Some(json!({"key": "dedicated", "operator": "Equal", "value": "gpu", "effect": "NoSchedule"}))
        );
        assert_eq!(
            written("node-role.kubernetes.io/control-plane:NoSchedule"),
            Some(json!({"key": "node-role.kubernetes.io/control-plane", "operator": "Exists", "effect": "NoSchedule"}))
        );
        assert_eq!((written("a b"), written("a:Never"), written("")), (None, None, None));
        assert_eq!(read(&json!({"key": 1})), None);
    }
}
