//! Asking for a new date: the form, what is read back, what came of it, and how it stands until it is
//! decided.

use chrono_tz::Tz;

use crate::action::Action;
use crate::action::DateDraftId;
use crate::action::Extension;
use crate::action::NewExtension;
use crate::body::Bodies;
use crate::body::Person;
use crate::date::Target;
use crate::date::day_in_words;
use crate::date::window_in_words;
use crate::decision::REASON_MAX;
use crate::request::Ask;
use crate::request::command::decide::DATE_MAX;
use crate::request::decide::RescheduleAsk;
use crate::request::token;
use crate::request::token::decide::REASON;
use crate::request::token::decide::TARGET;
use crate::view::Button;
use crate::view::Card;
use crate::view::Form;
use crate::view::Input;
use crate::view::Room;
use crate::view::Section;
use crate::view::Tone;
use crate::view::line;
use crate::view::line::Lens;
use crate::view::shortened;
use crate::view::update::spoken_for;
use crate::view::verbatim;

/// How many characters of a reason stand in a line of a list; the card of the action has it whole.
const REASON_LINE_MAX: usize = 240;

/// The form that asks for the date and the reason.
pub fn form(action: &Action, ask: &RescheduleAsk) -> Form {
    let ask = RescheduleAsk { action: action.reference.to_string(), ..ask.clone() };
    let due = match action.target.words().trim() {
        "" => "It has no date now".to_owned(),
        words => format!("Now: {words}"),
    };
    Form {
        title: shortened(&format!("New date: {} {}", action.reference, action.title), 45),
        inputs: vec![
            Input {
                name: TARGET,
                label: "When will it be done?".into(),
                hint: shortened(&format!("{due}. New: September 2021, say"), 100),
                value: shortened(ask.target.as_deref().unwrap_or_default(), DATE_MAX),
                room: Room::Line(DATE_MAX),
                needed: true,
            },
            Input {
                name: REASON,
                label: "Why does it need more time?".into(),
                hint: "Those who decide read your words".into(),
                value: shortened(ask.reason.as_deref().unwrap_or_default(), REASON_MAX),
                room: Room::Lines(REASON_MAX),
                needed: true,
            },
        ],
        token: token::write(&Ask::Reschedule(ask)).unwrap_or_default(),
    }
}

