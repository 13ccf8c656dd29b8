use serde_json::Value;

use super::object_state::Tone;
use crate::i18n::{Id, Message, id};

/// A pod as `kubectl get pods` shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodState {
    /// Its name.
    pub name: String,
    /// The word of kubectl's STATUS column: `Running`, `CrashLoopBackOff`, `Init:0/1`.
    pub word: String,
    /// Containers that are ready.
    pub ready: usize,
    /// Containers in all.
    pub total: usize,
    /// Restarts of all containers.
    pub restarts: i64,
    /// What the server says about it: why an image cannot be pulled, why no node is found.
    pub sentence: Option<String>,
    /// How it is.
    pub tone: Tone,
}

/// Words that say a pod fails, and what each means in plain words.
const FAILING: [(&str, Id); 15] = [
    ("CrashLoopBackOff", id::CLUSTER_POD_CRASH_LOOP),
    ("ImagePullBackOff", id::CLUSTER_POD_IMAGE_PULL),
    ("ErrImagePull", id::CLUSTER_POD_IMAGE_PULL),
    ("ErrImageNeverPull", id::CLUSTER_POD_IMAGE_NEVER),
    ("InvalidImageName", id::CLUSTER_POD_IMAGE_NAME),
    ("CreateContainerConfigError", id::CLUSTER_POD_CONFIG),
    ("CreateContainerError", id::CLUSTER_POD_CREATE),
    ("RunContainerError", id::CLUSTER_POD_CREATE),
    ("StartError", id::CLUSTER_POD_CREATE),
    ("OOMKilled", id::CLUSTER_POD_MEMORY),
    ("Evicted", id::CLUSTER_POD_EVICTED),
    ("Unschedulable", id::CLUSTER_POD_UNSCHEDULABLE),
    ("DeadlineExceeded", id::CLUSTER_POD_DEADLINE),
    ("Error", id::CLUSTER_POD_ERROR),
    ("Failed", id::CLUSTER_POD_ERROR),
];

/// Words that say all is well, or on its way.
const WORKING: [(&str, Id); 7] = [
    ("ContainerCreating", id::CLUSTER_POD_CREATING),
    ("PodInitializing", id::CLUSTER_POD_CREATING),
    ("Pending", id::CLUSTER_POD_PENDING),
    ("SchedulingGated", id::CLUSTER_POD_GATED),
    ("NotReady", id::CLUSTER_POD_NOT_READY),
    ("Terminating", id::CLUSTER_POD_TERMINATING),
    ("Completed", id::CLUSTER_POD_COMPLETED),
];

impl PodState {
    /// Reads a live Pod. The word is found as kubectl finds it (`printPod`); in addition a pod that
    /// no node takes is `Unschedulable`, where kubectl says `Pending`.
    pub fn read(pod: &Value) -> PodState {
        let status = pod.get("status").unwrap_or(&Value::Null);
        let phase = text(status, "phase");
        let mut state = PodState {
            name: pod.get("metadata").map(|m| text(m, "name")).unwrap_or_default().to_owned(),
            word: [text(status, "reason"), phase].into_iter().find(|w| !w.is_empty()).unwrap_or("Unknown").to_owned(),
            ready: 0,
            total: list(pod.get("spec"), "containers").len(),
            restarts: 0,
            sentence: said(status),
            tone: Tone::Working,
        };
        let conditions = list(Some(status), "conditions");
        let holds = |kind: &str| conditions.iter().any(|c| text(c, "type") == kind && text(c, "status") == "True");
        if let Some(scheduled) = conditions.iter().find(|c| text(c, "type") == "PodScheduled") {
            let reason = text(scheduled, "reason");
            if reason == "SchedulingGated" || (reason == "Unschedulable" && text(scheduled, "status") == "False") {
                state.word = reason.to_owned();
                state.sentence = said(scheduled).or(state.sentence);
            }
        }
        let sidecars = state.read_init(pod, status);
        if sidecars.is_none() || holds("Initialized") {
            state.restarts = sidecars.unwrap_or(state.restarts);
            state.read_containers(status, holds("Ready"));
        }
        if pod.get("metadata").is_some_and(|m| m.get("deletionTimestamp").is_some_and(|t| !t.is_null())) {
            if text(status, "reason") == "NodeLost" {
                state.word = "Unknown".to_owned();
            } else if !matches!(phase, "Succeeded" | "Failed") {
                state.word = "Terminating".to_owned();
            }
        }
        state.tone = state.judge();
        state
    }

