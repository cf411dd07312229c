//! One row of a plan's table, its cells known by what they hold; no row is an action by itself yet.

use std::collections::BTreeMap;

use crate::body::Bodies;
use crate::files::document::Cell;
use crate::files::document::Place;
use crate::files::document::Row;
use crate::files::document::column_letters;
use crate::files::document::one_line;
use crate::files::preview::Doubt;
use crate::files::preview::area::in_column;
use crate::files::preview::columns::Columns;
use crate::files::preview::columns::is_a_date;
use crate::files::preview::heading::Field;
use crate::files::preview::lead::named;
use crate::files::preview::lead::without_bullet;
use crate::files::preview::number::Numbered;
use crate::files::preview::number::first_number;
use crate::files::preview::number::leading;
use crate::files::preview::number::number;

/// What one row holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) at: Place,
    /// The area that the row itself names.
    pub(super) area: Option<u32>,
    pub(super) number: Option<Numbered>,
    /// What stands where the number should, and is none.
    pub(super) not_a_number: String,
    /// The words of each field that the table has a column for.
    pub(super) words: BTreeMap<Field, String>,
    /// What stands under headings that are not understood.
    pub(super) notes: Vec<(String, String)>,
    /// It says or shows that it goes on with the action above.
    pub(super) goes_on: bool,
    /// The fields whose cells are one with those of the row above.
    pub(super) merged: Vec<Field>,
    pub(super) doubts: Vec<Doubt>,
}

impl Draft {
    /// What a row holds, with `plan` the letters of the plan's refs.
    pub(super) fn read(row: &Row, columns: &Columns, plan: &str, bodies: &Bodies) -> Self {
        let mut draft = Self { at: row.at.clone(), ..Self::default() };
        for (column, field) in &columns.fields {
            let blank = Cell::default();
            let cell = row.cells.get(*column).unwrap_or(&blank);
            draft.take(*field, cell);
        }
        draft.take_notes(row, columns);
        draft.take_revised(row, columns);
        draft.mend_shift(bodies);
        draft.number_words(plan);
        draft
    }

    /// The same for a record, whose fields stand on lines of their own.
    pub(super) fn of_record(mut self, plan: &str) -> Self {
        self.area = first_number(self.field(Field::Area));
        self.number_words(plan);
        self
    }

    /// The words of a field, without the blanks around them.
    pub(super) fn field(&self, field: Field) -> &str {
        self.words.get(&field).map_or("", String::as_str)
    }

    /// Whether it begins as a new action would: with a capital or a mark, and somebody or a day.
    pub(super) fn looks_new(&self) -> bool {
        let title = self.field(Field::Title);
        let capital = title.chars().next().is_some_and(|first| !first.is_lowercase());
        capital && [Field::Lead, Field::Target].iter().any(|field| !self.field(*field).is_empty())
    }

