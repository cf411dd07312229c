//! A plan as it stands at a moment: what tables, papers and pictures of it are made from.

#[cfg(test)]
pub(crate) mod sample;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;

use crate::action::Action;
use crate::action::Standing;
use crate::attention::Vantage;
use crate::partnership::Partnership;
use crate::plan::Area;
use crate::plan::Plan;

/// A plan, seen at a moment. It holds all it needs, so that it can be drawn or written beside
/// other work.
#[derive(Clone, Debug)]
pub struct Position {
    /// Who there is and when they meet.
    pub partnership: Partnership,
    /// The plan.
    pub plan: Plan,
    /// Its areas, in order.
    pub areas: Vec<Area>,
    /// Its actions as they stood, in the order of their refs.
    pub actions: Vec<Action>,
    /// The moment.
    pub at: DateTime<Utc>,
    /// The day it was, where the partnership is.
    pub today: NaiveDate,
}

impl Position {
    /// From where its actions are looked at: whoever meets next, and whoever met last.
    pub fn vantage(&self) -> Vantage<'_> {
        let calendar = &self.partnership.calendar;
        Vantage {
            today: self.today,
            meeting_on: calendar.next_of_any(self.at).map(|meeting| meeting.on),
            last_met_at: calendar.last_of_any(self.at).map(|last| last.at),
            bodies: &self.partnership.bodies,
        }
    }

    /// The actions that are still promised or were kept, in order: all but the withdrawn.
    pub fn promised(&self) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(|action| action.standing != Standing::Withdrawn)
    }
}
