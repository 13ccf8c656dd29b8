//! A node's value as JSON.

use serde_json::{Map, Number, Value};

use super::node::{Kind, Node, Scalar};

impl Node<'_> {
    /// The value as Kubernetes reads it.
    pub fn to_json(self) -> Value {
        // The depth is bounded by MAX_DEPTH, aliases included, and the size by the limit on aliases.
        match self.kind() {
            Kind::Map => {
                let mut map = Map::with_capacity(self.entries().len());
                for entry in self.entries() {
                    map.insert(entry.key.to_owned(), entry.value.to_json());
                }
                Value::Object(map)
            }
            Kind::Seq => Value::Array(self.items().map(Node::to_json).collect()),
            Kind::Scalar => match self.scalar() {
                None | Some(Scalar::Null) => Value::Null,
                Some(Scalar::Bool(b)) => Value::Bool(b),
                Some(Scalar::Int(i)) => Value::Number(i.into()),
                Some(Scalar::UInt(u)) => Value::Number(u.into()),
                Some(Scalar::Float(f)) => Number::from_f64(f).map_or(Value::Null, Value::Number),
                Some(Scalar::Str(s)) => Value::String(s.to_owned()),
            },
        }
    }
}
