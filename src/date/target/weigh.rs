//! What a word that belongs to no date makes of those beside it.

use super::scan::Cue;
use super::scan::Lead;
use super::scan::Scan;
use super::scan::Unread;
use crate::date::doubt::Doubt;
use crate::date::doubt::quoted;
use crate::date::period::other_weekday;
use crate::date::phrase::Join;
use crate::date::reading::Reading;
use crate::date::vocabulary::Word;
use crate::date::words::Kind;

impl Scan<'_> {
    /// Weighs the word at that token, and says where to go on.
    pub(super) fn weigh(&mut self, at: usize, word: Word) -> usize {
        let before = at.checked_sub(1).and_then(|before| self.words.word(before));
        match word {
            Word::To if self.words.is(at + 1, Word::Be) => return self.past_being(at + 2),
            Word::To if self.words.is(at + 1, Word::Done) => return at + 2,
            // `April 2021 to date`.
            Word::To if self.follows_date(at) && self.is_date(at + 1) => {
                self.see_onwards();
                return at + 2;
            }
            Word::And if before == Some(Word::To) => {}
            Word::To | Word::And | Word::Or if self.is_unfinished(at) => {
                return self.leave(at..at + 1);
            }
            Word::To => self.lead(Lead::Until, at),
            Word::Between => self.lead(Lead::Between, at),
            // `on or before` that day includes the day, and so does `or sooner`.
            Word::Before | Word::Sooner if before == Some(Word::Or) => {}
            Word::Before if at > 0 && self.words.kind(at - 1) == Some(Kind::Slash) => {}
            Word::Before => self.lead(Lead::Before, at),
            Word::Prior if self.words.is(at + 1, Word::To) => {
                self.lead(Lead::Before, at);
                return at + 2;
            }
            Word::End if matches!(self.lead, Lead::Before | Lead::WeekOf) => self.lead = Lead::None,
            Word::Earliest if self.follows_date(at) => self.mark_start(),
            Word::Start if self.lead == Lead::WeekOf => {}
            Word::Begun => {
                self.cue(Cue::Status);
                self.lead(Lead::Start, at);
            }
            Word::From | Word::Earliest | Word::Start => self.lead(Lead::Start, at),
            Word::WeekOf => self.lead(Lead::WeekOf, at),
            Word::Be => return self.past_being(at + 1),
            Word::No if self.words.is(at + 1, Word::Later) => return at + 2,
            Word::No if self.words.is(at + 1, Word::Sooner) => {
                self.lead(Lead::Start, at);
                return at + 2;
            }
            Word::No if self.words.is(at + 1, Word::Before) => self.cue(Cue::Event),
            Word::No => self.cue(Cue::Negated),
            Word::Or if matches!(before, Some(Word::On | Word::By)) => {}
            // Something should stand before it.
            Word::And | Word::Or if self.found.is_empty() => return self.leave(at..at + 1),
            Word::Close if !self.words.is_glued(at + 1) => {}
            Word::Business if before == Some(Word::Of) || before == Some(Word::End) => {}
            Word::Last if self.words.is(at + 1, Word::Day) => return at + 2,
            Word::YearEnding => {}
            Word::Financial if self.follows_financial_year(at) => {}
            Word::Unit | Word::Day | Word::Year if self.is_rate(at) => self.cue(Cue::Often),
            Word::Year => return self.weigh_year(at),
            Word::Unit if self.words.number(at + 1).is_none() => self.weigh_unit(at),
            Word::Weekday(_) if self.follows_day(at) => self.weigh_weekday(at, word),
            Word::Instant if self.words.is_glued(at) => {}
            Word::Meeting => return self.name_meeting(at),
            word if is_silent(word) => {}
            word => return self.weigh_state(at, word),
        }
        at + 1
    }

    /// Weighs a word that says how the work or its date stands.
    fn weigh_state(&mut self, at: usize, word: Word) -> usize {
        let before = at.checked_sub(1).and_then(|before| self.words.word(before));
        match word {
            Word::Done if self.is_deadline(at) => {}
            Word::Done => {
                self.cue(Cue::Done);
                self.cue(Cue::Status);
            }
            Word::New if self.is_heading(at + 1) => self.cue(Cue::Changed),
            Word::Settled if before != Some(Word::Be) && self.is_heading(at + 1) => {}
            // `When: March 2022` announces a date as a heading does.
            Word::Relative if self.is_when(at) && self.words.kind(at + 1) == Some(Kind::Colon) => {}
            Word::Settled | Word::Planned if before == Some(Word::Be) => {
                self.cue(Cue::Unconfirmed);
            }
            Word::Within if self.is_within_date(at) => {}
            Word::Units if self.has(Cue::Often) => {}
            // `Years 2021 to 2024`.
            Word::Units if self.words.number(at + 1).is_some_and(|number| number.digits == 4) => {}
            Word::Once if self.is_how_often(at + 1) => self.cue(Cue::Often),
            Word::Ongoing => self.see_ongoing(at),
            Word::On if self.words.is(self.words.past_dash(at + 1), Word::Going) => {
                self.see_ongoing(at);
                return self.words.past_dash(at + 1) + 1;
            }
            Word::On if self.is_on_target(at) => {
                self.cue(Cue::Status);
                return at + 2;
            }
            Word::On | Word::Planned => {}
            // `brought forward` is no way to go on.
            Word::Onwards if matches!(before, Some(Word::Change | Word::Relative)) => {}
            Word::Onwards => self.see_onwards(),
            Word::Beyond if self.is_and(at) => self.see_onwards(),
            Word::Per => self.weigh_per(at),
            Word::Next | Word::This => return self.anchor(at, word),
            Word::Numbered if self.words.number(at + 1).is_some() => {
                return self.leave(at..self.past_reference(at + 1));
            }
            // The number in `V2` or `COP26` belongs to the letters before it.
            Word::Unknown | Word::Close if self.has_own_number(at) => {
                return self.leave(at..at + 2);
            }
            word => match cue_of(word) {
                Some(cue) => self.cue(cue),
                None => return self.leave(at..at + 1),
            },
        }
        at + 1
    }

    /// The name of a target's column, as in `agreed date` and `new target`.
    fn is_heading(&self, at: usize) -> bool {
        const HEADINGS: [&str; 8] = [
            "date",
            "dates",
            "target",
            "deadline",
            "completion",
            "implementation",
            "timescale",
            "due",
        ];
        let said = self.words.said(at, at + 1);
        HEADINGS.iter().any(|heading| heading.eq_ignore_ascii_case(said))
    }

    /// Whether `and` or its sign stands before that token.
    fn is_and(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            self.words.is(before, Word::And) || self.words.kind(before) == Some(Kind::Ampersand)
        })
    }

    fn is_when(&self, at: usize) -> bool {
        self.words.said(at, at + 1).eq_ignore_ascii_case("when")
    }

    /// How the work stands, and not `on target date 31 March`.
    fn is_on_target(&self, at: usize) -> bool {
        self.words.said(at + 1, at + 2).eq_ignore_ascii_case("target")
            && !self.is_heading(at + 2)
            && self.words.chain(at + 2, false).is_none()
    }

    fn is_date(&self, at: usize) -> bool {
        self.words.said(at, at + 1).eq_ignore_ascii_case("date")
    }

    /// `to be completed` announces a date, `to be confirmed` says there is none yet.
    fn past_being(&mut self, at: usize) -> usize {
        if self.words.is(at, Word::Done) { at + 1 } else { at }
    }

    /// `complete by March` is a deadline; `complete` alone is how the work stands.
    fn is_deadline(&self, at: usize) -> bool {
        let next = self.past_plain(at + 1);
        matches!(self.words.word(next), Some(Word::By | Word::Before | Word::No))
    }

    fn see_ongoing(&mut self, at: usize) {
        self.cue(Cue::Ongoing);
        // `April 2021 – ongoing`: the date is when it began. In `March 2021 and ongoing` it may be
        // when a first part is due.
        let is_joined = matches!(
            at.checked_sub(1).and_then(|before| self.words.joined(before)),
            Some((Join::Range, _))
        );
        if let Some(found) = self.found.last_mut()
            && is_joined
            && found.chain.to + 1 == at
        {
            found.is_start = true;
        }
    }

    fn see_onwards(&mut self) {
        self.cue(Cue::Ongoing);
        self.mark_start();
    }

    /// The plus of `2021/22+`, which ends the cell.
    pub(super) fn is_onwards(&self, at: usize) -> bool {
        self.found.last().is_some_and(|found| found.chain.to == at)
            && self.words.kind(at + 1).is_none_or(|kind| matches!(kind, Kind::Quiet | Kind::Dot))
    }

    /// The sign of `£2021`.
    pub(super) fn is_currency(&self, at: usize) -> bool {
        matches!(self.words.said(at, at + 1), "£" | "$" | "€")
            && self.words.number(at + 1).is_some()
    }

    /// The place after a number and what continues it, as in `2.1` and `20,000`.
    pub(super) fn past_reference(&self, at: usize) -> usize {
        let mut next = at + 1;
        while matches!(self.words.kind(next), Some(Kind::Dot | Kind::Comma))
            && self.words.is_glued(next)
            && self.words.is_glued(next + 1)
            && self.words.number(next + 1).is_some()
        {
            next += 2;
        }
        next
    }

    fn has_own_number(&self, at: usize) -> bool {
        self.words.is_glued(at + 1)
            && self.words.number(at + 1).is_some_and(|number| number.digits <= 2)
            && !self.words.is_start_of_numbers(at + 1)
    }

    fn is_within_date(&self, at: usize) -> bool {
        self.words.chain(self.past_plain(at + 1), false).is_some()
    }

    fn is_how_often(&self, at: usize) -> bool {
        let next = self.past_plain(at);
        matches!(self.words.word(next), Some(Word::Per | Word::Often))
            || next > at && matches!(self.words.word(next), Some(Word::Year | Word::Unit))
    }

    fn weigh_year(&mut self, at: usize) -> usize {
        if self.words.number(at + 1).is_some_and(|number| number.digits <= 2)
            && !self.is_day_at_year_end(at)
        {
            let chain = self.words.chain(at + 1, false);
            if chain.as_ref().is_none_or(|chain| chain.reading != Reading::FinancialYear) {
                self.cue(Cue::NumberedYear);
                return self.leave(at..at + 2);
            }
        }
        if matches!(self.words.word(at + 1), Some(Word::Count(_))) {
            self.cue(Cue::NumberedYear);
            return self.leave(at..at + 2);
        }
        let is_end = self.words.is(self.words.past_dash(at + 1), Word::End)
            || (0..at).any(|before| self.words.is(before, Word::End));
        if is_end && !self.words.is_calendar {
            self.cue(Cue::YearEnd);
        }
        at + 1
    }

    /// The 31 of `financial year end 31 March` and `financial year 1 April – 31 March`; what
    /// `Year 1 April` means is open.
    fn is_day_at_year_end(&self, at: usize) -> bool {
        const YEARS_MAX: u32 = 10;
        let is_financial = at > 0 && self.words.is(at - 1, Word::Financial);
        let is_day = self.words.is_start_of_day(at + 1) || self.words.is_start_of_numbers(at + 1);
        is_day
            && (is_financial
                || self.words.number(at + 1).is_some_and(|number| number.value > YEARS_MAX))
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

    /// The week in `3 days a week`.
    fn is_rate(&self, at: usize) -> bool {
        let ends_before = |to: usize| to + 1 == at && self.past_plain(to) == at;
        self.anchored.last().is_some_and(|anchored| ends_before(anchored.tokens.end))
    }

    fn weigh_unit(&mut self, at: usize) {
        let is_week = self.words.said(at, at + 1).to_ascii_lowercase().starts_with('w');
        if is_week && matches!(self.words.word(at + 1), Some(Word::Start | Word::Of)) {
            self.lead(Lead::WeekOf, at);
        }
    }

    /// Whether only a bracket or comma stands between the last day and that token.
    fn follows_day(&self, at: usize) -> bool {
        let sets_apart = |at| matches!(self.words.kind(at), Some(Kind::Quiet | Kind::Comma));
        self.found.last().is_some_and(|found| {
            found.chain.reading == Reading::Day && (found.chain.to..at).all(sets_apart)
        })
    }

    /// `31 March 2022 (Thursday)`.
    fn weigh_weekday(&mut self, at: usize, word: Word) {
        let said = quoted(self.words.said(at, at + 1));
        if let (Word::Weekday(weekday), Some(found)) = (word, self.found.last_mut())
            && let Some(window) = found.chain.window
            && let Some(weekday) = other_weekday(window.from, weekday)
        {
            found.chain.doubts.push(Doubt::WrongWeekday { said, weekday });
        }
    }

    fn name_meeting(&mut self, at: usize) -> usize {
        // `before CPEG December 2020` is before the meeting, not before its month.
        if self.lead == Lead::Before {
            self.lead = Lead::None;
            self.cue(Cue::BeforeMeeting);
        }
        self.unread.push(Unread { tokens: at..at + 1, is_meeting: true });
        at + 1
    }
}

/// What a word says wherever it stands.
const fn cue_of(word: Word) -> Option<Cue> {
    Some(match word {
        Word::Financial | Word::YearEnd => Cue::YearEnd,
        Word::Status | Word::Settled => Cue::Status,
        Word::Unconfirmed => Cue::Unconfirmed,
        Word::Within => Cue::Relative,
        Word::Relative | Word::Units | Word::OtherYear | Word::Once | Word::Beyond => Cue::Event,
        Word::Often => Cue::Often,
        Word::Review => Cue::Review,
        Word::Hedge => Cue::Hedged,
        Word::Change => Cue::Changed,
        Word::Elsewhere => Cue::Elsewhere,
        _ => return None,
    })
}

/// Words that change nothing about the date they stand beside.
const fn is_silent(word: Word) -> bool {
    matches!(
        word,
        Word::Plain
            | Word::Of
            | Word::Label
            | Word::By
            | Word::End
            | Word::And
            | Word::Or
            | Word::Calendar
            | Word::Clock
    )
}
