//! One walk over a cell: finds the dates in it and weighs the words around them.

use std::ops::Range;

use chrono::Days;

use crate::date::chain::Chain;
use crate::date::doubt::Doubt;
use crate::date::doubt::Reason;
use crate::date::doubt::quoted;
use crate::date::reading::Reading;
use crate::date::vocabulary::Word;
use crate::date::window::Window;
use crate::date::words::Kind;
use crate::date::words::Words;

/// What was seen on the walk.
pub(super) struct Scan<'a> {
    pub(super) words: Words<'a>,
    pub(super) found: Vec<Found>,
    /// The tokens that were not understood, and those that name a meeting.
    pub(super) unread: Vec<Unread>,
    cues: Vec<Cue>,
    lead: Lead,
    /// The token that the lead comes from.
    lead_at: usize,
}

pub(super) struct Found {
    pub(super) chain: Chain,
    /// It says when the work starts.
    pub(super) is_start: bool,
    /// It stands after `until`.
    pub(super) is_until: bool,
}

pub(super) struct Unread {
    pub(super) tokens: Range<usize>,
    pub(super) is_meeting: bool,
}

/// A kind of word that changes what a date beside it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// Work without an end.
    Ongoing,
    /// How often it is done.
    Often,
    Review,
    Unconfirmed,
    Changed,
    Hedged,
    /// The end of a year that may not be the calendar's.
    YearEnd,
    Status,
    /// An event or a length of time, from which nothing can be counted here.
    Relative,
    Negated,
    /// `Year 2` of something.
    NumberedYear,
    Elsewhere,
    /// A time of day, which belongs to a day and to nothing else.
    Time,
}

/// What the words just before a date make of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    None,
    Start,
    Until,
    Before,
    Between,
    WeekOf,
}

impl<'a> Scan<'a> {
    pub(super) fn over(text: &'a str) -> Self {
        let words = Words::split(text);
        let mut scan = Self {
            words,
            found: Vec::new(),
            unread: Vec::new(),
            cues: Vec::new(),
            lead: Lead::None,
            lead_at: 0,
        };
        if !scan.words.is_prose {
            let mut at = 0;
            while at < scan.words.len() {
                at = scan.step(at);
            }
            scan.leave_lead();
        }
        scan
    }

    pub(super) fn lead(&mut self, lead: Lead, at: usize) {
        self.lead = lead;
        self.lead_at = at;
    }

    /// A word that announces a date, and none came: `31 March 2022 start`.
    fn leave_lead(&mut self) {
        if self.lead != Lead::None {
            self.leave(self.lead_at..self.lead_at + 1);
        }
    }

    pub(super) fn cue(&mut self, cue: Cue) {
        if !self.has(cue) {
            self.cues.push(cue);
        }
    }

    pub(super) fn has(&self, cue: Cue) -> bool {
        self.cues.contains(&cue)
    }

    /// Takes one date, or one word, and says where to go on.
    fn step(&mut self, at: usize) -> usize {
        let passed = self.past_time(at).or_else(|| self.past_abbreviation(at));
        if let Some(next) = passed.or_else(|| self.past_length(at)) {
            return next;
        }
        if let Some(chain) = self.words.chain(at, self.lead == Lead::Between) {
            return self.take(chain);
        }
        match self.words.kind(at) {
            Some(Kind::Word(word)) => self.weigh(at, word),
            // What stood on one side of a slash is not a date, or is missing.
            Some(Kind::Number(_) | Kind::Sign | Kind::Slash | Kind::Ampersand) => {
                self.leave(at..at + 1)
            }
            Some(Kind::Query) => {
                self.cue(Cue::Hedged);
                at + 1
            }
            Some(Kind::Dash) if self.is_unfinished(at) => self.leave(at..at + 1),
            _ => at + 1,
        }
    }

    /// `March 2021 –`: the other end is missing.
    fn is_unfinished(&self, at: usize) -> bool {
        let says_nothing = |at| matches!(self.words.kind(at), Some(Kind::Dot | Kind::Quiet));
        self.found.last().is_some_and(|found| found.chain.to == at)
            && (at + 1..self.words.len()).all(says_nothing)
    }

