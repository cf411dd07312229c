//! The columns of a table by what is printed above them.

use crate::date::Target;
use crate::files::document::Row;
use crate::files::document::one_line;
use crate::files::preview::columns::Columns;
use crate::files::preview::heading::Field;
use crate::files::preview::heading::Heading;
use crate::files::preview::heading::heading;

impl Columns {
    /// The columns by the row at that place read as headings, with the row below it where that goes
    /// on with them: `Start` and `End` below `Timescale`.
    pub(super) fn headed(rows: &[Row], at: usize) -> Self {
        let Some(row) = rows.get(at) else { return Self::default() };
        let one = Self::by(row, at + 1, &words_of(row));
        let below = rows.get(at + 1).filter(|below| one.is_headings() && one.goes_on(row, below));
        match below {
            Some(below) => Self::by(row, at + 2, &joined(row, below)),
            None => one,
        }
    }

    fn by(row: &Row, above: usize, words: &[String]) -> Self {
        let mut columns = Self { above, headed_at: Some(row.at.clone()), ..Self::default() };
        let read = |(column, words): (usize, &String)| Some((column, heading(words)?));
        let found: Vec<(usize, Heading)> = words.iter().enumerate().filter_map(read).collect();
        // A heading that is just so goes before one that is only like it; else the first counts.
        for exact in [true, false] {
            for (column, heading) in found.iter().filter(|(_, heading)| heading.is_exact == exact) {
                if columns.place(heading.field).is_none() || heading.field == Field::Computed {
                    columns.fields.insert(*column, heading.field);
                }
            }
        }
        columns.take_latest_update(&found);
        columns.revised = words.iter().position(|words| is_revised(words));
        for (column, words) in words.iter().enumerate().filter(|(_, words)| !words.is_empty()) {
            let known = columns.fields.contains_key(&column);
            let heads = if known { &mut columns.as_printed } else { &mut columns.unknown };
            heads.insert(column, words.clone());
        }
        columns
    }

    /// Of several updates the latest is the update; the others are notes.
    fn take_latest_update(&mut self, found: &[(usize, Heading)]) {
        let Some(first) = self.place(Field::Update) else { return };
        let updates = found.iter().filter(|(_, heading)| heading.field == Field::Update);
        let dated = updates.filter_map(|(column, heading)| {
            Some((Target::read(&heading.aside).window()?.to, std::cmp::Reverse(*column)))
        });
        let latest = dated.max().map_or(first, |(_, column)| column.0);
        self.fields.remove(&first);
        self.fields.insert(latest, Field::Update);
        let heading = found.iter().find(|(column, _)| *column == latest);
        self.aside = heading.map(|(_, heading)| heading.aside.clone()).unwrap_or_default();
    }

    /// Whether the row below the headings goes on with them: it says something where they do not,
    /// in a word or two, and nothing where actions and their numbers stand.
    fn goes_on(&self, row: &Row, below: &Row) -> bool {
        /// A heading has no more words.
        const WORDS_MAX: usize = 3;
        let is_word = |words: &str| {
            words.split_whitespace().count() <= WORDS_MAX
                && !words.contains(|letter: char| letter.is_ascii_digit())
        };
        let is_blank = |field| self.place(field).is_none_or(|column| below.cell(column).is_empty());
        let columns = 0..below.cells.len();
        is_blank(Field::Title)
            && is_blank(Field::Number)
            && columns.clone().all(|column| is_word(below.cell(column)))
            && columns
                .clone()
                .any(|column| row.cell(column).is_empty() && !below.cell(column).is_empty())
    }
}

fn words_of(row: &Row) -> Vec<String> {
    (0..row.cells.len()).map(|column| one_line(row.cell(column))).collect()
}

/// The headings of two rows, where the upper one may span several of the lower.
fn joined(row: &Row, below: &Row) -> Vec<String> {
    let mut upper = String::new();
    let width = row.cells.len().max(below.cells.len());
    let join = |column: usize| {
        let (own, lower) = (one_line(row.cell(column)), one_line(below.cell(column)));
        if !own.is_empty() {
            upper.clone_from(&own);
        }
        if lower.is_empty() { own } else { format!("{upper} {lower}").trim().to_owned() }
    };
    (0..width).map(join).collect()
}

/// Whether a heading is of a date that goes before the target that was set first.
fn is_revised(words: &str) -> bool {
    const LATER: [&str; 5] = ["revised", "new", "amended", "extended", "rescheduled"];
    const DATES: [&str; 6] = ["date", "target", "timescale", "deadline", "due", "completion"];
    let lower = words.to_lowercase();
    let mut parts = lower.split(|letter: char| !letter.is_alphabetic());
    let has = |known: &[&str]| {
        lower.split(|c: char| !c.is_alphabetic()).any(|part| known.contains(&part))
    };
    parts.any(|part| LATER.contains(&part)) && has(&DATES)
}
