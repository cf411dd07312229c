//! What somebody wants to make of a meeting: whether that can be, and what would be different.

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::NaiveDateTime;
use chrono::Utc;
use thiserror::Error;

use crate::body::Body;
use crate::body::BodyId;
use crate::date::day_in_full;
use crate::date::working_days_before;
use crate::meeting::Calendar;
use crate::meeting::Meeting;
use crate::meeting::PAPERS_DAYS;
use crate::meeting::changed::Becomes;
use crate::meeting::changed::Change;
use crate::meeting::changed::Papers;

/// The longest reason, in characters: everybody in the body's channel reads it in a line.
pub const REASON_MAX: usize = 300;

/// How many working days before a meeting its papers can be due at most.
pub const PAPERS_DAYS_MAX: u32 = 60;

/// How many days before a meeting its papers can be due at most, where a day is set: about as many as
/// [`PAPERS_DAYS_MAX`] working days.
const PAPERS_AHEAD_MAX: i64 = 90;

/// What somebody wants to make of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Whose meeting it is.
    pub body: BodyId,
    /// The day that it was first set for; none for one that is to be added.
    pub first_on: Option<NaiveDate>,
    /// What is to become of it.
    pub becomes: Becomes,
    /// Why; may be empty.
    pub reason: String,
}

/// A draft's number in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftId(pub i64);

/// What somebody was shown and has yet to say that they want.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its number in the record.
    pub id: DraftId,
    /// What they want.
    pub asked: Asked,
    /// How often the meeting had been changed when they were shown it.
    pub changes_before: usize,
    /// What became of it.
    pub state: DraftState,
}

/// What became of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// Nobody has decided on it.
    Waiting,
    /// The change was made.
    Made,
    /// It was put aside.
    PutAside,
}

/// A change that can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// The change.
    pub change: Change,
    /// The meeting as it stands; none for one that is added.
    pub before: Option<Meeting>,
    /// The meeting as it would stand; none for one that is cancelled.
    pub after: Option<Meeting>,
}

impl Calendar {
    /// What becomes of a meeting that is moved. Its papers are due as was said; else on the same day,
    /// where that is over or the meeting stays on its own; else as many working days before as they
    /// were.
    pub fn moving(
        &self,
        meeting: &Meeting,
        local: NaiveDateTime,
        papers: Option<Papers>,
        now: DateTime<Utc>,
    ) -> Becomes {
        let set = self.changes.about(meeting.body, meeting.first_on);
        let before = match set.map(|change| change.becomes) {
            Some(Becomes::At { papers, .. }) => papers,
            _ => Papers::AsUsual,
        };
        let papers = papers.unwrap_or(match before {
            // They are with the members already.
            _ if meeting.papers_on < self.day(now) => Papers::On(meeting.papers_on),
            Papers::On(_) if local.date() != meeting.on => Papers::AsUsual,
            before => before,
        });
        Becomes::At { local, papers }
    }

    /// What would be different if somebody's wish came true now, or why it cannot.
    ///
    /// # Errors
    /// A [`Refusal`], whose text people read.
    pub fn propose(
        &self,
        asked: &Asked,
        body: &Body,
        now: DateTime<Utc>,
    ) -> Result<Proposed, Refusal> {
        let length = asked.reason.trim().chars().count();
        if length > REASON_MAX {
            return Err(Refusal::LongReason { length });
        }
        let before = asked.first_on.map(|day| self.standing_on(body, day, now)).transpose()?;
        let (first_on, title) = match (&before, asked.becomes) {
            (Some(meeting), _) => (meeting.first_on, meeting.title.clone()),
            (None, Becomes::At { local, .. }) => (local.date(), self.usual_title(body)),
            (None, Becomes::Cancelled) => return Err(Refusal::Gone(body.name.clone())),
        };
        let change = Change {
            body: body.id,
            title,
            first_on,
            becomes: asked.becomes,
            reason: asked.reason.trim().to_owned(),
            since: now,
        };
        let after = self.standing(&change);
        if let Some(after) = &after {
            self.may_stand(after, before.as_ref(), body, now)?;
        }
        Ok(Proposed { change, before, after })
    }

