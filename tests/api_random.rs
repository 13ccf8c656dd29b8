//! Random objects of the four kinds, of the right shapes and with the values nobody thinks of: rules and defaults
//! never panic, findings lie in the text, and every fix leads to a text that can be read.

use manifest_studio::check::{Source, Verdict, check, verdict};
use manifest_studio::defaults::{effective, filled_in};
use manifest_studio::k8s::Version;
use manifest_studio::schema::{Catalog, Field, Shape, TypeId};
use manifest_studio::text::Change;
use manifest_studio::yaml::Document;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const KINDS: [(&str, &str); 4] = [("v1", "Pod"), ("apps/v1", "Deployment"), ("v1", "Service"), ("batch/v1", "Job")];

const TEXTS: &[&str] = &[
    "",
    "a",
    "b",
    "a",
    "web",
    "A",
    "a-",
    "-a",
    "a_b",
    "a.b",
    "a/b",
    "/",
    "/a",
    "/a/b/",
    "..",
    "../a",
    "a/../b",
    ".",
    " ",
    "\n",
    "a\nb",
    "\u{7}",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "\u{e9}",
    "\u{130}",
    "\u{65e5}\u{672c}",
    "\u{1f600}",
    "\u{202e}a",
    "\u{2028}",
    "<&>",
    "'",
    "\"",
    "\\",
    "%",
    "%zz",
    "{",
    "$(A)",
    "0",
    "1",
    "-1",
    "80",
    "65536",
    "99999999999999999999",
    "1.2.3.4",
    "01.2.3.4",
    "::1",
    "::ffff:1.2.3.4",
    "fe80::1%eth0",
    "10.96.0.10",
    "10.0.0.0/8",
    "10.0.0.1/33",
    "None",
    "example.com",
    "a.b/c",
    "a/b/c",
    "kubernetes.io/a",
    "x-a.y",
    "hugepages-2Mi",
    "hugepages-",
    "hugepages-0",
    "requests.cpu",
    "limits.memory",
    "cpu",
    "memory",
    "ephemeral-storage",
    "metadata.name",
    "metadata.labels['a']",
    "metadata.labels['",
    "metadata.annotations['A/B/C']",
    "status.podIP",
    "v1",
    "Always",
    "Never",
    "OnFailure",
    "Localhost",
    "RuntimeDefault",
    "Unconfined",
    "runtime/default",
    "localhost/",
    "localhost/a",
    "In",
    "NotIn",
    "Exists",
    "DoesNotExist",
    "Gt",
    "DoNotSchedule",
    "NoExecute",
    "Equal",
    "TCP",
    "tcp",
    "Indexed",
    "NonIndexed",
    "FailIndex",
    "FailJob",
    "Count",
    "0,2-4",
    "1-",
    "-",
    ",",
    "3-1",
    "RollingUpdate",
    "Recreate",
    "NodePort",
    "LoadBalancer",
    "ExternalName",
    "ClusterIP",
    "IPv4",
    "IPv6",
    "RequireDualStack",
    "Local",
    "ClientIP",
    "PreferClose",
    "linux",
    "windows",
    "25%",
    "101%",
    "%",
    "-5%",
    "nginx",
    "nginx:1",
    "nginx@sha256:0",
    " nginx",
    "kernel.sem",
    "net/ipv4/a.b",
    "iqn.2001-04.com.example:a",
    "eui.0123456789ABCDEF",
    "naa.0123456789ABCDEF",
    "\\\\a\\b",
    "NT AUTHORITY\\SYSTEM",
    "UTC",
    "@daily",
    "TZ=UTC",
    "orphan",
    "foregroundDeletion",
    "false",
    "null",
    "~",
    "2020-01-01T00:00:00Z",
    "[{\"operator\":\"x\"}]",
    "[",
    "{}",
];

const AMOUNTS: &[&str] = &[
    "0",
    "-0",
    "+0",
    "1",
    "-1",
    "100m",
    "0.1m",
    "1n",
    "0.5n",
    "1.5",
    ".5Ki",
    "5.",
    ".",
    "Mi",
    "1Ki",
    "8Ki",
    "1023Ki",
    "1e3",
    "1E3",
    "1e-9",
    "1e-400",
    "1e400",
    "-1e400",
    "1e99999999999",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "9223372036854775807Ei",
    "9223372036854775808Ei",
    "-9223372036854775809Ei",
    "8E",
    "8Ei",
    "16Ei",
    "170141183460469231731687303715884105728",
    "000000000000000000000000001",
    "1.0000000000000000000000001",
    "2Mi",
    "3Mi",
    "1Gi",
];

