//! Changes of meetings that somebody was shown, until they say that it is what they want.

use anyhow::Context;
use anyhow::ensure;

use super::Tx;
use super::column;
use super::meeting_changes::Columns;
use super::meeting_changes::day_in;
use crate::body::BodyId;
use crate::body::Person;
use crate::meeting::asked::Asked;
use crate::meeting::asked::Draft;
use crate::meeting::asked::DraftId;
use crate::meeting::asked::DraftState;

impl Tx {
    /// Keeps a change of a meeting until somebody decides on it, with how often the meeting had been
    /// changed before. An asking that was kept before keeps its number.
    pub async fn add_meeting_draft(
        &mut self,
        asked: &Asked,
        changes_before: usize,
        by: &Person,
        request_id: u64,
    ) -> anyhow::Result<DraftId> {
        let request = column::from_chat(request_id)?;
        let Columns { becomes_on, time, papers_on, papers_days } = Columns::of(asked.becomes);
        let first_on = asked.first_on.map(|day| day.to_string());
        let before = i64::try_from(changes_before).context("count the changes")?;
        let now = column::millis(self.now);
        sqlx::query!(
            "INSERT INTO meeting_drafts (body_id, first_on, becomes_on, time, papers_on, papers_days,
                 reason, changes_before, person_id, request_id, recorded_at, state)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting') ON CONFLICT (request_id) DO NOTHING",
            asked.body.0,
            first_on,
            becomes_on,
            time,
            papers_on,
            papers_days,
            asked.reason,
            before,
            by.id.0,
            request,
            now
        )
        .execute(self.connection())
        .await
        .context("keep a change of a meeting")?;
        let id = sqlx::query_scalar!("SELECT id FROM meeting_drafts WHERE request_id = ?", request)
            .fetch_one(self.connection())
            .await
            .context("look for a change of a meeting")?;
        Ok(DraftId(id))
    }

    /// A change of a meeting that somebody was shown.
    pub async fn meeting_draft(&mut self, id: DraftId) -> anyhow::Result<Option<Draft>> {
        let row = sqlx::query!(
            "SELECT body_id, first_on, becomes_on, time, papers_on, papers_days, reason,
                 changes_before, state
             FROM meeting_drafts WHERE id = ?",
            id.0
        )
        .fetch_optional(self.connection())
        .await
        .context("load a change of a meeting")?;
        let Some(row) = row else { return Ok(None) };
        let columns = Columns {
            becomes_on: row.becomes_on,
            time: row.time,
            papers_on: row.papers_on,
            papers_days: row.papers_days,
        };
        let asked = Asked {
            body: BodyId(row.body_id),
            first_on: day_in(row.first_on)?,
            becomes: columns.becomes()?,
            reason: row.reason,
        };
        let changes_before = usize::try_from(row.changes_before).context("count the changes")?;
        let state = match row.state.as_str() {
            "waiting" => DraftState::Waiting,
            "made" => DraftState::Made,
            _ => DraftState::PutAside,
        };
        Ok(Some(Draft { id, asked, changes_before, state }))
    }

    /// Settles a change of a meeting that waits.
    ///
    /// # Errors
    /// When it does not wait.
    pub async fn settle_meeting_draft(
        &mut self,
        id: DraftId,
        state: DraftState,
    ) -> anyhow::Result<()> {
        let word = match state {
            DraftState::Waiting => "waiting",
            DraftState::Made => "made",
            DraftState::PutAside => "put aside",
        };
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE meeting_drafts SET state = ?, settled_at = ? WHERE id = ? AND state = 'waiting'",
            word,
            now,
            id.0
        )
        .execute(self.connection())
        .await
        .context("settle a change of a meeting")?;
        ensure!(saved.rows_affected() == 1, "the change of a meeting {} is not waiting", id.0);
        Ok(())
    }
}
