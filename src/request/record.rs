//! The record of a meeting as it is made: what was pressed and written in each step.

use crate::attendance::Lists;
use crate::attendance::Presence;
use crate::request::decide::DecideAsk;
use crate::request::upkeep::AddAsk;

/// One step of recording a meeting. The meeting stands as its body's letters and the day that it was
/// first set for: `CPEG 2020-12-10`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordAsk {
    /// Record who was there; without what was written, ask for the form.
    Attend {
        /// The meeting.
        meeting: String,
        /// What was written.
        written: Option<Written>,
    },
    /// The form again, with what was written in it before.
    AttendAgain {
        /// The number of the draft.
        draft: i64,
    },
    /// Take some words of a draft for an agency that is known.
    Mean {
        /// The number of the draft.
        draft: i64,
        /// The agency's number.
        agency: i64,
        /// The words.
        words: String,
    },
    /// Have an agency of a draft in one list alone.
    Settle {
        /// The number of the draft.
        draft: i64,
        /// The agency's number.
        agency: i64,
        /// The list.
        presence: Presence,
    },
    /// Add the agencies of a draft that are not known.
    AddAgencies {
        /// The number of the draft.
        draft: i64,
    },
    /// Record what it decided about one action; before it is written, ask for the form.
    Rule {
        /// The meeting.
        meeting: String,
        /// What was decided.
        decide: DecideAsk,
        /// Whether the form has been filled in.
        is_written: bool,
    },
    /// Record that it left open what it was asked about one action.
    LeaveOpen {
        /// The meeting.
        meeting: String,
        /// The action, by its ref.
        action: String,
        /// The number of the request for a new date that was left open.
        seen: Option<i64>,
    },
    /// Record what became of something that was brought to it.
    Item {
        /// The meeting.
        meeting: String,
        /// The number of what was brought.
        item: i64,
        /// What became of it.
        outcome: Brought,
    },
    /// Add an action that it agreed; without one, ask for the form.
    AddAction {
        /// The meeting.
        meeting: String,
        /// The action.
        add: Option<AddAsk>,
    },
    /// Say that all of it is recorded, and tell those whom it concerns.
    Finish {
        /// The meeting.
        meeting: String,
    },
}

/// Who was at a meeting and where its minutes are, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Who was there.
    pub lists: Lists,
    /// Where the minutes are; may be empty.
    pub minutes: String,
}

/// What became of something that was brought to a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Brought {
    /// Something was agreed about it; without the words, ask for the form.
    Agreed(Option<String>),
    /// It was noted.
    Noted,
    /// It was left open.
    LeftOpen,
}

/// The attendance of a body's meetings, as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttendanceAsk {
    /// The body, as typed.
    pub body: String,
    /// How many of its last meetings.
    pub last: usize,
}

impl RecordAsk {
    /// Whether answering may write to the record.
    pub fn writes(&self) -> bool {
        match self {
            Self::AttendAgain { .. } => false,
            Self::Attend { written, .. } => written.is_some(),
            Self::Rule { is_written, .. } => *is_written,
            Self::AddAction { add, .. } => add.is_some(),
            Self::Item { outcome: Brought::Agreed(words), .. } => words.is_some(),
            _ => true,
        }
    }

    /// What was written at length with it, which is given back if nothing comes of it.
    pub fn written(&self) -> Option<String> {
        let all: Vec<&str> = match self {
            Self::Attend { written: Some(written), .. } => {
                let Lists { present, substitutes, apologies } = &written.lists;
                vec![present, substitutes, apologies, &written.minutes]
            }
            Self::Rule { decide, .. } => {
                [decide.target(), decide.note.as_deref()].into_iter().flatten().collect()
            }
            Self::Item { outcome: Brought::Agreed(Some(words)), .. } => vec![words],
            Self::AddAction { add: Some(add), .. } => {
                vec![&add.title, &add.lead, &add.target, &add.area]
            }
            _ => Vec::new(),
        };
        let all: Vec<&str> = all.into_iter().filter(|words| !words.trim().is_empty()).collect();
        (!all.is_empty()).then(|| all.join("\n"))
    }
}
