//! The digests as they were issued: part of the ledger.

use anyhow::Context;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use serde_json::Value;

use super::Tx;
use super::column;
use crate::body::BodyId;
use crate::routine::Routine;
use crate::schedule;
use crate::view::Card;

/// A digest as a body was given it.
#[derive(Clone, Debug, PartialEq)]
pub struct Issued {
    /// Who read it.
    pub body: BodyId,
    /// The day that its meeting was first set for; none for one from before that was kept.
    pub meeting_on: Option<NaiveDate>,
    /// The papers deadline it was due at.
    pub due_at: DateTime<Utc>,
    /// The moment whose position it tells.
    pub position_at: DateTime<Utc>,
    /// What it said, with the files that went with it.
    pub card: Card,
    /// The figures that the next one is compared with, as the digest writes them; `null` for none.
    pub facts: Value,
}

impl Tx {
    /// Keeps a copy of a digest. False, and nothing is written, when the body was given one for
    /// that deadline before.
    pub async fn add_digest(&mut self, issued: &Issued) -> anyhow::Result<bool> {
        let due_at = column::millis(issued.due_at);
        let known = sqlx::query_scalar!(
            "SELECT id FROM digests WHERE body_id = ? AND due_at = ?",
            issued.body.0,
            due_at
        )
        .fetch_optional(self.connection())
        .await
        .context("look for a digest")?;
        if known.is_some() {
            return Ok(false);
        }
        let meeting_on = issued.meeting_on.map(|day| day.to_string());
        let position_at = column::millis(issued.position_at);
        let card = column::json(&issued.card)?;
        let facts = column::json(&issued.facts)?;
        let now = column::millis(self.now);
        let added = sqlx::query!(
            "INSERT INTO digests (body_id, meeting_on, due_at, position_at, card, facts, recorded_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
            issued.body.0,
            meeting_on,
            due_at,
            position_at,
            card,
            facts,
            now
        )
        .execute(self.connection())
        .await
        .context("record a digest")?;
        self.add_files_of_digest(added.last_insert_rowid(), &issued.card.files).await?;
        Ok(true)
    }

    /// The key of the last post of the digest that a body was given for a meeting, and the moment whose
    /// position it tells.
    pub async fn digest_for(
        &mut self,
        body: BodyId,
        first_on: NaiveDate,
    ) -> anyhow::Result<Option<(String, DateTime<Utc>)>> {
        let first_on = first_on.to_string();
        let row = sqlx::query!(
            "SELECT due_at, position_at FROM digests WHERE body_id = ? AND meeting_on = ?
             ORDER BY id DESC LIMIT 1",
            body.0,
            first_on
        )
        .fetch_optional(self.connection())
        .await
        .context("look for the digest for a meeting")?;
        let Some(row) = row else { return Ok(None) };
        let due_at = column::instant(row.due_at)?;
        Ok(Some((schedule::key(Routine::Digest, due_at, body), column::instant(row.position_at)?)))
    }

    /// The moment of the last position before an instant that a body was told in a digest for another
    /// meeting than one.
    pub async fn told_before(
        &mut self,
        body: BodyId,
        before: DateTime<Utc>,
        first_on: NaiveDate,
    ) -> anyhow::Result<Option<DateTime<Utc>>> {
        let (before, first_on) = (column::millis(before), first_on.to_string());
        let at = sqlx::query_scalar!(
            "SELECT position_at FROM digests WHERE body_id = ? AND position_at < ?
               AND meeting_on IS NOT ?
             ORDER BY position_at DESC LIMIT 1",
            body.0,
            before,
            first_on
        )
        .fetch_optional(self.connection())
        .await
        .context("look for the digest before")?;
        at.map(column::instant).transpose()
    }

    /// Which digests were issued: who read each and the deadline it was due at, the latest first.
    pub async fn digests_due(&mut self) -> anyhow::Result<Vec<(BodyId, DateTime<Utc>)>> {
        let rows = sqlx::query!(
            "SELECT digests.body_id, digests.due_at
             FROM bodies CROSS JOIN digests ON digests.body_id = bodies.id
             ORDER BY digests.due_at DESC, digests.body_id"
        )
        .fetch_all(self.connection())
        .await
        .context("load which digests were issued")?;
        rows.into_iter()
            .map(|row| Ok((BodyId(row.body_id), column::instant(row.due_at)?)))
            .collect()
    }

    /// The digest that a body was given for the latest deadline.
    pub async fn last_digest(&mut self, body: BodyId) -> anyhow::Result<Option<Issued>> {
        let latest = sqlx::query_scalar!(
            "SELECT due_at FROM digests WHERE body_id = ? ORDER BY due_at DESC LIMIT 1",
            body.0
        )
        .fetch_optional(self.connection())
        .await
        .context("look for the last digest")?;
        match latest {
            Some(due_at) => self.digest(body, column::instant(due_at)?).await,
            None => Ok(None),
        }
    }

    /// The digest that a body was given for a deadline, with its files.
    pub async fn digest(
        &mut self,
        body: BodyId,
        due_at: DateTime<Utc>,
    ) -> anyhow::Result<Option<Issued>> {
        let due_at = column::millis(due_at);
        let row = sqlx::query!(
            "SELECT id, meeting_on, due_at, position_at, card, facts FROM digests
             WHERE body_id = ? AND due_at = ?",
            body.0,
            due_at
        )
        .fetch_optional(self.connection())
        .await
        .context("load a digest")?;
        let Some(row) = row else { return Ok(None) };
        let files = self.files_of_digest(row.id).await?;
        Ok(Some(Issued {
            body,
            meeting_on: row.meeting_on.as_deref().map(column::day).transpose()?,
            due_at: column::instant(row.due_at)?,
            position_at: column::instant(row.position_at)?,
            card: Card { files, ..column::card(&row.card)? },
            facts: serde_json::from_str(&row.facts).context("read the figures of a digest")?,
        }))
    }
}
