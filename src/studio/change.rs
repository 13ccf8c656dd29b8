//! Changes of the workspace, each with its way back.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::workspace::{File, FileId, Workspace};
use crate::text::Change;
use crate::yaml::{Document, Stream};

/// A text that is kept without being copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(pub Arc<str>);

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        Ok(Text(String::deserialize(deserializer)?.into()))
    }
}

/// One change of the workspace. Everything a person does to it is a list of these, and so is the way
/// back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WorkChange {
    /// Splices in a file's text.
    Edit {
        /// The file.
        file: FileId,
        /// The splices.
        changes: Vec<Change>,
    },
    /// A file appears.
    Add {
        /// Its index.
        at: usize,
        /// Its id.
        file: FileId,
        /// Its name.
        name: Text,
        /// Its text.
        text: Text,
    },
    /// A file goes.
    Remove {
        /// Which.
        file: FileId,
    },
    /// A file gets another name.
    Rename {
        /// Which.
        file: FileId,
        /// The name.
        name: Text,
    },
    /// A file goes to another place.
    Move {
        /// Which.
        file: FileId,
        /// Its index afterwards.
        to: usize,
    },
}

impl WorkChange {
    /// The file it is about.
    pub fn file(&self) -> FileId {
        match self {
            WorkChange::Edit { file, .. }
            | WorkChange::Add { file, .. }
            | WorkChange::Remove { file }
            | WorkChange::Rename { file, .. }
            | WorkChange::Move { file, .. } => *file,
        }
    }

    /// About how many bytes it takes to keep it.
    pub fn size(&self) -> usize {
        48 + match self {
            WorkChange::Edit { changes, .. } => changes.iter().map(|c| 48 + c.insert.len()).sum(),
            WorkChange::Add { name, text, .. } => name.0.len() + text.0.len(),
            WorkChange::Rename { name, .. } => name.0.len(),
            WorkChange::Remove { .. } | WorkChange::Move { .. } => 0,
        }
    }

    /// Makes the change and answers the way back; `None`, and nothing is changed, when it does not fit.
    pub fn apply(&self, workspace: &mut Workspace) -> Option<WorkChange> {
        self.apply_read(workspace, None)
    }

    /// As [`WorkChange::apply`], where a document that comes of it has been `read` already.
    pub fn apply_read(&self, workspace: &mut Workspace, read: Option<Document>) -> Option<WorkChange> {
        let files = &mut workspace.files;
        let index = files.iter().position(|f| f.id == self.file());
        match self {
            WorkChange::Edit { file, changes } => {
                let old = files.get_mut(index?)?;
                let text = old.stream.text();
                if !fit(text, changes) {
                    return None;
                }
                let back = Change::invert_all(text, changes);
                let stream = old.stream.edit_read(changes, read);
                *old = Arc::new(File { id: *file, name: old.name.clone(), stream });
                Some(WorkChange::Edit { file: *file, changes: back })
            }
            WorkChange::Add { at, file, name, text } => {
                if index.is_some() || *at > files.len() {
                    return None;
                }
                let stream = Stream::read(text.0.clone());
                files.insert(*at, Arc::new(File { id: *file, name: name.0.clone(), stream }));
                Some(WorkChange::Remove { file: *file })
            }
            WorkChange::Remove { file } => {
                let at = index?;
                let old = files.remove(at);
                let (name, text) = (Text(old.name.clone()), Text(old.stream.text().clone()));
                Some(WorkChange::Add { at, file: *file, name, text })
            }
            WorkChange::Rename { file, name } => {
                let old = files.get_mut(index?)?;
                let back = Text(old.name.clone());
                *old = Arc::new(File { id: *file, name: name.0.clone(), stream: old.stream.clone() });
                Some(WorkChange::Rename { file: *file, name: back })
            }
            WorkChange::Move { file, to } => {
                let from = index?;
                if *to >= files.len() {
                    return None;
                }
                let moved = files.remove(from);
                files.insert(*to, moved);
                Some(WorkChange::Move { file: *file, to: from })
            }
        }
    }
}

