//! How fast we ask, how fast Discord lets us, and which channels have refused us.
//!
//! Everything that the bot's token opens goes out in one line, one request after another at a
//! steady pace below what Discord bears. So a thousand couriers with something to say in the same
//! minute are not refused one by one, and when Discord asks everybody to wait, one of them is told.

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

/// Between two requests in line: forty a second. Discord bears fifty from a bot, whatever they are;
/// the rest is left to answers that go out as ordinary messages, which do not stand in line.
const IN_LINE_EVERY: Duration = Duration::from_millis(25);

/// When what may be asked, and asked again.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// When the next place in line is.
    next_at: Option<Instant>,
    /// Discord has asked everybody to wait until then.
    held_until: Option<Instant>,
    routes: BTreeMap<String, Instant>,
    forbidden: BTreeMap<u64, Instant>,
}

impl Pace {
    /// Takes a place in line, and says when its turn comes.
    pub(super) fn line_up(&mut self, now: Instant) -> Instant {
        let turn_at = self.next_at.max(self.held_until).map_or(now, |next_at| next_at.max(now));
        self.next_at = Some(turn_at + IN_LINE_EVERY);
        turn_at
    }

    /// Goes ahead of the line, which moves back by one place.
    pub(super) fn go_ahead(&mut self, now: Instant) {
        let next_at = self.next_at.map_or(now, |next_at| next_at.max(now));
        self.next_at = Some(next_at + IN_LINE_EVERY);
    }

    /// How long everybody has to wait, if Discord has asked for it.
    pub(super) fn held(&self, now: Instant) -> Option<Duration> {
        left(self.held_until?, now)
    }

    /// How long to wait before asking that again; none if it may be asked.
    pub(super) fn wait(&mut self, key: &str, now: Instant) -> Option<Duration> {
        self.routes.retain(|_, until| *until > now);
        left(*self.routes.get(key)?, now)
    }

    /// That not before then.
    pub(super) fn slow_down(&mut self, key: String, until: Instant) {
        self.routes.insert(key, until);
    }

    /// Nothing at all before then. True, if that is news.
    pub(super) fn hold(&mut self, until: Instant, now: Instant) -> bool {
        let is_news = self.held(now).is_none();
        self.held_until = self.held_until.max(Some(until));
        is_news
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

fn left(until: Instant, now: Instant) -> Option<Duration> {
    until.checked_duration_since(now).filter(|wait| !wait.is_zero())
}

/// How long a route has to rest after an answer that was the last one it gives for now. Who asks
/// again before is refused, so it is better not to.
pub(super) fn spent(headers: &HeaderMap) -> Option<Duration> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if header("x-ratelimit-remaining")? != "0" {
        return None;
    }
    let seconds = header("x-ratelimit-reset-after")?.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
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
    fn a_route_rests_once_its_requests_are_spent() {
        let check = |remaining: &'static str, reset: &'static str, expected| {
            let mut headers = HeaderMap::new();
            headers.insert("x-ratelimit-remaining", HeaderValue::from_static(remaining));
            headers.insert("x-ratelimit-reset-after", HeaderValue::from_static(reset));
            assert_eq!(spent(&headers), expected, "{remaining} {reset}");
        };
        check("0", "1.250", Some(Duration::from_millis(1250)));
        check("1", "1.250", None);
        check("0", "soon", None);
        check("0", "-1", None);
        assert_eq!(spent(&HeaderMap::new()), None);
    }

    #[test]
    fn a_route_waits_alone() {
        let now = Instant::now();
        let seconds = Duration::from_secs;
        let mut pace = Pace::default();
        pace.slow_down("POST /a".into(), now + seconds(2));
        assert_eq!(pace.wait("POST /a", now), Some(seconds(2)));
        assert_eq!(pace.wait("POST /b", now), None);
        assert_eq!(pace.wait("POST /a", now + seconds(2)), None);
        assert_eq!(pace.held(now), None);
    }

    #[test]
    fn forty_go_out_in_a_second_and_whoever_goes_ahead_takes_a_place() {
        let now = Instant::now();
        let second = Duration::from_secs(1);
        let mut pace = Pace::default();
        let turns: Vec<Instant> = (0..100).map(|_| pace.line_up(now)).collect();
        assert_eq!(turns[0], now, "the first need not wait");
        assert_eq!(turns.iter().filter(|turn_at| **turn_at < now + second).count(), 40);
        assert!(turns.is_sorted());
        let last = turns[turns.len() - 1];
        pace.go_ahead(now);
        assert_eq!(pace.line_up(now), last + 2 * IN_LINE_EVERY);
        let later = last + second;
        assert_eq!(pace.line_up(later), later, "nobody saves up turns");
        assert_eq!(pace.line_up(later), later + IN_LINE_EVERY);
    }

    #[test]
    fn when_everybody_has_to_wait_they_then_go_one_by_one() {
        let now = Instant::now();
        let seconds = Duration::from_secs;
        let mut pace = Pace::default();
        assert!(pace.hold(now + seconds(2), now));
        assert!(!pace.hold(now + seconds(1), now), "it is known, and the longer wait stands");
        assert_eq!(pace.held(now), Some(seconds(2)));
        assert_eq!(pace.line_up(now), now + seconds(2));
        assert_eq!(pace.line_up(now), now + seconds(2) + IN_LINE_EVERY);
        assert_eq!(pace.held(now + seconds(2)), None);
        assert!(pace.hold(now + seconds(4), now + seconds(3)), "that is another one");
    }
}
