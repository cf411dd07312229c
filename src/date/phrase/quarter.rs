//! Quarters and halves of a year.

use super::Meaning;
use super::Phrase;
use crate::date::period::Period;
use crate::date::vocabulary::Word;
use crate::date::words::Kind;
use crate::date::words::Words;

impl Words<'_> {
    /// `Q3 2021/22`, `Quarter 4 of 23/24`, `H1 2021`.
    pub(super) fn quarter(&self, at: usize) -> Option<Phrase> {
        let mut next = at + 1;
        if matches!(self.kind(next), Some(Kind::Dot | Kind::Dash)) {
            next += 1;
        }
        if let Some(Word::Count(number)) = self.word(next) {
            return self.nth_period(at, number, at, next + 1);
        }
        let number = self.number(next).filter(|number| number.digits == 1)?;
        // In `Q4 March 2022` the 4 belongs to the Q, in `quarter 4 March` it may be a day.
        let is_close = self.is_glued(at + 1) && self.is_glued(next);
        if self.is_start_of_day(next) && !is_close {
            return None;
        }
        self.nth_period(at, number.value, at, next + 1)
    }

    /// `last quarter of 2021/22`, `latter half of 2021`.
    pub(super) fn last_part(&self, at: usize) -> Option<Phrase> {
        let last = if self.is(at + 1, Word::Half) { 2 } else { 4 };
        self.nth_part(at, last, at + 1)
    }

    /// `3rd quarter 2021/22`.
    pub(super) fn ordinal_quarter(&self, at: usize) -> Option<Phrase> {
        let number = self.number(at).filter(|number| number.digits == 1)?;
        let next = at + 1;
        self.is(next, Word::Suffix).then(|| self.nth_part(at, number.value, next + 1)).flatten()
    }

    pub(super) fn nth_part(&self, at: usize, number: u32, noun: usize) -> Option<Phrase> {
        self.nth_period(at, number, noun, noun + 1)
    }

    /// A quarter or a half by its number, with the year that may follow.
    pub(super) fn nth_period(
        &self,
        at: usize,
        number: u32,
        noun: usize,
        after: usize,
    ) -> Option<Phrase> {
        let (period, count) = match self.word(noun)? {
            Word::Quarter => (Period::Quarter(number), 4),
            Word::Half => (Period::Half(number), 2),
            _ => return None,
        };
        if number == 0 || number > count {
            return Some(Phrase::unknown(Meaning::Impossible, at, after));
        }
        let mut next = after;
        while matches!(
            self.kind(next),
            Some(
                Kind::Comma
                    | Kind::Dot
                    | Kind::Colon
                    | Kind::Quiet
                    | Kind::Word(Word::Plain | Word::Of | Word::Calendar | Word::End)
            )
        ) || self.is_joint(next)
        {
            next += 1;
        }
        let (year, to) = match self.year_in_context(next) {
            Some((year, to)) => (Some(year), to),
            None => (None, after),
        };
        Some(Phrase::new(period, year, at, to))
    }
}
