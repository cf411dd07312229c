//! The commands: one declaration each feeds registration, completion, reading and help.

pub(crate) mod decide;
mod plan;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use thiserror::Error;

use crate::action::Status;
use crate::action::TEXT_MAX;
use crate::attention::Attention;
use crate::date;
use crate::date::read_day;
use crate::request::Ask;
use crate::request::Attached;
use crate::request::AttentionAsk;
use crate::request::Names;
use crate::request::UpdateAsk;

/// Something people can type after a slash.
#[derive(Debug)]
pub struct Command {
    /// The words after the slash: `update`, `action show`.
    pub name: &'static str,
    /// What it does, in a line of at most 100 characters (Discord's limit).
    pub does: &'static str,
    /// What can be said with it, required first.
    pub options: &'static [Opt],
    /// Who it is for, as a sentence for the help.
    pub for_whom: &'static str,
    /// What it asks, given what was typed.
    pub read: fn(&Given) -> Result<Ask, Refusal>,
}

/// One thing that can be said with a command.
#[derive(Debug)]
pub struct Opt {
    /// Its name.
    pub name: &'static str,
    /// What to write in it, in a line of at most 100 characters (Discord's limit).
    pub says: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Whether the command needs it.
    pub needed: bool,
}

/// What an option takes.
#[derive(Debug)]
pub enum Takes {
    /// Free text of so many characters at most.
    Text(usize),
    /// One of these, each a value and what people read.
    OneOf(fn() -> Vec<(&'static str, &'static str)>),
    /// A name that completes as it is typed.
    Named(Names),
    /// A file.
    File,
}

/// What was given with a command, by option.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// What was typed or picked.
    pub words: BTreeMap<String, String>,
    /// The files that were attached.
    pub files: BTreeMap<String, Attached>,
}

impl Given {
    fn text(&self, option: &str) -> Option<String> {
        self.words
            .get(option)
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    }

    fn needed(&self, option: &'static str) -> Result<String, Refusal> {
        self.text(option).ok_or(Refusal::Missing(option))
    }

    fn file(&self, option: &'static str) -> Result<Attached, Refusal> {
        self.files.get(option).cloned().ok_or(Refusal::Missing(option))
    }

    fn day(&self, option: &'static str) -> Result<Option<NaiveDate>, Refusal> {
        let words = self.text(option);
        words.map(|words| read_day(&words)).transpose().map_err(Refusal::NotADay)
    }
}

/// Why what was typed asks nothing; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// An option that the command needs is not there.
    #[error("Please fill in `{0}` and send it again.")]
    Missing(&'static str),
    /// A day that cannot be read.
    #[error(transparent)]
    NotADay(date::Refusal),
    /// The same with what was written at length, so that it is not lost.
    #[error("{why}")]
    Unread {
        /// What is wrong.
        why: Box<Refusal>,
        /// What was written.
        words: String,
    },
    /// A status that is none.
    #[error(
        "\"{0}\" is not a status. \
         Use one of: not started, on track, at risk, blocked, complete, on hold."
    )]
    NotAStatus(String),
    /// An area that is not a number.
    #[error("\"{0}\" is not an area. Give its number in the plan, such as 2.")]
    NotAnArea(String),
    /// A view that is none.
    #[error("\"{0}\" is not one of the views. Pick one from the list.")]
    NotAView(String),
    /// A kind of file that a plan cannot be exported as.
    #[error("I cannot export a plan as \"{0}\". Pick a format from the list.")]
    NotAFormat(String),
    /// An outcome that is none.
    #[error("\"{0}\" is not an outcome. Pick one from the list: agree, refuse, or another date.")]
    NotAnOutcome(String),
    /// A date where none is decided.
    #[error(
        "A `target` goes with another date alone. Leave it out, or pick \"another date\" as the \
         `outcome`."
    )]
    TargetForNothing,
    /// A command that is none.
    #[error("I do not know that command. `/help` lists what you can ask.")]
    NotACommand,
    /// A button or form that this version does not know.
    #[error("That button is out of date. Please use the command again; `/help` lists them.")]
    NotAButton,
}

impl Refusal {
    /// What was written at length, if anything was.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Unread { words, .. } => Some(words),
            _ => None,
        }
    }
}

/// The first words of commands that have a second, each with what they are about.
pub const GROUPS: &[(&str, &str)] = &[
    ("action", "Look at an action"),
    ("decide", "Record what a meeting agreed"),
    ("digest", "What a meeting is told before it"),
    ("meeting", "When bodies meet"),
    ("plan", "The plan as files: import, export, the paper"),
];

const EVERYONE: &str = "Everyone";

