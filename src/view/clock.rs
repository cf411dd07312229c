//! What is said around meetings, as people steer it: digests sent by hand, pauses and lead times.

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;

use crate::body::Body;
use crate::body::Person;
use crate::date::day_in_full;
use crate::meeting::Meeting;
use crate::routine::GoesBy;
use crate::routine::Routine;
use crate::schedule::Clockwork;
use crate::view::Card;
use crate::view::Section;
use crate::view::Tone;
use crate::view::line::counted;
use crate::view::meeting;
use crate::view::verbatim;

/// Words as they stand at the beginning of a line.
pub(super) fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

/// That a digest is on its way by hand, before the papers deadline or after it.
pub fn sent(meeting: &str, channel: &str, is_early: bool) -> Card {
    let not_again = if is_early { " It is not posted again on the papers deadline." } else { "" };
    Card {
        tone: Tone::Good,
        title: format!("On its way: the digest for {}", verbatim(meeting)),
        text: format!(
            "It goes to #{channel} now, with the paper, the table and the plan on a page.{not_again}"
        ),
        ..Card::default()
    }
}

/// That nothing is said around a body's meetings.
pub fn paused(body: &Body, until: Option<NaiveDate>) -> Card {
    Card {
        tone: Tone::Good,
        title: format!("Paused: {}", verbatim(&body.name)),
        text: format!(
            "{}: no requests for updates, no digest, no reports. People can still log, ask and \
             preview. /digest resume lets it go on.",
            span(until)
        ),
        ..Card::default()
    }
}

/// The one line for everybody about a pause.
pub fn paused_for_all(body: &Body, until: Option<NaiveDate>, by: &Person) -> Card {
    let name = verbatim(&body.name);
    let text = match until {
        Some(day) => format!(
            "Until {} I say nothing around meetings of {name} · {}",
            day_in_full(day),
            verbatim(&by.name)
        ),
        None => format!(
            "I say nothing around meetings of {name} until that is lifted · {}",
            verbatim(&by.name)
        ),
    };
    Card { text, ..Card::default() }
}

fn span(until: Option<NaiveDate>) -> String {
    match until {
        Some(day) => format!("Until the end of {}", day_in_full(day)),
        None => "Until you resume it".into(),
    }
}

/// That it is said again.
pub fn resumed(body: &Body, next: Option<&Meeting>) -> Card {
    let next = match next {
        Some(next) => format!(
            "Next: {}, with papers due {}.",
            verbatim(&meeting::label(next, body)),
            day_in_full(next.papers_on)
        ),
        None => "No meeting is in the calendar yet.".into(),
    };
    Card {
        tone: Tone::Good,
        title: format!("Resumed: {}", verbatim(&body.name)),
        text: format!("{next} What fell due meanwhile is not made up for."),
        ..Card::default()
    }
}

/// The one line for everybody about a pause that ends.
pub fn resumed_for_all(body: &Body, by: &Person) -> Card {
    let text = format!(
        "I speak around meetings of {} again · {}",
        verbatim(&body.name),
        verbatim(&by.name)
    );
    Card { text, ..Card::default() }
}

/// When each routine is done.
pub fn timings(clockwork: &Clockwork<'_>) -> Card {
    let lines = Routine::ALL.into_iter().map(|routine| timing(routine, clockwork));
    Card {
        title: "When I speak around meetings".into(),
        text: "Counted in working days: weekends, Scottish bank holidays and closed days are left out."
            .into(),
        sections: vec![Section::of("", lines.collect())],
        footer: "To change one: /digest timing with the routine, days, time or state.".into(),
        ..Card::default()
    }
}

fn timing(routine: Routine, clockwork: &Clockwork<'_>) -> String {
    let timing = clockwork.timing(routine);
    let set = if clockwork.timings.is_set(routine) { " (changed)" } else { "" };
    if !timing.runs {
        return format!("**{}**: off", capitalised(routine.words()));
    }
    format!(
        "**{}**: at {}, {}{set}",
        capitalised(routine.words()),
        timing.time.format("%H:%M"),
        days(routine, timing.days)
    )
}

/// How far a routine lies from its day, in words: `10 working days before the papers are due`.
fn days(routine: Routine, days: u32) -> String {
    let count = usize::try_from(days).unwrap_or(usize::MAX);
    let count = counted(count, "working day", "working days");
    match (routine.goes_by(), days) {
        (GoesBy::BeforePapers, 0) => "on the day the papers are due".into(),
        (GoesBy::BeforePapers, _) => format!("{count} before the papers are due"),
        (GoesBy::BeforeMeeting | GoesBy::AfterMeeting, 0) => "on the day of the meeting".into(),
        (GoesBy::BeforeMeeting, _) => format!("{count} before the meeting"),
        (GoesBy::AfterMeeting, _) => format!("{count} after the meeting"),
    }
}

/// When a routine is done from now on, and when that is next.
pub fn timing_set(routine: Routine, clockwork: &Clockwork<'_>, now: DateTime<Utc>) -> Card {
    let ticks = clockwork.ticks(now, now + chrono::TimeDelta::days(120));
    let next = ticks.into_iter().find(|tick| tick.routine == routine);
    let next = match next {
        Some(tick) => {
            let at = tick.due_at.with_timezone(&clockwork.calendar.zone);
            format!("Next: {} at {}.", day_in_full(at.date_naive()), at.format("%H:%M"))
        }
        None if !clockwork.timing(routine).runs => "It is done again once you turn it on.".into(),
        None => "It does not fall due in the next months.".into(),
    };
    Card {
        tone: Tone::Good,
        text: format!("{}\n{next}", timing(routine, clockwork)),
        ..Card::default()
    }
}
