//! Aliases and merges: Go's limit on what they may blow up to, then the merged maps themselves.

use std::collections::BTreeMap;

use super::build::{Builder, MAX_DEPTH};
use super::error::{Note, NoteKind, ReadError, ReadErrorKind};
use super::tree::{Data, Pair, Written};
use crate::text::Span;

/// How many bytes of scalars aliases may repeat. Go only counts nodes, and a long text that is aliased
/// often enough takes all memory.
const REPEATED: usize = 32 << 20;

struct Visit {
    id: u32,
    depth: usize,
    leave: bool,
}

impl Builder<'_> {
    /// To be called when all is read: refuses alias bombs, then works out the maps with merges or duplicate keys.
    pub fn expand(&mut self) -> Result<(), ReadError> {
        if self.aliased {
            self.limit()?;
            self.share();
        }
        for map in std::mem::take(&mut self.complex) {
            self.merge(map)?;
        }
        self.tree.written.sort_unstable_by_key(|written| written.map);
        Ok(())
    }

    /// Walks the document in the order in which go-yaml decodes it and counts as it does
    /// (`decode.go`, `allowedAliasRatio`). The limit itself bounds this walk.
    fn limit(&self) -> Result<(), ReadError> {
        let tree = &self.tree;
        let Some(root) = tree.root else { return Ok(()) };
        let (mut decoded, mut aliased, mut inside, mut repeated) = (1u64, 0u64, 0u64, 0usize);
        let mut open = vec![false; tree.nodes.len()];
        let mut stack = vec![Visit { id: root, depth: 0, leave: false }];
        while let Some(Visit { id, depth, leave }) = stack.pop() {
            if leave {
                open[id as usize] = false;
                inside -= 1;
                continue;
            }
            let raw = tree.node(id);
            let refuse = |kind| Err(ReadError { kind, span: raw.span });
            decoded += 1;
            if inside > 0 {
                aliased += 1;
                if !matches!(raw.data, Data::Map(..) | Data::Seq(..)) {
                    repeated += raw.span.len();
                }
            }
            let ratio = aliased as f64 / decoded as f64;
            if repeated > REPEATED || aliased > 100 && decoded > 1000 && ratio > allowed_ratio(decoded) {
                return refuse(ReadErrorKind::ExcessiveAliasing);
            }
            match raw.data {
                Data::Alias(target) => {
                    if std::mem::replace(&mut open[id as usize], true) {
                        return refuse(ReadErrorKind::AliasLoop);
                    }
                    inside += 1;
                    stack.push(Visit { id, depth, leave: true });
                    stack.push(Visit { id: target, depth, leave: false });
                }
                Data::Map(..) | Data::Seq(..) if depth >= MAX_DEPTH => return refuse(ReadErrorKind::TooDeep),
                Data::Map(first, len) => {
                    for pair in tree.pairs(first, len).iter().rev() {
                        match tree.node(pair.value).data {
                            Data::Seq(first, len) if self.is_merge(pair.key) => {
                                for &id in tree.items(first, len) {
                                    stack.push(Visit { id, depth, leave: false });
                                }
                            }
                            _ => stack.push(Visit { id: pair.value, depth: depth + 1, leave: false }),
                        }
                        if !self.is_merge(pair.key) {
                            stack.push(Visit { id: pair.key, depth: depth + 1, leave: false });
                        }
                    }
                }
                Data::Seq(first, len) => {
                    for &id in tree.items(first, len).iter().rev() {
                        stack.push(Visit { id, depth: depth + 1, leave: false });
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Replaces a map's written pairs by those that Kubernetes reads.
    fn merge(&mut self, map: u32) -> Result<(), ReadError> {
        let Data::Map(first, len) = self.tree.node(map).data else { return Ok(()) };
        let mut read = Reading::default();
        for i in first..first + len {
            let pair = self.tree.pairs[i as usize];
            if !self.is_merge(pair.key) {
                read.put(self, pair);
                continue;
            }
            for source in self.sources(pair.value)? {
                let Data::Map(first, len) = self.tree.node(source).data else { continue };
                for i in first..first + len {
                    let inner = self.tree.pairs[i as usize];
                    if let Some(loser) = read.put(self, Pair { merged: true, ..inner }) {
                        let key = self.key_of(inner.key).to_owned();
                        let first = self.tree.node(loser).span;
                        let span = self.tree.node(pair.key).span;
                        self.notes.push(Note { kind: NoteKind::MergeOverrides { key, first }, span });
                    }
                }
            }
        }
        self.tree.written.push(Written { map, first, len });
        let first = self.tree.pairs.len() as u32;
        let len = read.pairs.len() as u32;
        self.tree.pairs.append(&mut read.pairs);
        self.tree.nodes[map as usize].data = Data::Map(first, len);
        Ok(())
    }

    /// The maps that a merge brings in, the weakest first.
    fn sources(&self, value: u32) -> Result<Vec<u32>, ReadError> {
        let tree = &self.tree;
        let one = |id: u32| {
            let target = tree.follow(id);
            match tree.node(target).data {
                Data::Map(..) => Ok(target),
                _ => Err(ReadError { kind: ReadErrorKind::Merge, span: tree.node(id).span }),
            }
        };
        match tree.node(value).data {
            Data::Seq(first, len) => tree.items(first, len).iter().rev().map(|&id| one(id)).collect(),
            _ => Ok(vec![one(value)?]),
        }
    }

    fn key_of(&self, id: u32) -> &str {
        let raw = self.tree.node(self.tree.follow(id));
        self.tree.str(self.text(), raw.piece)
    }

    /// The span of what is dropped behind the first YAML document, if anything is.
    pub fn dropped(&self) -> Option<Span> {
        let text = self.text();
        let mut at = self.tree.end;
        while let Some(start) = super::trivia::next(text, at) {
            // `...` ends the document: nothing is dropped as long as nothing follows.
            if text[start..].starts_with("...") {
                at = start + 3;
                continue;
            }
            return Some(Span::new(start, super::trivia::trim_end(text, start, text.len())));
        }
        None
    }
}

/// A map while it is worked out.
#[derive(Default)]
struct Reading {
    pairs: Vec<Pair>,
    places: BTreeMap<String, usize>,
}

impl Reading {
    /// Puts a pair in the place of its key; returns the written key that a merge beats.
    fn put(&mut self, builder: &Builder<'_>, pair: Pair) -> Option<u32> {
        let key = builder.key_of(pair.key);
        if let Some(&place) = self.places.get(key) {
            let before = std::mem::replace(&mut self.pairs[place], pair);
            return (pair.merged && !before.merged).then_some(before.key);
        }
        self.places.insert(key.to_owned(), self.pairs.len());
        self.pairs.push(pair);
        None
    }
}

fn allowed_ratio(decoded: u64) -> f64 {
    const LOW: u64 = 400_000;
    const HIGH: u64 = 4_000_000;
    match decoded {
        ..=LOW => 0.99,
        HIGH.. => 0.10,
        _ => 0.99 - 0.89 * ((decoded - LOW) as f64 / (HIGH - LOW) as f64),
    }
}
