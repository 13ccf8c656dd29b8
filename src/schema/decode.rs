//! Reads the catalog's file. Its format is described where it is written: `tools/catalog/src/encode.rs`.

use super::catalog::{CatalogError, EnumValue, Field, KindInfo, ListType, Shape, Type, TypeId};
use crate::k8s::{Gvk, Versions};

const MAGIC: &[u8] = b"manifest-studio catalog 1 ";
const CHECKSUM: usize = 4;

/// The kinds and types of the file, once it is known to be whole.
pub(super) fn file(bytes: &[u8]) -> Result<(Vec<KindInfo>, Vec<Type>), CatalogError> {
    let line = bytes.iter().position(|b| *b == b'\n').filter(|_| bytes.starts_with(MAGIC));
    let start = line.ok_or(CatalogError::Damaged(0))? + 1;
    let Some((sum, body)) = bytes.get(start..).and_then(|rest| rest.split_first_chunk::<CHECKSUM>()) else {
        return Err(CatalogError::Damaged(bytes.len()));
    };
    if u32::from_le_bytes(*sum) != checksum(body) {
        return Err(CatalogError::Damaged(start));
    }
    self::body(body).map_err(|CatalogError::Damaged(at)| CatalogError::Damaged(start + CHECKSUM + at))
}

