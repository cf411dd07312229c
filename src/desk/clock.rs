//! What is said around meetings, as people steer it: digests sent by hand, pauses, lead times.

use chrono::NaiveDate;

use super::Asking;
use super::Failure;
use super::OrBroken;
use super::Refusal;
use super::digests::Readers;
use super::digests::told;
use super::plans::next_meeting;
use super::plans::papers;
use crate::body::Body;
use crate::permission;
use crate::permission::Capability;
use crate::request::clock::ClockAsk;
use crate::request::clock::TimingAsk;
use crate::routine;
use crate::routine::Routine;
use crate::routine::Timing;
use crate::schedule;
use crate::store::Issued;
use crate::store::Tx;
use crate::view;
use crate::view::Answer;
use crate::view::Card;
use crate::view::digest::digest;

impl<'a> Asking<'a> {
    pub(super) async fn clock(self, tx: &mut Tx, ask: &ClockAsk) -> Result<Answer, Failure> {
        let card = match ask {
            ClockAsk::Remind(ask) => self.remind(tx, ask).await,
            ClockAsk::Snooze { body, first_on } => self.snooze(tx, *body, *first_on).await,
            ClockAsk::Wake => self.wake(tx).await,
            ClockAsk::Send { body, again } => self.send_digest(tx, body, *again).await,
            ClockAsk::Pause { body, until } => self.pause(tx, body, *until).await,
            ClockAsk::Resume { body } => self.resume(tx, body).await,
            ClockAsk::Schedule { body, page } => self.schedule(tx, body.as_deref(), *page).await,
            ClockAsk::Timing(ask) => self.timing(tx, ask).await,
        };
        card.map(Answer::Private)
    }

    /// Refuses whoever may not steer what is said.
    pub(super) fn may_steer(self) -> Result<(), Failure> {
        let bodies = &self.partnership.bodies;
        let decided = permission::authority(Capability::Steer, &self.passer_by(), bodies);
        self.permitted(decided)?;
        Ok(())
    }

    /// Posts the digest for a body's next meeting now; by that it is not posted on the papers deadline.
    async fn send_digest(self, tx: &mut Tx, words: &str, again: bool) -> Result<Card, Failure> {
        self.may_steer()?;
        let now = tx.now();
        let (body, meeting) = next_meeting(self.partnership, words, now)?;
        let channel = body.channel.ok_or_else(|| Refusal::NoChannel(body.name.clone()))?;
        let name = view::meeting::label(&meeting, body);
        let is_early = now < self.desk.clockwork(self.partnership).papers_at(&meeting);
        if !tx.first_asking(self.request.id).await.or_broken("record the asking")? {
            return Ok(view::clock::sent(&name, &body.channel_name, is_early));
        }
        let key = schedule::key(Routine::Digest, now, body.id);
        let before = tx.digest_for(body.id, meeting.first_on).await;
        match before.or_broken("look for the digest")? {
            Some((last, _)) if last == key => return Err(Refusal::DigestJustSent(name).into()),
            Some((_, at)) if !again => {
                let on = view::line::local_day(at, self.partnership.calendar.zone);
                return Err(Refusal::DigestSent { meeting: name, on }.into());
            }
            _ => {}
        }
        let told = told(tx, self.partnership, body, &meeting, now).await;
        let (made, position) = told.or_broken("compose the digest")?;
        let mut card = digest(&made, &self.desk.manner(&position.partnership, false));
        card.files = papers(&made, position).await.or_broken("write the paper")?;
        let issued = Issued {
            body: body.id,
            meeting_on: Some(meeting.first_on),
            due_at: now,
            position_at: now,
            card,
            facts: serde_json::Value::Null,
        };
        let readers = Readers { channel, useful_until: Some(meeting.at) };
        let kept = self.desk.keep_digest(tx, &key, &issued, readers).await;
        kept.or_broken("owe the digest")?;
        Ok(view::clock::sent(&name, &body.channel_name, is_early))
    }

