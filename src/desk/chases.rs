//! Requests for updates before a meeting: who is asked, and who cannot be.

use std::collections::BTreeSet;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::TimeDelta;
use chrono::Utc;

use super::Desk;
use super::digests::plan_read_by;
use super::routines::Asks;
use super::routines::Due;
use super::routines::Owed;
use crate::action::Action;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::BodyKind;
use crate::body::PersonId;
use crate::chase;
use crate::chase::Chase;
use crate::chase::Holders;
use crate::chase::Occasion;
use crate::chase::Reached;
use crate::chase::Recipient;
use crate::chase::Round;
use crate::meeting::Meeting;
use crate::partnership::Partnership;
use crate::post::Called;
use crate::post::Ending;
use crate::post::NewPost;
use crate::post::Post;
use crate::post::Whither;
use crate::routine::Routine;
use crate::schedule::Tick;
use crate::store::Tx;
use crate::view;
use crate::view::chase::Asked;
use crate::view::line::Lens;

/// What begins the key of a post that calls somebody by name instead of one that they do not take.
pub(super) const MENTION: &str = "mention/";

/// What is known when people are asked before a meeting.
#[derive(Debug)]
pub(super) struct Known {
    /// The actions of the plans that the meetings are about.
    pub(super) actions: Vec<Action>,
    /// Who is known to hold each body.
    pub(super) holders: Holders,
    /// Who does not want to be asked.
    pub(super) snoozed: BTreeSet<PersonId>,
}

impl Desk {
    /// The requests that fall due, each to somebody who was not asked before on this occasion.
    pub(super) async fn prepare_chases(
        &self,
        tx: &mut Tx,
        partnership: &Partnership,
        tick: &Tick,
    ) -> anyhow::Result<Due> {
        let now = tx.now();
        let known = known(tx, partnership, tick.meetings(), now).await?;
        let round = round(partnership, tick, &known, now);
        let before = Before::load(tx, partnership, tick.meetings()).await?;
        let due_at = self.asked_at(partnership, tick, now);
        if tick.useful_until.is_some_and(|until| due_at >= until) {
            // Nobody may be disturbed until it is too late.
            let body = partnership.bodies.with(tick.recipient());
            return Ok(body
                .map_or(Due::Nothing, |body| Due::Missed(view::notice::chase_missed(tick, body))));
        }
        let today = partnership.calendar.day(now);
        let chases =
            round.chases.iter().filter(|chase| !before.has(tick, today, &recipient(chase)));
        let owed = chases.filter_map(|chase| self.request(partnership, tick, chase, due_at));
        Ok(Due::Posts(owed.collect()))
    }

    /// When people are asked, were that seen to at an instant: not while they should not be disturbed.
    pub(super) fn asked_at(
        &self,
        partnership: &Partnership,
        tick: &Tick,
        now: DateTime<Utc>,
    ) -> DateTime<Utc> {
        let time = self.clockwork(partnership).timing(tick.routine).time;
        partnership.calendar.next_office_hour(now.max(tick.due_at), time)
    }

