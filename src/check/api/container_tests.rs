//! Cases from upstream's `validation_test.go`: a pod's spec, and the faults of its containers.

#[path = "resources_tests.rs"]
mod of_resources;

use serde_json::{Value, json};

use super::super::volume::Volumes;
use super::super::{ErrorList, Options, Path, env, port, resources};
use super::*;
use crate::k8s::Version;

fn errors(mut spec: Value, version: Version) -> ErrorList {
    // What defaulting would have filled in.
    for list in ["containers", "initContainers", "ephemeralContainers"] {
        for container in spec.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            for (key, value) in [
                ("name", json!("c")),
                ("image", json!("i")),
                ("imagePullPolicy", json!("Always")),
                ("terminationMessagePolicy", json!("File")),
            ] {
                container.as_object_mut().unwrap().entry(key).or_insert(value);
            }
        }
    }
    let spec: PodSpec = serde_json::from_value(spec).unwrap();
    let volumes: Volumes<'_> = spec.volumes.iter().flatten().map(|volume| (volume.name.as_str(), volume)).collect();
    let mut errs = ErrorList::new(version);
    let opts = Options { version, pod: None };
    let path = Path::new("spec");
    validate_containers(&spec, &volumes, &path.child("containers"), opts, &mut errs);
    validate_init_containers(&spec, &volumes, &path.child("initContainers"), opts, &mut errs);
    validate_ephemeral_containers(&spec, &volumes, &path.child("ephemeralContainers"), opts, &mut errs);
    resources::validate_pod_resources(&spec, &path, opts, &mut errs);
    port::validate_pod_host_network_deps(&spec, &path, opts, &mut errs);
    resources::validate_overhead(&spec, &path.child("overhead"), opts, &mut errs);
    env::validate_file_key_ref_volumes(&spec, &volumes, &path, &mut errs);
    errs
}

fn said(spec: Value, version: Version) -> Vec<String> {
    let mut said: Vec<_> = errors(spec, version)
        .into_errors()
        .into_iter()
        .map(|error| {
            let field = error.field.to_string();
            let field = field.strip_prefix("spec.containers[0].").unwrap_or(&field).to_owned();
            format!("{field}: {}", error.body)
        })
        .collect();
    said.sort();
    said
}

fn check(what: &str, spec: Value, version: Version, expected: &[&str]) {
    let said = said(spec, version);
    let mut expected: Vec<_> = expected.to_vec();
    expected.sort();
    assert_eq!(said.len(), expected.len(), "{what} {version:?}: {said:#?}");
    for (said, expected) in said.iter().zip(expected) {
        assert!(said.starts_with(expected), "{what} {version:?}: {said} instead of {expected}");
    }
}

/// One container with these fields, in the latest version.
fn one(container: Value, expected: &[&str]) {
    check(&container.to_string(), json!({"containers": [container]}), Version::LATEST, expected);
}

#[test]
fn names_images_policies() {
    check("none", json!({"containers": []}), Version::LATEST, &["spec.containers: Required value"]);
    one(json!({}), &[]);
    one(json!({"name": "A", "image": ""}), &["name: Invalid value: \"A\"", "image: Required value"]);
    one(json!({"name": ""}), &["name: Required value"]);
    one(
        json!({"imagePullPolicy": "Sometimes", "terminationMessagePolicy": "Never"}),
        &[
            "imagePullPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"IfNotPresent\", \"Never\"",
            "terminationMessagePolicy: Unsupported value: \"Never\": supported values: \"File\", \"FallbackToLogsOnError\"",
        ],
    );
    check(
        "names",
        json!({"containers": [{"name": "a"}, {"name": "a"}], "initContainers": [{"name": "a"}],
            "ephemeralContainers": [{"name": "a", "image": " i", "targetContainerName": "x", "ports": [],
                "resources": {}, "lifecycle": {}, "volumeMounts": [{"name": "v", "mountPath": "/v", "subPath": "s"}]}],
            "volumes": [{"name": "v", "emptyDir": {}}]}),
        Version::LATEST,
        &[
            "spec.containers[1].name: Duplicate value: \"a\"",
            "spec.initContainers[0].name: Duplicate value: \"a\"",
            "spec.ephemeralContainers[0].image: Invalid value: \" i\": must not have leading or trailing whitespace",
            "spec.ephemeralContainers[0].name: Duplicate value: \"a\"",
            "spec.ephemeralContainers[0].targetContainerName: Not found: \"x\"",
            "spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral Container",
            "spec.ephemeralContainers[0].lifecycle: Forbidden",
            "spec.ephemeralContainers[0].volumeMounts[0].subPath: Forbidden",
        ],
    );
}

