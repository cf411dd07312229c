//! What was said about actions. Part of the ledger: what is taken back stays, with a further entry
//! that takes it back.

use std::collections::BTreeMap;

use anyhow::Context;
use anyhow::ensure;
use chrono::DateTime;
use chrono::Utc;

use super::Tx;
use super::actions::Numbers;
use super::actions::Set;
use super::actions::reference;
use super::column;
use crate::action::ActionId;
use crate::action::Evidence;
use crate::action::NewUpdate;
use crate::action::Ref;
use crate::action::Reversal;
use crate::action::Status;
use crate::action::TakenBack;
use crate::action::Update;
use crate::action::UpdateId;
use crate::body::BodyId;
use crate::body::Person;
use crate::body::PersonId;

/// What became of writing down something asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It was written down now.
    New(UpdateId),
    /// It stood there already: the chat has delivered one asking twice.
    Again(UpdateId),
}

impl Added {
    /// The number it has in the record, now or from before.
    pub fn id(self) -> UpdateId {
        match self {
            Self::New(id) | Self::Again(id) => id,
        }
    }
}

/// An update with its place in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// The action it is about.
    pub action: ActionId,
    /// How that action is called.
    pub reference: Ref,
    /// Who said it; none for words taken over from print.
    pub person: Option<PersonId>,
    /// What was said; without words where this takes another back.
    pub update: Update,
    /// The update that this one takes back.
    pub undoes: Option<UpdateId>,
    /// That it has been taken back itself, if it has.
    pub taken_back: Option<TakenBack>,
}

/// One row of the ledger with what belongs to it; never leaves this file.
struct Row {
    id: i64,
    action_id: i64,
    plan: String,
    area: i64,
    number: i64,
    turn: i64,
    person_id: Option<i64>,
    author: Option<String>,
    body_id: Option<i64>,
    on_behalf_of: Option<String>,
    text: String,
    status: String,
    happened_on: Option<String>,
    said_at: i64,
    ask: Option<String>,
    evidence_name: Option<String>,
    evidence_url: Option<String>,
    case_study: bool,
    undoes: Option<i64>,
    undone_at: Option<i64>,
    undone_by: Option<String>,
    undone_by_person: Option<i64>,
    undone_for: Option<i64>,
    reason: Option<String>,
}

impl Row {
    fn logged(self) -> anyhow::Result<Logged> {
        let taken_back = self.undone_at.map(|at| {
            let reversal = self.undone_for.zip(self.reason);
            Ok::<_, anyhow::Error>(TakenBack {
                at: column::instant(at)?,
                by: self.undone_by,
                person: self.undone_by_person.map(PersonId),
                reversal: reversal.map(|(body, reason)| Reversal { body: BodyId(body), reason }),
            })
        });
        let update = Update {
            id: UpdateId(self.id),
            said_at: column::instant(self.said_at)?,
            happened_on: self.happened_on.as_deref().map(column::day).transpose()?,
            author: self.author,
            body: self.body_id.map(BodyId),
            on_behalf_of: self.on_behalf_of,
            text: self.text,
            status: column::status(&self.status)?,
            ask: self.ask,
            evidence: self.evidence_url.map(|address| match self.evidence_name {
                Some(name) => Evidence::File { name, address },
                None => Evidence::Page { address },
            }),
            case_study: self.case_study,
        };
        Ok(Logged {
            action: ActionId(self.action_id),
            reference: reference(self.plan, self.area, self.number, self.turn)?,
            person: self.person_id.map(PersonId),
            update,
            undoes: self.undoes.map(UpdateId),
            taken_back: taken_back.transpose()?,
        })
    }
}

