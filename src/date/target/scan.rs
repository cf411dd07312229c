//! One walk over a cell: finds the dates in it and weighs the words around them.

use std::ops::Range;

use chrono::Days;
use chrono::NaiveDate;

use crate::date::chain::Chain;
use crate::date::doubt::Doubt;
use crate::date::doubt::Reason;
use crate::date::doubt::quoted;
use crate::date::target::Reading;
use crate::date::target::Review;
use crate::date::vocabulary::Word;
use crate::date::window::Window;
use crate::date::words::Kind;
use crate::date::words::Words;

/// What was seen on the walk.
pub(super) struct Scan<'a> {
    words: Words<'a>,
    found: Vec<Found>,
    /// The tokens that were not understood, and those that name a meeting.
    unread: Vec<Unread>,
    seen: Seen,
    lead: Lead,
}

/// What the words come to.
pub(super) struct Outcome {
    pub(super) window: Option<Window>,
    pub(super) doubts: Vec<Doubt>,
    pub(super) reading: Reading,
    pub(super) review: Option<Review>,
}

struct Found {
    chain: Chain,
    /// It says when the work starts.
    is_start: bool,
    /// It stands after `until`.
    is_until: bool,
}

struct Unread {
    tokens: Range<usize>,
    is_meeting: bool,
}

/// The tokens of words that change what a date beside them is worth, where there are any.
#[derive(Default)]
struct Seen {
    ongoing: bool,
    often: bool,
    onwards: bool,
    review: bool,
    unconfirmed: bool,
    changed: bool,
    hedged: bool,
    year_end: bool,
    status: Option<usize>,
    relative: Option<usize>,
    elsewhere: Option<usize>,
}

