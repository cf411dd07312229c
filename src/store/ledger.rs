//! The ledger as a whole, kind by kind, for audit and for the history of an action.

mod of_actions;
mod of_clock;
mod of_meetings;

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::DateTime;
use chrono::Utc;

use super::Tx;
use super::actions::Numbers;
use super::actions::reference;
use super::column;
use crate::action::Ref;
use crate::ledger::Entry;
use crate::ledger::Kind;

/// An entry as its table has it; never leaves this room.
struct Row {
    number: i64,
    area: Option<i64>,
    action: Option<i64>,
    turn: Option<i64>,
    at: i64,
    recorded_at: i64,
    person: Option<i64>,
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
            forgotten: self.person.is_some() && self.by.is_none(),
            by: self.by,
            says: says.collect(),
        })
    }
}

/// Which entries to load.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    /// The letters of the plan.
    plan: &'a str,
    /// The actions they are about.
    actions: Numbers,
    /// The last moment since when they count.
    until: i64,
}

/// The names of all parts that entries have.
const PARTS: [&str; 48] = [
    "agency",
    "answers",
    "ask",
    "bodies",
    "body",
    "case_study",
    "day",
    "days",
    "decision",
    "due_at",
    "every",
    "evidence_name",
    "evidence_url",
    "extension",
    "file_name",
    "from",
    "happened_on",
    "heading",
    "holder",
    "import",
    "item",
    "kind",
    "leads",
    "meeting_on",
    "minute_ref",
    "name",
    "note",
    "on_behalf_of",
    "papers_on",
    "part",
    "person",
    "purpose",
    "reason",
    "routine",
    "runs",
    "says",
    "state",
    "status",
    "target",
    "text",
    "themes",
    "time",
    "title",
    "to",
    "undoes",
    "until",
    "update",
    "words",
];

impl Tx {
    /// Every entry about a plan that counts since an instant or before, in the order in which they
    /// were written down.
    pub async fn ledger(&mut self, plan: &str, until: DateTime<Utc>) -> anyhow::Result<Vec<Entry>> {
        let until = column::millis(until);
        let mut kinds = self.rows_of(Wanted { plan, actions: Numbers::ALL, until }).await?;
        kinds.push((Kind::Holding, self.holdings_set(until).await?));
        kinds.push((Kind::Digest, self.digests_issued(until).await?));
        kinds.push((Kind::Timing, self.timings_set(until).await?));
        kinds.push((Kind::Pause, self.pauses_set(until).await?));
        kinds.push((Kind::Attendance, self.attendances_set(until).await?));
        kinds.push((Kind::Proceeding, self.records_set(until).await?));
        kinds.push((Kind::Meeting, self.meetings_set(until).await?));
        kinds.push((Kind::Closure, self.days_closed(until).await?));
        in_order(kinds, plan)
    }

    /// Every entry about an action that counts since an instant or before, and the imports of its
    /// plan, in the order in which they were written down.
    pub async fn history(
        &mut self,
        reference: &Ref,
        until: DateTime<Utc>,
    ) -> anyhow::Result<Vec<Entry>> {
        let Some(action) = self.action_id(reference).await? else { return Ok(Vec::new()) };
        let (actions, until) = (Numbers::only(action), column::millis(until));
        let rows = self.rows_of(Wanted { plan: &reference.plan, actions, until }).await?;
        in_order(rows, &reference.plan)
    }

    async fn rows_of(&mut self, wanted: Wanted<'_>) -> anyhow::Result<Vec<(Kind, Vec<Row>)>> {
        Ok(vec![
            (Kind::Import, self.imports_made(wanted).await?),
            (Kind::Action, self.actions_printed(wanted).await?),
            (Kind::Recurrence, self.recurrences_set(wanted).await?),
            (Kind::Wording, self.wordings_set(wanted).await?),
            (Kind::Leadership, self.leaderships_set(wanted).await?),
            (Kind::Tagging, self.taggings_set(wanted).await?),
            (Kind::Target, self.targets_set(wanted).await?),
            (Kind::Update, self.updates_said(wanted).await?),
            (Kind::Note, self.notes_set(wanted).await?),
            (Kind::Extension, self.extensions_asked(wanted).await?),
            (Kind::Decision, self.decisions_made(wanted).await?),
            (Kind::Item, self.items_brought(wanted).await?),
            (Kind::Proceeding, self.proceedings_set(wanted).await?),
        ])
    }

    /// The imports that were decided on; one that waits has changed nothing and may yet change.
    async fn imports_made(&mut self, wanted: Wanted<'_>) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT imports.id AS "number!", NULL AS "area: i64", NULL AS "action: i64",
                 NULL AS "turn: i64",
                 settled_at AS "at!: i64", settled_at AS "recorded_at!: i64",
                 imports.person_id AS person, names.name AS "by?",
                 json_object('file_name', file_name, 'answers', answers, 'state', state)
                     AS "says!: String"
             FROM imports LEFT JOIN names ON names.person_id = imports.person_id
             WHERE plan_code = ?1 AND settled_at <= ?2 ORDER BY imports.id"#,
            wanted.plan,
            wanted.until
        )
        .fetch_all(self.connection())
        .await
        .context("load the imports")
    }

    async fn holdings_set(&mut self, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT holdings.id AS "number!", NULL AS "area: i64", NULL AS "action: i64",
                 NULL AS "turn: i64",
                 set_at AS at, recorded_at, by_person_id AS person, names.name AS "by?",
                 json_object('body', bodies.code, 'part', part, 'person', CAST(holdings.person_id AS TEXT),
                     'holder', holder.name) AS "says!: String"
             FROM bodies CROSS JOIN holdings ON holdings.body_id = bodies.id
             LEFT JOIN names ON names.person_id = holdings.by_person_id
             LEFT JOIN names AS holder ON holder.person_id = holdings.person_id
             WHERE set_at <= ?1 ORDER BY holdings.id"#,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load who held which body")
    }

    async fn digests_issued(&mut self, until: i64) -> anyhow::Result<Vec<Row>> {
        sqlx::query_as!(
            Row,
            r#"SELECT digests.id AS "number!", NULL AS "area: i64", NULL AS "action: i64",
                 NULL AS "turn: i64",
                 position_at AS at, recorded_at, NULL AS "person: i64", NULL AS "by: String",
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

fn in_order(kinds: Vec<(Kind, Vec<Row>)>, plan: &str) -> anyhow::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for (kind, rows) in kinds {
        for row in rows {
            entries.push(row.entry(kind, plan)?);
        }
    }
    entries.sort_by_key(|entry| (entry.recorded_at, entry.kind, entry.number));
    Ok(entries)
}
