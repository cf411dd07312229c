//! How a paper begins: its head, purpose, recommendations and background.

use super::Block;
use super::Facts;
use super::Piece;
use super::Pieces;
use super::Section;
use super::phrase::actions;
use super::phrase::counted;
use super::phrase::decisions;
use super::phrase::formal;
use super::phrase::is;
use super::phrase::name;
use super::phrase::number;
use super::phrase::numbers;
use super::phrase::paragraph;
use super::phrase::words;
use crate::action::Action;
use crate::body::BodyKind;
use crate::date::day_in_full;
use crate::date::day_in_words;
use crate::digest::Counts;
use crate::view::line;
use crate::view::plain;
use crate::view::position::moment;

/// How many actions the recommendations name one by one before they only number them.
const NAMED_MAX: usize = 5;

pub(super) fn note(facts: Facts<'_>, marks: usize) -> Pieces {
    let zone = facts.position.partnership.calendar.zone;
    vec![Piece::ToWrite(format!(
        "Draft from the record as it stood at {}. {} to complete the {} marked like this, \
         then delete this note",
        moment(facts.digest.position_at, zone),
        facts.writer(),
        counted(marks, "passage", "passages"),
    ))]
}

pub(super) fn report_by(facts: Facts<'_>) -> Pieces {
    vec![words(format!("Report by {}", facts.writer()))]
}

pub(super) fn meeting(facts: Facts<'_>) -> Pieces {
    let body = match facts.digest.body.kind {
        BodyKind::Board => facts.position.partnership.name.clone(),
        _ => formal(&facts.digest.body),
    };
    vec![words(format!("{body}: {}", day_in_full(facts.digest.meeting.on)))]
}

pub(super) fn subject(facts: Facts<'_>) -> Pieces {
    vec![words(format!("Subject: {} – update", facts.position.plan.title))]
}

pub(super) fn sections(facts: Facts<'_>) -> Vec<Section> {
    vec![
        Section { heading: "Purpose".into(), blocks: purpose(facts) },
        Section { heading: "Recommendations".into(), blocks: recommendations(facts) },
        Section { heading: "Background".into(), blocks: background(facts) },
    ]
}

fn purpose(facts: Facts<'_>) -> Vec<Block> {
    let since = match facts.digest.before {
        Some((day, _)) => format!(", what has changed since {}", day_in_words(day)),
        None => String::new(),
    };
    vec![paragraph(format!(
        "This report tells members how the {} stood on {}{since} and what is asked of them.",
        facts.position.plan.title,
        day_in_words(facts.digest.today),
    ))]
}

fn recommendations(facts: Facts<'_>) -> Vec<Block> {
    let digest = facts.digest;
    let mut points = Vec::new();
    let (complete, dates) = decisions(digest);
    points.extend(sign_offs(&complete));
    points.extend(dates.into_iter().map(|(action, asked)| {
        let (date, now) = (plain(asked.target.words()), line::target_as(action, plain));
        ("Agree", format!("{date} as the new date of {}, in place of {now}", name(action)))
    }));
    let without = |wanted: &dyn Fn(&Action) -> bool| {
        let found: Vec<&Action> = digest.blank.iter().filter(|action| wanted(action)).collect();
        let which = if found.len() == 1 { "which has" } else { "which have" };
        (!found.is_empty()).then(|| format!("{}, {which}", numbers(found)))
    };
    if let Some(those) = without(&|action| action.leads.is_empty()) {
        points.push(("Agree", format!("who is to lead {those} no lead")));
    }
    if let Some(those) = without(&|action| !action.target.has_date()) {
        points.push(("Agree", format!("a target date for {those} none")));
    }
    points.push(("Note", where_it_stands(&digest.counts)));
    if !digest.overdue.is_empty() {
        let those = numbers(&digest.overdue);
        let are = is(digest.overdue.len());
        points.push(("Note", format!("the reasons in section 4 why {those} {are} overdue")));
    }
    let mut blocks = vec![paragraph("Members are asked to:")];
    blocks.extend(points.into_iter().map(|(verb, rest)| {
        Block::Point(vec![Piece::Strong(verb.into()), words(format!(" {rest}"))])
    }));
    blocks
}

fn where_it_stands(counts: &Counts) -> String {
    if counts.total == 0 {
        return "that the plan holds no actions".into();
    }
    format!(
        "the position of the plan: of {}, {} {} complete and {} {} overdue",
        actions(counts.total),
        number(counts.complete),
        is(counts.complete.max(1)),
        number(counts.overdue),
        is(counts.overdue.max(1)),
    )
}

fn sign_offs(decisions: &[&Action]) -> Vec<(&'static str, String)> {
    if decisions.len() > NAMED_MAX {
        let those = numbers(decisions.iter().copied());
        return vec![("Agree", format!("that {those} are complete"))];
    }
    decisions.iter().map(|action| ("Agree", format!("that {} is complete", name(action)))).collect()
}

fn background(facts: Facts<'_>) -> Vec<Block> {
    let Facts { digest, position } = facts;
    let areas = counted(position.areas.len(), "improvement area", "improvement areas");
    let answers =
        position.partnership.bodies.with(position.plan.body).map_or_else(String::new, |body| {
            format!(" {} answers for it as a whole.", formal(body))
        });
    let mut blocks = vec![paragraph(format!(
        "The {} holds {} in {areas}.{answers} Appendix 1 has every action with its lead, its target \
         date and the latest update.",
        position.plan.title,
        actions(digest.counts.total),
    ))];
    if let Some((day, _)) = digest.before {
        blocks.push(paragraph(format!(
            "Members were last told the position as it stood on {}.",
            day_in_words(day)
        )));
    }
    blocks.push(paragraph(
        "Target dates stand as the plan words them. An action is due on the last day of its \
         target, so that March 2021 means 31 March 2021, and it is overdue from the day after. \
         What is complete or on hold does not count as overdue.",
    ));
    blocks.push(Block::Numbered(vec![facts.to_write(
        "how the plan came about and what members decided when they last considered it",
    )]));
    blocks
}
