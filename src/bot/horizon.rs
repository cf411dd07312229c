//! How far every partnership has come, and what comes next in any of them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use chrono::DateTime;
use chrono::Utc;
use tokio::sync::watch;

use crate::body::ServerId;
use crate::bot::Outlook;

/// Gathers what the keepers of the partnerships see, and tells it to whoever wants to know. Clones
/// share one.
#[derive(Clone, Debug)]
pub(super) struct Horizon {
    /// None where nobody wants to know.
    outlook: Option<watch::Sender<Outlook>>,
    seen: Arc<Mutex<Seen>>,
}

/// A look at what a partnership owes. What came of it counts until the next look begins, or
/// something is written that may change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look(u64);

#[derive(Debug, Default)]
struct Seen {
    looks: u64,
    partnerships: BTreeMap<ServerId, Partnership>,
}

#[derive(Debug)]
struct Partnership {
    look: Look,
    is_settled: bool,
    /// What came of the last look of which something has.
    outlook: Outlook,
}

impl Partnership {
    fn unsettled(look: Look) -> Self {
        Self { look, is_settled: false, outlook: Outlook::default() }
    }
}

impl Horizon {
    pub(super) fn new(outlook: Option<watch::Sender<Outlook>>) -> Self {
        Self { outlook, seen: Arc::default() }
    }

    /// Begins to look at a partnership: nothing is settled until it has been told.
    pub(super) fn look(&self, server: ServerId) -> Look {
        self.change(|seen| {
            seen.looks += 1;
            let look = Look(seen.looks);
            let partnership =
                seen.partnerships.entry(server).or_insert_with(|| Partnership::unsettled(look));
            (partnership.look, partnership.is_settled) = (look, false);
            look
        })
    }

    /// Something was written in a partnership: what was seen before may no longer be so.
    pub(super) fn unsettle(&self, server: ServerId) {
        self.change(|seen| {
            seen.looks += 1;
            let look = Look(seen.looks);
            if let Some(partnership) = seen.partnerships.get_mut(&server) {
                (partnership.look, partnership.is_settled) = (look, false);
            }
        });
    }

    /// What came of a look.
    pub(super) fn settle(&self, server: ServerId, look: Look, outlook: Outlook) {
        self.change(|seen| {
            let partnership = seen.partnerships.get_mut(&server);
            if let Some(partnership) = partnership.filter(|found| found.look == look) {
                (partnership.outlook, partnership.is_settled) = (outlook, true);
            }
        });
    }

    /// A partnership is no longer there to be waited for.
    pub(super) fn leave(&self, server: ServerId) {
        self.change(|seen| seen.partnerships.remove(&server));
    }

    /// Changes what was seen, and tells how things look now. Held throughout, so that what is told
    /// last is what was seen last.
    fn change<T>(&self, change: impl FnOnce(&mut Seen) -> T) -> T {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = change(&mut seen);
        if let Some(outlook) = &self.outlook {
            let now = seen.outlook();
            outlook.send_if_modified(|told| {
                let is_new = *told != now;
                *told = now;
                is_new
            });
        }
        changed
    }
}

impl Seen {
    /// Everything is done up to the instant up to which it is done everywhere. What comes next stands
    /// while it is looked at anew.
    fn outlook(&self) -> Outlook {
        // Where nothing can fall due, nothing is ever owed.
        let mut outlook = Outlook { settled_at: DateTime::<Utc>::MAX_UTC, next: None };
        for partnership in self.partnerships.values() {
            let Outlook { settled_at, next } = &partnership.outlook;
            let settled_at =
                if partnership.is_settled { *settled_at } else { DateTime::<Utc>::MIN_UTC };
            outlook.settled_at = outlook.settled_at.min(settled_at);
            outlook.next = outlook.next.iter().chain(next).min_by_key(|(at, _)| *at).cloned();
        }
        outlook
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(minute * 60, 0).unwrap()
    }

    fn outlook(settled: i64, next: i64) -> Outlook {
        Outlook { settled_at: at(settled), next: Some((at(next), format!("at {next}"))) }
    }

    fn horizon() -> (Horizon, watch::Receiver<Outlook>) {
        let (telling, told) = watch::channel(Outlook::default());
        (Horizon::new(Some(telling)), told)
    }

    fn is_settled(told: &watch::Receiver<Outlook>) -> bool {
        told.borrow().settled_at > at(0)
    }

    #[test]
    fn nothing_is_settled_before_everything_is() {
        let (horizon, told) = horizon();
        let [one, other] = [ServerId(1), ServerId(2)];
        let (of_one, of_other) = (horizon.look(one), horizon.look(other));
        horizon.settle(one, of_one, outlook(5, 9));
        assert!(!is_settled(&told));
        horizon.settle(other, of_other, outlook(4, 8));
        assert_eq!(*told.borrow(), outlook(4, 8));
        horizon.leave(other);
        assert_eq!(*told.borrow(), outlook(5, 9));
    }

    #[test]
    fn what_was_seen_before_somebody_wrote_does_not_count() {
        let (horizon, told) = horizon();
        let server = ServerId(1);
        let before = horizon.look(server);
        horizon.unsettle(server);
        horizon.settle(server, before, outlook(5, 9));
        assert!(!is_settled(&told));
        let after = horizon.look(server);
        horizon.settle(server, before, outlook(5, 9));
        assert!(!is_settled(&told));
        horizon.settle(server, after, outlook(6, 7));
        assert_eq!(*told.borrow(), outlook(6, 7));
        horizon.unsettle(server);
        assert!(!is_settled(&told));
        assert_eq!(told.borrow().next, outlook(6, 7).next, "what comes next stands meanwhile");
    }

    #[test]
    fn who_has_left_is_not_waited_for() {
        let (horizon, told) = horizon();
        let look = horizon.look(ServerId(1));
        horizon.leave(ServerId(1));
        horizon.settle(ServerId(1), look, outlook(5, 9));
        assert_eq!(told.borrow().next, None);
        assert!(is_settled(&told));
    }
}
