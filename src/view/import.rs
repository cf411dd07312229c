//! A file read as a plan, before and after the plan becomes what it says.

pub mod change;

use std::collections::BTreeMap;

use crate::action::Ref;
use crate::request::Ask;
use crate::request::command::plan::ANSWERS_MAX;
use crate::request::token;
use crate::revision::Import;
use crate::revision::Revision;
use crate::revision::What;
use crate::view::Attachment;
use crate::view::Button;
use crate::view::Card;
use crate::view::Form;
use crate::view::Input;
use crate::view::Room;
use crate::view::Section;
use crate::view::Tone;
use crate::view::line::counted;
use crate::view::line::some_of;
use crate::view::shortened;
use crate::view::unmarked;
use crate::view::verbatim;

/// That the plan is not what it was when somebody was shown what a file would change.
pub const CHANGED_SINCE: &str =
    "The plan has changed since you last looked. This is what the file would change now:";

/// How many characters of lines a card has room for, beside its title and what it says first.
const CARD_CHARS_MAX: usize = 4800;

/// More rows than this with the same doubt are one line.
const SAME_MAX: usize = 3;

const ANSWER: &str = "Answer the doubts";

/// What a file says and what that would change.
#[derive(Clone, Debug)]
pub struct Shown<'a> {
    /// The file's name.
    pub file: &'a str,
    /// The plan's title.
    pub plan: &'a str,
    /// Whether the file would begin that plan.
    pub is_new: bool,
    /// How many actions were read.
    pub actions_count: usize,
    /// How many areas they stand in.
    pub areas_count: usize,
    /// What would change.
    pub revision: &'a Revision,
    /// What a person should look at in the file as a whole, each a sentence.
    pub doubts_of_whole: &'a [String],
    /// What a person should look at in an action.
    pub doubts: Vec<Doubtful<'a>>,
    /// What is left out, each a line.
    pub ignored: Vec<String>,
    /// How many lines a section shows.
    pub lines_max: usize,
}

/// A doubt about an action.
#[derive(Clone, Debug)]
pub struct Doubtful<'a> {
    /// The action.
    pub reference: &'a Ref,
    /// Where it stands in the file.
    pub at: String,
    /// The doubt, as a sentence.
    pub text: &'a str,
}

/// The buttons under a preview, as [`crate::request::token`] writes them.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// Makes the plan what the file says.
    pub apply: Option<String>,
    /// The same, and keeps what the file leaves out.
    pub keep: Option<String>,
    /// Opens the form to answer the doubts in.
    pub answer: Option<String>,
    /// Puts the file aside.
    pub cancel: Option<String>,
}

/// What a file says and what it would change, before anything is changed.
pub fn preview(shown: &Shown<'_>, tokens: Tokens, files: Vec<Attachment>) -> Card {
    let buttons = buttons(shown.revision, tokens);
    let footer = match whole(shown) {
        None => "The whole preview is attached; you can put things right there and import it.",
        Some(_) => {
            "Attached are the table, which you can put right and import, and every line of this \
             preview as text."
        }
    };
    Card {
        tone: if shown.doubts_count() == 0 { Tone::Plain } else { Tone::Attention },
        title: format!("Preview of {}", verbatim(shown.file)),
        text: opening(shown, &buttons),
        sections: sections(shown, grouped(&shown.doubts))
            .map(|section| section.at_most(shown.lines_max))
            .collect(),
        footer: footer.into(),
        buttons,
        files,
        ..Card::default()
    }
}

/// Every line of a preview as plain text, where a card has no room for all of them.
pub fn whole(shown: &Shown<'_>) -> Option<String> {
    let lines = shown.doubts.iter().map(|doubt| doubt_line(doubt, "")).collect();
    let sections: Vec<Section> = sections(shown, lines).collect();
    let chars_count: usize =
        sections.iter().flat_map(|section| &section.lines).map(|line| line.chars().count()).sum();
    let fits = sections.iter().all(|section| section.lines.len() <= shown.lines_max);
    if fits && chars_count <= CARD_CHARS_MAX {
        return None;
    }
    let mut text = vec![summary(shown.revision)];
    for section in sections {
        text.push(format!("\n{}", section.heading));
        text.extend(section.lines.iter().map(|line| format!("  {}", unmarked(line))));
    }
    text.push(String::new());
    Some(text.join("\n"))
}

