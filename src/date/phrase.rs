//! One date phrase: `31/03/2022`, `by Thursday 1st October`, `Q3 24/25`, `mid-2013`.

use chrono::Weekday;

use super::doubt::Reason;
use super::period::Period;
use super::period::Year;
use super::period::full_year;
use super::vocabulary::Part;
use super::vocabulary::Word;
use super::words::Kind;
use super::words::Number;
use super::words::Words;

/// A stretch of the calendar as it was written, perhaps still without its year.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) meaning: Meaning,
    pub(super) year: Option<Year>,
    pub(super) part: Option<Part>,
    pub(super) weekday: Option<Weekday>,
    pub(super) reasons: Vec<Reason>,
    /// The tokens it took: from the first up to, not including, the last.
    pub(super) from: usize,
    pub(super) to: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Known(Period),
    /// Written as a date, and not one that exists.
    Impossible,
    /// Two years, the later one first.
    Backwards,
    /// Two numbers that could be several things.
    Bare,
}

impl Phrase {
    fn new(period: Period, year: Option<Year>, from: usize, to: usize) -> Self {
        Self {
            meaning: Meaning::Known(period),
            year,
            part: None,
            weekday: None,
            reasons: Vec::new(),
            from,
            to,
        }
    }

    fn unknown(meaning: Meaning, from: usize, to: usize) -> Self {
        Self { meaning, ..Self::new(Period::Year, None, from, to) }
    }

    fn because(mut self, reason: Reason) -> Self {
        self.reasons.push(reason);
        self
    }
}

