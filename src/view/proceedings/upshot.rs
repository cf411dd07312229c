//! What came of a meeting, action by action.

use crate::action::Action;
use crate::decision::Kind;
use crate::proceedings::CitedDecision;
use crate::proceedings::Made;
use crate::proceedings::Outcome;
use crate::proceedings::Proceeding;
use crate::proceedings::minutes;
use crate::proceedings::outcome;
use crate::view::Section;
use crate::view::line;
use crate::view::proceedings::Sheet;
use crate::view::shortened;
use crate::view::verbatim;

/// How many characters of a note stand in a line.
const NOTE_LINE_MAX: usize = 240;

/// What came of a meeting for one action, under the heading where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upshot<'a> {
    /// The heading.
    pub under: Under,
    /// The action.
    pub action: &'a Action,
    /// What came of it, in words.
    pub words: String,
}

/// The headings of what came of a meeting, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Under {
    /// What was decided.
    Decided,
    /// What was brought to it.
    Brought,
    /// What was added.
    Added,
    /// What was left open.
    LeftOpen,
}

impl Under {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Decided, "Decided"),
        (Self::Brought, "Brought to it"),
        (Self::Added, "New actions"),
        (Self::LeftOpen, "Left open"),
    ];
}

/// What some steps of a record came to, action by action; of several about one thing, the last.
pub fn results<'a>(sheet: &Sheet<'a>, steps: &[Proceeding]) -> Vec<Upshot<'a>> {
    let mut results: Vec<Upshot<'_>> = Vec::new();
    for (place, made) in steps.iter().map(|step| &step.made).enumerate() {
        let later = || steps[place + 1..].iter().map(|step| &step.made);
        let (about, found) = match made {
            Made::Begun { .. } | Made::Finished => continue,
            Made::Decided { action, decision } => {
                let cited = sheet.decisions.iter().find(|cited| cited.decision.id == *decision);
                (*action, cited.map(|cited| (Under::Decided, Some(cited), String::new())))
            }
            Made::LeftOpen { action, .. } => {
                let is_decided = sheet.decisions.iter().any(|cited| cited.action == *action);
                let is_repeated = later().any(|other| other == made);
                let is_open = !is_decided && !is_repeated;
                (*action, is_open.then(|| (Under::LeftOpen, None, String::new())))
            }
            Made::Item { action, item, outcome: said } => {
                let is_last = outcome(*item, sheet.steps) == Some(said);
                let is_repeated = later().any(|other| other == made);
                let words = brought(said);
                (*action, (is_last && !is_repeated).then_some((Under::Brought, None, words)))
            }
            Made::Added { action } => (*action, Some((Under::Added, None, String::new()))),
        };
        let Some(action) = sheet.actions.iter().find(|action| action.id == about) else { continue };
        let Some((under, cited, words)) = found else { continue };
        let words = match (under, cited) {
            (Under::Decided, Some(cited)) => decided(sheet, action, cited),
            (Under::LeftOpen, _) => left_open(action),
            (Under::Added, _) => format!("{} · {}", line::lead(action), line::due(&action.target)),
            _ => words,
        };
        results.push(Upshot { under, action, words });
    }
    results
}

fn decided(sheet: &Sheet<'_>, action: &Action, cited: &CitedDecision) -> String {
    let made = &cited.decision;
    let mut words = match made.kind {
        Kind::SignOff => {
            let next = action.reference.next_turn();
            let next = sheet.actions.iter().find(|action| action.reference == next);
            let next = next.map(|next| {
                let due = line::due(&next.target);
                format!(" · comes round again as {}, {due}", next.reference)
            });
            format!("✔ complete, signed off{}", next.unwrap_or_default())
        }
        Kind::Return => "returned as not complete, so it goes on".to_owned(),
        Kind::AgreeDate => {
            let target = cited.target.as_deref().unwrap_or_default();
            // Moved again since, its last move is another's.
            let moved =
                line::moved(action).filter(|_| action.target.words().trim() == target.trim());
            let moved = moved.map(|moved| format!(" · {moved}")).unwrap_or_default();
            format!("new date agreed: {}{moved}", verbatim(target.trim()))
        }
        Kind::RefuseDate => {
            format!("new date not agreed. It stays {}", line::due(&action.target))
        }
        Kind::Withdraw => "✖ withdrawn from the plan".to_owned(),
    };
    let reference = made.minute.reference.as_str();
    if !reference.is_empty() && minutes(sheet.steps) != Some(reference) {
        words = format!("{words} · minute {}", verbatim(reference));
    }
    match line::one_line(&made.minute.note) {
        note if note.is_empty() => words,
        note => format!("{words} · “{}”", verbatim(&shortened(&note, NOTE_LINE_MAX))),
    }
}

fn left_open(action: &Action) -> String {
    match action.date_asked() {
        Some(asked) => format!("the new date asked for, {}", verbatim(asked.target.words().trim())),
        None => "whether it is complete".to_owned(),
    }
}

fn brought(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Agreed { words } => {
            let words = line::one_line(words);
            format!("agreed: {}", verbatim(&words))
        }
        Outcome::Noted => "noted".to_owned(),
        Outcome::LeftOpen => "left open".to_owned(),
    }
}

pub(super) fn grouped(results: &[Upshot<'_>]) -> Vec<Section> {
    let sections = Under::ALL.into_iter().filter_map(|(under, heading)| {
        let lines = results.iter().filter(|result| result.under == under);
        let lines: Vec<String> = lines.map(line_of).collect();
        (!lines.is_empty()).then(|| Section::of(heading, lines))
    });
    sections.collect()
}

fn line_of(result: &Upshot<'_>) -> String {
    format!("{}: {}", line::title(result.action), result.words)
}
