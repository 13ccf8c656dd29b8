//! A port by its number, with the names of the usual ones.

use serde_json::Value;

use super::{Hint, number::NumberError};
use crate::i18n::{Message, id};
use crate::k8s::port_name;

/// The range of a port.
pub const RANGE: (i64, i64) = (1, 65535);

/// The port that is typed: a number, or the usual name of one (`https`).
pub fn parse(typed: &str) -> Result<i64, NumberError> {
    let known = crate::k8s::KNOWN_PORTS.iter().find(|p| p.1 == typed.trim());
    match known {
        Some((port, _)) => Ok(i64::from(*port)),
        None => super::number::parse(typed, Some(RANGE.0), Some(RANGE.1)),
    }
}

/// What is worth knowing about a port.
pub(super) fn hint(value: &Value) -> Option<Hint> {
    let port = value.as_i64()?;
    match u16::try_from(port) {
        Ok(port) if port > 0 => {
            let name = port_name(port)?;
            Some(Hint::fact(Message::new(id::FORM_HINT_PORT_USUALLY).with("name", name)))
        }
        _ => Some(Hint::warning(id::FORM_HINT_PORT_RANGE)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn knows_range_and_names() {
        assert_eq!((parse("80"), parse("https")), (Ok(80), Ok(443)));
        assert_eq!((parse("0"), parse("65536")), (Err(NumberError::Below(1)), Err(NumberError::Above(65535))));
        assert!(hint(&json!(5432)).is_some_and(|h| !h.warning));
        assert!(hint(&json!(70000)).is_some_and(|h| h.warning));
        assert!(hint(&json!(12345)).is_none() && hint(&json!("x")).is_none());
    }
}
