use serde_json::Value;

use super::pod_state::PodState;
use crate::i18n::{Message, id};

/// How something is, for a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Well,
    /// On its way, or held on purpose.
    Working,
    /// Somebody should look.
    Failing,
}

/// What a live object does, as far as its kind tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObjectState {
    /// Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController.
    Replicas {
        /// Pods that are ready.
        ready: i64,
        /// Pods that are wanted.
        desired: i64,
        /// Whether all of them are of the newest template, and the controller has seen it.
        current: bool,
        /// Why it does not get on, in the server's words.
        failure: Option<String>,
    },
    /// Job.
    Job {
        /// Pods that succeeded.
        succeeded: i64,
        /// Pods that have to succeed.
        wanted: i64,
        /// Pods that run.
        active: i64,
        /// Pods that failed.
        failed: i64,
        /// How far it is.
        progress: JobProgress,
        /// Why it failed, in the server's words.
        failure: Option<String>,
    },
    /// CronJob.
    CronJob {
        /// Jobs that run.
        active: usize,
        /// Whether it is suspended.
        suspended: bool,
    },
    /// Service.
    Service {
        /// `ClusterIP`, `LoadBalancer`, …
        kind: String,
        /// Its address in the cluster; `None` for a headless one.
        cluster_ip: Option<String>,
        /// Its address for the world outside, when it is a load balancer and has one.
        external: Option<String>,
    },
    /// Pod.
    Pod(PodState),
    /// Namespace, PersistentVolumeClaim and others that have a phase.
    Phase(String),
    /// Being deleted.
    Deleting,
    /// There; nothing more to say of its kind.
    Exists,
}

/// How far a Job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobProgress {
    /// Its pods run or are about to.
    Running,
    /// Enough of them succeeded.
    Complete,
    /// It gave up.
    Failed,
    /// It is suspended.
    Suspended,
}

impl ObjectState {
    /// Reads a live object.
    pub fn read(object: &Value) -> ObjectState {
        let kind = object.get("kind").and_then(Value::as_str).unwrap_or("");
        if kind == "Pod" {
            return ObjectState::Pod(PodState::read(object));
        }
        if !at(object, &["metadata", "deletionTimestamp"]).is_null() {
            return ObjectState::Deleting;
        }
        match kind {
            "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController" => {
                let updated = match kind {
                    "Deployment" | "StatefulSet" => integer(object, &["status", "updatedReplicas"]),
                    _ => None,
                };
                replicas(object, integer(object, &["spec", "replicas"]).unwrap_or(1), "readyReplicas", updated)
            }
            "DaemonSet" => {
                let desired = integer(object, &["status", "desiredNumberScheduled"]).unwrap_or(0);
                let updated = integer(object, &["status", "updatedNumberScheduled"]);
                replicas(object, desired, "numberReady", updated)
            }
            "Job" => job(object),
            "CronJob" => ObjectState::CronJob {
                active: at(object, &["status", "active"]).as_array().map_or(0, Vec::len),
                suspended: at(object, &["spec", "suspend"]).as_bool().unwrap_or(false),
            },
            "Service" => service(object),
            _ => match at(object, &["status", "phase"]).as_str() {
                Some(phase) => ObjectState::Phase(phase.to_owned()),
                None => ObjectState::Exists,
            },
        }
    }

    /// How it is.
    pub fn tone(&self) -> Tone {
        match self {
            ObjectState::Replicas { failure: Some(_), .. } | ObjectState::Job { progress: JobProgress::Failed, .. } => {
                Tone::Failing
            }
            ObjectState::Replicas { ready, desired, current, .. } if *current && ready >= desired => Tone::Well,
            ObjectState::Job { progress: JobProgress::Complete, .. } => Tone::Well,
            ObjectState::Replicas { .. } | ObjectState::Job { .. } | ObjectState::Deleting => Tone::Working,
            ObjectState::Service { kind, external: None, .. } if kind == "LoadBalancer" => Tone::Working,
            ObjectState::CronJob { suspended: true, .. } => Tone::Working,
            ObjectState::Pod(pod) => pod.tone,
            ObjectState::Phase(phase) => match phase.as_str() {
                "Pending" | "Terminating" | "Released" => Tone::Working,
                "Lost" | "Failed" => Tone::Failing,
                _ => Tone::Well,
            },
            ObjectState::Service { .. } | ObjectState::CronJob { .. } | ObjectState::Exists => Tone::Well,
        }
    }

