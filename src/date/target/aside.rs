//! What stands beside dates in numbers and is none: times of day, lengths of time, short forms.

use super::anchor::Anchor;
use super::anchor::Anchored;
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
        if number.value >= 24 {
            return None;
        }
        // `5.30pm`; without the letters it could be anything.
        if self.is_minutes(at + 1, Kind::Dot) && self.words.is(at + 3, Word::Clock) {
            return Some(at + 4);
        }
        if !self.is_minutes(at + 1, Kind::Colon) {
            return None;
        }
        let mut next = at + 3;
        if self.is_minutes(next, Kind::Colon) {
            next += 2;
        }
        if self.words.kind(next) == Some(Kind::Dot) && self.words.is_glued(next + 1) {
            next += 1 + usize::from(self.words.number(next + 1).is_some());
        }
        // How far a machine's instant is from UTC: `+01:00`.
        let is_offset = matches!(self.words.kind(next), Some(Kind::Plus | Kind::Dash))
            && self.words.is_glued(next)
            && self.is_minutes(next + 2, Kind::Colon);
        if is_offset {
            next += 4;
        }
        Some(self.words.past(next, &[Word::Clock]))
    }

    fn is_minutes(&self, at: usize, mark: Kind) -> bool {
        self.words.kind(at) == Some(mark)
            && self.words.is_glued(at)
            && self.words.number(at + 1).is_some_and(|minutes| minutes.digits == 2)
    }

    /// `w/c`, `y/e`, `n/a`.
    pub(super) fn past_abbreviation(&mut self, at: usize) -> Option<usize> {
        // The article of `An t-Sultain 2021`.
        if self.words.is(at, Word::Instant)
            && self.words.kind(at + 1) == Some(Kind::Dash)
            && self.words.is_glued(at + 2)
            && matches!(self.words.word(at + 2), Some(Word::Month(_)))
        {
            return Some(at + 2);
        }
        if self.words.kind(at + 1) != Some(Kind::Slash) {
            return None;
        }
        let said = self.words.said(at, at + 3).to_ascii_lowercase();
        match said.as_str() {
            "w/c" | "wk/c" | "w/b" => self.lead(Lead::WeekOf, at),
            "w/e" | "w/ending" => {}
            // Before `2022` alone it does not say which of two years is meant.
            "y/e" | "y/end" | "f/y" => self.cue(Cue::YearEnd),
            "n/a" | "n / a" => self.cue(Cue::Status),
            "c/f" => self.cue(Cue::Changed),
            _ => return None,
        }
        Some(at + 3)
    }

    /// A length of time, to be counted from something: `6 months`, `3-6 weeks`, `one year`.
    pub(super) fn past_length(&mut self, at: usize) -> Option<usize> {
        let (count, is_short) = match self.words.kind(at)? {
            Kind::Number(number) => (number.value, number.digits <= 2),
            Kind::Word(Word::Count(count)) => (count, true),
            _ => return None,
        };
        let noun = self.words.past_dash(at + 1);
        let is_length = match self.words.word(noun)? {
            Word::Units => true,
            Word::Unit | Word::Day | Word::Year => is_short,
            _ => false,
        };
        if !is_length {
            return None;
        }
        if self.has(Cue::Often) {
            return Some(noun + 1);
        }
        self.cue(Cue::Relative);
        match self.unit(noun) {
            Some(unit) => {
                let from = Anchor::Length { count, unit };
                self.anchored.push(Anchored { tokens: at..noun + 1, from });
            }
            None => {
                self.leave(at..noun + 1);
            }
        }
        Some(noun + 1)
    }
}
