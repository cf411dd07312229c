//! Who holds bodies by name. Part of the ledger: what ends is a further entry.

use anyhow::Context;

use super::Tx;
use super::column;
use crate::body::BodyId;
use crate::body::Person;
use crate::body::PersonId;
use crate::body::UserId;
use crate::body::holding::Change;
use crate::body::holding::Holding;
use crate::body::holding::Holdings;
use crate::body::holding::Named;
use crate::body::holding::Part;

/// An entry's number in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoldingId(pub i64);

impl Tx {
    /// Everything that was ever set by name.
    pub(super) async fn holdings(&mut self) -> anyhow::Result<Holdings> {
        let rows = sqlx::query!(
            r#"SELECT holdings.body_id, holdings.person_id, holdings.part, holdings.set_at,
                 people.user_id AS "user_id?", names.name AS "name?"
             FROM holdings
             LEFT JOIN people ON people.id = holdings.person_id
             LEFT JOIN names ON names.person_id = holdings.person_id
             ORDER BY holdings.set_at, holdings.id"#
        )
        .fetch_all(self.connection())
        .await
        .context("load who holds bodies by name")?;
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            let user = row.user_id.map(column::to_chat).transpose()?.map(UserId);
            let part = Part::from_word(&row.part);
            entries.push(Holding {
                body: BodyId(row.body_id),
                person: row.person_id.map(|id| Named { id: PersonId(id), user, name: row.name }),
                part: part.with_context(|| format!("\"{}\" is no part in a body", row.part))?,
                since: column::instant(row.set_at)?,
            });
        }
        Ok(Holdings::of(entries))
    }

    /// Records what somebody is to a body from now on, or that it is vacant, and by whom it was set.
    pub async fn add_holding(
        &mut self,
        body: BodyId,
        change: &Change,
        by: &Person,
    ) -> anyhow::Result<HoldingId> {
        let person = change.person.map(|person| person.0);
        let part = change.part.word();
        let now = column::millis(self.now);
        let added = sqlx::query!(
            "INSERT INTO holdings (body_id, person_id, part, set_at, recorded_at, by_person_id)
             VALUES (?1, ?2, ?3, ?4, ?4, ?5)",
            body.0,
            person,
            part,
            now,
            by.id.0
        )
        .execute(self.connection())
        .await
        .context("record who holds a body")?;
        Ok(HoldingId(added.last_insert_rowid()))
    }
}
