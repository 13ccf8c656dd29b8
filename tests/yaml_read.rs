//! What a tree says beside the values: places, styles, notes, paths, what is shared.

use manifest_studio::yaml::{Document, Kind, NoteKind, Path, ReadErrorKind, Scalar, Step, Stream, Style, Syntax};

fn steps(path: &str) -> Path {
    let step = |s: &str| s.parse().map_or_else(|_| Step::from(s), |i: usize| Step::from(i));
    path.split('.').filter(|s| !s.is_empty()).map(step).collect()
}

#[test]
fn every_node_knows_its_place() {
    let text = "# head\na: 'x'   # c\nb: &n \"y\\n\"\nc: [1, {d: *n}]\ne: |+ # h\n  one\n  two\n\nf:\n- - g\n  -\n-   h: >-\n      i\n\n    j: !!str 5\nk:   # empty\nl: {}\nm: two\n  lines\n";
    let document = Document::read(text);
    assert_eq!(document.error(), None);
    for (path, written, style) in [
        ("a", "'x'", Style::SingleQuoted),
        ("b", "\"y\\n\"", Style::DoubleQuoted),
        ("c", "[1, {d: *n}]", Style::Flow),
        ("c.0", "1", Style::Plain),
        ("c.1", "{d: *n}", Style::Flow),
        ("c.1.d", "*n", Style::Alias),
        ("e", "|+ # h\n  one\n  two", Style::Literal),
        ("f", "- - g\n  -\n-   h: >-\n      i\n\n    j: !!str 5", Style::Block),
        ("f.0", "- g\n  -", Style::Block),
        ("f.0.0", "g", Style::Plain),
        ("f.0.1", "", Style::Plain),
        ("f.1", "h: >-\n      i\n\n    j: !!str 5", Style::Block),
        ("f.1.h", ">-\n      i", Style::Folded),
        ("f.1.j", "5", Style::Plain),
        ("k", "", Style::Plain),
        ("l", "{}", Style::Flow),
        ("m", "two\n  lines", Style::Plain),
    ] {
        let node = document.at(&steps(path)).unwrap_or_else(|| panic!("{path}"));
        assert_eq!(&text[node.span().range()], written, "{path}");
        assert_eq!(node.style(), style, "{path}");
    }
    let k = document.at(&steps("k")).expect("k").span();
    assert_eq!(&text[..k.start as usize].lines().last(), &Some("k:"));
    assert_eq!(document.at(&steps("c.1.d")).and_then(|n| n.as_str()), Some("y\n"));
    let keys: Vec<&str> = document.root().expect("a root").entries().map(|e| &text[e.key_span.range()]).collect();
    assert_eq!(keys, ["a", "b", "c", "e", "f", "k", "l", "m"]);
}

#[test]
fn scalars_have_types() {
    let document = Document::read("[~, on, 0x10, 18446744073709551615, 1.5, 1e3, x]\n");
    let scalars: Vec<_> = document.root().expect("a root").items().map(|n| n.scalar()).collect();
    let expected = [
        Scalar::Null,
        Scalar::Bool(true),
        Scalar::Int(16),
        Scalar::UInt(u64::MAX),
        Scalar::Float(1.5),
        Scalar::Int(1000),
        Scalar::Str("x"),
    ];
    assert_eq!(scalars, expected.map(Some));
}

#[test]
fn what_is_read_otherwise_than_it_looks_is_noted() {
    let notes = |text: &str| {
        let document = Document::read(text);
        assert_eq!(document.error(), None, "{text:?}");
        let notes = document.notes().iter();
        notes.map(|note| (text[note.span.range()].to_owned(), note.kind.clone())).collect::<Vec<_>>()
    };
    let word = |written: &str, value| NoteKind::BooleanWord { written: written.to_owned(), value };
    let number =
        |written: &str, value: &str| NoteKind::NumberForm { written: written.to_owned(), value: value.to_owned() };
    let key = |written: &str, key: &str| NoteKind::KeyReadAs { written: written.to_owned(), key: key.to_owned() };
    for (text, written, kind) in [
        ("a: yes\n", "yes", word("yes", true)),
        ("a: [Off]\n", "Off", word("Off", false)),
        ("a: N\n", "N", word("N", false)),
        ("a: 0777\n", "0777", number("0777", "511")),
        ("a: 0o17\n", "0o17", number("0o17", "15")),
        ("a: 0b11\n", "0b11", number("0b11", "3")),
        ("a: -0x1F\n", "-0x1F", number("-0x1F", "-31")),
        ("a: 1_000\n", "1_000", number("1_000", "1000")),
        ("a: 1e3\n", "1e3", number("1e3", "1000")),
        ("a: 08\n", "08", number("08", "8")),
        ("on: 1\n", "on", key("on", "true")),
        ("0777: 1\n", "0777", key("0777", "511")),
        ("1.50: 1\n", "1.50", key("1.50", "1.5")),
        ("a: 1\n...\nb: 2\n", "b: 2", NoteKind::Dropped),
    ] {
        assert_eq!(notes(text), [(written.to_owned(), kind)], "{text:?}");
    }
    for text in [
        "a: true\nb: False\nc: 'yes'\nd: \"0777\"\n",
        "a: 1\nb: -5\nc: 1.5\nd: 0\ne: 0.5\nf: .5\ng: +1\n",
        "1: a\ntrue: b\n",
        "a: 1\n...\n# c\n",
        "a: 1\n...\n",
        "a: 2001-01-01\nb: 1:30\nc: ~\nd:\ne: 1Gi\n",
        "{\"a\": 1e3}",
    ] {
        assert_eq!(notes(text), [], "{text:?}");
    }
}

