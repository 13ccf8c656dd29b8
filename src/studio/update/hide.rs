//! What is kept of a text and of a change: all but the values of what is a Secret, or may become one.

use crate::studio::analysis::Revision;
use crate::studio::arrange;
use crate::studio::change::{Text, WorkChange, fit};
use crate::studio::index::FileIndex;
use crate::studio::secrets;
use crate::studio::workspace::{File, Workspace};
use crate::text::Change;

/// How a text as it is kept differs from how it ought to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Not at all.
    #[default]
    None,
    /// It hides more than it must.
    Hides,
    /// It shows what must not be kept.
    Shows,
}

/// A file's text without what must not be kept; of the same length.
pub(super) fn text_to_keep(file: &File, index: Option<&FileIndex>) -> Text {
    match index.filter(|index| index.has_hidden()) {
        None => Text(file.stream.text().clone()),
        Some(index) => {
            let documents = file.stream.documents().iter().zip(&index.documents);
            let texts = documents
                .map(|(l, s)| if s.is_hidden() { secrets::masked(&l.document) } else { l.document.text().to_owned() });
            Text(texts.collect::<String>().into())
        }
    }
}

/// The changes from one text to the next, as they are kept, and what is wrong with the text that they lead to
/// from the one that was kept. `back` leads back over them.
pub(super) fn veil(
    old: (&File, Option<&FileIndex>),
    new: (&File, &FileIndex),
    changes: &[Change],
    back: &WorkChange,
) -> (Vec<Change>, Gap) {
    let WorkChange::Edit { changes: back, .. } = back else { return (Vec::new(), Gap::Shows) };
    let (before, after) = (text_to_keep(old.0, old.1).0, text_to_keep(new.0, Some(new.1)).0);
    let veiled = changes.iter().zip(back).map(|(change, back)| {
        let insert = after.get(back.from..back.to).map_or_else(|| "_".repeat(back.to - back.from), str::to_owned);
        Change::new(change.from, change.to, insert)
    });
    let veiled: Vec<Change> = veiled.collect();
    let kept = Change::apply_all(&before, &veiled);
    let gap = if *kept == *after {
        Gap::None
    } else if kept.len() != after.len() || kept.bytes().zip(after.bytes()).any(|(k, a)| a == b'_' && k != a) {
        Gap::Shows
    } else {
        Gap::Hides
    };
    (veiled, gap)
}

/// Puts the values that are in memory back into a workspace as another tab kept it: what it changed elsewhere in
/// the same text does not take them away.
pub(super) fn unveil(kept: &mut Workspace, mine: &Workspace, index: impl Fn(&File) -> Option<std::rc::Rc<FileIndex>>) {
    let mut changes = Vec::new();
    for theirs in &kept.files {
        let Some(own) = mine.file(theirs.id).filter(|own| own.name == theirs.name) else { continue };
        let Some(index) = index(own).filter(|index| index.has_hidden()) else { continue };
        let (text, own_text) = (theirs.stream.text(), own.stream.text());
        let difference = arrange::smallest(&text_to_keep(own, Some(&index)).0, text);
        if !fit(own_text, &difference) {
            continue;
        }
        let whole = Change::apply_all(own_text, &difference);
        let changes_of = arrange::smallest(text, &whole);
        let stream = theirs.stream.edit(&changes_of);
        let file = File { id: theirs.id, name: theirs.name.clone(), stream };
        let (index, _) = FileIndex::read(&file, &mut Revision::default());
        // Only where nothing but the values differs.
        if text_to_keep(&file, Some(&index)).0 == *text && !changes_of.is_empty() {
            changes.push(WorkChange::Edit { file: theirs.id, changes: changes_of });
        }
    }
    for change in changes {
        change.apply(kept);
    }
}
