//! What the catalog does not know of Go's types: read from the struct tags of `k8s.io/api` v0.37.1 (`core/v1`,
//! `apps/v1`, `batch/v1`) and of `k8s.io/apimachinery` v0.37.1, for all that can be stored below the four kinds.

/// A Go struct.
pub(super) struct Tags {
    /// Its name.
    type_name: &'static str,
    /// Its optional scalars that are pointers: a zero is written.
    pub pointers: &'static [&'static str],
    /// Its fields that are structs and no pointers: written even when there is nothing in them.
    pub structs: &'static [&'static str],
    /// Its lists and pointers without `omitempty`: written as null when there is nothing.
    pub nulls: &'static [&'static str],
}

static NONE: Tags = Tags { type_name: "", pointers: &[], structs: &[], nulls: &[] };

impl Tags {
    /// Those of a type; of one that is not in the table every optional scalar is left out when it is zero.
    pub fn of(type_name: &str) -> &'static Tags {
        let found = ALL.binary_search_by(|tags| tags.type_name.cmp(type_name));
        found.ok().and_then(|at| ALL.get(at)).unwrap_or(&NONE)
    }
}

/// By name.
static ALL: &[Tags] = &[
    Tags { type_name: "AppArmorProfile", pointers: &["localhostProfile"], structs: &[], nulls: &[] },
    Tags {
        type_name: "AzureDiskVolumeSource",
        pointers: &["cachingMode", "fsType", "readOnly", "kind"],
        structs: &[],
        nulls: &[],
    },
    Tags { type_name: "CSIVolumeSource", pointers: &["readOnly", "fsType"], structs: &[], nulls: &[] },
    Tags { type_name: "CephFSVolumeSource", pointers: &[], structs: &[], nulls: &["monitors"] },
    Tags { type_name: "ClientIPConfig", pointers: &["timeoutSeconds"], structs: &[], nulls: &[] },
    Tags {
        type_name: "ClusterTrustBundleProjection",
        pointers: &["name", "signerName", "optional", "user"],
        structs: &[],
        nulls: &[],
    },
    Tags { type_name: "ConfigMapEnvSource", pointers: &["optional"], structs: &[], nulls: &[] },
    Tags { type_name: "ConfigMapKeySelector", pointers: &["optional"], structs: &[], nulls: &[] },
    Tags { type_name: "ConfigMapProjection", pointers: &["optional"], structs: &[], nulls: &[] },
    Tags {
        type_name: "ConfigMapVolumeSource",
        pointers: &["defaultMode", "optional", "defaultUser"],
        structs: &[],
        nulls: &[],
    },
    Tags { type_name: "Container", pointers: &["restartPolicy"], structs: &["resources"], nulls: &[] },
    Tags { type_name: "Deployment", pointers: &[], structs: &["metadata", "spec", "status"], nulls: &[] },
    Tags {
        type_name: "DeploymentSpec",
        pointers: &["replicas", "revisionHistoryLimit", "progressDeadlineSeconds"],
        structs: &["template", "strategy"],
        nulls: &[],
    },
    Tags { type_name: "DownwardAPIVolumeFile", pointers: &["mode", "user"], structs: &[], nulls: &[] },
    Tags { type_name: "DownwardAPIVolumeSource", pointers: &["defaultMode", "defaultUser"], structs: &[], nulls: &[] },
    Tags { type_name: "EmptyDirVolumeSource", pointers: &["sizeLimit", "mode"], structs: &[], nulls: &[] },
    Tags { type_name: "EphemeralContainer", pointers: &["restartPolicy"], structs: &["resources"], nulls: &[] },
    Tags { type_name: "FCVolumeSource", pointers: &["lun"], structs: &[], nulls: &[] },
    Tags { type_name: "FileKeySelector", pointers: &["optional"], structs: &[], nulls: &[] },
    Tags { type_name: "GRPCAction", pointers: &["mode", "service"], structs: &[], nulls: &[] },
    Tags { type_name: "HTTPGetAction", pointers: &["protocol"], structs: &[], nulls: &[] },
    Tags { type_name: "HostPathVolumeSource", pointers: &["type"], structs: &[], nulls: &[] },
    Tags { type_name: "ISCSIVolumeSource", pointers: &["initiatorName"], structs: &[], nulls: &[] },
    Tags { type_name: "Job", pointers: &[], structs: &["metadata", "spec", "status"], nulls: &[] },
    Tags {
        type_name: "JobSpec",
        pointers: &[
            "parallelism",
            "completions",
            "activeDeadlineSeconds",
            "backoffLimit",
            "backoffLimitPerIndex",
            "maxFailedIndexes",
            "manualSelector",
            "ttlSecondsAfterFinished",
            "completionMode",
            "suspend",
            "podReplacementPolicy",
            "managedBy",
        ],
        structs: &["template"],
        nulls: &[],
    },
    Tags { type_name: "KeyToPath", pointers: &["mode", "user"], structs: &[], nulls: &[] },
    Tags { type_name: "Lifecycle", pointers: &["stopSignal"], structs: &[], nulls: &[] },
    Tags { type_name: "ManagedFieldsEntry", pointers: &["time"], structs: &[], nulls: &[] },
    Tags { type_name: "NodeSelector", pointers: &[], structs: &[], nulls: &["nodeSelectorTerms"] },
    Tags {
        type_name: "ObjectMeta",
        pointers: &["deletionTimestamp", "deletionGracePeriodSeconds"],
        structs: &[],
        nulls: &[],
    },
    Tags { type_name: "OwnerReference", pointers: &["controller", "blockOwnerDeletion"], structs: &[], nulls: &[] },
    Tags {
        type_name: "PersistentVolumeClaimSpec",
        pointers: &["storageClassName", "volumeMode", "volumeAttributesClassName"],
        structs: &["resources"],
        nulls: &[],
    },
    Tags { type_name: "PersistentVolumeClaimTemplate", pointers: &[], structs: &["metadata", "spec"], nulls: &[] },
    Tags { type_name: "Pod", pointers: &[], structs: &["metadata", "spec", "status"], nulls: &[] },
    Tags {
        type_name: "PodCertificateProjection",
        pointers: &["maxExpirationSeconds", "user"],
        structs: &[],
        nulls: &[],
    },
    Tags { type_name: "PodDNSConfigOption", pointers: &["value"], structs: &[], nulls: &[] },
    Tags { type_name: "PodFailurePolicy", pointers: &[], structs: &[], nulls: &["rules"] },
    Tags {
        type_name: "PodFailurePolicyOnExitCodesRequirement",
        pointers: &["containerName"],
        structs: &[],
        nulls: &["values"],
    },
    Tags {
        type_name: "PodResourceClaim",
        pointers: &["resourceClaimName", "resourceClaimTemplateName"],
        structs: &[],
        nulls: &[],
    },
    Tags {
        type_name: "PodSecurityContext",
        pointers: &[
            "runAsUser",
            "runAsGroup",
            "runAsNonRoot",
            "supplementalGroupsPolicy",
            "fsGroup",
            "fsGroupChangePolicy",
            "seLinuxChangePolicy",
        ],
        structs: &[],
        nulls: &[],
    },
    Tags {
        type_name: "PodSpec",
        pointers: &[
            "terminationGracePeriodSeconds",
            "activeDeadlineSeconds",
            "automountServiceAccountToken",
            "shareProcessNamespace",
            "priority",
            "runtimeClassName",
            "enableServiceLinks",
            "preemptionPolicy",
            "setHostnameAsFQDN",
            "hostUsers",
            "hostnameOverride",
        ],
        structs: &[],
        nulls: &["containers"],
    },
    Tags { type_name: "PodTemplateSpec", pointers: &[], structs: &["metadata", "spec"], nulls: &[] },
    Tags { type_name: "PreferredSchedulingTerm", pointers: &[], structs: &["preference"], nulls: &[] },
    Tags { type_name: "Probe", pointers: &["terminationGracePeriodSeconds"], structs: &[], nulls: &[] },
    Tags {
        type_name: "ProjectedVolumeSource",
        pointers: &["defaultMode", "defaultUser"],
        structs: &[],
        nulls: &["sources"],
    },
    Tags { type_name: "RBDVolumeSource", pointers: &[], structs: &[], nulls: &["monitors"] },
    Tags { type_name: "RollingUpdateDeployment", pointers: &["maxUnavailable", "maxSurge"], structs: &[], nulls: &[] },
    Tags { type_name: "ScaleIOVolumeSource", pointers: &[], structs: &[], nulls: &["secretRef"] },
    Tags { type_name: "SeccompProfile", pointers: &["localhostProfile"], structs: &[], nulls: &[] },
    Tags { type_name: "SecretEnvSource", pointers: &["optional"], structs: &[], nulls: &[] },
    Tags { type_name: "SecretKeySelector", pointers: &["optional"], structs: &[], nulls: &[] },
    Tags { type_name: "SecretProjection", pointers: &["optional"], structs: &[], nulls: &[] },
    Tags {
        type_name: "SecretVolumeSource",
        pointers: &["defaultMode", "optional", "defaultUser"],
        structs: &[],
        nulls: &[],
    },
    Tags {
        type_name: "SecurityContext",
        pointers: &[
            "privileged",
            "runAsUser",
            "runAsGroup",
            "runAsNonRoot",
            "readOnlyRootFilesystem",
            "allowPrivilegeEscalation",
            "procMount",
        ],
        structs: &[],
        nulls: &[],
    },
    Tags { type_name: "Service", pointers: &[], structs: &["metadata", "spec", "status"], nulls: &[] },
    Tags {
        type_name: "ServiceAccountTokenProjection",
        pointers: &["expirationSeconds", "user"],
        structs: &[],
        nulls: &[],
    },
    Tags { type_name: "ServicePort", pointers: &["appProtocol"], structs: &[], nulls: &[] },
    Tags {
        type_name: "ServiceSpec",
        pointers: &[
            "ipFamilyPolicy",
            "allocateLoadBalancerNodePorts",
            "loadBalancerClass",
            "internalTrafficPolicy",
            "trafficDistribution",
        ],
        structs: &[],
        nulls: &[],
    },
    Tags { type_name: "ServiceStatus", pointers: &[], structs: &["loadBalancer"], nulls: &[] },
    Tags { type_name: "SuccessPolicy", pointers: &[], structs: &[], nulls: &["rules"] },
    Tags {
        type_name: "SuccessPolicyRule",
        pointers: &["succeededIndexes", "succeededCount"],
        structs: &[],
        nulls: &[],
    },
    Tags { type_name: "Toleration", pointers: &["tolerationSeconds"], structs: &[], nulls: &[] },
    Tags {
        type_name: "TopologySpreadConstraint",
        pointers: &["minDomains", "nodeAffinityPolicy", "nodeTaintsPolicy"],
        structs: &[],
        nulls: &[],
    },
    Tags { type_name: "TypedLocalObjectReference", pointers: &["apiGroup"], structs: &[], nulls: &["apiGroup"] },
    Tags {
        type_name: "TypedObjectReference",
        pointers: &["apiGroup", "namespace"],
        structs: &[],
        nulls: &["apiGroup"],
    },
    Tags { type_name: "VolumeMount", pointers: &["recursiveReadOnly", "mountPropagation"], structs: &[], nulls: &[] },
    Tags { type_name: "WeightedPodAffinityTerm", pointers: &[], structs: &["podAffinityTerm"], nulls: &[] },
    Tags {
        type_name: "WindowsSecurityContextOptions",
        pointers: &["gmsaCredentialSpecName", "gmsaCredentialSpec", "runAsUserName", "hostProcess"],
        structs: &[],
        nulls: &[],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_sorted() {
        assert!(ALL.windows(2).all(|pair| pair[0].type_name < pair[1].type_name));
    }
}
