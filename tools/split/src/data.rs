//! Which bytes of the memory come later: those that say so themselves.

use std::ops::Range;

use wasmparser::{Data, DataKind, Operator};

use crate::Error;

/// What later data begin with; their whole length follows, four bytes, the lowest first. See `later_bytes` in
/// build/later.rs, which writes it.
const MARK: &[u8] = b"\x01studio: these bytes come later\x01";

/// Bytes and their place in the memory.
pub struct Piece<'a> {
    /// The address of the first.
    pub at: u32,
    /// The bytes.
    pub bytes: &'a [u8],
    /// Whether they come with the rest.
    pub later: bool,
}

/// The module's data, cut where later ones begin and end. `tables` come later too: the first bytes of each, and how many.
pub fn pieces<'a>(data: &[Data<'a>], tables: &[(Vec<u8>, u32)]) -> Result<Vec<Piece<'a>>, Error> {
    let mut pieces = Vec::new();
    for segment in data {
        let DataKind::Active { offset_expr, .. } = &segment.kind else {
            return Err("passive data".into());
        };
        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
            return Err("data whose place is no constant".into());
        };
        cut(value as u32, segment.data, &mut pieces)?;
    }
    for (begin, length) in tables {
        let at = pieces.iter().find_map(|piece| {
            let at = piece.bytes.windows(begin.len()).position(|bytes| bytes == begin)?;
            Some(piece.at + at as u32)
        });
        let at = at.ok_or("a table of the rules that is not in the data")?;
        pieces = pieces.into_iter().flat_map(|piece| piece.without(at..at + length)).collect();
    }
    pieces.retain(|piece| !piece.bytes.is_empty());
    Ok(pieces)
}

impl<'a> Piece<'a> {
    /// What is before, in and behind `later`; wasm-opt leaves out the zeros of a table, so it may be in many pieces.
    fn without(self, later: Range<u32>) -> [Piece<'a>; 3] {
        let within = |address: u32| (address.saturating_sub(self.at) as usize).min(self.bytes.len());
        let (from, to) = (within(later.start), within(later.end));
        let part =
            |from: usize, to: usize, later| Piece { at: self.at + from as u32, bytes: &self.bytes[from..to], later };
        [part(0, from, self.later), part(from, to, true), part(to, self.bytes.len(), self.later)]
    }
}

fn cut<'a>(mut at: u32, mut bytes: &'a [u8], pieces: &mut Vec<Piece<'a>>) -> Result<(), Error> {
    while let Some(begin) = bytes.windows(MARK.len()).position(|window| window == MARK) {
        let (before, marked) = bytes.split_at(begin);
        let length = marked.get(MARK.len()..MARK.len() + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
        let (later, after) = length
            .and_then(|length| marked.split_at_checked(length as usize))
            .ok_or("later data that do not lie in one piece")?;
        pieces.push(Piece { at, bytes: before, later: false });
        pieces.push(Piece { at: at + begin as u32, bytes: later, later: true });
        at += (begin + later.len()) as u32;
        bytes = after;
    }
    pieces.push(Piece { at, bytes, later: false });
    Ok(())
}
