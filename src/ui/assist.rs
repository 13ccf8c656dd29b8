//! What can be written at a place of the text, and what is known of what stands there.

use super::panels::{docs_text, find, shape_name};
use super::words::Words;
use crate::i18n::{Message, id};
use crate::platform::editor::{Completion, Hover};
use crate::schema::{Catalog, Field, Shape};
use crate::studio::{DocRef, FileId, State};
use crate::text::Position;
use crate::ui::panels::notation;
use crate::yaml::{Path, Step};

/// Where a cursor is, read from the lines above it: the text around a cursor is seldom whole YAML.
#[derive(Debug, PartialEq, Eq)]
struct Context {
    /// The object that the cursor is in.
    path: Path,
    /// The key before the cursor on its line, when a value is being written.
    key: Option<String>,
    /// The keys above it in the same object.
    siblings: Vec<String>,
    /// Bytes of the word before the cursor.
    word: usize,
    /// Column of the key being written.
    column: usize,
}

/// What a line is made of: columns of its dashes, then a key.
struct Line<'a> {
    dashes: Vec<usize>,
    column: usize,
    key: Option<&'a str>,
    /// Whether what belongs to the key stands on the lines below.
    opens: bool,
}

fn line(text: &str) -> Option<Line<'_>> {
    let mut rest = text.trim_start_matches(' ');
    let mut column = text.len() - rest.len();
    let mut dashes = Vec::new();
    while let Some(after) = rest.strip_prefix('-').filter(|a| a.is_empty() || a.starts_with(' ')) {
        dashes.push(column);
        let next = after.trim_start_matches(' ');
        column += 1 + after.len() - next.len();
        rest = next;
    }
    if rest.starts_with('#') || rest.starts_with("---") || (rest.is_empty() && dashes.is_empty()) {
        return None;
    }
    let (key, opens) = match rest.split_once(':') {
        Some((key, value)) if value.is_empty() || value.starts_with(' ') => {
            let value = value.trim();
            (Some(key.trim_matches(['"', '\''])), value.is_empty() || value.starts_with(['#', '&']))
        }
        _ => (None, false),
    };
    Some(Line { dashes, column, key, opens })
}

/// Reads where `text` ends.
fn context(text: &str) -> Option<Context> {
    let start = text.rfind('\n').map_or(0, |at| at + 1);
    let current = &text[start..];
    if current.trim_start().starts_with('#') {
        return None;
    }
    let here = line(current);
    let (dashes, column, key) = match &here {
        Some(line) => (line.dashes.as_slice(), line.column, line.key),
        None => (&[][..], current.len(), None),
    };
    let word =
        current.len() - current.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "._/-".contains(c)).len();
    // Behind a key without a colon there is nothing to offer, nor after a word that is not the first.
    if key.is_none() && current.len() - word != column {
        return None;
    }
    let (mut path, mut siblings): (Path, Vec<String>) = Default::default();
    let mut needed = column;
    let mut equal = false;
    let over = |dashes: &[usize], needed: &mut usize, equal: &mut bool, path: &mut Path| {
        for &dash in dashes.iter().rev().filter(|d| **d < column) {
            if dash < *needed {
                path.push(Step::Index(0));
                *needed = dash;
                *equal = true;
            }
        }
    };
    over(dashes, &mut needed, &mut equal, &mut path);
    for above in text[..start].lines().rev() {
        let Some(above) = line(above) else { continue };
        if let Some(key) = above.key {
            if above.opens && (above.column < needed || (equal && above.column == needed)) {
                path.push(Step::Key(key.to_owned()));
                (needed, equal) = (above.column, false);
            } else if path.is_empty() && above.column == needed {
                siblings.push(key.to_owned());
            }
        }
        if above.column >= needed {
            over(&above.dashes, &mut needed, &mut equal, &mut path);
        }
    }
    path.reverse();
    Some(Context { path, key: key.map(str::to_owned), siblings, word, column })
}

/// What can be written at `at`.
pub fn complete(
    state: &State,
    file: FileId,
    at: Position,
    explicit: bool,
    words: Words,
) -> Option<(Position, Vec<Completion>)> {
    let (doc, text) = before(state, file, at)?;
    let context = context(&text)?;
    // Unasked, only where something has been typed.
    if !explicit && context.word == 0 {
        return None;
    }
    let catalog = state.catalog.as_deref()?;
    let mut options = match &context.key {
        Some(key) => values(state, catalog, doc, &context.path, key),
        None => fields(state, catalog, doc, &context, words),
    };
    options.truncate(400);
    let column = at.column.saturating_sub(context.word as u32);
    (!options.is_empty()).then_some((Position { line: at.line, column }, options))
}

fn before(state: &State, file: FileId, at: Position) -> Option<(DocRef, String)> {
    let there = state.workspace.file(file)?;
    let text = there.stream.text();
    let offset = state.index.file(file)?.lines.offset(text, at);
    let located = there.stream.document_at(offset)?;
    Some((DocRef { file, doc: located.id }, text.get(located.start..offset)?.replace('\r', "\n")))
}

fn option(label: &str, sort: &'static str) -> Completion {
    Completion { label: label.to_owned(), apply: None, detail: String::new(), info: None, sort, boost: 0 }
}

