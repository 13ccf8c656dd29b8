use super::Version;

/// A feature gate that decides a verdict, a default or a warning (`pkg/features/kube_features.go`).
///
/// Whether it is on is what a server of the version has without flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// `spec.resources` of a pod.
    PodLevelResources,
    /// Limits of a pod from those of its containers.
    PodLevelResourcesFixDefaulting,
    /// A pod's class from its own resources only where those count.
    PodLevelResourcesFixKubeletQOSClass,
    /// `resourceClaims`, `resources.claims`.
    DynamicResourceAllocation,
    /// `volumes[].image`.
    ImageVolume,
    /// `env[].valueFrom.fileKeyRef`.
    EnvFiles,
    /// `hostnameOverride`.
    HostnameOverride,
    /// `restartPolicy` and `restartPolicyRules` of a container.
    ContainerRestartRules,
    /// The action `RestartAllContainers`.
    RestartAllContainersOnContainerExits,
    /// `lifecycle.stopSignal`.
    ContainerStopSignals,
    /// `projected.sources[].clusterTrustBundle`.
    ClusterTrustBundleProjection,
    /// `projected.sources[].podCertificate`.
    PodCertificateRequest,
    /// `seLinuxChangePolicy: MountOption`.
    SELinuxMount,
    /// The operators `Lt` and `Gt` of a toleration.
    TaintTolerationComparisonOperators,
    /// `hostUsers: false` with `hostNetwork`.
    UserNamespacesHostNetworkSupport,
    /// Merging `matchLabelKeys` of a spread constraint into its selector.
    MatchLabelKeysInPodTopologySpreadSelectorMerge,
    /// `workloadRef`, `schedulingGroup`.
    GenericWorkload,
    /// `scheduling` of a Job.
    WorkloadWithJob,
    /// `evictionResponders`.
    EvictionRequestAPI,
    /// `emptyDir.mode`.
    EmptyDirVolumeMode,
    /// `volumeMounts[].bindMountOptions`.
    VolumeBindMountOptions,
    /// `defaultUser`, `user` of volumes' files.
    AtomicWriteVolumeUserFields,
    /// `grpc.mode` of a probe.
    GRPCContainerProbeTLS,
    /// `httpGet.protocol`.
    H2CContainerProbe,
    /// Service names as DNS-1123 labels.
    RelaxedServiceNameValidation,
    /// IP addresses and CIDRs without leading zeros, mapped addresses, host bits.
    StrictIPCIDRValidation,
    /// `PreferSameZone`, `PreferSameNode`.
    PreferSameTrafficDistribution,
    /// `volumeAttributesClassName` of a claim.
    VolumeAttributesClass,
}

impl Gate {
    /// Whether a server of `version` has it on when nobody says otherwise.
    pub const fn on(self, version: Version) -> bool {
        let since = match self {
            Gate::RelaxedServiceNameValidation
            | Gate::StrictIPCIDRValidation
            | Gate::RestartAllContainersOnContainerExits => 36,
            Gate::PodLevelResources
            | Gate::DynamicResourceAllocation
            | Gate::MatchLabelKeysInPodTopologySpreadSelectorMerge
            | Gate::PreferSameTrafficDistribution
            | Gate::VolumeAttributesClass => 34,
            Gate::ImageVolume | Gate::EnvFiles | Gate::HostnameOverride | Gate::ContainerRestartRules => 35,
            Gate::PodLevelResourcesFixDefaulting
            | Gate::PodLevelResourcesFixKubeletQOSClass
            | Gate::ClusterTrustBundleProjection
            | Gate::PodCertificateRequest
            | Gate::SELinuxMount => 37,
            Gate::ContainerStopSignals
            | Gate::TaintTolerationComparisonOperators
            | Gate::UserNamespacesHostNetworkSupport
            | Gate::GenericWorkload
            | Gate::WorkloadWithJob
            | Gate::EvictionRequestAPI
            | Gate::EmptyDirVolumeMode
            | Gate::VolumeBindMountOptions
            | Gate::AtomicWriteVolumeUserFields
            | Gate::GRPCContainerProbeTLS
            | Gate::H2CContainerProbe => return false,
        };
        version.minor() >= since
    }
}
