//! What comes round again: how often, and when its next turn is due.

use chrono::Datelike;
use chrono::Days;
use chrono::Months;
use chrono::NaiveDate;

use crate::date::Target;
use crate::date::Window;
use crate::date::window_in_words;

/// How often an action comes round again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// Once a year.
    Year,
    /// Twice a year.
    HalfYear,
    /// Four times a year.
    Quarter,
}

impl Every {
    /// Each with the word the record keeps and what people read.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Year, "year", "every year"),
        (Self::HalfYear, "half-year", "every half-year"),
        (Self::Quarter, "quarter", "every quarter"),
    ];

    /// The word the record keeps.
    pub fn word(self) -> &'static str {
        self.entry().1
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        self.entry().2
    }

    /// How often a word says.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == word).map(|(every, ..)| *every)
    }

    fn entry(self) -> &'static (Self, &'static str, &'static str) {
        Self::ALL.iter().find(|(every, ..)| *every == self).unwrap_or(&Self::ALL[0])
    }

    fn months(self) -> Months {
        Months::new(match self {
            Self::Year => 12,
            Self::HalfYear => 6,
            Self::Quarter => 3,
        })
    }

    /// When the turn after one with that target is due: the same window, as much later. A target
    /// without a window says the same again.
    pub fn after(self, target: &Target) -> Target {
        let next = target.window().and_then(|window| self.later(window));
        match next {
            Some(window) => Target::recorded(window_in_words(window), Some(window)),
            None => Target::recorded(target.words().to_owned(), target.window()),
        }
    }

    fn later(self, window: Window) -> Option<Window> {
        let from = window.from.checked_add_months(self.months())?;
        Some(Window { from, to: self.last_day_later(window.to)? })
    }

    /// The last day of a month leads to the last day of another, which may be longer or shorter.
    fn last_day_later(self, day: NaiveDate) -> Option<NaiveDate> {
        let after = day.checked_add_days(Days::new(1))?;
        if after.day() == 1 {
            return after.checked_add_months(self.months())?.checked_sub_days(Days::new(1));
        }
        day.checked_add_months(self.months())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(every: Every, target: &str, expected: &str) {
        let next = every.after(&Target::read(target));
        assert_eq!(next.words(), expected, "{target}");
        assert_eq!(next.window(), Target::read(expected).window(), "{target}");
    }

    #[test]
    fn the_next_turn_is_due_as_much_later() {
        check(Every::Year, "May 2021", "May 2022");
        check(Every::Year, "by the end of May 2021", "May 2022");
        check(Every::Year, "31/03/2022", "31 March 2023");
        check(Every::Year, "29 February 2024", "28 February 2025");
        check(Every::Year, "28 February 2023", "29 February 2024");
        check(Every::Year, "June – September 2021", "June to September 2022");
        check(Every::Year, "2021", "2022");
        check(Every::HalfYear, "September 2021", "March 2022");
        check(Every::HalfYear, "30 September 2021", "31 March 2022");
        check(Every::Quarter, "November 2020", "February 2021");
        check(Every::Quarter, "15 January 2021", "15 April 2021");
        check(Every::Year, "Annually", "Annually");
        check(Every::Year, "", "");
    }

    #[test]
    fn how_often_reads_as_it_is_kept() {
        for (every, word, _) in Every::ALL {
            assert_eq!(Every::from_word(word), Some(every));
            assert_eq!(every.word(), word);
        }
        assert_eq!(Every::from_word("never"), None);
    }
}
