//! `serde::Deserializer` for nodes, so that typed objects are read from the tree.
//!
//! As in Go, null is the absence of a value: a null field is left out, and where a value is asked
//! for, null is its zero value. Types are otherwise as strict as JSON's: a number is no string.
//!
//! serde compiles these functions anew for every type that is read, and the API has some two hundred: what does not
//! depend on the type is in functions of its own, and who only asks whether a type fits reads with [`Misfit`], for
//! which no sentence is made.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::Deserializer;
use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer};
use serde::de::{DeserializeSeed, Error, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use super::document::Document;
use super::node::{Kind, Node, Scalar};
use super::path::{Path, Step};
use super::tree::Pair;
use crate::text::Span;

/// Why a node is not what a type asks for, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeError(Box<Unfit>);

/// What a [`TypeError`] says.
#[derive(Clone, Debug, PartialEq)]
pub struct Unfit {
    /// What was found and what was expected.
    pub message: String,
    /// The way from the node that was read to the one that does not fit.
    pub path: Path,
    /// Where that is written.
    pub span: Option<Span>,
}

impl Deref for TypeError {
    type Target = Unfit;

    fn deref(&self) -> &Unfit {
        &self.0
    }
}

/// That a node is not what a type asks for; nothing more is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Misfit;

/// What a failed reading leaves behind.
pub trait Fault: Error {
    /// The error one level further out: `node` is what could not be read, `key` its key, or `index` its place.
    fn within(self, key: Option<&str>, index: usize, node: Node<'_>) -> Self;
    /// That `node` is nothing of what is asked for.
    fn unfit(node: Node<'_>, expected: &dyn Expected) -> Self;
}

impl Fault for TypeError {
    #[inline(never)]
    fn within(mut self, key: Option<&str>, index: usize, node: Node<'_>) -> TypeError {
        self.0.span.get_or_insert(node.span());
        self.0.path.insert(0, key.map_or(Step::Index(index), |key| Step::Key(key.to_owned())));
        self
    }

    #[inline(never)]
    fn unfit(node: Node<'_>, expected: &dyn Expected) -> TypeError {
        let found = match node.kind() {
            Kind::Map => Unexpected::Map,
            Kind::Seq => Unexpected::Seq,
            Kind::Scalar => match node.scalar() {
                None | Some(Scalar::Null) => Unexpected::Unit,
                Some(Scalar::Bool(value)) => Unexpected::Bool(value),
                Some(Scalar::Int(value)) => Unexpected::Signed(value),
                Some(Scalar::UInt(value)) => Unexpected::Unsigned(value),
                Some(Scalar::Float(value)) => Unexpected::Float(value),
                Some(Scalar::Str(value)) => Unexpected::Str(value),
            },
        };
        TypeError::invalid_type(found, expected)
    }
}

impl Fault for Misfit {
    fn within(self, _: Option<&str>, _: usize, _: Node<'_>) -> Misfit {
        self
    }

    fn unfit(_: Node<'_>, _: &dyn Expected) -> Misfit {
        Misfit
    }
}

/// Every way to say it is told at once that nobody listens: then no sentence is compiled in.
impl Error for Misfit {
    fn custom<T: fmt::Display>(_: T) -> Misfit {
        Misfit
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Misfit {
        Misfit
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Misfit {
        Misfit
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Misfit {
        Misfit
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Misfit {
        Misfit
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Misfit {
        Misfit
    }

    fn missing_field(_: &'static str) -> Misfit {
        Misfit
    }

    fn duplicate_field(_: &'static str) -> Misfit {
        Misfit
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value does not fit")
    }
}

impl std::error::Error for Misfit {}

impl TypeError {
    #[inline(never)]
    fn said(message: String) -> TypeError {
        TypeError(Box::new(Unfit { message, path: Path::new(), span: None }))
    }
}

impl fmt::Display for TypeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TypeError {}

impl Error for TypeError {
    fn custom<T: fmt::Display>(message: T) -> TypeError {
        TypeError::said(message.to_string())
    }
}

/// A node as serde reads it; a reading that fails says `E`.
#[derive(Clone, Copy)]
pub struct Typed<'de, E> {
    node: Node<'de>,
    fault: PhantomData<E>,
}

impl<'de> Node<'de> {
    /// To read a type from it, and to be told why when that fails.
    pub fn typed(self) -> Typed<'de, TypeError> {
        self.as_typed()
    }

    /// To read a type from it, in much less code.
    pub fn fitting(self) -> Typed<'de, Misfit> {
        self.as_typed()
    }

    fn as_typed<E>(self) -> Typed<'de, E> {
        Typed { node: self, fault: PhantomData }
    }

    #[inline(never)]
    fn is_map_or_null(self) -> bool {
        self.is_null() || self.kind() == Kind::Map
    }

    #[inline(never)]
    fn is_seq_or_null(self) -> bool {
        self.is_null() || self.kind() == Kind::Seq
    }
}

impl<'de, E> Typed<'de, E> {
    #[inline(never)]
    fn fields(self, skip_null: bool) -> Entries<'de, E> {
        let (pairs, own) = self.node.pairs();
        Entries { document: self.node.document, pairs, own, skip_null, value: None, fault: PhantomData }
    }

    #[inline(never)]
    fn elements(self) -> Items<'de, E> {
        let (items, own) = self.node.ids();
        Items { document: self.node.document, items, own, index: 0, fault: PhantomData }
    }
}

/// Visits a zero value for null, and anything else as it is.
macro_rules! zero {
    ($($method:ident $visit:ident $zero:expr;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            if self.node.is_null() { visitor.$visit($zero) } else { self.deserialize_any(visitor) }
        }
    )*};
}

impl<'de, E: Fault> Deserializer<'de> for Typed<'de, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.node.kind() {
            Kind::Map => visitor.visit_map(self.fields(false)),
            Kind::Seq => visitor.visit_seq(self.elements()),
            Kind::Scalar => match self.node.scalar() {
                None | Some(Scalar::Null) => visitor.visit_unit(),
                Some(Scalar::Bool(value)) => visitor.visit_bool(value),
                Some(Scalar::Int(value)) => visitor.visit_i64(value),
                Some(Scalar::UInt(value)) => visitor.visit_u64(value),
                Some(Scalar::Float(value)) => visitor.visit_f64(value),
                Some(Scalar::Str(value)) => visitor.visit_borrowed_str(value),
            },
        }
    }

    zero! {
        deserialize_bool visit_bool false;
        deserialize_i8 visit_i64 0;
        deserialize_i16 visit_i64 0;
        deserialize_i32 visit_i64 0;
        deserialize_i64 visit_i64 0;
        deserialize_u8 visit_u64 0;
        deserialize_u16 visit_u64 0;
        deserialize_u32 visit_u64 0;
        deserialize_u64 visit_u64 0;
        deserialize_f32 visit_f64 0.0;
        deserialize_f64 visit_f64 0.0;
        deserialize_str visit_borrowed_str "";
        deserialize_string visit_borrowed_str "";
        deserialize_bytes visit_borrowed_str "";
        deserialize_byte_buf visit_borrowed_str "";
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        if self.node.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        if self.node.is_seq_or_null() {
            visitor.visit_seq(self.elements())
        } else {
            Err(E::unfit(self.node, &"a list"))
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        if self.node.is_map_or_null() {
            visitor.visit_map(self.fields(false))
        } else {
            Err(E::unfit(self.node, &"a map"))
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        if self.node.is_map_or_null() { visitor.visit_map(self.fields(true)) } else { Err(E::unfit(self.node, &name)) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, E> {
        // The one type of Kubernetes that takes a bare number where it is a string.
        if name == "Quantity" && matches!(self.node.scalar(), Some(Scalar::Int(_) | Scalar::UInt(_) | Scalar::Float(_)))
        {
            let text = self.node.to_json().to_string();
            return visitor.visit_newtype_struct(text.into_deserializer());
        }
        if name == "Quantity" && self.node.is_null() {
            return visitor.visit_newtype_struct("0".into_deserializer());
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        match self.node.as_str() {
            Some(name) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
            None => visitor.visit_enum(MapAccessDeserializer::new(self.fields(false))),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i128 u128 char unit unit_struct tuple tuple_struct identifier
    }
}

struct Entries<'de, E> {
    document: &'de Document,
    pairs: &'de [Pair],
    own: bool,
    skip_null: bool,
    /// The entry whose key was given last.
    value: Option<(&'de str, Node<'de>)>,
    fault: PhantomData<E>,
}

impl<'de, E: Fault> Entries<'de, E> {
    #[inline(never)]
    fn next(&mut self) -> Option<&'de str> {
        while let Some((pair, rest)) = self.pairs.split_first() {
            self.pairs = rest;
            let entry = self.document.entry_of(pair, self.own);
            if !self.skip_null || !entry.value.is_null() {
                self.value = Some((entry.key, entry.value));
                return Some(entry.key);
            }
        }
        None
    }

    #[inline(never)]
    fn value(&self) -> Result<(&'de str, Node<'de>), E> {
        self.value.ok_or_else(|| E::custom("a value was asked for before its key"))
    }
}

impl<'de, E: Fault> MapAccess<'de> for Entries<'de, E> {
    type Error = E;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, E> {
        match self.next() {
            Some(key) => seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, E> {
        let (key, node) = self.value()?;
        seed.deserialize(node.as_typed()).map_err(|error: E| error.within(Some(key), 0, node))
    }
}

struct Items<'de, E> {
    document: &'de Document,
    items: &'de [u32],
    own: bool,
    index: usize,
    fault: PhantomData<E>,
}

impl<'de, E> Items<'de, E> {
    #[inline(never)]
    fn next(&mut self) -> Option<Node<'de>> {
        let &id = self.items.get(self.index)?;
        self.index += 1;
        Some(Node { document: self.document, id, own: self.own })
    }
}

impl<'de, E: Fault> SeqAccess<'de> for Items<'de, E> {
    type Error = E;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, E> {
        let index = self.index;
        match self.next() {
            Some(node) => {
                seed.deserialize(node.as_typed()).map(Some).map_err(|error: E| error.within(None, index, node))
            }
            None => Ok(None),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len().saturating_sub(self.index))
    }
}
