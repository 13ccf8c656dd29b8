//! The catalog against what is known of Kubernetes: its API reference, and probes of real servers of
//! the five releases.

use super::*;
use crate::k8s::{FieldPath, Version, Versions};

fn catalog() -> &'static Catalog {
    Catalog::builtin()
}

fn ty(full_name: &str) -> TypeId {
    catalog().type_named(full_name).unwrap_or_else(|| panic!("{full_name}"))
}

fn core(name: &str) -> TypeId {
    ty(&format!("io.k8s.api.core.v1.{name}"))
}

fn field(owner: TypeId, name: &str) -> &'static Field {
    catalog().field(owner, name).unwrap_or_else(|| panic!("{}.{name}", catalog().ty(owner).name))
}

fn since(minor: u32) -> Versions {
    between(minor, 37)
}

fn between(first: u32, last: u32) -> Versions {
    let of = |v: &Version| (first..=last).contains(&v.minor());
    Version::ALL.into_iter().filter(of).fold(Versions::default(), Versions::with)
}

fn list(of: Shape) -> Shape {
    Shape::List(Box::new(of))
}

fn map(of: Shape) -> Shape {
    Shape::Map(Box::new(of))
}

#[test]
fn kinds_are_found_by_what_a_manifest_says() {
    for (api_version, kind, plural, namespaced, full_name) in [
        ("v1", "Pod", "pods", true, "io.k8s.api.core.v1.Pod"),
        ("v1", "Namespace", "namespaces", false, "io.k8s.api.core.v1.Namespace"),
        ("v1", "Endpoints", "endpoints", true, "io.k8s.api.core.v1.Endpoints"),
        ("v1", "Event", "events", true, "io.k8s.api.core.v1.Event"),
        ("events.k8s.io/v1", "Event", "events", true, "io.k8s.api.events.v1.Event"),
        ("apps/v1", "Deployment", "deployments", true, "io.k8s.api.apps.v1.Deployment"),
        ("batch/v1", "CronJob", "cronjobs", true, "io.k8s.api.batch.v1.CronJob"),
        ("networking.k8s.io/v1", "Ingress", "ingresses", true, "io.k8s.api.networking.v1.Ingress"),
        ("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", true, "io.k8s.api.networking.v1.NetworkPolicy"),
        ("rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles", false, "io.k8s.api.rbac.v1.ClusterRole"),
        ("storage.k8s.io/v1", "StorageClass", "storageclasses", false, "io.k8s.api.storage.v1.StorageClass"),
        (
            "autoscaling/v2",
            "HorizontalPodAutoscaler",
            "horizontalpodautoscalers",
            true,
            "io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler",
        ),
        (
            "apiextensions.k8s.io/v1",
            "CustomResourceDefinition",
            "customresourcedefinitions",
            false,
            "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition",
        ),
    ] {
        let info = catalog().kind(api_version, kind).unwrap_or_else(|| panic!("{api_version} {kind}"));
        assert_eq!((info.plural.as_str(), info.namespaced), (plural, namespaced), "{kind}");
        assert_eq!(info.gvk.api_version(), api_version);
        assert_eq!(catalog().ty(info.ty).full_name, full_name);
        assert_eq!((info.versions, info.served), (Versions::ALL, Versions::ALL), "{kind}");
    }
}

#[test]
fn what_is_no_manifest_is_no_kind() {
    for (api_version, kind) in [
        ("v1", "Deployment"),
        ("apps/v1beta1", "Deployment"),
        ("apps/v1", "deployment"),
        ("v1", "List"),
        ("v1", "PodList"),
        ("v1", "Status"),
        ("v1", "DeleteOptions"),
        ("v1", "WatchEvent"),
        ("autoscaling/v1", "Scale"),
        ("policy/v1", "Eviction"),
        ("", "Pod"),
        ("/", ""),
        ("a/b/c", "Pod"),
    ] {
        assert!(catalog().kind(api_version, kind).is_none(), "{api_version} {kind}");
    }
}

#[test]
fn a_kind_is_found_by_its_name_alone() {
    let groups = |kind| catalog().kinds_named(kind).iter().map(|k| k.gvk.api_version()).collect::<Vec<_>>();
    assert_eq!(groups("Deployment"), ["apps/v1"]);
    assert_eq!(groups("Event"), ["v1", "events.k8s.io/v1"]);
    assert_eq!(groups("HorizontalPodAutoscaler"), ["autoscaling/v1", "autoscaling/v2"]);
    assert!(groups("Deploymnet").is_empty());
}

