use super::content::{Fault, is_dns1123_subdomain, is_qualified_name};
use super::{ErrorList, Path};
use crate::i18n::{Message, id};

/// `IsDomainPrefixedPath`: the value shown is the part that is wrong.
pub fn is_domain_prefixed_path(value: &str, path: &Path<'_>, errs: &mut ErrorList) {
    if value.is_empty() {
        errs.missing(path, "");
        return;
    }
    let Some((host, rest)) = value.split_once('/').filter(|(host, rest)| !host.is_empty() && !rest.is_empty()) else {
        let message = without_domain(value, path);
        errs.invalid(path, value, "must be a domain-prefixed path (such as \"acme.io/foo\")", message);
        return;
    };
    // What was meant is the host alone, not the whole value: no fix.
    let faults: Vec<Fault> = is_dns1123_subdomain(host).into_iter().map(|fault| fault.meant(None)).collect();
    errs.invalid_each(path, host, faults);
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:".contains(&b);
    if !rest.bytes().all(allowed) {
        let detail = "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')";
        let message = Message::new(id::CHECK_API_DOMAIN_PATH).with("value", super::BadValue::from(rest).plain());
        errs.invalid(path, rest, detail, message);
    }
}

/// `IsDomainPrefixedKey`
pub fn is_domain_prefixed_key(value: &str, path: &Path<'_>, errs: &mut ErrorList) {
    if value.is_empty() {
        errs.missing(path, "");
        return;
    }
    let faults = is_qualified_name(value, errs.version);
    if !faults.is_empty() {
        errs.invalid_each(path, value, faults);
    } else if !value.contains('/') {
        let message = without_domain(value, path);
        errs.invalid(path, value, "must be a domain-prefixed key (such as \"acme.io/foo\")", message);
    }
}

fn without_domain(value: &str, path: &Path<'_>) -> Message {
    let value = super::BadValue::from(value).plain();
    Message::new(id::CHECK_API_DOMAIN_PREFIX).with("key", path.called()).with("value", value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::k8s::Version;

    fn said(rule: fn(&str, &Path<'_>, &mut ErrorList), value: &str) -> Vec<String> {
        let mut errs = ErrorList::new(Version::LATEST);
        rule(value, &Path::new("f"), &mut errs);
        errs.into_errors().into_iter().map(|error| error.body).collect()
    }

    /// From `k8s.io/apimachinery/pkg/util/validation/validation_test.go`.
    #[test]
    fn values_with_a_domain() {
        for good in ["a/b", "a/b/c/d", "a.co/foo", "kubernetes.io/job-controller", "a/foo%2Fbar:x"] {
            assert_eq!(said(is_domain_prefixed_path, good), [""; 0], "{good}");
        }
        for bad in ["", "/b", "/b/", "b/", "a", ".a/foo", "a b/foo", "a.b.c/foo bar", "A.b/foo"] {
            assert_eq!(said(is_domain_prefixed_path, bad).len(), 1, "{bad}");
        }
        assert!(
            said(is_domain_prefixed_path, "A.b/foo")[0].starts_with("Invalid value: \"A.b\": a lowercase RFC 1123")
        );
        assert!(said(is_domain_prefixed_path, "a/b c")[0].starts_with("Invalid value: \"b c\": Invalid path (regex"));
        assert_eq!(said(is_domain_prefixed_key, "acme.io/foo"), [""; 0]);
        for bad in ["", "a", "a/b/c", "A.io/foo"] {
            assert_eq!(said(is_domain_prefixed_key, bad).len(), 1, "{bad}");
        }
    }
}
