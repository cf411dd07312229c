//! The ledger as a whole: every entry that was ever made about a plan, in the order it was made.

use std::collections::BTreeMap;

use chrono::DateTime;
use chrono::Utc;

use crate::action::Ref;

/// One entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What kind it is.
    pub kind: Kind,
    /// Its number among those of its kind.
    pub number: i64,
    /// The action it is about; none for one that is about the plan.
    pub reference: Option<Ref>,
    /// Since when it counts.
    pub at: DateTime<Utc>,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
    /// Who made it, by the name they go by; none for what was taken over from print, and for
    /// somebody who is forgotten.
    pub by: Option<String>,
    /// What it says, by the name of each part; a part that it does not have is left out.
    pub says: BTreeMap<&'static str, String>,
}

/// The kinds of entries, in the order in which those of one moment stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A file was read as a plan, and applied or put aside.
    Import,
    /// An action was first printed.
    Action,
    /// It reads otherwise.
    Wording,
    /// Who answers for it was set.
    Leadership,
    /// Which themes it carries was set.
    Tagging,
    /// When it is due was set.
    Target,
    /// Somebody said something, or took back what they had said.
    Update,
    /// A plan noted something under a heading of its own.
    Note,
    /// Something was agreed.
    Decision,
    /// A digest was issued.
    Digest,
}

impl Kind {
    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Action => "action",
            Self::Wording => "wording",
            Self::Leadership => "leadership",
            Self::Tagging => "tagging",
            Self::Target => "target",
            Self::Update => "update",
            Self::Note => "note",
            Self::Decision => "decision",
            Self::Digest => "digest",
        }
    }
}
