/// Ports with the name of what usually listens there (IANA's names where there is one), ascending.
pub const KNOWN_PORTS: [(u16, &str); 44] = [
    (21, "ftp"),
    (22, "ssh"),
    (25, "smtp"),
    (53, "dns"),
    (80, "http"),
    (110, "pop3"),
    (123, "ntp"),
    (143, "imap"),
    (389, "ldap"),
    (443, "https"),
    (465, "smtps"),
    (514, "syslog"),
    (587, "submission"),
    (636, "ldaps"),
    (853, "dns-tls"),
    (993, "imaps"),
    (1433, "mssql"),
    (1521, "oracle"),
    (1883, "mqtt"),
    (2049, "nfs"),
    (2181, "zookeeper"),
    (2379, "etcd"),
    (3000, "grafana"),
    (3306, "mysql"),
    (3389, "rdp"),
    (4222, "nats"),
    (4317, "otlp-grpc"),
    (4318, "otlp-http"),
    (5000, "registry"),
    (5432, "postgresql"),
    (5672, "amqp"),
    (6379, "redis"),
    (6443, "kube-api"),
    (8080, "http-alt"),
    (8443, "https-alt"),
    (8883, "mqtts"),
    (9000, "minio"),
    (9042, "cassandra"),
    (9090, "prometheus"),
    (9092, "kafka"),
    (9100, "node-exporter"),
    (9200, "elasticsearch"),
    (11211, "memcached"),
    (27017, "mongodb"),
];

/// The usual name of that port.
pub fn port_name(port: u16) -> Option<&'static str> {
    KNOWN_PORTS.binary_search_by_key(&port, |p| p.0).ok().map(|i| KNOWN_PORTS[i].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_port_names() {
        assert!(KNOWN_PORTS.windows(2).all(|w| w[0].0 < w[1].0));
        assert_eq!((port_name(5432), port_name(1)), (Some("postgresql"), None));
        // IANA_SVC_NAME, as the server wants a port's name: at most 15 of a-z, 0-9 and -.
        for (_, name) in KNOWN_PORTS {
            assert!(
                name.len() <= 15 && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            );
        }
    }
}