#[test]
fn ports() {
    one(
        json!({"ports": [{"containerPort": 0, "protocol": "tcp", "name": "p"}, {"containerPort": 65536, "hostPort": 70000,
            "protocol": "TCP", "name": "p"}, {"containerPort": 1, "protocol": "", "name": "a--b-"}]}),
        &[
            "ports[0].containerPort: Required value",
            "ports[0].protocol: Unsupported value: \"tcp\": supported values: \"SCTP\", \"TCP\", \"UDP\"",
            "ports[1].name: Duplicate value: \"p\"",
            "ports[1].containerPort: Invalid value: 65536: must be between 1 and 65535, inclusive",
            "ports[1].hostPort: Invalid value: 70000",
            "ports[2].name: Invalid value: \"a--b-\": must not begin",
            "ports[2].name: Invalid value: \"a--b-\": must not contain",
            "ports[2].protocol: Required value",
        ],
    );
    let port = json!({"containerPort": 80, "hostPort": 80, "protocol": "TCP"});
    check(
        "host ports; each init container by itself, named the first",
        json!({"containers": [{"name": "a", "ports": [port]}, {"name": "b", "ports": [port]}],
            "initContainers": [{"name": "i", "ports": [port]}, {"name": "j", "ports": [port, port]}]}),
        Version::LATEST,
        &[
            "spec.containers[1].ports[0].hostPort: Duplicate value: \"TCP//80\"",
            "spec.initContainers[0].ports[1].hostPort: Duplicate value: \"TCP//80\"",
        ],
    );
    check(
        "host network",
        json!({"hostNetwork": true, "containers": [{"ports": [{"containerPort": 80, "protocol": "TCP"},
            {"containerPort": 81, "hostPort": 82, "protocol": "TCP"}]}]}),
        Version::LATEST,
        &["ports[1].hostPort: Invalid value: 82: must match `containerPort` when `hostNetwork` is true"],
    );
}

