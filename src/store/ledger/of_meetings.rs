//! What was recorded of meetings: who was there, and how the record was made.

use anyhow::Context;

use super::Row;
use super::Wanted;
use crate::store::Tx;

impl Tx {
    pub(super) async fn attendances_set(&mut self, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT attendances.id AS "number!", NULL AS "area: i64", NULL AS "action: i64",
                 NULL AS "turn: i64",
                 set_at AS at, recorded_at, attendances.person_id AS person, names.name AS "by?",
                 json_object('body', bodies.code, 'meeting_on', meeting_on, 'agency', agencies.name,
                     'state', presence, 'name', nullif(attendances.name, '')) AS "says!: String"
             FROM bodies CROSS JOIN attendances ON attendances.body_id = bodies.id
             JOIN bodies AS agencies ON agencies.id = attendances.agency_id
             LEFT JOIN names ON names.person_id = attendances.person_id
             WHERE set_at <= ?1 ORDER BY attendances.id"#,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load who was at meetings")
    }

    /// The beginnings and ends, which are about no action.
    pub(super) async fn records_set(&mut self, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT meeting_records.id AS "number!", NULL AS "area: i64", NULL AS "action: i64",
                 NULL AS "turn: i64",
                 set_at AS at, recorded_at, meeting_records.person_id AS person, names.name AS "by?",
                 json_object('body', bodies.code, 'meeting_on', meeting_on,
                     'kind', meeting_records.kind, 'words', nullif(words, '')) AS "says!: String"
             FROM bodies CROSS JOIN meeting_records ON meeting_records.body_id = bodies.id
             LEFT JOIN names ON names.person_id = meeting_records.person_id
             WHERE action_id IS NULL AND set_at <= ?1 ORDER BY meeting_records.id"#,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load which meetings were recorded")
    }

    /// What meetings made of actions.
    pub(super) async fn proceedings_set(&mut self, wanted: Wanted<'_>) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT meeting_records.id AS "number!", areas.number AS "area: i64",
                 actions.number AS "action: i64", actions.turn AS "turn: i64",
                 meeting_records.set_at AS at, meeting_records.recorded_at,
                 meeting_records.person_id AS person, names.name AS "by?",
                 json_object('body', bodies.code, 'meeting_on', meeting_records.meeting_on,
                     'kind', meeting_records.kind,
                     'decision', CAST(meeting_records.decision_id AS TEXT),
                     'extension', CAST(meeting_records.extension_id AS TEXT),
                     'item', CAST(meeting_records.item_id AS TEXT),
                     'words', nullif(meeting_records.words, '')) AS "says!: String"
             FROM plans
             CROSS JOIN areas ON areas.plan_id = plans.id
             CROSS JOIN actions ON actions.area_id = areas.id
             CROSS JOIN meeting_records ON meeting_records.action_id = actions.id
             JOIN bodies ON bodies.id = meeting_records.body_id
             LEFT JOIN names ON names.person_id = meeting_records.person_id
             WHERE plans.code = ?1 AND actions.id BETWEEN ?2 AND ?3 AND meeting_records.set_at <= ?4
             ORDER BY meeting_records.id"#,
            wanted.plan,
            wanted.actions.first,
            wanted.actions.last,
            wanted.until
        )
        .fetch_all(self.connection())
        .await
        .context("load what meetings made of actions")
    }
}
