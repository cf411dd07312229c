//! What was set about single meetings. Part of the ledger: the last entry about a meeting counts, and
//! the earlier ones stay.

use anyhow::Context;
use chrono::NaiveDate;
use chrono::NaiveTime;

use super::Tx;
use super::column;
use crate::body::BodyId;
use crate::body::Person;
use crate::meeting::changed::Becomes;
use crate::meeting::changed::Change;
use crate::meeting::changed::Changes;
use crate::meeting::changed::Papers;

/// What becomes of a meeting, as columns; never leaves the store.
pub(super) struct Columns {
    pub(super) becomes_on: Option<String>,
    pub(super) time: Option<String>,
    pub(super) papers_on: Option<String>,
    pub(super) papers_days: Option<i64>,
}

impl Columns {
    pub(super) fn of(becomes: Becomes) -> Self {
        let Becomes::At { local, papers } = becomes else {
            return Self { becomes_on: None, time: None, papers_on: None, papers_days: None };
        };
        let (papers_on, papers_days) = match papers {
            Papers::AsUsual => (None, None),
            Papers::Before(days) => (None, Some(i64::from(days))),
            Papers::On(day) => (Some(day.to_string()), None),
        };
        Self {
            becomes_on: Some(local.date().to_string()),
            time: Some(local.time().format("%H:%M").to_string()),
            papers_on,
            papers_days,
        }
    }

    pub(super) fn becomes(self) -> anyhow::Result<Becomes> {
        let (Some(on), Some(time)) = (self.becomes_on, self.time) else {
            return Ok(Becomes::Cancelled);
        };
        let time = NaiveTime::parse_from_str(&time, "%H:%M");
        let time = time.context("read the time of a meeting")?;
        let papers = match (self.papers_on, self.papers_days) {
            (Some(day), _) => Papers::On(column::day(&day)?),
            (None, Some(days)) => Papers::Before(column::count(days)?),
            (None, None) => Papers::AsUsual,
        };
        Ok(Becomes::At { local: column::day(&on)?.and_time(time), papers })
    }
}

impl Tx {
    /// All that was set about single meetings.
    pub(super) async fn meeting_changes(&mut self) -> anyhow::Result<Changes> {
        let rows = sqlx::query!(
            "SELECT body_id, title, first_on, becomes_on, time, papers_on, papers_days, reason, set_at
             FROM meeting_changes ORDER BY id"
        )
        .fetch_all(self.connection())
        .await
        .context("load what was set about single meetings")?;
        let mut changes = Changes::default();
        for row in rows {
            let columns = Columns {
                becomes_on: row.becomes_on,
                time: row.time,
                papers_on: row.papers_on,
                papers_days: row.papers_days,
            };
            changes.add(Change {
                body: BodyId(row.body_id),
                title: row.title,
                first_on: column::day(&row.first_on)?,
                becomes: columns.becomes()?,
                reason: row.reason,
                since: column::instant(row.set_at)?,
            });
        }
        Ok(changes)
    }

    /// Records what was set about a meeting, and since when.
    pub async fn add_meeting_change(&mut self, change: &Change, by: &Person) -> anyhow::Result<()> {
        let Columns { becomes_on, time, papers_on, papers_days } = Columns::of(change.becomes);
        let first_on = change.first_on.to_string();
        let (since, now) = (column::millis(change.since), column::millis(self.now));
        sqlx::query!(
            "INSERT INTO meeting_changes (body_id, title, first_on, becomes_on, time, papers_on,
                 papers_days, reason, set_at, recorded_at, person_id)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            change.body.0,
            change.title,
            first_on,
            becomes_on,
            time,
            papers_on,
            papers_days,
            change.reason,
            since,
            now,
            by.id.0
        )
        .execute(self.connection())
        .await
        .context("record what was set about a meeting")?;
        Ok(())
    }
}

/// The day in a column that may hold none.
pub(super) fn day_in(column: Option<String>) -> anyhow::Result<Option<NaiveDate>> {
    column.map(|day| column::day(&day)).transpose()
}
