//! The meetings to come, page by page.

use crate::body::Bodies;
use crate::date::day_in_full;
use crate::meeting::Calendar;
use crate::meeting::Meeting;
use crate::meeting::changed::Change;
use crate::request::Ask;
use crate::request::meeting::MeetingAsk;
use crate::request::token;
use crate::view::Button;
use crate::view::Card;
use crate::view::Section;
use crate::view::line;
use crate::view::meeting;
use crate::view::verbatim;

/// How many meetings a page shows.
const MEETINGS_MAX: usize = 10;

/// How many cancelled meetings stand on a page.
const CANCELLED_MAX: usize = 6;

/// What is to be listed.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// The meetings, soonest first.
    pub meetings: &'a [Meeting],
    /// Those to come that were cancelled.
    pub cancelled: &'a [&'a Change],
    /// Only those of this body, as it was typed.
    pub of: Option<&'a str>,
    /// How many pages come before the one asked for.
    pub page: u32,
    /// What was set about them.
    pub calendar: &'a Calendar,
    /// The names of bodies.
    pub bodies: &'a Bodies,
}

/// A page of the meetings of the year to come.
pub fn list(listed: &Listed<'_>) -> Card {
    let Listed { meetings, cancelled, of, page, bodies, .. } = *listed;
    let last = meetings.len().saturating_sub(1) / MEETINGS_MAX;
    let number = usize::try_from(page).unwrap_or(usize::MAX).min(last);
    let before = number * MEETINGS_MAX;
    let lines: Vec<String> = meetings
        .iter()
        .skip(before)
        .take(MEETINGS_MAX)
        .map(|meeting| line(meeting, listed))
        .collect();
    let position = match meetings.len() {
        0..=MEETINGS_MAX => String::new(),
        all => format!(", {}–{} of {all}", before + 1, before + lines.len()),
    };
    let whose = of.map(|of| format!(" of {}", verbatim(of))).unwrap_or_default();
    let mut sections = vec![Section::of("", lines)];
    if number == 0 && !cancelled.is_empty() {
        let lines = cancelled.iter().map(|change| cancelled_line(change, bodies)).collect();
        sections.push(Section::of("Cancelled", lines).at_most(CANCELLED_MAX));
    }
    let text = match meetings {
        [] => "No meeting is set for the next twelve months.".to_owned(),
        _ => format!("The meetings of the next twelve months{position}."),
    };
    let turned = |label: &str, page: usize| {
        let page = u32::try_from(page).ok()?;
        let ask = Ask::Meeting(MeetingAsk::List { body: of.map(str::to_owned), page });
        token::write(&ask).map(|token| Button { label: label.into(), token })
    };
    let earlier = number.checked_sub(1).and_then(|page| turned("‹ Earlier", page));
    let later = (number < last).then(|| turned("Later ›", number + 1)).flatten();
    Card {
        title: format!("Meetings{whose}"),
        text,
        sections,
        buttons: earlier.into_iter().chain(later).collect(),
        ..Card::default()
    }
}

fn line(found: &Meeting, listed: &Listed<'_>) -> String {
    let Listed { calendar, bodies, .. } = *listed;
    let name = bodies
        .with(found.body)
        .map_or_else(|| found.title.clone(), |body| meeting::name(found, body));
    let papers = format!("papers due {}", day_in_full(found.papers_on));
    let change = calendar.changes.about(found.body, found.first_on);
    let change = change.map(|change| format!("\n{}", changed(found, change, calendar)));
    format!(
        "**{}** {} at {} · {papers}{}",
        verbatim(&name),
        day_in_full(found.on),
        found.time.format("%H:%M"),
        change.unwrap_or_default()
    )
}

/// What was set about a meeting, and why.
fn changed(meeting: &Meeting, change: &Change, calendar: &Calendar) -> String {
    let what = if meeting.on != meeting.first_on {
        format!("moved from {}", day_in_full(meeting.first_on))
    } else if calendar.is_by_rule(meeting.body, meeting.first_on) {
        "time or papers changed".to_owned()
    } else {
        "added".to_owned()
    };
    format!("{what}{}", why(change))
}

fn cancelled_line(change: &Change, bodies: &Bodies) -> String {
    let name = bodies
        .with(change.body)
        .map_or_else(|| change.title.clone(), |body| meeting::title(&change.title, body));
    format!("**{}** {}{}", verbatim(&name), day_in_full(change.first_on), why(change))
}

fn why(change: &Change) -> String {
    let reason = line::one_line(&change.reason);
    if reason.is_empty() { String::new() } else { format!(": “{}”", verbatim(&reason)) }
}
