//! Nudges that somebody gives, and requests that somebody does not want.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Asking;
use super::Desk;
use super::Failure;
use super::OrBroken;
use crate::action::Action;
use crate::action::Standing;
use crate::body::Bodies;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::Person;
use crate::body::PersonId;
use crate::body::both;
use crate::chase;
use crate::chase::Holders;
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

/// So many meetings of a body are looked through for one that somebody was asked before.
const COMING_MAX: usize = 24;

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

/// Somebody to be reminded: a person, or everybody who has the role of a lead, in its channel.
struct Addressee {
    name: String,
    person: Option<PersonId>,
    lead: BodyId,
    to: Whither,
    calls: Option<Called>,
}

impl Asking<'_> {
    pub(super) async fn remind(self, tx: &mut Tx, ask: &RemindAsk) -> Result<Card, Failure> {
        let bodies = &self.partnership.bodies;
        let decided = permission::authority(Capability::Steer, &self.passer_by(), bodies);
        let authority = self.permitted(decided)?;
        let note = ask.note.as_deref().map(str::trim).unwrap_or_default();
        let length = note.chars().count();
        if length > NOTE_MAX {
            return Err(chase::Refusal::TooLong { length }.into());
        }
        let actions = self.actions(tx, None).await?;
        let subject = self.subject(&actions, ask)?;
        let seen = tx.sightings().await.or_broken("load who holds what")?;
        let addressees = addressees(&subject.leads, bodies, &chase::holders(bodies, &seen));
        if addressees.is_empty() {
            let vacant = bodies.are_vacant(&subject.leads);
            let why = match subject.leads.as_slice() {
                [] => "it has no lead that I know of",
                _ if vacant => "it is vacant",
                _ => "nobody is known to hold it",
            };
            return Err(chase::Refusal::Nobody { what: subject.name, why }.into());
        }
        let speaker = self.speaker(tx).await?;
        let today = self.today(tx);
        let calendar = &self.partnership.calendar;
        let card = view::chase::nudge(&view::chase::Nudge {
            by: &speaker.person.name,
            body: bodies.with(authority.body).map_or("", |body| body.name.as_str()),
            note,
            about: &subject.about,
            lens: Lens { today, meeting_on: None, zone: calendar.zone },
        });
        let is_first = tx.first_asking(self.request.id).await.or_broken("record the asking")?;
        let mut sent = Vec::new();
        let mut spared: Option<Spared> = None;
        for addressee in &addressees {
            let spare = if is_first { self.spared(tx, addressee).await? } else { None };
            match spare {
                Some(spare) => spared.get_or_insert_default().add(spare),
                None => sent.push(addressee),
            }
        }
        if let Some(spared) = spared.as_ref().filter(|_| sent.is_empty()) {
            return Err(spared.refusal().into());
        }
        let due_at = calendar.next_office_hour(tx.now(), self.desk.digest_time);
        if is_first {
            for addressee in &sent {
                self.nudge(tx, addressee, &subject, &card, &speaker.person).await?;
            }
        }
        let names = |is_wanted: fn(&Addressee) -> bool| -> Vec<String> {
            let wanted = sent.iter().filter(|addressee| is_wanted(addressee));
            wanted.map(|addressee| addressee.name.clone()).collect()
        };
        Ok(view::chase::nudged(&view::chase::Nudged {
            people: &names(|addressee| addressee.person.is_some()),
            channels: &names(|addressee| addressee.person.is_none()),
            spared: spared.as_ref().map_or(&[], |spared| &spared.who),
            about: &subject.about,
            goes: &view::chase::goes(due_at, tx.now(), calendar.zone),
        }))
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

    /// When somebody was last reminded, and can be again, where that is too short a while ago.
    async fn spared(
        self,
        tx: &mut Tx,
        addressee: &Addressee,
    ) -> Result<Option<(String, NaiveDate, NaiveDate)>, Failure> {
        let last = tx.last_nudge(addressee.person, addressee.lead).await;
        let Some(last) = last.or_broken("look for the last nudge")? else { return Ok(None) };
        let calendar = &self.partnership.calendar;
        let on = calendar.day(last);
        let next_on = calendar.working_days_after(on, NUDGE_DAYS);
        let is_soon = self.today(tx) < next_on;
        Ok(is_soon.then(|| (addressee.name.clone(), on, next_on)))
    }

    /// Owes somebody a nudge.
    async fn nudge(
        self,
        tx: &mut Tx,
        addressee: &Addressee,
        subject: &Subject<'_>,
        card: &Card,
        by: &Person,
    ) -> Result<(), Failure> {
        let key = match addressee.person {
            Some(person) => format!("nudge/{}/{}", self.request.id, person.0),
            None => format!("nudge/{}/body{}", self.request.id, addressee.lead.0),
        };
        let card = match addressee.to {
            Whither::Person(_) => card.clone().within(self.partnership.server),
            Whither::Channel(_) => card.clone(),
        };
        let calendar = &self.partnership.calendar;
        let post = NewPost {
            key: &key,
            to: addressee.to,
            calls: addressee.calls,
            follows: None,
            card: &card,
            due_at: calendar.next_office_hour(tx.now(), self.desk.digest_time),
            useful_until: None,
        };
        let Some(post) = tx.owe(&post).await.or_broken("owe the nudge")? else { return Ok(()) };
        let chase = NewChase {
            occasion: Occasion::Nudge,
            person: addressee.person,
            lead: addressee.lead,
            post,
            by: Some(by.id),
            meetings: Vec::new(),
            actions: subject.about.iter().map(|action| action.id).collect(),
        };
        tx.add_chase(&chase).await.or_broken("record who was nudged")
    }

    /// Keeps whoever asks from being asked again before a meeting. Others are asked as before.
    pub(super) async fn snooze(
        self,
        tx: &mut Tx,
        body: BodyId,
        first_on: NaiveDate,
    ) -> Result<Card, Failure> {
        let calendar = &self.partnership.calendar;
        // It may have been moved behind others of the same body.
        let meeting = calendar
            .of_body(body, tx.now())
            .take(COMING_MAX)
            .find(|meeting| meeting.first_on == first_on);
        let meeting = meeting.ok_or(chase::Refusal::MeetingGone)?;
        // From then on nobody is asked before it anyway, but may be before the next.
        let until = self.desk.clockwork(self.partnership).papers_at(&meeting);
        if until <= tx.now() {
            return Err(chase::Refusal::PapersOut.into());
        }
        if tx.first_asking(self.request.id).await.or_broken("record the asking")? {
            let person = self.speaker(tx).await?.person;
            tx.snooze(&person, until).await.or_broken("record the snooze")?;
        }
        Ok(view::chase::snoozed(&meeting, &self.partnership.bodies))
    }

    pub(super) async fn wake(self, tx: &mut Tx) -> Result<Card, Failure> {
        if tx.first_asking(self.request.id).await.or_broken("record the asking")? {
            let person = self.speaker(tx).await?.person;
            tx.snooze(&person, tx.now()).await.or_broken("end the snooze")?;
        }
        Ok(view::chase::woken())
    }
}

