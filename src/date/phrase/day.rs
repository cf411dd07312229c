//! Days and months written with the month as a word.

use super::Meaning;
use super::Phrase;
use super::WITHIN;
use super::year::whole_year;
use crate::date::doubt::Reason;
use crate::date::period::Period;
use crate::date::period::Year;
use crate::date::period::full_year;
use crate::date::vocabulary::Word;
use crate::date::words::Kind;
use crate::date::words::Number;
use crate::date::words::Words;

impl Words<'_> {
    /// `1st October 2017`, `18JAN24`, `15-Mar-21`, `31 March`.
    pub(super) fn day_then_month(&self, at: usize) -> Option<Phrase> {
        let day = self.number(at).filter(|number| number.digits <= 2 && !number.apostrophe)?;
        let mut next = self.past(at + 1, &[Word::Suffix]);
        let has_joint = self.is_joint(next);
        let joint = self.kind(next).filter(|_| has_joint);
        // `31st. March` has its stop from the ordinal, `1. March` perhaps from a numbered line.
        let is_close =
            !has_joint || next > at + 1 || self.is_glued(next) && self.is_glued(next + 1);
        next = if has_joint { next + 1 } else { self.past(next, &[Word::Day, Word::Of]) };
        let (month, misspelt) = self.month(next)?;
        let (mut year, mut to) = self.year_after_month(next + 1, YearDigits::TwoOrFour);
        // `5 March – 10` is half of a run, `15-Mar-10` a date.
        let is_short = self.number(to - 1).is_some_and(|number| number.digits == 2);
        let after = next + 1 + usize::from(self.kind(next + 1) == Some(Kind::Dot));
        let mark = self.kind(after).filter(|mark| matches!(mark, Kind::Dash | Kind::Slash));
        if is_short && mark.is_some() && mark != joint && !matches!(year, Some(Year::Financial(_)))
        {
            (year, to) = (None, next + 1);
        }
        let mut phrase = day_of(day, month, year, at, to);
        if misspelt {
            phrase.reasons.push(Reason::Misspelt);
        }
        if !is_close {
            phrase.reasons.push(Reason::LineNumber);
        }
        Some(phrase)
    }

    /// The `1` of `1 to 5 May`: a number, then a mark or word that joins, then a day with its month.
    pub(super) fn day_before_another(&self, at: usize) -> Option<Phrase> {
        let day = self.number(at).filter(|number| number.digits <= 2 && !number.apostrophe)?;
        let to = self.past(at + 1, &[Word::Suffix]);
        let mut next = to;
        loop {
            next = self.past(self.joined(next)?.1, &[Word::Plain]);
            if matches!(self.word(next), Some(Word::Weekday(_))) {
                next += 1;
            }
            self.number(next).filter(|number| number.digits <= 2)?;
            let after = self.past(next + 1, &[Word::Suffix]);
            if self.month(self.past(after, &[Word::Of])).is_some() {
                return Some(Phrase::new(Period::DayOfMonth(day.value), None, at, to));
            }
            next = after;
        }
    }

    /// `March 2021`, `Mar-15`, `December ’08`, `March 5th, 2021`.
    pub(super) fn month_first(&self, at: usize) -> Option<Phrase> {
        let (month, misspelt) = self.month(at)?;
        let phrase = self.day_after_month(at, month).unwrap_or_else(|| {
            let (year, to) = self.year_after_month(at + 1, YearDigits::Four);
            if year.is_some() {
                return Phrase::new(Period::Month(month), year, at, to);
            }
            if let (Some(year), to) = self.year_after_month(at + 1, YearDigits::TwoOrFour) {
                return Phrase::new(Period::Month(month), Some(year), at, to)
                    .because(Reason::MonthNotDay);
            }
            let has_stop = self.kind(at + 1) == Some(Kind::Dot) && self.is_glued(at + 1);
            Phrase::new(Period::Month(month), None, at, at + 1 + usize::from(has_stop))
        });
        Some(if misspelt { phrase.because(Reason::Misspelt) } else { phrase })
    }

    /// The American order, which is only read where it cannot be anything else.
    fn day_after_month(&self, at: usize, month: u32) -> Option<Phrase> {
        let first = if self.is_joint(at + 1) { at + 2 } else { self.past(at + 1, WITHIN) };
        let day = self.number(first).filter(|number| number.digits <= 2 && !number.apostrophe)?;
        let after = self.past(first + 1, &[Word::Suffix]);
        let has_suffix = after > first + 1;
        // `March the 1st`, and not `March at 10`.
        if self.is_start_of_day(first) || first > at + 1 && !self.is_joint(at + 1) && !has_suffix {
            return None;
        }
        let mut next = after;
        while matches!(self.kind(next), Some(Kind::Comma)) || self.is_joint(next) {
            next += 1;
        }
        let year =
            self.number(next).filter(|number| number.digits == 4 && !self.is_start_of_day(next));
        if let Some(year) = year.and_then(whole_year) {
            return Some(day_of(day, month, Some(Year::Single(year)), at, next + 1));
        }
        (has_suffix || day.digits == 1).then(|| day_of(day, month, None, at, after))
    }

    /// The year that goes with the month before it, and where it ends.
    fn year_after_month(&self, at: usize, digits: YearDigits) -> (Option<Year>, usize) {
        let dotted = at + usize::from(self.kind(at) == Some(Kind::Dot));
        let has_comma = self.kind(dotted) == Some(Kind::Comma);
        let joined = dotted + usize::from(has_comma || self.is_joint(dotted));
        let next = self.past(joined, WITHIN);
        let none = (None, at);
        let Some(number) = self.number(next) else { return none };
        let is_day = self.is_day_of_month(next) && !self.is_before_another(joined, next);
        if is_day || self.is_start_of_numbers(next) {
            return none;
        }
        if number.digits == 4 {
            if let Some((year, to)) = self.financial_pair(next) {
                return (Some(year), to);
            }
            return whole_year(number).map_or(none, |year| (Some(Year::Single(year)), next + 1));
        }
        // `5 March at 10` and `5 March, 10` have no year.
        let is_close = next == joined && !has_comma;
        let is_year = number.apostrophe || is_close && digits == YearDigits::TwoOrFour;
        if number.digits == 2 && is_year && !self.is_clock(next) {
            return (Some(Year::Single(full_year(number.value))), next + 1);
        }
        none
    }

    /// Whether a month as a word follows the number, with a mark between them or without.
    pub(in crate::date) fn is_start_of_day(&self, at: usize) -> bool {
        let next = self.past(at + 1, &[Word::Suffix]);
        // `2021/22 - March` is a year and a month.
        let is_close = self.is_glued(next) && self.is_glued(next + 1);
        let is_joined = self.is_joint(next) && is_close && self.month(next + 1).is_some();
        self.is_day_of_month(at) || is_joined && self.is_day_number(at)
    }

    /// Whether the month follows the number at once, which so can only be its day.
    fn is_day_of_month(&self, at: usize) -> bool {
        let next = self.past(at + 1, &[Word::Suffix]);
        self.is_day_number(at) && self.month(self.past(next, &[Word::Of])).is_some()
    }

    /// The year in `Mar-21 Jun-21` and `31-Mar-22 June 2022`: what is written close together is
    /// one date, and no run to the 21st or 22nd of the month that follows.
    fn is_before_another(&self, joined: usize, year: usize) -> bool {
        /// Greater numbers are more often the last day of a run that ends with a month.
        const YEAR_MAX: u32 = 27;
        let is_close =
            |at: usize| self.is_glued(at) && self.is_glued(at - 1) && self.is_joint(at - 1);
        if joined != year || !is_close(year) || self.is_glued(year + 1) {
            return false;
        }
        let Some(number) = self.number(year).filter(|number| number.digits == 2) else {
            return false;
        };
        let is_alike =
            is_close(year + 3) && self.number(year + 3).is_some_and(|number| number.digits == 2);
        let Some(before) = year.checked_sub(3) else {
            return is_alike || number.value <= YEAR_MAX;
        };
        let has_day = before > 0 && self.number(before - 1).is_some() && is_close(before + 1);
        // `1 March-15 September` is a run.
        let follows_day = self.number(before).is_some()
            || matches!(self.word(before), Some(Word::Suffix | Word::Of));
        has_day || is_alike || !follows_day && number.value <= YEAR_MAX
    }

    fn is_day_number(&self, at: usize) -> bool {
        self.number(at).is_some_and(|number| number.digits <= 2 && !number.apostrophe)
    }

    pub(super) fn is_clock(&self, at: usize) -> bool {
        self.kind(at + 1) == Some(Kind::Colon) || self.is(at + 1, Word::Clock)
    }

    pub(super) fn month(&self, at: usize) -> Option<(u32, bool)> {
        match self.word(at)? {
            Word::Month(month) => Some((month, false)),
            Word::Misspelt(month) => Some((month, true)),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum YearDigits {
    Four,
    TwoOrFour,
}

pub(super) fn day_of(
    day: Number,
    month: u32,
    year: Option<Year>,
    from: usize,
    to: usize,
) -> Phrase {
    /// 29 February exists in it, so that only days that never are get refused without a year.
    const LEAP_YEAR: Year = Year::Single(2020);
    let period = Period::Day { day: day.value, month };
    if period.window(year.unwrap_or(LEAP_YEAR)).is_none() {
        return Phrase::unknown(Meaning::Impossible, from, to);
    }
    Phrase::new(period, year, from, to)
}