    /// The init containers. `Some` when one of them still holds up the pod, with the restarts of the
    /// sidecars alone.
    fn read_init(&mut self, pod: &Value, status: &Value) -> Option<i64> {
        let specs = list(pod.get("spec"), "initContainers");
        let is_sidecar = |c: &Value| text(c, "restartPolicy") == "Always";
        self.total += specs.iter().filter(|c| is_sidecar(c)).count();
        let mut sidecars = 0i64;
        for (i, container) in list(Some(status), "initContainerStatuses").iter().enumerate() {
            let restarts = number(container, "restartCount");
            self.restarts = self.restarts.saturating_add(restarts);
            let name = text(container, "name");
            let sidecar = specs.iter().any(|c| text(c, "name") == name && is_sidecar(c));
            if sidecar {
                sidecars = restarts.saturating_add(sidecars);
            }
            let flag = |key: &str| container.get(key).and_then(Value::as_bool) == Some(true);
            let (terminated, waiting) = (state_of(container, "terminated"), state_of(container, "waiting"));
            if terminated.is_some_and(|t| number(t, "exitCode") == 0) {
                continue;
            }
            if sidecar && flag("started") {
                self.ready += usize::from(flag("ready"));
                continue;
            }
            self.word = match (terminated, waiting.map(|w| (w, text(w, "reason")))) {
                (Some(ended), _) => {
                    self.sentence = said(ended).or(self.sentence.take());
                    format!("Init:{}", ending(ended))
                }
                (None, Some((waiting, reason))) if !matches!(reason, "" | "PodInitializing") => {
                    self.sentence = said(waiting).or(self.sentence.take());
                    format!("Init:{reason}")
                }
                _ => format!("Init:{i}/{}", specs.len()),
            };
            return Some(sidecars);
        }
        self.restarts = sidecars;
        None
    }

    fn read_containers(&mut self, status: &Value, pod_ready: bool) {
        let mut running = false;
        let mut error = None;
        for container in list(Some(status), "containerStatuses").iter().rev() {
            self.restarts = self.restarts.saturating_add(number(container, "restartCount"));
            let ready = container.get("ready").and_then(Value::as_bool) == Some(true);
            let waiting = state_of(container, "waiting").filter(|w| !text(w, "reason").is_empty());
            if let Some(waiting) = waiting {
                self.word = text(waiting, "reason").to_owned();
                self.sentence = said(waiting).or(self.sentence.take());
            } else if let Some(ended) = state_of(container, "terminated") {
                self.word = ending(ended);
                self.sentence = said(ended).or(self.sentence.take());
                if number(ended, "exitCode") != 0 {
                    error = Some(self.word.clone());
                }
            } else if ready && state_of(container, "running").is_some() {
                running = true;
                self.ready += 1;
            }
        }
        if self.word == "Completed" {
            if running && pod_ready {
                self.word = "Running".to_owned();
            } else if let Some(error) = error {
                self.word = error;
            } else if running {
                self.word = "NotReady".to_owned();
            }
        }
    }

    fn judge(&self) -> Tone {
        let word = self.bare();
        match word {
            "Running" if self.ready >= self.total => Tone::Well,
            "Completed" | "Succeeded" => Tone::Well,
            _ if FAILING.iter().any(|(w, _)| *w == word) => Tone::Failing,
            _ if word.starts_with("ExitCode:") || word.starts_with("Signal:") => Tone::Failing,
            _ => Tone::Working,
        }
    }

    /// The word without `Init:`.
    fn bare(&self) -> &str {
        self.word.strip_prefix("Init:").unwrap_or(&self.word)
    }

    /// One line: the word, ready containers, restarts.
    pub fn message(&self) -> Message {
        let id = if self.restarts > 0 { id::CLUSTER_POD_STATE_RESTARTS } else { id::CLUSTER_POD_STATE };
        let message =
            Message::new(id).with("word", self.word.as_str()).with("ready", self.ready).with("total", self.total);
        if self.restarts > 0 { message.with("n", usize::try_from(self.restarts).unwrap_or(0)) } else { message }
    }

    /// What the word means and what to look at, for the words that a learner meets.
    pub fn meaning(&self) -> Option<Message> {
        let word = self.bare();
        let known = FAILING.iter().chain(&WORKING).find(|(w, _)| *w == word).map(|(_, id)| *id);
        if let Some(id) = known {
            return Some(Message::new(id));
        }
        if word.starts_with("ExitCode:") || word.starts_with("Signal:") {
            return Some(Message::new(id::CLUSTER_POD_ERROR));
        }
        self.word.starts_with("Init:").then(|| Message::new(id::CLUSTER_POD_INIT))
    }
}

/// How a container ended, in kubectl's words.
fn ending(terminated: &Value) -> String {
    match (text(terminated, "reason"), number(terminated, "signal")) {
        ("", 0) => format!("ExitCode:{}", number(terminated, "exitCode")),
        ("", signal) => format!("Signal:{signal}"),
        (reason, _) => reason.to_owned(),
    }
}

fn said(of: &Value) -> Option<String> {
    Some(text(of, "message").trim()).filter(|t| !t.is_empty()).map(str::to_owned)
}

fn state_of<'a>(container: &'a Value, key: &str) -> Option<&'a Value> {
    container.get("state")?.get(key).filter(|s| s.is_object())
}

fn text<'a>(of: &'a Value, key: &str) -> &'a str {
    of.get(key).and_then(Value::as_str).unwrap_or("")
}

fn number(of: &Value, key: &str) -> i64 {
    of.get(key).and_then(Value::as_i64).unwrap_or(0)
}

fn list<'a>(of: Option<&'a Value>, key: &str) -> &'a [Value] {
    of.and_then(|o| o.get(key)).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
