//! The record of a meeting: step by step for whoever makes it, and what came of it for everybody and
//! for each lead.

pub mod form;
pub mod upshot;

use chrono_tz::Tz;

use crate::action::Action;
use crate::agenda::Item;
use crate::agenda::Purpose;
use crate::attendance::Attendance;
use crate::body::Bodies;
use crate::body::both;
use crate::date::day_in_words;
use crate::meeting::Meeting;
use crate::proceedings::CitedDecision;
use crate::proceedings::Docket;
use crate::proceedings::Made;
use crate::proceedings::Proceeding;
use crate::proceedings::Question;
use crate::proceedings::finished;
use crate::proceedings::is_left_open;
use crate::proceedings::minutes;
use crate::proceedings::since_finished;
use crate::request::Ask;
use crate::request::decide::DecideAsk;
use crate::request::decide::Deciding;
use crate::request::decide::Outcome as Decided;
use crate::request::record::Brought;
use crate::request::record::RecordAsk;
use crate::request::token;
use crate::view::Button;
use crate::view::Card;
use crate::view::Section;
use crate::view::Tone;
use crate::view::agenda;
use crate::view::attendance;
use crate::view::decision;
use crate::view::line::Lens;
use crate::view::line::counted;
use crate::view::line::local_day;
use crate::view::proceedings::upshot::Upshot;
use crate::view::proceedings::upshot::grouped;
use crate::view::proceedings::upshot::results;
use crate::view::verbatim;

/// How many lines each heading has in a channel; the record has the rest.
const LINES_MAX: usize = 10;

/// So many questions that were left open have buttons under the whole of a record.
const REOPENED_MAX: usize = 3;

/// What is recorded of a meeting, and what is still to be.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The meeting.
    pub meeting: &'a Meeting,
    /// The meeting as people read it: `CPEG, Thursday 10 December 2020`.
    pub name: &'a str,
    /// What names it in buttons.
    pub key: &'a str,
    /// What it had before it.
    pub docket: &'a Docket<'a>,
    /// Who was there.
    pub attendances: &'a [Attendance],
    /// What is recorded of it, oldest first.
    pub steps: &'a [Proceeding],
    /// The decisions that cite it.
    pub decisions: &'a [CitedDecision],
    /// All actions, as they stand.
    pub actions: &'a [Action],
    /// What was brought to it.
    pub items: &'a [&'a Item],
    /// The names of bodies.
    pub bodies: &'a Bodies,
    /// Where the days are.
    pub zone: Tz,
}

/// The next step of a record, or the whole of it where nothing is left to answer; `said` is what came
/// of the step before.
pub fn step(sheet: &Sheet<'_>, said: Option<&str>, lens: &Lens) -> Card {
    let Some(question) = sheet.docket.open.first() else { return whole(sheet, said) };
    let number = sheet.docket.asked - sheet.docket.open.len() + 1;
    let place = format!("{number} of {}", sheet.docket.asked);
    let (heading, line, mut buttons) = match question {
        Question::Decide(action) => {
            let line = decision::needed(action, sheet.bodies, lens);
            (format!("To decide, {place}"), line, deciding(sheet.key, action, ""))
        }
        Question::Brought(item, action) => {
            let line = agenda::item_line(item, action, lens.zone);
            let heading = format!("Brought for {}, {place}", item.purpose.word());
            (heading, line, dealing(sheet.key, item))
        }
    };
    buttons.extend(beside(sheet.key));
    Card {
        title: verbatim(sheet.name),
        text: opening(sheet, said),
        sections: vec![Section::of(heading, vec![line])],
        footer:
            "Nobody is told until you press Finish at the end. You can stop here and go on later \
                 with /meeting record."
                .into(),
        buttons,
        ..Card::default()
    }
}

