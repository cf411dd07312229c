//! How fast Discord lets us ask, and which channels have refused us.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::header::RETRY_AFTER;
use serde_json::Value;
use tokio::time::Instant;

use crate::body::ChannelId;

/// A channel that refused us is asked again after this long: by then somebody may have let us in.
const FORBIDDEN_FOR: Duration = Duration::from_mins(10);
/// More channels than this are never remembered as refusing.
const FORBIDDEN_MAX: usize = 1_000;
/// When Discord asks to wait and does not say how long.
const WAIT_UNSAID: Duration = Duration::from_secs(1);

/// When what may be asked again.
#[derive(Debug, Default)]
pub(super) struct Pace {
    everything: Option<Instant>,
    routes: BTreeMap<String, Instant>,
    forbidden: BTreeMap<u64, Instant>,
}

impl Pace {
    /// How long to wait before asking that again; none if it may be asked.
    pub(super) fn wait(&mut self, key: &str, now: Instant) -> Option<Duration> {
        self.routes.retain(|_, until| *until > now);
        let until = self.routes.get(key).copied().max(self.everything)?;
        until.checked_duration_since(now).filter(|wait| !wait.is_zero())
    }

    /// Not before then: that, or everything.
    pub(super) fn slow_down(&mut self, key: String, until: Instant, global: bool) {
        if global {
            self.everything = self.everything.max(Some(until));
        } else {
            self.routes.insert(key, until);
        }
    }

    /// Whether a channel refused us a short while ago.
    pub(super) fn is_forbidden(&mut self, channel: ChannelId, now: Instant) -> bool {
        self.forbidden.retain(|_, until| *until > now);
        self.forbidden.contains_key(&channel.0)
    }

    pub(super) fn forbid(&mut self, channel: ChannelId, now: Instant) {
        if self.forbidden.len() < FORBIDDEN_MAX {
            self.forbidden.insert(channel.0, now + FORBIDDEN_FOR);
        }
    }

    /// Forgets which channels refused us.
    pub(super) fn forgive(&mut self) {
        self.forbidden.clear();
    }
}

/// How long a 429 asks to wait, and whether it speaks of every request. The body is finer than
/// the header, which counts whole seconds.
pub(super) fn asked_to_wait(headers: &HeaderMap, body: &[u8]) -> (Duration, bool) {
    let said: Value = serde_json::from_slice(body).unwrap_or_default();
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let seconds = said["retry_after"]
        .as_f64()
        .or_else(|| header(RETRY_AFTER.as_str()).and_then(|value| value.parse().ok()));
    let wait = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let global = said["global"] == Value::Bool(true) || header("x-ratelimit-global").is_some();
    (wait.unwrap_or(WAIT_UNSAID), global)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn the_wait_is_read_from_the_body_or_the_header() {
        let mut headers = HeaderMap::new();
        assert_eq!(asked_to_wait(&headers, b""), (WAIT_UNSAID, false));
        headers.insert(RETRY_AFTER, HeaderValue::from_static("3"));
        assert_eq!(asked_to_wait(&headers, b"<html>"), (Duration::from_secs(3), false));
        let body = br#"{"retry_after": 0.25, "global": true}"#;
        assert_eq!(asked_to_wait(&headers, body), (Duration::from_millis(250), true));
        let body = br#"{"retry_after": -1}"#;
        assert_eq!(asked_to_wait(&headers, body), (WAIT_UNSAID, false));
    }

    #[test]
    fn a_route_waits_alone_and_a_global_wait_holds_everything() {
        let now = Instant::now();
        let seconds = Duration::from_secs;
        let mut pace = Pace::default();
        pace.slow_down("POST /a".into(), now + seconds(2), false);
        assert_eq!(pace.wait("POST /a", now), Some(seconds(2)));
        assert_eq!(pace.wait("POST /b", now), None);
        pace.slow_down("POST /b".into(), now + seconds(5), true);
        assert_eq!(pace.wait("POST /a", now), Some(seconds(5)));
        assert_eq!(pace.wait("POST /a", now + seconds(6)), None);
    }
}
