//! Recording a meeting: taking somebody through what it had before it, one question after another.
//!
//! Everything stands in the record after each step, so that it can be left and taken up again, by
//! somebody else, too.

mod answering;
mod attending;
mod finishing;

use std::collections::BTreeSet;

use super::Asking;
use super::Failure;
use super::OrBroken;
use super::Refusal;
use super::digests::plan_read_by;
use crate::action::Action;
use crate::action::ExtensionId;
use crate::agenda::Item;
use crate::agenda::ItemId;
use crate::attendance::Attendance;
use crate::attendance::Held;
use crate::attention::Attention;
use crate::attention::Vantage;
use crate::attention::list;
use crate::body::BodyId;
use crate::date::day_in_full;
use crate::decision::Cited;
use crate::meeting::Meeting;
use crate::permission;
use crate::permission::Capability;
use crate::proceedings::CitedDecision;
use crate::proceedings::Docket;
use crate::proceedings::Facts;
use crate::proceedings::Proceeding;
use crate::proceedings::minutes;
use crate::request::record::RecordAsk;
use crate::store::Tx;
use crate::view;
use crate::view::Answer;
use crate::view::proceedings::Sheet;

/// Everything of the record that is about one meeting.
struct Gathered {
    actions: Vec<Action>,
    /// The actions as they stood at the end of the day of the meeting.
    then: Vec<Action>,
    /// The letters of the plan that it is about.
    plan: String,
    items: Vec<Item>,
    decisions: Vec<CitedDecision>,
    steps: Vec<Proceeding>,
    attendances: Vec<Attendance>,
}