/// The whole of a record: to be finished, or as it stands.
fn whole(sheet: &Sheet<'_>, said: Option<&str>) -> Card {
    let end = finished(sheet.steps);
    let has_news = end.is_none() || !since_finished(sheet.steps).is_empty();
    let results = results(sheet, sheet.steps);
    let mut sections = vec![Section::of("Attendance", named(sheet))];
    sections.extend(grouped(&results));
    let asked = match sheet.docket.asked {
        0 => "No decision was asked of it.".to_owned(),
        _ => "Everything that was asked of it is answered.".to_owned(),
    };
    let mut text: Vec<String> = said.map(str::to_owned).into_iter().collect();
    text.push(match end {
        None => asked,
        Some(end) => {
            let by = end.by.as_deref().map_or_else(|| "somebody".into(), verbatim);
            let on = day_in_words(local_day(end.at, sheet.zone));
            let news = if has_news { " What is new since has not been told yet." } else { "" };
            format!("Recorded by {by} on {on}.{news}")
        }
    });
    text.extend(told_before(sheet));
    let mut buttons = Vec::new();
    if has_news {
        let label = if end.is_some() { "Tell what is new" } else { "Finish" };
        buttons.extend(button(label, RecordAsk::Finish { meeting: sheet.key.to_owned() }));
    }
    buttons.extend(beside(sheet.key));
    let open = sheet.actions.iter().filter(|action| is_left_open(action, sheet.steps));
    for action in open.take(REOPENED_MAX) {
        let name = format!(" {}", action.reference);
        let again = deciding(sheet.key, action, &name).into_iter();
        buttons.extend(again.filter(|button| !button.label.starts_with(LEAVE_OPEN)));
    }
    Card {
        tone: if has_news { Tone::Attention } else { Tone::Good },
        title: verbatim(sheet.name),
        text: text.join("\n"),
        sections,
        footer: match (has_news, end) {
            (true, None) => {
                "Finish tells the channel of the meeting what came of it, and each lead what is theirs."
            }
            (true, Some(_)) => {
                "“Tell what is new” tells the channel of the meeting, and each lead what is theirs."
            }
            (false, _) => "What is changed now is recorded as a further entry.",
        }
        .into(),
        buttons,
        ..Card::default()
    }
}

fn opening(sheet: &Sheet<'_>, said: Option<&str>) -> String {
    let there = attendance::in_figures(sheet.attendances);
    match said {
        Some(said) => format!("{said}\n{there}"),
        None => there,
    }
}

fn named(sheet: &Sheet<'_>) -> Vec<String> {
    let mut lines = attendance::by_name(sheet.attendances, sheet.bodies);
    let minutes = minutes(sheet.steps).filter(|words| !words.is_empty());
    lines.extend(minutes.map(|words| format!("**Minutes** {}", verbatim(words))));
    lines
}

const LEAVE_OPEN: &str = "Leave open";

/// What can be recorded about what is asked about an action.
fn deciding(key: &str, action: &Action, name: &str) -> Vec<Button> {
    let rule = |label: &str, deciding| {
        let decide = DecideAsk {
            deciding,
            actions: action.reference.to_string(),
            meeting: None,
            minute_ref: None,
            note: None,
        };
        let ask = RecordAsk::Rule { meeting: key.to_owned(), decide, is_written: false };
        button(&format!("{label}{name}"), ask)
    };
    let asked = action.date_asked().map(|asked| asked.id.0);
    let extension = |outcome| Deciding::Extension { outcome, target: None, seen: asked };
    let mut buttons = if asked.is_some() {
        vec![
            rule("Agree date", extension(Decided::Agree)),
            rule("Refuse date", extension(Decided::Refuse)),
            rule("Another date", extension(Decided::Another)),
        ]
    } else {
        vec![rule("Sign off", Deciding::SignOff), rule("Return", Deciding::Return)]
    };
    buttons.push(button(
        &format!("{LEAVE_OPEN}{name}"),
        RecordAsk::LeaveOpen {
            meeting: key.to_owned(),
            action: action.reference.to_string(),
            seen: asked,
        },
    ));
    buttons.into_iter().flatten().collect()
}

/// What can be recorded about something that was brought.
fn dealing(key: &str, item: &Item) -> Vec<Button> {
    let dealt = |label: &str, outcome| {
        button(label, RecordAsk::Item { meeting: key.to_owned(), item: item.id.0, outcome })
    };
    let agreed = || dealt("Write what was agreed", Brought::Agreed(None));
    let noted = || dealt("Noted", Brought::Noted);
    let first = match item.purpose {
        Purpose::Decision => [agreed(), noted()],
        Purpose::Noting => [noted(), agreed()],
    };
    first.into_iter().chain([dealt(LEAVE_OPEN, Brought::LeftOpen)]).flatten().collect()
}

