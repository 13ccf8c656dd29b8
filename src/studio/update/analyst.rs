//! Asking the analyst: which documents are to be checked, one message at a time.

use std::collections::HashSet;
use std::rc::Rc;

use super::Turn;
use crate::check::Severity;
use crate::i18n::{Message, id};
use crate::k8s::Version;
use crate::studio::analysis::{BUILD, BatchId, DocumentText, FromAnalyst, Revision, ToAnalyst};
use crate::studio::effect::Effect;
use crate::studio::findings::By;
use crate::studio::persist::Record;
use crate::studio::state::Panel;
use crate::studio::workspace::DocRef;

/// A message holds at most so much text, so that what is typed meanwhile does not wait long.
const BATCH_BYTES: usize = 128 * 1024;

/// What the analyst is to do.
#[derive(Clone, Debug, Default)]
pub(in crate::studio) struct Queue {
    /// Documents to be checked, the next one last.
    pending: Vec<DocRef>,
    /// Documents that were in a message without an answer: each is sent alone, to find the culprit.
    suspects: Vec<DocRef>,
    /// Texts that the analyst did not finish; left out until they change.
    skipped: Vec<(DocRef, Revision)>,
    /// The message under way.
    under_way: Option<(BatchId, Vec<(DocRef, Revision)>)>,
    /// The number of the last message.
    last: BatchId,
    /// It has answered since it was started last.
    alive: bool,
    /// How often it broke without a word.
    failures: u32,
    /// Counts how often it is told everything anew.
    round: u64,
    /// Documents that are no more, which it is to be told.
    gone: Vec<DocRef>,
    /// It has not said all that lies between documents.
    owes: bool,
}

impl Turn {
    /// This document is to be checked, before those that wait already.
    pub(super) fn ask(&mut self, at: DocRef) {
        let queue = Rc::make_mut(&mut self.state.inner.queue);
        if queue.pending.last() != Some(&at) {
            queue.pending.retain(|&p| p != at);
            queue.pending.push(at);
        }
    }

    /// Every document is to be checked, in order.
    pub(super) fn ask_all(&mut self) {
        let mut pending: Vec<DocRef> = self.state.index.documents().map(|d| d.at).collect();
        pending.reverse();
        let queue = Rc::make_mut(&mut self.state.inner.queue);
        queue.pending = pending;
        queue.skipped.clear();
        queue.suspects.clear();
        // What is under way is of another version or workspace.
        queue.under_way = None;
        queue.round += 1;
        queue.gone.clear();
    }

    /// A document is no more, so that others may point nowhere. Its findings are still there.
    pub(super) fn tell_gone(&mut self, at: DocRef) {
        let queue = &self.state.inner.queue;
        let under_way = queue.under_way.iter().flat_map(|(_, documents)| documents).any(|(sent, _)| *sent == at);
        if under_way || self.state.findings.of(at).is_some() {
            Rc::make_mut(&mut self.state.inner.queue).gone.push(at);
        }
    }

    /// Another analyst is started, and knows nothing yet: it is given all documents again, behind what waits already.
    fn give_all_again(&mut self) {
        let queue = Rc::make_mut(&mut self.state.inner.queue);
        queue.round += 1;
        queue.gone.clear();
        let waiting: HashSet<DocRef> = queue.pending.iter().chain(&queue.suspects).copied().collect();
        let others = self.state.index.documents().filter(|d| !waiting.contains(&d.at));
        let mut pending: Vec<DocRef> = others.map(|d| d.at).collect();
        pending.reverse();
        pending.append(&mut queue.pending);
        queue.pending = pending;
    }

    /// Whether nothing is left that the analyst was not given; what hangs it is missing, so that nothing is said of
    /// what points there.
    fn is_whole(&self) -> bool {
        let queue = &self.state.inner.queue;
        let known = |at| self.state.index.document(at).filter(|d| !d.null);
        let waits = |at: &DocRef| known(*at).is_some();
        let missing = |(at, revision): &(DocRef, Revision)| known(*at).is_some_and(|d| d.revision == *revision);
        !queue.pending.iter().chain(&queue.suspects).any(waits) && !queue.skipped.iter().any(missing)
    }

    /// The document of which the panel shows what the server would store.
    fn wants_effective(&self) -> Option<DocRef> {
        self.state.selected.filter(|_| self.state.panel == Panel::Effective)
    }

    /// Asks what the server would store of the document that is looked at, when what is known is of another text,
    /// document or version.
    fn ask_effective(&mut self) {
        let Some(summary) = self.wants_effective().and_then(|at| self.state.index.document(at)) else { return };
        let (at, revision, version) = (summary.at, summary.revision, self.state.version);
        let known = self.state.effective.as_ref().map(|e| (e.at, e.revision, e.version));
        let queue = &self.state.inner.queue;
        if !summary.null && known != Some((at, revision, version)) && !queue.skipped.contains(&(at, revision)) {
            self.ask(at);
        }
    }

