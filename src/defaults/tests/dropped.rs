//! What was written and is not stored.

use super::*;

/// `validation-versions` in short: what a version drops, place, and what is left from 1.33 to 1.37.
#[test]
fn what_is_behind_a_gate_goes() {
    let rules = json!([{ "action": "Restart", "exitCodes": { "operator": "In", "values": [1] } }]);
    let restart = container(json!({ "restartPolicy": "Never", "restartPolicyRules": rules }));
    let sources = json!([{ "clusterTrustBundle": { "name": "b", "path": "p" } }]);
    let image = json!({ "volumes": [{ "name": "i", "image": { "reference": "x" } }, { "name": "e" }],
        "containers": [container(json!({ "volumeMounts": [
            { "name": "i", "mountPath": "/i" }, { "name": "e", "mountPath": "/e", "readOnly": false }] }))] });
    let claims = container(json!({ "resources": { "claims": [{ "name": "r" }] } }));
    let env = json!([{ "name": "A", "valueFrom": { "fileKeyRef": { "volumeName": "v", "path": "p", "key": "k" } } }]);
    let (no, yes) = (Value::Null, json!("Never"));
    let claim = json!([{ "name": "r" }]);
    let never = [yes.clone(), no.clone(), yes.clone(), yes.clone(), yes];
    for (object, place, expected) in [
        (
            pod(json!({ "hostnameOverride": "h" })),
            "/spec/hostnameOverride",
            [&no, &no, &json!("h"), &json!("h"), &json!("h")],
        ),
        (pod(json!({ "containers": [restart.clone()] })), "/spec/containers/0/restartPolicy", never.each_ref()),
        (pod(json!({ "initContainers": [restart.clone()] })), "/spec/initContainers/0/restartPolicy", never.each_ref()),
        (
            pod(json!({ "volumes": [{ "name": "v", "projected": { "sources": sources } }] })),
            "/spec/volumes/0/projected/sources",
            [&json!([{}]), &json!([{}]), &json!([{}]), &json!([{}]), &sources],
        ),
        (
            pod(image.clone()),
            "/spec/volumes/1",
            [
                &no,
                &no,
                &json!({ "name": "e", "emptyDir": {} }),
                &json!({ "name": "e", "emptyDir": {} }),
                &json!({ "name": "e", "emptyDir": {} }),
            ],
        ),
        (
            pod(image),
            "/spec/containers/0/volumeMounts/1",
            [
                &no,
                &no,
                &json!({ "name": "e", "mountPath": "/e" }),
                &json!({ "name": "e", "mountPath": "/e" }),
                &json!({ "name": "e", "mountPath": "/e" }),
            ],
        ),
        (
            pod(json!({ "containers": [claims] })),
            "/spec/containers/0/resources/claims",
            [&no, &claim, &claim, &claim, &claim],
        ),
        (
            pod(json!({ "containers": [container(json!({ "env": env }))] })),
            "/spec/containers/0/env/0/valueFrom/fileKeyRef/key",
            [&no, &no, &json!("k"), &json!("k"), &json!("k")],
        ),
        (
            pod(json!({ "containers": [container(json!({ "lifecycle": { "stopSignal": "SIGTERM" } }))] })),
            "/spec/containers/0/lifecycle",
            [&no; 5],
        ),
        (
            pod(json!({ "containers": [container(json!({ "lifecycle": {} }))] })),
            "/spec/containers/0/lifecycle",
            [&json!({}); 5],
        ),
        (
            pod(json!({ "evictionResponders": [{ "name": "a/b", "priority": 1 }] })),
            "/spec/evictionResponders",
            [&no; 5],
        ),
        (pod(json!({ "schedulingGroup": { "podGroupName": "g" } })), "/spec/schedulingGroup", [&no; 5]),
        (
            job(json!({ "scheduling": { "schedulingPolicy": { "basic": {} } } }), json!({})),
            "/spec/scheduling",
            [&no; 5],
        ),
        (
            pod(
                json!({ "volumes": [{ "name": "v", "secret": { "secretName": "s", "defaultUser": 5, "items": [{ "key": "k", "path": "p", "user": 5 }] } }] }),
            ),
            "/spec/volumes/0/secret",
            [&json!({ "secretName": "s", "defaultMode": 420, "items": [{ "key": "k", "path": "p" }] }); 5],
        ),
    ] {
        for (version, expected) in Version::ALL.into_iter().zip(expected) {
            let answer = stored_in(version, &object);
            assert_eq!(answer.pointer(place).unwrap_or(&no), expected, "{place} in {version} of {object}");
        }
    }
}

