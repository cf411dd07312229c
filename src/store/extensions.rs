//! Requests for new dates. Part of the ledger.

use std::collections::BTreeMap;

use anyhow::Context;

use super::Tx;
use super::actions::Numbers;
use super::column;
use super::targets::window;
use crate::action::ActionId;
use crate::action::Extension;
use crate::action::ExtensionId;
use crate::action::NewExtension;
use crate::body::BodyId;
use crate::body::Person;
use crate::body::Voice;
use crate::date::Target;

impl Tx {
    /// Records a request for a new date, now, and gives it a number.
    pub async fn add_extension(
        &mut self,
        new: &NewExtension,
        by: &Person,
    ) -> anyhow::Result<ExtensionId> {
        let words = new.target.words();
        let from_on = new.target.window().map(|window| window.from.to_string());
        let to_on = new.target.window().map(|window| window.to.to_string());
        let now = column::millis(self.now);
        let added = sqlx::query!(
            "INSERT INTO extensions (action_id, words, from_on, to_on, reason, person_id, body_id,
                 on_behalf_of, asked_at, recorded_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)",
            new.action.0,
            words,
            from_on,
            to_on,
            new.reason,
            by.id.0,
            new.voice.body.0,
            new.voice.on_behalf_of,
            now
        )
        .execute(self.connection())
        .await
        .context("record a request for a new date")?;
        Ok(ExtensionId(added.last_insert_rowid()))
    }

    /// The requests that stand at the end of an instant: the last one of each action, unless it was
    /// decided by then.
    pub(super) async fn extensions_of(
        &mut self,
        actions: Numbers,
        until: i64,
    ) -> anyhow::Result<BTreeMap<ActionId, Extension>> {
        let rows = sqlx::query!(
            r#"SELECT asked.id, asked.action_id, asked.words, asked.from_on, asked.to_on,
                 asked.reason, asked.body_id, asked.on_behalf_of, asked.asked_at,
                 names.name AS "by?"
             FROM actions
             JOIN extensions AS asked ON asked.id = (
                 SELECT last.id FROM extensions AS last
                 WHERE last.action_id = actions.id AND last.asked_at <= ?1
                 ORDER BY last.asked_at DESC, last.id DESC LIMIT 1
             )
             LEFT JOIN names ON names.person_id = asked.person_id
             WHERE actions.id BETWEEN ?2 AND ?3
                 AND NOT EXISTS (
                     SELECT 1 FROM decisions
                     WHERE decisions.extension_id = asked.id AND decisions.made_at <= ?1
                 )"#,
            until,
            actions.first,
            actions.last
        )
        .fetch_all(self.connection())
        .await
        .context("load the requests for new dates")?;
        let mut asked = BTreeMap::new();
        for row in rows {
            let days = window(row.from_on.as_deref(), row.to_on.as_deref())?;
            let extension = Extension {
                id: ExtensionId(row.id),
                target: Target::recorded(row.words, days),
                reason: row.reason,
                by: row.by,
                voice: Voice { body: BodyId(row.body_id), on_behalf_of: row.on_behalf_of },
                asked_at: column::instant(row.asked_at)?,
            };
            asked.insert(ActionId(row.action_id), extension);
        }
        Ok(asked)
    }
}
