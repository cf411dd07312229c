//! When bodies meet: the list, meetings that are added, moved or cancelled, and closed days.

use chrono::Datelike;
use chrono::Months;
use chrono::NaiveDate;
use chrono::NaiveTime;
use chrono::TimeDelta;
use chrono::Weekday;

use super::Asking;
use super::Failure;
use super::OrBroken;
use super::Refusal;
use crate::body::Body;
use crate::body::BodyId;
use crate::date::is_working_day;
use crate::meeting::Calendar;
use crate::meeting::Meeting;
use crate::meeting::asked;
use crate::meeting::asked::Asked;
use crate::meeting::asked::Draft;
use crate::meeting::asked::DraftId;
use crate::meeting::asked::DraftState;
use crate::meeting::asked::Proposed;
use crate::meeting::changed::Becomes;
use crate::meeting::changed::Change;
use crate::permission;
use crate::permission::Capability;
use crate::request::command;
use crate::request::meeting::AddedMeeting;
use crate::request::meeting::MeetingAsk;
use crate::request::meeting::MovedMeeting;
use crate::store::Tx;
use crate::view;
use crate::view::Answer;
use crate::view::Card;
use crate::view::meeting::change;
use crate::view::meeting::change::Hanging;
use crate::view::meeting::change::MovedDeadline;
use crate::view::meeting::change::Shown;
use crate::view::meeting::list;
use crate::view::meeting::list::Listed;

/// For how many months meetings are listed.
const MONTHS: Months = Months::new(12);

/// How many meetings are listed at most: a rule may name far more than anybody meets.
const LISTED_MAX: usize = 200;

/// For how long after a closed day papers deadlines are looked at that may move by it.
const DEADLINES_DAYS: i64 = 120;

/// Meetings begin then where nothing else is known.
fn usual_time() -> NaiveTime {
    NaiveTime::MIN + TimeDelta::hours(10)
}

