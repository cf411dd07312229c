//! The digest of a body, as a page to act on.

mod asked;
#[cfg(test)]
mod tests;

use chrono_tz::Tz;

use crate::action::Action;
use crate::action::Ref;
use crate::action::Update;
use crate::agenda::Item;
use crate::body::Bodies;
use crate::body::BodyKind;
use crate::date::day_in_full;
use crate::date::day_in_words;
use crate::digest::Counts;
use crate::digest::Digest;
use crate::digest::Tally;
use crate::meeting::Meeting;
use crate::view::Card;
use crate::view::Section;
use crate::view::agenda;
use crate::view::decision;
use crate::view::line;
use crate::view::line::Lens;
use crate::view::line::counted;
use crate::view::meeting;
use crate::view::shortened;
use crate::view::update;
use crate::view::verbatim;

/// How many characters of an update stand in a digest; `/action show` has it whole.
const UPDATE_MAX: usize = 240;

/// How a digest is to be written.
#[derive(Clone, Copy, Debug)]
pub struct Manner<'a> {
    /// The names of bodies.
    pub bodies: &'a Bodies,
    /// Where the days and hours are.
    pub zone: Tz,
    /// At most so many lines a section.
    pub lines_max: usize,
    /// Whether it is posted later than it should have been.
    pub late: bool,
}

/// A digest as the body reads it: strategic for the board, operational for any other.
pub fn digest(digest: &Digest, manner: &Manner<'_>) -> Card {
    let sections = match digest.body.kind {
        BodyKind::Board => board(digest, manner),
        _ => executive(digest, manner),
    };
    Card {
        title: format!(
            "{} digest: meeting on {}",
            meeting::name(&digest.meeting, &digest.body),
            day_in_full(digest.meeting.on)
        ),
        text: headline(digest),
        footer: footer(digest, &sections, manner),
        sections,
        ..Card::default()
    }
}

fn board(digest: &Digest, manner: &Manner<'_>) -> Vec<Section> {
    let lens = lens(digest, manner);
    let slipped = digest.slipped.iter().map(|action| line::whole(action, &lens));
    let is_again = |action: &&Action| digest.overdue_again.contains(&action.reference);
    let again = digest.overdue.iter().filter(is_again).map(line::name);
    let completed = digest.completed.iter().map(line::name);
    let case_studies = digest.case_studies.iter();
    let case_studies =
        case_studies.map(|(reference, update)| progress_line(reference, update, manner));
    let compared =
        |none| if digest.before.is_some() { none } else { "Nothing to compare with yet." };
    vec![
        Section::of("Members are asked to", asked::recommendations(digest, manner)),
        brought(digest, manner),
        or_says(tallies("By area", &digest.by_area), "The plan has no areas."),
        or_says(tallies("By DIG", &digest.by_group), "There is no DIG."),
        or_says(tallies("By theme", &digest.by_theme), "No action has a theme."),
        or_says(capped("Target moved more than once", slipped.collect(), manner), "No target has."),
        or_says(
            capped("Overdue at the last board, too", again.collect(), manner),
            compared("Nothing that is overdue now."),
        ),
        or_says(
            capped("Completed since the last board", completed.collect(), manner),
            compared("None signed off."),
        ),
        or_says(capped("Case studies", case_studies.collect(), manner), "None offered."),
        section("Overdue, longest first", &digest.overdue, "Nothing is overdue.", &lens, manner),
        blank(digest, &lens, manner),
    ]
}

