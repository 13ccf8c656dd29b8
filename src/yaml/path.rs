use serde::{Deserialize, Serialize};

/// One step down a tree.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Step {
    /// Into a list, from 0.
    Index(usize),
    /// Into a map, by the key as Kubernetes reads it.
    Key(String),
}

/// The way from a document's root to a node.
pub type Path = Vec<Step>;

impl From<&str> for Step {
    fn from(key: &str) -> Step {
        Step::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Step {
        Step::Index(index)
    }
}
