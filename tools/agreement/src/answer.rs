//! What is said about a manifest, by the server or by us.

use serde_json::{Map, Value, json};

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// The field, as the server writes it.
    pub field: String,
    /// `FieldValueInvalid`
    pub reason: String,
    /// The sentence, with the field before it.
    pub sentence: String,
}

/// An answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// 201: taken; 422: refused by a rule; 400: not decoded. Anything else is no answer to the manifest.
    pub code: u16,
    /// Why it is refused, sorted.
    pub causes: Vec<Cause>,
    /// What is said beside, sorted.
    pub warnings: Vec<String>,
    /// The object as it would be stored, without what only a server can know.
    pub object: Option<Value>,
    /// The server's whole sentence, for a person.
    pub message: String,
}

impl Answer {
    /// An answer with everything sorted and masked.
    pub fn new(
        code: u16,
        mut causes: Vec<Cause>,
        mut warnings: Vec<String>,
        object: Option<Value>,
        sent: &Value,
    ) -> Answer {
        for cause in &mut causes {
            cause.sentence = mask_sentence(&cause.sentence, sent);
        }
        causes.sort();
        warnings.sort();
        let object = object.map(|object| mask(object, sent));
        Answer { code, causes, warnings, object, message: String::new() }
    }

    /// Whether the manifest was taken or refused; another code says nothing about it.
    pub fn is_about_the_manifest(&self) -> bool {
        matches!(self.code, 201 | 400 | 422)
    }

    /// As JSON, without the message.
    pub fn to_json(&self) -> Value {
        let mut map = Map::new();
        map.insert("code".into(), json!(self.code));
        if !self.causes.is_empty() {
            let causes = self.causes.iter().map(|c| json!([c.field, c.reason, c.sentence]));
            map.insert("causes".into(), causes.collect());
        }
        if !self.warnings.is_empty() {
            map.insert("warnings".into(), json!(self.warnings));
        }
        if let Some(object) = &self.object {
            map.insert("object".into(), object.clone());
        }
        Value::Object(map)
    }

    /// Back from JSON.
    pub fn from_json(value: &Value) -> Option<Answer> {
        let list = |key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let cause = |c: &Value| Some(Cause { field: text(&c[0])?, reason: text(&c[1])?, sentence: text(&c[2])? });
        Some(Answer {
            code: u16::try_from(value.get("code")?.as_u64()?).ok()?,
            causes: list("causes").iter().map(cause).collect::<Option<_>>()?,
            warnings: list("warnings").iter().map(text).collect::<Option<_>>()?,
            object: value.get("object").cloned(),
            message: String::new(),
        })
    }
}

/// The object without what only a server can know.
fn mask(mut object: Value, sent: &Value) -> Value {
    let Value::Object(map) = &mut object else { return object };
    map.remove("status");
    if let Some(Value::Object(metadata)) = map.get_mut("metadata") {
        for key in ["uid", "creationTimestamp", "managedFields", "generation", "resourceVersion", "selfLink"] {
            metadata.remove(key);
        }
    }
    let given = |pointer: &str| match sent.pointer(pointer) {
        None | Some(Value::Null) => false,
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(value) => *value != json!(0),
    };
    // A name that the server makes up stands in a Job's labels too.
    let name = map.get("metadata").and_then(|m| m.get("name")).and_then(Value::as_str).map(str::to_owned);
    let made_up = name.filter(|_| given("/metadata/generateName") && !given("/metadata/name"));
    if map.get("kind").and_then(Value::as_str) == Some("Service")
        && let Some(Value::Object(spec)) = map.get_mut("spec")
    {
        // What was not given, or given as the first address alone, was allocated.
        if !given("/spec/clusterIP") && !given("/spec/clusterIPs/0") {
            spec.remove("clusterIP");
            spec.remove("clusterIPs");
        } else if let Some(Value::Array(all)) = spec.get_mut("clusterIPs") {
            all.truncate(sent.pointer("/spec/clusterIPs").and_then(Value::as_array).map_or(1, Vec::len).max(1));
        }
        if !given("/spec/healthCheckNodePort") {
            spec.remove("healthCheckNodePort");
        }
        for (i, port) in spec.get_mut("ports").and_then(Value::as_array_mut).into_iter().flatten().enumerate() {
            if let Value::Object(port) = port
                && !given(&format!("/spec/ports/{i}/nodePort"))
            {
                port.remove("nodePort");
            }
        }
    }
    let generate_name = object.pointer("/metadata/generateName").cloned();
    // Go writes `null` for a time that is not set, in some versions.
    each(&mut object, &mut |value| {
        if made_up.is_some() && value.as_str() == made_up.as_deref() {
            *value = json!("NAME");
        }
        if let Value::Object(map) = value {
            map.retain(|_, value| !value.is_null());
            for key in ["controller-uid", "batch.kubernetes.io/controller-uid"] {
                if let Some(value) = map.get_mut(key)
                    && value.as_str().is_some_and(is_uid)
                {
                    *value = json!("UID");
                }
            }
        }
    });
    if let (Some(written), Some(place)) = (generate_name, object.pointer_mut("/metadata/generateName")) {
        *place = written;
    }
    object
}

