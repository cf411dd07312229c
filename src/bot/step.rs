//! The steps from what falls due to its receipt, and a power cut that can be tried at each of them.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use tokio::sync::watch;

/// A step that the work on what is owed takes. Between any two of them the power may fail; what
/// stands in the record then decides how it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Something has fallen due, and nothing is made of it yet.
    Due,
    /// What it owes the chat is made, and none of it is written down.
    Made,
    /// All of it is written, in a transaction that is not at its end.
    Entered,
    /// It stands in the outbox.
    Owed,
    /// How far time has come is written down.
    Ticked,
    /// The courier has a post in hand, or an event; the steps from here on are those of either.
    Taken,
    /// A post that was being sent before has been looked for where it is to be said.
    Sought,
    /// A post has been put off until people are at work.
    PutOff,
    /// It is written down that a post is being sent.
    Marked,
    /// The chat has the post, and nothing here says so.
    Accepted,
    /// The chat does not take the post, or does not answer, and nothing here says so.
    Unsaid,
    /// It is written down what became of the post.
    Settled,
    /// The courier has an edit in hand.
    Amending,
    /// The chat has the edit, or does not take it, and nothing here says so.
    Amended,
    /// It is written down what became of the edit.
    Corrected,
}

impl Step {
    /// All of them, in the order in which they are taken.
    pub const ALL: [Self; 15] = [
        Self::Due,
        Self::Made,
        Self::Entered,
        Self::Owed,
        Self::Ticked,
        Self::Taken,
        Self::Sought,
        Self::PutOff,
        Self::Marked,
        Self::Accepted,
        Self::Unsaid,
        Self::Settled,
        Self::Amending,
        Self::Amended,
        Self::Corrected,
    ];
}

/// Where the work stops dead, as by a power cut, to try how it goes on after the next start.
#[derive(Debug)]
pub struct Halt {
    /// At which step.
    pub at: Step,
    /// How the key begins of what takes the step: of a tick, of a post, or of a meeting's event.
    pub of: String,
    /// How often the step is taken before.
    pub after: usize,
    /// Raised once the work has stopped. From then on no further step is taken of anything.
    pub stopped: watch::Sender<bool>,
}

/// What everything that takes steps passes by.
#[derive(Clone, Debug)]
pub(super) struct Steps(Option<Arc<Halting>>);

#[derive(Debug)]
struct Halting {
    halt: Halt,
    taken: AtomicUsize,
}

impl Steps {
    /// In ordinary work, nothing stops it.
    pub(super) fn new(halt: Option<Halt>) -> Self {
        Self(halt.map(|halt| Arc::new(Halting { halt, taken: AtomicUsize::new(0) })))
    }

    /// Takes a step of what has a key, or stops there for ever.
    pub(super) async fn take(&self, step: Step, key: &str) {
        if let Some(halting) = &self.0
            && halting.stops_at(step, key)
        {
            std::future::pending::<()>().await;
        }
    }
}

impl Halting {
    fn stops_at(&self, step: Step, key: &str) -> bool {
        let Halt { at, of, after, stopped } = &self.halt;
        if *at == step
            && key.starts_with(of)
            && self.taken.fetch_add(1, Ordering::Relaxed) == *after
        {
            stopped.send_replace(true);
        }
        *stopped.borrow()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_work_stops_at_one_step_of_one_thing_and_takes_none_after_it() {
        let (stopped, stop) = watch::channel(false);
        let halt = Halt { at: Step::Marked, of: "digest/".into(), after: 1, stopped };
        let halting = Halting { halt, taken: AtomicUsize::new(0) };
        for (step, key) in [
            (Step::Taken, "digest/a"),
            (Step::Marked, "digest/a"),
            (Step::Marked, "report/a"),
            (Step::Taken, "digest/b"),
        ] {
            assert!(!halting.stops_at(step, key), "{step:?} {key}");
        }
        assert!(!*stop.borrow());
        assert!(halting.stops_at(Step::Marked, "digest/b"));
        assert!(*stop.borrow());
        assert!(halting.stops_at(Step::Settled, "report/a"), "of nothing at all");
    }
}
