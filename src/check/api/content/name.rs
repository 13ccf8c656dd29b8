use super::{Fault, regex_error};
use crate::i18n::{Message, id};

const LABEL: usize = 63;
const SUBDOMAIN: usize = 253;

fn too_long(value: &str, most: usize) -> Option<Fault> {
    (value.len() > most).then(|| {
        let message = Message::new(id::CHECK_API_TOO_LONG).with("most", most);
        Fault::new(format!("must be no more than {most} characters"), message)
    })
}

fn is_lower(b: u8) -> bool {
    b.is_ascii_lowercase() || b.is_ascii_digit()
}

/// `[a-z0-9]([-a-z0-9]*[a-z0-9])?`
fn label(value: &str) -> bool {
    let bytes = value.as_bytes();
    matches!((bytes.first(), bytes.last()), (Some(&a), Some(&b)) if is_lower(a) && is_lower(b))
        && bytes.iter().all(|&b| is_lower(b) || b == b'-')
}

/// Labels with dots between them.
fn subdomain(value: &str) -> bool {
    value.split('.').all(label)
}

/// A value as a DNS name would have it: lower case, `-` for what is not allowed.
fn as_dns(value: &str, dots: bool, most: usize) -> Option<String> {
    let mut out = String::new();
    for c in value.trim().chars() {
        match c.to_ascii_lowercase() {
            c if c.is_ascii_lowercase() || c.is_ascii_digit() => out.push(c),
            '.' if dots => out.push('.'),
            '-' | '_' | ' ' | '.' => out.push('-'),
            _ => return None,
        }
    }
    let out = out.trim_matches(['-', '.']);
    (!out.is_empty() && out.len() <= most && out != value && if dots { subdomain(out) } else { label(out) })
        .then(|| out.to_owned())
}

/// `IsDNS1123Label`.
pub fn is_dns1123_label(value: &str) -> Vec<Fault> {
    let mut faults: Vec<_> = too_long(value, LABEL).into_iter().collect();
    if !label(value) {
        let meant = as_dns(value, false, LABEL);
        if subdomain(value) {
            faults.push(Fault::new("must not contain dots", id::CHECK_API_NO_DOTS).meant(meant));
        } else {
            let detail = regex_error(
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
                "[a-z0-9]([-a-z0-9]*[a-z0-9])?",
                &["my-name", "123-abc"],
            );
            faults.push(Fault::new(detail, id::CHECK_API_DNS_LABEL).meant(meant));
        }
    }
    faults
}

/// `IsDNS1123Subdomain`.
pub fn is_dns1123_subdomain(value: &str) -> Vec<Fault> {
    let mut faults: Vec<_> = too_long(value, SUBDOMAIN).into_iter().collect();
    if !subdomain(value) {
        let detail = regex_error(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
            "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
            &["example.com"],
        );
        faults.push(Fault::new(detail, id::CHECK_API_DNS_SUBDOMAIN).meant(as_dns(value, true, SUBDOMAIN)));
    }
    faults
}

/// `IsDNS1123SubdomainWithUnderscore`; 1.33 quotes the expression without the underscores (`old_text`).
pub fn is_dns1123_subdomain_with_underscore(value: &str, old_text: bool) -> Vec<Fault> {
    let mut faults: Vec<_> = too_long(value, SUBDOMAIN).into_iter().collect();
    let part = |part: &str| {
        let part = part.strip_prefix('_').unwrap_or(part);
        let bytes = part.as_bytes();
        matches!((bytes.first(), bytes.last()), (Some(&a), Some(&b)) if is_lower(a) && is_lower(b))
            && bytes.iter().all(|&b| is_lower(b) || b == b'-' || b == b'_')
    };
    if !value.split('.').all(part) {
        let regex = if old_text {
            "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"
        } else {
            "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*"
        };
        let detail = regex_error(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character",
            regex,
            &["example.com"],
        );
        faults.push(Fault::new(detail, id::CHECK_API_DNS_SUBDOMAIN));
    }
    faults
}

/// `IsDNS1035Label`.
pub fn is_dns1035_label(value: &str) -> Vec<Fault> {
    let mut faults: Vec<_> = too_long(value, LABEL).into_iter().collect();
    let begins = |value: &str| value.starts_with(|c: char| c.is_ascii_lowercase());
    if !(label(value) && begins(value)) {
        let detail = regex_error(
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
            "[a-z]([-a-z0-9]*[a-z0-9])?",
            &["my-name", "abc-123"],
        );
        let meant = as_dns(value, false, LABEL).filter(|meant| begins(meant));
        faults.push(Fault::new(detail, id::CHECK_API_DNS_1035).meant(meant));
    }
    faults
}

/// `IsWildcardDNS1123Subdomain`.
pub fn is_wildcard_dns1123_subdomain(value: &str) -> Vec<Fault> {
    let mut faults: Vec<_> = too_long(value, SUBDOMAIN).into_iter().collect();
    if !value.strip_prefix("*.").is_some_and(subdomain) {
        let detail = regex_error(
            "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
            "\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
            &["*.example.com"],
        );
        faults.push(Fault::new(detail, id::CHECK_API_DNS_WILDCARD));
    }
    faults
}

