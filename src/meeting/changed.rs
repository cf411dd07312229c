//! Meetings that are added, moved or cancelled one by one.

use std::collections::BTreeMap;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::NaiveDateTime;
use chrono::Utc;

use crate::body::BodyId;

/// What somebody set about one meeting: the whole of it from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whose meeting it is.
    pub body: BodyId,
    /// What it is called: the title of its series, or the body's name where that has none.
    pub title: String,
    /// The day that it was first set for: with the body, it says which meeting this is.
    pub first_on: NaiveDate,
    /// What becomes of it.
    pub becomes: Becomes,
    /// Why, as it was said; may be empty.
    pub reason: String,
    /// Since when it counts.
    pub since: DateTime<Utc>,
}

/// What becomes of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// It begins at a local time.
    At {
        /// When, where the partnership is.
        local: NaiveDateTime,
        /// When its papers are due.
        papers: Papers,
    },
    /// It is not held.
    Cancelled,
}

/// When the papers of a meeting are due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Papers {
    /// As many working days before as for any meeting of its series.
    #[default]
    AsUsual,
    /// So many working days before.
    Before(u32),
    /// On a day that was set.
    On(NaiveDate),
}

/// All that was set about single meetings, in the order in which it was; the last about a meeting
/// counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    all: Vec<Change>,
    latest: BTreeMap<(BodyId, NaiveDate), usize>,
}

impl Changes {
    /// What counts about the meeting of a body that was first set for a day.
    pub fn about(&self, body: BodyId, first_on: NaiveDate) -> Option<&Change> {
        self.latest.get(&(body, first_on)).and_then(|index| self.all.get(*index))
    }

    /// What was set about that meeting first.
    pub fn first_about(&self, body: BodyId, first_on: NaiveDate) -> Option<&Change> {
        self.all.iter().find(|change| (change.body, change.first_on) == (body, first_on))
    }

    /// How often something was set about that meeting.
    pub fn count(&self, body: BodyId, first_on: NaiveDate) -> usize {
        let about = |change: &&Change| (change.body, change.first_on) == (body, first_on);
        self.all.iter().filter(about).count()
    }

    /// What counts, by body and by the day that a meeting was first set for.
    pub fn standing(&self) -> impl Iterator<Item = &Change> {
        self.latest.values().filter_map(|index| self.all.get(*index))
    }

    /// What had been set at an instant.
    #[must_use]
    pub fn as_of(&self, at: DateTime<Utc>) -> Self {
        self.all.iter().filter(|change| change.since <= at).cloned().collect()
    }

    /// Sets something more.
    pub fn add(&mut self, change: Change) {
        self.latest.insert((change.body, change.first_on), self.all.len());
        self.all.push(change);
    }
}

impl FromIterator<Change> for Changes {
    fn from_iter<I: IntoIterator<Item = Change>>(all: I) -> Self {
        let mut changes = Self::default();
        all.into_iter().for_each(|change| changes.add(change));
        changes
    }
}
