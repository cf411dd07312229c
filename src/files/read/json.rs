//! A plan as it is exported for audit, read back as a table.

use serde::Deserialize;

use crate::files::document::Cell;
use crate::files::document::Document;
use crate::files::document::Part;
use crate::files::document::Place;
use crate::files::document::Row;
use crate::files::document::Table;
use crate::files::read::kind::foreign;
use crate::files::read::limit::ROWS_MAX;
use crate::files::read::refusal::Refusal;

/// What is read of an export; its ledger is history and left aside.
#[derive(Deserialize)]
struct Export {
    actions: Vec<Action>,
}

#[derive(Deserialize)]
struct Action {
    r#ref: String,
    title: String,
    leads: Vec<Lead>,
    target: Target,
    status: String,
    standing: String,
    themes: Vec<String>,
    last_update: Option<Update>,
}

#[derive(Deserialize)]
struct Lead {
    printed: String,
}

#[derive(Deserialize)]
struct Target {
    words: String,
}

#[derive(Deserialize)]
struct Update {
    text: String,
}

/// Whether a text is JSON as an export is.
pub(super) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with('{') && text.contains("\"actions\"")
}

/// The actions of an export as a table, numbered as they stand in it.
pub(super) fn read(name: &str, text: &str) -> Result<Document, Refusal> {
    let export: Export = serde_json::from_str(text).map_err(|_| {
        foreign(
            name,
            "JSON, and not as an export has it",
            "Send the file that /plan export gives, or the plan's table as CSV.",
        )
    })?;
    if export.actions.len() > ROWS_MAX {
        return Err(Refusal::TooLong { file: name.to_owned() });
    }
    let headings = ["No.", "Activities", "Lead", "Target Date", "Status", "Theme", UPDATE];
    let mut rows = vec![row(1, headings.map(str::to_owned))];
    let standing = export.actions.into_iter().filter(|action| action.standing != "withdrawn");
    for (action, number) in standing.zip(2..) {
        let leads: Vec<String> = action.leads.into_iter().map(|lead| lead.printed).collect();
        let cells = [
            action.r#ref,
            action.title,
            leads.join("; "),
            action.target.words,
            action.status,
            action.themes.join("; "),
            action.last_update.map(|update| update.text).unwrap_or_default(),
        ];
        rows.push(row(number, cells));
    }
    let parts = vec![Part::Table(Table { rows })];
    Ok(Document { file: name.to_owned(), parts, doubts: Vec::new() })
}

/// Updates in an export say of when they are, each by itself.
const UPDATE: &str = "Update (each with its day)";

fn row(number: usize, cells: [String; 7]) -> Row {
    Row { at: Place::row(number), cells: cells.map(Cell::from).into() }
}
