//! What is agreed about an action: which decisions are possible, and what each makes of it.

mod asking;
#[cfg(test)]
mod tests;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use thiserror::Error;

pub use asking::REASON_MAX;
pub use asking::ask_for_date;
pub use asking::may_ask_for_date;
pub use asking::read_date;

use crate::action::Action;
use crate::action::ActionId;
use crate::action::ExtensionId;
use crate::action::Ref;
use crate::action::Standing;
use crate::action::Status;
use crate::body::BodyId;
use crate::date::Target;
use crate::date::day_in_words;

/// The longest note on a decision, in characters.
pub const NOTE_MAX: usize = 1_000;

/// A decision's number in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecisionId(pub i64);

/// What kind of decision it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The work is complete.
    SignOff,
    /// It is not, and goes on.
    Return,
    /// It may be due later: on the date asked for, or on another.
    AgreeDate,
    /// It may not.
    RefuseDate,
    /// It is no longer promised.
    Withdraw,
}

impl Kind {
    const ALL: [Self; 5] =
        [Self::SignOff, Self::Return, Self::AgreeDate, Self::RefuseDate, Self::Withdraw];

    /// The word the record keeps.
    pub fn word(self) -> &'static str {
        match self {
            Self::SignOff => "sign-off",
            Self::Return => "return",
            Self::AgreeDate => "extension agreed",
            Self::RefuseDate => "extension refused",
            Self::Withdraw => "withdraw",
        }
    }

    /// The kind that a word of the record stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What a meeting decides about an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// That it is complete.
    SignOff,
    /// That it is not complete.
    Return,
    /// That it may be due when its lead asks.
    Agree,
    /// That it may not.
    Refuse,
    /// That it may be due at another time than its lead asks.
    Another(Target),
    /// That it is no longer promised.
    Withdraw,
}

/// What a decision makes of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agreed {
    /// It is complete.
    SignedOff,
    /// It goes on.
    Returned {
        /// The status from now on.
        status: Status,
    },
    /// It is due at another time.
    Moved {
        /// The request that this answers.
        extension: ExtensionId,
        /// When.
        target: Target,
    },
    /// It stays due when it was.
    Kept {
        /// The request that this answers.
        extension: ExtensionId,
    },
    /// It is no longer promised.
    Withdrawn,
}

impl Agreed {
    /// What kind of decision makes it so.
    pub fn kind(&self) -> Kind {
        match self {
            Self::SignedOff => Kind::SignOff,
            Self::Returned { .. } => Kind::Return,
            Self::Moved { .. } => Kind::AgreeDate,
            Self::Kept { .. } => Kind::RefuseDate,
            Self::Withdrawn => Kind::Withdraw,
        }
    }
}

/// A decision, possible and not yet recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDecision {
    /// The action.
    pub action: ActionId,
    /// What it makes of it.
    pub agreed: Agreed,
}

/// That work which was complete at its lead's word alone is not, since the word was taken back.
pub fn reopened(action: &Action, status: Status) -> NewDecision {
    NewDecision { action: action.id, agreed: Agreed::Returned { status } }
}

impl NewDecision {
    /// The action as it stands once this is recorded.
    #[must_use]
    pub fn applied_to(&self, action: &Action) -> Action {
        let mut after = action.clone();
        match &self.agreed {
            Agreed::SignedOff => after.standing = Standing::SignedOff,
            Agreed::Withdrawn => after.standing = Standing::Withdrawn,
            Agreed::Returned { status } => {
                after.standing = Standing::Open;
                after.status = *status;
            }
            Agreed::Kept { .. } => after.asked = None,
            Agreed::Moved { target, .. } => {
                after.target = target.clone();
                after.moves += 1;
                after.asked = None;
            }
        }
        after
    }
}

/// Where it is shown that something was agreed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Minute {
    /// The meeting that agreed it; none where it is not said.
    pub meeting: Option<Cited>,
    /// Where its minutes have it, as written; empty where nobody said.
    pub reference: String,
    /// What is noted beside, as written; empty where nobody said.
    pub note: String,
}

/// A meeting that a decision cites. When a decision was recorded is another matter, and only from
/// then on does it count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cited {
    /// Whose meeting.
    pub body: BodyId,
    /// The day of it.
    pub on: NaiveDate,
}

/// A decision in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its number in the record.
    pub id: DecisionId,
    /// What kind it is.
    pub kind: Kind,
    /// The request that it answers, if it answers one.
    pub extension: Option<ExtensionId>,
    /// Where it is shown.
    pub minute: Minute,
    /// When it was recorded, and since when it counts.
    pub made_at: DateTime<Utc>,
    /// Who recorded it; none for one taken over from print, and for somebody who is forgotten.
    pub by: Option<String>,
}

/// An action that is to be decided about.
#[derive(Clone, Copy, Debug)]
pub struct Matter<'a> {
    /// The action as it stands.
    pub action: &'a Action,
    /// The request that whoever decides has seen; none where they decide about whichever stands.
    pub seen: Option<ExtensionId>,
    /// The status it had before it was last said to be complete.
    pub before_completion: Status,
}

