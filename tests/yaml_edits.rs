//! The cases of `tests/yaml/edits.txt`: what an edit writes, and that it touches no byte outside of the
//! place that the case allows.

use manifest_studio::text::Change;
use manifest_studio::yaml::edit::{self, After};
use manifest_studio::yaml::{EditError, Path, Step, Stream};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Operation {
    op: String,
    path: Path,
    key: Option<String>,
    #[serde(default)]
    value: Value,
    after: Option<Step>,
    #[serde(default)]
    crlf: bool,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    bom: bool,
}

impl Operation {
    fn text(&self, text: &str) -> String {
        let mut text = text.to_owned();
        if self.bare {
            let end = text.rfind('\n').expect("a line");
            text.remove(end);
        }
        if self.crlf {
            text = text.replace('\n', "\r\n");
        }
        if self.bom {
            text.insert(0, '\u{feff}');
        }
        text
    }

    fn make(&self, stream: &Stream) -> Result<Change, EditError> {
        let document = &stream.documents()[0].document;
        let after = self.after.clone().map_or(After::Last, After::Step);
        match self.op.as_str() {
            "set" => edit::set(document, &self.path, &self.value),
            "insert" => edit::insert(document, &self.path, self.key.as_deref(), &self.value, &after),
            "append" => edit::append(document, &self.path, &self.value),
            "delete" => edit::delete(document, &self.path),
            "rename" => edit::rename(document, &self.path, self.key.as_deref().expect("a key")),
            "move" => edit::move_to(document, &self.path, &after),
            other => panic!("no operation {other}"),
        }
    }
}

/// Runs a case; says what is wrong.
fn check(operation: &str, before: &str, after: &str) -> Result<(), String> {
    let operation: Operation = serde_json::from_str(operation).expect("an operation");
    let marked = operation.text(before);
    let (from, to) = match (marked.find('«'), marked.find('»')) {
        (Some(from), Some(to)) => (from, to - '«'.len_utf8()),
        _ => (0, 0),
    };
    let text = marked.replace(['«', '»'], "");
    let stream = Stream::read(text.as_str());
    let change = operation.make(&stream);
    if let Some(error) = after.trim_end().strip_prefix("error: ") {
        return match change {
            Err(got) if format!("{got:?}") == error => Ok(()),
            got => Err(format!("got {got:?}, not {error}")),
        };
    }
    let change = change.map_err(|error| format!("{error:?}"))?;
    let changed = Change::apply_all(&text, std::slice::from_ref(&change));
    let wanted = operation.text(after);
    if changed != wanted {
        return Err(format!("got\n{changed:?}\nnot\n{wanted:?}"));
    }
    if change.from < from || change.to > to {
        return Err(format!("{}..{} is replaced, not only {from}..{to}", change.from, change.to));
    }
    let back = Change::invert_all(&text, std::slice::from_ref(&change));
    assert_eq!(Change::apply_all(&changed, &back), text);
    let edited = stream.edit(&[change]);
    assert_eq!(&**edited.text(), changed);
    Ok(())
}

#[test]
fn edits_change_only_their_place() {
    let table = include_str!("yaml/edits.txt");
    let (mut cases, mut wrong) = (0, Vec::new());
    for case in table.split("\n#### ").skip(1) {
        let (title, rest) = case.split_once('\n').expect("a title");
        let (operation, rest) = rest.split_once('\n').expect("an operation");
        let (before, after) = rest.split_once("####>\n").expect("a text before and after");
        cases += 1;
        // A blank line parts the cases.
        let after = if after.ends_with("\n\n") { &after[..after.len() - 1] } else { after };
        let after = if after.ends_with('\n') { after.to_owned() } else { format!("{after}\n") };
        if let Err(what) = check(operation, before, &after) {
            wrong.push(format!("{title}\n{what}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {cases} cases fail:\n\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(cases > 90);
}
