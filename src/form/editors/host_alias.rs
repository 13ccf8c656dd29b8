//! Host names for an address, and the line of `/etc/hosts` they become.

use std::net::IpAddr;

use serde_json::{Value, json};

/// A line of `/etc/hosts` in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostAlias {
    /// The address.
    pub ip: String,
    /// Its names.
    pub hostnames: Vec<String>,
}

impl HostAlias {
    /// Whether the address is one.
    pub fn has_address(&self) -> bool {
        self.ip.parse::<IpAddr>().is_ok()
    }
}

/// A value in parts; `None` when it says something else.
pub fn read(value: &Value) -> Option<HostAlias> {
    let map = value.as_object().filter(|m| m.keys().all(|k| k == "ip" || k == "hostnames"))?;
    let ip = map.get("ip").map_or(Some(""), Value::as_str)?.to_owned();
    let hostnames = map.get("hostnames").map_or(Some(Vec::new()), super::strings::read)?;
    Some(HostAlias { ip, hostnames })
}

/// The value of the parts.
pub fn write(alias: &HostAlias) -> Value {
    json!({"ip": alias.ip, "hostnames": alias.hostnames})
}

/// The parts of a line as it stands in `/etc/hosts`; a comment behind it is left out.
pub fn of_line(line: &str) -> Option<HostAlias> {
    let line = line.split('#').next().unwrap_or_default();
    let mut words = line.split_whitespace();
    let alias = HostAlias { ip: words.next()?.to_owned(), hostnames: words.map(str::to_owned).collect() };
    (alias.has_address() && !alias.hostnames.is_empty()).then_some(alias)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lines_of_hosts() {
        let alias = of_line("10.0.0.1\tdb.test db # the database");
        assert_eq!(alias.map(|a| write(&a)), Some(json!({"ip": "10.0.0.1", "hostnames": ["db.test", "db"]})));
        assert!(of_line("fd00::1 db").is_some());
        assert_eq!((of_line("db 10.0.0.1"), of_line("# x"), of_line("10.0.0.1")), (None, None, None));
    }
}
