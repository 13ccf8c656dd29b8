//! Carries out what `studio::update` answers, through `platform`, and sends the answers back as actions.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use yew::platform::spawn_local;

use super::store::Store;
use crate::cluster::Transport as _;
use crate::i18n::Locale;
use crate::platform::broadcast::Broadcast;
use crate::platform::files::Picked;
use crate::platform::storage::{Put, Storage, StorageError};
use crate::platform::transport::Fetch;
use crate::platform::worker::{Analyst, Said};
use crate::platform::{clipboard, download, editor, fetch, page, prefs, route};
use crate::studio::analysis::{BatchId, FromAnalyst, ToAnalyst};
use crate::studio::persist::{StorageFailure, Stored, Write, WriteKind, to_leave};
use crate::studio::{Action, Effect, FetchFailure, OpenFailure, OpenedFile, Start, Theme};

/// How long the analyst may take for a batch, in milliseconds.
const ANALYST_MAY_TAKE: i32 = 5_000;
/// A pause between two steps of the history, in milliseconds.
const IDLE: i32 = 1_000;
/// How long it may take to start: its file has to be loaded and compiled first.
const ANALYST_MAY_START: i32 = 60_000;

/// How long after its start the page leaves what the first screen does without, in milliseconds.
const THE_REST_AFTER: i32 = 1_000;

/// What is running outside the state.
pub struct Platform {
    store: Store,
    storage: RefCell<Option<Storage>>,
    /// What the storage is to do, in order, one after the other.
    jobs: RefCell<VecDeque<Job>>,
    /// Writes that were given out and are not known to be done.
    unkept: RefCell<Vec<Write>>,
    working: Cell<bool>,
    tabs: RefCell<Option<Broadcast>>,
    analyst: RefCell<Option<Analyst>>,
    batches: RefCell<Vec<(BatchId, i32)>>,
    /// Rings when nothing was done for a moment.
    idle: Cell<Option<i32>>,
    /// It has said that it is ready.
    analyst_ready: Cell<bool>,
}

enum Job {
    List,
    Load(String),
    Store(Write),
    /// A write that the page before this one did not live to see.
    Again(Unkept),
    Rename(String, String),
    Delete(String),
}

/// A write as it survives the page: workspace, the write before, its number, whether a snapshot, text.
type Unkept = (String, u64, u64, bool, String);

impl Platform {
    /// Begins: everything the page hears from outside from now on comes as an action.
    pub fn start(store: &Store) {
        let platform = Rc::new(Platform {
            store: store.clone(),
            storage: RefCell::default(),
            jobs: RefCell::default(),
            unkept: RefCell::default(),
            working: Cell::new(false),
            tabs: RefCell::default(),
            analyst: RefCell::default(),
            batches: RefCell::default(),
            idle: Cell::new(None),
            analyst_ready: Cell::new(false),
        });
        let tell = store.clone();
        *platform.tabs.borrow_mut() = Broadcast::open(move |text| {
            // A tab of another build may say what this one does not know: it is left out.
            if let Ok(message) = serde_json::from_str(&text) {
                tell.dispatch(Action::OtherTab(message));
            }
        });
        let went = store.clone();
        route::listen(move |hash| went.dispatch(Action::Route(hash)));
        // What may wait is kept before the page goes away.
        let leaving = platform.clone();
        page::on_window("pagehide", move |_| {
            leaving.store.dispatch(Action::Pause);
            leaving.leave_unkept();
        })
        .forever();
        for write in unkept() {
            platform.job(Job::Again(write));
        }
        let hiding = store.clone();
        page::on_document("visibilitychange", move |_| {
            if page::hidden() {
                hiding.dispatch(Action::Pause);
            }
        })
        .forever();
        // From then on the page needs no network.
        let offline = platform.clone();
        page::later(THE_REST_AFTER, || {
            page::when_idle(move || {
                offline.start_analyst();
                // Whoever needs it asks again, and says it when it does not come.
                spawn_local(async { drop(editor::load().await) });
            })
        });
        // Last: what the page before left is written before anything is read.
        store.set_platform(Rc::new(move |effect| platform.carry_out(effect)));
    }

