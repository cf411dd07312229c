//! What plans say of actions under headings of their own. Part of the ledger.

use std::collections::BTreeMap;

use anyhow::Context;

use super::Tx;
use super::actions::Set;
use super::actions::reference;
use super::column;
use crate::action::ActionId;
use crate::action::Note;
use crate::action::Ref;

impl Tx {
    /// What is noted of each action of a plan: of each heading the last words, in the order of the
    /// headings.
    pub async fn notes(&mut self, plan: &str) -> anyhow::Result<BTreeMap<Ref, Vec<Note>>> {
        let rows = sqlx::query!(
            "SELECT areas.number AS area, actions.number, actions.turn, notes.heading,
                 notes.text
             FROM plans
             JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN notes ON notes.action_id = actions.id
             WHERE plans.code = ? AND NOT EXISTS (
                 SELECT 1 FROM notes AS later
                 WHERE later.action_id = notes.action_id AND later.heading = notes.heading
                     AND (later.set_at, later.id) > (notes.set_at, notes.id)
             )
             ORDER BY actions.id, notes.heading",
            plan
        )
        .fetch_all(self.connection())
        .await
        .context("load the notes")?;
        let mut notes: BTreeMap<Ref, Vec<Note>> = BTreeMap::new();
        for row in rows {
            let reference = reference(plan.to_owned(), row.area, row.number, row.turn)?;
            let note = Note { heading: row.heading, text: row.text };
            notes.entry(reference).or_default().push(note);
        }
        Ok(notes)
    }

    pub(super) async fn add_note(
        &mut self,
        action: ActionId,
        note: &Note,
        set: Set,
    ) -> anyhow::Result<()> {
        let (set_at, import) = (column::millis(set.at), set.import_number());
        let now = column::millis(self.now);
        sqlx::query!(
            "INSERT INTO notes (action_id, heading, text, set_at, recorded_at, import_id)
             VALUES (?, ?, ?, ?, ?, ?)",
            action.0,
            note.heading,
            note.text,
            set_at,
            now,
            import
        )
        .execute(self.connection())
        .await
        .context("record a note")?;
        Ok(())
    }
}
