//! What time it is: the only place that asks the system.

use std::time::Duration;

use chrono::DateTime;
use chrono::Utc;
use tokio::sync::watch;

/// The longest sleep at a stretch: the system's clock may be set while we sleep.
const SLEEP_MAX: Duration = Duration::from_mins(1);

/// What time it is.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The system's.
    System,
    /// One that somebody moves by hand.
    Moved(watch::Receiver<DateTime<Utc>>),
}

impl Clock {
    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => system_now(),
            Self::Moved(hand) => *hand.borrow(),
        }
    }

    /// Waits until a moment has come, or for a minute, or until the clock is moved.
    pub async fn reach(&mut self, at: Option<DateTime<Utc>>) {
        let left = at.map(|at| (at - self.now()).to_std().unwrap_or_default());
        let sleep = tokio::time::sleep(left.unwrap_or(SLEEP_MAX).min(SLEEP_MAX));
        match self {
            Self::System => sleep.await,
            Self::Moved(hand) => {
                // The time of a moved clock does not pass, so a moment to come is not slept for.
                let minute = tokio::time::sleep(SLEEP_MAX);
                tokio::select! {
                    moved = hand.changed() => if moved.is_err() { minute.await },
                    () = tokio::time::sleep(SLEEP_MAX) => {}
                }
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one clock")]
fn system_now() -> DateTime<Utc> {
    Utc::now()
}
