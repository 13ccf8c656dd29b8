//! Choosing one alternative of a union: what was typed for the old one is carried over where it fits.

use serde_json::{Map, Value};

use super::edit::FormEdit;
use super::model::{Body, Row};

/// The edit that makes the `choice`-th alternative of a union row the only one; `None` as `choice`
/// takes all of them away. `None` is returned for a row that is no union.
pub fn choose(row: &Row, choice: Option<usize>) -> Option<FormEdit> {
    let Body::Union { choices, chosen, .. } = &row.body else { return None };
    let mut keys: Vec<String> = Vec::new();
    for choice in choices.iter() {
        let top = top(&choice.key);
        if !keys.iter().any(|k| k == top) {
            keys.push(top.to_owned());
        }
    }
    let chosen = choice.and_then(|i| choices.get(i)).map(|new| {
        let old = chosen.and_then(|i| choices.get(i)).and_then(|old| at(row.value.as_ref()?, &old.key));
        let value = match at_value(row, &new.key) {
            Some(there) => there.clone(),
            None => carried(&new.template, old),
        };
        let value = new.key.split('.').skip(1).collect::<Vec<_>>().into_iter().rev().fold(value, |inner, key| {
            let mut map = Map::new();
            map.insert(key.to_owned(), inner);
            Value::Object(map)
        });
        (top(&new.key).to_owned(), value)
    });
    Some(FormEdit::Choose { path: row.path.clone(), keys, chosen })
}

fn top(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}

fn at<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    key.split('.').try_fold(value, |value, key| value.get(key))
}

fn at_value<'v>(row: &'v Row, key: &str) -> Option<&'v Value> {
    at(row.value.as_ref()?, key)
}

/// `template` with the scalars of `old` that stand under the same keys: the port of one probe handler
/// is the port of the next, the name of a ConfigMap becomes the name of a Secret.
fn carried(template: &Value, old: Option<&Value>) -> Value {
    let (Value::Object(template), Some(Value::Object(old))) = (template, old) else { return template.clone() };
    let mut value = template.clone();
    for (key, slot) in &mut value {
        if let Some(typed) = old.get(key)
            && !typed.is_object()
            && !typed.is_array()
            && typed.is_string() == slot.is_string()
        {
            *slot = typed.clone();
        }
    }
    Value::Object(value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::form::model::{Choice, Editor};
    use crate::i18n::Label;
    use crate::schema::Shape;

    fn union(value: Value, chosen: Option<usize>, choices: &[(&str, Value)]) -> Row {
        let choice = |(key, template): &(&str, Value)| Choice {
            key: (*key).to_owned(),
            label: Label::Words((*key).to_owned()),
            template: template.clone(),
        };
        Row {
            path: vec!["probe".into()],
            key: String::new(),
            label: Label::Words(String::new()),
            editor: Editor::Object,
            shape: Shape::Any,
            required: false,
            written: false,
            value: Some(value),
            default: None,
            docs: None,
            findings: Vec::new(),
            body: Body::Union { choices: choices.iter().map(choice).collect(), chosen, rows: Vec::new() },
        }
    }

    #[test]
    fn carries_what_fits() {
        let choices = [("httpGet", json!({"path": "/", "port": 80})), ("tcpSocket", json!({"port": 1}))];
        let row = union(json!({"httpGet": {"path": "/up", "port": 8080}}), Some(0), &choices);
        let Some(FormEdit::Choose { keys, chosen, .. }) = choose(&row, Some(1)) else { panic!() };
        assert_eq!(keys, ["httpGet", "tcpSocket"]);
        assert_eq!(chosen, Some(("tcpSocket".to_owned(), json!({"port": 8080}))));
        assert_eq!(
            choose(&row, Some(0)),
            Some(FormEdit::Choose {
                path: row.path.clone(),
                keys,
                chosen: Some(("httpGet".to_owned(), json!({"path": "/up", "port": 8080})))
            })
        );
    }

    #[test]
    fn knows_dotted_alternatives() {
        let choices = [
            ("value", json!("")),
            ("valueFrom.configMapKeyRef", json!({"name": "", "key": ""})),
            ("valueFrom.secretKeyRef", json!({"name": "", "key": ""})),
        ];
        let value =
            json!({"name": "A", "valueFrom": {"configMapKeyRef": {"name": "web", "key": "a", "optional": true}}});
        let row = union(value, Some(1), &choices);
        let Some(FormEdit::Choose { keys, chosen, .. }) = choose(&row, Some(2)) else { panic!() };
        assert_eq!(keys, ["value", "valueFrom"]);
        assert_eq!(chosen, Some(("valueFrom".to_owned(), json!({"secretKeyRef": {"name": "web", "key": "a"}}))));
        assert!(matches!(choose(&row, None), Some(FormEdit::Choose { chosen: None, .. })));
    }
}