impl Tx {
    /// Records what somebody said, now. An asking that was recorded before is not recorded again,
    /// whatever it says this time.
    pub async fn add_update(
        &mut self,
        new: &NewUpdate,
        by: &Person,
        request_id: u64,
    ) -> anyhow::Result<Added> {
        let request = column::from_chat(request_id)?;
        if let Some(id) = self.asked_before(request).await? {
            return Ok(Added::Again(id));
        }
        let status = new.after.words();
        let happened_on = new.happened_on.map(|day| day.to_string());
        let evidence_name = new.evidence.as_ref().and_then(Evidence::name);
        let evidence_url = new.evidence.as_ref().map(Evidence::address);
        let now = column::millis(self.now);
        let added = sqlx::query!(
            "INSERT INTO updates (action_id, person_id, body_id, on_behalf_of, text, status,
                 happened_on, said_at, recorded_at, request_id, ask, evidence_name, evidence_url,
                 case_study)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9, ?10, ?11, ?12, ?13)",
            new.action.0,
            by.id.0,
            new.voice.body.0,
            new.voice.on_behalf_of,
            new.text,
            status,
            happened_on,
            now,
            request,
            new.ask,
            evidence_name,
            evidence_url,
            new.case_study
        )
        .execute(self.connection())
        .await
        .context("record an update")?;
        Ok(Added::New(UpdateId(added.last_insert_rowid())))
    }

    /// Takes an update back for its author, now: it counts no more from here on, and both stay in the
    /// ledger. One that was taken back before is not taken back again.
    ///
    /// # Errors
    /// When there is no such update, or it is itself one that takes another back.
    pub async fn undo_update(
        &mut self,
        id: UpdateId,
        by: &Person,
        request_id: u64,
    ) -> anyhow::Result<Added> {
        self.take_back(id, by, None, request_id).await
    }

    /// The same for somebody else, who says why.
    ///
    /// # Errors
    /// As for [`Tx::undo_update`].
    pub async fn reverse_update(
        &mut self,
        id: UpdateId,
        by: &Person,
        reversal: &Reversal,
        request_id: u64,
    ) -> anyhow::Result<Added> {
        self.take_back(id, by, Some(reversal), request_id).await
    }

    async fn take_back(
        &mut self,
        id: UpdateId,
        by: &Person,
        reversal: Option<&Reversal>,
        request_id: u64,
    ) -> anyhow::Result<Added> {
        let request = column::from_chat(request_id)?;
        if let Some(id) = self.asked_before(request).await? {
            return Ok(Added::Again(id));
        }
        let undoing = sqlx::query_scalar!("SELECT id FROM updates WHERE undoes = ?", id.0)
            .fetch_optional(self.connection())
            .await
            .context("look for what took an update back")?;
        if let Some(undoing) = undoing {
            return Ok(Added::Again(UpdateId(undoing)));
        }
        let undone = self.update(id).await?;
        let undone = undone.with_context(|| format!("there is no update {}", id.0))?;
        ensure!(undone.undoes.is_none(), "the update {} takes another back", id.0);
        let status = self.status_without(&undone).await?.words();
        let body = reversal.map(|reversal| reversal.body.0);
        let reason = reversal.map(|reversal| reversal.reason.as_str());
        let now = column::millis(self.now);
        let added = sqlx::query!(
            "INSERT INTO updates
             (action_id, person_id, body_id, text, status, said_at, recorded_at, request_id, undoes,
                 reason)
             VALUES (?1, ?2, ?3, '', ?4, ?5, ?5, ?6, ?7, ?8)",
            undone.action.0,
            by.id.0,
            body,
            status,
            now,
            request,
            id.0,
            reason
        )
        .execute(self.connection())
        .await
        .context("take an update back")?;
        Ok(Added::New(UpdateId(added.last_insert_rowid())))
    }

    /// One entry of the ledger.
    pub async fn update(&mut self, id: UpdateId) -> anyhow::Result<Option<Logged>> {
        let row = sqlx::query_as!(
            Row,
            r#"SELECT updates.id, updates.action_id, plans.code AS plan, areas.number AS area,
                 actions.number, actions.turn, updates.person_id, names.name AS "author?", updates.body_id,
                 updates.on_behalf_of, updates.text, updates.status, updates.happened_on,
                 updates.said_at, updates.ask, updates.evidence_name, updates.evidence_url,
                 updates.case_study AS "case_study: bool", updates.undoes,
                 undoing.said_at AS "undone_at?", undoers.name AS "undone_by?",
                 undoing.person_id AS undone_by_person, undoing.body_id AS undone_for, undoing.reason
             FROM updates
             JOIN actions ON actions.id = updates.action_id
             JOIN areas ON areas.id = actions.area_id
             JOIN plans ON plans.id = areas.plan_id
             LEFT JOIN names ON names.person_id = updates.person_id
             LEFT JOIN updates AS undoing ON undoing.undoes = updates.id
             LEFT JOIN names AS undoers ON undoers.person_id = undoing.person_id
             WHERE updates.id = ?"#,
            id.0
        )
        .fetch_optional(self.connection())
        .await
        .context("load an update")?;
        row.map(Row::logged).transpose()
    }

    /// The whole ledger of an action, oldest first: what was taken back, and what took it back, too.
    pub async fn updates_of(&mut self, reference: &Ref) -> anyhow::Result<Vec<Logged>> {
        let Some(action) = self.action_id(reference).await? else { return Ok(Vec::new()) };
        self.ledger_of(action).await
    }

    pub(super) async fn ledger_of(&mut self, action: ActionId) -> anyhow::Result<Vec<Logged>> {
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT updates.id, updates.action_id, plans.code AS plan, areas.number AS area,
                 actions.number, actions.turn, updates.person_id, names.name AS "author?", updates.body_id,
                 updates.on_behalf_of, updates.text, updates.status, updates.happened_on,
                 updates.said_at, updates.ask, updates.evidence_name, updates.evidence_url,
                 updates.case_study AS "case_study: bool", updates.undoes,
                 undoing.said_at AS "undone_at?", undoers.name AS "undone_by?",
                 undoing.person_id AS undone_by_person, undoing.body_id AS undone_for, undoing.reason
             FROM updates
             JOIN actions ON actions.id = updates.action_id
             JOIN areas ON areas.id = actions.area_id
             JOIN plans ON plans.id = areas.plan_id
             LEFT JOIN names ON names.person_id = updates.person_id
             LEFT JOIN updates AS undoing ON undoing.undoes = updates.id
             LEFT JOIN names AS undoers ON undoers.person_id = undoing.person_id
             WHERE updates.action_id = ?
             ORDER BY updates.said_at, updates.id"#,
            action.0
        )
        .fetch_all(self.connection())
        .await
        .context("load the ledger of an action")?;
        rows.into_iter().map(Row::logged).collect()
    }

    /// What was said after an instant, up to the end of another, and not taken back by then; oldest
    /// first.
    pub async fn updates_since(
        &mut self,
        since: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> anyhow::Result<Vec<(Ref, Update)>> {
        let (since, until) = (column::millis(since), column::millis(until));
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT updates.id, updates.action_id, plans.code AS plan, areas.number AS area,
                 actions.number, actions.turn, updates.person_id, names.name AS "author?", updates.body_id,
                 updates.on_behalf_of, updates.text, updates.status, updates.happened_on,
                 updates.said_at, updates.ask, updates.evidence_name, updates.evidence_url,
                 updates.case_study AS "case_study: bool", updates.undoes,
                 NULL AS "undone_at: i64", NULL AS "undone_by: String",
                 NULL AS "undone_by_person: i64", NULL AS "undone_for: i64", NULL AS "reason: String"
             FROM updates
             JOIN actions ON actions.id = updates.action_id
             JOIN areas ON areas.id = actions.area_id
             JOIN plans ON plans.id = areas.plan_id
             LEFT JOIN names ON names.person_id = updates.person_id
             WHERE updates.said_at > ?1 AND updates.said_at <= ?2 AND updates.undoes IS NULL
                 AND NOT EXISTS (
                     SELECT 1 FROM updates AS undoing
                     WHERE undoing.undoes = updates.id AND undoing.said_at <= ?2
                 )
             ORDER BY updates.said_at, updates.id"#,
            since,
            until
        )
        .fetch_all(self.connection())
        .await
        .context("load what was said since")?;
        let logged = rows.into_iter().map(Row::logged);
        logged.map(|logged| logged.map(|logged| (logged.reference, logged.update))).collect()
    }

    /// The last word on each action at the end of an instant: nothing taken back by then.
    pub(super) async fn last_updates_of(
        &mut self,
        actions: Numbers,
        until: i64,
    ) -> anyhow::Result<BTreeMap<ActionId, Update>> {
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT updates.id, updates.action_id, plans.code AS plan, areas.number AS area,
                 actions.number, actions.turn, updates.person_id, names.name AS "author?", updates.body_id,
                 updates.on_behalf_of, updates.text, updates.status, updates.happened_on,
                 updates.said_at, updates.ask, updates.evidence_name, updates.evidence_url,
                 updates.case_study AS "case_study: bool", updates.undoes,
                 NULL AS "undone_at: i64", NULL AS "undone_by: String",
                 NULL AS "undone_by_person: i64", NULL AS "undone_for: i64", NULL AS "reason: String"
             FROM actions
             JOIN areas ON areas.id = actions.area_id
             JOIN plans ON plans.id = areas.plan_id
             JOIN updates ON updates.id = (
                 SELECT said.id FROM updates AS said
                 WHERE said.action_id = actions.id AND said.undoes IS NULL AND said.said_at <= ?1
                     AND NOT EXISTS (
                         SELECT 1 FROM updates AS undoing
                         WHERE undoing.undoes = said.id AND undoing.said_at <= ?1
                     )
                 ORDER BY said.said_at DESC, said.id DESC LIMIT 1
             )
             LEFT JOIN names ON names.person_id = updates.person_id
             WHERE actions.id BETWEEN ?2 AND ?3"#,
            until,
            actions.first,
            actions.last
        )
        .fetch_all(self.connection())
        .await
        .context("load the last updates")?;
        let logged = rows.into_iter().map(Row::logged);
        logged.map(|logged| logged.map(|logged| (logged.action, logged.update))).collect()
    }

    /// Records words taken over from print.
    pub(super) async fn add_printed_update(
        &mut self,
        action: ActionId,
        text: &str,
        status: Status,
        set: Set,
    ) -> anyhow::Result<()> {
        let status = status.words();
        let (said_at, import) = (column::millis(set.at), set.import_number());
        let now = column::millis(self.now);
        sqlx::query!(
            "INSERT INTO updates (action_id, text, status, said_at, recorded_at, import_id)
             VALUES (?, ?, ?, ?, ?, ?)",
            action.0,
            text,
            status,
            said_at,
            now,
            import
        )
        .execute(self.connection())
        .await
        .context("record its update")?;
        Ok(())
    }

    /// Everything that was ever said about the actions of a plan, taken back or not, oldest first.
    pub async fn all_said(&mut self, plan: &str) -> anyhow::Result<BTreeMap<Ref, Vec<String>>> {
        let rows = sqlx::query!(
            "SELECT areas.number AS area, actions.number, actions.turn, updates.text
             FROM plans
             JOIN areas ON areas.plan_id = plans.id
             JOIN actions ON actions.area_id = areas.id
             JOIN updates ON updates.action_id = actions.id
             WHERE plans.code = ? AND updates.undoes IS NULL
             ORDER BY actions.id, updates.said_at, updates.id",
            plan
        )
        .fetch_all(self.connection())
        .await
        .context("load all that was said")?;
        let mut said: BTreeMap<Ref, Vec<String>> = BTreeMap::new();
        for row in rows {
            let reference = reference(plan.to_owned(), row.area, row.number, row.turn)?;
            said.entry(reference).or_default().push(row.text);
        }
        Ok(said)
    }

    async fn asked_before(&mut self, request: i64) -> anyhow::Result<Option<UpdateId>> {
        let id = sqlx::query_scalar!("SELECT id FROM updates WHERE request_id = ?", request)
            .fetch_optional(self.connection())
            .await
            .context("look for an earlier asking")?;
        Ok(id.map(UpdateId))
    }

    /// The status that an action has without one of its updates.
    async fn status_without(&mut self, undone: &Logged) -> anyhow::Result<Status> {
        let ledger = self.ledger_of(undone.action).await?;
        let mut others =
            ledger.iter().filter(|other| other.taken_back.is_none() && other.undoes.is_none());
        let before = others.rfind(|other| other.update.id != undone.update.id);
        let said = before.map(|before| (before.update.said_at, before.update.status));
        let now = column::millis(self.now);
        let mut returns = self.returns_of(Numbers::only(undone.action), now).await?;
        let returned = returns.remove(&undone.action);
        if let Some((_, status)) = said.into_iter().chain(returned).max_by_key(|(at, _)| *at) {
            return Ok(status);
        }
        let id = undone.action.0;
        let printed = sqlx::query_scalar!("SELECT status_printed FROM actions WHERE id = ?", id)
            .fetch_one(self.connection())
            .await
            .context("load the status an action had in print")?;
        column::status(&printed)
    }
}
