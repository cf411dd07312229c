//! Plans written as one record after another, a field on each line: `Timescale`, then `June 2021`.

use std::collections::BTreeMap;

use crate::files::document::Line;
use crate::files::document::Place;
use crate::files::document::Row;
use crate::files::document::Table;
use crate::files::document::column_letters;
use crate::files::preview::heading::Field;
use crate::files::preview::heading::heading;
use crate::files::preview::lead::without_bullet;
use crate::files::preview::row::Draft;

/// Whether the first column of a table holds the labels of fields and the second what they are.
pub(super) fn is_a_form(table: &Table) -> bool {
    let is_narrow = table.rows.iter().all(|row| row.cells.len() <= 4);
    if !is_narrow || labels_first(table).count() * 2 <= table.rows.len() {
        return false;
    }
    let labels = table.rows.iter().flat_map(|row| [field_of(row.cell(0)), field_of(row.cell(2))]);
    let fields: Vec<Field> = labels.flatten().collect();
    // Beside headings stand headings; beside a label stands what it labels.
    let beside = table.rows.iter().flat_map(|row| [row.cell(1), row.cell(3)]);
    let is_headed = beside.filter(|words| field_of(words).is_some()).count() > 1;
    let wide = table.rows.iter().map(|row| row.cell(2)).filter(|words| !words.is_empty());
    let is_paired =
        wide.clone().filter(|words| field_of(words).is_some()).count() * 2 >= wide.count();
    !is_headed && is_paired && are_records(&fields)
}

/// The fields whose labels stand in the first column.
fn labels_first(table: &Table) -> impl Iterator<Item = Field> {
    table.rows.iter().filter_map(|row| field_of(row.cell(0)))
}

/// A table on its side, whose first column holds the headings, set upright; none where it is not.
pub(super) fn upright(table: &Table) -> Option<Table> {
    let width = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let fields: Vec<Field> = labels_first(table).collect();
    if width < 3 || fields.len() * 2 <= table.rows.len() || !are_records(&fields) {
        return None;
    }
    let mut others = table.rows.iter().flat_map(|row| row.cells.iter().skip(1));
    let is_headed = others.any(|cell| field_of(cell.text.trim()).is_some());
    let at = table.rows.first().map(|row| row.at.clone())?;
    if is_headed {
        return None;
    }
    let row = |column: usize| {
        let comma = if at.within.is_empty() { "" } else { ", " };
        let within = format!("{}{comma}column {}", at.within, column_letters(column));
        let cell = |row: &Row| row.cells.get(column).cloned().unwrap_or_default();
        Row { at: Place { within, ..at.clone() }, cells: table.rows.iter().map(cell).collect() }
    };
    Some(Table { rows: (0..width).map(row).collect() })
}

/// Whether a line begins with the label of a field.
pub(super) fn is_label(line: &str) -> bool {
    field_of(line).is_some()
}

fn field_of(words: &str) -> Option<Field> {
    label(words).map(|label| label.field)
}

/// The rows of such a table as lines.
pub(super) fn lines_of(rows: &[Row]) -> Vec<Line> {
    let line = |row: &Row, column: usize| {
        let text = match row.cell(column + 1) {
            "" => row.cell(column).to_owned(),
            words => format!("{}: {words}", row.cell(column).trim_end_matches(':')),
        };
        Line { at: row.at.clone(), text }
    };
    let lines = rows.iter().flat_map(|row| [line(row, 0), line(row, 2)]);
    lines.filter(|line| !line.text.is_empty()).collect()
}

/// The records in some lines, each a draft of one action, and the lines that belong to none; no
/// records where the lines hold none.
pub(super) fn records(lines: Vec<Line>, others: &[String]) -> (Vec<Draft>, Vec<Line>) {
    let labels: Vec<Label<'_>> = lines.iter().filter_map(|line| label(&line.text)).collect();
    let fields: Vec<Field> = labels.iter().map(|label| label.field).collect();
    if !are_records(&fields) {
        return (Vec::new(), lines);
    }
    // Where the labels themselves are counted, their numbers are those of no action.
    let are_counted =
        labels.iter().any(|label| label.field != Field::Title && label.number.is_some());
    let mut reading = Reading {
        begins: fields.first().copied().unwrap_or(Field::Title),
        records: Vec::new(),
        left: Vec::new(),
        open: Open::Nothing,
        are_counted,
    };
    let mut before = 0;
    for line in lines {
        let is_apart = line.at.number > before + 1;
        before = line.at.number;
        reading.take(line, is_apart, others);
    }
    (reading.records, reading.left)
}

/// Records as they are read, line by line.
struct Reading {
    /// A record begins with the field that the first of them begins with.
    begins: Field,
    records: Vec<Draft>,
    left: Vec<Line>,
    open: Open,
    are_counted: bool,
}

/// What the next line may go on with.
enum Open {
    Nothing,
    Field(Field),
    Note,
}