/// What the words just before a date make of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
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
            seen: Seen::default(),
            lead: Lead::None,
        };
        if !scan.words.is_prose {
            let mut at = 0;
            while at < scan.words.len() {
                at = scan.step(at);
            }
        }
        scan
    }

    /// Takes one date, or one word, and says where to go on.
    fn step(&mut self, at: usize) -> usize {
        if let Some(next) = self.past_time(at).or_else(|| self.past_abbreviation(at)) {
            return next;
        }
        if let Some(next) = self.past_length(at) {
            return next;
        }
        if let Some(chain) = self.words.chain(at, self.lead == Lead::Between) {
            return self.take(chain);
        }
        match self.words.kind(at) {
            Some(Kind::Word(word)) => self.weigh(at, word),
            Some(Kind::Number(_) | Kind::Sign) => self.leave(at..at + 1),
            Some(Kind::Query) => {
                self.seen.hedged = true;
                at + 1
            }
            _ => at + 1,
        }
    }

    fn take(&mut self, mut chain: Chain) -> usize {
        let next = chain.to;
        let said = quoted(self.words.said(chain.from, chain.to));
        match (self.lead, chain.window) {
            (Lead::Before, Some(window)) => {
                let eve = window.from.pred_opt().map(Window::day);
                chain.window = eve;
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
            Word::Plain
            | Word::Label
            | Word::By
            | Word::Calendar
            | Word::And
            | Word::Or
            | Word::Clock => {}
            Word::To if self.words.is(at + 1, Word::Be) => return self.past_being(at + 2),
            Word::To => self.lead = Lead::Until,
            Word::Between => self.lead = Lead::Between,
            Word::Before => self.lead = Lead::Before,
            Word::End if matches!(self.lead, Lead::Before | Lead::WeekOf) => self.lead = Lead::None,
            Word::End => {}
            Word::From => self.lead = Lead::Start,
            Word::Start if self.lead == Lead::WeekOf => {}
            Word::Start => self.lead = Lead::Start,
            Word::Be => return self.past_being(at + 1),
            Word::Done if self.is_deadline(at) => {}
            Word::Done | Word::Status => _ = self.seen.status.get_or_insert(at),
            Word::No if self.words.is(at + 1, Word::Later) => return at + 2,
            Word::No | Word::Relative | Word::Units | Word::OtherYear => {
                _ = self.seen.relative.get_or_insert(at);
            }
            Word::Ongoing => self.see_ongoing(at),
            Word::On if self.words.is(self.past_dash(at + 1), Word::Going) => {
                self.see_ongoing(at);
                return self.past_dash(at + 1) + 1;
            }
            Word::On => {}
            Word::Onwards => self.see_onwards(),
            Word::Often => self.seen.often = true,
            Word::Unconfirmed => self.seen.unconfirmed = true,
            Word::Review => self.seen.review = true,
            Word::Hedge => self.seen.hedged = true,
            Word::Change => self.seen.changed = true,
            Word::Elsewhere => _ = self.seen.elsewhere.get_or_insert(at),
            Word::Year => return self.weigh_year(at),
            Word::Financial if self.follows_financial_year(at) => {}
            Word::Financial => self.seen.year_end = true,
            Word::Unit => self.weigh_unit(at),
            Word::Meeting => return self.name_meeting(at),
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
        self.seen.ongoing = true;
        // `April 2021 – ongoing`: the date is when it began.
        let is_joined = at > 0 && self.words.joined(at - 1).is_some();
        if let Some(found) = self.found.last_mut()
            && (found.chain.to == at || is_joined && found.chain.to + 1 == at)
        {
            found.is_start = true;
        }
    }

    fn see_onwards(&mut self) {
        self.seen.onwards = true;
        if let Some(found) = self.found.last_mut() {
            found.is_start = true;
        }
    }

    fn weigh_year(&mut self, at: usize) -> usize {
        let is_counted = self.words.number(at + 1).is_some_and(|number| number.digits <= 2)
            && self.words.chain(at + 1, false).is_none();
        if is_counted {
            return self.leave(at..at + 2);
        }
        let is_end = self.words.is(self.past_dash(at + 1), Word::End)
            || (0..at).any(|before| self.words.is(before, Word::End));
        self.seen.year_end |= is_end && !self.words.is_calendar;
        at + 1
    }

    fn follows_financial_year(&self, at: usize) -> bool {
        let last = self.found.last().map(|found| &found.chain);
        last.is_some_and(|chain| chain.to == at && chain.reading == Reading::FinancialYear)
    }

    fn weigh_unit(&mut self, at: usize) {
        let is_week = self.words.said(at, at + 1).to_ascii_lowercase().starts_with('w');
        if is_week && self.words.is(at + 1, Word::Start) {
            self.lead = Lead::WeekOf;
        } else if is_week && self.words.is(at + 1, Word::Plain) {
            self.lead = Lead::WeekOf;
        }
    }

    /// A time of day, which changes nothing about the day: `17:00`, `5pm`, `00:00:00`.
    fn past_time(&self, at: usize) -> Option<usize> {
        self.words.number(at)?;
        if self.words.is(at + 1, Word::Clock) {
            return Some(at + 2);
        }
        let is_minutes = |at| {
            self.words.kind(at) == Some(Kind::Colon)
                && self.words.is_glued(at)
                && self.words.number(at + 1).is_some_and(|number| number.digits == 2)
        };
        if !is_minutes(at + 1) {
            return None;
        }
        let mut next = at + 3;
        if is_minutes(next) {
            next += 2;
        }
        if self.words.kind(next) == Some(Kind::Dot) && self.words.number(next + 1).is_some() {
            next += 2;
        }
        Some(self.words.past(next, &[Word::Clock]))
    }

    /// `w/c`, `w/e`, `n/a`.
    fn past_abbreviation(&mut self, at: usize) -> Option<usize> {
        if self.words.kind(at + 1) != Some(Kind::Slash) {
            return None;
        }
        let said = self.words.said(at, at + 3);
        match said {
            "w/c" | "W/C" | "w/b" | "W/B" => self.lead = Lead::WeekOf,
            "w/e" | "W/E" | "y/e" | "Y/E" => {}
            "n/a" | "N/A" | "N/a" => _ = self.seen.status.get_or_insert(at),
            _ => return None,
        }
        Some(at + 3)
    }

    /// A length of time, to be counted from something: `6 months`, `3-6 weeks`, `1 year`.
    fn past_length(&mut self, at: usize) -> Option<usize> {
        self.words.number(at)?;
        let unit = self.past_dash(at + 1);
        let is_length = match self.words.word(unit)? {
            Word::Units => true,
            Word::Unit | Word::Year => self.words.number(at)?.digits <= 2,
            _ => false,
        };
        if !is_length {
            return None;
        }
        if !self.seen.often {
            self.seen.relative.get_or_insert(at);
        }
        Some(unit + 1)
    }

    fn past_dash(&self, at: usize) -> usize {
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

impl Scan<'_> {
    /// Weighs everything that was seen.
    pub(super) fn outcome(
        self,
        calendar: &dyn Fn(&str, NaiveDate) -> Option<NaiveDate>,
    ) -> Outcome {
        if self.words.is_prose {
            return Outcome::unread(vec![Doubt::Prose]);
        }
        if self.is_blank() {
            return Outcome { reading: Reading::Blank, ..Outcome::unread(Vec::new()) };
        }
        if let Some(at) = self.seen.relative {
            let said = self.words.said(at, self.words.len());
            return Outcome::unread(vec![Doubt::Relative { said: quoted(said) }]);
        }
        if self.seen.ongoing || self.seen.often || self.seen.onwards {
            return self.ongoing();
        }
        if self.found.is_empty() {
            return self.without_date();
        }
        self.dated(calendar)
    }

    fn is_blank(&self) -> bool {
        let says_nothing = |at| {
            matches!(self.words.kind(at), Some(Kind::Dash | Kind::Dot | Kind::Comma | Kind::Quiet))
        };
        (0..self.words.len()).all(says_nothing)
    }

    fn all(&self) -> String {
        quoted(self.words.text)
    }

    fn without_date(&self) -> Outcome {
        if self.seen.unconfirmed {
            return Outcome { reading: Reading::ToBeConfirmed, ..Outcome::unread(Vec::new()) };
        }
        let is_known = self.seen.status.is_some() || self.seen.elsewhere.is_some();
        let said = self.all();
        let doubt = if is_known { Doubt::NotATarget { said } } else { Doubt::NoDate { said } };
        Outcome::unread(vec![doubt])
    }

    fn ongoing(mut self) -> Outcome {
        let mut outcome = Outcome { reading: Reading::Ongoing, ..Outcome::unread(Vec::new()) };
        let Some(index) = self.found.iter().position(|found| !found.is_start) else {
            return outcome;
        };
        let found = self.found.swap_remove(index);
        match found.chain.window {
            Some(window) if found.is_until => {
                outcome.window = Some(window);
                outcome.reading = found.chain.reading;
                outcome.doubts = found.chain.doubts;
                let said = self.all();
                outcome.doubts.push(Doubt::Guess { said, window, reason: Reason::OngoingUntil });
            }
            Some(window) => {
                outcome.review = Some(Review::Once(window));
                outcome.doubts = found.chain.doubts;
                if !self.seen.review {
                    outcome.doubts.push(Doubt::NoEnd { window });
                }
            }
            None if !found.chain.months.is_empty() => {
                outcome.review = Some(Review::EachYear(found.chain.months));
            }
            None => outcome.doubts = found.chain.doubts,
        }
        outcome
    }

    fn dated(mut self, calendar: &dyn Fn(&str, NaiveDate) -> Option<NaiveDate>) -> Outcome {
        if let Some(broken) = self.found.iter_mut().find(|found| found.chain.window.is_none()) {
            let mut doubts = std::mem::take(&mut broken.chain.doubts);
            if doubts.is_empty() {
                doubts.push(Doubt::NoDate { said: self.all() });
            }
            return Outcome::unread(doubts);
        }
        let governing = self.found.iter().filter(|found| !found.is_start);
        let governing = governing.max_by_key(|found| found.chain.window.map(|window| window.to));
        let (Some(governing), None) = (governing, self.seen.elsewhere) else {
            let said = self.all();
            return Outcome::unread(vec![match self.seen.elsewhere {
                Some(_) => Doubt::NotATarget { said },
                None => Doubt::StartOnly { said },
            }]);
        };
        let Some(window) = governing.chain.window else { return Outcome::unread(Vec::new()) };
        let mut outcome = Outcome {
            window: Some(window),
            reading: governing.chain.reading,
            ..Outcome::unread(Vec::new())
        };
        for found in &mut self.found {
            outcome.doubts.append(&mut found.chain.doubts);
        }
        if self.found.iter().any(|found| found.chain.window != Some(window)) {
            outcome.doubts.push(Doubt::Several { window });
        }
        self.weigh_surroundings(&mut outcome, window);
        self.weigh_unread(&mut outcome, window, calendar);
        outcome
    }

    fn weigh_surroundings(&self, outcome: &mut Outcome, window: Window) {
        let is_year_end = self.seen.year_end && outcome.reading == Reading::CalendarYear;
        let reasons = [
            (self.seen.unconfirmed, Reason::Unconfirmed),
            (self.seen.hedged, Reason::Hedged),
            (self.seen.changed, Reason::Changed),
            (self.seen.status.is_some(), Reason::Status),
            (is_year_end, Reason::YearEnd),
            (self.seen.review, Reason::Review),
        ];
        for (_, reason) in reasons.into_iter().filter(|(is_seen, _)| *is_seen) {
            outcome.doubts.push(Doubt::Guess { said: self.all(), window, reason });
        }
    }

    /// Asks the calendar about the words beside a month; what it does not know is a doubt.
    fn weigh_unread(
        &self,
        outcome: &mut Outcome,
        window: Window,
        calendar: &dyn Fn(&str, NaiveDate) -> Option<NaiveDate>,
    ) {
        let is_month = outcome.reading == Reading::Month;
        for (said, is_meeting) in self.unread_runs() {
            let day = if is_month { calendar(said, window.from) } else { None };
            let said = quoted(said);
            match day {
                Some(day) => {
                    let window = Window::day(day);
                    outcome.window = Some(window);
                    outcome.reading = Reading::Meeting;
                    outcome.doubts.push(Doubt::MeetingDay { said, window });
                }
                None if is_meeting && outcome.reading == Reading::Meeting => {}
                None if is_meeting && outcome.reading == Reading::Day => {}
                None if is_meeting => outcome.doubts.push(Doubt::MeetingUnknown { said, window }),
                None => outcome.doubts.push(Doubt::Unread { said }),
            }
        }
    }

    /// The unread words that stand together, and whether they are all words for a meeting.
    fn unread_runs(&self) -> Vec<(&str, bool)> {
        let mut runs: Vec<(Range<usize>, bool)> = Vec::new();
        for unread in &self.unread {
            match runs.last_mut() {
                Some((tokens, is_meeting)) if tokens.end == unread.tokens.start => {
                    tokens.end = unread.tokens.end;
                    *is_meeting &= unread.is_meeting;
                }
                _ => runs.push((unread.tokens.clone(), unread.is_meeting)),
            }
        }
        let said = |(tokens, is_meeting): (Range<usize>, bool)| {
            (self.words.said(tokens.start, tokens.end), is_meeting)
        };
        runs.into_iter().map(said).collect()
    }
}

impl Outcome {
    const fn unread(doubts: Vec<Doubt>) -> Self {
        Self { window: None, doubts, reading: Reading::Unread, review: None }
    }
}
