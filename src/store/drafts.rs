//! Actions that somebody wants to add, until that is settled.

use anyhow::Context;
use anyhow::ensure;

use super::Tx;
use super::actions::Set;
use super::actions::reference;
use super::column;
use crate::action::Printed;
use crate::action::Ref;
use crate::action::draft::Draft;
use crate::action::draft::DraftId;
use crate::action::draft::NewDraft;
use crate::action::draft::State;
use crate::body::Person;
use crate::plan::AreaId;

impl Tx {
    /// Keeps what somebody wants to add, until that is settled. An asking that was kept before gives
    /// what is known of it, whatever it says this time.
    pub async fn add_draft(
        &mut self,
        new: &NewDraft,
        by: &Person,
        request_id: u64,
    ) -> anyhow::Result<Draft> {
        let request = column::from_chat(request_id)?;
        let known = sqlx::query_scalar!("SELECT id FROM drafts WHERE request_id = ?", request)
            .fetch_optional(self.connection())
            .await
            .context("look for a draft")?;
        let id = match known {
            Some(id) => id,
            None => self.keep_draft(new, by, request).await?,
        };
        self.draft(DraftId(id)).await?.context("a draft is gone")
    }

    async fn keep_draft(
        &mut self,
        new: &NewDraft,
        by: &Person,
        request: i64,
    ) -> anyhow::Result<i64> {
        let drafted_on = new.drafted_on.to_string();
        let added = sqlx::query!(
            "INSERT INTO drafts
             (area_id, title, lead, target, person_id, request_id, drafted_on, state)
             VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting')",
            new.area.0,
            new.title,
            new.lead,
            new.target,
            by.id.0,
            request,
            drafted_on
        )
        .execute(self.connection())
        .await
        .context("keep a draft")?;
        Ok(added.last_insert_rowid())
    }

    /// What somebody wants, or wanted, to add.
    pub async fn draft(&mut self, id: DraftId) -> anyhow::Result<Option<Draft>> {
        let row = sqlx::query!(
            r#"SELECT drafts.area_id, drafts.title, drafts.lead, drafts.target, drafts.drafted_on,
                 drafts.state, plans.code AS "plan?", areas.number AS "area?",
                 actions.number AS "number?", actions.turn AS "turn?"
             FROM drafts
             LEFT JOIN actions ON actions.id = drafts.action_id
             LEFT JOIN areas ON areas.id = actions.area_id
             LEFT JOIN plans ON plans.id = areas.plan_id
             WHERE drafts.id = ?"#,
            id.0
        )
        .fetch_optional(self.connection())
        .await
        .context("load a draft")?;
        let Some(row) = row else { return Ok(None) };
        let state = match (row.plan, row.area, row.number, row.turn) {
            (Some(plan), Some(area), Some(number), Some(turn)) => {
                State::Added(reference(plan, area, number, turn)?)
            }
            _ if row.state == "waiting" => State::Waiting,
            _ => State::Cancelled,
        };
        let said = NewDraft {
            area: AreaId(row.area_id),
            title: row.title,
            lead: row.lead,
            target: row.target,
            drafted_on: column::day(&row.drafted_on)?,
        };
        Ok(Some(Draft { id, said, state }))
    }

    /// Adds the action of a draft that waits, as it was understood, and under the number it says.
    ///
    /// # Errors
    /// When the draft does not wait, or the number was given to another action before.
    pub async fn add_drafted(
        &mut self,
        draft: &Draft,
        printed: &Printed,
        by: &Person,
    ) -> anyhow::Result<()> {
        let set = Set { at: self.now, import: None, by: Some(by.id) };
        let action = self.add_printed(draft.said.area, printed, set).await?;
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE drafts SET state = 'added', action_id = ?, settled_at = ?
             WHERE id = ? AND state = 'waiting'",
            action.0,
            now,
            draft.id.0
        )
        .execute(self.connection())
        .await
        .context("settle a draft")?;
        ensure!(saved.rows_affected() == 1, "the draft {} is not waiting", draft.id.0);
        Ok(())
    }

    /// Puts aside what somebody wanted to add.
    ///
    /// # Errors
    /// When it does not wait.
    pub async fn cancel_draft(&mut self, id: DraftId) -> anyhow::Result<()> {
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE drafts SET state = 'cancelled', settled_at = ?
             WHERE id = ? AND state = 'waiting'",
            now,
            id.0
        )
        .execute(self.connection())
        .await
        .context("put a draft aside")?;
        ensure!(saved.rows_affected() == 1, "the draft {} is not waiting", id.0);
        Ok(())
    }

    /// The ref that the next new action of an area gets: none that was ever given.
    pub async fn next_ref(&mut self, area: AreaId) -> anyhow::Result<Ref> {
        let row = sqlx::query!(
            r#"SELECT plans.code AS plan, areas.number AS area,
                 (SELECT coalesce(max(actions.number), 0) + 1 FROM actions
                  WHERE actions.area_id = areas.id) AS "number!: i64"
             FROM areas JOIN plans ON plans.id = areas.plan_id WHERE areas.id = ?"#,
            area.0
        )
        .fetch_one(self.connection())
        .await
        .context("look for the next number of an area")?;
        reference(row.plan, row.area, row.number, 1)
    }
}
