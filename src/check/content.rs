//! Content checks of strict decoding: they take a value, say whether Go's decoder takes it, and know no path.

use k8s_openapi::jiff::Timestamp;

use crate::k8s::Quantity;

/// Whether `Quantity.UnmarshalJSON` takes the text, which it trims first.
pub fn is_quantity(text: &str) -> bool {
    Quantity::parse(text.trim()).is_ok()
}

/// Whether Go's `time.Parse(time.RFC3339, …)` takes the text.
pub fn is_time(text: &str) -> bool {
    text.parse::<Timestamp>().is_ok()
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