/// FNV-1a, 32 bits.
fn checksum(body: &[u8]) -> u32 {
    body.iter().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// What follows the checksum. Holds against any bytes, a right checksum is no promise.
fn body(bytes: &[u8]) -> Result<(Vec<KindInfo>, Vec<Type>), CatalogError> {
    let mut from = Reader { bytes, at: 0, strings: Vec::new() };
    from.read_strings()?;
    let packages = from.list(Reader::string)?;
    let types = from.list(|from| read_type(from, &packages))?;
    let kinds = from.list(|from| read_kind(from, types.len()))?;
    let within = |shape: &Shape| match leaf(shape) {
        Shape::Object(id) => usize::from(id.0) < types.len(),
        _ => true,
    };
    if from.at != bytes.len()
        || types.len() > usize::from(u16::MAX)
        || !types.iter().flat_map(|ty| &ty.fields).all(|field| within(&field.shape))
    {
        return Err(from.damaged());
    }
    Ok((kinds, types))
}

fn read_type<'a>(from: &mut Reader<'a>, packages: &[&'a str]) -> Result<Type, CatalogError> {
    let package = *packages.get(from.number()?).ok_or(from.damaged())?;
    let name = from.string()?;
    let versions = from.versions()?;
    let mut last = 0;
    let fields = from.list(|from| read_field(from, versions, &mut last))?;
    let mut full_name = String::with_capacity(package.len() + 1 + name.len());
    full_name.push_str(package);
    full_name.push('.');
    full_name.push_str(name);
    Ok(Type { name: name.to_owned(), full_name, fields })
}

fn read_field(from: &mut Reader, of_type: Versions, last: &mut usize) -> Result<Field, CatalogError> {
    let head = from.byte()?;
    *last = last.saturating_add(from.number()?.max(1));
    let name = (*from.strings.get(*last - 1).ok_or(from.damaged())?).to_owned();
    let versions = if head & 1 == 0 { of_type } else { from.versions()? };
    let shape = read_shape(from, 0)?;
    let required = match head >> 1 & 3 {
        0 => Versions::default(),
        1 => versions,
        _ => from.versions()?,
    };
    let mut field = Field {
        name,
        shape,
        versions,
        required,
        default: None,
        enumeration: Vec::new(),
        list_type: match head >> 5 & 3 {
            1 => ListType::Set,
            2 => ListType::Map,
            _ => ListType::Atomic,
        },
        list_keys: Vec::new(),
        merge_key: None,
    };
    if head & 8 != 0 {
        field.default = Some(serde_json::from_str(from.string()?).map_err(|_| from.damaged())?);
    }
    if head & 16 != 0 {
        let count = from.number()?;
        for _ in 0..count >> 1 {
            let value = from.string()?.to_owned();
            let versions = if count & 1 == 0 { versions } else { from.versions()? };
            field.enumeration.push(EnumValue { value, versions });
        }
    }
    if head & 128 != 0 {
        let count = from.number()?;
        for _ in 0..count >> 1 {
            field.list_keys.push(from.string()?.to_owned());
        }
        if count & 1 != 0 {
            field.merge_key = Some(from.string()?.to_owned());
        }
    }
    Ok(field)
}

/// Lists of lists of lists: Kubernetes has two levels (`map[string][]string`).
const DEEPEST: u8 = 8;

fn read_shape(from: &mut Reader, depth: u8) -> Result<Shape, CatalogError> {
    Ok(match from.byte()? {
        0 => Shape::String,
        1 => Shape::Int32,
        2 => Shape::Int64,
        3 => Shape::Number,
        4 => Shape::Boolean,
        5 => Shape::IntOrString,
        6 => Shape::Quantity,
        7 => Shape::Time,
        8 => Shape::MicroTime,
        9 => Shape::Bytes,
        10 => Shape::Any,
        11 => Shape::Object(from.type_id()?),
        12 if depth < DEEPEST => Shape::List(Box::new(read_shape(from, depth + 1)?)),
        13 if depth < DEEPEST => Shape::Map(Box::new(read_shape(from, depth + 1)?)),
        _ => return Err(from.damaged()),
    })
}

fn read_kind(from: &mut Reader, types: usize) -> Result<KindInfo, CatalogError> {
    let [group, version, kind] = [from.string()?, from.string()?, from.string()?].map(str::to_owned);
    let ty = from.type_id()?;
    if usize::from(ty.0) >= types {
        return Err(from.damaged());
    }
    Ok(KindInfo {
        gvk: Gvk { group, version, kind },
        ty,
        plural: from.string()?.to_owned(),
        namespaced: from.byte()? != 0,
        versions: from.versions()?,
        served: from.versions()?,
    })
}

fn leaf(shape: &Shape) -> &Shape {
    match shape {
        Shape::List(inner) | Shape::Map(inner) => leaf(inner),
        other => other,
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    strings: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    fn damaged(&self) -> CatalogError {
        CatalogError::Damaged(self.at)
    }

    fn byte(&mut self) -> Result<u8, CatalogError> {
        let byte = *self.bytes.get(self.at).ok_or(self.damaged())?;
        self.at += 1;
        Ok(byte)
    }

    fn number(&mut self) -> Result<usize, CatalogError> {
        let mut value = 0;
        // Four groups of seven bits: more than any file of this format needs, and never above u32.
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(self.damaged())
    }

    /// A count of things that take a byte each at least; so what is reserved is never more than the file.
    fn count(&mut self) -> Result<usize, CatalogError> {
        let count = self.number()?;
        if count > self.bytes.len() - self.at { Err(self.damaged()) } else { Ok(count) }
    }

    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Result<T, CatalogError>) -> Result<Vec<T>, CatalogError> {
        let count = self.count()?;
        let mut all = Vec::with_capacity(count);
        for _ in 0..count {
            all.push(one(self)?);
        }
        Ok(all)
    }

    fn read_strings(&mut self) -> Result<(), CatalogError> {
        let lengths = self.list(Self::number)?;
        let total = lengths.iter().try_fold(0usize, |sum, length| sum.checked_add(*length));
        let end = total.and_then(|total| self.at.checked_add(total)).ok_or(self.damaged())?;
        let blob = self.bytes.get(self.at..end).and_then(|b| std::str::from_utf8(b).ok()).ok_or(self.damaged())?;
        let mut from = 0;
        for length in lengths {
            self.strings.push(blob.get(from..from + length).ok_or(self.damaged())?);
            from += length;
        }
        self.at = end;
        Ok(())
    }

    fn string(&mut self) -> Result<&'a str, CatalogError> {
        let index = self.number()?;
        self.strings.get(index).copied().ok_or(self.damaged())
    }

    fn versions(&mut self) -> Result<Versions, CatalogError> {
        let bits = self.byte()?;
        if bits & !Versions::ALL.0 == 0 { Ok(Versions(bits)) } else { Err(self.damaged()) }
    }

    fn type_id(&mut self) -> Result<TypeId, CatalogError> {
        u16::try_from(self.number()?).map(TypeId).map_err(|_| self.damaged())
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BUILTIN: &[u8] = include_bytes!("../../static/catalog.bin");

    fn split() -> (&'static [u8], &'static [u8]) {
        let line = BUILTIN.iter().position(|b| *b == b'\n').map_or(0, |at| at + 1);
        BUILTIN.split_at(line + CHECKSUM)
    }

    #[test]
    fn the_whole_file_is_read_and_every_shorter_one_refused() {
        assert!(file(BUILTIN).is_ok());
        let (head, rest) = split();
        for length in (0..head.len()).chain((head.len()..BUILTIN.len()).step_by(97)) {
            assert!(file(&BUILTIN[..length]).is_err(), "cut at {length}");
        }
        for length in (0..rest.len()).step_by(389) {
            assert!(body(&rest[..length]).is_err(), "body cut at {length}");
        }
    }

    /// One type `a.b` with a field `b`, a list of `a.b`, and the kind `b` of it.
    const SMALL: &[u8] = &[2, 1, 1, b'a', b'b', 1, 0, 1, 0, 1, 3, 1, 0, 2, 12, 11, 0, 1, 0, 0, 1, 0, 1, 1, 3, 3];

    fn damaged(body: &[u8], changes: &[(usize, u8)], cut: Option<usize>) -> Vec<u8> {
        let mut bytes = body.to_vec();
        for (at, byte) in changes {
            bytes[*at] = *byte;
        }
        bytes.truncate(cut.unwrap_or(bytes.len()));
        bytes
    }

    /// Whether that is refused, or all ids that come of it name a type.
    fn holds_together(bytes: &[u8]) -> bool {
        let Ok((kinds, types)) = body(bytes) else { return true };
        let named = |id: &TypeId| usize::from(id.0) < types.len();
        kinds.iter().all(|kind| named(&kind.ty))
            && types.iter().flat_map(|ty| &ty.fields).all(|field| match leaf(&field.shape) {
                Shape::Object(id) => named(id),
                _ => true,
            })
    }

    #[test]
    fn what_no_tool_writes_is_refused() {
        let (kinds, types) = body(SMALL).unwrap();
        assert_eq!((kinds[0].gvk.kind.as_str(), types[0].full_name.as_str()), ("b", "a.b"));
        assert_eq!(types[0].fields[0].shape, Shape::List(Box::new(Shape::Object(TypeId(0)))));
        for (at, byte, what) in [
            (0, 0x7f, "more strings than bytes"),
            (3, 0xff, "no UTF-8"),
            (7, 2, "more types than there are"),
            (10, 0x20, "a version that is not known"),
            (13, 3, "a name that is not there"),
            (14, 14, "a shape that is not known"),
            (16, 1, "a field of a type that is not there"),
            (21, 1, "a kind of a type that is not there"),
        ] {
            assert!(body(&damaged(SMALL, &[(at, byte)], None)).is_err(), "{what}");
        }
        let mut deep = SMALL.to_vec();
        deep.splice(14..14, [12; 7]);
        assert!(body(&deep).is_ok());
        deep.splice(14..14, [12; 1000]);
        assert!(body(&deep).is_err());
        assert!(body(&[SMALL, &[0]].concat()).is_err());
    }

    #[test]
    fn another_format_is_refused_at_its_start() {
        for other in [&b""[..], b"\n", b"manifest-studio catalog 2 (x)\n\0\0\0\0", b"<!doctype html>\n<html>"] {
            assert_eq!(file(other).err(), Some(CatalogError::Damaged(0)));
        }
        let mut longer = BUILTIN.to_vec();
        longer.push(0);
        assert!(file(&longer).is_err());
    }

    proptest! {
        #[test]
        fn a_changed_byte_is_noticed(at in split().0.len()..BUILTIN.len(), bits in 1u8..) {
            let mut bytes = BUILTIN.to_vec();
            bytes[at] ^= bits;
            prop_assert!(file(&bytes).is_err());
        }

        /// Behind a right checksum: whatever is read then holds together, or it is refused.
        #[test]
        fn damaged_bodies_do_no_harm(
            changes in prop::collection::vec((0..split().1.len(), any::<u8>()), 1..20),
            cut in prop::option::of(0..split().1.len()),
        ) {
            prop_assert!(holds_together(&damaged(split().1, &changes, cut)));
        }

        #[test]
        fn damaged_small_bodies_do_no_harm(
            changes in prop::collection::vec((0..SMALL.len(), 0u8..20), 1..4),
            cut in prop::option::of(0..SMALL.len()),
        ) {
            prop_assert!(holds_together(&damaged(SMALL, &changes, cut)));
        }

        #[test]
        fn any_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = file(&bytes);
            let _ = body(&bytes);
        }
    }
}