#[test]
fn group_versions_off_by_default_are_marked() {
    let kind = |api_version, kind| catalog().kind(api_version, kind).unwrap_or_else(|| panic!("{kind}"));
    // GA in 1.34; before, the beta had to be asked for.
    let stable = kind("resource.k8s.io/v1", "ResourceClaim");
    assert_eq!((stable.versions, stable.served), (since(34), since(34)));
    let beta = kind("resource.k8s.io/v1beta1", "ResourceClaim");
    assert_eq!((beta.versions.has(Version::V1_33), beta.served), (true, Versions::default()));
    assert!(beta.off_by_default(Version::V1_33) && !stable.off_by_default(Version::V1_37));
    // GA in 1.36.
    let policy = kind("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicy");
    assert_eq!((policy.versions, policy.served), (since(36), since(36)));
    for info in catalog().kinds() {
        assert_eq!(info.served.0 & !info.versions.0, 0, "{}: served, but not there", info.gvk);
    }
}

#[test]
fn lists_know_how_they_are_merged() {
    for (owner, name, of, list_type, keys, merge_key) in [
        ("PodSpec", "containers", "Container", ListType::Map, &["name"][..], Some("name")),
        ("PodSpec", "initContainers", "Container", ListType::Map, &["name"], Some("name")),
        ("PodSpec", "volumes", "Volume", ListType::Map, &["name"], Some("name")),
        ("PodSpec", "tolerations", "Toleration", ListType::Atomic, &[], None),
        ("PodSpec", "hostAliases", "HostAlias", ListType::Map, &["ip"], Some("ip")),
        (
            "PodSpec",
            "topologySpreadConstraints",
            "TopologySpreadConstraint",
            ListType::Map,
            &["topologyKey", "whenUnsatisfiable"],
            Some("topologyKey"),
        ),
        ("Container", "ports", "ContainerPort", ListType::Map, &["containerPort", "protocol"], Some("containerPort")),
        ("Container", "env", "EnvVar", ListType::Map, &["name"], Some("name")),
        ("Container", "envFrom", "EnvFromSource", ListType::Atomic, &[], None),
        ("Container", "volumeMounts", "VolumeMount", ListType::Map, &["mountPath"], Some("mountPath")),
        ("Container", "volumeDevices", "VolumeDevice", ListType::Map, &["devicePath"], Some("devicePath")),
        ("ServiceSpec", "ports", "ServicePort", ListType::Map, &["port", "protocol"], Some("port")),
    ] {
        let field = field(core(owner), name);
        assert_eq!(field.shape, list(Shape::Object(core(of))), "{owner}.{name}");
        assert_eq!((field.list_type, field.merge_key.as_deref()), (list_type, merge_key), "{owner}.{name}");
        assert_eq!(field.list_keys, keys, "{owner}.{name}");
    }
    let finalizers = field(ty("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"), "finalizers");
    assert_eq!((&finalizers.shape, finalizers.list_type), (&list(Shape::String), ListType::Set));
}

#[test]
fn shapes_are_what_the_go_types_say() {
    for (path, shape) in [
        ("metadata.name", Shape::String),
        ("metadata.labels", map(Shape::String)),
        ("metadata.labels[app]", Shape::String),
        ("metadata.labels[8080]", Shape::String),
        ("metadata.creationTimestamp", Shape::Time),
        ("metadata.managedFields[0].fieldsV1", Shape::Any),
        ("spec.replicas", Shape::Int32),
        ("spec.paused", Shape::Boolean),
        ("spec.strategy.rollingUpdate.maxSurge", Shape::IntOrString),
        ("spec.template.spec.containers[0].command", list(Shape::String)),
        ("spec.template.spec.containers[0].command[3]", Shape::String),
        ("spec.template.spec.containers[0].resources.limits", map(Shape::Quantity)),
        ("spec.template.spec.containers[0].resources.limits[cpu]", Shape::Quantity),
        ("spec.template.spec.containers[0].securityContext.runAsUser", Shape::Int64),
        ("spec.template.spec.containers[0].livenessProbe.httpGet.port", Shape::IntOrString),
        ("spec.template.spec.volumes[0].emptyDir.sizeLimit", Shape::Quantity),
        ("spec.template.spec.securityContext.supplementalGroups", list(Shape::Int64)),
    ] {
        assert_eq!(shape_of("apps/v1", "Deployment", path), Some(shape), "{path}");
    }
    for (api_version, kind, path, shape) in [
        ("v1", "Secret", "data[tls.crt]", Shape::Bytes),
        ("v1", "ConfigMap", "binaryData", map(Shape::Bytes)),
        ("v1", "Event", "eventTime", Shape::MicroTime),
        ("apps/v1", "ControllerRevision", "data", Shape::Any),
        ("authorization.k8s.io/v1", "SubjectAccessReview", "spec.extra", map(list(Shape::String))),
        (
            "apiextensions.k8s.io/v1",
            "CustomResourceDefinition",
            "spec.versions[0].schema.openAPIV3Schema.maximum",
            Shape::Number,
        ),
        (
            "apiextensions.k8s.io/v1",
            "CustomResourceDefinition",
            "spec.versions[0].schema.openAPIV3Schema.default",
            Shape::Any,
        ),
    ] {
        assert_eq!(shape_of(api_version, kind, path), Some(shape), "{kind} {path}");
    }
}

