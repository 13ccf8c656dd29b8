//! The cluster: finding it, sending documents and putting its answers where they belong, what is
//! there now.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use super::Turn;
use super::documents::placeholder;
use super::placing::Place;
use crate::check::Severity;
use crate::cluster::{
    self, Address, Flow, Parcel, Request, Resource, Response, ServerError, ServerVersion, State, TransportError, User,
    Work,
};
use crate::i18n::{Message, id};
use crate::k8s::Gvk;
use crate::studio::action::Action;
use crate::studio::analysis::Revision;
use crate::studio::effect::{Effect, Ticket};
use crate::studio::findings::By;
use crate::studio::index::Summary;
use crate::studio::server::{Connection, Exchange, Outcome, Owner, Server, Verb};
use crate::studio::state::{Dialog, Panel};
use crate::studio::workspace::DocRef;
use crate::yaml::Step;

/// What is under way to the cluster.
#[derive(Clone, Debug, Default)]
pub(in crate::studio) struct Sending {
    flows: Vec<(u32, Flow<DocRef>)>,
    /// What each request was for; an answer without an entry here is dropped.
    pub(super) tickets: BTreeMap<Ticket, Purpose>,
    last: u64,
    last_flow: u32,
    /// The state of each document that was sent.
    sent: BTreeMap<DocRef, Revision>,
    /// What the cluster says of kinds that no schema of ours has.
    resources: BTreeMap<Gvk, Option<Resource>>,
    /// What waits until those kinds are known.
    waiting: Vec<(Verb, Vec<DocRef>)>,
    /// Questions that wait for a lane.
    pub(super) questions: VecDeque<(Purpose, Request)>,
}

/// What a request is for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Purpose {
    Version,
    User,
    Sent(u32, cluster::Ticket),
    Kind(Gvk),
    Live(DocRef),
    Object(DocRef),
    Pods(DocRef),
}

impl Purpose {
    pub(super) fn is_question(&self) -> bool {
        matches!(self, Purpose::Live(_) | Purpose::Object(_) | Purpose::Pods(_))
    }
}

impl Turn {
    pub(super) fn server(&mut self) -> &mut Server {
        Rc::make_mut(&mut self.state.server)
    }

    pub(super) fn sending(&mut self) -> &mut Sending {
        Rc::make_mut(&mut self.state.inner.sending)
    }

    pub(super) fn request(&mut self, purpose: Purpose, request: Request) {
        let sending = self.sending();
        sending.last += 1;
        let ticket = Ticket(sending.last);
        sending.tickets.insert(ticket, purpose);
        self.effects.push(Effect::Send { ticket, request });
    }

    pub(super) fn connect(&mut self) {
        if self.state.server.connection != Connection::Probing {
            self.server().connection = Connection::Probing;
            self.request(Purpose::Version, Request::version());
        }
    }

    #[inline(never)]
    pub(super) fn answered(&mut self, ticket: Ticket, answer: Result<Response, TransportError>) {
        let Some(purpose) = self.sending().tickets.remove(&ticket) else { return };
        match purpose {
            Purpose::Version => self.version_answered(answer),
            Purpose::User => self.user_answered(answer),
            Purpose::Kind(gvk) => self.kind_answered(gvk, answer),
            Purpose::Live(doc) => self.live_answered(doc, answer),
            Purpose::Object(doc) => self.object_answered(doc, answer),
            Purpose::Pods(doc) => self.pods_answered(doc, answer),
            Purpose::Sent(flow, ticket) => {
                let found = self.sending().flows.iter_mut().find(|(id, _)| *id == flow);
                if let Some((_, flow)) = found
                    && flow.answer(ticket, answer)
                {
                    self.show_flows();
                }
                self.go_on();
            }
        }
        self.ask_questions();
    }

