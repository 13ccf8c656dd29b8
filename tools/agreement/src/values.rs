//! Values: plausible ones, and those at and beyond the rules' edges.

use manifest_studio::schema::{Catalog, Field, Shape, TypeId};
use serde_json::{Map, Value, json};

use crate::places::Pool;
use crate::rng::Rng;

const NAMES: &[&str] = &[
    "web",
    "a",
    "my-app",
    "data",
    "Web",
    "my_app",
    "a.b",
    "-a",
    "a-",
    "ünï",
    "1abc",
    "123",
    "a b",
    "a/b",
    "example.com/x",
    "Example.com/X",
    "example.com/",
    "/x",
    "kubernetes.io/x",
    "true",
    "a..b",
    "*",
    "x:y",
    " ",
    ".",
    "..",
    "A_B",
    "web\n",
    "a.b.c.example.com",
    "名",
    "http",
    "$(FOO)",
    "a-very-long-port-name",
    "UPPER",
    "x--y",
];
const PATHS: &[&str] = &[
    "/",
    "/data",
    "/data/",
    "data",
    "../x",
    "/a/../b",
    "a/../b",
    "..data",
    "/a:b",
    "./a",
    "a//b",
    "C:\\x",
    "/var/lib",
    "..",
    ".",
    "a/b",
    "/dev/xvda",
    "/etc/config",
    "/healthz?x=1",
    "\u{7f}",
];
const ADDRESSES: &[&str] = &[
    "10.0.0.1",
    "1.2.3",
    "::1",
    "fd00::1",
    "10.96.0.300",
    "0.0.0.0",
    "127.0.0.1",
    "169.254.1.1",
    "224.0.0.1",
    "010.0.0.1",
    "::ffff:1.2.3.4",
    "None",
    "none",
    "example.com",
    "10.96.0.20",
    "8.8.8.8",
    "FD00::1",
    "2001:db8::1",
    "::",
    "ff02::1",
    "1.2.3.4 ",
    "10.96.1.1",
];
const CIDRS: &[&str] = &[
    "10.0.0.0/8",
    "10.0.0.1/8",
    "::/0",
    "10.0.0.0/33",
    "fd00::/8",
    "10.0.0.0",
    "010.0.0.0/8",
    "0.0.0.0/0",
    " 10.0.0.0/8",
    "::ffff:1.2.3.0/120",
    "fd00::1/64",
    "x/8",
];
const IMAGES: &[&str] = &[
    "nginx",
    "nginx:latest",
    "nginx:1.27",
    "registry.example.com:5000/a/b@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    " nginx",
    "nginx ",
    "Nginx:X",
    "a b",
    "nginx:",
    "@",
    "example.com/nginx:1@sha256:abc",
];
const KEYS: &[&str] = &[
    "app",
    "tier",
    "app.kubernetes.io/name",
    "App",
    "-bad",
    "a/b/c",
    "example.com/",
    "example.com/role",
    "kubernetes.io/hostname",
    "topology.kubernetes.io/zone",
    "failure-domain.beta.kubernetes.io/zone",
    "beta.kubernetes.io/arch",
    "kubernetes.io/arch",
    "a b",
    "controller-uid",
    "job-name",
    "batch.kubernetes.io/job-name",
    "service.kubernetes.io/topology-mode",
    "seccomp.security.alpha.kubernetes.io/pod",
    "container.apparmor.security.beta.kubernetes.io/web",
    "config.json",
    "..x",
    "kubernetes.io/config.mirror",
    "pod.alpha.kubernetes.io/init-containers",
    "service.kubernetes.io/topology-aware-hints",
    "scheduler.alpha.kubernetes.io/critical-pod",
    "security.alpha.kubernetes.io/sysctls",
    "controller.kubernetes.io/pod-deletion-cost",
];
const RESOURCES: &[&str] = &[
    "cpu",
    "memory",
    "ephemeral-storage",
    "hugepages-2Mi",
    "hugepages-1Gi",
    "hugepages-3Mi",
    "nvidia.com/gpu",
    "example.com/foo",
    "storage",
    "pods",
    "cpuu",
    "Memory",
    "requests.cpu",
    "kubernetes.io/batch-cpu",
    "requests.example.com/x",
    "hugepages-",
    "a b",
    "attachable-volumes-x",
    "example.com/Foo_Bar",
];
const QUANTITIES: &[&str] = &[
    "1",
    "100m",
    "1.5",
    "0.1",
    "-1",
    "1e3",
    "5Gi",
    "0",
    "1Ki",
    "1m",
    "0.5m",
    "100Mi",
    "1.5Gi",
    "abc",
    "1 Gi",
    "10n",
    "2Mi",
    "3Mi",
    "9223372036854775807",
    "1e20",
    "",
    "+1",
    "1E",
    "100k",
    ".5",
    "-0",
    "1e-10",
    "4Mi",
    "1Gi",
    "250m",
    "2",
    "-100m",
    "1u",
    "1mi",
];
const VARIABLES: &[&str] =
    &["FOO", "foo", "1FOO", "FOO.BAR", "foo-bar", "FOO=BAR", "FOO BAR", "_x", "", "ünï", ".", "..", "a..b"];
