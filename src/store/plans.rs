//! Plans and their areas.

use anyhow::Context;

use super::Tx;
use super::column;
use crate::body::BodyId;
use crate::plan::Area;
use crate::plan::AreaId;
use crate::plan::Plan;
use crate::plan::PlanId;
use crate::plan::PrintedArea;

impl Tx {
    /// The partnership's first plan, which a founded record has.
    pub async fn plan(&mut self) -> anyhow::Result<Plan> {
        let plans = self.plans().await?;
        plans.into_iter().next().context("the record holds no plan")
    }

    /// The plans, in the order in which they were recorded.
    pub async fn plans(&mut self) -> anyhow::Result<Vec<Plan>> {
        let rows = sqlx::query!(
            r#"SELECT id, code, title, body_id, position_on,
                     sign_off_needed AS "sign_off_needed: bool"
                 FROM plans ORDER BY id"#
        )
        .fetch_all(self.connection())
        .await
        .context("load the plans")?;
        let mut plans = Vec::with_capacity(rows.len());
        for row in rows {
            plans.push(Plan {
                id: PlanId(row.id),
                code: row.code,
                title: row.title,
                body: BodyId(row.body_id),
                position_on: column::day(&row.position_on)?,
                sign_off_needed: row.sign_off_needed,
            });
        }
        Ok(plans)
    }

    /// The areas of all plans, in the order of the plans and of their numbers.
    pub async fn areas(&mut self) -> anyhow::Result<Vec<Area>> {
        let rows = sqlx::query!(
            "SELECT areas.id, plans.code AS plan, areas.number, areas.title, areas.aim
             FROM areas JOIN plans ON plans.id = areas.plan_id
             ORDER BY areas.plan_id, areas.number"
        )
        .fetch_all(self.connection())
        .await
        .context("load the areas")?;
        let mut areas = Vec::with_capacity(rows.len());
        for row in rows {
            let (id, number) = (AreaId(row.id), column::count(row.number)?);
            areas.push(Area { id, plan: row.plan, number, title: row.title, aim: row.aim });
        }
        Ok(areas)
    }

    /// Writes down a plan that has no areas yet, and gives it a number.
    pub async fn begin_plan(&mut self, plan: &Plan) -> anyhow::Result<PlanId> {
        self.add_plan_as(None, plan).await
    }

    pub(super) async fn add_area(
        &mut self,
        plan: PlanId,
        area: &PrintedArea,
    ) -> anyhow::Result<AreaId> {
        self.add_area_as(None, plan, area).await
    }

    /// Writes down a plan and its areas under the numbers they have.
    pub(super) async fn add_plan(&mut self, plan: &Plan, areas: &[Area]) -> anyhow::Result<()> {
        self.add_plan_as(Some(plan.id), plan).await?;
        for area in areas {
            let Area { id, number, title, aim, .. } = area.clone();
            let printed = PrintedArea { number, title, aim };
            self.add_area_as(Some(id), plan.id, &printed).await?;
        }
        Ok(())
    }

    /// Under a number, or the next there is.
    async fn add_plan_as(&mut self, id: Option<PlanId>, plan: &Plan) -> anyhow::Result<PlanId> {
        let id = id.map(|id| id.0);
        let position_on = plan.position_on.to_string();
        let added = sqlx::query!(
            "INSERT INTO plans (id, code, title, body_id, position_on, sign_off_needed)
             VALUES (?, ?, ?, ?, ?, ?)",
            id,
            plan.code,
            plan.title,
            plan.body.0,
            position_on,
            plan.sign_off_needed
        )
        .execute(self.connection())
        .await
        .with_context(|| format!("record the plan {}", plan.code))?;
        Ok(PlanId(added.last_insert_rowid()))
    }

    /// As [`Tx::add_plan_as`].
    async fn add_area_as(
        &mut self,
        id: Option<AreaId>,
        plan: PlanId,
        area: &PrintedArea,
    ) -> anyhow::Result<AreaId> {
        let id = id.map(|id| id.0);
        let added = sqlx::query!(
            "INSERT INTO areas (id, plan_id, number, title, aim) VALUES (?, ?, ?, ?, ?)",
            id,
            plan.0,
            area.number,
            area.title,
            area.aim
        )
        .execute(self.connection())
        .await
        .with_context(|| format!("record the area {}", area.number))?;
        Ok(AreaId(added.last_insert_rowid()))
    }
}
