//! What was asked and has been done, so that an asking that the chat delivers twice is done once.

use anyhow::Context;

use super::Tx;
use super::column;

impl Tx {
    /// Whether an asking was met and done before.
    pub async fn was_asked(&mut self, request_id: u64) -> anyhow::Result<bool> {
        let request = column::from_chat(request_id)?;
        let known =
            sqlx::query_scalar!("SELECT request_id FROM askings WHERE request_id = ?", request)
                .fetch_optional(self.connection())
                .await
                .context("look for an asking")?;
        Ok(known.is_some())
    }

    /// Whether an asking is here for the first time; from now on it is not. For what keeps no number
    /// of its asking itself, as updates and imports do.
    pub async fn first_asking(&mut self, request_id: u64) -> anyhow::Result<bool> {
        let request = column::from_chat(request_id)?;
        let now = column::millis(self.now);
        let added = sqlx::query!(
            "INSERT INTO askings (request_id, recorded_at) VALUES (?, ?)
             ON CONFLICT (request_id) DO NOTHING",
            request,
            now
        )
        .execute(self.connection())
        .await
        .context("record an asking")?;
        Ok(added.rows_affected() == 1)
    }
}
