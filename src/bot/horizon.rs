//! How far every partnership has come, and what comes next in any of them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use chrono::DateTime;
use chrono::Utc;

use crate::bot::Outlook;
use crate::bot::Watcher;

/// Gathers what is seen of every partnership, and tells it to whoever wants to know. Clones share
/// one.
#[derive(Clone, Debug)]
pub(super) struct Horizon {
    /// None where nobody wants to know.
    watcher: Option<Arc<Watcher>>,
    seen: Arc<Mutex<Seen>>,
}

/// One partnership's place on the horizon, which it leaves when this is dropped.
#[derive(Debug)]
pub(super) struct Lookout {
    horizon: Horizon,
    number: u64,
}

/// A look at what a partnership owes. What came of it counts until the next look begins, or
/// something is written that may change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look(u64);

#[derive(Debug, Default)]
struct Seen {
    numbers: u64,
    partnerships: BTreeMap<u64, Partnership>,
    /// What was told last.
    told: Outlook,
}

#[derive(Debug)]
struct Partnership {
    look: Look,
    is_settled: bool,
    /// What came of the last look of which something has.
    outlook: Outlook,
}

impl Horizon {
    pub(super) fn new(watcher: Option<Watcher>) -> Self {
        Self { watcher: watcher.map(Arc::new), seen: Arc::default() }
    }

    /// A further partnership: nothing is settled until it is.
    pub(super) fn lookout(&self) -> Lookout {
        let number = self.change(|seen| {
            let number = seen.number();
            seen.look_at(number);
            number
        });
        Lookout { horizon: self.clone(), number }
    }

    /// Changes what was seen, and tells how things look now. Held throughout, so that what is told
    /// last is what was seen last.
    fn change<T>(&self, change: impl FnOnce(&mut Seen) -> T) -> T {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = change(&mut seen);
        if let Some(watcher) = &self.watcher {
            let now = seen.outlook();
            if now != seen.told {
                (watcher.0)(&now);
                seen.told = now;
            }
        }
        changed
    }
}

impl Lookout {
    /// Begins to look: nothing is settled until it has been told what came of it. What was seen
    /// before may no longer be so.
    pub(super) fn look(&self) -> Look {
        self.horizon.change(|seen| seen.look_at(self.number))
    }

    /// What came of a look.
    pub(super) fn settle(&self, look: Look, outlook: Outlook) {
        self.horizon.change(|seen| {
            let partnership = seen.partnerships.get_mut(&self.number);
            if let Some(partnership) = partnership.filter(|found| found.look == look) {
                (partnership.outlook, partnership.is_settled) = (outlook, true);
            }
        });
    }

    /// There is nothing to wait for, until the next look.
    pub(super) fn rest(&self) {
        self.horizon.change(|seen| seen.partnerships.remove(&self.number));
    }
}

impl Drop for Lookout {
    fn drop(&mut self) {
        self.rest();
    }
}

impl Seen {
    /// One that was never given out before.
    fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    fn look_at(&mut self, number: u64) -> Look {
        let look = Look(self.number());
        let new = Partnership { look, is_settled: false, outlook: Outlook::default() };
        let partnership = self.partnerships.entry(number).or_insert(new);
        (partnership.look, partnership.is_settled) = (look, false);
        look
    }

    /// Everything is done up to the instant up to which it is done everywhere. What comes next stands
    /// while it is looked at anew.
    fn outlook(&self) -> Outlook {
        // Where nothing can fall due, nothing is ever owed.
        let mut outlook = Outlook { settled_at: DateTime::<Utc>::MAX_UTC, next: None };
        for partnership in self.partnerships.values() {
            let Outlook { settled_at, next } = &partnership.outlook;
            let settled_at = if partnership.is_settled { *settled_at } else { DateTime::default() };
            outlook.settled_at = outlook.settled_at.min(settled_at);
            outlook.next = outlook.next.iter().chain(next).min_by_key(|(at, _)| *at).cloned();
        }
        outlook
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::watch;

    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(minute * 60, 0).unwrap()
    }

    fn outlook(settled: i64, next: i64) -> Outlook {
        Outlook { settled_at: at(settled), next: Some((at(next), format!("at {next}"))) }
    }

    fn horizon() -> (Horizon, watch::Receiver<Outlook>) {
        let (telling, told) = watch::channel(Outlook::default());
        let watcher = Watcher::new(move |outlook| {
            telling.send_replace(outlook.clone());
        });
        (Horizon::new(Some(watcher)), told)
    }

    fn is_settled(told: &watch::Receiver<Outlook>) -> bool {
        told.borrow().settled_at > at(0)
    }

    #[test]
    fn nothing_is_settled_before_everything_is() {
        let (horizon, told) = horizon();
        let one = horizon.lookout();
        assert!(!told.has_changed().unwrap(), "nor is it before anybody has looked");
        let other = horizon.lookout();
        one.settle(one.look(), outlook(5, 9));
        assert!(!is_settled(&told));
        other.settle(other.look(), outlook(4, 8));
        assert_eq!(*told.borrow(), outlook(4, 8));
        drop(other);
        assert_eq!(*told.borrow(), outlook(5, 9), "who has left is not waited for");
    }

    #[test]
    fn what_was_seen_before_somebody_wrote_does_not_count() {
        let (horizon, told) = horizon();
        let lookout = horizon.lookout();
        let before = lookout.look();
        lookout.look();
        lookout.settle(before, outlook(5, 9));
        assert!(!is_settled(&told));
        lookout.settle(lookout.look(), outlook(6, 7));
        assert_eq!(*told.borrow(), outlook(6, 7));
        lookout.look();
        assert!(!is_settled(&told));
        assert_eq!(told.borrow().next, outlook(6, 7).next, "what comes next stands meanwhile");
    }

    #[test]
    fn where_there_is_nothing_to_wait_for_all_is_settled() {
        let (horizon, told) = horizon();
        let lookout = horizon.lookout();
        let look = lookout.look();
        lookout.rest();
        lookout.settle(look, outlook(5, 9));
        assert_eq!(told.borrow().next, None);
        assert!(is_settled(&told));
        lookout.look();
        assert!(!is_settled(&told));
    }
}
