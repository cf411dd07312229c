//! Who was asked for updates, who does not want to be, and who was seen with which role.

use std::collections::BTreeSet;

use anyhow::Context;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;

use super::Tx;
use super::column;
use crate::action::ActionId;
use crate::action::Ref;
use crate::body::BodyId;
use crate::body::Person;
use crate::body::PersonId;
use crate::body::UserId;
use crate::chase::Holder;
use crate::chase::Made;
use crate::chase::Occasion;
use crate::chase::Reached;
use crate::meeting::Meeting;
use crate::post::PostId;

/// A request for updates that stands in the outbox, to be remembered.
#[derive(Clone, Debug)]
pub struct NewChase<'a> {
    /// On which occasion.
    pub occasion: Occasion,
    /// Who is asked; none for a channel.
    pub person: Option<PersonId>,
    /// The lead that is asked.
    pub lead: BodyId,
    /// What asks them.
    pub post: PostId,
    /// Who gives the nudge.
    pub by: Option<PersonId>,
    /// The meetings before which they are asked.
    pub meetings: Vec<&'a Meeting>,
    /// What they are asked about.
    pub actions: Vec<ActionId>,
}

impl Tx {
    /// Remembers a request for updates.
    pub async fn add_chase(&mut self, chase: &NewChase<'_>) -> anyhow::Result<()> {
        let occasion = chase.occasion.word();
        let (person, by) = (chase.person.map(|person| person.0), chase.by.map(|by| by.0));
        let now = column::millis(self.now);
        let added = sqlx::query!(
            "INSERT INTO chases (kind, person_id, body_id, post_id, by_person_id, asked_at)
             VALUES (?, ?, ?, ?, ?, ?)",
            occasion,
            person,
            chase.lead.0,
            chase.post.0,
            by,
            now
        )
        .execute(self.connection())
        .await
        .context("record who is asked")?;
        let id = added.last_insert_rowid();
        for meeting in &chase.meetings {
            let first_on = meeting.first_on.to_string();
            sqlx::query!(
                "INSERT INTO chase_meetings (body_id, meeting_on, chase_id) VALUES (?, ?, ?)",
                meeting.body.0,
                first_on,
                id
            )
            .execute(self.connection())
            .await
            .context("record before which meeting somebody is asked")?;
        }
        for action in &chase.actions {
            sqlx::query!(
                "INSERT INTO chase_actions (chase_id, action_id) VALUES (?, ?)",
                id,
                action.0
            )
            .execute(self.connection())
            .await
            .context("record what somebody is asked about")?;
        }
        Ok(())
    }

    /// The requests for updates that were made before a meeting, in the order in which they were made.
    pub async fn chases_before(
        &mut self,
        body: BodyId,
        first_on: NaiveDate,
    ) -> anyhow::Result<Vec<Made>> {
        let first_on = first_on.to_string();
        let rows = sqlx::query!(
            r#"SELECT chases.id, chases.kind, chases.person_id, chases.body_id,
                 max(chases.asked_at, posts.due_at) AS "asked_at!: i64",
                 names.name AS "name?", posts.state, posts.useful_until
             FROM chase_meetings
             JOIN chases ON chases.id = chase_meetings.chase_id
             JOIN posts ON posts.id = chases.post_id
             LEFT JOIN names ON names.person_id = chases.person_id
             WHERE chase_meetings.body_id = ? AND chase_meetings.meeting_on = ?
             ORDER BY chases.id"#,
            body.0,
            first_on
        )
        .fetch_all(self.connection())
        .await
        .context("load who was asked before a meeting")?;
        let now = column::millis(self.now);
        let mut made = Vec::with_capacity(rows.len());
        for row in rows {
            let is_over = row.useful_until.is_some_and(|until| until <= now);
            let occasion = Occasion::from_word(&row.kind);
            made.push(Made {
                occasion: occasion.with_context(|| format!("\"{}\" is no occasion", row.kind))?,
                name: row.name,
                person: row.person_id.map(PersonId),
                lead: BodyId(row.body_id),
                asked_at: column::instant(row.asked_at)?,
                reached: reached(&row.state, is_over),
                about: self.asked_about(row.id).await?,
            });
        }
        Ok(made)
    }

    async fn asked_about(&mut self, chase: i64) -> anyhow::Result<Vec<Ref>> {
        let rows = sqlx::query!(
            "SELECT plans.code, areas.number AS area, actions.number, actions.turn
             FROM chase_actions
             JOIN actions ON actions.id = chase_actions.action_id
             JOIN areas ON areas.id = actions.area_id
             JOIN plans ON plans.id = areas.plan_id
             WHERE chase_actions.chase_id = ?
             ORDER BY chase_actions.action_id",
            chase
        )
        .fetch_all(self.connection())
        .await
        .context("load what somebody was asked about")?;
        rows.into_iter()
            .map(|row| {
                Ok(Ref {
                    plan: row.code,
                    area: column::count(row.area)?,
                    number: column::count(row.number)?,
                    turn: column::count(row.turn)?,
                })
            })
            .collect()
    }

    /// Withdraws the requests for updates before a meeting that nobody has begun to send, and says why.
    /// Gives how many there were.
    pub async fn withdraw_chases(&mut self, meeting: &Meeting, why: &str) -> anyhow::Result<u64> {
        let first_on = meeting.first_on.to_string();
        let now = column::millis(self.now);
        let withdrawn = sqlx::query!(
            "UPDATE posts SET state = 'missed', why = ?, settled_at = ?
             WHERE settled_at IS NULL AND sending_since IS NULL AND id IN (
                 SELECT chases.post_id FROM chase_meetings
                 JOIN chases ON chases.id = chase_meetings.chase_id
                 WHERE chase_meetings.body_id = ? AND chase_meetings.meeting_on = ?
             )",
            why,
            now,
            meeting.body.0,
            first_on
        )
        .execute(self.connection())
        .await
        .context("withdraw the requests before a meeting")?;
        Ok(withdrawn.rows_affected())
    }

