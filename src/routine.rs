//! What Convener does around each meeting, unasked, and when: lead times, and pauses.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::NaiveTime;
use chrono::Utc;
use thiserror::Error;

use crate::body::BodyId;

/// The most working days that a routine can lie from the day it goes by.
pub const DAYS_MAX: u32 = 60;

/// The hours in which devices may ring: no message to a person goes out in the evening or at night.
pub const OFFICE_OPENS: NaiveTime = hour(8);
/// See [`OFFICE_OPENS`].
pub const OFFICE_CLOSES: NaiveTime = hour(18);

const fn hour(hour: u32) -> NaiveTime {
    match NaiveTime::from_hms_opt(hour, 0, 0) {
        Some(time) => time,
        None => NaiveTime::MIN,
    }
}

/// Something that is done around each meeting; in the order in which those of one moment are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Routine {
    /// A look whether everything can be said where it is to be said, told to CP Support if not.
    SelfCheck,
    /// Those who answer for what needs a word are asked for one.
    FirstChase,
    /// Those who have still not given it are asked for the last time.
    SecondChase,
    /// CP Support is told who was reached and who has answered, with the draft of the paper.
    Report,
    /// The digest, in the body's channel, on the papers deadline.
    Digest,
    /// What has changed since the digest, if anything has.
    FollowUp,
    /// CP Support is told what the meeting was asked to decide and has no decision recorded.
    Decisions,
}

/// The day that a routine goes by, and on which side of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoesBy {
    /// So many working days before the papers deadline, or on it.
    BeforePapers,
    /// So many working days before the meeting, or on its day.
    BeforeMeeting,
    /// So many working days after the meeting, or on its day.
    AfterMeeting,
}

impl Routine {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::SelfCheck,
        Self::FirstChase,
        Self::SecondChase,
        Self::Report,
        Self::Digest,
        Self::FollowUp,
        Self::Decisions,
    ];

    /// The word that the record keeps, and keys begin with.
    pub fn word(self) -> &'static str {
        match self {
            Self::SelfCheck => "self-check",
            Self::FirstChase => "first-chase",
            Self::SecondChase => "second-chase",
            Self::Report => "report",
            Self::Digest => "digest",
            Self::FollowUp => "follow-up",
            Self::Decisions => "decisions",
        }
    }

    /// The routine that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|routine| routine.word() == word)
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::SelfCheck => "check of channels and permissions",
            Self::FirstChase => "first request for updates",
            Self::SecondChase => "second request for updates",
            Self::Report => "delivery report and draft paper",
            Self::Digest => "digest",
            Self::FollowUp => "what changed since the digest",
            Self::Decisions => "decisions still to record",
        }
    }

    /// The day that it goes by.
    pub fn goes_by(self) -> GoesBy {
        match self {
            Self::SelfCheck
            | Self::FirstChase
            | Self::SecondChase
            | Self::Report
            | Self::Digest => GoesBy::BeforePapers,
            Self::FollowUp => GoesBy::BeforeMeeting,
            Self::Decisions => GoesBy::AfterMeeting,
        }
    }

    /// Whether it asks people for updates.
    pub fn is_chase(self) -> bool {
        matches!(self, Self::FirstChase | Self::SecondChase)
    }

    /// How many working days from the day it goes by it is usually done.
    fn usual_days(self) -> u32 {
        match self {
            Self::FirstChase => 10,
            Self::SelfCheck => 5,
            Self::SecondChase => 3,
            Self::Report | Self::FollowUp | Self::Decisions => 1,
            Self::Digest => 0,
        }
    }
}

impl fmt::Display for Routine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// When a routine is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// How many working days from the day it goes by.
    pub days: u32,
    /// At what time of day, where the partnership is.
    pub time: NaiveTime,
    /// Whether it is done at all.
    pub runs: bool,
}

impl Timing {
    /// A timing that was asked for, or why it cannot be.
    pub fn of(routine: Routine, asked: Self) -> Result<Self, Refusal> {
        if asked.days > DAYS_MAX {
            return Err(Refusal::TooFar { days: asked.days });
        }
        if asked.time < OFFICE_OPENS || asked.time >= OFFICE_CLOSES {
            return Err(Refusal::OutOfHours { time: asked.time });
        }
        if routine == Routine::Report && asked.runs && asked.days == 0 {
            return Err(Refusal::ReportTooLate);
        }
        Ok(asked)
    }
}

