use crate::i18n::{Message, id};
use crate::k8s::Gvk;

/// Where one object lives in the API. Only [`Address::new`] makes one, so that no document's name
/// can lead a request elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    gvk: Gvk,
    plural: String,
    namespace: Option<String>,
    name: String,
}

/// Why a document has no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressError {
    /// No `metadata.name` (`generateName` is for `kubectl create` only): give it one.
    NoName,
    /// A name, namespace, group, version or plural that cannot stand in an address: write another.
    Unusable(String),
}

impl AddressError {
    /// In words.
    pub fn message(&self) -> Message {
        match self {
            AddressError::NoName => Message::new(id::CLUSTER_ADDRESS_NO_NAME),
            AddressError::Unusable(part) => Message::new(id::CLUSTER_ADDRESS_UNUSABLE).with("part", part.as_str()),
        }
    }
}

impl Address {
    /// The address of the object `name`. `plural` and `namespaced` are facts of the kind (from the
    /// schema, or from the server's discovery); `namespace` is looked at only when the kind has one.
    pub fn new(gvk: Gvk, plural: &str, namespaced: bool, namespace: &str, name: &str) -> Result<Address, AddressError> {
        if name.is_empty() {
            return Err(AddressError::NoName);
        }
        let namespace = namespaced.then_some(namespace);
        let group = (!gvk.group.is_empty()).then_some(gvk.group.as_str());
        for part in [Some(gvk.version.as_str()), Some(plural), Some(name), namespace, group].into_iter().flatten() {
            if !is_segment(part) {
                return Err(AddressError::Unusable(part.to_owned()));
            }
        }
        Ok(Address { plural: plural.to_owned(), namespace: namespace.map(str::to_owned), name: name.to_owned(), gvk })
    }

    /// Group, version and kind.
    pub fn gvk(&self) -> &Gvk {
        &self.gvk
    }

    /// The object's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The namespace it lives in, if its kind has one.
    pub fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref()
    }

    /// The path of the collection: `/apis/apps/v1/namespaces/default/deployments`.
    pub fn collection(&self) -> String {
        collection(&self.gvk, &self.plural, self.namespace())
    }

    /// The path of the object: the collection's and the name.
    pub fn object(&self) -> String {
        let mut path = self.collection();
        path.push('/');
        encode(&self.name, &mut path);
        path
    }
}

/// The path of all objects of a kind, in one namespace or in none.
pub(super) fn collection(gvk: &Gvk, plural: &str, namespace: Option<&str>) -> String {
    let mut path = group_version(gvk);
    if let Some(namespace) = namespace {
        path.push_str("/namespaces/");
        encode(namespace, &mut path);
    }
    path.push('/');
    encode(plural, &mut path);
    path
}

/// `/api/v1` or `/apis/apps/v1`.
pub(super) fn group_version(gvk: &Gvk) -> String {
    let mut path = String::from("/api/");
    if !gvk.group.is_empty() {
        path = String::from("/apis/");
        encode(&gvk.group, &mut path);
        path.push('/');
    }
    encode(&gvk.version, &mut path);
    path
}

/// Kubernetes' own rule for a part of a path (`path.IsValidPathSegmentName`): a browser would resolve
/// `..` even when it is percent-encoded.
pub(super) fn is_segment(part: &str) -> bool {
    !matches!(part, "" | "." | "..") && !part.contains(['/', '%'])
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
pub(super) fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[digit as usize]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builds_paths_as_the_api_has_them() {
        let table = [
            ("v1", "Pod", "pods", true, "web", "/api/v1/namespaces/shop/pods/web"),
            ("apps/v1", "Deployment", "deployments", true, "web", "/apis/apps/v1/namespaces/shop/deployments/web"),
            ("v1", "Namespace", "namespaces", false, "shop", "/api/v1/namespaces/shop"),
            (
                "rbac.authorization.k8s.io/v1",
                "ClusterRole",
                "clusterroles",
                false,
                "system:node",
                "/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode",
            ),
            ("v1", "ConfigMap", "configmaps", true, "ä b?#", "/api/v1/namespaces/shop/configmaps/%C3%A4%20b%3F%23"),
        ];
        for (api_version, kind, plural, namespaced, name, path) in table {
            let address = Address::new(Gvk::new(api_version, kind), plural, namespaced, "shop", name);
            assert_eq!(address.map(|a| a.object()).as_deref(), Ok(path));
        }
    }

    #[test]
    fn a_name_never_leads_elsewhere() {
        let pod = || Gvk::new("v1", "Pod");
        assert_eq!(Address::new(pod(), "pods", true, "a", ""), Err(AddressError::NoName));
        for bad in [".", "..", "a/b", "%2e%2e"] {
            assert_eq!(Address::new(pod(), "pods", true, "a", bad), Err(AddressError::Unusable(bad.into())));
            assert_eq!(Address::new(pod(), "pods", true, bad, "a"), Err(AddressError::Unusable(bad.into())));
            assert!(Address::new(Gvk::new(&format!("g/{bad}"), "X"), "xs", true, "a", "a").is_err(), "{bad}");
        }
        assert!(Address::new(pod(), "pods", true, "", "a").is_err());
        assert!(Address::new(pod(), "pods", false, "", "a").is_ok());
    }
}
