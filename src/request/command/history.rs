//! What looks back: an action as it stood, everything recorded about it, a digest as it was issued.

use super::Command;
use super::DAY_MAX;
use super::EVERYONE;
use super::Given;
use super::Opt;
use super::Refusal;
use super::Takes;
use crate::request::Ask;
use crate::request::HistoryAsk;
use crate::request::Names;

/// Which action, and as of when.
pub(super) const OPTIONS: &[Opt] = &[
    Opt {
        name: "action",
        says: "The action: its number or words from its title",
        takes: Takes::Named(Names::Action),
        needed: true,
    },
    Opt {
        name: "as_of",
        says: "The day to show it as of, such as 12 November 2020; today, if left out",
        takes: Takes::Text(DAY_MAX),
        needed: false,
    },
];

pub(super) const HISTORY: Command = Command {
    name: "action history",
    does: "See all that was ever recorded about an action: who, when, where and what changed",
    options: OPTIONS,
    for_whom: EVERYONE,
    read: |given| {
        let (action, as_of) = (given.needed("action")?, given.day("as_of")?);
        Ok(Ask::History(HistoryAsk { action, as_of, page: 0 }))
    },
};

pub(super) const ISSUED: Opt = Opt {
    name: "issued",
    says: "One that was issued, to see it again exactly as it was",
    takes: Takes::Named(Names::Issued),
    needed: false,
};

pub(super) fn read_action(given: &Given) -> Result<Ask, Refusal> {
    let action = given.needed("action")?;
    Ok(match given.day("as_of")? {
        Some(as_of) => Ask::ActionThen { action, as_of },
        None => Ask::Action { action },
    })
}

pub(super) fn read_digest(given: &Given) -> Result<Ask, Refusal> {
    let body = given.needed("body")?;
    Ok(match given.text("issued") {
        Some(issued) => Ask::IssuedDigest { body, issued },
        None => Ask::DigestPreview { body, as_of: given.day("as_of")? },
    })
}
