//! Cross-cutting themes, and which actions carry them.

use std::collections::BTreeMap;

use anyhow::Context;

use super::Tx;
use super::actions::Numbers;
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

    pub(super) async fn themes_of(
        &mut self,
        actions: Numbers,
    ) -> anyhow::Result<BTreeMap<ActionId, Vec<String>>> {
        let rows = sqlx::query!(
            "SELECT action_themes.action_id, themes.name FROM action_themes
             JOIN themes ON themes.id = action_themes.theme_id
             WHERE action_themes.action_id BETWEEN ? AND ?
             ORDER BY action_themes.action_id, action_themes.position",
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

    /// Puts other themes in the place of those an action has.
    pub(super) async fn save_themes_of(
        &mut self,
        action: ActionId,
        themes: &[String],
    ) -> anyhow::Result<()> {
        sqlx::query!("DELETE FROM action_themes WHERE action_id = ?", action.0)
            .execute(self.connection())
            .await
            .context("take its themes away")?;
        self.add_themes_of(action, themes).await
    }

    pub(super) async fn add_themes_of(
        &mut self,
        action: ActionId,
        themes: &[String],
    ) -> anyhow::Result<()> {
        for (position, theme) in column::placed(themes) {
            let id = sqlx::query_scalar!("SELECT id FROM themes WHERE name = ?", theme)
                .fetch_optional(self.connection())
                .await
                .context("look for a theme")?
                .with_context(|| format!("the partnership has no theme {theme}"))?;
            sqlx::query!(
                "INSERT INTO action_themes (action_id, position, theme_id) VALUES (?, ?, ?)",
                action.0,
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
