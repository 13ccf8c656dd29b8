use serde_json::Value;

use crate::text::LineIndex;
use crate::yaml::{Document, Kind, Node, Stream, Style, edit};

/// The items of a `kind: List` as documents of their own: the text that stands for the document then.
/// Each item keeps its own text, comments and blank lines, moved to the left; where that would not be
/// read as the same value (JSON, aliases across items) it is written anew. `None` when the
/// document is no list of objects.
pub fn split_list(document: &Document) -> Option<String> {
    let root = document.root()?;
    if !root.get("kind")?.as_str()?.ends_with("List") {
        return None;
    }
    let items: Vec<Node> = root.get("items").filter(|i| i.kind() == Kind::Seq)?.items().collect();
    let is_object =
        |item: &Node| ["apiVersion", "kind"].iter().all(|key| item.get(key).is_some_and(|v| v.as_str().is_some()));
    if items.is_empty() || !items.iter().all(is_object) {
        return None;
    }
    let values: Vec<Value> = items.iter().map(|item| item.to_json()).collect();
    let same = |text: &str| {
        let stream = Stream::read(text);
        let read: Vec<_> =
            stream.documents().iter().filter(|d| !d.document.is_null()).map(|d| d.document.to_json()).collect();
        read.iter().map(Option::as_ref).eq(values.iter().map(Some))
    };
    let own = Cut::new(document.text()).split(root, &items, &values).filter(|text| same(text));
    own.or_else(|| {
        let written: Vec<String> = values.iter().map(edit::emit).collect();
        Some(written.join("---\n")).filter(|text| same(text))
    })
}

/// A list's text by lines.
struct Cut<'a> {
    text: &'a str,
    index: LineIndex,
}

impl<'a> Cut<'a> {
    fn new(text: &'a str) -> Cut<'a> {
        Cut { text, index: LineIndex::new(text) }
    }

    /// The line without its line break.
    fn line(&self, line: usize) -> &'a str {
        let end = if line + 1 < self.index.len() { self.index.start(line + 1) } else { self.text.len() };
        self.text.get(self.index.start(line)..end).unwrap_or("").trim_end_matches(['\r', '\n'])
    }

    fn split(&self, root: Node, items: &[Node], values: &[Value]) -> Option<String> {
        let list = root.get("items")?;
        if root.style() != Style::Block || list.style() != Style::Block {
            return None;
        }
        let eol = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let places: Vec<Place> = items.iter().map(|item| self.place(*item)).collect::<Option<_>>()?;
        let first = places.first()?;
        let last = places.last()?;
        let mut out = String::new();
        // A `---` line and the comments above the list stay on top.
        for line in 0..first.dash {
            let text = self.line(line);
            let bare = text.trim_start_matches('\u{feff}');
            if text.len() > bare.len() {
                out.push('\u{feff}');
            }
            if bare.starts_with("---") && line == self.opening() {
                push(&mut out, bare, eol);
            } else if bare.trim_start().starts_with('#') {
                push(&mut out, bare.trim_start(), eol);
            }
        }
        for (i, place) in places.iter().enumerate() {
            if i > 0 {
                push(&mut out, "---", eol);
            }
            let head =
                if i == 0 { place.dash } else { self.handover(places[i - 1].end, place.dash, places[i - 1].column) };
            let end = match places.get(i + 1) {
                Some(next) => self.handover(place.end, next.dash, place.column),
                None => self.handover(place.end, self.index.len(), place.column),
            };
            let text = self.item(place, head, end, eol);
            if Document::read(&text).to_json().as_ref() == values.get(i) {
                out.push_str(&text);
            } else {
                out.push_str(&edit::emit(values.get(i)?).replace('\n', eol));
            }
        }
        for line in self.handover(last.end, self.index.len(), last.column)..self.index.len() {
            let text = self.line(line).trim_start();
            if text.starts_with('#') {
                push(&mut out, text, eol);
            }
        }
        Some(out)
    }

    /// The first line that is neither blank nor a comment.
    fn opening(&self) -> usize {
        (0..self.index.len())
            .find(|&line| {
                let text = self.line(line).trim_start_matches('\u{feff}').trim_start();
                !text.is_empty() && !text.starts_with('#')
            })
            .unwrap_or(0)
    }

    fn place(&self, item: Node) -> Option<Place> {
        let span = item.span().range();
        let line = self.index.line(span.start);
        let column = span.start - self.index.start(line);
        let is_dash = |line: usize| self.line(line).trim_start().starts_with('-');
        let dash = (0..=line).rev().find(|&l| is_dash(l))?;
        let end = self.index.line(span.end.saturating_sub(1).max(span.start)) + 1;
        Some(Place { dash, line, column, start: span.start, end })
    }

    /// From `from` on the first line that no longer belongs to an item at `column`: a comment further
    /// to the left, or `to`. Keys of the list itself end it too.
    fn handover(&self, from: usize, to: usize, column: usize) -> usize {
        (from..to)
            .find(|&line| {
                let text = self.line(line);
                let bare = text.trim_start();
                !bare.is_empty() && text.len() - bare.len() < column
            })
            .unwrap_or(to)
    }

