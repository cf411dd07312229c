//! The commands about what meetings have before them, and about what comes round again.

use super::Command;
use super::EVERYONE;
use super::Given;
use super::Opt;
use super::Refusal;
use super::Takes;
use crate::action::Every;
use crate::agenda::Purpose;
use crate::agenda::WORDS_MAX;
use crate::request::Ask;
use crate::request::Names;
use crate::request::agenda::AgendaAsk;
use crate::request::agenda::BringAsk;

const ACTION: Opt = Opt {
    name: "action",
    says: "The action: its number or words from its title",
    takes: Takes::Named(Names::Action),
    needed: true,
};

/// The longest name of a meeting that is worth reading, in characters.
const MEETING_MAX: usize = 100;

/// The word for what stands on an agenda no longer, and for what comes round no more.
const NO_LONGER: &str = "no longer";
const NEVER: &str = "never";

pub(super) const BRING: Command = Command {
    name: "action bring",
    does: "Put an action on the agenda of a meeting to come, to decide or to note",
    options: &[
        ACTION,
        Opt {
            name: "meeting",
            says: "The meeting, such as CPWD 18 February 2021",
            takes: Takes::Named(Names::MeetingToCome),
            needed: true,
        },
        Opt {
            name: "purpose",
            says: "What it is brought for",
            takes: Takes::OneOf(purposes),
            needed: true,
        },
        Opt {
            name: "words",
            says: "What will be brought, such as: two options for the new structure",
            takes: Takes::Text(WORDS_MAX),
            needed: false,
        },
        Opt {
            name: "what",
            says: "What of it; the action as a whole, if left out",
            takes: Takes::OneOf(whats),
            needed: false,
        },
    ],
    for_whom: "Leads for their own actions; CP Support and the chairs of CPEG and the board for any",
    read: read_bring,
};

pub(super) const AGENDA: Command = Command {
    name: "meeting agenda",
    does: "See what a body's meeting has to decide and to note",
    options: &[
        Opt {
            name: "body",
            says: "Whose meeting",
            takes: Takes::Named(Names::Meeting),
            needed: true,
        },
        Opt {
            name: "meeting",
            says: "Which of its meetings; the next, if left out",
            takes: Takes::Named(Names::MeetingToCome),
            needed: false,
        },
    ],
    for_whom: EVERYONE,
    read: |given| {
        Ok(Ask::Agenda(AgendaAsk { body: given.needed("body")?, meeting: meeting(given)? }))
    },
};

pub(super) const REPEAT: Command = Command {
    name: "action repeat",
    does: "Let an action come round again: its next turn opens when one is signed off",
    options: &[
        ACTION,
        Opt { name: "every", says: "How often", takes: Takes::OneOf(everys), needed: true },
    ],
    for_whom: "CP Support, and the chairs of CPEG and the board",
    read: read_repeat,
};

fn purposes() -> Vec<(&'static str, &'static str)> {
    vec![
        (Purpose::Decision.word(), "for decision"),
        (Purpose::Noting.word(), "for noting"),
        (NO_LONGER, "no longer: take it off the agenda"),
    ]
}

fn whats() -> Vec<(&'static str, &'static str)> {
    vec![("update", "its last update")]
}

fn everys() -> Vec<(&'static str, &'static str)> {
    let every = Every::ALL.map(|(_, word, words)| (word, words));
    every.into_iter().chain([(NEVER, "no more")]).collect()
}

fn meeting(given: &Given) -> Result<Option<String>, Refusal> {
    let words = given.text("meeting");
    match words {
        Some(words) if words.chars().count() > MEETING_MAX => Err(Refusal::NotAMeeting(words)),
        words => Ok(words),
    }
}

fn read_bring(given: &Given) -> Result<Ask, Refusal> {
    let words = given.text("words");
    let keep = |why| match words.clone() {
        Some(words) => Refusal::Unread { why: Box::new(why), words },
        None => why,
    };
    let purpose = given.needed("purpose").map_err(keep)?;
    let purpose = match purpose.as_str() {
        NO_LONGER => None,
        word => match Purpose::from_word(word) {
            Some(purpose) => Some(purpose),
            None => return Err(keep(Refusal::NotAPurpose(purpose))),
        },
    };
    Ok(Ask::Bring(BringAsk {
        action: given.needed("action").map_err(keep)?,
        meeting: meeting(given).map_err(keep)?.ok_or(Refusal::Missing("meeting")).map_err(keep)?,
        purpose,
        last_update: given.text("what").as_deref() == Some("update"),
        words: words.clone().unwrap_or_default(),
    }))
}

fn read_repeat(given: &Given) -> Result<Ask, Refusal> {
    let word = given.needed("every")?;
    let every = match word.as_str() {
        NEVER => None,
        known => Some(Every::from_word(known).ok_or(Refusal::NotAnInterval(word))?),
    };
    Ok(Ask::Repeat { action: given.needed("action")?, every })
}
