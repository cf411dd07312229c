//! What people read: cards, buttons and forms, one function for each thing shown.
//!
//! Everything a person reads is written here, except refusals, which are sentences already.
//! A card names no platform. Its texts may hold `**bold**` and line breaks; whatever somebody
//! else wrote goes through [`verbatim`] first, so that it reads as written and does nothing.

#[cfg(test)]
mod tests;

pub mod line;
pub mod page;
pub mod part;
pub mod update;
pub mod correction;
pub mod message;
pub mod extension;
pub mod decision;
pub mod brag;
pub mod action;
pub mod attention;
pub mod list;
pub mod share;
pub mod upkeep;
pub mod history;
pub mod meeting;
pub mod agenda;
pub mod attendance;
pub mod proceedings;
pub mod position;
pub mod diary;
pub mod digest;
pub mod chase;
pub mod clock;
pub mod outlook;
pub mod report;
pub mod paper;
pub mod help;
pub mod import;
pub mod notice;
pub mod overview;
pub mod people;

use std::fmt;

use serde::Deserialize;
use serde::Serialize;

use crate::body::ServerId;
use crate::request::token;

/// What comes back to somebody who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// For the one who asked alone.
    Private(Card),
    /// For the one who asked alone, in several messages: the first, and those that follow it.
    Several(Card, Vec<Card>),
    /// For everybody in the channel.
    Public(Card),
    /// A form to fill in.
    Form(Form),
    /// What could stand in the option being typed.
    Choices(Vec<Choice>),
}

/// One thing shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Card {
    /// What stands above it and is no part of it, in plain words; may be empty. At most 2,000
    /// characters (Discord's limit).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub above: String,
    /// How it is meant, which a platform may show as a colour; the words say it too.
    pub tone: Tone,
    /// What it is, in a line; may be empty.
    pub title: String,
    /// What it says first; may be empty.
    pub text: String,
    /// What it says then, under headings.
    pub sections: Vec<Section>,
    /// What it says small, last; may be empty.
    pub footer: String,
    /// What can be done with it.
    pub buttons: Vec<Button>,
    /// The files that go with it; the record keeps them beside the card.
    #[serde(skip)]
    pub files: Vec<Attachment>,
}

impl Card {
    /// The same to be read outside of any server, as in a direct message: its buttons say which
    /// partnership they are about.
    #[must_use]
    pub fn within(mut self, server: ServerId) -> Self {
        for button in &mut self.buttons {
            button.token = token::within(server, &button.token);
        }
        self
    }
}

impl Answer {
    /// The same to be read outside of any server.
    #[must_use]
    pub fn within(self, server: ServerId) -> Self {
        match self {
            Self::Private(card) => Self::Private(card.within(server)),
            Self::Several(first, rest) => {
                let rest = rest.into_iter().map(|card| card.within(server)).collect();
                Self::Several(first.within(server), rest)
            }
            Self::Public(card) => Self::Public(card.within(server)),
            Self::Form(form) => {
                Self::Form(Form { token: token::within(server, &form.token), ..form })
            }
            Self::Choices(choices) => Self::Choices(choices),
        }
    }
}

/// A file that goes with a card.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, with its ending.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// What it shows, for those who cannot see it; empty for a file that is not a picture. At most
    /// 1,024 characters (Discord's limit).
    pub says: String,
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes, {:?})", self.name, self.bytes.len(), self.says)
    }
}

/// Lines under a heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The heading; may be empty.
    pub heading: String,
    /// The lines; a platform with less room leaves out whole lines, last first, and says how many.
    pub lines: Vec<String>,
    /// How many lines are left out already, so that a platform that leaves out more counts them all.
    #[serde(default)]
    pub left_out: usize,
}

impl Section {
    /// All of these lines under a heading.
    pub fn of(heading: impl Into<String>, lines: Vec<String>) -> Self {
        Self { heading: heading.into(), lines, left_out: 0 }
    }

    /// The first so many of its lines.
    #[must_use]
    pub fn at_most(mut self, lines_max: usize) -> Self {
        self.left_out += self.lines.len().saturating_sub(lines_max);
        self.lines.truncate(lines_max);
        self
    }
}