#[test]
fn variables() {
    let from = |source: Value| json!({"env": [{"name": "A", "valueFrom": source}]});
    one(json!({"env": [{"name": ""}, {"name": "a=b"}]}), &["env[0].name: Required", "env[1].name: Invalid"]);
    one(
        from(json!({})),
        &["env[0].valueFrom: Invalid value: \"\": must specify one of: `fieldRef`, `resourceFieldRef`, \
        `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`"],
    );
    let field = |path: &str| json!({"fieldRef": {"apiVersion": "v1", "fieldPath": path}});
    one(from(field("metadata.labels['a']")), &[]);
    one(from(field("spec.host")), &[]);
    for (path, expected) in [
        ("", "env[0].valueFrom.fieldRef.fieldPath: Required"),
        ("metadata.labels", "env[0].valueFrom.fieldRef.fieldPath: Unsupported value: \"metadata.labels\""),
        ("status.phase", "env[0].valueFrom.fieldRef.fieldPath: Unsupported"),
        (
            "metadata.foo",
            "env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"metadata.foo\": error converting fieldPath: \
            field label not supported: metadata.foo",
        ),
        (
            "spec.x['a']",
            "env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"spec.x['a']\": error converting fieldPath: \
            field label does not support subscript: spec.x['a']",
        ),
        ("metadata.labels['-']", "env[0].valueFrom.fieldRef: Invalid value: \"-\""),
    ] {
        one(from(field(path)), &[expected]);
    }
    one(
        from(
            json!({"fieldRef": {"apiVersion": "v2", "fieldPath": "metadata.name"}, "secretKeyRef": {"name": "", "key": ""}}),
        ),
        &[
            "env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"metadata.name\": error converting fieldPath: unsupported \
             pod version: v2",
            "env[0].valueFrom.secretKeyRef.key: Required",
            "env[0].valueFrom.secretKeyRef.name: Invalid",
            "env[0].valueFrom: Invalid value: \"\": may not have more than one field specified at a time",
        ],
    );
    one(
        json!({"env": [{"name": "A", "value": "x", "valueFrom": {"configMapKeyRef": {"name": "c", "key": "k"}}}]}),
        &["env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty"],
    );
    let resource = |name: &str, by: &str| from(json!({"resourceFieldRef": {"resource": name, "divisor": by}}));
    for (name, by, expected) in [
        ("limits.cpu", "1000m", &[][..]),
        (
            "limits.cpu",
            "10m",
            &["env[0].valueFrom.resourceFieldRef.divisor: Invalid value: \"limits.cpu\": only divisor's values \
            1m and 1 are"],
        ),
        ("requests.memory", "1Mi", &[]),
        ("requests.memory", "2Mi", &["env[0].valueFrom.resourceFieldRef.divisor: Invalid"]),
        ("requests.hugepages-2Mi", "1m", &["env[0].valueFrom.resourceFieldRef.divisor: Invalid"]),
        ("limits.foo", "7", &["env[0].valueFrom.resourceFieldRef.resource: Unsupported value: \"limits.foo\""]),
        ("", "0", &["env[0].valueFrom.resourceFieldRef.resource: Required"]),
    ] {
        one(resource(name, by), expected);
    }
    one(
        json!({"envFrom": [{}, {"prefix": "=", "configMapRef": {"name": "a-"}, "secretRef": {"name": ""}}]}),
        &[
            "envFrom: Invalid value: \"\": may not have",
            "envFrom: Invalid value: \"\": must specify one of: `configMapRef` or `secretRef`",
            "envFrom[1].prefix: Invalid",
            "envFrom[1].secretRef.name: Required",
        ],
    );
    let file = json!({"fileKeyRef": {"key": "K", "path": "../x", "volumeName": "v"}});
    check(
        "files",
        json!({"volumes": [{"name": "v", "hostPath": {"path": "/"}}], "containers": [from(file)]}),
        Version::LATEST,
        &[
            "env[0].valueFrom.fileKeyRef.path: Invalid value: \"../x\": must not contain '..'",
            "env[0].valueFrom.fileKeyRef.volumeName: Invalid value: \"v\": referenced volume must be of type emptyDir",
        ],
    );
}

