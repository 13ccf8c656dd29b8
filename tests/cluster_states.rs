//! What live objects do, in words. The pods' words are those of kubectl: the cases and the expected
//! cells are `TestPrintPod`'s (`k8s.io/kubernetes/pkg/printers/internalversion/printers_test.go`).

use manifest_studio::cluster::{ObjectState, PodState, Tone};
use manifest_studio::i18n::Locale;
use serde_json::{Value, json};

fn pod(init: usize, containers: usize, status: Value) -> Value {
    json!({"kind": "Pod", "metadata": {"name": "p"}, "status": status, "spec": {
        "initContainers": vec![json!({"name": "i"}); init], "containers": vec![json!({}); containers]}})
}

fn deleted(mut pod: Value) -> Value {
    pod["metadata"]["deletionTimestamp"] = json!("2026-01-01T00:00:00Z");
    pod
}

/// A container's status: ready, restarts, state.
fn c(ready: bool, restarts: u32, state: Value) -> Value {
    json!({"ready": ready, "restartCount": restarts, "state": state})
}

#[test]
fn pods_read_as_in_kubectl() {
    let (run, none, wait) = (json!({"running": {}}), json!({}), json!({"waiting": {}}));
    let done = json!({"terminated": {"exitCode": 0}});
    let completed = json!({"terminated": {"reason": "Completed", "exitCode": 0}});
    let error = json!({"terminated": {"reason": "Error", "exitCode": 1}});
    let waiting = json!({"waiting": {"reason": "ContainerWaitingReason"}});
    let terminated = json!({"terminated": {"reason": "ContainerTerminatedReason"}});
    let ready = json!([{"type": "Ready", "status": "True"}]);
    let st = |phase: &str, containers: Value| json!({"phase": phase, "containerStatuses": containers});
    let with_init = |phase: &str, init: Value, containers: Value| json!({"phase": phase, "initContainerStatuses": init, "containerStatuses": containers});
    let table = [
        (pod(0, 2, st("podPhase", json!([c(true, 3, run.clone()), c(false, 3, none.clone())]))), "1/2", "podPhase", 6),
        (
            pod(0, 2, st("podPhase", json!([c(true, 3, run.clone()), c(false, 3, waiting.clone())]))),
            "1/2",
            "ContainerWaitingReason",
            6,
        ),
        (
            pod(0, 2, st("podPhase", json!([c(false, 3, waiting), c(false, 3, terminated)]))),
            "0/2",
            "ContainerWaitingReason",
            6,
        ),
        (pod(0, 2, st("podPhase", json!([c(true, 3, run.clone()), c(true, 3, none.clone())]))), "1/2", "podPhase", 6),
        (
            pod(
                0,
                2,
                json!({"phase": "podPhase", "reason": "podReason", "containerStatuses": [c(true, 3, run.clone()), c(true, 3, none)]}),
            ),
            "1/2",
            "podReason",
            6,
        ),
        (
            pod(0, 2, st("Running", json!([c(true, 3, completed.clone()), c(true, 3, run.clone())]))),
            "1/2",
            "NotReady",
            6,
        ),
        (
            pod(
                0,
                2,
                json!({"phase": "Running", "conditions": ready, "containerStatuses": [c(true, 3, completed.clone()), c(true, 3, run.clone())]}),
            ),
            "1/2",
            "Running",
            6,
        ),
        (
            pod(1, 1, with_init("podPhase", json!([c(false, 3, run.clone())]), json!([c(false, 0, wait.clone())]))),
            "0/1",
            "Init:0/1",
            3,
        ),
        (
            pod(
                2,
                1,
                with_init(
                    "podPhase",
                    json!([c(false, 3, run.clone()), c(false, 0, wait.clone())]),
                    json!([c(false, 0, wait.clone())]),
                ),
            ),
            "0/1",
            "Init:0/2",
            3,
        ),
        (
            pod(
                2,
                1,
                with_init(
                    "podPhase",
                    json!([c(false, 0, done.clone()), c(false, 3, run.clone())]),
                    json!([c(false, 0, wait.clone())]),
                ),
            ),
            "0/1",
            "Init:1/2",
            3,
        ),
        (
            pod(
                2,
                1,
                with_init(
                    "podPhase",
                    json!([c(false, 2, done.clone()), c(false, 3, run.clone())]),
                    json!([c(false, 0, wait)]),
                ),
            ),
            "0/1",
            "Init:1/2",
            5,
        ),
        (
            pod(1, 1, with_init("Running", json!([c(false, 2, done)]), json!([c(false, 4, run.clone())]))),
            "0/1",
            "Running",
            4,
        ),
        (pod(0, 2, st("Running", json!([c(true, 0, run.clone()), c(true, 3, run.clone())]))), "2/2", "Running", 3),
        (
            pod(
                0,
                2,
                json!({"phase": "podPhase", "conditions": [{"type": "PodScheduled", "status": "False", "reason": "SchedulingGated"}]}),
            ),
            "0/2",
            "SchedulingGated",
            0,
        ),
        (pod(0, 1, st("Succeeded", json!([c(false, 0, completed.clone())]))), "0/1", "Completed", 0),
        (pod(0, 1, st("Failed", json!([c(false, 0, error)]))), "0/1", "Error", 0),
        (deleted(pod(0, 1, st("Succeeded", json!([c(false, 0, completed)])))), "0/1", "Completed", 0),
        (deleted(pod(0, 1, st("Running", json!([c(false, 0, run)])))), "0/1", "Terminating", 0),
        (deleted(pod(0, 1, json!({"phase": "Pending"}))), "0/1", "Terminating", 0),
    ];
    for (i, (pod, ready, word, restarts)) in table.iter().enumerate() {
        let state = PodState::read(pod);
        let told = (format!("{}/{}", state.ready, state.total), state.word.as_str(), state.restarts);
        assert_eq!(told, ((*ready).to_owned(), *word, *restarts), "case {}", i + 1);
    }
}

