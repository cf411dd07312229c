//! Keeping the plan: an action that is new, and what is changed about one.

use crate::action::Action;
use crate::action::Lead;
use crate::action::Ref;
use crate::action::draft::DraftId;
use crate::action::printed_together;
use crate::body::both;
use crate::date::Target;
use crate::date::day_in_words;
use crate::date::window_in_words;
use crate::plan::Area;
use crate::request::Ask;
use crate::request::token;
use crate::revision::What;
use crate::view::Button;
use crate::view::Card;
use crate::view::Section;
use crate::view::Tone;
use crate::view::line;
use crate::view::shortened;
use crate::view::verbatim;

/// How many characters of a title stand in the line for everybody.
const TITLE_MAX: usize = 300;

/// A new action as it was understood.
#[derive(Clone, Copy, Debug)]
pub struct Understood<'a> {
    /// How it is called, or would be.
    pub reference: &'a Ref,
    /// The area it belongs to, as people read it.
    pub area: &'a Area,
    /// What is promised.
    pub title: &'a str,
    /// Who answers for it.
    pub leads: &'a [Lead],
    /// When it is due.
    pub target: &'a Target,
}

/// What is asked back before an action is added: how it was read, and each doubt.
pub fn asked_back(draft: DraftId, understood: &Understood<'_>, doubts: &[String]) -> Card {
    let button = |label: &str, ask: &Ask| {
        let token = token::write(ask)?;
        Some(Button { label: label.into(), token })
    };
    let buttons = [
        button("Add", &Ask::AddDraft { draft: draft.0 }),
        button("Cancel", &Ask::CancelDraft { draft: draft.0 }),
    ];
    Card {
        tone: Tone::Attention,
        title: format!("Add to {}?", verbatim(&understood.area.label())),
        text: format!("{}\n{}", verbatim(understood.title), read(understood)),
        sections: vec![Section::of(
            "Please check",
            doubts.iter().map(|doubt| verbatim(doubt)).collect(),
        )],
        footer: format!(
            "Nothing is added yet. It would be {}, unless another comes first. To say it otherwise, \
             press Cancel and use the command again.",
            understood.reference
        ),
        buttons: buttons.into_iter().flatten().collect(),
        ..Card::default()
    }
}

/// What is told to whoever added an action; the name of the channel that reads a line about it, if
/// one does.
pub fn added(understood: &Understood<'_>, channel: Option<&str>) -> Card {
    Card {
        tone: Tone::Good,
        title: format!("Added: {} {}", understood.reference, verbatim(understood.title)),
        text: format!("{}\n{}", read(understood), told(channel)),
        ..Card::default()
    }
}

/// The one line for everybody about an action that is new.
pub fn added_for_all(understood: &Understood<'_>, by: &str) -> Card {
    let title = verbatim(&shortened(understood.title, TITLE_MAX));
    let target = date(understood.target);
    let text = format!(
        "**{}** is new in {}: {title} · {} · {target} · added by {by}",
        understood.reference,
        verbatim(&understood.area.label()),
        leads(understood.leads)
    );
    Card { text, ..Card::default() }
}

/// What is told to whoever put a draft aside.
pub fn cancelled(title: &str) -> Card {
    Card { text: format!("Not added: {}", verbatim(title)), ..Card::default() }
}

/// What is told to whoever changed an action, and what they should know about it beside.
pub fn edited(action: &Action, changes: &[What], channel: Option<&str>, notes: &[String]) -> Card {
    let mut text: Vec<String> = changes
        .iter()
        .filter_map(change)
        .map(|(what, words)| format!("**{what}** {words}"))
        .collect();
    text.extend(notes.iter().map(|note| verbatim(note)));
    text.push(told(channel));
    Card {
        tone: Tone::Good,
        title: format!("Changed: {} {}", action.reference, verbatim(&action.title)),
        text: text.join("\n"),
        footer: "The record keeps how it was before.".into(),
        ..Card::default()
    }
}

/// The one line for everybody about what is changed.
pub fn edited_for_all(action: &Action, changes: &[What], by: &str) -> Card {
    let words = changes.iter().filter_map(change);
    let words: Vec<String> =
        words.map(|(what, words)| format!("{} {words}", what.to_lowercase())).collect();
    let words = words.join(" · ");
    let is_reworded = changes.iter().any(|what| matches!(what, What::Reworded { .. }));
    // A title that changes is told with what it becomes.
    let text = if is_reworded {
        format!("**{}** {words} · changed by {by}", action.reference)
    } else {
        let title = verbatim(&shortened(&action.title, TITLE_MAX));
        format!("**{}** {title}: {words} · changed by {by}", action.reference)
    };
    Card { text, ..Card::default() }
}

/// That a lead is no body that could answer by itself.
pub fn not_a_body(printed: &str) -> String {
    format!(
        "“{printed}” is not a body I know, so only CP Support and the chairs of CPEG and the board \
         can log its progress."
    )
}

/// That another action reads the same.
pub fn reads_the_same(reference: &Ref) -> String {
    format!("{reference} reads just the same.")
}

/// What changes, and from what to what.
fn change(what: &What) -> Option<(&'static str, String)> {
    let quoted = |words: &str| format!("“{}”", verbatim(&shortened(words, TITLE_MAX)));
    match what {
        What::Reworded { before, after } => {
            Some(("Title", format!("{} → {}", quoted(before), quoted(after))))
        }
        What::Reled { before, after } => {
            Some(("Lead", format!("{} → {}", leads(before), leads(after))))
        }
        What::Retagged { before, after } => {
            Some(("Themes", format!("{} → {}", themes(before), themes(after))))
        }
        // No command changes anything else.
        _ => None,
    }
}

fn read(understood: &Understood<'_>) -> String {
    let target = match understood.target.window() {
        Some(window) => {
            let days = window_in_words(window);
            let words = verbatim(understood.target.words());
            let read = if days == words { words } else { format!("{words}, read as {days}") };
            format!("{read} · overdue from {}", day_in_words(window.to + chrono::Days::new(1)))
        }
        None => format!("{} · no date, so never overdue", verbatim(understood.target.words())),
    };
    format!("**Lead** {}\n**Target** {target}", leads(understood.leads))
}

fn date(target: &Target) -> String {
    let words = verbatim(target.words());
    if target.has_date() { words } else { format!("{} ({words})", line::NO_DATE) }
}

fn leads(leads: &[Lead]) -> String {
    if leads.is_empty() { line::NO_LEAD.into() } else { verbatim(&printed_together(leads)) }
}

fn themes(themes: &[String]) -> String {
    if themes.is_empty() { "none".into() } else { verbatim(&both(themes)) }
}

fn told(channel: Option<&str>) -> String {
    match channel {
        Some(channel) => format!("Everybody in #{channel} sees one line about it."),
        None => "The lead has no channel here, so nobody else has been told.".into(),
    }
}
