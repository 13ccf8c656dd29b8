use std::net::IpAddr;

use super::content::Fault;
use crate::i18n::id;
use crate::k8s::{Gate, Version};

/// `IsValidIPForLegacyField`.
pub fn is_valid_ip_for_legacy_field(value: &str, version: Version) -> Vec<Fault> {
    let fault = |detail: &'static str| vec![Fault::new(detail, id::CHECK_API_LEGACY_IP)];
    if !parses_sloppily(value) {
        return fault("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    }
    if !Gate::StrictIPCIDRValidation.on(version) {
        return Vec::new();
    }
    match value.parse() {
        Err(_) => fault("must not have leading 0s"),
        Ok(IpAddr::V6(ip)) if ip.to_ipv4_mapped().is_some() => fault("must not be an IPv4-mapped IPv6 address"),
        Ok(_) => Vec::new(),
    }
}

/// `ParseIPSloppy`: as usual, but for numbers with zeros before them.
fn parses_sloppily(value: &str) -> bool {
    let without_zeros = |number: &str| match number.trim_start_matches('0') {
        "" if !number.is_empty() => "0".to_owned(),
        rest => rest.to_owned(),
    };
    let each = |text: &str, between: char| {
        text.split(between).map(without_zeros).collect::<Vec<_>>().join(&between.to_string())
    };
    // An address of numbers of three digits is shorter; nobody writes thousands of zeros.
    if value.len() > 1024 {
        return false;
    }
    let Some((before, last)) = value.rsplit_once(':') else {
        return each(value, '.').parse::<std::net::Ipv4Addr>().is_ok();
    };
    let last = if last.contains('.') { each(last, '.') } else { without_zeros(last) };
    format!("{}:{last}", each(before, ':')).parse::<std::net::Ipv6Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From `k8s.io/apimachinery/pkg/util/validation/ip_test.go`.
    #[test]
    fn addresses() {
        for good in ["1.2.3.4", "255.255.255.255", "::", "::1", "a::", "2001:db8::ffff", "::1.2.3.4", "1:2:3:4:5:6:7:8"]
        {
            assert_eq!(is_valid_ip_for_legacy_field(good, Version::V1_37), [], "{good}");
        }
        for lax in ["01.2.3.4", "1.2.3.000", "::ffff:1.2.3.4", "00001::", "::01.2.3.4"] {
            assert_eq!(is_valid_ip_for_legacy_field(lax, Version::V1_35), [], "{lax}");
            assert_eq!(is_valid_ip_for_legacy_field(lax, Version::V1_36).len(), 1, "{lax}");
        }
        for bad in [
            "",
            "a",
            "1.2.3",
            "1.2.3.4.5",
            "256.1.1.1",
            "1..2.3",
            "1.2.3.4/8",
            " 1.2.3.4",
            "+1.2.3.4",
            ":1",
            "1:",
            ":::",
            "g::",
            "1::2::3",
            "::1%eth0",
            "[::1]",
            "1:2:3:4:5:6:7:8:9",
            "10000::0fffff",
        ] {
            assert_eq!(is_valid_ip_for_legacy_field(bad, Version::V1_33).len(), 1, "{bad}");
        }
    }
}
