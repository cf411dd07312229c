//! Requests for updates: before a meeting, and as a nudge.

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use chrono_tz::Tz;

use crate::action::Action;
use crate::body::Bodies;
use crate::body::BodyId;
use crate::body::BodyKind;
use crate::body::both;
use crate::chase::Need;
use crate::date::day_in_full;
use crate::date::day_in_words;
use crate::meeting::Meeting;
use crate::request::Ask;
use crate::request::UpdateAsk;
use crate::request::clock::ClockAsk;
use crate::request::token;
use crate::view::Button;
use crate::view::Card;
use crate::view::Section;
use crate::view::Tone;
use crate::view::line;
use crate::view::line::Lens;
use crate::view::line::counted;
use crate::view::meeting;
use crate::view::shortened;
use crate::view::verbatim;

/// So many actions stand on one request: more than that no lead of a real plan answers for, and what
/// does not is in `/mine`.
const ACTIONS_MAX: usize = 10;

/// How many characters of the last update stand under an action.
const UPDATE_MAX: usize = 160;

/// A request for updates before a meeting.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The meeting, of several that are close together the first.
    pub meeting: &'a Meeting,
    /// The later ones.
    pub with: &'a [Meeting],
    /// Whether it is the second and last.
    pub is_last: bool,
    /// Whether it comes so late that it should be said why.
    pub is_late: bool,
    /// What it asks about.
    pub about: &'a [(&'a Action, Need)],
    /// The names of bodies.
    pub bodies: &'a Bodies,
    /// The time of day at which the papers go out, as in `09:00`.
    pub papers_time: &'a str,
    /// From where the actions are looked at.
    pub lens: Lens,
}

/// What somebody is asked privately.
pub fn to_person(asked: &Asked<'_>) -> Card {
    let mut card = request(asked);
    if let Some(token) = token::write(&Ask::Clock(ClockAsk::Snooze {
        body: asked.meeting.body,
        first_on: asked.meeting.first_on,
    })) {
        card.buttons.push(Button { label: "Not again before this meeting".into(), token });
    }
    card
}

/// What everybody who has the role of a lead is asked in its channel, since nobody is known to hold it.
pub fn to_channel(asked: &Asked<'_>, lead: BodyId) -> Card {
    let mut card = request(asked);
    let name = asked.bodies.with(lead).map_or("this body", |body| body.name.as_str());
    card.footer = format!(
        "Asked here because I do not know yet who holds {name}. CP Support can tell me: /lead link."
    );
    card
}

/// What somebody is asked in a channel, since they take no messages from us. It calls them by name.
pub fn refused(card: &Card) -> Card {
    let mut here = card.clone();
    let is_update = |button: &Button| matches!(token::peeled(&button.token).1, token if token.starts_with("update/"));
    here.buttons = card.buttons.iter().filter(|button| is_update(button)).cloned().collect();
    for button in &mut here.buttons {
        button.token = token::peeled(&button.token).1.to_owned();
    }
    here.footer = "Asked here because your direct messages are closed to me.".into();
    here
}

fn request(asked: &Asked<'_>) -> Card {
    let count = counted(asked.about.len(), "action needs", "actions need");
    let last = if asked.is_last { "Last request: " } else { "" };
    let mut text = vec![format!(
        "Please reply before {} on {}, when the papers go out. A line is enough.",
        asked.papers_time,
        day_in_full(asked.meeting.papers_on)
    )];
    if asked.is_late {
        text.push("This comes late: the bot was offline.".into());
    }
    let actions: Vec<&Action> = asked.about.iter().map(|(action, _)| *action).collect();
    Card {
        tone: Tone::Attention,
        title: format!("{last}{count} a word from you before {}", together(asked)),
        text: text.join("\n"),
        sections: sections(asked.about, &asked.lens),
        footer: more(actions.len()),
        buttons: update_buttons(&actions),
        ..Card::default()
    }
}

/// The actions by why they need a word.
fn sections(about: &[(&Action, Need)], lens: &Lens) -> Vec<Section> {
    let shown = &about[..about.len().min(ACTIONS_MAX)];
    let headings = [
        (Need::Overdue, "Overdue"),
        (Need::Due, "Due by the meeting"),
        (Need::Silent, "Not reported on yet"),
    ];
    let section = |(need, heading): (Need, &str)| {
        let of_need = shown.iter().filter(|(_, needs)| *needs == need);
        let lines: Vec<String> = of_need.map(|(action, _)| line_of(action, lens)).collect();
        (!lines.is_empty()).then(|| Section::of(heading, lines))
    };
    headings.into_iter().filter_map(section).collect()
}

fn more(count: usize) -> String {
    if count > ACTIONS_MAX { "For all of them: /mine.".into() } else { String::new() }
}

/// The meetings that a request is for: `CPEG on 11 February 2021 and the CPWD board on …`.
fn together(asked: &Asked<'_>) -> String {
    let meetings = std::iter::once(asked.meeting).chain(asked.with);
    let names: Vec<String> = meetings.map(|meeting| called(meeting, asked.bodies)).collect();
    both(&names)
}

