//! Who was at meetings, by agency. Part of the ledger. And lists of them that wait, since something in
//! them is asked back; those are no part of it.

use anyhow::Context;
use chrono::NaiveDate;

use super::Tx;
use super::column;
use crate::attendance::Attendance;
use crate::attendance::Held;
use crate::attendance::Lists;
use crate::attendance::Presence;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::BodyKind;
use crate::body::Person;

impl Tx {
    /// How each agency came to a meeting, as it was recorded last, in the order in which they were
    /// first recorded. Those of which nothing is known any more are left out.
    pub async fn attendances(&mut self, held: Held) -> anyhow::Result<Vec<Attendance>> {
        let all = self.attendances_since(held.body, held.first_on).await?;
        let of_it = all.into_iter().filter(|(on, _)| *on == held.first_on);
        Ok(of_it.map(|(_, attendance)| attendance).collect())
    }

    /// The same for all meetings of a body that were first set for a day or later, each with the day
    /// that it was first set for.
    pub async fn attendances_since(
        &mut self,
        body: BodyId,
        first_on: NaiveDate,
    ) -> anyhow::Result<Vec<(NaiveDate, Attendance)>> {
        let first_on = first_on.to_string();
        let rows = sqlx::query!(
            "SELECT meeting_on, agency_id, presence, name FROM attendances AS recorded
             WHERE body_id = ?1 AND meeting_on >= ?2 AND presence <> 'no word' AND NOT EXISTS (
                 SELECT 1 FROM attendances AS later
                 WHERE later.body_id = recorded.body_id
                     AND later.meeting_on = recorded.meeting_on
                     AND later.agency_id = recorded.agency_id AND later.id > recorded.id
             )
             ORDER BY meeting_on, id",
            body.0,
            first_on
        )
        .fetch_all(self.connection())
        .await
        .context("load who was at meetings")?;
        let mut attendances = Vec::with_capacity(rows.len());
        for row in rows {
            let presence = Presence::from_word(&row.presence);
            let attendance = Attendance {
                agency: BodyId(row.agency_id),
                presence: presence.with_context(|| format!("\"{}\" is none", row.presence))?,
                name: row.name,
            };
            attendances.push((column::day(&row.meeting_on)?, attendance));
        }
        Ok(attendances)
    }

    /// Records how an agency came to a meeting, now.
    pub async fn add_attendance(
        &mut self,
        held: Held,
        attendance: &Attendance,
        by: &Person,
    ) -> anyhow::Result<()> {
        let meeting_on = held.first_on.to_string();
        let presence = attendance.presence.word();
        let now = column::millis(self.now);
        sqlx::query!(
            "INSERT INTO attendances
                 (body_id, meeting_on, agency_id, presence, name, set_at, recorded_at, person_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)",
            held.body.0,
            meeting_on,
            attendance.agency.0,
            presence,
            attendance.name,
            now,
            by.id.0
        )
        .execute(self.connection())
        .await
        .context("record who was at a meeting")?;
        Ok(())
    }

    /// Adds an agency after the bodies that there are. It holds no meetings and owns no channel, and
    /// nobody holds it.
    ///
    /// # Errors
    /// When another body goes by the name or the letters.
    pub async fn add_agency(&mut self, name: &str, code: &str) -> anyhow::Result<BodyId> {
        let bodies = self.bodies().await?;
        let next = bodies.iter().map(|body| body.id.0).max().unwrap_or_default() + 1;
        let body = Body {
            id: BodyId(next),
            name: name.to_owned(),
            code: code.to_owned(),
            kind: BodyKind::Agency,
            names: Vec::new(),
            role_name: String::new(),
            channel_name: String::new(),
            role: None,
            channel: None,
        };
        let after = sqlx::query_scalar!(
            r#"SELECT coalesce(max(position), 0) + 1 AS "position!: i64" FROM bodies"#
        )
        .fetch_one(self.connection())
        .await
        .context("look for the last body")?;
        self.add_body(after, &body).await.with_context(|| format!("record the body {body}"))?;
        Ok(body.id)
    }

    /// Keeps what was written about who was at a meeting, and where its minutes are, and gives it a
    /// number. An asking of the chat that was delivered before gives the number it was given then.
    pub async fn add_attendance_draft(
        &mut self,
        held: Held,
        (lists, minutes): (&Lists, &str),
        by: &Person,
        request_id: u64,
    ) -> anyhow::Result<i64> {
        let request = column::from_chat(request_id)?;
        let known =
            sqlx::query_scalar!("SELECT id FROM attendance_drafts WHERE request_id = ?", request)
                .fetch_optional(self.connection())
                .await
                .context("look for an earlier draft")?;
        if let Some(known) = known {
            return Ok(known);
        }
        let meeting_on = held.first_on.to_string();
        let now = column::millis(self.now);
        let added = sqlx::query!(
            "INSERT INTO attendance_drafts (body_id, meeting_on, present, substitutes, apologies,
                 minutes, person_id, request_id, drafted_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            held.body.0,
            meeting_on,
            lists.present,
            lists.substitutes,
            lists.apologies,
            minutes,
            by.id.0,
            request,
            now
        )
        .execute(self.connection())
        .await
        .context("keep a draft")?;
        Ok(added.last_insert_rowid())
    }

    /// What was written about who was at a meeting, and where its minutes are.
    pub async fn attendance_draft(
        &mut self,
        id: i64,
    ) -> anyhow::Result<Option<(Held, Lists, String)>> {
        let row = sqlx::query!(
            "SELECT body_id, meeting_on, present, substitutes, apologies, minutes
             FROM attendance_drafts WHERE id = ?",
            id
        )
        .fetch_optional(self.connection())
        .await
        .context("load a draft")?;
        let Some(row) = row else { return Ok(None) };
        let held = Held { body: BodyId(row.body_id), first_on: column::day(&row.meeting_on)? };
        let lists =
            Lists { present: row.present, substitutes: row.substitutes, apologies: row.apologies };
        Ok(Some((held, lists, row.minutes)))
    }

    /// Keeps a draft as it is understood since.
    pub async fn save_attendance_draft(&mut self, id: i64, lists: &Lists) -> anyhow::Result<()> {
        sqlx::query!(
            "UPDATE attendance_drafts SET present = ?, substitutes = ?, apologies = ? WHERE id = ?",
            lists.present,
            lists.substitutes,
            lists.apologies,
            id
        )
        .execute(self.connection())
        .await
        .context("keep a draft as it is understood")?;
        Ok(())
    }
}