    /// Whether its title alone begins as one would.
    pub(super) fn begins_with_a_capital(&self) -> bool {
        self.field(Field::Title).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether its title goes on with a sentence above, and nobody and no day stands beside it.
    pub(super) fn is_rest_of_a_sentence(&self) -> bool {
        let blank = [Field::Lead, Field::Target].iter().all(|field| self.field(*field).is_empty());
        blank && self.field(Field::Title).starts_with(char::is_lowercase)
    }

    /// All that stands in it, on one line.
    pub(super) fn on_one_line(&self) -> String {
        let fields = self.words.values().map(|words| one_line(words));
        let notes = self.notes.iter().map(|(_, words)| one_line(words));
        let filled = fields.chain(notes).filter(|words| !words.is_empty());
        filled.collect::<Vec<_>>().join(" | ")
    }

    fn take(&mut self, field: Field, cell: &Cell) {
        let words = cell.text.trim();
        match field {
            Field::Computed => return,
            Field::Area => {
                let area = in_column(words).map(|area| area.number);
                self.area = area.or_else(|| first_number(words));
            }
            Field::Title => self.goes_on |= cell.continues,
            Field::Lead | Field::Target | Field::Status | Field::Theme if cell.continues => {
                self.merged.push(field);
            }
            _ => {}
        }
        if !cell.doubt.is_empty() {
            self.doubts.push(Doubt { about: field, text: cell.doubt.clone() });
        }
        self.words.insert(field, words.to_owned());
    }

    fn take_notes(&mut self, row: &Row, columns: &Columns) {
        for (column, heading) in &columns.unknown {
            let words = row.cell(*column);
            if !words.is_empty() {
                self.notes.push((heading.clone(), words.to_owned()));
            }
        }
        let known = |column: &usize| {
            columns.fields.contains_key(column) || columns.unknown.contains_key(column)
        };
        for column in (0..row.cells.len()).filter(|column| !known(column)) {
            let words = row.cell(column);
            if words.is_empty() {
                continue;
            }
            let column = column_letters(column);
            self.doubts.push(Doubt {
                about: Field::Computed,
                text: format!(
                    "There is text in column {column}, which has no heading; it is kept as a note. \
                     Where commas part the columns, a text with commas needs quotation marks."
                ),
            });
            self.notes.push((format!("Column {column}"), words.to_owned()));
        }
    }

    /// Takes the later date as the target where one stands under a heading of its own.
    fn take_revised(&mut self, row: &Row, columns: &Columns) {
        let target = columns.place(Field::Target);
        let (Some(revised), Some(target)) = (columns.revised, target) else { return };
        let words = row.cell(revised).to_owned();
        let first = self.field(Field::Target).to_owned();
        if !is_a_date(&words) {
            return;
        }
        let heading = |column: usize| {
            let headings = columns.as_printed.get(&column).or(columns.unknown.get(&column));
            headings.cloned().unwrap_or_default()
        };
        let text = if first.is_empty() {
            format!(
                "“{}” stands under {}, and no date before it.",
                one_line(&words),
                heading(revised)
            )
        } else {
            format!(
                "“{}” under {} is read as the target; “{}” under {} is kept as a note.",
                one_line(&words),
                heading(revised),
                one_line(&first),
                heading(target)
            )
        };
        self.doubts.push(Doubt { about: Field::Target, text });
        self.notes.retain(|(known, _)| *known != heading(revised));
        if !first.is_empty() {
            self.notes.push((heading(target), first));
        }
        self.words.insert(Field::Target, words);
    }

    /// Puts a row right that has slipped one column to the left: a date under the lead, and
    /// sentences where the date should be.
    fn mend_shift(&mut self, bodies: &Bodies) {
        let (lead, target) = (self.field(Field::Lead), self.field(Field::Target));
        let is_shifted = is_a_date(lead)
            && named(lead, bodies).is_empty()
            && !is_a_date(target)
            && !(target.is_empty() && self.field(Field::Update).is_empty());
        if !is_shifted || !self.words.contains_key(&Field::Target) {
            return;
        }
        let (date, said) = (lead.to_owned(), target.to_owned());
        self.doubts.push(Doubt {
            about: Field::Target,
            text: format!(
                "Its columns are shifted: “{date}” stands under the lead and is read as the target \
                 date, and what stands under the date as the update."
            ),
        });
        let update = [said.as_str(), self.field(Field::Update)];
        let update = update.into_iter().filter(|words| !words.is_empty());
        let update = update.collect::<Vec<_>>().join("\n");
        self.words.insert(Field::Lead, String::new());
        self.words.insert(Field::Target, date);
        self.words.insert(Field::Update, update);
    }

    /// Finds its number, in its own cell or before the title, and whether it goes on.
    fn number_words(&mut self, plan: &str) {
        let printed = self.field(Field::Number).to_owned();
        let (printed, goes_on) = without_continued(&printed);
        self.goes_on |= goes_on;
        self.number = number(&printed, plan);
        if self.number.is_none() {
            without_bullet(&printed).clone_into(&mut self.not_a_number);
        }
        let title = without_bullet(self.field(Field::Title)).to_owned();
        let (title, goes_on) = without_continued(&title);
        self.goes_on |= goes_on;
        let led = leading(&title, plan).filter(|_| self.number.is_none());
        let title = match led {
            Some((numbered, rest)) => {
                self.number = Some(numbered);
                rest.to_owned()
            }
            None => title,
        };
        self.words.insert(Field::Title, title);
    }
}

/// Whether words say that they go on with something above.
pub(super) fn is_continued(words: &str) -> bool {
    without_continued(words).1
}

/// Words without `(cont'd)` at their end, and whether that stood there.
pub(super) fn without_continued(words: &str) -> (String, bool) {
    const ENDINGS: [&str; 8] =
        ["(cont'd)", "(cont’d)", "(contd)", "(cont)", "(continued)", "cont'd", "cont’d", "contd."];
    let lower = words.to_lowercase();
    let ending = ENDINGS.iter().find(|ending| lower.ends_with(**ending));
    // Lower case may be longer or shorter than what was written; the endings are not.
    match ending.and_then(|ending| words.len().checked_sub(ending.len())) {
        Some(end) if words.is_char_boundary(end) => (words[..end].trim_end().to_owned(), true),
        _ => (words.to_owned(), false),
    }
}