fn shape_of(api_version: &str, kind: &str, path: &str) -> Option<Shape> {
    let info = catalog().kind(api_version, kind)?;
    catalog().shape_at(info.ty, &FieldPath::parse(path).0, Version::LATEST)
}

#[test]
fn a_path_ends_where_the_version_knows_nothing() {
    let pod = core("Pod");
    let at = |path: &str, version| catalog().walk(pod, &FieldPath::parse(path).0, version);
    assert!(at("", Version::V1_37).is_none());
    for path in ["spec.containers.name", "spec.containers[0].nmae", "spec[0]", "spec.nodeName.x", "spec.nodeName[0]"] {
        assert!(at(path, Version::V1_37).is_none(), "{path}");
    }
    assert!(at("spec.containers[0].restartPolicyRules", Version::V1_33).is_none());
    let place = at("spec.containers[0].restartPolicyRules", Version::V1_34).expect("is there since 1.34");
    assert_eq!((place.field.name.as_str(), place.owner), ("restartPolicyRules", core("Container")));
    assert_eq!(catalog().shape_at(pod, &[], Version::V1_33), Some(Shape::Object(pod)));
}

/// What the servers of the five releases said to strict decoding, field by field.
#[test]
fn fields_are_known_by_the_versions_that_know_them() {
    let v1_37 = since(37);
    for (owner, name, versions) in [
        ("Container", "restartPolicyRules", since(34)),
        ("EphemeralContainer", "restartPolicyRules", since(34)),
        ("EnvVarSource", "fileKeyRef", since(34)),
        ("PodSpec", "hostnameOverride", since(34)),
        ("VolumeProjection", "podCertificate", since(34)),
        ("PodCertificateProjection", "signerName", since(34)),
        ("PodCertificateProjection", "certificateChainPath", since(34)),
        ("PodCertificateProjection", "userAnnotations", since(35)),
        ("PodStatus", "extendedResourceClaimStatus", since(34)),
        ("PodStatus", "resources", since(35)),
        ("PodStatus", "allocatedResources", since(35)),
        ("PodSpec", "workloadRef", between(35, 35)),
        ("PodSpec", "schedulingGroup", since(36)),
        ("PodStatus", "nodeAllocatableResourceClaimStatuses", since(36)),
        ("VolumeMountStatus", "volumeStatus", since(36)),
        ("PodSpec", "evictionResponders", v1_37),
        ("EmptyDirVolumeSource", "mode", v1_37),
        ("VolumeMount", "bindMountOptions", v1_37),
        ("HTTPGetAction", "protocol", v1_37),
        ("GRPCAction", "mode", v1_37),
        ("SecretVolumeSource", "defaultUser", v1_37),
        ("ProjectedVolumeSource", "defaultUser", v1_37),
        ("KeyToPath", "user", v1_37),
        ("ServiceAccountTokenProjection", "user", v1_37),
        ("PodStatus", "volumeHealth", v1_37),
        ("Lifecycle", "stopSignal", Versions::ALL),
        ("PodSpec", "resources", Versions::ALL),
        ("Volume", "image", Versions::ALL),
        ("VolumeProjection", "clusterTrustBundle", Versions::ALL),
        ("ServiceSpec", "trafficDistribution", Versions::ALL),
    ] {
        assert_eq!(field(core(owner), name).versions, versions, "{owner}.{name}");
    }
    let job = ty("io.k8s.api.batch.v1.JobSpec");
    assert_eq!(field(job, "scheduling").versions, v1_37);
    assert_eq!(field(job, "managedBy").versions, Versions::ALL);
    assert_eq!(field(job, "successPolicy").versions, Versions::ALL);
    for name in ["io.k8s.api.apps.v1.DeploymentSpec", "io.k8s.api.core.v1.ServiceSpec"] {
        let changed = catalog().ty(ty(name)).fields.iter().find(|f| f.versions != Versions::ALL);
        assert!(changed.is_none(), "{name} gained and lost no field");
    }
}

