//! What was set about when things are said: lead times and pauses, single meetings and closed days.

use anyhow::Context;

use super::Row;
use crate::store::Tx;

impl Tx {
    pub(super) async fn timings_set(&mut self, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT timings.id AS "number!", NULL AS "area: i64", NULL AS "action: i64",
                 NULL AS "turn: i64",
                 set_at AS at, recorded_at, timings.person_id AS person, names.name AS "by?",
                 json_object('routine', routine, 'days', CAST(days AS TEXT), 'time', time,
                     'runs', iif(runs, 'yes', 'no')) AS "says!: String"
             FROM timings LEFT JOIN names ON names.person_id = timings.person_id
             WHERE set_at <= ?1 ORDER BY timings.id"#,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load when routines were set to run")
    }

    pub(super) async fn pauses_set(&mut self, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT pauses.id AS "number!", NULL AS "area: i64", NULL AS "action: i64",
                 NULL AS "turn: i64",
                 set_at AS at, recorded_at, pauses.person_id AS person, names.name AS "by?",
                 json_object('body', bodies.code, 'until', until_on,
                     'state', iif(paused, 'paused', 'goes on')) AS "says!: String"
             FROM bodies CROSS JOIN pauses ON pauses.body_id = bodies.id
             LEFT JOIN names ON names.person_id = pauses.person_id
             WHERE set_at <= ?1 ORDER BY pauses.id"#,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load which bodies were paused")
    }

    pub(super) async fn meetings_set(&mut self, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT meeting_changes.id AS "number!", NULL AS "area: i64", NULL AS "action: i64",
                 NULL AS "turn: i64",
                 set_at AS at, recorded_at, meeting_changes.person_id AS person, names.name AS "by?",
                 json_object('body', bodies.code, 'title', title, 'meeting_on', first_on,
                     'state', iif(becomes_on IS NULL, 'cancelled', 'held'), 'to', becomes_on,
                     'time', time, 'papers_on', papers_on, 'days', CAST(papers_days AS TEXT),
                     'reason', nullif(reason, '')) AS "says!: String"
             FROM bodies CROSS JOIN meeting_changes ON meeting_changes.body_id = bodies.id
             LEFT JOIN names ON names.person_id = meeting_changes.person_id
             WHERE set_at <= ?1 ORDER BY meeting_changes.id"#,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load what was set about single meetings")
    }

    pub(super) async fn days_closed(&mut self, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT closings.id AS "number!", NULL AS "area: i64", NULL AS "action: i64",
                 NULL AS "turn: i64",
                 set_at AS at, recorded_at, closings.person_id AS person, names.name AS "by?",
                 json_object('day', day, 'title', nullif(closings.name, ''),
                     'state', iif(closed, 'closed', 'worked')) AS "says!: String"
             FROM closings LEFT JOIN names ON names.person_id = closings.person_id
             WHERE set_at <= ?1 ORDER BY closings.id"#,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load which days were closed")
    }
}
