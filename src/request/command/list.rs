//! The commands that list actions: somebody's own, and the plan's.

use super::Command;
use super::DAY_MAX;
use super::EVERYONE;
use super::Given;
use super::Opt;
use super::Refusal;
use super::Takes;
use super::update::statuses;
use super::views;
use crate::action::Status;
use crate::attention::Attention;
use crate::request::Ask;
use crate::request::Names;
use crate::request::list::ListAsk;
use crate::request::list::MineAsk;
use crate::request::list::Stands;

/// The most words to look for, in characters: more would not fit in the button of the next page.
const SOUGHT_MAX: usize = 60;

pub(super) const MINE: Command = Command {
    name: "mine",
    does: "See the actions that you answer for, what needs attention first",
    options: &[Opt {
        name: "view",
        says: "What to list; all that you answer for, if left out",
        takes: Takes::OneOf(views),
        needed: false,
    }],
    for_whom: "Whoever holds a body that leads actions",
    read: read_mine,
};

/// What a list can be narrowed to.
pub(super) const BODY: Opt = Opt {
    name: "body",
    says: "Only actions that this body answers for",
    takes: Takes::Named(Names::Body),
    needed: false,
};

pub(super) const LEAD: Opt = Opt {
    name: "lead",
    says: "Only actions with this lead, as the plan prints it",
    takes: Takes::Named(Names::Lead),
    needed: false,
};

pub(super) const AREA: Opt = Opt {
    name: "area",
    says: "Only actions in this area of the plan",
    takes: Takes::Named(Names::Area),
    needed: false,
};

pub(super) const THEME: Opt = Opt {
    name: "theme",
    says: "Only actions with this theme",
    takes: Takes::Named(Names::Theme),
    needed: false,
};

pub(super) const LIST: Command = Command {
    name: "action list",
    does: "List the plan's actions, ten a page",
    options: &[
        BODY,
        LEAD,
        AREA,
        THEME,
        Opt {
            name: "status",
            says: "Only actions of which this was last said",
            takes: Takes::OneOf(statuses),
            needed: false,
        },
        Opt {
            name: "standing",
            says: "Only actions that stand so; all but the withdrawn, if left out",
            takes: Takes::OneOf(standings),
            needed: false,
        },
        Opt {
            name: "text",
            says: "Only actions with these words in their number, title or lead",
            takes: Takes::Text(SOUGHT_MAX),
            needed: false,
        },
        Opt {
            name: "as_of",
            says: "The day to look from, such as 1 January 2021; today, if left out",
            takes: Takes::Text(DAY_MAX),
            needed: false,
        },
    ],
    for_whom: EVERYONE,
    read: read_list,
};

fn standings() -> Vec<(&'static str, &'static str)> {
    Stands::ALL.map(|(_, word, words)| (word, words)).to_vec()
}

fn read_mine(given: &Given) -> Result<Ask, Refusal> {
    let view = given.text("view");
    let view = view.map(|word| Attention::from_word(&word).ok_or(Refusal::NotAView(word)));
    Ok(Ask::Mine(MineAsk { view: view.transpose()?, ..MineAsk::default() }))
}

fn read_list(given: &Given) -> Result<Ask, Refusal> {
    let area = given.text("area");
    let area = area.map(|words| words.parse().map_err(|_| Refusal::NotAnArea(words)));
    let status = given.text("status");
    let status = status.map(|words| Status::from_words(&words).ok_or(Refusal::NotAStatus(words)));
    let stands = given.text("standing");
    let stands = stands.map(|word| Stands::from_word(&word).ok_or(Refusal::NotAStanding(word)));
    Ok(Ask::List(ListAsk {
        body: given.text("body"),
        lead: given.text("lead"),
        area: area.transpose()?,
        theme: given.text("theme"),
        status: status.transpose()?,
        stands: stands.transpose()?,
        text: given.text("text"),
        as_of: given.day("as_of")?,
        page: 0,
    }))
}
