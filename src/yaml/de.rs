//! `serde::Deserializer` for nodes, so that typed objects are read from the tree.
//!
//! As in Go, null is the absence of a value: a null field is left out, and where a value is asked
//! for, null is its zero value. Types are otherwise as strict as JSON's: a number is no string.

use std::fmt;

use serde::Deserializer;
use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer};
use serde::de::{DeserializeSeed, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::node::{Entry, Kind, Node, Scalar};
use super::path::{Path, Step};
use crate::text::Span;

/// Why a node is not what a type asks for, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeError {
    /// What was found and what was expected.
    pub message: String,
    /// The way from the node that was read to the one that does not fit.
    pub path: Path,
    /// Where that is written.
    pub span: Option<Span>,
}

impl TypeError {
    /// The error one level further out.
    fn within(mut self, step: Step, span: Span) -> TypeError {
        self.span.get_or_insert(span);
        self.path.insert(0, step);
        self
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
        TypeError { message: message.to_string(), path: Path::new(), span: None }
    }
}

impl<'de> Node<'de> {
    fn map<V: Visitor<'de>>(self, skip_null: bool, visitor: V) -> Result<V::Value, TypeError> {
        visitor.visit_map(Entries { entries: self.entries(), skip_null, value: None })
    }

    fn seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
        visitor.visit_seq(Items { items: self.items(), index: 0 })
    }
}

/// Visits a zero value for null, and anything else as it is.
macro_rules! zero {
    ($($method:ident $visit:ident $zero:expr;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
            if self.is_null() { visitor.$visit($zero) } else { self.deserialize_any(visitor) }
        }
    )*};
}

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = TypeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
        match self.kind() {
            Kind::Map => self.map(false, visitor),
            Kind::Seq => self.seq(visitor),
            Kind::Scalar => match self.scalar() {
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

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
        if self.is_null() { self.seq(visitor) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
        if self.is_null() { self.map(false, visitor) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TypeError> {
        if self.is_null() || self.kind() == Kind::Map {
            return self.map(true, visitor);
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, TypeError> {
        // The one type of Kubernetes that takes a bare number where it is a string.
        if name == "Quantity" && matches!(self.scalar(), Some(Scalar::Int(_) | Scalar::UInt(_) | Scalar::Float(_))) {
            let text = self.to_json().to_string();
            return visitor.visit_newtype_struct(text.into_deserializer());
        }
        if name == "Quantity" && self.is_null() {
            return visitor.visit_newtype_struct("0".into_deserializer());
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TypeError> {
        match self.as_str() {
            Some(name) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
            None => visitor.visit_enum(MapAccessDeserializer::new(Entries {
                entries: self.entries(),
                skip_null: false,
                value: None,
            })),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i128 u128 char unit unit_struct tuple tuple_struct identifier
    }
}

struct Entries<'de, I> {
    entries: I,
    skip_null: bool,
    value: Option<Entry<'de>>,
}

impl<'de, I: Iterator<Item = Entry<'de>>> MapAccess<'de> for Entries<'de, I> {
    type Error = TypeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, TypeError> {
        let skip = self.skip_null;
        self.value = self.entries.find(|entry| !skip || !entry.value.is_null());
        match self.value {
            Some(entry) => seed.deserialize(BorrowedStrDeserializer::new(entry.key)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, TypeError> {
        let Some(entry) = self.value.take() else { return Err(TypeError::custom("a value was asked for twice")) };
        seed.deserialize(entry.value).map_err(|error| error.within(Step::Key(entry.key.to_owned()), entry.value.span()))
    }
}

struct Items<I> {
    items: I,
    index: usize,
}

impl<'de, I: ExactSizeIterator<Item = Node<'de>>> SeqAccess<'de> for Items<I> {
    type Error = TypeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, TypeError> {
        let Some(node) = self.items.next() else { return Ok(None) };
        self.index += 1;
        let step = Step::Index(self.index - 1);
        seed.deserialize(node).map(Some).map_err(|error| error.within(step, node.span()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}
