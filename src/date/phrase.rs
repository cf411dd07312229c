//! One date phrase: `31/03/2022`, `by Thursday 1st October`, `Q3 24/25`, `mid-2013`.

mod day;
mod number;
mod quarter;
mod year;

use chrono::Weekday;

use super::doubt::Reason;
use super::period::Period;
use super::period::Year;
use super::vocabulary::Part;
use super::vocabulary::Word;
use super::words::Kind;
use super::words::Words;

/// Words that may stand between a month or quarter and its year.
const WITHIN: &[Word] = &[Word::Plain, Word::Of];

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

/// What stands between two phrases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// From the one to the other.
    Range,
    /// The one and the other.
    Both,
    /// One of them.
    Either,
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
                .or_else(|| self.year_then_month(at))
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
            Word::Last if self.is_part(at + 1) => self.part_of(at, Part::Late),
            Word::Last => self.last_part(at),
            Word::Season(season) => Some(self.with_year_after(at, Period::Season(season))),
            Word::Feast(feast) => Some(self.with_year_after(at, Period::Feast(feast))),
            Word::Financial => self.year_then_quarter(at).or_else(|| self.financial_year(at)),
            Word::YearEnding => self.financial_year_end(at, at + 1),
            // `start of March` is early in it; `start March` is when work starts.
            Word::Start if self.is(at + 1, Word::Of) => self.part_of(at, Part::Early),
            _ => None,
        }
    }

    /// A season or feast with the year that may follow, perhaps after a mark: `Spring, 2022`.
    fn with_year_after(&self, at: usize, period: Period) -> Phrase {
        let has_mark = self.kind(at + 1) == Some(Kind::Comma) || self.is_joint(at + 1);
        let next = self.past(at + 1 + usize::from(has_mark), WITHIN);
        match self.year_in_context(next) {
            Some((year, to)) => Phrase::new(period, Some(year), at, to),
            None => Phrase::new(period, None, at, at + 1),
        }
    }

    fn weekday_then_day(&self, at: usize, weekday: Weekday) -> Option<Phrase> {
        let mut next = at + 1;
        while matches!(
            self.kind(next),
            Some(Kind::Comma | Kind::Dot | Kind::Word(Word::Plain | Word::Of))
        ) {
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
        let mut next = at + 1 + usize::from(self.is_part(at + 1));
        while matches!(
            self.kind(next),
            Some(Kind::Dash | Kind::Word(Word::Plain | Word::Of | Word::Year))
        ) {
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

    /// The word in `early part of 2022`.
    fn is_part(&self, at: usize) -> bool {
        self.said(at, at + 1).eq_ignore_ascii_case("part")
    }

    /// What joins the phrase before that token to the next, and where the next may begin.
    pub(super) fn joined(&self, at: usize) -> Option<(Join, usize)> {
        match self.kind(at)? {
            Kind::Dash | Kind::Word(Word::To) => Some((Join::Range, at + 1)),
            Kind::Word(Word::Or) => Some((Join::Either, at + 1)),
            Kind::Slash | Kind::Ampersand | Kind::Word(Word::And) => Some((Join::Both, at + 1)),
            Kind::Comma => match self.joined(at + 1) {
                Some((join @ (Join::Both | Join::Either), next)) => Some((join, next)),
                _ => Some((Join::Both, at + 1)),
            },
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
