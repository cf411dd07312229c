//! Why something cannot be done, in the sentences that people read.

use chrono::NaiveDate;
use thiserror::Error;

use crate::action;
use crate::action::Ref;
use crate::action::lead;
use crate::agenda;
use crate::body::both;
use crate::body::either;
use crate::body::holding;
use crate::chase;
use crate::date::day_in_words;
use crate::decision;
use crate::files::preview;
use crate::files::preview::answer;
use crate::files::read;
use crate::meeting::asked;
use crate::permission;
use crate::request::command;
use crate::revision::ImportId;
use crate::revision::edit;
use crate::routine;
use crate::search;

/// Why something cannot be done; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Of an action.
    #[error(transparent)]
    Action(#[from] action::Refusal),
    /// Of an agenda.
    #[error(transparent)]
    Agenda(#[from] agenda::Refusal),
    /// Of a meeting that is added, moved or cancelled, or a closed day.
    #[error(transparent)]
    Meeting(#[from] asked::Refusal),
    /// Of a decision, or of a request for one.
    #[error(transparent)]
    Decision(#[from] decision::Refusal),
    /// Not theirs to do.
    #[error(transparent)]
    Permission(#[from] permission::Refusal),
    /// Of a nudge.
    #[error(transparent)]
    Chase(#[from] chase::Refusal),
    /// Of what is said around meetings.
    #[error(transparent)]
    Routine(#[from] routine::Refusal),
    /// A body without a channel.
    #[error("{0} has no channel in this server, so there is nowhere to post it.")]
    NoChannel(String),
    /// A digest that was posted before.
    #[error(
        "The digest for {meeting} was posted on {} already, so nothing was posted. To post it once \
         more, give `again`.",
        day_in_words(*on)
    )]
    DigestSent {
        /// The meeting.
        meeting: String,
        /// The day it was.
        on: NaiveDate,
    },
    /// A digest that was posted a moment ago.
    #[error(
        "The digest for {0} was posted just now, so nothing was posted. To post it once more, wait a \
         minute."
    )]
    DigestJustSent(String),
    /// Of who holds a body.
    #[error(transparent)]
    Holding(#[from] holding::Refusal),
    /// Of what a printed lead means.
    #[error(transparent)]
    Label(#[from] lead::Refusal),
    /// Words do not name one action.
    #[error(transparent)]
    Search(#[from] search::Refusal),
    /// What was typed asks nothing.
    #[error(transparent)]
    Command(#[from] command::Refusal),
    /// The server has no partnership.
    #[error("I am not set up for this server yet. Ask whoever runs Convener to set it up.")]
    NotFounded,
    /// Words name no body.
    #[error("I know no body called \"{words}\". I know {}.", either(known))]
    NoSuchBody {
        /// What was typed.
        words: String,
        /// The names I know.
        known: Vec<String>,
    },
    /// A body without meetings.
    #[error("{0} has no meetings in the calendar, so there is nothing to show.")]
    NoMeetings(String),
    /// A day to come, of a record that only knows what has been.
    #[error(
        "{} is still to come, so there is no record of it yet. Ask for a day that is over, or leave \
         `as_of` out.",
        day_in_words(*_0)
    )]
    NotYet(NaiveDate),
    /// Words name no digest that was issued.
    #[error("{body} was issued no digest \"{words}\". {}", issued(known))]
    NoSuchDigest {
        /// The body that would have read it.
        body: String,
        /// What was typed.
        words: String,
        /// The latest that there are, newest first.
        known: Vec<String>,
    },
    /// Words name no theme.
    #[error("There is no theme called \"{words}\". {}", themes(known))]
    NoSuchTheme {
        /// What was typed.
        words: String,
        /// The names I know.
        known: Vec<String>,
    },
    /// Words name no area of any plan.
    #[error("There is no area \"{words}\". I know {}.", either(known))]
    NoSuchPlanArea {
        /// What was typed.
        words: String,
        /// The areas I know, each with its plan's letters.
        known: Vec<String>,
    },
    /// Words name an area of several plans.
    #[error("\"{words}\" is an area of more than one plan. Write {}.", either(meant))]
    WhichArea {
        /// What was typed.
        words: String,
        /// What would name one.
        meant: Vec<String>,
    },
    /// Words name no lead, but nearly do.
    #[error("I know no lead called \"{words}\". If you mean {meant}, pick it and send it again.")]
    LeadMeant {
        /// What was typed.
        words: String,
        /// The name that is near to it.
        meant: String,
    },
    /// Of what is changed about an action.
    #[error(transparent)]
    Edit(#[from] edit::Refusal),
    /// A button of a new action that was added.
    #[error("That was added already: it is {0}.")]
    DraftAdded(Ref),
    /// A button of a new action that was put aside.
    #[error("That was cancelled already. To add it after all, use `/action add` again.")]
    DraftCancelled,
    /// No area has that number.
    #[error("The plan has no area {0}. Its areas are numbered 1 to {1}.")]
    NoSuchArea(u32, usize),
    /// A day before the record began.
    #[error(
        "The record begins on {}, so I cannot say how things stood on {}. Ask for a later day.",
        day_in_words(*begins),
        day_in_words(*asked)
    )]
    BeforeRecord {
        /// Its first day.
        begins: NaiveDate,
        /// The day asked about.
        asked: NaiveDate,
    },
    /// Writing where the chat does not say which roles the author has.
    #[error(
        "In a direct message I cannot see which roles you hold. \
         Please do this in your partnership's server."
    )]
    RolesUnseen,
    /// Logging progress without a body that answers for anything.
    #[error(
        "You cannot log progress, for you answer for no action, but {0} can. \
         Send them a link to the message."
    )]
    NothingToLog(String),
    /// Not theirs to do, though they have the role of a body that they hold no more.
    #[error(
        "{why} Your role {} no longer counts, because {body} was handed over or is vacant. If that \
         is wrong, tell CP Support.",
        role
    )]
    RoleEnded {
        /// Why they may not.
        why: permission::Refusal,
        /// The role.
        role: String,
        /// The body.
        body: String,
    },
    /// One body is wanted, and words name several.
    #[error("\"{words}\" is {}. Give one of them.", both(names))]
    SeveralBodies {
        /// What was typed.
        words: String,
        /// The bodies they name.
        names: Vec<String>,
    },
    /// Changing the plan without looking after it.
    #[error("You cannot change the plan, but {0} can. Send them the file, and they can import it.")]
    NotTheirPlan(String),
    /// A plan that is none.
    #[error("There is no plan with the letters \"{words}\". {}", plans_known(known))]
    NoSuchPlan {
        /// What was typed.
        words: String,
        /// The letters there are.
        known: Vec<String>,
    },
    /// A plan that has not been begun, and that nothing but an import begins.
    #[error("There is no plan with the letters \"{words}\". I know {}.", both(known))]
    NotPlanned {
        /// What was typed.
        words: String,
        /// The letters there are.
        known: Vec<String>,
    },
    /// A file that cannot be read.
    #[error(transparent)]
    File(#[from] read::refusal::Refusal),
    /// A file that is no plan.
    #[error(transparent)]
    Preview(#[from] preview::Refusal),
    /// Answers that cannot be read.
    #[error(transparent)]
    Answers(#[from] answer::Refusal),
    /// A plan that has no action yet.
    #[error("The plan {0} has no actions yet, so there is nothing to show.")]
    NoActions(String),
    /// A button of an import that was applied.
    #[error(
        "That import (number {}) was applied already. To change the plan again, import a file again.",
        _0.0
    )]
    AppliedAlready(ImportId),
    /// A button of an import that was cancelled.
    #[error(
        "That import (number {}) was cancelled. To change the plan again, import a file again.",
        _0.0
    )]
    CancelledAlready(ImportId),
    /// Somebody answered the doubts about a file while it was about to be applied.
    #[error(
        "Somebody has just answered the doubts about {0}. Look at the preview that has their answers \
         before you apply the file."
    )]
    AnsweredMeanwhile(String),
    /// A button of an import that never was.
    #[error("I do not know that import. Please import the file again.")]
    NoSuchImport,
    /// Words that cite no meeting that decides, or several.
    #[error(
        "\"{words}\" is not one meeting of a body that decides. {}Pick it from the list that \
         appears as you type, or write it as in these.",
        met(known)
    )]
    NoSuchMeeting {
        /// What was typed.
        words: String,
        /// The latest meetings.
        known: Vec<String>,
    },
    /// Words that name no meeting that has begun, or several.
    #[error(
        "\"{words}\" is not one meeting that has begun. {}Pick it from the list that appears as you \
         type.",
        met(known)
    )]
    NotHeld {
        /// What was typed.
        words: String,
        /// The latest meetings.
        known: Vec<String>,
    },
    /// Every meeting that has begun is recorded.
    #[error(
        "Every meeting that has begun is recorded. {}To look at one or to change it, give it as the \
         `meeting`.",
        met(known)
    )]
    AllRecorded {
        /// The latest meetings.
        known: Vec<String>,
    },
    /// A body of which no meeting has begun.
    #[error("{0} has not met in the last two years, so there is no attendance to show.")]
    NoneHeld(String),
    /// A button about a meeting that is no longer in the calendar.
    #[error("That meeting is no longer in the calendar, so nothing can be recorded of it.")]
    NoSuchHeld,
    /// An agreement without words.
    #[error("Please write what was agreed, or press Noted instead.")]
    NothingAgreed,
    /// A decision that has to cite a meeting, and does not.
    #[error(
        "Please say which meeting agreed it, as the `meeting`. {}What is recorded without one \
         needs the chair.",
        met(known)
    )]
    NoMeetingCited {
        /// The latest meetings.
        known: Vec<String>,
    },
    /// A request for a new date that somebody else wrote.
    #[error("Only the person who wrote that request can send it. Use `/reschedule` for your own.")]
    NotYourDraft,
    /// A request for a new date that its author cancelled.
    #[error(
        "You cancelled that request. Use `/reschedule` again if you need a new date after all."
    )]
    DateDraftCancelled,
    /// An update that somebody else wrote.
    #[error(
        "Only the person who logged an update can undo it. CP Support can take it back for a \
         reason, with `/action reverse`."
    )]
    NotYourUpdate,
    /// An update that is older than it may be.
    #[error(
        "It is too late to undo that: an update can be taken back for {minutes} minutes. \
         Log a further update that puts it right, or ask CP Support to take it back."
    )]
    TooLateToUndo {
        /// How long it could be.
        minutes: u64,
    },
    /// An update that was taken back before.
    #[error("That update was taken back already, by {by} {when}.")]
    TakenBackAlready {
        /// By whom, as the asker would say it.
        by: String,
        /// When: the day and the time.
        when: String,
    },
    /// The last update of an action, which was taken back before.
    #[error(
        "The last update was taken back already, by {by} {when}. To take back an earlier one, pick \
         it in `update`."
    )]
    LastTakenBackAlready {
        /// By whom, as the asker would say it.
        by: String,
        /// When: the day and the time.
        when: String,
    },
    /// No update of an action can be taken back.
    #[error(
        "Nobody has logged an update on {0} that could be taken back. What the printed plan says is \
         put right by importing the plan again, or by a further update."
    )]
    NothingToTakeBack(Ref),
    /// Words that name no update of an action, or several.
    #[error(
        "I cannot tell which update of {reference} you mean by \"{words}\". Pick one from the list \
         that appears as you type, or leave `update` out for the last one."
    )]
    NoSuchUpdate {
        /// What was typed.
        words: String,
        /// The action.
        reference: Ref,
    },
}

/// The plans there are, and that a body's own can be begun, in a sentence.
fn plans_known(known: &[String]) -> String {
    format!("I know {}, and the letters of any body begin a plan of its own.", both(known))
}

/// The digests there are, in a sentence.
fn issued(known: &[String]) -> String {
    match known {
        [] => "None has been issued to it yet; each is kept when its papers deadline comes.".into(),
        [only] => format!("The only one so far: {only}."),
        several => format!("The latest are {}. Pick one from the list.", both(several)),
    }
}

/// The themes there are, in a sentence.
fn themes(known: &[String]) -> String {
    match known {
        [] => "This plan has no themes.".into(),
        [only] => format!("The only theme is {only}."),
        several => format!("The themes are {}.", both(several)),
    }
}

/// The meetings that were held last, in a sentence with a space after it.
fn met(known: &[String]) -> String {
    match known {
        [] => String::new(),
        known => format!("The last were {}. ", known.join("; ")),
    }
}
