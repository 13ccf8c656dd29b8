//! The rules of the house that a machine can hold: who may use whom, what every room says of itself,
//! where texts live, what may not be in the repository. See docs/architecture.md.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the lowest to the highest, and what each may use. `None`: everything below it.
const ROOMS: &[(&str, Option<&[&str]>)] = &[
    ("text", Some(&[])),
    ("i18n", Some(&["text"])),
    ("k8s", Some(&[])),
    ("yaml", Some(&["text"])),
    ("schema", Some(&["k8s"])),
    ("defaults", Some(&["text", "i18n", "k8s", "schema"])),
    ("check", Some(&["text", "i18n", "k8s", "yaml", "schema", "defaults"])),
    ("form", Some(&["text", "i18n", "k8s", "yaml", "schema", "check"])),
    ("transfer", Some(&["text", "i18n", "yaml", "schema"])),
    ("cluster", Some(&["k8s", "i18n"])),
    ("studio", None),
    ("platform", None),
    ("ui", None),
];

/// The rooms that know no browser.
const PURE: &[&str] =
    &["text", "i18n", "k8s", "yaml", "schema", "defaults", "check", "form", "transfer", "cluster", "studio"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` whose name ends so, sorted.
fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, end));
        } else if path.to_string_lossy().ends_with(end) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string().replace('\\', "/")
}

/// The room's sources that are in the product: a file `tests.rs` is not.
fn product(room: &str) -> Vec<PathBuf> {
    let mut all = files(&root().join("src").join(room), ".rs");
    all.retain(|path| !path.ends_with("tests.rs") && !shown(path).contains("/tests/"));
    all
}

/// A piece of Rust source.
#[derive(Debug, PartialEq)]
enum Piece {
    Code(String),
    Literal(String),
}

/// Rust source without comments, its string literals apart, with the line each piece begins at.
fn pieces(source: &str) -> Vec<(usize, Piece)> {
    let bytes: Vec<char> = source.chars().collect();
    let (mut at, mut line) = (0, 1);
    let (mut code, mut code_line) = (String::new(), 1);
    let mut out = Vec::new();
    let begins = |at: usize, word: &str| word.chars().enumerate().all(|(i, c)| bytes.get(at + i) == Some(&c));
    while at < bytes.len() {
        let c = bytes[at];
        if begins(at, "//") {
            while at < bytes.len() && bytes[at] != '\n' {
                at += 1;
            }
        } else if begins(at, "/*") {
            while at < bytes.len() && !begins(at, "*/") {
                line += usize::from(bytes[at] == '\n');
                at += 1;
            }
            at += 2;
        } else if begins(at, "'\"'") || begins(at, "'\\\"'") {
            at += if bytes[at + 1] == '\\' { 4 } else { 3 };
        } else if c == '"' || (c == 'r' && (begins(at, "r\"") || begins(at, "r#")) && !code.ends_with(is_word)) {
            let mut hashes = 0;
            let raw = c == 'r';
            if raw {
                at += 1;
                while bytes.get(at) == Some(&'#') {
                    hashes += 1;
                    at += 1;
                }
                if bytes.get(at) != Some(&'"') {
                    code.push_str("r#");
                    continue;
                }
            }
            at += 1;
            out.push((code_line, Piece::Code(std::mem::take(&mut code))));
            let start = line;
            let mut literal = String::new();
            while at < bytes.len() {
                if !raw && bytes[at] == '\\' {
                    literal.extend([bytes[at], *bytes.get(at + 1).unwrap_or(&' ')]);
                    line += usize::from(bytes.get(at + 1) == Some(&'\n'));
                    at += 2;
                } else if bytes[at] == '"' && (0..hashes).all(|h| bytes.get(at + 1 + h) == Some(&'#')) {
                    at += 1 + hashes;
                    break;
                } else {
                    line += usize::from(bytes[at] == '\n');
                    literal.push(bytes[at]);
                    at += 1;
                }
            }
            out.push((start, Piece::Literal(literal)));
            code_line = line;
        } else {
            line += usize::from(c == '\n');
            code.push(c);
            at += 1;
        }
    }
    out.push((code_line, Piece::Code(code)));
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The source's code alone.
fn code(source: &str) -> String {
    let code = pieces(source).into_iter().map(|(_, piece)| match piece {
        Piece::Code(code) => code,
        Piece::Literal(_) => "\"\"".to_owned(),
    });
    code.collect()
}

/// The rooms that a file of `room` names: `crate::other`, `crate::{a, b}`, or `super::` up to the root.
fn named(path: &Path, room: &str) -> BTreeSet<String> {
    let code = code(&read(path));
    let mut found = BTreeSet::new();
    let mut heads = vec!["crate::".to_owned(), "manifest_studio::".to_owned()];
    // How many `super::` lead out of the room: one for each module above this file's.
    let below = path.strip_prefix(root().join("src").join(room)).expect("in the room");
    let depth = below.components().count() - usize::from(below.ends_with("mod.rs"));
    heads.push("super::".repeat(depth + 1));
    for head in heads {
        for (at, _) in code.match_indices(&head) {
            if code[..at].ends_with(|c| is_word(c) || c == ':') {
                continue;
            }
            let rest = code[at + head.len()..].trim_start();
            let group = rest.strip_prefix('{').map(|inside| {
                let mut open = 1;
                let end = inside.find(|c| {
                    open += i32::from(c == '{') - i32::from(c == '}');
                    open == 0
                });
                &inside[..end.unwrap_or(inside.len())]
            });
            let word = |text: &str| text.trim().chars().take_while(|&c| is_word(c)).collect::<String>();
            match group {
                Some(group) => {
                    let mut open = 0;
                    let parts = group.split(|c| {
                        open += i32::from(c == '{') - i32::from(c == '}');
                        c == ',' && open == 0
                    });
                    found.extend(parts.map(word));
                }
                None => drop(found.insert(word(rest))),
            }
        }
    }
    found
}

#[test]
fn a_room_uses_only_what_is_below_it() {
    let mut wrong = Vec::new();
    for (level, (room, uses)) in ROOMS.iter().enumerate() {
        for path in files(&root().join("src").join(room), ".rs") {
            for name in named(&path, room) {
                let Some(other) = ROOMS.iter().position(|(r, _)| *r == name) else { continue };
                let allowed = other == level
                    || match uses {
                        Some(uses) => uses.contains(&name.as_str()),
                        None => other < level,
                    };
                if !allowed {
                    wrong.push(format!("{}: {room} must not use {name}", shown(&path)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "an import runs upwards:\n{}", wrong.join("\n"));
}

#[test]
fn every_room_is_in_the_table_and_in_the_prose() {
    let lib = code(&read(&root().join("src/lib.rs")));
    let listed: BTreeSet<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    let declared =
        lib.match_indices("pub mod ").map(|(at, word)| lib[at + word.len()..].split(';').next().unwrap_or("").trim());
    assert_eq!(declared.collect::<BTreeSet<_>>(), listed);
    let prose = read(&root().join("docs/architecture.md"));
    for room in listed {
        assert!(prose.contains(&format!("| `{room}` |")), "docs/architecture.md: the table lacks {room}");
    }
}

#[test]
fn every_room_says_what_lives_there_and_what_must_never() {
    for (room, _) in ROOMS {
        let path = root().join("src").join(room).join("mod.rs");
        let text = read(&path);
        let head: Vec<&str> = text.lines().take_while(|l| l.starts_with("//!")).collect();
        let head = head.join("\n");
        assert!(head.lines().count() >= 3, "{}: a head comment of a few lines", shown(&path));
        assert!(head.contains("Lives here:") && head.contains("Must never:"), "{}: {head}", shown(&path));
    }
}

#[test]
fn the_pure_rooms_know_no_browser_and_leave_nothing_undone() {
    let browser = ["js_sys", "web_sys", "gloo", "wasm_bindgen", "yew", "Instant::now", "SystemTime"];
    let undone = ["todo!", "unimplemented!", "dbg!", "println!", "unsafe "];
    for room in PURE {
        for path in product(room) {
            let code = code(&read(&path));
            let product = code.split("#[cfg(test)]").next().unwrap_or("");
            for word in browser.iter().chain(&undone) {
                assert!(!product.contains(word), "{}: {word}", shown(&path));
            }
        }
    }
    for (room, words) in
        [("k8s", ["serde_json", "granit"]), ("i18n", ["serde_json", "granit"]), ("text", ["serde_json", "granit"])]
    {
        for path in product(room) {
            let code = code(&read(&path));
            let product = code.split("#[cfg(test)]").next().unwrap_or("");
            for word in words {
                assert!(!product.contains(word), "{}: {room} uses std only, not {word}", shown(&path));
            }
        }
    }
}

/// Whether a literal of the screen's code is a text that a person would read.
fn is_readable(literal: &str) -> bool {
    if literal.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
        return true;
    }
    literal.chars().any(char::is_alphabetic)
}

/// Attributes whose value is read or heard.
const SPOKEN: &[&str] = &[
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "title",
    "placeholder",
    "alt",
    "label",
    "aria_label",
    "hint",
    "text",
    "heading",
];

#[test]
fn the_screen_holds_no_text_of_its_own() {
    let mut wrong = Vec::new();
    for path in product("ui") {
        let all = pieces(&read(&path));
        for (i, (line, piece)) in all.iter().enumerate() {
            let Piece::Literal(literal) = piece else { continue };
            let code = |at: Option<usize>| match at.and_then(|at| all.get(at)) {
                Some((_, Piece::Code(code))) => code.as_str(),
                _ => "",
            };
            let before = code(i.checked_sub(1)).trim_end();
            let after = code(Some(i + 1)).trim_start();
            // Behind `#[cfg(test)]` nobody reads.
            let earlier = all[..i].iter().any(|(_, p)| matches!(p, Piece::Code(c) if c.contains("#[cfg(test)]")));
            if earlier || !is_readable(literal) {
                continue;
            }
            let attribute = before.strip_suffix('=').or_else(|| before.strip_suffix("={")).map(|b| {
                let start = b.rfind(|c: char| !is_word(c) && c != '-').map_or(0, |s| s + 1);
                &b[start..]
            });
            let spoken = attribute.is_some_and(|name| SPOKEN.contains(&name));
            let tag = |b: &str| b.ends_with('>') && !b.ends_with("=>") && !b.ends_with("->");
            let inside = before.strip_suffix('{').map(str::trim_end);
            let node = tag(before) && (after.starts_with('<') || after.starts_with('{'))
                || inside.is_some_and(|b| tag(b) && after.trim_start().starts_with('}'));
            let words: Vec<&str> = literal.split(' ').collect();
            let plain = |w: &&str| w.len() > 1 && w.chars().all(|c| c.is_ascii_alphabetic() || ".,!?'".contains(c));
            // Keys of the editor's own phrases stand beside the message that takes their place; `expect`
            // speaks to whoever reads the console; brackets make a selector.
            let key = after.starts_with(", id::") || before.ends_with("expect(") || literal.contains('[');
            let selector = words[..words.len() - 1].iter().all(|w| w.ends_with(','));
            let many = !selector && words.len() >= 3 && words.iter().filter(|w| plain(w)).count() >= 3;
            let sentence = many && !key && attribute != Some("class");
            let chinese = literal.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            if spoken || node || sentence || chinese {
                wrong.push(format!("{}:{line}: {literal:?}", shown(&path)));
            }
        }
    }
    assert!(wrong.is_empty(), "texts belong into static/locales:\n{}", wrong.join("\n"));
}

