//! What is overdue, or needs attention otherwise.

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::action::Action;
use crate::action::Lateness;
use crate::action::Standing;
use crate::action::Status;
use crate::attention::Attention;
use crate::body::Bodies;
use crate::date::day_in_full;
use crate::request::Ask;
use crate::request::AttentionAsk;
use crate::request::token;
use crate::view::Button;
use crate::view::Card;
use crate::view::Section;
use crate::view::Tone;
use crate::view::decision;
use crate::view::line;
use crate::view::line::Lens;
use crate::view::line::counted;

/// A list as somebody asked for it.
#[derive(Debug)]
pub struct Asked<'a> {
    /// What was asked.
    pub ask: &'a AttentionAsk,
    /// Which actions it was asked of, in words: ` led by CPEG`, or nothing for all.
    pub scope: &'a str,
    /// The next meeting, as a sentence names it, where one is known.
    pub meeting: Option<&'a str>,
    /// From where the actions are seen.
    pub lens: Lens,
}

/// The actions found, and beside them what the list leaves out of those it was asked of.
pub fn attention(asked: &Asked<'_>, found: &[&Action], scope: &[&Action], bodies: &Bodies) -> Card {
    let lens = &asked.lens;
    let sections = if found.is_empty() {
        Vec::new()
    } else {
        let line = |action: &&Action| match asked.ask.view {
            Attention::Awaiting => decision::needed(action, bodies, lens),
            _ => line::whole(action, lens),
        };
        let lines = found.iter().map(line).collect();
        vec![Section::of("", lines)]
    };
    let mut footer = Vec::new();
    if asked.ask.view == Attention::Overdue {
        footer.extend(due_that_day(scope, lens));
        footer.extend(undated(scope, lens));
    }
    footer.extend(left_out(found, scope));
    Card {
        tone: if found.is_empty() { Tone::Good } else { Tone::Attention },
        title: title(asked.ask.view, lens.today),
        text: summary(asked, found.len(), scope.len()),
        sections,
        footer: footer.join("\n"),
        ..Card::default()
    }
}

/// The button that shows a private list to everybody in the channel.
pub fn share_button(ask: &AttentionAsk) -> Option<Button> {
    let token = token::write(&Ask::ShareOverdue(ask.clone()))?;
    Some(Button { label: "Share here".into(), token })
}

fn title(view: Attention, today: NaiveDate) -> String {
    let day = day_in_full(today);
    let heading = match view {
        Attention::Overdue => return format!("Overdue on {day}"),
        Attention::Due => "Due before the next meeting",
        Attention::Silent => "No update since the last meeting",
        Attention::Blank => "No lead or no date",
        Attention::Awaiting => "Awaiting a decision",
        Attention::All => "Needing attention",
    };
    format!("{heading}, as at {day}")
}

fn summary(asked: &Asked<'_>, found: usize, of: usize) -> String {
    let actions = format!("{}{}", counted(of, "action", "actions"), asked.scope);
    let meeting = match asked.meeting {
        Some(meeting) => format!("before {meeting}"),
        None => "before the next meeting; no meeting is in the calendar".into(),
    };
    let (is, what) = match asked.ask.view {
        Attention::Overdue => ("is", "overdue".to_owned()),
        Attention::Due => ("is", format!("due {meeting}")),
        Attention::Silent => ("lacks", "an update since the last meeting".into()),
        Attention::Blank => ("lacks", "a lead or a date".into()),
        Attention::Awaiting => ("awaits", "a decision".into()),
        Attention::All => ("needs", "somebody's attention".into()),
    };
    let many = match is {
        "is" => "are",
        "lacks" => "lack",
        "awaits" => "await",
        _ => "need",
    };
    match (of, found) {
        (0, _) => format!("There are no actions{}.", asked.scope),
        (1, 0) => format!("0 of {actions} {is} {what}."),
        (_, 0) => format!("None of {actions} {is} {what}."),
        (_, 1) => format!("1 of {actions} {is} {what}."),
        _ if asked.ask.view == Attention::Overdue => {
            format!("{found} of {actions} {many} {what}, longest first.")
        }
        _ => format!("{found} of {actions} {many} {what}."),
    }
}

fn due_that_day(scope: &[&Action], lens: &Lens) -> Option<String> {
    let due = scope.iter().filter(|action| {
        action.target.due_on() == Some(lens.today)
            && action.lateness(lens.today, None) == Lateness::DueBeforeMeeting
    });
    refs(due).map(|refs| format!("Due that day, so not yet overdue: {refs}."))
}

fn undated(scope: &[&Action], lens: &Lens) -> Option<String> {
    let undated =
        scope.iter().filter(|action| action.lateness(lens.today, None) == Lateness::NoDate);
    refs(undated).map(|refs| format!("No date, so never overdue: {refs}."))
}

/// What the list leaves out for good reason, counted.
fn left_out(found: &[&Action], scope: &[&Action]) -> Option<String> {
    let listed = |action: &Action| found.iter().any(|found| found.id == action.id);
    let count = |wanted: &dyn Fn(&Action) -> bool| {
        scope.iter().filter(|action| wanted(action) && !listed(action)).count()
    };
    let parts = [
        (count(&|action| action.standing == Standing::SignedOff), "signed off"),
        (count(&|action| action.awaits_sign_off()), "awaiting sign-off"),
        (
            count(&|action| action.standing == Standing::Open && action.status == Status::OnHold),
            "on hold",
        ),
        (count(&|action| action.standing == Standing::Withdrawn), "withdrawn"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    (!parts.is_empty()).then(|| format!("Left out: {}.", parts.join(", ")))
}

fn refs<'a>(actions: impl Iterator<Item = &'a &'a Action>) -> Option<String> {
    let refs: Vec<String> = actions.map(|action| action.reference.to_string()).collect();
    (!refs.is_empty()).then(|| line::some_of(&refs))
}
