//! What was asked and has been done, so that an asking delivered twice is done once.

use anyhow::Context;

use super::Tx;
use super::column;

impl Tx {
    /// Whether the chat delivers an asking for the first time; from then on it is known.
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
