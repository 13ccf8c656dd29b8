//! What is stored of each kind: what is filled in, and why.

mod dropped;
mod resources;

use serde_json::{Value, json};

use super::*;
use crate::k8s::Version;
use crate::schema::Catalog;

fn stored_in(version: Version, object: &Value) -> Value {
    let text = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or_default();
    effective(text("apiVersion"), text("kind"), object.clone(), Catalog::builtin(), version)
        .expect("one of the four kinds")
}

fn stored(object: &Value) -> Value {
    stored_in(Version::LATEST, object)
}

fn pod(spec: Value) -> Value {
    json!({ "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "a", "labels": { "app": "x" } }, "spec": spec })
}

fn container(fields: Value) -> Value {
    let mut container = json!({ "name": "c", "image": "nginx:1" });
    merge(&mut container, fields);
    container
}

fn merge(into: &mut Value, fields: Value) {
    if let (Value::Object(into), Value::Object(fields)) = (into, fields) {
        into.extend(fields);
    }
}

fn job(spec: Value, template: Value) -> Value {
    let mut job = json!({
        "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": "j" },
        "spec": { "template": { "spec": { "restartPolicy": "Never", "containers": [container(json!({}))] } } },
    });
    merge(&mut job["spec"]["template"], template);
    merge(&mut job["spec"], spec);
    job
}

fn service(spec: Value) -> Value {
    json!({ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "s" }, "spec": spec })
}

/// What a real 1.37 server answers to the smallest Pod, but for what only it can know.
#[test]
fn the_smallest_pod() {
    let spec = json!({ "containers": [{ "name": "c", "image": "nginx" }] });
    assert_eq!(
        stored(&pod(spec)),
        json!({
            "apiVersion": "v1", "kind": "Pod",
            "metadata": { "name": "a", "namespace": "default", "labels": { "app": "x" }, "generation": 1 },
            "spec": {
                "containers": [{
                    "name": "c", "image": "nginx", "imagePullPolicy": "Always", "resources": {},
                    "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
                }],
                "dnsPolicy": "ClusterFirst", "enableServiceLinks": true, "restartPolicy": "Always",
                "schedulerName": "default-scheduler", "securityContext": {}, "terminationGracePeriodSeconds": 30,
            },
            "status": { "phase": "Pending", "qosClass": "BestEffort" },
        })
    );
}

#[test]
fn the_smallest_deployment() {
    let deployment = json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "d" },
        "spec": {
            "selector": { "matchLabels": { "app": "x" } },
            "template": {
                "metadata": { "labels": { "app": "x" } },
                "spec": { "containers": [container(json!({}))] },
            },
        },
    });
    let spec = |version| stored_in(version, &deployment)["spec"].take();
    let new = spec(Version::V1_37);
    assert_eq!(new["replicas"], 1);
    assert_eq!(new["revisionHistoryLimit"], 10);
    assert_eq!(new["progressDeadlineSeconds"], 600);
    let rolling = json!({ "maxSurge": "25%", "maxUnavailable": "25%" });
    assert_eq!(new["strategy"], json!({ "type": "RollingUpdate", "rollingUpdate": rolling }));
    assert_eq!(new["template"]["metadata"], json!({ "labels": { "app": "x" } }));
    assert_eq!(new["template"]["spec"].get("enableServiceLinks"), None, "a Pod's alone");
    assert_eq!(stored(&deployment)["status"], json!({}));
    // Go wrote the zero time up to 1.33.
    let old = json!({ "labels": { "app": "x" }, "creationTimestamp": null });
    assert_eq!(spec(Version::V1_33)["template"]["metadata"], old);
    let mut recreate = deployment.clone();
    recreate["spec"]["strategy"] = json!({ "type": "Recreate" });
    assert_eq!(stored(&recreate)["spec"]["strategy"], json!({ "type": "Recreate" }));
}

