//! A whole number in a range.

use serde_json::Value;

/// Why what is typed is not taken as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// It is no whole number.
    NotWhole,
    /// It is below the smallest.
    Below(i64),
    /// It is above the largest.
    Above(i64),
}

/// The number of a value.
pub fn read(value: &Value) -> Option<i64> {
    value.as_i64()
}

/// The number that is typed.
pub fn parse(text: &str, min: Option<i64>, max: Option<i64>) -> Result<i64, NumberError> {
    let number: i64 = text.trim().parse().map_err(|_| NumberError::NotWhole)?;
    match (min, max) {
        (Some(min), _) if number < min => Err(NumberError::Below(min)),
        (_, Some(max)) if number > max => Err(NumberError::Above(max)),
        _ => Ok(number),
    }
}

/// The value of what is typed; what is no number is kept as text, so that nothing typed is lost.
pub fn write(text: &str) -> Value {
    text.trim().parse::<i64>().map_or_else(|_| Value::String(text.to_owned()), Value::from)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn knows_its_range() {
        assert_eq!(parse(" 3 ", Some(0), None), Ok(3));
        assert_eq!(parse("-1", Some(0), None), Err(NumberError::Below(0)));
        assert_eq!(parse("65536", Some(1), Some(65535)), Err(NumberError::Above(65535)));
        assert_eq!(parse("3.5", None, None), Err(NumberError::NotWhole));
        assert_eq!(parse("9999999999999999999999", None, None), Err(NumberError::NotWhole));
        assert_eq!((write("3"), write("three")), (json!(3), json!("three")));
        assert_eq!(read(&json!("3")), None);
    }
}
