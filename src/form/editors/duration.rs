//! Seconds, typed as seconds or as `1h30m`, shown in words.

use serde_json::Value;

use super::Hint;
use crate::i18n::{Message, id};
use crate::k8s::{TimeUnit, parse_seconds, split_seconds};

/// The value of what is typed; what is no duration is kept as text.
pub fn write(typed: &str) -> Value {
    parse_seconds(typed).map_or_else(|| Value::String(typed.to_owned()), Value::from)
}

/// The seconds in words, each a message: "1 h", "30 min". Nothing for negative ones.
pub fn words(seconds: i64) -> Vec<Message> {
    let word = |(amount, unit): (i64, TimeUnit)| {
        let id = match unit {
            TimeUnit::Days => id::FORM_UNIT_DAYS,
            TimeUnit::Hours => id::FORM_UNIT_HOURS,
            TimeUnit::Minutes => id::FORM_UNIT_MINUTES,
            TimeUnit::Seconds => id::FORM_UNIT_SECONDS,
        };
        Message::new(id).with("n", usize::try_from(amount).unwrap_or(usize::MAX))
    };
    split_seconds(seconds).into_iter().map(word).collect()
}

/// What is worth knowing about seconds: more than a minute is easier to read in words.
pub(super) fn hints(value: &Value) -> Vec<Hint> {
    match value.as_i64() {
        Some(seconds) if seconds >= 60 => words(seconds).into_iter().map(Hint::fact).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::i18n::Locale;

    #[test]
    fn reads_and_says_durations() {
        assert_eq!((write("1h"), write("90"), write("soon")), (json!(3600), json!(90), json!("soon")));
        let said: Vec<String> = words(5400).iter().map(|m| m.text(Locale::En)).collect();
        assert_eq!(said, ["1 h", "30 min"]);
        assert!(words(-1).is_empty());
        assert!(hints(&json!(30)).is_empty() && !hints(&json!(3600)).is_empty());
    }
}