/// Whom to remind: each who is known to hold one of some leads, once; of a lead that nobody is known
/// to hold, its channel.
fn addressees(leads: &[BodyId], bodies: &Bodies, holders: &Holders) -> Vec<Addressee> {
    let mut addressees: Vec<Addressee> = Vec::new();
    for lead in leads {
        let known = holders.get(lead).map(Vec::as_slice).unwrap_or_default();
        for holder in known {
            if addressees.iter().all(|other| other.person != Some(holder.person)) {
                addressees.push(Addressee {
                    name: holder.name.clone(),
                    person: Some(holder.person),
                    lead: *lead,
                    to: Whither::Person(holder.user),
                    calls: None,
                });
            }
        }
        if !known.is_empty() || bodies.holdings.is_vacant(*lead) {
            continue;
        }
        let called = bodies.with(*lead).and_then(|body| Some((body, body.channel?, body.role?)));
        addressees.extend(called.map(|(body, channel, role)| Addressee {
            name: body.channel_name.clone(),
            person: None,
            lead: *lead,
            to: Whither::Channel(channel),
            calls: Some(Called::Role(role)),
        }));
    }
    addressees
}

/// Who had a reminder a short while ago.
#[derive(Default)]
struct Spared {
    /// Each with the day it was.
    who: Vec<(String, NaiveDate)>,
    /// The first day on which all of them can be reminded again.
    next_on: NaiveDate,
}

impl Spared {
    fn add(&mut self, (name, on, next_on): (String, NaiveDate, NaiveDate)) {
        self.who.push((name, on));
        self.next_on = self.next_on.max(next_on);
    }

    fn refusal(&self) -> chase::Refusal {
        let who: Vec<String> = self.who.iter().map(|(name, _)| name.clone()).collect();
        let last = self.who.iter().map(|(_, on)| *on).max().unwrap_or(self.next_on);
        let (day, next) = (day_in_words(last), day_in_words(self.next_on));
        chase::Refusal::TooSoon { who: both(&who), day, next }
    }
}
