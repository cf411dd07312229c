//! The days that differ from weekends and bank holidays.

use anyhow::Context;
use chrono::NaiveDate;

use super::Tx;
use super::column;
use crate::date::Closures;

/// A day that is closed, or worked in spite of a bank holiday.
struct Closure {
    day: NaiveDate,
    kind: &'static str,
}

const CLOSED: &str = "closed";
const WORKED: &str = "worked";

impl Tx {
    pub(super) async fn closures(&mut self) -> anyhow::Result<Closures> {
        let rows = sqlx::query!("SELECT day, kind FROM closures ORDER BY day")
            .fetch_all(self.connection())
            .await
            .context("load the closed days")?;
        let mut days = Vec::with_capacity(rows.len());
        for row in rows {
            let kind = if row.kind == CLOSED { CLOSED } else { WORKED };
            days.push(Closure { day: column::day(&row.day)?, kind });
        }
        Ok(joined(&days))
    }

    pub(super) async fn add_closures(&mut self, closures: &Closures) -> anyhow::Result<()> {
        for Closure { day, kind } in apart(closures) {
            let on = day.to_string();
            sqlx::query!("INSERT INTO closures (day, name, kind) VALUES (?, '', ?)", on, kind)
                .execute(self.connection())
                .await
                .with_context(|| format!("record the closed day {day}"))?;
        }
        Ok(())
    }
}

fn joined(_days: &[Closure]) -> Closures {
    Closures
}

fn apart(_closures: &Closures) -> Vec<Closure> {
    Vec::new()
}
