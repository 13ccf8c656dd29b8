//! The rules beside what strict decoding has found: a server would not get so far, a person wants to see all at once.

use std::collections::HashSet;

use super::ErrorList;
use crate::check::finding::{Finding, Reason, Source};
use crate::i18n::Arg;
use crate::text::Change;
use crate::yaml::{Document, Path, Step};

/// Places of the object of which decoding has said what is wrong: nothing that follows from it is said again.
pub struct Said {
    /// Relative to the object: values of a wrong type, and fields whose name was misspelt.
    places: HashSet<Path>,
    /// Where in the text values of a wrong type stand.
    wrong: Vec<Change>,
}

impl Said {
    /// Of the findings so far, those of the object at `base`.
    pub fn of(findings: &[Finding], document: &Document, base: &[Step]) -> Said {
        let mut said = Said { places: HashSet::new(), wrong: Vec::new() };
        for finding in findings.iter().filter(|f| f.source == Source::Decode) {
            let Some(below) = finding.path.strip_prefix(base) else { continue };
            match finding.reason {
                Reason::WrongType => {
                    if let Some(node) = document.at(&finding.path).filter(|node| node.is_own()) {
                        let span = node.span();
                        said.wrong.push(Change::new(span.start as usize, span.end as usize, "null"));
                    }
                    said.places.insert(below.to_vec());
                }
                Reason::UnknownField => {
                    let meant = finding.message.args.iter().find(|(name, _)| name == "meant");
                    if let (Some((_, Arg::Text(meant))), Some((_, above))) = (meant, below.split_last()) {
                        said.places.insert([above, &[Step::from(meant.as_str())]].concat());
                    }
                }
                _ => {}
            }
        }
        said
    }

    /// The document without the values of a wrong type, as Go leaves them out; `None` when there are none.
    pub fn without_wrong_types(&mut self, document: &Document) -> Option<Document> {
        self.wrong.sort_by_key(|change| change.from);
        let text = document.text();
        (!self.wrong.is_empty()).then(|| Document::read(&Change::apply_all(text, &self.wrong)))
    }

    /// Takes out what only repeats it.
    pub fn leave_out(&self, errors: &mut ErrorList) {
        if self.places.is_empty() {
            return;
        }
        errors.retain(|error| {
            let steps = error.steps();
            !(1..=steps.len()).any(|end| self.places.contains(&steps[..end]))
        });
    }
}
