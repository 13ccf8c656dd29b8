use std::fmt;

use serde::{Deserialize, Serialize};

/// A supported minor version of Kubernetes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Version {
    /// 1.33
    V1_33,
    /// 1.34
    V1_34,
    /// 1.35
    V1_35,
    /// 1.36
    V1_36,
    /// 1.37
    V1_37,
}

impl Version {
    /// Every supported version, oldest first.
    pub const ALL: [Version; 5] = [Version::V1_33, Version::V1_34, Version::V1_35, Version::V1_36, Version::V1_37];

    /// The newest one.
    pub const LATEST: Version = Version::V1_37;

    /// The 33 of 1.33.
    pub const fn minor(self) -> u32 {
        33 + self as u32
    }

    /// Reads `1.36`, `v1.36.3`; `None` for versions that are not supported.
    pub fn parse(text: &str) -> Option<Version> {
        let rest = text.strip_prefix('v').unwrap_or(text).strip_prefix("1.")?;
        let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
        let minor: u32 = digits.parse().ok()?;
        Version::ALL.into_iter().find(|v| v.minor() == minor)
    }
}

impl Default for Version {
    fn default() -> Version {
        Version::LATEST
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.minor())
    }
}

/// A set of supported versions, one bit each, 1.33 the lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Versions(pub u8);

impl Versions {
    /// All five.
    pub const ALL: Versions = Versions(0b1_1111);

    /// Whether `version` is among them.
    pub fn has(self, version: Version) -> bool {
        self.0 & (1 << version as u8) != 0
    }

    /// The set with `version` added.
    pub fn with(self, version: Version) -> Versions {
        Versions(self.0 | (1 << version as u8))
    }

    /// The oldest version of the set.
    pub fn first(self) -> Option<Version> {
        Version::ALL.into_iter().find(|&v| self.has(v))
    }

    /// The newest version of the set.
    pub fn last(self) -> Option<Version> {
        Version::ALL.into_iter().rev().find(|&v| self.has(v))
    }
}
