//! Fields that are seldom set together, by type: what no single seed has, and what is at a rule's edge.

use serde_json::{Map, Value};

use crate::rng::Rng;

/// A line each: the type's name, a blank, an object as JSON.
const ALL: &str = include_str!("fragments.txt");

/// A fragment for an object of the type; `None` when there is none.
pub fn of(rng: &mut Rng, type_name: &str) -> Option<Map<String, Value>> {
    let known: Vec<&str> = all().filter(|(name, _)| *name == type_name).map(|(_, json)| json).collect();
    serde_json::from_str(rng.pick(&known)?).ok()
}

fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    ALL.lines().filter_map(|line| line.split_once(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fragment_is_an_object_of_a_type() {
        assert_eq!(all().count(), ALL.lines().count());
        for (name, json) in all() {
            assert!(serde_json::from_str::<Map<String, Value>>(json).is_ok(), "{name} {json}");
            let mut types = manifest_studio::schema::Catalog::builtin().types();
            assert!(types.any(|(_, ty)| ty.name == name), "{name}");
        }
    }
}