impl Ruling {
    /// What it makes of an action, or why that cannot be.
    pub fn on(&self, matter: &Matter<'_>) -> Result<NewDecision, Refusal> {
        let action = matter.action;
        let reference = || action.reference.clone();
        match action.standing {
            Standing::Open => {}
            // What was signed off in error is returned like any other.
            Standing::SignedOff if *self == Self::Return => {
                let agreed = Agreed::Returned { status: matter.before_completion };
                return Ok(NewDecision { action: action.id, agreed });
            }
            Standing::SignedOff => return Err(Refusal::SignedOff(reference())),
            Standing::Withdrawn => return Err(Refusal::Withdrawn(reference())),
        }
        let agreed = match self {
            Self::Withdraw => Agreed::Withdrawn,
            Self::SignOff | Self::Return if !action.awaits_sign_off() => {
                return Err(Refusal::NotComplete { reference: reference(), status: action.status });
            }
            Self::SignOff => Agreed::SignedOff,
            Self::Return => Agreed::Returned { status: matter.before_completion },
            Self::Agree | Self::Refuse | Self::Another(_) => self.on_date(matter)?,
        };
        Ok(NewDecision { action: action.id, agreed })
    }

    fn on_date(&self, matter: &Matter<'_>) -> Result<Agreed, Refusal> {
        let action = matter.action;
        if action.awaits_sign_off() {
            return Err(Refusal::AwaitsSignOff(action.reference.clone()));
        }
        let asked = action.date_asked();
        let asked = asked.ok_or_else(|| Refusal::NoDateAsked(action.reference.clone()))?;
        if matter.seen.is_some_and(|seen| seen != asked.id) {
            return Err(Refusal::AskedAnew(action.reference.clone()));
        }
        let extension = asked.id;
        match self {
            Self::Another(target) if target.window() == action.target.window() => {
                Err(asking::due_already(action))
            }
            Self::Another(target) => Ok(Agreed::Moved { extension, target: target.clone() }),
            Self::Refuse => Ok(Agreed::Kept { extension }),
            _ => Ok(Agreed::Moved { extension, target: asked.target.clone() }),
        }
    }
}

/// Why something cannot be decided or asked; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It is complete and signed off.
    #[error("{0} is complete and signed off, so there is nothing left to decide or to ask for.")]
    SignedOff(Ref),
    /// It was withdrawn.
    #[error("{0} was withdrawn from the plan, so there is nothing left to decide or to ask for.")]
    Withdrawn(Ref),
    /// Nobody says that it is complete.
    #[error(
        "{reference} is {status}, so it does not await sign-off. \
         Its lead first says that it is complete, with `/update`."
    )]
    NotComplete {
        /// The action.
        reference: Ref,
        /// Its status.
        status: Status,
    },
    /// It is said to be complete.
    #[error(
        "{0} is said to be complete and awaits sign-off, so its date is not in question. \
         It needs a new one only if it is returned."
    )]
    AwaitsSignOff(Ref),
    /// No request stands.
    #[error(
        "No request for a new date for {0} awaits a decision. Its lead asks first, with \
         `/reschedule`."
    )]
    NoDateAsked(Ref),
    /// The request that somebody has seen is not the one that stands.
    #[error(
        "Another date has been asked for {0} since. Look at it again, with `/action show`, before \
         you decide."
    )]
    AskedAnew(Ref),
    /// The words for a date mean no days.
    #[error(
        "{why}Write when it will be done: a day, a month or a quarter, such as 30 September 2021, \
         September 2021 or Q2 2021/22."
    )]
    NoWindow {
        /// What is not certain about the words, each a sentence; may be empty.
        why: String,
    },
    /// The words for a date leave something open where nobody can be asked back.
    #[error("{why}Please write the date so that it leaves nothing open, such as September 2021.")]
    Doubtful {
        /// What is not certain about the words, each a sentence.
        why: String,
    },
    /// It is due then already.
    #[error("{reference} is due on {} already. Ask for another date.", day_in_words(*day))]
    DueAlready {
        /// The action.
        reference: Ref,
        /// The last day of its window.
        day: NaiveDate,
    },
    /// That window stands as a request.
    #[error("That date has been asked for {0} already, and awaits a decision.")]
    AskedAlready(Ref),
    /// The date is over.
    #[error("{} is over. Ask for a date that is still to come.", day_in_words(*day))]
    Past {
        /// The last day of the window.
        day: NaiveDate,
    },
    /// A request without a reason.
    #[error("Please say why {0} needs a new date: those who decide read your words.")]
    NoReason(Ref),
    /// A reason or a note that is too long.
    #[error("That text can be {most} characters long; yours has {length}. Please shorten it.")]
    TooLong {
        /// Its length in characters.
        length: usize,
        /// How long it may be.
        most: usize,
    },
}

impl Refusal {
    /// Whether a decision of that kind explains it, so that who made it is worth knowing.
    pub fn follows_from(&self, kind: Kind) -> bool {
        match self {
            Self::SignedOff(_) => kind == Kind::SignOff,
            Self::Withdrawn(_) => kind == Kind::Withdraw,
            Self::NotComplete { .. } => kind == Kind::Return,
            Self::NoDateAsked(_) => matches!(kind, Kind::AgreeDate | Kind::RefuseDate),
            _ => false,
        }
    }
}

/// Refuses a text that is longer than a card can hold.
pub fn fits(text: &str, most: usize) -> Result<(), Refusal> {
    let length = text.chars().count();
    if length > most { Err(Refusal::TooLong { length, most }) } else { Ok(()) }
}
