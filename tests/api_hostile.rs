//! What nobody writes by accident, for the server's rules and defaults: every size ends, in time that grows with the
//! size and not with its square.
//!
//! `HOSTILE_SIZE=100000 cargo test --release --test api_hostile -- --nocapture` prints how long each takes.

use std::time::Instant;

use manifest_studio::check::{Source, check};
use manifest_studio::defaults::{effective, filled_in};
use manifest_studio::k8s::Version;
use manifest_studio::schema::Catalog;
use manifest_studio::yaml::Document;
use serde_json::{Value, json};

/// How long the lists are.
fn size() -> usize {
    std::env::var("HOSTILE_SIZE").ok().and_then(|size| size.parse().ok()).unwrap_or(2_000)
}

/// Everything the analyst and the panel of the effective object do; how many findings there are.
fn ask(name: &str, text: &str, version: Version) -> usize {
    let began = Instant::now();
    let catalog = Catalog::builtin();
    let document = Document::read(text);
    let read = began.elapsed();
    let findings = check(catalog, version, &document);
    let checked = began.elapsed() - read;
    for finding in &findings {
        assert!(text.get(finding.span.range()).is_some(), "{name}: {:?}", finding.span);
    }
    if let Some(root) = document.root() {
        let text = |key: &str| root.get(key).and_then(|node| node.as_str()).unwrap_or_default();
        if let Some(stored) = effective(text("apiVersion"), text("kind"), root.fitting(), catalog, version) {
            filled_in(&root.to_json(), &stored);
        }
    }
    let rest = began.elapsed() - read - checked;
    let said = findings.len();
    println!(
        "{name:32} {:>9} bytes {said:>7} findings: read {read:9.2?} check {checked:9.2?} defaults {rest:9.2?}",
        text.len()
    );
    said
}

/// In one line of JSON, in one line of YAML and in many, in the first and the last version; the most findings.
fn all(name: &str, value: &Value) -> usize {
    let (json, yaml) = (value.to_string(), serde_yaml::to_string(value).expect("it is written"));
    let line = format!("# not JSON\n{json}");
    let more = ask(name, &json, Version::LATEST).max(ask(name, &line, Version::V1_36));
    more.max(ask(name, &yaml, Version::V1_33))
}

fn list(item: impl Fn(usize) -> Value) -> Value {
    (0..size()).map(item).collect()
}

fn map(entry: impl Fn(usize) -> (String, Value)) -> Value {
    Value::Object((0..size()).map(entry).collect())
}

fn pod(spec: Value) -> Value {
    let mut spec = spec;
    if spec.get("containers").is_none() {
        spec["containers"] = json!([{"name": "a", "image": "b"}]);
    }
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": spec})
}

fn container(fields: Value) -> Value {
    let mut container = fields;
    (container["name"], container["image"]) = (json!("a"), json!("b"));
    pod(json!({"containers": [container]}))
}

fn meta(fields: Value) -> Value {
    let mut pod = pod(json!({}));
    pod["metadata"] = fields;
    pod
}

