//! The partnership as a whole: founding it, and reading it back.

use anyhow::Context;
use anyhow::ensure;
use chrono::NaiveTime;

use super::Tx;
use super::actions::Set;
use super::column;
use crate::action::Printed;
use crate::body::Bodies;
use crate::body::ServerId;
use crate::meeting::Calendar;
use crate::partnership::Partnership;
use crate::plan::Area;
use crate::plan::Plan;

impl Tx {
    /// The partnership, if it has been founded.
    pub async fn partnership(&mut self) -> anyhow::Result<Option<Partnership>> {
        let row = sqlx::query!("SELECT server_id, name, zone FROM partnership")
            .fetch_optional(self.connection())
            .await
            .context("load the partnership")?;
        let Some(row) = row else { return Ok(None) };
        let zone = row.zone.parse();
        let zone = zone.with_context(|| format!("\"{}\" is not a time zone", row.zone))?;
        let bodies = Bodies {
            all: self.bodies().await?,
            collectives: self.collectives().await?,
            holdings: self.holdings().await?,
        };
        let series = self.series().await?;
        let closures = self.closures().await?;
        let (timings, pauses) = (self.timings().await?, self.pauses().await?);
        let changes = self.meeting_changes().await?;
        Ok(Some(Partnership {
            name: row.name,
            server: ServerId(column::to_chat(row.server_id)?),
            bodies,
            timings,
            pauses,
            calendar: Calendar { zone, series, closures, changes },
            themes: self.themes().await?,
        }))
    }

    /// Begins the record: the partnership, and its plan as printed.
    ///
    /// What the plan says counts from the beginning of the first day of its position. An action that
    /// it prints as complete is signed off from then.
    ///
    /// # Errors
    /// When the record holds a partnership already, or an action names an area, a theme or a plan
    /// that is not given.
    pub async fn found(
        &mut self,
        partnership: &Partnership,
        plan: &Plan,
        areas: &[Area],
        printed: &[Printed],
    ) -> anyhow::Result<()> {
        ensure!(self.partnership().await?.is_none(), "the record holds a partnership already");
        self.add_partnership(partnership).await?;
        self.add_themes(&partnership.themes).await?;
        self.add_bodies(&partnership.bodies).await?;
        self.add_series(&partnership.calendar.series).await?;
        self.add_closures(&partnership.calendar.closures).await?;
        self.add_plan(plan, areas).await?;
        let at = partnership.calendar.instant(plan.position_on.and_time(NaiveTime::MIN));
        let set = Set { at, import: None, by: None };
        for action in printed {
            let reference = &action.reference;
            ensure!(reference.plan == plan.code, "{reference} is not of the plan {}", plan.code);
            let area = areas.iter().find(|area| area.number == reference.area);
            let area = area.with_context(|| format!("the plan has no area for {reference}"))?;
            self.add_printed(area.id, action, set)
                .await
                .with_context(|| format!("record {reference}"))?;
        }
        Ok(())
    }

    async fn add_partnership(&mut self, partnership: &Partnership) -> anyhow::Result<()> {
        let server = column::from_chat(partnership.server.0)?;
        let zone = partnership.calendar.zone.name();
        let now = column::millis(self.now);
        sqlx::query!(
            "INSERT INTO partnership (id, server_id, name, zone, founded_at) VALUES (1, ?, ?, ?, ?)",
            server,
            partnership.name,
            zone,
            now
        )
        .execute(self.connection())
        .await
        .context("record the partnership")?;
        Ok(())
    }
}