/// What a preview says first.
fn opening(shown: &Shown<'_>, buttons: &[Button]) -> String {
    let revision = shown.revision;
    let mut read = format!(
        "{} in {}, read as {}",
        counted(shown.actions_count, "action", "actions"),
        counted(shown.areas_count, "area", "areas"),
        verbatim(shown.plan),
    );
    read.push_str(if shown.is_new { ", a plan that this would begin." } else { "." });
    if !revision.is_empty() {
        read.push_str(" **Nothing is changed yet.**");
    }
    let mut text = vec![read, summary(revision)];
    let doubts = shown.doubts_count();
    if doubts > 0 {
        let them = if doubts == 1 { "it" } else { "them" };
        let can_answer = buttons.iter().any(|button| button.label == ANSWER);
        let way_on = match (can_answer, revision.is_empty()) {
            (true, false) => format!("Answer {them}, or apply the file as it was read."),
            (true, true) => format!("Answer {them}, or leave the plan as it is."),
            (false, false) => format!("Look at {them} before you apply the file."),
            (false, true) => "There is nothing to apply.".into(),
        };
        text.push(format!("{} to look at. {way_on}", counted(doubts, "doubt", "doubts")));
    }
    text.join("\n")
}

/// What a preview says under headings; `doubts` are those about actions, each a line.
fn sections(shown: &Shown<'_>, doubts: Vec<String>) -> impl Iterator<Item = Section> {
    let revision = shown.revision;
    let of_whole = shown.doubts_of_whole.iter().map(|doubt| verbatim(doubt));
    let sections = [
        Section::of("To look at", of_whole.chain(doubts).collect()),
        Section::of("What would change", changes(revision)),
        Section::of("Left out", shown.ignored.clone()),
        Section::of("Stays as it is", settled(revision)),
    ];
    sections.into_iter().filter(|section| !section.lines.is_empty())
}

/// What would change, a line for each new area and each change.
pub fn changes(revision: &Revision) -> Vec<String> {
    let areas = revision.areas.iter().map(change::area);
    areas.chain(revision.changes.iter().map(change::change)).collect()
}

/// What stays as it is whatever a file says, a line each.
pub fn settled(revision: &Revision) -> Vec<String> {
    let line = |reference| format!("**{reference}** is signed off and stays as the record has it.");
    revision.settled.iter().map(line).collect()
}

/// The doubts, each a line, but one line for many rows with the same doubt.
fn grouped(doubts: &[Doubtful<'_>]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for doubt in doubts {
        *counts.entry(doubt.text).or_default() += 1;
    }
    let line = |doubt: &Doubtful<'_>| match counts.get(doubt.text).copied() {
        Some(count) if count > SAME_MAX => {
            counts.remove(doubt.text);
            Some(doubt_line(doubt, &format!(" and {} others", count - 1)))
        }
        Some(_) => Some(doubt_line(doubt, "")),
        // Said already of another.
        None => None,
    };
    doubts.iter().filter_map(line).collect()
}

fn doubt_line(doubt: &Doubtful<'_>, others: &str) -> String {
    format!("**{}** ({}){others} {}", doubt.reference, doubt.at, verbatim(doubt.text))
}

impl Shown<'_> {
    fn doubts_count(&self) -> usize {
        self.doubts_of_whole.len() + self.doubts.len()
    }
}

/// The ways on that lead somewhere: where nothing would change there is nothing to apply.
fn buttons(revision: &Revision, tokens: Tokens) -> Vec<Button> {
    let drops = revision.dropped_count();
    let apply = if drops == 0 {
        "Apply".to_owned()
    } else {
        format!("Apply, withdraw {}", counted(drops, "action", "actions"))
    };
    let keeps_some = drops > 0 && revision.areas.len() + revision.changes.len() > drops;
    let labelled = [
        (apply, tokens.apply.filter(|_| !revision.is_empty())),
        ("Apply, withdraw nothing".to_owned(), tokens.keep.filter(|_| keeps_some)),
        (ANSWER.to_owned(), tokens.answer),
        ("Cancel".to_owned(), tokens.cancel),
    ];
    let button = |(label, token): (String, Option<String>)| Some(Button { label, token: token? });
    labelled.into_iter().filter_map(button).collect()
}

/// That a plan has become what a file says.
pub fn applied(file: &str, plan: &str, revision: &Revision) -> Card {
    Card {
        tone: Tone::Good,
        title: format!("Applied: {}", verbatim(file)),
        text: format!(
            "{} has changed: {}.\nWhat it said before stays in the record.",
            verbatim(plan),
            counts(revision, WITHDRAWN).join(", ")
        ),
        ..Card::default()
    }
}

/// The one line for everybody once a plan has changed.
pub fn applied_for_all(plan: &str, file: &str, revision: &Revision, by: &str) -> Card {
    Card {
        text: format!(
            "**{}** was changed by {} from {}: {}.",
            verbatim(plan),
            verbatim(by),
            verbatim(file),
            counts(revision, WITHDRAWN).join(", ")
        ),
        ..Card::default()
    }
}

