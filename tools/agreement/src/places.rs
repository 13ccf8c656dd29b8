//! Where in an object a mutation can be made, and what the schema says of the place.

use std::collections::BTreeMap;

use manifest_studio::schema::{Catalog, Field, Shape, TypeId};
use serde_json::Value;

use crate::seeds::Seed;

/// A step into a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Into an object.
    Key(String),
    /// Into a list.
    Index(usize),
}

/// A value inside an object.
#[derive(Clone, Debug)]
pub struct Place {
    /// The way to it; empty for the object itself.
    pub path: Vec<Step>,
    /// What the schema wants there.
    pub shape: Shape,
    /// The type and the field it is, or whose item or value it is.
    pub field: Option<(TypeId, &'static Field)>,
}

impl Place {
    /// The name of the field it is or belongs to.
    pub fn name(&self) -> &str {
        self.field.map_or("", |(_, field)| field.name.as_str())
    }
}

/// The type of an object of the kind.
pub fn type_of(object: &Value) -> Option<TypeId> {
    let text = |key: &str| object.get(key).and_then(Value::as_str);
    Some(Catalog::builtin().kind(text("apiVersion")?, text("kind")?)?.ty)
}

/// Every place of the object, the object itself first; without `status` and what says which kind it is.
pub fn places(object: &Value) -> Vec<Place> {
    let mut found = Vec::new();
    if let Some(ty) = type_of(object) {
        walk(object, Place { path: Vec::new(), shape: Shape::Object(ty), field: None }, &mut found);
    }
    found
}

fn walk(value: &Value, place: Place, found: &mut Vec<Place>) {
    let top = place.path.is_empty();
    let step = |step: Step, shape: &Shape, field| {
        let path = place.path.iter().cloned().chain([step]).collect();
        Place { path, shape: shape.clone(), field }
    };
    let mut below = Vec::new();
    match (&place.shape, value) {
        (Shape::Object(ty), Value::Object(map)) => {
            for (key, value) in map {
                if top && matches!(key.as_str(), "apiVersion" | "kind" | "status") {
                    continue;
                }
                if let Some(field) = Catalog::builtin().field(*ty, key) {
                    below.push((value, step(Step::Key(key.clone()), &field.shape, Some((*ty, field)))));
                }
            }
        }
        (Shape::Map(inner), Value::Object(map)) => {
            below.extend(map.iter().map(|(k, v)| (v, step(Step::Key(k.clone()), inner, place.field))));
        }
        (Shape::List(inner), Value::Array(items)) => {
            below.extend(items.iter().enumerate().map(|(i, v)| (v, step(Step::Index(i), inner, place.field))));
        }
        _ => {}
    }
    found.push(place);
    for (value, place) in below {
        walk(value, place, found);
    }
}

/// The value at the path.
pub fn at<'a>(object: &'a mut Value, path: &[Step]) -> Option<&'a mut Value> {
    path.iter().try_fold(object, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(index) => value.get_mut(index),
    })
}

/// The values that fields of the seeds have, for borrowing.
#[derive(Debug, Default)]
pub struct Pool {
    by_field: BTreeMap<(TypeId, String), Vec<Value>>,
    by_type: BTreeMap<TypeId, Vec<Value>>,
}

impl Pool {
    /// What the seeds have.
    pub fn new(seeds: &[Seed]) -> Pool {
        let mut pool = Pool::default();
        for seed in seeds {
            let mut object = seed.object.clone();
            for place in places(&seed.object) {
                let Some(value) = at(&mut object, &place.path).map(|v| v.clone()) else { continue };
                if let Shape::Object(ty) = place.shape {
                    pool.by_type.entry(ty).or_default().push(value.clone());
                }
                if let (Some((ty, field)), Some(Step::Key(key))) = (place.field, place.path.last())
                    && *key == field.name
                {
                    pool.by_field.entry((ty, key.clone())).or_default().push(value);
                }
            }
        }
        pool
    }

    /// The values of the field.
    pub fn of_field(&self, ty: TypeId, name: &str) -> &[Value] {
        self.by_field.get(&(ty, name.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The objects of the type.
    pub fn of_type(&self, ty: TypeId) -> &[Value] {
        self.by_type.get(&ty).map_or(&[], Vec::as_slice)
    }
}