fn executive(digest: &Digest, manner: &Manner<'_>) -> Vec<Section> {
    let lens = lens(digest, manner);
    let (due, open) = if let Some(Meeting { title, on, .. }) = &digest.following {
        let on = day_in_words(*on);
        (format!("Due by the {title} after this one, {on}"), on)
    } else {
        let title = &digest.meeting.title;
        (format!("Due by this {title}"), format!("this {title}"))
    };
    let open = format!("Window open, or opening by {open}");
    let progress =
        digest.progress.iter().map(|(reference, update)| progress_line(reference, update, manner));
    let decisions =
        digest.decisions.iter().map(|action| decision::needed(action, manner.bodies, &lens));
    let asks = digest.asks.iter().map(|(reference, update)| ask_line(reference, update, manner));
    vec![
        or_says(capped("Decisions needed", decisions.collect(), manner), "None asked for."),
        brought(digest, manner),
        section("Overdue, longest first", &digest.overdue, "Nothing is overdue.", &lens, manner),
        section(&due, &digest.due, "Nothing falls due by then.", &lens, manner),
        section(&open, &digest.open, "No other window is open by then.", &lens, manner),
        or_says(capped("Asks", asks.collect(), manner), "Nobody asks anything of the group."),
        or_says(
            capped("Progress since last time", progress.collect(), manner),
            "Nobody has logged an update.",
        ),
        or_says(
            capped("No update since the last meeting", silent(digest), manner),
            "Everybody has reported.",
        ),
        blank(digest, &lens, manner),
        section("On hold", &digest.on_hold, "Nothing is on hold.", &lens, manner),
    ]
}

/// What is brought to the meeting.
fn brought(digest: &Digest, manner: &Manner<'_>) -> Section {
    let line = |(item, action): &(Item, Action)| agenda::item_line(item, action, manner.zone);
    let lines = digest.items.iter().map(line).collect();
    or_says(capped("Brought to this meeting", lines, manner), "Nothing is brought to it.")
}

fn headline(digest: &Digest) -> String {
    let mut text = vec![format!(
        "{}: {}",
        counted(digest.counts.total, "action", "actions"),
        long(&digest.counts)
    )];
    text.push(match &digest.before {
        Some((day, before)) => {
            let day = day_in_words(*day);
            match changes(before, &digest.counts) {
                none if none.is_empty() => {
                    format!("None of these numbers has changed since the last digest, {day}.")
                }
                changes => format!("Since the last digest, {day}: {changes}"),
            }
        }
        None => "This is the first digest, so there is nothing to compare with yet.".into(),
    });
    text.join("\n")
}

fn footer(digest: &Digest, sections: &[Section], manner: &Manner<'_>) -> String {
    let at = digest.position_at.with_timezone(&manner.zone);
    let mut footer =
        vec![format!("Position at {} on {}.", at.format("%H:%M"), day_in_full(digest.today))];
    if manner.late {
        footer.push("Posted late: the bot was offline.".into());
    }
    match sections.iter().map(|section| section.left_out).sum() {
        0 => {}
        1 => footer.push("1 line is left out here: the attached table has every action.".into()),
        count => footer
            .push(format!("{count} lines are left out here: the attached table has every action.")),
    }
    footer.push("For any line in full: /action show.".into());
    footer.join(" ")
}

/// Everybody who leads actions about which nothing was said since the last meeting.
fn silent(digest: &Digest) -> Vec<String> {
    let mut by_lead: Vec<(String, Vec<String>)> = Vec::new();
    for action in &digest.silent {
        let lead = line::lead(action);
        let reference = action.reference.to_string();
        match by_lead.iter_mut().find(|(known, _)| *known == lead) {
            Some((_, references)) => references.push(reference),
            None => by_lead.push((lead, vec![reference])),
        }
    }
    let line = |(lead, refs): (String, Vec<String>)| format!("**{lead}** {}", line::some_of(&refs));
    by_lead.into_iter().map(line).collect()
}

pub(super) fn progress_line(reference: &Ref, said: &Update, manner: &Manner<'_>) -> String {
    let text = verbatim(&shortened(&said.text, UPDATE_MAX));
    format!("**{reference}** {text}\n{}", update::byline(said, manner.bodies, manner.zone))
}

/// What nobody answers for, or by no day, and where that is because a lead is vacant.
fn blank(digest: &Digest, lens: &Lens, manner: &Manner<'_>) -> Section {
    let line = |action: &Action| line::whole_with_gap(action, manner.bodies, lens);
    let lines = digest.blank.iter().map(line).collect();
    or_says(capped("No lead or no date", lines, manner), "Every action has both.")
}

