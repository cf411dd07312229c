//! The commands about when bodies meet.

use chrono::NaiveTime;

use super::Command;
use super::DAY_MAX;
use super::EVERYONE;
use super::Given;
use super::Opt;
use super::Refusal;
use super::Takes;
use crate::date::read_day;
use crate::date::read_time;
use crate::meeting::asked::PAPERS_DAYS_MAX;
use crate::meeting::asked::REASON_MAX;
use crate::meeting::changed::Papers;
use crate::request::Ask;
use crate::request::Names;
use crate::request::meeting::AddedMeeting;
use crate::request::meeting::MeetingAsk;
use crate::request::meeting::MovedMeeting;

const KEEPERS: &str = "CP Support, and the chairs of CPEG and the board";

/// The longest name of a meeting that is worth reading, in characters.
const MEETING_MAX: usize = 100;

/// The longest words for a time that are worth reading, in characters.
const TIME_MAX: usize = 20;

/// The longest name of a closed day, in characters.
const NAME_MAX: usize = 100;

/// The words for a day that is closed, and for one that is worked after all.
const CLOSED: &str = "closed";
const OPEN: &str = "open";

const MEETING: Opt = Opt {
    name: "meeting",
    says: "The meeting, such as CPEG 10 December 2020",
    takes: Takes::Named(Names::MeetingToCome),
    needed: true,
};

const PAPERS: Opt = Opt {
    name: "papers",
    says: "When papers are due: a day, or so many working days before, such as 5",
    takes: Takes::Text(DAY_MAX),
    needed: false,
};

const REASON: Opt = Opt {
    name: "reason",
    says: "Why; everybody in the body's channel reads it",
    takes: Takes::Text(REASON_MAX),
    needed: false,
};

pub(super) const LIST: Command = Command {
    name: "meeting list",
    does: "See the meetings to come, when papers are due, and what was moved or cancelled",
    options: &[Opt {
        name: "body",
        says: "Whose meetings; everybody's, if left out",
        takes: Takes::Named(Names::Meeting),
        needed: false,
    }],
    for_whom: EVERYONE,
    read: |given| Ok(Ask::Meeting(MeetingAsk::List { body: given.text("body"), page: 0 })),
};

pub(super) const ADD: Command = Command {
    name: "meeting add",
    does: "Add a meeting that no series has; you are asked before it counts",
    options: &[
        Opt { name: "body", says: "Whose meeting", takes: Takes::Named(Names::Body), needed: true },
        Opt {
            name: "on",
            says: "Its day, such as 14 January 2021",
            takes: Takes::Text(DAY_MAX),
            needed: true,
        },
        Opt {
            name: "at",
            says: "When it begins, such as 10:00; as their other meetings, if left out",
            takes: Takes::Text(TIME_MAX),
            needed: false,
        },
        PAPERS,
        REASON,
    ],
    for_whom: KEEPERS,
    read: |given| read_add(given).map_err(|why| given.giving_back("reason", why)),
};

pub(super) const MOVE: Command = Command {
    name: "meeting move",
    does: "Move a meeting, or the day its papers are due; you are asked before it counts",
    options: &[
        MEETING,
        Opt {
            name: "to",
            says: "Its new day, such as 17 December 2020",
            takes: Takes::Text(DAY_MAX),
            needed: true,
        },
        Opt {
            name: "at",
            says: "When it begins, such as 10:00; as before, if left out",
            takes: Takes::Text(TIME_MAX),
            needed: false,
        },
        PAPERS,
        REASON,
    ],
    for_whom: KEEPERS,
    read: |given| read_move(given).map_err(|why| given.giving_back("reason", why)),
};

pub(super) const CANCEL: Command = Command {
    name: "meeting cancel",
    does: "Cancel a meeting; you are asked before it counts",
    options: &[MEETING, Opt { needed: true, ..REASON }],
    for_whom: KEEPERS,
    read: |given| read_cancel(given).map_err(|why| given.giving_back("reason", why)),
};