impl Words<'_> {
    /// The date phrase that begins at that token, the longest there is.
    pub(super) fn phrase(&self, at: usize) -> Option<Phrase> {
        match self.kind(at)? {
            Kind::Word(word) => self.worded(at, word),
            Kind::Number(_) => self
                .three_numbers(at)
                .or_else(|| self.day_then_month(at))
                .or_else(|| self.day_before_another(at))
                .or_else(|| self.ordinal_quarter(at))
                .or_else(|| self.year_then_quarter(at))
                .or_else(|| self.year_pair(at))
                .or_else(|| self.two_numbers(at))
                .or_else(|| self.one_number(at)),
            _ => None,
        }
    }

    fn worded(&self, at: usize, word: Word) -> Option<Phrase> {
        match word {
            Word::Weekday(weekday) => self.weekday_then_day(at, weekday),
            Word::Part(part) => self.part_of(at, part),
            Word::Month(_) | Word::Misspelt(_) => self.month_first(at),
            Word::Quarter | Word::Half => self.quarter(at),
            Word::Nth(number) => self.nth_part(at, number, at + 1),
            Word::Season(season) => {
                let next = self.past(at + 1, &[Word::Plain]);
                let (year, to) = match self.year_in_context(next) {
                    Some((year, to)) => (Some(year), to),
                    None => (None, at + 1),
                };
                Some(Phrase::new(Period::Season(season), year, at, to))
            }
            Word::Financial => self.financial_year(at),
            _ => None,
        }
    }

    fn weekday_then_day(&self, at: usize, weekday: Weekday) -> Option<Phrase> {
        let mut next = at + 1;
        while matches!(self.kind(next), Some(Kind::Comma | Kind::Dot | Kind::Word(Word::Plain))) {
            next += 1;
        }
        let phrase = self.phrase(next)?;
        let is_day = matches!(
            phrase.meaning,
            Meaning::Known(Period::Day { .. } | Period::DayOfMonth(_)) | Meaning::Impossible
        );
        is_day.then_some(Phrase { weekday: Some(weekday), from: at, ..phrase })
    }

    fn part_of(&self, at: usize, part: Part) -> Option<Phrase> {
        let mut next = at + 1;
        while matches!(self.kind(next), Some(Kind::Dash | Kind::Word(Word::Plain))) {
            next += 1;
        }
        let phrase = self.phrase(next)?;
        let has_parts = matches!(
            phrase.meaning,
            Meaning::Known(
                Period::Month(_) | Period::Season(_) | Period::Year | Period::Quarter(_)
            )
        );
        (has_parts && phrase.part.is_none())
            .then(|| Phrase { part: Some(part), from: at, ..phrase }.because(Reason::PartOf))
    }

    /// `31/03/2022`, `31.3.22`, `2022-03-31`: three numbers with the same mark between them.
    fn three_numbers(&self, at: usize) -> Option<Phrase> {
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
    fn continues_as_reference(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Dot) && self.is_glued(at + 1) && self.number(at + 1).is_some()
    }

    /// `1st October 2017`, `18JAN24`, `15-Mar-21`, `31 March`.
    fn day_then_month(&self, at: usize) -> Option<Phrase> {
        let day = self.number(at).filter(|number| number.digits <= 2 && !number.apostrophe)?;
        let mut next = self.past(at + 1, &[Word::Suffix]);
        next = if self.is_joint(next) {
            next + 1
        } else {
            self.past(next, &[Word::Plain, Word::Unit])
        };
        let (month, misspelt) = self.month(next)?;
        let (year, to) = self.year_after_month(next + 1, YearDigits::TwoOrFour);
        let phrase = day_of(day, month, year, at, to);
        Some(if misspelt { phrase.because(Reason::Misspelt) } else { phrase })
    }

    /// The `1` of `1 to 5 May`: a number, then a mark or word that joins, then a day with its month.
    fn day_before_another(&self, at: usize) -> Option<Phrase> {
        let day = self.number(at).filter(|number| number.digits <= 2 && !number.apostrophe)?;
        let to = self.past(at + 1, &[Word::Suffix]);
        let mut next = to;
        loop {
            next = self.joined(next)?.1;
            next = self.past(next, &[Word::Plain]);
            self.number(next).filter(|number| number.digits <= 2)?;
            let after = self.past(next + 1, &[Word::Suffix]);
            if self.month(self.past(after, &[Word::Plain])).is_some() {
                return Some(Phrase::new(Period::DayOfMonth(day.value), None, at, to));
            }
            next = after;
        }
    }

    /// `March 2021`, `Mar-15`, `December ’08`, `March 5th, 2021`.
    fn month_first(&self, at: usize) -> Option<Phrase> {
        let (month, misspelt) = self.month(at)?;
        let phrase = self.day_after_month(at, month).unwrap_or_else(|| {
            let (year, to) = self.year_after_month(at + 1, YearDigits::Four);
            if year.is_some() {
                return Phrase::new(Period::Month(month), year, at, to);
            }
            match self.year_after_month(at + 1, YearDigits::TwoOrFour) {
                (Some(year), to) => Phrase::new(Period::Month(month), Some(year), at, to)
                    .because(Reason::MonthNotDay),
                (None, _) => Phrase::new(Period::Month(month), None, at, at + 1),
            }
        });
        Some(if misspelt { phrase.because(Reason::Misspelt) } else { phrase })
    }

    /// The American order, which is only read where it cannot be anything else.
    fn day_after_month(&self, at: usize, month: u32) -> Option<Phrase> {
        let first = if self.is_joint(at + 1) { at + 2 } else { self.past(at + 1, &[Word::Plain]) };
        let day = self.number(first).filter(|number| number.digits <= 2 && !number.apostrophe)?;
        let after = self.past(first + 1, &[Word::Suffix]);
        if self.is_start_of_day(first) {
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
        let has_suffix = after > first + 1;
        (has_suffix || day.digits == 1).then(|| day_of(day, month, None, at, after))
    }

    /// The year that goes with the month before it, and where it ends.
    fn year_after_month(&self, at: usize, digits: YearDigits) -> (Option<Year>, usize) {
        let mut next = at;
        if self.kind(next) == Some(Kind::Dot) {
            next += 1;
        }
        if self.kind(next) == Some(Kind::Comma) || self.is_joint(next) {
            next += 1;
        }
        next = self.past(next, &[Word::Plain]);
        let none = (None, at);
        let Some(number) = self.number(next) else { return none };
        if self.is_start_of_day(next) || self.is_start_of_numbers(next) {
            return none;
        }
        if number.digits == 4 {
            if let Some((year, to)) = self.financial_pair(next) {
                return (Some(year), to);
            }
            return whole_year(number).map_or(none, |year| (Some(Year::Single(year)), next + 1));
        }
        let is_year = number.apostrophe || digits == YearDigits::TwoOrFour;
        if number.digits == 2 && is_year && !self.is_clock(next) {
            return (Some(Year::Single(full_year(number.value))), next + 1);
        }
        none
    }

    /// `Q3 2021/22`, `Quarter 4 of 23/24`, `H1 2021`.
    fn quarter(&self, at: usize) -> Option<Phrase> {
        let mut next = at + 1;
        if matches!(self.kind(next), Some(Kind::Dot | Kind::Dash)) {
            next += 1;
        }
        let number = self.number(next).filter(|number| number.digits == 1)?;
        if self.is_start_of_day(next) {
            return None;
        }
        let mut phrase = self.nth_period(at, number.value, at, next + 1)?;
        phrase.from = at;
        Some(phrase)
    }

    /// `3rd quarter 2021/22`.
    fn ordinal_quarter(&self, at: usize) -> Option<Phrase> {
        let number = self.number(at).filter(|number| number.digits == 1)?;
        let next = at + 1;
        self.is(next, Word::Suffix).then(|| self.nth_part(at, number.value, next + 1)).flatten()
    }

    fn nth_part(&self, at: usize, number: u32, noun: usize) -> Option<Phrase> {
        self.nth_period(at, number, noun, noun + 1)
    }

    /// A quarter or a half by its number, with the year that may follow.
    fn nth_period(&self, at: usize, number: u32, noun: usize, after: usize) -> Option<Phrase> {
        let (period, count) = match self.word(noun)? {
            Word::Quarter => (Period::Quarter(number), 4),
            Word::Half => (Period::Half(number), 2),
            _ => return None,
        };
        if number == 0 || number > count {
            return Some(Phrase::unknown(Meaning::Impossible, at, after));
        }
        let mut next = after;
        while matches!(self.kind(next), Some(Kind::Comma | Kind::Dot | Kind::Word(Word::Plain)))
            || self.is_joint(next)
        {
            next += 1;
        }
        let (year, to) = match self.year_in_context(next) {
            Some((year, to)) => (Some(year), to),
            None => (None, after),
        };
        Some(Phrase::new(period, year, at, to))
    }

    /// `2021/22 Q3`.
    fn year_then_quarter(&self, at: usize) -> Option<Phrase> {
        let (year, mut next) = self.year_in_context(at)?;
        while matches!(self.kind(next), Some(Kind::Comma | Kind::Dash | Kind::Colon)) {
            next += 1;
        }
        let phrase = self.word(next).and_then(|word| match word {
            Word::Quarter | Word::Half => self.quarter(next),
            _ => None,
        })?;
        phrase.year.is_none().then_some(Phrase { year: Some(year), from: at, ..phrase })
    }

    /// `FY 2021/22`, `financial year 21/22`.
    fn financial_year(&self, at: usize) -> Option<Phrase> {
        let next = self.past(at + 1, &[Word::Year, Word::Plain]);
        let (year, to) = self.year_in_context(next)?;
        Some(match year {
            Year::Financial(_) => Phrase::new(Period::Year, Some(year), at, to),
            Year::Single(year) => Phrase::new(Period::Year, Some(Year::Financial(year)), at, to)
                .because(Reason::FinancialYear),
        })
    }

    /// `2021/22`, `2012-13`, `2020-2022`.
    fn year_pair(&self, at: usize) -> Option<Phrase> {
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
                phrase.because(Reason::FinancialYear)
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
    fn two_numbers(&self, at: usize) -> Option<Phrase> {
        let first = self.number(at).filter(|number| number.digits <= 2 && !number.apostrophe)?;
        let mark = self.kind(at + 1)?;
        if !matches!(mark, Kind::Slash | Kind::Dash | Kind::Dot) {
            return None;
        }
        let second = self.number(at + 2)?;
        if self.is_start_of_day(at + 2) || self.continues_as_reference(at + 3) {
            return None;
        }
        let is_month = (1..=12).contains(&first.value);
        if second.digits == 4 {
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
    fn one_number(&self, at: usize) -> Option<Phrase> {
        let number = self.number(at)?;
        match number.digits {
            4 => {
                let year = whole_year(number)?;
                if self.is(at + 1, Word::Financial) {
                    let phrase = Phrase::new(Period::Year, Some(Year::Financial(year)), at, at + 2);
                    return Some(phrase.because(Reason::FinancialYear));
                }
                Some(Phrase::new(Period::Year, Some(Year::Single(year)), at, at + 1))
            }
            8 => {
                let year = i32::try_from(number.value / 10_000).ok()?;
                let (month, day) = (number.value / 100 % 100, number.value % 100);
                let period = Period::Day { day, month };
                let year = Year::Single(year);
                let is_day = year.is_likely() && period.window(year).is_some();
                is_day.then(|| {
                    Phrase::new(period, Some(year), at, at + 1).because(Reason::RunTogether)
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

    /// The year that follows a word which makes two digits certain to be one: `Q3`, `FY`, `winter`.
    pub(super) fn year_in_context(&self, at: usize) -> Option<(Year, usize)> {
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
    fn financial_pair(&self, at: usize) -> Option<(Year, usize)> {
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
    fn second_number(&self, at: usize) -> Option<Number> {
        let is_joined = matches!(self.kind(at + 1)?, Kind::Slash | Kind::Dash);
        let second = self.number(at + 2)?;
        let is_own = self.is_start_of_day(at + 2) || self.is_start_of_numbers(at + 2);
        (is_joined && !is_own).then_some(second)
    }

    /// Whether a month as a word follows the number, which so is a day.
    fn is_start_of_day(&self, at: usize) -> bool {
        let mut next = self.past(at + 1, &[Word::Suffix]);
        if self.number(at).is_none_or(|number| number.digits > 2 || number.apostrophe) {
            return false;
        }
        if self.is_joint(next) {
            next += 1;
        }
        self.month(self.past(next, &[Word::Plain])).is_some()
    }

    fn is_start_of_numbers(&self, at: usize) -> bool {
        self.three_numbers(at).is_some()
    }

    fn is_clock(&self, at: usize) -> bool {
        self.kind(at + 1) == Some(Kind::Colon) || self.is(at + 1, Word::Clock)
    }

    fn month(&self, at: usize) -> Option<(u32, bool)> {
        match self.word(at)? {
            Word::Month(month) => Some((month, false)),
            Word::Misspelt(month) => Some((month, true)),
            _ => None,
        }
    }

    /// A dash, slash or dot between the parts of one date.
    fn is_joint(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Dash | Kind::Slash | Kind::Dot))
    }

    /// The first place that holds none of those words.
    pub(super) fn past(&self, at: usize, words: &[Word]) -> usize {
        let mut next = at;
        while self.word(next).is_some_and(|word| words.contains(&word)) {
            next += 1;
        }
        next
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum YearDigits {
    Four,
    TwoOrFour,
}

/// Four digits are a year from 1900 to 2199; others are some other number.
fn whole_year(number: Number) -> Option<i32> {
    let is_year = number.digits == 4 && (1900..2200).contains(&number.value);
    is_year.then(|| i32::try_from(number.value).ok()).flatten()
}

fn day_of(day: Number, month: u32, year: Option<Year>, from: usize, to: usize) -> Phrase {
    /// 29 February exists in it, so that only days that never are get refused without a year.
    const LEAP_YEAR: Year = Year::Single(2020);
    let period = Period::Day { day: day.value, month };
    if period.window(year.unwrap_or(LEAP_YEAR)).is_none() {
        return Phrase::unknown(Meaning::Impossible, from, to);
    }
    Phrase::new(period, year, from, to)
}
