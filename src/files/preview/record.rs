//! Plans written as one record after another, a field on each line: `Timescale`, then `June 2021`.

use std::collections::BTreeMap;

use crate::files::document::Line;
use crate::files::document::Row;
use crate::files::document::Table;
use crate::files::preview::heading::Field;
use crate::files::preview::heading::heading;
use crate::files::preview::lead::without_bullet;
use crate::files::preview::row::Draft;

/// Whether the first column of a table holds the labels of fields and the second what they are.
pub(super) fn is_a_form(table: &Table) -> bool {
    let is_narrow = table.rows.iter().all(|row| row.cells.len() <= 2);
    let labels = table.rows.iter().filter_map(|row| label(row.cell(0)).map(|(field, _)| field));
    let fields: Vec<Field> = labels.collect();
    is_narrow && fields.len() * 2 > table.rows.len() && are_records(&fields)
}

/// The rows of such a table as lines.
pub(super) fn lines_of(rows: &[Row]) -> Vec<Line> {
    let line = |row: &Row| {
        let text = match row.cell(1) {
            "" => row.cell(0).to_owned(),
            words => format!("{}: {words}", row.cell(0)),
        };
        Line { at: row.at.clone(), text }
    };
    rows.iter().map(line).collect()
}

/// The records in some lines, each a draft of one action, and the lines that belong to none; no
/// records where the lines hold none.
pub(super) fn records(lines: Vec<Line>) -> (Vec<Draft>, Vec<Line>) {
    let fields: Vec<Field> =
        lines.iter().filter_map(|line| label(&line.text).map(|(field, _)| field)).collect();
    if !are_records(&fields) {
        return (Vec::new(), lines);
    }
    // A record begins with the field that the first of them begins with.
    let begins = fields.first().copied().unwrap_or(Field::Title);
    let mut records: Vec<Draft> = Vec::new();
    let mut left = Vec::new();
    let mut open: Option<Field> = None;
    let mut before = 0;
    for line in lines {
        let is_apart = line.at.number > before + 1;
        before = line.at.number;
        match (label(&line.text), open) {
            (Some((field, words)), _) => {
                if field == begins {
                    records.push(Draft { at: line.at.clone(), ..Draft::default() });
                }
                open = Some(field);
                put(records.last_mut(), field, words);
            }
            // After a blank line only an update goes on.
            (None, Some(field))
                if field == Field::Update || !is_apart || is_unsaid(&records, field) =>
            {
                put(records.last_mut(), field, &line.text);
            }
            (None, _) => {
                open = None;
                left.push(line);
            }
        }
    }
    (records, left)
}

fn is_unsaid(records: &[Draft], field: Field) -> bool {
    records.last().is_some_and(|record| record.field(field).is_empty())
}

/// A line that is, or begins with, the label of a field, and what follows on it.
fn label(line: &str) -> Option<(Field, &str)> {
    let line = without_bullet(line).trim_matches('*').trim();
    let (label, words) = line.split_once([':', '\t']).unwrap_or((line, ""));
    let heading = heading(label.trim_matches(['*', '_', ' ']))?;
    let words = words.trim_matches(['*', ' ', '\u{a0}']);
    // Without a mark behind it, only a line that says nothing else is a label.
    (heading.is_exact && heading.field != Field::Computed).then_some((heading.field, words))
}

fn are_records(fields: &[Field]) -> bool {
    let has = |field| fields.contains(&field);
    has(Field::Title) && (has(Field::Lead) || has(Field::Target))
}

fn put(record: Option<&mut Draft>, field: Field, words: &str) {
    let Some(record) = record else { return };
    let known: &mut BTreeMap<Field, String> = &mut record.words;
    let said = known.entry(field).or_default();
    if !said.is_empty() && !words.is_empty() {
        said.push(if field == Field::Title { ' ' } else { '\n' });
    }
    said.push_str(words.trim());
}
