//! What is owed to the chat's own calendar: what it is to show of each meeting, and how far that is.

use std::collections::BTreeMap;

use anyhow::Context;
use anyhow::ensure;

use super::Tx;
use super::column;
use crate::body::BodyId;
use crate::post::Event;
use crate::post::EventReceipt;
use crate::post::event::Change;
use crate::post::event::Key;
use crate::post::event::Owed;

impl Tx {
    /// What the calendar is to show of meetings that are still to come by what it shows, whether it
    /// does so yet or not.
    pub async fn events_kept(&mut self) -> anyhow::Result<BTreeMap<Key, Event>> {
        let now = column::millis(self.now);
        let rows = sqlx::query!(
            r#"SELECT body_id, first_on, wanted AS "wanted!" FROM events
             WHERE begins_at > ? AND wanted IS NOT NULL"#,
            now
        )
        .fetch_all(self.connection())
        .await
        .context("load what the calendar is to show")?;
        let kept = rows.into_iter().map(|row| {
            let first_on = column::day(&row.first_on)?;
            Ok((Key { body: BodyId(row.body_id), first_on }, event(&row.wanted)?))
        });
        kept.collect()
    }

    /// Changes what the calendar is to show of a meeting, and owes that to the chat.
    pub async fn save_event_change(&mut self, change: &Change) -> anyhow::Result<()> {
        match change {
            Change::Shown(key, event) => self.show_event(*key, event).await,
            Change::Withdrawn(key) => self.withdraw_event(*key).await,
        }
    }

    async fn show_event(&mut self, key: Key, event: &Event) -> anyhow::Result<()> {
        let first_on = key.first_on.to_string();
        let wanted = column::json(event)?;
        let (begins_at, now) = (column::millis(event.begins_at), column::millis(self.now));
        sqlx::query!(
            "INSERT INTO events (body_id, first_on, wanted, begins_at, state, recorded_at)
             VALUES (?, ?, ?, ?, 'waiting', ?)
             ON CONFLICT (body_id, first_on) DO UPDATE SET wanted = excluded.wanted,
                 begins_at = excluded.begins_at, state = 'waiting', attempts = 0, why = '',
                 recorded_at = excluded.recorded_at, settled_at = NULL",
            key.body.0,
            first_on,
            wanted,
            begins_at,
            now
        )
        .execute(self.connection())
        .await
        .with_context(|| format!("record what is to be shown of {}", key.words()))?;
        Ok(())
    }

