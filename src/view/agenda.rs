//! What meetings have before them, and what comes round again.

use chrono_tz::Tz;

use crate::action::Action;
use crate::action::Every;
use crate::agenda::Item;
use crate::agenda::NewItem;
use crate::agenda::Purpose;
use crate::body::Bodies;
use crate::body::Person;
use crate::date::day_in_full;
use crate::date::day_in_words;
use crate::meeting::Meeting;
use crate::view::Card;
use crate::view::Section;
use crate::view::Tone;
use crate::view::decision;
use crate::view::line;
use crate::view::line::Lens;
use crate::view::line::local_day;
use crate::view::meeting;
use crate::view::shortened;
use crate::view::verbatim;

/// How many characters of an update stand on an agenda; `/action show` has it whole.
const UPDATE_MAX: usize = 240;

/// What a meeting has before it, as things stand.
#[derive(Clone, Copy, Debug)]
pub struct Agenda<'a> {
    /// The meeting.
    pub meeting: &'a Meeting,
    /// What it is asked to decide about the plan.
    pub decisions: &'a [&'a Action],
    /// What is brought to it.
    pub items: &'a [&'a Item],
    /// All actions, for the names of those that are brought.
    pub actions: &'a [Action],
    /// The names of bodies.
    pub bodies: &'a Bodies,
}

/// The agenda of a meeting.
pub fn agenda(agenda: &Agenda<'_>, lens: &Lens) -> Card {
    let Agenda { meeting, decisions, items, actions, bodies } = *agenda;
    let decisions = decisions.iter().map(|action| decision::needed(action, bodies, lens)).collect();
    let brought = |purpose| {
        let of_purpose = items.iter().filter(|item| item.purpose == purpose);
        let line = |item: &&Item| {
            let action = actions.iter().find(|action| item.is_about(action))?;
            Some(item_line(item, action, lens.zone))
        };
        of_purpose.filter_map(line).collect()
    };
    let sections = [
        ("Decisions needed on the plan", decisions, "None asked for."),
        ("Brought for decision", brought(Purpose::Decision), "Nothing so far."),
        ("Brought for noting", brought(Purpose::Noting), "Nothing so far."),
    ];
    let section = |(heading, lines, empty): (&str, Vec<String>, &str)| {
        let lines = if lines.is_empty() { vec![empty.to_owned()] } else { lines };
        Section::of(heading, lines)
    };
    let due = if meeting.papers_on < lens.today { "were" } else { "are" };
    Card {
        title: format!("Agenda so far: {}", full_name(meeting, bodies)),
        text: format!(
            "At {}. Papers {due} due {}.",
            meeting.time.format("%H:%M"),
            day_in_full(meeting.papers_on)
        ),
        sections: sections.into_iter().map(section).collect(),
        footer: "To bring something to it: /action bring.".into(),
        ..Card::default()
    }
}

/// What is brought to a meeting: the action, the words, and who promised it.
pub fn item_line(item: &Item, action: &Action, zone: Tz) -> String {
    let title = line::title(action);
    let mut parts = Vec::new();
    if !item.words.is_empty() {
        parts.push(verbatim(&line::one_line(&item.words)));
    }
    if let Some(update) = &item.update {
        parts.push(format!(
            "The update: {}",
            verbatim(&shortened(&line::one_line(update), UPDATE_MAX))
        ));
    }
    let by = item.by.as_deref().map_or_else(|| "somebody".to_owned(), verbatim);
    parts.push(format!("promised by {by}, {}", day_in_words(local_day(item.set_at, zone))));
    format!("{title}\n{}", parts.join(" · "))
}

/// What stands on agendas to come about one action, soonest first; nothing where that is nothing.
pub fn coming<'a>(items: impl Iterator<Item = &'a Item>, bodies: &Bodies) -> Option<Section> {
    let line = |item: &Item| {
        let body = bodies.with(item.body).map_or("a meeting", |body| body.name.as_str());
        let words = match item.words.as_str() {
            "" => String::new(),
            words => format!(": {}", verbatim(&line::one_line(words))),
        };
        let day = day_in_words(item.meeting_on);
        format!("{}, {day}, for {}{words}", verbatim(body), item.purpose.word())
    };
    let lines: Vec<String> = items.map(line).collect();
    (!lines.is_empty()).then(|| Section::of("Will be brought to", lines))
}

