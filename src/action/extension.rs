//! A request for a new date: as it is read back, and as it stands until somebody decides.

use chrono::DateTime;
use chrono::Utc;

use super::ActionId;
use crate::body::PersonId;
use crate::body::Voice;
use crate::date::Target;

/// A request's number in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExtensionId(pub i64);

/// The number in the record of a request that waits for its author's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DraftId(pub i64);

/// A request for a new date that has been made. It stands until it is decided, or until the next one
/// for its action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// Its number in the record.
    pub id: ExtensionId,
    /// The date asked for; it has a window.
    pub target: Target,
    /// Why, exactly as it was said.
    pub reason: String,
    /// Who asked; none for somebody who is forgotten.
    pub by: Option<String>,
    /// For whom they spoke.
    pub voice: Voice,
    /// When.
    pub asked_at: DateTime<Utc>,
}

/// A request for a new date, allowed and not yet recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewExtension {
    /// The action.
    pub action: ActionId,
    /// For whom the author speaks.
    pub voice: Voice,
    /// The date asked for; it has a window.
    pub target: Target,
    /// Why.
    pub reason: String,
}

/// A request that was read back to its author, who has yet to say that it is what they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its number in the record.
    pub id: DraftId,
    /// The action.
    pub action: ActionId,
    /// The date with the window that was read back.
    pub target: Target,
    /// Why.
    pub reason: String,
    /// Who wrote it.
    pub person: PersonId,
    /// What became of it.
    pub state: DraftState,
}

/// What became of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// Its author has yet to say.
    Waiting,
    /// It was asked for.
    Asked {
        /// When.
        at: DateTime<Utc>,
    },
    /// Its author thought better of it.
    Cancelled {
        /// When.
        at: DateTime<Utc>,
    },
}
