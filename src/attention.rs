//! Which actions need somebody's attention, seen from a day.

mod brag;
#[cfg(test)]
mod tests;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;

pub use brag::Brag;
pub use brag::Colour;
pub use brag::Why;
pub use brag::brag;

use crate::action::Action;
use crate::action::Lateness;
use crate::action::Standing;

/// What makes an action need attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Attention {
    /// Past the last day of its window.
    #[default]
    Overdue,
    /// Due by the next meeting.
    Due,
    /// Without an update since the last meeting.
    Silent,
    /// Without a lead or a date.
    Blank,
    /// Complete as its lead sees it and not signed off, or with a new date asked for.
    Awaiting,
    /// Any of these.
    All,
}

/// From where actions are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vantage {
    /// The day.
    pub today: NaiveDate,
    /// The day of the next meeting, if one is known.
    pub meeting_on: Option<NaiveDate>,
    /// When the last meeting was: whoever has said nothing since is silent.
    pub last_met_at: Option<DateTime<Utc>>,
}

impl Attention {
    /// Each with the word that stands for it in options and buttons, and what people read.
    pub const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::Overdue, "overdue", "overdue"),
        (Self::Due, "due", "due before the next meeting"),
        (Self::Silent, "silent", "no update since the last meeting"),
        (Self::Blank, "blank", "no lead or no date"),
        (Self::Awaiting, "awaiting", "awaiting a decision"),
        (Self::All, "all", "everything that needs attention"),
    ];

    /// The word that stands for it in options and buttons.
    pub fn word(self) -> &'static str {
        self.entry().1
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        self.entry().2
    }

    /// The view that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == word).map(|(view, ..)| *view)
    }

    fn entry(self) -> &'static (Self, &'static str, &'static str) {
        Self::ALL.iter().find(|(view, ..)| *view == self).unwrap_or(&Self::ALL[0])
    }

    /// Whether an action needs this kind of attention.
    pub fn wants(self, action: &Action, vantage: &Vantage) -> bool {
        if action.standing != Standing::Open {
            return false;
        }
        let lateness = action.lateness(vantage.today, vantage.meeting_on);
        match self {
            Self::Overdue => matches!(lateness, Lateness::Overdue { .. }),
            Self::Due => lateness == Lateness::DueBeforeMeeting,
            Self::Silent => is_silent(action, lateness, vantage),
            // Who leads work that is done is no question any more.
            Self::Blank if action.awaits_sign_off() => false,
            Self::Blank => action.leads.is_empty() || lateness == Lateness::NoDate,
            Self::Awaiting => action.awaits_decision(),
            Self::All => [Self::Overdue, Self::Due, Self::Silent, Self::Blank, Self::Awaiting]
                .into_iter()
                .any(|view| view.wants(action, vantage)),
        }
    }
}

fn is_silent(action: &Action, lateness: Lateness, vantage: &Vantage) -> bool {
    let Some(last_met_at) = vantage.last_met_at else {
        return false;
    };
    lateness != Lateness::NotCounted
        && action.last_update.as_ref().is_none_or(|update| update.said_at < last_met_at)
}

/// The actions that need this kind of attention: longest overdue first, then by the day they are
/// due, those without one last, then by ref.
pub fn list<'a>(view: Attention, actions: &[&'a Action], vantage: &Vantage) -> Vec<&'a Action> {
    let mut wanted: Vec<&Action> =
        actions.iter().copied().filter(|action| view.wants(action, vantage)).collect();
    wanted.sort_by_key(|action| {
        let due_on = action.target.due_on();
        (due_on.is_none(), due_on, action.reference.clone())
    });
    wanted
}
