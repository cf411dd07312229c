//! A plan's table given meaning: what was read, and what is doubtful, row by row.

use std::collections::BTreeMap;

use crate::action::Lead;
use crate::action::Printed;
use crate::action::Ref;
use crate::action::Status;
use crate::body::Bodies;
use crate::body::BodyId;
use crate::body::same;
use crate::date::Target;
use crate::files::column::Columns;
use crate::files::column::Meaning;
use crate::files::table::Refusal;
use crate::files::table::Row;
use crate::files::table::Table;
use crate::files::table::column_letters;

/// What the partnership knows, against which a table is read.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The letters that the plan's refs begin with.
    pub plan: &'a str,
    /// The bodies that leads can be.
    pub bodies: &'a Bodies,
    /// The themes that actions can have.
    pub themes: &'a [String],
}

/// What a file holds, before anything is recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Each action, in the file's order.
    pub printed: Vec<Printed>,
    /// What is not certain, in the file's order.
    pub doubts: Vec<Doubt>,
}

/// One thing about a row that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The row, as a spreadsheet shows it, from 1.
    pub row: usize,
    /// What is not certain and what was made of it, as a sentence.
    pub text: String,
}

/// The actions of a table, and the doubts about them. Nothing is guessed: what cannot be read stays
/// blank or is left out, and a doubt says so.
pub fn preview(table: &Table, known: Known<'_>) -> Result<Preview, Refusal> {
    let columns = Columns::find(table)?;
    let mut reading = Reading {
        columns: &columns,
        known,
        seen: BTreeMap::new(),
        leads: BTreeMap::new(),
        preview: Preview::default(),
    };
    let (above, below) = table.rows.split_at(columns.at);
    for row in above {
        reading.doubt(row, "This row stands above the headings and is left out.");
    }
    let Some((heading, rows)) = below.split_first() else {
        return Ok(reading.preview);
    };
    reading.unknown_columns(heading);
    if columns.place(Meaning::Status).is_none() {
        let text = "There is no column for the status, so every action is taken as not started.";
        reading.doubt(heading, text);
    }
    let columns_count = 1 + columns.known.iter().map(|(column, _)| *column).max().unwrap_or(0);
    let columns_count = columns_count.max(heading.cells.len());
    for row in rows {
        if let Some(column) =
            (columns_count..row.cells.len()).find(|place| !row.cell(*place).is_empty())
        {
            return Err(Refusal::TooWide {
                file: table.file.clone(),
                row: row.number,
                column: column_letters(column),
                columns: columns_count,
            });
        }
        reading.read(row);
    }
    Ok(reading.preview)
}

struct Reading<'a> {
    columns: &'a Columns,
    known: Known<'a>,
    /// The row in which each ref was first read.
    seen: BTreeMap<Ref, usize>,
    /// The leads of each cell read so far: the same few stand in most rows.
    leads: BTreeMap<String, Vec<Lead>>,
    preview: Preview,
}

