//! One promised piece of work: its ref, status, updates and lateness, and which moves are allowed.

pub mod draft;
mod every;
mod evidence;
mod extension;
pub mod lead;
mod reference;
mod status;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use thiserror::Error;

pub use every::Every;
pub use evidence::ADDRESS_MAX;
pub use evidence::Evidence;
pub use evidence::NotAnAddress;
pub use extension::DateDraft;
pub use extension::DateDraftId;
pub use extension::DateDraftState;
pub use extension::Extension;
pub use extension::ExtensionId;
pub use extension::NewExtension;
pub use reference::NotARef;
pub use reference::Ref;
pub use status::Status;

use crate::body::BodyId;
use crate::body::PersonId;
use crate::body::Voice;
use crate::date::Target;
use crate::date::day_in_words;

/// The longest text of an update, in characters: what one input of a Discord form can hold.
pub const TEXT_MAX: usize = 4000;

/// The longest ask of an update, in characters: a sentence or two that a meeting can answer.
pub const ASK_MAX: usize = 500;

/// The longest reason for taking an update back, in characters.
pub const REASON_MAX: usize = 500;

/// An action's number in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionId(pub i64);

/// An update's number in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UpdateId(pub i64);

/// Who answers for an action: as the plan prints it, and the bodies it is understood to mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// The plan's own words.
    pub printed: String,
    /// The bodies meant; several where the words mean a group of groups, none when not understood.
    pub bodies: Vec<BodyId>,
}

/// Leads as printed, joined for a line of a list; empty where there are none.
pub fn printed_together(leads: &[Lead]) -> String {
    leads.iter().map(|lead| lead.printed.as_str()).collect::<Vec<_>>().join(" / ")
}

/// What somebody said about an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// Its number in the record.
    pub id: UpdateId,
    /// When it was said.
    pub said_at: DateTime<Utc>,
    /// The day it tells of, where another than the day it was said.
    pub happened_on: Option<NaiveDate>,
    /// Who said it; none for words taken over from the printed plan.
    pub author: Option<String>,
    /// The body the author spoke for.
    pub body: Option<BodyId>,
    /// The lead on whose behalf they spoke.
    pub on_behalf_of: Option<String>,
    /// The words, exactly.
    pub text: String,
    /// The status from then on.
    pub status: Status,
    /// What it asks of the group that answers for the plan.
    pub ask: Option<String>,
    /// What shows that it is so.
    pub evidence: Option<Evidence>,
    /// Whether it is worth telling as a case study.
    pub case_study: bool,
}

/// That an update counts no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// Since when.
    pub at: DateTime<Utc>,
    /// Who took it back, by the name they go by; none for somebody who is forgotten.
    pub by: Option<String>,
    /// Their number in the record.
    pub person: Option<PersonId>,
    /// Why somebody else than its author did; none where the author did.
    pub reversal: Option<Reversal>,
}

/// Why somebody else than its author takes an update back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reversal {
    /// The body they do it for.
    pub body: BodyId,
    /// Why, exactly.
    pub reason: String,
}

/// An action as a plan prints it, read and not yet recorded. What the plan has no column for is
/// none: it says nothing about that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// How it is called.
    pub reference: Ref,
    /// What is promised, as printed.
    pub title: String,
    /// Cross-cutting tags.
    pub themes: Option<Vec<String>>,
    /// Who answers for it, first the accountable; empty where the plan prints none.
    pub leads: Option<Vec<Lead>>,
    /// When it is due.
    pub target: Option<Target>,
    /// How the plan says it is going, in a word.
    pub status: Option<Status>,
    /// The update as printed.
    pub update: Option<String>,
    /// What the plan says of it under headings of its own.
    pub notes: Vec<Note>,
}

impl Printed {
    /// An action of which only its title is printed.
    pub fn titled(reference: Ref, title: &str) -> Self {
        Self {
            reference,
            title: title.to_owned(),
            themes: None,
            leads: None,
            target: None,
            status: None,
            update: None,
            notes: Vec::new(),
        }
    }
}

/// What a plan says of an action under a heading that only it has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The heading.
    pub heading: String,
    /// The words.
    pub text: String,
}

/// Where an action stands with the people who answer for the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Work that is promised.
    Open,
    /// The body that answers for the plan has agreed that it is complete.
    SignedOff,
    /// No longer promised.
    Withdrawn,
}

