//! Years, alone and beside what they belong to.

use super::Meaning;
use super::Phrase;
use crate::date::doubt::Reason;
use crate::date::period::Period;
use crate::date::period::Year;
use crate::date::period::full_year;
use crate::date::vocabulary::Word;
use crate::date::words::Kind;
use crate::date::words::Number;
use crate::date::words::Words;

impl Words<'_> {
    /// `2021/22 Q3`.
    pub(super) fn year_then_quarter(&self, at: usize) -> Option<Phrase> {
        let (year, mut next) = self.year_in_context(at)?;
        // In `21 Q3` the 21 may be anything.
        let is_short = self.number(at).is_some_and(|number| number.digits == 2);
        if is_short && matches!(year, Year::Single(_)) {
            return None;
        }
        while matches!(self.kind(next), Some(Kind::Comma | Kind::Dash | Kind::Colon)) {
            next += 1;
        }
        let phrase = match self.word(next) {
            Some(Word::Quarter | Word::Half) => self.quarter(next),
            Some(Word::Nth(number)) => self.nth_part(next, number, next + 1),
            Some(Word::Last) => self.last_part(next),
            Some(_) => None,
            None => self.ordinal_quarter(next),
        }?;
        phrase.year.is_none().then_some(Phrase { year: Some(year), from: at, ..phrase })
    }

    /// `2021 March`, where no number follows that could be a day or another year.
    pub(super) fn year_then_month(&self, at: usize) -> Option<Phrase> {
        let year = self.number(at).and_then(whole_year)?;
        let next = if self.kind(at + 1) == Some(Kind::Comma) { at + 2 } else { at + 1 };
        let phrase = self.month(next).and_then(|_| self.month_first(next))?;
        let is_alone = phrase.year.is_none() && self.number(phrase.to).is_none();
        let is_month = matches!(phrase.meaning, Meaning::Known(Period::Month(_)));
        (is_alone && is_month && !self.is_joint(phrase.to)).then_some(Phrase {
            year: Some(Year::Single(year)),
            from: at,
            ..phrase
        })
    }

    /// `FY 2021/22`, `financial year 21/22`.
    pub(super) fn financial_year(&self, at: usize) -> Option<Phrase> {
        let next = self.past(at + 1, &[Word::Year, Word::Plain, Word::Of]);
        let is_end = self.is(self.past_dash(next), Word::End);
        if is_end && let Some(phrase) = self.financial_year_end(at, self.past_dash(next) + 1) {
            return Some(phrase);
        }
        let (year, to) = self.year_in_context(next)?;
        Some(match year {
            Year::Financial(_) => Phrase::new(Period::Year, Some(year), at, to),
            Year::Single(year) => Phrase::new(Period::Year, Some(Year::Financial(year)), at, to)
                .because(Reason::FinancialYear),
        })
    }

    /// `FYE 2022`, `financial year end 2022`; after it, two years are the one financial year they
    /// always are.
    pub(super) fn financial_year_end(&self, at: usize, after: usize) -> Option<Phrase> {
        let (year, to) = self.year_in_context(self.past(after, &[Word::Plain, Word::Of]))?;
        Some(match year {
            Year::Financial(_) => Phrase::new(Period::Year, Some(year), at, to),
            Year::Single(end) => Phrase::new(Period::Year, Some(Year::Financial(end - 1)), at, to)
                .because(Reason::FinancialYearEnd),
        })
    }

    /// The place after a dash, or the same place.
    pub(in crate::date) fn past_dash(&self, at: usize) -> usize {
        if self.kind(at) == Some(Kind::Dash) { at + 1 } else { at }
    }

    /// The year that follows a word which makes two digits certain to be one: `Q3`, `FY`, `winter`.
    pub(in crate::date) fn year_in_context(&self, at: usize) -> Option<(Year, usize)> {
        let at = self.past(at, &[Word::Financial, Word::Year]);
        let number = self.number(at)?;
        if self.is_start_of_day(at) || self.is_start_of_numbers(at) {
            return None;
        }
        if let Some(pair) = self.financial_pair(at) {
            return Some(pair);
        }
        match number.digits {
            4 => Some((Year::Single(whole_year(number)?), at + 1)),
            2 if !self.is_clock(at) => Some((Year::Single(full_year(number.value)), at + 1)),
            _ => None,
        }
    }

    /// Two years, the second the next after the first.
    pub(super) fn financial_pair(&self, at: usize) -> Option<(Year, usize)> {
        let first = self.number(at)?;
        let second = self.second_number(at)?;
        let start = match first.digits {
            4 => whole_year(first)?,
            2 => full_year(first.value),
            _ => return None,
        };
        let next = u32::try_from(start + 1).ok()?;
        let is_next = match second.digits {
            4 => first.digits == 4 && second.value == next,
            2 => second.value == next % 100,
            _ => false,
        };
        is_next.then_some((Year::Financial(start), at + 3))
    }

    /// The number after a slash or dash, unless a date of its own begins there.
    pub(super) fn second_number(&self, at: usize) -> Option<Number> {
        let is_joined = matches!(self.kind(at + 1)?, Kind::Slash | Kind::Dash);
        let second = self.number(at + 2)?;
        let is_day = self.is_start_of_day(at + 2) && !self.is_close_pair(at);
        let is_own = is_day || self.is_start_of_numbers(at + 2);
        (is_joined && !is_own).then_some(second)
    }

    /// The `2021-22` of `2021-22 March 2022`: no run from 2021 to 22 March.
    fn is_close_pair(&self, at: usize) -> bool {
        let (Some(first), Some(second)) = (self.number(at), self.number(at + 2)) else {
            return false;
        };
        let is_close = self.is_glued(at + 1)
            && self.is_glued(at + 2)
            && self.kind(at + 1) != self.kind(at + 3);
        let is_next = first.digits == 4 && (first.value + 1) % 100 == second.value;
        is_close && is_next && second.digits == 2
    }
}

/// Four digits are a year from 1900 to 2199; others are some other number.
pub(super) fn whole_year(number: Number) -> Option<i32> {
    let is_year = number.digits == 4 && (1900..2200).contains(&number.value);
    is_year.then(|| i32::try_from(number.value).ok()).flatten()
}
