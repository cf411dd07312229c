//! How a question was read, in words that open the answer.

use crate::action::Ref;
use crate::attention::Attention;
use crate::body::BodyKind;
use crate::date::day_in_words;
use crate::request::Ask;
use crate::request::AttentionAsk;

use super::Names;
use super::Understood;

/// The longest label of an option, in characters: what a phone shows of a button.
const LABEL_MAX: usize = 34;

/// Something asked, and how it was read.
pub(super) fn asked(ask: Ask, reading: impl Into<String>) -> Understood {
    Understood::Asked { ask, reading: reading.into() }
}

/// A question about one action.
pub(super) fn action_asked(reference: &Ref, title: &str) -> Understood {
    asked(Ask::Action { action: reference.to_string() }, format!("{reference}: {title}"))
}

/// One action among several that may be meant.
pub(super) fn action_option(reference: &Ref, title: &str) -> (String, Ask) {
    let label = shortened(&format!("{reference} {title}"));
    (label, Ask::Action { action: reference.to_string() })
}

/// A label that a button can show, cut between words.
fn shortened(label: &str) -> String {
    if label.chars().count() <= LABEL_MAX {
        return label.to_owned();
    }
    let start: String = label.chars().take(LABEL_MAX - 1).collect();
    let whole = start.rsplit_once(' ').map_or(start.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([':', ',', ';']))
}

/// A list in words: `Overdue actions led by CPEG in area 2, as of 1 January 2021`.
pub(super) fn reading(ask: &AttentionAsk, names: Option<&Names<'_>>) -> String {
    let lead = ask.lead.as_ref().map(|lead| format!(" led by {}", the(lead))).unwrap_or_default();
    let area = ask.area.map(|area| format!(" in area {area}")).unwrap_or_default();
    let theme =
        ask.theme.as_ref().map(|theme| format!(" with the theme {theme}")).unwrap_or_default();
    let which = format!("{lead}{area}{theme}");
    let meeting = ask.meeting.as_deref().zip(names).map(|(body, names)| meeting_of(body, names));
    let meeting = meeting.unwrap_or_else(|| "meeting".into());
    let list = match ask.view {
        Attention::Overdue => format!("Overdue actions{which}"),
        Attention::Due => format!("Actions{which} due before the next {meeting}"),
        Attention::Silent => format!("Actions{which} without an update since the last meeting"),
        Attention::Blank => format!("Actions{which} without a lead or a date"),
        Attention::Awaiting => format!("Actions{which} that await a decision"),
        Attention::All => format!("Actions{which} that need attention"),
    };
    let as_of = ask.as_of.map(|day| format!(", as of {}", day_in_words(day))).unwrap_or_default();
    format!("{list}{as_of}")
}

/// A body within a sentence: `CPEG`, `the Flourishing DIG`.
pub(super) fn the(body: &str) -> String {
    if body.contains("DIG") { format!("the {body}") } else { body.to_owned() }
}

/// A body's meeting within a sentence: `board meeting`, `CPEG meeting`.
pub(super) fn meeting_of(body: &str, names: &Names<'_>) -> String {
    let board = names.bodies.first_of(BodyKind::Board).is_some_and(|board| board.name == body);
    if board { "board meeting".into() } else { format!("{body} meeting") }
}