impl Asking<'_> {
    /// Takes somebody through the record of a meeting, from wherever that stands.
    pub(super) async fn record_meeting(
        self,
        tx: &mut Tx,
        words: Option<&str>,
    ) -> Result<Answer, Failure> {
        self.may_record()?;
        let meeting = match words {
            Some(words) => self.begun(tx, words)?,
            None => self.to_be_recorded(tx).await?,
        };
        self.go_on(tx, &meeting, None).await
    }

    /// One step of a record.
    pub(super) async fn record(self, tx: &mut Tx, ask: &RecordAsk) -> Result<Answer, Failure> {
        self.may_record()?;
        match ask {
            RecordAsk::Attend { meeting, written } => {
                let meeting = self.begun(tx, meeting)?;
                self.attend(tx, &meeting, written.as_ref()).await
            }
            RecordAsk::AttendAgain { draft } => self.attend_again(tx, *draft).await,
            RecordAsk::Mean { draft, agency, words } => {
                self.mean(tx, *draft, (words, BodyId(*agency))).await
            }
            RecordAsk::Settle { draft, agency, presence } => {
                self.settle(tx, *draft, (BodyId(*agency), *presence)).await
            }
            RecordAsk::AddAgencies { draft } => self.add_agencies(tx, *draft).await,
            RecordAsk::Rule { meeting, decide, is_written } => {
                let meeting = self.begun(tx, meeting)?;
                if *is_written {
                    self.rule(tx, &meeting, decide).await
                } else {
                    self.rule_form(tx, &meeting, (ask, decide)).await
                }
            }
            RecordAsk::LeaveOpen { meeting, action, seen } => {
                let meeting = self.begun(tx, meeting)?;
                self.leave_open(tx, &meeting, (action, seen.map(ExtensionId))).await
            }
            RecordAsk::Item { meeting, item, outcome } => {
                let meeting = self.begun(tx, meeting)?;
                self.deal_with(tx, &meeting, (ask, ItemId(*item), outcome)).await
            }
            RecordAsk::AddAction { meeting, add } => {
                let meeting = self.begun(tx, meeting)?;
                self.add_agreed(tx, &meeting, (ask, add.as_ref())).await
            }
            RecordAsk::Finish { meeting } => {
                let meeting = self.begun(tx, meeting)?;
                self.finish(tx, &meeting).await
            }
        }
    }

    /// The next step of a record: who was there, a question, or the whole of it.
    pub(super) async fn go_on(
        self,
        tx: &mut Tx,
        meeting: &Meeting,
        said: Option<&str>,
    ) -> Result<Answer, Failure> {
        let gathered = self.gathered(tx, meeting).await?;
        if minutes(&gathered.steps).is_none() {
            return self.attendance_form(tx, meeting).await;
        }
        let lens = self.lens(&self.moment(tx, None).await?);
        let card = self
            .with_sheet(&gathered, meeting, |sheet| view::proceedings::step(sheet, said, &lens));
        Ok(Answer::Private(card))
    }

    /// Shows something of what is recorded of a meeting.
    fn with_sheet<T>(
        self,
        gathered: &Gathered,
        meeting: &Meeting,
        show: impl FnOnce(&Sheet<'_>) -> T,
    ) -> T {
        let items = gathered.items_of(meeting);
        let docket = self.docket(gathered, meeting, &items);
        show(&Sheet {
            meeting,
            name: &self.labelled(meeting),
            key: &self.key_of(meeting),
            docket: &docket,
            attendances: &gathered.attendances,
            steps: &gathered.steps,
            decisions: &gathered.decisions,
            actions: &gathered.actions,
            items: &items,
            bodies: &self.partnership.bodies,
            zone: self.partnership.calendar.zone,
        })
    }

    fn docket<'a>(
        self,
        gathered: &'a Gathered,
        meeting: &Meeting,
        items: &'a [&'a Item],
    ) -> Docket<'a> {
        let vantage = Vantage {
            today: meeting.on,
            meeting_on: Some(meeting.on),
            last_met_at: None,
            bodies: &self.partnership.bodies,
        };
        let of_plan = gathered.then.iter().filter(|then| then.reference.plan == gathered.plan);
        let awaited = list(Attention::Awaiting, &of_plan.collect::<Vec<_>>(), &vantage);
        Docket::of(&Facts {
            awaited,
            actions: &gathered.actions,
            items,
            decisions: &gathered.decisions,
            steps: &gathered.steps,
        })
    }

    async fn gathered(self, tx: &mut Tx, meeting: &Meeting) -> Result<Gathered, Failure> {
        let held = Held::of(meeting);
        let actions = self.actions(tx, None).await?;
        let end = self.partnership.calendar.end_of(meeting.on);
        let then =
            if end < tx.now() { self.actions(tx, Some(end)).await? } else { actions.clone() };
        let plan = match self.partnership.bodies.with(meeting.body) {
            Some(body) => plan_read_by(tx, body).await.or_broken("load the plan")?,
            None => self.plan(tx).await?,
        };
        let items = tx.agenda_items(meeting.on, None).await.or_broken("load the agenda")?;
        let cited = Cited { body: meeting.body, on: meeting.on };
        let decisions = tx.decisions_citing(cited).await.or_broken("load its decisions")?;
        let steps = tx.proceedings(held).await.or_broken("load what is recorded of it")?;
        let attendances = tx.attendances(held).await.or_broken("load who was there")?;
        let plan = plan.code;
        Ok(Gathered { actions, then, plan, items, decisions, steps, attendances })
    }

    fn may_record(self) -> Result<(), Failure> {
        let bodies = &self.partnership.bodies;
        let decided = permission::authority(Capability::Decide, &self.passer_by(), bodies);
        self.permitted(decided)?;
        Ok(())
    }

    /// The meetings that have begun, of any body, latest first and within two years.
    pub(super) fn held(self, tx: &Tx) -> Vec<Meeting> {
        let all: Vec<BodyId> = self.partnership.bodies.all.iter().map(|body| body.id).collect();
        let mut held = self.partnership.calendar.citable(&all, tx.now());
        held.retain(|meeting| meeting.at <= tx.now());
        held
    }

    /// What names a meeting in buttons: `CPEG 2020-12-10`, by the day that it was first set for.
    pub(super) fn key_of(self, meeting: &Meeting) -> String {
        let code = self.partnership.bodies.with(meeting.body).map_or("", |body| &body.code);
        format!("{code} {}", meeting.first_on)
    }

    /// The meeting that has begun and that words name.
    fn begun(self, tx: &Tx, words: &str) -> Result<Meeting, Failure> {
        let held = self.held(tx);
        if let Some(meeting) = held.iter().find(|meeting| self.key_of(meeting) == words) {
            return Ok(meeting.clone());
        }
        let cited = self.partnership.calendar.cited(&held, words, &self.partnership.bodies);
        Ok(cited.cloned().ok_or_else(|| Refusal::NotHeld {
            words: words.to_owned(),
            known: self.latest_of(&held),
        })?)
    }

    /// The last meeting that has begun and is still to be recorded.
    async fn to_be_recorded(self, tx: &mut Tx) -> Result<Meeting, Failure> {
        let recorded = self.recorded(tx).await?;
        let held = self.held(tx);
        let last = held.iter().find(|meeting| !recorded.contains(&Held::of(meeting)));
        Ok(last.cloned().ok_or_else(|| Refusal::AllRecorded { known: self.latest_of(&held) })?)
    }

    pub(super) async fn recorded(self, tx: &mut Tx) -> Result<BTreeSet<Held>, Failure> {
        tx.meetings_recorded().await.or_broken("load which meetings are recorded")
    }

    /// The meeting of that body that was first set for that day.
    pub(super) fn meeting_held(self, tx: &Tx, held: Held) -> Option<Meeting> {
        self.held(tx).into_iter().find(|meeting| Held::of(meeting) == held)
    }

    /// A meeting as a sentence names it, whether it is known any more or not.
    fn named_meeting(self, meeting: &Meeting) -> String {
        match self.partnership.bodies.with(meeting.body) {
            Some(body) => {
                let name = view::meeting::name(meeting, body);
                format!("{name}, {}", crate::date::day_in_words(meeting.on))
            }
            None => day_in_full(meeting.on),
        }
    }
}

impl Gathered {
    fn items_of(&self, meeting: &Meeting) -> Vec<&Item> {
        self.items.iter().filter(|item| item.is_before(meeting)).collect()
    }
}