    fn take(&mut self, mut chain: Chain) -> usize {
        let next = chain.to;
        let said = quoted(self.words.said(chain.from, chain.to));
        match (self.lead, chain.window) {
            (Lead::Before, Some(window)) => {
                let eve = window.from.pred_opt().map(Window::day);
                chain.window = eve;
                chain.reading = Reading::Day;
                chain.doubts.extend(eve.map(|window| Doubt::Guess {
                    said,
                    window,
                    reason: Reason::Before,
                }));
            }
            (Lead::WeekOf, Some(window)) if chain.reading == Reading::Day => {
                let to = window.from.checked_add_days(Days::new(6)).unwrap_or(window.to);
                let window = Window { from: window.from, to };
                chain.window = Some(window);
                chain.doubts.push(Doubt::Guess { said, window, reason: Reason::WeekOf });
                chain.reading = Reading::Span;
            }
            // Half of a run, or the week of something longer.
            (Lead::Between, _) if !chain.is_range => self.leave_lead(),
            (Lead::WeekOf, _) => self.leave_lead(),
            _ => {}
        }
        let is_start = self.lead == Lead::Start && !chain.is_range;
        let is_until = self.lead == Lead::Until;
        self.lead = Lead::None;
        self.found.push(Found { chain, is_start, is_until });
        next
    }

    /// Weighs a word that belongs to no date.
    fn weigh(&mut self, at: usize, word: Word) -> usize {
        match word {
            Word::To if self.words.is(at + 1, Word::Be) => return self.past_being(at + 2),
            Word::To | Word::And | Word::Or if self.is_unfinished(at) => {
                return self.leave(at..at + 1);
            }
            Word::To => self.lead(Lead::Until, at),
            Word::Between => self.lead(Lead::Between, at),
            // `on or before` that day includes the day.
            Word::Before if at > 0 && self.words.is(at - 1, Word::Or) => {}
            Word::Before => self.lead(Lead::Before, at),
            Word::End if matches!(self.lead, Lead::Before | Lead::WeekOf) => self.lead = Lead::None,
            Word::Earliest if self.follows_date(at) => self.mark_start(),
            Word::Start if self.lead == Lead::WeekOf => {}
            Word::From | Word::Earliest | Word::Start => self.lead(Lead::Start, at),
            Word::Be => return self.past_being(at + 1),
            Word::Done if self.is_deadline(at) => {}
            Word::Done | Word::Status => self.cue(Cue::Status),
            Word::No if self.words.is(at + 1, Word::Later) => return at + 2,
            Word::No if self.words.is(at + 1, Word::Before) => self.cue(Cue::Relative),
            Word::No => self.cue(Cue::Negated),
            Word::Within if self.is_within_date(at) => {}
            Word::Within | Word::Relative | Word::Units | Word::OtherYear => {
                self.cue(Cue::Relative);
            }
            Word::Ongoing => self.see_ongoing(at),
            Word::On if self.words.is(self.past_dash(at + 1), Word::Going) => {
                self.see_ongoing(at);
                return self.past_dash(at + 1) + 1;
            }
            Word::Onwards => {
                self.cue(Cue::Ongoing);
                self.mark_start();
            }
            Word::Often => self.cue(Cue::Often),
            Word::Per => self.weigh_per(at),
            Word::Unconfirmed => self.cue(Cue::Unconfirmed),
            Word::Review => self.cue(Cue::Review),
            Word::Hedge => self.cue(Cue::Hedged),
            Word::Change => self.cue(Cue::Changed),
            Word::Elsewhere => self.cue(Cue::Elsewhere),
            Word::Year => return self.weigh_year(at),
            Word::Financial if self.follows_financial_year(at) => {}
            Word::Financial => self.cue(Cue::YearEnd),
            Word::Unit if self.words.number(at + 1).is_none() => self.weigh_unit(at),
            Word::Meeting => return self.name_meeting(at),
            Word::Instant if self.words.is_glued(at) => {}
            Word::Or if at > 0 && self.words.is(at - 1, Word::On) => {}
            // Something should stand before it.
            Word::And | Word::Or if self.found.is_empty() => return self.leave(at..at + 1),
            word if is_silent(word) => {}
            _ => return self.leave(at..at + 1),
        }
        at + 1
    }

