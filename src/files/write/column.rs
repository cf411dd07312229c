//! The columns of the plan's own table, for every format that has rows and columns.

use chrono::NaiveDate;

use super::writable;
use crate::action::Action;
use crate::action::Standing;
use crate::action::Status;
use crate::attention::brag;
use crate::position::Position;
use crate::view::brag::in_words_as;
use crate::view::position::update_heading;

/// What stands between several leads or themes in a cell; the reading of a plan parts them there.
pub(super) const BETWEEN: &str = "; ";

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Words; may be empty.
    Words(String),
    /// A day.
    Day(NaiveDate),
    /// A number of times.
    Count(u32),
}

/// One column of the table.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// What stands above it.
    pub(super) heading: String,
    /// Its width in characters of the sheet's font, for formats that have widths.
    pub(super) width: u16,
    cell: fn(&Action, &Position) -> Cell,
}

impl Column {
    /// What stands in it for an action.
    pub(super) fn cell(&self, action: &Action, position: &Position) -> Cell {
        (self.cell)(action, position)
    }
}

/// The columns, from the left: those that the plan prints, then what the record adds to them.
pub(super) fn columns(position: &Position) -> Vec<Column> {
    let update = update_heading(position.today);
    let [area, number, title, lead, target, update, stands, theme] = headings(&update);
    let column = |heading: &str, width, cell| Column { heading: heading.to_owned(), width, cell };
    vec![
        column(area, 16, |action, _| {
            Cell::Words(format!("Improvement Area {}", action.reference.area))
        }),
        column(number, 5, |action, _| Cell::Words(action.reference.printed())),
        column(title, 30, |action, _| words(&action.title)),
        column(lead, 15, |action, _| words(&leads(action))),
        column(target, 13, |action, _| words(action.target.words())),
        column(update, 42, |action, _| {
            words(action.last_update.as_ref().map_or("", |update| &update.text))
        }),
        column(stands, 10, |action, _| Cell::Words(status(action).words().to_owned())),
        column(theme, 12, |action, _| words(&action.themes.join(BETWEEN))),
        column("First target", 12, |action, _| words(first_target(action))),
        column("Due on", 11, |action, _| day(action.target.due_on())),
        column("Moves", 6, |action, _| Cell::Count(action.moves)),
        column("Last update", 11, |action, position| {
            let calendar = &position.partnership.calendar;
            day(action.last_update.as_ref().map(|update| calendar.day(update.said_at)))
        }),
        column("BRAG and why", 24, |action, position| {
            let vantage = position.vantage();
            words(&in_words_as(brag(action, &vantage), action, &vantage, str::to_owned))
        }),
    ]
}

/// What stands above the columns that the plan prints, the heading of the updates among them.
pub(super) fn headings(update: &str) -> [&str; 8] {
    ["Improvement Area", "No.", "Activities", "Lead", "Target Date", update, "Status", "Theme"]
}

fn words(words: &str) -> Cell {
    Cell::Words(writable(words).into_owned())
}

fn day(day: Option<NaiveDate>) -> Cell {
    day.map_or_else(|| Cell::Words(String::new()), Cell::Day)
}

fn leads(action: &Action) -> String {
    let printed: Vec<&str> = action.leads.iter().map(|lead| lead.printed.as_str()).collect();
    printed.join(BETWEEN)
}

/// What people say of it; what is signed off is complete, whatever was said last.
fn status(action: &Action) -> Status {
    match action.standing {
        Standing::SignedOff => Status::Complete,
        Standing::Open | Standing::Withdrawn => action.status,
    }
}

/// The words of the first target, where there has been another since.
fn first_target(action: &Action) -> &str {
    if action.moves > 0 { action.first_target.words() } else { "" }
}
