//! What an entry says, whole: every column of its row, and of the rows below it.
//!
//! One statement for each kind, which names each column. A file stands as its SHA-256, under the name
//! of its column.

use anyhow::Context;
use serde_json::Value;

use crate::ledger::Kind;
use crate::ledger::chain::Hash;
use crate::store::Tx;

/// An entry with all its columns as one JSON object; never leaves this file.
struct Row {
    number: i64,
    whole: String,
}

impl Tx {
    /// The entries of a kind from the first number to the last, each with its number: under `entry`
    /// its kind, and under the name of each column what stands there, `null` where nothing does.
    pub(in crate::store) async fn whole_entries(
        &mut self,
        kind: Kind,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<(i64, Value)>> {
        let rows = match kind {
            Kind::Import => self.whole_imports(first, last).await?,
            Kind::Action => self.whole_actions(first, last).await?,
            Kind::Recurrence => self.whole_recurrences(first, last).await?,
            Kind::Wording => self.whole_wordings(first, last).await?,
            Kind::Leadership => self.whole_leaderships(first, last).await?,
            Kind::Tagging => self.whole_taggings(first, last).await?,
            Kind::Target => self.whole_targets(first, last).await?,
            Kind::Update => self.whole_updates(first, last).await?,
            Kind::Note => self.whole_notes(first, last).await?,
            Kind::Extension => self.whole_extensions(first, last).await?,
            Kind::Decision => self.whole_decisions(first, last).await?,
            Kind::Item => self.whole_items(first, last).await?,
            Kind::Holding => self.whole_holdings(first, last).await?,
            Kind::Digest => self.whole_digests(first, last).await?,
            Kind::Timing => self.whole_timings(first, last).await?,
            Kind::Pause => self.whole_pauses(first, last).await?,
            Kind::Attendance => self.whole_attendances(first, last).await?,
            Kind::Proceeding => self.whole_proceedings(first, last).await?,
            Kind::Meeting => self.whole_meeting_changes(first, last).await?,
            Kind::Closure => self.whole_closings(first, last).await?,
        };
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            let mut entry: Value = serde_json::from_str(&row.whole).context("read an entry")?;
            match kind {
                Kind::Import => entry["bytes"] = self.hash_of_import(row.number).await?,
                Kind::Digest => self.hash_files_of(&mut entry).await?,
                _ => {}
            }
            entries.push((row.number, entry));
        }
        Ok(entries)
    }

    async fn hash_of_import(&mut self, number: i64) -> anyhow::Result<Value> {
        let bytes = sqlx::query_scalar!("SELECT bytes FROM imports WHERE id = ?", number)
            .fetch_one(self.connection())
            .await
            .context("load the file of an import")?;
        Ok(Hash::of_bytes(&bytes).to_string().into())
    }

    async fn hash_files_of(&mut self, digest: &mut Value) -> anyhow::Result<()> {
        for file in digest["files"].as_array_mut().into_iter().flatten() {
            let id = file["file_id"].as_i64();
            let bytes = sqlx::query_scalar!("SELECT bytes FROM files WHERE id = ?", id)
                .fetch_optional(self.connection())
                .await
                .context("load a file of a digest")?;
            // One that is not there is `null`, and the entry does not fit its hash.
            file["file"]["bytes"] = bytes.map(|bytes| Hash::of_bytes(&bytes).to_string()).into();
        }
        Ok(())
    }

    async fn whole_imports(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_actions(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_recurrences(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_wordings(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_leaderships(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_taggings(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_targets(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_updates(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_notes(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_extensions(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_decisions(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_items(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_holdings(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_digests(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_timings(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_pauses(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_attendances(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_proceedings(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_meeting_changes(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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

    async fn whole_closings(&mut self, first: i64, last: i64) -> anyhow::Result<Vec<Row>> {
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
