//! Which bytes of the memory come later: those that say so themselves.

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

/// The module's data, cut where later ones begin and end.
pub fn pieces<'a>(data: &[Data<'a>]) -> Result<Vec<Piece<'a>>, Error> {
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
    Ok(pieces)
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
