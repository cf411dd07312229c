//! A preview as a table: what was read, with its doubts, to be put right and imported again.

use anyhow::Context;

use super::column::BETWEEN;
use super::column::headings;
use super::csv::writer;
use super::writable;
use crate::action::Printed;
use crate::date::Target;
use crate::files::formula::guarded;
use crate::files::preview::Preview;
use crate::files::preview::Read;
use crate::plan::PrintedArea;
use crate::view::position::update_heading;

/// The table: the plan's own columns, those of its own notes, and the doubts, which a further import
/// leaves aside. It reads as the file did from which the preview was made.
pub fn write(preview: &Preview) -> anyhow::Result<Vec<u8>> {
    let notes = noted(preview);
    let update =
        preview.reported.map_or_else(|| "Update".to_owned(), |window| update_heading(window.from));
    let mut writer = writer();
    let heads = headings(&update).into_iter().chain(notes.iter().copied()).chain(["Doubts"]);
    writer.write_record(heads.map(cell)).context("write the headings")?;
    let mut last = None;
    for read in &preview.actions {
        let number = read.printed.reference.area;
        let area = preview.areas.iter().find(|area| area.number == number);
        let area = match area {
            Some(area) if last != Some(number) => titled(area),
            _ => format!("Improvement Area {number}"),
        };
        last = Some(number);
        let cells = std::iter::once(area)
            .chain(cells(&read.printed))
            .chain(notes.iter().map(|heading| note(&read.printed, heading)));
        let cells = cells.chain([doubts(read)]);
        writer.write_record(cells.map(|words| cell(&words))).context("write a row")?;
    }
    writer.into_inner().context("end the table")
}

/// Words as every cell has them: without what a table cannot hold or a spreadsheet would run.
fn cell(words: &str) -> String {
    guarded(&writable(words)).into_owned()
}

/// The headings of the plan's own notes, in the order in which they first occur.
fn noted(preview: &Preview) -> Vec<&str> {
    let mut headings: Vec<&str> = Vec::new();
    for note in preview.actions.iter().flat_map(|read| &read.printed.notes) {
        if !headings.contains(&note.heading.as_str()) {
            headings.push(&note.heading);
        }
    }
    headings
}

/// An area with its title where it stands first, so that it is not lost on the way.
fn titled(area: &PrintedArea) -> String {
    match area.title.as_str() {
        "" => format!("Improvement Area {}", area.number),
        title => format!("Improvement Area {}: {title}", area.number),
    }
}

fn cells(printed: &Printed) -> [String; 7] {
    let leads = printed.leads.iter().flatten().map(|lead| lead.printed.as_str());
    [
        printed.reference.printed(),
        printed.title.clone(),
        leads.collect::<Vec<_>>().join(BETWEEN),
        printed.target.as_ref().map_or("", Target::words).to_owned(),
        printed.update.clone().unwrap_or_default(),
        printed.status.map_or("", |status| status.words()).to_owned(),
        printed.themes.iter().flatten().cloned().collect::<Vec<_>>().join(BETWEEN),
    ]
}

fn note(printed: &Printed, heading: &str) -> String {
    let of_heading = printed.notes.iter().filter(|note| note.heading == heading);
    of_heading.map(|note| note.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn doubts(read: &Read) -> String {
    read.doubts.iter().map(|doubt| doubt.text.as_str()).collect::<Vec<_>>().join("\n")
}
