//! What people answer to the doubts about a file: `3.1 lead: CPEG`, one a line.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::files::document::Place;
use crate::files::document::Unit;
use crate::files::preview::heading::Field;
use crate::files::preview::heading::heading;
use crate::files::preview::number::number;

/// The answers to the doubts about a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<(About, Field), String>);

/// What an answer is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum About {
    /// An action, by its area and number.
    Action(u32, u32),
    /// What stands at a place in the file.
    Place(Unit, usize),
    /// The file as a whole.
    Whole,
}

/// An answer that cannot be read; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It does not say what it is about.
    #[error(
        "I cannot read the answer \"{0}\". Write one a line, such as \"3.1 lead: CPEG\", \"3.2 date: \
         March 2021\", \"row 7 number: 3.1\", \"updates: October 2020\" or \"2.1 date: as read\"."
    )]
    Unreadable(String),
    /// It names a field that no action has.
    #[error(
        "\"{field}\" in the answer \"{line}\" is nothing an action has. Use number, action, lead, date, \
         status, update or theme."
    )]
    NoSuchField {
        /// The words for the field.
        field: String,
        /// The whole answer.
        line: String,
    },
}

/// What somebody answers about one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer<'a> {
    /// It is right as it was read.
    AsRead,
    /// There is none, and that is right.
    Nothing,
    /// It is this.
    Words(&'a str),
}

impl Answers {
    /// Reads answers, parted by line breaks or semicolons; an answer left blank is none. `plan` is
    /// the letters of the plan's refs.
    pub fn read(text: &str, plan: &str) -> Result<Self, Refusal> {
        let mut answers = Self::default();
        for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
            let unreadable = || Refusal::Unreadable(line.to_owned());
            let (subject, words) = line.split_once([':', '=']).ok_or_else(unreadable)?;
            let (about, field) = subject_of(subject.trim(), plan, line)?;
            let words = words.trim();
            // What the form asks stands in brackets until somebody answers it.
            let is_open = words.starts_with('[') && words.ends_with(']');
            if !words.is_empty() && !is_open {
                answers.0.insert((about, field), words.to_owned());
            }
        }
        Ok(answers)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the file's updates are said to be of some time.
    pub(super) fn of_updates(&self) -> Option<&str> {
        self.0.get(&(About::Whole, Field::Update)).map(String::as_str)
    }

    /// The answer about a field of the action with that number, or at that place.
    pub(super) fn about(
        &self,
        area: u32,
        number: u32,
        at: &Place,
        field: Field,
    ) -> Option<Answer<'_>> {
        let by_number = self.0.get(&(About::Action(area, number), field));
        let by_place = || self.0.get(&(About::Place(at.unit, at.number), field));
        let words = by_number.or_else(by_place)?;
        Some(match words.to_lowercase().as_str() {
            "as read" | "ok" | "yes" | "right" | "correct" => Answer::AsRead,
            "none" | "no" | "-" | "–" | "blank" => Answer::Nothing,
            _ => Answer::Words(words),
        })
    }

    /// The number that an answer gives to what was read as an area's action, or stands at a place.
    pub(super) fn number_for(&self, (area, number): (u32, u32), at: &Place) -> Option<&str> {
        let by_number = self.0.get(&(About::Action(area, number), Field::Number));
        let by_place = || self.0.get(&(About::Place(at.unit, at.number), Field::Number));
        by_number.or_else(by_place).map(String::as_str)
    }
}

/// What the words before the colon are about: `IP-3.1 lead`, `row 7 number`, `updates`.
fn subject_of(subject: &str, plan: &str, line: &str) -> Result<(About, Field), Refusal> {
    let unreadable = || Refusal::Unreadable(line.to_owned());
    let lower = subject.to_lowercase();
    if matches!(lower.as_str(), "updates" | "update") {
        return Ok((About::Whole, Field::Update));
    }
    let words: Vec<&str> = subject.split_whitespace().collect();
    let unit = match words.first().map(|word| word.to_lowercase()).as_deref() {
        Some("row") => Some(Unit::Row),
        Some("line") => Some(Unit::Line),
        Some("paragraph") => Some(Unit::Paragraph),
        _ => None,
    };
    let (about, field) = match (unit, words.as_slice()) {
        (Some(unit), [_, at, field @ ..]) => {
            (About::Place(unit, at.parse().map_err(|_| unreadable())?), field)
        }
        (None, [reference, field @ ..]) => {
            let numbered = number(reference, plan).ok_or_else(unreadable)?;
            let area = numbered.area.ok_or_else(unreadable)?;
            (About::Action(area, numbered.number), field)
        }
        _ => return Err(unreadable()),
    };
    let field = field.join(" ");
    let meant = match field.to_lowercase().as_str() {
        "" => return Err(unreadable()),
        "date" => Some(Field::Target),
        other => heading(other).map(|heading| heading.field),
    };
    let meant = meant.filter(|field| !matches!(field, Field::Computed | Field::Area));
    meant.map(|field| (about, field)).ok_or(Refusal::NoSuchField { field, line: line.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_say_what_they_are_about() {
        let text = "3.1 lead: CPEG\n\nIP-3.2 date = March 2021\n3.3 lead: none\nrow 7 number: 3.1\n\
                    updates: October 2020\n4.1 lead:\n4.2 date: [which day?]";
        let answers = Answers::read(text, "IP").expect("they are answers");
        let row = Place::row(7);
        let about = |area, number, field| answers.about(area, number, &row, field);
        assert_eq!(about(3, 1, Field::Lead), Some(Answer::Words("CPEG")));
        assert_eq!(about(3, 2, Field::Target), Some(Answer::Words("March 2021")));
        assert_eq!(about(3, 3, Field::Lead), Some(Answer::Nothing));
        assert_eq!(about(4, 1, Field::Lead), None);
        assert_eq!(about(4, 2, Field::Target), None);
        assert_eq!(answers.number_for((9, 9), &row), Some("3.1"));
        assert_eq!(answers.of_updates(), Some("October 2020"));
    }

    #[test]
    fn what_is_no_answer_gets_a_sentence() {
        let check = |text: &str, expected: &str| {
            let refusal = Answers::read(text, "IP").expect_err(expected).to_string();
            assert!(refusal.starts_with(expected), "{refusal}");
        };
        check("CPEG leads it", "I cannot read the answer \"CPEG leads it\". Write one a line");
        check("lead: CPEG", "I cannot read the answer");
        check("3.1 colour: red", "\"colour\" in the answer \"3.1 colour: red\" is nothing");
    }
}