fn job(spec: Value) -> Value {
    let mut spec = spec;
    if spec.get("template").is_none() {
        spec["template"] = json!({"spec": {"restartPolicy": "Never", "containers": [{"name": "a", "image": "b"}]}});
    }
    json!({"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "a"}, "spec": spec})
}

fn service(spec: Value) -> Value {
    json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": spec})
}

fn name(n: usize) -> String {
    format!("n{n}")
}

fn number(n: usize) -> usize {
    n % 65_535 + 1
}

#[test]
fn ports() {
    let n = size();
    let ports = |item: fn(usize) -> Value| container(json!({"ports": list(item)}));
    assert!(all("ports, all equal", &ports(|_| json!({"containerPort": 80}))) > 20);
    all("ports, all different", &ports(|n| json!({"containerPort": number(n), "name": name(n)})));
    assert!(all("ports, one name", &ports(|n| json!({"containerPort": number(n), "name": "web"}))) >= n - 1);
    assert!(all("ports, none right", &ports(|_| json!({"containerPort": 0, "protocol": "x", "hostPort": -1}))) >= n);
    let containers = |port: fn(usize) -> Value| {
        pod(json!({"containers": list(|n| json!({"name": name(n), "image": "b", "ports": [port(n)]}))}))
    };
    assert!(all("host ports, all equal", &containers(|_| json!({"containerPort": 80, "hostPort": 80}))) >= n - 1);
    let mut different = containers(|n| json!({"containerPort": number(n), "hostPort": number(n)}));
    all("host ports, all different", &different);
    different["spec"]["hostNetwork"] = json!(true);
    all("host ports, of the host's network", &different);
    all("host ports, by address", &containers(|n| json!({"containerPort": 80, "hostPort": number(n)})));
    all("containers, one name", &pod(json!({"containers": list(|_| json!({"name": "a", "image": "b"}))})));
}

#[test]
fn variables_and_volumes() {
    let n = size();
    assert!(all("variables, all equal", &container(json!({"env": list(|_| json!({"name": "A", "value": "b"}))}))) > 9);
    all("variables, all different", &container(json!({"env": list(|n| json!({"name": name(n), "value": "b"}))})));
    assert!(
        all("variables, no names", &container(json!({"env": list(|_| json!({"name": "=", "valueFrom": {}}))}))) >= n
    );
    all(
        "variables, of files",
        &container(json!({"env": list(|n| json!({"name": "A", "valueFrom": {"fileKeyRef":
        {"volumeName": name(n), "path": "a", "key": "b"}}}))})),
    );
    assert!(all("sources", &container(json!({"envFrom": list(|_| json!({"configMapRef": {"name": "_"}}))}))) >= n);
    let volumes = |item: fn(usize) -> Value, mount: fn(usize) -> Value| {
        let mut pod = container(json!({"volumeMounts": list(mount)}));
        pod["spec"]["volumes"] = list(item);
        pod
    };
    let mount = |n: usize| json!({"name": name(n), "mountPath": format!("/m{n}")});
    all("volumes and mounts", &volumes(|n| json!({"name": name(n), "emptyDir": {}}), mount));
    assert!(all("volumes and mounts, others", &volumes(|_| json!({"name": "v", "emptyDir": {}}), mount)) >= 2 * n - 1);
    let bad = |_| json!({"name": "v", "mountPath": "", "subPath": "../a", "mountPropagation": "x"});
    assert!(all("volumes and mounts, bad", &volumes(|_| json!({"name": "v", "hostPath": {"path": ""}}), bad)) >= n);
    let items = |item: fn(usize) -> Value| {
        pod(json!({"volumes": [{"name": "v", "configMap": {"name": "c", "items": list(item)}}]}))
    };
    assert!(all("files, all equal", &items(|_| json!({"key": "a", "path": "b"}))) > 0);
    all("files, all different", &items(|n| json!({"key": "a", "path": format!("{n}/a")})));
    assert!(all("files, one in another", &items(|n| json!({"key": "a", "path": "b/".repeat(n % 30 + 1)}))) > 9);
    let sources =
        |item: fn(usize) -> Value| pod(json!({"volumes": [{"name": "v", "projected": {"sources": list(item)}}]}));
    all("projections, all equal", &sources(|_| json!({"secret": {"name": "s", "items": [{"key": "a", "path": "b"}]}})));
    all("projections, none", &sources(|_| json!({})));
    let many = list(
        |n| json!({"name": name(n), "configMap": {"name": "c", "items": [{"key": "a", "path": "b"}, {"key": "a", "path": "b"}]}}),
    );
    all("volumes, each with two files", &pod(json!({"volumes": many})));
    all(
        "volumes, of old kinds",
        &pod(json!({"volumes": list(|n| json!({"name": name(n), "gitRepo": {"repository": "a"}}))})),
    );
}

#[test]
fn metadata() {
    let n = size();
    let bad = || map(|n| (format!("_{n}"), json!("-")));
    assert!(all("labels, none right", &meta(json!({"name": "a", "labels": bad()}))) >= n);
    all("labels, all right", &meta(json!({"name": "a", "labels": map(|n| (name(n), json!("b")))})));
    all("annotations, none right", &meta(json!({"name": "a", "annotations": bad()})));
    let app_armor = |n| (format!("container.apparmor.security.beta.kubernetes.io/{n}"), json!("x"));
    all("annotations, of AppArmor", &meta(json!({"name": "a", "annotations": map(app_armor)})));
    let seccomp = |n| (format!("container.seccomp.security.alpha.kubernetes.io/{n}"), json!("x"));
    all("annotations, of seccomp", &meta(json!({"name": "a", "annotations": map(seccomp)})));
    let owner = |n: usize| json!({"apiVersion": "v1", "kind": "Pod", "name": "a", "uid": name(n), "controller": true});
    assert!(all("owners, all controllers", &meta(json!({"name": "a", "ownerReferences": list(owner)}))) >= n - 1);
    assert!(all("finalizers", &meta(json!({"name": "a", "finalizers": list(|_| json!("_"))}))) >= n);
    // A key twice, in one line and in many.
    let head = r#"{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"a","image":"b"}]},"metadata":{"name":"a","labels":{"#;
    let text = format!("{head}{}}}}}}}", vec![r#""a":"b""#; n].join(","));
    assert!(ask("labels, all equal", &text, Version::LATEST) >= n - 1);
    let text = format!("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n{}", "    a: b\n".repeat(n));
    assert!(ask("labels, all equal", &text, Version::LATEST) >= n - 1);
    assert!(all("labels, all numbers", &meta(json!({"name": "a", "labels": map(|n| (name(n), json!(1)))}))) >= n);
    assert!(all("labels, as fields", &meta(map(|n| (name(n), json!("b"))))) >= n);
}

#[test]
fn placement() {
    let n = size();
    let spec = |key: &str, item: fn(usize) -> Value| {
        let mut pod = pod(json!({}));
        pod["spec"][key] = list(item);
        pod
    };
    assert!(
        all("tolerations", &spec("tolerations", |_| json!({"operator": "x", "effect": "y", "tolerationSeconds": 1})))
            >= n
    );
    let spread = |n: usize| {
        json!({"maxSkew": 0, "topologyKey": if n.is_multiple_of(2) { "a" } else { "b" }, "whenUnsatisfiable": "DoNotSchedule",
        "labelSelector": {"matchLabels": {"a": "b"}}, "matchLabelKeys": ["a", "a"]})
    };
    assert!(all("spreading", &spec("topologySpreadConstraints", spread)) >= n);
    all("aliases", &spec("hostAliases", |_| json!({"ip": "1.2.3.4", "hostnames": ["_"]})));
    all("aliases, all equal", &spec("hostAliases", |_| json!({"ip": "1.2.3.4", "hostnames": ["a"]})));
    all("pull secrets", &spec("imagePullSecrets", |_| json!({"name": ""})));
    assert!(all("gates", &spec("schedulingGates", |_| json!({"name": "_"}))) >= n);
    assert!(all("readiness", &spec("readinessGates", |_| json!({"conditionType": "_"}))) >= n);
    all(
        "sysctls",
        &pod(json!({"securityContext": {"sysctls": list(|_| json!({"name": "kernel.sem", "value": "1"}))}})),
    );
    all(
        "search paths",
        &pod(json!({"dnsConfig": {"searches": list(|_| json!("_")), "nameservers": list(|_| json!("x"))}})),
    );
    all("node's labels", &pod(json!({"nodeSelector": map(|n| (format!("_{n}"), json!("-")))})));
    let near = |term: Value| {
        pod(json!({"affinity": {"podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": term}}}))
    };
    all(
        "terms",
        &near(list(
            |_| json!({"topologyKey": "_", "namespaces": ["_"], "labelSelector": {"matchExpressions": [{"key": "_", "operator": "x"}]}}),
        )),
    );
    let keys = || list(|n| json!(format!("k{}", n % 100)));
    all(
        "keys of labels",
        &near(json!([{"topologyKey": "a", "labelSelector": {"matchLabels": map(|n| (format!("k{n}"), json!("v")))},
        "matchLabelKeys": keys(), "mismatchLabelKeys": keys()}])),
    );
    let values = json!([{"topologyKey": "a", "labelSelector": {"matchExpressions": [{"key": "a", "operator": "In", "values": list(|_| json!("-"))}]}}]);
    assert!(all("values of a label", &near(values)) >= n);
    let node = json!({"nodeSelectorTerms": list(|_| json!({"matchFields": [{"key": "a", "operator": "In", "values": ["a", "b"]}], "matchExpressions": [{"key": "_", "operator": "Gt", "values": ["x"]}]}))});
    all(
        "terms of a node",
        &pod(json!({"affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": node}}})),
    );
}

#[test]
fn amounts() {
    let n = size();
    for digits in [10_000, 20 * n] {
        for text in [
            "1".repeat(digits),
            "0".repeat(digits) + "1",
            format!("0.{}1", "0".repeat(digits)),
            format!("-{}Ei", "9".repeat(digits)),
            format!("1e{}", "9".repeat(digits)),
            format!("1e-{}", "9".repeat(digits)),
            format!("{}.{}m", "1".repeat(digits), "1".repeat(digits)),
            "1".repeat(digits) + "x",
        ] {
            let amounts = json!({"cpu": text, "memory": text, "hugepages-2Mi": text, "a.b/c": text});
            let resources = json!({"limits": amounts, "requests": amounts});
            let mut pod = container(json!({"resources": resources}));
            pod["spec"]["resources"] = resources;
            pod["spec"]["overhead"] = amounts;
            pod["spec"]["volumes"] = json!([{"name": "v", "emptyDir": {"sizeLimit": text}}]);
            all("digits", &pod);
        }
    }
    let other = |prefix: &str| map(|n| (format!("{prefix}_{n}"), json!("1")));
    assert!(all("resources", &container(json!({"resources": {"limits": other("a"), "requests": other("b")}}))) >= n);
    let huge = |n| (format!("hugepages-{n}Mi"), json!("1Gi"));
    let sidecar = |n: usize| json!({"name": name(n + 1), "image": "b", "restartPolicy": "Always", "resources": {"limits": {"cpu": "1"}}});
    let mut sidecars: Vec<Value> = (0..n).map(sidecar).collect();
    sidecars[0]["resources"] = json!({"limits": map(huge), "requests": map(huge)});
    all(
        "sidecars",
        &pod(json!({"initContainers": sidecars, "resources": {"limits": map(huge), "requests": {"cpu": "1"}}})),
    );
    let limit = "0".repeat(n) + "1";
    let above = list(|n| json!({"name": name(n), "image": "b", "resources": {"limits": {"cpu": "2"}}}));
    all("above a long limit", &pod(json!({"containers": above, "resources": {"limits": {"cpu": limit}}})));
    let claims = list(|n| json!({"name": format!("other-{n}")}));
    let known = list(|n| json!({"name": name(n), "resourceClaimName": "a"}));
    let mut claimed = container(json!({"resources": {"claims": claims}}));
    claimed["spec"]["resourceClaims"] = known;
    assert!(all("claims", &claimed) >= n);
    all("claims, all equal", &container(json!({"resources": {"claims": list(|_| json!({"name": "a"}))}})));
    let requests =
        |n: usize| if n.is_multiple_of(2) { json!({"name": "a", "request": name(n)}) } else { json!({"name": "a"}) };
    all("claims, of one", &container(json!({"resources": {"claims": list(requests)}})));
}

#[test]
fn jobs() {
    let n = size();
    let containers = list(|n| json!({"name": format!("container-of-the-pod-{n}"), "image": "b"}));
    let template = json!({"spec": {"restartPolicy": "Never", "containers": containers}});
    let rule = |n| json!({"action": "FailJob", "onExitCodes": {"containerName": format!("container-of-a-pod-{n}"), "operator": "In", "values": [0, 0]}});
    assert!(
        all(
            "rules, of other containers",
            &job(json!({"template": template, "podFailurePolicy": {"rules": list(rule)}}))
        ) >= n
    );
    let codes = |item: fn(usize) -> Value| {
        job(
            json!({"podFailurePolicy": {"rules": [{"action": "FailJob", "onExitCodes": {"operator": "In", "values": list(item)}}]}}),
        )
    };
    assert!(all("codes, all equal", &codes(|_| json!(0))) >= n);
    all("codes, falling", &codes(|n| json!(-(n as i32))));
    let conditions = list(|_| json!({"type": "_", "status": "x"}));
    assert!(
        all(
            "conditions",
            &job(json!({"podFailurePolicy": {"rules": [{"action": "Ignore", "onPodConditions": conditions}]}}))
        ) >= n
    );
    let success = |indexes: String| {
        job(json!({"completionMode": "Indexed", "completions": i32::MAX, "parallelism": 1,
            "successPolicy": {"rules": [{"succeededIndexes": indexes, "succeededCount": i32::MAX}]}}))
    };
    all("indexes", &success((0..10 * n).map(|n| format!("{},", 2 * n)).collect()));
    all(
        "indexes, 60 KB",
        &success((0..).map(|n| format!("{},", 2 * n)).take(10_000).collect::<String>() + "2147483646"),
    );
    all("indexes, none", &success("-".repeat(100 * n)));
    all("indexes, one", &success("9".repeat(100 * n)));
    let rules = list(|_| json!({"succeededIndexes": "1-x", "succeededCount": -1}));
    all(
        "rules of success",
        &job(json!({"completionMode": "Indexed", "completions": 5, "successPolicy": {"rules": rules}})),
    );
    all(
        "rules of success, not indexed",
        &job(json!({"successPolicy": {"rules": list(|_| json!({"succeededIndexes": "1"}))}})),
    );
    let actions = list(|_| json!({"action": "x", "exitCodes": {"operator": "In", "values": [1, 1]}}));
    all("rules of restarts", &container(json!({"restartPolicyRules": actions, "restartPolicy": "x"})));
    let codes = json!([{"action": "Restart", "exitCodes": {"operator": "In", "values": list(|_| json!(1))}}]);
    all("codes of restarts", &container(json!({"restartPolicyRules": codes, "restartPolicy": "Never"})));
}

#[test]
fn services_and_deployments() {
    let n = size();
    let ports = |item: fn(usize) -> Value, kind: &str| service(json!({"type": kind, "ports": list(item)}));
    assert!(
        all(
            "ports of a Service, all equal",
            &ports(|_| json!({"name": "a", "port": 80, "nodePort": 30_000}), "ClusterIP")
        ) >= n
    );
    all(
        "ports of a Service, of the node",
        &ports(|n| json!({"name": name(n), "port": number(n), "nodePort": 30_000}), "NodePort"),
    );
    all("ports of a Service, given", &ports(|n| json!({"name": name(n), "port": number(n)}), "LoadBalancer"));
    all(
        "ports of a Service, no names",
        &ports(|_| json!({"port": 80, "targetPort": "_", "appProtocol": "_"}), "ClusterIP"),
    );
    let fields = |key: &str, value: Value| {
        let mut service = service(json!({"type": "LoadBalancer", "ports": [{"port": 80}]}));
        service["spec"][key] = value;
        service
    };
    all("addresses, of the other family", &fields("clusterIPs", list(|_| json!("fd00::1"))));
    all("addresses, none", &fields("clusterIPs", list(|_| json!("None"))));
    all("addresses, bad", &fields("clusterIPs", list(|_| json!("x"))));
    all("families", &fields("ipFamilies", list(|_| json!("IPv6"))));
    assert!(all("external addresses", &fields("externalIPs", list(|_| json!("127.0.0.1")))) >= n);
    all("external addresses, unusual", &fields("externalIPs", list(|_| json!("::ffff:1.2.3.4"))));
    assert!(all("ranges", &fields("loadBalancerSourceRanges", list(|_| json!("1.2.3.4")))) >= n);
    let mut annotated = fields("selector", map(|n| (format!("_{n}"), json!("-"))));
    annotated["metadata"]["annotations"] =
        json!({"service.beta.kubernetes.io/load-balancer-source-ranges": "x,".repeat(n)});
    assert!(all("selector", &annotated) >= n);
    let labels = || map(|n| (name(n), json!("b")));
    let deployment = |labels: Value, selector: Value| {
        json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"},
        "spec": {"selector": selector, "template": {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "a", "image": "b"}]}}}})
    };
    all("a Deployment's labels", &deployment(labels(), json!({"matchLabels": labels()})));
    all("a Deployment's labels, others", &deployment(labels(), json!({"matchLabels": map(|n| (name(n), json!("c")))})));
    all("a Deployment's labels, no selector", &deployment(labels(), json!({})));
    let expressions = list(|n| json!({"key": name(n), "operator": "in", "values": ["-"]}));
    all("a Deployment's expressions", &deployment(labels(), json!({"matchExpressions": expressions})));
}

