//! Actions, put together from the ledger as they stood at a moment.

use anyhow::Context;
use chrono::DateTime;
use chrono::Utc;

use super::Tx;
use super::column;
use crate::action::Action;
use crate::action::ActionId;
use crate::action::Printed;
use crate::action::Ref;
use crate::action::Standing;
use crate::action::Status;
use crate::date::Target;
use crate::plan::AreaId;
use crate::revision::ImportId;

/// Which actions to load: those with numbers from the first to the last. One action and all of them
/// are asked for by the same statements, so that neither takes more of them than the other.
#[derive(Clone, Copy)]
pub(super) struct Numbers {
    pub(super) first: i64,
    pub(super) last: i64,
}

/// Since when something counts that a print says, and the import it came with, if one.
#[derive(Clone, Copy)]
pub(super) struct Set {
    pub(super) at: DateTime<Utc>,
    pub(super) import: Option<ImportId>,
}

impl Set {
    pub(super) fn import_number(self) -> Option<i64> {
        self.import.map(|import| import.0)
    }
}

impl Numbers {
    const ALL: Self = Self { first: i64::MIN, last: i64::MAX };

    pub(super) fn only(action: ActionId) -> Self {
        Self { first: action.0, last: action.0 }
    }
}

impl Tx {
    /// All actions in the order of their refs, as they stood at the end of an instant, or as they
    /// stand now.
    ///
    /// Only what was said, set and decided by then counts, and an update that was taken back later
    /// still does. An action stands in the record from the moment its first target was set: before
    /// the first day of its plan's position there are none.
    pub async fn actions(&mut self, until: Option<DateTime<Utc>>) -> anyhow::Result<Vec<Action>> {
        self.actions_of(Numbers::ALL, until).await
    }

    /// One action, as it stands now.
    pub async fn action(&mut self, reference: &Ref) -> anyhow::Result<Option<Action>> {
        let Some(id) = self.action_id(reference).await? else { return Ok(None) };
        Ok(self.actions_of(Numbers::only(id), None).await?.pop())
    }

    pub(super) async fn action_id(&mut self, reference: &Ref) -> anyhow::Result<Option<ActionId>> {
        let id = sqlx::query_scalar!(
            "SELECT actions.id FROM actions
             JOIN areas ON areas.id = actions.area_id
             JOIN plans ON plans.id = areas.plan_id
             WHERE plans.code = ? AND areas.number = ? AND actions.number = ? AND actions.turn = ?",
            reference.plan,
            reference.area,
            reference.number,
            reference.turn
        )
        .fetch_optional(self.connection())
        .await
        .with_context(|| format!("look for {reference}"))?;
        Ok(id.map(ActionId))
    }