/// That a file was put aside.
pub fn cancelled(file: &str) -> Card {
    Card {
        text: format!("{} is put aside. Nothing was changed.", verbatim(file)),
        ..Card::default()
    }
}

/// That a file changes nothing.
pub fn unchanged(file: &str, plan: &str, revision: &Revision) -> String {
    let why = why_unchanged(revision, &verbatim(plan));
    format!("{} changes nothing: {why}.", verbatim(file))
}

/// That a file changes nothing once the actions that it leaves out are kept.
pub fn nothing_more(file: &str, plan: &str) -> String {
    format!(
        "{} changes nothing: the actions that it leaves out stay in {}.",
        verbatim(file),
        verbatim(plan)
    )
}

/// Why nothing changes.
fn why_unchanged(revision: &Revision, plan: &str) -> String {
    let refs: Vec<String> = revision.settled.iter().map(ToString::to_string).collect();
    match refs.as_slice() {
        [] => format!("{plan} says the same already"),
        [only] => format!("only {only} reads otherwise, and as it is signed off it stays as it is"),
        several => format!(
            "only {} read otherwise, and as they are signed off they stay as they are",
            some_of(several)
        ),
    }
}

/// How many changes of which kind, in a sentence.
pub fn summary(revision: &Revision) -> String {
    if revision.is_empty() {
        return format!("It changes nothing: {}.", why_unchanged(revision, "the plan"));
    }
    let same = match revision.unchanged {
        0 => String::new(),
        1 => " 1 action stays as it is.".into(),
        same => format!(" {same} actions stay as they are."),
    };
    format!("It would make these changes: {}.{same}", counts(revision, NOT_IN_FILE).join(", "))
}

/// Whether a change is of a kind.
type IsKind = fn(&What) -> bool;

/// What is said of actions that a file leaves out, before and after.
const NOT_IN_FILE: &str = "not in the file";
const WITHDRAWN: &str = "withdrawn";

/// How many changes of which kind; `dropped` is what is said of those that the file leaves out.
fn counts(revision: &Revision, dropped: &'static str) -> Vec<String> {
    let count = |is: IsKind| revision.changes.iter().filter(|change| is(&change.what)).count();
    let kinds: [(&str, IsKind); 9] = [
        ("added", |what| matches!(what, What::Added(_))),
        ("promised again", |what| matches!(what, What::Restored)),
        ("reworded", |what| matches!(what, What::Reworded { .. })),
        ("with another date", |what| matches!(what, What::Redated { .. })),
        ("with another lead", |what| matches!(what, What::Reled { .. })),
        ("with other themes", |what| matches!(what, What::Retagged { .. })),
        ("with a new update", |what| matches!(what, What::Said { .. })),
        ("with a new note", |what| matches!(what, What::Noted(_))),
        (dropped, |what| matches!(what, What::Dropped { .. })),
    ];
    let mut counts: Vec<String> = kinds
        .iter()
        .map(|(called, is)| (count(*is), called))
        .filter(|(count, _)| *count > 0)
        .map(|(count, called)| format!("{count} {called}"))
        .collect();
    if !revision.areas.is_empty() {
        counts.insert(0, counted(revision.areas.len(), "new area", "new areas"));
    }
    counts
}

/// Something that is left out, in a line.
pub fn left_out(at: &str, text: &str, why: &str) -> String {
    match text {
        "" => format!("({at}) {}", verbatim(why)),
        text => format!("({at}) “{}”: {}", verbatim(&shortened(text, 80)), verbatim(why)),
    }
}

/// The form to answer the doubts about a file in: a line for each, to be finished.
pub fn form(import: &Import, questions: &[String]) -> Form {
    let mut lines: Vec<&str> = import.answers.lines().collect();
    lines.extend(questions.iter().map(String::as_str));
    let mut value = String::new();
    for line in lines {
        // What does not fit can be answered once these are.
        if value.chars().count() + line.chars().count() + 1 > ANSWERS_MAX {
            break;
        }
        value.push_str(line);
        value.push('\n');
    }
    let ask = Ask::AnswerImport { import: import.id.0, answers: None };
    Form {
        title: ANSWER.into(),
        token: token::write(&ask).unwrap_or_default(),
        inputs: vec![Input {
            name: token::ANSWERS,
            label: "One a line: finish those you can answer".into(),
            hint: "3.1 lead: CPEG".into(),
            value,
            room: Room::Lines(ANSWERS_MAX),
            needed: false,
        }],
    }
}
