//! Sections 5 to 10: what the plan means for people, money, risk, equality and strategy.

use super::Block;
use super::Facts;
use super::Piece;
use super::Section;
use super::phrase::actions;
use super::phrase::is;
use super::phrase::level;
use super::phrase::number;
use super::phrase::numbers;
use super::phrase::paragraph;
use super::phrase::words;
use crate::action::Action;
use crate::action::Standing;
use crate::action::Status;
use crate::body::both;
use crate::date::day_in_words;
use crate::view::plain;

pub(super) fn sections(facts: Facts<'_>) -> Vec<Section> {
    let to_write = |hint| Block::Numbered(vec![facts.to_write(hint)]);
    let section = |heading: &str, blocks| Section { heading: heading.to_owned(), blocks };
    vec![
        section(
            "People Implications",
            vec![
                leads(facts),
                to_write(
                    "whether any of this needs people beyond the partners' present capacity; if \
                     not, say that there are none",
                ),
            ],
        ),
        section(
            "Financial & Procurement Implications",
            vec![to_write(
                "what any of this costs or buys, and who meets it; if nothing, say that there are \
                 none",
            )],
        ),
        section(
            "Risk Analysis",
            vec![
                risk(facts),
                to_write("what it would mean if the plan slipped further, and how that is managed"),
            ],
        ),
        section(
            "Equalities Impact Assessment (EIA)",
            vec![to_write(
                "whether an assessment is needed; if this only reports progress, say that none is",
            )],
        ),
        section(
            "Consultation",
            vec![consulted(facts), to_write("who else was consulted on this report")],
        ),
        section("Strategic Assessment", strategic(facts)),
    ]
}

/// Who leads what is still to be done.
fn leads(facts: Facts<'_>) -> Block {
    let mut by_lead: Vec<(String, usize)> = Vec::new();
    let open = |action: &&Action| action.standing == Standing::Open;
    for action in facts.position.actions.iter().filter(open) {
        for lead in &action.leads {
            let lead = plain(&lead.printed);
            match by_lead.iter_mut().find(|(known, _)| *known == lead) {
                Some((_, count)) => *count += 1,
                None => by_lead.push((lead, 1)),
            }
        }
    }
    if by_lead.is_empty() {
        return paragraph("No action that is still open has a lead.");
    }
    let all: Vec<String> =
        by_lead.iter().map(|(lead, count)| format!("{lead} ({count})")).collect();
    paragraph(format!("The actions still open are led by {}.", both(&all)))
}

fn risk(facts: Facts<'_>) -> Block {
    let with = |status| {
        let open =
            move |action: &&Action| action.standing == Standing::Open && action.status == status;
        facts.position.actions.iter().filter(open).collect::<Vec<_>>()
    };
    let mut parts = Vec::new();
    for (status, what) in [(Status::AtRisk, "at risk"), (Status::Blocked, "blocked")] {
        let those = with(status);
        if !those.is_empty() {
            parts.push(format!(
                "{} {} reported as {what} ({})",
                actions(those.len()),
                is(those.len()),
                numbers(those.iter().copied())
            ));
        }
    }
    if parts.is_empty() {
        parts.push("no action is reported as at risk or blocked".into());
    }
    let slipped = facts.digest.slipped.len();
    if slipped > 0 {
        parts.push(format!(
            "the target of {} has moved more than once ({})",
            actions(slipped),
            numbers(&facts.digest.slipped)
        ));
    }
    let overdue = facts.digest.counts.overdue;
    parts.push(match overdue {
        0 => "none is overdue".into(),
        _ => format!("{} {} overdue", number(overdue), is(overdue)),
    });
    paragraph(format!("{}.", both(&parts)))
}

/// Whose words the report rests on.
fn consulted(facts: Facts<'_>) -> Block {
    let digest = facts.digest;
    let bodies = &facts.position.partnership.bodies;
    let mut heard: Vec<String> = Vec::new();
    for (_, update) in &digest.progress {
        let body = update.body.and_then(|id| bodies.with(id)).map(|body| body.name.clone());
        if let Some(name) = body.filter(|name| !heard.contains(name)) {
            heard.push(name);
        }
    }
    let day = day_in_words(digest.today);
    paragraph(if heard.is_empty() {
        format!("This report rests on the plan's record as it stood on {day}.")
    } else {
        format!(
            "This report rests on the plan's record as it stood on {day}, with updates from {}.",
            both(&heard)
        )
    })
}

fn strategic(facts: Facts<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let aims = facts.position.areas.iter().filter(|area| !area.aim.is_empty());
    let points: Vec<Block> = aims
        .map(|area| {
            let title = format!("{}: ", plain(&area.title));
            Block::Point(vec![Piece::Strong(title), words(level(&area.aim))])
        })
        .collect();
    if !points.is_empty() {
        blocks.push(paragraph("What the plan's improvement areas are for:"));
        blocks.extend(points);
    }
    blocks.push(Block::Numbered(vec![
        facts.to_write("how this helps to deliver the Local Outcome Improvement Plan"),
    ]));
    blocks
}
