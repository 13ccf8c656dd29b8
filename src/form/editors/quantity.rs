//! An amount with its unit, and what it comes to.

use serde_json::Value;

use super::Hint;
use crate::i18n::{Message, id};
use crate::k8s::{Quantity, QuantityError, QuantityFormat, SUFFIXES};
use crate::yaml::Step;

/// What a quantity measures, by the name of its resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Cores.
    Cpu,
    /// Bytes: memory, storage, huge pages.
    Bytes,
    /// Pieces, or unknown.
    Count,
}

/// What the quantity at that path measures.
pub fn measure(path: &[Step]) -> Measure {
    let Some(Step::Key(key)) = path.last() else { return Measure::Count };
    match key.as_str() {
        "cpu" | "limits.cpu" | "requests.cpu" => Measure::Cpu,
        "memory" | "storage" | "ephemeral-storage" | "sizeLimit" => Measure::Bytes,
        key if key.starts_with("hugepages-") => Measure::Bytes,
        _ => Measure::Count,
    }
}

/// The suffix that is meant by one that is none: `MB`, `mi`, `g`, `K`.
pub fn likely_suffix(text: &str) -> Option<&'static str> {
    let suffix = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-'));
    let bare = suffix.trim().trim_end_matches(['b', 'B']);
    let known = SUFFIXES.iter().map(|s| s.0);
    // Nobody means thousandths by `mb`.
    let mut fits = known.filter(|s| !s.is_empty() && *s != "m" && s.eq_ignore_ascii_case(bare));
    fits.next().filter(|s| *s != suffix)
}

/// What is worth knowing about a quantity.
pub(super) fn hint(value: &Value, path: &[Step]) -> Option<Hint> {
    let text = super::text::read(value)?.text;
    let amount = match Quantity::parse(&text) {
        Ok(amount) => amount,
        Err(QuantityError::Empty) => return None,
        Err(_) => {
            let message = match likely_suffix(&text) {
                Some(suffix) => Message::new(id::FORM_HINT_QUANTITY_SUFFIX).with("suffix", suffix),
                None => Message::new(id::FORM_HINT_QUANTITY_FORM),
            };
            return Some(Hint { message, warning: true });
        }
    };
    match measure(path) {
        Measure::Bytes if amount.is_fractional() => Some(Hint::warning(id::FORM_HINT_QUANTITY_MILLI_BYTES)),
        Measure::Bytes if amount.format() == QuantityFormat::BinarySi || amount.value() >= 1000 => {
            Some(Hint::fact(Message::new(id::FORM_HINT_QUANTITY_BYTES).with("bytes", grouped(amount.value()))))
        }
        Measure::Cpu if amount.is_fractional() => {
            let cores = format!("{}", amount.milli() as f64 / 1000.0);
            Some(Hint::fact(Message::new(id::FORM_HINT_QUANTITY_CORES).with("cores", cores)))
        }
        Measure::Cpu if amount.value() >= 1000 => Some(Hint::warning(id::FORM_HINT_QUANTITY_MANY_CORES)),
        _ => None,
    }
}

/// `134217728` is `134,217,728`.
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::i18n::Locale;

    fn said(text: &str, key: &str) -> Option<(String, bool)> {
        hint(&json!(text), &[key.into()]).map(|h| (h.message.text(Locale::En), h.warning))
    }

    #[test]
    fn says_what_it_comes_to() {
        assert!(said("128Mi", "memory").is_some_and(|s| s.0.contains("134,217,728") && !s.1));
        assert!(said("250m", "cpu").is_some_and(|s| s.0.contains("0.25")));
        assert!(said("128m", "memory").is_some_and(|s| s.1));
        assert!(said("128MB", "memory").is_some_and(|s| s.0.contains('M') && s.1));
        assert!(said("5000", "cpu").is_some_and(|s| s.1));
        assert!(said("five", "cpu").is_some_and(|s| s.1));
        assert_eq!(said("2", "cpu"), None);
        assert_eq!(said("", "cpu"), None);
    }

    #[test]
    fn guesses_suffixes() {
        let cases = [
            ("1MB", Some("M")),
            ("1mi", Some("Mi")),
            ("1g", Some("G")),
            ("1K", Some("k")),
            ("1Mi", None),
            ("1x", None),
        ];
        for (text, suffix) in cases {
            assert_eq!(likely_suffix(text), suffix, "{text}");
        }
    }
}
