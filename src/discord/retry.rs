//! When to try the gateway again: waits that grow, and a budget of introductions.

use std::collections::VecDeque;
use std::time::Duration;

use backon::BackoffBuilder;
use backon::ExponentialBackoff;
use backon::ExponentialBuilder;
use tokio::time::Instant;

use crate::discord::Timing;

/// Discord takes a token away from a bot that introduces itself (IDENTIFY) a thousand times a day.
const DAY: Duration = Duration::from_hours(24);
/// From so many introductions a day on they are spread out; a quiet day has one or two.
const CALM_MAX: usize = 200;
/// Then one in this time, which is 144 a day: with the calm ones well under a thousand.
const SPREAD: Duration = Duration::from_mins(10);

/// When the next connection may be made.
///
/// Serenity on its own tries again every five seconds or faster, with no wait that grows and no
/// count; see [`crate::discord::line`] for how it is held back until this allows it.
#[derive(Debug)]
pub(super) struct Retry {
    shape: ExponentialBuilder,
    waits: ExponentialBackoff,
    next_at: Instant,
    introduced: VecDeque<Instant>,
}

impl Retry {
    pub(super) fn new(timing: &Timing, now: Instant) -> Self {
        // Jitter, so that many bots do not all come back in the same instant.
        let shape = ExponentialBuilder::default()
            .with_min_delay(timing.backoff_min)
            .with_max_delay(timing.backoff_max)
            .with_jitter()
            .without_max_times();
        Self { shape, waits: shape.build(), next_at: now, introduced: VecDeque::new() }
    }

    /// A connection is being made; the next one waits longer.
    pub(super) fn tried(&mut self, now: Instant) {
        if let Some(wait) = self.waits.next() {
            self.next_at = now + wait;
        }
    }

    /// The connection has held for a while; should it drop, the next one need not wait.
    pub(super) fn settled(&mut self, now: Instant) {
        self.waits = self.shape.build();
        self.next_at = self.next_at.min(now);
    }

    /// We were let in, and may have introduced ourselves to the gateway.
    pub(super) fn introduced(&mut self, now: Instant) {
        self.introduced.push_back(now);
        self.forget(now);
    }

    /// Discord says that no introductions are left before then.
    pub(super) fn not_before(&mut self, then: Instant) {
        self.next_at = self.next_at.max(then);
    }

    /// From when on a connection may be made.
    pub(super) fn next_at(&mut self, now: Instant) -> Instant {
        self.forget(now);
        match self.introduced.back() {
            Some(last) if self.introduced.len() >= CALM_MAX => self.next_at.max(*last + SPREAD),
            _ => self.next_at,
        }
    }

    fn forget(&mut self, now: Instant) {
        while self.introduced.front().is_some_and(|then| now.duration_since(*then) >= DAY) {
            self.introduced.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_until_a_connection_holds() {
        let mut now = Instant::now();
        let timing = Timing::default();
        let mut retry = Retry::new(&timing, now);
        assert_eq!(retry.next_at(now), now);
        for grown in [1, 2, 4, 8] {
            retry.tried(now);
            let wait = retry.next_at(now) - now;
            let least = Duration::from_secs(grown);
            assert!((least..=least * 2).contains(&wait), "{wait:?}");
            now += wait;
        }
        for _ in 0..20 {
            retry.tried(now);
        }
        assert!(retry.next_at(now) - now <= timing.backoff_max * 2);
        retry.settled(now);
        assert_eq!(retry.next_at(now), now);
    }

    #[test]
    fn introductions_stay_well_under_a_thousand_a_day() {
        let begin = Instant::now();
        let timing = Timing { backoff_max: Duration::from_secs(1), ..Timing::default() };
        let mut retry = Retry::new(&timing, begin);
        let mut now = begin;
        let mut count = 0;
        loop {
            now = retry.next_at(now).max(now);
            if now - begin > DAY {
                break;
            }
            retry.tried(now);
            retry.introduced(now);
            count += 1;
        }
        assert!((CALM_MAX..400).contains(&count), "{count}");
    }
}