#[test]
fn app_armor_goes_from_annotation_to_field() {
    let key = "container.apparmor.security.beta.kubernetes.io/c";
    let prepared = |version, annotation: Option<&str>, context: Value| {
        let mut object = pod(json!({ "containers": [container(json!({ "securityContext": context }))] }));
        if let Some(annotation) = annotation {
            object["metadata"]["annotations"] = json!({ key: annotation });
        }
        let mut object = Object::read("v1", "Pod", object).expect("a Pod").expect("well built");
        object.set_defaults(version);
        let warned = object.prepare_for_create(version);
        let answer = object.stored(Catalog::builtin(), version);
        let field = answer.pointer("/spec/containers/0/securityContext/appArmorProfile").cloned();
        let annotation = answer.pointer("/metadata/annotations").and_then(|a| a.get(key)).cloned();
        (field.unwrap_or_default(), annotation.unwrap_or_default(), warned.len())
    };
    let localhost = json!({ "type": "Localhost", "localhostProfile": "p" });
    let own = json!({ "appArmorProfile": { "type": "Unconfined" } });
    let (new, old) = (Version::V1_37, Version::V1_33);
    assert_eq!(prepared(new, Some("localhost/p"), json!({})), (localhost, json!("localhost/p"), 1));
    assert_eq!(prepared(new, Some("nonsense"), json!({})), (Value::Null, json!("nonsense"), 1));
    assert_eq!(prepared(new, None, own.clone()), (own["appArmorProfile"].clone(), Value::Null, 0));
    assert_eq!(prepared(old, None, own.clone()), (own["appArmorProfile"].clone(), json!("unconfined"), 0));
}

#[test]
fn metadata_of_the_system_goes() {
    let object = json!({ "apiVersion": "v1", "kind": "Service", "metadata": {
        "generateName": "b".repeat(60), "uid": "u", "resourceVersion": "5", "selfLink": "/x",
        "creationTimestamp": "2020-01-01T00:00:00Z", "deletionTimestamp": "2020-01-01T00:00:00Z",
        "deletionGracePeriodSeconds": 1, "managedFields": [{ "manager": "m" }], "labels": {}, "annotations": { "a": "b" },
        "finalizers": ["a/b"],
    } });
    let name = format!("{}{PLACEHOLDER_SUFFIX}", "b".repeat(58));
    let expected = json!({ "annotations": { "a": "b" }, "finalizers": ["a/b"], "generateName": "b".repeat(60),
        "name": name, "namespace": "default" });
    assert_eq!(stored(&object)["metadata"], expected);
    let mut object = Object::read("v1", "Service", object).expect("a Service").expect("well built");
    object.set_defaults(Version::LATEST);
    assert!(object.has_generated_name());
}

#[test]
fn old_annotations_go() {
    let annotations = json!({ "pod.beta.kubernetes.io/init-containers": "[]", "a": "b" });
    let mut object = pod(json!({}));
    object["metadata"]["annotations"] = annotations;
    assert_eq!(stored(&object)["metadata"]["annotations"], json!({ "a": "b" }));
    for (written, kept) in [("", Value::Null), ("+5", json!("5"))] {
        let deployment = json!({ "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": { "name": "d", "annotations": { "deprecated.deployment.rollback.to": written } } });
        let answer = stored(&deployment);
        let annotation = answer["metadata"].get("annotations").and_then(|a| a.get("deprecated.deployment.rollback.to"));
        assert_eq!(annotation.unwrap_or(&Value::Null), &kept);
    }
}