const NUMBERS: &[i64] = &[
    -1,
    0,
    1,
    2,
    3,
    5,
    10,
    30,
    80,
    100,
    256,
    443,
    511,
    512,
    1000,
    1001,
    3600,
    8080,
    30080,
    65535,
    65536,
    86400,
    86401,
    100_000,
    100_001,
    2_147_483_647,
    2_147_483_648,
    -2_147_483_648,
    4_294_967_296,
    9_223_372_036_854_775_807,
    420,
    438,
    777,
];
const FRACTIONS: &[&str] = &[
    "25%", "0%", "100%", "101%", "-5%", "50", "%", "1.5%", "http", "abc%", "", "1%", "080", "a_b", "HTTP", "-", "123",
];

/// A fraction or a port: text or number.
pub fn int_or_string(rng: &mut Rng) -> Value {
    if rng.percent(50) { number(rng) } else { text_of(rng, FRACTIONS) }
}

/// A text that nobody would think of: foreign letters, control characters, very long, a number or a word of YAML.
pub fn strange(rng: &mut Rng, old: Value) -> Value {
    const TEXTS: &[&str] = &[
        "\u{0}",
        "a\u{0}b",
        "\u{1b}[0m",
        "\u{202e}x",
        "\u{feff}a",
        "é",
        "e\u{301}",
        "名前",
        "😀",
        "\u{2028}",
        "a\tb",
        "\r\n",
        "null",
        "~",
        "yes",
        "0x1F",
        "1_000",
        "1e3",
        "-0",
        "+1",
        ".5",
        "NaN",
        "<b>&</b>",
        "\\",
        "\"",
        "'",
        "`",
        "${X}",
        "$(X)",
        "$$(X)",
        "{}",
        "[]",
        "a: b",
        "# x",
        "%41",
        "ſ",
        "K",
        "İ",
        "\u{a0}",
        "\u{ad}",
        "ａ",
        "０",
        "a\u{7f}",
        "\u{80}",
        "\u{fffd}",
        "\u{10ffff}",
    ];
    let text = old.as_str().unwrap_or_default();
    match rng.below(10) {
        0 => {
            json!("a".repeat(*rng.pick(&[15, 16, 63, 64, 128, 253, 254, 317, 1025, 4096, 4097, 70_000]).unwrap_or(&64)))
        }
        1 => json!(format!("{text} ")),
        2 => json!(text.to_uppercase()),
        3 => json!(format!("{text}{text}")),
        4 => json!(format!("{text}{}", rng.pick(TEXTS).unwrap_or(&""))),
        5 => json!(format!("{}/{text}", rng.pick(TEXTS).unwrap_or(&""))),
        6 => json!(text.chars().rev().collect::<String>()),
        _ => text_of(rng, TEXTS),
    }
}

/// A number, often at an edge.
pub fn number(rng: &mut Rng) -> Value {
    rng.pick(NUMBERS).map_or(Value::Null, |n| json!(n))
}

/// A quantity, sometimes none.
pub fn quantity(rng: &mut Rng) -> Value {
    if rng.percent(12) {
        return rng
            .pick(&[json!(1), json!(0), json!(-1), json!(1.5), json!(0.1), json!(1000)])
            .cloned()
            .unwrap_or_default();
    }
    text_of(rng, QUANTITIES)
}

fn text_of(rng: &mut Rng, from: &[&str]) -> Value {
    rng.pick(from).map_or(Value::Null, |text| json!(text))
}

/// Any name, mostly illegal somewhere.
pub fn name(rng: &mut Rng) -> Value {
    match rng.below(12) {
        0 => json!("x".repeat(63)),
        1 => json!("x".repeat(64)),
        2 => json!("x".repeat(254)),
        3 => json!(format!("{}.{}", "a".repeat(40), "b".repeat(40))),
        _ => text_of(rng, NAMES),
    }
}

