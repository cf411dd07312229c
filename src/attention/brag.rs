//! The colour of an action in a paper, by rule, and why it has it.

use crate::action::Action;
use crate::action::Lateness;
use crate::action::Standing;
use crate::action::Status;
use crate::attention::Vantage;
use crate::attention::is_silent;

/// The colour that the rule gives an action. A lead may raise a risk early, by the status, and never
/// lowers the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Complete and signed off.
    Blue,
    /// Overdue or blocked.
    Red,
    /// At risk, or due before the next meeting with nothing said since the last.
    Amber,
    /// None of these.
    Green,
    /// Not measured: on hold, without a date, withdrawn.
    White,
}

/// Why an action has its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is complete and signed off.
    SignedOff,
    /// It is past the last day of its window.
    Overdue {
        /// By so many days.
        days: i64,
    },
    /// Its lead says that it cannot go on.
    Blocked,
    /// Its lead says that it may not be done in time.
    AtRisk,
    /// It is due by the next meeting, and nobody has said anything since the last.
    DueUnheard,
    /// Its lead says that it is complete.
    AwaitsSignOff,
    /// It is not yet due only because its date moved.
    Moved,
    /// It is due by the next meeting, and its lead has reported.
    DueHeard,
    /// It is not yet due.
    NotYetDue,
    /// It is paused.
    OnHold,
    /// It has no date.
    NoDate,
    /// It is no longer promised.
    Withdrawn,
}

/// A colour and its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Brag {
    /// The colour.
    pub colour: Colour,
    /// Why.
    pub why: Why,
}

/// The colour of an action seen from a day, and why: the first row of the rule that holds.
pub fn brag(action: &Action, vantage: &Vantage) -> Brag {
    let lateness = action.lateness(vantage.today, vantage.meeting_on);
    let is_due = lateness == Lateness::DueBeforeMeeting;
    let (colour, why) = match (action.standing, action.status, lateness) {
        (Standing::Withdrawn, ..) => (Colour::White, Why::Withdrawn),
        (Standing::SignedOff, ..) => (Colour::Blue, Why::SignedOff),
        (_, Status::Complete, _) => (Colour::Green, Why::AwaitsSignOff),
        (_, Status::OnHold, _) => (Colour::White, Why::OnHold),
        (.., Lateness::Overdue { days }) => (Colour::Red, Why::Overdue { days }),
        (_, Status::Blocked, _) => (Colour::Red, Why::Blocked),
        (_, Status::AtRisk, _) => (Colour::Amber, Why::AtRisk),
        (.., Lateness::NoDate) => (Colour::White, Why::NoDate),
        _ if is_due && is_silent(action, lateness, vantage) => (Colour::Amber, Why::DueUnheard),
        _ if action.moves > 0 => (Colour::Green, Why::Moved),
        _ if is_due => (Colour::Green, Why::DueHeard),
        _ => (Colour::Green, Why::NotYetDue),
    };
    Brag { colour, why }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::sample::action;
    use crate::action::sample::day;
    use crate::action::sample::said;

    #[track_caller]
    fn check(action: &Action, colour: Colour, why: Why) {
        let vantage = Vantage {
            today: day("2020-11-19"),
            meeting_on: Some(day("2020-12-10")),
            last_met_at: day("2020-10-08").and_hms_opt(9, 0, 0).map(|at| at.and_utc()),
        };
        assert_eq!(brag(action, &vantage), Brag { colour, why }, "{action:?}");
    }

    fn with(target: &str, status: Status) -> Action {
        Action { status, ..action("IP-1.1", target) }
    }

    #[test]
    fn each_row_of_the_rule() {
        use Status::*;
        let standing = |standing, status| Action { standing, ..with("October 2020", status) };
        let heard = |action| Action { last_update: Some(said("2020-11-03")), ..action };
        let moved = |action| Action { moves: 2, ..action };
        check(&standing(Standing::SignedOff, Complete), Colour::Blue, Why::SignedOff);
        check(&standing(Standing::Withdrawn, Blocked), Colour::White, Why::Withdrawn);
        check(&with("October 2020", OnTrack), Colour::Red, Why::Overdue { days: 19 });
        check(&with("October 2020", AtRisk), Colour::Red, Why::Overdue { days: 19 });
        check(&moved(with("October 2020", OnTrack)), Colour::Red, Why::Overdue { days: 19 });
        check(&with("May 2021", Blocked), Colour::Red, Why::Blocked);
        check(&with("", Blocked), Colour::Red, Why::Blocked);
        check(&with("May 2021", AtRisk), Colour::Amber, Why::AtRisk);
        check(&moved(with("May 2021", AtRisk)), Colour::Amber, Why::AtRisk);
        check(&with("November 2020", OnTrack), Colour::Amber, Why::DueUnheard);
        check(&moved(with("November 2020", OnTrack)), Colour::Amber, Why::DueUnheard);
        check(&heard(with("November 2020", OnTrack)), Colour::Green, Why::DueHeard);
        check(&moved(heard(with("November 2020", OnTrack))), Colour::Green, Why::Moved);
        check(&with("May 2021", NotStarted), Colour::Green, Why::NotYetDue);
        check(&moved(with("May 2021", OnTrack)), Colour::Green, Why::Moved);
        check(&with("October 2020", Complete), Colour::Green, Why::AwaitsSignOff);
        check(&with("October 2020", OnHold), Colour::White, Why::OnHold);
        check(&with("TBC", OnTrack), Colour::White, Why::NoDate);
    }

    #[test]
    fn nobody_owes_a_word_before_anybody_has_met() {
        let vantage = Vantage { today: day("2020-11-19"), meeting_on: None, last_met_at: None };
        let due = with("19 November 2020", Status::OnTrack);
        assert_eq!(brag(&due, &vantage).why, Why::DueHeard);
    }
}
