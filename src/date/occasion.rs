//! What is known around the words of a target: the day they were written, and who meets when.

use std::fmt;

use chrono::NaiveDate;

/// A day that somebody else knows, asked for by a name and a day.
pub type Asking<'a> = &'a dyn Fn(&str, NaiveDate) -> Option<NaiveDate>;

/// What is known when a target is read. By itself it knows nothing.
#[derive(Clone, Copy)]
pub struct Occasion<'a> {
    /// The day on which the words were written; `within 6 months` is counted from it.
    pub written_on: Option<NaiveDate>,
    /// Asked with a name and the first day of a month: the one meeting of that name in the month,
    /// for `CPEG December 2020`. The name is the words beside the month that mean nothing else in a
    /// target, as they are written. Without an answer the month stands, and the words are a doubt.
    pub meeting_in: Asking<'a>,
    /// Asked with a name and a day: the first meeting of that name after the day.
    pub meeting_after: Asking<'a>,
}

impl Default for Occasion<'_> {
    fn default() -> Self {
        Self { written_on: None, meeting_in: &|_, _| None, meeting_after: &|_, _| None }
    }
}

impl fmt::Debug for Occasion<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Occasion").field("written_on", &self.written_on).finish_non_exhaustive()
    }
}
