//! Cross-cutting themes, and which actions carry them.

use std::collections::BTreeMap;

use anyhow::Context;

use super::Tx;
use super::actions::Numbers;
use super::actions::Set;
use super::column;
use crate::action::ActionId;

impl Tx {
    /// The themes, in the partnership's order.
    pub(super) async fn themes(&mut self) -> anyhow::Result<Vec<String>> {
        sqlx::query_scalar!("SELECT name FROM themes ORDER BY position, id")
            .fetch_all(self.connection())
            .await
            .context("load the themes")
    }

    pub(super) async fn add_themes(&mut self, themes: &[String]) -> anyhow::Result<()> {
        for (position, theme) in column::placed(themes) {
            sqlx::query!("INSERT INTO themes (position, name) VALUES (?, ?)", position, theme)
                .execute(self.connection())
                .await
                .with_context(|| format!("record the theme {theme}"))?;
        }
        Ok(())
    }

    /// The themes of actions at the end of an instant, each action's in its order.
    pub(super) async fn themes_of(
        &mut self,
        actions: Numbers,
        until: i64,
    ) -> anyhow::Result<BTreeMap<ActionId, Vec<String>>> {
        let rows = sqlx::query!(
            "SELECT actions.id AS action_id, themes.name FROM actions
             JOIN action_themes ON action_themes.tagging_id = (
                 SELECT tagged.id FROM taggings AS tagged
                 WHERE tagged.action_id = actions.id AND tagged.set_at <= ?1
                 ORDER BY tagged.set_at DESC, tagged.id DESC LIMIT 1
             )
             JOIN themes ON themes.id = action_themes.theme_id
             WHERE actions.id BETWEEN ?2 AND ?3
             ORDER BY actions.id, action_themes.position",
            until,
            actions.first,
            actions.last
        )
        .fetch_all(self.connection())
        .await
        .context("load the themes of actions")?;
        let mut themes: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in rows {
            themes.entry(ActionId(row.action_id)).or_default().push(row.name);
        }
        Ok(themes)
    }

    /// Writes down which themes an action carries from an instant on; none, if there are none.
    pub(super) async fn add_themes_of(
        &mut self,
        action: ActionId,
        themes: &[String],
        set: Set,
    ) -> anyhow::Result<()> {
        let (set_at, import) = (column::millis(set.at), set.import_number());
        let (now, person) = (column::millis(self.now), set.person_number());
        let tagging = sqlx::query!(
            "INSERT INTO taggings (action_id, set_at, recorded_at, import_id, person_id)
             VALUES (?, ?, ?, ?, ?)",
            action.0,
            set_at,
            now,
            import,
            person
        )
        .execute(self.connection())
        .await
        .context("record which themes it carries")?
        .last_insert_rowid();
        for (position, theme) in column::placed(themes) {
            let id = sqlx::query_scalar!("SELECT id FROM themes WHERE name = ?", theme)
                .fetch_optional(self.connection())
                .await
                .context("look for a theme")?
                .with_context(|| format!("the partnership has no theme {theme}"))?;
            sqlx::query!(
                "INSERT INTO action_themes (tagging_id, position, theme_id) VALUES (?, ?, ?)",
                tagging,
                position,
                id
            )
            .execute(self.connection())
            .await
            .with_context(|| format!("record its theme {theme}"))?;
        }
        Ok(())
    }
}
