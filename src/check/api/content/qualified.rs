use super::{Fault, is_dns1123_subdomain, regex_error};
use crate::i18n::{Message, id};
use crate::k8s::Version;

const MOST: usize = 63;

/// `([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]`
fn is_name(value: &str) -> bool {
    let bytes = value.as_bytes();
    matches!((bytes.first(), bytes.last()), (Some(a), Some(b)) if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric())
        && bytes.iter().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b))
}

/// Bytes since 1.35 (`pkg/api/validate/content`), characters before.
fn unit(version: Version) -> &'static str {
    if version >= Version::V1_35 { "bytes" } else { "characters" }
}

/// `IsQualifiedName`, since 1.35 `content.IsLabelKey`: every rule that is broken.
pub fn is_qualified_name(value: &str, version: Version) -> Vec<Fault> {
    const REGEX: &str = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    const EXAMPLES: &[&str] = &["MyName", "my.name", "123-abc"];
    let must = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
    let say = |detail: String| Fault::new(detail, id::CHECK_API_QUALIFIED_NAME);
    let mut faults = Vec::new();
    let name = match value.split_once('/') {
        None => value,
        Some((_, name)) if name.contains('/') => {
            let what = if version >= Version::V1_35 { "a valid label key" } else { "a qualified name" };
            let error = regex_error(&format!("{what} {must}"), REGEX, EXAMPLES);
            faults.push(say(format!(
                "{error} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
            )));
            return faults;
        }
        Some((prefix, name)) => {
            if prefix.is_empty() {
                faults.push(say("prefix part must be non-empty".to_owned()));
            } else {
                for fault in is_dns1123_subdomain(prefix) {
                    let detail = fault.detail.replace("253 characters", &format!("253 {}", unit(version)));
                    faults.push(say(format!("prefix part {detail}")));
                }
            }
            name
        }
    };
    if name.is_empty() {
        faults.push(say("name part must be non-empty".to_owned()));
    } else if name.len() > MOST {
        faults.push(say(format!("name part must be no more than {MOST} {}", unit(version))));
    }
    if !is_name(name) {
        faults.push(say(format!("name part {}", regex_error(must, REGEX, EXAMPLES))));
    }
    faults
}

/// `IsValidLabelValue`: every rule that is broken.
pub fn is_valid_label_value(value: &str, version: Version) -> Vec<Fault> {
    let mut faults = Vec::new();
    if value.len() > MOST {
        let message = Message::new(id::CHECK_API_TOO_LONG).with("most", MOST);
        faults.push(Fault::new(format!("must be no more than {MOST} {}", unit(version)), message));
    }
    if !value.is_empty() && !is_name(value) {
        let detail = regex_error(
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
            "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?",
            &["MyValue", "my_value", "12345"],
        );
        faults.push(Fault::new(detail, id::CHECK_API_LABEL_VALUE));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From `k8s.io/apimachinery/pkg/util/validation/validation_test.go`.
    #[test]
    fn qualified_names() {
        for good in [
            "simple",
            "now-with-dashes",
            "1-starts-with-num",
            "1234",
            "simple/simple",
            "now-with-dashes/simple",
            "now-with-dashes/now-with-dashes",
            "now.with.dots/simple",
            "1-num.2-num/3-num",
            "1234/5678",
            "1.2.3.4/5678",
            "Uppercase_Is_OK_123",
            "example.com/Uppercase_Is_OK_123",
            "requests.storage-foo",
        ] {
            assert_eq!(is_qualified_name(good, Version::LATEST), [], "{good}");
        }
        let long = format!("{}/ok", "a".repeat(254));
        for (bad, faults) in [
            ("nospecialchars%^=@", 1),
            ("cantendwithadash-", 1),
            ("-cantstartwithadash-", 1),
            ("only/one/slash", 1),
            ("Example.com/abc", 1),
            ("example_com/abc", 1),
            ("example.com/", 2),
            ("/simple", 1),
            ("", 2),
            (long.as_str(), 1),
        ] {
            assert_eq!(is_qualified_name(bad, Version::LATEST).len(), faults, "{bad}");
        }
    }

    #[test]
    fn wording_changed_in_1_35() {
        let long = "a".repeat(64);
        let said = |version| is_valid_label_value(&long, version)[0].detail.clone();
        assert_eq!(said(Version::V1_34), "must be no more than 63 characters");
        assert_eq!(said(Version::V1_35), "must be no more than 63 bytes");
        assert!(is_qualified_name("a/b/c", Version::V1_34)[0].detail.starts_with("a qualified name must"));
        assert!(is_qualified_name("a/b/c", Version::V1_35)[0].detail.starts_with("a valid label key must"));
    }
}
