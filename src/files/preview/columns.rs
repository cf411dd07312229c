//! Which column of a table holds what: by its headings first, and by what stands in it otherwise.

mod heads;
mod stats;

use std::collections::BTreeMap;

use crate::body::Bodies;
use crate::date::Reading;
use crate::date::Target;
use crate::files::document::Place;
use crate::files::document::Row;
use crate::files::document::Table;
use crate::files::document::column_letters;
use crate::files::preview::area::is_called;
use crate::files::preview::columns::stats::Stats;
use crate::files::preview::heading::Field;
use crate::files::preview::heading::heading;

/// Headings stand within so many rows from the top.
const HEADINGS_WITHIN: usize = 12;

/// What each column of a table holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    /// The field of each column, from the left.
    pub(super) fields: BTreeMap<usize, Field>,
    /// The headings of the columns that are understood, as printed.
    pub(super) as_printed: BTreeMap<usize, String>,
    /// The column of a later date, which goes before the target's where it says something.
    pub(super) revised: Option<usize>,
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
    /// by those of the one before it, if that is as wide. It `is_strict` beside a table that is
    /// plainly a plan's: then glossaries, members and risks are none.
    pub(super) fn find(
        table: &Table,
        before: Option<&Columns>,
        is_strict: bool,
        plan: &str,
        bodies: &Bodies,
    ) -> Option<Self> {
        let headed = Self::headed_within(table);
        let width = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let stats = |above: usize| Stats::of(table, above, width, plan, bodies);
        match (headed, before) {
            (Some(columns), _) if is_strict && !columns.are_plainly_a_plans() => None,
            (Some(columns), _) => {
                let stats = stats(columns.above);
                let columns = columns.mended(&stats);
                // What is promised is no number: such a table counts actions.
                let counts = |title| stats.is_counts(title);
                (!columns.place(Field::Title).is_some_and(counts)).then_some(columns)
            }
            (None, Some(before)) if before.width() == width => {
                let at = table.rows.first().map(|row| row.at.to_string()).unwrap_or_default();
                let doubts = vec![format!(
                    "The table at {at} has no headings and is read with those of the one before it."
                )];
                Some(Self { above: 0, headed_at: None, doubts, ..before.clone() })
            }
            (None, _) if is_strict => None,
            (None, _) => Self::by_content(&stats(0), table),
        }
    }

    /// Whether the headings of a table say plainly that it is a plan's.
    pub(super) fn are_plain(table: &Table) -> bool {
        Self::headed_within(table).is_some_and(|columns| columns.are_plainly_a_plans())
    }

    fn headed_within(table: &Table) -> Option<Self> {
        let heads = (0..table.rows.len()).take(HEADINGS_WITHIN);
        heads.map(|at| Self::headed(&table.rows, at)).find(Columns::is_headings)
    }

    fn are_plainly_a_plans(&self) -> bool {
        let has = |field| self.place(field).is_some();
        has(Field::Title) && (has(Field::Lead) || has(Field::Target)) && !self.are_of_risks()
    }

    /// Whether they head a register of risks: what is done about one is no promise of the plan.
    fn are_of_risks(&self) -> bool {
        const WEIGHED: [&str; 7] = [
            "likelihood",
            "probability",
            "impact",
            "score",
            "mitigation",
            "mitigating",
            "controls",
        ];
        let heads = self.unknown.values().chain(self.as_printed.values());
        let words: Vec<String> = heads.map(|heading| heading.to_lowercase()).collect();
        let has = |known: &str| {
            let mut parts =
                words.iter().flat_map(|heading| heading.split(|c: char| !c.is_alphabetic()));
            parts.any(|part| part == known)
        };
        (has("risk") || has("risks")) && WEIGHED.into_iter().any(has)
    }

    /// The column of a field.
    pub(super) fn place(&self, field: Field) -> Option<usize> {
        self.fields.iter().find(|(_, known)| **known == field).map(|(column, _)| *column)
    }

    /// Whether a row says the same as the headings.
    pub(super) fn are_again(&self, row: &Row) -> bool {
        let again = Self::headed(std::slice::from_ref(row), 0);
        again.is_headings() && again.fields.values().all(|field| self.place(*field).is_some())
    }

    fn width(&self) -> usize {
        let last = self.fields.keys().chain(self.unknown.keys()).max();
        last.map_or(0, |last| last + 1)
    }

    fn is_headings(&self) -> bool {
        let has = |field| self.place(field).is_some();
        let others = [Field::Number, Field::Lead, Field::Target, Field::Update, Field::Status];
        let others = others.into_iter().filter(|field| has(*field)).count();
        (has(Field::Title) && others >= 1) || others >= 3
    }

    /// The same where a heading is missing, garbled or spans two columns, by what stands below.
    fn mended(mut self, stats: &Stats) -> Self {
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
            let free = (0..stats.width()).filter(|column| !self.fields.contains_key(column));
            let longest = free.max_by_key(|column| (stats.length(*column), usize::MAX - column));
            if let Some(column) = longest.filter(|column| stats.length(*column) > 0) {
                self.doubts.push(format!(
                    "No column is headed as the actions; column {} is read as them.",
                    column_letters(column)
                ));
                self.claim(column, Field::Title);
            }
        }
        self.mend_target(stats);
        self.mend_area(stats);
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

    /// The plan's areas may stand in a column headed "Outcome", or in one headed "Theme".
    fn mend_area(&mut self, stats: &Stats) {
        let heads = self.unknown.iter().chain(&self.as_printed);
        let areas = heads.filter(|(column, words)| {
            let field = self.fields.get(column);
            matches!(field, None | Some(Field::Theme))
                && is_called(words)
                && stats.areas(**column) == 100
        });
        let first = areas.map(|(column, _)| *column).min();
        if let (None, Some(column)) = (self.place(Field::Area), first) {
            let words = self.as_printed.remove(&column);
            self.claim(column, Field::Area);
            self.as_printed.extend(words.map(|words| (column, words)));
        }
    }

    /// A column headed "Target" may hold what is to be reached, with the dates in another.
    fn mend_target(&mut self, stats: &Stats) {
        let Some(target) = self.place(Field::Target) else { return };
        let is_dates = |column: usize| stats.dates(column) >= 60;
        let is_other = |(column, words): (&usize, &String)| {
            let is_target = heading(words).is_some_and(|heading| heading.field == Field::Target);
            (is_target && is_dates(*column)).then_some(*column)
        };
        if stats.dates(target) < 30
            && stats.length(target) > 0
            && let Some(column) = self.unknown.iter().find_map(is_other)
        {
            self.fields.remove(&target);
            let words = self.as_printed.remove(&target).unwrap_or_default();
            self.unknown.insert(target, words);
            self.claim(column, Field::Target);
        }
        if self.revised == self.place(Field::Target) {
            self.revised = None;
        }
    }

    fn claim(&mut self, column: usize, field: Field) {
        let words = self.unknown.remove(&column);
        self.as_printed.insert(column, words.unwrap_or_default());
        self.fields.insert(column, field);
    }

    /// The columns of a table without headings.
    fn by_content(stats: &Stats, table: &Table) -> Option<Self> {
        let mut columns = Self::default();
        let count = stats.width();
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