#[test]
fn defaults_and_enums() {
    let protocol = field(core("ContainerPort"), "protocol");
    assert_eq!(protocol.default, Some("TCP".into()));
    assert_eq!(protocol.values(Version::V1_33).collect::<Vec<_>>(), ["SCTP", "TCP", "UDP"]);
    assert_eq!(field(core("ServicePort"), "protocol").default, Some("TCP".into()));
    assert_eq!(field(core("RBDVolumeSource"), "keyring").default, Some("/etc/ceph/keyring".into()));
    assert_eq!(field(core("ReplicationControllerSpec"), "replicas").default, Some(1.into()));
    // Go's zero value of a field that must be there is no default.
    for (owner, name) in [("Container", "name"), ("ContainerPort", "containerPort"), ("Pod", "spec")] {
        assert_eq!(field(core(owner), name).default, None, "{owner}.{name}");
    }
    let values = |owner, name, version| field(owner, name).values(version).collect::<Vec<_>>();
    let policy = field(core("Container"), "restartPolicy");
    assert!(policy.values(Version::V1_37).all(|v| ["Always", "Never", "OnFailure"].contains(&v)));
    assert_eq!(
        values(core("PodSpec"), "dnsPolicy", Version::V1_37),
        ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"]
    );
    assert_eq!(
        values(core("ServiceSpec"), "type", Version::V1_34),
        ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]
    );
    assert_eq!(
        values(core("PersistentVolumeClaimSpec"), "accessModes", Version::V1_37),
        ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"]
    );
    // Lt and Gt came in 1.35.
    assert_eq!(values(core("Toleration"), "operator", Version::V1_34), ["Equal", "Exists"]);
    assert_eq!(values(core("Toleration"), "operator", Version::V1_35), ["Equal", "Exists", "Gt", "Lt"]);
    // Any text goes where no values are listed.
    assert!(field(core("PodSpec"), "schedulerName").enumeration.is_empty());
}

#[test]
fn required_is_what_the_schema_says() {
    let names = |owner, version| catalog().required_fields(owner, version).map(|f| f.name.as_str()).collect::<Vec<_>>();
    assert_eq!(names(core("PodSpec"), Version::V1_37), ["containers"]);
    assert_eq!(names(core("Container"), Version::V1_33), ["name"]);
    assert_eq!(names(core("ContainerPort"), Version::V1_37), ["containerPort"]);
    assert_eq!(names(core("VolumeMount"), Version::V1_37), ["mountPath", "name"]);
    assert_eq!(names(core("ServicePort"), Version::V1_37), ["port"]);
    let deployment = ty("io.k8s.api.apps.v1.Deployment");
    assert_eq!(names(deployment, Version::V1_36), [""; 0]);
    assert_eq!(names(deployment, Version::V1_37), ["spec"]);
    assert_eq!(names(ty("io.k8s.api.apps.v1.DeploymentSpec"), Version::V1_37), ["selector", "template"]);
}

#[test]
fn everything_is_in_order() {
    let catalog = catalog();
    assert!(catalog.kinds().is_sorted_by(|a, b| a.gvk < b.gvk));
    let names: Vec<&str> = catalog.types().map(|(_, ty)| ty.full_name.as_str()).collect();
    assert!(names.is_sorted_by(|a, b| a < b));
    for (id, ty) in catalog.types() {
        assert_eq!(catalog.type_named(&ty.full_name), Some(id));
        assert!(ty.full_name.ends_with(&format!(".{}", ty.name)));
        assert!(ty.fields.is_sorted_by(|a, b| a.name < b.name), "{}", ty.full_name);
        for field in &ty.fields {
            let place = format!("{}.{}", ty.full_name, field.name);
            assert_ne!(field.versions, Versions::default(), "{place} is in no version");
            assert_eq!(field.required.0 & !field.versions.0, 0, "{place}: required, but not there");
            assert!(field.enumeration.iter().all(|v| v.versions.0 & !field.versions.0 == 0), "{place}");
            assert_eq!(field.list_type == ListType::Map, !field.list_keys.is_empty(), "{place}");
        }
    }
    let in_version = |version: Version| catalog.kinds().iter().filter(|k| k.served.has(version)).count();
    assert_eq!(Version::ALL.map(in_version), [60, 65, 65, 67, 71]);
    assert!(names.len() > 700, "{} types", names.len());
    assert_eq!(catalog.ty(TypeId(u16::MAX)).fields.len(), 0);
}