    fn version_answered(&mut self, answer: Result<Response, TransportError>) {
        let absent = |status: u16| matches!(status, 200..=299 | 404 | 405 | 501);
        let connection = match answer {
            Err(_) => Connection::Absent,
            Ok(response) => match response.decode().map(|a| ServerVersion::read(&a.object)) {
                Ok(Some(version)) => {
                    Connection::Connected { version: version.git, supported: version.supported, user: None }
                }
                Ok(None) | Err(ServerError::NoApi) => Connection::Absent,
                Err(_) if absent(response.status) => Connection::Absent,
                Err(error) => Connection::Refused(error.message()),
            },
        };
        if let Connection::Connected { supported, .. } = &connection {
            if let Some(supported) = supported.filter(|s| *s != self.state.version) {
                let message = Message::new(id::NOTICE_CLUSTER_VERSION)
                    .with("version", supported.to_string())
                    .with("chosen", self.state.version.to_string());
                let way = (id::STUDIO_USE_CLUSTER_VERSION, Action::SetVersion(supported));
                self.notice(Severity::Info, message, vec![way]);
            }
            self.request(Purpose::User, Request::who_am_i());
        }
        self.server().connection = connection;
    }

    fn user_answered(&mut self, answer: Result<Response, TransportError>) {
        let said = answer.ok().and_then(|r| r.decode().ok()).and_then(|a| User::read(&a.object));
        if let Connection::Connected { user, .. } = &mut self.server().connection {
            *user = said.map(|u| u.name);
        }
    }

    /// Sends documents, or asks about them.
    #[inline(never)]
    pub(super) fn send(&mut self, verb: Verb, docs: Vec<DocRef>) {
        match verb {
            Verb::Delete => self.state.dialog = Some(Dialog::ConfirmDelete(docs)),
            Verb::Live => {
                self.state.panel = Panel::Live;
                self.prepare(verb, docs);
            }
            Verb::DryRun | Verb::Apply => {
                self.state.panel = Panel::Cluster;
                self.prepare(verb, docs);
            }
        }
    }

    #[inline(never)]
    pub(super) fn delete_confirmed(&mut self, docs: Vec<DocRef>) {
        self.state.dialog = None;
        self.state.panel = Panel::Cluster;
        self.prepare(Verb::Delete, docs);
    }

    /// Asks for the kinds that nobody here knows, then goes on.
    fn prepare(&mut self, verb: Verb, docs: Vec<DocRef>) {
        if !matches!(self.state.server.connection, Connection::Connected { .. }) {
            return;
        }
        let mut unknown: Vec<Gvk> = Vec::new();
        for doc in &docs {
            let Some(gvk) = self.summary(*doc).and_then(|s| s.gvk.clone()) else { continue };
            let sending = &self.state.inner.sending;
            if self.known_kind(&gvk).is_none() && !sending.resources.contains_key(&gvk) && !unknown.contains(&gvk) {
                unknown.push(gvk);
            }
        }
        let mut asked = false;
        for gvk in unknown {
            let under_way = self.state.inner.sending.tickets.values().any(|p| *p == Purpose::Kind(gvk.clone()));
            match Request::resources(&gvk) {
                Some(_) if under_way => asked = true,
                Some(request) => {
                    self.request(Purpose::Kind(gvk), request);
                    asked = true;
                }
                None => drop(self.sending().resources.insert(gvk, None)),
            }
        }
        if asked {
            self.sending().waiting.push((verb, docs));
        } else {
            self.dispatch(verb, docs);
        }
    }

    fn kind_answered(&mut self, gvk: Gvk, answer: Result<Response, TransportError>) {
        let found = answer.ok().and_then(|r| r.decode().ok());
        let found = found.and_then(|a| cluster::find_resource(&a.object, &gvk.kind));
        self.sending().resources.insert(gvk, found);
        let kinds = self.state.inner.sending.tickets.values().any(|p| matches!(p, Purpose::Kind(_)));
        if !kinds {
            for (verb, docs) in std::mem::take(&mut self.sending().waiting) {
                self.dispatch(verb, docs);
            }
            // A kind that was not to be had may be there the next time.
            self.sending().resources.retain(|_, found| found.is_some());
        }
    }

    fn known_kind(&self, gvk: &Gvk) -> Option<(String, bool)> {
        let info = self.state.catalog.as_ref()?.kind(&gvk.api_version(), &gvk.kind)?;
        Some((info.plural.clone(), info.namespaced))
    }

