//! What stands beside dates in numbers and is none: times of day, lengths of time, short forms.

use super::scan::Cue;
use super::scan::Lead;
use super::scan::Scan;
use crate::date::vocabulary::Word;
use crate::date::words::Kind;

impl Scan<'_> {
    /// A time of day, which changes nothing about the day: `17:00`, `5pm`, `00:00:00`.
    pub(super) fn past_time(&mut self, at: usize) -> Option<usize> {
        let next = self.end_of_time(at)?;
        self.cue(Cue::Time);
        Some(next)
    }

    fn end_of_time(&self, at: usize) -> Option<usize> {
        let number = self.words.number(at)?;
        if self.words.is(at + 1, Word::Clock) {
            return Some(at + 2);
        }
        let is_minutes = |at| {
            self.words.kind(at) == Some(Kind::Colon)
                && self.words.is_glued(at)
                && self.words.number(at + 1).is_some_and(|minutes| minutes.digits == 2)
        };
        if number.value >= 24 || !is_minutes(at + 1) {
            return None;
        }
        let mut next = at + 3;
        if is_minutes(next) {
            next += 2;
        }
        if self.words.kind(next) == Some(Kind::Dot) && self.words.is_glued(next + 1) {
            next += 1 + usize::from(self.words.number(next + 1).is_some());
        }
        Some(self.words.past(next, &[Word::Clock]))
    }

    /// `w/c`, `w/e`, `n/a`.
    pub(super) fn past_abbreviation(&mut self, at: usize) -> Option<usize> {
        if self.words.kind(at + 1) != Some(Kind::Slash) {
            return None;
        }
        let said = self.words.said(at, at + 3);
        match said {
            "w/c" | "W/C" | "w/b" | "W/B" => self.lead(Lead::WeekOf, at),
            "w/e" | "W/E" | "y/e" | "Y/E" => {}
            "n/a" | "N/A" | "N/a" => self.cue(Cue::Status),
            _ => return None,
        }
        Some(at + 3)
    }

    /// A length of time, to be counted from something: `6 months`, `3-6 weeks`, `1 year`.
    pub(super) fn past_length(&mut self, at: usize) -> Option<usize> {
        self.words.number(at)?;
        let unit = self.past_dash(at + 1);
        let is_length = match self.words.word(unit)? {
            Word::Units => true,
            Word::Unit | Word::Day | Word::Year => self.words.number(at)?.digits <= 2,
            _ => false,
        };
        if !is_length {
            return None;
        }
        if !self.has(Cue::Often) {
            self.cue(Cue::Relative);
        }
        Some(unit + 1)
    }
}
