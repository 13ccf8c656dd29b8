//! What the server does with an object's own metadata before it looks at the rest.

use std::collections::HashSet;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{ObjectMeta, OwnerReference};

/// Stands where the server writes the object's uid: nobody can know it before.
pub const PLACEHOLDER_UID: &str = "00000000-0000-0000-0000-000000000000";

/// Stands where the server makes up the end of a generated name: five characters.
pub const PLACEHOLDER_SUFFIX: &str = "xxxxx";

/// `MaxGeneratedNameLength`.
const LONGEST_BASE: usize = 58;

/// `WipeObjectMetaSystemFields`, no owner twice, the request's namespace, and `GenerateName`.
pub(super) fn fill_in(metadata: &mut ObjectMeta) {
    metadata.creation_timestamp = None;
    metadata.deletion_timestamp = None;
    metadata.deletion_grace_period_seconds = None;
    metadata.uid = None;
    metadata.self_link = None;
    metadata.resource_version = None;
    metadata.managed_fields = None;
    if let Some(references) = &mut metadata.owner_references {
        let repeated = repeated_owners(references);
        let (mut at, mut skip) = (0, repeated.iter().peekable());
        references.retain(|_| {
            at += 1;
            skip.next_if_eq(&&(at - 1)).is_none()
        });
    }
    let namespace = metadata.namespace.get_or_insert_default();
    if namespace.is_empty() {
        namespace.push_str("default");
    }
    if metadata.name.as_deref().is_none_or(str::is_empty) {
        metadata.name = generate_name(metadata);
    }
}

/// `dedupOwnerReferences`: the places of the references that stand before already, word for word.
pub fn repeated_owners(references: &[OwnerReference]) -> Vec<usize> {
    if references.len() < 2 {
        return Vec::new();
    }
    let mut seen = HashSet::new();
    let all = references.iter().enumerate();
    let repeated = all.filter(|(_, r)| {
        !seen.insert((&r.uid, &r.kind, &r.name, &r.api_version, r.controller, r.block_owner_deletion))
    });
    repeated.map(|(i, _)| i).collect()
}

/// Whether the object's name is made up by the server; its end is [`PLACEHOLDER_SUFFIX`] then.
pub fn has_generated_name(metadata: &ObjectMeta) -> bool {
    metadata.name.is_some() && metadata.name == generate_name(metadata)
}

fn generate_name(metadata: &ObjectMeta) -> Option<String> {
    let base = metadata.generate_name.as_deref().filter(|base| !base.is_empty())?;
    let end = (0..=LONGEST_BASE.min(base.len())).rev().find(|&at| base.is_char_boundary(at)).unwrap_or(0);
    Some(format!("{}{PLACEHOLDER_SUFFIX}", base.get(..end).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_owner_twice() {
        let owner = |uid: &str, controller| OwnerReference { uid: uid.into(), controller, ..Default::default() };
        let owners =
            vec![owner("1", None), owner("1", Some(true)), owner("1", None), owner("2", None), owner("2", None)];
        assert_eq!(repeated_owners(&owners), [2, 4]);
        let mut metadata = ObjectMeta { owner_references: Some(owners.clone()), ..Default::default() };
        fill_in(&mut metadata);
        assert_eq!(metadata.owner_references.as_deref(), Some([&owners[..2], &owners[3..4]].concat().as_slice()));
    }
}
