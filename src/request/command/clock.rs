//! The commands about what is said around meetings.

use super::Command;
use super::DAY_MAX;
use super::EVERYONE;
use super::Given;
use super::Opt;
use super::Refusal;
use super::Takes;
use crate::chase::NOTE_MAX;
use crate::date::read_time;
use crate::request::Ask;
use crate::request::Names;
use crate::request::clock::ClockAsk;
use crate::request::clock::RemindAsk;
use crate::request::clock::TimingAsk;
use crate::routine::Routine;

const KEEPERS: &str = "CP Support and the chairs of CPEG and the board";

const BODY: Opt =
    Opt { name: "body", says: "Whose meetings", takes: Takes::Named(Names::Meeting), needed: true };

/// The words for yes and for a routine that is done or not.
const YES: &str = "yes";
const ON: &str = "on";
const OFF: &str = "off";

/// The longest number of days and time of day that are worth reading, in characters.
const DAYS_LENGTH_MAX: usize = 3;
const TIME_LENGTH_MAX: usize = 10;

pub(super) const REMIND: Command = Command {
    name: "remind",
    does: "Remind whoever answers for an action, in your name; once in five working days",
    options: &[
        Opt {
            name: "action",
            says: "The action: its number or words from its title",
            takes: Takes::Named(Names::OpenAction),
            needed: false,
        },
        Opt {
            name: "lead",
            says: "Or a lead, about all that is open of theirs",
            takes: Takes::Named(Names::Body),
            needed: false,
        },
        Opt {
            name: "note",
            says: "What you want to add",
            takes: Takes::Text(NOTE_MAX),
            needed: false,
        },
    ],
    for_whom: KEEPERS,
    read: |given| {
        Ok(Ask::Clock(ClockAsk::Remind(RemindAsk {
            action: given.text("action"),
            lead: given.text("lead"),
            note: given.text("note"),
        })))
    },
};

pub(super) const SEND: Command = Command {
    name: "digest send",
    does: "Post the digest for a body's next meeting now",
    options: &[
        BODY,
        Opt {
            name: "again",
            says: "Post it though it was posted before",
            takes: Takes::OneOf(yes),
            needed: false,
        },
    ],
    for_whom: KEEPERS,
    read: |given| {
        let again = given.text("again").is_some_and(|word| word == YES || word == "true");
        Ok(Ask::Clock(ClockAsk::Send { body: given.needed("body")?, again }))
    },
};

pub(super) const PAUSE: Command = Command {
    name: "digest pause",
    does: "Say nothing around a body's meetings for a while: no requests, no digest",
    options: &[
        BODY,
        Opt {
            name: "until",
            says: "The last day of it, such as 31 August 2021; until you resume, if left out",
            takes: Takes::Text(DAY_MAX),
            needed: false,
        },
    ],
    for_whom: KEEPERS,
    read: |given| {
        let until = given.day("until")?;
        Ok(Ask::Clock(ClockAsk::Pause { body: given.needed("body")?, until }))
    },
};

pub(super) const RESUME: Command = Command {
    name: "digest resume",
    does: "Speak around a body's meetings again",
    options: &[BODY],
    for_whom: KEEPERS,
    read: |given| Ok(Ask::Clock(ClockAsk::Resume { body: given.needed("body")? })),
};

pub(super) const SCHEDULE: Command = Command {
    name: "digest schedule",
    does: "See what I shall say in the next 60 days, to whom and why",
    options: &[Opt {
        name: "body",
        says: "Only around the meetings of this body",
        takes: Takes::Named(Names::Meeting),
        needed: false,
    }],
    for_whom: EVERYONE,
    read: |given| Ok(Ask::Clock(ClockAsk::Schedule { body: given.text("body"), page: 0 })),
};

pub(super) const TIMING: Command = Command {
    name: "digest timing",
    does: "See when I speak around meetings, or change one of the lead times",
    options: &[
        Opt {
            name: "routine",
            says: "What to change; all are shown, if left out",
            takes: Takes::OneOf(routines),
            needed: false,
        },
        Opt {
            name: "days",
            says: "How many working days from the day it goes by",
            takes: Takes::Text(DAYS_LENGTH_MAX),
            needed: false,
        },
        Opt {
            name: "time",
            says: "The time of day, such as 09:00",
            takes: Takes::Text(TIME_LENGTH_MAX),
            needed: false,
        },
        Opt {
            name: "state",
            says: "Whether it is done at all",
            takes: Takes::OneOf(states),
            needed: false,
        },
    ],
    for_whom: KEEPERS,
    read: read_timing,
};

fn yes() -> Vec<(&'static str, &'static str)> {
    vec![(YES, "yes, once more")]
}

fn states() -> Vec<(&'static str, &'static str)> {
    vec![(ON, "on"), (OFF, "off")]
}

fn routines() -> Vec<(&'static str, &'static str)> {
    Routine::ALL.map(|routine| (routine.word(), routine.words())).to_vec()
}

fn read_timing(given: &Given) -> Result<Ask, Refusal> {
    let routine = given.text("routine");
    let routine = routine.map(|word| Routine::from_word(&word).ok_or(Refusal::NotARoutine(word)));
    let days = given.text("days");
    let days = days.map(|words| words.parse().map_err(|_| Refusal::NotDays(words)));
    let time = given.text("time").map(|words| read_time(&words).map_err(Refusal::NotATime));
    let runs = given.text("state").map(|word| word != OFF);
    let ask = TimingAsk {
        routine: routine.transpose()?,
        days: days.transpose()?,
        time: time.transpose()?,
        runs,
    };
    if ask.routine.is_none() && (ask.days.is_some() || ask.time.is_some() || ask.runs.is_some()) {
        return Err(Refusal::Missing("routine"));
    }
    Ok(Ask::Clock(ClockAsk::Timing(ask)))
}
