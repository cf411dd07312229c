//! The commands that keep the plan up to date: a new action, and how one reads.

use super::Command;
use super::Given;
use super::Opt;
use super::Refusal;
use super::Takes;
use crate::request::Ask;
use crate::request::Names;
use crate::request::upkeep::AddAsk;
use crate::request::upkeep::EditAsk;

/// The longest title of an action, in characters: a sentence of forty long words. What is longer is
/// an update, not a title.
const TITLE_MAX: usize = 400;

/// The longest words for a lead, in characters.
const LEAD_MAX: usize = 100;

/// The longest words for a target, in characters.
const TARGET_MAX: usize = 100;

const KEEPERS: &str = "CP Support, and the chairs of CPEG and the board";

pub(super) const ADD: Command = Command {
    name: "action add",
    does: "Add an action to the plan",
    options: &[
        Opt {
            name: "area",
            says: "The area it belongs to",
            takes: Takes::Named(Names::PlanArea),
            needed: true,
        },
        Opt {
            name: "title",
            says: "What is promised, in a line",
            takes: Takes::Text(TITLE_MAX),
            needed: true,
        },
        Opt {
            name: "lead",
            says: "Who answers for it, as the plan would print it",
            takes: Takes::Named(Names::Lead),
            needed: true,
        },
        Opt {
            name: "target",
            says: "When it is due, in words such as March 2021; TBC, if nobody knows yet",
            takes: Takes::Text(TARGET_MAX),
            needed: true,
        },
    ],
    for_whom: KEEPERS,
    read: read_add,
};

pub(super) const EDIT: Command = Command {
    name: "action edit",
    does: "Change how an action reads, who leads it or its themes",
    options: &[
        Opt {
            name: "action",
            says: "The action: its number or words from its title",
            takes: Takes::Named(Names::OpenAction),
            needed: true,
        },
        Opt {
            name: "title",
            says: "What is promised, in a line, as it should read",
            takes: Takes::Text(TITLE_MAX),
            needed: false,
        },
        Opt {
            name: "lead",
            says: "Who answers for it from now on, as the plan would print it",
            takes: Takes::Named(Names::Lead),
            needed: false,
        },
        Opt {
            name: "theme",
            says: "All its themes from now on, with commas between them; or none",
            takes: Takes::Named(Names::Theme),
            needed: false,
        },
    ],
    for_whom: KEEPERS,
    read: read_edit,
};

fn read_add(given: &Given) -> Result<Ask, Refusal> {
    read_new(given).map_err(|why| given.giving_back("title", why))
}

fn read_new(given: &Given) -> Result<Ask, Refusal> {
    let area = given.needed("area")?;
    let (lead, target) = (short(given, "lead", LEAD_MAX)?, short(given, "target", TARGET_MAX)?);
    let title = short(given, "title", TITLE_MAX)?;
    let needed = |words: Option<String>, option| words.ok_or(Refusal::Missing(option));
    Ok(Ask::AddAction(AddAsk {
        area,
        title: needed(title, "title")?,
        lead: needed(lead, "lead")?,
        target: needed(target, "target")?,
    }))
}

fn read_edit(given: &Given) -> Result<Ask, Refusal> {
    read_changes(given).map_err(|why| given.giving_back("title", why))
}

fn read_changes(given: &Given) -> Result<Ask, Refusal> {
    Ok(Ask::EditAction(EditAsk {
        action: given.needed("action")?,
        title: short(given, "title", TITLE_MAX)?,
        lead: short(given, "lead", LEAD_MAX)?,
        theme: given.text("theme"),
    }))
}

/// Words on one line, for what a list shows in a line.
fn short(
    given: &Given,
    option: &'static str,
    characters_max: usize,
) -> Result<Option<String>, Refusal> {
    let Some(words) = given.text(option) else { return Ok(None) };
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > characters_max {
        return Err(Refusal::TooLong { option, characters_max });
    }
    Ok(Some(line))
}
