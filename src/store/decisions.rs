//! What was agreed about actions. Part of the ledger.

use std::collections::BTreeMap;

use anyhow::Context;

use super::Tx;
use super::actions::Numbers;
use super::actions::Set;
use super::column;
use crate::action::ActionId;
use crate::action::Standing;

impl Tx {
    /// Where actions stand by what was agreed about each last; open where nothing was.
    pub(super) async fn standings_of(
        &mut self,
        actions: Numbers,
        until: i64,
    ) -> anyhow::Result<BTreeMap<ActionId, Standing>> {
        let rows = sqlx::query!(
            "SELECT actions.id, decisions.kind FROM actions
             JOIN decisions ON decisions.id = (
                 SELECT made.id FROM decisions AS made
                 WHERE made.action_id = actions.id AND made.made_at <= ?1
                 ORDER BY made.made_at DESC, made.id DESC LIMIT 1
             )
             WHERE actions.id BETWEEN ?2 AND ?3",
            until,
            actions.first,
            actions.last
        )
        .fetch_all(self.connection())
        .await
        .context("load the decisions")?;
        let standing = |kind: &str| match kind {
            "sign-off" => Standing::SignedOff,
            "withdraw" => Standing::Withdrawn,
            _ => Standing::Open,
        };
        Ok(rows.iter().map(|row| (ActionId(row.id), standing(&row.kind))).collect())
    }

    /// Records what a printed plan shows to have been agreed: `kind` is a word of the column.
    pub(super) async fn add_printed_decision(
        &mut self,
        action: ActionId,
        kind: &str,
        note: &str,
        set: Set,
    ) -> anyhow::Result<()> {
        let (made_at, import) = (column::millis(set.at), set.import_number());
        let now = column::millis(self.now);
        sqlx::query!(
            "INSERT INTO decisions (action_id, kind, note, made_at, recorded_at, import_id)
             VALUES (?, ?, ?, ?, ?, ?)",
            action.0,
            kind,
            note,
            made_at,
            now,
            import
        )
        .execute(self.connection())
        .await
        .context("record what the plan shows to be agreed")?;
        Ok(())
    }
}
