//! What a cell comes to, once all its words have been weighed.

use std::ops::Range;

use chrono::Days;
use chrono::NaiveDate;

use super::scan::Cue;
use super::scan::Found;
use super::scan::Scan;
use crate::date::doubt::Doubt;
use crate::date::doubt::Reason;
use crate::date::doubt::quoted;
use crate::date::occasion::Occasion;
use crate::date::reading::Reading;
use crate::date::reading::Review;
use crate::date::vocabulary::Word;
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
    pub(super) fn outcome(mut self, occasion: &Occasion<'_>) -> Outcome {
        if self.words.is_prose {
            return Outcome::unread(vec![Doubt::Prose]);
        }
        if self.is_ditto() {
            return Outcome::unread(vec![Doubt::NotATarget { said: self.all() }]);
        }
        if self.is_blank() {
            return Outcome { reading: Reading::Blank, ..Outcome::unread(Vec::new()) };
        }
        if self.has(Cue::Negated) {
            return Outcome::unread(vec![Doubt::NotATarget { said: self.all() }]);
        }
        if self.has(Cue::Relative) || self.has(Cue::Event) {
            return self.relative(occasion);
        }
        if self.has(Cue::Ongoing) || self.has(Cue::Often) {
            return self.ongoing();
        }
        match (self.found.is_empty(), self.anchored.is_empty()) {
            (true, true) => self.without_date(),
            (true, false) => self.relative(occasion),
            (false, _) => {
                self.leave_anchored();
                self.dated(occasion)
            }
        }
    }

    fn relative(&self, occasion: &Occasion<'_>) -> Outcome {
        let counted = self.found.is_empty().then(|| self.counted(occasion)).flatten();
        let unknown = || Outcome::unread(vec![Doubt::Relative { said: self.all() }]);
        counted.unwrap_or_else(unknown)
    }

    /// Marks that stand for the words in the row above.
    fn is_ditto(&self) -> bool {
        let text = self.words.text.trim();
        !text.is_empty()
            && text.chars().all(|c| matches!(c, '"' | '“' | '”' | '\'' | '’' | '〃' | '″'))
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
        if let Some(window) = self.serial() {
            return Outcome::unread(vec![Doubt::Serial { said, window }]);
        }
        Outcome::unread(vec![if self.has(Cue::Status) || self.has(Cue::Elsewhere) {
            Doubt::NotATarget { said }
        } else if self.has(Cue::NumberedYear) {
            Doubt::Relative { said }
        } else {
            Doubt::NoDate { said }
        }])
    }

    /// The day that a lone number is to a spreadsheet, which counts them from the end of 1899.
    fn serial(&self) -> Option<Window> {
        /// From 2000 to 2079.
        const LIKELY: std::ops::RangeInclusive<u32> = 36_526..=65_745;
        let number = self.words.number(0)?;
        let is_alone = self.past_reference(0) == self.words.len();
        let days = Days::new(u64::from(number.value));
        let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(days)?;
        (is_alone && LIKELY.contains(&number.value)).then_some(Window::day(day))
    }

    fn ongoing(mut self) -> Outcome {
        let mut outcome = Outcome { reading: Reading::Ongoing, ..Outcome::unread(Vec::new()) };
        if self.has(Cue::Done) {
            outcome.doubts.push(Doubt::NotATarget { said: self.all() });
        }
        let Some(index) = self.found.iter().position(|found| !found.is_start) else {
            return outcome;
        };
        let found = self.found.swap_remove(index);
        match found.chain.window {
            Some(window) if found.is_until => {
                outcome.window = Some(window);
                outcome.reading = found.chain.reading;
                outcome.doubts.extend(found.chain.doubts);
                let said = self.all();
                outcome.doubts.push(Doubt::Guess { said, window, reason: Reason::OngoingUntil });
            }
            Some(window) => {
                outcome.review = Some(Review::Once(window));
                outcome.doubts.extend(found.chain.doubts);
                if !self.has(Cue::Review) {
                    outcome.doubts.push(Doubt::NoEnd { window });
                }
            }
            None if !found.chain.months.is_empty() => {
                outcome.review = Some(Review::EachYear(found.chain.months));
            }
            None => outcome.doubts.extend(found.chain.doubts),
        }
        outcome
    }

    fn dated(mut self, occasion: &Occasion<'_>) -> Outcome {
        if let Some(broken) = self.found.iter_mut().find(|found| found.chain.window.is_none()) {
            let mut outcome = Outcome::unread(std::mem::take(&mut broken.chain.doubts));
            if broken.chain.months.len() > 1 && !broken.chain.is_range {
                outcome.review = Some(Review::EachYear(std::mem::take(&mut broken.chain.months)));
            }
            let unread = self.unread_runs().into_iter().map(|run| quoted(run.said));
            outcome.doubts.extend(unread.map(|said| Doubt::Unread { said }));
            return outcome;
        }
        if self.has(Cue::Elsewhere) {
            return Outcome::unread(vec![Doubt::NotATarget { said: self.all() }]);
        }
        let Some((window, reading)) = self.due() else {
            // `moved from March 2022` says nothing about a start.
            if self.has(Cue::Changed) {
                return Outcome::unread(vec![Doubt::Relative { said: self.all() }]);
            }
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
        self.weigh_unread(&mut outcome, window, occasion);
        self.weigh_time(&mut outcome);
        outcome
    }

    /// The date that governs: the latest that is not when the work starts.
    fn due(&self) -> Option<(Window, Reading)> {
        // Of two that end on the same day, the shorter says more.
        let latest = |found: &mut dyn Iterator<Item = &Found>| {
            let dates = found.filter_map(|found| Some((found.chain.window?, found.chain.reading)));
            dates.max_by_key(|(window, _)| (window.to, window.from))
        };
        let due = latest(&mut self.found.iter().filter(|found| !found.is_start))?;
        // A start after the end belongs to something else, or to the other date, as in
        // `April 2021 (start) – March 2022 (end)`; then the latest of all governs.
        let all = latest(&mut self.found.iter())?;
        Some(if all.0.to > due.0.to { all } else { due })
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
    fn weigh_unread(&self, outcome: &mut Outcome, window: Window, occasion: &Occasion<'_>) {
        let (is_month, is_day) =
            (outcome.reading == Reading::Month, outcome.reading == Reading::Day);
        let mut unknown = Vec::new();
        for run in self.unread_runs() {
            let said = quoted(run.said);
            let is_of_date =
                self.date_of(&run).is_none_or(|found| found.chain.window == Some(window));
            let meeting =
                (is_month && is_of_date).then(|| (occasion.meeting_in)(run.said, window.from));
            if let Some(day) = meeting.flatten() {
                outcome.meet(said, day);
            } else if run.is_meeting && !is_of_date {
                // The meeting of an earlier date, which is a doubt already.
            } else if run.is_meeting {
                unknown.push(Doubt::MeetingUnknown { said, window });
            } else if !(run.is_numbered_year && outcome.reading == Reading::FinancialYear) {
                // `Year 1 (2021/22)` says itself which year is meant, anything else does not.
                outcome.doubts.push(Doubt::Unread { said });
            }
        }
        if !is_day && outcome.reading != Reading::Meeting {
            outcome.doubts.append(&mut unknown);
        }
        if self.has(Cue::BeforeMeeting) {
            self.weigh_eve(outcome);
        }
    }

    /// The date that words for a meeting stand beside: the one just before them, else the next.
    fn date_of(&self, run: &Run<'_>) -> Option<&Found> {
        let before = self.found.iter().rfind(|found| found.chain.to <= run.tokens.start);
        let is_close = |found: &&Found| self.past_plain(found.chain.to) == run.tokens.start;
        let after = || self.found.iter().find(|found| found.chain.from >= run.tokens.end);
        before.filter(is_close).or_else(after).or(before)
    }

    /// `before CPEG December 2020`: due on the day before, if the meeting's day is known.
    fn weigh_eve(&self, outcome: &mut Outcome) {
        let is_day = matches!(outcome.reading, Reading::Meeting | Reading::Day);
        let eve = outcome.window.and_then(|window| window.from.pred_opt()).filter(|_| is_day);
        let Some(window) = eve.map(Window::day).or(outcome.window) else { return };
        outcome.window = Some(window);
        outcome.doubts.push(Doubt::Guess { said: self.all(), window, reason: Reason::Before });
    }

    /// The unread words, those that stand together as one.
    fn unread_runs(&self) -> Vec<Run<'_>> {
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
        let run = |(tokens, is_meeting): (Range<usize>, bool)| Run {
            said: self.words.said(tokens.start, tokens.end),
            is_meeting,
            is_numbered_year: self.words.is(tokens.start, Word::Year) && tokens.len() == 2,
            tokens,
        };
        runs.into_iter().map(run).collect()
    }
}

/// Words that were seen and not read.
struct Run<'a> {
    said: &'a str,
    /// They are all words for a meeting.
    is_meeting: bool,
    is_numbered_year: bool,
    tokens: Range<usize>,
}

impl Outcome {
    /// A meeting that the calendar holds, the latest of several.
    fn meet(&mut self, said: String, on: NaiveDate) {
        let window = Window::day(on);
        let is_first = self.reading != Reading::Meeting;
        if is_first || self.window.is_some_and(|latest| latest.to < on) {
            self.window = Some(window);
        }
        self.reading = Reading::Meeting;
        self.doubts.push(Doubt::MeetingDay { said, window });
    }

    pub(super) fn read(window: Window, reading: Reading, doubt: Doubt) -> Self {
        Self { window: Some(window), reading, ..Self::unread(vec![doubt]) }
    }

    const fn unread(doubts: Vec<Doubt>) -> Self {
        Self { window: None, doubts, reading: Reading::Unread, review: None }
    }
}
