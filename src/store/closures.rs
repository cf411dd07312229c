//! The days that differ from weekends and bank holidays.

use anyhow::Context;

use super::Tx;
use super::column;
use crate::date::Closures;

const CLOSED: &str = "closed";
const WORKED: &str = "worked";

impl Tx {
    pub(super) async fn closures(&mut self) -> anyhow::Result<Closures> {
        let rows = sqlx::query!("SELECT day, kind FROM closures ORDER BY day")
            .fetch_all(self.connection())
            .await
            .context("load the closed days")?;
        let mut closures = Closures::default();
        for row in rows {
            let day = column::day(&row.day)?;
            if row.kind == CLOSED { closures.close(day) } else { closures.open(day) }
        }
        Ok(closures)
    }

    pub(super) async fn add_closures(&mut self, closures: &Closures) -> anyhow::Result<()> {
        let closed = closures.closed().map(|day| (day, CLOSED));
        let worked = closures.worked().map(|day| (day, WORKED));
        for (day, kind) in closed.chain(worked) {
            let on = day.to_string();
            sqlx::query!("INSERT INTO closures (day, name, kind) VALUES (?, '', ?)", on, kind)
                .execute(self.connection())
                .await
                .with_context(|| format!("record the closed day {day}"))?;
        }
        Ok(())
    }
}
