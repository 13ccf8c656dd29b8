//! What go-yaml v2 makes of a scalar, and what JSON then makes of that (`resolve.go`).

use super::error::{NoteKind, ReadErrorKind};

/// A scalar's value; the string itself stays where it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Resolved {
    Null,
    Bool(bool),
    Int(i64),
    UInt(u64),
    Float(f64),
    /// The text as it is.
    Text,
    /// `!!binary`, decoded.
    Bytes(String),
}

/// The prefix of YAML's own tags, written `!!` in a text.
const CORE: &str = "tag:yaml.org,2002:";

/// Resolves `text`; `tag` is the whole tag or empty, `quoted` is true for all but plain scalars.
pub(super) fn resolve(tag: &str, text: &str, quoted: bool) -> Result<Resolved, ReadErrorKind> {
    if tag.is_empty() {
        return Ok(if quoted { Resolved::Text } else { plain(text) });
    }
    let Some(core) = tag.strip_prefix(CORE) else { return Ok(Resolved::Text) };
    match core {
        "str" => return Ok(Resolved::Text),
        "binary" => return base64(text).map(Resolved::Bytes).ok_or(ReadErrorKind::BadBinary),
        "bool" | "int" | "float" | "null" | "timestamp" => {}
        _ => return Ok(Resolved::Text),
    }
    let value = plain(text);
    let fits = match (&value, core) {
        (Resolved::Bool(_), "bool") | (Resolved::Null, "null") => true,
        // An integral float such as `1e3` is an integer to JSON, but not to `!!int`.
        (Resolved::Int(_) | Resolved::UInt(_), "int") => integer(&text.replace('_', "")).is_some(),
        // go-yaml turns an integer into a float here, but not one above i64.
        (Resolved::Int(_) | Resolved::Float(_), "float") => true,
        (Resolved::UInt(_), "float") => integer(&text.replace('_', "")).is_none(),
        (Resolved::Text, "timestamp") => timestamp(text),
        _ => false,
    };
    if fits { Ok(value) } else { Err(ReadErrorKind::BadTag(["!!", core].concat())) }
}

/// What an unquoted, untagged scalar is.
pub(super) fn plain(text: &str) -> Resolved {
    let bytes = text.as_bytes();
    let Some(&first) = bytes.first() else { return Resolved::Null };
    match first {
        b'0'..=b'9' | b'+' | b'-' => {
            if let Some(infinite) = infinite(text) {
                return infinite;
            }
            number(text)
        }
        b'.' => match text {
            ".nan" | ".NaN" | ".NAN" => Resolved::Float(f64::NAN),
            ".inf" | ".Inf" | ".INF" => Resolved::Float(f64::INFINITY),
            _ => dotted(text),
        },
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' if bytes.len() <= 5 => match text {
            "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Resolved::Bool(true),
            "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
                Resolved::Bool(false)
            }
            "~" | "null" | "Null" | "NULL" => Resolved::Null,
            _ => Resolved::Text,
        },
        _ => Resolved::Text,
    }
}

fn infinite(text: &str) -> Option<Resolved> {
    match text {
        "+.inf" | "+.Inf" | "+.INF" => Some(Resolved::Float(f64::INFINITY)),
        "-.inf" | "-.Inf" | "-.INF" => Some(Resolved::Float(f64::NEG_INFINITY)),
        _ => None,
    }
}

/// What begins with a dot: Go's `ParseFloat` alone sees it, which takes underscores between digits.
fn dotted(text: &str) -> Resolved {
    let bytes = text.as_bytes();
    let between = |i: usize| {
        bytes[i] != b'_' || i > 0 && bytes[i - 1].is_ascii_digit() && bytes.get(i + 1).is_some_and(u8::is_ascii_digit)
    };
    if !(0..bytes.len()).all(between) {
        return Resolved::Text;
    }
    float(&text.replace('_', "")).map_or(Resolved::Text, integral)
}

fn number(text: &str) -> Resolved {
    let without;
    let text = if text.contains('_') {
        without = text.replace('_', "");
        &without
    } else {
        text
    };
    if let Some(integer) = integer(text) {
        return integer;
    }
    float(text).map_or(Resolved::Text, integral)
}

