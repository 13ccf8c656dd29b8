use std::rc::Rc;

use yew::AttrValue;

use crate::studio::{DocRef, FileId, FileIndex, Index, Summary, Workspace};

/// One line of the list of documents.
pub enum Line {
    File { index: Rc<FileIndex>, name: AttrValue, folded: bool, documents: usize, at: usize, of: usize },
    Document { summary: Rc<Summary>, at: usize, of: usize },
}

/// What a line stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Target {
    File(FileId),
    Document(DocRef),
}

impl Line {
    pub fn target(&self) -> Target {
        match self {
            Line::File { index, .. } => Target::File(index.file),
            Line::Document { summary, .. } => Target::Document(summary.at),
        }
    }
}

/// The lines of a workspace. A line is made when it is asked for: of thousands, some dozens are shown.
pub struct Lines(Vec<Lot>);

/// A file's line and those of its documents.
struct Lot {
    index: Rc<FileIndex>,
    name: AttrValue,
    folded: bool,
    /// The number of the file's own line.
    first: usize,
    /// Where in the file those documents are that hold nothing and are not listed: mostly none, or the first.
    nulls: Vec<usize>,
}

impl Lot {
    /// How many documents it has to list.
    fn documents(&self) -> usize {
        self.index.documents.len() - self.nulls.len()
    }

    fn listed(&self) -> usize {
        if self.folded { 0 } else { self.documents() }
    }

    fn document(&self, number: usize) -> Option<&Rc<Summary>> {
        let at = self.nulls.iter().fold(number, |at, null| if *null <= at { at + 1 } else { at });
        self.index.documents.get(at)
    }

    fn end(&self) -> usize {
        self.first + 1 + self.listed()
    }
}

impl Lines {
    pub fn of(index: &Index, folded: &[FileId], workspace: &Workspace) -> Lines {
        let mut lots: Vec<Lot> = Vec::with_capacity(index.files.len());
        for (at, file) in index.files.iter().enumerate() {
            let nulls = file.documents.iter().enumerate().filter(|(_, d)| d.null).map(|(at, _)| at);
            let there = workspace.files.get(at).filter(|f| f.id == file.file).or_else(|| workspace.file(file.file));
            lots.push(Lot {
                index: file.clone(),
                name: there.map_or_else(AttrValue::default, |f| AttrValue::from(f.name.to_string())),
                folded: folded.contains(&file.file),
                first: lots.last().map_or(0, Lot::end),
                nulls: nulls.collect(),
            });
        }
        Lines(lots)
    }

    pub fn len(&self) -> usize {
        self.0.last().map_or(0, Lot::end)
    }

    pub fn get(&self, number: usize) -> Option<Line> {
        let at = self.0.partition_point(|lot| lot.first <= number).checked_sub(1)?;
        let lot = &self.0[at];
        let Some(nth) = (number - lot.first).checked_sub(1) else {
            let (index, name, documents) = (lot.index.clone(), lot.name.clone(), lot.documents());
            return Some(Line::File { index, name, folded: lot.folded, documents, at: at + 1, of: self.0.len() });
        };
        let summary = lot.document(nth).filter(|_| nth < lot.listed())?.clone();
        Some(Line::Document { summary, at: nth + 1, of: lot.listed() })
    }

    /// The number of the line of `target`, where it is listed.
    pub fn position(&self, target: Target) -> Option<usize> {
        let (Target::File(file) | Target::Document(DocRef { file, .. })) = target;
        let lot = self.0.iter().find(|lot| lot.index.file == file)?;
        match target {
            Target::File(_) => Some(lot.first),
            Target::Document(_) if lot.folded => None,
            Target::Document(at) => {
                let mut listed = lot.index.documents.iter().filter(|d| !d.null);
                listed.position(|d| d.at == at).map(|nth| lot.first + 1 + nth)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studio::{Action, OpenedFile, State, update};

    /// Each line in short: `a.yaml 1/2`, and below it `  web 1/3`.
    fn said(state: &State) -> Vec<String> {
        let lines = Lines::of(&state.index, &state.folded, &state.workspace);
        assert!(lines.get(lines.len()).is_none());
        let said = (0..lines.len()).map(|number| {
            let line = lines.get(number).expect("a line");
            assert_eq!(lines.position(line.target()), Some(number));
            match line {
                Line::File { name, at, of, .. } => format!("{name} {at}/{of}"),
                Line::Document { summary, at, of } => format!("  {} {at}/{of}", summary.name.as_deref().unwrap_or("-")),
            }
        });
        said.collect()
    }

    #[test]
    fn lists_files_and_what_is_in_them() {
        let opened = |name: &str, text: &str| OpenedFile { name: name.into(), bytes: Ok(Rc::from(text.as_bytes())) };
        let named = |name: &str| format!("kind: Pod\nmetadata: {{name: {name}}}\n");
        let files = vec![
            opened("a.yaml", &format!("# nothing\n---\n{}---\n# nothing\n---\n{}", named("web"), named("db"))),
            opened("b.yaml", &format!("{}---\n{}", named("one"), named("two"))),
        ];
        let (state, _) = update(State::default(), Action::Opened(files));
        assert_eq!(said(&state), ["a.yaml 1/2", "  web 1/2", "  db 2/2", "b.yaml 2/2", "  one 1/2", "  two 2/2"]);
        let (first, web) = (state.index.files[0].file, state.index.documents().next().expect("web").at);
        let (state, _) = update(state, Action::ToggleFile(first));
        assert_eq!(said(&state), ["a.yaml 1/2", "b.yaml 2/2", "  one 1/2", "  two 2/2"]);
        let lines = Lines::of(&state.index, &state.folded, &state.workspace);
        assert_eq!(lines.position(Target::Document(web)), None);
        assert!(said(&State::default()).is_empty());
    }
}
