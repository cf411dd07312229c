//! What comes round again: how often, and its turns. Part of the ledger.

use std::collections::BTreeMap;

use anyhow::Context;

use super::Tx;
use super::actions::Numbers;
use super::actions::Set;
use super::column;
use crate::action::Action;
use crate::action::ActionId;
use crate::action::Every;
use crate::action::Ref;
use crate::action::Status;
use crate::body::Person;

/// The word for what comes round no more.
const NEVER: &str = "never";

impl Tx {
    /// How often actions come round again at the end of an instant; those that do not are left out.
    pub(super) async fn recurrences_of(
        &mut self,
        actions: Numbers,
        until: i64,
    ) -> anyhow::Result<BTreeMap<ActionId, Every>> {
        let rows = sqlx::query!(
            "SELECT actions.id, recurrences.every FROM actions
             JOIN recurrences ON recurrences.id = (
                 SELECT known.id FROM recurrences AS known
                 WHERE known.action_id = actions.id AND known.set_at <= ?1
                 ORDER BY known.set_at DESC, known.id DESC LIMIT 1
             )
             WHERE actions.id BETWEEN ?2 AND ?3",
            until,
            actions.first,
            actions.last
        )
        .fetch_all(self.connection())
        .await
        .context("load how often actions come round again")?;
        let known =
            rows.iter().filter_map(|row| Some((ActionId(row.id), Every::from_word(&row.every)?)));
        Ok(known.collect())
    }

    /// Records, now, how often an action comes round again; no more, where that is not said.
    pub async fn set_recurrence(
        &mut self,
        action: ActionId,
        every: Option<Every>,
        by: Option<&Person>,
    ) -> anyhow::Result<()> {
        let every = every.map_or(NEVER, Every::word);
        let by = by.map(|person| person.id.0);
        let now = column::millis(self.now);
        sqlx::query!(
            "INSERT INTO recurrences (action_id, every, set_at, recorded_at, person_id)
             VALUES (?1, ?2, ?3, ?3, ?4)",
            action.0,
            every,
            now,
            by
        )
        .execute(self.connection())
        .await
        .context("record how often an action comes round again")?;
        Ok(())
    }

    /// Opens, now, the turn after one of an action that comes round again: under the same number,
    /// with the same words, leads and themes, not started, and due as much later as it comes round.
    /// None where it comes round no more, and where the next turn was opened before.
    pub async fn open_next_turn(&mut self, action: &Action) -> anyhow::Result<Option<Ref>> {
        let Some(every) = action.every else { return Ok(None) };
        let next = action.reference.next_turn();
        if self.action_id(&next).await?.is_some() {
            return Ok(None);
        }
        let status = Status::NotStarted.words();
        let opened = sqlx::query!(
            "INSERT INTO actions (area_id, number, turn, title_printed, status_printed)
             SELECT area_id, number, ?1, ?2, ?3 FROM actions WHERE id = ?4",
            next.turn,
            action.title,
            status,
            action.id.0
        )
        .execute(self.connection())
        .await
        .with_context(|| format!("open {next}"))?;
        let id = ActionId(opened.last_insert_rowid());
        let set = Set { at: self.now, import: None, by: None };
        if !action.themes.is_empty() {
            self.add_themes_of(id, &action.themes, set).await?;
        }
        self.add_leads(id, &action.leads, set).await?;
        self.add_target(id, &action.next_turn_due(every), set).await?;
        self.set_recurrence(id, Some(every), None).await?;
        Ok(Some(next))
    }
}