/// Ids and constants of all messages, from what the build made of the catalogs.
fn messages() -> BTreeMap<String, (String, String)> {
    let made = read(&Path::new(env!("OUT_DIR")).join("i18n.rs"));
    let mut all = BTreeMap::new();
    let mut name = String::new();
    for line in made.lines().map(str::trim) {
        if let Some(id) = line.strip_prefix("/// `").and_then(|l| l.strip_suffix('`')) {
            name = id.to_owned();
        } else if let Some(rest) = line.strip_prefix("pub const ")
            && let Some((constant, number)) = rest.split_once(": Id = ")
        {
            all.insert(std::mem::take(&mut name), (constant.to_owned(), number.trim_end_matches(';').to_owned()));
        }
    }
    assert!(all.len() > 100, "{}", all.len());
    all
}

#[test]
fn every_message_is_used() {
    let mut sources = String::new();
    for folder in ["src", "examples", "build"] {
        for path in files(&root().join(folder), ".rs") {
            sources.push_str(&read(&path));
            sources.push('\n');
        }
    }
    // The page's own words: as {id} in index.html, as "id" in what fills it in.
    let page = read(&root().join("index.html"));
    sources.push_str(&read(&root().join("tools/gallery.mjs")));
    let used: BTreeSet<&str> = sources.split(|c| !is_word(c)).filter(|w| w.starts_with(char::is_uppercase)).collect();
    let mut made = String::new();
    for name in ["layouts.rs", "templates.rs"] {
        made.push_str(&read(&Path::new(env!("OUT_DIR")).join(name)));
    }
    let made_words: BTreeSet<&str> = made.split(|c| !is_word(c)).collect();
    let unused = messages().into_iter().filter(|(name, (constant, number))| {
        !used.contains(constant.as_str())
            && !made_words.contains(constant.as_str())
            && !made.contains(number.as_str())
            && !sources.contains(&format!("\"{name}\""))
            && !page.contains(&format!("{{{name}}}"))
    });
    let unused: Vec<String> = unused.map(|(name, _)| name).collect();
    assert!(unused.is_empty(), "nobody says:\n{}", unused.join("\n"));
}

