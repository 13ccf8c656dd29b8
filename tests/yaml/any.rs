//! Random edits and what must hold of each, shared by the tests on random and on public manifests.

use manifest_studio::text::{Change, Span};
use manifest_studio::yaml::edit::{self, After};
use manifest_studio::yaml::{Document, EditError, Kind, Node, Path, Step, Stream, Style};
use serde_json::{Map, Value, json};

/// A small generator of numbers, so that a failing seed can be run again.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize) % n.max(1)
    }

    pub fn pick<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}

const STRINGS: &[&str] = &[
    "web",
    "yes",
    "on",
    "n",
    "0777",
    "1e3",
    "1:30",
    "2001-01-01",
    "null",
    "~",
    "",
    " ",
    " lead",
    "trail ",
    "a: b",
    "a:",
    ":a",
    "# x",
    "a #b",
    "a#b",
    "-",
    "- a",
    "--",
    "---",
    "...",
    "?",
    "? a",
    "*",
    "*a",
    "&a",
    "!t",
    "%",
    "@x",
    "`x",
    "|",
    ">",
    "{a}",
    "[a",
    "a]",
    "a, b",
    "'",
    "it's",
    "\"",
    "say \"x\"",
    "\\",
    "\t",
    "a\tb",
    "é",
    "😀 שלום",
    "one\ntwo\n",
    "one\n\n two",
    "\n",
    "\n\nx",
    "  x\ny\n",
    "x\n\n\n",
    "x \ny",
    "#!/bin/sh\necho \"$1\"\n\nexit 0\n",
    "\r\n",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{7}",
    "x\n---\ny\n",
    "<<",
    "=",
    "5",
    "-0",
    ".5",
    "0x1F",
    "{{ .Values.x }}",
    "http://x:80/?a=b#c",
    "a\n\tb\n",
    "\ta\nb",
    "true",
    "nginx:1.25",
    "100m",
    "a?b",
    "key: |",
    "x: &y",
    "very long text that goes on and on beyond what one line of a form \
     would hold, with a colon: here, and a # there, and 'quotes' and \"more\", until it ends",
];
const KEYS: &[&str] = &[
    "name",
    "on",
    "y",
    "app.kubernetes.io/name",
    "1",
    "a b",
    "é",
    "",
    "x:y",
    "# k",
    "a: b",
    "null",
    "image",
    "-",
    "<<",
];

pub fn value(dice: &mut Dice, depth: usize) -> Value {
    match dice.below(if depth == 0 { 7 } else { 10 }) {
        0..=3 => json!(dice.pick(STRINGS)),
        4 => json!(*dice.pick(&[0i64, 1, -1, 80, 8080, i64::MAX, i64::MIN])),
        5 => json!(dice.below(2) == 0),
        6 => dice.pick(&[json!(null), json!(1.5), json!({}), json!([]), json!(u64::MAX)]).clone(),
        7 => Value::Array((0..dice.below(3) + 1).map(|_| value(dice, depth - 1)).collect()),
        _ => {
            let mut map = Map::new();
            for _ in 0..dice.below(3) + 1 {
                map.insert((*dice.pick(KEYS)).to_owned(), value(dice, depth - 1));
            }
            Value::Object(map)
        }
    }
}

#[derive(Debug)]
pub enum Edit {
    Set(Path, Value),
    Insert(Path, Option<String>, Value, After),
    Append(Path, Value),
    Delete(Path),
    Rename(Path, String),
    Move(Path, After),
}

/// All places of a document.
fn paths(node: Node<'_>, path: &mut Path, out: &mut Vec<Path>) {
    out.push(path.clone());
    if out.len() > 5000 {
        return;
    }
    for entry in node.entries() {
        path.push(Step::Key(entry.key.to_owned()));
        paths(entry.value, path, out);
        path.pop();
    }
    for (index, item) in node.items().enumerate() {
        path.push(Step::Index(index));
        paths(item, path, out);
        path.pop();
    }
}

fn after(dice: &mut Dice, node: Node<'_>) -> After {
    let keys: Vec<&str> = node.entries().map(|entry| entry.key).collect();
    let items = node.items().len();
    match dice.below(4) {
        0 => After::First,
        1 => After::Last,
        _ if !keys.is_empty() => After::Step(Step::Key((*dice.pick(&keys)).to_owned())),
        _ if items > 0 => After::Step(Step::Index(dice.below(items))),
        _ => After::Last,
    }
}

