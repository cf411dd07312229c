//! How far time has been answered.

use anyhow::Context;
use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;

use super::Tx;
use super::column;

/// A clock that is set back by less was wrong before, or is now: the hour that comes again is taken
/// for a moment. One that is set back by more was never right.
const SET_BACK_MAX: TimeDelta = TimeDelta::days(1);

impl Tx {
    /// The same, but after the moment up to which everything due is written down, if the machine's
    /// clock was set back behind it. What is said while it comes there again is said after what was
    /// posted then, and stands in what is posted next.
    pub(super) async fn onward(mut self) -> anyhow::Result<Self> {
        let ticked_to = self.ticked_to().await?;
        let is_set_back = |at: &DateTime<Utc>| self.now < *at && *at - self.now < SET_BACK_MAX;
        if let Some(ticked_to) = ticked_to.filter(is_set_back) {
            self.now = ticked_to + TimeDelta::milliseconds(1);
        }
        Ok(self)
    }

    /// The instant up to which everything due has been written down; none before the first time.
    pub async fn ticked_to(&mut self) -> anyhow::Result<Option<DateTime<Utc>>> {
        let at = sqlx::query_scalar!("SELECT ticked_to FROM ticks")
            .fetch_optional(self.connection())
            .await
            .context("load how far time has come")?;
        at.map(column::instant).transpose()
    }

    /// Says that everything due up to an instant has been written down. Time does not go back: an
    /// earlier instant than the one known changes nothing.
    pub async fn save_ticked_to(&mut self, at: DateTime<Utc>) -> anyhow::Result<()> {
        let at = column::millis(at);
        sqlx::query!(
            "INSERT INTO ticks (id, ticked_to) VALUES (1, ?)
             ON CONFLICT (id) DO UPDATE SET ticked_to = max(ticked_to, excluded.ticked_to)",
            at
        )
        .execute(self.connection())
        .await
        .context("save how far time has come")?;
        Ok(())
    }

    /// The last instant at which anything was written down; none in an empty record.
    pub async fn latest(&mut self) -> anyhow::Result<Option<DateTime<Utc>>> {
        let at = sqlx::query_scalar!(
            r#"SELECT max(at) AS "at: i64" FROM (
                 SELECT ticked_to AS at FROM ticks
                 UNION ALL SELECT max(recorded_at) FROM updates
                 UNION ALL SELECT max(recorded_at) FROM posts)"#
        )
        .fetch_one(self.connection())
        .await
        .context("load when anything was last written down")?;
        at.map(column::instant).transpose()
    }
}
