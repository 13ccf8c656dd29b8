/// Kinds in the order in which they can be made: what others need comes first (Helm's install order).
const ORDER: [&str; 35] = [
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleBinding",
    "Role",
    "RoleBinding",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "GatewayClass",
    "Gateway",
    "HTTPRoute",
    "APIService",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// The place of a kind in the order of making; kinds that nobody here knows come before the webhooks
/// that might refuse them, behind everything they may refer to.
pub(super) fn rank(kind: &str) -> usize {
    let others = ORDER.len() - 3;
    match ORDER.iter().position(|k| *k == kind) {
        Some(at) if at >= others => at + 1,
        Some(at) => at,
        None => others,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_need_comes_first() {
        let order = [
            "Namespace",
            "ServiceAccount",
            "ConfigMap",
            "PersistentVolumeClaim",
            "CustomResourceDefinition",
            "RoleBinding",
            "Service",
            "Deployment",
            "Ingress",
            "Gadget",
            "APIService",
            "ValidatingWebhookConfiguration",
        ];
        assert!(order.is_sorted_by(|a, b| rank(a) < rank(b)));
        assert_eq!(rank("Gadget"), rank("Gizmo"));
    }
}