    fn carry_out(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Store(write) => {
                self.unkept.borrow_mut().push(write.clone());
                self.job(Job::Store(write));
                self.rest();
            }
            Effect::ListWorkspaces => self.job(Job::List),
            Effect::LoadWorkspace(name) => self.job(Job::Load(name)),
            Effect::RenameWorkspace { from, to } => self.job(Job::Rename(from, to)),
            Effect::DeleteWorkspace(name) => self.job(Job::Delete(name)),
            Effect::RememberWorkspace(name) => prefs::remember_workspace(&name),
            Effect::TellTabs(message) => {
                if let (Some(tabs), Ok(text)) = (&*self.tabs.borrow(), serde_json::to_string(&message)) {
                    tabs.tell(&text);
                }
            }
            Effect::Analyze(question) => {
                // Behind the drawing, which it would take a core from.
                let platform = self.clone();
                spawn_local(async move { platform.analyze(question) });
            }
            Effect::RestartAnalyst(_) => {
                *self.analyst.borrow_mut() = None;
                self.analyst_ready.set(false);
                for (_, timer) in self.batches.borrow_mut().drain(..) {
                    page::never(timer);
                }
            }
            Effect::FetchCatalog => {
                let store = self.store.clone();
                spawn_local(async move {
                    let result = fetched(fetch::bytes("./catalog.bin").await);
                    store.dispatch(Action::CatalogFetched(result));
                });
            }
            Effect::FetchDocs(group) => {
                let store = self.store.clone();
                spawn_local(async move {
                    let file = if group.is_empty() { "core" } else { group.as_str() };
                    let result = fetched(fetch::bytes(&["./docs/", file, ".json"].concat()).await);
                    store.dispatch(Action::DocsFetched { group, result });
                });
            }
            Effect::Send { ticket, request } => {
                let store = self.store.clone();
                spawn_local(async move {
                    let answer = Fetch::default().send(&request).await;
                    store.dispatch(Action::Answered { ticket, answer });
                });
            }
            Effect::Copy(text) => {
                let store = self.store.clone();
                spawn_local(async move {
                    let copied = clipboard::copy(&text).await;
                    store.dispatch(if copied { Action::Copied } else { Action::ClipboardBlocked { text } });
                });
            }
            Effect::Download { name, mime, bytes } => {
                download::download(&name, mime, &bytes);
            }
            Effect::SetHash(hash) => route::go(&hash, true),
            Effect::SetTheme(theme) => {
                let name = match theme {
                    Theme::System => None,
                    Theme::Light => Some("light"),
                    Theme::Dark => Some("dark"),
                };
                prefs::keep_theme(name);
                prefs::show_dark(is_dark(theme));
            }
            Effect::SetLocale(locale) => {
                prefs::keep_language(locale.tag());
                prefs::show_language(locale.tag());
            }
            // These have a place on the screen: who shows it hears them there.
            Effect::EditorChanges { .. }
            | Effect::RevealText { .. }
            | Effect::RevealField { .. }
            | Effect::Announce(_) => {}
        }
    }

    fn job(self: &Rc<Self>, job: Job) {
        self.jobs.borrow_mut().push_back(job);
        if self.working.replace(true) {
            return;
        }
        let platform = self.clone();
        // Behind the key that asked for it: a write is given out in one go, and left by the page that goes before that
        // (`leave_unkept`).
        page::soon(move || {
            spawn_local(async move {
                loop {
                    let Some(job) = platform.jobs.borrow_mut().pop_front() else { break };
                    let action = platform.work(job).await;
                    if let Some(action) = action {
                        platform.store.dispatch(action);
                    }
                }
                platform.working.set(false);
            });
        });
    }

    async fn work(&self, job: Job) -> Option<Action> {
        let open = self.storage.borrow().clone();
        let storage = match open {
            Some(storage) => Ok(storage),
            None => Storage::open().await,
        };
        if let Ok(storage) = &storage {
            *self.storage.borrow_mut() = Some(storage.clone());
        }
        let failed = |error| Action::StorageFailed { write: None, failure: failure(error) };
        match job {
            Job::List => Some(match async { storage?.names().await }.await {
                Ok(names) => Action::WorkspacesListed(names),
                Err(error) => failed(error),
            }),
            Job::Load(name) => {
                let stored = async { storage?.get(&name).await }.await;
                let stored = stored
                    .map(|kept| kept.map(|k| Stored { snapshot: k.snapshot, records: k.records, seq: k.seq }))
                    .map_err(failure);
                Some(Action::Loaded { name, stored })
            }
            Job::Store(write) => {
                let put = match &write.kind {
                    WriteKind::Append(text) => Put::Record(text),
                    WriteKind::Snapshot(text) => Put::Snapshot(text),
                };
                let result = async { storage?.put(&write.workspace, write.after, write.seq, put).await }.await;
                self.unkept.borrow_mut().retain(|w| w.seq != write.seq || w.workspace != write.workspace);
                let workspace = write.workspace.to_string();
                Some(match result {
                    Ok(()) => Action::Kept { workspace, seq: write.seq },
                    Err(error) => {
                        Action::StorageFailed { write: Some((workspace, write.seq)), failure: failure(error) }
                    }
                })
            }
            Job::Again((workspace, after, seq, whole, text)) => {
                let put = if whole { Put::Snapshot(&text) } else { Put::Record(&text) };
                // Refused when it was kept after all, or when another tab has gone on.
                let _ = async { storage?.put(&workspace, after, seq, put).await }.await;
                None
            }
            Job::Rename(from, to) => async { storage?.rename(&from, &to).await }.await.err().map(failed),
            Job::Delete(name) => async { storage?.delete(&name).await }.await.err().map(failed),
        }
    }

    /// The page goes now, and the database may not have had the time: what it was given is left where the next
    /// page looks first.
    fn leave_unkept(&self) {
        let writes = self.unkept.borrow();
        if writes.is_empty() {
            return;
        }
        // Another tab may have gone a moment ago.
        let mut left = unkept();
        left.extend(to_leave(&writes).into_iter().map(|write| {
            let (whole, text) = match &write.kind {
                WriteKind::Append(text) => (false, text),
                WriteKind::Snapshot(text) => (true, text),
            };
            (write.workspace.to_string(), write.after, write.seq, whole, text.to_string())
        }));
        if let Ok(text) = serde_json::to_string(&left) {
            prefs::leave_unkept(&text);
        }
    }

    fn analyze(self: &Rc<Self>, question: ToAnalyst) {
        let Ok(text) = serde_json::to_string(&question) else { return };
        self.start_analyst();
        let batch = question.batch;
        match &*self.analyst.borrow() {
            Some(analyst) => analyst.ask(&text),
            None => {
                self.store.dispatch(Action::AnalystFailed(String::new()));
                return;
            }
        }
        self.wait_for(batch);
    }

    /// Says that the person paused when nothing more was done for a moment.
    fn rest(&self) {
        if let Some(timer) = self.idle.take() {
            page::never(timer);
        }
        let store = self.store.clone();
        self.idle.set(Some(page::later(IDLE, move || store.dispatch(Action::Pause))));
    }

    /// Rings when the batch is not answered in time.
    fn wait_for(&self, batch: BatchId) {
        let time = if self.analyst_ready.get() { ANALYST_MAY_TAKE } else { ANALYST_MAY_START };
        let store = self.store.clone();
        let timer = page::later(time, move || store.dispatch(Action::AnalystTimeout(batch)));
        self.batches.borrow_mut().push((batch, timer));
    }

    fn start_analyst(self: &Rc<Self>) {
        let mut analyst = self.analyst.borrow_mut();
        if analyst.is_none() {
            let platform = self.clone();
            *analyst = Analyst::start(move |said| platform.heard(said));
        }
    }

    fn heard(&self, said: Said) {
        match said {
            Said::Text(text) => {
                page::mark("heard");
                let Ok(answer) = serde_json::from_str::<FromAnalyst>(&text) else { return };
                if answer == FromAnalyst::Ready {
                    self.analyst_ready.set(true);
                    for (batch, timer) in self.batches.take() {
                        page::never(timer);
                        self.wait_for(batch);
                    }
                }
                if let FromAnalyst::Checked { batch, .. } = &answer {
                    self.batches.borrow_mut().retain(|(waiting, timer)| {
                        if waiting == batch {
                            page::never(*timer);
                        }
                        waiting != batch
                    });
                }
                self.store.dispatch(Action::Analyst(answer));
            }
            Said::Failed(words) => self.store.dispatch(Action::AnalystFailed(words)),
        }
    }
}

