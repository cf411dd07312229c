//! How the records of meetings were made, step by step. Part of the ledger.

use std::collections::BTreeSet;

use anyhow::Context;
use anyhow::bail;

use super::Tx;
use super::column;
use crate::action::ActionId;
use crate::action::ExtensionId;
use crate::action::draft::DraftId;
use crate::agenda::ItemId;
use crate::attendance::Held;
use crate::body::BodyId;
use crate::body::Person;
use crate::decision::Cited;
use crate::decision::Decision;
use crate::decision::DecisionId;
use crate::decision::Kind;
use crate::decision::Minute;
use crate::proceedings::CitedDecision;
use crate::proceedings::Made;
use crate::proceedings::Outcome;
use crate::proceedings::Proceeding;
use crate::proceedings::ProceedingId;

/// A step as its table has it; never leaves this file.
struct Row {
    id: i64,
    kind: String,
    action_id: Option<i64>,
    decision_id: Option<i64>,
    extension_id: Option<i64>,
    item_id: Option<i64>,
    words: String,
    set_at: i64,
    by: Option<String>,
}

impl Row {
    fn step(self) -> anyhow::Result<Proceeding> {
        let action = self.action_id.map(ActionId);
        let item = self.item_id.map(ItemId);
        let made = match (self.kind.as_str(), action, item) {
            ("begun", None, None) => Made::Begun { minutes: self.words },
            ("finished", None, None) => Made::Finished,
            ("added", Some(action), None) => Made::Added { action },
            ("decided", Some(action), None) => {
                let decision = self.decision_id.context("no decision stands there")?;
                Made::Decided { action, decision: DecisionId(decision) }
            }
            ("left open", Some(action), None) => {
                Made::LeftOpen { action, extension: self.extension_id.map(ExtensionId) }
            }
            (kind, Some(action), Some(item)) => {
                let outcome = match kind {
                    "agreed" => Outcome::Agreed { words: self.words },
                    "noted" => Outcome::Noted,
                    "left open" => Outcome::LeftOpen,
                    other => bail!("\"{other}\" is no outcome"),
                };
                Made::Item { action, item, outcome }
            }
            (other, ..) => bail!("\"{other}\" is no step of a record"),
        };
        let id = ProceedingId(self.id);
        Ok(Proceeding { id, made, by: self.by, at: column::instant(self.set_at)? })
    }
}