const NUMBERS: &[i64] = &[
    0,
    0,
    1,
    -1,
    2,
    3,
    5,
    10,
    64,
    80,
    100,
    101,
    255,
    256,
    511,
    512,
    1023,
    1024,
    30_000,
    32_767,
    65_535,
    65_536,
    86_400,
    86_401,
    100_000,
    1_000_000,
    i32::MAX as i64 - 1,
    i32::MAX as i64,
    i32::MIN as i64,
];

const LARGE: &[i64] = &[i64::MAX, i64::MIN, i64::MAX - 1, i32::MAX as i64 + 1, i32::MIN as i64 - 1];

/// What is left of the random numbers; when there are no more of them all is as simple as can be.
struct Tape<'a> {
    numbers: std::slice::Iter<'a, u32>,
    catalog: &'a Catalog,
    version: Version,
}

impl Tape<'_> {
    fn below(&mut self, most: usize) -> usize {
        self.numbers.next().map_or(0, |&n| n as usize % most)
    }

    fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }

    fn text(&mut self, field: Option<&Field>) -> String {
        let listed: Vec<_> = field.iter().flat_map(|field| field.values(self.version)).collect();
        match self.below(24) {
            0 => self.of(&["x", "\u{1f600}", "a.", "a-", "/a", "\u{7}"]).repeat(*self.of(&[64, 254, 1000])),
            n if n % 2 == 1 && !listed.is_empty() => (*self.of(&listed)).to_owned(),
            _ => (*self.of(TEXTS)).to_owned(),
        }
    }

    fn amount(&mut self) -> Value {
        match self.below(30) {
            0 => Value::from(self.of(&["1", "0", "9"]).repeat(10_000)),
            1 => Value::from(*self.of(NUMBERS)),
            2 => json!(1.5),
            _ => Value::from(*self.of(AMOUNTS)),
        }
    }

    /// A value that strict decoding takes.
    fn value(&mut self, shape: &Shape, field: Option<&Field>, depth: usize) -> Value {
        match shape {
            Shape::String => Value::from(self.text(field)),
            Shape::Int32 => Value::from(*self.of(NUMBERS)),
            Shape::Int64 => Value::from(if self.below(6) == 1 { *self.of(LARGE) } else { *self.of(NUMBERS) }),
            Shape::Number => json!(0.5),
            Shape::Boolean => Value::from(self.below(2) == 1),
            Shape::IntOrString if self.below(2) == 0 => Value::from(*self.of(NUMBERS)),
            Shape::IntOrString => Value::from(self.text(field)),
            Shape::Quantity => self.amount(),
            Shape::Time => json!("2020-01-01T00:00:00Z"),
            Shape::MicroTime => json!("2020-01-01T00:00:00.000000Z"),
            Shape::Bytes => json!("YQ=="),
            Shape::Object(ty) => self.object(*ty, depth + 1),
            Shape::List(item) => (0..self.below(4)).map(|_| self.value(item, field, depth)).collect(),
            Shape::Map(item) => (0..self.below(4)).map(|_| (self.text(None), self.value(item, field, depth))).collect(),
            Shape::Any => json!({}),
        }
    }

    fn object(&mut self, ty: TypeId, depth: usize) -> Value {
        let mut fields = Map::new();
        let all = &self.catalog.ty(ty).fields;
        let known: Vec<_> = all.iter().filter(|f| f.versions.has(self.version) && f.name != "status").collect();
        // Some of the fields; those that lead on more often than not.
        let most = if known.is_empty() { 1 } else { 12usize.saturating_sub(depth).max(4) };
        for _ in 0..self.below(most) {
            let field = *self.of(&known);
            fields.insert(field.name.clone(), self.value(&field.shape, Some(field), depth));
        }
        for field in known
            .iter()
            .filter(|f| matches!(f.name.as_str(), "spec" | "template" | "containers" | "metadata" | "ports"))
        {
            if !fields.contains_key(&field.name) && self.below(4) != 0 {
                fields.insert(field.name.clone(), self.value(&field.shape, Some(field), depth));
            }
        }
        Value::Object(fields)
    }
}

