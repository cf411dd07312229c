//! What was asked and has been done, by the chat's number for the asking.

use anyhow::Context;

use super::Tx;
use super::column;

impl Tx {
    /// Whether an asking of the chat is met for the first time; it is known from then on. One that
    /// the chat delivers twice is false the second time, and nothing more is to be written for it.
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
        Ok(added.rows_affected() > 0)
    }
}
