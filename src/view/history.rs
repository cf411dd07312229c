//! Looking back: all that was recorded about an action, and what was shown at some time, again.

mod told;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use chrono_tz::Tz;

use crate::action::Action;
use crate::body::Bodies;
use crate::body::Body;
use crate::date::day_in_full;
use crate::date::day_in_words;
use crate::ledger::Entry;
use crate::request::Ask;
use crate::request::HistoryAsk;
use crate::request::token;
use crate::view::Button;
use crate::view::Card;
use crate::view::Section;
use crate::view::history::told::tell;
use crate::view::line::counted;
use crate::view::line::local_day;
use crate::view::position::moment;
use crate::view::verbatim;

/// So many entries stand on a page.
const PAGE: usize = 10;

/// The characters that the entries of a page may take together, which leaves room for the rest of the
/// card in Discord's 6,000.
const ROOM: usize = 5_000;

/// How many characters of somebody's words stand in an entry: as many of these as there is room for.
const WORDS_MAX: [usize; 4] = [300, 150, 80, 40];

/// An action, and what is to be shown of its history.
#[derive(Clone, Copy, Debug)]
pub struct Looked<'a> {
    /// The action, as it stood then.
    pub action: &'a Action,
    /// What was recorded about it by then, and the imports of its plan, in the order in which it was
    /// written down.
    pub entries: &'a [Entry],
    /// The day it is looked at, where that is over.
    pub as_of: Option<NaiveDate>,
    /// Which page, from 0 for the newest; past the last, it is the last.
    pub page: u32,
    /// The bodies, by which the record names them.
    pub bodies: &'a Bodies,
    /// Where the days are.
    pub zone: Tz,
}

/// A page of what was recorded about an action, newest first.
pub fn history(looked: &Looked<'_>) -> Card {
    let Looked { action, as_of, .. } = looked;
    let whole = tell(looked, usize::MAX);
    let last = whole.len().saturating_sub(1) / PAGE;
    let page = usize::try_from(looked.page).unwrap_or(last).min(last);
    let shown = |words_max| {
        let lines = tell(looked, words_max).into_iter().rev();
        lines.skip(page * PAGE).take(PAGE).collect::<Vec<String>>()
    };
    let fits = |lines: &Vec<String>| {
        lines.iter().map(|line| line.encode_utf16().count() + 1).sum::<usize>() <= ROOM
    };
    let mut lines = Vec::new();
    for words_max in WORDS_MAX {
        lines = shown(words_max);
        if fits(&lines) {
            break;
        }
    }
    let cut = lines.iter().zip(shown(usize::MAX)).any(|(line, whole)| *line != whole);
    let first = page * PAGE + 1;
    let which = match lines.len() {
        count if count == whole.len() => "newest first".to_owned(),
        count => format!("newest first, {first} to {}", first + count - 1),
    };
    let then = as_of.map(|day| format!(" by the end of {}", day_in_full(day)));
    Card {
        title: format!("History of {} {}", action.reference, verbatim(&action.title)),
        text: format!(
            "{}{}, {which}.",
            counted(whole.len(), "entry", "entries"),
            then.unwrap_or_default()
        ),
        sections: vec![Section::of("", lines)],
        footer: if cut {
            "Shortened here. The record keeps every word: /plan export as json has them.".into()
        } else {
            String::new()
        },
        buttons: buttons(looked, page, last),
        ..Card::default()
    }
}

/// The ways to older and newer entries.
fn buttons(looked: &Looked<'_>, page: usize, last: usize) -> Vec<Button> {
    let to = |label: &str, page: Option<usize>| {
        let page = u32::try_from(page?).ok()?;
        let action = looked.action.reference.to_string();
        let ask = Ask::History(HistoryAsk { action, as_of: looked.as_of, page });
        Some(Button { label: label.into(), token: token::write(&ask)? })
    };
    let earlier = to("‹ Earlier", (page < last).then_some(page + 1));
    let later = to("Later ›", page.checked_sub(1));
    earlier.into_iter().chain(later).collect()
}

/// An action's card, as it would have stood at the end of a day that is over.
pub fn then(card: Card, day: NaiveDate) -> Card {
    Card {
        text: format!("As it stood at the end of {}.\n{}", day_in_full(day), card.text),
        buttons: Vec::new(),
        ..card
    }
}

/// What a digest that was issued is picked by: `CPEG, Thursday 3 December 2020`.
pub fn label(body: &Body, day: NaiveDate) -> String {
    format!("{}, {}", body.name, day_in_full(day))
}

/// A digest exactly as its body was given it, and that it is.
pub fn issued(card: Card, reader: &str, due_at: DateTime<Utc>, zone: Tz) -> Card {
    let note = format!(
        "The digest exactly as it was issued to {} for the papers deadline at {}. What was recorded \
         since is not in it.",
        verbatim(reader),
        moment(due_at, zone)
    );
    Card { above: note, buttons: Vec::new(), ..card }
}

/// The day and the time of an entry: `3 November 2020, 14:05`.
fn stamp(at: DateTime<Utc>, zone: Tz) -> String {
    let time = at.with_timezone(&zone).format("%H:%M");
    format!("{}, {time}", day_in_words(local_day(at, zone)))
}
