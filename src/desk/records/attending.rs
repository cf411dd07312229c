//! Who was at a meeting: written down, asked back, recorded, and looked back on.

use super::Asking;
use super::Failure;
use super::OrBroken;
use super::Refusal;
use crate::attendance::Attendance;
use crate::attendance::Doubt;
use crate::attendance::Held;
use crate::attendance::Lists;
use crate::attendance::Presence;
use crate::attendance::agencies;
use crate::attendance::letters;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::BodyKind;
use crate::body::same;
use crate::decision;
use crate::meeting::Meeting;
use crate::proceedings::MINUTES_MAX;
use crate::proceedings::Made;
use crate::proceedings::minutes;
use crate::request::command;
use crate::request::record::AttendanceAsk;
use crate::request::record::Written;
use crate::store::Tx;
use crate::view;
use crate::view::Answer;
use crate::view::Card;

impl Asking<'_> {
    /// The form about who was there, with what is recorded; where nothing is, with those of the
    /// meeting before.
    pub(super) async fn attendance_form(
        self,
        tx: &mut Tx,
        meeting: &Meeting,
    ) -> Result<Answer, Failure> {
        let held = Held::of(meeting);
        let steps = tx.proceedings(held).await.or_broken("load what is recorded of it")?;
        let bodies = &self.partnership.bodies;
        let Some(minutes) = minutes(&steps) else {
            let before = self.came_before(tx, meeting).await?;
            let present = view::attendance::carried_over(&before, bodies);
            return Ok(self.form_of(meeting, &Lists { present, ..Lists::default() }, ""));
        };
        let there = tx.attendances(held).await.or_broken("load who was there")?;
        let of = |presence| view::attendance::as_written(&there, presence, bodies);
        let lists = Lists {
            present: of(Presence::Present),
            substitutes: of(Presence::Substitute),
            apologies: of(Presence::Apologies),
        };
        Ok(self.form_of(meeting, &lists, minutes))
    }

    fn form_of(self, meeting: &Meeting, lists: &Lists, minutes: &str) -> Answer {
        let (name, key) = (self.named_meeting(meeting), self.key_of(meeting));
        Answer::Form(view::attendance::form(&name, &key, (lists, minutes)))
    }

    /// Who was at the last recorded meeting of the body before this one.
    async fn came_before(self, tx: &mut Tx, meeting: &Meeting) -> Result<Vec<Attendance>, Failure> {
        let of_body = self.held(tx).into_iter().filter(|held| held.body == meeting.body);
        for before in of_body.filter(|held| held.at < meeting.at) {
            let came = tx.attendances(Held::of(&before)).await;
            let came = came.or_broken("load who was there before")?;
            if !came.is_empty() {
                return Ok(came);
            }
        }
        Ok(Vec::new())
    }

    /// Records who was there, or keeps what was written and asks back.
    pub(super) async fn attend(
        self,
        tx: &mut Tx,
        meeting: &Meeting,
        written: Option<&Written>,
    ) -> Result<Answer, Failure> {
        let Some(Written { lists, minutes }) = written else {
            return self.attendance_form(tx, meeting).await;
        };
        decision::fits(minutes, MINUTES_MAX)?;
        let reading = lists.read(&self.partnership.bodies);
        if reading.doubts.is_empty() {
            return self.attended(tx, meeting, (&reading.attendances, minutes)).await;
        }
        let by = self.speaker(tx).await?.person;
        let draft = tx
            .add_attendance_draft(Held::of(meeting), (lists, minutes), &by, self.request.id)
            .await
            .or_broken("keep a draft")?;
        let bodies = &self.partnership.bodies;
        let doubts = (reading.doubts.as_slice(), &*reading.unknown());
        let name = self.labelled(meeting);
        Ok(Answer::Private(view::attendance::asked_back(&name, draft, doubts, bodies)))
    }

    pub(super) async fn attend_again(self, tx: &mut Tx, draft: i64) -> Result<Answer, Failure> {
        let (meeting, lists, minutes) = self.drafted(tx, draft).await?;
        Ok(self.form_of(&meeting, &lists, &minutes))
    }

    /// Takes some words of a draft for an agency.
    pub(super) async fn mean(
        self,
        tx: &mut Tx,
        draft: i64,
        (words, agency): (&str, BodyId),
    ) -> Result<Answer, Failure> {
        let (meeting, lists, minutes) = self.drafted(tx, draft).await?;
        let bodies = &self.partnership.bodies;
        let known = bodies.with(agency).filter(|body| body.kind == BodyKind::Agency);
        let agency = known.ok_or(command::Refusal::NotAButton)?;
        let lists = lists.meaning(words, agency, bodies);
        self.attend_anew(tx, draft, (&meeting, lists, minutes)).await
    }

    /// Has an agency of a draft in one list alone.
    pub(super) async fn settle(
        self,
        tx: &mut Tx,
        draft: i64,
        (agency, presence): (BodyId, Presence),
    ) -> Result<Answer, Failure> {
        let (meeting, lists, minutes) = self.drafted(tx, draft).await?;
        let lists = lists.settled(agency, presence, &self.partnership.bodies);
        self.attend_anew(tx, draft, (&meeting, lists, minutes)).await
    }

    /// Adds the agencies of a draft that are not known, and goes on with it.
    pub(super) async fn add_agencies(self, tx: &mut Tx, draft: i64) -> Result<Answer, Failure> {
        let (meeting, lists, minutes) = self.drafted(tx, draft).await?;
        let reading = lists.read(&self.partnership.bodies);
        let plans = tx.plans().await.or_broken("load the plans")?;
        let mut bodies = self.partnership.bodies.clone();
        for words in reading.unknown() {
            let is_taken = |letters: &str| {
                let codes = bodies.all.iter().map(|body| &body.code);
                codes.chain(plans.iter().map(|plan| &plan.code)).any(|code| same(code, letters))
            };
            let code = letters(words, is_taken);
            let id = tx.add_agency(words, &code).await.or_broken("add an agency")?;
            bodies.all.push(Body {
                id,
                name: words.to_owned(),
                code,
                kind: BodyKind::Agency,
                names: Vec::new(),
                role_name: String::new(),
                channel_name: String::new(),
                role: None,
                channel: None,
            });
        }
        let partnership = self.partnership_with(bodies);
        let anew = Asking { partnership: &partnership, ..self };
        Box::pin(anew.attend_anew(tx, draft, (&meeting, lists, minutes))).await
    }

    fn partnership_with(self, bodies: crate::body::Bodies) -> crate::partnership::Partnership {
        crate::partnership::Partnership { bodies, ..self.partnership.clone() }
    }

    /// Reads a draft as it is understood since: it is recorded, or asked back again.
    async fn attend_anew(
        self,
        tx: &mut Tx,
        draft: i64,
        (meeting, lists, minutes): (&Meeting, Lists, String),
    ) -> Result<Answer, Failure> {
        tx.save_attendance_draft(draft, &lists).await.or_broken("keep a draft")?;
        let bodies = &self.partnership.bodies;
        let reading = lists.read(bodies);
        if reading.doubts.is_empty() {
            return self.attended(tx, meeting, (&reading.attendances, &minutes)).await;
        }
        let doubts: (&[Doubt], &[&str]) = (&reading.doubts, &reading.unknown());
        let name = self.labelled(meeting);
        Ok(Answer::Private(view::attendance::asked_back(&name, draft, doubts, bodies)))
    }

    async fn drafted(self, tx: &mut Tx, draft: i64) -> Result<(Meeting, Lists, String), Failure> {
        let draft = tx.attendance_draft(draft).await.or_broken("load a draft")?;
        let (held, lists, minutes) = draft.ok_or(command::Refusal::NotAButton)?;
        let meeting = self.meeting_held(tx, held).ok_or(Refusal::NoSuchHeld)?;
        Ok((meeting, lists, minutes))
    }

    /// Records who was there where that differs from what is recorded, and goes on.
    async fn attended(
        self,
        tx: &mut Tx,
        meeting: &Meeting,
        (came, minutes_now): (&[Attendance], &str),
    ) -> Result<Answer, Failure> {
        let held = Held::of(meeting);
        let by = self.speaker(tx).await?.person;
        let before = tx.attendances(held).await.or_broken("load who was there")?;
        let gone =
            before.iter().filter(|before| !came.iter().any(|there| there.agency == before.agency));
        let gone = gone.map(|before| Attendance {
            agency: before.agency,
            presence: Presence::NoWord,
            name: String::new(),
        });
        let other = came.iter().filter(|there| !before.contains(there)).cloned();
        let changes: Vec<Attendance> = other.chain(gone).collect();
        for change in &changes {
            tx.add_attendance(held, change, &by).await.or_broken("record who was there")?;
        }
        let steps = tx.proceedings(held).await.or_broken("load what is recorded of it")?;
        // What is changed about who was there is news, too.
        if minutes(&steps) != Some(minutes_now) || !changes.is_empty() {
            let made = Made::Begun { minutes: minutes_now.to_owned() };
            tx.add_proceeding(held, &made, &by).await.or_broken("record a step")?;
        }
        self.go_on(tx, meeting, Some("Attendance recorded.")).await
    }

    /// How agencies came to the last meetings of a body.
    pub(in crate::desk) async fn attendance(
        self,
        tx: &mut Tx,
        ask: &AttendanceAsk,
    ) -> Result<Card, Failure> {
        let bodies = &self.partnership.bodies;
        let wanted = self.bodies(&ask.body)?;
        let held = self.held(tx);
        let latest = held.iter().find(|meeting| wanted.contains(&meeting.body));
        let body = latest.and_then(|meeting| bodies.with(meeting.body));
        let body = body.ok_or_else(|| Refusal::NoneHeld(ask.body.clone()))?;
        let of_body: Vec<Meeting> =
            held.into_iter().filter(|meeting| meeting.body == body.id).collect();
        let since = of_body.iter().map(|meeting| meeting.first_on).min();
        let since = since.unwrap_or_else(|| self.today(tx));
        let all = tx.attendances_since(body.id, since).await.or_broken("load who came")?;
        let mut meetings = Vec::new();
        for meeting in of_body.into_iter().take(ask.last).rev() {
            let steps = tx.proceedings(Held::of(&meeting)).await.or_broken("load its record")?;
            let came = minutes(&steps).map(|_| {
                let of_it = all.iter().filter(|(on, _)| *on == meeting.first_on);
                of_it.map(|(_, there)| there.clone()).collect::<Vec<_>>()
            });
            meetings.push((meeting, came));
        }
        // To the board and the executive group all agencies are asked.
        let is_for_all = matches!(body.kind, BodyKind::Board | BodyKind::Executive);
        let mut shown = agencies(bodies);
        shown.retain(|agency| is_for_all || all.iter().any(|(_, there)| there.agency == agency.id));
        let table = view::attendance::Table { body, meetings: &meetings, agencies: &shown };
        Ok(view::attendance::table(&table))
    }
}
