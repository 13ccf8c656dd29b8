use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::Fault;
use crate::check::api::bad_value::quoted;
use crate::i18n::{Message, id};
use crate::k8s::{Gate, Version};

/// Numbers of this size are no part of an address any more.
const BIG: u32 = 0xFF_FFFF;

/// `dtoi`, `xtoi`: the number at the text's beginning and what follows it.
fn number(text: &str, radix: u32) -> Option<(u32, &str)> {
    let (mut value, mut length) = (0, 0);
    for digit in text.bytes().map_while(|b| char::from(b).to_digit(radix)) {
        value = value * radix + digit;
        length += 1;
        if value >= BIG {
            return None;
        }
    }
    (length > 0).then(|| (value, &text[length..]))
}

/// `parseIPv4` of `utils/internal/third_party/forked/golang/net`: leading zeros do not matter.
fn parse_v4(text: &str) -> Option<Ipv4Addr> {
    let (mut octets, mut rest) = ([0; 4], text);
    for (i, octet) in octets.iter_mut().enumerate() {
        if i > 0 {
            rest = rest.strip_prefix('.')?;
        }
        let (value, after) = number(rest, 10)?;
        *octet = u8::try_from(value).ok()?;
        rest = after;
    }
    rest.is_empty().then(|| octets.into())
}

/// `parseIPv6` of the same: groups may be longer than four digits.
fn parse_v6(text: &str) -> Option<Ipv6Addr> {
    let (mut groups, mut ellipsis, mut rest) = (Vec::with_capacity(8), None, text);
    if let Some(after) = text.strip_prefix("::") {
        if after.is_empty() {
            return Some(Ipv6Addr::UNSPECIFIED);
        }
        (ellipsis, rest) = (Some(0), after);
    }
    while groups.len() < 8 {
        let (value, after) = number(rest, 16)?;
        let group = u16::try_from(value).ok()?;
        if after.starts_with('.') {
            if (ellipsis.is_none() && groups.len() != 6) || groups.len() > 6 {
                return None;
            }
            let [a, b, c, d] = parse_v4(rest)?.octets();
            groups.extend([u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])]);
            rest = "";
            break;
        }
        groups.push(group);
        rest = after;
        if rest.is_empty() {
            break;
        }
        rest = rest.strip_prefix(':').filter(|rest| !rest.is_empty())?;
        if let Some(after) = rest.strip_prefix(':') {
            if ellipsis.is_some() {
                return None;
            }
            (ellipsis, rest) = (Some(groups.len()), after);
            if rest.is_empty() {
                break;
            }
        }
    }
    match ellipsis {
        _ if !rest.is_empty() => return None,
        Some(at) if groups.len() < 8 => {
            let missing = 8 - groups.len();
            groups.splice(at..at, std::iter::repeat_n(0, missing));
        }
        None if groups.len() == 8 => {}
        _ => return None,
    }
    <[u16; 8]>::try_from(groups).ok().map(Ipv6Addr::from)
}

/// `netutils.ParseIPSloppy`; an IPv4 address mapped into IPv6 is an IPv4 address, as Go's `net.IP` has it.
pub fn parse_ip_sloppy(value: &str) -> Option<IpAddr> {
    match value.bytes().find(|b| b".:".contains(b))? {
        b'.' => parse_v4(value).map(IpAddr::V4),
        _ => parse_v6(value).map(|ip| IpAddr::V6(ip).to_canonical()),
    }
}

/// `netip.Addr.Is4In6`
fn is_4_in_6(value: &str) -> bool {
    parse_v6(value).is_some_and(|ip| ip.to_ipv4_mapped().is_some())
}

/// How a value ought to be written.
fn write_it(detail: String, meant: String) -> Fault {
    let message = Message::new(id::CHECK_API_IP_WRITE).with("meant", meant.as_str());
    Fault::new(detail, message).meant(Some(meant))
}

