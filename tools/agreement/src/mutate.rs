//! From an accepted manifest to a case: one to three changes, repeatable by seed and number.

use std::collections::BTreeMap;

use manifest_studio::schema::{Catalog, Shape};
use serde_json::{Value, json};

use crate::fragments;
use crate::places::{Place, Pool, Step, at, places};
use crate::rng::Rng;
use crate::seeds::{Seed, kind};
use crate::values;

/// How often a manifest is changed anew when nothing came of it.
const TRIES: usize = 100;

/// A manifest to ask about.
#[derive(Clone, Debug)]
pub struct Case {
    /// `Pod`
    pub kind: String,
    /// Which one under its seed.
    pub number: u64,
    /// Which manifest was changed, and how.
    pub made: String,
    /// The object.
    pub object: Value,
}

/// Makes cases of manifests.
#[derive(Debug)]
pub struct Maker {
    by_kind: BTreeMap<String, Vec<Seed>>,
    pool: Pool,
}

impl Maker {
    /// From these manifests.
    pub fn new(seeds: Vec<Seed>) -> Maker {
        let pool = Pool::new(&seeds);
        let mut by_kind: BTreeMap<String, Vec<Seed>> = BTreeMap::new();
        for seed in seeds {
            if let Some(kind) = kind(&seed.object) {
                by_kind.entry(kind.to_owned()).or_default().push(seed);
            }
        }
        Maker { by_kind, pool }
    }

    /// Every manifest as it is.
    pub fn unchanged(&self) -> Vec<Case> {
        let all = self.by_kind.iter().flat_map(|(kind, seeds)| seeds.iter().map(move |seed| (kind, seed)));
        let case = |(number, (kind, seed)): (usize, (&String, &Seed))| Case {
            kind: kind.clone(),
            number: number as u64,
            made: seed.name.clone(),
            object: seed.object.clone(),
        };
        all.enumerate().map(case).collect()
    }

    /// Case `number` of the kind under `seed`; `None` when there is no manifest of the kind, or none that can be asked
    /// about comes of it.
    pub fn case(&self, seed: u64, number: u64, kind: &str) -> Option<Case> {
        let seeds = self.by_kind.get(kind)?;
        let mut rng = Rng::new(seed, number);
        let from = rng.pick(seeds)?;
        for _ in 0..TRIES {
            let mut object = from.object.clone();
            let wanted = [1, 1, 1, 1, 1, 2, 2, 2, 3, 5][rng.below(10)];
            let (mut made, mut tries) = (vec![from.name.clone()], 0);
            while made.len() <= wanted && tries < 50 {
                tries += 1;
                made.extend(mutate(&mut rng, &self.pool, &mut object));
            }
            if object != from.object && can_be_asked(&object) {
                return Some(Case { kind: kind.to_owned(), number, made: made.join("; "), object });
            }
        }
        None
    }
}

/// The namespace goes into the address, where some names mean something else.
fn can_be_asked(object: &Value) -> bool {
    let namespace = object.pointer("/metadata/namespace").and_then(Value::as_str).unwrap_or("default");
    !namespace.contains('/') && !namespace.chars().all(|c| c == '.')
}

/// Makes one change and says which; `None` when the object has no place for it.
fn mutate(rng: &mut Rng, pool: &Pool, object: &mut Value) -> Option<String> {
    let all = places(object);
    let below: Vec<Place> = all.iter().filter(|p| !p.path.is_empty()).cloned().collect();
    let of = |wanted: fn(&Shape) -> bool| below.iter().filter(|p| wanted(&p.shape)).cloned().collect::<Vec<_>>();
    // Each kind of change wants a place of its own kind.
    let roll = rng.below(125);
    let fit = match roll {
        11..32 => all.iter().filter(|p| matches!(p.shape, Shape::Object(_))).cloned().collect(),
        46..52 => of(|s| matches!(s, Shape::List(_))),
        57..66 => of(|s| matches!(s, Shape::Int32 | Shape::Int64)),
        66..83 => of(|s| *s == Shape::String),
        83..88 => of(|s| *s == Shape::Quantity),
        88..92 => of(|s| *s == Shape::IntOrString),
        92..94 => of(|s| *s == Shape::Boolean),
        94..100 => of(|s| matches!(s, Shape::Map(_))),
        100..115 => all.iter().filter(|p| matches!(p.shape, Shape::Object(_))).cloned().collect(),
        115..122 => of(|s| *s == Shape::String),
        122.. => of(|s| matches!(s, Shape::List(_))),
        _ => below.clone(),
    };
    let place = rng.pick(&fit)?;
    let (what, at) = match roll {
        0..11 => ("remove", remove(place, object)?),
        11..32 => ("add", add(rng, pool, place, object)?),
        32..35 => ("retype", set(place, object, |old| retype(rng, old))?),
        35..37 => ("misspell", misspell(place, object)?),
        37..46 => ("borrow", borrow(rng, pool, place, object)?),
        46..52 => ("duplicate", duplicate(rng, place, object)?),
        52..57 => ("empty", set(place, object, empty)?),
        57..66 => ("number", set(place, object, |_| values::number(rng))?),
        66..74 => ("name", set(place, object, |_| values::name(rng))?),
        74..83 => {
            let (ty, field) = place.field?;
            ("text", set(place, object, |_| values::of_shape(rng, pool, &Shape::String, ty, field, 0))?)
        }
        83..88 => ("quantity", set(place, object, |_| values::quantity(rng))?),
        88..92 => ("fraction", set(place, object, |_| values::int_or_string(rng))?),
        92..94 => ("flip", set(place, object, |old| json!(old != json!(true)))?),
        100..104 => ("merge", merge(rng, pool, place, object)?),
        104..115 => ("fragment", fragment(rng, &all, object)?),
        115..122 => ("strange", set(place, object, |old| values::strange(rng, old))?),
        122.. => ("many", many(rng, place, object)?),
        _ => ("entry", entry(rng, pool, place, object)?),
    };
    Some(format!("{what} {at}"))
}

