//! The ledger as a whole, kind by kind, for audit.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::DateTime;
use chrono::Utc;

use super::Tx;
use super::actions::reference;
use super::column;
use crate::ledger::Entry;
use crate::ledger::Kind;

/// An entry as its table has it; never leaves this file.
struct Row {
    number: i64,
    area: Option<i64>,
    action: Option<i64>,
    turn: Option<i64>,
    at: i64,
    recorded_at: i64,
    by: Option<String>,
    says: String,
}

impl Row {
    /// The parts of an entry come as one JSON object, made by the statement that names them.
    fn entry(self, kind: Kind, plan: &str) -> anyhow::Result<Entry> {
        let reference = match (self.area, self.action, self.turn) {
            (Some(area), Some(action), Some(turn)) => {
                Some(reference(plan.to_owned(), area, action, turn)?)
            }
            _ => None,
        };
        let parts: BTreeMap<String, Option<String>> =
            serde_json::from_str(&self.says).context("read what an entry says")?;
        let says = PARTS.iter().filter_map(|part| {
            let words = parts.get(*part)?.clone()?;
            Some((*part, words))
        });
        Ok(Entry {
            kind,
            number: self.number,
            reference,
            at: column::instant(self.at)?,
            recorded_at: column::instant(self.recorded_at)?,
            by: self.by,
            says: says.collect(),
        })
    }
}

/// The names of all parts that entries have.
const PARTS: [&str; 22] = [
    "answers",
    "bodies",
    "body",
    "due_at",
    "file_name",
    "from",
    "happened_on",
    "heading",
    "import",
    "kind",
    "leads",
    "note",
    "on_behalf_of",
    "says",
    "state",
    "status",
    "text",
    "themes",
    "title",
    "to",
    "undoes",
    "words",
];

impl Tx {
    /// Every entry about a plan that counts since an instant or before, in the order in which they
    /// were written down.
    pub async fn ledger(&mut self, plan: &str, until: DateTime<Utc>) -> anyhow::Result<Vec<Entry>> {
        let until = column::millis(until);
        let kinds = [
            (Kind::Import, self.imports_made(plan, until).await?),
            (Kind::Action, self.actions_printed(plan, until).await?),
            (Kind::Wording, self.wordings_set(plan, until).await?),
            (Kind::Leadership, self.leaderships_set(plan, until).await?),
            (Kind::Tagging, self.taggings_set(plan, until).await?),
            (Kind::Target, self.targets_set(plan, until).await?),
            (Kind::Update, self.updates_said(plan, until).await?),
            (Kind::Note, self.notes_set(plan, until).await?),
            (Kind::Decision, self.decisions_made(plan, until).await?),
            (Kind::Digest, self.digests_issued(until).await?),
        ];
        let mut entries = Vec::new();
        for (kind, rows) in kinds {
            for row in rows {
                entries.push(row.entry(kind, plan)?);
            }
        }
        entries.sort_by_key(|entry| (entry.recorded_at, entry.kind, entry.number));
        Ok(entries)
    }

    /// The imports that were decided on; one that waits has changed nothing and may yet change.
    async fn imports_made(&mut self, plan: &str, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT imports.id AS "number!", NULL AS "area: i64", NULL AS "action: i64", NULL AS "turn: i64",
                 settled_at AS "at!: i64", settled_at AS "recorded_at!: i64",
                 names.name AS "by?",
                 json_object('file_name', file_name, 'answers', answers, 'state', state)
                     AS "says!: String"
             FROM imports LEFT JOIN names ON names.person_id = imports.person_id
             WHERE plan_code = ?1 AND settled_at <= ?2 ORDER BY imports.id"#,
            plan,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load the imports")
    }

    async fn actions_printed(&mut self, plan: &str, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT actions.id AS "number!: i64", areas.number AS area, actions.number AS action,
                 actions.turn,
                 min(targets.set_at) AS "at!: i64", min(targets.recorded_at) AS "recorded_at!: i64",
                 NULL AS "by: String",
                 json_object('title', title_printed, 'status', status_printed) AS "says!: String"
             FROM plans JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN targets ON targets.action_id = actions.id
             WHERE plans.code = ?1 GROUP BY actions.id HAVING min(targets.set_at) <= ?2
             ORDER BY actions.id"#,
            plan,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load the actions as first printed")
    }

