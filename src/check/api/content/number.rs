use super::{Fault, regex_error};
use crate::i18n::{Message, id};

fn between(from: i64, to: i64, value: i64) -> Vec<Fault> {
    if (from..=to).contains(&value) {
        return Vec::new();
    }
    let message = Message::new(id::CHECK_API_BETWEEN).with("from", from.to_string()).with("to", to.to_string());
    vec![Fault::new(format!("must be between {from} and {to}, inclusive"), message)]
}

/// `IsValidPortNum`.
pub fn is_valid_port_num(port: i64) -> Vec<Fault> {
    between(1, 65535, port)
}

/// `IsValidUserID`.
pub fn is_valid_user_id(uid: i64) -> Vec<Fault> {
    between(0, i32::MAX.into(), uid)
}

/// `IsValidGroupID`.
pub fn is_valid_group_id(gid: i64) -> Vec<Fault> {
    between(0, i32::MAX.into(), gid)
}

/// `IsInRange`.
pub fn is_in_range(value: i64, from: i64, to: i64) -> Vec<Fault> {
    between(from, to, value)
}

/// `IsValidPercent`.
pub fn is_valid_percent(text: &str) -> Vec<Fault> {
    if text.strip_suffix('%').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())) {
        return Vec::new();
    }
    let detail = regex_error(
        "a valid percent string must be a numeric string followed by an ending '%'",
        "[0-9]+%",
        &["1%", "93%"],
    );
    let meant = text.trim().parse::<u32>().ok().map(|number| format!("{number}%"));
    vec![Fault::new(detail, id::CHECK_API_PERCENT).meant(meant)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents() {
        for good in ["0%", "00%", "100%", "250%"] {
            assert_eq!(is_valid_percent(good), [], "{good}");
        }
        for bad in ["", "%", "1", "-1%", "1.5%", " 1%", "1%%"] {
            assert_ne!(is_valid_percent(bad), [], "{bad}");
        }
    }
}