#[test]
fn message_ids_are_an_area_and_a_name() {
    for name in messages().keys() {
        let fits =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "_-/".contains(c));
        let area = name.split('.').next().unwrap_or("");
        assert!(area.chars().all(|c| c.is_ascii_lowercase()) && name.contains('.'), "{name}: ids are area.name");
        assert!(name.split('.').all(fits), "{name}: ids are area.name");
    }
}

/// What belongs to the repository: all files that git does not ignore, without git's help.
fn tracked() -> Vec<PathBuf> {
    fn walk(folder: &Path, skip: &[&str], found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = shown(&path);
            let last = name.rsplit('/').next().unwrap_or("");
            if skip.contains(&name.as_str()) || skip.contains(&last) {
                continue;
            }
            if path.is_dir() { walk(&path, skip, found) } else { found.push(path) }
        }
    }
    let ignored = read(&root().join(".gitignore"));
    let mut skip: Vec<&str> = ignored.lines().map(|l| l.trim_matches('/')).filter(|l| !l.is_empty()).collect();
    skip.extend([".git", "target", "node_modules", "dist"]);
    let mut found = Vec::new();
    walk(&root(), &skip, &mut found);
    found.sort();
    found
}

#[test]
fn files_are_small_and_name_no_place_of_their_own() {
    // Put together here, so that this file does not say them.
    let places = ["work", "home", "root", "Users"].map(|p| format!("/{p}/"));
    let hosts = [["index.crates", "io"], ["static.crates", "io"], ["registry.npmjs", "org"], ["proxy.golang", "org"]];
    let hosts = hosts.map(|h| h.join("."));
    let mut wrong = Vec::new();
    for path in tracked() {
        let name = shown(&path);
        let size = fs::metadata(&path).map_or(0, |m| m.len());
        if size > 1024 * 1024 {
            wrong.push(format!("{name}: {size} bytes"));
        }
        let Ok(text) = fs::read_to_string(&path) else { continue };
        if name == "tests/architecture.rs" {
            continue;
        }
        for (i, line) in text.lines().enumerate() {
            let place = places.iter().find(|p| {
                line.match_indices(p.as_str())
                    .any(|(at, _)| !line[..at].ends_with(|c: char| is_word(c) || ".-}*/".contains(c)))
            });
            if let Some(word) = place.or_else(|| hosts.iter().find(|h| line.contains(h.as_str()))) {
                wrong.push(format!("{name}:{}: {word}", i + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_program_made_says_which() {
    // What was made by a command, and where it says so.
    let made = [
        ("static/catalog.bin", "static/catalog.md"),
        ("tests/cluster-answers/live-pods.json", "tests/cluster-answers/record.mjs"),
    ];
    for (file, says) in made {
        assert!(root().join(file).exists(), "{file}");
        let text = read(&root().join(says));
        assert!(["cargo run", "node ", "make "].iter().any(|c| text.contains(c)), "{says} names no command");
    }
    for path in tracked() {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let head: String = text.lines().take(5).collect::<Vec<_>>().join(" ").to_lowercase();
        let claims = head.contains("do not edit");
        let command = ["cargo ", "node ", "make ", "npm "].iter().any(|c| head.contains(c));
        assert!(!claims || command || shown(&path) == "Cargo.lock", "{}: made by which command?", shown(&path));
    }
}

#[test]
fn no_test_is_left_out_and_nothing_is_put_off() {
    let words = [["#[ig", "nore"].concat(), ["TO", "DO"].concat(), ["FIX", "ME"].concat()];
    for folder in ["src", "tests", "examples", "build", "tools"] {
        for path in files(&root().join(folder), ".rs") {
            let text = read(&path);
            for word in &words {
                assert!(!text.contains(word.as_str()), "{}: {word}", shown(&path));
            }
        }
    }
}

#[test]
fn the_reader_of_sources_reads() {
    let source = "use a; // crate::x\nlet s = \"b\\\"c\"; let r = r#\"d\"e\"#; let q = '\"'; /* \"no\" */ f();";
    let literals: Vec<String> = pieces(source)
        .into_iter()
        .filter_map(|(_, p)| match p {
            Piece::Literal(l) => Some(l),
            Piece::Code(_) => None,
        })
        .collect();
    assert_eq!(literals, ["b\\\"c", "d\"e"]);
    assert!(!code(source).contains("crate::x") && code(source).contains("f();"));
}
