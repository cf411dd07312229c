//! Plans and their areas.

use anyhow::Context;

use super::Tx;
use super::column;
use crate::body::BodyId;
use crate::plan::Area;
use crate::plan::AreaId;
use crate::plan::Plan;
use crate::plan::PlanId;

impl Tx {
    /// The partnership's plan, which a founded record has.
    pub async fn plan(&mut self) -> anyhow::Result<Plan> {
        let row = sqlx::query!(
            "SELECT id, code, title, body_id, position_on FROM plans ORDER BY id LIMIT 1"
        )
        .fetch_one(self.connection())
        .await
        .context("load the plan")?;
        Ok(Plan {
            id: PlanId(row.id),
            code: row.code,
            title: row.title,
            body: BodyId(row.body_id),
            position_on: column::day(&row.position_on)?,
        })
    }

    /// The areas of the plan, in the order of their numbers.
    pub async fn areas(&mut self) -> anyhow::Result<Vec<Area>> {
        let rows =
            sqlx::query!("SELECT id, number, title, aim FROM areas ORDER BY plan_id, number")
                .fetch_all(self.connection())
                .await
                .context("load the areas")?;
        let mut areas = Vec::with_capacity(rows.len());
        for row in rows {
            let number = column::count(row.number)?;
            areas.push(Area { id: AreaId(row.id), number, title: row.title, aim: row.aim });
        }
        Ok(areas)
    }

    /// Writes down a plan and its areas under the numbers they have.
    pub(super) async fn add_plan(&mut self, plan: &Plan, areas: &[Area]) -> anyhow::Result<()> {
        let position_on = plan.position_on.to_string();
        sqlx::query!(
            "INSERT INTO plans (id, code, title, body_id, position_on) VALUES (?, ?, ?, ?, ?)",
            plan.id.0,
            plan.code,
            plan.title,
            plan.body.0,
            position_on
        )
        .execute(self.connection())
        .await
        .with_context(|| format!("record the plan {}", plan.code))?;
        for area in areas {
            sqlx::query!(
                "INSERT INTO areas (id, plan_id, number, title, aim) VALUES (?, ?, ?, ?, ?)",
                area.id.0,
                plan.id.0,
                area.number,
                area.title,
                area.aim
            )
            .execute(self.connection())
            .await
            .with_context(|| format!("record the area {}", area.number))?;
        }
        Ok(())
    }
}
