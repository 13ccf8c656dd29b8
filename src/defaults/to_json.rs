//! What serde writes, as JSON. `serde_json::to_value` does the same, and compiles its steps anew for every type of
//! a field: that is twice as much code for the API's types.

use std::fmt;

use serde::Serialize;
use serde::ser::{self, Impossible, Serializer};
use serde_json::{Map, Value};

/// The value as JSON; what JSON cannot hold is null.
pub(super) fn to_json<T: Serialize>(value: &T) -> Value {
    let mut out = Out::default();
    match value.serialize(&mut out) {
        Ok(()) => out.done,
        Err(Unwritten) => Value::Null,
    }
}

/// JSON cannot hold it.
#[derive(Debug)]
struct Unwritten;

impl fmt::Display for Unwritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unwritten")
    }
}

impl std::error::Error for Unwritten {}

impl ser::Error for Unwritten {
    fn custom<T: fmt::Display>(_: T) -> Unwritten {
        Unwritten
    }
}

/// The maps and lists that are being written, the innermost last.
#[derive(Default)]
struct Out {
    open: Vec<Open>,
    done: Value,
}

enum Open {
    Map(Map<String, Value>, String),
    List(Vec<Value>),
}

impl Out {
    #[inline(never)]
    fn put(&mut self, value: Value) {
        match self.open.last_mut() {
            Some(Open::Map(map, key)) => {
                map.insert(std::mem::take(key), value);
            }
            Some(Open::List(items)) => items.push(value),
            None => self.done = value,
        }
    }

    #[inline(never)]
    fn key(&mut self, name: &str) {
        if let Some(Open::Map(_, key)) = self.open.last_mut() {
            name.clone_into(key);
        }
    }

    #[inline(never)]
    fn map(&mut self) {
        self.open.push(Open::Map(Map::new(), String::new()));
    }

    #[inline(never)]
    fn list(&mut self) {
        self.open.push(Open::List(Vec::new()));
    }

    #[inline(never)]
    fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Map(map, _)) => self.put(Value::Object(map)),
            Some(Open::List(items)) => self.put(Value::Array(items)),
            None => {}
        }
    }
}

type Done = Result<(), Unwritten>;

macro_rules! plain {
    ($($method:ident $type:ty;)*) => {$(
        fn $method(self, value: $type) -> Done {
            self.put(Value::from(value));
            Ok(())
        }
    )*};
}

impl<'a> Serializer for &'a mut Out {
    type Ok = ();
    type Error = Unwritten;
    type SerializeSeq = &'a mut Out;
    type SerializeTuple = Impossible<(), Unwritten>;
    type SerializeTupleStruct = Impossible<(), Unwritten>;
    type SerializeTupleVariant = Impossible<(), Unwritten>;
    type SerializeMap = &'a mut Out;
    type SerializeStruct = &'a mut Out;
    type SerializeStructVariant = Impossible<(), Unwritten>;

    plain! {
        serialize_bool bool;
        serialize_i8 i8;
        serialize_i16 i16;
        serialize_i32 i32;
        serialize_i64 i64;
        serialize_u8 u8;
        serialize_u16 u16;
        serialize_u32 u32;
        serialize_u64 u64;
        serialize_f32 f32;
        serialize_f64 f64;
        serialize_str &str;
    }

    fn serialize_char(self, value: char) -> Done {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_bytes(self, _: &[u8]) -> Done {
        Err(Unwritten)
    }

    fn serialize_none(self) -> Done {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        self.put(Value::Null);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, _: &'static str, _: &T) -> Done {
        Err(Unwritten)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Unwritten> {
        self.list();
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Unwritten> {
        Err(Unwritten)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Unwritten> {
        Err(Unwritten)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unwritten> {
        Err(Unwritten)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Unwritten> {
        self.map();
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Unwritten> {
        self.map();
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unwritten> {
        Err(Unwritten)
    }
}

impl ser::SerializeSeq for &mut Out {
    type Ok = ();
    type Error = Unwritten;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(&mut **self)
    }

    fn end(self) -> Done {
        self.close();
        Ok(())
    }
}

impl ser::SerializeStruct for &mut Out {
    type Ok = ();
    type Error = Unwritten;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Done {
        self.key(name);
        value.serialize(&mut **self)
    }

    fn end(self) -> Done {
        self.close();
        Ok(())
    }
}

impl ser::SerializeMap for &mut Out {
    type Ok = ();
    type Error = Unwritten;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        // Written apart, so that it is no value of this map.
        let mut out = Out::default();
        key.serialize(&mut out)?;
        match out.done {
            Value::String(text) => self.key(&text),
            _ => return Err(Unwritten),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(&mut **self)
    }

    fn end(self) -> Done {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::{Pod, Secret};
    use serde_json::json;

    use super::*;

    #[test]
    fn writes_what_serde_json_writes() {
        let pod = json!({
            "metadata": {"name": "a", "labels": {"b": "c", "a": "\u{1}"}, "creationTimestamp": "2020-01-01T00:00:00Z",
                "managedFields": [{"fieldsV1": {"f:a": {".": {}, "x": [1, -2, 1.5, null, true]}}}]},
            "spec": {"priority": 0, "hostIPC": false, "nodeSelector": {}, "tolerations": [], "containers": [
                {"name": "a", "ports": [{"containerPort": 1}], "resources": {"limits": {"cpu": "1"}},
                 "livenessProbe": {"httpGet": {"port": "x"}}},
                {"name": "b", "command": ["x", ""], "livenessProbe": {"httpGet": {"port": 8}}},
            ]},
        });
        let pod: Pod = serde_json::from_value(pod).expect("a Pod");
        assert_eq!(to_json(&pod), serde_json::to_value(&pod).expect("JSON"));
        let secret: Secret = serde_json::from_value(json!({"data": {"a": "YQ=="}})).expect("a Secret");
        assert_eq!(to_json(&secret), serde_json::to_value(&secret).expect("JSON"));
        for value in [json!(null), json!([]), json!({}), json!([[], {"a": {}}]), json!(u64::MAX)] {
            assert_eq!(to_json(&value), value);
        }
    }
}
