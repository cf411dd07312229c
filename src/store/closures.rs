//! The days that differ from weekends and bank holidays.

use anyhow::Context;
use chrono::NaiveDate;

use super::Tx;
use super::column;
use crate::body::Person;
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
        let rows = sqlx::query!("SELECT day, closed FROM closings ORDER BY id")
            .fetch_all(self.connection())
            .await
            .context("load the days that were closed since")?;
        for row in rows {
            let day = column::day(&row.day)?;
            if row.closed == 0 { closures.work(day) } else { closures.close(day) }
        }
        Ok(closures)
    }

    /// Closes a day from now on, with the reason, or opens it again.
    pub async fn add_closing(
        &mut self,
        day: NaiveDate,
        name: Option<&str>,
        by: &Person,
    ) -> anyhow::Result<()> {
        let on = day.to_string();
        let (closed, name) = (i64::from(name.is_some()), name.unwrap_or_default());
        let now = column::millis(self.now);
        sqlx::query!(
            "INSERT INTO closings (day, name, closed, set_at, recorded_at, person_id)
             VALUES (?1, ?2, ?3, ?4, ?4, ?5)",
            on,
            name,
            closed,
            now,
            by.id.0
        )
        .execute(self.connection())
        .await
        .with_context(|| format!("record whether {day} is closed"))?;
        Ok(())
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
