//! A target: the words as the plan prints them, and the window of days they mean.

mod anchor;
mod aside;
mod gloss;
mod outcome;
#[cfg(test)]
mod properties;
mod scan;
#[cfg(test)]
mod tests;
mod weigh;

use chrono::NaiveDate;

use super::doubt::Doubt;
use super::occasion::Occasion;
use super::reading::Reading;
use super::reading::Review;
use super::window::Window;
use scan::Scan;

/// What was promised for when: the words byte for byte, the window they mean, and what is not
/// certain about that. Due is the last day of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    words: String,
    window: Option<Window>,
    doubts: Vec<Doubt>,
    reading: Reading,
    review: Option<Review>,
}

impl Target {
    /// Reads a target. Any words are accepted; those that mean no days give no window, and
    /// whatever is not certain is among the doubts.
    ///
    /// The day comes before the month, always. Two-digit years from 00 to 79 are 2000 to 2079, the others
    /// 1980 to 1999.
    pub fn read(words: &str) -> Self {
        Self::read_on(words, &Occasion::default())
    }

    /// Reads a target with all that is known around it. What is counted from the day it was
    /// written, such as `within 6 months` or `by the next CPEG`, has a window only where that day
    /// is known, and is always doubted.
    pub fn read_on(words: &str, occasion: &Occasion<'_>) -> Self {
        let outcome = Scan::over(words).outcome(occasion);
        let mut doubts = Vec::with_capacity(outcome.doubts.len());
        for doubt in outcome.doubts {
            // What is said once need not be asked twice.
            if !doubts.contains(&doubt) {
                doubts.push(doubt);
            }
        }
        Self {
            words: words.to_owned(),
            window: outcome.window,
            doubts,
            reading: outcome.reading,
            review: outcome.review,
        }
    }

    /// A target whose window was settled before; it is not read again and has no doubts.
    pub const fn recorded(words: String, window: Option<Window>) -> Self {
        Self { words, window, doubts: Vec::new(), reading: Reading::Recorded, review: None }
    }

    /// The words as they are written, byte for byte.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The days it means.
    pub const fn window(&self) -> Option<Window> {
        self.window
    }

    /// What is not certain, each a sentence; with none, the window is certain, or certainly absent.
    pub fn doubts(&self) -> &[Doubt] {
        &self.doubts
    }

    /// How the words were read.
    pub const fn reading(&self) -> Reading {
        self.reading
    }

    /// When work without an end is looked at again, if the words say so.
    pub const fn review(&self) -> Option<&Review> {
        self.review.as_ref()
    }

    /// The last day of the window; overdue begins on the day after.
    pub fn due_on(&self) -> Option<NaiveDate> {
        self.window.map(|window| window.to)
    }

    /// Whether nothing is written.
    pub fn is_blank(&self) -> bool {
        self.reading == Reading::Blank || self.words.trim().is_empty()
    }

    /// Whether the words mean any days.
    pub const fn has_date(&self) -> bool {
        self.window.is_some()
    }
}
