//! The file's format, number 1. `src/schema/decode.rs` of the page reads it.
//!
//! ```text
//! file    = "manifest-studio catalog 1" words about its making "\n" checksum(4, little endian) body
//! body    = strings packages types kinds
//! strings = count, the length of each, their bytes one after the other; sorted
//! packages= count, string...                                     "io.k8s.api.core.v1"
//! types   = count, { package string versions count, field... }   sorted by full name
//! field   = head step [versions] shape [required] [default] [enum] [keys]
//! kinds   = count, { group version kind type plural flags versions served }   sorted
//! ```
//! A number is a little-endian base-128 varint, a string the number of one, a set of versions one
//! byte. `step` is the distance from the name of the field before it (from -1 for the first), as
//! fields and strings are sorted alike. `head`: bit 0 versions differ from the type's, bits 1 and 2
//! required (0 never, 1 in all its versions, 2 as said), bit 3 default, bit 4 enum, bits 5 and 6
//! list type, bit 7 keys.

use std::collections::{BTreeMap, BTreeSet};

use crate::merge::{Field, Merged, Shape};
use crate::{COMMAND, Error};

/// Begins the file; the number is the format's.
pub const MAGIC: &str = "manifest-studio catalog 1";

const OBJECT: u8 = 11;
const LIST: u8 = 12;
const MAP: u8 = 13;

/// The file's bytes.
pub fn encode(all: &Merged) -> Result<Vec<u8>, Error> {
    let words = Words::of(all);
    let mut body = Vec::new();
    number(&mut body, words.strings.len());
    for text in words.strings.keys() {
        number(&mut body, text.len());
    }
    for text in words.strings.keys() {
        body.extend_from_slice(text.as_bytes());
    }
    number(&mut body, words.packages.len());
    for package in words.packages.keys() {
        number(&mut body, words.strings[package]);
    }
    let ids: BTreeMap<&str, usize> = all.types.keys().enumerate().map(|(id, name)| (name.as_str(), id)).collect();
    if ids.len() > usize::from(u16::MAX) {
        return Err(format!("{} types are more than a TypeId can name", ids.len()));
    }
    number(&mut body, ids.len());
    for (full_name, ty) in &all.types {
        let (package, name) = split(full_name);
        number(&mut body, words.packages[package]);
        number(&mut body, words.strings[name]);
        body.push(ty.versions);
        number(&mut body, ty.fields.len());
        let mut before = 0;
        for (name, field) in &ty.fields {
            let place = words.strings[name.as_str()] + 1;
            put_field(&mut body, field, place - before, ty.versions, &words, &ids);
            before = place;
        }
    }
    number(&mut body, all.kinds.len());
    for ((group, version, kind), info) in &all.kinds {
        for text in [group, version, kind] {
            number(&mut body, words.strings[text.as_str()]);
        }
        number(&mut body, ids[info.schema.as_str()]);
        number(&mut body, words.strings[info.plural.as_str()]);
        body.extend([u8::from(info.namespaced), info.versions, info.served]);
    }
    let releases: Vec<&str> = all.releases.iter().map(|(name, _)| name.as_str()).collect();
    let mut file = format!("{MAGIC} ({}), made by: {COMMAND}\n", releases.join(" ")).into_bytes();
    file.extend(checksum(&body).to_le_bytes());
    file.extend(body);
    Ok(file)
}

fn put_field(out: &mut Vec<u8>, field: &Field, step: usize, of_type: u8, words: &Words, ids: &BTreeMap<&str, usize>) {
    let required = match field.required {
        0 => 0,
        some if some == field.versions => 1,
        _ => 2,
    };
    let keys = !field.list_keys.is_empty() || field.merge_key.is_some();
    let head = u8::from(field.versions != of_type)
        | required << 1
        | u8::from(field.default.is_some()) << 3
        | u8::from(!field.enumeration.is_empty()) << 4
        | (field.list_type as u8) << 5
        | u8::from(keys) << 7;
    out.push(head);
    number(out, step);
    if field.versions != of_type {
        out.push(field.versions);
    }
    put_shape(out, &field.shape, ids);
    if required == 2 {
        out.push(field.required);
    }
    if let Some(default) = &field.default {
        number(out, words.strings[default.to_string().as_str()]);
    }
    if !field.enumeration.is_empty() {
        let differ = field.enumeration.iter().any(|(_, versions)| *versions != field.versions);
        number(out, field.enumeration.len() << 1 | usize::from(differ));
        for (value, versions) in &field.enumeration {
            number(out, words.strings[value.as_str()]);
            if differ {
                out.push(*versions);
            }
        }
    }
    if keys {
        number(out, field.list_keys.len() << 1 | usize::from(field.merge_key.is_some()));
        for key in field.list_keys.iter().chain(&field.merge_key) {
            number(out, words.strings[key.as_str()]);
        }
    }
}

fn put_shape(out: &mut Vec<u8>, shape: &Shape, ids: &BTreeMap<&str, usize>) {
    match shape {
        Shape::Scalar(scalar) => out.push(*scalar as u8),
        Shape::Object(name) => {
            out.push(OBJECT);
            number(out, ids[name.as_str()]);
        }
        Shape::List(inner) => {
            out.push(LIST);
            put_shape(out, inner, ids);
        }
        Shape::Map(inner) => {
            out.push(MAP);
            put_shape(out, inner, ids);
        }
    }
}

/// Every text of the catalog, numbered in its order.
struct Words {
    strings: BTreeMap<String, usize>,
    packages: BTreeMap<String, usize>,
}

impl Words {
    fn of(all: &Merged) -> Words {
        let mut strings = BTreeSet::new();
        let mut packages = BTreeSet::new();
        for (full_name, ty) in &all.types {
            let (package, name) = split(full_name);
            packages.insert(package.to_owned());
            strings.extend([package.to_owned(), name.to_owned()]);
            for (name, field) in &ty.fields {
                strings.insert(name.clone());
                strings.extend(field.default.as_ref().map(ToString::to_string));
                strings.extend(field.enumeration.iter().map(|(value, _)| value.clone()));
                strings.extend(field.list_keys.iter().chain(&field.merge_key).cloned());
            }
        }
        for ((group, version, kind), info) in &all.kinds {
            strings.extend([group, version, kind, &info.plural].map(String::clone));
        }
        let numbered = |texts: BTreeSet<String>| texts.into_iter().enumerate().map(|(i, text)| (text, i)).collect();
        Words { strings: numbered(strings), packages: numbered(packages) }
    }
}

fn split(full_name: &str) -> (&str, &str) {
    full_name.rsplit_once('.').unwrap_or(("", full_name))
}

fn number(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// FNV-1a, 32 bits: enough to tell a damaged download from a whole one.
pub fn checksum(body: &[u8]) -> u32 {
    body.iter().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
