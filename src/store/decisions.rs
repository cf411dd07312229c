//! What was agreed about actions. Part of the ledger.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::DateTime;
use chrono::Utc;

use super::Tx;
use super::actions::Numbers;
use super::actions::Set;
use super::column;
use super::updates::Logged;
use crate::action::ActionId;
use crate::action::ExtensionId;
use crate::action::Standing;
use crate::action::Status;
use crate::body::BodyId;
use crate::body::Person;
use crate::decision::Agreed;
use crate::decision::Cited;
use crate::decision::Decision;
use crate::decision::DecisionId;
use crate::decision::Kind;
use crate::decision::Minute;
use crate::decision::NewDecision;

impl Tx {
    /// Where actions stand by what was agreed about each last; open where nothing was.
    pub(super) async fn standings_of(
        &mut self,
        actions: Numbers,
        until: i64,
    ) -> anyhow::Result<BTreeMap<ActionId, Standing>> {
        let rows = sqlx::query!(
            "SELECT actions.id, decisions.kind FROM actions
             JOIN decisions ON decisions.id = (
                 SELECT made.id FROM decisions AS made
                 WHERE made.action_id = actions.id AND made.made_at <= ?1
                 ORDER BY made.made_at DESC, made.id DESC LIMIT 1
             )
             WHERE actions.id BETWEEN ?2 AND ?3",
            until,
            actions.first,
            actions.last
        )
        .fetch_all(self.connection())
        .await
        .context("load the decisions")?;
        let standing = |kind: &str| match kind {
            "sign-off" => Standing::SignedOff,
            "withdraw" => Standing::Withdrawn,
            _ => Standing::Open,
        };
        Ok(rows.iter().map(|row| (ActionId(row.id), standing(&row.kind))).collect())
    }

    /// The status that actions were returned to last, and when.
    pub(super) async fn returns_of(
        &mut self,
        actions: Numbers,
        until: i64,
    ) -> anyhow::Result<BTreeMap<ActionId, (DateTime<Utc>, Status)>> {
        let rows = sqlx::query!(
            r#"SELECT actions.id, decisions.made_at, decisions.status AS "status!" FROM actions
             JOIN decisions ON decisions.id = (
                 SELECT made.id FROM decisions AS made
                 WHERE made.action_id = actions.id AND made.status IS NOT NULL
                     AND made.made_at <= ?1
                 ORDER BY made.made_at DESC, made.id DESC LIMIT 1
             )
             WHERE actions.id BETWEEN ?2 AND ?3"#,
            until,
            actions.first,
            actions.last
        )
        .fetch_all(self.connection())
        .await
        .context("load what was returned")?;
        let mut returns = BTreeMap::new();
        for row in rows {
            let returned = (column::instant(row.made_at)?, column::status(&row.status)?);
            returns.insert(ActionId(row.id), returned);
        }
        Ok(returns)
    }

    /// The status that an action had before it was last said to be complete: what was said then and
    /// not taken back, else what its plan prints; on track where neither says anything else.
    pub async fn status_before_completion(&mut self, action: ActionId) -> anyhow::Result<Status> {
        let ledger = self.ledger_of(action).await?;
        let counts = |said: &&Logged| !said.undone && said.undoes.is_none();
        let mut others =
            ledger.iter().filter(counts).filter(|said| said.update.status != Status::Complete);
        if let Some(before) = others.next_back() {
            return Ok(before.update.status);
        }
        let id = action.0;
        let printed = sqlx::query_scalar!("SELECT status_printed FROM actions WHERE id = ?", id)
            .fetch_one(self.connection())
            .await
            .context("load the status an action had in print")?;
        let printed = column::status(&printed)?;
        Ok(if printed == Status::Complete { Status::OnTrack } else { printed })
    }

    /// Records what was agreed, now, with the target that it sets, and gives it a number. It counts
    /// from now on: the day of the meeting is only cited.
    pub async fn add_decision(
        &mut self,
        new: &NewDecision,
        minute: &Minute,
        by: &Person,
    ) -> anyhow::Result<DecisionId> {
        let kind = new.agreed.kind().word();
        let (extension, target, status) = match &new.agreed {
            Agreed::SignedOff | Agreed::Withdrawn => (None, None, None),
            Agreed::Returned { status } => (None, None, Some(status.words())),
            Agreed::Kept { extension } => (Some(extension.0), None, None),
            Agreed::Moved { extension, target } => {
                let set = Set { at: self.now, import: None };
                let target = self.add_target(new.action, target, set).await?;
                (Some(extension.0), Some(target), None)
            }
        };
        let body = minute.meeting.map(|cited| cited.body.0);
        let meeting_on = minute.meeting.map(|cited| cited.on.to_string());
        let now = column::millis(self.now);
        let added = sqlx::query!(
            "INSERT INTO decisions (action_id, kind, extension_id, target_id, status, body_id,
                 meeting_on, minute_ref, note, made_at, recorded_at, person_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11)",
            new.action.0,
            kind,
            extension,
            target,
            status,
            body,
            meeting_on,
            minute.reference,
            minute.note,
            now,
            by.id.0
        )
        .execute(self.connection())
        .await
        .context("record a decision")?;
        Ok(DecisionId(added.last_insert_rowid()))
    }

    /// What was agreed about an action, oldest first.
    pub async fn decisions_of(&mut self, action: ActionId) -> anyhow::Result<Vec<Decision>> {
        let rows = sqlx::query!(
            r#"SELECT decisions.id, decisions.kind, decisions.extension_id, decisions.body_id,
                 decisions.meeting_on, decisions.minute_ref, decisions.note, decisions.made_at,
                 names.name AS "by?"
             FROM decisions LEFT JOIN names ON names.person_id = decisions.person_id
             WHERE decisions.action_id = ? ORDER BY decisions.made_at, decisions.id"#,
            action.0
        )
        .fetch_all(self.connection())
        .await
        .context("load the decisions about an action")?;
        let mut decisions = Vec::with_capacity(rows.len());
        for row in rows {
            let kind = Kind::from_word(&row.kind);
            let on = row.meeting_on.as_deref().map(column::day).transpose()?;
            let meeting = row.body_id.zip(on).map(|(body, on)| Cited { body: BodyId(body), on });
            decisions.push(Decision {
                id: DecisionId(row.id),
                kind: kind.with_context(|| format!("\"{}\" is no decision", row.kind))?,
                extension: row.extension_id.map(ExtensionId),
                minute: Minute { meeting, reference: row.minute_ref, note: row.note },
                made_at: column::instant(row.made_at)?,
                by: row.by,
            });
        }
        Ok(decisions)
    }

    /// Records what a printed plan shows to have been agreed: `kind` is a word of the column.
    pub(super) async fn add_printed_decision(
        &mut self,
        action: ActionId,
        kind: &str,
        note: &str,
        set: Set,
    ) -> anyhow::Result<()> {
        let (made_at, import) = (column::millis(set.at), set.import_number());
        let now = column::millis(self.now);
        sqlx::query!(
            "INSERT INTO decisions (action_id, kind, note, made_at, recorded_at, import_id)
             VALUES (?, ?, ?, ?, ?, ?)",
            action.0,
            kind,
            note,
            made_at,
            now,
            import
        )
        .execute(self.connection())
        .await
        .context("record what the plan shows to be agreed")?;
        Ok(())
    }
}