#[test]
fn long_texts() {
    let n = 2 * size();
    for piece in [
        "a",
        "a-",
        "a.",
        "-",
        ".",
        "a/",
        "/",
        "..",
        "../",
        "((a+)+",
        "_",
        ":",
        "1",
        "::",
        "a:",
        "@",
        "%",
        "$(A)",
        "\u{e9}",
        "\u{7}",
        "iqn.2001-04.",
        "|",
        ",",
        "1,",
        "\\",
        " ",
    ] {
        let text = piece.repeat(n / piece.len());
        let mut pod = container(json!({
            "image": text, "workingDir": text, "terminationMessagePath": text, "imagePullPolicy": text,
            "env": [{"name": text, "value": text}, {"name": text, "value": text}, {"name": "A", "valueFrom": {"fieldRef": {"fieldPath": format!("metadata.labels['{text}']")}}},
                {"name": "B", "valueFrom": {"resourceFieldRef": {"resource": text, "divisor": "1"}}}],
            "ports": [{"containerPort": 1, "name": text, "protocol": text, "hostIP": text}],
            "volumeMounts": [{"name": text, "mountPath": text, "subPath": text, "mountPropagation": text}],
            "livenessProbe": {"httpGet": {"port": text, "host": text, "path": text, "scheme": text, "httpHeaders": [{"name": text, "value": text}]}},
            "securityContext": {"seccompProfile": {"type": text, "localhostProfile": text}, "windowsOptions": {"runAsUserName": text, "gmsaCredentialSpecName": text}, "procMount": text},
            "resources": {"limits": {"cpu": "1"}},
        }));
        pod["metadata"] = json!({"name": text, "generateName": text, "labels": {"a": text}, "annotations": {
            "scheduler.alpha.kubernetes.io/tolerations": text, "seccomp.security.alpha.kubernetes.io/pod": text,
            "container.apparmor.security.beta.kubernetes.io/a": format!("localhost/{text}")}, "finalizers": [text]});
        let spec = &mut pod["spec"];
        spec["volumes"] = json!([
            {"name": "a", "hostPath": {"path": text, "type": text}}, {"name": "b", "iscsi": {"targetPortal": "a", "iqn": text, "lun": 0, "initiatorName": text}},
            {"name": "c", "image": {"reference": text}}, {"name": "d", "glusterfs": {"endpoints": text, "path": text}},
            {"name": "e", "configMap": {"name": text, "items": [{"key": text, "path": text}, {"key": text, "path": text}]}},
            {"name": "f", "rbd": {"monitors": [text], "image": text}}, {"name": "g", "nfs": {"server": text, "path": text}},
            {"name": "h", "ephemeral": {"volumeClaimTemplate": {"spec": {"accessModes": [text], "storageClassName": text, "resources": {"requests": {"storage": "1"}}}}}},
            {"name": "i", "scaleIO": {"gateway": text, "system": text, "volumeName": text, "secretRef": {"name": text}}},
            {"name": "j", "csi": {"driver": text}}, {"name": "k", "portworxVolume": {"volumeID": text}}, {"name": "l", "azureFile": {"secretName": text, "shareName": text}},
            {"name": "m", "projected": {"sources": [{"clusterTrustBundle": {"signerName": text, "path": text}}, {"serviceAccountToken": {"path": text, "audience": text}}]}},
        ]);
        spec["securityContext"] = json!({"sysctls": [{"name": text, "value": text}], "supplementalGroupsPolicy": text, "fsGroupChangePolicy": text});
        (spec["nodeSelector"], spec["hostname"], spec["restartPolicy"], spec["dnsPolicy"]) =
            (json!({"a": text}), json!(text), json!(text), json!(text));
        spec["dnsConfig"] = json!({"nameservers": [text], "searches": [text]});
        spec["tolerations"] = json!([{"key": text, "operator": text, "value": text, "effect": text}]);
        spec["hostAliases"] = json!([{"ip": text, "hostnames": [text]}]);
        spec["topologySpreadConstraints"] = json!([{"maxSkew": 1, "topologyKey": text, "whenUnsatisfiable": text}]);
        ask(&format!("{piece:?}"), &pod.to_string(), Version::LATEST);
        let service = service(
            json!({"type": "LoadBalancer", "ports": [{"port": 1, "name": text, "targetPort": text, "appProtocol": text}], "externalIPs": [text],
            "clusterIP": "10.96.0.10", "loadBalancerSourceRanges": [text], "loadBalancerClass": text, "loadBalancerIP": text, "externalName": text, "trafficDistribution": text}),
        );
        ask(&format!("{piece:?}"), &service.to_string(), Version::LATEST);
        all(
            &format!("{piece:?}"),
            &job(json!({"managedBy": text, "completionMode": text, "podReplacementPolicy": text})),
        );
    }
}