    /// What an added meeting of a body is called.
    pub fn usual_title(&self, body: &Body) -> String {
        let series = self.series.iter().find(|series| series.body == body.id);
        series.map_or_else(|| body.name.clone(), |series| series.title.clone())
    }

    /// The meeting of a body that was first set for a day and has yet to begin.
    fn standing_on(
        &self,
        body: &Body,
        first_on: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Meeting, Refusal> {
        let gone = || Refusal::Gone(body.name.clone());
        if let Some(change) = self.changes.about(body.id, first_on) {
            let meeting = self.standing(change).ok_or_else(gone)?;
            return if now < meeting.at {
                Ok(meeting)
            } else {
                Err(Refusal::Begun { day: meeting.on })
            };
        }
        let begin = self.begin_of(first_on) - chrono::TimeDelta::milliseconds(1);
        let that_day = self.of_body(body.id, begin).take_while(|meeting| meeting.on <= first_on);
        let mut that_day = that_day.filter(|meeting| meeting.first_on == first_on);
        let meeting = that_day.next().ok_or_else(gone)?;
        if that_day.next().is_some() {
            return Err(Refusal::Several { body: body.name.clone(), day: first_on });
        }
        if meeting.at <= now {
            return Err(Refusal::Begun { day: meeting.on });
        }
        Ok(meeting)
    }

    /// Whether a meeting may stand there, where nothing else of its body does.
    fn may_stand(
        &self,
        after: &Meeting,
        before: Option<&Meeting>,
        body: &Body,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        if after.at <= now {
            return Err(Refusal::Past { local: after.on.and_time(after.time) });
        }
        if Some(after) == before {
            return Err(Refusal::Unchanged { day: after.on });
        }
        if after.papers_on >= after.on {
            return Err(Refusal::LatePapers { day: after.on, papers_on: after.papers_on });
        }
        if (after.on - after.papers_on).num_days() > PAPERS_AHEAD_MAX {
            return Err(Refusal::EarlyPapers { day: after.on, papers_on: after.papers_on });
        }
        let begin = self.begin_of(after.on) - chrono::TimeDelta::milliseconds(1);
        let mut that_day = self.of_body(body.id, begin).take_while(|other| other.on == after.on);
        if that_day.any(|other| other.first_on != after.first_on || before.is_none()) {
            return Err(Refusal::Meets { body: body.name.clone(), day: after.on });
        }
        if before.is_none()
            && let Some(moved) = self.changes.about(body.id, after.first_on)
            && let Some(moved) = self.standing(moved)
        {
            let body = body.name.clone();
            return Err(Refusal::MovedAway { body, day: after.on, to: moved.on });
        }
        Ok(())
    }

    /// The day the papers of a body's added meeting would be due, where nothing is said about it.
    pub fn usual_papers_on(&self, body: BodyId, on: NaiveDate) -> NaiveDate {
        let series = self.series.iter().find(|series| series.body == body);
        let days = series.map_or(PAPERS_DAYS, |series| series.papers_days);
        working_days_before(on, days, &self.closures)
    }
}

/// Why a meeting cannot be added, moved or cancelled; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It has begun.
    #[error(
        "That meeting began on {}, so it stays where it is. Pick one that is still to come.",
        day_in_full(*day)
    )]
    Begun {
        /// Its day.
        day: NaiveDate,
    },
    /// The day or the time is over.
    #[error(
        "{} at {} is over. Give a day and a time that are still to come.",
        day_in_full(local.date()),
        local.format("%H:%M")
    )]
    Past {
        /// When, where the partnership is.
        local: NaiveDateTime,
    },
    /// It is so already.
    #[error(
        "The meeting is on {} at that time already, and its papers are due then. Nothing was changed.",
        day_in_full(*day)
    )]
    Unchanged {
        /// Its day.
        day: NaiveDate,
    },
    /// Its papers would be due on its day or after it.
    #[error(
        "Papers have to be due before the meeting. It is on {}, and {} is not before it.",
        day_in_full(*day),
        day_in_full(*papers_on)
    )]
    LatePapers {
        /// The day of the meeting.
        day: NaiveDate,
        /// The day its papers would be due.
        papers_on: NaiveDate,
    },
    /// Its papers would be due months ahead.
    #[error(
        "{} is more than {PAPERS_AHEAD_MAX} days before the meeting of {}. Give a later day for its \
         papers.",
        day_in_full(*papers_on),
        day_in_full(*day)
    )]
    EarlyPapers {
        /// The day of the meeting.
        day: NaiveDate,
        /// The day its papers would be due.
        papers_on: NaiveDate,
    },
    /// The body meets on that day already.
    #[error("{body} meets on {} already. Give another day.", day_in_full(*day))]
    Meets {
        /// The body.
        body: String,
        /// The day.
        day: NaiveDate,
    },
    /// The body has a meeting of that day that was moved to another.
    #[error(
        "The meeting that {body} had on {} was moved to {}. Move that one back with `/meeting move`, \
         or give another day.",
        day_in_full(*day),
        day_in_full(*to)
    )]
    MovedAway {
        /// The body.
        body: String,
        /// The day.
        day: NaiveDate,
        /// Where the meeting is now.
        to: NaiveDate,
    },
    /// The body meets more than once on that day.
    #[error(
        "{body} meets more than once on {}, and I cannot tell its meetings apart. Ask whoever runs \
         Convener to change its series.",
        day_in_full(*day)
    )]
    Several {
        /// The body.
        body: String,
        /// The day.
        day: NaiveDate,
    },
    /// There is no such meeting any more.
    #[error(
        "{0} does not hold that meeting any more. `/meeting list` shows those that are to come."
    )]
    Gone(String),
    /// Somebody has changed it since it was shown.
    #[error(
        "Somebody has changed that meeting since you were shown it. Look at `/meeting list`, then use \
         the command again if it is still needed."
    )]
    ChangedSince,
    /// It was done before.
    #[error("That was done already. `/meeting list` shows how the meetings stand.")]
    Made,
    /// It was put aside.
    #[error("That was put aside, so nothing was changed. Use the command again if it is needed.")]
    PutAside,
    /// A reason over [`REASON_MAX`].
    #[error(
        "A reason can be {REASON_MAX} characters long; yours has {length}. Everybody in the channel \
         reads it in a line, so please shorten it."
    )]
    LongReason {
        /// Its length in characters.
        length: usize,
    },
    /// A closed day that is over.
    #[error("{} is not to come. Only days that are still to come can be closed or opened.", day_in_full(*_0))]
    DayOver(NaiveDate),
    /// A closed day that is a weekend.
    #[error("{} is at a weekend, when nobody works anyway.", day_in_full(*_0))]
    Weekend(NaiveDate),
    /// A closed day that would make papers due at a moment that is over.
    #[error(
        "Then papers for {meeting} would have been due on {} at {}, which is over, so no digest would \
         go out. Nothing was changed. First set the day for its papers with `/meeting move` and \
         `papers`, then do this again.",
        day_in_full(papers_at.date()),
        papers_at.format("%H:%M")
    )]
    DeadlineOver {
        /// The meeting, with its day.
        meeting: String,
        /// When its papers would have been due, where the partnership is.
        papers_at: NaiveDateTime,
    },
    /// A day that is closed already.
    #[error("{} is closed already.", day_in_full(*_0))]
    ClosedAlready(NaiveDate),
    /// A day that is worked already.
    #[error("{} is a working day already.", day_in_full(*_0))]
    OpenAlready(NaiveDate),
}
