//! The runs of meetings.

use anyhow::Context;

use super::Tx;
use super::column;
use crate::body::BodyId;
use crate::meeting::Series;

impl Tx {
    /// The runs of meetings, in the order they were written down.
    pub(super) async fn series(&mut self) -> anyhow::Result<Vec<Series>> {
        let rows = sqlx::query!("SELECT body_id, title, rule, papers_days FROM series ORDER BY id")
            .fetch_all(self.connection())
            .await
            .context("load the series of meetings")?;
        let mut series = Vec::with_capacity(rows.len());
        for row in rows {
            let rule = row.rule.parse();
            series.push(Series {
                body: BodyId(row.body_id),
                rule: rule.with_context(|| format!("read the rule of the series {}", row.title))?,
                title: row.title,
                papers_days: column::count(row.papers_days)?,
            });
        }
        Ok(series)
    }

    pub(super) async fn add_series(&mut self, all: &[Series]) -> anyhow::Result<()> {
        for series in all {
            let rule = series.rule.words();
            sqlx::query!(
                "INSERT INTO series (body_id, title, rule, papers_days) VALUES (?, ?, ?, ?)",
                series.body.0,
                series.title,
                rule,
                series.papers_days
            )
            .execute(self.connection())
            .await
            .with_context(|| format!("record the series {}", series.title))?;
        }
        Ok(())
    }
}
