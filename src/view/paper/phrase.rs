//! The phrases that the parts of a paper share.

use super::Block;
use super::Piece;
use super::Pieces;
use crate::action::Action;
use crate::action::Extension;
use crate::action::Lateness;
use crate::body::Body;
use crate::body::both;
use crate::digest::Digest;
use crate::view::line;
use crate::view::plain;
use crate::view::shortened;
use crate::view::turns;
use chrono::NaiveDate;
use chrono_tz::Tz;

/// How many characters of an update stand in the text of a paper; the appendix has it whole.
const UPDATE_MAX: usize = 400;

/// Words as they stand.
pub(super) fn words(words: impl Into<String>) -> Piece {
    Piece::Words(words.into())
}

/// A numbered paragraph of words alone, with a capital at its beginning.
pub(super) fn paragraph(text: impl AsRef<str>) -> Block {
    Block::Numbered(vec![words(sentence(text.as_ref()))])
}

/// Somebody else's words, lines and all, without what would turn the direction of ours.
pub(super) fn level(words: &str) -> String {
    words.replace(turns, "")
}

/// The name a body has on paper: the one that its short name abbreviates, where it has one, as in
/// `Community Planning Executive Group (CPEG)`.
pub(super) fn formal(body: &Body) -> String {
    let short = format!(" ({})", body.name);
    let whole = body.names.iter().find_map(|name| name.strip_suffix(short.as_str()));
    whole.unwrap_or(&body.name).to_owned()
}

/// An action's number and title: `1.2 Awareness sessions`.
pub(super) fn name(action: &Action) -> String {
    format!("{} {}", action.reference.printed(), plain(&action.title))
}

/// An action's leads as printed, or that it has none.
pub(super) fn lead(action: &Action) -> String {
    line::lead_as(action, plain)
}

/// Actions by who leads them, as printed, in the order in which each first occurs; those without a lead
/// are together, too.
pub(super) fn by_lead<'a>(
    actions: impl IntoIterator<Item = &'a Action>,
) -> Vec<(String, Vec<&'a Action>)> {
    let mut by_lead: Vec<(String, Vec<&Action>)> = Vec::new();
    for action in actions {
        let lead = lead(action);
        match by_lead.iter_mut().find(|(known, _)| *known == lead) {
            Some((_, actions)) => actions.push(action),
            None => by_lead.push((lead, vec![action])),
        }
    }
    by_lead
}

/// A point of a list that begins with an action, in strong letters, and its leads.
pub(super) fn point(action: &Action, rest: &str) -> Pieces {
    let name = Piece::Strong(format!("{} ({})", name(action), lead(action)));
    if rest.is_empty() { vec![name] } else { vec![name, words(format!(": {rest}"))] }
}

/// The numbers of actions, as a sentence names them.
pub(super) fn numbers<'a>(actions: impl IntoIterator<Item = &'a Action>) -> String {
    let all: Vec<String> = actions.into_iter().map(|action| action.reference.printed()).collect();
    if all.len() > line::REFS_MAX { line::some_of(&all) } else { both(&all) }
}

/// What members are asked to decide: which actions are complete, and which may be due later.
pub(super) fn decisions(digest: &Digest) -> (Vec<&Action>, Vec<(&Action, &Extension)>) {
    let complete = digest.decisions.iter().filter(|action| action.awaits_sign_off());
    let dates = digest.decisions.iter().filter_map(|action| Some((action, action.date_asked()?)));
    (complete.collect(), dates.collect())
}

/// A number as a report writes it: in a word up to ten.
pub(super) fn number(count: usize) -> String {
    const WORDS: [&str; 11] =
        ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// A number with its noun: `one action`, `11 actions`, `no actions`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {many}"),
        1 => format!("one {one}"),
        _ => format!("{} {many}", number(count)),
    }
}

/// A number of actions: `one action`, `11 actions`.
pub(super) fn actions(count: usize) -> String {
    counted(count, "action", "actions")
}

/// The verb that a number has.
pub(super) fn is(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// The other verb that a number has.
pub(super) fn has(count: usize) -> &'static str {
    if count == 1 { "has" } else { "have" }
}

/// The target's words, or that there is none.
pub(super) fn target(action: &Action) -> String {
    line::target_as(action, plain)
}

/// That the target moved: `was March 2021, moved ×2`.
pub(super) fn moved(action: &Action) -> Option<String> {
    line::moved_as(action, plain)
}

/// By how long it is overdue, on a day: `43 days past September 2020`.
pub(super) fn overdue(action: &Action, today: NaiveDate) -> Option<String> {
    match action.lateness(today, None) {
        Lateness::Overdue { days } => {
            Some(format!("{} past {}", line::days_in_words(days), target(action)))
        }
        _ => None,
    }
}

/// What people say of it, as the table of a paper has it.
pub(super) fn status(action: &Action) -> String {
    sentence(line::said(action))
}

/// The last thing said, in quotation marks and with its date; none where nothing was.
pub(super) fn last_update(action: &Action, zone: Tz) -> Option<String> {
    let update = action.last_update.as_ref()?;
    let text = shortened(&plain(&update.text), UPDATE_MAX);
    Some(format!("“{text}” ({})", line::said_on(update, zone)))
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}
