//! Files that somebody had read as a plan, and what becomes of the plan when one is applied.

use std::collections::BTreeMap;

use anyhow::Context;
use anyhow::ensure;
use chrono::DateTime;
use chrono::Utc;

use super::Tx;
use super::actions::Set;
use super::column;
use crate::action::ActionId;
use crate::body::Person;
use crate::plan::AreaId;
use crate::plan::Plan;
use crate::revision::Change;
use crate::revision::Import;
use crate::revision::ImportId;
use crate::revision::ImportState;
use crate::revision::Revision;
use crate::revision::What;

/// A file to be read as a plan.
#[derive(Clone, Copy, Debug)]
pub struct NewImport<'a> {
    /// The letters of the plan.
    pub plan: &'a str,
    /// The file's name.
    pub file_name: &'a str,
    /// The file.
    pub bytes: &'a [u8],
    /// What was answered to the doubts about it.
    pub answers: &'a str,
    /// What somebody is shown that it would change, a line for each change.
    pub shown: &'a str,
}

impl Tx {
    /// Keeps a file that waits to be applied. An asking of the chat that was delivered before gives
    /// the number it was given then.
    pub async fn add_import(
        &mut self,
        new: NewImport<'_>,
        by: Option<&Person>,
        request_id: Option<u64>,
    ) -> anyhow::Result<ImportId> {
        let request = request_id.map(column::from_chat).transpose()?;
        let known =
            sqlx::query_scalar!(r#"SELECT id AS "id!" FROM imports WHERE request_id = ?"#, request)
                .fetch_optional(self.connection())
                .await
                .context("look for an import")?;
        if let Some(known) = known {
            return Ok(ImportId(known));
        }
        let person = by.map(|person| person.id.0);
        let now = column::millis(self.now);
        let added = sqlx::query!(
            "INSERT INTO imports
             (plan_code, file_name, bytes, answers, person_id, request_id, shown_at, shown, state)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting')",
            new.plan,
            new.file_name,
            new.bytes,
            new.answers,
            person,
            request,
            now,
            new.shown
        )
        .execute(self.connection())
        .await
        .context("keep a file")?;
        Ok(ImportId(added.last_insert_rowid()))
    }

    /// A file that somebody had read.
    pub async fn import(&mut self, id: ImportId) -> anyhow::Result<Option<Import>> {
        let row = sqlx::query!(
            "SELECT plan_code, file_name, bytes, answers, shown, state FROM imports WHERE id = ?",
            id.0
        )
        .fetch_optional(self.connection())
        .await
        .context("load an import")?;
        let Some(row) = row else { return Ok(None) };
        let state = match row.state.as_str() {
            "waiting" => ImportState::Waiting,
            "applied" => ImportState::Applied,
            _ => ImportState::Cancelled,
        };
        Ok(Some(Import {
            id,
            plan: row.plan_code,
            file_name: row.file_name,
            bytes: row.bytes,
            answers: row.answers,
            shown: row.shown,
            state,
        }))
    }

    /// Keeps what was answered to the doubts about a file that waits, and what somebody is shown now
    /// that it would change with these answers.
    pub async fn save_answers(
        &mut self,
        id: ImportId,
        answers: &str,
        shown: &str,
    ) -> anyhow::Result<()> {
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE imports SET answers = ?, shown_at = ?, shown = ?
             WHERE id = ? AND state = 'waiting'",
            answers,
            now,
            shown,
            id.0
        )
        .execute(self.connection())
        .await
        .context("keep the answers")?;
        ensure!(saved.rows_affected() == 1, "the import {} is not waiting", id.0);
        Ok(())
    }

    /// Puts a file that waits aside; it is not kept.
    pub async fn cancel_import(&mut self, id: ImportId) -> anyhow::Result<()> {
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE imports SET state = 'cancelled', bytes = X'', shown = '', settled_at = ?
             WHERE id = ? AND state = 'waiting'",
            now,
            id.0
        )
        .execute(self.connection())
        .await
        .context("put an import aside")?;
        ensure!(saved.rows_affected() == 1, "the import {} is not waiting", id.0);
        Ok(())
    }

    /// Makes a plan what a print says, from an instant on, as an import that waits.
    ///
    /// Nothing that was recorded is changed: each change is a further entry of the ledger.
    ///
    /// # Errors
    /// When the import does not wait, or a change names an area that is neither recorded nor new.
    pub async fn apply(
        &mut self,
        import: ImportId,
        plan: &Plan,
        revision: &Revision,
        since: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE imports SET state = 'applied', settled_at = ? WHERE id = ? AND state = 'waiting'",
            now,
            import.0
        )
        .execute(self.connection())
        .await
        .context("apply an import")?;
        ensure!(saved.rows_affected() == 1, "the import {} is not waiting", import.0);
        let mut areas: BTreeMap<u32, AreaId> = BTreeMap::new();
        for area in self.areas().await?.into_iter().filter(|area| area.plan == plan.code) {
            areas.insert(area.number, area.id);
        }
        for area in &revision.areas {
            areas.insert(area.number, self.add_area(plan.id, area).await?);
        }
        let set = Set { at: since, import: Some(import) };
        for change in &revision.changes {
            let done = self.apply_change(change, &areas, set).await;
            done.with_context(|| format!("change {}", change.reference))?;
        }
        Ok(())
    }

    async fn apply_change(
        &mut self,
        change: &Change,
        areas: &BTreeMap<u32, AreaId>,
        set: Set,
    ) -> anyhow::Result<()> {
        if let What::Added(printed) = &change.what {
            let area = areas.get(&change.reference.area);
            let area = area.with_context(|| format!("no area for {}", change.reference))?;
            return self.add_printed(*area, printed, set).await;
        }
        let action: ActionId = change.action.context("a change of no action")?;
        match &change.what {
            What::Added(_) => Ok(()),
            What::Restored => {
                let note = "printed in the plan again";
                self.add_printed_decision(action, "return", note, set).await
            }
            What::Reworded { after, .. } => self.add_wording(action, after, set).await,
            What::Redated { after, .. } => self.add_target(action, after, set).await.map(|_| ()),
            What::Reled { after, .. } => self.add_leads(action, after, set).await,
            What::Retagged { after, .. } => self.add_themes_of(action, after, set).await,
            What::Said { text, after, .. } => {
                self.add_printed_update(action, text, *after, set).await
            }
            What::Noted(note) => self.add_note(action, note, set).await,
            What::Dropped { .. } => {
                let note = "no longer printed in the plan";
                self.add_printed_decision(action, "withdraw", note, set).await
            }
        }
    }
}
