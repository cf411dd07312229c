//! Takes a request and a transaction and gives an answer: load, decide, save, show.
//!
//! The only place that both loads and saves. It never waits for the chat: what is to be said
//! elsewhere becomes a row of the outbox in the same transaction.

mod actions;
mod agendas;
mod chases;
mod clock;
mod complete;
mod corrections;
mod dates;
mod decisions;
mod digests;
mod events;
mod hanging;
mod history;
mod imports;
mod lists;
mod meetings;
mod messages;
mod outlook;
mod pages;
mod people;
mod plans;
mod progress;
mod questions;
mod records;
mod refusal;
mod reminders;
mod reports;
mod routines;
mod shares;
mod single;
mod undelivered;
mod upkeep;

use std::time::Duration;

use anyhow::Context;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::NaiveTime;
use chrono::Utc;

use crate::action::Action;
use crate::body::Bodies;
use crate::body::BodyId;
use crate::body::Person;
use crate::body::PersonId;
use crate::body::Speaker;
use crate::config::setting::Settings;
pub use crate::desk::imports::PlanFile;
pub use crate::desk::imports::PlanRead;
pub use crate::desk::imports::Understood;
pub use crate::desk::refusal::Refusal;
pub use crate::desk::reports::Looked;
pub use crate::desk::routines::Due;
use crate::meeting::Calendar;
use crate::partnership::Partnership;
use crate::permission;
use crate::plan::Plan;
use crate::request::Ask;
use crate::request::Request;
use crate::store::Tx;
use crate::view::Answer;
use crate::view::notice;
use crate::view::part;

/// How the desk works, as the settings have it.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The time of day at which digests are posted.
    pub digest_time: NaiveTime,
    /// At most so many lines in a section of a digest.
    pub section_lines: usize,
    /// For how long an author may take an update back.
    pub undo_for: Duration,
    /// Whether meetings are put into the server's calendar.
    pub scheduled_events: bool,
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

/// How many choices are worth reading: what Discord shows at most.
const CHOICES_MAX: usize = 25;

impl Desk {
    /// A desk that works as the settings have it.
    pub fn of(settings: &Settings) -> Self {
        Self {
            digest_time: settings.digest_time,
            section_lines: settings.section_lines,
            undo_for: settings.undo_for,
            scheduled_events: settings.scheduled_events,
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
            Ask::ApplyImport { import, dropped } => {
                self.apply_import(tx, *import, *dropped, understood).await
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
            Ask::LogMessage(quoted) => self.log_message(tx, quoted).await,
            Ask::Undo { update } => self.undo(tx, *update).await,
            Ask::Reverse(ask) => self.reverse(tx, ask).await,
            Ask::Reschedule(ask) => self.reschedule(tx, ask).await,
            Ask::RequestDate { draft } => self.request_date(tx, *draft).await,
            Ask::DropDate { draft } => self.drop_date(tx, *draft).await,
            Ask::Decide(ask) => self.decide(tx, ask).await,
            Ask::DecideForm(ask) => self.decide_form(tx, ask).await,
            Ask::Overdue(ask) => self.attention(tx, ask).await.map(Answer::Private),
            Ask::Mine(ask) => self.mine(tx, ask).await.map(Answer::Private),
            Ask::List(ask) => self.list(tx, ask).await.map(Answer::Private),
            Ask::Share(share) => self.share(tx, share).await,
            Ask::AddAction(ask) => self.add_action(tx, ask).await,
            Ask::AddDraft { draft } => self.add_draft(tx, *draft).await,
            Ask::CancelDraft { draft } => self.cancel_draft(tx, *draft).await,
            Ask::EditAction(ask) => self.edit_action(tx, ask).await,
            Ask::Action { action } => self.action(tx, action).await.map(Answer::Private),
            Ask::ActionThen { action, as_of } => {
                self.action_then(tx, action, *as_of).await.map(Answer::Private)
            }
            Ask::History(ask) => self.history(tx, ask).await.map(Answer::Private),
            Ask::IssuedDigest { body, issued } => {
                self.issued_digest(tx, body, issued).await.map(part::answer)
            }
            Ask::NextMeeting { body } => {
                self.next_meeting(tx, body.as_deref()).map(Answer::Private)
            }
            Ask::Meeting(ask) => self.meeting(tx, ask).await,
            Ask::Bring(ask) => self.bring(tx, ask).await,
            Ask::Agenda(ask) => self.agenda(tx, ask).await.map(Answer::Private),
            Ask::RecordMeeting { meeting } => self.record_meeting(tx, meeting.as_deref()).await,
            Ask::Record(ask) => self.record(tx, ask).await,
            Ask::Attendance(ask) => self.attendance(tx, ask).await.map(Answer::Private),
            Ask::Repeat { action, every } => self.repeat(tx, action, *every).await,
            Ask::DigestPreview { body, as_of } => {
                self.digest_preview(tx, body, *as_of).await.map(part::answer)
            }
            Ask::Help { topic } => self.help_on(tx, topic.as_deref()).await.map(Answer::Private),
            Ask::CancelImport { import } => self.cancel_import(tx, *import).await,
            Ask::ExportPlan(ask) => self.export_plan(tx, ask).await.map(Answer::Private),
            Ask::Paper(ask) => self.paper(tx, ask).await.map(Answer::Private),
            Ask::Lead(ask) => self.lead(tx, ask).await,
            Ask::Clock(ask) => self.clock(tx, ask).await,
            Ask::Complete { names, typed } => {
                self.complete(tx, *names, typed).await.map(Answer::Choices)
            }
            Ask::CompleteUpdate { action, typed } => {
                self.updates_like(tx, action, typed).await.map(Answer::Choices)
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
        Ok(Speaker { person, holds: self.holds(), administers: by.administers })
    }

    /// The same for somebody who may not be in the record, to decide without writing.
    fn passer_by(self) -> Speaker {
        let by = &self.request.by;
        let person = Person { id: PersonId(0), name: by.name.clone() };
        Speaker { person, holds: self.holds(), administers: by.administers }
    }

    /// The bodies that whoever asks holds or deputises for. In a direct message the chat shows no
    /// roles, and only what they hold by name is known.
    fn holds(self) -> Vec<BodyId> {
        let by = &self.request.by;
        self.partnership.bodies.held_by(by.user, &by.roles)
    }

    /// What was decided about whoever asks. They are not told that something is not theirs where that
    /// may only not be seen.
    fn permitted<T>(self, decided: Result<T, permission::Refusal>) -> Result<T, Refusal> {
        decided.map_err(|why| {
            if !self.request.by.roles_seen {
                return Refusal::RolesUnseen;
            }
            let by = &self.request.by;
            match self.partnership.bodies.ended_for(by.user, &by.roles).first() {
                Some(body) => {
                    let (role, body) = (body.role_name.clone(), body.name.clone());
                    Refusal::RoleEnded { why, role, body }
                }
                None => why.into(),
            }
        })
    }

    /// The bodies as they were held at a moment.
    fn bodies_at(self, moment: &Moment) -> Bodies {
        let bodies = &self.partnership.bodies;
        moment.until.map_or_else(|| bodies.clone(), |until| bodies.as_of(until))
    }

    /// The calendar as it was known at a moment.
    fn calendar_at(self, moment: &Moment) -> Calendar {
        let calendar = &self.partnership.calendar;
        moment.until.map_or_else(|| calendar.clone(), |until| calendar.as_of(until))
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