    /// Sends the next message, unless one is under way.
    #[inline(never)]
    pub(super) fn ask_analyst(&mut self) {
        if self.state.inner.queue.under_way.is_none() {
            self.ask_effective();
        }
        let queue = &self.state.inner.queue;
        let waits = !(queue.pending.is_empty() && queue.suspects.is_empty() && queue.gone.is_empty());
        if queue.under_way.is_some() || queue.failures > 1 || !(waits || queue.owes) {
            return;
        }
        let queue = Rc::make_mut(&mut self.state.inner.queue);
        let mut documents: Vec<DocumentText> = Vec::new();
        let mut bytes = 0;
        while documents.is_empty() || bytes < BATCH_BYTES {
            let alone = queue.pending.is_empty();
            let Some(at) = queue.pending.pop().or_else(|| queue.suspects.pop()) else { break };
            let Some(summary) = self.state.index.document(at).filter(|s| !s.null) else { continue };
            if queue.skipped.contains(&(at, summary.revision)) || queue.suspects.contains(&at) {
                continue;
            }
            bytes += summary.document.text().len();
            let text = summary.document.text().to_owned();
            documents.push(DocumentText { at, revision: summary.revision, text });
            // What is looked at does not wait for the rest, a suspect is judged alone.
            if alone || (documents.len() == 1 && self.state.selected == Some(at)) {
                break;
            }
        }
        let whole = self.is_whole();
        let queue = Rc::make_mut(&mut self.state.inner.queue);
        if documents.is_empty() && !(whole && (queue.owes || !queue.gone.is_empty())) {
            return;
        }
        queue.owes = !whole;
        queue.last.0 += 1;
        let batch = queue.last;
        let (round, gone) = (queue.round, std::mem::take(&mut queue.gone));
        queue.under_way = Some((batch, documents.iter().map(|d| (d.at, d.revision)).collect()));
        let (build, version) = (BUILD.to_owned(), self.state.version);
        let effective = self.wants_effective().filter(|at| documents.iter().any(|d| d.at == *at));
        let message = ToAnalyst { build, batch, version, documents, effective, round, gone, whole };
        self.effects.push(Effect::Analyze(message));
    }

    #[inline(never)]
    pub(super) fn analyst(&mut self, message: FromAnalyst) {
        match message {
            FromAnalyst::Ready => Rc::make_mut(&mut self.state.inner.queue).alive = true,
            FromAnalyst::Checked { batch, documents, effective, refs, more } => {
                let queue = Rc::make_mut(&mut self.state.inner.queue);
                if queue.under_way.as_ref().is_none_or(|(id, _)| *id != batch) {
                    return;
                }
                queue.under_way = None;
                queue.alive = true;
                queue.failures = 0;
                queue.owes |= more;
                let findings = Rc::make_mut(&mut self.state.findings);
                for checked in documents {
                    // An answer to an older text is dropped; the newer one is asked about already.
                    let current = self.state.index.document(checked.at).map(|s| s.revision);
                    if current == Some(checked.revision) {
                        findings.put(checked.at, By::Analyst, checked.findings, Some(checked.revision));
                    }
                }
                for between in refs {
                    let current = self.state.index.document(between.at).map(|s| s.revision);
                    let news = !between.findings.is_empty() || findings.has(between.at, By::Refs);
                    if news && current == Some(between.revision) {
                        findings.put(between.at, By::Refs, between.findings, None);
                    }
                }
                if let Some(effective) = effective {
                    self.state.effective = Some(Rc::from(effective));
                }
            }
            FromAnalyst::OtherBuild(_) => {
                Rc::make_mut(&mut self.state.inner.queue).failures = u32::MAX;
                self.notice(Severity::Warning, Message::new(id::NOTICE_OTHER_BUILD), Vec::new());
            }
            FromAnalyst::NoCatalog(why) => {
                Rc::make_mut(&mut self.state.inner.queue).failures = u32::MAX;
                let message = Message::new(id::NOTICE_ANALYST_FAILED).with("why", why);
                self.notice(Severity::Warning, message, Vec::new());
            }
        }
    }

    #[inline(never)]
    pub(super) fn analyst_timeout(&mut self, batch: BatchId) {
        if self.state.inner.queue.under_way.as_ref().is_some_and(|(id, _)| *id == batch) {
            self.analyst_ended();
        }
    }

    #[inline(never)]
    pub(super) fn analyst_failed(&mut self, why: &str) {
        let queue = Rc::make_mut(&mut self.state.inner.queue);
        if !queue.alive {
            // It does not even start: no document is to blame.
            queue.failures += 1;
            if let Some((batch, documents)) = queue.under_way.take() {
                self.effects.push(Effect::RestartAnalyst(batch));
                queue.pending.extend(documents.into_iter().map(|(at, _)| at));
                self.give_all_again();
            }
            let queue = Rc::make_mut(&mut self.state.inner.queue);
            if queue.failures == 2 {
                let message = Message::new(id::NOTICE_ANALYST_FAILED).with("why", why);
                self.notice(Severity::Warning, message, Vec::new());
            }
            return;
        }
        self.analyst_ended();
    }

    /// The message under way ended the analyst: another is started, and the document to blame is found.
    fn analyst_ended(&mut self) {
        let queue = Rc::make_mut(&mut self.state.inner.queue);
        queue.alive = false;
        let Some((batch, documents)) = queue.under_way.take() else {
            // It broke while it had nothing to do.
            let last = queue.last;
            self.effects.push(Effect::RestartAnalyst(last));
            return self.give_all_again();
        };
        self.effects.push(Effect::RestartAnalyst(batch));
        match documents.as_slice() {
            [(at, revision)] => {
                queue.skipped.retain(|(skipped, _)| skipped != at);
                queue.skipped.push((*at, *revision));
                let message = Message::new(id::NOTICE_ANALYST_HUNG).with("name", self.called(*at));
                self.notice(Severity::Warning, message, Vec::new());
            }
            _ => queue.suspects.extend(documents.iter().rev().map(|(at, _)| *at)),
        }
        self.give_all_again();
    }

    #[inline(never)]
    pub(super) fn set_version(&mut self, version: Version) {
        if self.state.version != version {
            self.state.version = version;
            self.keep_record(Record::Version(version));
            self.ask_all();
        }
    }
}