#[test]
fn sidecars_count_as_containers() {
    let sidecar = json!({"kind": "Pod", "metadata": {"name": "p"},
        "spec": {"initContainers": [{"name": "s", "restartPolicy": "Always"}, {"name": "i"}], "containers": [{}]},
        "status": {"phase": "Running",
            "initContainerStatuses": [
                {"name": "s", "started": true, "ready": true, "restartCount": 1, "state": {"running": {}}},
                {"name": "i", "restartCount": 5, "state": {"terminated": {"exitCode": 0}}}],
            "containerStatuses": [{"ready": true, "restartCount": 2, "state": {"running": {}}}]}});
    let state = PodState::read(&sidecar);
    assert_eq!((state.ready, state.total, state.restarts, state.tone), (2, 2, 3, Tone::Well));
}

#[test]
fn failures_are_explained() {
    let waiting = |reason: &str| {
        let state = json!({"waiting": {"reason": reason, "message": "the server's words"}});
        PodState::read(&pod(0, 1, json!({"phase": "Pending", "containerStatuses": [c(false, 0, state)]})))
    };
    for reason in
        ["CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull", "CreateContainerConfigError", "InvalidImageName"]
    {
        let state = waiting(reason);
        assert_eq!((state.tone, state.sentence.as_deref()), (Tone::Failing, Some("the server's words")), "{reason}");
        assert!(state.meaning().is_some(), "{reason}");
    }
    assert_eq!(waiting("ContainerCreating").tone, Tone::Working);
    assert_eq!(waiting("SomethingNew").meaning(), None);
    let unschedulable = PodState::read(&pod(
        0,
        1,
        json!({"phase": "Pending", "conditions": [
        {"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/2 nodes are available"}]}),
    ));
    assert_eq!((unschedulable.word.as_str(), unschedulable.tone), ("Unschedulable", Tone::Failing));
    assert_eq!(unschedulable.sentence.as_deref(), Some("0/2 nodes are available"));
    let killed = json!({"terminated": {"exitCode": 137, "signal": 9}});
    let state = PodState::read(&pod(0, 1, json!({"phase": "Failed", "containerStatuses": [c(false, 0, killed)]})));
    assert_eq!((state.word.as_str(), state.tone), ("Signal:9", Tone::Failing));
    let init = json!({"terminated": {"reason": "OOMKilled", "exitCode": 137}});
    let state = PodState::read(&pod(1, 1, json!({"phase": "Pending", "initContainerStatuses": [c(false, 0, init)]})));
    assert_eq!((state.word.as_str(), state.tone), ("Init:OOMKilled", Tone::Failing));
}