impl Reading<'_> {
    fn read(&mut self, row: &Row) {
        let Some(reference) = self.reference(row) else {
            return;
        };
        if let Some(first) = self.seen.get(&reference) {
            let text = format!("{reference} stands in row {first} already; this one is left out.");
            return self.doubt(row, &text);
        }
        let title = one_line(self.columns.cell(row, Meaning::Title));
        if title.is_empty() {
            let text = format!("{reference} does not say what is to be done and is left out.");
            return self.doubt(row, &text);
        }
        self.seen.insert(reference.clone(), row.number);
        let update = self.columns.cell(row, Meaning::Update).to_owned();
        let printed = Printed {
            title,
            leads: self.leads(row, &reference),
            target: self.target(row, &reference),
            status: self.status(row, &reference),
            themes: self.themes(row, &reference),
            update: (!update.is_empty()).then_some(update),
            reference,
        };
        self.preview.printed.push(printed);
    }

    fn doubt(&mut self, row: &Row, text: &str) {
        self.preview.doubts.push(Doubt { row: row.number, text: text.to_owned() });
    }

    fn unknown_columns(&mut self, heading: &Row) {
        for (column, name) in &self.columns.unknown {
            let letters = column_letters(*column);
            let text = format!(
                "Column {letters}, \"{}\", is not understood and is left out.",
                one_line(name)
            );
            self.doubt(heading, &text);
        }
    }

    /// The ref of a row, from its number and, where that is not whole, its area.
    fn reference(&mut self, row: &Row) -> Option<Ref> {
        let number = self.columns.cell(row, Meaning::Number);
        let area = self.columns.cell(row, Meaning::Area);
        let plan = self.known.plan.to_owned();
        match (numbers(number, self.known.plan).as_slice(), first_number(area)) {
            _ if number.is_empty() => {
                self.doubt(row, "No number is printed, so this row is left out.");
                None
            }
            ([of_area, _], Some(area)) if *of_area != area => {
                let text = format!(
                    "The number {number} belongs to area {of_area}, but the row says area {area}; it is left out."
                );
                self.doubt(row, &text);
                None
            }
            ([area, number], _) => Some(Ref { plan, area: *area, number: *number }),
            ([number], Some(area)) => Some(Ref { plan, area, number: *number }),
            ([_], None) => {
                let text =
                    format!("The number {number} does not say its area, so this row is left out.");
                self.doubt(row, &text);
                None
            }
            _ => {
                let text =
                    format!("\"{number}\" is not a number such as 2.1, so this row is left out.");
                self.doubt(row, &text);
                None
            }
        }
    }

    fn leads(&mut self, row: &Row, reference: &Ref) -> Vec<Lead> {
        let cell = self.columns.cell(row, Meaning::Lead);
        if cell.is_empty() {
            self.doubt(row, &format!("{reference} has no lead printed."));
        }
        let bodies = self.known.bodies;
        let leads =
            self.leads.entry(cell.to_owned()).or_insert_with(|| leads(cell, bodies)).clone();
        for lead in leads.iter().filter(|lead| lead.bodies.is_empty()) {
            let text = format!(
                "{reference} is led by \"{}\", which is none of the bodies I know.",
                lead.printed
            );
            self.doubt(row, &text);
        }
        leads
    }

    fn target(&mut self, row: &Row, reference: &Ref) -> Target {
        let cell = self.columns.cell(row, Meaning::Target);
        let target = Target::read(cell);
        if cell.is_empty() {
            self.doubt(row, &format!("{reference} has no date printed."));
            return target;
        }
        for doubt in target.doubts() {
            self.doubt(row, &format!("{reference}, target \"{}\": {doubt}", one_line(cell)));
        }
        target
    }

    fn status(&mut self, row: &Row, reference: &Ref) -> Status {
        let cell = self.columns.cell(row, Meaning::Status);
        let status = Status::from_words(cell);
        match status {
            Some(_) => {}
            None if self.columns.place(Meaning::Status).is_none() => {}
            None if cell.is_empty() => {
                let text =
                    format!("{reference} has no status printed and is taken as not started.");
                self.doubt(row, &text);
            }
            None => {
                let text = format!(
                    "{reference} has the status \"{}\", which I do not know; it is taken as not started.",
                    one_line(cell)
                );
                self.doubt(row, &text);
            }
        }
        status.unwrap_or(Status::NotStarted)
    }

    fn themes(&mut self, row: &Row, reference: &Ref) -> Vec<String> {
        let cell = self.columns.cell(row, Meaning::Theme);
        let mut themes: Vec<String> = Vec::new();
        for printed in cell.split([',', ';', '/', '\n']).map(str::trim) {
            let known = self.known.themes.iter().find(|theme| same(theme, printed));
            match known {
                Some(theme) if themes.contains(theme) => {}
                Some(theme) => themes.push(theme.clone()),
                None if printed.is_empty() => {}
                None => {
                    let text = format!(
                        "{reference} has the theme \"{printed}\", which is none of the partnership's; \
                         it is left out."
                    );
                    self.doubt(row, &text);
                }
            }
        }
        themes
    }
}

/// The leads in a cell: `DIG chairs / CPEG` and `DIG chairs; CPEG` are two. Commas and "and" part
/// them too, but only where every part is a body, as they also stand within names.
fn leads(cell: &str, bodies: &Bodies) -> Vec<Lead> {
    let lead = |printed: &str| Lead { printed: one_line(printed), bodies: named(printed, bodies) };
    if cell.is_empty() {
        return Vec::new();
    }
    if !named(cell, bodies).is_empty() {
        return vec![lead(cell)];
    }
    let mut leads = Vec::new();
    for part in cell.split(['/', ';', '\n']).filter(|part| !part.trim().is_empty()) {
        let spaced = format!(" {part} ").replace(" and ", ",").replace('&', ",");
        let parts: Vec<&str> = spaced.split(',').filter(|part| !part.trim().is_empty()).collect();
        if named(part, bodies).is_empty()
            && parts.iter().all(|part| !named(part, bodies).is_empty())
        {
            leads.extend(parts.into_iter().map(lead));
        } else {
            leads.push(lead(part));
        }
    }
    leads
}

/// The bodies that printed words mean: as they stand, or the name before or within brackets where
/// the two do not disagree.
fn named(printed: &str, bodies: &Bodies) -> Vec<BodyId> {
    let whole = bodies.named(printed);
    if !whole.is_empty() {
        return whole;
    }
    let Some((name, rest)) = printed.split_once('(') else {
        return whole;
    };
    let within = rest.split(')').next().unwrap_or_default();
    match (bodies.named(name), bodies.named(within)) {
        (outer, inner) if outer == inner || inner.is_empty() => outer,
        (outer, inner) if outer.is_empty() => inner,
        _ => Vec::new(),
    }
}

/// The numbers of `2.1`, `IP-2.1`, `2.` or `1`; none where other letters stand with them.
fn numbers(cell: &str, plan: &str) -> Vec<u32> {
    let cell = cell.to_uppercase();
    let cell = cell.trim().strip_prefix(&plan.to_uppercase()).unwrap_or(&cell);
    let cell = cell.trim_start_matches(['-', ' ']).trim_end_matches('.');
    let numbers: Result<Vec<u32>, _> = cell.split('.').map(|part| part.trim().parse()).collect();
    numbers.unwrap_or_default()
}

/// The number of `Improvement Area 2`.
fn first_number(cell: &str) -> Option<u32> {
    cell.split(|letter: char| !letter.is_ascii_digit()).find_map(|digits| digits.parse().ok())
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