/// From `defaults_test.go` of core, batch and apps: spec, place in the answer, and what stands there.
#[test]
fn what_is_left_out_is_filled_in() {
    let cases = [
        (pod(json!({ "serviceAccount": "x" })), "/spec/serviceAccountName", json!("x")),
        (pod(json!({ "serviceAccount": "x", "serviceAccountName": "y" })), "/spec/serviceAccount", json!("y")),
        (pod(json!({ "terminationGracePeriodSeconds": -5 })), "/spec/terminationGracePeriodSeconds", json!(1)),
        (pod(json!({ "terminationGracePeriodSeconds": 0 })), "/spec/terminationGracePeriodSeconds", json!(0)),
        (pod(json!({ "hostNetwork": false })), "/spec/hostNetwork", Value::Null),
        (pod(json!({ "hostUsers": false })), "/spec/hostUsers", json!(false)),
        (pod(json!({ "volumes": [{ "name": "v" }] })), "/spec/volumes/0/emptyDir", json!({})),
        (
            pod(json!({ "volumes": [{ "name": "v", "hostPath": { "path": "/x" } }] })),
            "/spec/volumes/0/hostPath",
            json!({ "path": "/x", "type": "" }),
        ),
        (
            pod(json!({ "volumes": [{ "name": "v", "projected": {} }] })),
            "/spec/volumes/0/projected",
            json!({ "sources": null, "defaultMode": 420 }),
        ),
        (
            pod(
                json!({ "volumes": [{ "name": "v", "projected": { "sources": [{ "serviceAccountToken": { "path": "t" } }] } }] }),
            ),
            "/spec/volumes/0/projected/sources/0/serviceAccountToken/expirationSeconds",
            json!(3600),
        ),
        (
            pod(
                json!({ "volumes": [{ "name": "v", "iscsi": { "targetPortal": "1.2.3.4", "iqn": "iqn", "lun": 0 } }] }),
            ),
            "/spec/volumes/0/iscsi",
            json!({ "targetPortal": "1.2.3.4", "iqn": "iqn", "lun": 0, "iscsiInterface": "default" }),
        ),
        (
            pod(json!({ "volumes": [{ "name": "v", "rbd": { "monitors": ["m"], "image": "i" } }] })),
            "/spec/volumes/0/rbd",
            json!({ "monitors": ["m"], "image": "i", "pool": "rbd", "user": "admin", "keyring": "/etc/ceph/keyring" }),
        ),
        (
            pod(json!({ "volumes": [{ "name": "v", "azureDisk": { "diskName": "d", "diskURI": "u" } }] })),
            "/spec/volumes/0/azureDisk",
            json!({ "diskName": "d", "diskURI": "u", "cachingMode": "ReadWrite", "fsType": "ext4", "readOnly": false, "kind": "Shared" }),
        ),
        (
            pod(json!({ "volumes": [{ "name": "v", "ephemeral": { "volumeClaimTemplate": { "spec": {
                "accessModes": ["ReadWriteOnce"], "resources": { "requests": { "storage": "1024Mi" } } } } } }] })),
            "/spec/volumes/0/ephemeral/volumeClaimTemplate",
            json!({ "metadata": {}, "spec": { "accessModes": ["ReadWriteOnce"], "volumeMode": "Filesystem",
                "resources": { "requests": { "storage": "1Gi" } } } }),
        ),
        (
            pod(
                json!({ "hostNetwork": true, "containers": [container(json!({ "ports": [{ "containerPort": 80 }] }))] }),
            ),
            "/spec/containers/0/ports",
            json!([{ "containerPort": 80, "hostPort": 80, "protocol": "TCP" }]),
        ),
        (
            pod(json!({ "containers": [container(json!({ "livenessProbe": { "httpGet": { "port": 80 } } }))] })),
            "/spec/containers/0/livenessProbe",
            json!({ "httpGet": { "port": 80, "path": "/", "scheme": "HTTP" }, "timeoutSeconds": 1, "periodSeconds": 10,
                "successThreshold": 1, "failureThreshold": 3 }),
        ),
        (
            pod(json!({ "containers": [container(json!({ "readinessProbe": { "grpc": { "port": 80 } } }))] })),
            "/spec/containers/0/readinessProbe/grpc",
            json!({ "port": 80, "service": "" }),
        ),
        (
            pod(
                json!({ "containers": [container(json!({ "lifecycle": { "preStop": { "httpGet": { "port": "http" } } } }))] }),
            ),
            "/spec/containers/0/lifecycle/preStop/httpGet",
            json!({ "port": "http", "path": "/", "scheme": "HTTP" }),
        ),
        (
            pod(json!({ "containers": [container(json!({ "env": [
                { "name": "A", "value": "" },
                { "name": "B", "valueFrom": { "fieldRef": { "fieldPath": "metadata.name" } } },
                { "name": "C", "valueFrom": { "resourceFieldRef": { "resource": "limits.cpu" } } },
                { "name": "D", "valueFrom": { "fileKeyRef": { "volumeName": "v", "path": "p", "key": "k" } } },
            ] }))] })),
            "/spec/containers/0/env",
            json!([
                { "name": "A" },
                { "name": "B", "valueFrom": { "fieldRef": { "apiVersion": "v1", "fieldPath": "metadata.name" } } },
                { "name": "C", "valueFrom": { "resourceFieldRef": { "resource": "limits.cpu", "divisor": "0" } } },
                { "name": "D", "valueFrom": { "fileKeyRef": { "volumeName": "v", "path": "p", "key": "k", "optional": false } } },
            ]),
        ),
        (
            pod(json!({ "containers": [container(json!({ "resources": {
                "limits": { "cpu": 0.0001, "memory": "1024Mi" }, "requests": { "cpu": "1000m" } } }))] })),
            "/spec/containers/0/resources",
            json!({ "limits": { "cpu": "1m", "memory": "1Gi" }, "requests": { "cpu": "1", "memory": "1Gi" } }),
        ),
        (job(json!({}), json!({})), "/spec/completions", json!(1)),
        (job(json!({ "completions": 3 }), json!({})), "/spec/parallelism", json!(1)),
        (job(json!({ "parallelism": 0 }), json!({})), "/spec/completions", Value::Null),
        (job(json!({}), json!({})), "/spec/backoffLimit", json!(6)),
        (job(json!({ "backoffLimitPerIndex": 1 }), json!({})), "/spec/backoffLimit", json!(i32::MAX)),
        (job(json!({}), json!({})), "/spec/podReplacementPolicy", json!("TerminatingOrFailed")),
        (
            job(
                json!({ "podFailurePolicy": { "rules": [{ "action": "Ignore", "onPodConditions": [{ "type": "X" }] }] } }),
                json!({}),
            ),
            "/spec/podFailurePolicy/rules/0/onPodConditions/0/status",
            json!("True"),
        ),
        (job(json!({ "podFailurePolicy": { "rules": [] } }), json!({})), "/spec/podReplacementPolicy", json!("Failed")),
        // The Job's labels and its template's are one map, unless the name is made up; without any, what comes
        // from the store is filled in once more.
        (
            job(json!({}), json!({ "metadata": { "labels": { "a": "b" } } })),
            "/metadata/labels",
            json!({ "a": "b", "job-name": "j", "batch.kubernetes.io/job-name": "j", "controller-uid": PLACEHOLDER_UID,
                "batch.kubernetes.io/controller-uid": PLACEHOLDER_UID }),
        ),
        (
            json!({ "apiVersion": "batch/v1", "kind": "Job", "metadata": { "generateName": "j-" },
                "spec": { "template": { "metadata": { "labels": { "a": "b" } } } } }),
            "/metadata/labels",
            json!({ "a": "b" }),
        ),
        (job(json!({ "manualSelector": true }), json!({})), "/metadata/labels", Value::Null),
        (
            job(json!({}), json!({})),
            "/metadata/labels",
            json!({ "job-name": "j", "batch.kubernetes.io/job-name": "j", "controller-uid": PLACEHOLDER_UID,
                "batch.kubernetes.io/controller-uid": PLACEHOLDER_UID }),
        ),
        (
            job(json!({}), json!({})),
            "/spec/template/metadata/labels",
            json!({ "job-name": "j", "batch.kubernetes.io/job-name": "j", "controller-uid": PLACEHOLDER_UID,
                "batch.kubernetes.io/controller-uid": PLACEHOLDER_UID }),
        ),
        (
            job(json!({}), json!({})),
            "/spec/selector",
            json!({ "matchLabels": { "batch.kubernetes.io/controller-uid": PLACEHOLDER_UID } }),
        ),
        (job(json!({ "manualSelector": true }), json!({})), "/spec/selector", Value::Null),
        (
            service(json!({ "ports": [{ "port": 80 }], "sessionAffinityConfig": { "clientIP": {} } })),
            "/spec",
            json!({ "ports": [{ "port": 80, "protocol": "TCP", "targetPort": 80 }], "sessionAffinity": "None",
                "type": "ClusterIP", "internalTrafficPolicy": "Cluster", "ipFamilies": ["IPv4"],
                "ipFamilyPolicy": "SingleStack" }),
        ),
        (
            service(json!({ "sessionAffinity": "ClientIP", "sessionAffinityConfig": { "clientIP": {} } })),
            "/spec/sessionAffinityConfig/clientIP/timeoutSeconds",
            json!(10800),
        ),
        (service(json!({ "ports": [{ "port": 80, "targetPort": "" }] })), "/spec/ports/0/targetPort", json!(80)),
        (service(json!({ "type": "NodePort" })), "/spec/externalTrafficPolicy", json!("Cluster")),
        (service(json!({ "externalIPs": ["1.2.3.4"] })), "/spec/externalTrafficPolicy", json!("Cluster")),
        (service(json!({ "externalIPs": [] })), "/spec/externalTrafficPolicy", Value::Null),
        (service(json!({ "type": "LoadBalancer" })), "/spec/allocateLoadBalancerNodePorts", json!(true)),
        (
            service(json!({ "type": "ExternalName", "internalTrafficPolicy": "Local" })),
            "/spec/internalTrafficPolicy",
            Value::Null,
        ),
        (service(json!({ "type": "ExternalName" })), "/spec/ipFamilyPolicy", Value::Null),
        (service(json!({ "clusterIP": "10.0.0.9" })), "/spec/clusterIPs", json!(["10.0.0.9"])),
        (service(json!({ "clusterIP": "None" })), "/spec/ipFamilies", json!(["IPv4", "IPv6"])),
        (
            service(json!({ "clusterIP": "None", "selector": { "a": "b" } })),
            "/spec/ipFamilyPolicy",
            json!("SingleStack"),
        ),
        (service(json!({})), "/status", json!({ "loadBalancer": {} })),
    ];
    for (object, place, expected) in cases {
        let answer = stored(&object);
        assert_eq!(answer.pointer(place).cloned().unwrap_or_default(), expected, "{place} of {object}");
    }
}

