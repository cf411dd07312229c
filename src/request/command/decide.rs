//! The commands by which dates are asked for and decisions recorded.

use super::Command;
use super::Given;
use super::Opt;
use super::Refusal;
use super::Takes;
use crate::decision::NOTE_MAX;
use crate::decision::REASON_MAX;
use crate::request::Ask;
use crate::request::Names;
use crate::request::decide::DecideAsk;
use crate::request::decide::Deciding;
use crate::request::decide::Outcome;
use crate::request::decide::Picked;
use crate::request::decide::RescheduleAsk;

/// The longest words for a date that are worth reading, in characters.
pub(crate) const DATE_MAX: usize = 100;

/// The longest words for a meeting, in characters.
pub(crate) const MEETING_MAX: usize = 100;

/// The longest minute reference, in characters.
pub(crate) const MINUTE_MAX: usize = 100;

const LEADS: &str =
    "Leads for their own actions; CP Support and the chairs of CPEG and the board for any";

const DECIDERS: &str = "The chairs of CPEG and the board; CP Support, citing the meeting";

const MEETING: Opt = Opt {
    name: "meeting",
    says: "The meeting that agreed it, such as CPEG 10 December 2020; a chair's own last, if left out",
    takes: Takes::Named(Names::Cited),
    needed: false,
};

const MINUTE: Opt = Opt {
    name: "minute_ref",
    says: "Where its minutes have it, such as 4.2",
    takes: Takes::Text(MINUTE_MAX),
    needed: false,
};

const NOTE: Opt = Opt {
    name: "note",
    says: "What is to be noted beside, such as why",
    takes: Takes::Text(NOTE_MAX),
    needed: false,
};

const fn action(picked: Picked) -> Opt {
    Opt {
        name: "action",
        says: "The action, or several parted by commas: 1.2, 2.1",
        takes: Takes::Named(Names::Decided(picked)),
        needed: true,
    }
}

pub(super) const RESCHEDULE: Command = Command {
    name: "reschedule",
    does: "Ask for a new date for an action; a meeting decides",
    options: &[
        Opt {
            name: "action",
            says: "The action: its number or words from its title",
            takes: Takes::Named(Names::OpenAction),
            needed: true,
        },
        Opt {
            name: "target",
            says: "When it will be done, such as September 2021 or end of March 2022",
            takes: Takes::Text(DATE_MAX),
            needed: true,
        },
        Opt {
            name: "reason",
            says: "Why it needs more time; those who decide read your words",
            takes: Takes::Text(REASON_MAX),
            needed: true,
        },
    ],
    for_whom: LEADS,
    read: read_reschedule,
};

pub(super) const SIGN_OFF: Command = Command {
    name: "decide sign-off",
    does: "Record that a meeting agreed that an action is complete",
    options: &[action(Picked::Completion), MEETING, MINUTE, NOTE],
    for_whom: DECIDERS,
    read: |given| read(given, Deciding::SignOff),
};

pub(super) const RETURN: Command = Command {
    name: "decide return",
    does: "Record that a meeting found an action not complete, so that it goes on",
    options: &[action(Picked::Completion), MEETING, MINUTE, NOTE],
    for_whom: DECIDERS,
    read: |given| read(given, Deciding::Return),
};

pub(super) const EXTENSION: Command = Command {
    name: "decide extension",
    does: "Record what a meeting decided about a new date that was asked for",
    options: &[
        action(Picked::Date),
        Opt {
            name: "outcome",
            says: "What was decided",
            takes: Takes::OneOf(outcomes),
            needed: true,
        },
        Opt {
            name: "target",
            says: "The other date that was agreed, such as June 2021",
            takes: Takes::Text(DATE_MAX),
            needed: false,
        },
        MEETING,
        MINUTE,
        NOTE,
    ],
    for_whom: DECIDERS,
    read: read_extension,
};

pub(super) const WITHDRAW: Command = Command {
    name: "decide withdraw",
    does: "Record that a meeting took an action out of the plan",
    options: &[action(Picked::Any), MEETING, MINUTE, NOTE],
    for_whom: DECIDERS,
    read: |given| read(given, Deciding::Withdraw),
};

fn outcomes() -> Vec<(&'static str, &'static str)> {
    Outcome::ALL.map(|(_, word, words)| (word, words)).to_vec()
}

fn read_reschedule(given: &Given) -> Result<Ask, Refusal> {
    let reason = given.text("reason");
    let action = given.needed("action").map_err(|why| match reason.clone() {
        Some(words) => Refusal::Unread { why: Box::new(why), words },
        None => why,
    });
    Ok(Ask::Reschedule(RescheduleAsk { action: action?, target: given.text("target"), reason }))
}

fn read_extension(given: &Given) -> Result<Ask, Refusal> {
    read_outcome(given).map_err(|why| given.giving_back("note", why))
}

fn read_outcome(given: &Given) -> Result<Ask, Refusal> {
    let word = given.needed("outcome")?;
    let outcome = Outcome::from_word(&word).ok_or(Refusal::NotAnOutcome(word))?;
    let target = given.text("target");
    if outcome != Outcome::Another && target.is_some() {
        return Err(Refusal::TargetForNothing);
    }
    read(given, Deciding::Extension { outcome, target, seen: None })
}

/// A decision, with what was typed beside it.
pub(crate) fn read(given: &Given, deciding: Deciding) -> Result<Ask, Refusal> {
    Ok(Ask::Decide(DecideAsk {
        deciding,
        actions: given.needed("action")?,
        meeting: given.text("meeting"),
        minute_ref: given.text("minute_ref"),
        note: given.text("note"),
    }))
}
