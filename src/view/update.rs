//! Logging progress: the form, what came of it, and the line for everybody.

use chrono::DateTime;
use chrono::Utc;
use chrono_tz::Tz;

use crate::action::ADDRESS_MAX;
use crate::action::ASK_MAX;
use crate::action::Action;
use crate::action::Evidence;
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
use crate::view::plain;
use crate::view::shortened;
use crate::view::verbatim;

/// How many characters of an update stand in the line for everybody; the record has it whole.
const LINE_MAX: usize = 600;

/// How many characters of what is asked stand there beside it.
const ASK_IN_LINE_MAX: usize = 200;

/// How many characters of the name of a file stand on a card.
const NAME_MAX: usize = 120;

/// The longest title of a form, in characters (Discord's limit).
const TITLE_MAX: usize = 45;

/// The longest text that an empty input can show, in characters (Discord's limit).
const HINT_MAX: usize = 100;

/// What a card says of an update that is offered as one.
const CASE_STUDY: &str = "**Case study** offered for the board";

/// The form for an update, which shows the last one and the target. What was said with the command
/// stands in it already.
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
    let optional = |name, label: &str, hint: &str, value: String, room| Input {
        name,
        label: label.into(),
        hint: shortened(hint, HINT_MAX),
        value,
        room,
        needed: false,
    };
    // Not filled in unless it was said: a form may lie open while somebody else says another.
    let status = ask.status.map(|status| status.words().to_owned()).unwrap_or_default();
    let happened = ask.happened.map(day_in_words).unwrap_or_default();
    let asks = ask.ask.as_deref().map(|asks| shortened(asks, ASK_MAX)).unwrap_or_default();
    let link = ask.evidence.as_ref().map(|shown| shown.address().to_owned()).unwrap_or_default();
    Form {
        title: shortened(&plain(&format!("{} {}", action.reference, action.title)), TITLE_MAX),
        token: token::write(&Ask::Update(ask)).unwrap_or_default(),
        inputs: vec![
            Input {
                name: token::TEXT,
                label: "What has happened?".into(),
                hint: shortened(&plain(&format!("{due}; {last}")), HINT_MAX),
                value: String::new(),
                room: Room::Lines(TEXT_MAX),
                needed: true,
            },
            optional(
                token::STATUS,
                "Status (blank if it has not changed)",
                &format!("Now {}. One of: {}", action.status.words(), statuses.join(", ")),
                status,
                Room::Line(20),
            ),
            optional(
                token::HAPPENED,
                "When did it happen? (blank for today)",
                "3 November 2020",
                happened,
                Room::Line(40),
            ),
            optional(
                token::ASK,
                "What do you ask of the group? (optional)",
                "Could members each name a venue?",
                asks,
                Room::Lines(ASK_MAX),
            ),
            optional(
                token::LINK,
                "Link to evidence (optional)",
                "https://…",
                link,
                Room::Line(ADDRESS_MAX),
            ),
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
    /// The name of the group of which it may ask something.
    pub group: &'a str,
    /// Whether it completes the work at once, in a plan that needs no sign-off.
    pub is_final: bool,
    /// The name of the channel that is told; none where the lead has none.
    pub channel: Option<&'a str>,
    /// Until when its author may take it back.
    pub undo_until: DateTime<Utc>,
}

/// What the author is told: what stood before and what stands now.
pub fn logged(logged: &Logged<'_>, bodies: &Bodies, zone: Tz) -> Card {
    let Logged { action, update, number, group, is_final, channel, undo_until } = *logged;
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
    text.extend(update.ask.as_deref().map(|ask| format!("**Asks {group}** {}", verbatim(ask))));
    text.extend(update.evidence.as_ref().map(evidence));
    if matches!(update.evidence, Some(Evidence::File { .. })) {
        text.push(
            "The record keeps where the file is, not the file: keep a copy with your papers."
                .into(),
        );
    }
    text.extend(update.case_study.then(|| CASE_STUDY.to_owned()));
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
pub fn line_for_all(logged: &Logged<'_>, author: &Person, bodies: &Bodies) -> Card {
    let Logged { action, update, group, .. } = *logged;
    let status = if update.before == update.after {
        String::new()
    } else {
        format!(" ({} → {})", update.before, update.after)
    };
    let words = in_a_line(&update.text, LINE_MAX);
    let asks = update.ask.as_deref().map(|ask| in_a_line(ask, ASK_IN_LINE_MAX));
    let asks = asks.map(|ask| format!(" · asks {}: {ask}", verbatim(group))).unwrap_or_default();
    let on_behalf_of = update.voice.on_behalf_of.as_deref();
    let who = spoken_for(&author.name, Some(update.voice.body), on_behalf_of, bodies);
    let text = format!("{}{status}: {words}{asks} · {who}", line::title(action));
    Card { text, ..Card::default() }
}

/// Somebody's words in one line of at most so many of their characters.
fn in_a_line(words: &str, characters_max: usize) -> String {
    let words = line::one_line(words);
    verbatim(&shortened(&words, characters_max))
}

/// What an update says beside its words: what it asks, what shows it, and that it is offered as a case
/// study.
pub fn particulars(update: &Update) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(update.ask.as_deref().map(|ask| format!("**Asks** {}", verbatim(ask))));
    lines.extend(update.evidence.as_ref().map(evidence));
    lines.extend(update.case_study.then(|| CASE_STUDY.to_owned()));
    lines
}

fn evidence(shown: &Evidence) -> String {
    let address = verbatim(shown.address());
    match shown.name() {
        Some(name) => format!("**Evidence** {}, {address}", in_a_line(name, NAME_MAX)),
        None => format!("**Evidence** {address}"),
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