/// What is known when the page begins.
pub fn start() -> Start {
    Start {
        locale: Locale::from_tag(&prefs::language()),
        theme: match prefs::theme().as_deref() {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::System,
        },
        hash: route::current(),
        last_workspace: prefs::last_workspace(),
        tab: (page::random() * 9e15) as u64,
        now: page::now() as u64,
    }
}

/// What a page before this one had not kept when it was left.
fn unkept() -> Vec<Unkept> {
    prefs::take_unkept().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Whether the page is dark under this theme.
pub fn is_dark(theme: Theme) -> bool {
    match theme {
        Theme::System => prefs::system_dark(),
        Theme::Light => false,
        Theme::Dark => true,
    }
}

/// What was picked, as the action that opens it.
pub fn opened(picked: Vec<Picked>) -> Action {
    let file = |picked| match picked {
        Picked::Read(name, bytes) => OpenedFile { name, bytes: Ok(Rc::from(bytes)) },
        Picked::TooLarge(name, size) => OpenedFile { name, bytes: Err(OpenFailure::TooLarge { size }) },
        Picked::Failed(name, words) => OpenedFile { name, bytes: Err(OpenFailure::Unreadable(words)) },
    };
    Action::Opened(picked.into_iter().map(file).collect())
}

/// Whether a file of a folder may hold manifests.
pub fn may_be_manifest(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let end = name.rsplit('.').next().unwrap_or_default();
    !name.starts_with('.')
        && !path.split('/').any(|part| part == "node_modules" || part == ".git")
        && ["yaml", "yml", "json"].iter().any(|known| end.eq_ignore_ascii_case(known))
}

fn fetched(result: Result<Vec<u8>, fetch::FetchError>) -> Result<Rc<[u8]>, FetchFailure> {
    result.map(Rc::from).map_err(|error| match error {
        fetch::FetchError::NoAnswer => FetchFailure::Offline,
        fetch::FetchError::Status(status) => FetchFailure::Status(status),
    })
}

fn failure(error: StorageError) -> StorageFailure {
    match error {
        StorageError::Missing => StorageFailure::Unavailable,
        StorageError::Full => StorageFailure::Quota,
        StorageError::Newer => StorageFailure::Conflict,
        StorageError::Failed(words) => StorageFailure::Other(words),
    }
}
