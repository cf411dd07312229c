//! What CP Support is told around a meeting, and what changed since the digest.

use chrono::DateTime;
use chrono::Utc;

use super::Desk;
use super::chases::known;
use super::chases::round;
use super::digests::plan_read_by;
use super::digests::told;
use super::plans::papers;
use super::routines::Due;
use super::routines::Owed;
use crate::action::Action;
use crate::agenda::Item;
use crate::agenda::Purpose;
use crate::attendance::Held;
use crate::body::Body;
use crate::body::BodyKind;
use crate::body::ChannelId;
use crate::body::Lack;
use crate::body::RoleId;
use crate::digest::since::Since;
use crate::partnership::Partnership;
use crate::post::Whither;
use crate::schedule::Tick;
use crate::store::Tx;
use crate::view;
use crate::view::Card;
use crate::view::line::Lens;
use crate::view::report::Remaining;
use crate::view::report::Report;

impl Desk {
    /// Who was reached, who has answered, who is silent, with the draft of the paper.
    pub(super) async fn prepare_report(
        &self,
        tx: &mut Tx,
        partnership: &Partnership,
        tick: &Tick,
        body: &Body,
    ) -> anyhow::Result<Due> {
        let now = tx.now();
        let known = known(tx, partnership, tick.meetings(), now).await?;
        let round = round(partnership, tick, &known, now);
        let made = tx.chases_before(tick.meeting.body, tick.meeting.first_on).await?;
        let lens = lens(partnership, tick, now);
        let papers_at = self.clockwork(partnership).papers_at(&tick.meeting);
        let report = Report {
            meeting: &tick.meeting,
            body,
            bodies: &partnership.bodies,
            made: &made,
            round: &round,
            papers_at,
            papers_are_out: papers_at <= now,
            is_late: tick.is_late(now),
            lens,
        };
        let mut card = view::report::delivery(&report);
        let (digest, position) = told(tx, partnership, body, &tick.meeting, now).await?;
        card.files = papers(&digest, position).await?;
        card.files.truncate(1);
        Ok(to_office(partnership, tick, card))
    }

    /// What has changed since the digest; nothing where nothing has, or no digest was posted.
    pub(super) async fn prepare_follow_up(
        &self,
        tx: &mut Tx,
        partnership: &Partnership,
        tick: &Tick,
        body: &Body,
    ) -> anyhow::Result<Due> {
        let issued = tx.digest_for(body.id, tick.meeting.first_on).await?;
        let (Some((key, told_at)), Some(channel)) = (issued, body.channel) else {
            return Ok(Due::Nothing);
        };
        let now = tx.now();
        let plan = plan_read_by(tx, body).await?;
        let is_its = |action: &Action| action.reference.plan == plan.code;
        let (mut before, mut after) = (tx.actions(Some(told_at)).await?, tx.actions(None).await?);
        before.retain(is_its);
        after.retain(is_its);
        let mut progress = tx.updates_since(told_at, now).await?;
        progress.retain(|(reference, _)| reference.plan == plan.code);
        let calendar = &partnership.calendar;
        let since = Since::between(
            (&before, calendar.day(told_at)),
            (&after, calendar.day(now)),
            &progress,
        );
        if since.is_empty() {
            return Ok(Due::Nothing);
        }
        let manner = self.manner(partnership, tick.is_late(now));
        let lens = lens(partnership, tick, now);
        let card = view::report::since(&since, (&tick.meeting, body), told_at, &manner, &lens);
        Ok(Due::Posts(vec![Owed {
            key: tick.key(),
            to: Whither::Channel(channel),
            calls: None,
            follows: Some(key),
            card,
            due_at: now.max(tick.due_at),
            useful_until: tick.useful_until,
            asks: None,
        }]))
    }

    /// What the meeting was asked to decide and has no decision recorded; nothing where all have.
    pub(super) async fn prepare_reminder(
        &self,
        tx: &mut Tx,
        partnership: &Partnership,
        tick: &Tick,
        body: &Body,
    ) -> anyhow::Result<Due> {
        let meeting = &tick.meeting;
        if tx.meetings_recorded().await?.contains(&Held::of(meeting)) {
            return Ok(Due::Nothing);
        }
        let plan = plan_read_by(tx, body).await?;
        let asked = tx.actions(Some(meeting.at)).await?;
        let asked: Vec<Action> = asked
            .into_iter()
            .filter(|action| action.reference.plan == plan.code && action.awaits_decision())
            .collect();
        let now_standing = tx.actions(None).await?;
        let open: Vec<&Action> = now_standing
            .iter()
            .filter(|action| {
                action.awaits_decision() && asked.iter().any(|before| before.id == action.id)
            })
            .collect();
        let mut items = tx.agenda_items(meeting.on, Some(meeting.at)).await?;
        items.retain(|item| item.is_before(meeting) && item.purpose == Purpose::Decision);
        let items: Vec<(&Item, &Action)> = items
            .iter()
            .filter_map(|item| {
                let action = now_standing.iter().find(|action| item.is_about(action))?;
                Some((item, action))
            })
            .collect();
        if open.is_empty() && items.is_empty() {
            return Ok(Due::Nothing);
        }
        let lens = lens(partnership, tick, tx.now());
        let remaining =
            Remaining { meeting, body, bodies: &partnership.bodies, open: &open, items: &items };
        Ok(to_office(partnership, tick, view::report::decisions(&remaining, &lens)))
    }
}

/// What was found when it was looked whether everything can be said where it is to be said.
#[derive(Clone, Debug, Default)]
pub struct Looked {
    /// What keeps us from speaking in channels.
    pub lacking: Vec<(ChannelId, Lack)>,
    /// The roles that would not be told if they were called.
    pub silent: Vec<RoleId>,
}

impl Desk {
    /// The channels and roles of a partnership that are to be looked at.
    pub fn looks_at(&self, partnership: &Partnership) -> (Vec<ChannelId>, Vec<RoleId>) {
        let bodies = &partnership.bodies.all;
        let channels = bodies.iter().filter_map(|body| body.channel);
        let roles = bodies.iter().filter(|body| body.channel.is_some());
        (channels.collect(), roles.filter_map(|body| body.role).collect())
    }

    /// What CP Support is told before a meeting of what is amiss in the server; nothing where all is
    /// well.
    pub fn checked(&self, partnership: &Partnership, tick: &Tick, looked: &Looked) -> Due {
        let Some(body) = partnership.bodies.with(tick.recipient()) else { return Due::Nothing };
        let amiss = view::report::amiss(&partnership.bodies, &looked.lacking, &looked.silent);
        if amiss.is_empty() {
            return Due::Nothing;
        }
        to_office(partnership, tick, view::report::to_mend(amiss, &tick.meeting, body))
    }
}

/// A word to CP Support, in its channel.
fn to_office(partnership: &Partnership, tick: &Tick, card: Card) -> Due {
    let office = partnership.bodies.first_of(BodyKind::Office);
    let Some(channel) = office.and_then(|office| office.channel) else {
        tracing::warn!(tick.key = tick.key(), "CP Support has no channel, so nobody was told");
        return Due::Nothing;
    };
    Due::Posts(vec![Owed {
        key: tick.key(),
        to: Whither::Channel(channel),
        calls: None,
        follows: None,
        card,
        due_at: tick.due_at,
        useful_until: tick.useful_until,
        asks: None,
    }])
}

fn lens(partnership: &Partnership, tick: &Tick, now: DateTime<Utc>) -> Lens {
    let calendar = &partnership.calendar;
    Lens { today: calendar.day(now), meeting_on: Some(tick.meeting.on), zone: calendar.zone }
}
