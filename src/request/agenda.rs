//! What is asked about the agendas of meetings.

use crate::agenda::Purpose;

/// What is to be brought to a meeting, as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BringAsk {
    /// The action, as typed or picked.
    pub action: String,
    /// The meeting, as typed or picked.
    pub meeting: String,
    /// What for; none to take it off the agenda.
    pub purpose: Option<Purpose>,
    /// Whether it is the last update that is brought, rather than the action as a whole.
    pub last_update: bool,
    /// What will be brought; may be empty.
    pub words: String,
}

/// An agenda as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaAsk {
    /// The body whose meeting it is, as typed.
    pub body: String,
    /// Which of its meetings, as typed or picked; the next, if none is given.
    pub meeting: Option<String>,
}
