//! An action that somebody wants to add, as they said it.

use chrono::NaiveDate;

use crate::action::Ref;
use crate::plan::AreaId;

/// A draft's number in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DraftId(pub i64);

/// What somebody wants to add, in their words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDraft {
    /// The area it would belong to.
    pub area: AreaId,
    /// What would be promised, in a line.
    pub title: String,
    /// Who would answer for it.
    pub lead: String,
    /// When it would be due.
    pub target: String,
    /// The day on which they said so.
    pub drafted_on: NaiveDate,
}

/// What somebody wants to add, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its number in the record.
    pub id: DraftId,
    /// What they said.
    pub said: NewDraft,
    /// What became of it.
    pub state: State,
}

/// What became of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Somebody still has to confirm it.
    Waiting,
    /// It is in the plan, and called so.
    Added(Ref),
    /// It was put aside.
    Cancelled,
}
