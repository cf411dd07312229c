//! Which column of a table holds what: by its headings first, and by what stands in it otherwise.

use std::collections::BTreeMap;

use crate::body::Bodies;
use crate::date::Reading;
use crate::date::Target;
use crate::files::document::Place;
use crate::files::document::Row;
use crate::files::document::Table;
use crate::files::document::column_letters;
use crate::files::preview::heading::Field;
use crate::files::preview::heading::heading;
use crate::files::preview::lead::named;
use crate::files::preview::number::number;

/// Headings stand within so many rows from the top.
const HEADINGS_WITHIN: usize = 12;

/// So many rows tell what a column holds.
const ROWS_LOOKED_AT: usize = 60;

/// What each column of a table holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    /// The field of each column, from the left.
    pub(super) fields: BTreeMap<usize, Field>,
    /// The headings of columns that are not understood.
    pub(super) unknown: BTreeMap<usize, String>,
    /// How many rows stand above the first action: the headings and what is above them.
    pub(super) above: usize,
    /// Where the headings stand; none where there are none.
    pub(super) headed_at: Option<Place>,
    /// Of when its updates are, as the heading says; empty where it does not.
    pub(super) aside: String,
    /// What is not certain about the columns, as sentences.
    pub(super) doubts: Vec<String>,
}

impl Columns {
    /// The columns of a table; none where it reads like no plan's. A table without headings goes
    /// by those of the one before it, if that is as wide.
    pub(super) fn find(
        table: &Table,
        before: Option<&Columns>,
        plan: &str,
        bodies: &Bodies,
    ) -> Option<Self> {
        let heads = table.rows.iter().take(HEADINGS_WITHIN).enumerate();
        let headed = heads.map(|(at, row)| Self::headed(row, at)).find(Columns::is_headings);
        let width = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let stats = |above: usize| Stats::of(table, above, width, plan, bodies);
        match (headed, before) {
            (Some(columns), _) => Some(columns.mended(&stats)),
            (None, Some(before)) if before.width() == width => {
                let at = table.rows.first().map(|row| row.at.to_string()).unwrap_or_default();
                let doubts = vec![format!(
                    "The table at {at} has no headings and is read with those of the one before it."
                )];
                Some(Self { above: 0, headed_at: None, doubts, ..before.clone() })
            }
            (None, _) => Self::by_content(&stats(0), table),
        }
    }

    /// The column of a field.
    pub(super) fn place(&self, field: Field) -> Option<usize> {
        self.fields.iter().find(|(_, known)| **known == field).map(|(column, _)| *column)
    }

    /// Whether a row says the same as the headings.
    pub(super) fn are_again(&self, row: &Row) -> bool {
        let again = Self::headed(row, 0);
        again.is_headings() && again.fields.values().all(|field| self.place(*field).is_some())
    }

    fn width(&self) -> usize {
        let last = self.fields.keys().chain(self.unknown.keys()).max();
        last.map_or(0, |last| last + 1)
    }

    /// The columns by one row read as headings.
    fn headed(row: &Row, at: usize) -> Self {
        let mut columns =
            Self { above: at + 1, headed_at: Some(row.at.clone()), ..Self::default() };
        let read = |column: usize| heading(row.cell(column)).map(|heading| (column, heading));
        let found: Vec<_> = (0..row.cells.len()).filter_map(read).collect();
        // A heading that is just so goes before one that is only like it; else the first counts.
        for exact in [true, false] {
            for (column, heading) in found.iter().filter(|(_, heading)| heading.is_exact == exact) {
                if columns.place(heading.field).is_none() || heading.field == Field::Computed {
                    columns.fields.insert(*column, heading.field);
                    if heading.field == Field::Update {
                        columns.aside.clone_from(&heading.aside);
                    }
                }
            }
        }
        let left = (0..row.cells.len()).filter(|column| !columns.fields.contains_key(column));
        columns.unknown = left
            .filter(|column| !row.cell(*column).is_empty())
            .map(|column| (column, one_line(row.cell(column))))
            .collect();
        columns
    }

    fn is_headings(&self) -> bool {
        let has = |field| self.place(field).is_some();
        let others = [Field::Number, Field::Lead, Field::Target, Field::Update, Field::Status];
        let others = others.into_iter().filter(|field| has(*field)).count();
        (has(Field::Title) && others >= 1) || others >= 3
    }

    /// The same where a heading is missing, garbled or spans two columns, by what stands below.
    fn mended(mut self, stats: &dyn Fn(usize) -> Stats) -> Self {
        let stats = stats(self.above);
        if let Some(title) = self.place(Field::Title)
            && self.place(Field::Number).is_none()
            && stats.is_numbers(title)
            && !self.fields.contains_key(&(title + 1))
            && stats.length(title + 1) > 0
        {
            self.fields.insert(title, Field::Number);
            self.claim(title + 1, Field::Title);
        }
        if self.place(Field::Title).is_none() {
            let free = (0..stats.columns.len()).filter(|column| !self.fields.contains_key(column));
            let longest = free.max_by_key(|column| (stats.length(*column), usize::MAX - column));
            if let Some(column) = longest.filter(|column| stats.length(*column) > 0) {
                self.doubts.push(format!(
                    "No column is headed as the actions; column {} is read as them.",
                    column_letters(column)
                ));
                self.claim(column, Field::Title);
            }
        }
        if self.place(Field::Number).is_none() {
            let title = self.place(Field::Title).unwrap_or(0);
            let number = (0..title)
                .find(|column| !self.fields.contains_key(column) && stats.is_numbers(*column));
            if let Some(column) = number {
                self.claim(column, Field::Number);
            }
        }
        self
    }