/// The sentence without what only a server can know: the uid in a Job's labels, the end of a generated name.
pub(crate) fn mask_sentence(sentence: &str, sent: &Value) -> String {
    let mut out = sentence.to_owned();
    for before in ["controller-uid\":\"", "must be '"] {
        out = out
            .split(before)
            .map(|part| match part.get(..36).filter(|uid| is_uid(uid)) {
                Some(_) => format!("UID{}", part.get(36..).unwrap_or_default()),
                None => part.to_owned(),
            })
            .collect::<Vec<_>>()
            .join(before);
    }
    let out = mask_pointers(&out);
    let text = |key: &str| sent.pointer(key).and_then(Value::as_str).unwrap_or_default();
    let base = text("/metadata/generateName");
    if base.is_empty() || !text("/metadata/name").is_empty() {
        return out;
    }
    let end = (0..=58.min(base.len())).rev().find(|&at| base.is_char_boundary(at)).unwrap_or(0);
    let base = base.get(..end).unwrap_or_default();
    // The end of it, as other characters may be written otherwise in a sentence.
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./)".contains(c);
    let tail = base.trim_end_matches(plain).len();
    let last = base.char_indices().next_back().map_or(0, |(at, _)| at);
    let base = base.get(tail.min(last)..).unwrap_or_default();
    if base.is_empty() {
        return out;
    }
    // Digits and letters of which no word can be made, and our placeholder's.
    let made_up = |text: &str| text.bytes().all(|b| b"bcdfghjklmnpqrstvwxz2456789".contains(&b));
    let (mut masked, mut rest) = (String::new(), out.as_str());
    while let Some(at) = rest.find(base) {
        let (before, behind) = rest.split_at(at + base.len());
        masked.push_str(before);
        rest = behind;
        if let Some(behind) = rest.get(..5).filter(|end| made_up(end)).and_then(|_| rest.get(5..)) {
            masked.push_str("NAME");
            rest = behind;
        }
    }
    masked + rest
}

/// 1.33 shows where in its memory a value is.
fn mask_pointers(sentence: &str) -> String {
    const POINTER: &str = ")(0x";
    let mut parts = sentence.split(POINTER);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_hexdigit());
        out.extend([POINTER, "POINTER", rest]);
    }
    out
}

fn is_uid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
        && text.split('-').map(str::len).eq([8, 4, 4, 4, 12])
}

fn each(value: &mut Value, see: &mut impl FnMut(&mut Value)) {
    see(value);
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each(item, see)),
        Value::Object(map) => map.values_mut().for_each(|value| each(value, see)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_a_server_knows_is_masked() {
        let uid = "af7e8f03-2da2-4a45-8359-0a6d12a2f355";
        for (sent, stored, masked) in [
            (
                json!({"spec": {"ports": [{"port": 1}, {"port": 2, "nodePort": 30001}]}}),
                json!({"kind": "Service", "status": {}, "spec": {"clusterIP": "10.96.0.9", "clusterIPs": ["10.96.0.9"],
                    "healthCheckNodePort": 30009, "ports": [{"port": 1, "nodePort": 30000}, {"port": 2, "nodePort": 30001}]}}),
                json!({"kind": "Service", "spec": {"ports": [{"port": 1}, {"port": 2, "nodePort": 30001}]}}),
            ),
            (
                json!({"spec": {"clusterIP": "10.96.0.9"}}),
                json!({"kind": "Service", "spec": {"clusterIP": "10.96.0.9", "clusterIPs": ["10.96.0.9", "fd00::1"]}}),
                json!({"kind": "Service", "spec": {"clusterIP": "10.96.0.9", "clusterIPs": ["10.96.0.9"]}}),
            ),
            (
                json!({"metadata": {"generateName": "a-"}}),
                json!({"kind": "Job", "metadata": {"uid": uid, "generateName": "a-", "name": "a-x7"}, "spec": {
                    "selector": {"matchLabels": {"batch.kubernetes.io/controller-uid": uid}},
                    "template": {"metadata": {"creationTimestamp": null, "labels": {"job-name": "a-x7", "controller-uid": uid}}}}}),
                json!({"kind": "Job", "metadata": {"generateName": "a-", "name": "NAME"}, "spec": {
                    "selector": {"matchLabels": {"batch.kubernetes.io/controller-uid": "UID"}},
                    "template": {"metadata": {"labels": {"job-name": "NAME", "controller-uid": "UID"}}}}}),
            ),
        ] {
            assert_eq!(mask(stored, &sent), masked);
        }
    }

    #[test]
    fn so_it_is_in_sentences() {
        let uid = "af7e8f03-2da2-4a45-8359-0a6d12a2f355";
        let sent = json!({"metadata": {"generateName": "Web-"}});
        for (sentence, masked) in [
            (
                format!("x: {{\"controller-uid\":\"{uid}\"}}: must be '{uid}'"),
                "x: {\"controller-uid\":\"UID\"}: must be 'UID'",
            ),
            (
                "metadata.name: Invalid value: \"Web-x7k2p\": y".to_owned(),
                "metadata.name: Invalid value: \"Web-NAME\": y",
            ),
            (
                "metadata.generateName: Invalid value: \"Web-\": y".to_owned(),
                "metadata.generateName: Invalid value: \"Web-\": y",
            ),
            ("(*bool)(0xa407853cf99), (*bool)(nil)".to_owned(), "(*bool)(0xPOINTER), (*bool)(nil)"),
        ] {
            assert_eq!(mask_sentence(&sentence, &sent), masked);
        }
    }

    #[test]
    fn an_answer_survives_being_recorded() {
        let cause =
            |field: &str| Cause { field: field.into(), reason: "FieldValueInvalid".into(), sentence: "x".into() };
        let answer =
            Answer::new(422, vec![cause("b"), cause("a")], vec!["w".into()], Some(json!({"a": 1})), &json!({}));
        assert_eq!(answer.causes.first().map(|c| c.field.as_str()), Some("a"));
        assert_eq!(Answer::from_json(&answer.to_json()), Some(answer));
    }
}
