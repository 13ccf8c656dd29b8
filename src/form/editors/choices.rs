//! Several of a list of values.

use serde_json::Value;

use crate::form::EnumOption;
use crate::i18n::Id;

/// One value that can be chosen, or that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<'v> {
    /// The value.
    pub value: &'v str,
    /// What it means.
    pub meaning: Option<Id>,
    /// Where it stands in the list, if it does.
    pub place: Option<usize>,
    /// Whether nothing else does.
    pub last: bool,
}

/// The options in their order, and behind them what is there and no option: it is kept. `None` for
/// what is no list of texts.
pub fn boxes<'v>(value: Option<&'v Value>, options: &'v [EnumOption]) -> Option<Vec<Choice<'v>>> {
    let there: Vec<&str> = match value {
        None | Some(Value::Null) => Vec::new(),
        Some(value) => value.as_array()?.iter().map(Value::as_str).collect::<Option<_>>()?,
    };
    let last = there.len() == 1;
    let known = options.iter().map(|option| {
        let place = there.iter().position(|value| *value == option.value);
        Choice { value: &option.value, meaning: option.meaning, place, last: last && place.is_some() }
    });
    // What stands there twice is there twice, so that one can go.
    let other = there
        .iter()
        .enumerate()
        .filter(|(at, value)| options.iter().all(|option| option.value != **value) || there[..*at].contains(value));
    let other = other.map(|(at, value)| Choice { value, meaning: None, place: Some(at), last });
    Some(known.chain(other).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn shows_what_can_be_and_what_is() {
        let options = ["IPv4", "IPv6"].map(|v| EnumOption { value: v.to_owned(), meaning: None });
        let places = |value: Option<&Value>| -> Option<Vec<(String, Option<usize>, bool)>> {
            let boxes = boxes(value, &options)?;
            Some(boxes.into_iter().map(|c| (c.value.to_owned(), c.place, c.last)).collect())
        };
        let entry = |value: &str, place, last| (value.to_owned(), place, last);
        let none = [entry("IPv4", None, false), entry("IPv6", None, false)];
        assert_eq!(places(None).unwrap(), none);
        assert_eq!(places(Some(&json!([]))).unwrap(), none);
        assert_eq!(places(Some(&json!(["IPv6"]))).unwrap(), [entry("IPv4", None, false), entry("IPv6", Some(0), true)]);
        assert_eq!(
            places(Some(&json!(["IPv9", "IPv4", "IPv4"]))).unwrap(),
            [
                entry("IPv4", Some(1), false),
                entry("IPv6", None, false),
                entry("IPv9", Some(0), false),
                entry("IPv4", Some(2), false)
            ]
        );
        assert_eq!((places(Some(&json!("IPv4"))), places(Some(&json!([1])))), (None, None));
    }
}
