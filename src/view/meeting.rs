//! When bodies meet.

pub mod change;
pub mod event;
pub mod list;

use crate::body::Bodies;
use crate::body::Body;
use crate::body::same;
use crate::date::day_in_full;
use crate::meeting::Meeting;
use crate::view::Card;
use crate::view::line::counted;

/// The next meeting of one body or of several.
pub fn next(meetings: &[Meeting], bodies: &Bodies, today: chrono::NaiveDate) -> Card {
    let line = |meeting: &Meeting| {
        let body = bodies.with(meeting.body);
        let name = body.map_or_else(|| meeting.title.clone(), |body| name(meeting, body));
        let away = usize::try_from((meeting.on - today).num_days()).unwrap_or_default();
        let away = match away {
            0 => "today".to_owned(),
            1 => "tomorrow".to_owned(),
            days => format!("in {}", counted(days, "day", "days")),
        };
        let papers = if meeting.papers_on < today { "were" } else { "are" };
        format!(
            "**{name}** {} at {}, {away}\nPapers {papers} due {}",
            day_in_full(meeting.on),
            meeting.time.format("%H:%M"),
            day_in_full(meeting.papers_on),
        )
    };
    let mut text: Vec<String> = meetings.iter().map(line).collect();
    if meetings.is_empty() {
        text.push("No meeting is in the calendar.".into());
    }
    let title = if meetings.len() == 1 { "Next meeting" } else { "Next meetings" };
    Card { title: title.into(), text: text.join("\n"), ..Card::default() }
}

/// What a meeting is called: `CPWD board`, `CPEG`.
pub fn name(meeting: &Meeting, body: &Body) -> String {
    title(&meeting.title, body)
}

/// What a meeting of a series with such a title is called: `CPWD board`, `CPEG`.
pub fn title(title: &str, body: &Body) -> String {
    if same(title, &body.name) { body.name.clone() } else { format!("{} {title}", body.name) }
}

/// A meeting as a sentence names it: `the next CPEG (Thursday 10 December 2020)`.
pub fn in_sentence(meeting: &Meeting) -> String {
    format!("the next {} ({})", meeting.title, day_in_full(meeting.on))
}

/// A meeting as it is picked: `CPEG, Thursday 10 December 2020`.
pub fn label(meeting: &Meeting, body: &Body) -> String {
    format!("{}, {}", name(meeting, body), day_in_full(meeting.on))
}