#[test]
fn mounts_and_devices() {
    check(
        "mounts",
        json!({"volumes": [{"name": "v", "emptyDir": {}}, {"name": "c", "persistentVolumeClaim": {"claimName": "c"}}],
            "containers": [{"volumeMounts": [
                {"name": "x", "mountPath": "/a"},
                {"name": "v", "mountPath": "/a", "subPath": "/s", "subPathExpr": "../s"},
                {"name": "c", "mountPath": "/d", "mountPropagation": "Bidirectional", "recursiveReadOnly": "Enabled"},
                {"name": "v", "mountPath": "", "mountPropagation": "X", "recursiveReadOnly": "Y"}],
              "volumeDevices": [{"name": "c", "devicePath": "/d"}, {"name": "c", "devicePath": "/x/../y"},
                {"name": "v", "devicePath": ""}, {"name": "z", "devicePath": "/q"}]}]}),
        Version::LATEST,
        &[
            "volumeMounts[0].name: Not found: \"x\"",
            "volumeMounts[1].mountPath: Invalid value: \"/a\": must be unique",
            "volumeMounts.subPath: Invalid value: \"/s\": must be a relative path",
            "volumeMounts[1].subPathExpr: Invalid value: \"../s\": subPathExpr and subPath are mutually exclusive",
            "volumeMounts.subPathExpr: Invalid value: \"../s\": must not contain '..'",
            "volumeMounts[1].name: Invalid value: \"v\": must not already exist in volumeDevices",
            "volumeMounts[2].name: Invalid value: \"c\": must not already exist in volumeDevices",
            "volumeMounts.mountPropagation: Forbidden: Bidirectional",
            "volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true",
            "volumeMounts.recursiveReadOnly: Forbidden: may only be specified when mountPropagation is None or not specified",
            "volumeMounts[3].name: Invalid value: \"v\": must not already exist in volumeDevices",
            "volumeMounts[3].mountPath: Required",
            "volumeMounts[3].mountPath: Invalid value: \"\": must not already exist as a path in volumeDevices",
            "volumeMounts.mountPropagation: Unsupported value: \"X\"",
            "volumeMounts.recursiveReadOnly: Unsupported value: \"Y\": supported values: \"Disabled\", \"Enabled\", \
             \"IfPossible\"",
            "volumeDevices[0].name: Invalid value: \"c\": must not already exist in volumeMounts",
            "volumeDevices[0].devicePath: Invalid value: \"/d\": must not already exist as a path in volumeMounts",
            "volumeDevices[1].name: Invalid value: \"c\": must be unique",
            "volumeDevices[1].name: Invalid value: \"c\": must not already exist in volumeMounts",
            "volumeDevices[1].devicePath: Invalid value: \"/x/../y\": can not contain backsteps ('..')",
            "volumeDevices[2].name: Invalid value: \"v\": can only use",
            "volumeDevices[2].name: Invalid value: \"v\": must not already exist in volumeMounts",
            "volumeDevices[2].devicePath: Required",
            "volumeDevices[2].devicePath: Invalid value: \"\": must not already exist as a path in volumeMounts",
            "volumeDevices[3].name: Not found: \"z\"",
        ],
    );
}

#[test]
fn probes_and_lifecycle() {
    one(
        json!({"livenessProbe": {"successThreshold": 2}, "readinessProbe": {"exec": {"command": ["a"]},
            "tcpSocket": {"port": 0}, "terminationGracePeriodSeconds": 0, "periodSeconds": -1},
            "startupProbe": {"successThreshold": 1, "httpGet": {"port": "A", "scheme": "http",
                "httpHeaders": [{"name": "a b", "value": ""}]}},
            "lifecycle": {"postStart": {"exec": {}}, "preStop": {"sleep": {"seconds": -1}}}}),
        &[
            "livenessProbe: Required value: must specify a handler type",
            "livenessProbe.successThreshold: Invalid value: 2: must be 1",
            "readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type",
            "readinessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0",
            "readinessProbe.terminationGracePeriodSeconds: Invalid value: 0: must be greater than 0",
            "readinessProbe.terminationGracePeriodSeconds: Invalid value: 0: must not be set for readinessProbes",
            "startupProbe.httpGet.path: Required",
            "startupProbe.httpGet.port: Invalid value: \"A\": must contain at least one letter",
            "startupProbe.httpGet.port: Invalid value: \"A\": must contain only",
            "startupProbe.httpGet.scheme: Unsupported value: \"http\": supported values: \"HTTP\", \"HTTPS\"",
            "startupProbe.httpGet.httpHeaders: Invalid value: \"a b\"",
            "lifecycle.postStart.exec.command: Required",
        ],
    );
    let pod = json!({"terminationGracePeriodSeconds": 30, "containers": [{"lifecycle": {"preStop": {"sleep": {"seconds": 31}}}}],
        "initContainers": [{"name": "i", "lifecycle": {}, "livenessProbe": {}}]});
    let init = "may not be set for init containers without restartPolicy=Always";
    check(
        "sleep, init",
        pod,
        Version::LATEST,
        &[
            "lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)",
            &format!("spec.initContainers[0].lifecycle: Forbidden: {init}"),
            &format!("spec.initContainers[0].livenessProbe: Forbidden: {init}"),
        ],
    );
}