/// One promised piece of work, as it stood at some moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Its number in the record.
    pub id: ActionId,
    /// How it is called.
    pub reference: Ref,
    /// What is promised, in a line.
    pub title: String,
    /// Cross-cutting tags.
    pub themes: Vec<String>,
    /// Who answers for it; the first is accountable. Empty where the plan prints none.
    pub leads: Vec<Lead>,
    /// When it is due now.
    pub target: Target,
    /// When it was first due.
    pub first_target: Target,
    /// How often the target has moved.
    pub moves: u32,
    /// What was last said of it.
    pub status: Status,
    /// Whether it is still promised work.
    pub standing: Standing,
    /// The last thing said about it.
    pub last_update: Option<Update>,
    /// How often it comes round again, if it does.
    pub every: Option<Every>,
    /// The request for a new date that nobody has decided yet; [`Action::date_asked`] says whether
    /// it matters.
    pub asked: Option<Extension>,
}

/// What the calendar says of an action on a day. Computed, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lateness {
    /// Past the last day of its window by so many days.
    Overdue {
        /// Days since the last day of the window, from 1.
        days: i64,
    },
    /// The last day of its window is today or comes before the meeting asked about, or on its day.
    DueBeforeMeeting,
    /// Its window has begun.
    WindowOpen,
    /// Its window is still to come.
    Later,
    /// It has no day to be late for.
    NoDate,
    /// The calendar does not apply: complete, on hold or withdrawn.
    NotCounted,
}

/// A new update, decided and not yet recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUpdate {
    /// The action it is about.
    pub action: ActionId,
    /// For whom the author speaks.
    pub voice: Voice,
    /// The words.
    pub text: String,
    /// The status before.
    pub before: Status,
    /// The status after.
    pub after: Status,
    /// The day it tells of.
    pub happened_on: Option<NaiveDate>,
    /// What it asks of the group that answers for the plan.
    pub ask: Option<String>,
    /// What shows that it is so.
    pub evidence: Option<Evidence>,
    /// Whether it is worth telling as a case study.
    pub case_study: bool,
}

/// What an author says in an update.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub text: String,
    /// The status, where they name one.
    pub status: Option<Status>,
    /// The day it happened, where they name one.
    pub happened_on: Option<NaiveDate>,
    /// What they ask of the group, if anything.
    pub ask: Option<String>,
    /// What shows that it is so, where they give something.
    pub evidence: Option<Evidence>,
    /// Whether they offer it as a case study.
    pub case_study: bool,
}

impl Action {
    /// What the calendar says on a day, seen from there to the day of the next meeting.
    ///
    /// This is the one definition of lateness: due is the last day of the window, overdue is from
    /// the day after, and only while the work is promised, under way and not paused.
    pub fn lateness(&self, today: NaiveDate, meeting_on: Option<NaiveDate>) -> Lateness {
        let paused = matches!(self.status, Status::Complete | Status::OnHold);
        if paused || self.standing != Standing::Open {
            return Lateness::NotCounted;
        }
        let Some(window) = self.target.window() else {
            return Lateness::NoDate;
        };
        if today > window.to {
            return Lateness::Overdue { days: (today - window.to).num_days() };
        }
        if window.to == today || meeting_on.is_some_and(|meeting_on| window.to <= meeting_on) {
            return Lateness::DueBeforeMeeting;
        }
        if today >= window.from { Lateness::WindowOpen } else { Lateness::Later }
    }

    /// By how many days it is overdue, if it is.
    pub fn days_overdue(&self, today: NaiveDate) -> Option<i64> {
        match self.lateness(today, None) {
            Lateness::Overdue { days } => Some(days),
            _ => None,
        }
    }

    /// Complete as its lead sees it, and not yet agreed by the body that answers for the plan.
    pub fn awaits_sign_off(&self) -> bool {
        self.status == Status::Complete && self.standing == Standing::Open
    }

    /// The new date that is asked for and needs a decision. Work that is said to be complete needs
    /// none, until it is returned; nor does work that has come to be due then in another way.
    pub fn date_asked(&self) -> Option<&Extension> {
        let matters = self.standing == Standing::Open && self.status != Status::Complete;
        let asked = self.asked.as_ref().filter(|_| matters);
        asked.filter(|asked| asked.target.window() != self.target.window())
    }

    /// Whether somebody has to decide about it: that it is complete, or that it may be due later.
    pub fn awaits_decision(&self) -> bool {
        self.awaits_sign_off() || self.date_asked().is_some()
    }

    /// When its next turn is due, if it comes round so often: as much later as its first target, for
    /// what slipped once is not due later for ever; or its last, where the first had no days.
    pub fn next_turn_due(&self, every: Every) -> Target {
        let first = Some(&self.first_target).filter(|first| first.window().is_some());
        every.after(first.unwrap_or(&self.target))
    }

    /// Whether a body is among those that answer for it.
    pub fn is_led_by(&self, body: BodyId) -> bool {
        self.leads.iter().any(|lead| lead.bodies.contains(&body))
    }

    /// Its leads as printed, joined for a line of a list; empty where the plan prints none.
    pub fn leads_printed(&self) -> String {
        printed_together(&self.leads)
    }

