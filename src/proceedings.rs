//! What a meeting made of what it had before it, step by step as somebody records it.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::DateTime;
use chrono::Utc;

use crate::action::Action;
use crate::action::ActionId;
use crate::action::ExtensionId;
use crate::agenda::Item;
use crate::agenda::ItemId;
use crate::decision::Decision;
use crate::decision::DecisionId;

/// The longest words for where minutes are, in characters: a link.
pub const MINUTES_MAX: usize = 300;

/// The longest words for what was agreed about what was brought, in characters.
pub const WORDS_MAX: usize = 500;

/// The number of a step in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProceedingId(pub i64);

/// What is recorded in one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// Who was there, and where the minutes are; empty where nobody said.
    Begun {
        /// Where the minutes are, as written.
        minutes: String,
    },
    /// Something asked of it was decided.
    Decided {
        /// About what.
        action: ActionId,
        /// The decision.
        decision: DecisionId,
    },
    /// Something asked of it was left open.
    LeftOpen {
        /// About what.
        action: ActionId,
        /// The request for a new date; none where the question is whether it is complete.
        extension: Option<ExtensionId>,
    },
    /// Something that was brought to it was dealt with.
    Item {
        /// About what.
        action: ActionId,
        /// What was brought.
        item: ItemId,
        /// What became of it.
        outcome: Outcome,
    },
    /// An action was added.
    Added {
        /// The action.
        action: ActionId,
    },
    /// All of it is recorded.
    Finished,
}

/// What became of something that was brought to a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Something was agreed about it.
    Agreed {
        /// What, as written.
        words: String,
    },
    /// It was noted.
    Noted,
    /// It was left open.
    LeftOpen,
}

/// One step in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proceeding {
    /// Its number in the record.
    pub id: ProceedingId,
    /// What it is.
    pub made: Made,
    /// Who recorded it; none for somebody who is forgotten.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// A decision that cites a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedDecision {
    /// About what.
    pub action: ActionId,
    /// What was agreed.
    pub decision: Decision,
    /// The date that was agreed, as written; none where none was.
    pub target: Option<String>,
}

/// What a meeting is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question<'a> {
    /// To decide about an action: that it is complete, or when it may be due.
    Decide(&'a Action),
    /// To decide on something that was brought to it, or to note it.
    Brought(&'a Item, &'a Action),
}

/// What a meeting had before it, and how far the record of it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docket<'a> {
    /// How much it had to answer: what is still open, and what was decided, left open or dealt with.
    pub asked: usize,
    /// What is still to be answered, in order.
    pub open: Vec<Question<'a>>,
}

/// Everything of the record that a docket is made of.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The actions that awaited a decision on the day of the meeting, as they stood then.
    pub awaited: Vec<&'a Action>,
    /// All actions, as they stand.
    pub actions: &'a [Action],
    /// What was brought to it.
    pub items: &'a [&'a Item],
    /// The decisions that cite it.
    pub decisions: &'a [CitedDecision],
    /// What is recorded of it, oldest first.
    pub steps: &'a [Proceeding],
}

impl<'a> Docket<'a> {
    /// What a meeting had before it: first the decisions that it was asked, then what was brought.
    ///
    /// What was decided otherwise since, or is asked anew, was not answered by this meeting and is left
    /// out.
    pub fn of(facts: &Facts<'a>) -> Self {
        let mut docket = Self::default();
        let mut answered: BTreeSet<ActionId> =
            facts.decisions.iter().map(|cited| cited.action).collect();
        for then in &facts.awaited {
            let now = facts.actions.iter().find(|action| action.id == then.id);
            let still =
                now.filter(|now| asked_of(now).is_some() && asked_of(now) == asked_of(then));
            let Some(action) = still.filter(|action| !answered.contains(&action.id)) else {
                continue;
            };
            if is_left_open(action, facts.steps) {
                answered.insert(action.id);
            } else {
                docket.open.push(Question::Decide(action));
            }
        }
        docket.asked = answered.len() + docket.open.len();
        for item in facts.items {
            let Some(action) = facts.actions.iter().find(|action| item.is_about(action)) else {
                continue;
            };
            docket.asked += 1;
            if outcome(item.id, facts.steps).is_none() {
                docket.open.push(Question::Brought(item, action));
            }
        }
        docket
    }
}

/// The request that awaits a decision about an action; `None` within for whether it is complete.
pub fn asked_of(action: &Action) -> Option<Option<ExtensionId>> {
    if action.awaits_sign_off() {
        return Some(None);
    }
    action.date_asked().map(|asked| Some(asked.id))
}

/// Whether a meeting left open what is asked about an action.
pub fn is_left_open(action: &Action, steps: &[Proceeding]) -> bool {
    let asked = asked_of(action);
    steps.iter().any(|step| match step.made {
        Made::LeftOpen { action: about, extension } => {
            about == action.id && asked == Some(extension)
        }
        _ => false,
    })
}

/// What became of something that was brought, as it was recorded last.
pub fn outcome(item: ItemId, steps: &[Proceeding]) -> Option<&Outcome> {
    steps.iter().rev().find_map(|step| match &step.made {
        Made::Item { item: about, outcome, .. } if *about == item => Some(outcome),
        _ => None,
    })
}

/// Where the minutes are, as it was recorded last; none where nothing is recorded yet.
pub fn minutes(steps: &[Proceeding]) -> Option<&str> {
    steps.iter().rev().find_map(|step| match &step.made {
        Made::Begun { minutes } => Some(minutes.as_str()),
        _ => None,
    })
}

/// The step by which all of it was recorded last.
pub fn finished(steps: &[Proceeding]) -> Option<&Proceeding> {
    steps.iter().rev().find(|step| step.made == Made::Finished)
}

/// What was recorded since all of it was recorded last.
pub fn since_finished(steps: &[Proceeding]) -> &[Proceeding] {
    let last = steps.iter().rposition(|step| step.made == Made::Finished);
    &steps[last.map_or(0, |last| last + 1)..]
}
