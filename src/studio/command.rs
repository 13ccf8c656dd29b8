//! What the command palette offers.

use super::action::Action;
use super::state::State;
use crate::i18n::Message;

/// One line of the palette.
#[derive(Clone, Debug)]
pub struct Command {
    /// Its name.
    pub title: Message,
    /// The keys that do the same: `mod+k`; `mod` is Ctrl, or ⌘ on a Mac.
    pub keys: Option<&'static str>,
    /// What it does.
    pub action: Action,
}

/// Everything that can be done now.
pub fn commands(state: &State) -> Vec<Command> {
    let _ = state;
    Vec::new()
}