    /// Says something about it, or why that cannot be.
    pub fn update(
        &self,
        voice: Voice,
        said: &Said,
        today: NaiveDate,
    ) -> Result<NewUpdate, Refusal> {
        match self.standing {
            Standing::Open => {}
            Standing::SignedOff => return Err(Refusal::Finished(self.reference.clone())),
            Standing::Withdrawn => return Err(Refusal::Withdrawn(self.reference.clone())),
        }
        let text = said.text.trim().to_owned();
        if !says_something(&text) {
            return Err(Refusal::NothingSaid);
        }
        let length = text.chars().count();
        if length > TEXT_MAX {
            return Err(Refusal::TooLong { length });
        }
        let ask = said.ask.as_deref().map(str::trim).filter(|ask| says_something(ask));
        let length = ask.map_or(0, |ask| ask.chars().count());
        if length > ASK_MAX {
            return Err(Refusal::AsksTooMuch { length });
        }
        if let Some(day) = said.happened_on.filter(|day| *day > today) {
            return Err(Refusal::NotYetHappened { day });
        }
        Ok(NewUpdate {
            action: self.id,
            voice,
            text,
            before: self.status,
            after: said.status.unwrap_or(self.status),
            happened_on: said.happened_on.filter(|day| *day != today),
            ask: ask.map(str::to_owned),
            evidence: said.evidence.clone(),
            case_study: said.case_study,
        })
    }

    /// Whether one of its updates may be taken back, whoever asks: not once it is signed off on the
    /// strength of what was said, nor once it is withdrawn.
    pub fn may_be_corrected(&self) -> Result<(), Refusal> {
        match self.standing {
            Standing::Open => Ok(()),
            Standing::SignedOff => Err(Refusal::SignedOffOnIt(self.reference.clone())),
            Standing::Withdrawn => Err(Refusal::WithdrawnSince(self.reference.clone())),
        }
    }
}

/// The reason for which an update is taken back by somebody else than its author, as it is kept.
pub fn reason_for_taking_back(words: &str) -> Result<String, Refusal> {
    let reason = words.trim();
    if !says_something(reason) {
        return Err(Refusal::NoReason);
    }
    let length = reason.chars().count();
    if length > REASON_MAX {
        return Err(Refusal::ReasonTooLong { length });
    }
    Ok(reason.to_owned())
}

/// Whether there is anything to see in some words.
pub fn says_something(words: &str) -> bool {
    words.chars().any(is_visible)
}

/// Whether a character leaves a mark.
fn is_visible(letter: char) -> bool {
    let unseen = letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}')
        || matches!(letter, '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(letter, '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}')
        || matches!(letter, '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}');
    !unseen
}

/// Why something cannot be done to an action; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It is complete and signed off.
    #[error(
        "{0} is complete and signed off, so its record is closed. \
         If there is more to say, ask CP Support."
    )]
    Finished(Ref),
    /// It was withdrawn.
    #[error("{0} was withdrawn from the plan, so nothing more can be logged on it.")]
    Withdrawn(Ref),
    /// An update without words.
    #[error("There was nothing in the update. Write a line or two and send it again.")]
    NothingSaid,
    /// An update over [`TEXT_MAX`].
    #[error("An update can be {TEXT_MAX} characters long; yours has {length}. Please shorten it.")]
    TooLong {
        /// Its length in characters.
        length: usize,
    },
    /// An ask over [`ASK_MAX`].
    #[error(
        "What you ask of the group can be {ASK_MAX} characters long; yours has {length}. Please \
         shorten it, and put the rest into the update itself."
    )]
    AsksTooMuch {
        /// Its length in characters.
        length: usize,
    },
    /// An update of an action that was signed off since.
    #[error(
        "{0} is complete and signed off, so what was said before cannot be taken back. If it was \
         signed off in error, the group has to return it first; CP Support records that."
    )]
    SignedOffOnIt(Ref),
    /// An update of an action that was withdrawn since.
    #[error("{0} was withdrawn from the plan, so what was said about it stays as it is.")]
    WithdrawnSince(Ref),
    /// An update is taken back for no reason.
    #[error("Say why the update is taken back: the record shows the reason beside it.")]
    NoReason,
    /// A reason over [`REASON_MAX`].
    #[error("A reason can be {REASON_MAX} characters long; yours has {length}. Please shorten it.")]
    ReasonTooLong {
        /// Its length in characters.
        length: usize,
    },
    /// It tells of a day to come.
    #[error(
        "{} is still to come. Give the day it happened, or leave `happened` out for today.",
        day_in_words(*day)
    )]
    NotYetHappened {
        /// The day given.
        day: NaiveDate,
    },
}