/// Go's `strconv.ParseInt(text, 0, 64)`, then `ParseUint`. Underscores are gone already.
fn integer(text: &str) -> Option<Resolved> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (0, text),
    };
    let (base, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    // Rust's own parser takes a second sign.
    if !digits.as_bytes().first()?.is_ascii_alphanumeric() {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, base).ok()?;
    if sign < 0 {
        return 0i64.checked_sub_unsigned(magnitude).map(Resolved::Int);
    }
    match i64::try_from(magnitude) {
        Ok(integer) => Some(Resolved::Int(integer)),
        // ParseUint takes no sign.
        Err(_) if sign == 0 => Some(Resolved::UInt(magnitude)),
        Err(_) => None,
    }
}

/// Go's `yamlStyleFloat` and `strconv.ParseFloat`, which refuses what overflows.
fn float(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let mut i = usize::from(matches!(bytes.first(), Some(b'-' | b'+')));
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let whole = digits(i);
    i += whole;
    if bytes.get(i) == Some(&b'.') {
        let fraction = digits(i + 1);
        if whole + fraction == 0 {
            return None;
        }
        i += 1 + fraction;
    } else if whole == 0 {
        return None;
    }
    if matches!(bytes.get(i), Some(b'e' | b'E')) {
        i += 1 + usize::from(matches!(bytes.get(i + 1), Some(b'-' | b'+')));
        let exponent = if i <= bytes.len() { digits(i) } else { 0 };
        if exponent == 0 {
            return None;
        }
        i += exponent;
    }
    if i != bytes.len() {
        return None;
    }
    text.parse().ok().filter(|f: &f64| f.is_finite())
}

/// A float without a fraction is an integer once it went through JSON.
pub(super) fn integral(float: f64) -> Resolved {
    if float.fract() == 0.0 && float.abs() < 1e21 {
        // The shortest digits, padded with zeros: what encoding/json writes.
        let digits = float.to_string();
        if let Ok(integer) = digits.parse() {
            return Resolved::Int(integer);
        }
        if digits == "-0" {
            return Resolved::Int(0);
        }
        if let Ok(integer) = digits.parse() {
            return Resolved::UInt(integer);
        }
    }
    Resolved::Float(float)
}

/// The key that a scalar becomes, unless it is a string already (`convertToJSONableObject`).
pub(super) fn key(value: &Resolved, written: &str) -> Result<Option<String>, ReadErrorKind> {
    Ok(Some(match value {
        Resolved::Text => return Ok(None),
        Resolved::Bytes(text) => text.clone(),
        Resolved::Null => return Err(ReadErrorKind::NullKey),
        Resolved::Bool(value) => (if *value { "true" } else { "false" }).to_owned(),
        Resolved::Float(float) => float_key(*float),
        Resolved::Int(_) | Resolved::UInt(_) => {
            let digits = written.replace('_', "");
            match integer(&digits) {
                Some(Resolved::Int(integer)) => integer.to_string(),
                Some(_) => return Err(ReadErrorKind::BigKey),
                // An integral float is an integer as a value, but as a key it is written like a float.
                None => float_key(float(&digits).unwrap_or_default()),
            }
        }
    }))
}

/// Go's `strconv.FormatFloat(float, 'g', -1, 32)`.
fn float_key(float: f64) -> String {
    let narrow = float as f32;
    if narrow.is_nan() {
        return ".nan".to_owned();
    }
    if narrow.is_infinite() {
        return (if narrow > 0.0 { ".inf" } else { "-.inf" }).to_owned();
    }
    let shortest = format!("{narrow:e}");
    let Some((digits, exponent)) = shortest.split_once('e') else { return shortest };
    let power: i32 = exponent.parse().unwrap_or(0);
    if (-4..6).contains(&power) {
        return narrow.to_string();
    }
    let sign = if power < 0 { '-' } else { '+' };
    let pad = if power.abs() < 10 { "0" } else { "" };
    format!("{digits}e{sign}{pad}{}", power.abs())
}

