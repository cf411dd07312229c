//! Takes a request and a transaction and gives an answer: load, decide, save, show.
//!
//! The only place that both loads and saves. It never waits for the chat: what is to be said
//! elsewhere becomes a row of the outbox in the same transaction.

mod complete;
mod dates;
mod decisions;
mod digests;
mod imports;
mod lists;
mod plans;
mod progress;
mod questions;
mod single;

use std::time::Duration;

use anyhow::Context;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::NaiveTime;
use chrono::Utc;
use thiserror::Error;

use crate::action;
use crate::action::Action;
use crate::body::BodyId;
use crate::body::Person;
use crate::body::PersonId;
use crate::body::Speaker;
use crate::body::both;
use crate::body::either;
use crate::config::setting::Settings;
use crate::date::day_in_words;
use crate::decision;
pub use crate::desk::imports::PlanFile;
pub use crate::desk::imports::PlanRead;
pub use crate::desk::imports::Understood;
use crate::files::preview;
use crate::files::preview::answer;
use crate::files::read;
use crate::partnership::Partnership;
use crate::permission;
use crate::plan::Plan;
use crate::request::Ask;
use crate::request::Request;
use crate::request::command;
use crate::revision::ImportId;
use crate::search;
use crate::store::Tx;
use crate::view::Answer;
use crate::view::notice;

/// How the desk works, as the settings have it.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The time of day at which digests are posted.
    pub digest_time: NaiveTime,
    /// At most so many lines in a section of a digest.
    pub section_lines: usize,
    /// For how long an author may take an update back.
    pub undo_for: Duration,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// People can mend it.
    Refused(Refusal),
    /// It is ours to mend.
    Broken(anyhow::Error),
}

impl<R: Into<Refusal>> From<R> for Failure {
    fn from(refusal: R) -> Self {
        Self::Refused(refusal.into())
    }
}

/// Makes a fault of ours out of an error, saying what we were doing.
trait OrBroken<T> {
    fn or_broken(self, doing: &'static str) -> Result<T, Failure>;
}

impl<T> OrBroken<T> for anyhow::Result<T> {
    fn or_broken(self, doing: &'static str) -> Result<T, Failure> {
        self.context(doing).map_err(Failure::Broken)
    }
}

/// Why something cannot be done; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Of an action.
    #[error(transparent)]
    Action(#[from] action::Refusal),
    /// Of a decision, or of a request for one.
    #[error(transparent)]
    Decision(#[from] decision::Refusal),
    /// Not theirs to do.
    #[error(transparent)]
    Permission(#[from] permission::Refusal),
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
    /// Words name no theme.
    #[error("There is no theme called \"{words}\". {}", themes(known))]
    NoSuchTheme {
        /// What was typed.
        words: String,
        /// The names I know.
        known: Vec<String>,
    },
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
    DraftCancelled,
    /// An update that somebody else wrote.
    #[error(
        "Only the person who logged an update can undo it. CP Support can tell you who that is."
    )]
    NotYourUpdate,
    /// An update that is older than it may be.
    #[error(
        "It is too late to undo that: an update can be taken back for {minutes} minutes. \
         Log a further update that puts it right."
    )]
    TooLateToUndo {
        /// How long it could be.
        minutes: u64,
    },
    /// An update that was taken back before.
    #[error("That update was taken back already.")]
    UndoneAlready,
}

impl Desk {
    /// A desk that works as the settings have it.
    pub fn of(settings: &Settings) -> Self {
        Self {
            digest_time: settings.digest_time,
            section_lines: settings.section_lines,
            undo_for: settings.undo_for,
        }
    }

    /// Answers a request; `understood` is what [`Desk::read_ahead`] made of the file it is about.
    pub async fn answer(
        &self,
        tx: &mut Tx,
        request: &Request,
        understood: Option<Understood>,
    ) -> Result<Answer, Failure> {
        let partnership = self.partnership(tx).await?;
        let asking = Asking { desk: self, partnership: &partnership, request };
        match understood {
            Some(understood) => asking.about_a_file(tx, understood).await,
            None => asking.answer(tx, &request.ask).await,
        }
    }

    async fn partnership(&self, tx: &mut Tx) -> Result<Partnership, Failure> {
        let partnership = tx.partnership().await.or_broken("load the partnership")?;
        Ok(partnership.ok_or(Refusal::NotFounded)?)
    }
}

/// One request being answered.
#[derive(Clone, Copy)]
struct Asking<'a> {
    desk: &'a Desk,
    partnership: &'a Partnership,
    request: &'a Request,
}