    /// `to be completed` announces a date, `to be confirmed` says there is none yet.
    fn past_being(&mut self, at: usize) -> usize {
        if self.words.is(at, Word::Done) { at + 1 } else { at }
    }

    /// `complete by March` is a deadline; `complete` alone is how the work stands.
    fn is_deadline(&self, at: usize) -> bool {
        let next = self.words.past(at + 1, &[Word::Plain]);
        matches!(self.words.word(next), Some(Word::By | Word::Before | Word::No))
    }

    fn see_ongoing(&mut self, at: usize) {
        self.cue(Cue::Ongoing);
        // `April 2021 – ongoing`: the date is when it began.
        let is_joined = at > 0 && self.words.joined(at - 1).is_some();
        if let Some(found) = self.found.last_mut()
            && (found.chain.to == at || is_joined && found.chain.to + 1 == at)
        {
            found.is_start = true;
        }
    }

    /// Says that the last date is when the work starts.
    fn mark_start(&mut self) {
        if let Some(found) = self.found.last_mut() {
            found.is_start = true;
        }
    }

    /// Whether only words such as `at the` stand between the last date and that token.
    fn follows_date(&self, at: usize) -> bool {
        let last = self.found.last().map(|found| found.chain.to);
        last.is_some_and(|to| self.words.past(to, &[Word::Plain]) == at)
    }

    fn is_within_date(&self, at: usize) -> bool {
        self.words.chain(self.words.past(at + 1, &[Word::Plain]), false).is_some()
    }

    fn weigh_year(&mut self, at: usize) -> usize {
        if self.words.number(at + 1).is_some_and(|number| number.digits <= 2) {
            let chain = self.words.chain(at + 1, false);
            if chain.as_ref().is_none_or(|chain| chain.reading != Reading::FinancialYear) {
                self.cue(Cue::NumberedYear);
                return self.leave(at..at + 1 + usize::from(chain.is_none()));
            }
        }
        let is_end = self.words.is(self.past_dash(at + 1), Word::End)
            || (0..at).any(|before| self.words.is(before, Word::End));
        if is_end && !self.words.is_calendar {
            self.cue(Cue::YearEnd);
        }
        at + 1
    }

    fn follows_financial_year(&self, at: usize) -> bool {
        let last = self.found.last().map(|found| &found.chain);
        last.is_some_and(|chain| chain.to == at && chain.reading == Reading::FinancialYear)
    }

    fn weigh_per(&mut self, at: usize) {
        self.cue(match self.words.word(at + 1) {
            Some(Word::Year | Word::Unit | Word::Day | Word::Quarter | Word::Often) => Cue::Often,
            _ => Cue::Elsewhere,
        });
    }

    fn weigh_unit(&mut self, at: usize) {
        let is_week = self.words.said(at, at + 1).to_ascii_lowercase().starts_with('w');
        if is_week && matches!(self.words.word(at + 1), Some(Word::Start | Word::Of)) {
            self.lead(Lead::WeekOf, at);
        }
    }

    pub(super) fn past_dash(&self, at: usize) -> usize {
        if self.words.kind(at) == Some(Kind::Dash) { at + 1 } else { at }
    }

    fn name_meeting(&mut self, at: usize) -> usize {
        self.unread.push(Unread { tokens: at..at + 1, is_meeting: true });
        at + 1
    }

    fn leave(&mut self, tokens: Range<usize>) -> usize {
        let next = tokens.end;
        self.unread.push(Unread { tokens, is_meeting: false });
        next
    }
}

/// Words that change nothing about the date they stand beside.
const fn is_silent(word: Word) -> bool {
    matches!(
        word,
        Word::Plain
            | Word::Of
            | Word::Label
            | Word::By
            | Word::On
            | Word::End
            | Word::And
            | Word::Or
            | Word::Calendar
            | Word::Clock
    )
}
