//! Digests: shown before, issued at the papers deadline, missed when it is too late.

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;

use super::Asking;
use super::Desk;
use super::Failure;
use super::OrBroken;
use super::plans::next_meeting;
use super::plans::papers;
use super::plans::position_at;
use super::routines::Due;
use super::routines::Kept;
use crate::action::Action;
use crate::action::Ref;
use crate::agenda::Item;
use crate::body::Body;
use crate::body::ChannelId;
use crate::digest::Digest;
use crate::digest::Facts;
use crate::digest::compose;
use crate::meeting::Meeting;
use crate::partnership::Partnership;
use crate::plan::Plan;
use crate::position::Position;
use crate::post::NewPost;
use crate::post::Whither;
use crate::schedule::Tick;
use crate::store::Issued;
use crate::store::Tx;
use crate::view::Card;
use crate::view::digest::Manner;
use crate::view::digest::digest;
use crate::view::notice;
use crate::view::part::parts;

/// Who reads a digest.
#[derive(Clone, Copy, Debug)]
pub struct Readers {
    /// Where.
    pub channel: ChannelId,
    /// Until when it is of use to them; none where it always is.
    pub useful_until: Option<DateTime<Utc>>,
}

impl Asking<'_> {
    pub(super) async fn digest_preview(
        self,
        tx: &mut Tx,
        words: &str,
        as_of: Option<NaiveDate>,
    ) -> Result<Card, Failure> {
        let moment = self.moment(tx, as_of).await?;
        let calendar = self.calendar_at(&moment);
        let then = Partnership { calendar, ..self.partnership.clone() };
        let calendar = &then.calendar;
        let (body, meeting) = next_meeting(&then, words, moment.at)?;
        // A day in the future or the past is seen from the time at which a digest would be posted.
        let position_at = match as_of {
            Some(_) => calendar.instant(moment.today.and_time(self.desk.digest_time)),
            None => moment.at,
        };
        let told = told(tx, &then, body, &meeting, position_at).await;
        let (made, position) = told.or_broken("compose the digest")?;
        let mut card = digest(&made, &self.desk.manner(&position.partnership, false));
        card.files = papers(&made, position).await.or_broken("write the paper")?;
        let due_at = calendar.instant(meeting.papers_on.and_time(self.desk.digest_time));
        card.above = notice::preview_note(&made, due_at);
        Ok(card)
    }
}

impl Desk {
    /// The digest that falls due, unless that meeting was given one.
    pub(super) async fn prepare_digest(
        &self,
        tx: &mut Tx,
        partnership: &Partnership,
        tick: &Tick,
        body: &Body,
    ) -> anyhow::Result<Due> {
        if tx.digest_for(body.id, tick.meeting.first_on).await?.is_some() {
            return Ok(Due::Already);
        }
        let Some(channel) = body.channel else {
            return Ok(Due::Nowhere(notice::nowhere(body)));
        };
        let now = tx.now();
        let late = tick.is_late(now);
        let position_at = if late { now } else { tick.due_at };
        let (made, position) = told(tx, partnership, body, &tick.meeting, position_at).await?;
        let mut card = digest(&made, &self.manner(&position.partnership, late));
        card.files = papers(&made, position).await?;
        let issued = Issued {
            body: body.id,
            meeting_on: Some(tick.meeting.first_on),
            due_at: tick.due_at,
            position_at,
            card,
            facts: serde_json::Value::Null,
        };
        let readers = Readers { channel, useful_until: tick.useful_until };
        Ok(Due::Digest(Box::new(issued), readers))
    }

    /// Keeps a digest and its post, both or neither.
    pub(super) async fn keep_digest(
        &self,
        tx: &mut Tx,
        key: &str,
        issued: &Issued,
        readers: Readers,
    ) -> anyhow::Result<Kept> {
        if !tx.add_digest(issued).await? {
            return Ok(Kept::Already);
        }
        // Owed in order, and a channel reads in that order.
        for (part, number) in parts(issued.card.clone()).iter().zip(1..) {
            let post = NewPost {
                key: &part_key(key, number),
                to: Whither::Channel(readers.channel),
                calls: None,
                follows: None,
                card: part,
                due_at: issued.due_at,
                useful_until: readers.useful_until,
            };
            tx.owe(&post).await?;
        }
        Ok(Kept::Owed)
    }

    pub(super) fn manner<'a>(&self, partnership: &'a Partnership, late: bool) -> Manner<'a> {
        Manner {
            bodies: &partnership.bodies,
            zone: partnership.calendar.zone,
            lines_max: self.section_lines,
            late,
        }
    }
}

/// The key of a part of what is posted: of the first, it is that of the whole.
fn part_key(key: &str, number: usize) -> String {
    if number == 1 { key.to_owned() } else { format!("{key}/{number}") }
}

/// What a body is told before a meeting, as its plan stood at a moment, and that position itself.
pub(super) async fn told(
    tx: &mut Tx,
    partnership: &Partnership,
    body: &Body,
    meeting: &Meeting,
    at: DateTime<Utc>,
) -> anyhow::Result<(Digest, Position)> {
    let plan = plan_read_by(tx, body).await?;
    let is_its = |reference: &Ref| reference.plan == plan.code;
    // What was told for this very meeting is no earlier report: until it meets, the paper and
    // the preview compare with what was told for the meeting before.
    let papers_day = partnership.calendar.begin_of(meeting.papers_on);
    let last = tx.told_before(body.id, papers_day.min(at), meeting.first_on).await?;
    let before = match last {
        Some(at) => {
            let mut actions = tx.actions(Some(at)).await?;
            actions.retain(|action| is_its(&action.reference));
            Some((at, actions))
        }
        None => None,
    };
    let since = last.or_else(|| partnership.calendar.last(body.id, at).map(|meeting| meeting.at));
    let mut progress = tx.updates_since(since.unwrap_or(DateTime::UNIX_EPOCH), at).await?;
    progress.retain(|(reference, _)| is_its(reference));
    let position = position_at(tx, partnership, plan, at).await?;
    let items = brought(tx, meeting, at, &position.actions).await?;
    let facts = Facts {
        partnership: &position.partnership,
        areas: &position.areas,
        actions: &position.actions,
        before: before.as_ref().map(|(at, actions)| (*at, actions.as_slice())),
        progress: &progress,
        items: &items,
    };
    Ok((compose(facts, body, meeting, at), position))
}

/// What is brought to a meeting, each with its action as it stood: mostly of the plan that is told of,
/// but a group may bring something of its own.
async fn brought(
    tx: &mut Tx,
    meeting: &Meeting,
    at: DateTime<Utc>,
    told: &[Action],
) -> anyhow::Result<Vec<(Item, Action)>> {
    let mut items = tx.agenda_items(meeting.on, Some(at)).await?;
    items.retain(|item| item.is_before(meeting));
    let is_told = |item: &Item| told.iter().any(|action| action.reference == item.action);
    let others = if items.iter().all(is_told) { Vec::new() } else { tx.actions(Some(at)).await? };
    let with_action = |item: Item| {
        let action = told.iter().chain(&others).find(|action| item.is_about(action))?.clone();
        Some((item, action))
    };
    Ok(items.into_iter().filter_map(with_action).collect())
}

/// The plan that a body reads about: the one it answers for, or the partnership's.
pub(super) async fn plan_read_by(tx: &mut Tx, body: &Body) -> anyhow::Result<Plan> {
    let own = tx.plans().await?.into_iter().find(|plan| plan.body == body.id);
    match own {
        Some(plan) => Ok(plan),
        None => tx.plan().await,
    }
}
