//! What the outbox owes of edits: messages that are to read otherwise, since what they told was taken
//! back.

use anyhow::Context;
use anyhow::ensure;

use super::Tx;
use super::column;
use crate::body::ChannelId;
use crate::post::Edit;
use crate::post::EditId;
use crate::post::Receipt;
use crate::view::Card;

impl Tx {
    /// What the post of a key says, as it was owed, without its files; none where there is no such
    /// post, or it was given up.
    pub async fn posted(&mut self, key: &str) -> anyhow::Result<Option<Card>> {
        let card = sqlx::query_scalar!(
            "SELECT card FROM posts WHERE key = ? AND state NOT IN ('given up', 'refused', 'missed')",
            key
        )
        .fetch_optional(self.connection())
        .await
        .context("load what a post says")?;
        card.as_deref().map(column::card).transpose()
    }

    /// Owes the chat that the post of a key says something else, as soon as it is sent. False, and
    /// nothing is written, where there is no such post.
    pub async fn add_edit(&mut self, key: &str, card: &Card) -> anyhow::Result<bool> {
        let written = column::json(card)?;
        let now = column::millis(self.now);
        let added = sqlx::query!(
            "INSERT INTO edits (post_id, card, recorded_at, state)
             SELECT id, ?, ?, 'waiting' FROM posts WHERE key = ?",
            written,
            now,
            key
        )
        .execute(self.connection())
        .await
        .with_context(|| format!("record the edit of {key}"))?;
        Ok(added.rows_affected() > 0)
    }

    /// The edits of posts that were sent, neither made nor given up, in the order in which they were
    /// asked for; at most so many.
    pub async fn edits_owed(&mut self, limit: u32) -> anyhow::Result<Vec<Edit>> {
        let rows = sqlx::query!(
            r#"SELECT edits.id, posts.key, posts.channel_id AS "channel_id!",
                 posts.receipt AS "receipt!", edits.card
             FROM edits JOIN posts ON posts.id = edits.post_id
             WHERE edits.settled_at IS NULL AND posts.receipt IS NOT NULL
                 AND posts.channel_id IS NOT NULL
             ORDER BY edits.id LIMIT ?"#,
            limit
        )
        .fetch_all(self.connection())
        .await
        .context("load the edits that are owed")?;
        let mut edits = Vec::with_capacity(rows.len());
        for row in rows {
            edits.push(Edit {
                id: EditId(row.id),
                channel: ChannelId(column::to_chat(row.channel_id)?),
                receipt: Receipt(column::to_chat(row.receipt)?),
                card: column::card(&row.card).with_context(|| format!("load {}", row.key))?,
                key: row.key,
            });
        }
        Ok(edits)
    }

    /// Says that the message reads so now.
    pub async fn save_made(&mut self, edit: EditId) -> anyhow::Result<()> {
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE edits SET state = 'made', settled_at = ? WHERE id = ? AND settled_at IS NULL",
            now,
            edit.0
        )
        .execute(self.connection())
        .await
        .context("save that an edit was made")?;
        one_changed(saved.rows_affected(), edit)
    }

    /// Says that an edit failed and is worth another try.
    pub async fn save_edit_waits(&mut self, edit: EditId, why: &str) -> anyhow::Result<()> {
        let saved = sqlx::query!(
            "UPDATE edits SET attempts = attempts + 1, why = ? WHERE id = ? AND settled_at IS NULL",
            why,
            edit.0
        )
        .execute(self.connection())
        .await
        .context("save that an edit waits again")?;
        one_changed(saved.rows_affected(), edit)
    }

    /// Says that an edit failed for good.
    pub async fn save_edit_given_up(&mut self, edit: EditId, why: &str) -> anyhow::Result<()> {
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE edits SET state = 'given up', attempts = attempts + 1, why = ?, settled_at = ?
             WHERE id = ? AND settled_at IS NULL",
            why,
            now,
            edit.0
        )
        .execute(self.connection())
        .await
        .context("save that an edit is given up")?;
        one_changed(saved.rows_affected(), edit)
    }
}

fn one_changed(rows: u64, edit: EditId) -> anyhow::Result<()> {
    ensure!(rows == 1, "the edit {} is not owed", edit.0);
    Ok(())
}