/// All that is done with a document.
fn look(catalog: &Catalog, version: Version, api_version: &str, kind: &str, text: &str) -> Verdict {
    let document = Document::read(text);
    // Kubernetes reads no text with some characters, however they are written.
    let Some(root) = document.root() else { return Verdict::Decode };
    let findings = check(catalog, version, &document);
    for finding in &findings {
        assert!(text.get(finding.span.range()).is_some(), "{finding:?}");
        let undecoded = matches!(finding.source, Source::Decode) && finding.field.to_string() != "kind";
        assert!(!undecoded, "the generator is wrong: {finding:?}");
        for fix in &finding.fixes {
            for change in &fix.changes {
                assert!(text.get(change.from..change.to).is_some(), "{finding:?}");
            }
            let mended = Document::read(&Change::apply_all(text, &fix.changes));
            assert!(mended.error().is_none(), "{:?}: {fix:?}\n{text}", mended.error());
            check(catalog, version, &mended);
        }
    }
    let stored = effective(api_version, kind, root.fitting(), catalog, version).expect("it is one of ours");
    for filled in filled_in(&root.to_json(), &stored) {
        assert!(!filled.path.0.is_empty());
    }
    verdict(&findings)
}

fn written(kind: usize, version: Version, numbers: &[u32]) -> Value {
    let catalog = Catalog::builtin();
    let (api_version, name) = KINDS[kind];
    let info = catalog.kind(api_version, name).expect("it is there");
    let mut value = Tape { numbers: numbers.iter(), catalog, version }.object(info.ty, 0);
    (value["apiVersion"], value["kind"]) = (json!(api_version), json!(name));
    value
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_fixes_can_be_read(
        kind in 0..KINDS.len(),
        version in 0..Version::ALL.len(),
        yaml in any::<bool>(),
        numbers in prop::collection::vec(any::<u32>(), 0..600),
    ) {
        let version = Version::ALL[version];
        let value = written(kind, version, &numbers);
        let text = if yaml { serde_yaml::to_string(&value).expect("it is written") } else { value.to_string() };
        look(Catalog::builtin(), version, KINDS[kind].0, KINDS[kind].1, &text);
    }
}

/// Each field of each type alone, with each extreme value that fits: what random objects may miss.
#[test]
fn every_field_takes_every_extreme() {
    let catalog = Catalog::builtin();
    let numbers: Vec<Value> = NUMBERS.iter().map(|&n| json!(n)).collect();
    let large: Vec<Value> = LARGE.iter().map(|&n| json!(n)).collect();
    let amounts: Vec<Value> = AMOUNTS.iter().map(|&text| json!(text)).collect();
    let texts: Vec<Value> = TEXTS.iter().step_by(11).map(|&text| json!(text)).collect();
    for (api_version, kind) in KINDS {
        let info = catalog.kind(api_version, kind).expect("it is there");
        for turn in 0..AMOUNTS.len() {
            let version = Version::ALL[turn % Version::ALL.len()];
            let pick = |values: &[Value]| values[turn % values.len()].clone();
            let value = full(catalog, version, &Shape::Object(info.ty), 0, &mut |shape| match shape {
                Shape::Int32 => pick(&numbers),
                Shape::Int64 => pick(&large),
                Shape::Quantity => pick(&amounts),
                Shape::IntOrString if turn % 2 == 0 => pick(&numbers),
                _ => pick(&texts),
            });
            let mut value = value;
            (value["apiVersion"], value["kind"]) = (json!(api_version), json!(kind));
            look(catalog, version, api_version, kind, &value.to_string());
        }
    }
}

/// An object with all fields there are.
fn full(
    catalog: &Catalog,
    version: Version,
    shape: &Shape,
    depth: usize,
    leaf: &mut dyn FnMut(&Shape) -> Value,
) -> Value {
    match shape {
        Shape::Object(ty) if depth < 14 => {
            let fields = catalog.ty(*ty).fields.iter().filter(|f| f.versions.has(version) && f.name != "status");
            fields.map(|f| (f.name.clone(), full(catalog, version, &f.shape, depth + 1, leaf))).collect()
        }
        Shape::Object(_) | Shape::Any => json!({}),
        Shape::List(item) => json!([full(catalog, version, item, depth, leaf)]),
        Shape::Map(item) => json!({"a": full(catalog, version, item, depth, leaf)}),
        Shape::Boolean => json!(true),
        Shape::Number => json!(0.5),
        Shape::Time => json!("2020-01-01T00:00:00Z"),
        Shape::MicroTime => json!("2020-01-01T00:00:00.000000Z"),
        Shape::Bytes => json!("YQ=="),
        shape => leaf(shape),
    }
}
