//! State, Action, update, history: the whole app without a screen.
//!
//! Lives here: the workspace, what is selected and shown, one history, the protocol with the analyst,
//! what is kept and how it is sent. Must never: do I/O; `update` answers with effects as data, and
//! `platform` carries them out.

mod action;
pub mod analysis;
mod effect;
mod state;
mod workspace;

pub use action::Action;
pub use effect::Effect;
pub use state::{Dialog, Notice, Pane, Panel, State, Theme};
pub use workspace::{DocRef, File, FileId, Workspace};

/// The next state and what is to be done outside. Pure: the same state and action give the same answer.
pub fn update(state: State, action: Action) -> (State, Vec<Effect>) {
    let _ = action;
    (state, Vec::new())
}
