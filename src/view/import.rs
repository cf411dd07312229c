//! A file read as a plan, before and after the plan becomes what it says.

use crate::action::Lead;
use crate::action::Printed;
use crate::action::Ref;
use crate::body::both;
use crate::date::Target;
use crate::date::window_in_words;
use crate::request::Ask;
use crate::request::token;
use crate::revision::Change;
use crate::revision::Import;
use crate::revision::ImportId;
use crate::revision::Revision;
use crate::revision::What;
use crate::revision::is_another;
use crate::view::Attachment;
use crate::view::Button;
use crate::view::Card;
use crate::view::Form;
use crate::view::Input;
use crate::view::Room;
use crate::view::Section;
use crate::view::Tone;
use crate::view::line::counted;
use crate::view::shortened;
use crate::view::verbatim;

/// That the plan is not what it was when somebody was shown what a file would change.
pub const CHANGED_SINCE: &str =
    "The plan has changed since you last looked. This is what the file would change now:";

/// The most characters that an input of a form takes (Discord's limit).
const ANSWERS_MAX: usize = 4000;

/// How many characters of a title or an update stand in a line about a change.
const WORDS_MAX: usize = 160;

/// What a file says and what that would change.
#[derive(Clone, Debug)]
pub struct Shown<'a> {
    /// The file's name.
    pub file: &'a str,
    /// The plan's title.
    pub plan: &'a str,
    /// How many actions were read.
    pub actions_count: usize,
    /// How many areas they stand in.
    pub areas_count: usize,
    /// What would change.
    pub revision: &'a Revision,
    /// What a person should look at, each a line.
    pub doubts: Vec<String>,
    /// What is left out, each a line.
    pub ignored: Vec<String>,
    /// How many lines a section shows.
    pub lines_max: usize,
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
    let revision = shown.revision;
    let mut text = vec![
        format!(
            "{} in {}, read as {}. **Nothing is changed yet.**",
            counted(shown.actions_count, "action", "actions"),
            counted(shown.areas_count, "area", "areas"),
            verbatim(shown.plan),
        ),
        summary(revision),
    ];
    if !shown.doubts.is_empty() {
        text.push(format!(
            "{} to look at. Answer them, or apply the file as it was read.",
            counted(shown.doubts.len(), "doubt", "doubts")
        ));
    }
    let changes = revision.areas.iter().map(|area| {
        let title = shortened(&area.title, WORDS_MAX);
        format!("**Area {}** is new: {}", area.number, verbatim(&title))
    });
    let changes = changes.chain(revision.changes.iter().map(change)).collect();
    let mut sections = vec![
        Section { heading: "To look at".into(), lines: shown.doubts.clone() },
        Section { heading: "What would change".into(), lines: changes },
        Section { heading: "Left out".into(), lines: shown.ignored.clone() },
    ];
    if !revision.settled.is_empty() {
        let lines = revision.settled.iter().map(|reference| {
            format!("**{reference}** is signed off and stays as the record has it.")
        });
        sections.push(Section { heading: "Stays as it is".into(), lines: lines.collect() });
    }
    sections.retain(|section| !section.lines.is_empty());
    for section in &mut sections {
        cap(&mut section.lines, shown.lines_max);
    }
    Card {
        tone: if shown.doubts.is_empty() { Tone::Plain } else { Tone::Attention },
        title: format!("Preview of {}", verbatim(shown.file)),
        text: text.join("\n"),
        sections,
        footer: "The whole preview is attached; you can put things right there and import it."
            .into(),
        buttons: buttons(revision, tokens),
        files,
    }
}