#[test]
fn not_everything_offers_fixes() {
    let text = container(json!({"ports": list(|_| json!({"containerPort": 80, "protocol": "tcp"}))})).to_string();
    let document = Document::read(&text);
    let findings = check(Catalog::builtin(), Version::LATEST, &document);
    let fixed = findings.iter().filter(|f| f.source == Source::Api && !f.fixes.is_empty()).count();
    assert!((1..100).contains(&fixed), "{fixed}");
}

/// So long that a square of it would take minutes.
#[test]
fn a_hundred_thousand() {
    let ports = vec![json!({"containerPort": 80, "protocol": "tcp"}); 100_000];
    assert_eq!(
        ask("a hundred thousand ports", &container(json!({"ports": ports})).to_string(), Version::LATEST),
        100_000
    );
    let labels: Value = Value::Object((0..100_000).map(|n| (format!("_{n}"), json!("b"))).collect());
    assert_eq!(
        ask("a hundred thousand labels", &meta(json!({"name": "a", "labels": labels})).to_string(), Version::LATEST),
        100_000
    );
    let names: Value = (0..100_000).map(|n| json!({"name": name(n), "mountPath": format!("/{n}")})).collect();
    assert_eq!(
        ask("a hundred thousand mounts", &container(json!({"volumeMounts": names})).to_string(), Version::LATEST),
        100_000
    );
}
