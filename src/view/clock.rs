//! What is said around meetings: the schedule, pauses and lead times.

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;

use crate::body::Body;
use crate::body::BodyKind;
use crate::body::Person;
use crate::body::both;
use crate::date::day_in_full;
use crate::date::day_in_words;
use crate::meeting::Meeting;
use crate::partnership::Partnership;
use crate::request::Ask;
use crate::request::clock::ClockAsk;
use crate::request::token;
use crate::routine::GoesBy;
use crate::routine::Routine;
use crate::schedule::Clockwork;
use crate::schedule::Tick;
use crate::view::Button;
use crate::view::Card;
use crate::view::Section;
use crate::view::Tone;
use crate::view::line::counted;
use crate::view::meeting;
use crate::view::verbatim;

/// So many things to come stand on a page.
const PAGE: usize = 12;

/// Something that will be said.
#[derive(Clone, Debug)]
pub struct Coming {
    /// When, what, and for which meeting.
    pub tick: Tick,
    /// Who will be asked, as things stand.
    pub to: Vec<String>,
    /// How many leads nobody can ask.
    pub unasked: usize,
    /// Whether it was said already, so that it will not be again.
    pub is_sent: bool,
}

/// What will be said in the next 60 days, to whom and why.
pub fn schedule(
    coming: &[Coming],
    paused: &[&Body],
    (words, page): (Option<&str>, u32),
    partnership: &Partnership,
) -> Card {
    let pages = coming.len().div_ceil(PAGE).max(1);
    let page = usize::try_from(page).unwrap_or(usize::MAX).min(pages - 1);
    let shown = coming.iter().skip(page * PAGE).take(PAGE);
    let lines: Vec<String> = shown.map(|coming| line(coming, partnership)).collect();
    let mut text =
        vec!["What I shall say in the next 60 days, if nothing changes until then.".into()];
    if coming.is_empty() {
        text = vec!["Nothing falls due in the next 60 days.".into()];
    }
    for body in paused {
        text.push(format!("{} is paused: /digest resume lets it go on.", verbatim(&body.name)));
    }
    let turn = |label: &str, page: usize| {
        let page = u32::try_from(page).ok()?;
        let ask = ClockAsk::Schedule { body: words.map(str::to_owned), page };
        let token = token::write(&Ask::Clock(ask))?;
        Some(Button { label: label.into(), token })
    };
    let earlier = page.checked_sub(1).and_then(|page| turn("‹ Earlier", page));
    let later = (page + 1 < pages).then(|| turn("Later ›", page + 1)).flatten();
    let place = if pages > 1 { format!(" ({} of {pages})", page + 1) } else { String::new() };
    Card {
        title: format!("To be said{place}"),
        text: text.join("\n"),
        sections: vec![Section::of("", lines)],
        footer: "Lead times: /digest timing. To say nothing for a while: /digest pause.".into(),
        buttons: earlier.into_iter().chain(later).collect(),
        ..Card::default()
    }
}

/// When, what, to whom and why: `**Thu 12 November, 09:00** Digest for CPWD board, 19 November …`.
fn line(coming: &Coming, partnership: &Partnership) -> String {
    let tick = &coming.tick;
    let bodies = &partnership.bodies;
    let at = tick.due_at.with_timezone(&partnership.calendar.zone);
    let names: Vec<String> = tick
        .meetings()
        .map(|meeting| {
            let body = bodies.with(meeting.body);
            let name =
                body.map_or_else(|| meeting.title.clone(), |body| meeting::name(meeting, body));
            format!("{}, {}", verbatim(&name), day_in_words(meeting.on))
        })
        .collect();
    let channel = |body: Option<&Body>| match body {
        Some(body) if body.channel.is_some() => format!("#{}", body.channel_name),
        Some(body) => format!("nowhere: {} has no channel", verbatim(&body.name)),
        None => "nowhere".into(),
    };
    let own = || channel(bodies.with(tick.meeting.body));
    let office = || channel(bodies.first_of(BodyKind::Office));
    let to = match tick.routine {
        Routine::Digest if coming.is_sent => "posted already, so not again".into(),
        Routine::Digest => own(),
        Routine::FollowUp => format!("{}, if anything has changed", own()),
        Routine::Report => office(),
        Routine::SelfCheck => format!("{}, if anything is amiss", office()),
        Routine::Decisions => format!("{}, if any is still to record", office()),
        Routine::FirstChase | Routine::SecondChase => asked(coming),
    };
    format!(
        "**{}** {} · {}\n→ {to}",
        at.format("%a %-d %B, %H:%M"),
        capitalised(tick.routine.words()),
        both(&names),
    )
}

fn asked(coming: &Coming) -> String {
    let unasked = match coming.unasked {
        0 => String::new(),
        count => format!("; {} cannot be asked", counted(count, "lead", "leads")),
    };
    match coming.to.as_slice() {
        [] => format!("nobody{unasked}"),
        to => format!("privately, if they have not reported by then: {}{unasked}", both(to)),
    }
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

/// That a digest is on its way by hand.
pub fn sent(meeting: &str, channel: &str) -> Card {
    Card {
        tone: Tone::Good,
        title: format!("On its way: the digest for {meeting}"),
        text: format!(
            "It goes to #{channel} now, with the paper, the table and the plan on a page. It is not \
             posted again on the papers deadline."
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
    let set = if clockwork.timings.is_set(routine) { "" } else { " (as usual)" };
    if !timing.runs {
        return format!("**{}**: off", capitalised(routine.words()));
    }
    format!(
        "**{}**: {} at {}{set}",
        capitalised(routine.words()),
        days(routine, timing.days),
        timing.time.format("%H:%M")
    )
}

/// How far a routine lies from its day, in words: `10 working days before the papers are due`.
fn days(routine: Routine, days: u32) -> String {
    let count = usize::try_from(days).unwrap_or(usize::MAX);
    let count = counted(count, "working day", "working days");
    match (routine.goes_by(), days) {
        (GoesBy::BeforePapers, 0) => "on the day the papers are due".into(),
        (GoesBy::BeforePapers, _) => format!("{count} before the papers are due"),
        (GoesBy::BeforeMeeting, 0) => "on the day of the meeting".into(),
        (GoesBy::BeforeMeeting, _) => format!("{count} before the meeting"),
        (GoesBy::AfterMeeting, 0) => "on the day of the meeting".into(),
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
        None => "It does not fall due in the next months.".into(),
    };
    Card {
        tone: Tone::Good,
        text: format!("{}\n{next}", timing(routine, clockwork)),
        ..Card::default()
    }
}