    async fn pause(
        self,
        tx: &mut Tx,
        words: &str,
        until: Option<NaiveDate>,
    ) -> Result<Card, Failure> {
        self.may_steer()?;
        let body = self.meeting_body(words)?;
        let today = self.today(tx);
        if until.is_some_and(|until| until < today) {
            return Err(routine::Refusal::PauseOver.into());
        }
        let standing = self.partnership.pauses.on(body.id, today);
        if tx.first_asking(self.request.id).await.or_broken("record the asking")? {
            if standing.is_some_and(|pause| pause.until_on == until) {
                return Err(routine::Refusal::PausedAlready(body.name.clone()).into());
            }
            let by = self.speaker(tx).await?.person;
            let set = tx.set_pause(body.id, true, until, &by).await;
            set.or_broken("record the pause")?;
            let line = view::clock::paused_for_all(body, until, &by);
            self.tell_body(tx, body, "pause", &line).await?;
        }
        Ok(view::clock::paused(body, until))
    }

    async fn resume(self, tx: &mut Tx, words: &str) -> Result<Card, Failure> {
        self.may_steer()?;
        let body = self.meeting_body(words)?;
        if tx.first_asking(self.request.id).await.or_broken("record the asking")? {
            if self.partnership.pauses.on(body.id, self.today(tx)).is_none() {
                return Err(routine::Refusal::NotPaused(body.name.clone()).into());
            }
            let by = self.speaker(tx).await?.person;
            let set = tx.set_pause(body.id, false, None, &by).await;
            set.or_broken("record that it goes on")?;
            self.tell_body(tx, body, "resume", &view::clock::resumed_for_all(body, &by)).await?;
        }
        let next = self.partnership.calendar.next(body.id, tx.now());
        Ok(view::clock::resumed(body, next.as_ref()))
    }

    /// Shows when each routine is done, or sets when one is.
    async fn timing(self, tx: &mut Tx, ask: &TimingAsk) -> Result<Card, Failure> {
        let mut clockwork = self.desk.clockwork(self.partnership);
        let Some(routine) = ask.routine else { return Ok(view::clock::timings(&clockwork)) };
        self.may_steer()?;
        let standing = clockwork.timing(routine);
        let asked = Timing {
            days: ask.days.unwrap_or(standing.days),
            time: ask.time.unwrap_or(standing.time),
            runs: ask.runs.unwrap_or(standing.runs),
        };
        let timings = &self.partnership.timings;
        let timing = timings.beside(routine, asked, self.desk.digest_time)?;
        let is_first = tx.first_asking(self.request.id).await.or_broken("record the asking")?;
        if is_first && timing != standing {
            let by = self.speaker(tx).await?.person;
            let set = tx.set_timing(routine, timing, &by).await;
            set.or_broken("record when it is done")?;
        }
        let changed = self.desk.partnership(tx).await?;
        clockwork = self.desk.clockwork(&changed);
        Ok(view::clock::timing_set(routine, &clockwork, tx.now()))
    }

    /// The one body that words name and that holds meetings.
    fn meeting_body(self, words: &str) -> Result<&'a Body, Failure> {
        let runs = self.partnership.calendar.runs();
        let meets = |id: &crate::body::BodyId| runs.iter().any(|run| run.body == *id);
        let body = self.bodies(words)?.into_iter().find(meets);
        let body = body.and_then(|id| self.partnership.bodies.with(id));
        Ok(body.ok_or_else(|| Refusal::NoMeetings(words.to_owned()))?)
    }

    /// Owes a body's channel one line, once for each asking.
    async fn tell_body(
        self,
        tx: &mut Tx,
        body: &Body,
        what: &str,
        line: &Card,
    ) -> Result<(), Failure> {
        let Some(channel) = body.channel else { return Ok(()) };
        let key = format!("{what}/{}", self.request.id);
        tx.add_post(&key, channel, line, tx.now()).await.or_broken("owe the line for all")?;
        Ok(())
    }
}
