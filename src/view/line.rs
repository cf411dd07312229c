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
use crate::action::lead::Leaderless;
use crate::body::Bodies;
use crate::body::BodyId;
use crate::body::both;
use crate::date::Target;
use crate::date::day_in_words;
use crate::date::window_in_words;
use crate::view::shortened;
use crate::view::verbatim;

/// How many characters of somebody's words stand on a card, which holds two such texts and more.
const WORDS_MAX: usize = 900;

/// How somebody's words are made fit for where they are to stand: on a card, a paper, a picture.
pub type Fit = fn(&str) -> String;

/// What stands where an action has no lead.
pub const NO_LEAD: &str = "no lead";

/// What stands where an action has no date.
pub const NO_DATE: &str = "no date";

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
    lead_as(action, verbatim)
}

/// Its leads as printed, made fit for where they stand, or that it has none.
pub fn lead_as(action: &Action, fit: Fit) -> String {
    fit_or(&action.leads_printed(), fit, NO_LEAD)
}

/// That nobody answers for it though a lead is printed, if so: `its lead, CPEG, is vacant`.
pub fn leaderless(action: &Action, bodies: &Bodies, fit: Fit) -> Option<String> {
    let printed = || lead_as(action, fit);
    match action.leaderless(bodies)? {
        // The line says "no lead" already.
        Leaderless::None => None,
        Leaderless::Unknown => Some(format!("its lead, {}, is not a body I know", printed())),
        Leaderless::Vacant(lead) => Some(format!("its lead, {}, is vacant", fit(&lead.printed))),
    }
}

/// Vacant bodies by name, and the words for what they are and do: `CPEG`, `is vacant and leads`.
pub fn vacant(vacant: &[BodyId], bodies: &Bodies) -> (String, &'static str) {
    let names = vacant.iter().filter_map(|id| bodies.with(*id)).map(|body| body.name.clone());
    let names: Vec<String> = names.collect();
    let words = if names.len() == 1 { "is vacant and leads" } else { "are vacant and lead" };
    (both(&names), words)
}

/// The same as [`whole`], and that nobody answers for it, if so.
pub fn whole_with_gap(action: &Action, bodies: &Bodies, lens: &Lens) -> String {
    let gap = leaderless(action, bodies, verbatim).map(|gap| format!(" · {gap}"));
    format!("{}{}", whole(action, lens), gap.unwrap_or_default())
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
        Standing::SignedOff => format!("✔ {}", said(action)),
        Standing::Withdrawn => format!("✖ {}", said(action)),
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
            "" => NO_DATE.into(),
            printed => format!("{NO_DATE} ({})", verbatim(printed)),
        },
        Lateness::NotCounted => String::new(),
    }
}

/// Its target as the plan writes it.
pub fn target(action: &Action) -> String {
    target_as(action, verbatim)
}

/// Its target as the plan writes it, made fit for where it stands.
pub fn target_as(action: &Action, fit: Fit) -> String {
    fit_or(action.target.words(), fit, NO_DATE)
}

/// Somebody's words in one line, however they were broken.
pub fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// When something is due, in a sentence: `due March 2021`, or `without a date`.
pub fn due(target: &Target) -> String {
    match verbatim(target.words().trim()) {
        words if words.is_empty() => "without a date".to_owned(),
        words if target.has_date() => format!("due {words}"),
        words => format!("without a date ({words})"),
    }
}

/// That a date asked for is not the one it has: `not March 2021`, or `the first it has`.
pub fn not_as_before(action: &Action) -> String {
    match target(action) {
        words if words == NO_DATE => "the first it has".to_owned(),
        words => format!("not {words}"),
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
        Status::Complete => "✔",
        Status::OnHold => "❚❚",
    };
    format!("{shape} {}", spoken(status))
}

/// What people say of it, and whether that is agreed: `on track`, `complete, awaiting sign-off`.
pub fn said(action: &Action) -> &'static str {
    match action.standing {
        Standing::SignedOff => "complete, signed off",
        Standing::Withdrawn => "withdrawn",
        Standing::Open => spoken(action.status),
    }
}

/// What people say of an action that is open.
fn spoken(status: Status) -> &'static str {
    match status {
        Status::Complete => "complete, awaiting sign-off",
        other => other.words(),
    }
}

/// That its target moved, if it did: `was March 2021, moved ×2`.
pub fn moved(action: &Action) -> Option<String> {
    moved_as(action, verbatim)
}

/// That its target moved, if it did, with words made fit for where they stand.
pub fn moved_as(action: &Action, fit: Fit) -> Option<String> {
    let first = first_target_as(action, fit);
    (action.moves > 0).then(|| format!("was {first}, moved ×{}", action.moves))
}

/// Its first target as the plan wrote it, made fit for where it stands.
pub fn first_target_as(action: &Action, fit: Fit) -> String {
    fit_or(action.first_target.words(), fit, "without a date")
}

fn fit_or(words: &str, fit: Fit, blank: &str) -> String {
    match fit(words.trim()) {
        nothing if nothing.is_empty() => blank.to_owned(),
        words => words,
    }
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
