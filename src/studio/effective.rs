//! The selected document as the server would store it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::analysis::Revision;
use super::workspace::DocRef;
use crate::defaults;
use crate::i18n::Message;
use crate::k8s::{Segment, Version};
use crate::text::LineIndex;
use crate::yaml::{Document, Path, Step};

/// A document as a server would store it, or why that cannot be said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effective {
    /// Which document.
    pub at: DocRef,
    /// Which state of it.
    pub revision: Revision,
    /// Whose server.
    pub version: Version,
    /// What it would store.
    pub stored: Stored,
}

/// What a server would store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Stored {
    /// The object, and what of it the text does not have.
    Object {
        /// As the server would answer it.
        object: Value,
        /// In the order of the object.
        filled: Vec<Filled>,
    },
    /// The server refuses it.
    Refused,
    /// The kind's defaults are not known here.
    Unknown,
}

/// Something that the server fills in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Filled {
    /// Where.
    pub path: Path,
    /// What.
    pub value: Value,
    /// Why.
    pub why: Option<Message>,
    /// Whether it can be written into the text; what only a server can know cannot.
    pub can_be_written: bool,
}

impl From<defaults::Filled> for Filled {
    fn from(filled: defaults::Filled) -> Filled {
        let step = |segment: &Segment| match segment {
            Segment::Field(name) | Segment::Key(name) => Step::from(name.as_str()),
            Segment::Index(index) => Step::Index(*index),
        };
        let path: Path = filled.path.0.iter().map(step).collect();
        let only_there = filled.value.to_string().contains(defaults::PLACEHOLDER_UID);
        Filled { path, value: filled.value, why: Some(filled.why), can_be_written: !only_there }
    }
}

/// A line of the object as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its text.
    pub text: String,
    /// Which of `filled` it belongs to.
    pub filled: Option<usize>,
    /// Whether that begins here.
    pub begins: bool,
}

/// The object as YAML, line by line, each with what was filled in there.
pub fn lines(object: &Value, filled: &[Filled]) -> Vec<Line> {
    let text = crate::yaml::edit::emit(object);
    let document = Document::read(&text);
    let mut lines: Vec<Line> =
        text.lines().map(|text| Line { text: text.to_owned(), filled: None, begins: false }).collect();
    let index = LineIndex::new(&text);
    let line_of = |at: u32| index.position(&text, at as usize).line as usize;
    for (number, fill) in filled.iter().enumerate() {
        let Some((last, above)) = fill.path.split_last() else { continue };
        let Some(parent) = document.at(above) else { continue };
        let span = match last {
            Step::Key(key) => parent.entry(key).map(|e| (e.key_span.start, e.value.span().end)),
            Step::Index(_) => parent.step(last).map(|node| (node.span().start, node.span().end)),
        };
        let Some((start, end)) = span else { continue };
        let first = line_of(start);
        let last = line_of(end.saturating_sub(1)).max(first);
        for line in lines.iter_mut().take(last + 1).skip(first) {
            line.filled = Some(number);
        }
        if let Some(line) = lines.get_mut(first) {
            line.begins = true;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lines_say_what_was_filled_in() {
        let object = json!({"spec": {"replicas": 1, "strategy": {"type": "RollingUpdate"}, "list": [{"a": 1}]}});
        let at = |keys: &[&str]| keys.iter().map(|k| Step::from(*k)).collect::<Path>();
        let fill = |path, value| Filled { path, value, why: None, can_be_written: true };
        let filled = [
            fill(at(&["spec", "replicas"]), json!(1)),
            fill(at(&["spec", "strategy"]), json!({"type": "RollingUpdate"})),
            fill(at(&["spec", "gone"]), json!(1)),
        ];
        let shown: Vec<(String, Option<usize>, bool)> =
            lines(&object, &filled).into_iter().map(|l| (l.text.trim().to_owned(), l.filled, l.begins)).collect();
        let line = |text: &str, filled, begins| (text.to_owned(), filled, begins);
        assert_eq!(
            shown,
            [
                line("spec:", None, false),
                line("replicas: 1", Some(0), true),
                line("strategy:", Some(1), true),
                line("type: RollingUpdate", Some(1), false),
                line("list:", None, false),
                line("- a: 1", None, false),
            ]
        );
    }
}
