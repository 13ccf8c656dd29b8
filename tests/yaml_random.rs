//! Random manifests, written in random hands, and random edits on them: nothing but the target
//! changes, and undo gives the bytes back. Another reader agrees on what was read.

use manifest_studio::yaml::edit::emit;
use manifest_studio::yaml::{Document, EditError, Stream};
use proptest::prelude::*;
use serde_json::{Value, json};

#[path = "yaml/any.rs"]
mod any;

use any::{Dice, Outcome};

/// Writes a value as somebody might: block or flow, quotes of either kind, comments, blank lines.
struct Writer {
    dice: Dice,
    out: String,
    step: usize,
    indentless: bool,
    comments: bool,
}

impl Writer {
    fn scalar(&mut self, value: &Value, column: Option<usize>) -> String {
        let Value::String(text) = value else { return value.to_string() };
        let simple = !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase()) && text.len() > 5;
        let printable = !text.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'));
        let block =
            text.split('\n').all(|line| !line.is_empty() && !line.starts_with([' ', '\t']) && !line.ends_with(' '));
        match self.dice.below(4) {
            0 | 1 if simple => text.clone(),
            2 if printable => format!("'{}'", text.replace('\'', "''")),
            3 if block && !text.contains(|c: char| c.is_control() && c != '\n' || c > '\u{7e}') && column.is_some() => {
                let pad = format!("\n{}", " ".repeat(column.expect("a column")));
                format!("|-{pad}{}", text.replace('\n', &pad))
            }
            // JSON's escapes are YAML's, but for the slash and for pairs, which serde_json does not write.
            _ => value
                .to_string()
                .replace('\u{85}', "\\N")
                .replace('\u{2028}', "\\L")
                .replace('\u{2029}', "\\P")
                .replace('\u{feff}', "\\uFEFF")
                .replace('\u{7f}', "\\x7F"),
        }
    }

    fn key(&mut self, key: &str) -> String {
        let simple = key.len() > 3 && key.chars().all(|c| c.is_ascii_lowercase()) && key != "null";
        if simple && self.dice.below(4) > 0 { key.to_owned() } else { json!(key).to_string() }
    }

    fn flow(&mut self, value: &Value) -> String {
        match value {
            Value::Array(list) => {
                let items: Vec<String> = list.iter().map(|value| self.flow(value)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Object(map) => {
                let entries: Vec<String> =
                    map.iter().map(|(key, value)| format!("{}: {}", self.key(key), self.flow(value))).collect();
                if self.dice.below(3) == 0 {
                    format!("{{ {} }}", entries.join(" , "))
                } else {
                    format!("{{{}}}", entries.join(", "))
                }
            }
            scalar => self.scalar(scalar, None),
        }
    }

    fn above(&mut self, column: usize) {
        match if self.comments { self.dice.below(8) } else { 9 } {
            0 => self.out += &format!("{}# a comment, {}: [\n", " ".repeat(column), self.dice.0 % 1000),
            1 => self.out.push('\n'),
            2 => self.out += &format!("{}# elsewhere {}\n", " ".repeat(column + 1), self.dice.0 % 1000),
            _ => {}
        }
    }

    fn behind(&mut self) {
        if self.comments && self.dice.below(6) == 0 {
            self.out += " # behind";
        }
        self.out.push('\n');
    }

    /// A value behind `key:` or `-`, whose column is given.
    fn value(&mut self, value: &Value, column: usize, dash: bool) {
        let empty = value.as_object().is_some_and(|m| m.is_empty()) || value.as_array().is_some_and(|l| l.is_empty());
        let collection = value.is_object() || value.is_array();
        if collection && (empty || self.dice.below(5) == 0) {
            let flow = self.flow(value);
            self.out += &format!(" {flow}");
            return self.behind();
        }
        let below = if dash { column + 2 } else { column + self.step };
        match value {
            Value::Object(map) => {
                let inline = dash && self.dice.below(4) > 0;
                if inline {
                    self.out.push(' ');
                } else {
                    self.behind();
                }
                self.map(map, below, inline);
            }
            Value::Array(list) => {
                let inline = dash && self.dice.below(3) > 0;
                let at = if !dash && self.indentless { column } else { below };
                if inline {
                    self.out.push(' ');
                } else {
                    self.behind();
                }
                self.list(list, at, inline);
            }
            Value::Null if self.dice.below(2) == 0 => self.behind(),
            scalar => {
                let text = self.scalar(scalar, Some(below));
                let block = text.starts_with("|-\n");
                self.out += &format!(" {text}");
                if block { self.out.push('\n') } else { self.behind() }
            }
        }
    }

    fn map(&mut self, map: &serde_json::Map<String, Value>, column: usize, mut inline: bool) {
        for (key, value) in map {
            if !inline {
                self.above(column);
                self.out += &" ".repeat(column);
            }
            inline = false;
            let key = self.key(key);
            self.out += &format!("{key}:");
            self.value(value, column, false);
        }
    }

    fn list(&mut self, list: &[Value], column: usize, mut inline: bool) {
        for value in list {
            if !inline {
                self.above(column);
                self.out += &" ".repeat(column);
            }
            inline = false;
            self.out.push('-');
            self.value(value, column, true);
        }
    }
}

/// A text of up to three documents, and their values.
fn manifest(seed: u64) -> (String, Vec<Value>) {
    let mut dice = Dice(seed | 1);
    let (step, indentless, comments) = (*dice.pick(&[2, 2, 4, 3]), dice.below(2) == 0, dice.below(3) > 0);
    let count = dice.below(3) + 1;
    let mut values = Vec::new();
    for _ in 0..count {
        let mut map = serde_json::Map::new();
        for key in ["apiVersion", "metadata", "spec", "status"].iter().take(dice.below(4) + 1) {
            map.insert((*key).to_owned(), any::value(&mut dice, 3));
        }
        values.push(Value::Object(map));
    }
    let kind = dice.below(10);
    let mut writer = Writer { dice, out: String::new(), step, indentless, comments };
    if kind == 0 {
        // JSON, on one line or over many.
        let value = values.remove(0);
        let text = if seed.is_multiple_of(2) { value.to_string() } else { format!("{value:#}\n") };
        return (text, vec![value]);
    }
    for (number, value) in values.iter().enumerate() {
        if number > 0 {
            writer.out += "---\n";
        }
        writer.map(value.as_object().expect("a map"), 0, false);
    }
    let mut text = writer.out;
    match kind {
        1 => text = text.replace('\n', "\r\n"),
        2 => text.insert(0, '\u{feff}'),
        3 => text.truncate(text.trim_end_matches('\n').len()),
        _ => {}
    }
    (text, values)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_edits_change_only_their_target(seed in any::<u64>()) {
        let (text, values) = manifest(seed);
        let mut stream = Stream::read(text.as_str());
        let read: Vec<Value> = stream.documents().iter().filter_map(|d| d.document.to_json()).collect();
        prop_assert_eq!(&read, &values, "{:?} {:?}", text, stream.documents().iter().find_map(|d| d.document.error()));
        // The second reader, where characters that only one of them takes for line breaks do not come between.
        let odd = ['\u{7f}', '\u{85}', '\u{2028}', '\u{2029}', '\u{feff}'];
        if values.len() == 1
            && !text.contains(odd)
            && let Ok(other) = serde_yaml::from_str::<Value>(&text)
        {
            prop_assert!(any::same(&values[0], &other, false), "{:?}\n{}\n{}", text, values[0], other);
        }
        let mut dice = Dice(seed.rotate_left(17) | 1);
        for _ in 0..6 {
            let readable: Vec<usize> = (0..stream.documents().len())
                .filter(|&i| stream.documents()[i].document.root().is_some())
                .collect();
            if readable.is_empty() {
                break;
            }
            let target = *dice.pick(&readable);
            let Some(edit) = any::edit(&mut dice, &stream.documents()[target].document) else { continue };
            match any::check(&stream, target, &edit) {
                Ok(Outcome::Made(next)) => stream = next,
                Ok(Outcome::Refused(EditError::Exists)) => {}
                Ok(Outcome::Refused(error)) => prop_assert!(false, "{edit:?} refused: {error:?}\n{:?}", stream.text()),
                Err(what) => prop_assert!(false, "{}\n{edit:?}\n{what}", stream.text()),
            }
        }
    }

    #[test]
    fn what_is_emitted_reads_back(seed in any::<u64>()) {
        let mut dice = Dice(seed | 1);
        let value = any::value(&mut dice, 3);
        let text = emit(&value);
        prop_assert!(text.ends_with('\n'));
        let document = Document::read(&text);
        prop_assert!(document.error().is_none(), "{:?}: {:?}", text, document.error());
        prop_assert_eq!(document.to_json().unwrap_or(Value::Null), value, "{:?}", text);
    }
}