fn buttons(revision: &Revision, tokens: Tokens) -> Vec<Button> {
    let drops = revision.dropped_count();
    let withdrawn = counted(drops, "action", "actions");
    let apply = match drops {
        0 => "Apply".to_owned(),
        _ => shortened(&format!("Apply, withdraw {withdrawn}"), 34),
    };
    let labelled = [
        (apply, tokens.apply),
        ("Apply, withdraw nothing".to_owned(), tokens.keep.filter(|_| drops > 0)),
        ("Answer the doubts".to_owned(), tokens.answer),
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

/// That a plan says already what a file says.
pub fn unchanged(file: &str, plan: &str) -> String {
    format!("{file} changes nothing: {plan} says the same already.")
}

/// How many changes of which kind, in a sentence.
pub fn summary(revision: &Revision) -> String {
    if revision.is_empty() {
        return "It changes nothing: the plan says the same already.".into();
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

/// One change, in a line.
pub fn change(change: &Change) -> String {
    format!("**{}** {}", change.reference, what(&change.what))
}

/// What becomes of an action, as it stands after its ref.
pub fn what(what: &What) -> String {
    let quoted = |words: &str| {
        let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("“{}”", verbatim(&shortened(&line, WORDS_MAX)))
    };
    match what {
        What::Added(printed) => format!("is new: {}", added(printed)),
        What::Restored => "is promised again".into(),
        What::Reworded { before, after } if is_another(before, after) => format!(
            "reads {}, and was {}. If that is other work, give it a number of its own: a ref is \
             never used again",
            quoted(after),
            quoted(before)
        ),
        What::Reworded { before, after } => {
            format!("reads {}, was {}", quoted(after), quoted(before))
        }
        What::Redated { before, after } => format!("is due {}, was {}", date(after), date(before)),
        What::Reled { before, after } => {
            format!("is led by {}, was led by {}", leads(after), leads(before))
        }
        What::Retagged { before, after } => {
            format!("has {}, had {}", themes(after), themes(before))
        }
        What::Said { text, before, after } if before == after => format!("says {}", quoted(text)),
        What::Said { text, before, after } => format!("says {} ({before} → {after})", quoted(text)),
        What::Noted(note) => {
            format!("notes under {}: {}", quoted(&note.heading), quoted(&note.text))
        }
        What::Dropped { title } => {
            format!("is not in the file and would be withdrawn: {}", quoted(title))
        }
    }
}

fn added(printed: &Printed) -> String {
    let title = verbatim(&shortened(&printed.title, WORDS_MAX));
    let leads = match printed.leads.as_deref().unwrap_or_default() {
        [] => "no lead".into(),
        some => leads(some),
    };
    let date = printed.target.as_ref().map_or("no date".into(), date);
    format!("{title} · {leads} · {date}")
}

fn date(target: &Target) -> String {
    match (target.words().trim(), target.window()) {
        ("", _) => "no date".into(),
        (words, None) => format!("{} (no date)", verbatim(words)),
        (words, Some(window)) if window_in_words(window) == words => verbatim(words),
        (words, Some(window)) => format!("{} ({})", verbatim(words), window_in_words(window)),
    }
}

fn leads(leads: &[Lead]) -> String {
    if leads.is_empty() {
        return "nobody".into();
    }
    verbatim(&leads.iter().map(|lead| lead.printed.as_str()).collect::<Vec<_>>().join(" / "))
}

fn themes(themes: &[String]) -> String {
    match themes {
        [] => "no theme".into(),
        [one] => format!("the theme {}", verbatim(one)),
        several => format!("the themes {}", verbatim(&both(several))),
    }
}

/// A doubt about one action, in a line.
pub fn doubt(reference: &Ref, at: &str, text: &str) -> String {
    format!("**{reference}** ({at}) {}", verbatim(text))
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
        title: "Answer the doubts".into(),
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

/// At most so many lines, and how many more there are.
fn cap(lines: &mut Vec<String>, lines_max: usize) {
    let more = lines.len().saturating_sub(lines_max);
    lines.truncate(lines_max);
    if more > 0 {
        lines.push(format!("and {more} more, in the attached preview"));
    }
}

/// Where an import stands that has no button any more.
pub fn settled(id: ImportId, was_applied: bool) -> String {
    let what = if was_applied { "was applied already" } else { "was cancelled" };
    format!("That import (number {}) {what}. To change the plan again, import a file again.", id.0)
}
