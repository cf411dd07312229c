//! What is brought to a meeting, to be decided there or to be noted.

#[cfg(test)]
mod tests;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use thiserror::Error;

use crate::action::Action;
use crate::action::ActionId;
use crate::action::Ref;
use crate::action::Standing;
use crate::action::UpdateId;
use crate::body::BodyId;
use crate::date::day_in_words;
use crate::meeting::Meeting;

/// The longest words about what will be brought, in characters: an agenda has a line for them.
pub const WORDS_MAX: usize = 300;

/// An item's number in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub i64);

/// What something is brought to a meeting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// For the meeting to decide.
    Decision,
    /// For the meeting to note.
    Noting,
}

impl Purpose {
    const ALL: [Self; 2] = [Self::Decision, Self::Noting];

    /// The word the record keeps, as in `for decision`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Noting => "noting",
        }
    }

    /// The purpose that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.word() == word)
    }
}

/// Something that stands on the agenda of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its number in the record.
    pub id: ItemId,
    /// The action it is about.
    pub action: Ref,
    /// The words of the update that is brought, where it is not the action as a whole.
    pub update: Option<String>,
    /// The body whose meeting it is brought to.
    pub body: BodyId,
    /// The day of that meeting.
    pub meeting_on: NaiveDate,
    /// What for.
    pub purpose: Purpose,
    /// What will be brought, in the words of whoever promised it; empty where nobody said.
    pub words: String,
    /// Who promised it; none for somebody who is forgotten.
    pub by: Option<String>,
    /// When they did.
    pub set_at: DateTime<Utc>,
}

impl Item {
    /// Whether it is about that action, and that is still promised or was kept.
    pub fn is_about(&self, action: &Action) -> bool {
        self.action == action.reference && action.standing != Standing::Withdrawn
    }

    /// Whether it stands on the agenda of that meeting.
    pub fn is_before(&self, meeting: &Meeting) -> bool {
        self.is_brought_to(meeting.body, meeting.on)
    }

    fn is_brought_to(&self, body: BodyId, on: NaiveDate) -> bool {
        (self.body, self.meeting_on) == (body, on)
    }
}

/// Something to put on an agenda, possible and not yet recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewItem {
    /// The action it is about.
    pub action: ActionId,
    /// The update that is brought; none where it is the action as a whole.
    pub update: Option<UpdateId>,
    /// The body whose meeting it is brought to.
    pub body: BodyId,
    /// The day of that meeting.
    pub meeting_on: NaiveDate,
    /// What for.
    pub purpose: Purpose,
    /// What will be brought.
    pub words: String,
}

/// What somebody wants to bring to a meeting.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// What for.
    pub purpose: Purpose,
    /// What will be brought, as typed.
    pub words: &'a str,
    /// Whether it is the last update that is brought, rather than the action as a whole.
    pub last_update: bool,
}

/// Puts something on the agenda of a meeting, or says why that cannot be.
pub fn bring(
    action: &Action,
    meeting: &Meeting,
    offer: Offer<'_>,
    today: NaiveDate,
) -> Result<NewItem, Refusal> {
    if action.standing == Standing::Withdrawn {
        return Err(Refusal::Withdrawn(action.reference.clone()));
    }
    if meeting.on < today {
        return Err(Refusal::Over { day: meeting.on });
    }
    let words = offer.words.trim();
    let length = words.chars().count();
    if length > WORDS_MAX {
        return Err(Refusal::TooLong { length });
    }
    let update = match (&action.last_update, offer.last_update) {
        (_, false) => None,
        (Some(update), true) => Some(update.id),
        (None, true) => return Err(Refusal::NoUpdate(action.reference.clone())),
    };
    Ok(NewItem {
        action: action.id,
        update,
        body: meeting.body,
        meeting_on: meeting.on,
        purpose: offer.purpose,
        words: words.to_owned(),
    })
}

/// Why something cannot be brought to a meeting; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The speaker may not speak about the action.
    #[error("You cannot bring {reference} to a meeting, but {who} can. Please ask them.")]
    NotYours {
        /// The action.
        reference: Ref,
        /// Who can.
        who: String,
    },
    /// The action was withdrawn.
    #[error("{0} was withdrawn from the plan, so there is nothing to bring to a meeting.")]
    Withdrawn(Ref),
    /// The meeting is over.
    #[error("That meeting was on {}. Pick one that is still to come.", day_in_words(*day))]
    Over {
        /// Its day.
        day: NaiveDate,
    },
    /// Words over [`WORDS_MAX`].
    #[error(
        "An agenda has a line of {WORDS_MAX} characters for it; yours has {length}. Please shorten it."
    )]
    TooLong {
        /// Their length in characters.
        length: usize,
    },
    /// Nothing has been said that could be brought.
    #[error(
        "Nothing has been said about {0} yet. Log an update first, or bring the action itself."
    )]
    NoUpdate(Ref),
    /// Words that name no meeting to come.
    #[error(
        "I know no meeting \"{words}\" still to come. Pick one from the list that appears as you type."
    )]
    NoSuchMeeting {
        /// What was typed.
        words: String,
    },
    /// Nothing of the action is on the meeting's agenda.
    #[error("Nothing about {reference} is on that agenda, so there is nothing to take off.")]
    NotOnAgenda {
        /// The action.
        reference: Ref,
    },
}