impl Asking<'_> {
    pub(super) async fn meeting(self, tx: &mut Tx, ask: &MeetingAsk) -> Result<Answer, Failure> {
        match ask {
            MeetingAsk::List { body, page } => {
                self.meetings(tx, body.as_deref(), *page).map(Answer::Private)
            }
            MeetingAsk::Add(ask) => self.add_meeting(tx, ask).await,
            MeetingAsk::Move(ask) => self.move_meeting(tx, ask).await,
            MeetingAsk::Cancel { meeting, reason } => {
                self.cancel_meeting(tx, meeting, reason).await
            }
            MeetingAsk::Make { draft } => self.make_change(tx, *draft).await,
            MeetingAsk::PutAside { draft } => self.put_change_aside(tx, *draft).await,
            MeetingAsk::Close { day, name } => self.set_day(tx, *day, Some(name)).await,
            MeetingAsk::Open { day } => self.set_day(tx, *day, None).await,
        }
    }

    fn meetings(self, tx: &Tx, of: Option<&str>, page: u32) -> Result<Card, Failure> {
        let calendar = &self.partnership.calendar;
        let wanted = of.map(|words| self.bodies(words)).transpose()?;
        let is_wanted = |body: BodyId| wanted.as_ref().is_none_or(|wanted| wanted.contains(&body));
        let until = tx.now().checked_add_months(MONTHS).unwrap_or(tx.now());
        let coming = calendar.meetings_after(tx.now()).take_while(|meeting| meeting.at <= until);
        let coming = coming.filter(|meeting| is_wanted(meeting.body));
        let meetings: Vec<Meeting> = coming.take(LISTED_MAX).collect();
        let today = self.today(tx);
        let is_cancelled = |change: &&Change| {
            change.becomes == Becomes::Cancelled
                && change.first_on >= today
                && is_wanted(change.body)
        };
        let mut cancelled: Vec<&Change> =
            calendar.changes.standing().filter(is_cancelled).collect();
        cancelled.sort_by_key(|change| (change.first_on, change.body));
        if let (Some(words), true) = (of, meetings.is_empty() && cancelled.is_empty()) {
            return Err(Refusal::NoMeetings(words.to_owned()).into());
        }
        let bodies = &self.partnership.bodies;
        Ok(list::list(&Listed {
            meetings: &meetings,
            cancelled: &cancelled,
            of,
            page,
            calendar,
            bodies,
        }))
    }

    async fn add_meeting(self, tx: &mut Tx, ask: &AddedMeeting) -> Result<Answer, Failure> {
        self.keeps_calendar()?;
        let body = self.one_body(&ask.body)?.id;
        let calendar = &self.partnership.calendar;
        let time = ask.time.unwrap_or_else(|| {
            let begin = calendar.begin_of(ask.on);
            let other = calendar.next(body, begin).or_else(|| calendar.last(body, begin));
            other.map_or_else(usual_time, |meeting| meeting.time)
        });
        let papers = ask.papers.unwrap_or_default();
        let becomes = Becomes::At { local: ask.on.and_time(time), papers };
        let reason = ask.reason.clone();
        self.ask_back(tx, Asked { body, first_on: None, becomes, reason }).await
    }

    async fn move_meeting(self, tx: &mut Tx, ask: &MovedMeeting) -> Result<Answer, Failure> {
        self.keeps_calendar()?;
        let meeting = self.meeting_to_come(tx, &ask.meeting, None)?;
        let local = ask.to.and_time(ask.time.unwrap_or(meeting.time));
        let becomes = self.partnership.calendar.moving(&meeting, local, ask.papers, tx.now());
        let (body, first_on) = (meeting.body, Some(meeting.first_on));
        self.ask_back(tx, Asked { body, first_on, becomes, reason: ask.reason.clone() }).await
    }

    async fn cancel_meeting(
        self,
        tx: &mut Tx,
        words: &str,
        reason: &str,
    ) -> Result<Answer, Failure> {
        self.keeps_calendar()?;
        let meeting = self.meeting_to_come(tx, words, None)?;
        let (body, first_on) = (meeting.body, Some(meeting.first_on));
        let (becomes, reason) = (Becomes::Cancelled, reason.to_owned());
        self.ask_back(tx, Asked { body, first_on, becomes, reason }).await
    }

    /// Shows what a change would do, and keeps it until somebody says that it is what they want.
    async fn ask_back(self, tx: &mut Tx, asked: Asked) -> Result<Answer, Failure> {
        let body = self.body_of(&asked)?;
        let proposed = self.partnership.calendar.propose(&asked, body, tx.now())?;
        let hanging = self.hanging(tx, &proposed).await?;
        let speaker = self.speaker(tx).await?;
        let before = self.changes_before(&proposed.change);
        let draft = tx.add_meeting_draft(&asked, before, &speaker.person, self.request.id).await;
        let draft = draft.or_broken("keep a change of a meeting")?;
        let shown = self.change_shown(tx, &proposed, body, &hanging).await?;
        Ok(Answer::Private(change::asked_back(&shown, draft)))
    }

    /// Makes a change that was shown, with all that hangs on the meeting.
    async fn make_change(self, tx: &mut Tx, draft: i64) -> Result<Answer, Failure> {
        let authority = self.keeps_calendar()?;
        let draft = self.waiting_change(tx, draft).await?;
        let body = self.body_of(&draft.asked)?;
        if self.is_changed_since(&draft) {
            return Err(asked::Refusal::ChangedSince.into());
        }
        let proposed = self.partnership.calendar.propose(&draft.asked, body, tx.now())?;
        let mut hanging = self.hanging(tx, &proposed).await?;
        let speaker = self.speaker(tx).await?;
        let added = tx.add_meeting_change(&proposed.change, &speaker.person).await;
        added.or_broken("record what becomes of a meeting")?;
        hanging.withdrawn = self.rehang(tx, (&proposed, &hanging), &speaker.person).await?;
        let settled = tx.settle_meeting_draft(draft.id, DraftState::Made).await;
        settled.or_broken("settle a change of a meeting")?;
        let shown = self.change_shown(tx, &proposed, body, &hanging).await?;
        let line = change::for_all(&shown, &self.signed(&speaker.person, authority));
        let told = Some(body).filter(|body| body.channel.is_some());
        self.tell(tx, told, (&format!("meeting/{}", draft.id.0), &line)).await?;
        let channel = told.map(|body| body.channel_name.as_str());
        Ok(Answer::Private(change::made(&shown, channel)))
    }

    async fn put_change_aside(self, tx: &mut Tx, draft: i64) -> Result<Answer, Failure> {
        self.keeps_calendar()?;
        let draft = self.waiting_change(tx, draft).await?;
        let settled = tx.settle_meeting_draft(draft.id, DraftState::PutAside).await;
        settled.or_broken("put a change of a meeting aside")?;
        Ok(Answer::Private(change::put_aside()))
    }

    /// Closes a day, with its name, or opens it again.
    async fn set_day(
        self,
        tx: &mut Tx,
        day: NaiveDate,
        name: Option<&str>,
    ) -> Result<Answer, Failure> {
        let authority = self.keeps_calendar()?;
        let calendar = &self.partnership.calendar;
        if day <= self.today(tx) {
            return Err(asked::Refusal::DayOver(day).into());
        }
        let after = closed_or_open(calendar, day, name.is_some());
        let moved = self.deadlines_moved(&after, day, tx);
        if tx.first_asking(self.request.id).await.or_broken("record the asking")? {
            may_be_set(calendar, day, name.is_some())?;
            self.loses_no_digest(&moved, tx)?;
            let speaker = self.speaker(tx).await?;
            let added = tx.add_closing(day, name, &speaker.person).await;
            added.or_broken("record whether a day is closed")?;
            let by = self.signed(&speaker.person, authority);
            for (place, (deadline, body)) in moved.iter().enumerate() {
                let line = change::deadline_for_all((deadline, body), (day, name), &by);
                let key = format!("closed/{}/{place}", self.request.id);
                self.tell(tx, Some(body), (&key, &line)).await?;
            }
        }
        Ok(Answer::Private(change::day_set(day, name, &moved)))
    }

    /// The papers deadlines that a closed or opened day moves, soonest meeting first.
    fn deadlines_moved<'b>(
        &'b self,
        after: &Calendar,
        day: NaiveDate,
        tx: &Tx,
    ) -> Vec<(MovedDeadline, &'b Body)> {
        let calendar = &self.partnership.calendar;
        let until = day + TimeDelta::days(DEADLINES_DAYS);
        let before = calendar.meetings_after(tx.now()).take_while(|meeting| meeting.on <= until);
        let pairs = before.zip(after.meetings_after(tx.now())).take(LISTED_MAX);
        let moved = pairs.filter(|(before, after)| before.papers_on != after.papers_on);
        let bodies = &self.partnership.bodies;
        moved
            .filter_map(|(before, after)| {
                let body = bodies.with(before.body)?;
                Some((MovedDeadline { before, papers_on: after.papers_on }, body))
            })
            .collect()
    }

    /// Refuses to let papers be due at a moment that is over, for then no digest would ever go out.
    fn loses_no_digest(self, moved: &[(MovedDeadline, &Body)], tx: &Tx) -> Result<(), Failure> {
        let clockwork = self.desk.clockwork(self.partnership);
        let is_over = |meeting: &Meeting| clockwork.papers_at(meeting) <= tx.now();
        for (MovedDeadline { before, papers_on }, body) in moved {
            let after = Meeting { papers_on: *papers_on, ..before.clone() };
            if is_over(&after) && !is_over(before) {
                let papers_at = clockwork.papers_at(&after);
                let zone = &self.partnership.calendar.zone;
                return Err(asked::Refusal::DeadlineOver {
                    meeting: view::meeting::label(before, body),
                    papers_at: papers_at.with_timezone(zone).naive_local(),
                }
                .into());
            }
        }
        Ok(())
    }

    /// The body in whose name somebody keeps the calendar, or why they may not.
    fn keeps_calendar(self) -> Result<BodyId, Failure> {
        let bodies = &self.partnership.bodies;
        let decided = permission::authority(Capability::Keep, &self.passer_by(), bodies);
        let decided = decided.map_err(|why| match why {
            permission::Refusal::NotKeeper(who) => permission::Refusal::NotCalendarKeeper(who),
            why => why,
        });
        Ok(self.permitted(decided)?.body)
    }

    async fn waiting_change(self, tx: &mut Tx, draft: i64) -> Result<Draft, Failure> {
        let found = tx.meeting_draft(DraftId(draft)).await;
        let found = found.or_broken("load a change of a meeting")?;
        let draft = found.ok_or(command::Refusal::NotAButton)?;
        match draft.state {
            DraftState::Waiting => Ok(draft),
            DraftState::Made => Err(asked::Refusal::Made.into()),
            DraftState::PutAside => Err(asked::Refusal::PutAside.into()),
        }
    }

    fn body_of(&self, asked: &Asked) -> Result<&Body, Failure> {
        let body = self.partnership.bodies.with(asked.body);
        body.ok_or_else(|| Failure::Broken(anyhow::anyhow!("the body of a meeting is gone")))
    }

    fn changes_before(self, change: &Change) -> usize {
        self.partnership.calendar.changes.count(change.body, change.first_on)
    }

    /// Whether a meeting was changed since a draft was shown.
    fn is_changed_since(self, draft: &Draft) -> bool {
        let first_on = match (draft.asked.first_on, draft.asked.becomes) {
            (Some(day), _) => Some(day),
            (None, Becomes::At { local, .. }) => Some(local.date()),
            (None, Becomes::Cancelled) => None,
        };
        let changes = &self.partnership.calendar.changes;
        let count = first_on.map_or(0, |day| changes.count(draft.asked.body, day));
        count != draft.changes_before
    }

    async fn change_shown<'b>(
        &'b self,
        tx: &mut Tx,
        proposed: &'b Proposed,
        body: &'b Body,
        hanging: &'b Hanging,
    ) -> Result<Shown<'b>, Failure> {
        let calendar = &self.partnership.calendar;
        let clockwork = self.desk.clockwork(self.partnership);
        let digest_at = proposed.after.as_ref().map(|after| clockwork.papers_at(after));
        let digest_missed = digest_at.filter(|at| *at <= tx.now());
        let digest_missed = digest_missed.map(|at| at.with_timezone(&calendar.zone).naive_local());
        let digest = tx.digest_for(body.id, proposed.change.first_on).await;
        let has_digest = digest.or_broken("look for the digest")?.is_some();
        let closures = &calendar.closures;
        Ok(Shown { proposed, body, hanging, closures, digest_missed, has_digest })
    }
}

/// The calendar with a day closed, or opened again.
fn closed_or_open(calendar: &Calendar, day: NaiveDate, is_closed: bool) -> Calendar {
    let mut after = calendar.clone();
    if is_closed {
        after.closures.close(day);
    } else {
        after.closures.work(day);
    }
    after
}

/// Refuses what is so already.
fn may_be_set(calendar: &Calendar, day: NaiveDate, is_closed: bool) -> Result<(), asked::Refusal> {
    if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        return Err(asked::Refusal::Weekend(day));
    }
    match (is_closed, is_working_day(day, &calendar.closures)) {
        (true, false) => Err(asked::Refusal::ClosedAlready(day)),
        (false, true) => Err(asked::Refusal::OpenAlready(day)),
        _ => Ok(()),
    }
}
