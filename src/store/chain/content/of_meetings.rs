//! What entries about bodies, their meetings and what is said around them say, whole.

use anyhow::Context;

use super::Row;
use crate::store::Tx;

impl Tx {
    pub(super) async fn whole_holdings(
        &mut self,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'holding', 'id', id, 'body_id', body_id, 'person_id', person_id,
                     'part', part, 'set_at', set_at, 'recorded_at', recorded_at,
                     'by_person_id', by_person_id
                 ) AS "whole!: String"
             FROM holdings
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load who held which body")
    }

    pub(super) async fn whole_digests(
        &mut self,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'digest', 'id', id, 'body_id', body_id, 'due_at', due_at,
                     'position_at', position_at, 'card', card, 'facts', facts,
                     'recorded_at', recorded_at, 'meeting_on', meeting_on,
                     'files', json((
                         SELECT json_group_array(json_object(
                             'digest_id', digest_files.digest_id,
                             'position', digest_files.position, 'file_id', digest_files.file_id,
                             'file', json_object(
                                 'id', files.id, 'name', files.name, 'says', files.says,
                                 'recorded_at', files.recorded_at
                             )
                         ) ORDER BY digest_files.position)
                         FROM digest_files LEFT JOIN files ON files.id = digest_files.file_id
                         WHERE digest_files.digest_id = digests.id
                     ))
                 ) AS "whole!: String"
             FROM digests
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load the digests")
    }

    pub(super) async fn whole_timings(
        &mut self,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'timing', 'id', id, 'routine', routine, 'days', days, 'time', time,
                     'runs', runs, 'set_at', set_at, 'recorded_at', recorded_at,
                     'person_id', person_id
                 ) AS "whole!: String"
             FROM timings
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load when routines were set to run")
    }

    pub(super) async fn whole_pauses(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'pause', 'id', id, 'body_id', body_id, 'until_on', until_on,
                     'paused', paused, 'set_at', set_at, 'recorded_at', recorded_at,
                     'person_id', person_id
                 ) AS "whole!: String"
             FROM pauses
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load which bodies were paused")
    }

    pub(super) async fn whole_attendances(
        &mut self,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'attendance', 'id', id, 'body_id', body_id, 'meeting_on', meeting_on,
                     'agency_id', agency_id, 'presence', presence, 'name', name,
                     'set_at', set_at, 'recorded_at', recorded_at, 'person_id', person_id
                 ) AS "whole!: String"
             FROM attendances
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load who was at meetings")
    }

    pub(super) async fn whole_proceedings(
        &mut self,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'proceeding', 'id', id, 'body_id', body_id, 'meeting_on', meeting_on,
                     'kind', kind, 'action_id', action_id, 'decision_id', decision_id,
                     'extension_id', extension_id, 'item_id', item_id, 'words', words,
                     'set_at', set_at, 'recorded_at', recorded_at, 'person_id', person_id
                 ) AS "whole!: String"
             FROM meeting_records
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load how meetings were recorded")
    }

    pub(super) async fn whole_meeting_changes(
        &mut self,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'meeting', 'id', id, 'body_id', body_id, 'title', title,
                     'first_on', first_on, 'becomes_on', becomes_on, 'time', time,
                     'papers_on', papers_on, 'papers_days', papers_days, 'reason', reason,
                     'set_at', set_at, 'recorded_at', recorded_at, 'person_id', person_id
                 ) AS "whole!: String"
             FROM meeting_changes
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load what was set about single meetings")
    }

    pub(super) async fn whole_closings(
        &mut self,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'closure', 'id', id, 'day', day, 'name', name, 'closed', closed,
                     'set_at', set_at, 'recorded_at', recorded_at, 'person_id', person_id
                 ) AS "whole!: String"
             FROM closings
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load which days were closed")
    }
}