impl Reading {
    fn take(&mut self, line: Line, is_apart: bool, others: &[String]) {
        if let Some(label) = label(&line.text) {
            return self.field(&label, &line);
        }
        if let Some((heading, words)) = other_label(&line.text, others)
            && let Some(record) = self.records.last_mut()
        {
            record.notes.push((heading.to_owned(), words.to_owned()));
            self.open = Open::Note;
            return;
        }
        match self.open {
            // After a blank line only an update goes on.
            Open::Field(field) if field == Field::Update || !is_apart || self.is_unsaid(field) => {
                put(self.records.last_mut(), field, &line.text);
            }
            Open::Note if !is_apart => {
                let notes = self.records.last_mut().and_then(|record| record.notes.last_mut());
                if let Some((_, words)) = notes {
                    words.push('\n');
                    words.push_str(line.text.trim());
                }
            }
            _ => {
                self.open = Open::Nothing;
                self.left.push(line);
            }
        }
    }

    fn field(&mut self, label: &Label<'_>, line: &Line) {
        let field = label.field;
        let is_open = matches!(self.open, Open::Field(open) if open == field);
        let is_said = !self.is_unsaid(field);
        // A field that is there already begins the next record, should its first one be missing.
        let is_single = matches!(field, Field::Number | Field::Title | Field::Lead | Field::Target);
        if field == self.begins || self.records.is_empty() || is_single && is_said && !is_open {
            self.records.push(Draft { at: line.at.clone(), ..Draft::default() });
        }
        self.open = Open::Field(field);
        if let Some(number) = label.number.filter(|_| !self.are_counted) {
            put(self.records.last_mut(), Field::Number, number);
        }
        put(self.records.last_mut(), field, label.words);
    }

    fn is_unsaid(&self, field: Field) -> bool {
        self.records.last().is_some_and(|record| record.field(field).is_empty())
    }
}

/// The label of a field at the beginning of a line.
struct Label<'a> {
    field: Field,
    /// The number before or behind it: `1.1 Action`, `Action 3`.
    number: Option<&'a str>,
    /// What follows on its line.
    words: &'a str,
}

/// A line that is, or begins with, the label of a field.
fn label(line: &str) -> Option<Label<'_>> {
    const MARKS: [char; 5] = ['*', '_', ' ', '\u{a0}', '#'];
    let line = without_bullet(line).trim_matches(MARKS);
    let (label, words) = line.split_once([':', '\t']).unwrap_or((line, ""));
    let words = words.trim_matches(MARKS);
    let label = label.trim_matches(MARKS);
    // Without a mark behind it, only a line that says nothing else is a label.
    let exact = |words: &str| {
        let heading = heading(words).filter(|heading| heading.is_exact)?;
        (heading.field != Field::Computed).then_some(heading.field)
    };
    if let Some(field) = exact(label) {
        return Some(Label { field, number: None, words });
    }
    let is_digit = |letter: char| letter.is_ascii_digit() || letter == '.';
    let ahead = label.trim_start_matches(|letter: char| is_digit(letter) || letter == ')');
    if ahead.len() < label.len()
        && let Some(field) = exact(ahead.trim_matches(MARKS))
    {
        let number = label[..label.len() - ahead.len()].trim_matches(['.', ')']);
        return Some(Label { field, number: Some(number), words });
    }
    let behind = label.trim_end_matches(is_digit);
    let number = &label[behind.len()..];
    let field = exact(behind.trim_matches(MARKS)).filter(|field| *field == Field::Title)?;
    (!number.trim_matches('.').is_empty()).then_some(Label { field, number: Some(number), words })
}

/// A label that is no field's, and what follows it, if it is among those.
fn other_label<'a>(line: &'a str, others: &[String]) -> Option<(&'a str, &'a str)> {
    let (label, words) = parted(line)?;
    others.iter().any(|other| other == label).then_some((label, words))
}

/// The labels that come again and again in some lines, and are no field's.
pub(super) fn other_labels<'a>(lines: impl Iterator<Item = &'a Line>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for label in lines.filter_map(|line| unknown_label(&line.text)) {
        *counts.entry(label).or_default() += 1;
    }
    let again = counts.into_iter().filter(|(_, count)| *count > 1);
    again.map(|(label, _)| label.to_owned()).collect()
}

/// The labels of a form that are no field's.
pub(super) fn form_labels(rows: &[Row]) -> impl Iterator<Item = String> {
    let labels =
        rows.iter().flat_map(|row| [(row.cell(0), row.cell(1)), (row.cell(2), row.cell(3))]);
    let labels = labels.filter(|(label, words)| {
        !label.is_empty() && !words.is_empty() && field_of(label).is_none()
    });
    labels.map(|(label, _)| label.trim_matches(AROUND).to_owned())
}

/// What may stand around a label.
const AROUND: [char; 4] = ['*', '_', ' ', ':'];

/// What stands before and after the first colon.
fn parted(line: &str) -> Option<(&str, &str)> {
    let (label, words) = without_bullet(line).trim_matches('*').split_once(':')?;
    Some((label.trim_matches(AROUND), words.trim_matches(['*', '_', ' '])))
}

/// What may be a label, before a colon: a few words that begin with a capital, and no date.
fn unknown_label(line: &str) -> Option<&str> {
    /// Labels are no longer than that.
    const WORDS_MAX: usize = 6;
    let (label, _) = parted(line)?;
    let is_label = label.starts_with(char::is_uppercase)
        && label.split_whitespace().count() <= WORDS_MAX
        && !label.contains(|letter: char| letter.is_ascii_digit());
    is_label.then_some(label)
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