fn faults_of_ip(value: &str, strict: bool) -> Result<IpAddr, Fault> {
    let Some(ip) = parse_ip_sloppy(value) else {
        let detail = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
        return Err(Fault::new(detail, id::CHECK_API_IP_ADDRESS));
    };
    if strict && value.parse::<IpAddr>().is_err() {
        return Err(write_it("must not have leading 0s".to_owned(), ip.to_string()));
    }
    if strict && is_4_in_6(value) {
        return Err(write_it("must not be an IPv4-mapped IPv6 address".to_owned(), ip.to_string()));
    }
    Ok(ip)
}

/// `IsValidIPForLegacyField`, as strict as the version is.
pub fn is_valid_ip_for_legacy_field(value: &str, version: Version) -> Vec<Fault> {
    faults_of_ip(value, Gate::StrictIPCIDRValidation.on(version)).err().into_iter().collect()
}

/// `IsValidIP`
pub fn is_valid_ip(value: &str) -> Vec<Fault> {
    match faults_of_ip(value, true) {
        Err(fault) => vec![fault],
        Ok(ip) if ip.to_string() == value => Vec::new(),
        Ok(ip) => {
            let meant = ip.to_string();
            vec![write_it(format!("must be in canonical form ({})", quoted(&meant)), meant)]
        }
    }
}

/// A network as Go's `net.ParseCIDR` gives it.
struct Cidr {
    /// The address that was written.
    ip: IpAddr,
    /// The network it is in, as text.
    network: String,
    /// The address alone, as a network of one.
    single: String,
    /// Whether bits are set that the network does not have.
    more_bits: bool,
}

/// `netutils.ParseCIDRSloppy`
fn parse_cidr_sloppy(value: &str) -> Option<Cidr> {
    let (address, length) = value.split_once('/')?;
    let (bits, "") = number(length, 10)? else { return None };
    if let Some(ip) = parse_v4(address) {
        let mask = u32::MAX.checked_shl(32_u32.checked_sub(bits)?).unwrap_or(0);
        let masked = Ipv4Addr::from_bits(ip.to_bits() & mask);
        let (network, single) = (format!("{masked}/{bits}"), format!("{ip}/32"));
        return Some(Cidr { ip: ip.into(), network, single, more_bits: masked != ip });
    }
    let ip = parse_v6(address)?;
    let mask = u128::MAX.checked_shl(128_u32.checked_sub(bits)?).unwrap_or(0);
    let masked = Ipv6Addr::from_bits(ip.to_bits() & mask);
    let network = match masked.to_ipv4_mapped() {
        Some(masked) => format!("{masked}/{}", bits.saturating_sub(96)),
        None => format!("{masked}/{bits}"),
    };
    let canonical = IpAddr::V6(ip).to_canonical();
    Some(Cidr { ip: canonical, network, single: format!("{canonical}/128"), more_bits: masked != ip })
}

/// Whether `netip.ParsePrefix` takes what `ParseCIDRSloppy` takes: it wants no leading zeros.
fn is_prefix(value: &str) -> bool {
    value
        .split_once('/')
        .is_some_and(|(address, bits)| address.parse::<IpAddr>().is_ok() && (bits.len() <= 1 || !bits.starts_with('0')))
}

fn address_of(cidr: &str) -> &str {
    cidr.split_once('/').map_or(cidr, |(address, _)| address)
}

fn ambiguous(detail: &'static str, cidr: &Cidr) -> Fault {
    let message =
        Message::new(id::CHECK_API_IP_BITS).with("network", cidr.network.as_str()).with("single", cidr.single.as_str());
    Fault::new(detail, message)
}

fn faults_of_cidr(value: &str, strict: bool) -> Result<Cidr, Fault> {
    let Some(cidr) = parse_cidr_sloppy(value) else {
        let detail = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
        return Err(Fault::new(detail, id::CHECK_API_IP_NETWORK));
    };
    if !strict {
        return Ok(cidr);
    }
    if !is_prefix(value) || is_4_in_6(address_of(value)) {
        let detail = match is_prefix(value) {
            true => "must not have an IPv4-mapped IPv6 address",
            false => "must not have leading 0s in IP or prefix length",
        };
        return Err(match cidr.more_bits {
            true => ambiguous(detail, &cidr),
            false => write_it(detail.to_owned(), cidr.network),
        });
    }
    if cidr.more_bits {
        return Err(ambiguous("must not have bits set beyond the prefix length", &cidr));
    }
    Ok(cidr)
}

