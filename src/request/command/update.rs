//! Logging progress, and taking back what somebody said.

use super::Command;
use super::DAY_MAX;
use super::Given;
use super::Opt;
use super::Refusal;
use super::Takes;
use super::UPDATERS;
use crate::action::ADDRESS_MAX;
use crate::action::ASK_MAX;
use crate::action::Evidence;
use crate::action::REASON_MAX;
use crate::action::Status;
use crate::action::TEXT_MAX;
use crate::request::Ask;
use crate::request::Names;
use crate::request::ReverseAsk;
use crate::request::UpdateAsk;

pub(super) const UPDATE: Command = Command {
    name: "update",
    does: "Log progress on an action",
    options: &[
        Opt {
            name: "action",
            says: "The action: its number or words from its title",
            takes: Takes::Named(Names::OpenAction),
            needed: true,
        },
        Opt {
            name: "text",
            says: "What has happened; leave it out for a form to write in",
            takes: Takes::Text(TEXT_MAX),
            needed: false,
        },
        Opt {
            name: "status",
            says: "How it is going now, if that has changed",
            takes: Takes::OneOf(statuses),
            needed: false,
        },
        Opt {
            name: "happened",
            says: "The day it happened, such as 3 November 2020, if not today",
            takes: Takes::Text(DAY_MAX),
            needed: false,
        },
        Opt {
            name: "ask",
            says: "What you ask of the group, if anything",
            takes: Takes::Text(ASK_MAX),
            needed: false,
        },
        Opt {
            name: "evidence",
            says: "A file that shows it; its name and address are kept",
            takes: Takes::File,
            needed: false,
        },
        Opt {
            name: "link",
            says: "Or the address of a page that shows it",
            takes: Takes::Text(ADDRESS_MAX),
            needed: false,
        },
        Opt {
            name: "case_study",
            says: "Whether it is worth telling the board as a case study",
            takes: Takes::OneOf(|| vec![(YES, YES), (NO, NO)]),
            needed: false,
        },
    ],
    for_whom: UPDATERS,
    read: read_update,
};

pub(super) const REVERSE: Command = Command {
    name: "action reverse",
    does: "Take back what somebody said of an action; the record keeps it, with the reason",
    options: &[
        Opt {
            name: "action",
            says: "The action: its number or words from its title",
            takes: Takes::Named(Names::Action),
            needed: true,
        },
        Opt {
            name: "reason",
            says: "Why it is taken back",
            takes: Takes::Text(REASON_MAX),
            needed: true,
        },
        Opt {
            name: "update",
            says: "The update; the last one, if left out",
            takes: Takes::Named(Names::Update),
            needed: false,
        },
    ],
    for_whom: "CP Support",
    read: read_reverse,
};

/// The word for what is so, in an option and in a button.
pub(in crate::request) const YES: &str = "yes";
const NO: &str = "no";

pub(super) fn statuses() -> Vec<(&'static str, &'static str)> {
    Status::ALL.map(|status| (status.words(), status.words())).to_vec()
}

fn read_update(given: &Given) -> Result<Ask, Refusal> {
    let written = ["text", "ask", "link"].map(|option| given.text(option));
    read_progress(given).map_err(|why| with_what_was_written(why, &written))
}

fn read_progress(given: &Given) -> Result<Ask, Refusal> {
    let status = given
        .text("status")
        .map(|words| Status::from_words(&words).ok_or(Refusal::NotAStatus(words)));
    let case_study = given.text("case_study");
    Ok(Ask::Update(UpdateAsk {
        action: given.needed("action")?,
        text: given.text("text"),
        status: status.transpose()?,
        happened: given.day("happened")?,
        ask: given.text("ask"),
        evidence: evidence(given)?,
        case_study: case_study.is_some_and(|word| word.eq_ignore_ascii_case(YES)),
    }))
}

/// The file that was attached, or the page that was named.
fn evidence(given: &Given) -> Result<Option<Evidence>, Refusal> {
    match (given.files.get("evidence"), given.text("link")) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) => Err(Refusal::TwiceShown),
        (None, Some(words)) => Ok(Some(Evidence::page(&words)?)),
        (Some(file), None) => Ok(Some(Evidence::file(&file.name, &file.url)?)),
    }
}

fn read_reverse(given: &Given) -> Result<Ask, Refusal> {
    Ok(Ask::Reverse(ReverseAsk {
        action: given.needed("action")?,
        update: given.text("update"),
        reason: given.needed("reason")?,
    }))
}

/// A refusal with all that was written at length, if anything was.
fn with_what_was_written(why: Refusal, written: &[Option<String>]) -> Refusal {
    let written: Vec<&str> = written.iter().flatten().map(String::as_str).collect();
    if written.is_empty() {
        return why;
    }
    Refusal::Unread { why: Box::new(why), words: written.join("\n\n") }
}
