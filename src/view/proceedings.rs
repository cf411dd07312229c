//! The record of a meeting: step by step for whoever makes it, and what came of it for everybody and
//! for each lead.

use chrono_tz::Tz;

use crate::action::Action;
use crate::action::ActionId;
use crate::agenda::Item;
use crate::agenda::Purpose;
use crate::attendance::Attendance;
use crate::body::Bodies;
use crate::body::both;
use crate::date::day_in_words;
use crate::decision::Kind;
use crate::decision::NOTE_MAX;
use crate::meeting::Meeting;
use crate::proceedings::CitedDecision;
use crate::proceedings::Docket;
use crate::proceedings::Made;
use crate::proceedings::Outcome;
use crate::proceedings::Proceeding;
use crate::proceedings::Question;
use crate::proceedings::WORDS_MAX;
use crate::proceedings::finished;
use crate::proceedings::is_left_open;
use crate::proceedings::minutes;
use crate::proceedings::outcome;
use crate::proceedings::since_finished;
use crate::request::Ask;
use crate::request::command::decide::DATE_MAX;
use crate::request::command::decide::MINUTE_MAX;
use crate::request::decide::DecideAsk;
use crate::request::decide::Deciding;
use crate::request::decide::Outcome as Decided;
use crate::request::record::Brought;
use crate::request::record::RecordAsk;
use crate::request::token;
use crate::request::token::decide::MINUTE;
use crate::request::token::decide::NOTE;
use crate::request::token::decide::TARGET;
use crate::request::token::record::AREA;
use crate::request::token::record::LEAD;
use crate::request::token::record::TITLE;
use crate::request::token::record::WORDS;
use crate::view::Button;
use crate::view::Card;
use crate::view::Form;
use crate::view::Input;
use crate::view::Room;
use crate::view::Section;
use crate::view::Tone;
use crate::view::agenda;
use crate::view::attendance;
use crate::view::decision;
use crate::view::line;
use crate::view::line::Lens;
use crate::view::line::counted;
use crate::view::line::local_day;
use crate::view::shortened;
use crate::view::verbatim;

/// How many lines each heading has in a channel; the record has the rest.
const LINES_MAX: usize = 10;

/// How many characters of a note stand in a line.
const NOTE_LINE_MAX: usize = 240;

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

/// What came of a meeting for one action, under the heading where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upshot<'a> {
    /// The heading.
    pub under: Under,
    /// The action.
    pub action: &'a Action,
    /// What came of it, in words.
    pub words: String,
}

/// The headings of what came of a meeting, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Under {
    /// What was decided.
    Decided,
    /// What was brought to it.
    Brought,
    /// What was added.
    Added,
    /// What was left open.
    LeftOpen,
}

