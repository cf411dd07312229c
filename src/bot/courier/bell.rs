//! How the courier is told that something is owed, and tells that nothing is.

use std::time::Duration;

use tokio::sync::watch;
use tokio::sync::watch::error::RecvError;
use tokio::time::Instant;
use tracing::warn;

/// Before it is looked again whether something that was put off has fallen due.
const LATER_WAIT: Duration = Duration::from_mins(1);

/// What is rung when something is owed. Both who carry posts and who carry events listen to it.
#[derive(Clone, Debug)]
pub(in crate::bot) struct Bell {
    rung: watch::Sender<u64>,
    posts: watch::Receiver<u64>,
    events: watch::Receiver<u64>,
}

/// A bell, rung once, and the ears of those who carry posts and of those who carry events.
pub(super) fn new() -> (Bell, Ear, Ear) {
    let (rung, ringing) = watch::channel(1);
    let ear = || {
        let (answering, answered) = watch::channel(0);
        (Ear { ringing: ringing.clone(), answering }, answered)
    };
    let ((to_posts, posts), (to_events, events)) = (ear(), ear());
    (Bell { rung, posts, events }, to_posts, to_events)
}

impl Bell {
    /// Says that something is owed.
    pub(in crate::bot) fn ring(&self) {
        self.rung.send_modify(|count| *count += 1);
    }

    /// Waits until nothing is owed that was owed when this was called, nor what came of it.
    pub(in crate::bot) async fn quiet(mut self) {
        // An event that is refused owes CP Support a post, so the posts come second.
        for answered in [&mut self.events, &mut self.posts] {
            let count = *self.rung.borrow();
            if answered.wait_for(|answered| *answered >= count).await.is_err() {
                warn!("A courier has ended; what it owed waits for the next start");
            }
        }
    }
}

/// What somebody who carries hears the bell with.
#[derive(Debug)]
pub(super) struct Ear {
    ringing: watch::Receiver<u64>,
    answering: watch::Sender<u64>,
}

/// What became of a look at what is owed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Round {
    /// Nothing is owed now.
    Clear {
        /// Whether something falls due later.
        later: bool,
    },
    /// There may be more.
    More,
    /// What is still owed has to wait until then.
    Wait(Instant),
}

impl Ear {
    /// How often the bell has been rung, to be said before a round.
    pub(super) fn listen(&mut self) -> u64 {
        *self.ringing.borrow_and_update()
    }

    /// Rests after a round until there is something to do again. Fails when nobody can ring any more.
    pub(super) async fn rest(&mut self, count: u64, round: Round) -> Result<(), RecvError> {
        match round {
            Round::More => Ok(()),
            Round::Clear { later } => {
                self.answering.send_replace(count);
                // What falls due later rings when it does, unless it was put off meanwhile.
                tokio::select! {
                    rung = self.ringing.changed() => rung,
                    () = tokio::time::sleep(LATER_WAIT), if later => Ok(()),
                }
            }
            // What is newly owed to another channel need not wait for this one.
            Round::Wait(until) => tokio::select! {
                rung = self.ringing.changed() => rung,
                () = tokio::time::sleep_until(until) => Ok(()),
            },
        }
    }
}