#[test]
fn keys_become_part_of_selectors() {
    let term = json!({ "topologyKey": "z", "labelSelector": {}, "matchLabelKeys": ["app", "other"], "mismatchLabelKeys": ["app"] });
    let spread = json!({ "maxSkew": 1, "topologyKey": "z", "whenUnsatisfiable": "DoNotSchedule", "labelSelector": {}, "matchLabelKeys": ["app"] });
    let spec = json!({
        "affinity": { "podAffinity": { "requiredDuringSchedulingIgnoredDuringExecution": [term] } },
        "topologySpreadConstraints": [spread],
    });
    let is = |operator: &str| json!({ "key": "app", "operator": operator, "values": ["x"] });
    let place = "/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/0/labelSelector";
    for version in Version::ALL {
        let answer = stored_in(version, &pod(spec.clone()));
        let expected = json!({ "matchExpressions": [is("In"), is("NotIn")] });
        assert_eq!(answer.pointer(place), Some(&expected), "{version}");
        let merged = if version >= Version::V1_34 { json!({ "matchExpressions": [is("In")] }) } else { json!({}) };
        assert_eq!(answer["spec"]["topologySpreadConstraints"][0]["labelSelector"], merged, "{version}");
    }
}

#[test]
fn a_gated_pod_says_so() {
    let answer = stored(&pod(json!({ "schedulingGates": [{ "name": "a" }] })));
    assert_eq!(answer["status"]["conditions"][0]["reason"], "SchedulingGated");
}

