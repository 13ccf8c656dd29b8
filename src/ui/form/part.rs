//! Rows and cards as properties: they share the form, and are the same when what is shown of them is.

use std::cell::OnceCell;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use yew::AttrValue;

use super::ids;
use crate::check::Finding;
use crate::form::{Body, Card, Editor, Form, List, Row, form};
use crate::i18n::Label;
use crate::k8s::Version;
use crate::schema::{Catalog, Shape};
use crate::studio::DocFindings;
use crate::yaml::{Document, Path};

/// What is found in a document: the same when it says the same.
#[derive(Clone)]
pub struct Found(pub Rc<DocFindings>);

impl Found {
    pub fn of(findings: &Rc<DocFindings>) -> Found {
        Found(findings.clone())
    }
}

impl PartialEq for Found {
    fn eq(&self, other: &Found) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self.0.says_the_same(&other.0)
    }
}

/// What rows are made from.
#[derive(Clone)]
pub struct Source {
    pub form: Rc<Form>,
    pub findings: Rc<DocFindings>,
    /// What the form is made from, where only one section is up to date.
    pub partly: Option<Rc<Partly>>,
}

/// A form of which only what is seen was made anew.
pub struct Partly {
    /// The section that is up to date.
    pub shown: usize,
    pub document: Arc<Document>,
    pub catalog: Rc<Catalog>,
    pub version: Version,
    pub whole: OnceCell<Rc<Form>>,
}

/// A row of a form, found by its place in it: of sections, rows, cards.
#[derive(Clone)]
pub struct RowRef {
    pub source: Source,
    at: Rc<[u16]>,
}

/// A card of a list's row.
#[derive(Clone)]
pub struct CardRef {
    pub list: RowRef,
    pub index: usize,
}

impl PartialEq for Source {
    fn eq(&self, other: &Source) -> bool {
        Rc::ptr_eq(&self.form, &other.form) && Rc::ptr_eq(&self.findings, &other.findings)
    }
}

impl Source {
    /// With every section up to date.
    pub fn whole(&self) -> Source {
        let Some(partly) = &self.partly else { return self.clone() };
        let make = || form(&partly.catalog, partly.version, &partly.document, &self.findings.all);
        let made = partly.whole.get_or_init(|| make().map_or_else(|| self.form.clone(), Rc::new)).clone();
        Source { form: made, findings: self.findings.clone(), partly: None }
    }

    /// The rows of a section.
    pub fn rows(&self, section: usize) -> Vec<RowRef> {
        let count = self.form.sections.get(section).map_or(0, |s| s.rows.len());
        (0..count).map(|i| RowRef { source: self.clone(), at: Rc::from([section as u16, i as u16]) }).collect()
    }
}

fn find<'f>(form: &'f Form, at: &[u16]) -> Option<&'f Row> {
    let (&section, mut at) = at.split_first()?;
    let mut rows: &[Row] = &form.sections.get(section as usize)?.rows;
    loop {
        let (&first, rest) = at.split_first()?;
        let row = rows.get(first as usize)?;
        if rest.is_empty() {
            return Some(row);
        }
        (rows, at) = match &row.body {
            Body::Leaf => return None,
            Body::Group(rows) | Body::Union { rows, .. } => (rows.as_slice(), rest),
            Body::List(list) => (list.cards.get(*rest.first()? as usize)?.rows.as_slice(), &rest[1..]),
        };
    }
}

impl Deref for RowRef {
    type Target = Row;

    fn deref(&self) -> &Row {
        match find(&self.source.form, &self.at) {
            Some(row) => row,
            None => no_row(),
        }
    }
}

impl RowRef {
    fn child(&self, more: &[u16]) -> RowRef {
        let at: Vec<u16> = self.at.iter().chain(more).copied().collect();
        RowRef { source: self.source.clone(), at: at.into() }
    }

    /// The rows of a group, or of what is chosen of a union.
    pub fn rows(&self) -> Vec<RowRef> {
        let count = match &self.body {
            Body::Group(rows) | Body::Union { rows, .. } => rows.len(),
            _ => 0,
        };
        (0..count).map(|i| self.child(&[i as u16])).collect()
    }

    /// The cards of a list.
    pub fn cards(&self) -> Vec<CardRef> {
        let count = match &self.body {
            Body::List(list) => list.cards.len(),
            _ => 0,
        };
        (0..count).map(|index| CardRef { list: self.clone(), index }).collect()
    }

    /// The id of one of its parts. A choice stands at the path of the object it is a choice in.
    pub fn id(&self, part: &str) -> AttrValue {
        let id = ids::id(part, &self.path);
        match self.body {
            Body::Union { .. } => [id.as_str(), "~choice"].concat().into(),
            _ => id,
        }
    }

    /// Its findings with their places in the document's list.
    pub fn findings_here(&self) -> impl Iterator<Item = (usize, &Finding)> {
        self.findings.iter().filter_map(|&i| Some((i, self.source.findings.all.get(i)?)))
    }
}

impl PartialEq for RowRef {
    fn eq(&self, other: &RowRef) -> bool {
        same_row(self, other, Both(&self.source.findings, &other.source.findings))
    }
}

impl CardRef {
    fn card(&self) -> Option<&Card> {
        let Body::List(List { cards, .. }) = &self.list.body else { return None };
        cards.get(self.index)
    }

    /// Its rows.
    pub fn rows(&self) -> Vec<RowRef> {
        (0..self.rows.len()).map(|i| self.list.child(&[self.index as u16, i as u16])).collect()
    }
}

impl Deref for CardRef {
    type Target = Card;

    fn deref(&self) -> &Card {
        match self.card() {
            Some(card) => card,
            None => no_card(),
        }
    }
}

