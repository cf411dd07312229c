//! What people say of an action.

use std::fmt;

use serde::Deserialize;
use serde::Serialize;

/// What people say of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Nobody has begun.
    NotStarted,
    /// Going as planned.
    OnTrack,
    /// May not be done in time.
    AtRisk,
    /// Cannot go on.
    Blocked,
    /// Done, as the lead sees it.
    Complete,
    /// Paused on purpose.
    OnHold,
}

impl Status {
    /// Every status, in the order people are offered them.
    pub const ALL: [Self; 6] = [
        Self::NotStarted,
        Self::OnTrack,
        Self::AtRisk,
        Self::Blocked,
        Self::Complete,
        Self::OnHold,
    ];

    /// The words on screen and in the record.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotStarted => "not started",
            Self::OnTrack => "on track",
            Self::AtRisk => "at risk",
            Self::Blocked => "blocked",
            Self::Complete => "complete",
            Self::OnHold => "on hold",
        }
    }

    /// The status that words mean; plans also print "in progress", "completed" and the like.
    pub fn from_words(words: &str) -> Option<Self> {
        let words = words.to_lowercase().replace(['-', '_'], " ");
        match words.split_whitespace().collect::<Vec<_>>().join(" ").as_str() {
            "in progress" | "underway" | "under way" | "ongoing" | "started" => Some(Self::OnTrack),
            "completed" | "done" | "finished" => Some(Self::Complete),
            "paused" | "deferred" => Some(Self::OnHold),
            known => Self::ALL.into_iter().find(|status| status.words() == known),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}