    fn claim(&mut self, column: usize, field: Field) {
        self.unknown.remove(&column);
        self.fields.insert(column, field);
    }

    /// The columns of a table without headings.
    fn by_content(stats: &Stats, table: &Table) -> Option<Self> {
        let mut columns = Self::default();
        let count = stats.columns.len();
        if let Some(column) = (0..count).find(|column| stats.is_numbers(*column)) {
            columns.fields.insert(column, Field::Number);
        }
        for (field, share) in [
            (Field::Target, Stats::dates as fn(&Stats, usize) -> usize),
            (Field::Lead, Stats::bodies),
        ] {
            let free = (0..count).filter(|column| !columns.fields.contains_key(column));
            let best = free.max_by_key(|column| (share(stats, *column), usize::MAX - column));
            if let Some(column) = best.filter(|column| share(stats, *column) >= 30) {
                columns.fields.insert(column, field);
            }
        }
        for field in [Field::Title, Field::Update] {
            /// Shorter cells are codes and words, not promises.
            const LENGTH_MIN: usize = 12;
            let after = columns.place(Field::Title).unwrap_or(0);
            let mut free = (after..count).filter(|column| !columns.fields.contains_key(column));
            if let Some(column) = free.find(|column| stats.length(*column) >= LENGTH_MIN) {
                columns.fields.insert(column, field);
            }
        }
        let has = |field| columns.place(field).is_some();
        let is_plan =
            has(Field::Title) && (has(Field::Target) || has(Field::Lead) || has(Field::Number));
        if !is_plan || table.rows.len() < 2 {
            return None;
        }
        let at = table.rows.first().map(|row| row.at.to_string()).unwrap_or_default();
        let read: Vec<String> = columns
            .fields
            .iter()
            .map(|(column, field)| {
                format!("column {} as {}", column_letters(*column), called(*field))
            })
            .collect();
        columns.doubts.push(format!(
            "The table at {at} has no headings. By what stands in them I read {}.",
            crate::body::both(&read)
        ));
        Some(columns)
    }
}

/// What a field is called in a sentence.
pub(super) fn called(field: Field) -> &'static str {
    match field {
        Field::Area => "the area",
        Field::Number => "the number",
        Field::Title => "the action",
        Field::Lead => "the lead",
        Field::Target => "the target date",
        Field::Update => "the update",
        Field::Status => "the status",
        Field::Theme => "the theme",
        Field::Computed => "what I compute myself",
    }
}

/// What stands in the columns of a table.
struct Stats {
    columns: Vec<Column>,
}

/// What stands in one column, counted.
#[derive(Clone, Copy, Default)]
struct Column {
    filled: usize,
    numbers: usize,
    dates: usize,
    bodies: usize,
    letters: usize,
}

impl Stats {
    fn of(table: &Table, above: usize, width: usize, plan: &str, bodies: &Bodies) -> Self {
        let mut columns = vec![Column::default(); width];
        for row in table.rows.iter().skip(above).take(ROWS_LOOKED_AT) {
            for (place, column) in columns.iter_mut().enumerate() {
                let cell = row.cell(place);
                if cell.is_empty() {
                    continue;
                }
                column.filled += 1;
                column.letters += cell.chars().count();
                column.numbers += usize::from(number(cell, plan).is_some());
                column.dates += usize::from(is_a_date(cell));
                column.bodies += usize::from(!named(cell, bodies).is_empty());
            }
        }
        Self { columns }
    }

    fn share(&self, column: usize, count: impl Fn(&Column) -> usize) -> usize {
        let found = self.columns.get(column).filter(|column| column.filled > 0);
        found.map_or(0, |column| 100 * count(column) / column.filled)
    }

    fn is_numbers(&self, column: usize) -> bool {
        self.share(column, |column| column.numbers) >= 60
    }

    fn dates(&self, column: usize) -> usize {
        self.share(column, |column| column.dates)
    }

    fn bodies(&self, column: usize) -> usize {
        self.share(column, |column| column.bodies)
    }

    /// How long its cells are, in letters.
    fn length(&self, column: usize) -> usize {
        self.share(column, |column| column.letters) / 100
    }
}

/// Whether words read as a target and as nothing else.
pub(super) fn is_a_date(words: &str) -> bool {
    /// Anything longer has a date in it, and is none.
    const LENGTH_MAX: usize = 40;
    if words.chars().count() > LENGTH_MAX {
        return false;
    }
    let target = Target::read(words);
    target.has_date() || matches!(target.reading(), Reading::Ongoing | Reading::ToBeConfirmed)
}

/// Words on one line.
pub(super) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