/// A meeting in a sentence: `the CPWD board on 19 November 2020`.
fn called(meeting: &Meeting, bodies: &Bodies) -> String {
    let body = bodies.with(meeting.body);
    let name = body.map_or_else(|| meeting.title.clone(), |body| meeting::name(meeting, body));
    let article = if body.is_some_and(|body| body.kind == BodyKind::Board) { "the " } else { "" };
    format!("{article}{} on {}", verbatim(&name), day_in_words(meeting.on))
}

/// An action that needs a word: its line, and what was last said.
fn line_of(action: &Action, lens: &Lens) -> String {
    let line = line::whole(action, lens);
    match &action.last_update {
        Some(update) if !update.text.trim().is_empty() => {
            let text = line::one_line(&update.text);
            format!("{line}\nLast said: {}", verbatim(&shortened(&text, UPDATE_MAX)))
        }
        _ => line,
    }
}

/// A button for each action that opens the form for an update.
fn update_buttons(actions: &[&Action]) -> Vec<Button> {
    let buttons = actions.iter().take(ACTIONS_MAX).filter_map(|action| {
        let token = token::write(&Ask::Update(UpdateAsk::of(&action.reference)))?;
        Some(Button { label: format!("Update {}", action.reference), token })
    });
    buttons.collect()
}

/// A nudge: who gives it, what they add, and what it is about.
#[derive(Clone, Copy, Debug)]
pub struct Nudge<'a> {
    /// Who gives it.
    pub by: &'a str,
    /// The body they speak for.
    pub body: &'a str,
    /// What they add; may be empty.
    pub note: &'a str,
    /// What it is about.
    pub about: &'a [&'a Action],
    /// From where the actions are looked at.
    pub lens: Lens,
}

/// What somebody is asked who is nudged.
pub fn nudge(nudge: &Nudge<'_>) -> Card {
    let how = match nudge.about {
        [only] => format!("how does {} stand?", only.reference),
        several => format!("how do {} actions stand?", several.len()),
    };
    let by = format!("{}, {}", verbatim(nudge.by), verbatim(nudge.body));
    let note = match nudge.note {
        "" => String::new(),
        note => format!("“{}”", verbatim(note)),
    };
    let lines = nudge.about.iter().map(|action| line_of(action, &nudge.lens)).collect();
    Card {
        tone: Tone::Attention,
        title: format!("A reminder from {by}: {how}"),
        text: note,
        sections: vec![Section::of("", lines).at_most(ACTIONS_MAX)],
        footer: more(nudge.about.len()),
        buttons: update_buttons(nudge.about),
        ..Card::default()
    }
}

/// What became of a nudge.
#[derive(Clone, Copy, Debug)]
pub struct Nudged<'a> {
    /// The people who get it, by name.
    pub people: &'a [String],
    /// The channels of leads whom nobody is known to hold.
    pub channels: &'a [String],
    /// Who had another a short while ago, and on which day.
    pub spared: &'a [(String, NaiveDate)],
    /// What it is about.
    pub about: &'a [&'a Action],
    /// When it goes out.
    pub goes: &'a str,
}

/// What whoever gives a nudge is told.
pub fn nudged(nudged: &Nudged<'_>) -> Card {
    let mut who: Vec<String> = nudged.people.iter().map(|name| verbatim(name)).collect();
    who.extend(nudged.channels.iter().map(|channel| format!("#{channel}")));
    let refs: Vec<String> =
        nudged.about.iter().map(|action| action.reference.to_string()).collect();
    let mut text =
        vec![format!("It asks about {}, in your name. {}", line::some_of(&refs), nudged.goes)];
    let spared = nudged.spared.iter();
    text.extend(spared.map(|(name, on)| {
        format!("Not again to {}, who had one on {}.", verbatim(name), day_in_words(*on))
    }));
    Card {
        tone: Tone::Good,
        title: format!("Reminder on its way to {}", both(&who)),
        text: text.join("\n"),
        ..Card::default()
    }
}

/// What somebody is told who does not want to be asked again before a meeting.
pub fn snoozed(meeting: &Meeting, bodies: &Bodies) -> Card {
    Card {
        tone: Tone::Good,
        text: format!(
            "I shall not ask you again before {}. The digest still shows what nobody has reported on.",
            called(meeting, bodies)
        ),
        buttons: token::write(&Ask::Clock(ClockAsk::Wake))
            .map(|token| Button { label: "Ask me after all".into(), token })
            .into_iter()
            .collect(),
        ..Card::default()
    }
}

/// What somebody is told who wants to be asked again.
pub fn woken() -> Card {
    Card { tone: Tone::Good, text: "I shall ask you again, as before.".into(), ..Card::default() }
}

/// When a nudge goes out: at once, or when people are at work again.
pub fn goes(due_at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    if due_at <= now {
        return "It goes out now.".into();
    }
    let at = due_at.with_timezone(&zone);
    format!(
        "It goes out at {} on {}, when people are at work again.",
        at.format("%H:%M"),
        day_in_full(at.date_naive())
    )
}
