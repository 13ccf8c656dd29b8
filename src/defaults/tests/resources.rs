//! What a pod and its containers ask for together, and the class that follows from it.

use super::*;

/// KEP-2837 and the live examples: resources of the pod, of its containers, and what 1.36 and 1.37 make of it.
#[test]
fn resources_of_the_whole_pod() {
    let limited = json!({ "limits": { "cpu": 1, "memory": "1Gi" } });
    for (own, containers, in_36, in_37) in [
        (
            json!({ "requests": { "cpu": "2" } }),
            limited.clone(),
            json!({ "requests": { "cpu": "2" } }),
            json!({ "limits": { "cpu": "2", "memory": "1Gi" }, "requests": { "cpu": "2", "memory": "1Gi" } }),
        ),
        (
            json!({ "limits": { "cpu": "4" } }),
            json!({ "requests": { "memory": "1Gi" } }),
            json!({ "limits": { "cpu": "4" }, "requests": { "cpu": "4", "memory": "1Gi" } }),
            json!({ "limits": { "cpu": "4" }, "requests": { "cpu": "4", "memory": "1Gi" } }),
        ),
        (
            json!({ "requests": { "cpu": "1" } }),
            json!({ "limits": { "cpu": "1", "hugepages-2Mi": "4Mi" } }),
            json!({ "limits": { "hugepages-2Mi": "4Mi" }, "requests": { "cpu": "1", "hugepages-2Mi": "4Mi" } }),
            json!({ "limits": { "cpu": "1", "hugepages-2Mi": "4Mi" }, "requests": { "cpu": "1", "hugepages-2Mi": "4Mi" } }),
        ),
        (json!({}), limited, json!({}), json!({})),
    ] {
        let object = pod(json!({ "resources": own, "containers": [container(json!({ "resources": containers }))] }));
        for (version, expected) in [(Version::V1_33, &Value::Null), (Version::V1_36, &in_36), (Version::V1_37, &in_37)]
        {
            let answer = stored_in(version, &object);
            assert_eq!(answer.pointer("/spec/resources").unwrap_or(&Value::Null), expected, "{version}: {object}");
        }
    }
}

/// The example of KEP-753: sidecars run beside the init containers behind them.
#[test]
fn sidecars_count_beside_what_comes_after() {
    let asks = |cpu: u32, sidecar: bool| {
        let mut c = container(json!({ "resources": { "requests": { "cpu": cpu } } }));
        if sidecar {
            c["restartPolicy"] = json!("Always");
        }
        c
    };
    for (init, regular, sum) in [
        (vec![asks(5, false), asks(1, true), asks(10, false)], vec![asks(3, false)], "11"),
        (vec![asks(1, true), asks(2, true)], vec![asks(3, false), asks(4, false)], "10"),
    ] {
        let spec = serde_json::from_value(json!({ "initContainers": init, "containers": regular })).expect("a spec");
        let cpu = aggregate_container_requests(&spec).remove("cpu").map(|sum| sum.amount.canonical());
        assert_eq!(cpu.as_deref(), Some(sum));
    }
}

/// From `qos_test.go`: the containers' requests and limits of cpu and memory, and the class.
#[test]
fn classes_of_pods() {
    let resources = |rc: &str, rm: &str, lc: &str, lm: &str| {
        let list = |cpu: &str, memory: &str| {
            let given = [("cpu", cpu), ("memory", memory)].into_iter().filter(|(_, q)| !q.is_empty());
            given.map(|(name, q)| (name.to_owned(), json!(q))).collect::<serde_json::Map<_, _>>()
        };
        container(json!({ "resources": { "requests": list(rc, rm), "limits": list(lc, lm) } }))
    };
    let none = || resources("", "", "", "");
    for (containers, class) in [
        (vec![none()], "BestEffort"),
        (vec![none(), none()], "BestEffort"),
        (vec![resources("100m", "100Mi", "100m", "100Mi")], "Guaranteed"),
        (vec![resources("", "", "100m", "100Mi")], "Guaranteed"),
        (vec![resources("100m", "100Mi", "100m", "100Mi"), resources("1", "1Gi", "1", "1Gi")], "Guaranteed"),
        (vec![resources("100m", "100Mi", "100m", "100Mi"), none()], "Burstable"),
        (vec![none(), resources("100m", "100Mi", "100m", "100Mi")], "Burstable"),
        (vec![resources("100m", "", "100m", "")], "Burstable"),
        (vec![resources("100m", "100Mi", "200m", "100Mi")], "Burstable"),
        (vec![resources("0", "0", "0", "0")], "BestEffort"),
    ] {
        for version in Version::ALL {
            let answer = stored_in(version, &pod(json!({ "containers": containers })));
            assert_eq!(answer["status"]["qosClass"], class, "{version}: {containers:?}");
        }
    }
}
