//! Logging progress: the form, what came of it, and the line for everybody.

use chrono::DateTime;
use chrono::Utc;
use chrono_tz::Tz;

use crate::action::Action;
use crate::action::NewUpdate;
use crate::action::Status;
use crate::action::TEXT_MAX;
use crate::action::Update;
use crate::action::UpdateId;
use crate::body::Bodies;
use crate::body::BodyId;
use crate::body::Person;
use crate::date::day_in_words;
use crate::request::Ask;
use crate::request::UpdateAsk;
use crate::request::token;
use crate::view::Button;
use crate::view::Card;
use crate::view::Form;
use crate::view::Input;
use crate::view::Room;
use crate::view::Section;
use crate::view::Tone;
use crate::view::line;
use crate::view::shortened;
use crate::view::verbatim;

/// How many characters of an update stand in the line for everybody; the record has it whole.
const LINE_MAX: usize = 600;

/// The form for an update, which shows the last one and the target.
pub fn form(action: &Action, ask: &UpdateAsk, zone: Tz) -> Form {
    let ask = UpdateAsk { action: action.reference.to_string(), ..ask.clone() };
    let last = match &action.last_update {
        None => "no update yet".to_owned(),
        Some(update) => format!("last update, {}: {}", line::said_on(update, zone), update.text),
    };
    let due = match action.target.words().trim() {
        "" => "No date".to_owned(),
        words => format!("Due {words}"),
    };
    let statuses: Vec<&str> = Status::ALL.iter().map(|status| status.words()).collect();
    Form {
        title: shortened(&format!("{} {}", action.reference, action.title), 45),
        token: token::write(&Ask::Update(ask.clone())).unwrap_or_default(),
        inputs: vec![
            Input {
                name: token::TEXT,
                label: "What has happened?".into(),
                hint: shortened(&format!("{due}; {last}"), 100),
                value: String::new(),
                room: Room::Lines(TEXT_MAX),
                needed: true,
            },
            Input {
                name: token::STATUS,
                label: "Status (change it if it has changed)".into(),
                hint: shortened(&statuses.join(", "), 100),
                value: ask.status.unwrap_or(action.status).words().to_owned(),
                room: Room::Line(20),
                needed: false,
            },
            Input {
                name: token::HAPPENED,
                label: "When did it happen? (blank for today)".into(),
                hint: "3 November 2020".into(),
                value: ask.happened.map(day_in_words).unwrap_or_default(),
                room: Room::Line(40),
                needed: false,
            },
        ],
    }
}

/// An update that has just been recorded, and what its author needs to know of it.
#[derive(Clone, Copy, Debug)]
pub struct Logged<'a> {
    /// The action as it stood before.
    pub action: &'a Action,
    /// What was said.
    pub update: &'a NewUpdate,
    /// Its number in the record.
    pub number: UpdateId,
    /// Whether it completes the work at once, in a plan that needs no sign-off.
    pub is_final: bool,
    /// The name of the channel that is told; none where the lead has none.
    pub channel: Option<&'a str>,
    /// Until when its author may take it back.
    pub undo_until: DateTime<Utc>,
}

/// What the author is told: what stood before and what stands now.
pub fn logged(logged: &Logged<'_>, bodies: &Bodies, zone: Tz) -> Card {
    let Logged { action, update, number, is_final, channel, undo_until } = *logged;
    let before = match &action.last_update {
        None => vec!["No update.".to_owned()],
        Some(last) => {
            let mut lines = line::at_length(&last.text);
            lines.push(byline(last, bodies, zone));
            lines
        }
    };
    let status = if is_final {
        format!("{} → ✔ complete; this plan needs no sign-off", line::status(update.before))
    } else if update.before == update.after {
        format!("{} (as before)", line::status(update.after))
    } else {
        format!("{} → {}", line::status(update.before), line::status(update.after))
    };
    let mut text = vec![format!("**Status** {status}")];
    text.extend(update.happened_on.map(|day| format!("**Happened** {}", day_in_words(day))));
    text.push(match channel {
        Some(channel) => format!("Everybody in #{channel} sees one line about it."),
        None => "The lead has no channel here, so nobody else has been told.".into(),
    });
    let token = token::write(&Ask::Undo { update: number.0 });
    let time = undo_until.with_timezone(&zone).format("%H:%M");
    Card {
        tone: Tone::Good,
        title: format!("Logged: {} {}", action.reference, verbatim(&action.title)),
        text: text.join("\n"),
        sections: vec![
            Section::of("Before", before),
            Section::of("Now", line::at_length(&update.text)),
        ],
        footer: format!("A slip? You can undo this until {time}."),
        buttons: token.map(|token| Button { label: "Undo".into(), token }).into_iter().collect(),
        ..Card::default()
    }
}

/// The one line for everybody in the body's channel.
pub fn line_for_all(action: &Action, update: &NewUpdate, author: &Person, bodies: &Bodies) -> Card {
    let status = if update.before == update.after {
        String::new()
    } else {
        format!(" ({} → {})", update.before, update.after)
    };
    let text = update.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = verbatim(&shortened(&text, LINE_MAX));
    let who = spoken_for(
        &author.name,
        Some(update.voice.body),
        update.voice.on_behalf_of.as_deref(),
        bodies,
    );
    Card { text: format!("{}{status}: {text} · {who}", line::title(action)), ..Card::default() }
}

/// What the author is told once an update is taken back.
pub fn undone(action: &Action, status: Status) -> Card {
    Card {
        tone: Tone::Good,
        title: format!("Taken back: {} {}", action.reference, verbatim(&action.title)),
        text: format!(
            "Your update no longer counts. Status now: {}.\nThe record keeps both the update and \
             that you took it back.",
            line::status(status)
        ),
        ..Card::default()
    }
}

/// The one line for everybody once an update is taken back.
pub fn undone_for_all(action: &Action, author: &Person) -> Card {
    let who = verbatim(&author.name);
    Card {
        text: format!("{}: {who} took back their last update.", line::title(action)),
        ..Card::default()
    }
}

/// Who said it, for whom and when.
pub fn byline(update: &Update, bodies: &Bodies, zone: Tz) -> String {
    let said_on = line::said_on(update, zone);
    let Some(author) = &update.author else {
        return format!("In the printed plan, {said_on}");
    };
    let who = spoken_for(author, update.body, update.on_behalf_of.as_deref(), bodies);
    let happened = update.happened_on.map(|day| format!(", of {}", day_in_words(day)));
    format!("{who}, {said_on}{}", happened.unwrap_or_default())
}

/// Who speaks, and for whom.
pub fn spoken_for(
    author: &str,
    body: Option<BodyId>,
    on_behalf_of: Option<&str>,
    bodies: &Bodies,
) -> String {
    let mut who = verbatim(author);
    if let Some(body) = body.and_then(|id| bodies.with(id)) {
        who = format!("{who}, {}", verbatim(&body.name));
    }
    match on_behalf_of {
        Some(lead) => format!("{who}, on behalf of {}", verbatim(lead)),
        None => who,
    }
}
