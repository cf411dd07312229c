//! Which actions stand on which page.

use std::collections::BTreeMap;

use crate::action::Standing;
use crate::date::day_in_words;
use crate::position::Position;
use crate::view::line;
use crate::view::line::Lens;
use crate::view::overview::Group;
use crate::view::overview::Overview;
use crate::view::overview::PAGES_MAX;
use crate::view::overview::ROWS_MAX;
use crate::view::overview::Row;
use crate::view::plain;

/// The plan's areas, and every action that is not withdrawn, under its own.
pub(super) fn groups(position: &Position, lens: &Lens) -> Vec<Group> {
    let titles = position.areas.iter().map(|area| (area.number, plain(&area.title)));
    let mut groups: BTreeMap<u32, Group> = BTreeMap::new();
    for (number, title) in titles {
        let heading = if title.is_empty() {
            format!("Area {number}")
        } else {
            format!("Area {number}: {title}")
        };
        groups.insert(number, Group { heading, rows: Vec::new() });
    }
    for action in position.promised() {
        let number = action.reference.area;
        let unnamed = || Group { heading: format!("Area {number}"), rows: Vec::new() };
        groups.entry(number).or_insert_with(unnamed).rows.push(Row::of(action, lens));
    }
    groups.into_values().collect()
}

/// The groups dealt out to pages: an area stays together where that leaves no page half empty.
pub(super) fn pages(groups: Vec<Group>) -> Vec<Vec<Group>> {
    let mut pages: Vec<Vec<Group>> = vec![Vec::new()];
    let mut taken = 0;
    for group in groups {
        let fits = taken + group.rows.len() <= ROWS_MAX;
        let stays_together = group.rows.len() <= ROWS_MAX && taken >= ROWS_MAX / 2;
        if !fits && stays_together {
            pages.push(Vec::new());
            taken = 0;
        }
        let mut rows = group.rows.into_iter();
        let mut heading = group.heading;
        loop {
            let part: Vec<Row> = rows.by_ref().take(ROWS_MAX - taken).collect();
            taken += part.len();
            if let Some(page) = pages.last_mut() {
                page.push(Group { heading: heading.clone(), rows: part });
            }
            if rows.len() == 0 {
                break;
            }
            if !heading.ends_with(CONTINUED) {
                heading.push_str(CONTINUED);
            }
            pages.push(Vec::new());
            taken = 0;
        }
        if taken == ROWS_MAX {
            pages.push(Vec::new());
            taken = 0;
        }
    }
    // The last may have been begun for what did not come.
    if pages.len() > 1 && pages.last().is_some_and(Vec::is_empty) {
        pages.pop();
    }
    pages.truncate(PAGES_MAX);
    pages
}

const CONTINUED: &str = " (continued)";

/// What might be looked for on the pages and is on none of them.
pub(super) fn missing(position: &Position, rows: usize, shown: usize) -> Vec<String> {
    let mut notes = Vec::new();
    let more = rows - shown;
    if more > 0 {
        let actions = line::counted(more, "more action is", "more actions are");
        notes.push(format!("{actions} in the plan's table and not drawn here."));
    }
    let withdrawn = position.actions.iter().filter(|it| it.standing == Standing::Withdrawn);
    let refs: Vec<String> = withdrawn.map(|action| action.reference.to_string()).collect();
    if !refs.is_empty() {
        notes.push(format!("Left out, as withdrawn: {}.", line::some_of(&refs)));
    }
    notes
}

/// Where the arrows of a page lead, if it has any.
pub(super) fn arrows(page: &Overview) -> Option<String> {
    let mut drawn = page.rows().flat_map(|row| row.window.into_iter().chain(row.first));
    let goes_on = |window| {
        let place = page.axis.place(window);
        place.earlier || place.later
    };
    drawn.any(goes_on).then(|| {
        format!(
            "An arrow at the edge leads to days before {} or after {}.",
            day_in_words(page.axis.days.from),
            day_in_words(page.axis.days.to)
        )
    })
}