/// Which routines come on an earlier day than which.
const IN_ORDER: [(Routine, Routine); 4] = [
    (Routine::FirstChase, Routine::SecondChase),
    (Routine::FirstChase, Routine::Digest),
    (Routine::SecondChase, Routine::Digest),
    (Routine::Report, Routine::Digest),
];

/// When each routine is done: as usual, or as it was last set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timings {
    set: BTreeMap<Routine, Timing>,
}

impl Timings {
    /// Those that were set, the last of each counting.
    pub fn of(set: impl IntoIterator<Item = (Routine, Timing)>) -> Self {
        Self { set: set.into_iter().collect() }
    }

    /// When a routine is done; at the usual time of day, where nobody set another.
    pub fn of_routine(&self, routine: Routine, usual_time: NaiveTime) -> Timing {
        let usual = Timing { days: routine.usual_days(), time: usual_time, runs: true };
        self.set.get(&routine).copied().unwrap_or(usual)
    }

    /// A timing that was asked for, or why it cannot be beside the others: people are asked before the
    /// papers go out, and not twice on one day.
    pub fn beside(
        &self,
        routine: Routine,
        asked: Timing,
        usual_time: NaiveTime,
    ) -> Result<Timing, Refusal> {
        let asked = Timing::of(routine, asked)?;
        let timing = |of| if of == routine { asked } else { self.of_routine(of, usual_time) };
        for (earlier, later) in IN_ORDER {
            let (before, after) = (timing(earlier), timing(later));
            // The papers are due at the time of the digest, whether it is posted or not.
            let matters = before.runs && (after.runs || later == Routine::Digest);
            let is_asked = routine == earlier || routine == later;
            if is_asked && matters && before.days <= after.days {
                return Err(Refusal::OutOfOrder { earlier, later });
            }
        }
        Ok(asked)
    }

    /// Whether somebody set when a routine is done.
    pub fn is_set(&self, routine: Routine) -> bool {
        self.set.contains_key(&routine)
    }
}

/// One entry: around whose meetings nothing is said from then on, or that it is said again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The body.
    pub body: BodyId,
    /// Whether it is paused from then on.
    pub paused: bool,
    /// The last day on which nothing is said; none where that is until it is set otherwise.
    pub until_on: Option<NaiveDate>,
    /// Since when.
    pub since: DateTime<Utc>,
}

impl Pause {
    /// Whether it holds on a day.
    fn holds(&self, day: NaiveDate) -> bool {
        self.paused && self.until_on.is_none_or(|until| day <= until)
    }
}

/// Around whose meetings nothing is said: the last entry about a body counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pauses {
    last: BTreeMap<BodyId, Pause>,
}

impl Pauses {
    /// These entries, oldest first.
    pub fn of(entries: impl IntoIterator<Item = Pause>) -> Self {
        Self { last: entries.into_iter().map(|pause| (pause.body, pause)).collect() }
    }

    /// The pause of a body that holds on a day.
    pub fn on(&self, body: BodyId, day: NaiveDate) -> Option<&Pause> {
        self.last.get(&body).filter(|pause| pause.holds(day))
    }
}

/// Why a timing or a pause cannot be; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Too many working days.
    #[error("{days} working days are too many: give at most {DAYS_MAX}.")]
    TooFar {
        /// How many.
        days: u32,
    },
    /// At a time when nobody should be disturbed.
    #[error(
        "{} is outside office hours. Give a time from {} and before {}.",
        time.format("%H:%M"), OFFICE_OPENS.format("%H:%M"), OFFICE_CLOSES.format("%H:%M")
    )]
    OutOfHours {
        /// The time.
        time: NaiveTime,
    },
    /// The draft would come with the papers.
    #[error(
        "The delivery report has the draft of the paper, so it must come at least 1 working day \
         before the papers are due."
    )]
    ReportTooLate,
    /// It would come too late for what it is for.
    #[error(
        "The {} must come on an earlier day than the {}. Give another number of days, or change that \
         one first: /digest timing shows both.",
        earlier.words(), later.words()
    )]
    OutOfOrder {
        /// What has to come earlier.
        earlier: Routine,
        /// Than what.
        later: Routine,
    },
    /// The pause would end before it begins.
    #[error("That day is over. Give one that is still to come, or none to pause until you resume.")]
    PauseOver,
    /// Nothing is paused.
    #[error("{0} is not paused, so nothing was changed.")]
    NotPaused(String),
    /// It is paused already in the same way.
    #[error("{0} is paused already, for just as long, so nothing was changed.")]
    PausedAlready(String),
}
