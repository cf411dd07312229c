//! Nudges that somebody gives, and requests that somebody does not want.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Asking;
use super::Desk;
use super::Failure;
use super::OrBroken;
use crate::action::Action;
use crate::action::Standing;
use crate::body::Body;
use crate::body::BodyId;
use crate::chase;
use crate::chase::Holder;
use crate::chase::NOTE_MAX;
use crate::chase::NUDGE_DAYS;
use crate::chase::Occasion;
use crate::date::day_in_words;
use crate::permission;
use crate::permission::Capability;
use crate::post::Called;
use crate::post::NewPost;
use crate::post::Whither;
use crate::request::Caller;
use crate::request::clock::RemindAsk;
use crate::search;
use crate::store::NewChase;
use crate::store::Tx;
use crate::view;
use crate::view::Card;
use crate::view::line::Lens;

impl Desk {
    /// Remembers which bodies somebody was seen with the roles of.
    pub async fn sight(&self, tx: &mut Tx, by: &Caller) -> anyhow::Result<()> {
        let Some(partnership) = tx.partnership().await? else { return Ok(()) };
        let through_roles = |body: &&Body| body.role.is_some_and(|role| by.roles.contains(&role));
        let bodies = partnership.bodies.all.iter().filter(through_roles).map(|body| body.id);
        let bodies: BTreeSet<BodyId> = bodies.collect();
        let person = tx.person(by.user, &by.name).await?;
        tx.save_sightings(&person, &bodies).await
    }
}

/// What somebody is to be reminded of, and who answers for it.
struct Subject<'a> {
    name: String,
    leads: Vec<BodyId>,
    about: Vec<&'a Action>,
}