/// `IsValidCIDRForLegacyField`, as strict as the version is.
pub fn is_valid_cidr_for_legacy_field(value: &str, version: Version) -> Vec<Fault> {
    faults_of_cidr(value, Gate::StrictIPCIDRValidation.on(version)).err().into_iter().collect()
}

/// `IsValidCIDR`
pub fn is_valid_cidr(value: &str) -> Vec<Fault> {
    match faults_of_cidr(value, true) {
        Err(fault) => vec![fault],
        Ok(cidr) if cidr.network == value => Vec::new(),
        Ok(Cidr { network, .. }) => {
            vec![write_it(format!("must be in canonical form ({})", quoted(&network)), network)]
        }
    }
}

/// `ValidateEndpointIP`: every range that the address is in and must not be in.
pub fn validate_endpoint_ip(value: &str) -> Vec<Fault> {
    let Some(ip) = parse_ip_sloppy(value) else {
        return vec![Fault::new("must be a valid IP address", id::CHECK_API_IP_ADDRESS)];
    };
    let mut faults = Vec::new();
    let mut within = |range: &str, detail: String| {
        faults.push(Fault::new(detail, Message::new(id::CHECK_API_IP_RANGE).with("range", range)));
    };
    if ip.is_unspecified() {
        within("0.0.0.0, ::", format!("may not be unspecified ({value})"));
    }
    if ip.is_loopback() {
        within("127.0.0.0/8, ::1/128", "may not be in the loopback range (127.0.0.0/8, ::1/128)".to_owned());
    }
    let (unicast, multicast) = match ip {
        IpAddr::V4(ip) => (ip.is_link_local(), ip.octets()[..3] == [224, 0, 0]),
        IpAddr::V6(ip) => (ip.is_unicast_link_local(), ip.segments()[0] & 0xff0f == 0xff02),
    };
    if unicast {
        let detail = "may not be in the link-local range (169.254.0.0/16, fe80::/10)";
        within("169.254.0.0/16, fe80::/10", detail.to_owned());
    }
    if multicast {
        let detail = "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)";
        within("224.0.0.0/24, ff02::/10", detail.to_owned());
    }
    faults
}

/// What is not standard was bearable up to 1.35.
fn is_invalid(version: Version) -> &'static str {
    if version >= Version::V1_36 { "is invalid" } else { "will be considered invalid in a future Kubernetes release" }
}

/// `GetWarningsForIP`: the server's text about the field.
pub fn get_warnings_for_ip(field: &str, value: &str, version: Version) -> Vec<String> {
    let Some(ip) = parse_ip_sloppy(value) else { return Vec::new() };
    let (shown, meant) = (quoted(value), ip.to_string());
    if value.parse::<IpAddr>().is_err() || is_4_in_6(value) {
        let invalid = is_invalid(version);
        return vec![format!("{field}: non-standard IP address {shown} {invalid}: use {}", quoted(&meant))];
    }
    if ip.is_ipv6() && meant != value {
        let meant = quoted(&meant);
        return vec![format!("{field}: IPv6 address {shown} should be in RFC 5952 canonical format ({meant})")];
    }
    Vec::new()
}

