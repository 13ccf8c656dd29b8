//! Content checks of strict decoding: they take a value, say whether Go's decoder takes it, and know no path.

use crate::k8s::Quantity;

/// Whether `Quantity.UnmarshalJSON` takes the text, which it trims first.
pub fn is_quantity(text: &str) -> bool {
    Quantity::parse(text.trim()).is_ok()
}

/// Whether Go's `time.Parse(time.RFC3339, …)` takes the text.
pub fn is_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let number = |from: usize, len: usize| -> Option<u32> {
        let part = bytes.get(from..from + len)?;
        part.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
    };
    let is = |at: usize, wanted: &[u8]| bytes.get(at).is_some_and(|b| wanted.contains(b));
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 2), number(8, 2)) else { return false };
    let (Some(hour), Some(minute), Some(second)) = (number(11, 2), number(14, 2), number(17, 2)) else { return false };
    if !(is(4, b"-") && is(7, b"-") && is(10, b"T") && is(13, b":") && is(16, b":")) {
        return false;
    }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    if day == 0 || day > days || hour > 23 || minute > 59 || second > 59 {
        return false;
    }
    let mut at = 19;
    if is(at, b".,") {
        let digits = bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            return false;
        }
        at += 1 + digits;
    }
    if &bytes[at..] == b"Z" {
        return true;
    }
    bytes.len() == at + 6
        && is(at, b"+-")
        && is(at + 3, b":")
        && number(at + 1, 2).is_some_and(|h| h <= 24)
        && number(at + 4, 2).is_some_and(|m| m < 60)
}

/// Whether Go's `base64.StdEncoding` decodes the text (line breaks are skipped, padding is required).
pub fn is_base64(text: &str) -> bool {
    let mut length = 0;
    let mut padding = 0;
    for byte in text.bytes() {
        match byte {
            b'\n' | b'\r' => {}
            b'=' => padding += 1,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => length += 1,
            _ => return false,
        }
    }
    (length + padding) % 4 == 0 && padding <= 2 && (padding == 0 || length % 4 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_rfc3339() {
        for good in ["2024-02-29T23:59:59Z", "2024-01-01T00:00:00.123456Z", "2024-01-01T00:00:00+08:00"] {
            assert!(is_time(good), "{good}");
        }
        for bad in [
            "",
            "2024-01-01",
            "2023-02-29T00:00:00Z",
            "2024-01-01 00:00:00Z",
            "2024-01-01T24:00:00Z",
            "2024-01-01T00:00:00",
            "2024-01-01T00:00:00.Z",
            "ää24-01-01T00:00:00Z",
        ] {
            assert!(!is_time(bad), "{bad}");
        }
    }

    #[test]
    fn base64_as_std_encoding() {
        for good in ["", "YQ==", "YWI=", "YWJj", "YW\nJj"] {
            assert!(is_base64(good), "{good}");
        }
        for bad in ["Y", "YQ", "YQ=", "Y===", "YQ==YQ==", "YW-j", "====", "YWJj===="] {
            assert!(!is_base64(bad), "{bad}");
        }
    }
}