    fn request(
        &self,
        partnership: &Partnership,
        tick: &Tick,
        chase: &Chase<'_>,
        due_at: DateTime<Utc>,
    ) -> Option<Owed> {
        let (calendar, bodies) = (&partnership.calendar, &partnership.bodies);
        let clockwork = self.clockwork(partnership);
        let papers_time = clockwork.timing(Routine::Digest).time.format("%H:%M").to_string();
        let asked = Asked {
            meeting: &tick.meeting,
            with: &tick.with,
            is_last: tick.routine == Routine::SecondChase,
            is_late: tick.is_late(due_at),
            about: &chase.about,
            bodies,
            papers_time: &papers_time,
            lens: Lens {
                today: calendar.day(due_at),
                meeting_on: Some(last_day(tick)),
                zone: calendar.zone,
            },
        };
        let (to, calls, card, suffix) = match &chase.to {
            Recipient::Person(holder) => {
                let card = view::chase::to_person(&asked).within(partnership.server);
                (Whither::Person(holder.user), None, card, format!("{}", holder.person.0))
            }
            Recipient::Channel(lead) => {
                let body = bodies.with(*lead)?;
                let card = view::chase::to_channel(&asked, *lead);
                let calls = body.role.map(Called::Role);
                (Whither::Channel(body.channel?), calls, card, format!("body{}", lead.0))
            }
        };
        Some(Owed {
            key: format!("{}/{suffix}", tick.key()),
            to,
            calls,
            follows: None,
            card,
            due_at,
            useful_until: tick.useful_until,
            asks: Some(Asks {
                occasion: occasion(tick.routine),
                person: match &chase.to {
                    Recipient::Person(holder) => Some(holder.person),
                    Recipient::Channel(_) => None,
                },
                lead: chase.lead,
                by: None,
                actions: chase.about.iter().map(|(action, _)| action.id).collect(),
            }),
        })
    }

    /// Ends a post to somebody who takes no messages from us. A request for updates is said once in the
    /// channel of the lead instead, where it calls them by name; what came of a meeting stands in it
    /// already, so they are called to that.
    pub async fn refused(&self, tx: &mut Tx, post: &Post, why: &str) -> anyhow::Result<()> {
        tx.save_unsaid(post.id, Ending::Refused, why).await?;
        let Whither::Person(user) = post.to else { return Ok(()) };
        let Some(lead) = tx.lead_asked_by(post.id).await? else {
            return self.call_to_results(tx, post, user).await;
        };
        let Some(partnership) = tx.partnership().await? else { return Ok(()) };
        let channel = partnership.bodies.with(lead).and_then(|body| body.channel);
        let Some(channel) = channel else { return Ok(()) };
        let key = format!("{MENTION}{}", post.key);
        let card = view::chase::refused(&post.card);
        let instead = NewPost {
            key: &key,
            to: Whither::Channel(channel),
            calls: Some(Called::Person(user)),
            follows: None,
            card: &card,
            due_at: tx.now(),
            useful_until: post.useful_until,
        };
        tx.owe(&instead).await?;
        Ok(())
    }
}

/// What is known about whoever is asked before some meetings at an instant, now or to come.
pub(super) async fn known<'a>(
    tx: &mut Tx,
    partnership: &Partnership,
    meetings: impl Iterator<Item = &'a Meeting>,
    at: DateTime<Utc>,
) -> anyhow::Result<Known> {
    let plans = plans_asked_about(tx, partnership, meetings).await?;
    let mut actions = if plans.is_empty() { Vec::new() } else { tx.actions(None).await? };
    actions.retain(|action| plans.contains(&action.reference.plan));
    let holders = chase::holders(&partnership.bodies, &tx.sightings().await?);
    Ok(Known { actions, holders, snoozed: tx.snoozed(at).await? })
}

/// Who is asked about what at an instant, as things are known.
pub(super) fn round<'a>(
    partnership: &'a Partnership,
    tick: &Tick,
    known: &'a Known,
    at: DateTime<Utc>,
) -> Round<'a> {
    let calendar = &partnership.calendar;
    let before = tick.meeting.at - TimeDelta::milliseconds(1);
    let last = calendar.last(tick.meeting.body, before.min(at));
    chase::round(&chase::Facts {
        actions: &known.actions,
        bodies: &partnership.bodies,
        holders: &known.holders,
        snoozed: &known.snoozed,
        since: last.map(|last| last.at),
        today: calendar.day(at),
        meeting_on: last_day(tick),
    })
}

/// The last day of the meetings that a tick is for.
pub(super) fn last_day(tick: &Tick) -> NaiveDate {
    tick.meetings().map(|meeting| meeting.on).max().unwrap_or(tick.meeting.on)
}

