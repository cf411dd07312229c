//! What will be said in the next weeks, to whom and why.

use chrono::DateTime;
use chrono::Utc;

use crate::body::Body;
use crate::body::BodyKind;
use crate::body::both;
use crate::chase::Unasked;
use crate::date::day_in_words;
use crate::meeting::Meeting;
use crate::partnership::Partnership;
use crate::request::Ask;
use crate::request::clock::ClockAsk;
use crate::request::token;
use crate::routine::Pause;
use crate::routine::Routine;
use crate::schedule::Tick;
use crate::view::Button;
use crate::view::Card;
use crate::view::Section;
use crate::view::clock::capitalised;
use crate::view::meeting;
use crate::view::verbatim;

/// So many things to come stand on a page at most: two or three screens of a phone.
const LINES_MAX: usize = 8;

/// So long is a page at most, in UTF-16 units: a card takes it with its title and all. A line that is
/// longer by itself stands alone.
const PAGE_MAX: usize = 3_000;

/// So many of those who are asked are named.
const NAMES_MAX: usize = 12;

/// Something that will be said.
#[derive(Clone, Debug)]
pub struct Coming {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub says: Says,
}

/// What will be said.
#[derive(Clone, Debug)]
pub enum Says {
    /// What is said around a meeting.
    Around(Box<Tick>, To),
    /// What waits until people are at work. What it is about is for them alone.
    Waiting(Asked),
}

/// To whom it will be said, as things stand.
#[derive(Clone, Debug)]
pub enum To {
    /// The channel that it always goes to.
    Channel,
    /// Those who are asked for updates.
    Asked(Asked),
    /// Nobody, for it was said already.
    SentAlready,
    /// CP Support is told that it comes too late to be of use.
    TooLate,
}

/// Who is spoken to, and who is not.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The people, by name, privately.
    pub people: Vec<String>,
    /// The channels, by name, of leads whom nobody is known to hold.
    pub channels: Vec<String>,
    /// Whether there are others, who were asked on the same occasion before.
    pub asked_before: bool,
    /// The leads, by name, of whom nobody can be asked, and why.
    pub not: Vec<(String, Unasked)>,
}

/// What will be said in the next 60 days, to whom and why; of several pages the one asked for.
pub fn schedule(
    coming: &[Coming],
    paused: &[(&Body, &Pause)],
    (words, page): (Option<&str>, u32),
    partnership: &Partnership,
) -> Card {
    let pages = pages(coming.iter().map(|coming| line(coming, partnership)).collect());
    let page = usize::try_from(page).unwrap_or(usize::MAX).min(pages.len() - 1);
    let mut text = vec![match coming {
        [] => "Nothing falls due in the next 60 days.".to_owned(),
        _ => "What I shall say in the next 60 days, if nothing changes until then.".to_owned(),
    }];
    for (body, pause) in paused {
        let name = verbatim(&body.name);
        text.push(match pause.until_on {
            Some(until) => format!("{name} is paused until the end of {}.", day_in_words(until)),
            None => format!("{name} is paused until /digest resume."),
        });
    }
    let turn = |label: &str, page: usize| {
        let page = u32::try_from(page).ok()?;
        let ask = ClockAsk::Schedule { body: words.map(str::to_owned), page };
        let token = token::write(&Ask::Clock(ask))?;
        Some(Button { label: label.into(), token })
    };
    let earlier = page.checked_sub(1).and_then(|page| turn("‹ Earlier", page));
    let later = (page + 1 < pages.len()).then(|| turn("Later ›", page + 1)).flatten();
    let place = match pages.len() {
        1 => String::new(),
        all => format!(" ({} of {all})", page + 1),
    };
    Card {
        title: format!("To be said{place}"),
        text: text.join("\n"),
        sections: vec![Section::of("", pages[page].clone())],
        footer: "Lead times: /digest timing. To say nothing for a while: /digest pause.".into(),
        buttons: earlier.into_iter().chain(later).collect(),
        ..Card::default()
    }
}

/// Lines in order, as many on a page as it has room for; at least one page.
fn pages(lines: Vec<String>) -> Vec<Vec<String>> {
    let mut pages = vec![Vec::new()];
    let mut length = 0;
    for line in lines {
        let long = line.encode_utf16().count();
        let is_full = pages.last().is_some_and(|page: &Vec<String>| {
            page.len() == LINES_MAX || (!page.is_empty() && length + long > PAGE_MAX)
        });
        if is_full {
            pages.push(Vec::new());
            length = 0;
        }
        length += long;
        if let Some(page) = pages.last_mut() {
            page.push(line);
        }
    }
    pages
}

/// When, what, to whom and why: `**Thu 12 November, 09:00** Digest · CPWD board, 19 November`.
fn line(coming: &Coming, partnership: &Partnership) -> String {
    let at = coming.at.with_timezone(&partnership.calendar.zone);
    let at = at.format("%a %-d %B, %H:%M");
    match &coming.says {
        Says::Around(tick, to) => {
            let what = capitalised(tick.routine.words());
            let meetings: Vec<String> =
                tick.meetings().map(|meeting| named(meeting, partnership)).collect();
            let to = whom(tick, to, partnership);
            format!("**{at}** {what} · {}\n→ {to}", both(&meetings))
        }
        Says::Waiting(to) => {
            format!("**{at}** What waits until people are at work\n→ {}", reached(to, "privately"))
        }
    }
}

fn named(meeting: &Meeting, partnership: &Partnership) -> String {
    let body = partnership.bodies.with(meeting.body);
    let name = body.map_or_else(|| meeting.title.clone(), |body| meeting::name(meeting, body));
    // Of what is to come in two months, nobody wonders in which year.
    format!("{}, {}", verbatim(&name), meeting.on.format("%-d %B"))
}