impl Under {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Decided, "Decided"),
        (Self::Brought, "Brought to it"),
        (Self::Added, "New actions"),
        (Self::LeftOpen, "Left open"),
    ];
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
            (format!("Decision {place}"), line, deciding(sheet.key, action, ""))
        }
        Question::Brought(item, action) => {
            let line = agenda::item_line(item, action, lens.zone);
            let heading = format!("Brought for {}, {place}", item.purpose.word());
            (heading, line, dealing(sheet.key, item))
        }
    };
    buttons.extend(beside(sheet.key));
    Card {
        title: sheet.name.to_owned(),
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
        title: sheet.name.to_owned(),
        text: text.join("\n"),
        sections,
        footer: if has_news {
            "Finish tells the channel of the meeting what came of it, and each lead what is theirs."
                .into()
        } else {
            "What is changed now is recorded as a further entry.".into()
        },
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

/// The form for what a meeting decided about an action; `minute` stands in it already.
pub fn rule_form(action: &Action, ask: &RecordAsk, decide: &DecideAsk, minute: &str) -> Form {
    let is_another =
        matches!(decide.deciding, Deciding::Extension { outcome: Decided::Another, .. });
    let hint = match action.date_asked() {
        Some(asked) => format!("Asked for: {}", asked.target.words().trim()),
        None => action.title.clone(),
    };
    let input = |name, label: &str, hint: &str, value: String, room| Input {
        name,
        label: label.into(),
        hint: shortened(hint, 100),
        value,
        room,
        needed: false,
    };
    let mut inputs = Vec::new();
    if is_another {
        let target = input(
            TARGET,
            "Which date was agreed?",
            &format!("{hint}. Agreed: June 2021, say"),
            String::new(),
            Room::Line(DATE_MAX),
        );
        inputs.push(Input { needed: true, ..target });
    }
    // A longer reference, such as a link, stands in the record of the meeting already.
    let minute = if minute.chars().count() > MINUTE_MAX { "" } else { minute };
    inputs.push(input(
        MINUTE,
        "Minute reference (if known)",
        "4.2",
        minute.to_owned(),
        Room::Line(MINUTE_MAX),
    ));
    inputs.push(input(NOTE, "Note (optional)", &hint, String::new(), Room::Lines(NOTE_MAX)));
    let verb = match &decide.deciding {
        Deciding::SignOff => "Sign off",
        Deciding::Return => "Return",
        Deciding::Extension { outcome: Decided::Agree, .. } => "Agree date",
        Deciding::Extension { outcome: Decided::Refuse, .. } => "Refuse date",
        Deciding::Extension { outcome: Decided::Another, .. } => "Another date",
        Deciding::Withdraw => "Withdraw",
    };
    form(&format!("{verb} {}", action.reference), ask, inputs)
}

/// The form for what was agreed about something that was brought.
pub fn item_form(action: &Action, ask: &RecordAsk, before: &str) -> Form {
    let inputs = vec![Input {
        name: WORDS,
        label: "What was agreed?".into(),
        hint: "Option two, with a report back in May".into(),
        value: shortened(before, WORDS_MAX),
        room: Room::Lines(WORDS_MAX),
        needed: true,
    }];
    form(&format!("{} {}", action.reference, action.title), ask, inputs)
}

/// The form for an action that a meeting agreed.
pub fn action_form(ask: &RecordAsk, area: &str) -> Form {
    let input = |name, label: &str, hint: &str, value: &str, room| Input {
        name,
        label: label.into(),
        hint: hint.into(),
        value: value.into(),
        room,
        needed: true,
    };
    let inputs = vec![
        input(TITLE, "What is promised?", "Map the groups in every ward", "", Room::Lines(400)),
        input(LEAD, "Who leads it?", "Flourishing DIG", "", Room::Line(100)),
        input(TARGET, "By when? TBC, if nobody knows yet", "May 2021", "", Room::Line(DATE_MAX)),
        input(AREA, "Which area of the plan? Its number", area, "", Room::Line(100)),
    ];
    form("Add an action", ask, inputs)
}

fn form(title: &str, ask: &RecordAsk, inputs: Vec<Input>) -> Form {
    let token = token::write(&Ask::Record(ask.clone())).unwrap_or_default();
    Form { title: shortened(title, 45), token, inputs }
}

/// What some steps of a record came to, action by action; of several about one thing, the last.
pub fn results<'a>(sheet: &Sheet<'a>, steps: &[Proceeding]) -> Vec<Upshot<'a>> {
    let mut results: Vec<Upshot<'_>> = Vec::new();
    for (place, made) in steps.iter().map(|step| &step.made).enumerate() {
        let later = || steps[place + 1..].iter().map(|step| &step.made);
        let (about, found) = match made {
            Made::Begun { .. } | Made::Finished => continue,
            Made::Decided { action, decision } => {
                let cited = sheet.decisions.iter().find(|cited| cited.decision.id == *decision);
                (*action, cited.map(|cited| (Under::Decided, Some(cited), String::new())))
            }
            Made::LeftOpen { action, .. } => {
                let is_decided = sheet.decisions.iter().any(|cited| cited.action == *action);
                let is_repeated = later().any(|other| other == made);
                let is_open = !is_decided && !is_repeated;
                (*action, is_open.then(|| (Under::LeftOpen, None, String::new())))
            }
            Made::Item { action, item, outcome: said } => {
                let is_last = outcome(*item, sheet.steps) == Some(said);
                let is_repeated = later().any(|other| other == made);
                let words = brought(said);
                (*action, (is_last && !is_repeated).then_some((Under::Brought, None, words)))
            }
            Made::Added { action } => (*action, Some((Under::Added, None, String::new()))),
        };
        let Some(action) = sheet.actions.iter().find(|action| action.id == about) else { continue };
        let Some((under, cited, words)) = found else { continue };
        let words = match (under, cited) {
            (Under::Decided, Some(cited)) => decided(sheet, action, cited),
            (Under::LeftOpen, _) => left_open(action),
            (Under::Added, _) => format!("{} · due {}", line::lead(action), line::target(action)),
            _ => words,
        };
        results.push(Upshot { under, action, words });
    }
    results
}