/// What can be done at every step.
fn beside(key: &str) -> Vec<Button> {
    let meeting = || key.to_owned();
    let all = [
        button("Add an action", RecordAsk::AddAction { meeting: meeting(), add: None }),
        button("Attendance", RecordAsk::Attend { meeting: meeting(), written: None }),
    ];
    all.into_iter().flatten().collect()
}

fn button(label: &str, ask: RecordAsk) -> Option<Button> {
    Some(Button { label: label.to_owned(), token: token::write(&Ask::Record(ask))? })
}

/// That decisions of a meeting were recorded by themselves, and so told then.
fn told_before(sheet: &Sheet<'_>) -> Option<String> {
    let is_step = |cited: &&CitedDecision| {
        sheet.steps.iter().any(|step| match step.made {
            Made::Decided { decision, .. } => decision == cited.decision.id,
            _ => false,
        })
    };
    let count = sheet.decisions.iter().filter(|cited| !is_step(cited)).count();
    let more = counted(count, "further decision was", "further decisions were");
    (count > 0).then(|| format!("{more} told when recorded."))
}

/// What came of a meeting, for everybody in its channel: of all of it, or of what is new since that was
/// told.
pub fn for_all(sheet: &Sheet<'_>, results: &[Upshot<'_>], by: &str) -> Card {
    let is_first = finished(sheet.steps).is_none();
    let mut text = vec![attendance::in_figures(sheet.attendances)];
    let aside = told_before(sheet).filter(|_| is_first);
    let has_none = is_first && results.is_empty() && aside.is_none();
    text.extend(aside);
    if has_none {
        text.push("Nothing was decided about the plan.".into());
    }
    let minutes = minutes(sheet.steps).filter(|words| !words.is_empty());
    let minutes =
        minutes.map(|words| format!(" · minutes {}", verbatim(words))).unwrap_or_default();
    let sections = grouped(results).into_iter().map(|section| section.at_most(LINES_MAX));
    let begins = if is_first { "What came of" } else { "New in the record of" };
    Card {
        title: format!("{begins} {}", verbatim(sheet.name)),
        text: text.join("\n"),
        sections: sections.collect(),
        footer: format!("Recorded by {}{minutes}", verbatim(by)),
        ..Card::default()
    }
}

/// What came of a meeting for one who answers for some actions.
pub fn for_lead(sheet: &Sheet<'_>, results: &[&Upshot<'_>]) -> Card {
    for_some(sheet, results, "What it means for the actions that you lead.")
}

/// What came of a meeting for the channel of a body that answers for some actions.
pub fn for_channel(sheet: &Sheet<'_>, results: &[&Upshot<'_>]) -> Card {
    for_some(sheet, results, "What it means for the actions led from here.")
}

/// What calls somebody who takes no messages from us to what their channel reads of a meeting.
pub fn calling() -> Card {
    let text = "This is about actions that you lead. I say it here because your direct messages are \
                closed to me.";
    Card { text: text.into(), ..Card::default() }
}

fn for_some(sheet: &Sheet<'_>, results: &[&Upshot<'_>], text: &str) -> Card {
    let results: Vec<Upshot<'_>> = results.iter().map(|result| (*result).clone()).collect();
    Card {
        title: format!("From {}", verbatim(sheet.name)),
        text: text.into(),
        sections: grouped(&results),
        footer: "/action show has the whole of each.".into(),
        ..Card::default()
    }
}

/// What whoever finished a record is told: the name of the channel that reads what came of the meeting,
/// how many people are told privately, and how many further channels.
pub fn told(channel: Option<&str>, people: usize, channels: usize) -> String {
    let mut parts = Vec::new();
    parts.extend(channel.map(|name| format!("#{name} reads what came of it")));
    if people > 0 {
        parts.push(format!("{} privately", counted(people, "lead is told", "leads are told")));
    }
    if channels > 0 {
        let words = counted(channels, "lead's channel reads", "leads' channels read");
        parts.push(format!("{words} what is theirs"));
    }
    match parts.as_slice() {
        [] => "Finished. Nobody else is told, since no channel is linked.".into(),
        parts => format!("Finished. {}.", both(parts)),
    }
}
