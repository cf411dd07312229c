//! What was agreed about actions. Part of the ledger.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::DateTime;
use chrono::Utc;

use super::Tx;
use super::actions::Numbers;
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

    /// Records that an action was complete when its plan was printed.
    pub(super) async fn add_printed_sign_off(
        &mut self,
        action: ActionId,
        made_at: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let made_at = column::millis(made_at);
        let now = column::millis(self.now);
        sqlx::query!(
            "INSERT INTO decisions (action_id, kind, note, made_at, recorded_at)
             VALUES (?, 'sign-off', 'recorded complete in the printed plan', ?, ?)",
            action.0,
            made_at,
            now
        )
        .execute(self.connection())
        .await
        .context("record that it is complete")?;
        Ok(())
    }
}