    async fn wordings_set(&mut self, plan: &str, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT wordings.id AS "number!", areas.number AS area, actions.number AS action,
                 actions.turn,
                 set_at AS at, recorded_at, NULL AS "by: String",
                 json_object('title', wordings.title, 'import', CAST(import_id AS TEXT)) AS "says!: String"
             FROM plans JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN wordings ON wordings.action_id = actions.id
             WHERE plans.code = ?1 AND set_at <= ?2 ORDER BY wordings.id"#,
            plan,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load the wordings")
    }

    async fn leaderships_set(&mut self, plan: &str, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT leaderships.id AS "number!", areas.number AS area, actions.number AS action,
                 actions.turn,
                 set_at AS at, recorded_at, NULL AS "by: String",
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
             WHERE plans.code = ?1 AND set_at <= ?2 ORDER BY leaderships.id"#,
            plan,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load who answered for what")
    }

    async fn taggings_set(&mut self, plan: &str, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT taggings.id AS "number!", areas.number AS area, actions.number AS action,
                 actions.turn,
                 set_at AS at, recorded_at, NULL AS "by: String",
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
             WHERE plans.code = ?1 AND set_at <= ?2 ORDER BY taggings.id"#,
            plan,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load which themes actions carried")
    }

    async fn targets_set(&mut self, plan: &str, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT targets.id AS "number!", areas.number AS area, actions.number AS action,
                 actions.turn,
                 set_at AS at, recorded_at, NULL AS "by: String",
                 json_object('words', words, 'from', from_on, 'to', to_on,
                     'import', CAST(import_id AS TEXT)) AS "says!: String"
             FROM plans JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN targets ON targets.action_id = actions.id
             WHERE plans.code = ?1 AND set_at <= ?2 ORDER BY targets.id"#,
            plan,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load the targets")
    }

    async fn updates_said(&mut self, plan: &str, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT updates.id AS "number!", areas.number AS area, actions.number AS action,
                 actions.turn,
                 said_at AS at, recorded_at, names.name AS "by?",
                 json_object('text', text, 'status', status, 'happened_on', happened_on,
                     'body', bodies.code, 'on_behalf_of', on_behalf_of,
                     'undoes', CAST(undoes AS TEXT), 'import', CAST(import_id AS TEXT))
                     AS "says!: String"
             FROM plans JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN updates ON updates.action_id = actions.id
             LEFT JOIN names ON names.person_id = updates.person_id
             LEFT JOIN bodies ON bodies.id = updates.body_id
             WHERE plans.code = ?1 AND said_at <= ?2 ORDER BY updates.id"#,
            plan,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load the updates")
    }

    async fn notes_set(&mut self, plan: &str, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT notes.id AS "number!", areas.number AS area, actions.number AS action,
                 actions.turn,
                 set_at AS at, recorded_at, NULL AS "by: String",
                 json_object('heading', heading, 'text', text, 'import', CAST(import_id AS TEXT))
                     AS "says!: String"
             FROM plans JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN notes ON notes.action_id = actions.id
             WHERE plans.code = ?1 AND set_at <= ?2 ORDER BY notes.id"#,
            plan,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load the notes")
    }

    async fn decisions_made(&mut self, plan: &str, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT decisions.id AS "number!", areas.number AS area, actions.number AS action,
                 actions.turn,
                 made_at AS at, recorded_at, names.name AS "by?",
                 json_object('kind', kind, 'note', note, 'import', CAST(import_id AS TEXT))
                     AS "says!: String"
             FROM plans JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN decisions ON decisions.action_id = actions.id
             LEFT JOIN names ON names.person_id = decisions.person_id
             WHERE plans.code = ?1 AND made_at <= ?2 ORDER BY decisions.id"#,
            plan,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load the decisions")
    }

    async fn digests_issued(&mut self, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT digests.id AS "number!", NULL AS "area: i64", NULL AS "action: i64", NULL AS "turn: i64",
                 position_at AS at, recorded_at, NULL AS "by: String",
                 json_object('body', bodies.code, 'due_at', CAST(due_at AS TEXT), 'says', card)
                     AS "says!: String"
             FROM bodies CROSS JOIN digests ON digests.body_id = bodies.id
             WHERE recorded_at <= ?1 ORDER BY digests.id"#,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load the digests")
    }
}
