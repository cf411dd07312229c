//! Sections 5 to 10: what the plan means for people, money, risk, equality and strategy.

use super::Block;
use super::Facts;
use super::Piece;
use super::Section;
use super::phrase::actions;
use super::phrase::by_lead;
use super::phrase::has;
use super::phrase::is;
use super::phrase::level;
use super::phrase::number;
use super::phrase::numbers;
use super::phrase::paragraph;
use super::phrase::words;
use crate::action::Action;
use crate::action::Standing;
use crate::action::Status;
use crate::action::lead::vacancies;
use crate::body::both;
use crate::date::day_in_words;
use crate::view::line;
use crate::view::line::NO_LEAD;
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

/// Who leads what is still to be done, and how much of it nobody does.
fn leads(facts: Facts<'_>) -> Block {
    let bodies = &facts.position.partnership.bodies;
    let to_do = facts.position.actions.iter().filter(|action| is_to_do(action));
    let vacant = vacancies(to_do, bodies).into_iter().map(|(vacant, actions)| {
        let (vacant, leads) = line::vacant(vacant, bodies);
        format!(" {} {leads} {}.", plain(&vacant), numbers(actions))
    });
    paragraph(format!("{}{}", led(facts), vacant.collect::<String>()))
}

fn is_to_do(action: &Action) -> bool {
    action.standing == Standing::Open && !action.awaits_sign_off()
}

fn led(facts: Facts<'_>) -> String {
    let (nobodys, led): (Vec<_>, Vec<_>) =
        by_lead(facts.position.actions.iter().filter(|action| is_to_do(action)))
            .into_iter()
            .partition(|(lead, _)| lead == NO_LEAD);
    let all: Vec<String> =
        led.iter().map(|(lead, actions)| format!("{lead} ({})", actions.len())).collect();
    let without: usize = nobodys.iter().map(|(_, actions)| actions.len()).sum();
    match (all.as_slice(), without) {
        ([], 0) => "No action is still to be done.".to_owned(),
        ([], _) => "No action that is still to be done has a lead.".to_owned(),
        (_, 0) => format!("The actions still to be done are led by {}.", both(&all)),
        _ => format!(
            "The actions still to be done are led by {}; {} {} no lead.",
            both(&all),
            number(without),
            has(without)
        ),
    }
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
