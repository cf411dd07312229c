//! The digest of a body, as a page to act on.

use chrono_tz::Tz;

use crate::action::Action;
use crate::action::Ref;
use crate::action::Update;
use crate::action::lead::Leaderless;
use crate::action::lead::vacancies;
use crate::agenda::Item;
use crate::agenda::Purpose;
use crate::body::Bodies;
use crate::body::BodyKind;
use crate::body::both;
use crate::date::day_in_full;
use crate::date::day_in_words;
use crate::digest::Counts;
use crate::digest::Digest;
use crate::view::Card;
use crate::view::Section;
use crate::view::agenda;
use crate::view::decision;
use crate::view::extension;
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
    let mut sections = match digest.body.kind {
        BodyKind::Board => board(digest, manner),
        _ => executive(digest, manner),
    };
    sections.retain(|section| !section.lines.is_empty());
    Card {
        title: format!(
            "{} digest: meeting on {}",
            meeting::name(&digest.meeting, &digest.body),
            day_in_full(digest.meeting.on)
        ),
        text: headline(digest),
        sections,
        footer: footer(digest, manner),
        ..Card::default()
    }
}

fn board(digest: &Digest, manner: &Manner<'_>) -> Vec<Section> {
    let lens = lens(digest, manner);
    let counts = |rows: &[(String, Counts)]| -> Vec<String> {
        rows.iter()
            .map(|(name, counts)| format!("**{}** {}", verbatim(name), short(counts)))
            .collect()
    };
    let twice: Vec<&Action> = digest
        .overdue
        .iter()
        .filter(|action| digest.overdue_again.contains(&action.reference))
        .collect();
    let mut sections = vec![
        Section::of("Members are asked to", recommendations(digest, manner)),
        brought(digest, manner),
        section("Overdue", &digest.overdue, "Nothing is overdue.", &lens, manner),
        Section::of("By area", counts(&digest.by_area)),
        Section::of("By group", counts(&digest.by_group)),
    ];
    if !digest.by_theme.is_empty() {
        sections.push(Section::of("By theme", counts(&digest.by_theme)));
    }
    if !twice.is_empty() {
        let lines = twice.iter().map(|action| line::name(action)).collect();
        sections.push(capped("Overdue at the last board, too", lines, manner));
    }
    if !digest.slipped.is_empty() {
        let lines = digest.slipped.iter().map(|action| line::whole(action, &lens)).collect();
        sections.push(capped("Target moved more than once", lines, manner));
    }
    let completed = digest.completed.iter().map(line::name).collect();
    sections.push(or_says(
        capped("Completed since the last board", completed, manner),
        "None since the last digest.",
    ));
    let told = digest.case_studies.iter();
    let told = told.map(|(reference, update)| progress_line(reference, update, manner));
    sections.push(or_says(
        capped("Case studies", told.collect(), manner),
        "None offered since the last digest.",
    ));
    sections.push(blank(digest, &lens, manner));
    sections
}

fn executive(digest: &Digest, manner: &Manner<'_>) -> Vec<Section> {
    let lens = lens(digest, manner);
    let due = match &digest.following {
        Some(following) => {
            format!("Due by the {} after this one, {}", following.title, day_in_words(following.on))
        }
        None => format!("Due by this {}", digest.meeting.title),
    };
    let progress =
        digest.progress.iter().map(|(reference, update)| progress_line(reference, update, manner));
    let decisions =
        digest.decisions.iter().map(|action| decision::needed(action, manner.bodies, &lens));
    let asks = digest.asks.iter().map(|(reference, update)| ask_line(reference, update, manner));
    let mut sections = vec![
        or_says(capped("Decisions needed", decisions.collect(), manner), "None asked for."),
        brought(digest, manner),
        section("Overdue, longest first", &digest.overdue, "Nothing is overdue.", &lens, manner),
        section(&due, &digest.due, "Nothing falls due by then.", &lens, manner),
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
    ];
    if !digest.open.is_empty() {
        sections.insert(4, section("Window open", &digest.open, "", &lens, manner));
    }
    if !digest.on_hold.is_empty() {
        sections.push(section("On hold", &digest.on_hold, "", &lens, manner));
    }
    sections
}

