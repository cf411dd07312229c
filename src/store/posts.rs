//! The outbox: what is owed to the chat, and how far each post has come.

use anyhow::Context;
use anyhow::ensure;
use chrono::DateTime;
use chrono::Utc;

use super::Tx;
use super::column;
use crate::body::ChannelId;
use crate::post::Post;
use crate::post::PostId;
use crate::post::Receipt;
use crate::post::State;
use crate::view::Card;

impl Tx {
    /// Owes the chat a post from an instant on, with the files of its card. False, and nothing is
    /// written, when one of that key was owed before, whatever became of it.
    pub async fn add_post(
        &mut self,
        key: &str,
        channel: ChannelId,
        card: &Card,
        due_at: DateTime<Utc>,
    ) -> anyhow::Result<bool> {
        let channel = column::from_chat(channel.0)?;
        let written = column::json(card)?;
        let due_at = column::millis(due_at);
        let now = column::millis(self.now);
        let added = sqlx::query!(
            "INSERT INTO posts (key, channel_id, card, due_at, recorded_at, state)
             VALUES (?, ?, ?, ?, ?, 'waiting') ON CONFLICT (key) DO NOTHING",
            key,
            channel,
            written,
            due_at,
            now
        )
        .execute(self.connection())
        .await
        .with_context(|| format!("record the post {key}"))?;
        if added.rows_affected() == 0 {
            return Ok(false);
        }
        self.add_files_of_post(PostId(added.last_insert_rowid()), &card.files).await?;
        Ok(true)
    }

    /// The posts that are due and neither sent nor given up, oldest due first, at most so many, each
    /// with its files.
    ///
    /// One that was tried before is [`State::Sending`] since the first try, even if that failed: a
    /// failure does not tell whether the chat has it.
    pub async fn posts_owed(&mut self, limit: u32) -> anyhow::Result<Vec<Post>> {
        let now = column::millis(self.now);
        let rows = sqlx::query!(
            "SELECT id, key, channel_id, card, sending_since FROM posts
             WHERE settled_at IS NULL AND due_at <= ? ORDER BY due_at, id LIMIT ?",
            now,
            limit
        )
        .fetch_all(self.connection())
        .await
        .context("load the posts that are owed")?;
        let mut files = self.files_of_posts_owed(limit).await?;
        let mut posts = Vec::with_capacity(rows.len());
        for row in rows {
            let card = column::card(&row.card).with_context(|| format!("load {}", row.key))?;
            let files = files.remove(&PostId(row.id)).unwrap_or_default();
            posts.push(Post {
                id: PostId(row.id),
                channel: ChannelId(column::to_chat(row.channel_id)?),
                card: Card { files, ..card },
                key: row.key,
                state: match row.sending_since {
                    Some(since) => State::Sending { since: column::instant(since)? },
                    None => State::Waiting,
                },
            });
        }
        Ok(posts)
    }

    /// Says that sending begins; of several times, the first is kept.
    pub async fn save_sending(&mut self, post: PostId) -> anyhow::Result<()> {
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE posts SET state = 'sending', sending_since = coalesce(sending_since, ?)
             WHERE id = ? AND settled_at IS NULL",
            now,
            post.0
        )
        .execute(self.connection())
        .await
        .context("save that a post is being sent")?;
        one_changed(saved.rows_affected(), post)
    }

    /// Says that the chat has it.
    pub async fn save_sent(&mut self, post: PostId, receipt: Receipt) -> anyhow::Result<()> {
        let receipt = column::from_chat(receipt.0)?;
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE posts SET state = 'sent', receipt = ?, settled_at = ?
             WHERE id = ? AND settled_at IS NULL",
            receipt,
            now,
            post.0
        )
        .execute(self.connection())
        .await
        .context("save that a post was sent")?;
        one_changed(saved.rows_affected(), post)
    }

    /// Says that sending failed and is worth another try.
    pub async fn save_waiting_again(&mut self, post: PostId, why: &str) -> anyhow::Result<()> {
        let saved = sqlx::query!(
            "UPDATE posts SET state = 'waiting', attempts = attempts + 1, why = ?
             WHERE id = ? AND settled_at IS NULL",
            why,
            post.0
        )
        .execute(self.connection())
        .await
        .context("save that a post waits again")?;
        one_changed(saved.rows_affected(), post)
    }

    /// Says that sending failed for good.
    pub async fn save_given_up(&mut self, post: PostId, why: &str) -> anyhow::Result<()> {
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE posts SET state = 'given up', attempts = attempts + 1, why = ?, settled_at = ?
             WHERE id = ? AND settled_at IS NULL",
            why,
            now,
            post.0
        )
        .execute(self.connection())
        .await
        .context("save that a post is given up")?;
        one_changed(saved.rows_affected(), post)
    }

    /// The number of the message that a post became; none while it is owed, and for one given up.
    pub async fn receipt(&mut self, key: &str) -> anyhow::Result<Option<Receipt>> {
        let receipt = sqlx::query_scalar!("SELECT receipt FROM posts WHERE key = ?", key)
            .fetch_optional(self.connection())
            .await
            .context("look for a receipt")?;
        Ok(receipt.flatten().map(column::to_chat).transpose()?.map(Receipt))
    }
}

/// What is sent or given up is settled: nothing may make it owed again.
fn one_changed(rows: u64, post: PostId) -> anyhow::Result<()> {
    ensure!(rows == 1, "the post {} is not owed", post.0);
    Ok(())
}
