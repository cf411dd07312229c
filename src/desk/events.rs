//! Meetings in the server's own calendar: what it is to show, and what it does not take.

use std::collections::BTreeMap;

use chrono::DateTime;
use chrono::Utc;
use tracing::warn;

use super::Desk;
use crate::meeting::Meeting;
use crate::partnership::Partnership;
use crate::post::Event;
use crate::post::event;
use crate::post::event::Change;
use crate::post::event::Key;
use crate::post::event::Owed;
use crate::store::Tx;
use crate::view;

/// The key of the post that tells CP Support of events that were refused, but for the month: one for all
/// of them, and again in another month if they are refused still.
const REFUSED: &str = "events/refused/";

impl Desk {
    /// How what the calendar is to show changes, by what is known of the meetings now. Where the
    /// setting is off, that is none of those still to come.
    pub async fn event_changes(&self, tx: &mut Tx) -> anyhow::Result<Vec<Change>> {
        let kept = tx.events_kept().await?;
        if !self.scheduled_events {
            return Ok(event::changes(&BTreeMap::new(), &kept));
        }
        let Some(partnership) = tx.partnership().await? else { return Ok(Vec::new()) };
        let meetings = event::shown(&partnership.calendar, tx.now(), &kept);
        let wanted = meetings
            .iter()
            .filter_map(|meeting| Some((Key::of(meeting), event_of(meeting, &partnership)?)));
        Ok(event::changes(&wanted.collect(), &kept))
    }

    /// When the calendar has to show a further meeting, after a moment; none where the setting is off.
    pub fn next_event(
        &self,
        partnership: &Partnership,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        self.scheduled_events.then(|| event::next_shown(&partnership.calendar, now)).flatten()
    }

    /// Owes the calendar what it is to show from now on.
    pub async fn keep_events(&self, tx: &mut Tx) -> anyhow::Result<()> {
        for change in self.event_changes(tx).await? {
            tx.save_event_change(&change).await?;
        }
        Ok(())
    }

    /// Owes the calendar again what it did not take before; where the setting is off by now, only that
    /// what stands there goes.
    pub async fn take_up_events(&self, tx: &mut Tx) -> anyhow::Result<()> {
        tx.owe_events_again().await?;
        if self.scheduled_events { Ok(()) } else { self.keep_events(tx).await }
    }

    /// Gives up what the calendar does not take, and tells CP Support once a month of all such. What has begun
    /// meanwhile is of no use there any more, and nobody needs to act.
    pub async fn event_refused(&self, tx: &mut Tx, owed: &Owed, why: &str) -> anyhow::Result<()> {
        tx.save_event_given_up(owed, why).await?;
        let event = owed.wanted.as_ref().or(owed.tried.as_ref());
        let event = event.filter(|event| event.begins_at > tx.now());
        let (Some(event), Some(partnership)) = (event, tx.partnership().await?) else {
            warn!(event.key = owed.key.words(), "Nobody was told of it");
            return Ok(());
        };
        let card = view::meeting::event::refused(&event.name, why);
        let month = partnership.calendar.day(tx.now()).format("%Y-%m");
        self.tell_office(tx, &partnership, &format!("{REFUSED}{month}"), &card).await
    }
}

/// A meeting as the calendar is to show it; none for one of a body that is not known.
fn event_of(meeting: &Meeting, partnership: &Partnership) -> Option<Event> {
    let body = partnership.bodies.with(meeting.body)?;
    Some(Event {
        name: view::meeting::name(meeting, body),
        describes: view::meeting::event::describes(meeting),
        place: view::meeting::event::place(body),
        begins_at: meeting.at,
        ends_at: meeting.at + event::LASTS,
    })
}
