//! One action on the page: its names, its days, and where it stands as a sign and a word.

use crate::action::Action;
use crate::action::Lateness;
use crate::action::Standing;
use crate::action::Status;
use crate::date::Window;
use crate::view::line;
use crate::view::line::Lens;
use crate::view::line::NO_DATE;
use crate::view::line::days_in_words;
use crate::view::plain;

/// An action as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// How it is called.
    pub reference: String,
    /// What is promised, whole; a picture may have room for the beginning only.
    pub title: String,
    /// Who answers for it, as printed, or that nobody does.
    pub lead: String,
    /// When it is due, as the plan writes it, or that it has no date.
    pub target: String,
    /// The days that means.
    pub window: Option<Window>,
    /// The days it was first due, where the target has moved.
    pub first: Option<Window>,
    /// The first target and how often it moved, where it has.
    pub moved: Option<String>,
    /// What the calendar says, where that needs somebody's attention.
    pub calendar: Option<Notice>,
    /// What people say.
    pub status: Notice,
}

/// Something about an action, as a sign and in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The sign.
    pub sign: Sign,
    /// The words.
    pub words: String,
    /// The words where there is hardly room: `26 days`.
    pub brief: String,
}

/// A shape that stands for a word, so that nothing depends on colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// Past the last day of its window: a triangle.
    Overdue,
    /// Due by the next meeting: an arrow to the right.
    Due,
    /// Not yet due, since its date has moved: an arrow to the right, hollow.
    Moved,
    /// Nobody has begun: a ring.
    NotStarted,
    /// Going as planned: a disc.
    OnTrack,
    /// May not be done in time: a lozenge.
    AtRisk,
    /// Cannot go on: a square.
    Blocked,
    /// Paused on purpose: two bars.
    OnHold,
    /// Done, signed off or not: a tick.
    Complete,
}

impl Sign {
    /// Each sign, in the order of a key.
    pub const ALL: [Self; 9] = [
        Self::Overdue,
        Self::Due,
        Self::Moved,
        Self::NotStarted,
        Self::OnTrack,
        Self::AtRisk,
        Self::Blocked,
        Self::OnHold,
        Self::Complete,
    ];

    /// The word it stands for.
    pub fn words(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Due => "due before the next meeting",
            Self::Moved => "not yet due, date moved",
            Self::NotStarted => Status::NotStarted.words(),
            Self::OnTrack => Status::OnTrack.words(),
            Self::AtRisk => Status::AtRisk.words(),
            Self::Blocked => Status::Blocked.words(),
            Self::OnHold => Status::OnHold.words(),
            Self::Complete => Status::Complete.words(),
        }
    }

    fn of(status: Status) -> Self {
        match status {
            Status::NotStarted => Self::NotStarted,
            Status::OnTrack => Self::OnTrack,
            Status::AtRisk => Self::AtRisk,
            Status::Blocked => Self::Blocked,
            Status::OnHold => Self::OnHold,
            Status::Complete => Self::Complete,
        }
    }
}

impl Row {
    pub(super) fn of(action: &Action, lens: &Lens) -> Self {
        let words = plain(action.target.words());
        Self {
            reference: action.reference.to_string(),
            title: plain(&action.title),
            lead: line::lead_as(action, plain),
            target: match (action.target.window(), words.as_str()) {
                (_, "") => NO_DATE.into(),
                (Some(_), _) => words,
                (None, _) => format!("{NO_DATE} ({words})"),
            },
            window: action.target.window(),
            first: action.first_target.window().filter(|_| action.moves > 0),
            moved: line::moved_as(action, plain),
            calendar: calendar(action, lens),
            status: status(action),
        }
    }
}

/// What the calendar says, where it asks for attention.
fn calendar(action: &Action, lens: &Lens) -> Option<Notice> {
    let (sign, words, brief) = match action.lateness(lens.today, lens.meeting_on) {
        Lateness::Overdue { days } => {
            let days = days_in_words(days);
            (Sign::Overdue, format!("{days} overdue"), days)
        }
        Lateness::DueBeforeMeeting if action.target.due_on() == Some(lens.today) => {
            (Sign::Due, "due today".into(), "today".into())
        }
        Lateness::DueBeforeMeeting => (Sign::Due, Sign::Due.words().into(), "due".into()),
        Lateness::WindowOpen | Lateness::Later if action.moves > 0 => {
            (Sign::Moved, Sign::Moved.words().into(), "moved".into())
        }
        _ => return None,
    };
    Some(Notice { sign, words, brief })
}

fn status(action: &Action) -> Notice {
    let sign = match action.standing {
        Standing::SignedOff => Sign::Complete,
        Standing::Open | Standing::Withdrawn => Sign::of(action.status),
    };
    Notice { sign, words: line::said(action).into(), brief: sign.words().into() }
}