/// `GetWarningsForCIDR`: the server's texts about the field.
pub fn get_warnings_for_cidr(field: &str, value: &str, version: Version) -> Vec<String> {
    let Some(cidr) = parse_cidr_sloppy(value) else { return Vec::new() };
    let (shown, network) = (quoted(value), quoted(&cidr.network));
    let mut warnings = Vec::new();
    if cidr.more_bits {
        let single = quoted(&cidr.single);
        warnings.push(format!(
            "{field}: CIDR value {shown} is ambiguous in this context (should be {network} or {single}?)"
        ));
    }
    if !is_prefix(value) || is_4_in_6(address_of(value)) {
        let invalid = is_invalid(version);
        warnings.push(format!("{field}: non-standard CIDR value {shown} {invalid}: use {network}"));
    }
    if warnings.is_empty() && cidr.ip.is_ipv6() && cidr.network != value {
        warnings.push(format!("{field}: IPv6 CIDR value {shown} should be in RFC 5952 canonical format ({network})"));
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details(faults: Vec<Fault>) -> Vec<String> {
        faults.into_iter().map(|fault| fault.detail.into_owned()).collect()
    }

    /// From `k8s.io/apimachinery/pkg/util/validation/ip_test.go`.
    #[test]
    fn addresses() {
        for (value, legacy, strict, canonical) in [
            ("1.2.3.4", "", "", ""),
            ("::1", "", "", ""),
            ("2a00:79e0:2:0:f1c3:e797:93c1:df80", "", "", ""),
            ("::ffff:1.2.3.4", "", "must not be an IPv4-mapped", "must not be an IPv4-mapped"),
            ("1.1.1.01", "", "must not have leading 0s", "must not have leading 0s"),
            ("::1.1.1.01", "", "must not have leading 0s", "must not have leading 0s"),
            ("2001:db8:00000::1", "", "must not have leading 0s", "must not have leading 0s"),
            ("2001:db8:0:0:0:0:0:1", "", "", "must be in canonical form (\"2001:db8::1\")"),
            ("2001:DB8::1", "", "", "must be in canonical form (\"2001:db8::1\")"),
            ("::102:304", "", "", ""),
            // One group of zeros is not shortened.
            ("1:2:3:4:5:6:7::", "", "", "must be in canonical form (\"1:2:3:4:5:6:7:0\")"),
            ("1:0:0:4:5:0:0:8", "", "", "must be in canonical form (\"1::4:5:0:0:8\")"),
            ("1:2:3:4:5:6:7:8::", "must be a valid IP", "must be a valid IP", "must be a valid IP"),
            ("1:2:3:4:5:6:7:8:9", "must be a valid IP", "must be a valid IP", "must be a valid IP"),
            ("1::2::3", "must be a valid IP", "must be a valid IP", "must be a valid IP"),
            ("1:2:3:4:5:6:7:1.2.3.4", "must be a valid IP", "must be a valid IP", "must be a valid IP"),
            ("fe80::1%eth0", "must be a valid IP", "must be a valid IP", "must be a valid IP"),
            ("300.0.0.0", "must be a valid IP", "must be a valid IP", "must be a valid IP"),
            ("1.2.3", "must be a valid IP", "must be a valid IP", "must be a valid IP"),
            ("1.2.3.4.", "must be a valid IP", "must be a valid IP", "must be a valid IP"),
            ("1.0.0.0/8", "must be a valid IP", "must be a valid IP", "must be a valid IP"),
            ("", "must be a valid IP", "must be a valid IP", "must be a valid IP"),
            ("aaa", "must be a valid IP", "must be a valid IP", "must be a valid IP"),
        ] {
            let all = [
                (legacy, is_valid_ip_for_legacy_field(value, Version::V1_35)),
                (strict, is_valid_ip_for_legacy_field(value, Version::V1_36)),
                (canonical, is_valid_ip(value)),
            ];
            for (expected, found) in all {
                let found = details(found).join(";");
                assert!(found.starts_with(expected) && found.is_empty() == expected.is_empty(), "{value}: {found}");
            }
        }
    }

    #[test]
    fn networks() {
        let not = "must be a valid CIDR";
        for (value, legacy, strict, canonical) in [
            ("1.0.0.0/8", "", "", ""),
            ("0.0.0.0/0", "", "", ""),
            ("2001:db8::/32", "", "", ""),
            ("::/0", "", "", ""),
            ("2001:DB8::/32", "", "", "must be in canonical form (\"2001:db8::/32\")"),
            ("1.2.3.4/24", "", "must not have bits set", "must not have bits set"),
            ("01.0.0.0/8", "", "must not have leading 0s", "must not have leading 0s"),
            ("1.0.0.0/08", "", "must not have leading 0s", "must not have leading 0s"),
            ("::ffff:1.2.3.0/120", "", "must not have an IPv4-mapped", "must not have an IPv4-mapped"),
            ("1.0.0.0", not, not, not),
            ("1.0.0.0/33", not, not, not),
            ("::/129", not, not, not),
            ("1.0.0.0/-1", not, not, not),
            ("1.0.0.0/8/8", not, not, not),
            ("1.0.0.0/", not, not, not),
            ("", not, not, not),
        ] {
            let all = [
                (legacy, is_valid_cidr_for_legacy_field(value, Version::V1_35)),
                (strict, is_valid_cidr_for_legacy_field(value, Version::V1_36)),
                (canonical, is_valid_cidr(value)),
            ];
            for (expected, found) in all {
                let found = details(found).join(";");
                assert!(found.starts_with(expected) && found.is_empty() == expected.is_empty(), "{value}: {found}");
            }
        }
    }

    #[test]
    fn endpoints_are_not_in_special_ranges() {
        for (value, faults) in [
            ("1.2.3.4", 0),
            ("2001:db8::1", 0),
            ("224.0.1.1", 0),
            ("0.0.0.0", 1),
            ("::", 1),
            ("::ffff:0.0.0.0", 1),
            ("127.0.0.1", 1),
            ("::1", 1),
            ("169.254.169.254", 1),
            ("fe80::1", 1),
            ("224.0.0.1", 1),
            ("ff02::1", 1),
            ("ff12::1", 1),
            ("x", 1),
        ] {
            assert_eq!(validate_endpoint_ip(value).len(), faults, "{value}");
        }
        assert_eq!(details(validate_endpoint_ip("000.0.0.0")), ["may not be unspecified (000.0.0.0)"]);
    }

    /// From the same file and `pkg/api/service/warnings_test.go`.
    #[test]
    fn warnings_say_how_to_write_it() {
        let ip = |value| get_warnings_for_ip("f", value, Version::V1_36);
        assert_eq!(ip("1.2.3.4"), [""; 0]);
        assert_eq!(ip("2001:db8::1"), [""; 0]);
        assert_eq!(ip("1.2.3.012"), ["f: non-standard IP address \"1.2.3.012\" is invalid: use \"1.2.3.12\""]);
        assert_eq!(
            get_warnings_for_ip("f", "::ffff:1.2.3.4", Version::V1_35),
            [
                "f: non-standard IP address \"::ffff:1.2.3.4\" will be considered invalid in a future Kubernetes release: use \"1.2.3.4\""
            ]
        );
        assert_eq!(
            ip("2001:db8:0:0::2"),
            ["f: IPv6 address \"2001:db8:0:0::2\" should be in RFC 5952 canonical format (\"2001:db8::2\")"]
        );
        let cidr = |value| get_warnings_for_cidr("f", value, Version::V1_37);
        assert_eq!(cidr("10.0.0.0/8"), [""; 0]);
        let both = cidr("::ffff:1.2.3.4/120");
        assert_eq!(
            both[0],
            "f: CIDR value \"::ffff:1.2.3.4/120\" is ambiguous in this context (should be \"1.2.3.0/24\" or \"1.2.3.4/128\"?)"
        );
        assert_eq!(both[1], "f: non-standard CIDR value \"::ffff:1.2.3.4/120\" is invalid: use \"1.2.3.0/24\"");
        assert_eq!(
            cidr("2001:DB8::/32"),
            ["f: IPv6 CIDR value \"2001:DB8::/32\" should be in RFC 5952 canonical format (\"2001:db8::/32\")"]
        );
    }
}
