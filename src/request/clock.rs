//! What is asked about meetings to come and what is said around them.

use chrono::NaiveDate;
use chrono::NaiveTime;

use crate::body::BodyId;
use crate::routine::Routine;

/// Something asked about what is said unasked. Names of bodies and days are still words here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClockAsk {
    /// Remind whoever answers for an action, or for what a lead leads.
    Remind(RemindAsk),
    /// Do not ask me again before a meeting.
    Snooze {
        /// The body that meets.
        body: BodyId,
        /// The day that the meeting was first set for.
        first_on: NaiveDate,
    },
    /// Ask me again.
    Wake,
    /// Post the digest for a body's next meeting now.
    Send {
        /// The body, as typed.
        body: String,
        /// Whether it is to be posted though it was posted before.
        again: bool,
    },
    /// Say nothing around a body's meetings for a while.
    Pause {
        /// The body, as typed.
        body: String,
        /// The last day on which nothing is said; until it is resumed, if none is given.
        until: Option<NaiveDate>,
    },
    /// Say it again.
    Resume {
        /// The body, as typed.
        body: String,
    },
    /// What will be said in the next weeks, to whom and why.
    Schedule {
        /// Only around the meetings of this body, as typed.
        body: Option<String>,
        /// How many pages come before the one asked for.
        page: u32,
    },
    /// When each routine is done; or that one is done at another time.
    Timing(TimingAsk),
}

impl ClockAsk {
    /// Whether answering writes to the record.
    pub fn writes(&self) -> bool {
        match self {
            Self::Schedule { .. } => false,
            Self::Timing(ask) => ask.routine.is_some(),
            _ => true,
        }
    }

    /// Whether answering may change what falls due when.
    pub fn steers(&self) -> bool {
        match self {
            Self::Pause { .. } | Self::Resume { .. } => true,
            Self::Timing(ask) => ask.routine.is_some(),
            _ => false,
        }
    }
}

/// A nudge, as asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemindAsk {
    /// The action, as typed or picked.
    pub action: Option<String>,
    /// The lead, as typed or picked.
    pub lead: Option<String>,
    /// What whoever gives it adds.
    pub note: Option<String>,
}

/// When a routine is to be done, as asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimingAsk {
    /// The routine; all are shown, if none is given.
    pub routine: Option<Routine>,
    /// How many working days from the day it goes by; as it is, if left out.
    pub days: Option<u32>,
    /// The time of day; as it is, if left out.
    pub time: Option<NaiveTime>,
    /// Whether it is done at all; as it is, if left out.
    pub runs: Option<bool>,
}
