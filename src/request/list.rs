//! Lists of actions as asked for, a page at a time, and what of an answer everybody may see.

use chrono::NaiveDate;

use crate::action::Action;
use crate::action::Standing;
use crate::action::Status;
use crate::attention::Attention;
use crate::request::AttentionAsk;

/// Which of a plan's actions to list, as asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListAsk {
    /// Only those that this body answers for, alone or with others, as typed.
    pub body: Option<String>,
    /// Only those with this lead, as typed.
    pub lead: Option<String>,
    /// Only those of this area, by its number.
    pub area: Option<u32>,
    /// Only those with this theme, as typed.
    pub theme: Option<String>,
    /// Only those of which this was last said.
    pub status: Option<Status>,
    /// Only those that stand so; all that are not withdrawn, if none is given.
    pub stands: Option<Stands>,
    /// Only those whose line holds these words.
    pub text: Option<String>,
    /// The day to look from; today, if none is given.
    pub as_of: Option<NaiveDate>,
    /// How many pages come before the one asked for.
    pub page: u32,
}

/// How an action stands, as people ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// Still to be done.
    Open,
    /// Complete as its lead sees it, and not yet agreed.
    Awaiting,
    /// Complete and signed off.
    Complete,
    /// No longer promised.
    Withdrawn,
}

impl Stands {
    /// Each with the word that stands for it in options and buttons, and what people read.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Open, "open", "open"),
        (Self::Awaiting, "awaiting", "awaiting sign-off"),
        (Self::Complete, "complete", "complete and signed off"),
        (Self::Withdrawn, "withdrawn", "withdrawn"),
    ];

    /// The word that stands for it in options and buttons.
    pub fn word(self) -> &'static str {
        self.entry().1
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        self.entry().2
    }

    /// How an action stands, by a word or the words for it.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known, words)| *known == word || *words == word)
            .map(|(stands, ..)| *stands)
    }

    /// How an action stands.
    pub fn of(action: &Action) -> Self {
        match action.standing {
            Standing::Open if action.awaits_sign_off() => Self::Awaiting,
            Standing::Open => Self::Open,
            Standing::SignedOff => Self::Complete,
            Standing::Withdrawn => Self::Withdrawn,
        }
    }

    fn entry(self) -> &'static (Self, &'static str, &'static str) {
        Self::ALL.iter().find(|(stands, ..)| *stands == self).unwrap_or(&Self::ALL[0])
    }
}

/// What somebody answers for, as asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MineAsk {
    /// The bodies that answer, as typed; those that whoever asks holds, if none are given.
    pub of: Vec<String>,
    /// What makes an action need attention; all that is promised, if none is given.
    pub view: Option<Attention>,
    /// How many pages come before the one asked for.
    pub page: u32,
}

/// A private answer that somebody shows to everybody in the channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Share {
    /// What is late, or needs somebody's attention otherwise.
    Overdue(AttentionAsk),
    /// One action, as typed or picked.
    Action(String),
    /// The actions of a plan.
    List(ListAsk),
    /// What bodies answer for.
    Mine(MineAsk),
}
