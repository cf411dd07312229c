//! When routines run, and around whose meetings nothing is said: part of the ledger.

use anyhow::Context;
use chrono::NaiveDate;
use chrono::NaiveTime;

use super::Tx;
use super::column;
use crate::body::BodyId;
use crate::body::Person;
use crate::routine::Pause;
use crate::routine::Pauses;
use crate::routine::Routine;
use crate::routine::Timing;
use crate::routine::Timings;

/// A time of day as the record keeps it.
const TIME: &str = "%H:%M";

impl Tx {
    /// When routines run, where that was set.
    pub(super) async fn timings(&mut self) -> anyhow::Result<Timings> {
        let rows =
            sqlx::query!("SELECT routine, days, time, runs FROM timings ORDER BY set_at, id")
                .fetch_all(self.connection())
                .await
                .context("load when routines run")?;
        let mut timings = Vec::with_capacity(rows.len());
        for row in rows {
            let routine = Routine::from_word(&row.routine);
            let time = NaiveTime::parse_from_str(&row.time, TIME);
            let timing = Timing {
                days: column::count(row.days)?,
                time: time.with_context(|| format!("\"{}\" is no time of day", row.time))?,
                runs: row.runs != 0,
            };
            // One that this Convener does not know does nothing in it.
            timings.extend(routine.map(|routine| (routine, timing)));
        }
        Ok(Timings::of(timings))
    }

    /// Records when a routine runs from now on.
    pub async fn set_timing(
        &mut self,
        routine: Routine,
        timing: Timing,
        by: &Person,
    ) -> anyhow::Result<()> {
        let word = routine.word();
        let time = timing.time.format(TIME).to_string();
        let now = column::millis(self.now);
        sqlx::query!(
            "INSERT INTO timings (routine, days, time, runs, set_at, recorded_at, person_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)",
            word,
            timing.days,
            time,
            timing.runs,
            now,
            by.id.0
        )
        .execute(self.connection())
        .await
        .context("record when a routine runs")?;
        Ok(())
    }

    /// Around whose meetings nothing is said.
    pub(super) async fn pauses(&mut self) -> anyhow::Result<Pauses> {
        let rows = sqlx::query!(
            "SELECT body_id, until_on, paused, set_at FROM pauses ORDER BY set_at, id"
        )
        .fetch_all(self.connection())
        .await
        .context("load which bodies are paused")?;
        let mut pauses = Vec::with_capacity(rows.len());
        for row in rows {
            pauses.push(Pause {
                body: BodyId(row.body_id),
                paused: row.paused != 0,
                until_on: row.until_on.as_deref().map(column::day).transpose()?,
                since: column::instant(row.set_at)?,
            });
        }
        Ok(Pauses::of(pauses))
    }

    /// Records that nothing is said around a body's meetings, until the end of a day or until it is set
    /// otherwise; or that it is said again.
    pub async fn set_pause(
        &mut self,
        body: BodyId,
        paused: bool,
        until_on: Option<NaiveDate>,
        by: &Person,
    ) -> anyhow::Result<()> {
        let until_on = until_on.map(|day| day.to_string());
        let now = column::millis(self.now);
        sqlx::query!(
            "INSERT INTO pauses (body_id, until_on, paused, set_at, recorded_at, person_id)
             VALUES (?1, ?2, ?3, ?4, ?4, ?5)",
            body.0,
            until_on,
            paused,
            now,
            by.id.0
        )
        .execute(self.connection())
        .await
        .context("record that a body is paused, or goes on")?;
        Ok(())
    }
}
