//! The commands about who answers for a body.

use super::Command;
use super::DAY_MAX;
use super::EVERYONE;
use super::Given;
use super::Opt;
use super::Refusal;
use super::Takes;
use crate::body::holding::Part;
use crate::request::Ask;
use crate::request::Names;
use crate::request::lead::LeadAsk;

const KEEPERS: &str = "CP Support and the chairs of CPEG and the board";

const BODY: Opt = Opt {
    name: "body",
    says: "Which body: its name or letters",
    takes: Takes::Named(Names::Body),
    needed: true,
};

pub(super) const LIST: Command = Command {
    name: "lead list",
    does: "See who holds each body, what is vacant, and leads I do not understand",
    options: &[
        Opt {
            name: "body",
            says: "Only this body",
            takes: Takes::Named(Names::Body),
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
    read: |given| {
        Ok(Ask::Lead(LeadAsk::List { body: given.text("body"), as_of: given.day("as_of")? }))
    },
};

pub(super) const LINK: Command = Command {
    name: "lead link",
    does: "Say that somebody holds a body, or deputises for whoever does",
    options: &[
        BODY,
        Opt { name: "person", says: "Who it is", takes: Takes::Person, needed: true },
        Opt {
            name: "as",
            says: "As its holder or as a deputy; holder, if left out",
            takes: Takes::OneOf(parts),
            needed: false,
        },
    ],
    for_whom: KEEPERS,
    read: read_link,
};

pub(super) const HANDOVER: Command = Command {
    name: "lead handover",
    does: "Hand a body over from one person to another; its deputies stay",
    options: &[
        BODY,
        Opt { name: "to", says: "Who holds it from now on", takes: Takes::Person, needed: true },
        Opt {
            name: "from",
            says: "Who holds it no more; whoever was linked as holder, if left out",
            takes: Takes::Person,
            needed: false,
        },
    ],
    for_whom: KEEPERS,
    read: |given| {
        Ok(Ask::Lead(LeadAsk::Handover {
            body: given.needed("body")?,
            to: given.person("to")?,
            from: given.people.get("from").cloned(),
        }))
    },
};

pub(super) const VACANT: Command = Command {
    name: "lead vacant",
    does: "Say that nobody holds a body; it is reported until somebody does",
    options: &[BODY],
    for_whom: KEEPERS,
    read: |given| Ok(Ask::Lead(LeadAsk::Vacant { body: given.needed("body")? })),
};

pub(super) const LINK_LABEL: Command = Command {
    name: "lead link-label",
    does: "Say which body a lead means that a plan prints and I do not understand",
    options: &[
        Opt {
            name: "label",
            says: "The lead as the plan prints it, such as \"the schools\"",
            takes: Takes::Named(Names::Label),
            needed: true,
        },
        Opt {
            name: "body",
            says: "The body it means, or a name for several such as DIGs",
            takes: Takes::Named(Names::Body),
            needed: true,
        },
    ],
    for_whom: KEEPERS,
    read: |given| {
        let (label, body) = (given.needed("label")?, given.needed("body")?);
        Ok(Ask::Lead(LeadAsk::LinkLabel { label, body }))
    },
};

fn parts() -> Vec<(&'static str, &'static str)> {
    Part::GIVEN.map(|(_, word, words)| (word, words)).to_vec()
}

fn read_link(given: &Given) -> Result<Ask, Refusal> {
    let part = match given.text("as") {
        None => Part::Holder,
        Some(word) => {
            let known = Part::GIVEN.iter().find(|(_, known, _)| *known == word);
            known.map(|(part, ..)| *part).ok_or(Refusal::NotAPart(word))?
        }
    };
    let (body, person) = (given.needed("body")?, given.person("person")?);
    Ok(Ask::Lead(LeadAsk::Link { body, person, part }))
}