    async fn actions_of(
        &mut self,
        numbers: Numbers,
        until: Option<DateTime<Utc>>,
    ) -> anyhow::Result<Vec<Action>> {
        let until = until.map_or(i64::MAX, column::millis);
        let rows = sqlx::query!(
            r#"SELECT actions.id, plans.code AS plan, areas.number AS area, actions.number,
                 actions.turn, actions.status_printed,
                 coalesce((
                     SELECT reads.title FROM wordings AS reads
                     WHERE reads.action_id = actions.id AND reads.set_at <= ?1
                     ORDER BY reads.set_at DESC, reads.id DESC LIMIT 1
                 ), actions.title_printed) AS "title!"
             FROM actions
             JOIN areas ON areas.id = actions.area_id
             JOIN plans ON plans.id = areas.plan_id
             WHERE actions.id BETWEEN ?2 AND ?3
             ORDER BY plans.code, areas.number, actions.number, actions.turn"#,
            until,
            numbers.first,
            numbers.last
        )
        .fetch_all(self.connection())
        .await
        .context("load the actions")?;
        let mut themes = self.themes_of(numbers, until).await?;
        let mut leads = self.leads_of(numbers, until).await?;
        let mut targets = self.targets_of(numbers, until).await?;
        let mut updates = self.last_updates_of(numbers, until).await?;
        let mut returns = self.returns_of(numbers, until).await?;
        let mut asked = self.extensions_of(numbers, until).await?;
        let standings = self.standings_of(numbers, until).await?;
        let mut actions = Vec::with_capacity(rows.len());
        for row in rows {
            let id = ActionId(row.id);
            let targets = targets.remove(&id).unwrap_or_default();
            let (Some(first), Some(target)) = (targets.first(), targets.last()) else { continue };
            let last_update = updates.remove(&id);
            let printed = column::status(&row.status_printed)?;
            let said = last_update.as_ref().map(|update| (update.said_at, update.status));
            // What is returned goes on from then, until somebody says otherwise.
            let latest = said.into_iter().chain(returns.remove(&id)).max_by_key(|(at, _)| *at);
            actions.push(Action {
                id,
                reference: reference(row.plan, row.area, row.number, row.turn)?,
                title: row.title,
                themes: themes.remove(&id).unwrap_or_default(),
                leads: leads.remove(&id).unwrap_or_default(),
                target: target.clone(),
                first_target: first.clone(),
                moves: u32::try_from(targets.len() - 1)?,
                status: latest.map_or(printed, |(_, status)| status),
                standing: standings.get(&id).copied().unwrap_or(Standing::Open),
                last_update,
                asked: asked.remove(&id),
            });
        }
        Ok(actions)
    }

    /// Writes down an action as its plan prints it. What the plan does not print, it has not: no
    /// lead, no date, not started.
    pub(super) async fn add_printed(
        &mut self,
        area: AreaId,
        printed: &Printed,
        set: Set,
    ) -> anyhow::Result<()> {
        let status = printed.status.unwrap_or(Status::NotStarted);
        let words = status.words();
        let id = sqlx::query!(
            "INSERT INTO actions (area_id, number, turn, title_printed, status_printed)
             VALUES (?, ?, ?, ?, ?)",
            area.0,
            printed.reference.number,
            printed.reference.turn,
            printed.title,
            words
        )
        .execute(self.connection())
        .await
        .context("record the action")?
        .last_insert_rowid();
        let action = ActionId(id);
        if let Some(themes) = printed.themes.as_deref().filter(|themes| !themes.is_empty()) {
            self.add_themes_of(action, themes, set).await?;
        }
        self.add_leads(action, printed.leads.as_deref().unwrap_or_default(), set).await?;
        let unprinted = Target::recorded(String::new(), None);
        self.add_target(action, printed.target.as_ref().unwrap_or(&unprinted), set).await?;
        if let Some(text) = printed.update.as_deref().filter(|text| !text.is_empty()) {
            self.add_printed_update(action, text, status, set).await?;
        }
        for note in &printed.notes {
            self.add_note(action, note, set).await?;
        }
        if status == Status::Complete {
            let note = "recorded complete in the printed plan";
            self.add_printed_decision(action, "sign-off", note, set).await?;
        }
        Ok(())
    }

    /// Writes down that an action reads otherwise from an instant on.
    pub(super) async fn add_wording(
        &mut self,
        action: ActionId,
        title: &str,
        set: Set,
    ) -> anyhow::Result<()> {
        let (set_at, import) = (column::millis(set.at), set.import_number());
        let now = column::millis(self.now);
        sqlx::query!(
            "INSERT INTO wordings (action_id, title, set_at, recorded_at, import_id)
             VALUES (?, ?, ?, ?, ?)",
            action.0,
            title,
            set_at,
            now,
            import
        )
        .execute(self.connection())
        .await
        .context("record its wording")?;
        Ok(())
    }
}

/// A ref, from the columns that hold its parts.
pub(super) fn reference(plan: String, area: i64, number: i64, turn: i64) -> anyhow::Result<Ref> {
    let (area, number) = (column::count(area)?, column::count(number)?);
    Ok(Ref { plan, area, number, turn: column::count(turn)? })
}
