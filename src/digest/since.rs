//! What has changed between two moments of a plan.

use chrono::NaiveDate;

use crate::action::Action;
use crate::action::Ref;
use crate::action::Standing;
use crate::action::Update;

/// What has changed since a digest was issued.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// What waits for a decision and did not then.
    pub decisions: Vec<Action>,
    /// What was decided: signed off, withdrawn, returned, or due on another date.
    pub decided: Vec<(Action, Decided)>,
    /// What is overdue and was not then.
    pub overdue: Vec<Action>,
    /// What was promised since.
    pub added: Vec<Action>,
    /// What was said since.
    pub progress: Vec<(Ref, Update)>,
}

/// What a decision made of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// It is complete.
    SignedOff,
    /// It is no longer promised.
    Withdrawn,
    /// It is not complete after all.
    Returned,
    /// It is due on another date.
    Moved,
}

impl Since {
    /// What has changed from some actions, as they stood on a day, to others as they stand today.
    pub fn between(
        (then, then_on): (&[Action], NaiveDate),
        (now, today): (&[Action], NaiveDate),
        progress: &[(Ref, Update)],
    ) -> Self {
        let mut since = Self { progress: progress.to_vec(), ..Self::default() };
        for action in now {
            let before = then.iter().find(|before| before.id == action.id);
            let Some(before) = before else {
                since.added.push(action.clone());
                continue;
            };
            if action.awaits_decision() && !is_the_same_request(before, action) {
                since.decisions.push(action.clone());
            }
            since.decided.extend(decided(before, action).map(|made| (action.clone(), made)));
            if action.days_overdue(today).is_some() && before.days_overdue(then_on).is_none() {
                since.overdue.push(action.clone());
            }
        }
        since
    }

    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        let Self { decisions, decided, overdue, added, progress } = self;
        decisions.is_empty()
            && decided.is_empty()
            && overdue.is_empty()
            && added.is_empty()
            && progress.is_empty()
    }
}

/// Whether an action waited then for the decision that it waits for now.
fn is_the_same_request(then: &Action, now: &Action) -> bool {
    let asked = |action: &Action| action.date_asked().map(|asked| asked.id);
    then.awaits_sign_off() == now.awaits_sign_off() && asked(then) == asked(now)
}

fn decided(then: &Action, now: &Action) -> Option<Decided> {
    match (then.standing, now.standing) {
        (Standing::Open, Standing::SignedOff) => Some(Decided::SignedOff),
        (Standing::Open | Standing::SignedOff, Standing::Withdrawn) => Some(Decided::Withdrawn),
        (Standing::SignedOff, Standing::Open) => Some(Decided::Returned),
        _ if now.moves > then.moves => Some(Decided::Moved),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::Status;
    use crate::action::sample::action;
    use crate::action::sample::day;
    use crate::action::sample::said;

    fn between(then: &[Action], now: &[Action]) -> Since {
        Since::between((then, day("2020-12-03")), (now, day("2020-12-09")), &[])
    }

    fn refs(actions: &[Action]) -> Vec<String> {
        actions.iter().map(|action| action.reference.to_string()).collect()
    }

    #[test]
    fn nothing_said_and_nothing_due_is_no_change() {
        let standing = [
            action("IP-1.1", "September 2020"),
            action("IP-1.2", "TBC"),
            Action { status: Status::Complete, ..action("IP-1.3", "TBC") },
        ];
        assert!(between(&standing, &standing).is_empty());
    }

    #[test]
    fn what_is_decided_comes_due_or_asks_for_a_decision_is_a_change() {
        let then = [
            action("IP-1.1", "5 December 2020"),
            action("IP-1.2", "TBC"),
            Action { status: Status::Complete, ..action("IP-1.3", "TBC") },
            action("IP-1.4", "March 2020"),
        ];
        let mut now = then.to_vec();
        now[1].status = Status::Complete;
        now[2].standing = Standing::SignedOff;
        now[3] = Action { moves: 1, ..action("IP-1.4", "March 2021") };
        now.push(action("IP-1.5", "March 2021"));
        let since = between(&then, &now);
        assert_eq!(refs(&since.overdue), ["IP-1.1"]);
        assert_eq!(refs(&since.decisions), ["IP-1.2"]);
        let decided: Vec<Decided> = since.decided.iter().map(|(_, made)| *made).collect();
        assert_eq!(decided, [Decided::SignedOff, Decided::Moved]);
        assert_eq!(refs(&since.added), ["IP-1.5"]);
    }

    #[test]
    fn a_word_is_a_change() {
        let progress = [("IP-1.1".parse().unwrap(), said("2020-12-04"))];
        let since = Since::between((&[], day("2020-12-03")), (&[], day("2020-12-09")), &progress);
        assert!(!since.is_empty());
    }
}