    /// Where a document's object lives, or why it has no address.
    pub(super) fn address(&self, summary: &Summary) -> Result<Address, Message> {
        let Some(gvk) = &summary.gvk else { return Err(Message::new(id::STUDIO_NO_KIND)) };
        let asked = || self.state.inner.sending.resources.get(gvk)?.as_ref().map(|r| (r.plural.clone(), r.namespaced));
        let Some((plural, namespaced)) = self.known_kind(gvk).or_else(asked) else {
            return Err(ServerError::NoSuchKind.message());
        };
        // kubectl would take the context's namespace; the proxy does not say which that is.
        let namespace = summary.namespace.as_deref().filter(|n| !n.is_empty()).unwrap_or("default");
        let path = [Step::from("metadata"), Step::from("name")];
        let name = summary.document.at(&path).and_then(|n| n.as_str()).unwrap_or("");
        Address::new(gvk.clone(), &plural, namespaced, namespace, name).map_err(|e| e.message())
    }

    fn dispatch(&mut self, verb: Verb, docs: Vec<DocRef>) {
        let work = match verb {
            Verb::DryRun => Work::DryRun,
            Verb::Apply => Work::Apply,
            Verb::Delete => Work::Delete,
            Verb::Live => return docs.into_iter().for_each(|doc| self.ask_live(doc)),
        };
        let mut parcels = Vec::new();
        for doc in docs {
            let Some(summary) = self.summary(doc).filter(|s| !s.null) else { continue };
            // What is under way is not sent twice.
            let twice = parcels.iter().any(|p: &Parcel<DocRef>| p.key == doc);
            if twice || self.state.inner.sending.flows.iter().any(|(_, flow)| flow.is_busy(&doc)) {
                continue;
            }
            let withheld = work != Work::Delete && !self.placeholders(&summary).is_empty();
            let address = match summary.document.to_json() {
                None => Err(Message::new(id::STUDIO_UNREADABLE)),
                Some(_) if withheld => Err(Message::new(placeholder(&summary))),
                Some(value) => self.address(&summary).map(|address| (address, value.to_string())),
            };
            match address {
                Ok((address, body)) => {
                    self.sending().sent.insert(doc, summary.revision);
                    parcels.push(Parcel { key: doc, address, body });
                }
                Err(message) => {
                    let outcome = Outcome::Refused { message, server: None };
                    self.server().exchanges.insert(doc, Rc::new(Exchange { verb, outcome }));
                }
            }
        }
        if parcels.is_empty() {
            return;
        }
        let sending = self.sending();
        // Of what was sent before, only conflicts are waited for.
        sending.flows.retain(|(_, flow)| {
            !flow.is_finished() || flow.entries().iter().any(|e| matches!(e.state, State::Conflict(_)))
        });
        sending.last_flow += 1;
        let flow = sending.last_flow;
        sending.flows.push((flow, Flow::new(flow, work, parcels)));
        self.show_flows();
        self.go_on();
    }

    #[inline(never)]
    pub(super) fn take_over(&mut self, doc: DocRef) {
        let current = self.summary(doc).map(|s| s.revision);
        if current.is_none() || self.state.inner.sending.sent.get(&doc).copied() != current {
            // The text is another one by now: it is judged first, as it is.
            return self.send(Verb::Apply, vec![doc]);
        }
        let sending = self.sending();
        if sending.flows.iter_mut().rev().any(|(_, flow)| flow.force(&doc)) {
            self.show_flows();
            self.go_on();
        }
    }

    /// Gives out what may be sent now.
    fn go_on(&mut self) {
        let mut requests = Vec::new();
        for (id, flow) in &mut self.sending().flows {
            while let Some((ticket, request)) = flow.next_request() {
                requests.push((Purpose::Sent(*id, ticket), request));
            }
        }
        for (purpose, request) in requests {
            self.request(purpose, request);
        }
    }

