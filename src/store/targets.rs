//! When actions are due: each time that was set. Part of the ledger.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::NaiveDate;

use super::Tx;
use super::actions::Numbers;
use super::actions::Set;
use super::column;
use crate::action::ActionId;
use crate::date::Target;
use crate::date::Window;

impl Tx {
    /// The targets of actions that were set by an instant, each action's from its first to its last.
    pub(super) async fn targets_of(
        &mut self,
        actions: Numbers,
        until: i64,
    ) -> anyhow::Result<BTreeMap<ActionId, Vec<Target>>> {
        let rows = sqlx::query!(
            "SELECT action_id, words, from_on, to_on FROM targets
             WHERE action_id BETWEEN ? AND ? AND set_at <= ? ORDER BY action_id, set_at, id",
            actions.first,
            actions.last,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load the targets")?;
        let mut targets: BTreeMap<_, Vec<Target>> = BTreeMap::new();
        for row in rows {
            let window = window(row.from_on.as_deref(), row.to_on.as_deref())?;
            let target = Target::recorded(row.words, window);
            targets.entry(ActionId(row.action_id)).or_default().push(target);
        }
        Ok(targets)
    }

    /// Writes down when an action is due, and gives that a number.
    pub(super) async fn add_target(
        &mut self,
        action: ActionId,
        target: &Target,
        set: Set,
    ) -> anyhow::Result<i64> {
        let words = target.words();
        let from_on = target.window().map(|window| window.from.to_string());
        let to_on = target.window().map(|window| window.to.to_string());
        let (set_at, import) = (column::millis(set.at), set.import_number());
        let now = column::millis(self.now);
        let added = sqlx::query!(
            "INSERT INTO targets (action_id, words, from_on, to_on, set_at, recorded_at, import_id)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
            action.0,
            words,
            from_on,
            to_on,
            set_at,
            now,
            import
        )
        .execute(self.connection())
        .await
        .context("record its target")?;
        Ok(added.last_insert_rowid())
    }
}

pub(super) fn window(from_on: Option<&str>, to_on: Option<&str>) -> anyhow::Result<Option<Window>> {
    let day = |words: Option<&str>| -> anyhow::Result<Option<NaiveDate>> {
        words.map(column::day).transpose()
    };
    Ok(day(from_on)?.zip(day(to_on)?).map(|(from, to)| Window { from, to }))
}
