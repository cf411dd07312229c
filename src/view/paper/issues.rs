//! The main issues: where the plan stands, and what is asked, late, due, moved, blank or done.

use super::Block;
use super::Facts;
use super::Piece;
use super::Pieces;
use super::Section;
use super::counts::by_area;
use super::counts::in_words;
use super::counts::movement;
use super::phrase::actions;
use super::phrase::by_lead;
use super::phrase::counted;
use super::phrase::decisions as decisions_asked;
use super::phrase::has;
use super::phrase::is;
use super::phrase::last_update;
use super::phrase::moved;
use super::phrase::name;
use super::phrase::numbers;
use super::phrase::overdue;
use super::phrase::paragraph;
use super::phrase::point;
use super::phrase::target;
use super::phrase::words;
use crate::action::Action;
use crate::action::Standing;
use crate::date::day_in_words;
use crate::view::line;
use crate::view::plain;

pub(super) fn sections(facts: Facts<'_>) -> Vec<Section> {
    let blocks = [
        position(facts),
        decisions(facts),
        late(facts),
        due(facts),
        dates(facts),
        blank(facts),
        completed(facts),
        heard(facts),
        vec![Block::Numbered(vec![facts.to_write(
            "anything else that members should know and the record does not say; delete if there \
             is nothing",
        )])],
    ]
    .concat();
    vec![Section { heading: "Main Issues".into(), blocks }]
}

fn heading(words: &str) -> Block {
    Block::Heading(words.into())
}

fn position(facts: Facts<'_>) -> Vec<Block> {
    let digest = facts.digest;
    let mut blocks = vec![heading(&format!("Position on {}", day_in_words(digest.today)))];
    if digest.counts.total == 0 {
        blocks.push(paragraph("The plan holds no actions."));
        return blocks;
    }
    blocks.push(paragraph(format!(
        "Of {}, {}.",
        actions(digest.counts.total),
        in_words(&digest.counts)
    )));
    match &digest.before {
        None => blocks.push(paragraph(
            "This is the first report of the position, so there is nothing yet to compare it with.",
        )),
        Some((before_on, before)) if *before == digest.counts => blocks.push(paragraph(format!(
            "None of these numbers has changed since {}.",
            day_in_words(*before_on)
        ))),
        Some((before_on, before)) => {
            blocks.push(paragraph(format!("Since {}:", day_in_words(*before_on))));
            let now = (digest.today, &digest.counts);
            blocks.push(Block::Table(movement((*before_on, before), now)));
        }
    }
    blocks.push(paragraph("By improvement area:"));
    blocks.push(Block::Table(by_area(&digest.by_area, &digest.counts)));
    blocks
}

fn decisions(facts: Facts<'_>) -> Vec<Block> {
    let (complete, dates) = decisions_asked(facts.digest);
    let mut blocks = vec![heading("Decisions asked of members")];
    if complete.is_empty() {
        blocks.push(paragraph("No action awaits sign-off."));
    } else {
        blocks.push(paragraph(format!(
            "{} {} complete in the view of those who lead. Members are asked to agree, which \
             closes the action, or to say what is still to be done.",
            actions(complete.len()),
            is(complete.len()),
        )));
    }
    blocks.extend(complete.into_iter().map(|action| {
        let said = last_update(action, facts.position.partnership.calendar.zone);
        Block::Point(point(action, &said.unwrap_or_default()))
    }));
    if !dates.is_empty() {
        blocks.push(paragraph(format!(
            "A new date is asked for {}. Members are asked to agree it, to refuse it, or to set \
             another.",
            actions(dates.len()),
        )));
    }
    blocks.extend(dates.into_iter().map(|(action, asked)| {
        let now = line::target_as(action, plain);
        let before = match line::moved_as(action, plain) {
            Some(moved) => format!("{now} ({moved})"),
            None => now,
        };
        let (date, reason) = (plain(asked.target.words()), plain(&asked.reason));
        Block::Point(point(action, &format!("{date} in place of {before}. “{reason}”")))
    }));
    blocks
}

fn late(facts: Facts<'_>) -> Vec<Block> {
    let digest = facts.digest;
    let mut blocks = vec![heading("Overdue actions")];
    if digest.overdue.is_empty() {
        blocks.push(paragraph("No action is overdue."));
        return blocks;
    }
    let count = digest.overdue.len();
    let order = if count == 1 { "" } else { ", the longest first" };
    blocks.push(paragraph(format!("{} {} overdue{order}:", actions(count), is(count))));
    blocks.extend(digest.overdue.iter().map(|action| Block::Point(reason(action, facts))));
    blocks
}