/// `IsValidPortName`: every rule that is broken.
pub fn is_valid_port_name(value: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut say = |detail: &'static str| faults.push(Fault::new(detail, id::CHECK_API_PORT_NAME));
    if value.len() > 15 {
        say("must be no more than 15 characters");
    }
    if value.is_empty() || !value.bytes().all(|b| is_lower(b) || b == b'-') {
        say("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if !value.bytes().any(|b| b.is_ascii_lowercase()) {
        say("must contain at least one letter (a-z)");
    }
    if value.contains("--") {
        say("must not contain consecutive hyphens");
    }
    if value.starts_with('-') || value.ends_with('-') {
        say("must not begin or end with a hyphen");
    }
    faults
}

/// `IsConfigMapKey`.
pub fn is_config_map_key(value: &str) -> Vec<Fault> {
    let mut faults: Vec<_> = too_long(value, SUBDOMAIN).into_iter().collect();
    if value.is_empty() || !value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b)) {
        let detail = regex_error(
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
            "[-._a-zA-Z0-9]+",
            &["key.name", "KEY_NAME", "key-name"],
        );
        faults.push(Fault::new(detail, id::CHECK_API_CONFIG_KEY));
    }
    faults.extend(no_dots(value));
    faults
}

/// `hasChDirPrefix`.
fn no_dots(value: &str) -> Option<Fault> {
    let detail = match value {
        "." => "must not be '.'",
        ".." => "must not be '..'",
        _ if value.starts_with("..") => "must not start with '..'",
        _ => return None,
    };
    Some(Fault::new(detail, id::CHECK_API_NO_DOT_DOT))
}

/// `IsRelaxedEnvVarName`, which all supported versions use.
pub fn is_env_var_name(value: &str) -> Vec<Fault> {
    if value.is_empty() {
        return vec![Fault::new("environment variable name must be non-empty", id::CHECK_API_ENV_NAME)];
    }
    if value.bytes().all(|b| (b' '..=b'~').contains(&b) && b != b'=') {
        return Vec::new();
    }
    let detail = "a valid environment variable name must consist only of printable ASCII characters other than '='";
    vec![Fault::new(detail, id::CHECK_API_ENV_NAME)]
}

/// `IsHTTPHeaderName`.
pub fn is_http_header_name(value: &str) -> Vec<Fault> {
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return Vec::new();
    }
    let detail = regex_error(
        "a valid HTTP header must consist of alphanumeric characters or '-'",
        "[-A-Za-z0-9]+",
        &["X-Header-Name"],
    );
    vec![Fault::new(detail, id::CHECK_API_HTTP_HEADER)]
}

/// `path.IsValidPathSegmentName`.
pub fn is_path_segment_name(value: &str) -> Vec<Fault> {
    if value == "." || value == ".." {
        return vec![Fault::new(format!("may not be '{value}'"), id::CHECK_API_PATH_SEGMENT)];
    }
    let held = ["/", "%"].into_iter().filter(|illegal| value.contains(illegal));
    held.map(|illegal| Fault::new(format!("may not contain '{illegal}'"), id::CHECK_API_PATH_SEGMENT)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From `k8s.io/apimachinery/pkg/util/validation/validation_test.go`.
    #[test]
    fn names_as_upstream_has_them() {
        let long = "a".repeat(64);
        for good in ["a", "ab", "a1", "a-1", "a--1--2--b", "0", "01", "0a", "0a1", "0-a"] {
            assert_eq!(is_dns1123_label(good), [], "{good}");
        }
        for bad in ["", "A", "-", "a-", "-a", "1-", "-1", "_", "a_b", "a@b", "a.", "a b", long.as_str()] {
            assert_ne!(is_dns1123_label(bad), [], "{bad}");
        }
        assert_eq!(is_dns1123_label("a.b")[0].detail, "must not contain dots");
        for good in ["a", "a.b", "0.0", "a.b.c-d", long.as_str()] {
            assert_eq!(is_dns1123_subdomain(good), [], "{good}");
        }
        for bad in ["", "A.a", "a..b", ".a", "a.", "a.-b", "a_b.c", "a b"] {
            assert_ne!(is_dns1123_subdomain(bad), [], "{bad}");
        }
        for good in ["a", "a1", "a--1--2--b"] {
            assert_eq!(is_dns1035_label(good), [], "{good}");
        }
        for bad in ["", "0", "0a", "A", "a-", "a.b"] {
            assert_ne!(is_dns1035_label(bad), [], "{bad}");
        }
        for good in ["_a.b", "a_b", "_sip._tcp"] {
            assert_eq!(is_dns1123_subdomain_with_underscore(good, false), [], "{good}");
        }
        for bad in ["__a", "a_", "_", "a..b"] {
            assert_ne!(is_dns1123_subdomain_with_underscore(bad, false), [], "{bad}");
        }
        let underscore = |old| is_dns1123_subdomain_with_underscore("A", old)[0].detail.clone().into_owned();
        let says = "characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '";
        assert!(
            underscore(true)
                .ends_with(&format!("{says}[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"))
        );
        assert!(
            underscore(false)
                .ends_with(&format!("{says}_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')"))
        );
    }

    #[test]
    fn port_names_break_every_rule_they_break() {
        for good in ["telnet", "re-mail-ck", "pop3", "a", "a-1", "1-a"] {
            assert_eq!(is_valid_port_name(good), [], "{good}");
        }
        for (bad, faults) in [("longerthan15characters", 1), ("", 2), ("no.dots", 1), ("-", 2), ("--", 3), ("1234", 1)]
        {
            assert_eq!(is_valid_port_name(bad).len(), faults, "{bad}");
        }
    }

    #[test]
    fn a_name_is_mended_where_one_answer_is_plain() {
        let meant = |name: &str| is_dns1123_subdomain(name).pop().and_then(|fault| fault.meant);
        assert_eq!(meant("My_App"), Some("my-app".to_owned()));
        assert_eq!(meant("web."), Some("web".to_owned()));
        assert_eq!(meant("网站"), None);
        assert_eq!(is_dns1035_label("1web").pop().and_then(|fault| fault.meant), None);
    }
}