pub fn edit(dice: &mut Dice, document: &Document) -> Option<Edit> {
    let mut all = Vec::new();
    paths(document.root()?, &mut Path::new(), &mut all);
    let path = dice.pick(&all).clone();
    let node = document.at(&path)?;
    let parent = path.split_last().and_then(|(_, parent)| document.at(parent));
    Some(match dice.below(9) {
        0 | 1 if !path.is_empty() => Edit::Set(path, value(dice, 2)),
        2 if !path.is_empty() => {
            // One leaf of a collection changed, as a form does it.
            let mut new = node.to_json();
            if let Some(map) = new.as_object_mut() {
                let key = (*dice.pick(KEYS)).to_owned();
                map.insert(key, value(dice, 1));
            }
            Edit::Set(path, new)
        }
        3 if node.kind() == Kind::Map => {
            let key = *dice.pick(KEYS);
            Edit::Insert(path, Some(key.to_owned()), value(dice, 2), after(dice, node))
        }
        3 if node.kind() == Kind::Seq => Edit::Insert(path, None, value(dice, 2), after(dice, node)),
        4 if node.kind() == Kind::Seq || node.is_null() => Edit::Append(path, value(dice, 2)),
        5 if node.kind() == Kind::Map => {
            let mut path = path;
            path.push(Step::Key((*dice.pick(KEYS)).to_owned()));
            Edit::Set(path, value(dice, 2))
        }
        6 if matches!(path.last(), Some(Step::Key(_))) => Edit::Rename(path, (*dice.pick(KEYS)).to_owned()),
        7 => Edit::Move(path, after(dice, parent?)),
        _ if !path.is_empty() => Edit::Delete(path),
        _ => return None,
    })
}

/// Whether a merge brings the entry at a path.
fn merged(document: &Document, path: &[Step]) -> bool {
    let Some((Step::Key(key), parent)) = path.split_last() else { return false };
    document.at(parent).and_then(|parent| parent.entry(key)).is_some_and(|entry| entry.merged)
}

impl Edit {
    fn make(&self, document: &Document) -> Result<Change, EditError> {
        match self {
            Edit::Set(path, value) => edit::set(document, path, value),
            Edit::Insert(path, key, value, after) => edit::insert(document, path, key.as_deref(), value, after),
            Edit::Append(path, value) => edit::append(document, path, value),
            Edit::Delete(path) => edit::delete(document, path),
            Edit::Rename(path, key) => edit::rename(document, path, key),
            Edit::Move(path, after) => edit::move_to(document, path, after),
        }
    }

    fn path(&self) -> &Path {
        match self {
            Edit::Set(path, _)
            | Edit::Insert(path, ..)
            | Edit::Append(path, _)
            | Edit::Delete(path)
            | Edit::Rename(path, _)
            | Edit::Move(path, _) => path,
        }
    }

