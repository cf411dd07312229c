//! One action, in the lines of a list.

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use chrono_tz::Tz;

use crate::action::Action;
use crate::action::Lateness;
use crate::action::Standing;
use crate::action::Status;
use crate::action::Update;
use crate::date::day_in_words;
use crate::date::window_in_words;
use crate::view::shortened;
use crate::view::verbatim;

/// How many characters of somebody's words stand on a card, which holds two such texts and more.
const WORDS_MAX: usize = 900;

/// What is needed to say where an action stands.
#[derive(Clone, Copy, Debug)]
pub struct Lens {
    /// The day it is seen from.
    pub today: NaiveDate,
    /// The day of the next meeting, if one is known.
    pub meeting_on: Option<NaiveDate>,
    /// Where the days are.
    pub zone: Tz,
}

/// Its ref, title and lead: `**IP-1.2** Awareness sessions · CPEG`.
pub fn name(action: &Action) -> String {
    format!("{} · {}", title(action), lead(action))
}

/// Its ref and title: `**IP-1.2** Awareness sessions`.
pub fn title(action: &Action) -> String {
    format!("**{}** {}", action.reference, verbatim(&action.title))
}

/// Its leads as printed, or that it has none.
pub fn lead(action: &Action) -> String {
    let printed = action.leads_printed();
    if printed.is_empty() { "no lead".into() } else { verbatim(&printed) }
}

/// Its name, then on a second line where it stands and when it was last heard of.
pub fn whole(action: &Action, lens: &Lens) -> String {
    let mut parts = vec![standing(action, lens)];
    parts.extend(moved(action));
    parts.push(last_heard(action, lens.zone));
    format!("{}\n{}", name(action), parts.join(" · "))
}

/// Where it stands: what the calendar says, and what people say, each with its own shape.
pub fn standing(action: &Action, lens: &Lens) -> String {
    let calendar = calendar(action, lens);
    match action.standing {
        Standing::SignedOff => "✔ complete, signed off".into(),
        Standing::Withdrawn => "✖ withdrawn".into(),
        Standing::Open if calendar.is_empty() => status(action.status),
        Standing::Open => format!("{calendar} · {}", status(action.status)),
    }
}

/// What the calendar says of it; nothing where it does not apply.
pub fn calendar(action: &Action, lens: &Lens) -> String {
    let words = target(action);
    match action.lateness(lens.today, lens.meeting_on) {
        Lateness::Overdue { days } => format!("▲ {} past {words}", days_in_words(days)),
        Lateness::DueBeforeMeeting if action.target.due_on() == Some(lens.today) => {
            format!("▶ due today ({words})")
        }
        Lateness::DueBeforeMeeting => format!("▶ due {words}"),
        Lateness::WindowOpen | Lateness::Later => format!("due {words}"),
        Lateness::NoDate => match action.target.words().trim() {
            "" => "no date".into(),
            printed => format!("no date ({})", verbatim(printed)),
        },
        Lateness::NotCounted => String::new(),
    }
}

/// Its target as the plan writes it.
pub fn target(action: &Action) -> String {
    match action.target.words().trim() {
        "" => "no date".into(),
        words => verbatim(words),
    }
}

/// The window its target means, where that says more than the words do.
pub fn window(action: &Action) -> Option<String> {
    let window = action.target.window()?;
    let words = window_in_words(window);
    if words == action.target.words().trim() && window.from == window.to {
        return None;
    }
    Some(format!("last day {}", day_in_words(window.to)))
}

/// A status with its own shape.
pub fn status(status: Status) -> String {
    let shape = match status {
        Status::NotStarted => "○",
        Status::OnTrack => "●",
        Status::AtRisk => "◆",
        Status::Blocked => "■",
        Status::Complete => return "✔ complete, awaiting sign-off".into(),
        Status::OnHold => "❚❚",
    };
    format!("{shape} {status}")
}

/// That its target moved, if it did.
pub fn moved(action: &Action) -> Option<String> {
    let first = match action.first_target.words().trim() {
        "" => "without a date".into(),
        words => verbatim(words),
    };
    (action.moves > 0).then(|| format!("was {first}, moved ×{}", action.moves))
}

/// When it was last heard of.
pub fn last_heard(action: &Action, zone: Tz) -> String {
    match &action.last_update {
        None => "no update yet".into(),
        Some(update) => format!("last update {}", said_on(update, zone)),
    }
}

/// Somebody's words on a card: all of them, or as many as it has room for and that the record has
/// the rest.
pub fn at_length(words: &str) -> Vec<String> {
    let length = words.chars().count();
    let mut lines = vec![verbatim(&shortened(words, WORDS_MAX))];
    if length > WORDS_MAX {
        lines.push(format!("Shortened here: the record keeps all {length} characters."));
    }
    lines
}

/// When an update was said: its day, or the month where it was taken over from the printed plan.
pub fn said_on(update: &Update, zone: Tz) -> String {
    let day = local_day(update.said_at, zone);
    if update.author.is_some() { day_in_words(day) } else { day.format("%B %Y").to_string() }
}

/// The day of an instant, where the partnership is.
pub fn local_day(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// A number of days in words.
pub fn days_in_words(days: i64) -> String {
    counted(usize::try_from(days).unwrap_or_default(), "day", "days")
}

/// A number with its noun.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// How many refs a sentence names before it only counts them.
pub const REFS_MAX: usize = 12;

/// Refs, so many as a sentence bears, and how many more there are.
pub fn some_of(refs: &[String]) -> String {
    match refs.len().checked_sub(REFS_MAX) {
        Some(more @ 1..) => format!("{} and {more} more", refs[..REFS_MAX].join(", ")),
        _ => refs.join(", "),
    }
}