fn shown(path: &[Step]) -> String {
    let step = |step: &Step| match step {
        Step::Key(key) => format!(".{key}"),
        Step::Index(index) => format!("[{index}]"),
    };
    path.iter().map(step).collect()
}

fn set(place: &Place, object: &mut Value, new: impl FnOnce(Value) -> Value) -> Option<String> {
    let value = at(object, &place.path)?;
    *value = new(value.clone());
    Some(shown(&place.path))
}

fn remove(place: &Place, object: &mut Value) -> Option<String> {
    let (last, above) = place.path.split_last()?;
    match (at(object, above)?, last) {
        (Value::Object(map), Step::Key(key)) => drop(map.shift_remove(key)),
        (Value::Array(items), Step::Index(index)) if *index < items.len() => drop(items.remove(*index)),
        _ => return None,
    }
    Some(shown(&place.path))
}

/// A field that is not there yet; in unions this sets another member.
fn add(rng: &mut Rng, pool: &Pool, place: &Place, object: &mut Value) -> Option<String> {
    let Shape::Object(ty) = place.shape else { return None };
    let top = place.path.is_empty();
    let Value::Object(map) = at(object, &place.path)? else { return None };
    let fields = &Catalog::builtin().ty(ty).fields;
    let can = |name: &str| !map.contains_key(name) && (!top || name != "status");
    let missing: Vec<_> = fields.iter().filter(|f| can(&f.name)).collect();
    let field = rng.pick(&missing)?;
    map.insert(field.name.clone(), values::value(rng, pool, ty, field));
    Some(format!("{}.{}", shown(&place.path), field.name))
}