/// What was filled in, in words.
#[test]
fn says_what_was_filled_in_and_why() {
    let object = pod(json!({ "hostNetwork": true, "containers": [
        container(json!({ "ports": [{ "containerPort": 80 }], "resources": { "limits": { "cpu": "1" } } })),
        { "name": "d", "image": "nginx" },
    ] }));
    let filled = filled_in(&object, &stored(&object));
    let said: Vec<(String, String)> =
        filled.iter().map(|f| (f.path.to_string(), f.why.text(crate::i18n::Locale::En))).collect();
    for (path, text) in [
        ("metadata.namespace", "No namespace was given, so the object goes to default."),
        ("spec.containers[0].imagePullPolicy", "IfNotPresent, because the tag is 1 and not latest."),
        (
            "spec.containers[0].ports[0].hostPort",
            "80, because hostNetwork is on: each container port is the same port of the node.",
        ),
        (
            "spec.containers[0].resources.requests[cpu]",
            "1, because there is a limit and no request: the request is the limit.",
        ),
        ("spec.containers[1].imagePullPolicy", "Always, because the image has no tag, which means latest."),
        ("spec.restartPolicy", "restartPolicy was left out. Kubernetes then takes Always."),
        ("spec.securityContext", "securityContext is always there, even with nothing in it."),
    ] {
        assert!(said.contains(&(path.to_owned(), text.to_owned())), "{path} {text} in {said:#?}");
    }
    assert!(!said.iter().any(|(path, _)| path.starts_with("status") || path == "spec.hostNetwork"));
}
