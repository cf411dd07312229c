//! What the signs and bars of a page mean.

use std::collections::BTreeSet;

use crate::view::overview::Overview;
use crate::view::overview::Sign;
use crate::view::overview::TODAY;

/// Something drawn, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// What is drawn.
    pub sample: Sample,
    /// What it means.
    pub words: String,
}

/// Something drawn that needs a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// A sign, and the bar of such an action where it stands for a status.
    Sign(Sign),
    /// The line of the day the page is seen from.
    Today,
    /// The time since an overdue action was due.
    Overrun,
    /// The days an action was first due.
    FirstTarget,
}

/// What occurs on a page, each once.
pub(super) fn key(page: &Overview) -> Vec<Key> {
    let calendar = page.rows().filter_map(|row| row.calendar.as_ref());
    let notices = calendar.chain(page.rows().map(|row| &row.status));
    let signs: BTreeSet<Sign> = notices.map(|notice| notice.sign).collect();
    let entry = |sample, words: &str| Key { sample, words: words.to_owned() };
    let mut key: Vec<Key> =
        signs.iter().map(|sign| entry(Sample::Sign(*sign), sign.words())).collect();
    if signs.contains(&Sign::Overdue) {
        key.push(entry(Sample::Overrun, "time overdue"));
    }
    if page.rows().any(|row| row.first.is_some()) {
        key.push(entry(Sample::FirstTarget, "first target, since moved"));
    }
    if page.rows().next().is_some() {
        key.push(entry(Sample::Today, TODAY));
    }
    key
}