pub(super) const CLOSED_DAY: Command = Command {
    name: "meeting closed",
    does: "Close a day for the partnership, or open it again: papers deadlines are counted without it",
    options: &[
        Opt {
            name: "day",
            says: "The day, such as 24 December 2020",
            takes: Takes::Text(DAY_MAX),
            needed: true,
        },
        Opt {
            name: "name",
            says: "Why, such as: staff training",
            takes: Takes::Text(NAME_MAX),
            needed: false,
        },
        Opt {
            name: "is",
            says: "Closed, or open again; closed, if left out",
            takes: Takes::OneOf(states),
            needed: false,
        },
    ],
    for_whom: KEEPERS,
    read: read_closed,
};

fn states() -> Vec<(&'static str, &'static str)> {
    vec![(CLOSED, "closed: nobody works that day"), (OPEN, "open: it is a working day after all")]
}

fn read_add(given: &Given) -> Result<Ask, Refusal> {
    Ok(Ask::Meeting(MeetingAsk::Add(AddedMeeting {
        body: given.needed("body")?,
        on: given.day("on")?.ok_or(Refusal::Missing("on"))?,
        time: time(given)?,
        papers: papers(given)?,
        reason: given.text("reason").unwrap_or_default(),
    })))
}

fn read_move(given: &Given) -> Result<Ask, Refusal> {
    Ok(Ask::Meeting(MeetingAsk::Move(MovedMeeting {
        meeting: meeting(given)?,
        to: given.day("to")?.ok_or(Refusal::Missing("to"))?,
        time: time(given)?,
        papers: papers(given)?,
        reason: given.text("reason").unwrap_or_default(),
    })))
}

fn read_cancel(given: &Given) -> Result<Ask, Refusal> {
    let (meeting, reason) = (meeting(given)?, given.needed("reason")?);
    Ok(Ask::Meeting(MeetingAsk::Cancel { meeting, reason }))
}

fn read_closed(given: &Given) -> Result<Ask, Refusal> {
    let day = given.day("day")?.ok_or(Refusal::Missing("day"))?;
    match given.text("is").as_deref() {
        None | Some(CLOSED) => {
            let name = given.text("name").unwrap_or_default();
            Ok(Ask::Meeting(MeetingAsk::Close { day, name }))
        }
        Some(OPEN) => Ok(Ask::Meeting(MeetingAsk::Open { day })),
        Some(other) => Err(Refusal::NeitherClosedNorOpen(other.to_owned())),
    }
}

fn meeting(given: &Given) -> Result<String, Refusal> {
    let words = given.needed("meeting")?;
    if words.chars().count() > MEETING_MAX {
        return Err(Refusal::NotAMeeting(words));
    }
    Ok(words)
}

fn time(given: &Given) -> Result<Option<NaiveTime>, Refusal> {
    let words = given.text("at");
    words.map(|words| read_time(&words)).transpose().map_err(Refusal::NotATime)
}

/// A day, or a count of working days: `26 November 2020`, `5`, `5 working days`.
fn papers(given: &Given) -> Result<Option<Papers>, Refusal> {
    let Some(words) = given.text("papers") else { return Ok(None) };
    let count = words.split_whitespace().next().unwrap_or_default();
    let unit = words.split_whitespace().skip(1).collect::<Vec<_>>().join(" ").to_lowercase();
    let is_count = ["", "day", "days", "working day", "working days"].contains(&unit.as_str())
        || unit == "working days before";
    match count.parse::<u32>() {
        Ok(days) if is_count && days > PAPERS_DAYS_MAX => Err(Refusal::ManyPapersDays(days)),
        Ok(days) if is_count => Ok(Some(Papers::Before(days))),
        _ => read_day(&words).map(|day| Some(Papers::On(day))).map_err(Refusal::NotADay),
    }
}