/// Whether all of `changes` can be made in `text`.
pub fn fit(text: &str, changes: &[Change]) -> bool {
    let mut at = 0;
    changes.iter().all(|change| {
        let fits = change.fits(text) && at <= change.from;
        at = change.to;
        fits
    })
}

/// One splice in place of two that follow each other and touch: `first` is made, giving `between`,
/// then `second`. `None` when they do not touch.
pub fn compose(first: &Change, between: &str, second: &Change) -> Option<Change> {
    let made = first.from..first.from + first.insert.len();
    if second.to < made.start || second.from > made.end {
        return None;
    }
    let (from, to) = (made.start.min(second.from), made.end.max(second.to));
    let mut insert = String::with_capacity(to - from + second.insert.len());
    insert.push_str(between.get(from..second.from)?);
    insert.push_str(&second.insert);
    insert.push_str(between.get(second.to..to)?);
    let replaced = first.to - first.from;
    Some(Change { from, to: to - made.len() + replaced, insert })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composes_what_touches() {
        let text = "name: web\n";
        let table = [
            (Change::new(9, 9, "-"), Change::new(10, 10, "a"), Some("name: web-a\n")),
            (Change::new(6, 9, "api"), Change::new(8, 9, ""), Some("name: ap\n")),
            (Change::new(9, 9, "xy"), Change::new(7, 10, "!"), Some("name: w!y\n")),
            (Change::new(9, 9, "x"), Change::new(0, 4, "n"), None),
        ];
        for (first, second, expected) in table {
            let between = Change::apply_all(text, std::slice::from_ref(&first));
            let one = compose(&first, &between, &second);
            let after = one.map(|c| Change::apply_all(text, &[c]));
            assert_eq!(after.as_deref(), expected);
        }
    }

    #[test]
    fn every_change_has_its_way_back() {
        let mut workspace = Workspace::default();
        let text = |t: &str| Text(t.into());
        let file = FileId(1);
        let forward = [
            WorkChange::Add { at: 0, file, name: text("a.yaml"), text: text("a: 1\n") },
            WorkChange::Add { at: 0, file: FileId(2), name: text("b.yaml"), text: text("b: 1\n") },
            WorkChange::Edit { file, changes: vec![Change::new(3, 4, "2"), Change::new(5, 5, "c: ä\n")] },
            WorkChange::Rename { file, name: text("c.yaml") },
            WorkChange::Move { file, to: 0 },
            WorkChange::Remove { file },
        ];
        let show = |w: &Workspace| -> Vec<(String, String)> {
            w.files.iter().map(|f| (f.name.to_string(), f.stream.text().to_string())).collect()
        };
        let mut states = vec![show(&workspace)];
        let mut back = Vec::new();
        for change in &forward {
            back.push(change.apply(&mut workspace).expect("fits"));
            states.push(show(&workspace));
        }
        assert_eq!(states[5][0], ("c.yaml".to_owned(), "a: 2\nc: ä\n".to_owned()));
        for (change, expected) in back.iter().rev().zip(states.iter().rev().skip(1)) {
            change.apply(&mut workspace).expect("fits");
            assert_eq!(&show(&workspace), expected);
        }
    }

    #[test]
    fn refuses_what_does_not_fit() {
        let mut workspace = Workspace::default();
        let file = FileId(1);
        let add = WorkChange::Add { at: 0, file, name: Text("a".into()), text: Text("ä".into()) };
        assert!(add.apply(&mut workspace).is_some());
        for bad in [
            add.clone(),
            WorkChange::Edit { file, changes: vec![Change::new(1, 1, "x")] },
            WorkChange::Edit { file, changes: vec![Change::new(0, 9, "x")] },
            WorkChange::Edit { file: FileId(9), changes: vec![] },
            WorkChange::Remove { file: FileId(9) },
            WorkChange::Move { file, to: 1 },
        ] {
            assert_eq!(bad.apply(&mut workspace), None, "{bad:?}");
        }
        assert_eq!(&**workspace.files[0].stream.text(), "ä");
    }
}
