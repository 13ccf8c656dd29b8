//! Asking the cluster: what is there now, the state of every object and of its pods.

use std::rc::Rc;

use serde_json::Value;

use super::Turn;
use super::send::Purpose;
use crate::cluster::{self, PodState, Request, Response, ServerError, Tone, TransportError};
use crate::studio::index::Summary;
use crate::studio::server::{Connection, Live, ObjectRow, ObjectState, PodRow};
use crate::studio::workspace::DocRef;
use crate::yaml::edit;

/// Questions under way at once, beside what is being sent.
const LANES: usize = 2;
/// The list of objects asks for so many documents at most.
const MANY_OBJECTS: usize = 200;

impl Turn {
    pub(super) fn ask_live(&mut self, doc: DocRef) {
        let Some(summary) = self.summary(doc) else { return };
        let live = match self.address(&summary) {
            Ok(address) => {
                self.ask_question(Purpose::Live(doc), Request::get(&address));
                Live::Waiting
            }
            Err(message) => Live::Failed(message),
        };
        self.server().live.insert(doc, Rc::new(live));
    }

    fn ask_question(&mut self, purpose: Purpose, request: Request) {
        let sending = self.sending();
        let asked =
            sending.questions.iter().any(|(p, _)| *p == purpose) || sending.tickets.values().any(|p| *p == purpose);
        if !asked {
            sending.questions.push_back((purpose, request));
        }
        self.ask_questions();
    }

    pub(super) fn ask_questions(&mut self) {
        while self.state.inner.sending.tickets.values().filter(|p| p.is_question()).count() < LANES {
            let Some((purpose, request)) = self.sending().questions.pop_front() else { break };
            self.request(purpose, request);
        }
        let sending = &self.state.inner.sending;
        let object = |p: &Purpose| matches!(p, Purpose::Object(_) | Purpose::Pods(_));
        let open = sending.tickets.values().any(object) || sending.questions.iter().any(|(p, _)| object(p));
        if self.state.server.refreshing && !open {
            self.server().refreshing = false;
        }
    }

    pub(super) fn live_answered(&mut self, doc: DocRef, answer: Result<Response, TransportError>) {
        let live = match answer.map(|r| r.decode()) {
            Ok(Ok(answer)) => {
                let mut object = answer.object;
                cluster::clean(&mut object, false);
                Live::There(edit::emit(&object).into())
            }
            Ok(Err(ServerError::NotFound { .. } | ServerError::NoNamespace { .. })) => Live::Absent,
            Ok(Err(error)) => Live::Failed(error.message()),
            Err(error) => Live::Failed(error.message()),
        };
        if self.state.index.document(doc).is_some() {
            self.server().live.insert(doc, Rc::new(live));
        }
    }

    #[inline(never)]
    pub(super) fn refresh_objects(&mut self) {
        if self.state.server.refreshing || !matches!(self.state.server.connection, Connection::Connected { .. }) {
            return;
        }
        let summaries: Vec<Rc<Summary>> =
            self.state.index.documents().filter(|d| d.gvk.is_some()).take(MANY_OBJECTS).cloned().collect();
        let old = self.state.server.objects.clone();
        let mut rows = Vec::new();
        for summary in summaries {
            let before = old.iter().find(|row| row.doc == summary.at).cloned();
            let mut row =
                before.unwrap_or(ObjectRow { doc: summary.at, state: ObjectState::Waiting, pods: Vec::new() });
            match self.address(&summary) {
                Ok(address) => self.ask_question(Purpose::Object(summary.at), Request::get(&address)),
                Err(message) => row.state = ObjectState::Failed(message),
            }
            rows.push(row);
        }
        let server = self.server();
        server.objects = Rc::new(rows);
        server.refreshing = true;
        self.ask_questions();
    }

    pub(super) fn object_answered(&mut self, doc: DocRef, answer: Result<Response, TransportError>) {
        let mut pods = None;
        let state = match answer.map(|r| r.decode()) {
            Ok(Ok(answer)) => {
                let namespace =
                    answer.object.pointer("/metadata/namespace").and_then(Value::as_str).unwrap_or("default");
                let selector = cluster::pod_selector(&answer.object);
                pods = selector.and_then(|selector| Request::pods(namespace, &selector));
                ObjectState::There(cluster::ObjectState::read(&answer.object).message())
            }
            Ok(Err(ServerError::NotFound { .. } | ServerError::NoNamespace { .. })) => ObjectState::Absent,
            Ok(Err(error)) => ObjectState::Failed(error.message()),
            Err(error) => ObjectState::Failed(error.message()),
        };
        let has_pods = pods.is_some();
        self.row(doc, |row| {
            row.state = state;
            if !has_pods {
                row.pods.clear();
            }
        });
        if let Some(request) = pods {
            self.ask_question(Purpose::Pods(doc), request);
        }
    }

    pub(super) fn pods_answered(&mut self, doc: DocRef, answer: Result<Response, TransportError>) {
        let Some(answer) = answer.ok().and_then(|r| r.decode().ok()) else { return };
        let items = answer.object.get("items").and_then(Value::as_array);
        let pods: Vec<PodRow> = items
            .into_iter()
            .flatten()
            .map(PodState::read)
            .map(|pod| PodRow { ready: pod.tone == Tone::Well, name: pod.name, phase: pod.word })
            .collect();
        self.row(doc, |row| row.pods = pods);
    }

    fn row(&mut self, doc: DocRef, change: impl FnOnce(&mut ObjectRow)) {
        if let Some(row) = Rc::make_mut(&mut self.server().objects).iter_mut().find(|row| row.doc == doc) {
            change(row);
        }
    }
}