fn ask_line(reference: &Ref, said: &Update, manner: &Manner<'_>) -> String {
    let ask = verbatim(&shortened(said.ask.as_deref().unwrap_or_default(), UPDATE_MAX));
    format!("**{reference}** {ask}\n{}", update::byline(said, manner.bodies, manner.zone))
}

fn section(
    heading: &str,
    actions: &[Action],
    empty: &str,
    lens: &Lens,
    manner: &Manner<'_>,
) -> Section {
    let lines = actions.iter().map(|action| line::whole(action, lens)).collect();
    or_says(capped(heading, lines, manner), empty)
}

/// At most so many lines, and how many more there are.
fn capped(heading: &str, lines: Vec<String>, manner: &Manner<'_>) -> Section {
    Section::of(heading, lines).at_most(manner.lines_max)
}

/// A section that says so when it is empty.
fn or_says(mut section: Section, empty: &str) -> Section {
    if section.lines.is_empty() {
        section.lines.push(empty.to_owned());
    }
    section
}

fn lens(digest: &Digest, manner: &Manner<'_>) -> Lens {
    let meeting_on = digest.following.as_ref().map_or(digest.meeting.on, |following| following.on);
    Lens { today: digest.today, meeting_on: Some(meeting_on), zone: manner.zone }
}

/// How many stand how in each part of the plan, and how many did where that is another number.
fn tallies(heading: &str, tallies: &[Tally]) -> Section {
    let line = |tally: &Tally| {
        let before = tally.before.as_ref().unwrap_or(&tally.counts);
        let (now, then) = (tally.counts.total, before.total);
        let total = match now {
            0 => "no actions".into(),
            _ => counted(now, "action", "actions"),
        };
        let total = if now == then { total } else { format!("{total} (was {then})") };
        let counts =
            if now == 0 { String::new() } else { ": ".to_owned() + &beside(&tally.counts, before) };
        format!("**{}** {total}{counts}", verbatim(&tally.name))
    };
    Section::of(heading, tallies.iter().map(line).collect())
}

/// How many stand how, in words: `1 complete · 2 overdue`.
pub(super) fn long(counts: &Counts) -> String {
    beside(counts, counts)
}

/// How many stand how, each with how many did before where that is another number:
/// `1 complete · 2 overdue (was 1)`.
fn beside(now: &Counts, before: &Counts) -> String {
    // Complete and overdue are always said, as nought is news there.
    let is_said =
        |is: usize, was: usize, what| is + was > 0 || matches!(what, "complete" | "overdue");
    let parts = named(now).into_iter().zip(named(before));
    let said = parts.filter(|((is, what), (was, _))| is_said(*is, *was, *what));
    let said = said.map(|((is, what), (was, _))| {
        if is == was { format!("{is} {what}") } else { format!("{is} {what} (was {was})") }
    });
    said.collect::<Vec<_>>().join(" · ")
}

/// What changed between two counts: `2 more actions · 1 fewer overdue`; nothing where nothing did.
fn changes(before: &Counts, now: &Counts) -> String {
    let change = |was: usize, is: usize, what: &str| {
        let fewer = if is > was { "more" } else { "fewer" };
        (is != was).then(|| format!("{} {fewer} {what}", is.abs_diff(was)))
    };
    let actions = if now.total.abs_diff(before.total) == 1 { "action" } else { "actions" };
    let parts = named(before).into_iter().zip(named(now));
    let parts = parts.filter_map(|((was, what), (is, _))| change(was, is, what));
    change(before.total, now.total, actions)
        .into_iter()
        .chain(parts)
        .collect::<Vec<_>>()
        .join(" · ")
}

/// Each count but the total, with its name.
fn named(counts: &Counts) -> [(usize, &'static str); 7] {
    [
        (counts.complete, "complete"),
        (counts.awaiting, "awaiting sign-off"),
        (counts.overdue, "overdue"),
        (counts.on_time, "not yet due"),
        (counts.moved, "moved, not yet due"),
        (counts.undated, "without a date"),
        (counts.on_hold, "on hold"),
    ]
}