    /// The bytes that the edit may replace.
    fn allowed(&self, document: &Document) -> Span {
        let text = document.text();
        let end = |span: Span| {
            // To the end of the line, with the comments below, and of a kept block the empty lines behind it.
            let mut end = text[span.end as usize..].find('\n').map_or(text.len(), |at| span.end as usize + at + 1);
            while text[end..]
                .lines()
                .next()
                .is_some_and(|line| line.trim_start().starts_with('#') || line.trim().is_empty())
            {
                end += text[end..].find('\n').map_or(text[end..].len(), |at| at + 1);
            }
            end
        };
        let start = |path: &[Step]| {
            let Some((step, parent)) = path.split_last() else { return 0 };
            let parent = document.at(parent).expect("a parent");
            match step {
                Step::Key(key) => parent.entry(key).map_or(parent.span().start, |e| e.key_span.start) as usize,
                Step::Index(index) => {
                    let at = parent.items().nth(*index).map_or(parent.span().end, |n| n.span().start) as usize;
                    text[..at]
                        .rfind(if parent.style() == Style::Block { &['-'][..] } else { &[',', '['] })
                        .unwrap_or(0)
                        .max(parent.span().start as usize)
                }
            }
        };
        // Comments right above, and the line break before them.
        let above = |mut at: usize| {
            loop {
                let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
                let Some(before) = line.checked_sub(1) else { return line };
                let previous = text[..before].rfind('\n').map_or(0, |at| at + 1);
                if !text[previous..before].trim_start().starts_with('#') {
                    return line.saturating_sub(2);
                }
                at = previous;
            }
        };
        let whole = |path: &[Step]| {
            let node = document.at(path).expect("a node");
            Span::new(above(start(path)), end(node.span()))
        };
        // What goes through an alias or a merge is written out where that stands.
        let full = match self {
            Edit::Insert(path, ..) | Edit::Append(path, _) => path.len() + 1,
            Edit::Set(path, _) | Edit::Rename(path, _) | Edit::Delete(path) | Edit::Move(path, _) => path.len(),
        };
        let shared = |depth: &usize| {
            let path = &self.path()[..*depth];
            document.at(path).is_some_and(|node| node.style() == Style::Alias || merged(document, path))
        };
        if let Some(depth) = (1..full).find(shared) {
            return whole(&self.path()[..depth - 1]);
        }
        match self {
            Edit::Set(path, _) if merged(document, path) => whole(&path[..path.len() - 1]),
            Edit::Set(path, _) => match document.at(path) {
                Some(node) => Span::new(start(path), end(node.span())),
                None => whole(&path[..path.len() - 1]),
            },
            Edit::Insert(path, ..) | Edit::Append(path, _) => whole(path),
            Edit::Rename(path, _) => Span::new(start(path), document.at(path).map_or(0, |n| n.span().end as usize)),
            // The parent may be left empty, and its value begins behind its key.
            Edit::Delete(path) | Edit::Move(path, _) => whole(&path[..path.len() - 1]),
        }
    }

    fn expect(&self, value: &Value) -> Value {
        fn at<'v>(value: &'v mut Value, path: &[Step]) -> &'v mut Value {
            path.iter().fold(value, |value, step| match step {
                Step::Key(key) => {
                    if value.is_null() {
                        *value = json!({});
                    }
                    value.as_object_mut().expect("a map").entry(key.clone()).or_insert(Value::Null)
                }
                Step::Index(index) => &mut value.as_array_mut().expect("a list")[*index],
            })
        }
        let place = |after: &After, keys: Option<&Vec<String>>| match after {
            After::First => 0,
            After::Last => usize::MAX,
            After::Step(Step::Index(index)) => index + 1,
            After::Step(Step::Key(key)) => keys.and_then(|k| k.iter().position(|k| k == key)).expect("a key") + 1,
        };
        let mut value = value.clone();
        match self {
            Edit::Set(path, new) => *at(&mut value, path) = new.clone(),
            Edit::Append(path, new) => match at(&mut value, path) {
                Value::Array(list) => list.push(new.clone()),
                slot => *slot = json!([new]),
            },
            Edit::Insert(path, key, new, after) => match at(&mut value, path) {
                Value::Array(list) => list.insert(place(after, None).min(list.len()), new.clone()),
                Value::Object(map) => {
                    let mut entries: Vec<(String, Value)> = std::mem::take(map).into_iter().collect();
                    let keys = entries.iter().map(|(key, _)| key.clone()).collect();
                    let at = place(after, Some(&keys)).min(entries.len());
                    entries.insert(at, (key.clone().expect("a key"), new.clone()));
                    map.extend(entries);
                }
                _ => panic!("no collection"),
            },
            Edit::Delete(path) => match (at(&mut value, &path[..path.len() - 1]), path.last()) {
                (Value::Object(map), Some(Step::Key(key))) => {
                    map.shift_remove(key);
                }
                (Value::Array(list), Some(Step::Index(index))) => {
                    list.remove(*index);
                }
                _ => panic!("no parent"),
            },
            Edit::Rename(path, new) => match (at(&mut value, &path[..path.len() - 1]), path.last()) {
                (Value::Object(map), Some(Step::Key(old))) => {
                    let entries = std::mem::take(map).into_iter();
                    map.extend(entries.map(|(key, value)| (if key == *old { new.clone() } else { key }, value)));
                }
                _ => panic!("no parent"),
            },
            Edit::Move(path, after) => {
                if *after == After::Step(path.last().expect("a step").clone()) {
                    return value;
                }
                match (at(&mut value, &path[..path.len() - 1]), path.last()) {
                    (Value::Object(map), Some(Step::Key(key))) => {
                        let moved = map.shift_remove(key).expect("an entry");
                        let mut entries: Vec<(String, Value)> = std::mem::take(map).into_iter().collect();
                        let keys = entries.iter().map(|(key, _)| key.clone()).collect();
                        let at = place(after, Some(&keys)).min(entries.len());
                        entries.insert(at, (key.clone(), moved));
                        map.extend(entries);
                    }
                    (Value::Array(list), Some(Step::Index(index))) => {
                        let moved = list.remove(*index);
                        let at = match place(after, None) {
                            at if at != usize::MAX && at > *index => at - 1,
                            at => at,
                        };
                        list.insert(at.min(list.len()), moved);
                    }
                    _ => panic!("no parent"),
                }
            }
        }
        value
    }
}