/// A key for the map.
pub fn key(rng: &mut Rng, shape: &Shape) -> String {
    let from = if *shape == Shape::Quantity { RESOURCES } else { KEYS };
    match rng.below(20) {
        0 => "x".repeat(64),
        1 => String::new(),
        _ => rng.pick(from).map_or_else(String::new, |key| (*key).to_owned()),
    }
}

/// A text for the field of that name.
fn text(rng: &mut Rng, ty: TypeId, field: &Field) -> Value {
    if !field.enumeration.is_empty() && rng.percent(85) {
        let value = rng.pick(&field.enumeration).map(|v| v.value.clone()).unwrap_or_default();
        return if rng.percent(10) { json!(value.to_lowercase()) } else { json!(value) };
    }
    if rng.percent(20) {
        return name(rng);
    }
    let owner = Catalog::builtin().ty(ty).name.as_str();
    let lower = field.name.to_lowercase();
    let from = match lower.as_str() {
        "name" | "prefix" if owner.starts_with("Env") => VARIABLES,
        "image" | "reference" => IMAGES,
        "key" | "topologykey" | "labels" | "annotations" | "matchlabels" => KEYS,
        "resource" => {
            &["limits.cpu", "requests.memory", "limits.x", "requests.hugepages-2Mi", "cpu", "limits.ephemeral-storage"]
        }
        "fieldpath" => &[
            "metadata.name",
            "metadata.labels['a']",
            "metadata.annotations['A b']",
            "spec.nodeName",
            "status.podIP",
            "metadata.uid",
            "spec.foo",
            "metadata.labels",
            "status.hostIPs",
            "metadata.namespace",
            "metadata.labels['kubernetes.io/x']",
        ],
        "subpathexpr" => &["$(FOO)", "../a", "/x", "a/$(B)", ""],
        "time" | "managedby" | "issuer" => NAMES,
        _ if lower.contains("cidr") || lower.contains("sourceranges") => CIDRS,
        _ if lower.contains("path") || lower == "devicepath" => PATHS,
        _ if lower.contains("ip") && !lower.contains("script") || lower.contains("nameserver") || lower == "host" => {
            ADDRESSES
        }
        _ => NAMES,
    };
    text_of(rng, from)
}

/// A value for the field: of its shape, or one that the seeds have.
pub fn value(rng: &mut Rng, pool: &Pool, ty: TypeId, field: &Field) -> Value {
    let known = pool.of_field(ty, &field.name);
    if !known.is_empty() && rng.percent(50) {
        return rng.pick(known).cloned().unwrap_or_default();
    }
    of_shape(rng, pool, &field.shape, ty, field, 3)
}

/// A value of the shape, for the field or below it; so many objects deep at most.
pub fn of_shape(rng: &mut Rng, pool: &Pool, shape: &Shape, ty: TypeId, field: &Field, depth: usize) -> Value {
    match shape {
        Shape::String => text(rng, ty, field),
        Shape::Int32 | Shape::Int64 => number(rng),
        Shape::Number => json!(1.5),
        Shape::Boolean => json!(rng.percent(60)),
        Shape::IntOrString => int_or_string(rng),
        Shape::Quantity => quantity(rng),
        Shape::Time | Shape::MicroTime => {
            text_of(rng, &["2026-01-01T00:00:00Z", "2026-01-01", "2026-01-01T00:00:00.000000Z", "now"])
        }
        Shape::Bytes => text_of(rng, &["aGk=", "%%", ""]),
        Shape::Any => json!({}),
        Shape::List(inner) => {
            let items = [0, 1, 1, 1, 1, 2, 2, 3][rng.below(8)];
            (0..items).map(|_| of_shape(rng, pool, inner, ty, field, depth)).collect()
        }
        Shape::Map(inner) => {
            let entries = [0, 1, 1, 2][rng.below(4)];
            let entry = |rng: &mut Rng| (key(rng, inner), of_shape(rng, pool, inner, ty, field, depth));
            Value::Object((0..entries).map(|_| entry(rng)).collect())
        }
        Shape::Object(id) => {
            let known = pool.of_type(*id);
            if !known.is_empty() && rng.percent(40) {
                return rng.pick(known).cloned().unwrap_or_default();
            }
            let mut map = Map::new();
            if depth == 0 {
                return Value::Object(map);
            }
            let fields = &Catalog::builtin().ty(*id).fields;
            let chance = (250 / fields.len().max(1)).clamp(4, 60);
            for field in fields {
                let wanted = if field.required.0 != 0 { 92 } else { chance };
                if rng.percent(wanted) {
                    map.insert(field.name.clone(), of_shape(rng, pool, &field.shape, *id, field, depth - 1));
                }
            }
            Value::Object(map)
        }
    }
}