fn retype(rng: &mut Rng, old: Value) -> Value {
    let text = match &old {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    [
        json!(text),
        json!([old]),
        json!({ "x": old }),
        json!(7),
        json!(true),
        json!(1.5),
        json!("7"),
        json!([]),
        json!({}),
    ][rng.below(9)]
    .clone()
}

fn misspell(place: &Place, object: &mut Value) -> Option<String> {
    let (Step::Key(key), above) = place.path.split_last()? else { return None };
    let map = at(object, above)?.as_object_mut()?;
    let value = map.shift_remove(key)?;
    let wrong = if key.len() % 2 == 0 { format!("{key}s") } else { key.to_lowercase().replace('i', "ii") };
    map.insert(wrong, value);
    Some(shown(&place.path))
}

fn borrow(rng: &mut Rng, pool: &Pool, place: &Place, object: &mut Value) -> Option<String> {
    let (ty, field) = place.field?;
    let known = match (&place.shape, place.path.last()) {
        (Shape::Object(ty), _) => pool.of_type(*ty),
        (_, Some(Step::Key(key))) if *key == field.name => pool.of_field(ty, &field.name),
        _ => return None,
    };
    let new = rng.pick(known)?.clone();
    set(place, object, |_| new)
}

/// All that another object of the type has.
fn merge(rng: &mut Rng, pool: &Pool, place: &Place, object: &mut Value) -> Option<String> {
    let Shape::Object(ty) = place.shape else { return None };
    let other = rng.pick(pool.of_type(ty))?.as_object()?.clone();
    at(object, &place.path)?.as_object_mut()?.extend(other);
    Some(shown(&place.path))
}

/// Fields that are seldom set together; where several types can have some, each is as likely.
fn fragment(rng: &mut Rng, all: &[Place], object: &mut Value) -> Option<String> {
    let types =
        ["ObjectMeta", "PodSpec", "PodSpec", "Container", "Container", "JobSpec", "DeploymentSpec", "ServiceSpec"];
    let wanted = *rng.pick(&types)?;
    let is_wanted = |p: &&Place| matches!(p.shape, Shape::Object(ty) if Catalog::builtin().ty(ty).name == wanted);
    let fit: Vec<&Place> = all.iter().filter(is_wanted).collect();
    let place = *rng.pick(&fit)?;
    let fields = fragments::of(rng, wanted)?;
    at(object, &place.path)?.as_object_mut()?.extend(fields);
    Some(shown(&place.path))
}

/// An item so often that a limit may be passed.
fn many(rng: &mut Rng, place: &Place, object: &mut Value) -> Option<String> {
    let Value::Array(items) = at(object, &place.path)? else { return None };
    let copy = rng.pick(items)?.clone();
    let count = *rng.pick(&[4, 9, 17, 21, 33, 65, 101])?;
    for i in 0..count {
        let mut copy = copy.clone();
        if let Some(Value::String(name)) = copy.get_mut("name") {
            name.push_str(&i.to_string());
        } else if let Value::String(text) = &mut copy {
            text.push_str(&i.to_string());
        }
        items.push(copy);
    }
    Some(shown(&place.path))
}

fn duplicate(rng: &mut Rng, place: &Place, object: &mut Value) -> Option<String> {
    let Value::Array(items) = at(object, &place.path)? else { return None };
    let mut copy = rng.pick(items)?.clone();
    if rng.percent(50)
        && let Some(map) = copy.as_object_mut()
    {
        let keys: Vec<String> = map.keys().cloned().collect();
        match rng.pick(&keys).and_then(|key| map.get_mut(key)) {
            Some(Value::String(text)) => text.push('2'),
            Some(Value::Number(number)) => *number = (number.as_i64().unwrap_or(0).saturating_add(1)).into(),
            _ => {}
        }
    }
    let to = rng.below(items.len() + 1);
    items.insert(to, copy);
    Some(shown(&place.path))
}

fn empty(old: Value) -> Value {
    match old {
        Value::String(text) if text.len() % 3 == 0 => Value::Null,
        Value::String(_) => json!(""),
        Value::Array(items) if items.len() % 2 == 0 => Value::Null,
        Value::Array(_) => json!([]),
        Value::Object(map) if map.len() % 3 == 0 => Value::Null,
        Value::Object(_) => json!({}),
        _ => Value::Null,
    }
}

/// Another entry of a map, or another value, or one entry less.
fn entry(rng: &mut Rng, pool: &Pool, place: &Place, object: &mut Value) -> Option<String> {
    let Shape::Map(inner) = &place.shape else { return None };
    let (ty, field) = place.field?;
    let Value::Object(map) = at(object, &place.path)? else { return None };
    let keys: Vec<String> = map.keys().cloned().collect();
    match rng.below(10) {
        0..3 => drop(map.shift_remove(rng.pick(&keys)?)),
        3..6 => *map.get_mut(rng.pick(&keys)?)? = values::of_shape(rng, pool, inner, ty, field, 1),
        _ => drop(map.insert(values::key(rng, inner), values::of_shape(rng, pool, inner, ty, field, 1))),
    }
    Some(shown(&place.path))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::KINDS;
    use crate::seeds;

    fn maker() -> Maker {
        let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/templates");
        Maker::new(seeds::read(&[&templates]).expect("the templates are there"))
    }

    #[test]
    fn a_case_is_the_same_again() {
        for kind in KINDS {
            for number in 0..20 {
                let case = |seed| maker().case(seed, number, kind).expect("a template is of the kind");
                assert_eq!(case(7).object, case(7).object);
                assert_eq!(case(7).made, case(7).made);
            }
        }
        let objects = |seed| (0..20).filter_map(|n| Some(maker().case(seed, n, "Pod")?.object)).collect::<Vec<_>>();
        assert_ne!(objects(7), objects(8));
    }

    #[test]
    fn every_change_is_made_and_the_kind_stays() {
        let maker = maker();
        let mut made = BTreeSet::new();
        for number in 0..600 {
            let case = maker.case(1, number, KINDS[number as usize % 4]).expect("a template is of the kind");
            assert_eq!(seeds::kind(&case.object), Some(case.kind.as_str()));
            let changes = case.made.split("; ").skip(1).filter_map(|change| change.split(' ').next());
            made.extend(changes.map(str::to_owned));
        }
        let all = "add borrow duplicate empty entry flip fraction fragment many merge misspell name number quantity remove \
                   retype strange text";
        assert_eq!(made.into_iter().collect::<Vec<_>>().join(" "), all);
    }
}
