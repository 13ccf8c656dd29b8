//! A number, or a share: `25%`.

use serde_json::Value;

/// A number or a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntOrPercent {
    /// That many.
    Int(i64),
    /// That share, in hundredths.
    Percent(u32),
}

/// What is typed, or stands in the text as text. As the server: digits and a `%`, nothing between.
pub fn parse(text: &str) -> Option<IntOrPercent> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match text.strip_suffix('%') {
        Some(share) if digits(share) => share.parse().ok().map(IntOrPercent::Percent),
        Some(_) => None,
        None => text.trim().parse().ok().map(IntOrPercent::Int),
    }
}

/// What a value is; a number in quotes is none for the server.
pub fn read(value: &Value) -> Option<IntOrPercent> {
    match value {
        Value::Number(number) => number.as_i64().map(IntOrPercent::Int),
        Value::String(text) => parse(text).filter(|read| matches!(read, IntOrPercent::Percent(_))),
        _ => None,
    }
}

/// The value of what is typed; what is neither is kept as text.
pub fn write(typed: &str) -> Value {
    match parse(typed) {
        Some(IntOrPercent::Int(number)) => Value::from(number),
        _ => Value::String(typed.to_owned()),
    }
}

/// How many of `total` it is: rounded up for what may be too much (`maxSurge`), down otherwise.
pub fn scaled(value: IntOrPercent, total: i64, round_up: bool) -> i64 {
    match value {
        IntOrPercent::Int(number) => number,
        IntOrPercent::Percent(share) => {
            let product = i128::from(share) * i128::from(total);
            ((if round_up { product + 99 } else { product }) / 100) as i64
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_both() {
        assert_eq!(read(&json!("25%")), Some(IntOrPercent::Percent(25)));
        assert_eq!(read(&json!(3)), Some(IntOrPercent::Int(3)));
        assert_eq!((read(&json!("3")), read(&json!("-1%")), read(&json!("a%"))), (None, None, None));
        assert_eq!((write("3"), write("25%"), write("x")), (json!(3), json!("25%"), json!("x")));
        // As the Deployment controller: the surge is rounded up, what may be missing down.
        assert_eq!(scaled(IntOrPercent::Percent(25), 3, true), 1);
        assert_eq!(scaled(IntOrPercent::Percent(25), 3, false), 0);
    }
}
