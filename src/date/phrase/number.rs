//! Dates written in numbers alone.

use super::Meaning;
use super::Phrase;
use super::day::day_of;
use super::year::whole_year;
use crate::date::doubt::Reason;
use crate::date::period::Period;
use crate::date::period::Year;
use crate::date::period::full_year;
use crate::date::vocabulary::Word;
use crate::date::words::Kind;
use crate::date::words::Words;

impl Words<'_> {
    /// `31/03/2022`, `31.3.22`, `2022-03-31`: three numbers with the same mark between them.
    pub(super) fn three_numbers(&self, at: usize) -> Option<Phrase> {
        let (first, second, third) = (self.number(at)?, self.number(at + 2)?, self.number(at + 4)?);
        let mark = self.kind(at + 1)?;
        let is_date = matches!(mark, Kind::Dash | Kind::Slash | Kind::Dot)
            && self.kind(at + 3)? == mark
            && second.digits <= 2;
        if !is_date || self.continues_as_reference(at + 5) {
            return None;
        }
        let (day, month, year) = match (first.digits, third.digits) {
            (1..=2, 4) => (first, second, i32::try_from(third.value).ok()?),
            (1..=2, 2) => (first, second, full_year(third.value)),
            (4, 1..=2) => (third, second, i32::try_from(first.value).ok()?),
            _ => return None,
        };
        Some(day_of(day, month.value, Some(Year::Single(year)), at, at + 5))
    }

    /// `1.2.3.4` is the number of a paragraph.
    pub(super) fn continues_as_reference(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Dot) && self.is_glued(at + 1) && self.number(at + 1).is_some()
    }

    /// `2021/22`, `2012-13`, `2020-2022`.
    pub(super) fn year_pair(&self, at: usize) -> Option<Phrase> {
        let first = self.number(at).filter(|number| number.digits == 4)?;
        let start = whole_year(first)?;
        if let Some((year, to)) = self.financial_pair(at) {
            let phrase = Phrase::new(Period::Year, Some(year), at, to);
            let second = self.number(at + 2)?;
            let is_dash = self.kind(at + 1) == Some(Kind::Dash);
            let could_be_month = second.digits == 2 && (1..=12).contains(&second.value);
            return Some(if is_dash && could_be_month {
                phrase.because(Reason::YearNotMonth)
            } else if is_dash && second.digits == 4 {
                phrase.because(Reason::OneYearNotTwo)
            } else {
                phrase
            });
        }
        let second = self.second_number(at)?;
        let span = |last| {
            if last < start {
                return Phrase::unknown(Meaning::Backwards, at, at + 3);
            }
            Phrase::new(Period::YearsTo(last), Some(Year::Single(start)), at, at + 3)
        };
        match (second.digits, second.value) {
            (4, _) => whole_year(second).map(span),
            (2, month @ 1..=12) => {
                let phrase =
                    Phrase::new(Period::Month(month), Some(Year::Single(start)), at, at + 3);
                Some(phrase.because(Reason::MonthNotYears))
            }
            (2, value) => {
                let last = start - start.rem_euclid(100) + i32::try_from(value).ok()?;
                Some(span(last))
            }
            _ => None,
        }
    }

    /// `03/2022`, `22/23`, `07/08`.
    pub(super) fn two_numbers(&self, at: usize) -> Option<Phrase> {
        let first = self.number(at).filter(|number| number.digits <= 2 && !number.apostrophe)?;
        let mark = self.kind(at + 1)?;
        if !matches!(mark, Kind::Slash | Kind::Dash | Kind::Dot) {
            return None;
        }
        let second = self.number(at + 2)?;
        let is_own = self.is_start_of_day(at + 2) || self.is_start_of_numbers(at + 2);
        if is_own || self.continues_as_reference(at + 3) {
            return None;
        }
        let is_month = (1..=12).contains(&first.value);
        if second.digits == 4 {
            // `1 – 2021` numbers the line, and the year after it may be a financial one.
            let is_close = mark == Kind::Slash || self.is_glued(at + 1) && self.is_glued(at + 2);
            if !is_close || self.financial_pair(at + 2).is_some() {
                return None;
            }
            let year = Year::Single(whole_year(second)?);
            return Some(if is_month {
                Phrase::new(Period::Month(first.value), Some(year), at, at + 3)
            } else {
                Phrase::unknown(Meaning::Impossible, at, at + 3)
            });
        }
        if mark == Kind::Dot || second.digits > 2 {
            return None;
        }
        let is_consecutive =
            first.digits == 2 && second.digits == 2 && (first.value + 1) % 100 == second.value;
        if is_consecutive && first.value > 12 && second.value > 12 {
            let year = Year::Financial(full_year(first.value));
            let phrase = Phrase::new(Period::Year, Some(year), at, at + 3);
            return Some(if mark == Kind::Dash {
                phrase.because(Reason::YearNotMonth)
            } else {
                phrase
            });
        }
        if is_month && second.digits == 2 && second.value > 12 && !is_consecutive {
            let year = Year::Single(full_year(second.value));
            let phrase = Phrase::new(Period::Month(first.value), Some(year), at, at + 3);
            return Some(phrase.because(Reason::MonthAndYear));
        }
        Some(Phrase::unknown(Meaning::Bare, at, at + 3))
    }

    /// `2021`, `20220331`, `31 03 2022`.
    pub(super) fn one_number(&self, at: usize) -> Option<Phrase> {
        let number = self.number(at)?;
        match number.digits {
            4 => {
                let year = whole_year(number)?;
                if self.is(at + 1, Word::Financial) {
                    let to = self.past(at + 2, &[Word::Year]);
                    let phrase = Phrase::new(Period::Year, Some(Year::Financial(year)), at, to);
                    return Some(phrase.because(Reason::FinancialYear));
                }
                Some(Phrase::new(Period::Year, Some(Year::Single(year)), at, at + 1))
            }
            8 => {
                let (high, middle, low) =
                    (number.value / 10_000, number.value / 100 % 100, number.value % 100);
                let year_first = (high, middle, low);
                let day_first = (number.value % 10_000, high % 100, high / 100);
                [year_first, day_first].into_iter().find_map(|(year, month, day)| {
                    let period = Period::Day { day, month };
                    let year = Year::Single(i32::try_from(year).ok()?);
                    let is_day = year.is_likely() && period.window(year).is_some();
                    is_day.then(|| {
                        Phrase::new(period, Some(year), at, at + 1).because(Reason::RunTogether)
                    })
                })
            }
            1..=2 => {
                let (month, year) = (self.number(at + 1)?, self.number(at + 2)?);
                let year =
                    (month.digits <= 2 && year.digits == 4).then(|| whole_year(year)).flatten()?;
                let phrase = day_of(number, month.value, Some(Year::Single(year)), at, at + 3);
                Some(phrase.because(Reason::RunTogether))
            }
            _ => None,
        }
    }

    pub(in crate::date) fn is_start_of_numbers(&self, at: usize) -> bool {
        self.three_numbers(at).is_some()
    }
}
