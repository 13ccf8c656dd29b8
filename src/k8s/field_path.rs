use std::fmt;

use serde::{Deserialize, Serialize};

/// One segment of a [`FieldPath`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Segment {
    /// A field: `.spec`.
    Field(String),
    /// A key of a map: `[app.kubernetes.io/name]`.
    Key(String),
    /// An index of a list, from 0: `[0]`.
    Index(usize),
}

/// A place in an object in Kubernetes' own notation (`k8s.io/apimachinery/pkg/util/validation/field.Path`):
/// `spec.containers[0].ports[1].name`, `metadata.labels[tier]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FieldPath(pub Vec<Segment>);

impl FieldPath {
    /// The object itself; written as the empty text.
    pub fn root() -> FieldPath {
        FieldPath::default()
    }

    /// `self.name`.
    pub fn child(&self, name: &str) -> FieldPath {
        self.with(Segment::Field(name.to_owned()))
    }

    /// `self[index]`.
    pub fn index(&self, index: usize) -> FieldPath {
        self.with(Segment::Index(index))
    }

    /// `self[key]`.
    pub fn key(&self, key: &str) -> FieldPath {
        self.with(Segment::Key(key.to_owned()))
    }

    fn with(&self, segment: Segment) -> FieldPath {
        let mut segments = Vec::with_capacity(self.0.len() + 1);
        segments.extend_from_slice(&self.0);
        segments.push(segment);
        FieldPath(segments)
    }

    /// Whether `self` is `other` or lies above it.
    pub fn contains(&self, other: &FieldPath) -> bool {
        other.0.starts_with(&self.0)
    }

    /// Reads Kubernetes' notation. Text in brackets is an index when it is a number, else a key.
    pub fn parse(text: &str) -> FieldPath {
        let mut segments = Vec::new();
        let mut rest = text.strip_prefix('.').unwrap_or(text);
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix('[') {
                let close = inner.find(']').unwrap_or(inner.len());
                let word = &inner[..close];
                segments.push(match word.parse() {
                    Ok(index) => Segment::Index(index),
                    Err(_) => Segment::Key(word.trim_matches('"').to_owned()),
                });
                rest = inner.get(close + 1..).unwrap_or("");
                rest = rest.strip_prefix('.').unwrap_or(rest);
            } else {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                if end > 0 {
                    segments.push(Segment::Field(rest[..end].to_owned()));
                }
                rest = &rest[end..];
                rest = rest.strip_prefix('.').unwrap_or(rest);
            }
        }
        FieldPath(segments)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Field(name) if i == 0 => f.write_str(name)?,
                Segment::Field(name) => write!(f, ".{name}")?,
                Segment::Key(key) => write!(f, "[{key}]")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_and_reads_kubernetes_notation() {
        let path = FieldPath::root().child("spec").child("containers").index(0).child("ports").index(1).child("name");
        assert_eq!(path.to_string(), "spec.containers[0].ports[1].name");
        assert_eq!(FieldPath::parse("spec.containers[0].ports[1].name"), path);
        let label = FieldPath::root().child("metadata").child("labels").key("app.kubernetes.io/name");
        assert_eq!(label.to_string(), "metadata.labels[app.kubernetes.io/name]");
        assert_eq!(FieldPath::parse(&label.to_string()), label);
        assert_eq!(FieldPath::parse(".spec.replicas").to_string(), "spec.replicas");
        for odd in ["", ".", "[", "a[", "a..b", "[]", "a]b"] {
            let _ = FieldPath::parse(odd);
        }
    }
}