impl PartialEq for CardRef {
    fn eq(&self, other: &CardRef) -> bool {
        let findings = Both(&self.list.source.findings, &other.list.source.findings);
        same_card(self, other, findings)
    }
}

#[derive(Clone, Copy)]
struct Both<'f>(&'f Rc<DocFindings>, &'f Rc<DocFindings>);

impl Both<'_> {
    fn same(self) -> bool {
        Rc::ptr_eq(self.0, self.1)
    }

    /// Whether the finding of that place says and offers the same in both lists.
    fn same_at(self, i: usize) -> bool {
        self.same()
            || match (self.0.all.get(i), self.1.all.get(i)) {
                (Some(a), Some(b)) => {
                    a.severity == b.severity
                        && a.message == b.message
                        && a.server == b.server
                        && a.fixes.iter().map(|f| &f.title).eq(b.fixes.iter().map(|f| &f.title))
                }
                (a, b) => a.is_none() && b.is_none(),
            }
    }
}

/// Places in the text are left out: they change with every line above, and nothing of them is shown.
fn same_row(a: &Row, b: &Row, findings: Both) -> bool {
    // One form, whose problems lie where they lay, is kept while their words change.
    let itself = std::ptr::eq(a, b);
    if itself && findings.same() {
        return true;
    }
    (itself || same_itself(a, b))
        && a.findings.iter().all(|&i| findings.same_at(i))
        && match (&a.body, &b.body) {
            (Body::Leaf, Body::Leaf) => true,
            (Body::Group(a), Body::Group(b)) => same_rows(a, b, findings),
            (Body::List(a), Body::List(b)) => {
                a.item == b.item
                    && a.cards.len() == b.cards.len()
                    && a.cards.iter().zip(&b.cards).all(|(a, b)| same_card(a, b, findings))
            }
            (
                Body::Union { choices: c, chosen: a, rows: rows_a },
                Body::Union { choices: d, chosen: b, rows: rows_b },
            ) => a == b && c == d && same_rows(rows_a, rows_b, findings),
            _ => false,
        }
}

fn same_itself(a: &Row, b: &Row) -> bool {
    a.path == b.path
        && a.value == b.value
        && a.is_set() == b.is_set()
        && a.findings == b.findings
        && a.key == b.key
        && a.label == b.label
        && a.editor == b.editor
        && a.required == b.required
        && a.default == b.default
}

fn same_rows(a: &[Row], b: &[Row], findings: Both) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_row(a, b, findings))
}

fn same_card(a: &Card, b: &Card, findings: Both) -> bool {
    a.title == b.title
        && a.summary == b.summary
        && a.problems == b.problems
        && a.path == b.path
        && (a.found == 0 && b.found == 0 && Arc::ptr_eq(&a.rows, &b.rows) || same_rows(&a.rows, &b.rows, findings))
}

/// Stands for a row that is not in the form; nobody asks for one.
fn no_row() -> &'static Row {
    static NO_ROW: OnceLock<Row> = OnceLock::new();
    NO_ROW.get_or_init(|| Row {
        path: Path::new(),
        key: String::new(),
        label: Label::Words(String::new()),
        editor: Editor::Raw,
        shape: Shape::Any,
        required: false,
        written: false,
        value: None,
        default: None,
        docs: None,
        findings: Vec::new(),
        body: Body::Leaf,
    })
}

fn no_card() -> &'static Card {
    static NO_CARD: OnceLock<Card> = OnceLock::new();
    NO_CARD.get_or_init(|| Card {
        path: Path::new(),
        title: String::new(),
        summary: String::new(),
        rows: Arc::default(),
        text: None,
        problems: 0,
        found: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::check;

    const TEXT: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  priority: NUMBER\n  containers:\n  - name: c\n    image: i\n";

    fn made(number: &str) -> Source {
        let document = Document::read(&TEXT.replace("NUMBER", number));
        let catalog = Catalog::builtin();
        let mut findings = DocFindings::default();
        findings.all = check(catalog, Version::LATEST, &document);
        let form = form(catalog, Version::LATEST, &document, &findings.all).expect("a form");
        Source { form: Rc::new(form), findings: Rc::new(findings), partly: None }
    }

    fn rows(source: &Source) -> Vec<RowRef> {
        (0..source.form.sections.len()).flat_map(|section| source.rows(section)).collect()
    }

    /// The rows that would be rendered again.
    fn changed(before: &Source, after: &Source) -> Vec<String> {
        let (before, after) = (rows(before), rows(after));
        assert_eq!(before.len(), after.len());
        before.iter().zip(&after).filter(|(a, b)| a != b).map(|(a, _)| a.key.clone()).collect()
    }

    #[test]
    fn a_row_is_another_when_what_it_shows_is() {
        let before = made("1");
        assert_eq!(changed(&before, &made("1")), Vec::<String>::new());
        assert_eq!(changed(&before, &made("2")), ["spec.priority"]);
        assert_eq!(changed(&before, &made("x")), ["spec.priority"], "a value and a finding");
    }

    #[test]
    fn of_a_form_that_is_kept_the_rows_whose_findings_changed_are_others() {
        let before = made("x");
        let mut said = DocFindings::default();
        said.all = before.findings.all.clone();
        let same = Source { findings: Rc::new(said.clone()), ..before.clone() };
        assert_eq!(changed(&before, &same), Vec::<String>::new());
        let at = said.all.iter().position(|f| f.field.to_string() == "spec.priority").expect("found");
        said.all[at].message = crate::i18n::Message::new(crate::i18n::id::PANE_REQUIRED);
        let other = Source { findings: Rc::new(said), ..before.clone() };
        assert_eq!(changed(&before, &other), ["spec.priority"]);
    }
}
