use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::k8s::{Gate, Version};

/// Under what circumstances a pod's spec is looked at (`PodValidationOptions`, and the `podMeta` beside it).
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// Whose server speaks.
    pub version: Version,
    /// The Pod's own metadata; `None` in a template (`ResourceIsPod` is false).
    pub pod: Option<&'a ObjectMeta>,
}

impl Options<'_> {
    /// Whether the gate is on.
    pub fn on(&self, gate: Gate) -> bool {
        gate.on(self.version)
    }
}
