//! What was said, set and decided about actions, one statement for each kind of entry.

use anyhow::Context;

use super::Row;
use super::Wanted;
use crate::store::Tx;

impl Tx {
    /// Each from when its first target counts, as an action has no time of its own.
    pub(super) async fn actions_printed(&mut self, wanted: Wanted<'_>) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT actions.id AS "number!: i64", areas.number AS area, actions.number AS action,
                 actions.turn,
                 min(targets.set_at) AS "at!: i64", min(targets.recorded_at) AS "recorded_at!: i64",
                 actions.person_id AS person, names.name AS "by?",
                 json_object('title', title_printed, 'status', status_printed) AS "says!: String"
             FROM plans JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN targets ON targets.action_id = actions.id
             LEFT JOIN names ON names.person_id = actions.person_id
             WHERE plans.code = ?1 AND actions.id BETWEEN ?2 AND ?3
             GROUP BY actions.id HAVING min(targets.set_at) <= ?4 ORDER BY actions.id"#,
            wanted.plan,
            wanted.actions.first,
            wanted.actions.last,
            wanted.until
        )
        .fetch_all(self.connection())
        .await
        .context("load the actions as first printed")
    }

    pub(super) async fn recurrences_set(&mut self, wanted: Wanted<'_>) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT recurrences.id AS "number!", areas.number AS area, actions.number AS action,
                 actions.turn, recurrences.set_at AS at, recurrences.recorded_at,
                 recurrences.person_id AS person, names.name AS "by?",
                 json_object(
                     'every', every
                 ) AS "says!: String"
             FROM plans JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN recurrences ON recurrences.action_id = actions.id
             LEFT JOIN names ON names.person_id = recurrences.person_id
             WHERE plans.code = ?1 AND actions.id BETWEEN ?2 AND ?3 AND recurrences.set_at <= ?4
             ORDER BY recurrences.id"#,
            wanted.plan,
            wanted.actions.first,
            wanted.actions.last,
            wanted.until
        )
        .fetch_all(self.connection())
        .await
        .context("load how often actions come round")
    }

    pub(super) async fn wordings_set(&mut self, wanted: Wanted<'_>) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT wordings.id AS "number!", areas.number AS area, actions.number AS action,
                 actions.turn, wordings.set_at AS at, wordings.recorded_at,
                 wordings.person_id AS person, names.name AS "by?",
                 json_object(
                     'title', wordings.title, 'import', CAST(import_id AS TEXT)
                 ) AS "says!: String"
             FROM plans JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN wordings ON wordings.action_id = actions.id
             LEFT JOIN names ON names.person_id = wordings.person_id
             WHERE plans.code = ?1 AND actions.id BETWEEN ?2 AND ?3 AND wordings.set_at <= ?4
             ORDER BY wordings.id"#,
            wanted.plan,
            wanted.actions.first,
            wanted.actions.last,
            wanted.until
        )
        .fetch_all(self.connection())
        .await
        .context("load the wordings")
    }

    pub(super) async fn leaderships_set(&mut self, wanted: Wanted<'_>) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT leaderships.id AS "number!", areas.number AS area, actions.number AS action,
                 actions.turn, leaderships.set_at AS at, leaderships.recorded_at,
                 leaderships.person_id AS person, names.name AS "by?",
                 json_object(
                     'leads', coalesce((
                         SELECT group_concat(leads.printed, '; ' ORDER BY leads.position)
                         FROM leads WHERE leads.leadership_id = leaderships.id
                     ), ''),
                     'bodies', coalesce((
                         SELECT group_concat(
                             bodies.code, '; ' ORDER BY leads.position, lead_bodies.position
                         )
                         FROM leads
                         JOIN lead_bodies ON lead_bodies.lead_id = leads.id
                         JOIN bodies ON bodies.id = lead_bodies.body_id
                         WHERE leads.leadership_id = leaderships.id
                     ), ''),
                     'import', CAST(import_id AS TEXT)
                 ) AS "says!: String"
             FROM plans JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN leaderships ON leaderships.action_id = actions.id
             LEFT JOIN names ON names.person_id = leaderships.person_id
             WHERE plans.code = ?1 AND actions.id BETWEEN ?2 AND ?3 AND leaderships.set_at <= ?4
             ORDER BY leaderships.id"#,
            wanted.plan,
            wanted.actions.first,
            wanted.actions.last,
            wanted.until
        )
        .fetch_all(self.connection())
        .await
        .context("load who answered for what")
    }

    pub(super) async fn taggings_set(&mut self, wanted: Wanted<'_>) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT taggings.id AS "number!", areas.number AS area, actions.number AS action,
                 actions.turn, taggings.set_at AS at, taggings.recorded_at,
                 taggings.person_id AS person, names.name AS "by?",
                 json_object(
                     'themes', coalesce((
                         SELECT group_concat(themes.name, '; ' ORDER BY action_themes.position)
                         FROM action_themes JOIN themes ON themes.id = action_themes.theme_id
                         WHERE action_themes.tagging_id = taggings.id
                     ), ''),
                     'import', CAST(import_id AS TEXT)
                 ) AS "says!: String"
             FROM plans JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN taggings ON taggings.action_id = actions.id
             LEFT JOIN names ON names.person_id = taggings.person_id
             WHERE plans.code = ?1 AND actions.id BETWEEN ?2 AND ?3 AND taggings.set_at <= ?4
             ORDER BY taggings.id"#,
            wanted.plan,
            wanted.actions.first,
            wanted.actions.last,
            wanted.until
        )
        .fetch_all(self.connection())
        .await
        .context("load which themes actions carried")
    }

    pub(super) async fn targets_set(&mut self, wanted: Wanted<'_>) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT targets.id AS "number!", areas.number AS area, actions.number AS action,
                 actions.turn, targets.set_at AS at, targets.recorded_at,
                 NULL AS "person: i64", NULL AS "by: String",
                 json_object(
                     'words', words, 'from', from_on, 'to', to_on,
                     'import', CAST(import_id AS TEXT)
                 ) AS "says!: String"
             FROM plans JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN targets ON targets.action_id = actions.id
             WHERE plans.code = ?1 AND actions.id BETWEEN ?2 AND ?3 AND targets.set_at <= ?4
             ORDER BY targets.id"#,
            wanted.plan,
            wanted.actions.first,
            wanted.actions.last,
            wanted.until
        )
        .fetch_all(self.connection())
        .await
        .context("load the targets")
    }

    pub(super) async fn updates_said(&mut self, wanted: Wanted<'_>) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT updates.id AS "number!", areas.number AS area, actions.number AS action,
                 actions.turn, updates.said_at AS at, updates.recorded_at,
                 updates.person_id AS person, names.name AS "by?",
                 json_object(
                     'text', text, 'status', status, 'happened_on', happened_on,
                     'body', bodies.code, 'on_behalf_of', on_behalf_of, 'ask', ask,
                     'evidence_name', evidence_name, 'evidence_url', evidence_url,
                     'case_study', CASE case_study WHEN 1 THEN 'yes' END, 'reason', reason,
                     'undoes', CAST(undoes AS TEXT), 'import', CAST(import_id AS TEXT)
                 ) AS "says!: String"
             FROM plans JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN updates ON updates.action_id = actions.id
             LEFT JOIN names ON names.person_id = updates.person_id
             LEFT JOIN bodies ON bodies.id = updates.body_id
             WHERE plans.code = ?1 AND actions.id BETWEEN ?2 AND ?3 AND updates.said_at <= ?4
             ORDER BY updates.id"#,
            wanted.plan,
            wanted.actions.first,
            wanted.actions.last,
            wanted.until
        )
        .fetch_all(self.connection())
        .await
        .context("load the updates")
    }

    pub(super) async fn notes_set(&mut self, wanted: Wanted<'_>) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT notes.id AS "number!", areas.number AS area, actions.number AS action,
                 actions.turn, notes.set_at AS at, notes.recorded_at,
                 NULL AS "person: i64", NULL AS "by: String",
                 json_object(
                     'heading', heading, 'text', text, 'import', CAST(import_id AS TEXT)
                 ) AS "says!: String"
             FROM plans JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN notes ON notes.action_id = actions.id
             WHERE plans.code = ?1 AND actions.id BETWEEN ?2 AND ?3 AND notes.set_at <= ?4
             ORDER BY notes.id"#,
            wanted.plan,
            wanted.actions.first,
            wanted.actions.last,
            wanted.until
        )
        .fetch_all(self.connection())
        .await
        .context("load the notes")
    }

    pub(super) async fn extensions_asked(
        &mut self,
        wanted: Wanted<'_>,
    ) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT extensions.id AS "number!", areas.number AS area, actions.number AS action,
                 actions.turn, extensions.asked_at AS at, extensions.recorded_at,
                 extensions.person_id AS person, names.name AS "by?",
                 json_object(
                     'words', words, 'from', from_on, 'to', to_on, 'reason', reason,
                     'body', bodies.code, 'on_behalf_of', on_behalf_of
                 ) AS "says!: String"
             FROM plans JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN extensions ON extensions.action_id = actions.id
             LEFT JOIN names ON names.person_id = extensions.person_id
             LEFT JOIN bodies ON bodies.id = extensions.body_id
             WHERE plans.code = ?1 AND actions.id BETWEEN ?2 AND ?3 AND extensions.asked_at <= ?4
             ORDER BY extensions.id"#,
            wanted.plan,
            wanted.actions.first,
            wanted.actions.last,
            wanted.until
        )
        .fetch_all(self.connection())
        .await
        .context("load the requests for new dates")
    }

    pub(super) async fn decisions_made(&mut self, wanted: Wanted<'_>) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT decisions.id AS "number!", areas.number AS area, actions.number AS action,
                 actions.turn, decisions.made_at AS at, decisions.recorded_at,
                 decisions.person_id AS person, names.name AS "by?",
                 json_object(
                     'kind', decisions.kind, 'note', note, 'status', status,
                     'extension', CAST(extension_id AS TEXT), 'target', CAST(target_id AS TEXT),
                     'words', agreed.words, 'from', agreed.from_on, 'to', agreed.to_on,
                     'body', bodies.code, 'meeting_on', meeting_on, 'minute_ref', nullif(minute_ref, ''),
                     'import', CAST(decisions.import_id AS TEXT)
                 ) AS "says!: String"
             FROM plans JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN decisions ON decisions.action_id = actions.id
             LEFT JOIN names ON names.person_id = decisions.person_id
             LEFT JOIN bodies ON bodies.id = decisions.body_id
             LEFT JOIN targets AS agreed ON agreed.id = decisions.target_id
             WHERE plans.code = ?1 AND actions.id BETWEEN ?2 AND ?3 AND decisions.made_at <= ?4
             ORDER BY decisions.id"#,
            wanted.plan,
            wanted.actions.first,
            wanted.actions.last,
            wanted.until
        )
        .fetch_all(self.connection())
        .await
        .context("load the decisions")
    }

    pub(super) async fn items_brought(&mut self, wanted: Wanted<'_>) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT agenda_items.id AS "number!", areas.number AS area, actions.number AS action,
                 actions.turn, agenda_items.set_at AS at, agenda_items.recorded_at,
                 agenda_items.person_id AS person, names.name AS "by?",
                 json_object(
                     'update', CAST(update_id AS TEXT), 'body', bodies.code,
                     'meeting_on', meeting_on, 'purpose', purpose, 'words', nullif(words, ''),
                     'undoes', CAST(undoes AS TEXT)
                 ) AS "says!: String"
             FROM plans JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN agenda_items ON agenda_items.action_id = actions.id
             LEFT JOIN names ON names.person_id = agenda_items.person_id
             LEFT JOIN bodies ON bodies.id = agenda_items.body_id
             WHERE plans.code = ?1 AND actions.id BETWEEN ?2 AND ?3 AND agenda_items.set_at <= ?4
             ORDER BY agenda_items.id"#,
            wanted.plan,
            wanted.actions.first,
            wanted.actions.last,
            wanted.until
        )
        .fetch_all(self.connection())
        .await
        .context("load what is brought to meetings")
    }
}
