//! The arena behind a document: nodes in the order of the text, children as ranges of ids.

use std::sync::OnceLock;

use super::node::Style;
use crate::text::Span;

/// A piece of text: of the document itself, or of [`Tree::cooked`] when escapes or folding changed it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Piece {
    pub start: u32,
    pub end: u32,
    pub cooked: bool,
}

/// What a node holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Data {
    Null,
    Bool(bool),
    Int(i64),
    UInt(u64),
    Float(f64),
    Str,
    /// A range of [`Tree::pairs`]: as Kubernetes reads the map.
    Map(u32, u32),
    /// A range of [`Tree::items`].
    Seq(u32, u32),
    /// The node an alias stands for.
    Alias(u32),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Raw {
    pub data: Data,
    /// Where it is written, anchor and tag left out.
    pub span: Span,
    /// Where its anchor or tag begins, or the span's start.
    pub props: u32,
    /// The string of a string scalar; of any other scalar that is a key, the key it becomes.
    pub piece: Piece,
    pub style: Style,
}

impl Raw {
    /// Whether this is a map without braces of its own: `a: 1` in `[a: 1, b]`.
    pub fn is_pair(&self, text: &str) -> bool {
        let open = text.as_bytes().get(self.span.start as usize);
        self.style == Style::Flow && matches!(self.data, Data::Map(..)) && open != Some(&b'{')
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub key: u32,
    pub value: u32,
    pub merged: bool,
}

/// A map whose reading differs from its writing (merges, duplicate keys): what is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub map: u32,
    pub first: u32,
    pub len: u32,
}

#[derive(Debug, Default)]
pub(super) struct Tree {
    pub nodes: Vec<Raw>,
    pub pairs: Vec<Pair>,
    pub items: Vec<u32>,
    pub cooked: String,
    pub written: Vec<Written>,
    /// Ids of the nodes that an alias stands for, each with the end of its subtree; the outermost ones, in order.
    pub shared: Vec<(u32, u32)>,
    pub root: Option<u32>,
    /// One past the byte where the root node's document ends; what follows is dropped.
    pub end: usize,
    /// Of each large map the first of its pairs, and its pairs in the order of their keys; made when first asked for.
    by_key: OnceLock<Vec<(u32, Vec<u32>)>>,
}

/// Maps of more entries than that are searched by halves: whoever asks for each of them must not look at each for each.
const FEW: usize = 32;

impl Tree {
    pub fn node(&self, id: u32) -> &Raw {
        &self.nodes[id as usize]
    }

    /// The node an alias stands for, or the node itself.
    pub fn follow(&self, id: u32) -> u32 {
        match self.node(id).data {
            Data::Alias(target) => target,
            _ => id,
        }
    }

    pub fn str<'a>(&'a self, text: &'a str, piece: Piece) -> &'a str {
        let source = if piece.cooked { &self.cooked } else { text };
        source.get(piece.start as usize..piece.end as usize).unwrap_or_default()
    }

    pub fn pairs(&self, first: u32, len: u32) -> &[Pair] {
        &self.pairs[first as usize..(first + len) as usize]
    }

    /// A pair's key as Kubernetes reads it.
    pub fn key<'a>(&'a self, text: &'a str, pair: &Pair) -> &'a str {
        self.str(text, self.node(self.follow(pair.key)).piece)
    }

    /// The pair of that key in a map's range of pairs.
    pub fn pair<'a>(&'a self, text: &str, (first, len): (u32, u32), key: &str) -> Option<&'a Pair> {
        let pairs = self.pairs(first, len);
        if pairs.len() <= FEW {
            return pairs.iter().find(|pair| self.key(text, pair) == key);
        }
        let maps = self.by_key.get_or_init(|| self.sort_large_maps(text));
        let map = maps.binary_search_by_key(&first, |(first, _)| *first).ok()?;
        let sorted = &maps.get(map)?.1;
        let at = sorted.binary_search_by(|&n| self.key(text, &self.pairs[n as usize]).cmp(key)).ok()?;
        self.pairs.get(*sorted.get(at)? as usize)
    }

    fn sort_large_maps(&self, text: &str) -> Vec<(u32, Vec<u32>)> {
        let large = self.nodes.iter().filter_map(|raw| match raw.data {
            Data::Map(first, len) if len as usize > FEW => {
                let mut pairs: Vec<u32> = (first..first + len).collect();
                pairs.sort_unstable_by_key(|&n| self.key(text, &self.pairs[n as usize]));
                Some((first, pairs))
            }
            _ => None,
        });
        let mut maps: Vec<(u32, Vec<u32>)> = large.collect();
        maps.sort_unstable_by_key(|(first, _)| *first);
        maps
    }

    pub fn items(&self, first: u32, len: u32) -> &[u32] {
        &self.items[first as usize..(first + len) as usize]
    }

    /// The entries as they are written: duplicate keys and `<<` included.
    pub fn written(&self, map: u32) -> &[Pair] {
        if let Ok(i) = self.written.binary_search_by_key(&map, |w| w.map) {
            return self.pairs(self.written[i].first, self.written[i].len);
        }
        match self.node(map).data {
            Data::Map(first, len) => self.pairs(first, len),
            _ => &[],
        }
    }
}
