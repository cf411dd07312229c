//! An update that counts no more: what whoever took it back is told, and what everybody reads.

use chrono::DateTime;
use chrono::Utc;
use chrono_tz::Tz;

use crate::action::Action;
use crate::action::Status;
use crate::action::TakenBack;
use crate::action::Update;
use crate::body::Bodies;
use crate::date::day_in_words;
use crate::view::Card;
use crate::view::Choice;
use crate::view::Section;
use crate::view::Tone;
use crate::view::line;
use crate::view::plain;
use crate::view::shortened;
use crate::view::update;
use crate::view::verbatim;

/// The longest label of a choice, in characters (Discord's limit).
const LABEL_MAX: usize = 100;

/// How many characters of an update stand beside the one that counts now; the record has it whole.
const WORDS_MAX: usize = 300;

/// An update that has just been taken back.
#[derive(Clone, Copy, Debug)]
pub struct Corrected<'a> {
    /// The action as it stands now.
    pub action: &'a Action,
    /// Its status before.
    pub before: Status,
    /// The update.
    pub update: &'a Update,
    /// By whom, when and why it was taken back.
    pub taken_back: &'a TakenBack,
    /// Whether a line about it stands in a channel.
    pub stands: bool,
}

/// What whoever took it back is told: what stood before and what stands now.
pub fn corrected(corrected: &Corrected<'_>, bodies: &Bodies, zone: Tz) -> Card {
    let Corrected { action, before, update, taken_back, stands } = *corrected;
    let mut text = vec![if before == action.status {
        format!("**Status** {} (as before)", line::status(action.status))
    } else {
        format!("**Status** {} → {}", line::status(before), line::status(action.status))
    }];
    if stands {
        text.push("Everybody will see its line marked as corrected.".into());
    }
    text.push(match taken_back.reversal {
        Some(_) => "The record keeps the update, and that you took it back and why.".into(),
        None => "The record keeps both the update and that you took it back.".into(),
    });
    let now = match &action.last_update {
        None => vec!["No update.".to_owned()],
        Some(last) => said(last, bodies, zone),
    };
    Card {
        tone: Tone::Good,
        title: format!("Taken back: {} {}", action.reference, verbatim(&action.title)),
        text: text.join("\n"),
        sections: vec![
            Section::of("No longer counts", whole(update, taken_back, bodies, zone)),
            Section::of("Last update now", now),
        ],
        ..Card::default()
    }
}

/// What an action's card says of its last update where that was taken back.
pub fn section(update: &Update, taken_back: &TakenBack, bodies: &Bodies, zone: Tz) -> Section {
    Section::of("Taken back since", whole(update, taken_back, bodies, zone))
}

/// What the line for everybody says once its update is taken back: the old words, struck out but
/// still to be read, and who took them back.
pub fn for_all(line: &Card, corrected: &Corrected<'_>, bodies: &Bodies, zone: Tz) -> Card {
    let Corrected { action, before, taken_back, .. } = *corrected;
    let status = if before == action.status {
        String::new()
    } else {
        format!(" Status then: {}.", line::status(action.status))
    };
    let text = format!(
        "**Corrected** ~~{}~~\n{}{status}",
        line.text.trim(),
        sentence(taken_back, bodies, zone)
    );
    Card { text, ..line.clone() }
}

/// One of an action's updates, as something to pick: when, who, and how it begins.
pub fn choice(update: &Update, zone: Tz) -> Choice {
    let author = update.author.as_deref().unwrap_or("somebody");
    let label = format!("{}, {}: {}", line::said_on(update, zone), author, update.text);
    Choice { label: shortened(&plain(&label), LABEL_MAX), value: update.id.0.to_string() }
}

/// An update that was taken back, with who said it, and who took it back and why.
fn whole(update: &Update, taken_back: &TakenBack, bodies: &Bodies, zone: Tz) -> Vec<String> {
    let mut lines = said(update, bodies, zone);
    lines.push(sentence(taken_back, bodies, zone));
    lines
}

fn said(update: &Update, bodies: &Bodies, zone: Tz) -> Vec<String> {
    vec![verbatim(&shortened(&update.text, WORDS_MAX)), update::byline(update, bodies, zone)]
}

/// Who took it back, when and why.
fn sentence(taken_back: &TakenBack, bodies: &Bodies, zone: Tz) -> String {
    let by = taken_back.by.as_deref().unwrap_or("somebody");
    let body = taken_back.reversal.as_ref().map(|reversal| reversal.body);
    let who = update::spoken_for(by, body, None, bodies);
    let when = moment(taken_back.at, zone);
    match &taken_back.reversal {
        None => format!("Taken back by {who} {when}."),
        Some(reversal) => {
            let reason = line::one_line(&reversal.reason);
            format!("Taken back by {who}, {when}: {}", ended(&verbatim(&reason)))
        }
    }
}

/// A day and a time: `on 26 October 2020 at 09:03`.
pub fn moment(at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    format!("on {} at {}", day_in_words(local.date_naive()), local.format("%H:%M"))
}

/// Words that end as a sentence does.
fn ended(words: &str) -> String {
    let ends = words.ends_with(['.', '!', '?', '…']);
    if ends { words.to_owned() } else { format!("{words}.") }
}
