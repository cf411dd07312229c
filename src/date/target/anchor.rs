//! What is counted from the day it was written: `within 6 months`, `by the next CPEG`, `this year`.

use std::ops::Range;

use chrono::Datelike;
use chrono::Days;
use chrono::Months;
use chrono::NaiveDate;
use chrono::Weekday;

use super::outcome::Outcome;
use super::scan::Cue;
use super::scan::Lead;
use super::scan::Scan;
use super::scan::Unread;
use crate::date::doubt::Doubt;
use crate::date::doubt::Reason;
use crate::date::doubt::quoted;
use crate::date::occasion::Occasion;
use crate::date::reading::Reading;
use crate::date::vocabulary::Word;
use crate::date::window::Window;

/// Words that mean days only when it is known when they were written.
pub(super) struct Anchored {
    pub(super) tokens: Range<usize>,
    pub(super) from: Anchor,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// So many of a unit from that day on.
    Length { count: u32, unit: Unit },
    /// The next meeting that the tokens name.
    Meeting,
    /// The stretch that the day lies in, or the one after it.
    Stretch { unit: Unit, is_next: bool },
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Fortnight,
    Month,
    Year,
    FinancialYear,
}

impl Scan<'_> {
    /// Weighs `next` or `this`, and says where to go on.
    pub(super) fn anchor(&mut self, at: usize, word: Word) -> usize {
        let noun = self.words.past(at + 1, &[Word::Financial, Word::Calendar]);
        let is_financial = (at + 1..noun).any(|at| self.words.is(at, Word::Financial));
        let is_next = word == Word::Next;
        let (tokens, from) = match self.words.word(noun) {
            // In `the next 6 months` the number says it all.
            Some(Word::Count(_)) => return at + 1,
            None if self.words.number(noun).is_some_and(|number| number.digits <= 2) => {
                return at + 1;
            }
            Some(Word::Meeting) if is_next && noun == at + 1 => {
                (noun..self.words.past(noun, &[Word::Meeting]), Anchor::Meeting)
            }
            Some(Word::Year) if is_financial => {
                (at..noun + 1, Anchor::Stretch { unit: Unit::FinancialYear, is_next })
            }
            Some(Word::Year | Word::Unit) => match self.unit(noun) {
                Some(unit) => (at..noun + 1, Anchor::Stretch { unit, is_next }),
                None => return self.leave(at..at + 1),
            },
            _ => return self.leave(at..at + 1),
        };
        // `to the next board` is a deadline like any other.
        if self.lead == Lead::Until {
            self.lead = Lead::None;
        }
        let next = tokens.end;
        self.anchored.push(Anchored { tokens, from });
        next
    }

    /// What the word for a length of time measures.
    pub(super) fn unit(&self, at: usize) -> Option<Unit> {
        let said = self.words.said(at, at + 1).to_ascii_lowercase();
        match said.as_bytes() {
            [b'd', ..] => Some(Unit::Day),
            [b'w', ..] => Some(Unit::Week),
            [b'f', ..] => Some(Unit::Fortnight),
            [b'm', ..] => Some(Unit::Month),
            [b'y', ..] => Some(Unit::Year),
            _ => None,
        }
    }

    /// Beside a date, what stands to be counted is only more words.
    pub(super) fn leave_anchored(&mut self) {
        for anchored in std::mem::take(&mut self.anchored) {
            let is_meeting = anchored.from == Anchor::Meeting;
            self.unread.push(Unread { tokens: anchored.tokens, is_meeting });
        }
        self.unread.sort_by_key(|unread| unread.tokens.start);
    }

    /// What the words come to from the day they were written on, where nothing else is in them.
    pub(super) fn counted(&self, occasion: &Occasion<'_>) -> Option<Outcome> {
        let [anchored] = self.anchored.as_slice() else { return None };
        let written_on = occasion.written_on?;
        if !self.unread.is_empty() || !self.has_only(&[Cue::Relative, Cue::YearEnd]) {
            return None;
        }
        let said = self.words.said(anchored.tokens.start, anchored.tokens.end);
        if anchored.from == Anchor::Meeting {
            let window = Window::day((occasion.meeting_after)(said, written_on)?);
            let doubt = Doubt::MeetingDay { said: quoted(self.words.text), window };
            return Some(Outcome::read(window, Reading::Meeting, doubt));
        }
        let window = anchored.from.window(written_on)?;
        let said = quoted(self.words.text);
        let doubt = Doubt::Guess { said, window, reason: Reason::Counted };
        Some(Outcome::read(window, Reading::Counted, doubt))
    }
}

impl Anchor {
    fn window(self, from: NaiveDate) -> Option<Window> {
        match self {
            Self::Length { count, unit } => Some(Window { from, to: unit.after(from, count)? }),
            Self::Meeting => None,
            Self::Stretch { unit, is_next } => {
                let day = if is_next { unit.after(from, 1)? } else { from };
                unit.around(day)
            }
        }
    }
}

impl Unit {
    fn after(self, day: NaiveDate, count: u32) -> Option<NaiveDate> {
        let days = |each: u32| day.checked_add_days(Days::new(u64::from(count.checked_mul(each)?)));
        let months = |each: u32| day.checked_add_months(Months::new(count.checked_mul(each)?));
        match self {
            Self::Day => days(1),
            Self::Week => days(7),
            Self::Fortnight => days(14),
            Self::Month => months(1),
            Self::Year | Self::FinancialYear => months(12),
        }
    }

    /// The whole one in which the day lies.
    fn around(self, day: NaiveDate) -> Option<Window> {
        match self {
            Self::Day => Some(Window::day(day)),
            Self::Week | Self::Fortnight => {
                let week = day.week(Weekday::Mon);
                let (from, to) = (week.checked_first_day()?, week.checked_last_day()?);
                let is_week = self == Self::Week;
                is_week.then_some(Window { from, to })
            }
            Self::Month => Window::months(day.year(), day.month(), 1),
            Self::Year => Window::months(day.year(), 1, 12),
            Self::FinancialYear => Window::financial_year(day),
        }
    }
}
