//! What entries about actions say, whole.

use anyhow::Context;

use super::Row;
use crate::store::Tx;

impl Tx {
    pub(super) async fn whole_imports(
        &mut self,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'import', 'id', id, 'plan_code', plan_code, 'file_name', file_name,
                     'answers', answers, 'person_id', person_id, 'request_id', request_id,
                     'shown_at', shown_at, 'shown', shown, 'state', state,
                     'settled_at', settled_at
                 ) AS "whole!: String"
             FROM imports
             WHERE state <> 'waiting' AND id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load the imports")
    }

    pub(super) async fn whole_actions(
        &mut self,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT actions.id AS "number!: i64",
                 json_object(
                     'entry', 'action', 'id', actions.id, 'area_id', actions.area_id,
                     'number', actions.number, 'turn', actions.turn,
                     'title_printed', actions.title_printed,
                     'status_printed', actions.status_printed, 'person_id', actions.person_id,
                     'plan', plans.code, 'area', areas.number
                 ) AS "whole!: String"
             FROM actions LEFT JOIN areas ON areas.id = actions.area_id
             LEFT JOIN plans ON plans.id = areas.plan_id
             WHERE actions.id BETWEEN ?1 AND ?2 ORDER BY actions.id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load the actions")
    }

    pub(super) async fn whole_recurrences(
        &mut self,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'recurrence', 'id', id, 'action_id', action_id, 'every', every,
                     'set_at', set_at, 'recorded_at', recorded_at, 'person_id', person_id
                 ) AS "whole!: String"
             FROM recurrences
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load how often actions come round")
    }

    pub(super) async fn whole_wordings(
        &mut self,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'wording', 'id', id, 'action_id', action_id, 'title', title,
                     'set_at', set_at, 'recorded_at', recorded_at, 'import_id', import_id,
                     'person_id', person_id
                 ) AS "whole!: String"
             FROM wordings
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load the wordings")
    }

    pub(super) async fn whole_leaderships(
        &mut self,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'leadership', 'id', id, 'action_id', action_id, 'set_at', set_at,
                     'recorded_at', recorded_at, 'import_id', import_id, 'person_id', person_id,
                     'leads', json((
                         SELECT json_group_array(json_object(
                             'id', leads.id, 'leadership_id', leads.leadership_id,
                             'position', leads.position, 'printed', leads.printed,
                             'bodies', json((
                                 SELECT json_group_array(json_object(
                                     'lead_id', lead_bodies.lead_id,
                                     'position', lead_bodies.position,
                                     'body_id', lead_bodies.body_id
                                 ) ORDER BY lead_bodies.position)
                                 FROM lead_bodies WHERE lead_bodies.lead_id = leads.id
                             ))
                         ) ORDER BY leads.position)
                         FROM leads WHERE leads.leadership_id = leaderships.id
                     ))
                 ) AS "whole!: String"
             FROM leaderships
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load who answered for what")
    }

    pub(super) async fn whole_taggings(
        &mut self,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'tagging', 'id', id, 'action_id', action_id, 'set_at', set_at,
                     'recorded_at', recorded_at, 'import_id', import_id, 'person_id', person_id,
                     'themes', json((
                         SELECT json_group_array(json_object(
                             'tagging_id', action_themes.tagging_id,
                             'position', action_themes.position,
                             'theme_id', action_themes.theme_id
                         ) ORDER BY action_themes.position)
                         FROM action_themes WHERE action_themes.tagging_id = taggings.id
                     ))
                 ) AS "whole!: String"
             FROM taggings
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load the themes of actions")
    }

    pub(super) async fn whole_targets(
        &mut self,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'target', 'id', id, 'action_id', action_id, 'words', words,
                     'from_on', from_on, 'to_on', to_on, 'set_at', set_at,
                     'recorded_at', recorded_at, 'import_id', import_id
                 ) AS "whole!: String"
             FROM targets
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load the targets")
    }

    pub(super) async fn whole_updates(
        &mut self,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'update', 'id', id, 'action_id', action_id, 'person_id', person_id,
                     'body_id', body_id, 'on_behalf_of', on_behalf_of, 'text', text,
                     'status', status, 'happened_on', happened_on, 'said_at', said_at,
                     'recorded_at', recorded_at, 'request_id', request_id, 'undoes', undoes,
                     'import_id', import_id, 'ask', ask, 'evidence_name', evidence_name,
                     'evidence_url', evidence_url, 'case_study', case_study, 'reason', reason
                 ) AS "whole!: String"
             FROM updates
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load the updates")
    }

    pub(super) async fn whole_notes(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'note', 'id', id, 'action_id', action_id, 'heading', heading,
                     'text', text, 'set_at', set_at, 'recorded_at', recorded_at,
                     'import_id', import_id
                 ) AS "whole!: String"
             FROM notes
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load the notes")
    }

    pub(super) async fn whole_extensions(
        &mut self,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'extension', 'id', id, 'action_id', action_id, 'words', words,
                     'from_on', from_on, 'to_on', to_on, 'reason', reason, 'person_id', person_id,
                     'body_id', body_id, 'on_behalf_of', on_behalf_of, 'asked_at', asked_at,
                     'recorded_at', recorded_at
                 ) AS "whole!: String"
             FROM extensions
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load the requests for new dates")
    }

    pub(super) async fn whole_decisions(
        &mut self,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'decision', 'id', id, 'action_id', action_id, 'kind', kind,
                     'extension_id', extension_id, 'target_id', target_id, 'status', status,
                     'body_id', body_id, 'meeting_on', meeting_on, 'minute_ref', minute_ref,
                     'note', note, 'made_at', made_at, 'recorded_at', recorded_at,
                     'person_id', person_id, 'import_id', import_id
                 ) AS "whole!: String"
             FROM decisions
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load the decisions")
    }

    pub(super) async fn whole_items(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT id AS "number!: i64",
                 json_object(
                     'entry', 'item', 'id', id, 'action_id', action_id, 'update_id', update_id,
                     'body_id', body_id, 'meeting_on', meeting_on, 'purpose', purpose,
                     'words', words, 'person_id', person_id, 'undoes', undoes, 'set_at', set_at,
                     'recorded_at', recorded_at, 'carried_from', carried_from
                 ) AS "whole!: String"
             FROM agenda_items
             WHERE id BETWEEN ?1 AND ?2 ORDER BY id"#,
            first,
            last
        )
        .fetch_all(self.connection())
        .await
        .context("load what is brought to meetings")
    }
}