    /// Shows where everything stands that is being sent.
    fn show_flows(&mut self) {
        let sending = self.state.inner.sending.clone();
        let mut finished = false;
        for (_, flow) in &sending.flows {
            let verb = match flow.work() {
                Work::DryRun => Verb::DryRun,
                Work::Apply => Verb::Apply,
                Work::Delete => Verb::Delete,
            };
            for entry in flow.entries() {
                let doc = entry.parcel.key;
                let later = sending.flows.iter().rev().find(|(_, f)| f.entry(&doc).is_some());
                if self.state.index.document(doc).is_none() || later.is_none_or(|(_, f)| !std::ptr::eq(f, flow)) {
                    continue;
                }
                let outcome = outcome(entry);
                let old = self.state.server.exchanges.get(&doc);
                if old.is_some_and(|o| o.verb == verb && o.outcome == outcome) {
                    continue;
                }
                let findings = match &entry.state {
                    State::Conflict(error) | State::Refused(error) => self.placed(doc, &entry.parcel.body, error),
                    _ => Vec::new(),
                };
                let mut findings = findings;
                findings.extend(entry.warnings.iter().filter_map(|warning| {
                    let path = warning.path.as_ref()?;
                    let message = Message::new(id::STUDIO_SERVER_WARNING).with("sentence", warning.sentence.as_str());
                    let place = Place { path, body: &entry.parcel.body, sentence: &warning.sentence };
                    self.place_finding(doc, place, Severity::Warning, "", message)
                }));
                if self.state.findings.has(doc, By::Server) || !findings.is_empty() {
                    Rc::make_mut(&mut self.state.findings).put(doc, By::Server, findings, None);
                }
                self.server().exchanges.insert(doc, Rc::new(Exchange { verb, outcome }));
            }
            finished |= flow.is_finished() && flow.work() != Work::DryRun;
        }
        if finished && !self.state.server.objects.is_empty() {
            self.refresh_objects();
        }
    }

    #[inline(never)]
    pub(super) fn forget_answer(&mut self, doc: DocRef) {
        if self.state.inner.sending.flows.iter().any(|(_, f)| f.is_busy(&doc)) {
            return;
        }
        self.forget_sent(doc);
        if self.state.findings.has(doc, By::Server) {
            Rc::make_mut(&mut self.state.findings).put(doc, By::Server, Vec::new(), None);
        }
    }

    /// Nothing of what the cluster said about a document is shown any more.
    pub(super) fn forget_sent(&mut self, doc: DocRef) {
        let server = &self.state.server;
        if server.exchanges.contains_key(&doc) || server.live.contains_key(&doc) {
            let server = self.server();
            server.exchanges.remove(&doc);
            server.live.remove(&doc);
        }
        if self.state.server.objects.iter().any(|row| row.doc == doc) {
            Rc::make_mut(&mut self.server().objects).retain(|row| row.doc != doc);
        }
    }

    /// The documents are others from now on.
    pub(super) fn forget_all_sent(&mut self) {
        let server = self.server();
        server.exchanges.clear();
        server.live.clear();
        server.objects = Rc::default();
        server.refreshing = false;
        let sending = self.sending();
        // What is under way is answered to nobody.
        sending.flows.clear();
        sending.sent.clear();
        sending.waiting.clear();
        sending.questions.clear();
        sending.tickets.retain(|_, purpose| matches!(purpose, Purpose::Version | Purpose::User | Purpose::Kind(_)));
    }
}

fn outcome(entry: &cluster::Entry<DocRef>) -> Outcome {
    let message = entry.state.message();
    let warnings = entry.warnings.iter().map(|w| w.sentence.clone()).collect();
    match &entry.state {
        State::Waiting | State::Sending => Outcome::Waiting,
        State::Done(_) | State::NeedsNamespace(_) => Outcome::Done { message, warnings },
        State::Conflict(ServerError::Conflict(conflicts)) => {
            let owner = |c: &cluster::Conflict| Owner {
                manager: c.owner(),
                fields: c.fields.iter().map(ToString::to_string).collect(),
            };
            Outcome::Conflict { message, owners: conflicts.iter().map(owner).collect() }
        }
        State::Refused(error) | State::Conflict(error) => {
            let points = error.points();
            let server: Vec<&str> = points.iter().map(|p| p.sentence).filter(|s| !s.is_empty()).collect();
            Outcome::Refused { message, server: (!server.is_empty()).then(|| server.join("\n")) }
        }
        State::Lost(_) | State::Stopped => Outcome::Refused { message, server: None },
    }
}