/// The request read back to its author, who has yet to say that it is what they mean.
pub fn read_back(action: &Action, new: &NewExtension, draft: DateDraftId) -> Card {
    let button = |label: &str, ask: Ask| {
        token::write(&ask).map(|token| Button { label: label.into(), token })
    };
    let mut sections = vec![Section::of("Why", line::at_length(&new.reason))];
    if !new.target.doubts().is_empty() {
        let doubts = new.target.doubts().iter().map(|doubt| verbatim(&doubt.to_string()));
        sections.push(Section::of("Is that what you mean?", doubts.collect()));
    }
    Card {
        title: format!("A new date for {} {}?", action.reference, verbatim(&action.title)),
        text: format!(
            "{}. This would be move {}.\n{}",
            reading(&new.target),
            action.moves + 1,
            dates_before(action)
        ),
        sections,
        footer: "Nobody else has been told yet. A meeting decides about it.".into(),
        buttons: [
            button("Ask for this date", Ask::RequestDate { draft: draft.0 }),
            button("Cancel", Ask::DropDate { draft: draft.0 }),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..Card::default()
    }
}

/// What the author is told once the request is made.
pub fn requested(action: &Action, new: &NewExtension, channel: Option<&str>) -> Card {
    let told = match channel {
        Some(channel) => format!("Everybody in #{channel} sees one line about it."),
        None => "The lead has no channel here, so nobody else has been told.".into(),
    };
    Card {
        tone: Tone::Good,
        title: format!("Asked: a new date for {} {}", action.reference, verbatim(&action.title)),
        text: format!(
            "{}.\nIt stands under decisions needed until a meeting agrees or refuses it. Until \
             then it stays {}.\n{told}",
            reading(&new.target),
            line::due(&action.target)
        ),
        ..Card::default()
    }
}

/// What the author is told once they thought better of it.
pub fn dropped(action: &Action) -> Card {
    Card {
        title: format!("No new date asked for {}", action.reference),
        text: format!("Nothing was sent. It stays {}.", line::due(&action.target)),
        ..Card::default()
    }
}

/// What the author is told who presses again what has been asked already.
pub fn requested_before(action: &Action, target: &Target) -> Card {
    let stands = match action.date_asked() {
        Some(asked) if asked.target == *target => "It awaits a decision.",
        _ => "See what became of it with `/action show`.",
    };
    Card {
        title: format!("Asked already: a new date for {}", action.reference),
        text: format!("You have asked for {}; nothing was sent twice. {stands}", words(target)),
        ..Card::default()
    }
}

/// The one line for everybody in the lead's channel.
pub fn line_for_all(action: &Action, new: &NewExtension, author: &Person, bodies: &Bodies) -> Card {
    let on_behalf_of = new.voice.on_behalf_of.as_deref();
    let who = spoken_for(&author.name, Some(new.voice.body), on_behalf_of, bodies);
    Card {
        text: format!(
            "{}: new date asked: {}, {} · “{}” · {who}",
            line::title(action),
            words(&new.target),
            line::not_as_before(action),
            in_a_line(&new.reason)
        ),
        ..Card::default()
    }
}

/// A request that stands, in two lines of a list: what is asked, then why and by whom.
pub fn standing(action: &Action, asked: &Extension, bodies: &Bodies) -> String {
    format!(
        "{}\n▷ new date asked: {}, {} · {}\n“{}” · {}",
        line::name(action),
        words(&asked.target),
        line::not_as_before(action),
        move_number(action),
        in_a_line(&asked.reason),
        asked_by(asked, bodies)
    )
}

/// A request that stands, on the card of its action: what is asked, and why.
pub fn on_card(action: &Action, asked: &Extension, bodies: &Bodies, lens: &Lens) -> Section {
    let mut lines = vec![format!("{} · {}", reading(&asked.target), move_number(action))];
    lines.extend(line::at_length(&asked.reason));
    lines.push(byline(asked, bodies, lens.zone));
    Section::of("A new date is asked for", lines)
}

/// Which move of the target it would be: `would be move 3, first due March 2021`.
pub fn move_number(action: &Action) -> String {
    let first = match action.first_target.words().trim() {
        _ if action.moves == 0 => String::new(),
        "" => ", first without a date".to_owned(),
        words => format!(", first due {}", verbatim(words)),
    };
    format!("would be move {}{first}", action.moves + 1)
}

/// The words of a target, and the last day they mean where that says more.
pub fn words(target: &Target) -> String {
    let words = verbatim(target.words().trim());
    match target.window() {
        Some(window) if window_in_words(window) != target.words().trim() => {
            format!("{words} (last day {})", day_in_words(window.to))
        }
        _ => words,
    }
}

/// How the words of a target are read: `end of September 2021: last day 30 September 2021`.
fn reading(target: &Target) -> String {
    let words = verbatim(target.words().trim());
    let last = target.due_on().map(day_in_words).unwrap_or_default();
    if last == target.words().trim() { words } else { format!("{words}: last day {last}") }
}

/// When it was due first, and when it is due now.
fn dates_before(action: &Action) -> String {
    let first = line::first_target_as(action, verbatim);
    let first = match action.first_target.words().trim() {
        "" => "First printed without a date.".to_owned(),
        _ => format!("First due {first}."),
    };
    match (action.moves, action.target.words().trim()) {
        (0, _) | (_, "") => first,
        _ => format!("{first} It is {} now.", line::due(&action.target)),
    }
}

/// Who asked, for whom and when.
fn byline(asked: &Extension, bodies: &Bodies, zone: Tz) -> String {
    let day = day_in_words(line::local_day(asked.asked_at, zone));
    format!("{}, {day}", asked_by(asked, bodies))
}

fn asked_by(asked: &Extension, bodies: &Bodies) -> String {
    let author = asked.by.as_deref().unwrap_or("somebody");
    spoken_for(author, Some(asked.voice.body), asked.voice.on_behalf_of.as_deref(), bodies)
}

fn in_a_line(reason: &str) -> String {
    let reason = line::one_line(reason);
    verbatim(&shortened(&reason, REASON_LINE_MAX))
}