impl Asking<'_> {
    async fn answer(self, tx: &mut Tx, ask: &Ask) -> Result<Answer, Failure> {
        match ask {
            Ask::Question(words) => self.question(tx, words).await,
            ask => self.plain(tx, ask).await,
        }
    }

    /// Answers a request about a file that was understood ahead.
    async fn about_a_file(self, tx: &mut Tx, understood: Understood) -> Result<Answer, Failure> {
        match &self.request.ask {
            Ask::ImportPlan(ask) => self.import_plan(tx, ask, understood).await,
            Ask::ApplyImport { import, drop } => {
                self.apply_import(tx, *import, *drop, understood).await
            }
            Ask::AnswerImport { import, answers } => {
                self.answer_import(tx, *import, answers.as_deref(), understood).await
            }
            ask => self.answer(tx, ask).await,
        }
    }

    /// Answers anything but a question in plain words.
    async fn plain(self, tx: &mut Tx, ask: &Ask) -> Result<Answer, Failure> {
        match ask {
            Ask::Update(ask) => self.update(tx, ask).await,
            Ask::Undo { update } => self.undo(tx, *update).await,
            Ask::Reschedule(ask) => self.reschedule(tx, ask).await,
            Ask::RequestDate { draft } => self.request_date(tx, *draft).await,
            Ask::DropDate { draft } => self.drop_date(tx, *draft).await,
            Ask::Decide(ask) => self.decide(tx, ask).await,
            Ask::DecideForm(ask) => self.decide_form(tx, ask).await,
            Ask::Overdue(ask) => self.attention(tx, ask).await.map(Answer::Private),
            Ask::ShareOverdue(ask) => self.shared_attention(tx, ask).await.map(Answer::Public),
            Ask::Action { action } => self.action(tx, action).await.map(Answer::Private),
            Ask::NextMeeting { body } => {
                self.next_meeting(tx, body.as_deref()).map(Answer::Private)
            }
            Ask::DigestPreview { body, as_of } => {
                self.digest_preview(tx, body, *as_of).await.map(Answer::Private)
            }
            Ask::Help { topic } => self.help_on(tx, topic.as_deref()).await.map(Answer::Private),
            Ask::CancelImport { import } => self.cancel_import(tx, *import).await,
            Ask::ExportPlan(ask) => self.export_plan(tx, ask).await.map(Answer::Private),
            Ask::Paper(ask) => self.paper(tx, ask).await.map(Answer::Private),
            Ask::Complete { names, typed } => {
                self.complete(tx, *names, typed).await.map(Answer::Choices)
            }
            // A question never understands another one, nor a file: `questions` sees to it. What is
            // about a file is answered with what was understood of it.
            Ask::Question(_)
            | Ask::ImportPlan(_)
            | Ask::ApplyImport { .. }
            | Ask::AnswerImport { .. } => Ok(Answer::Private(notice::not_understood("", &[]))),
        }
    }

    /// The person who asks, with the bodies they hold.
    async fn speaker(self, tx: &mut Tx) -> Result<Speaker, Failure> {
        let by = &self.request.by;
        let person = tx.person(by.user, &by.name).await.or_broken("save the person")?;
        Ok(Speaker { person, holds: self.holds(), administers: false })
    }

    /// The same for somebody who may not be in the record, to decide without writing.
    fn passer_by(self) -> Speaker {
        let person = Person { id: PersonId(0), name: self.request.by.name.clone() };
        Speaker { person, holds: self.holds(), administers: false }
    }

    fn holds(self) -> Vec<BodyId> {
        self.partnership.bodies.held_through(&self.request.by.roles)
    }

    fn today(self, tx: &Tx) -> NaiveDate {
        self.partnership.calendar.day(tx.now())
    }

    /// The moment to look from, and until when to read the ledger: all of it, unless the day asked
    /// for is over.
    async fn moment(self, tx: &mut Tx, as_of: Option<NaiveDate>) -> Result<Moment, Failure> {
        let today = self.today(tx);
        let Some(day) = as_of.filter(|day| *day != today) else {
            return Ok(Moment { today, at: tx.now(), until: None });
        };
        let plan = self.plan(tx).await?;
        not_before(&plan, day)?;
        let calendar = &self.partnership.calendar;
        let until = (day < today).then(|| calendar.end_of(day));
        Ok(Moment { today: day, at: calendar.begin_of(day), until })
    }

    async fn plan(self, tx: &mut Tx) -> Result<Plan, Failure> {
        tx.plan().await.or_broken("load the plan")
    }

    async fn actions(
        self,
        tx: &mut Tx,
        until: Option<DateTime<Utc>>,
    ) -> Result<Vec<Action>, Failure> {
        tx.actions(until).await.or_broken("load the actions")
    }

    /// The bodies that words name.
    fn bodies(self, words: &str) -> Result<Vec<BodyId>, Failure> {
        Ok(bodies_named(self.partnership, words)?)
    }
}

/// The bodies that words name.
fn bodies_named(partnership: &Partnership, words: &str) -> Result<Vec<BodyId>, Refusal> {
    let bodies = &partnership.bodies;
    let found = bodies.named(words);
    if found.is_empty() {
        let known = bodies.all.iter().map(|body| body.name.clone()).collect();
        return Err(Refusal::NoSuchBody { words: words.to_owned(), known });
    }
    Ok(found)
}

/// Refuses a day before a plan's record begins.
fn not_before(plan: &Plan, day: NaiveDate) -> Result<(), Refusal> {
    if day < plan.position_on {
        return Err(Refusal::BeforeRecord { begins: plan.position_on, asked: day });
    }
    Ok(())
}

/// From when and until when the record is looked at.
#[derive(Clone, Copy, Debug)]
struct Moment {
    /// The day it is seen from.
    today: NaiveDate,
    /// The instant it is seen from.
    at: DateTime<Utc>,
    /// The last instant of the ledger that counts; none for all of it.
    until: Option<DateTime<Utc>>,
}

/// The plans there are, and that a body's own can be begun, in a sentence.
fn plans_known(known: &[String]) -> String {
    format!(
        "I know {}, and the letters of any body begin a plan of its own, such as FLO.",
        both(known)
    )
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
