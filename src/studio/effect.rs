/// Something to be done outside; `platform` carries it out and answers with an action.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Put this on the clipboard.
    Copy(String),
}
