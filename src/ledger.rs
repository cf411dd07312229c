//! The ledger as a whole: every entry that was ever made about a plan, in the order it was made.

pub mod chain;
pub mod fault;

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
    /// Who made it, by the name they go by; none for what was taken over from print or follows from
    /// something else, and for somebody who is forgotten.
    pub by: Option<String>,
    /// Whether somebody made it who is forgotten.
    pub forgotten: bool,
    /// What it says, by the name of each part; a part that it does not have is left out.
    pub says: BTreeMap<&'static str, String>,
}

/// The kinds of entries, in the order in which those of one moment stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A file was read as a plan, and applied or put aside.
    Import,
    /// An action was first printed, or added.
    Action,
    /// How often it comes round again was set.
    Recurrence,
    /// It reads otherwise.
    Wording,
    /// Who answers for it was set.
    Leadership,
    /// Which themes it carries was set.
    Tagging,
    /// When it is due was set.
    Target,
    /// Somebody said something, or took back what was said.
    Update,
    /// A plan noted something under a heading of its own.
    Note,
    /// Somebody asked for a new date.
    Extension,
    /// Something was agreed.
    Decision,
    /// Something is to be brought to a meeting, or is no more.
    Item,
    /// Who holds a body by name was set.
    Holding,
    /// A digest was issued.
    Digest,
    /// When a routine runs was set.
    Timing,
    /// That nothing is said around a body's meetings for a while was set, or ended.
    Pause,
    /// How an agency came to a meeting was recorded.
    Attendance,
    /// A step in the record of a meeting was made.
    Proceeding,
    /// A meeting was added, moved or cancelled.
    Meeting,
    /// A day was closed or opened again.
    Closure,
}

impl Kind {
    /// Every kind, in order.
    pub const ALL: [Self; 20] = [
        Self::Import,
        Self::Action,
        Self::Recurrence,
        Self::Wording,
        Self::Leadership,
        Self::Tagging,
        Self::Target,
        Self::Update,
        Self::Note,
        Self::Extension,
        Self::Decision,
        Self::Item,
        Self::Holding,
        Self::Digest,
        Self::Timing,
        Self::Pause,
        Self::Attendance,
        Self::Proceeding,
        Self::Meeting,
        Self::Closure,
    ];

    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Action => "action",
            Self::Recurrence => "recurrence",
            Self::Wording => "wording",
            Self::Leadership => "leadership",
            Self::Tagging => "tagging",
            Self::Target => "target",
            Self::Update => "update",
            Self::Note => "note",
            Self::Extension => "extension",
            Self::Decision => "decision",
            Self::Item => "item",
            Self::Holding => "holding",
            Self::Digest => "digest",
            Self::Timing => "timing",
            Self::Pause => "pause",
            Self::Attendance => "attendance",
            Self::Proceeding => "proceeding",
            Self::Meeting => "meeting",
            Self::Closure => "closure",
        }
    }

    /// The kind of a name.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