/// What somebody is told once something stands on an agenda.
pub fn brought(action: &Action, item: &NewItem, meeting: &Meeting, bodies: &Bodies) -> Card {
    let mut text = vec![format!(
        "It stands on the agenda of {}, for {}.",
        full_name(meeting, bodies),
        item.purpose.word()
    )];
    if !item.words.is_empty() {
        text.push(format!("What will be brought: {}", verbatim(&item.words)));
    }
    if item.update.is_some() {
        text.push("The last update on it goes with it.".into());
    }
    Card {
        tone: Tone::Good,
        title: format!("Brought: {} {}", action.reference, verbatim(&action.title)),
        text: text.join("\n"),
        footer: "To take it off again: /action bring, purpose “no longer”.".into(),
        ..Card::default()
    }
}

/// The one line for everybody about what is brought.
pub fn brought_for_all(
    action: &Action,
    item: &NewItem,
    (meeting, bodies): (&Meeting, &Bodies),
    by: &Person,
) -> Card {
    let words = match item.words.as_str() {
        "" => String::new(),
        words => format!(": {}", verbatim(&line::one_line(words))),
    };
    let text = format!(
        "{} will be brought to {}, for {}{words} · {}",
        line::title(action),
        full_name(meeting, bodies),
        item.purpose.word(),
        verbatim(&by.name)
    );
    Card { text, ..Card::default() }
}

/// What somebody is told once something is off an agenda.
pub fn taken_off(action: &Action, meeting: &Meeting, bodies: &Bodies) -> Card {
    Card {
        tone: Tone::Good,
        title: format!("Taken off: {} {}", action.reference, verbatim(&action.title)),
        text: format!(
            "It is no longer on the agenda of {}. The record keeps that it was.",
            full_name(meeting, bodies)
        ),
        ..Card::default()
    }
}

/// The one line for everybody about what is taken off an agenda.
pub fn taken_off_for_all(
    action: &Action,
    (meeting, bodies): (&Meeting, &Bodies),
    by: &Person,
) -> Card {
    let text = format!(
        "{} is no longer brought to {} · {}",
        line::title(action),
        full_name(meeting, bodies),
        verbatim(&by.name)
    );
    Card { text, ..Card::default() }
}

/// What somebody is told once an action comes round again, or no more.
pub fn repeats(action: &Action, every: Option<Every>) -> Card {
    let text = match every {
        Some(every) => {
            let due = line::due(&action.next_turn_due(every));
            format!(
                "It comes round {}. When this turn is signed off, the next one opens as {}, {due}.",
                every.words(),
                action.reference.next_turn()
            )
        }
        None => "It comes round no more: signing it off ends it.".into(),
    };
    Card {
        tone: Tone::Good,
        title: format!("{} {}", action.reference, verbatim(&action.title)),
        text,
        ..Card::default()
    }
}

/// The one line for everybody about an action that comes round again, or no more.
pub fn repeats_for_all(action: &Action, every: Option<Every>, by: &Person) -> Card {
    let what = match every {
        Some(every) => format!("now comes round {}", every.words()),
        None => "comes round no more".to_owned(),
    };
    Card {
        text: format!("{} {what} · {}", line::title(action), verbatim(&by.name)),
        ..Card::default()
    }
}

/// The one line for everybody about the next turn of what comes round again.
pub fn next_turn_for_all(turn: &Action) -> Card {
    let due = line::due(&turn.target);
    Card { text: format!("{} opens as the next turn, {due}", line::title(turn)), ..Card::default() }
}

/// A meeting with its day: `CPWD board, Thursday 18 February 2021`.
fn full_name(meeting: &Meeting, bodies: &Bodies) -> String {
    let name = bodies
        .with(meeting.body)
        .map_or_else(|| meeting.title.clone(), |body| meeting::name(meeting, body));
    format!("{}, {}", verbatim(&name), day_in_full(meeting.on))
}
