use k8s_openapi::api::core::v1::{
    Container, ContainerPort, EnvVar, EphemeralContainer, HTTPGetAction, Lifecycle, PodSpec, Probe,
    ResourceRequirements, SecurityContext, VolumeMount,
};

/// What containers of any sort have, to be changed (`EphemeralContainerCommon` and `Container` are one in Go).
pub(super) struct Any<'a> {
    pub name: &'a str,
    pub image: Option<&'a str>,
    pub image_pull_policy: &'a mut Option<String>,
    pub termination_message_path: &'a mut Option<String>,
    pub termination_message_policy: &'a mut Option<String>,
    pub ports: &'a mut Option<Vec<ContainerPort>>,
    pub env: &'a mut Option<Vec<EnvVar>>,
    pub resources: &'a mut Option<ResourceRequirements>,
    pub liveness_probe: &'a mut Option<Probe>,
    pub readiness_probe: &'a mut Option<Probe>,
    pub startup_probe: &'a mut Option<Probe>,
    pub lifecycle: &'a mut Option<Lifecycle>,
    pub volume_mounts: &'a mut Option<Vec<VolumeMount>>,
    pub security_context: &'a mut Option<SecurityContext>,
}

impl Any<'_> {
    /// Its probes.
    pub fn probes(&mut self) -> impl Iterator<Item = &mut Probe> {
        [&mut *self.liveness_probe, &mut *self.readiness_probe, &mut *self.startup_probe].into_iter().flatten()
    }

    /// The requests its probes and hooks make.
    pub fn each_http_get(&mut self, mut change: impl FnMut(&mut HTTPGetAction)) {
        self.probes().filter_map(|probe| probe.http_get.as_mut()).for_each(&mut change);
        if let Some(lifecycle) = self.lifecycle {
            let hooks = [&mut lifecycle.post_start, &mut lifecycle.pre_stop].into_iter().flatten();
            hooks.filter_map(|hook| hook.http_get.as_mut()).for_each(change);
        }
    }
}

macro_rules! any {
    ($container:expr) => {
        Any {
            name: &$container.name,
            image: $container.image.as_deref(),
            image_pull_policy: &mut $container.image_pull_policy,
            termination_message_path: &mut $container.termination_message_path,
            termination_message_policy: &mut $container.termination_message_policy,
            ports: &mut $container.ports,
            env: &mut $container.env,
            resources: &mut $container.resources,
            liveness_probe: &mut $container.liveness_probe,
            readiness_probe: &mut $container.readiness_probe,
            startup_probe: &mut $container.startup_probe,
            lifecycle: &mut $container.lifecycle,
            volume_mounts: &mut $container.volume_mounts,
            security_context: &mut $container.security_context,
        }
    };
}

impl<'a> From<&'a mut Container> for Any<'a> {
    fn from(container: &'a mut Container) -> Any<'a> {
        any!(container)
    }
}

impl<'a> From<&'a mut EphemeralContainer> for Any<'a> {
    fn from(container: &'a mut EphemeralContainer) -> Any<'a> {
        any!(container)
    }
}

/// Goes through the containers of all three sorts: init, regular, ephemeral.
pub(super) fn each(spec: &mut PodSpec, mut change: impl FnMut(Any<'_>)) {
    let containers = spec.init_containers.iter_mut().flatten().chain(&mut spec.containers);
    containers.for_each(|container| change(container.into()));
    spec.ephemeral_containers.iter_mut().flatten().for_each(|container| change(container.into()));
}
