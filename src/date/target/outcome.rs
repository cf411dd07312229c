//! What a cell comes to, once all its words have been weighed.

use std::ops::Range;

use chrono::NaiveDate;

use super::scan::Cue;
use super::scan::Scan;
use crate::date::doubt::Doubt;
use crate::date::doubt::Reason;
use crate::date::doubt::quoted;
use crate::date::reading::Reading;
use crate::date::reading::Review;
use crate::date::window::Window;
use crate::date::words::Kind;

/// What the words come to.
pub(super) struct Outcome {
    pub(super) window: Option<Window>,
    pub(super) doubts: Vec<Doubt>,
    pub(super) reading: Reading,
    pub(super) review: Option<Review>,
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
        if self.has(Cue::Relative) {
            return Outcome::unread(vec![Doubt::Relative { said: self.all() }]);
        }
        if self.has(Cue::Negated) {
            return Outcome::unread(vec![Doubt::NotATarget { said: self.all() }]);
        }
        if self.has(Cue::Ongoing) || self.has(Cue::Often) {
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
        if self.has(Cue::Unconfirmed) {
            return Outcome { reading: Reading::ToBeConfirmed, ..Outcome::unread(Vec::new()) };
        }
        let said = self.all();
        Outcome::unread(vec![if self.has(Cue::Status) || self.has(Cue::Elsewhere) {
            Doubt::NotATarget { said }
        } else if self.has(Cue::NumberedYear) {
            Doubt::Relative { said }
        } else {
            Doubt::NoDate { said }
        }])
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
                if !self.has(Cue::Review) {
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
            let mut outcome = Outcome::unread(std::mem::take(&mut broken.chain.doubts));
            if broken.chain.months.len() > 1 && !broken.chain.is_range {
                outcome.review = Some(Review::EachYear(std::mem::take(&mut broken.chain.months)));
            }
            let unread = self.unread_runs().into_iter().map(|(said, _)| quoted(said));
            outcome.doubts.extend(unread.map(|said| Doubt::Unread { said }));
            return outcome;
        }
        if self.has(Cue::Elsewhere) {
            return Outcome::unread(vec![Doubt::NotATarget { said: self.all() }]);
        }
        let due = self.found.iter().filter(|found| !found.is_start);
        let due = due.filter_map(|found| Some((found.chain.window?, found.chain.reading)));
        // Of two that end on the same day, the shorter says more.
        let Some((window, reading)) = due.max_by_key(|(window, _)| (window.to, window.from)) else {
            return Outcome::unread(vec![Doubt::StartOnly { said: self.all() }]);
        };
        let mut outcome = Outcome { window: Some(window), reading, ..Outcome::unread(Vec::new()) };
        for found in &mut self.found {
            outcome.doubts.append(&mut found.chain.doubts);
        }
        let ends = self.found.iter().filter_map(|found| found.chain.window);
        if ends.into_iter().any(|other| other.to != window.to) {
            outcome.doubts.push(Doubt::Several { window });
        }
        self.weigh_surroundings(&mut outcome, window);
        self.weigh_unread(&mut outcome, window, calendar);
        self.weigh_time(&mut outcome);
        outcome
    }

    fn weigh_surroundings(&self, outcome: &mut Outcome, window: Window) {
        let is_year = outcome.reading == Reading::CalendarYear;
        let reasons = [
            (self.has(Cue::Unconfirmed), Reason::Unconfirmed),
            (self.has(Cue::Hedged), Reason::Hedged),
            (self.has(Cue::Changed), Reason::Changed),
            (self.has(Cue::Status), Reason::Status),
            (self.has(Cue::YearEnd) && is_year, Reason::YearEnd),
            (self.has(Cue::Review), Reason::Review),
        ];
        for (_, reason) in reasons.into_iter().filter(|(is_so, _)| *is_so) {
            outcome.doubts.push(Doubt::Guess { said: self.all(), window, reason });
        }
    }

    /// A time beside anything but a day was some other number.
    fn weigh_time(&self, outcome: &mut Outcome) {
        if self.has(Cue::Time) && !matches!(outcome.reading, Reading::Day | Reading::Meeting) {
            outcome.doubts.push(Doubt::Unread { said: self.all() });
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
