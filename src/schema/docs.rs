use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Catalog, Shape, TypeId};

/// The documentation texts that have been fetched so far, one file an API group.
///
/// A file is what `tools/docs` writes into `static/generated/docs/<group>.json`.
#[derive(Clone, Debug, Default)]
pub struct Docs {
    groups: BTreeMap<String, Value>,
}

/// Why a group's texts cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocsError {
    /// The file is not what this build wrote. Reload the page.
    Damaged,
}

impl Docs {
    /// The group whose file has the texts of that type: `core` of `io.k8s.api.core.v1.PodSpec`.
    pub fn group_of(full_name: &str) -> Option<&str> {
        if full_name.starts_with("io.k8s.apimachinery.") {
            return Some("meta");
        }
        full_name.rsplit('.').nth(2)
    }

    /// The groups that have the texts of everything in an object of that type.
    pub fn groups_of(catalog: &Catalog, ty: TypeId) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open = vec![ty];
        while let Some(id) = open.pop() {
            if !reached.insert(id) {
                continue;
            }
            for field in &catalog.ty(id).fields {
                let mut shape = &field.shape;
                while let Shape::List(inner) | Shape::Map(inner) = shape {
                    shape = inner;
                }
                if let Shape::Object(next) = shape {
                    open.push(*next);
                }
            }
        }
        reached.into_iter().filter_map(|id| Docs::group_of(&catalog.ty(id).full_name)).collect()
    }

    /// Takes in a group's file.
    pub fn add(&mut self, group: &str, json: &[u8]) -> Result<(), DocsError> {
        match serde_json::from_slice(json) {
            Ok(types @ Value::Object(_)) => {
                self.groups.insert(group.to_owned(), types);
                Ok(())
            }
            _ => Err(DocsError::Damaged),
        }
    }

    /// Whether that group's file is there.
    pub fn has(&self, group: &str) -> bool {
        self.groups.contains_key(group)
    }

    /// What a type is for.
    pub fn ty(&self, full_name: &str) -> Option<&str> {
        self.field(full_name, "")
    }

    /// What a field is for. Of a version of the group that has no texts, those of another one.
    pub fn field(&self, full_name: &str, field: &str) -> Option<&str> {
        let types = self.groups.get(Docs::group_of(full_name)?)?.as_object()?;
        let (name, _) = full_name.rmatch_indices('.').next()?;
        let (key, _) = full_name.rmatch_indices('.').nth(1)?;
        let (suffix, key) = (full_name.get(name..)?, full_name.get(key + 1..)?);
        let texts = types.get(key).or_else(|| {
            let same = types.iter().rev().find(|(other, _)| other.ends_with(suffix));
            same.map(|(_, texts)| texts)
        });
        texts?.get(field)?.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POD: &str = "io.k8s.api.core.v1.PodSpec";

    #[test]
    fn texts_are_found_by_type_and_field() {
        let mut docs = Docs::default();
        assert_eq!((docs.has("core"), docs.field(POD, "containers")), (false, None));
        docs.add("core", br#"{"v1.PodSpec":{"":"A pod.","containers":"Its containers \u2013 at least one."}}"#)
            .unwrap();
        assert!(docs.has("core"));
        assert_eq!(docs.ty(POD), Some("A pod."));
        assert_eq!(docs.field(POD, "containers"), Some("Its containers \u{2013} at least one."));
        assert_eq!(docs.field(POD, "nmae"), None);
        assert_eq!(docs.field("io.k8s.api.core.v1.Spec", "containers"), None);
        for odd in ["", ".", "a", "a.b", "...", "\u{e9}.\u{e9}.\u{e9}"] {
            assert_eq!(docs.field(odd, "containers"), None, "{odd}");
        }
    }

    #[test]
    fn an_older_version_borrows_the_texts_of_a_newer_one() {
        let mut docs = Docs::default();
        let file = br#"{"v1.DeviceClass":{"spec":"stable"},"v1beta2.DeviceClass":{"spec":"beta"}}"#;
        docs.add("resource", file).unwrap();
        assert_eq!(docs.field("io.k8s.api.resource.v1.DeviceClass", "spec"), Some("stable"));
        assert_eq!(docs.field("io.k8s.api.resource.v1alpha2.DeviceClass", "spec"), Some("beta"));
        assert_eq!(docs.field("io.k8s.api.resource.v1alpha2.Class", "spec"), None);
    }

    #[test]
    fn damaged_files_are_refused_and_odd_ones_have_no_texts() {
        let mut docs = Docs::default();
        for damaged in [&b""[..], b"{", b"[]", b"null", b"\xff", b"<html>"] {
            assert_eq!(docs.add("core", damaged), Err(DocsError::Damaged));
        }
        for odd in [&br#"{"v1.PodSpec":1}"#[..], br#"{"v1.PodSpec":{"containers":{}}}"#, b"{}"] {
            docs.add("core", odd).unwrap();
            assert_eq!(docs.field(POD, "containers"), None);
        }
    }

    #[test]
    fn a_kind_names_the_groups_of_its_texts() {
        let catalog = Catalog::builtin();
        let groups = |api_version, kind| {
            let info = catalog.kind(api_version, kind).unwrap();
            Docs::groups_of(catalog, info.ty).into_iter().collect::<Vec<_>>()
        };
        assert_eq!(groups("v1", "ConfigMap"), ["core", "meta"]);
        assert_eq!(groups("apps/v1", "Deployment"), ["apps", "core", "meta"]);
        assert_eq!(groups("batch/v1", "Job"), ["batch", "core", "meta", "scheduling"]);
        assert_eq!(groups("v1", "Service"), ["core", "meta"]);
    }
}
