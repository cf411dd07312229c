//! What was set about when things are said: lead times, and pauses.

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
}