fn decided(sheet: &Sheet<'_>, action: &Action, cited: &CitedDecision) -> String {
    let made = &cited.decision;
    let mut words = match made.kind {
        Kind::SignOff => "✔ complete, signed off".to_owned(),
        Kind::Return => "returned as not complete, so it goes on".to_owned(),
        Kind::AgreeDate => {
            let target = cited.target.as_deref().unwrap_or_default();
            format!("new date agreed: {}", verbatim(target.trim()))
        }
        Kind::RefuseDate => {
            format!("new date not agreed. It stays due {}", line::target(action))
        }
        Kind::Withdraw => "✖ withdrawn from the plan".to_owned(),
    };
    let reference = made.minute.reference.as_str();
    if !reference.is_empty() && minutes(sheet.steps) != Some(reference) {
        words = format!("{words} · minute {}", verbatim(reference));
    }
    match made.minute.note.split_whitespace().collect::<Vec<_>>().join(" ") {
        note if note.is_empty() => words,
        note => format!("{words} · “{}”", verbatim(&shortened(&note, NOTE_LINE_MAX))),
    }
}

fn left_open(action: &Action) -> String {
    match action.date_asked() {
        Some(asked) => format!("the new date asked for, {}", verbatim(asked.target.words().trim())),
        None => "whether it is complete".to_owned(),
    }
}

fn brought(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Agreed { words } => {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            format!("agreed: {}", verbatim(&words))
        }
        Outcome::Noted => "noted".to_owned(),
        Outcome::LeftOpen => "left open".to_owned(),
    }
}

fn grouped(results: &[Upshot<'_>]) -> Vec<Section> {
    let sections = Under::ALL.into_iter().filter_map(|(under, heading)| {
        let lines = results.iter().filter(|result| result.under == under);
        let lines: Vec<String> = lines.map(line_of).collect();
        (!lines.is_empty()).then(|| Section::of(heading, lines))
    });
    sections.collect()
}

fn line_of(result: &Upshot<'_>) -> String {
    format!("{}: {}", line::title(result.action), result.words)
}

/// What came of a meeting, for everybody in its channel: of all of it, or of what is new since that was
/// told.
pub fn for_all(sheet: &Sheet<'_>, results: &[Upshot<'_>], by: &str) -> Card {
    let is_first = finished(sheet.steps).is_none();
    let mut text = vec![attendance::in_figures(sheet.attendances)];
    let told: Vec<ActionId> = results.iter().map(|result| result.action.id).collect();
    let aside = sheet.decisions.iter().filter(|cited| !told.contains(&cited.action)).count();
    if is_first && aside > 0 {
        let were = if aside == 1 { "was" } else { "were" };
        let more = counted(aside, "decision of it", "decisions of it");
        text.push(format!("{more} {were} told when recorded."));
    }
    if is_first && results.is_empty() && aside == 0 {
        text.push("Nothing was decided about the plan.".into());
    }
    let minutes = minutes(sheet.steps).filter(|words| !words.is_empty());
    let minutes = minutes.map(|words| format!(" · minutes {words}")).unwrap_or_default();
    let sections = grouped(results).into_iter().map(|section| section.at_most(LINES_MAX));
    let begins = if is_first { "What came of" } else { "New in the record of" };
    Card {
        title: format!("{begins} {}", sheet.name),
        text: text.join("\n"),
        sections: sections.collect(),
        footer: format!("Recorded by {by}{minutes}"),
        ..Card::default()
    }
}

/// What came of a meeting for one who answers for some actions.
pub fn for_lead(sheet: &Sheet<'_>, results: &[&Upshot<'_>]) -> Card {
    let results: Vec<Upshot<'_>> = results.iter().map(|result| (*result).clone()).collect();
    Card {
        title: format!("For you, from {}", sheet.name),
        text: "It concerns what you answer for.".into(),
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
        let words = counted(channels, "lead's channel has", "leads' channels have");
        parts.push(format!("{words} a line"));
    }
    match parts.as_slice() {
        [] => "Finished. Nobody else is told, since no channel is linked.".into(),
        parts => format!("Finished. {}.", both(parts)),
    }
}
