use k8s_openapi::api::core::v1::{
    Container, ContainerPort, EnvVar, EphemeralContainer, PodSpec, ResourceRequirements, SecurityContext, VolumeDevice,
};

use super::Path;

/// What containers of the three lists have in common, as far as rules of the whole pod ask for it.
#[derive(Clone, Copy)]
pub struct AnyContainer<'s> {
    /// `name`
    pub name: &'s str,
    /// `ports`
    pub ports: &'s [ContainerPort],
    /// `env`
    pub env: &'s [EnvVar],
    /// `resources`
    pub resources: Option<&'s ResourceRequirements>,
    /// `securityContext`
    pub security_context: Option<&'s SecurityContext>,
    /// `volumeDevices`
    pub volume_devices: &'s [VolumeDevice],
}

impl<'s> From<&'s Container> for AnyContainer<'s> {
    fn from(c: &'s Container) -> AnyContainer<'s> {
        AnyContainer {
            name: &c.name,
            ports: c.ports.as_deref().unwrap_or_default(),
            env: c.env.as_deref().unwrap_or_default(),
            resources: c.resources.as_ref(),
            security_context: c.security_context.as_ref(),
            volume_devices: c.volume_devices.as_deref().unwrap_or_default(),
        }
    }
}

impl<'s> From<&'s EphemeralContainer> for AnyContainer<'s> {
    fn from(c: &'s EphemeralContainer) -> AnyContainer<'s> {
        AnyContainer {
            name: &c.name,
            ports: c.ports.as_deref().unwrap_or_default(),
            env: c.env.as_deref().unwrap_or_default(),
            resources: c.resources.as_ref(),
            security_context: c.security_context.as_ref(),
            volume_devices: c.volume_devices.as_deref().unwrap_or_default(),
        }
    }
}

/// `VisitContainersWithPath`: init containers, containers, ephemeral containers.
pub fn visit_containers<'s>(spec: &'s PodSpec, spec_path: &Path<'_>, mut see: impl FnMut(AnyContainer<'s>, &Path<'_>)) {
    let list = spec_path.child("initContainers");
    for (i, container) in spec.init_containers.iter().flatten().enumerate() {
        see(container.into(), &list.index(i));
    }
    let list = spec_path.child("containers");
    for (i, container) in spec.containers.iter().enumerate() {
        see(container.into(), &list.index(i));
    }
    let list = spec_path.child("ephemeralContainers");
    for (i, container) in spec.ephemeral_containers.iter().flatten().enumerate() {
        see(container.into(), &list.index(i));
    }
}