impl Asking<'_> {
    pub(super) async fn remind(self, tx: &mut Tx, ask: &RemindAsk) -> Result<Card, Failure> {
        let bodies = &self.partnership.bodies;
        let decided = permission::authority(Capability::Keep, &self.passer_by(), bodies);
        let authority = self.permitted(decided)?;
        let note = ask.note.as_deref().map(str::trim).unwrap_or_default();
        let length = note.chars().count();
        if length > NOTE_MAX {
            return Err(chase::Refusal::TooLong { length }.into());
        }
        let actions = self.actions(tx, None).await?;
        let subject = self.subject(&actions, ask)?;
        let seen = tx.sightings().await.or_broken("load who holds what")?;
        let holders = chase::holders(bodies, &seen);
        let mut people: Vec<(BodyId, &Holder)> = Vec::new();
        for lead in &subject.leads {
            for holder in holders.get(lead).into_iter().flatten() {
                if people.iter().all(|(_, known)| known.person != holder.person) {
                    people.push((*lead, holder));
                }
            }
        }
        let unknown = subject.leads.iter().copied().filter(|lead| {
            holders.get(lead).is_none_or(Vec::is_empty) && !bodies.holdings.is_vacant(*lead)
        });
        let unknown: Vec<BodyId> = unknown.collect();
        let speaker = self.speaker(tx).await?;
        let today = self.today(tx);
        let calendar = &self.partnership.calendar;
        let lens = Lens { today, meeting_on: None, zone: calendar.zone };
        let by_body = bodies.with(authority.body).map_or("", |body| body.name.as_str());
        let card = view::chase::nudge(&view::chase::Nudge {
            by: &speaker.person.name,
            body: by_body,
            note,
            about: &subject.about,
            lens,
        });
        let is_first = tx.first_asking(self.request.id).await.or_broken("record the asking")?;
        let due_at = calendar.next_office_hour(tx.now(), self.desk.digest_time);
        let mut sent = Sent::default();
        for (lead, holder) in people {
            let to = Whither::Person(holder.user);
            let whom = (Some(holder), lead, holder.name.clone());
            let card = card.clone().within(self.partnership.server);
            if self.nudge_once(tx, whom, &subject, (to, None, &card), is_first, &mut sent).await? {
                sent.people.push(holder.name.clone());
            }
        }
        for lead in unknown {
            let Some(body) = bodies.with(lead) else { continue };
            let (Some(channel), Some(role)) = (body.channel, body.role) else { continue };
            let to = Whither::Channel(channel);
            let whom = (None, lead, body.name.clone());
            let said = (to, Some(Called::Role(role)), &card);
            if self.nudge_once(tx, whom, &subject, said, is_first, &mut sent).await? {
                sent.channels.push(body.channel_name.clone());
            }
        }
        if sent.people.is_empty() && sent.channels.is_empty() {
            return Err(sent.too_soon.map_or_else(
                || {
                    let vacant = bodies.are_vacant(&subject.leads);
                    let why = if vacant { "it is vacant" } else { "nobody is known to hold it" };
                    chase::Refusal::Nobody { what: subject.name.clone(), why }
                },
                |too_soon| too_soon,
            ))?;
        }
        let goes = view::chase::goes(due_at, tx.now(), calendar.zone);
        Ok(view::chase::nudged(&sent.people, &sent.channels, &subject.about, &goes))
    }

    /// What is meant: an action and its accountable lead, or a lead and what is open of theirs.
    fn subject<'a>(self, actions: &'a [Action], ask: &RemindAsk) -> Result<Subject<'a>, Failure> {
        let is_open =
            |action: &&Action| action.standing == Standing::Open && !action.awaits_sign_off();
        match (&ask.action, &ask.lead) {
            (Some(words), None) => {
                let action = search::one(actions, words)?;
                if !is_open(&action) {
                    return Err(chase::Refusal::Closed(action.reference.clone()).into());
                }
                let accountable = action.leads.iter().find(|lead| !lead.bodies.is_empty());
                let leads = accountable.map(|lead| lead.bodies.clone()).unwrap_or_default();
                Ok(Subject { name: action.reference.to_string(), leads, about: vec![action] })
            }
            (None, Some(words)) => {
                let leads = self.bodies(words)?;
                let led = |action: &&Action| leads.iter().any(|lead| action.is_led_by(*lead));
                let about: Vec<&Action> = actions.iter().filter(is_open).filter(led).collect();
                if about.is_empty() {
                    return Err(chase::Refusal::NothingOpen(words.clone()).into());
                }
                Ok(Subject { name: words.clone(), leads, about })
            }
            _ => Err(chase::Refusal::OneOfBoth.into()),
        }
    }

    /// Owes somebody a nudge, unless they had one a short while ago. Whether they get it.
    async fn nudge_once(
        self,
        tx: &mut Tx,
        (holder, lead, name): (Option<&Holder>, BodyId, String),
        subject: &Subject<'_>,
        (to, calls, card): (Whither, Option<Called>, &Card),
        is_first: bool,
        sent: &mut Sent,
    ) -> Result<bool, Failure> {
        if !is_first {
            return Ok(true);
        }
        let person = holder.map(|holder| holder.person);
        let last = tx.last_nudge(person, lead).await.or_broken("look for the last nudge")?;
        let calendar = &self.partnership.calendar;
        if let Some(last) = last {
            let next_on = calendar.working_days_after(calendar.day(last), NUDGE_DAYS);
            if self.today(tx) < next_on {
                sent.too_soon = Some(chase::Refusal::TooSoon {
                    who: name,
                    day: day_in_words(calendar.day(last)),
                    next: day_in_words(next_on),
                });
                return Ok(false);
            }
        }
        let key = match person {
            Some(person) => format!("nudge/{}/{}", self.request.id, person.0),
            None => format!("nudge/{}/body{}", self.request.id, lead.0),
        };
        let due_at = calendar.next_office_hour(tx.now(), self.desk.digest_time);
        let post =
            NewPost { key: &key, to, calls, follows: None, card, due_at, useful_until: None };
        let Some(post) = tx.owe(&post).await.or_broken("owe the nudge")? else { return Ok(true) };
        let by = self.speaker(tx).await?.person.id;
        let chase = NewChase {
            occasion: Occasion::Nudge,
            person,
            lead,
            post,
            by: Some(by),
            meetings: Vec::new(),
            actions: subject.about.iter().map(|action| action.id).collect(),
        };
        tx.add_chase(&chase).await.or_broken("record who was nudged")?;
        Ok(true)
    }

    /// Keeps whoever asks from being asked again before a meeting. Others are asked as before.
    pub(super) async fn snooze(
        self,
        tx: &mut Tx,
        body: BodyId,
        first_on: NaiveDate,
    ) -> Result<Card, Failure> {
        let calendar = &self.partnership.calendar;
        let since = calendar.begin_of(first_on);
        let meeting = calendar.next(body, tx.now()).filter(|next| next.first_on == first_on);
        let until = meeting.as_ref().map_or(since, |meeting| meeting.at);
        let name = match (&meeting, self.partnership.bodies.with(body)) {
            (Some(meeting), Some(body)) => view::meeting::label(meeting, body),
            _ => day_in_words(first_on),
        };
        if until <= tx.now() {
            return Err(chase::Refusal::MeetingOver.into());
        }
        if tx.first_asking(self.request.id).await.or_broken("record the asking")? {
            let person = self.speaker(tx).await?.person;
            tx.snooze(&person, until).await.or_broken("record the snooze")?;
        }
        Ok(view::chase::snoozed(&name, &day_in_words(calendar.day(until))))
    }

    pub(super) async fn wake(self, tx: &mut Tx) -> Result<Card, Failure> {
        if tx.first_asking(self.request.id).await.or_broken("record the asking")? {
            let person = self.speaker(tx).await?.person;
            tx.snooze(&person, tx.now()).await.or_broken("end the snooze")?;
        }
        Ok(view::chase::woken())
    }
}

/// Who gets a nudge, and why somebody does not.
#[derive(Default)]
struct Sent {
    people: Vec<String>,
    channels: Vec<String>,
    too_soon: Option<chase::Refusal>,
}
