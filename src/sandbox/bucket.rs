//! How many requests the bot may make in any one second, if the sandbox is told to count.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// What Discord counts in.
const SECOND: Duration = Duration::from_secs(1);

/// The requests of the last second. It goes by real time, for the sandbox's own stands still.
///
/// Discord may begin to count anew with each second; this counts any second, which is stricter.
#[derive(Debug)]
pub(crate) struct Bucket {
    a_second: usize,
    granted: VecDeque<Instant>,
}

impl Bucket {
    pub(crate) fn new(a_second: usize) -> Self {
        Self { a_second, granted: VecDeque::new() }
    }

    /// Grants one more request, or says how long to wait.
    pub(crate) fn take(&mut self, now: Instant) -> Result<(), Duration> {
        while self.granted.front().is_some_and(|then| now.duration_since(*then) >= SECOND) {
            self.granted.pop_front();
        }
        match self.granted.front() {
            Some(first) if self.granted.len() >= self.a_second => {
                Err(SECOND.saturating_sub(now.duration_since(*first)))
            }
            // None at all is granted: nothing will leave before a second has passed.
            None if self.a_second == 0 => Err(SECOND),
            _ => {
                self.granted.push_back(now);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_are_granted_in_any_second() {
        let now = Instant::now();
        let after = |ms| now + Duration::from_millis(ms);
        let mut bucket = Bucket::new(2);
        assert_eq!(bucket.take(now), Ok(()));
        assert_eq!(bucket.take(after(900)), Ok(()));
        assert_eq!(bucket.take(after(950)), Err(Duration::from_millis(50)));
        assert_eq!(bucket.take(after(1000)), Ok(()));
        assert_eq!(bucket.take(after(1100)), Err(Duration::from_millis(800)));
        assert_eq!(Bucket::new(0).take(now), Err(SECOND));
    }
}