/// How a card is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// To know.
    #[default]
    Plain,
    /// Done as asked.
    Good,
    /// Somebody needs to look.
    Attention,
    /// Not done.
    Refused,
}

/// Something to press.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What it says, in at most 34 characters, so that a phone shows the whole.
    pub label: String,
    /// What pressing it asks, as [`crate::request::token`] writes it.
    pub token: String,
}

/// Something to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// What it is, in at most 45 characters (Discord's limit).
    pub title: String,
    /// What sending it asks, as [`crate::request::token`] writes it.
    pub token: String,
    /// What can be written in it, one to five.
    pub inputs: Vec<Input>,
}

/// One thing to write in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The option that it stands for.
    pub name: &'static str,
    /// What it asks for, in at most 45 characters (Discord's limit).
    pub label: String,
    /// What stands there while it is empty, in at most 100 characters (Discord's limit).
    pub hint: String,
    /// What stands there at first.
    pub value: String,
    /// How much room it has.
    pub room: Room,
    /// Whether it must be filled in.
    pub needed: bool,
}

/// How much can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// One line of so many characters.
    Line(usize),
    /// Lines of so many characters together.
    Lines(usize),
}

/// Something that could stand in an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What people read.
    pub label: String,
    /// What the command is given.
    pub value: String,
}

/// Somebody's words, made to read as written: no formatting, no mention, nothing to press.
pub fn verbatim(words: &str) -> String {
    let mut safe = String::with_capacity(words.len() + 8);
    let mut rest = words;
    while let Some(letter) = rest.chars().next() {
        let address = address_at(rest, safe.chars().next_back());
        if address > 0 {
            safe.push_str(&rest[..address]);
            rest = &rest[address..];
            continue;
        }
        if matches!(letter, '\\' | '*' | '_' | '~' | '`' | '|' | '>' | '<' | '[' | ']' | '#' | '@')
        {
            safe.push('\\');
        }
        if !turns(letter) {
            safe.push(letter);
        }
        rest = &rest[letter.len_utf8()..];
    }
    safe
}

/// Whether a letter turns the direction of the text, and would turn ours around it too.
pub fn turns(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Somebody's words in one line where nothing reads marks, such as a paper or a picture: without what
/// cannot be seen or would turn the text around.
pub fn plain(words: &str) -> String {
    let seen = |letter: &char| {
        // These turn nothing, but a letter without a direction follows them.
        let leads = matches!(letter, '\u{200E}' | '\u{200F}' | '\u{61C}');
        !leads && !turns(*letter) && (letter.is_whitespace() || !letter.is_control())
    };
    let seen: String = words.chars().filter(seen).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many bytes of web address some text begins with.
///
/// An address is shown as written, for a backslash in it would lead elsewhere. It ends before
/// anything that could do more than lead there.
fn address_at(words: &str, before: Option<char>) -> usize {
    let begins = ["https://", "http://"].iter().any(|scheme| words.starts_with(scheme));
    if !begins || before.is_some_and(char::is_alphanumeric) {
        return 0;
    }
    let plain =
        |letter: char| letter.is_ascii_alphanumeric() || "-._~:/?#&=%+,;!$".contains(letter);
    let end = words.find(|letter| !plain(letter)).unwrap_or(words.len());
    words[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '_', '~']).len()
}

/// The words of a card without its marks, for where there are none, such as a terminal.
pub fn unmarked(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    let mut letters = words.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '*' if letters.peek() == Some(&'*') => {
                letters.next();
            }
            '\\' => plain.extend(letters.next()),
            other => plain.push(other),
        }
    }
    plain
}

/// Words cut to at most so many characters, with an ellipsis where something is missing.
pub fn shortened(words: &str, characters_max: usize) -> String {
    if words.chars().count() <= characters_max {
        return words.to_owned();
    }
    let Some(room) = characters_max.checked_sub(1) else {
        return String::new();
    };
    let kept: String = words.chars().take(room).collect();
    format!("{}…", kept.trim_end())
}
