//! What the columns of a plan's table mean, by their headings.

use crate::files::table::Refusal;
use crate::files::table::Row;
use crate::files::table::Table;
use crate::files::table::column_letters;

/// What a column of a plan's table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// The improvement area, by number.
    Area,
    /// The action's number, with or without its area's.
    Number,
    /// What is promised.
    Title,
    /// Who answers for it.
    Lead,
    /// When it is due.
    Target,
    /// How it is going, in a word.
    Status,
    /// What happened, in sentences.
    Update,
    /// Cross-cutting tags.
    Theme,
}

/// Headings as partnerships print them, without capitals and marks.
const HEADINGS: &[(Meaning, &[&str])] = &[
    (Meaning::Area, &["improvement area", "area", "area no", "area number"]),
    (Meaning::Number, &["no", "ref", "reference", "number", "action no", "action ref", "id"]),
    (
        Meaning::Title,
        &["activities", "activity", "action", "actions", "title", "deliverable", "milestone"],
    ),
    (
        Meaning::Lead,
        &["lead", "leads", "responsibility", "responsible", "owner", "action by", "who"],
    ),
    (
        Meaning::Target,
        &[
            "target date",
            "target",
            "timescale",
            "timescales",
            "due",
            "due date",
            "deadline",
            "when",
            "completed by",
        ],
    ),
    (Meaning::Status, &["status", "rag status", "progress status"]),
    (Meaning::Update, &["update", "updates", "progress", "progress update", "latest update"]),
    (Meaning::Theme, &["theme", "themes"]),
];

/// Where the headings stand, and which column means what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The place of the row of headings among the table's rows.
    pub at: usize,
    /// Each column understood, from the left.
    pub known: Vec<(usize, Meaning)>,
    /// Each column with a heading that is not understood.
    pub unknown: Vec<(usize, String)>,
}

impl Columns {
    /// The columns of a table: its headings are the first row that has a number and a title.
    pub fn find(table: &Table) -> Result<Self, Refusal> {
        let mut heads = table.rows.iter().enumerate().map(|(at, row)| (Self::of(at, row), row));
        let Some((columns, row)) = heads.find(|(columns, _)| columns.is_a_plans()) else {
            let row = table.rows.first().map_or(1, |row| row.number);
            return Err(Refusal::NoHeadings { file: table.file.clone(), row });
        };
        columns.refuse_two_alike(&table.file, row)?;
        Ok(columns)
    }

    /// The cell of that meaning in a row; empty where the table has no such column.
    pub fn cell<'a>(&self, row: &'a Row, meaning: Meaning) -> &'a str {
        self.place(meaning).map_or("", |column| row.cell(column))
    }

    /// Where the column of that meaning stands, from 0.
    pub fn place(&self, meaning: Meaning) -> Option<usize> {
        self.known.iter().find(|(_, known)| *known == meaning).map(|(column, _)| *column)
    }

    fn of(at: usize, row: &Row) -> Self {
        let mut columns = Self { at, known: Vec::new(), unknown: Vec::new() };
        for column in 0..row.cells.len() {
            let heading = row.cell(column);
            match meaning(heading) {
                Some(meaning) => columns.known.push((column, meaning)),
                None if heading.is_empty() => {}
                None => columns.unknown.push((column, heading.to_owned())),
            }
        }
        columns
    }

    fn is_a_plans(&self) -> bool {
        self.place(Meaning::Number).is_some() && self.place(Meaning::Title).is_some()
    }

    fn refuse_two_alike(&self, file: &str, row: &Row) -> Result<(), Refusal> {
        for (place, (column, meaning)) in self.known.iter().enumerate() {
            let earlier = self.known[..place].iter().find(|(_, earlier)| earlier == meaning);
            if let Some((other, _)) = earlier {
                return Err(Refusal::TwoAlike {
                    file: file.to_owned(),
                    row: row.number,
                    column: column_letters(*column),
                    heading: row.cell(*column).to_owned(),
                    other: column_letters(*other),
                });
            }
        }
        Ok(())
    }
}

/// What a heading means; what stands in brackets, as in `Update (October 2020)`, is left aside.
fn meaning(heading: &str) -> Option<Meaning> {
    let open = heading.split('(').next().unwrap_or_default();
    let letters = open.to_lowercase().replace(|letter: char| !letter.is_alphanumeric(), " ");
    let words = letters.split_whitespace().collect::<Vec<_>>().join(" ");
    let known = HEADINGS.iter().find(|(_, names)| names.contains(&words.as_str()));
    known.map(|(meaning, _)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_what_they_mean() {
        let check = |heading, expected| assert_eq!(meaning(heading), expected, "{heading}");
        check("No.", Some(Meaning::Number));
        check(" Ref", Some(Meaning::Number));
        check("Activities", Some(Meaning::Title));
        check("Target\nDate", Some(Meaning::Target));
        check("Update (October 2020)", Some(Meaning::Update));
        check("IMPROVEMENT AREA", Some(Meaning::Area));
        check("Budget", None);
        check("", None);
    }
}