fn fields(state: &State, catalog: &Catalog, doc: DocRef, context: &Context, words: Words) -> Vec<Completion> {
    let summary = state.index.document(doc);
    let kind = summary.and_then(|s| s.gvk.as_ref()).and_then(|gvk| catalog.kind(&gvk.api_version(), &gvk.kind));
    let Some(kind) = kind else {
        let known = ["apiVersion", "kind", "metadata"];
        let missing = known.iter().filter(|k| context.path.is_empty() && !context.siblings.iter().any(|s| s == *k));
        return missing.map(|key| Completion { apply: Some([key, ": "].concat()), ..option(key, "field") }).collect();
    };
    let shape = catalog.shape_at(kind.ty, &notation(&context.path).0, state.version);
    let Some(Shape::Object(owner)) = shape else { return Vec::new() };
    let there = |field: &&Field| field.versions.has(state.version) && !context.siblings.contains(&field.name);
    let one = |field: &Field| {
        let required = field.required.has(state.version);
        let mut apply = [&field.name, ":"].concat();
        match &field.shape {
            Shape::Object(_) | Shape::Map(_) => {
                apply.push('\n');
                apply.extend(std::iter::repeat_n(' ', context.column + 2));
            }
            Shape::List(_) => {
                apply.push('\n');
                apply.extend(std::iter::repeat_n(' ', context.column));
                apply.push_str("- ");
            }
            _ => apply.push(' '),
        }
        let mut detail = shape_name(catalog, &field.shape);
        if required {
            detail.push_str(" · ");
            detail.push_str(&words.of(id::PANEL_REQUIRED));
        }
        Completion {
            apply: Some(apply),
            detail,
            info: docs_text(state, &catalog.ty(owner).full_name, &field.name),
            boost: if required { 50 } else { 0 },
            ..option(&field.name, "field")
        }
    };
    catalog.ty(owner).fields.iter().filter(there).map(one).collect()
}

fn values(state: &State, catalog: &Catalog, doc: DocRef, path: &Path, key: &str) -> Vec<Completion> {
    if path.is_empty() && (key == "kind" || key == "apiVersion") {
        let mut names: Vec<String> = catalog
            .kinds()
            .iter()
            .filter(|kind| kind.served.has(state.version))
            .map(|kind| if key == "kind" { kind.gvk.kind.clone() } else { kind.gvk.api_version() })
            .collect();
        names.sort();
        names.dedup();
        return names.iter().map(|name| option(name, "kind")).collect();
    }
    let mut path = path.clone();
    path.push(Step::Key(key.to_owned()));
    let Some((_, field, shape)) = find(state, catalog, doc, &path) else { return Vec::new() };
    if *shape == Shape::Boolean {
        return ["true", "false"].iter().map(|word| option(word, "value")).collect();
    }
    field.values(state.version).map(|value| option(value, "value")).collect()
}

/// What is known of the field at `at`.
pub fn hover(state: &State, file: FileId, at: Position, words: Words) -> Option<Hover> {
    let there = state.workspace.file(file)?;
    let (text, lines) = (there.stream.text(), &state.index.file(file)?.lines);
    let offset = lines.offset(text, at);
    let located = there.stream.document_at(offset)?;
    let doc = DocRef { file, doc: located.id };
    let path = located.document.path_at(offset.checked_sub(located.start)?);
    let catalog = state.catalog.as_deref()?;
    let (owner, field, shape) = find(state, catalog, doc, &path)?;
    // Only over the key: over a long value, a box would stand in the way of reading it.
    let (Step::Key(key), parent) = path.split_last()? else { return None };
    let span = located.document.at(parent)?.entry(key)?.key_span.shift(located.start);
    if !span.touches(offset) {
        return None;
    }
    let mut title = notation(&path).to_string();
    title.push_str("  ");
    title.push_str(&shape_name(catalog, shape));
    let mut said = docs_text(state, &catalog.ty(owner).full_name, &field.name).unwrap_or_default();
    if let Some(default) = &field.default {
        if !said.is_empty() {
            said.push_str("\n\n");
        }
        said.push_str(&Message::new(id::PANEL_DEFAULT_IS).with("value", default.to_string()).text(words.0));
    }
    let (from, to) = (lines.position(text, span.start as usize), lines.position(text, span.end as usize));
    Some(Hover { from, to, title, text: said })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<(String, Option<String>, Vec<String>)> {
        context(text).map(|c| (notation(&c.path).to_string(), c.key, c.siblings))
    }

    fn some(path: &str, key: Option<&str>, siblings: &[&str]) -> Option<(String, Option<String>, Vec<String>)> {
        let siblings = siblings.iter().map(|s| (*s).to_owned()).collect();
        Some((path.to_owned(), key.map(str::to_owned), siblings))
    }

    #[test]
    fn the_lines_above_say_where_the_cursor_is() {
        let pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: web\n    ports:\n";
        let ends = |end: &str| at(&[pod, end].concat());
        assert_eq!(ends("      - pro"), some("spec.containers[0].ports[0]", None, &[]));
        assert_eq!(ends("    - pro"), some("spec.containers[0].ports[0]", None, &[]));
        assert_eq!(ends("    im"), some("spec.containers[0]", None, &["ports", "name"]));
        assert_eq!(ends("  - na"), some("spec.containers[0]", None, &[]));
        assert_eq!(ends("  re"), some("spec", None, &["containers"]));
        assert_eq!(
            ends("    imagePullPolicy: Al"),
            some("spec.containers[0]", Some("imagePullPolicy"), &["ports", "name"])
        );
        assert_eq!(ends("  # re"), None);
        assert_eq!(at("ki"), some("", None, &[]));
        assert_eq!(at("kind: Po"), some("", Some("kind"), &[]));
    }
}
