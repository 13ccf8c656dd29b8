use super::address::Address;
use super::order;
use super::request::{Apply, Request};
use super::response::{Response, Transport, TransportError, Warning};
use super::sentence::Fault;
use super::server_error::ServerError;

/// Requests under way at once. A browser has six connections to one origin, for all tabs together.
const LANES: usize = 4;

/// What is to be done with every document of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Let the server judge it and keep nothing.
    DryRun,
    /// Server-side apply.
    Apply,
    /// Delete.
    Delete,
}

/// One document to send.
#[derive(Clone, Debug)]
pub struct Parcel<K> {
    /// The sender's name for the document.
    pub key: K,
    /// Where the object lives.
    pub address: Address,
    /// The object as JSON (or YAML) text; not looked at when it is deleted.
    pub body: String,
}

/// Where one document of a set stands.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Its turn has not come.
    Waiting,
    /// A request is under way, or the next of two is about to be.
    Sending,
    /// Done as asked.
    Done(Done),
    /// Other managers own fields: [`Flow::force`] takes them over.
    Conflict(ServerError),
    /// The server says no.
    Refused(ServerError),
    /// A dry run that cannot judge yet: this namespace is made by another document of the set.
    NeedsNamespace(String),
    /// No answer came; what the server did is not known. [`Flow::retry`] sends it again.
    Lost(TransportError),
    /// Stopped before it was sent.
    Stopped,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// The server would take it and make a new object.
    WouldCreate,
    /// The server would take it and change the object.
    WouldChange,
    /// A new object is there.
    Created,
    /// The object is as the document says.
    Applied,
    /// It is deleted, or about to be.
    Deleted,
    /// It was not there.
    WasAbsent,
}

/// Names one request; an answer without a current ticket is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ticket {
    flow: u32,
    entry: u32,
    request: u32,
}

/// A document of the set, with what is known of it.
#[derive(Clone, Debug)]
pub struct Entry<K> {
    /// What is sent.
    pub parcel: Parcel<K>,
    /// Where it stands.
    pub state: State,
    /// What the server warned of, each once.
    pub warnings: Vec<Warning>,
    rank: usize,
    step: Step,
    force: bool,
    queued: bool,
    requests: u32,
}

/// The request that an entry is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// A strict creation in dry run, for the sake of all its decoding faults.
    Strict,
    /// Apply, in dry run or in earnest.
    Apply,
    /// After an apply that could not be decoded: the strict creation names all faults, not a few.
    AllFaults,
    /// Delete.
    Delete,
}

/// Sends a set of documents: in order, none twice, without I/O of its own. Ask [`Flow::next_request`]
/// until it has nothing, send what it gives, hand in every answer, ask again.
#[derive(Clone, Debug)]
pub struct Flow<K> {
    id: u32,
    work: Work,
    entries: Vec<Entry<K>>,
    /// The faults known so far of entries at [`Step::AllFaults`].
    faults: Vec<(usize, Vec<Fault>)>,
}

impl<K: Clone + PartialEq> Flow<K> {
    /// A flow over `parcels`; `id` tells it from other flows of the session. What others need is sent
    /// first, and deleted last.
    pub fn new(id: u32, work: Work, parcels: Vec<Parcel<K>>) -> Flow<K> {
        let step = match work {
            Work::DryRun => Step::Strict,
            Work::Apply => Step::Apply,
            Work::Delete => Step::Delete,
        };
        let mut entries: Vec<Entry<K>> = parcels
            .into_iter()
            .map(|parcel| Entry {
                rank: order::rank(&parcel.address.gvk().kind),
                parcel,
                state: State::Waiting,
                warnings: Vec::new(),
                step,
                force: false,
                queued: true,
                requests: 0,
            })
            .collect();
        if work == Work::Delete {
            entries.reverse();
            entries.sort_by_key(|e| std::cmp::Reverse(e.rank));
        } else {
            entries.sort_by_key(|e| e.rank);
        }
        Flow { id, work, entries, faults: Vec::new() }
    }

    /// What is being done.
    pub fn work(&self) -> Work {
        self.work
    }

    /// The documents in the order in which they are sent.
    pub fn entries(&self) -> &[Entry<K>] {
        &self.entries
    }

    /// The document of that name.
    pub fn entry(&self, key: &K) -> Option<&Entry<K>> {
        self.entries.iter().find(|e| e.parcel.key == *key)
    }

    /// Whether nothing is waiting or under way.
    pub fn is_finished(&self) -> bool {
        self.entries.iter().all(|e| !e.is_open())
    }

    /// Whether this document is waiting or under way: it must not be sent by another flow meanwhile.
    pub fn is_busy(&self, key: &K) -> bool {
        self.entries.iter().any(|e| e.parcel.key == *key && e.is_open())
    }

    /// The next request to send now; `None` when answers are to be waited for, or all is done. Each
    /// request is given out once.
    pub fn next_request(&mut self) -> Option<(Ticket, Request)> {
        let rank = self.entries.iter().find(|e| e.is_open())?.rank;
        let in_flight = |e: &&Entry<K>| e.state == State::Sending && !e.queued;
        if self.entries.iter().filter(in_flight).count() >= LANES {
            return None;
        }
        // Kinds of one rank do not need each other and go side by side; two documents of the same
        // object never do: the first is answered before the second is sent.
        let at = (0..self.entries.len()).find(|&i| {
            let e = &self.entries[i];
            let twin = |(j, t): (usize, &Entry<K>)| {
                j != i && t.is_open() && (j < i || !t.queued) && t.parcel.address == e.parcel.address
            };
            e.queued && e.rank == rank && !self.entries.iter().enumerate().any(twin)
        })?;
        let entry = &mut self.entries[at];
        entry.queued = false;
        entry.state = State::Sending;
        entry.requests += 1;
        let ticket = Ticket { flow: self.id, entry: at as u32, request: entry.requests };
        let Parcel { address, body, .. } = &entry.parcel;
        let request = match entry.step {
            Step::Strict | Step::AllFaults => Request::strict_create(address, body),
            Step::Apply => {
                Request::apply(address, body, Apply { force: entry.force, dry_run: self.work == Work::DryRun })
            }
            Step::Delete => Request::delete(address),
        };
        Some((ticket, request))
    }