/// An overdue action: how long, how often it moved, and why in the lead's own words.
fn reason(action: &Action, facts: Facts<'_>) -> Pieces {
    let digest = facts.digest;
    let mut facts_of_it: Vec<String> = overdue(action, digest.today).into_iter().collect();
    facts_of_it.extend(moved(action));
    if digest.overdue_again.contains(&action.reference) {
        facts_of_it.push("overdue when last reported, too".into());
    }
    facts_of_it.push(line::said(action).to_owned());
    let rest = format!("{}.", facts_of_it.join("; "));
    let mut pieces = point(action, &rest);
    if let Some(said) = last_update(action, facts.position.partnership.calendar.zone) {
        pieces.push(words(format!(" {said}")));
    } else {
        pieces.push(words(" "));
        pieces.push(facts.to_write("why it is late and what is proposed"));
    }
    pieces
}

fn due(facts: Facts<'_>) -> Vec<Block> {
    let digest = facts.digest;
    let (by, when) = match &digest.following {
        Some(next) => ("Due before the next meeting", format!("by {}", facts.named(next))),
        None => ("Due before this meeting", format!("by {}", day_in_words(digest.meeting.on))),
    };
    let mut blocks = vec![heading(by)];
    if digest.due.is_empty() {
        blocks.push(paragraph(format!("No further action falls due {when}.")));
        return blocks;
    }
    let count = digest.due.len();
    let fall = if count == 1 { "falls" } else { "fall" };
    blocks.push(paragraph(format!("{} {fall} due {when}:", actions(count))));
    blocks.extend(digest.due.iter().map(|action| {
        let rest = format!("{}; {}", target(action), line::said(action));
        Block::Point(point(action, &rest))
    }));
    blocks
}

/// Target dates that have moved, so that what has slipped is seen.
fn dates(facts: Facts<'_>) -> Vec<Block> {
    let open = |action: &&Action| action.standing == Standing::Open && action.moves > 0;
    let all: Vec<&Action> = facts.position.actions.iter().filter(open).collect();
    if all.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![
        heading("Target dates that have moved"),
        paragraph(match all.len() {
            1 => "The target date of one action has moved:".to_owned(),
            count => format!("The target dates of {} have moved:", actions(count)),
        }),
    ];
    blocks.extend(all.into_iter().map(|action| {
        let rest = format!("{}, {}", target(action), moved(action).unwrap_or_default());
        Block::Point(point(action, &rest))
    }));
    blocks
}

fn blank(facts: Facts<'_>) -> Vec<Block> {
    let blank = &facts.digest.blank;
    if blank.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![
        heading("Actions without a lead or a date"),
        paragraph(format!("{} {} no lead or no date:", actions(blank.len()), has(blank.len()))),
    ];
    blocks.extend(blank.iter().map(|action| {
        let mut rest = vec![target(action), line::said(action).to_owned()];
        if action.leads.is_empty() {
            rest.insert(0, line::NO_LEAD.into());
        }
        Block::Point(vec![Piece::Strong(name(action)), words(format!(": {}", rest.join("; ")))])
    }));
    blocks
}

fn completed(facts: Facts<'_>) -> Vec<Block> {
    let digest = facts.digest;
    let Some((before_on, _)) = digest.before else {
        return Vec::new();
    };
    let mut blocks = vec![heading("Completed since the last report")];
    if digest.completed.is_empty() {
        let text = format!("No action has been signed off since {}.", day_in_words(before_on));
        blocks.push(paragraph(text));
        return blocks;
    }
    let count = digest.completed.len();
    blocks.push(paragraph(format!(
        "{} {} been signed off since {}:",
        actions(count),
        has(count),
        day_in_words(before_on)
    )));
    blocks.extend(digest.completed.iter().map(|action| Block::Point(point(action, ""))));
    blocks
}

/// How many have reported, and of what nothing has been said.
fn heard(facts: Facts<'_>) -> Vec<Block> {
    let digest = facts.digest;
    let mut blocks = vec![heading("Updates")];
    let said = digest.progress.len();
    let since = digest
        .before
        .map_or_else(|| "the last meeting".to_owned(), |(before_on, _)| day_in_words(before_on));
    blocks.push(paragraph(match said {
        0 => format!("No update has been logged since {since}."),
        _ => format!(
            "{} {} been logged since {since}; the latest of each action is in Appendix 1.",
            counted(said, "update", "updates"),
            has(said),
        ),
    }));
    if !digest.silent.is_empty() {
        let silent: Vec<String> = by_lead(&digest.silent)
            .iter()
            .map(|(lead, actions)| format!("{lead} ({})", numbers(actions.iter().copied())))
            .collect();
        blocks.push(paragraph(format!(
            "Nothing has been said since the last meeting about {}: {}.",
            actions(digest.silent.len()),
            silent.join("; ")
        )));
    }
    blocks
}