/// What the board is asked to agree and to note.
fn recommendations(digest: &Digest, manner: &Manner<'_>) -> Vec<String> {
    let together = |refs: Vec<String>| {
        if refs.len() > line::REFS_MAX { line::some_of(&refs) } else { both(&refs) }
    };
    let names = |actions: &[&Action]| {
        together(actions.iter().map(|action| action.reference.to_string()).collect())
    };
    let mut lines = Vec::new();
    let complete = digest.decisions.iter().filter(|action| action.awaits_sign_off());
    let complete: Vec<String> = complete.map(|action| action.reference.to_string()).collect();
    if !complete.is_empty() {
        lines.push(format!("**Agree** the sign-off of {}", together(complete)));
    }
    for action in &digest.decisions {
        let Some(asked) = action.date_asked() else { continue };
        lines.push(format!(
            "**Agree** the new date of {}: {}, not {} · {}",
            action.reference,
            extension::words(&asked.target),
            line::target(action),
            extension::move_number(action)
        ));
    }
    let vacancies = vacancies(&digest.blank, manner.bodies);
    // A vacant lead with a date needs somebody to hold it, and no other lead.
    let blank: Vec<&Action> = digest
        .blank
        .iter()
        .filter(|action| {
            let is_vacant = matches!(action.leaderless(manner.bodies), Some(Leaderless::Vacant(_)));
            !is_vacant || !action.target.has_date()
        })
        .collect();
    if !blank.is_empty() {
        lines.push(format!(
            "**Agree** who leads, and by when: {} {} no lead or no date",
            names(&blank),
            if blank.len() == 1 { "has" } else { "have" },
        ));
    }
    for (vacant, actions) in vacancies {
        let (vacant, leads) = line::vacant(vacant, manner.bodies);
        lines.push(format!(
            "**Agree** who is to hold {}, which {leads} {}",
            verbatim(&vacant),
            names(&actions),
        ));
    }
    for (item, _) in digest.items.iter().filter(|(item, _)| item.purpose == Purpose::Decision) {
        let words = match item.words.as_str() {
            "" => String::new(),
            words => format!(": {}", verbatim(words)),
        };
        lines.push(format!("**Decide** on {}{words}", item.action));
    }
    let Counts { complete, total, .. } = digest.counts;
    lines.push(format!(
        "**Note** that {complete} of {} {} complete",
        counted(total, "action", "actions"),
        if complete == 1 { "is" } else { "are" },
    ));
    if !digest.overdue.is_empty() {
        lines.push(format!(
            "**Note** that {} {} overdue",
            names(&digest.overdue.iter().collect::<Vec<_>>()),
            if digest.overdue.len() == 1 { "is" } else { "are" },
        ));
    }
    lines
}

/// What is brought to the meeting; no section where that is nothing.
fn brought(digest: &Digest, manner: &Manner<'_>) -> Section {
    let line = |(item, action): &(Item, Action)| agenda::item_line(item, action, manner.zone);
    capped("Brought to this meeting", digest.items.iter().map(line).collect(), manner)
}

fn headline(digest: &Digest) -> String {
    let mut text = vec![format!(
        "{}: {}",
        counted(digest.counts.total, "action", "actions"),
        long(&digest.counts)
    )];
    text.push(match &digest.before {
        Some((day, before)) => {
            format!("At the last digest, {}: {}", day_in_words(*day), long(before))
        }
        None => "This is the first digest, so there is nothing to compare with yet.".into(),
    });
    text.join("\n")
}

fn footer(digest: &Digest, manner: &Manner<'_>) -> String {
    let at = digest.position_at.with_timezone(&manner.zone);
    let mut footer =
        vec![format!("Position at {} on {}.", at.format("%H:%M"), day_in_full(digest.today))];
    if manner.late {
        footer.push("Posted late: the bot was offline.".into());
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
    by_lead.into_iter().map(|(lead, refs)| format!("**{lead}** {}", refs.join(", "))).collect()
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

/// How many stand how, in words: `1 complete · 2 overdue`.
pub(super) fn long(counts: &Counts) -> String {
    let parts = [
        (counts.complete, "complete"),
        (counts.awaiting, "awaiting sign-off"),
        (counts.overdue, "overdue"),
        (counts.on_time, "not yet due"),
        (counts.moved, "moved, not yet due"),
        (counts.undated, "without a date"),
        (counts.on_hold, "on hold"),
    ];
    // Complete and overdue are always said, as nought is news there.
    let said =
        parts.iter().filter(|(count, what)| *count > 0 || matches!(*what, "complete" | "overdue"));
    said.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(" · ")
}

fn short(counts: &Counts) -> String {
    if counts.total == 0 {
        return "no actions".into();
    }
    format!("{}: {}", counted(counts.total, "action", "actions"), long(counts))
}