/// What a routine is to whoever is asked by it.
fn occasion(routine: Routine) -> Occasion {
    if routine == Routine::SecondChase { Occasion::Second } else { Occasion::First }
}

/// What tells one recipient from another: a person, or the lead whose channel is asked.
type Whom = Result<PersonId, BodyId>;

pub(super) fn recipient(chase: &Chase<'_>) -> Whom {
    match &chase.to {
        Recipient::Person(holder) => Ok(holder.person),
        Recipient::Channel(lead) => Err(*lead),
    }
}

/// Who was asked before which meetings. A meeting may have been moved since.
#[derive(Debug, Default)]
pub(super) struct Before(Vec<Earlier>);

/// Somebody who was asked before a meeting.
#[derive(Debug)]
struct Earlier {
    /// The meeting, by what keeps it the same wherever it is moved.
    meeting: (BodyId, NaiveDate),
    occasion: Occasion,
    day: NaiveDate,
    whom: Whom,
}

impl Before {
    /// Who was asked before these.
    pub(super) async fn load<'a>(
        tx: &mut Tx,
        partnership: &Partnership,
        meetings: impl Iterator<Item = &'a Meeting>,
    ) -> anyhow::Result<Self> {
        let mut before = Vec::new();
        for meeting in meetings {
            let made = tx.chases_before(meeting.body, meeting.first_on).await?;
            // One that was withdrawn has asked nobody anything.
            let made = made.into_iter().filter(|made| made.reached != Reached::No);
            before.extend(made.map(|made| Earlier {
                meeting: (meeting.body, meeting.first_on),
                occasion: made.occasion,
                day: partnership.calendar.day(made.asked_at),
                whom: made.person.ok_or(made.lead),
            }));
        }
        Ok(Self(before))
    }

    /// Whether somebody was asked on the same occasion, or on the same day, or is still to be on a day to
    /// come: two requests on one day are one too many, as when the bot was offline for both, or the
    /// clock was set back.
    pub(super) fn has(&self, tick: &Tick, today: NaiveDate, whom: &Whom) -> bool {
        let is_same = |meeting: &Meeting, earlier: &Earlier| {
            earlier.meeting == (meeting.body, meeting.first_on)
        };
        self.0.iter().any(|earlier| {
            earlier.whom == *whom
                && (earlier.occasion == occasion(tick.routine) || earlier.day >= today)
                && tick.meetings().any(|meeting| is_same(meeting, earlier))
        })
    }

    /// Takes somebody for asked, too.
    pub(super) fn add(&mut self, tick: &Tick, day: NaiveDate, whom: Whom) {
        let earlier = tick.meetings().map(|meeting| Earlier {
            meeting: (meeting.body, meeting.first_on),
            occasion: occasion(tick.routine),
            day,
            whom,
        });
        self.0.extend(earlier);
    }
}

/// Whether people were asked on the occasion of a tick.
pub(super) async fn was_asked(tx: &mut Tx, tick: &Tick) -> anyhow::Result<bool> {
    let made = tx.chases_before(tick.meeting.body, tick.meeting.first_on).await?;
    Ok(made.iter().any(|made| made.occasion == occasion(tick.routine)))
}

/// The letters of the plans that people are asked about before some meetings: the board and the
/// executive group read the partnership's, a group only one of its own.
async fn plans_asked_about<'a>(
    tx: &mut Tx,
    partnership: &Partnership,
    meetings: impl Iterator<Item = &'a Meeting>,
) -> anyhow::Result<BTreeSet<String>> {
    let mut letters = BTreeSet::new();
    for meeting in meetings {
        let Some(body) = partnership.bodies.with(meeting.body) else { continue };
        let plan = plan_read_by(tx, body).await?;
        if reads_for_all(body) || plan.body == body.id {
            letters.insert(plan.code);
        }
    }
    Ok(letters)
}

fn reads_for_all(body: &Body) -> bool {
    matches!(body.kind, BodyKind::Board | BodyKind::Executive)
}
