//! What stands in the columns of a table, counted.

use crate::body::Bodies;
use crate::files::document::Table;
use crate::files::preview::area::in_column;
use crate::files::preview::columns::is_a_date;
use crate::files::preview::lead::named;
use crate::files::preview::number::number;

/// So many rows tell what a column holds.
const ROWS_LOOKED_AT: usize = 60;

/// What stands in the columns of a table.
pub(super) struct Stats {
    columns: Vec<Column>,
}

/// What stands in one column, counted.
#[derive(Clone, Copy, Default)]
struct Column {
    filled: usize,
    numbers: usize,
    dates: usize,
    bodies: usize,
    areas: usize,
    counts: usize,
    letters: usize,
}

impl Stats {
    pub(super) fn of(
        table: &Table,
        above: usize,
        width: usize,
        plan: &str,
        bodies: &Bodies,
    ) -> Self {
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
                let is_count = cell.bytes().all(|byte| byte.is_ascii_digit());
                column.counts += usize::from(is_count);
                column.areas += usize::from(in_column(cell).is_some());
                column.bodies += usize::from(!named(cell, bodies).is_empty());
            }
        }
        Self { columns }
    }

    /// How many columns there are.
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    fn share(&self, column: usize, count: impl Fn(&Column) -> usize) -> usize {
        let found = self.columns.get(column).filter(|column| column.filled > 0);
        found.map_or(0, |column| 100 * count(column) / column.filled)
    }

    pub(super) fn is_numbers(&self, column: usize) -> bool {
        self.share(column, |column| column.numbers) >= 60
    }

    pub(super) fn dates(&self, column: usize) -> usize {
        self.share(column, |column| column.dates)
    }

    pub(super) fn bodies(&self, column: usize) -> usize {
        self.share(column, |column| column.bodies)
    }

    /// Whether whole numbers stand in it and nothing else.
    pub(super) fn is_counts(&self, column: usize) -> bool {
        self.share(column, |column| column.counts) == 100
    }

    pub(super) fn areas(&self, column: usize) -> usize {
        self.share(column, |column| column.areas)
    }

    /// How long its cells are, in letters.
    pub(super) fn length(&self, column: usize) -> usize {
        self.share(column, |column| column.letters) / 100
    }
}
