//! What was shared with everybody in a channel lately.

use anyhow::Context;
use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;

use super::Tx;
use super::column;
use crate::body::ChannelId;
use crate::view::Card;

impl Tx {
    /// Records that a card is shown to everybody in a channel, now; or gives when the very same was
    /// shown there, not longer ago than that, in which case nothing is recorded.
    pub async fn share(
        &mut self,
        channel: ChannelId,
        card: &Card,
        within: TimeDelta,
    ) -> anyhow::Result<Option<DateTime<Utc>>> {
        let (now, since) = (column::millis(self.now), column::millis(self.now - within));
        sqlx::query!("DELETE FROM shares WHERE shared_at < ?", since)
            .execute(self.connection())
            .await
            .context("forget what was shared before")?;
        let (channel, card) = (column::from_chat(channel.0)?, column::json(card)?);
        let known = sqlx::query_scalar!(
            "SELECT shared_at FROM shares WHERE channel_id = ? AND card = ?",
            channel,
            card
        )
        .fetch_optional(self.connection())
        .await
        .context("look for what was shared")?;
        if let Some(shared_at) = known {
            return column::instant(shared_at).map(Some);
        }
        sqlx::query!(
            "INSERT INTO shares (channel_id, card, shared_at) VALUES (?, ?, ?)",
            channel,
            card,
            now
        )
        .execute(self.connection())
        .await
        .context("record what is shared")?;
        Ok(None)
    }
}