    /// In words.
    pub fn message(&self) -> Message {
        match self {
            ObjectState::Replicas { ready, desired, current, .. } => {
                let id = if *current { id::CLUSTER_STATE_REPLICAS } else { id::CLUSTER_STATE_ROLLING };
                Message::new(id).with("ready", count(*ready)).with("desired", count(*desired))
            }
            ObjectState::Job { succeeded, wanted, active, failed, progress, .. } => Message::new(match progress {
                JobProgress::Running => id::CLUSTER_STATE_JOB_RUNNING,
                JobProgress::Complete => id::CLUSTER_STATE_JOB_COMPLETE,
                JobProgress::Failed => id::CLUSTER_STATE_JOB_FAILED,
                JobProgress::Suspended => id::CLUSTER_STATE_JOB_SUSPENDED,
            })
            .with("succeeded", count(*succeeded))
            .with("wanted", count(*wanted))
            .with("active", count(*active))
            .with("failed", count(*failed)),
            ObjectState::CronJob { suspended: true, .. } => Message::new(id::CLUSTER_STATE_CRON_SUSPENDED),
            ObjectState::CronJob { active, .. } => Message::new(id::CLUSTER_STATE_CRON).with("n", *active),
            ObjectState::Service { kind, cluster_ip, external } => match (external, cluster_ip) {
                (Some(address), _) => {
                    Message::new(id::CLUSTER_STATE_SERVICE_EXTERNAL).with("address", address.as_str())
                }
                (None, _) if kind == "LoadBalancer" => Message::new(id::CLUSTER_STATE_SERVICE_PENDING),
                (None, Some(ip)) => Message::new(id::CLUSTER_STATE_SERVICE).with("ip", ip.as_str()),
                (None, None) if kind == "ExternalName" => Message::new(id::CLUSTER_STATE_SERVICE_NAME),
                (None, None) => Message::new(id::CLUSTER_STATE_SERVICE_HEADLESS),
            }
            .with("type", kind.as_str()),
            ObjectState::Pod(pod) => pod.message(),
            ObjectState::Phase(phase) => Message::new(id::CLUSTER_STATE_PHASE).with("phase", phase.as_str()),
            ObjectState::Deleting => Message::new(id::CLUSTER_STATE_DELETING),
            ObjectState::Exists => Message::new(id::CLUSTER_STATE_EXISTS),
        }
    }

    /// Why it fails, in the server's words, where it says so.
    pub fn sentence(&self) -> Option<&str> {
        match self {
            ObjectState::Replicas { failure, .. } | ObjectState::Job { failure, .. } => failure.as_deref(),
            ObjectState::Pod(pod) => pod.sentence.as_deref(),
            _ => None,
        }
    }
}

fn replicas(object: &Value, desired: i64, ready: &str, updated: Option<i64>) -> ObjectState {
    let seen = integer(object, &["status", "observedGeneration"]) >= integer(object, &["metadata", "generation"]);
    let failure = condition(object, "ReplicaFailure", "True", None)
        .or_else(|| condition(object, "Progressing", "False", Some("ProgressDeadlineExceeded")));
    ObjectState::Replicas {
        ready: integer(object, &["status", ready]).unwrap_or(0),
        desired,
        current: seen && updated.is_none_or(|u| u >= desired),
        failure,
    }
}

fn job(object: &Value) -> ObjectState {
    let failure =
        condition(object, "Failed", "True", None).or_else(|| condition(object, "FailureTarget", "True", None));
    let progress = if condition(object, "Complete", "True", None).is_some() {
        JobProgress::Complete
    } else if failure.is_some() {
        JobProgress::Failed
    } else if at(object, &["spec", "suspend"]).as_bool() == Some(true) {
        JobProgress::Suspended
    } else {
        JobProgress::Running
    };
    let number = |key: &str| integer(object, &["status", key]).unwrap_or(0);
    ObjectState::Job {
        succeeded: number("succeeded"),
        wanted: integer(object, &["spec", "completions"]).unwrap_or(1),
        active: number("active"),
        failed: number("failed"),
        progress,
        failure,
    }
}

fn service(object: &Value) -> ObjectState {
    let word = |value: &Value| value.as_str().filter(|t| !t.is_empty() && *t != "None").map(str::to_owned);
    let ingress = at(object, &["status", "loadBalancer", "ingress"]).get(0).unwrap_or(&Value::Null);
    ObjectState::Service {
        kind: word(at(object, &["spec", "type"])).unwrap_or_else(|| "ClusterIP".to_owned()),
        cluster_ip: word(at(object, &["spec", "clusterIP"])),
        external: word(at(ingress, &["ip"])).or_else(|| word(at(ingress, &["hostname"]))),
    }
}

/// The message of a condition, if it holds.
fn condition(object: &Value, kind: &str, status: &str, reason: Option<&str>) -> Option<String> {
    at(object, &["status", "conditions"])
        .as_array()?
        .iter()
        .find(|c| {
            let is = |key: &str, word: &str| c.get(key).and_then(Value::as_str) == Some(word);
            is("type", kind) && is("status", status) && reason.is_none_or(|r| is("reason", r))
        })
        .map(|c| c.get("message").and_then(Value::as_str).unwrap_or("").to_owned())
}

fn at<'a>(object: &'a Value, path: &[&str]) -> &'a Value {
    path.iter().fold(object, |o, key| o.get(key).unwrap_or(&Value::Null))
}

fn integer(object: &Value, path: &[&str]) -> Option<i64> {
    at(object, path).as_i64()
}

fn count(number: i64) -> usize {
    usize::try_from(number).unwrap_or(0)
}