    /// Hands in an answer. `false` when nobody waits for it: it came twice, or is of another flow.
    pub fn answer(&mut self, ticket: Ticket, answer: Result<Response, TransportError>) -> bool {
        let at = ticket.entry as usize;
        let Some(entry) = self.entries.get_mut(at) else { return false };
        let current = ticket.flow == self.id && ticket.request == entry.requests;
        if !current || entry.queued || entry.state != State::Sending {
            return false;
        }
        let response = match answer {
            Ok(response) => response,
            Err(error) => {
                // What the server has refused before stays refused.
                entry.state = match self.faults.iter().position(|(i, _)| *i == at) {
                    Some(known) => State::Refused(ServerError::Structure(self.faults.swap_remove(known).1)),
                    None => State::Lost(error),
                };
                return true;
            }
        };
        for warning in response.warned() {
            if !entry.warnings.contains(&warning) {
                entry.warnings.push(warning);
            }
        }
        let next = match (entry.step, response.decode()) {
            // Only decoding is judged here: a document may be meant to own a few fields of an object
            // that is there, and be no whole one.
            (Step::Strict, Err(error @ (ServerError::Structure(_) | ServerError::Undecodable { .. }))) => {
                State::Refused(error)
            }
            (Step::Strict, _) => {
                entry.step = Step::Apply;
                entry.queued = true;
                return true;
            }
            (Step::Apply, Ok(answer)) => State::Done(match (self.work, answer.created()) {
                (Work::DryRun, true) => Done::WouldCreate,
                (Work::DryRun, false) => Done::WouldChange,
                (_, true) => Done::Created,
                (_, false) => Done::Applied,
            }),
            (Step::Apply, Err(ServerError::Structure(faults))) if self.work == Work::Apply => {
                entry.step = Step::AllFaults;
                entry.queued = true;
                self.faults.push((at, faults));
                return true;
            }
            (Step::Apply, Err(error @ ServerError::Conflict(_))) => State::Conflict(error),
            (Step::AllFaults, answer) => {
                let known = self.faults.iter().position(|(i, _)| *i == at).map(|i| self.faults.swap_remove(i).1);
                State::Refused(match answer {
                    Err(error @ ServerError::Structure(_)) => error,
                    _ => ServerError::Structure(known.unwrap_or_default()),
                })
            }
            (Step::Delete, Ok(_)) => State::Done(Done::Deleted),
            (Step::Delete, Err(ServerError::NotFound { .. } | ServerError::NoNamespace { .. })) => {
                State::Done(Done::WasAbsent)
            }
            (_, Err(error)) => State::Refused(error),
        };
        let next = match next {
            State::Refused(ServerError::NoNamespace { name })
                if self.work == Work::DryRun && self.makes_namespace(&name) =>
            {
                State::NeedsNamespace(name)
            }
            next => next,
        };
        self.entries[at].state = next;
        true
    }

    fn makes_namespace(&self, name: &str) -> bool {
        self.entries.iter().any(|e| {
            let address = &e.parcel.address;
            address.name() == name && address.gvk().kind == "Namespace" && address.gvk().group.is_empty()
        })
    }

    /// Sends a document in conflict again and takes over the fields in question. `false` when it is
    /// in no conflict.
    pub fn force(&mut self, key: &K) -> bool {
        self.again(key, |state| matches!(state, State::Conflict(_)), true)
    }

    /// Sends a document again that was refused or lost. `false` when it was not.
    pub fn retry(&mut self, key: &K) -> bool {
        self.again(
            key,
            |state| matches!(state, State::Refused(_) | State::Lost(_) | State::Conflict(_) | State::NeedsNamespace(_)),
            false,
        )
    }

    fn again(&mut self, key: &K, fits: impl Fn(&State) -> bool, force: bool) -> bool {
        let work = self.work;
        let Some(entry) = self.entries.iter_mut().find(|e| e.parcel.key == *key && fits(&e.state)) else {
            return false;
        };
        entry.state = State::Waiting;
        entry.queued = true;
        entry.force = force;
        entry.warnings.clear();
        if work != Work::Delete {
            entry.step = if work == Work::DryRun && !force { Step::Strict } else { Step::Apply };
        }
        true
    }

    /// Sends nothing more; what is under way is still awaited.
    pub fn stop(&mut self) {
        for (at, entry) in self.entries.iter_mut().enumerate().filter(|(_, e)| e.queued) {
            entry.queued = false;
            entry.state = match self.faults.iter().position(|(i, _)| *i == at) {
                Some(known) => State::Refused(ServerError::Structure(self.faults.swap_remove(known).1)),
                None => State::Stopped,
            };
        }
    }
}

impl<K> Entry<K> {
    fn is_open(&self) -> bool {
        matches!(self.state, State::Waiting | State::Sending)
    }
}

/// Sends everything of `flow`, one request after the other.
pub async fn run<K: Clone + PartialEq>(flow: &mut Flow<K>, transport: &impl Transport) {
    while let Some((ticket, request)) = flow.next_request() {
        let answer = transport.send(&request).await;
        flow.answer(ticket, answer);
    }
}