    /// The lead that a post asks for updates, if it does.
    pub async fn lead_asked_by(&mut self, post: PostId) -> anyhow::Result<Option<BodyId>> {
        let body = sqlx::query_scalar!("SELECT body_id FROM chases WHERE post_id = ?", post.0)
            .fetch_optional(self.connection())
            .await
            .context("look for whom a post asks")?;
        Ok(body.map(BodyId))
    }

    /// When somebody was last nudged, or the channel of a lead that nobody is known to hold.
    pub async fn last_nudge(
        &mut self,
        person: Option<PersonId>,
        lead: BodyId,
    ) -> anyhow::Result<Option<DateTime<Utc>>> {
        let at = match person {
            Some(person) => sqlx::query_scalar!(
                r#"SELECT max(asked_at) AS "at: i64" FROM chases
                 WHERE person_id = ? AND kind = 'nudge'"#,
                person.0
            )
            .fetch_one(self.connection())
            .await
            .context("look for the last nudge")?,
            None => sqlx::query_scalar!(
                r#"SELECT max(asked_at) AS "at: i64" FROM chases
                 WHERE body_id = ? AND kind = 'nudge' AND person_id IS NULL"#,
                lead.0
            )
            .fetch_one(self.connection())
            .await
            .context("look for the last nudge")?,
        };
        at.map(column::instant).transpose()
    }

    /// Keeps somebody from being asked until an instant, and no longer.
    pub async fn snooze(&mut self, person: &Person, until: DateTime<Utc>) -> anyhow::Result<()> {
        let (until, now) = (column::millis(until), column::millis(self.now));
        sqlx::query!(
            "INSERT INTO snoozes (person_id, until_at, set_at) VALUES (?, ?, ?)",
            person.id.0,
            until,
            now
        )
        .execute(self.connection())
        .await
        .context("record that somebody does not want to be asked")?;
        Ok(())
    }

    /// Who does not want to be asked at an instant, now or to come.
    pub async fn snoozed(&mut self, at: DateTime<Utc>) -> anyhow::Result<BTreeSet<PersonId>> {
        let at = column::millis(at);
        let rows = sqlx::query_scalar!(
            "SELECT standing.person_id FROM snoozes AS standing
             WHERE standing.until_at > ? AND NOT EXISTS (
                 SELECT 1 FROM snoozes AS later
                 WHERE later.person_id = standing.person_id
                     AND (later.set_at, later.id) > (standing.set_at, standing.id)
             )",
            at
        )
        .fetch_all(self.connection())
        .await
        .context("load who does not want to be asked")?;
        Ok(rows.into_iter().map(PersonId).collect())
    }

    /// Who was seen with the role of which body when they spoke, first seen first.
    pub async fn sightings(&mut self) -> anyhow::Result<Vec<(BodyId, Holder)>> {
        let rows = sqlx::query!(
            r#"SELECT sightings.body_id, people.id, people.user_id AS "user_id!", names.name
             FROM sightings
             JOIN people ON people.id = sightings.person_id
             JOIN names ON names.person_id = people.id
             WHERE people.user_id IS NOT NULL
             ORDER BY sightings.body_id, sightings.seen_at, people.id"#
        )
        .fetch_all(self.connection())
        .await
        .context("load who was seen with which role")?;
        rows.into_iter()
            .map(|row| {
                let user = UserId(column::to_chat(row.user_id)?);
                let holder = Holder { person: PersonId(row.id), user, name: row.name };
                Ok((BodyId(row.body_id), holder))
            })
            .collect()
    }

    /// Writes down which bodies somebody was seen with the roles of, instead of those they were seen
    /// with before.
    pub async fn save_sightings(
        &mut self,
        person: &Person,
        bodies: &BTreeSet<BodyId>,
    ) -> anyhow::Result<()> {
        let known = sqlx::query_scalar!(
            r#"SELECT body_id AS "body_id!" FROM sightings WHERE person_id = ?"#,
            person.id.0
        )
        .fetch_all(self.connection())
        .await
        .context("load with which roles somebody was seen")?;
        let known: BTreeSet<BodyId> = known.into_iter().map(BodyId).collect();
        for body in known.difference(bodies) {
            sqlx::query!(
                "DELETE FROM sightings WHERE body_id = ? AND person_id = ?",
                body.0,
                person.id.0
            )
            .execute(self.connection())
            .await
            .context("forget that somebody has a role")?;
        }
        let now = column::millis(self.now);
        for body in bodies.difference(&known) {
            sqlx::query!(
                "INSERT INTO sightings (body_id, person_id, seen_at) VALUES (?, ?, ?)",
                body.0,
                person.id.0,
                now
            )
            .execute(self.connection())
            .await
            .context("record that somebody has a role")?;
        }
        Ok(())
    }
}

/// How far a request has come, which may wait in vain because it is no use any more.
fn reached(state: &str, is_over: bool) -> Reached {
    match state {
        "sent" => Reached::Yes,
        "waiting" if is_over => Reached::No,
        "waiting" | "sending" => Reached::NotYet,
        "refused" => Reached::Refused,
        _ => Reached::No,
    }
}