/// The note that a plain scalar deserves, when it is read otherwise than it looks.
pub(super) fn note(value: &Resolved, written: &str) -> Option<NoteKind> {
    match value {
        Resolved::Bool(value) if !matches!(written.as_bytes()[0], b't' | b'T' | b'f' | b'F') => {
            Some(NoteKind::BooleanWord { written: written.to_owned(), value: *value })
        }
        Resolved::Int(_) | Resolved::UInt(_) | Resolved::Float(_) if odd(written) => {
            let value = match value {
                Resolved::Int(integer) => integer.to_string(),
                Resolved::UInt(integer) => integer.to_string(),
                Resolved::Float(float) => float.to_string(),
                _ => return None,
            };
            Some(NoteKind::NumberForm { written: written.to_owned(), value })
        }
        _ => None,
    }
}

/// Whether a number is written otherwise than in plain decimal digits.
fn odd(written: &str) -> bool {
    let digits = written.strip_prefix(['-', '+']).unwrap_or(written).as_bytes();
    matches!(digits, [b'0', next, ..] if *next != b'.') || digits.iter().any(|b| !b.is_ascii_digit() && *b != b'.')
}

/// Standard base64 as Go decodes it: padded, line breaks ignored. Bytes that are no UTF-8 become U+FFFD in JSON.
fn base64(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count, mut pads) = (0u32, 0u32, 0u32);
    for &b in text.as_bytes() {
        let digit = match b {
            b'\r' | b'\n' => continue,
            b'=' => {
                pads += 1;
                continue;
            }
            _ if pads > 0 => return None,
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(digit);
        count += 1;
        if count == 4 {
            bytes.extend_from_slice(&bits.to_be_bytes()[1..]);
            (bits, count) = (0, 0);
        }
    }
    match (count, pads) {
        (0, 0) => {}
        (2, 2) => bytes.push((bits >> 4) as u8),
        (3, 1) => bytes.extend_from_slice(&[(bits >> 10) as u8, (bits >> 2) as u8]),
        _ => return None,
    }
    Some(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(broken) => String::from_utf8_lossy(broken.as_bytes()).into_owned(),
    })
}

/// Whether go-yaml takes the text as a timestamp: `2006-1-2`, alone or with a time.
fn timestamp(text: &str) -> bool {
    let Some((date, time)) = text.split_at_checked(text.find(['T', 't', ' ']).unwrap_or(text.len())) else {
        return false;
    };
    let number = |text: &str, low: u32, high: u32| {
        (1..=2).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_digit())
            && text.parse().is_ok_and(|n: u32| (low..=high).contains(&n))
    };
    let mut date = date.split('-');
    let (Some(year), Some(month), Some(day), None) = (date.next(), date.next(), date.next(), date.next()) else {
        return false;
    };
    let Ok(year_number) = year.parse::<u32>() else { return false };
    if year.len() != 4 || !number(month, 1, 12) {
        return false;
    }
    let leap = year_number % 4 == 0 && (year_number % 100 != 0 || year_number % 400 == 0);
    let days = match month.trim_start_matches('0') {
        "2" => 28 + u32::from(leap),
        "4" | "6" | "9" | "11" => 30,
        _ => 31,
    };
    if !number(day, 1, days) {
        return false;
    }
    let Some(mark) = time.chars().next() else { return true };
    let mut time = &time[1..];
    if mark != ' ' {
        // The zone: Z or ±hh:mm.
        let Some(zone) = time.find(['Z', '+', '-']) else { return false };
        let (clock, offset) = time.split_at(zone);
        time = clock;
        if offset != "Z" {
            let Some((hours, minutes)) = offset[1..].split_once(':') else { return false };
            if hours.len() != 2 || minutes.len() != 2 || !number(hours, 0, 24) || !number(minutes, 0, 60) {
                return false;
            }
        }
    }
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut clock = clock.split(':');
    let (Some(hour), Some(minute), Some(second), None) = (clock.next(), clock.next(), clock.next(), clock.next())
    else {
        return false;
    };
    number(hour, 0, 23)
        && number(minute, 0, 59)
        && number(second, 0, 59)
        && !fraction.is_empty()
        && fraction.bytes().all(|b| b.is_ascii_digit())
}
