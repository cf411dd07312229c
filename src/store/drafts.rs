//! Requests for a new date that wait for their author's word. They are no part of the ledger.

use anyhow::Context;
use anyhow::ensure;

use super::Tx;
use super::column;
use super::targets::window;
use crate::action::ActionId;
use crate::action::Draft;
use crate::action::DraftId;
use crate::action::DraftState;
use crate::action::NewExtension;
use crate::body::Person;
use crate::body::PersonId;
use crate::date::Target;

impl Tx {
    /// Keeps a request until its author says that it is what they mean. An asking of the chat that
    /// was delivered before gives the number it was given then.
    ///
    /// # Errors
    /// When the date asked for has no window.
    pub async fn add_draft(
        &mut self,
        new: &NewExtension,
        by: &Person,
        request_id: u64,
    ) -> anyhow::Result<DraftId> {
        let request = column::from_chat(request_id)?;
        let known = sqlx::query_scalar!("SELECT id FROM date_drafts WHERE request_id = ?", request)
            .fetch_optional(self.connection())
            .await
            .context("look for an earlier draft")?;
        if let Some(known) = known {
            return Ok(DraftId(known));
        }
        let window = new.target.window().context("a draft has a window")?;
        let (from_on, to_on) = (window.from.to_string(), window.to.to_string());
        let words = new.target.words();
        let now = column::millis(self.now);
        let added = sqlx::query!(
            "INSERT INTO date_drafts (action_id, words, from_on, to_on, reason, person_id,
                 request_id, recorded_at, state)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting')",
            new.action.0,
            words,
            from_on,
            to_on,
            new.reason,
            by.id.0,
            request,
            now
        )
        .execute(self.connection())
        .await
        .context("keep a draft")?;
        Ok(DraftId(added.last_insert_rowid()))
    }

    /// A request that was read back to somebody.
    pub async fn draft(&mut self, id: DraftId) -> anyhow::Result<Option<Draft>> {
        let row = sqlx::query!(
            "SELECT action_id, words, from_on, to_on, reason, person_id, state, settled_at
             FROM date_drafts WHERE id = ?",
            id.0
        )
        .fetch_optional(self.connection())
        .await
        .context("load a draft")?;
        let Some(row) = row else { return Ok(None) };
        let at = row.settled_at.map(column::instant).transpose()?;
        let state = match (row.state.as_str(), at) {
            ("asked", Some(at)) => DraftState::Asked { at },
            ("cancelled", Some(at)) => DraftState::Cancelled { at },
            _ => DraftState::Waiting,
        };
        let days = window(Some(&row.from_on), Some(&row.to_on))?;
        Ok(Some(Draft {
            id,
            action: ActionId(row.action_id),
            target: Target::recorded(row.words, days),
            reason: row.reason,
            person: PersonId(row.person_id),
            state,
        }))
    }

    /// Says that its author has asked for what a draft says.
    pub async fn save_draft_asked(&mut self, id: DraftId) -> anyhow::Result<()> {
        self.settle_draft(id, "asked").await
    }

    /// Says that its author thought better of a draft.
    pub async fn save_draft_cancelled(&mut self, id: DraftId) -> anyhow::Result<()> {
        self.settle_draft(id, "cancelled").await
    }

    async fn settle_draft(&mut self, id: DraftId, state: &str) -> anyhow::Result<()> {
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE date_drafts SET state = ?, settled_at = ? WHERE id = ? AND state = 'waiting'",
            state,
            now,
            id.0
        )
        .execute(self.connection())
        .await
        .context("settle a draft")?;
        ensure!(saved.rows_affected() == 1, "the draft {} does not wait", id.0);
        Ok(())
    }
}
