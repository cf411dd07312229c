//! What follows the paper: the plan's own table by improvement area, and the plan on a page.

use super::Appendix;
use super::Block;
use super::Column;
use super::Content;
use super::Facts;
use super::Picture;
use super::Piece;
use super::Pieces;
use super::Table;
use super::phrase::lead;
use super::phrase::level;
use super::phrase::moved;
use super::phrase::overdue;
use super::phrase::status;
use super::phrase::target;
use super::phrase::words;
use crate::action::Action;
use crate::plan::Area;
use crate::view::line;
use crate::view::plain;
use crate::view::position::title;
use crate::view::position::update_heading;

pub(super) fn appendices(facts: Facts<'_>, picture: Option<Picture>) -> Vec<Appendix> {
    let position = facts.position;
    let blocks = position.areas.iter().flat_map(|area| of_area(area, facts)).collect();
    let mut appendices =
        vec![Appendix { heading: title(position), content: Content::Blocks(blocks) }];
    appendices.extend(picture.map(|picture| Appendix {
        heading: format!("{} on a page", position.plan.title),
        content: Content::Picture(picture),
    }));
    appendices
}

fn of_area(area: &Area, facts: Facts<'_>) -> Vec<Block> {
    let heading = format!("Improvement Area {}: {}", area.number, plain(&area.title));
    let mut blocks = vec![Block::Heading(heading)];
    if !area.aim.is_empty() {
        blocks.push(Block::Plain(vec![words(level(&area.aim))]));
    }
    let promised = facts.position.promised().filter(|action| action.reference.is_in(area));
    let rows: Vec<_> = promised.map(|action| row(action, facts)).collect();
    if rows.is_empty() {
        blocks.push(Block::Plain(vec![words("There is no action in this area.")]));
    } else {
        blocks.push(Block::Table(Table { columns: columns(facts), rows }));
    }
    blocks
}

fn columns(facts: Facts<'_>) -> Vec<Column> {
    let update = update_heading(facts.digest.today);
    let columns = [("No", 5), ("Activities", 28), ("Lead", 17), ("Target Date", 17), (&update, 42)];
    columns.map(|(heading, share)| Column { heading: heading.to_owned(), share }).to_vec()
}

fn row(action: &Action, facts: Facts<'_>) -> Vec<Vec<Pieces>> {
    let lines = |text: String| vec![vec![words(text)]];
    vec![
        lines(action.reference.printed()),
        lines(plain(&action.title)),
        lines(lead(action)),
        when(action, facts),
        update(action, facts),
    ]
}

fn when(action: &Action, facts: Facts<'_>) -> Vec<Pieces> {
    let mut lines = vec![vec![words(target(action))]];
    lines.extend(moved(action).map(|moved| vec![words(moved)]));
    let late = overdue(action, facts.digest.today).is_some();
    lines.extend(late.then(|| vec![Piece::Strong("Overdue".into())]));
    lines
}

/// What was last said, whole, below the status; then when, and who said it for whom.
fn update(action: &Action, facts: Facts<'_>) -> Vec<Pieces> {
    let partnership = &facts.position.partnership;
    let mut lines = vec![vec![Piece::Strong(status(action))]];
    let Some(update) = &action.last_update else {
        lines.push(vec![words("No update yet.")]);
        return lines;
    };
    lines.push(vec![words(level(&update.text))]);
    let body = update.body.and_then(|id| partnership.bodies.with(id));
    let said_on = line::said_on(update, partnership.calendar.zone);
    lines.push(vec![words(match body {
        Some(body) => format!("({}, {said_on})", body.name),
        None => format!("({said_on})"),
    })]);
    lines
}