#[test]
fn objects_in_words() {
    let meta = json!({"name": "a", "generation": 2});
    let table = [
        (
            json!({"kind": "Deployment", "metadata": meta, "spec": {"replicas": 3}, "status": {"observedGeneration": 2, "updatedReplicas": 3, "readyReplicas": 3}}),
            Tone::Well,
            "3 of 3 ready",
        ),
        (
            json!({"kind": "Deployment", "metadata": meta, "spec": {"replicas": 3}, "status": {"observedGeneration": 1, "updatedReplicas": 3, "readyReplicas": 3}}),
            Tone::Working,
            "Rolling out: 3 of 3 ready",
        ),
        (
            json!({"kind": "Deployment", "metadata": meta, "spec": {"replicas": 3}, "status": {"observedGeneration": 2, "updatedReplicas": 1, "readyReplicas": 3}}),
            Tone::Working,
            "Rolling out: 3 of 3 ready",
        ),
        (
            json!({"kind": "Deployment", "metadata": meta, "spec": {"replicas": 0}, "status": {"observedGeneration": 2}}),
            Tone::Well,
            "0 of 0 ready",
        ),
        (
            json!({"kind": "Deployment", "metadata": meta, "spec": {"replicas": 1}, "status": {"observedGeneration": 2, "updatedReplicas": 1, "conditions": [
            {"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded", "message": "late"}]}}),
            Tone::Failing,
            "0 of 1 ready",
        ),
        (
            json!({"kind": "StatefulSet", "metadata": meta, "spec": {"replicas": 2}, "status": {"observedGeneration": 2, "updatedReplicas": 2, "readyReplicas": 1}}),
            Tone::Working,
            "1 of 2 ready",
        ),
        (
            json!({"kind": "DaemonSet", "metadata": meta, "status": {"observedGeneration": 2, "desiredNumberScheduled": 2, "updatedNumberScheduled": 2, "numberReady": 2}}),
            Tone::Well,
            "2 of 2 ready",
        ),
        (
            json!({"kind": "ReplicaSet", "metadata": meta, "spec": {"replicas": 1}, "status": {"observedGeneration": 2, "conditions": [
            {"type": "ReplicaFailure", "status": "True", "message": "quota"}]}}),
            Tone::Failing,
            "0 of 1 ready",
        ),
        (
            json!({"kind": "Job", "spec": {"completions": 3}, "status": {"active": 1, "succeeded": 1}}),
            Tone::Working,
            "Running: 1 of 3 succeeded, 1 active, 0 failed",
        ),
        (
            json!({"kind": "Job", "spec": {"completions": 1}, "status": {"failed": 7, "conditions": [{"type": "Failed", "status": "True", "message": "limit"}]}}),
            Tone::Failing,
            "Failed: 0 of 1 succeeded, 0 active, 7 failed",
        ),
        (
            json!({"kind": "Job", "spec": {"suspend": true}}),
            Tone::Working,
            "Suspended: 0 of 1 succeeded, 0 active, 0 failed",
        ),
        (json!({"kind": "CronJob", "spec": {}, "status": {"active": [{}]}}), Tone::Well, "Scheduled, 1 Job active"),
        (json!({"kind": "CronJob", "spec": {"suspend": true}}), Tone::Working, "Suspended"),
        (
            json!({"kind": "Service", "spec": {"type": "ClusterIP", "clusterIP": "10.96.0.9"}}),
            Tone::Well,
            "ClusterIP at 10.96.0.9",
        ),
        (
            json!({"kind": "Service", "spec": {"type": "ClusterIP", "clusterIP": "None"}}),
            Tone::Well,
            "ClusterIP, headless",
        ),
        (json!({"kind": "Service", "spec": {"type": "ExternalName", "externalName": "x"}}), Tone::Well, "ExternalName"),
        (
            json!({"kind": "Service", "spec": {"type": "LoadBalancer", "clusterIP": "10.0.0.1"}}),
            Tone::Working,
            "LoadBalancer, waits for its address",
        ),
        (
            json!({"kind": "Service", "spec": {"type": "LoadBalancer", "clusterIP": "10.0.0.1"}, "status": {"loadBalancer": {"ingress": [{"hostname": "lb.example"}]}}}),
            Tone::Well,
            "LoadBalancer at lb.example",
        ),
        (json!({"kind": "PersistentVolumeClaim", "status": {"phase": "Pending"}}), Tone::Working, "Pending"),
        (json!({"kind": "Namespace", "status": {"phase": "Active"}}), Tone::Well, "Active"),
        (json!({"kind": "ConfigMap"}), Tone::Well, "Exists"),
        (
            json!({"kind": "ConfigMap", "metadata": {"deletionTimestamp": "2026-01-01T00:00:00Z"}}),
            Tone::Working,
            "Being deleted",
        ),
        (json!(null), Tone::Well, "Exists"),
        (
            json!({"kind": "Job", "spec": [], "status": "x"}),
            Tone::Working,
            "Running: 0 of 1 succeeded, 0 active, 0 failed",
        ),
    ];
    for (object, tone, words) in table {
        let state = ObjectState::read(&object);
        assert_eq!((state.tone(), state.message().text(Locale::En).as_str()), (tone, words), "{object}");
        assert!(!state.message().text(Locale::Zh).contains('{'), "{object}");
    }
}