impl Tx {
    /// What is recorded of a meeting beside who was there, oldest first.
    pub async fn proceedings(&mut self, held: Held) -> anyhow::Result<Vec<Proceeding>> {
        let meeting_on = held.first_on.to_string();
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT meeting_records.id, kind, action_id, decision_id, extension_id, item_id, words,
                 set_at, names.name AS "by?"
             FROM meeting_records
             LEFT JOIN names ON names.person_id = meeting_records.person_id
             WHERE body_id = ? AND meeting_on = ? ORDER BY meeting_records.id"#,
            held.body.0,
            meeting_on
        )
        .fetch_all(self.connection())
        .await
        .context("load what is recorded of a meeting")?;
        rows.into_iter().map(Row::step).collect()
    }

    /// Records a step about a meeting, now, and gives it a number.
    pub async fn add_proceeding(
        &mut self,
        held: Held,
        made: &Made,
        by: &Person,
    ) -> anyhow::Result<ProceedingId> {
        let meeting_on = held.first_on.to_string();
        let kind = match made {
            Made::Begun { .. } => "begun",
            Made::Decided { .. } => "decided",
            Made::LeftOpen { .. } | Made::Item { outcome: Outcome::LeftOpen, .. } => "left open",
            Made::Item { outcome: Outcome::Agreed { .. }, .. } => "agreed",
            Made::Item { outcome: Outcome::Noted, .. } => "noted",
            Made::Added { .. } => "added",
            Made::Finished => "finished",
        };
        let action = match made {
            Made::Begun { .. } | Made::Finished => None,
            Made::Decided { action, .. }
            | Made::LeftOpen { action, .. }
            | Made::Item { action, .. }
            | Made::Added { action } => Some(action.0),
        };
        let (decision, extension, item) = match made {
            Made::Decided { decision, .. } => (Some(decision.0), None, None),
            Made::LeftOpen { extension, .. } => (None, extension.map(|asked| asked.0), None),
            Made::Item { item, .. } => (None, None, Some(item.0)),
            _ => (None, None, None),
        };
        let words = match made {
            Made::Begun { minutes } => minutes.as_str(),
            Made::Item { outcome: Outcome::Agreed { words }, .. } => words.as_str(),
            _ => "",
        };
        let now = column::millis(self.now);
        let added = sqlx::query!(
            "INSERT INTO meeting_records (body_id, meeting_on, kind, action_id, decision_id,
                 extension_id, item_id, words, set_at, recorded_at, person_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10)",
            held.body.0,
            meeting_on,
            kind,
            action,
            decision,
            extension,
            item,
            words,
            now,
            by.id.0
        )
        .execute(self.connection())
        .await
        .context("record a step about a meeting")?;
        Ok(ProceedingId(added.last_insert_rowid()))
    }

    /// The meetings of which all is recorded.
    pub async fn meetings_recorded(&mut self) -> anyhow::Result<BTreeSet<Held>> {
        let rows = sqlx::query!(
            "SELECT DISTINCT meeting_records.body_id, meeting_records.meeting_on
             FROM bodies CROSS JOIN meeting_records ON meeting_records.body_id = bodies.id
             WHERE meeting_records.kind = 'finished'"
        )
        .fetch_all(self.connection())
        .await
        .context("load which meetings are recorded")?;
        let mut recorded = BTreeSet::new();
        for row in rows {
            let first_on = column::day(&row.meeting_on)?;
            recorded.insert(Held { body: BodyId(row.body_id), first_on });
        }
        Ok(recorded)
    }

    /// The decisions that cite a meeting by the day that it was held, oldest first.
    pub async fn decisions_citing(&mut self, cited: Cited) -> anyhow::Result<Vec<CitedDecision>> {
        let on = cited.on.to_string();
        let rows = sqlx::query!(
            r#"SELECT decisions.id, decisions.action_id, decisions.kind, decisions.extension_id,
                 decisions.minute_ref, decisions.note, decisions.made_at, names.name AS "by?",
                 targets.words AS "target?"
             FROM decisions
             LEFT JOIN names ON names.person_id = decisions.person_id
             LEFT JOIN targets ON targets.id = decisions.target_id
             WHERE decisions.body_id = ? AND decisions.meeting_on = ?
             ORDER BY decisions.made_at, decisions.id"#,
            cited.body.0,
            on
        )
        .fetch_all(self.connection())
        .await
        .context("load the decisions of a meeting")?;
        let mut decisions = Vec::with_capacity(rows.len());
        for row in rows {
            let kind = Kind::from_word(&row.kind);
            let minute = Minute { meeting: Some(cited), reference: row.minute_ref, note: row.note };
            let decision = Decision {
                id: DecisionId(row.id),
                kind: kind.with_context(|| format!("\"{}\" is no decision", row.kind))?,
                extension: row.extension_id.map(ExtensionId),
                minute,
                made_at: column::instant(row.made_at)?,
                by: row.by,
            };
            let action = ActionId(row.action_id);
            decisions.push(CitedDecision { action, decision, target: row.target });
        }
        Ok(decisions)
    }

    /// Keeps which meeting a draft of an action came from.
    pub async fn add_meeting_of_draft(&mut self, draft: DraftId, held: Held) -> anyhow::Result<()> {
        let meeting_on = held.first_on.to_string();
        sqlx::query!(
            "INSERT INTO agreed_drafts (draft_id, body_id, meeting_on) VALUES (?, ?, ?)
             ON CONFLICT (draft_id) DO NOTHING",
            draft.0,
            held.body.0,
            meeting_on
        )
        .execute(self.connection())
        .await
        .context("keep which meeting a draft came from")?;
        Ok(())
    }

    /// Which meeting a draft of an action came from, if it came from one.
    pub async fn meeting_of_draft(&mut self, draft: DraftId) -> anyhow::Result<Option<Held>> {
        let row = sqlx::query!(
            "SELECT body_id, meeting_on FROM agreed_drafts WHERE draft_id = ?",
            draft.0
        )
        .fetch_optional(self.connection())
        .await
        .context("look for the meeting of a draft")?;
        let Some(row) = row else { return Ok(None) };
        let first_on = column::day(&row.meeting_on)?;
        Ok(Some(Held { body: BodyId(row.body_id), first_on }))
    }
}