#[test]
fn duplicate_keys_are_noted_by_type() {
    let text = "a: 1\nb: 2\na: 3\n'a': 4\n1: x\n'1': z\nc: {d: 1, d: 2}\n";
    let document = Document::read(text);
    let twins: Vec<_> = document
        .notes()
        .iter()
        .filter_map(|note| match &note.kind {
            NoteKind::DuplicateKey { key, first } => Some((key.as_str(), first.start, note.span.start)),
            _ => None,
        })
        .collect();
    assert_eq!(twins, [("a", 0, 10), ("a", 0, 15), ("d", 38, 44)]);
    assert_eq!(
        document.to_json().map(|value| value.to_string()).as_deref(),
        Some("{\"a\":4,\"b\":2,\"1\":\"z\",\"c\":{\"d\":2}}")
    );
    // More than a handful are found another way.
    let many: String = (0..40).map(|i| format!("k{}: {i}\n", i % 39)).collect();
    assert_eq!(Document::read(&many).notes().len(), 1);
    let json = Document::read("{\"a\":1,\"a\":2}");
    assert!(json.is_json() && json.notes().len() == 1 && json.to_json() == Some(serde_json::json!({"a": 2})));
}

#[test]
fn merges_come_in_the_order_of_the_text() {
    let text = "x: &x {p: 1, q: 1}\nz:\n  p: 2\n  <<: *x\n  q: 3\n  r: 4\n";
    let document = Document::read(text);
    let z = document.at(&steps("z")).expect("z");
    let entries: Vec<_> =
        z.entries().map(|e| (e.key, e.value.to_json().to_string(), e.merged, e.value.is_own())).collect();
    assert_eq!(
        entries,
        [("p", "1".to_owned(), true, false), ("q", "3".to_owned(), false, true), ("r", "4".to_owned(), false, true)]
    );
    let overridden: Vec<_> = document
        .notes()
        .iter()
        .filter_map(|note| match &note.kind {
            NoteKind::MergeOverrides { key, first } => Some((key.as_str(), &text[first.range()])),
            _ => None,
        })
        .collect();
    assert_eq!(overridden, [("p", "p")]);
}

#[test]
fn what_an_alias_reaches_is_not_own() {
    let text = "a: &x\n  p: [1]\nb: *x\nc:\n  p: [1]\n";
    let document = Document::read(text);
    let own = |path: &str| document.at(&steps(path)).map(|node| node.is_own());
    // The anchor's own text is what the alias shows, too.
    assert_eq!(own("a"), Some(false));
    assert_eq!(own("a.p.0"), Some(false));
    assert_eq!(own("b"), Some(true), "the alias itself can be replaced");
    assert_eq!(own("b.p"), Some(false));
    assert_eq!(own("c.p.0"), Some(true));
    assert_eq!(document.at(&steps("b")).map(|node| (node.kind(), node.style())), Some((Kind::Map, Style::Alias)));
}

#[test]
fn a_cursor_is_in_a_field() {
    let text = "kind: Pod # what\nspec:\n  # the parts\n  containers:\n  - name: a\n    ports: [{port: 1}, {port: 2}]\n\n  - name: b\n";
    let document = Document::read(text);
    let path = |mark: &str, offset: usize| document.path_at(text.find(mark).expect("the mark") + offset);
    assert_eq!(path("kind", 2), steps("kind"));
    assert_eq!(path("Pod", 3), steps("kind"));
    assert_eq!(path("# what", 4), steps("kind"));
    assert_eq!(path("spec", 5), steps("spec"));
    assert_eq!(path("containers", 0), steps("spec.containers"));
    assert_eq!(path("- name: a", 0), steps("spec.containers.0"));
    assert_eq!(path("a\n", 0), steps("spec.containers.0.name"));
    assert_eq!(path("{port: 2", 0), steps("spec.containers.0.ports.1"));
    assert_eq!(path("2}", 0), steps("spec.containers.0.ports.1.port"));
    assert_eq!(path("name: b", 7), steps("spec.containers.1.name"));
    assert_eq!(document.path_at(100_000), Path::new());
}