    async fn withdraw_event(&mut self, key: Key) -> anyhow::Result<()> {
        let first_on = key.first_on.to_string();
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE events SET wanted = NULL, state = 'waiting', attempts = 0, why = '',
                 recorded_at = ?, settled_at = NULL
             WHERE body_id = ? AND first_on = ?",
            now,
            key.body.0,
            first_on
        )
        .execute(self.connection())
        .await
        .context("record that a meeting is not to be shown")?;
        one_changed(saved.rows_affected(), key)
    }

    /// The meetings for which something is owed; what has failed more often comes later.
    pub async fn events_owed(&mut self) -> anyhow::Result<Vec<Owed>> {
        let rows = sqlx::query!(
            "SELECT body_id, first_on, wanted, tried, receipt FROM events
             WHERE settled_at IS NULL ORDER BY attempts, id"
        )
        .fetch_all(self.connection())
        .await
        .context("load what is owed to the calendar")?;
        let owed = rows.into_iter().map(|row| {
            let first_on = column::day(&row.first_on)?;
            Ok(Owed {
                key: Key { body: BodyId(row.body_id), first_on },
                wanted: row.wanted.as_deref().map(event).transpose()?,
                tried: row.tried.as_deref().map(event).transpose()?,
                receipt: row.receipt.map(column::to_chat).transpose()?.map(EventReceipt),
            })
        });
        owed.collect()
    }

    /// Says that somebody begins to put it there so, where it is not known to stand.
    pub async fn save_event_trying(&mut self, key: Key, event: &Event) -> anyhow::Result<()> {
        let first_on = key.first_on.to_string();
        let tried = column::json(event)?;
        let saved = sqlx::query!(
            "UPDATE events SET tried = ?, receipt = NULL WHERE body_id = ? AND first_on = ?",
            tried,
            key.body.0,
            first_on
        )
        .execute(self.connection())
        .await
        .context("save that an event is being added")?;
        one_changed(saved.rows_affected(), key)
    }

    /// Says that it stands there so. It is owed still if something else has come to be wanted.
    pub async fn save_event_made(
        &mut self,
        key: Key,
        event: &Event,
        receipt: EventReceipt,
    ) -> anyhow::Result<()> {
        let first_on = key.first_on.to_string();
        let made = column::json(event)?;
        let receipt = column::from_chat(receipt.0)?;
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE events SET tried = ?1, receipt = ?2,
                 state = CASE WHEN wanted IS ?1 THEN 'made' ELSE 'waiting' END,
                 settled_at = CASE WHEN wanted IS ?1 THEN ?3 END
             WHERE body_id = ?4 AND first_on = ?5",
            made,
            receipt,
            now,
            key.body.0,
            first_on
        )
        .execute(self.connection())
        .await
        .context("save that an event stands there")?;
        one_changed(saved.rows_affected(), key)
    }

    /// Says that it does not stand there any more. It is owed still if it has come to be wanted again.
    pub async fn save_event_removed(&mut self, key: Key) -> anyhow::Result<()> {
        let first_on = key.first_on.to_string();
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE events SET tried = NULL, receipt = NULL,
                 state = CASE WHEN wanted IS NULL THEN 'removed' ELSE 'waiting' END,
                 settled_at = CASE WHEN wanted IS NULL THEN ?1 END
             WHERE body_id = ?2 AND first_on = ?3",
            now,
            key.body.0,
            first_on
        )
        .execute(self.connection())
        .await
        .context("save that an event is taken away")?;
        one_changed(saved.rows_affected(), key)
    }

    /// Says that what was owed failed and is worth another try.
    pub async fn save_event_waits(&mut self, key: Key, why: &str) -> anyhow::Result<()> {
        let first_on = key.first_on.to_string();
        let saved = sqlx::query!(
            "UPDATE events SET attempts = attempts + 1, why = ? WHERE body_id = ? AND first_on = ?",
            why,
            key.body.0,
            first_on
        )
        .execute(self.connection())
        .await
        .context("save that an event waits again")?;
        one_changed(saved.rows_affected(), key)
    }

    /// Says that what was owed, as it was loaded, is not tried any more. Nothing is written where
    /// something else has come to be wanted.
    pub async fn save_event_given_up(&mut self, owed: &Owed, why: &str) -> anyhow::Result<()> {
        let first_on = owed.key.first_on.to_string();
        let wanted = owed.wanted.as_ref().map(column::json).transpose()?;
        let now = column::millis(self.now);
        sqlx::query!(
            "UPDATE events SET state = 'given up', attempts = attempts + 1, why = ?, settled_at = ?
             WHERE body_id = ? AND first_on = ? AND wanted IS ?",
            why,
            now,
            owed.key.body.0,
            first_on,
            wanted
        )
        .execute(self.connection())
        .await
        .context("save that an event is given up")?;
        Ok(())
    }

    /// Owes again what was given up about meetings that are still to come.
    pub async fn owe_events_again(&mut self) -> anyhow::Result<()> {
        let now = column::millis(self.now);
        sqlx::query!(
            "UPDATE events SET state = 'waiting', attempts = 0, settled_at = NULL
             WHERE begins_at > ? AND state = 'given up'",
            now
        )
        .execute(self.connection())
        .await
        .context("owe the calendar again what was given up")?;
        Ok(())
    }
}

fn event(json: &str) -> anyhow::Result<Event> {
    serde_json::from_str(json).context("read an event")
}

fn one_changed(rows: u64, key: Key) -> anyhow::Result<()> {
    ensure!(rows == 1, "{} is not in the record", key.words());
    Ok(())
}