fn whom(tick: &Tick, to: &To, partnership: &Partnership) -> String {
    let bodies = &partnership.bodies;
    let office = bodies.first_of(BodyKind::Office);
    let own = bodies.with(tick.meeting.body);
    match (tick.routine, to) {
        (_, To::SentAlready) => "nobody: it was posted already".into(),
        (_, To::TooLate) => format!("{}: it comes too late to be of use", channel(office)),
        (_, To::Asked(asked)) => asked_if_silent(asked),
        (Routine::Digest, To::Channel) => match own {
            Some(body) if body.channel.is_none() => {
                let name = verbatim(&body.name);
                format!("{}: {name} has no channel to post it in", channel(office))
            }
            own => channel(own),
        },
        (Routine::FollowUp, To::Channel) => format!("{}, if anything has changed", channel(own)),
        (Routine::SelfCheck, To::Channel) => format!("{}, if anything is amiss", channel(office)),
        (Routine::Decisions, To::Channel) => {
            format!("{}, if any is still to record", channel(office))
        }
        (Routine::Report | Routine::FirstChase | Routine::SecondChase, To::Channel) => {
            channel(office)
        }
    }
}

fn channel(body: Option<&Body>) -> String {
    match body {
        Some(body) if body.channel.is_some() => format!("#{}", body.channel_name),
        Some(body) => format!("nobody: {} has no channel", verbatim(&body.name)),
        None => "nobody".into(),
    }
}

fn asked_if_silent(asked: &Asked) -> String {
    let by_then = ", if they have not reported by then";
    let mut parts = vec![match asked.people.as_slice() {
        [] if asked.channels.is_empty() && asked.asked_before => {
            "nobody: they were asked before".into()
        }
        [] if asked.channels.is_empty() => "nobody".into(),
        [] => format!("{}{by_then}", reached(asked, "")),
        _ => reached(asked, &format!("privately{by_then}")),
    }];
    if !asked.not.is_empty() {
        let not: Vec<String> = asked.not.iter().map(not_asked).collect();
        parts.push(format!("not asked: {}", some_of(&not)));
    }
    parts.join("; ")
}

/// `privately: Morag Sinclair; in #cpwd-board and #dig-safe, where I know nobody yet`.
fn reached(to: &Asked, privately: &str) -> String {
    let mut parts = Vec::new();
    if !to.people.is_empty() {
        let people: Vec<String> = to.people.iter().map(|name| verbatim(name)).collect();
        parts.push(format!("{privately}: {}", some_of(&people)));
    }
    if !to.channels.is_empty() {
        let channels: Vec<String> = to.channels.iter().map(|name| format!("#{name}")).collect();
        parts.push(format!("in {}", some_of(&channels)));
    }
    parts.join("; ")
}

fn not_asked((lead, why): &(String, Unasked)) -> String {
    let why = match why {
        Unasked::Vacant => "vacant",
        Unasked::Unknown => "nobody known",
        Unasked::Snoozed => "not this time, as they asked",
    };
    format!("{} ({why})", verbatim(lead))
}

/// All of some names; or the first of them, and how many more there are.
fn some_of(names: &[String]) -> String {
    match names.len().checked_sub(NAMES_MAX) {
        Some(more @ 1..) => format!("{} and {more} more", names[..NAMES_MAX].join(", ")),
        _ => both(names),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn asked(people: &[&str], channels: &[&str], not: &[(&str, Unasked)]) -> Asked {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let not = not.iter().map(|(lead, why)| ((*lead).to_owned(), why.clone())).collect();
        Asked { people: owned(people), channels: owned(channels), asked_before: false, not }
    }

    #[track_caller]
    fn check(asked: &Asked, expected: &str) {
        assert_eq!(asked_if_silent(asked), expected);
    }

    #[test]
    fn whom_a_request_goes_to_is_said_by_how_they_are_reached() {
        check(&asked(&[], &[], &[]), "nobody");
        let before = Asked { asked_before: true, ..asked(&[], &[], &[("CPEG", Unasked::Snoozed)]) };
        check(
            &before,
            "nobody: they were asked before; not asked: CPEG (not this time, as they asked)",
        );
        check(
            &asked(&["Morag Sinclair", "Fiona_C"], &[], &[]),
            "privately, if they have not reported by then: Morag Sinclair and Fiona\\_C",
        );
        check(
            &asked(&[], &["cpwd-board"], &[("Safe DIG", Unasked::Vacant)]),
            "in #cpwd-board, if they have not reported by then; not asked: Safe DIG (vacant)",
        );
        check(
            &asked(&["Morag Sinclair"], &["dig-safe", "dig-nurtured"], &[]),
            "privately, if they have not reported by then: Morag Sinclair; in #dig-safe and \
             #dig-nurtured",
        );
        let many: Vec<String> = (1..=14).map(|number| format!("P{number}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let said = asked_if_silent(&asked(&many, &[], &[]));
        assert!(said.ends_with("P11, P12 and 2 more"), "{said}");
    }

    proptest! {
        #[test]
        fn every_line_stands_on_one_page_and_a_page_has_room(
            lengths in proptest::collection::vec(1_usize..4_000, 0..60)
        ) {
            let lines: Vec<String> = lengths.iter().map(|length| "x".repeat(*length)).collect();
            let pages = pages(lines.clone());
            prop_assert!(!pages.is_empty());
            prop_assert_eq!(pages.concat(), lines);
            for page in &pages {
                let long: usize = page.iter().map(String::len).sum();
                prop_assert!(page.len() <= LINES_MAX);
                prop_assert!(long <= PAGE_MAX || page.len() == 1);
            }
        }
    }
}