#[test]
fn errors_say_where() {
    for (text, written, kind) in [
        ("a: 1\n--- x\n", "x", Some(ReadErrorKind::Separator)),
        ("a:\n\tb: 1\n", "\t", Some(ReadErrorKind::Tab)),
        ("a: {{ .Values.x }}\n", "{ .Values.x }", Some(ReadErrorKind::CompositeKey)),
        ("a: \"\\/\"\n", "\\/", Some(ReadErrorKind::Escape)),
        ("a: !!int x\n", "x", Some(ReadErrorKind::BadTag("!!int".to_owned()))),
        ("a: .inf\n", ".inf", Some(ReadErrorKind::NotFinite)),
        ("a: *x\n", "*", Some(ReadErrorKind::UnknownAlias)),
        ("a: 1\n~: 2\n", "~", Some(ReadErrorKind::NullKey)),
        ("a:\n  <<: 1\n", "1", Some(ReadErrorKind::Merge)),
        ("a: [1\nb: 2\n", ":", None),
    ] {
        let stream = Stream::read(text);
        let found = stream.documents().iter().find_map(|d| d.document.error().map(|e| (d.start, e)));
        let (start, error) = found.unwrap_or_else(|| panic!("{text:?} is read"));
        assert_eq!(&text[error.span.shift(start).range()], written, "{text:?}");
        match kind {
            Some(kind) => assert_eq!(error.kind, kind, "{text:?}"),
            None => assert!(matches!(error.kind, ReadErrorKind::Syntax(_)), "{text:?}"),
        }
    }
}

#[test]
fn documents_are_found_by_their_place() {
    let text = "# one\na: 1\n---\n---\nb: 2\n";
    let stream = Stream::read(text);
    let texts: Vec<&str> = stream.documents().iter().map(|d| d.document.text()).collect();
    assert_eq!(texts, ["# one\na: 1\n", "---\n", "---\nb: 2\n"]);
    assert_eq!(stream.documents().iter().map(|d| d.document.is_null()).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(stream.document_at(text.len()).map(|d| d.start), Some(15));
    assert_eq!(stream.document_at(14).map(|d| d.start), Some(11));
    assert_eq!(stream.document_at(0).map(|d| d.start), Some(0));
}

#[test]
fn syntax_errors_are_of_a_kind() {
    let cases = [
        ("a: {b: 1\n", Syntax::Bracket),
        ("a: ]\n", Syntax::WrongBracket),
        ("a: {b: 1]\n", Syntax::WrongBracket),
        ("a: 'it's'\n", Syntax::BehindQuote),
        ("a: \"\\xZZ\"\n", Syntax::EscapeCode),
        ("a: \"x\n", Syntax::Continued),
        ("a:\n  b: 1\n c: 2\n", Syntax::Key),
        ("- a\nb: 1\n", Syntax::Dash),
        ("a: 1\nfoo\nb: 2\n", Syntax::NoColon),
        ("a: b: c\n", Syntax::StrayColon),
        ("a: - b\n", Syntax::StrayDash),
        ("a: [b]#c\n", Syntax::Space),
        ("a: |x\n  y\n", Syntax::BlockHeader),
        ("%YAML 1.1\na: 1\n", Syntax::Directive),
        ("a: !<x y\n", Syntax::Tag),
        ("a: &\n", Syntax::Name),
        ("a: &x.y 1\n", Syntax::Name),
        ("a: 1\n... x\n", Syntax::Ended),
        ("...\n", Syntax::Value),
        ("a: @x\n", Syntax::Reserved('@')),
    ];
    for (text, syntax) in cases {
        let document = Document::read(text);
        let error = document.error().unwrap_or_else(|| panic!("{text:?} is read"));
        assert_eq!(error.kind, ReadErrorKind::Syntax(syntax), "{text:?}");
    }
    let stream = Stream::read("{\"a\": 1}\n{\"b\": 2}\n{x}\n");
    let error = stream.documents().last().and_then(|located| located.document.error().cloned());
    assert_eq!(error.map(|error| error.kind), Some(ReadErrorKind::Json(Syntax::JsonKey)));
}

#[test]
fn a_large_map_is_searched_as_a_small_one() {
    let entries: String = (0..200).map(|n| format!("  \"k{}\": {n}\n", n * 37 % 200)).collect();
    let text =
        format!("base: &base\n{entries}more:\n  <<: *base\n  k7: mine\n  zz: last\ntwice:\n{entries}  k7: again\n");
    let document = Document::read(&text);
    let root = document.root().expect("it is read");
    for map in ["base", "more", "twice"].map(|key| root.get(key).expect("the map")) {
        for entry in map.entries() {
            let found = map.entry(entry.key).expect("it is there");
            assert_eq!((found.key_span, found.value.span()), (entry.key_span, entry.value.span()), "{}", entry.key);
        }
        assert!(map.get("k200").is_none() && map.get("").is_none() && map.get("zzz").is_none());
    }
    let k7 = |key: &str| root.get(key).and_then(|map| map.get("k7")).map(|node| node.to_json());
    assert_eq!((k7("more"), k7("twice")), (Some("mine".into()), Some("again".into())));
}
