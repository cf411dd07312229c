//! The commands: one declaration each feeds registration, completion, reading and help.

mod agenda;
mod clock;
pub(crate) mod decide;
mod history;
mod lead;
mod list;
mod meeting;
pub mod message;
pub mod plan;
pub mod record;
#[cfg(test)]
mod tests;
pub(super) mod update;
mod upkeep;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use thiserror::Error;

use crate::action::NotAnAddress;
use crate::attention::Attention;
use crate::date;
use crate::date::read_day;
use crate::meeting::asked::PAPERS_DAYS_MAX;
use crate::request::Ask;
use crate::request::Attached;
use crate::request::AttentionAsk;
use crate::request::Names;
use crate::request::Somebody;

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
    /// Somebody in the server, picked from the chat's own list.
    Person,
    /// A file.
    File,
}

/// What was given with a command, by option.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// What was typed or picked.
    pub words: BTreeMap<String, String>,
    /// The people who were picked.
    pub people: BTreeMap<String, Somebody>,
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

    /// The person picked in an option that the command needs.
    pub fn person(&self, option: &'static str) -> Result<Somebody, Refusal> {
        self.people.get(option).cloned().ok_or(Refusal::Missing(option))
    }

    fn file(&self, option: &'static str) -> Result<Attached, Refusal> {
        self.files.get(option).cloned().ok_or(Refusal::Missing(option))
    }

    /// Why something cannot be read, with what was written at length beside it, so that it is not lost.
    fn giving_back(&self, option: &str, why: Refusal) -> Refusal {
        match self.text(option) {
            Some(words) if why.words().is_none() => Refusal::Unread { why: Box::new(why), words },
            _ => why,
        }
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
    /// Both a file and a page.
    #[error(
        "Give a file or a link as evidence, not both. You can log the other in a further update."
    )]
    TwiceShown,
    /// A link that leads nowhere.
    #[error(transparent)]
    NotAnAddress(#[from] NotAnAddress),
    /// A time that cannot be read.
    #[error(transparent)]
    NotATime(date::NotATime),
    /// More working days than papers can be due before a meeting.
    #[error(
        "Papers can be due at most {PAPERS_DAYS_MAX} working days before a meeting; {0} is too many."
    )]
    ManyPapersDays(u32),
    /// What a day is made, where that is neither closed nor open.
    #[error("\"{0}\" is neither closed nor open. Pick one from the list.")]
    NeitherClosedNorOpen(String),
    /// An area that is not a number.
    #[error("\"{0}\" is not an area. Give its number in the plan, such as 2.")]
    NotAnArea(String),
    /// A view that is none.
    #[error("\"{0}\" is not one of the views. Pick one from the list.")]
    NotAView(String),
    /// A standing that is none.
    #[error("\"{0}\" is not one of the standings. Pick one from the list.")]
    NotAStanding(String),
    /// Words that are longer than what they are for.
    #[error("`{option}` can be {characters_max} characters long. Please shorten it.")]
    TooLong {
        /// The option.
        option: &'static str,
        /// How long it can be.
        characters_max: usize,
    },
    /// A kind of file that a plan cannot be exported as.
    #[error("I cannot export a plan as \"{0}\". Pick a format from the list.")]
    NotAFormat(String),
    /// A number of meetings that is none, or too many.
    #[error(
        "\"{words}\" is not how many meetings I can look back on. Give a number from 1 to {most}."
    )]
    NotSoMany {
        /// What was typed.
        words: String,
        /// The most there can be.
        most: usize,
    },
    /// A purpose that is none.
    #[error("\"{0}\" is not what something can be brought for. Pick one from the list.")]
    NotAPurpose(String),
    /// How often, where that is none.
    #[error("\"{0}\" is not how often an action can come round. Pick one from the list.")]
    NotAnInterval(String),
    /// What is done around meetings, where it is none of it.
    #[error("\"{0}\" is nothing that I do around meetings. Pick it from the list.")]
    NotARoutine(String),
    /// A number of working days that is none.
    #[error("\"{0}\" is not a number of working days. Write one such as 10.")]
    NotDays(String),
    /// The name of a meeting that is too long for one.
    #[error("\"{0}\" is no meeting. Pick one from the list that appears as you type.")]
    NotAMeeting(String),
    /// Somebody was picked who is a program.
    #[error("{0} is an app, not a person. Pick somebody who works for the partnership.")]
    NotAPerson(String),
    /// A message from whose menu nothing can be logged, for it says nothing.
    #[error(
        "There are no words in that message, so there is nothing to log. \
         Use `/update` and say what has happened."
    )]
    Wordless,
    /// A part in a body that is none.
    #[error("\"{0}\" is not one of the parts. Pick holder or deputy from the list.")]
    NotAPart(String),
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
    ("action", "Look at actions, and keep them"),
    ("decide", "Record what a meeting agreed"),
    ("digest", "What a meeting is told before it"),
    ("lead", "Who answers for a body"),
    ("meeting", "When bodies meet"),
    ("plan", "The plan as files: import, export, the paper"),
];

const EVERYONE: &str = "Everyone";
const UPDATERS: &str =
    "Leads for their own actions; CP Support and the chairs of CPEG and the board for any";

/// Every command, in the order the help lists them.
pub const COMMANDS: &[Command] = &[
    update::UPDATE,
    decide::RESCHEDULE,
    Command {
        name: "overdue",
        does: "See what is overdue, or needs attention otherwise",
        options: &[
            list::BODY,
            list::LEAD,
            list::AREA,
            list::THEME,
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
    list::MINE,
    Command {
        name: "action show",
        does: "See one action: lead, target, status and last update",
        options: history::OPTIONS,
        for_whom: EVERYONE,
        read: history::read_action,
    },
    update::REVERSE,
    agenda::BRING,
    agenda::REPEAT,
    list::LIST,
    upkeep::ADD,
    upkeep::EDIT,
    history::HISTORY,
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
    agenda::AGENDA,
    record::RECORD,
    record::ATTENDANCE,
    meeting::LIST,
    meeting::ADD,
    meeting::MOVE,
    meeting::CANCEL,
    meeting::CLOSED_DAY,
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
            history::ISSUED,
        ],
        for_whom: EVERYONE,
        read: history::read_digest,
    },
    clock::SEND,
    clock::SCHEDULE,
    clock::PAUSE,
    clock::RESUME,
    clock::TIMING,
    clock::REMIND,
    plan::IMPORT,
    plan::EXPORT,
    plan::PAPER,
    lead::LIST,
    lead::LINK,
    lead::HANDOVER,
    lead::VACANT,
    lead::LINK_LABEL,
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

fn views() -> Vec<(&'static str, &'static str)> {
    Attention::ALL.map(|(_, word, words)| (word, words)).to_vec()
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
        page: 0,
    }))
}

/// The command of a name, its words joined by spaces.
pub fn named(name: &str) -> Result<&'static Command, Refusal> {
    COMMANDS.iter().find(|command| command.name == name).ok_or(Refusal::NotACommand)
}
