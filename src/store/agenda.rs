//! What is brought to meetings. Part of the ledger: what is taken off stays, with a further entry that
//! takes it off.

use anyhow::Context;
use anyhow::ensure;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;

use super::Tx;
use super::actions::reference;
use super::column;
use crate::agenda::Item;
use crate::agenda::ItemId;
use crate::agenda::NewItem;
use crate::agenda::Purpose;
use crate::body::BodyId;
use crate::body::Person;

impl Tx {
    /// What stood at the end of an instant, or stands now, on the agendas of meetings from a day on,
    /// in the order of the meetings, what is to be decided first. An update that had been taken back by then is not
    /// brought any more; its action is.
    pub async fn agenda_items(
        &mut self,
        from_on: NaiveDate,
        until: Option<DateTime<Utc>>,
    ) -> anyhow::Result<Vec<Item>> {
        let from_on = from_on.to_string();
        let until = until.map_or(i64::MAX, column::millis);
        let rows = sqlx::query!(
            r#"SELECT agenda_items.id, plans.code AS plan, areas.number AS area, actions.number,
                 actions.turn, updates.text AS "update_text?", agenda_items.body_id,
                 agenda_items.meeting_on, agenda_items.purpose, agenda_items.words,
                 names.name AS "by?",
                 coalesce(origin.set_at, agenda_items.set_at) AS "set_at!: i64"
             FROM agenda_items
             JOIN actions ON actions.id = agenda_items.action_id
             JOIN areas ON areas.id = actions.area_id
             JOIN plans ON plans.id = areas.plan_id
             LEFT JOIN updates ON updates.id = agenda_items.update_id AND NOT EXISTS (
                 SELECT 1 FROM updates AS undoing
                 WHERE undoing.undoes = updates.id AND undoing.said_at <= ?1
             )
             LEFT JOIN agenda_items AS origin ON origin.id = agenda_items.carried_from
             LEFT JOIN names
                 ON names.person_id = coalesce(origin.person_id, agenda_items.person_id)
             WHERE agenda_items.meeting_on >= ?2 AND agenda_items.undoes IS NULL
                 AND agenda_items.set_at <= ?1 AND NOT EXISTS (
                 SELECT 1 FROM agenda_items AS undoing
                 WHERE undoing.undoes = agenda_items.id AND undoing.set_at <= ?1
             )
             ORDER BY agenda_items.meeting_on, agenda_items.body_id, agenda_items.purpose,
                 plans.code, areas.number, actions.number, actions.turn"#,
            until,
            from_on
        )
        .fetch_all(self.connection())
        .await
        .context("load what is brought to meetings")?;
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            let purpose = Purpose::from_word(&row.purpose);
            items.push(Item {
                id: ItemId(row.id),
                action: reference(row.plan, row.area, row.number, row.turn)?,
                update: row.update_text,
                body: BodyId(row.body_id),
                meeting_on: column::day(&row.meeting_on)?,
                purpose: purpose.with_context(|| format!("\"{}\" is no purpose", row.purpose))?,
                words: row.words,
                by: row.by,
                set_at: column::instant(row.set_at)?,
            });
        }
        Ok(items)
    }

    /// Puts something on the agenda of a meeting, now.
    pub async fn add_agenda_item(&mut self, new: &NewItem, by: &Person) -> anyhow::Result<()> {
        let update = new.update.map(|update| update.0);
        let meeting_on = new.meeting_on.to_string();
        let purpose = new.purpose.word();
        let now = column::millis(self.now);
        sqlx::query!(
            "INSERT INTO agenda_items (action_id, update_id, body_id, meeting_on, purpose, words,
                 person_id, set_at, recorded_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
            new.action.0,
            update,
            new.body.0,
            meeting_on,
            purpose,
            new.words,
            by.id.0,
            now
        )
        .execute(self.connection())
        .await
        .context("put something on an agenda")?;
        Ok(())
    }

    /// Takes something off the agenda it stands on, now.
    ///
    /// # Errors
    /// When there is no such item, or it was taken off before.
    pub async fn take_off_agenda(&mut self, item: ItemId, by: &Person) -> anyhow::Result<()> {
        let now = column::millis(self.now);
        let taken = sqlx::query!(
            "INSERT INTO agenda_items (action_id, update_id, body_id, meeting_on, purpose, words,
                 person_id, undoes, set_at, recorded_at)
             SELECT action_id, update_id, body_id, meeting_on, purpose, words, ?1, id, ?2, ?2
             FROM agenda_items WHERE id = ?3",
            by.id.0,
            now,
            item.0
        )
        .execute(self.connection())
        .await
        .context("take something off an agenda")?;
        ensure!(taken.rows_affected() == 1, "there is no item {}", item.0);
        Ok(())
    }

    /// Carries what stands on an agenda to a meeting of the same body on another day, now. Whoever
    /// promised it still does.
    ///
    /// # Errors
    /// When there is no such item, or it was taken off before.
    pub async fn carry_agenda_item(
        &mut self,
        item: ItemId,
        to_on: NaiveDate,
        by: &Person,
    ) -> anyhow::Result<()> {
        self.take_off_agenda(item, by).await?;
        let meeting_on = to_on.to_string();
        let now = column::millis(self.now);
        let carried = sqlx::query!(
            "INSERT INTO agenda_items (action_id, update_id, body_id, meeting_on, purpose, words,
                 person_id, carried_from, set_at, recorded_at)
             SELECT action_id, update_id, body_id, ?1, purpose, words, ?2,
                 coalesce(carried_from, id), ?3, ?3
             FROM agenda_items WHERE id = ?4",
            meeting_on,
            by.id.0,
            now,
            item.0
        )
        .execute(self.connection())
        .await
        .context("carry something to another agenda")?;
        ensure!(carried.rows_affected() == 1, "there is no item {}", item.0);
        Ok(())
    }
}
