use serde_json::Value;

use crate::k8s::Version;

/// The server's version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVersion {
    /// As it writes it: `v1.37.1`, `v1.33.4-gke.100`.
    pub git: String,
    /// The supported minor version it is, if it is one.
    pub supported: Option<Version>,
}

impl ServerVersion {
    /// Reads the answer to [`super::Request::version`]. `None` when it is no Kubernetes that answers.
    pub fn read(answer: &Value) -> Option<ServerVersion> {
        let git = answer.get("gitVersion")?.as_str()?.to_owned();
        Some(ServerVersion { supported: Version::parse(&git), git })
    }
}

/// Who the server thinks we are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The user's name.
    pub name: String,
    /// The groups, as the server orders them.
    pub groups: Vec<String>,
}

impl User {
    /// Reads the answer to [`super::Request::who_am_i`].
    pub fn read(answer: &Value) -> Option<User> {
        let info = answer.get("status")?.get("userInfo")?;
        let groups = info.get("groups").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        Some(User {
            name: info.get("username")?.as_str()?.to_owned(),
            groups: groups.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        })
    }
}

/// What discovery says about a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The last part of its address.
    pub plural: String,
    /// Whether it lives in a namespace.
    pub namespaced: bool,
}

/// The kind's entry in the answer to [`super::Request::resources`]; subresources are left out.
pub fn find_resource(answer: &Value, kind: &str) -> Option<Resource> {
    answer.get("resources")?.as_array()?.iter().find_map(|r| {
        let plural = r.get("name")?.as_str()?;
        let same = r.get("kind")?.as_str()? == kind && !plural.contains('/');
        same.then(|| Resource {
            plural: plural.to_owned(),
            namespaced: r.get("namespaced").and_then(Value::as_bool).unwrap_or(false),
        })
    })
}