/// Whether two values are the same, with maps in the same order where that counts.
pub fn same(a: &Value, b: &Value, ordered: bool) -> bool {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) => x == y || x.as_f64() == y.as_f64() && (x.is_f64() || y.is_f64()),
        (Value::Array(x), Value::Array(y)) => x.len() == y.len() && x.iter().zip(y).all(|(x, y)| same(x, y, ordered)),
        (Value::Object(x), Value::Object(y)) => {
            x.len() == y.len()
                && x.iter().all(|(key, x)| y.get(key).is_some_and(|y| same(x, y, ordered)))
                && (!ordered || x.keys().eq(y.keys()))
        }
        _ => a == b,
    }
}

/// What became of a random edit.
#[allow(dead_code)]
pub enum Outcome {
    Made(Stream),
    Refused(EditError),
}

/// Makes an edit in a document of a stream and checks all that must hold.
pub fn check(stream: &Stream, number: usize, edit: &Edit) -> Result<Outcome, String> {
    let located = &stream.documents()[number];
    let document = &located.document;
    let change = match edit.make(document) {
        Ok(change) => change,
        Err(EditError::SideEffect(what)) => return Err(format!("a defect of the editor: {what}")),
        Err(error) => return Ok(Outcome::Refused(error)),
    };
    let allowed = edit.allowed(document);
    if change.from < allowed.start as usize && change.from != change.to || change.to > allowed.end as usize {
        return Err(format!("{change:?} leaves {allowed:?}"));
    }
    let changes = [change.shift(located.start)];
    let text = Change::apply_all(stream.text(), &changes);
    let undo = Change::invert_all(stream.text(), &changes);
    if Change::apply_all(&text, &undo) != **stream.text() {
        return Err("undo does not give the bytes back".to_owned());
    }
    let edited = stream.edit(&changes);
    let fresh = Stream::read(text.as_str());
    if edited.documents().len() != fresh.documents().len() || edited.documents().len() != stream.documents().len() {
        return Err("there are more or fewer documents".to_owned());
    }
    for (i, (new, again)) in edited.documents().iter().zip(fresh.documents()).enumerate() {
        let old = &stream.documents()[i];
        if new.id != old.id || new.start != again.start || new.document.text() != again.document.text() {
            return Err(format!("document {i} is another"));
        }
        if i != number && new.document.text() != old.document.text() {
            return Err(format!("document {i} changed"));
        }
    }
    let new = &edited.documents()[number].document;
    if let Some(error) = new.error() {
        return Err(format!("cannot be read any more: {error:?}"));
    }
    let before = document.to_json().unwrap_or(Value::Null);
    let (want, have) = (edit.expect(&before), new.to_json().unwrap_or(Value::Null));
    let ordered = !matches!(edit, Edit::Set(..));
    if !same(&want, &have, ordered) {
        return Err(format!("expected {want}\nbut there is {have}"));
    }
    // Comments that do not stand at the edit's own place are still there.
    let start = (0..=allowed.start as usize).rev().find(|&at| document.text().is_char_boundary(at)).unwrap_or(0);
    let outside = [&document.text()[..start], &document.text()[allowed.end as usize..]];
    for line in outside.iter().flat_map(|part| part.lines()).filter(|line| line.trim_start().starts_with('#')) {
        if !new.text().contains(line) {
            return Err(format!("the comment {line:?} is lost"));
        }
    }
    Ok(Outcome::Made(edited))
}
