//! What is asked about when bodies meet.

use chrono::NaiveDate;
use chrono::NaiveTime;

use crate::meeting::changed::Papers;

/// Something asked about when bodies meet. Names of bodies and meetings are still words here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeetingAsk {
    /// The meetings that are to come.
    List {
        /// Only those of this body, as typed.
        body: Option<String>,
        /// How many pages come before the one asked for.
        page: u32,
    },
    /// Adds a meeting.
    Add(AddedMeeting),
    /// Moves a meeting, or the day its papers are due.
    Move(MovedMeeting),
    /// Cancels a meeting.
    Cancel {
        /// The meeting, as typed or picked.
        meeting: String,
        /// Why.
        reason: String,
    },
    /// Makes the change that was shown.
    Make {
        /// The number of the draft.
        draft: i64,
    },
    /// Puts aside the change that was shown.
    PutAside {
        /// The number of the draft.
        draft: i64,
    },
    /// Says that nobody works on a day.
    Close {
        /// The day.
        day: NaiveDate,
        /// Why; may be empty.
        name: String,
    },
    /// Says that a day is a working day after all.
    Open {
        /// The day.
        day: NaiveDate,
    },
}

/// A meeting that is to be added, as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedMeeting {
    /// Whose meeting it is, as typed.
    pub body: String,
    /// Its day.
    pub on: NaiveDate,
    /// The time it begins; that of the body's other meetings, if none is given.
    pub time: Option<NaiveTime>,
    /// When its papers are due; as usual, if nothing is given.
    pub papers: Option<Papers>,
    /// Why; may be empty.
    pub reason: String,
}

/// A meeting that is to be moved, as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedMeeting {
    /// The meeting, as typed or picked.
    pub meeting: String,
    /// Its day from now on.
    pub to: NaiveDate,
    /// The time it begins; as before, if none is given.
    pub time: Option<NaiveTime>,
    /// When its papers are due; counted as before, if nothing is given.
    pub papers: Option<Papers>,
    /// Why; may be empty.
    pub reason: String,
}

impl MeetingAsk {
    /// Whether answering writes to the record.
    pub fn writes(&self) -> bool {
        !matches!(self, Self::List { .. })
    }

    /// Whether answering may change what falls due when.
    pub fn steers(&self) -> bool {
        matches!(self, Self::Make { .. } | Self::Close { .. } | Self::Open { .. })
    }

    /// What was written at length with it.
    pub fn written(&self) -> Option<String> {
        let written = match self {
            Self::Add(AddedMeeting { reason, .. })
            | Self::Move(MovedMeeting { reason, .. })
            | Self::Cancel { reason, .. } => reason,
            Self::Close { name, .. } => name,
            Self::List { .. } | Self::Make { .. } | Self::PutAside { .. } | Self::Open { .. } => {
                return None;
            }
        };
        Some(written.clone()).filter(|words| !words.is_empty())
    }
}
