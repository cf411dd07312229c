//! Every request the bot made, for tests to read.

use std::collections::VecDeque;

use chrono::DateTime;
use chrono::Utc;
use serde_json::Value;

/// Requests kept; the oldest are forgotten first.
const REQUESTS_KEPT: usize = 10_000;

/// A request that the bot made. Neither the bot's token nor an interaction's is in it.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// `GET`, `POST` and so on.
    pub method: String,
    /// The path after `/api/v10`; an interaction's token in it reads `TOKEN`.
    pub path: String,
    /// What stood after the `?`.
    pub query: String,
    /// The body as JSON; of a multipart body, its `payload_json`.
    pub body: Option<Value>,
    /// How many files came with it.
    pub files: usize,
    /// The status answered; 0 while unanswered, and for ever when the line was cut.
    pub status: u16,
    /// When it arrived, by the sandbox's clock.
    pub at: DateTime<Utc>,
}

#[derive(Debug, Default)]
pub(crate) struct Traffic {
    requests: VecDeque<Recorded>,
    forgotten: usize,
    refusals: usize,
}

impl Traffic {
    /// Notes a request and gives the number by which its answer is noted.
    pub(crate) fn arrived(&mut self, request: Recorded) -> usize {
        if self.requests.len() >= REQUESTS_KEPT {
            self.requests.pop_front();
            self.forgotten += 1;
        }
        self.requests.push_back(request);
        self.forgotten + self.requests.len() - 1
    }

    pub(crate) fn answered(&mut self, number: usize, status: u16) {
        if matches!(status, 401 | 403 | 429) {
            self.refusals += 1;
        }
        let request = number.checked_sub(self.forgotten).and_then(|i| self.requests.get_mut(i));
        if let Some(request) = request {
            request.status = status;
        }
    }

    pub(crate) fn all(&self) -> Vec<Recorded> {
        self.requests.iter().cloned().collect()
    }

    /// Answers of 401, 403 and 429, of which Discord bears 10,000 in ten minutes.
    pub(crate) fn refusals(&self) -> usize {
        self.refusals
    }
}
