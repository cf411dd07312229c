//! The commands that take a plan in as a file, or give it out as one.

use super::Command;
use super::DAY_MAX;
use super::EVERYONE;
use super::Given;
use super::Opt;
use super::Refusal;
use super::Takes;
use crate::request::Ask;
use crate::request::Names;
use crate::request::plan::ExportAsk;
use crate::request::plan::Format;
use crate::request::plan::ImportAsk;
use crate::request::plan::PaperAsk;

/// The most letters that the refs of a plan begin with.
const CODE_MAX: usize = 5;

/// The longest answers to an import, in characters: what an input of a form takes (Discord's limit).
pub const ANSWERS_MAX: usize = 4_000;

const PLAN: Opt = Opt {
    name: "plan",
    says: "The letters its refs begin with, such as IP; the improvement plan, if left out",
    takes: Takes::Text(CODE_MAX),
    needed: false,
};

const AS_OF: Opt = Opt {
    name: "as_of",
    says: "The day to show it as of, such as 12 November 2020; today, if left out",
    takes: Takes::Text(DAY_MAX),
    needed: false,
};

pub(super) const IMPORT: Command = Command {
    name: "plan import",
    does: "Read a plan from a file; nothing changes until you confirm",
    options: &[
        Opt {
            name: "file",
            says: "The plan as a spreadsheet, a Word document or text",
            takes: Takes::File,
            needed: true,
        },
        PLAN,
        Opt {
            name: "answers",
            says: "Answers to what an earlier look at the file left open",
            takes: Takes::Text(ANSWERS_MAX),
            needed: false,
        },
    ],
    for_whom: "CP Support, and the chairs of CPEG and the board",
    read: read_import,
};

pub(super) const EXPORT: Command = Command {
    name: "plan export",
    does: "Get the plan as a table, a calendar, a picture or for audit",
    options: &[
        Opt {
            name: "format",
            says: "What kind of file",
            takes: Takes::OneOf(formats),
            needed: true,
        },
        PLAN,
        AS_OF,
    ],
    for_whom: EVERYONE,
    read: read_export,
};

pub(super) const PAPER: Command = Command {
    name: "plan paper",
    does: "Get a draft of the paper for a body's next meeting, as a Word document",
    options: &[
        Opt {
            name: "body",
            says: "Whose meeting it is for",
            takes: Takes::Named(Names::Meeting),
            needed: true,
        },
        AS_OF,
    ],
    for_whom: EVERYONE,
    read: |given| {
        let body = given.needed("body")?;
        Ok(Ask::Paper(PaperAsk { body, as_of: given.day("as_of")? }))
    },
};

fn formats() -> Vec<(&'static str, &'static str)> {
    Format::ALL.map(|(_, word, words)| (word, words)).to_vec()
}

fn read_import(given: &Given) -> Result<Ask, Refusal> {
    let answers = given.text("answers");
    let file = given.file("file").map_err(|why| match answers.clone() {
        Some(words) => Refusal::Unread { why: Box::new(why), words },
        None => why,
    });
    Ok(Ask::ImportPlan(ImportAsk { file: file?, plan: given.text("plan"), answers }))
}

fn read_export(given: &Given) -> Result<Ask, Refusal> {
    let word = given.needed("format")?;
    let format = Format::from_word(&word).ok_or(Refusal::NotAFormat(word))?;
    Ok(Ask::ExportPlan(ExportAsk { format, plan: given.text("plan"), as_of: given.day("as_of")? }))
}