/// Every command, in the order the help lists them.
pub const COMMANDS: &[Command] = &[
    Command {
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
        ],
        for_whom: "Leads for their own actions; CP Support and the chairs of CPEG and the board for any",
        read: read_update,
    },
    decide::RESCHEDULE,
    Command {
        name: "overdue",
        does: "See what is overdue, or needs attention otherwise",
        options: &[
            Opt {
                name: "body",
                says: "Only actions that this body answers for",
                takes: Takes::Named(Names::Body),
                needed: false,
            },
            Opt {
                name: "lead",
                says: "Only actions with this lead, as the plan prints it",
                takes: Takes::Named(Names::Lead),
                needed: false,
            },
            Opt {
                name: "area",
                says: "Only actions in this area of the plan",
                takes: Takes::Named(Names::Area),
                needed: false,
            },
            Opt {
                name: "theme",
                says: "Only actions with this theme",
                takes: Takes::Named(Names::Theme),
                needed: false,
            },
            Opt {
                name: "view",
                says: "What to list; overdue, if left out",
                takes: Takes::OneOf(views),
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
        read: read_overdue,
    },
    Command {
        name: "action show",
        does: "See one action: lead, target, status and last update",
        options: &[Opt {
            name: "action",
            says: "The action: its number or words from its title",
            takes: Takes::Named(Names::Action),
            needed: true,
        }],
        for_whom: EVERYONE,
        read: |given| Ok(Ask::Action { action: given.needed("action")? }),
    },
    decide::SIGN_OFF,
    decide::RETURN,
    decide::EXTENSION,
    decide::WITHDRAW,
    Command {
        name: "meeting next",
        does: "See when bodies next meet and when papers are due",
        options: &[Opt {
            name: "body",
            says: "Whose meeting; each body's, if left out",
            takes: Takes::Named(Names::Meeting),
            needed: false,
        }],
        for_whom: EVERYONE,
        read: |given| Ok(Ask::NextMeeting { body: given.text("body") }),
    },
    Command {
        name: "digest preview",
        does: "See a body's digest as it would be sent now; nothing is posted",
        options: &[
            Opt {
                name: "body",
                says: "Whose digest",
                takes: Takes::Named(Names::Meeting),
                needed: true,
            },
            Opt {
                name: "as_of",
                says: "The day it would speak of, such as 12 November 2020; today, if left out",
                takes: Takes::Text(DAY_MAX),
                needed: false,
            },
        ],
        for_whom: EVERYONE,
        read: |given| {
            Ok(Ask::DigestPreview { body: given.needed("body")?, as_of: given.day("as_of")? })
        },
    },
    plan::IMPORT,
    plan::EXPORT,
    plan::PAPER,
    Command {
        name: "help",
        does: "See what you can ask, and how",
        options: &[Opt {
            name: "topic",
            says: "A command to explain",
            takes: Takes::Named(Names::Topic),
            needed: false,
        }],
        for_whom: EVERYONE,
        read: |given| Ok(Ask::Help { topic: given.text("topic") }),
    },
];

/// The longest words for a day that are worth reading, in characters.
const DAY_MAX: usize = 40;

fn statuses() -> Vec<(&'static str, &'static str)> {
    Status::ALL.map(|status| (status.words(), status.words())).to_vec()
}

fn views() -> Vec<(&'static str, &'static str)> {
    Attention::ALL.map(|(_, word, words)| (word, words)).to_vec()
}

fn read_update(given: &Given) -> Result<Ask, Refusal> {
    read_progress(given).map_err(|why| match given.text("text") {
        Some(words) => Refusal::Unread { why: Box::new(why), words },
        None => why,
    })
}

fn read_progress(given: &Given) -> Result<Ask, Refusal> {
    let status = given
        .text("status")
        .map(|words| Status::from_words(&words).ok_or(Refusal::NotAStatus(words)));
    Ok(Ask::Update(UpdateAsk {
        action: given.needed("action")?,
        text: given.text("text"),
        status: status.transpose()?,
        happened: given.day("happened")?,
    }))
}

fn read_overdue(given: &Given) -> Result<Ask, Refusal> {
    let view = given.text("view");
    let view = view.map(|word| Attention::from_word(&word).ok_or(Refusal::NotAView(word)));
    let area = given.text("area");
    let area = area.map(|words| words.parse().map_err(|_| Refusal::NotAnArea(words)));
    Ok(Ask::Overdue(AttentionAsk {
        body: given.text("body"),
        lead: given.text("lead"),
        area: area.transpose()?,
        theme: given.text("theme"),
        meeting: None,
        view: view.transpose()?.unwrap_or_default(),
        as_of: given.day("as_of")?,
    }))
}

/// The command of a name, its words joined by spaces.
pub fn named(name: &str) -> Result<&'static Command, Refusal> {
    COMMANDS.iter().find(|command| command.name == name).ok_or(Refusal::NotACommand)
}
