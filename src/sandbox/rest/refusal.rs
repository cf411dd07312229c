//! How Discord says no.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::Value;
use serde_json::json;

use crate::sandbox::limits::Problems;

/// An answer other than the one asked for, in Discord's shape and with its code.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: u16,
    code: u32,
    sentence: String,
    errors: Option<Value>,
    wait: Option<(Duration, bool)>,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: u32, sentence: &str) -> Self {
        Self { status, code, sentence: sentence.to_owned(), errors: None, wait: None }
    }

    pub(crate) fn unauthorised() -> Self {
        Self::new(401, 0, "401: Unauthorized")
    }

    pub(crate) fn no_route() -> Self {
        Self::new(404, 0, "404: Not Found")
    }

    pub(crate) fn bad_method() -> Self {
        Self::new(405, 0, "405: Method Not Allowed")
    }

    pub(crate) fn unknown_application() -> Self {
        Self::new(404, 10_002, "Unknown Application")
    }

    pub(crate) fn unknown_channel() -> Self {
        Self::new(404, 10_003, "Unknown Channel")
    }

    pub(crate) fn unknown_server() -> Self {
        Self::new(404, 10_004, "Unknown Guild")
    }

    pub(crate) fn unknown_member() -> Self {
        Self::new(404, 10_007, "Unknown Member")
    }

    pub(crate) fn unknown_message() -> Self {
        Self::new(404, 10_008, "Unknown Message")
    }

    pub(crate) fn unknown_user() -> Self {
        Self::new(404, 10_013, "Unknown User")
    }

    pub(crate) fn unknown_webhook() -> Self {
        Self::new(404, 10_015, "Unknown Webhook")
    }

    pub(crate) fn unknown_interaction() -> Self {
        Self::new(404, 10_062, "Unknown interaction")
    }

    pub(crate) fn unknown_command() -> Self {
        Self::new(404, 10_063, "Unknown application command")
    }

    pub(crate) fn unknown_event() -> Self {
        Self::new(404, 10_070, "Unknown Guild Scheduled Event")
    }

    pub(crate) fn too_many_events() -> Self {
        let sentence = "Maximum number of uncompleted guild scheduled events reached (100)";
        Self::new(400, 30_038, sentence)
    }

    pub(crate) fn finished_event() -> Self {
        Self::new(400, 180_000, "Cannot update a finished event")
    }

    pub(crate) fn already_answered() -> Self {
        Self::new(400, 40_060, "Interaction has already been acknowledged.")
    }

    pub(crate) fn too_many_creations() -> Self {
        let sentence = "Max number of daily application command creates has been reached (200)";
        Self::new(400, 30_034, sentence)
    }

    pub(crate) fn missing_access() -> Self {
        Self::new(403, 50_001, "Missing Access")
    }

    pub(crate) fn not_yours() -> Self {
        Self::new(403, 50_005, "Cannot edit a message authored by another user")
    }

    pub(crate) fn empty_message() -> Self {
        Self::new(400, 50_006, "Cannot send an empty message")
    }

    pub(crate) fn refuses_direct() -> Self {
        Self::new(403, 50_007, "Cannot send messages to this user")
    }

    pub(crate) fn missing_permissions() -> Self {
        Self::new(403, 50_013, "Missing Permissions")
    }

    /// Discord's sentence is that of [`Self::refuses_direct`]; only the number differs.
    pub(crate) fn no_server_shared() -> Self {
        Self::new(403, 50_278, "Cannot send messages to this user")
    }

    pub(crate) fn no_history() -> Self {
        Self::new(403, 160_002, "Cannot reply without permission to read message history")
    }

    pub(crate) fn dead_token() -> Self {
        Self::new(401, 50_027, "Invalid Webhook Token")
    }

    pub(crate) fn file_too_large() -> Self {
        Self::new(413, 40_005, "Request entity too large")
    }

    pub(crate) fn not_json() -> Self {
        Self::new(400, 50_109, "The request body contains invalid JSON.")
    }

    pub(crate) fn not_an_id(part: &str) -> Self {
        let mut problems = Problems::default();
        let sentence = format!("Value \"{part}\" is not snowflake.");
        problems.add("id", "NUMBER_TYPE_COERCE", sentence);
        Self::invalid(&problems)
    }

    /// The body breaks rules; where and which.
    pub(crate) fn invalid(problems: &Problems) -> Self {
        let mut refusal = Self::new(400, 50_035, "Invalid Form Body");
        refusal.errors = Some(problems.to_json());
        refusal
    }

    /// The same, of a body that stands inside another.
    pub(crate) fn inside(mut self, place: &str) -> Self {
        self.errors = self.errors.map(|errors| json!({ place: errors }));
        self
    }

    pub(crate) fn too_many(retry_after: Duration, global: bool) -> Self {
        let mut refusal = Self::new(429, 0, "You are being rate limited.");
        refusal.wait = Some((retry_after, global));
        refusal
    }

    /// Discord itself is in trouble.
    pub(crate) fn broken(status: u16) -> Self {
        Self::new(status, 0, &format!("{status}: Server Error"))
    }

    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut shape = json!({ "message": self.sentence, "code": self.code });
        if let Some(errors) = &self.errors {
            shape["errors"] = errors.clone();
        }
        if let Some((wait, global)) = self.wait {
            shape["retry_after"] = json!(wait.as_secs_f64());
            shape["global"] = json!(global);
        }
        shape
    }

    pub(crate) fn headers(&self) -> Vec<(&'static str, String)> {
        let Some((wait, global)) = self.wait else { return Vec::new() };
        let seconds = wait.as_secs_f64();
        let mut headers = vec![
            ("retry-after", seconds.ceil().to_string()),
            ("x-ratelimit-remaining", "0".to_owned()),
            ("x-ratelimit-reset-after", format!("{seconds:.3}")),
            ("x-ratelimit-scope", if global { "global" } else { "user" }.to_owned()),
        ];
        if global {
            headers.push(("x-ratelimit-global", "true".to_owned()));
        }
        headers
    }
}