    /// The item's lines from `head` (comments above its dash) to `end`, moved to the left.
    fn item(&self, place: &Place, head: usize, end: usize, eol: &str) -> String {
        let mut out = String::new();
        for line in head..place.dash {
            let text = self.line(line).trim_start();
            if text.starts_with('#') {
                push(&mut out, text, eol);
            }
        }
        if place.line > place.dash
            && let Some((_, comment)) = self.line(place.dash).split_once('#')
        {
            push(&mut out, &format!("#{comment}"), eol);
        }
        for line in (place.dash + 1).min(place.line)..end {
            let text = self.line(line);
            if line < place.line {
                push(&mut out, text.trim_start(), eol);
            } else if line == place.line {
                push(&mut out, self.text.get(place.start..self.index.start(line) + text.len()).unwrap_or(""), eol);
            } else {
                let indent = text.len() - text.trim_start_matches(' ').len();
                push(&mut out, text.get(indent.min(place.column)..).unwrap_or(""), eol);
            }
        }
        out
    }
}

/// Where an item stands: its dash's line, the line, column and byte of its first key, the line behind it.
struct Place {
    dash: usize,
    line: usize,
    column: usize,
    start: usize,
    end: usize,
}

fn push(out: &mut String, line: &str, eol: &str) {
    out.push_str(line);
    out.push_str(eol);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Option<String> {
        split_list(&Document::read(text))
    }

    #[test]
    fn items_keep_their_own_text() {
        let table = [
            // As `kubectl get -o yaml` writes it.
            (
                "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  data:\n    a: |\n      x\n       y\n- apiVersion: v1\n  kind: Pod\nkind: List\nmetadata:\n  resourceVersion: \"\"\n",
                "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n    x\n     y\n---\napiVersion: v1\nkind: Pod\n",
            ),
            // Comments go where they belong.
            (
                "# the shop\nkind: List\napiVersion: v1\nitems:\n  # first\n  - apiVersion: v1 # here\n    # inside\n    kind: Pod\n    # at its end\n\n  # second\n  - # odd\n    apiVersion: v1\n    kind: 'Pod'\n# the end\n",
                "# the shop\n# first\napiVersion: v1 # here\n# inside\nkind: Pod\n# at its end\n\n---\n# second\n# odd\napiVersion: v1\nkind: 'Pod'\n# the end\n",
            ),
            // Line ends, a marker line, a dash on a line of its own, no line break at the end.
            (
                "---\r\nkind: PodList\r\nitems:\r\n-\r\n  apiVersion: v1\r\n  kind: Pod\r\n-   apiVersion: v1\r\n    kind: Pod",
                "---\r\napiVersion: v1\r\nkind: Pod\r\n---\r\napiVersion: v1\r\nkind: Pod\r\n",
            ),
        ];
        for (list, documents) in table {
            assert_eq!(split(list).as_deref(), Some(documents), "{list}");
        }
    }

    #[test]
    fn what_cannot_be_moved_is_written_anew() {
        let table = [
            // JSON, as `kubectl get -o json` writes it.
            (
                r#"{"apiVersion": "v1", "items": [{"apiVersion": "v1", "kind": "Pod", "spec": {"hostNetwork": true}}, {"apiVersion": "v1", "kind": "Pod"}], "kind": "List"}"#,
                "apiVersion: v1\nkind: Pod\nspec:\n  hostNetwork: true\n---\napiVersion: v1\nkind: Pod\n",
            ),
            // An item in flow style keeps it; one that is an alias is written out.
            (
                "kind: List\nitems:\n- &a\n  apiVersion: v1\n  kind: Pod # a comment\n- {apiVersion: v1,\n   kind: Pod} # another\n- *a\n",
                "apiVersion: v1\nkind: Pod # a comment\n---\n{apiVersion: v1,\n kind: Pod} # another\n---\napiVersion: v1\nkind: Pod\n",
            ),
            // An alias into another item: only that one is written anew.
            (
                "kind: List\nitems:\n- apiVersion: v1 # kept\n  kind: Pod\n  metadata: &m\n    name: a\n- apiVersion: v1 # gone\n  kind: Pod\n  metadata: *m\n",
                "apiVersion: v1 # kept\nkind: Pod\nmetadata: &m\n  name: a\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n",
            ),
            ("\u{feff}kind: PodList\r\nitems: [{apiVersion: v1, kind: Pod}]", "apiVersion: v1\nkind: Pod\n"),
        ];
        for (list, documents) in table {
            assert_eq!(split(list).as_deref(), Some(documents), "{list}");
        }
    }

    #[test]
    fn what_is_no_list_of_objects_stays() {
        for text in [
            "",
            "a: [",
            "kind: Pod\nitems: []\n",
            "kind: List\n",
            "kind: List\nitems: []\n",
            "kind: List\nitems: {}\n",
            "kind: List\nitems: [1]\n",
            "kind: PodList\nitems:\n- metadata: {}\n",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
