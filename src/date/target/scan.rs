//! One walk over a cell, which finds the dates in it and the words around them.

use std::ops::Range;

use chrono::Days;

use super::anchor::Anchored;
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
    /// What could be counted from the day the words were written.
    pub(super) anchored: Vec<Anchored>,
    cues: Vec<Cue>,
    pub(super) lead: Lead,
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
    /// A length of time, to be counted from something.
    Relative,
    /// An event, whose day is not known here.
    Event,
    /// Complete, and not only on the way there.
    Done,
    /// Before a meeting, not before its month.
    BeforeMeeting,
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
            anchored: Vec::new(),
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
            scan.settle();
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

    /// Whether nothing was seen that is not among those.
    pub(super) fn has_only(&self, cues: &[Cue]) -> bool {
        self.cues.iter().all(|cue| cues.contains(cue))
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
            Some(Kind::Number(_)) => self.leave(at..self.past_reference(at)),
            Some(Kind::Plus) if self.is_onwards(at) => {
                self.cue(Cue::Ongoing);
                self.mark_start();
                at + 1
            }
            Some(Kind::Sign) if self.is_currency(at) => self.leave(at..at + 2),
            // `CPEG December 2020 / Board February 2021`.
            Some(Kind::Slash) if self.follows_date(at) && self.words.is(at + 1, Word::Meeting) => {
                at + 1
            }
            // What stood on one side of a slash is not a date, or is missing.
            Some(Kind::Sign | Kind::Plus | Kind::Slash | Kind::Ampersand) => self.leave(at..at + 1),
            Some(Kind::Query) => {
                self.cue(Cue::Hedged);
                at + 1
            }
            Some(Kind::Dash) if self.is_unfinished(at) => self.leave(at..at + 1),
            _ => at + 1,
        }
    }

    /// `March 2021 –`: the other end is missing.
    pub(super) fn is_unfinished(&self, at: usize) -> bool {
        let says_nothing = |at| matches!(self.words.kind(at), Some(Kind::Dot | Kind::Quiet));
        self.found.last().is_some_and(|found| found.chain.to == at)
            && (at + 1..self.words.len()).all(says_nothing)
    }

    fn take(&mut self, mut chain: Chain) -> usize {
        let next = chain.to;
        // With the words before it, as it may have a doubt of its own without them.
        let said = quoted(self.words.said(self.lead_at.min(chain.from), chain.to));
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
        // `moved from March to June` is no run.
        if let (true, Lead::Start, Some((end, reading))) =
            (chain.window.is_some() && self.has(Cue::Changed), self.lead, chain.end)
            && chain.is_range
        {
            (chain.window, chain.reading) = (Some(end), reading);
            chain.doubts.push(Doubt::Several { window: end });
        }
        let is_start = self.lead == Lead::Start && !chain.is_range;
        let is_until = self.lead == Lead::Until;
        self.lead = Lead::None;
        self.found.push(Found { chain, is_start, is_until });
        next
    }

    /// Words that are seen and not read.
    pub(super) fn leave(&mut self, tokens: Range<usize>) -> usize {
        let next = tokens.end;
        self.unread.push(Unread { tokens, is_meeting: false });
        next
    }

    /// The place after the words that stand within a date without changing it.
    pub(super) fn past_plain(&self, at: usize) -> usize {
        self.words.past(at, &[Word::Plain])
    }

    /// Whether only words such as `at the` stand between the last date and that token.
    pub(super) fn follows_date(&self, at: usize) -> bool {
        self.found.last().is_some_and(|found| self.past_plain(found.chain.to) == at)
    }

    /// Says that the last date is when the work starts.
    pub(super) fn mark_start(&mut self) {
        if let Some(found) = self.found.last_mut() {
            found.is_start = true;
        }
    }
}