#[test]
fn restart_rules_by_version() {
    let rule = json!({"action": "RestartAllContainers", "exitCodes": {"operator": "In", "values": [1]}});
    let spec = json!({"containers": [{"restartPolicy": "Foo"}],
        "initContainers": [{"name": "i", "restartPolicy": "Always", "restartPolicyRules": [rule]},
            {"name": "j", "restartPolicyRules": vec![json!({"action": "Restart"}); 21]}]});
    let unsupported =
        "restartPolicy: Unsupported value: \"Foo\": supported values: \"Always\", \"Never\", \"OnFailure\"";
    let required =
        "spec.initContainers[1].restartPolicy: Required value: must specify restartPolicy when restart rules are used";
    check(
        "1.33",
        json!({"containers": [{"restartPolicy": "Always"}], "initContainers": [{"name": "i", "restartPolicy": "Never"}]}),
        Version::V1_33,
        &[
            "restartPolicy: Forbidden: may not be set for non-init containers",
            "spec.initContainers[0].restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"",
        ],
    );
    let sidecar =
        "spec.initContainers[0].restartPolicyRules: Forbidden: restartPolicyRules are not allowed for init containers";
    check("1.35", spec.clone(), Version::V1_35, &[unsupported, required, sidecar]);
    check("1.36", spec, Version::V1_36, &[unsupported, required]);
    let rules = json!({"containers": [{"restartPolicyRules": vec![rule.clone(); 21]}]});
    let action =
        "restartPolicyRules[0].action: Unsupported value: \"RestartAllContainers\": supported values: \"Restart\"";
    for (version, too_many) in [
        (Version::V1_35, "restartPolicyRules: Too long: may not be more than 20 bytes"),
        (Version::V1_36, "restartPolicyRules: Too many: 21: must have at most 20 items"),
    ] {
        let said = said(rules.clone(), version);
        assert!(said.iter().any(|said| said == too_many), "{said:#?}");
        assert_eq!(said.iter().any(|said| said == action), version == Version::V1_35, "{said:#?}");
        assert_eq!(said.len(), if version == Version::V1_35 { 23 } else { 2 });
    }
    one(
        json!({"restartPolicy": "Never", "restartPolicyRules": [{"action": "X"}, {"action": "Restart",
            "exitCodes": {"operator": "Y", "values": vec![1; 256]}}]}),
        &[
            "restartPolicyRules[0].action: Unsupported value: \"X\": supported values: \"Restart\", \"RestartAllContainers\"",
            "restartPolicyRules[0].exitCodes: Required value: must be specified",
            "restartPolicyRules[1].exitCodes.operator: Unsupported value: \"Y\": supported values: \"In\", \"NotIn\"",
            "restartPolicyRules[1].exitCodes.values: Too many: 256: must have at most 255 items",
        ],
    );
}

#[test]
fn resize_policies() {
    let policy = |resource: &str, restart: &str| json!({"resourceName": resource, "restartPolicy": restart});
    let spec = json!({"restartPolicy": "Never", "containers": [{"resizePolicy":
            [policy("cpu", "NotRequired"), policy("cpu", "RestartContainer"), policy("", ""), policy("gpu", "X")]}],
        "initContainers": [{"name": "i", "resizePolicy": [policy("cpu", "RestartContainer")]}]});
    let never = |value: &str, pod: &str| {
        format!("resizePolicy: Invalid value: \"{value}\": must be 'NotRequired' when {pod}`restartPolicy` is 'Never'")
    };
    for (version, pod) in [(Version::V1_35, ""), (Version::LATEST, "pod ")] {
        let init = format!("spec.initContainers[0].{}", never("RestartContainer", pod));
        let (a, b, c) = (never("RestartContainer", pod), never("", pod), never("X", pod));
        let mut expected = vec![
            "resizePolicy[1]: Duplicate value: \"cpu\"",
            "resizePolicy: Required value",
            "resizePolicy: Required value",
            "resizePolicy: Unsupported value: \"gpu\": supported values: \"cpu\", \"memory\"",
            "resizePolicy: Unsupported value: \"X\": supported values: \"NotRequired\", \"RestartContainer\"",
            &init,
            &a,
            &b,
            &c,
        ];
        if version == Version::LATEST {
            expected.push(
                "spec.initContainers[0].resizePolicy[0].restartPolicy: Invalid value: \"RestartContainer\": must not",
            );
        }
        check("resize", spec.clone(), version, &expected);
    }
}
