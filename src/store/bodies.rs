//! Bodies, the names they go by, and the roles and channels that are theirs.

use anyhow::Context;

use super::Tx;
use super::column;
use crate::body::Bodies;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::BodyKind;
use crate::body::ChannelId;
use crate::body::Collective;
use crate::body::RoleId;
use crate::body::same;

impl Tx {
    /// Matches the roles and channels that bodies are known by against those of the server, and
    /// follows when one of a name has been made anew. What is found nowhere keeps what it had.
    ///
    /// Returns what is missing, each as somebody would say it: `channel #cpeg`, `role CPEG Chair`.
    /// Writes only what changes.
    pub async fn link(
        &mut self,
        roles: &[(RoleId, String)],
        channels: &[(ChannelId, String)],
    ) -> anyhow::Result<Vec<String>> {
        let mut missing = Vec::new();
        for body in self.bodies().await? {
            let role = linked(body.role, &body.role_name, roles);
            if role.is_none() && !body.role_name.is_empty() {
                missing.push(format!("role {}", body.role_name));
            }
            let channel = linked(body.channel, &body.channel_name, channels);
            if channel.is_none() && !body.channel_name.is_empty() {
                missing.push(format!("channel #{}", body.channel_name));
            }
            let (role, channel) = (role.or(body.role), channel.or(body.channel));
            if role != body.role || channel != body.channel {
                self.save_links(body.id, role, channel).await?;
            }
        }
        missing.sort();
        missing.dedup();
        Ok(missing)
    }

    async fn save_links(
        &mut self,
        body: BodyId,
        role: Option<RoleId>,
        channel: Option<ChannelId>,
    ) -> anyhow::Result<()> {
        let role = role.map(|role| column::from_chat(role.0)).transpose()?;
        let channel = channel.map(|channel| column::from_chat(channel.0)).transpose()?;
        sqlx::query!(
            "UPDATE bodies SET role_id = ?, channel_id = ? WHERE id = ?",
            role,
            channel,
            body.0
        )
        .execute(self.connection())
        .await
        .context("save the role and the channel of a body")?;
        Ok(())
    }

    /// The bodies, in the partnership's order.
    pub(super) async fn bodies(&mut self) -> anyhow::Result<Vec<Body>> {
        let rows = sqlx::query!(
            "SELECT id, name, code, kind, role_name, channel_name, role_id, channel_id
             FROM bodies ORDER BY position, id"
        )
        .fetch_all(self.connection())
        .await
        .context("load the bodies")?;
        let names = sqlx::query!("SELECT body_id, name FROM body_names ORDER BY id")
            .fetch_all(self.connection())
            .await
            .context("load the names of bodies")?;
        let mut bodies = Vec::with_capacity(rows.len());
        for row in rows {
            let kind = BodyKind::from_word(&row.kind);
            let names = names.iter().filter(|name| name.body_id == row.id);
            bodies.push(Body {
                id: BodyId(row.id),
                name: row.name,
                code: row.code,
                kind: kind.with_context(|| format!("\"{}\" is not a kind of body", row.kind))?,
                names: names.map(|name| name.name.clone()).collect(),
                role_name: row.role_name,
                channel_name: row.channel_name,
                role: row.role_id.map(column::to_chat).transpose()?.map(RoleId),
                channel: row.channel_id.map(column::to_chat).transpose()?.map(ChannelId),
            });
        }
        Ok(bodies)
    }

    /// The names that mean several bodies.
    pub(super) async fn collectives(&mut self) -> anyhow::Result<Vec<Collective>> {
        let rows = sqlx::query!("SELECT id, name FROM collectives ORDER BY id")
            .fetch_all(self.connection())
            .await
            .context("load the collectives")?;
        let names = sqlx::query!("SELECT collective_id, name FROM collective_names ORDER BY id")
            .fetch_all(self.connection())
            .await
            .context("load the names of collectives")?;
        let bodies =
            sqlx::query!("SELECT collective_id, body_id FROM collective_bodies ORDER BY id")
                .fetch_all(self.connection())
                .await
                .context("load the bodies of collectives")?;
        let collective = |id, name| {
            let names = names.iter().filter(|row| row.collective_id == id);
            let bodies = bodies.iter().filter(|row| row.collective_id == id);
            Collective {
                name,
                names: names.map(|row| row.name.clone()).collect(),
                bodies: bodies.map(|row| BodyId(row.body_id)).collect(),
            }
        };
        Ok(rows.into_iter().map(|row| collective(row.id, row.name)).collect())
    }

    /// Writes down the bodies under the numbers they have, and the collectives.
    pub(super) async fn add_bodies(&mut self, bodies: &Bodies) -> anyhow::Result<()> {
        for (position, body) in column::placed(&bodies.all) {
            self.add_body(position, body)
                .await
                .with_context(|| format!("record the body {body}"))?;
        }
        for collective in &bodies.collectives {
            self.add_collective(collective)
                .await
                .with_context(|| format!("record the name {}", collective.name))?;
        }
        Ok(())
    }

    /// Lets a name mean one body, or the collective of exactly these, from now on, and no other body
    /// beside: plans are read so, and questions.
    ///
    /// # Errors
    /// When several bodies are meant that have no name together.
    pub async fn add_name(&mut self, name: &str, bodies: &[BodyId]) -> anyhow::Result<()> {
        self.remove_name(name).await?;
        if let [only] = bodies {
            sqlx::query!("INSERT INTO body_names (body_id, name) VALUES (?, ?)", only.0, name)
                .execute(self.connection())
                .await
                .context("record a further name of a body")?;
            return Ok(());
        }
        let known = Bodies { collectives: self.collectives().await?, ..Bodies::default() };
        let collective = known.collective_of(bodies).context("they have no name together")?;
        sqlx::query!(
            "INSERT INTO collective_names (collective_id, name)
             SELECT id, ? FROM collectives WHERE name = ?",
            name,
            collective.name
        )
        .execute(self.connection())
        .await
        .context("record a further name of a collective")?;
        Ok(())
    }

    /// Takes a further name from whatever goes by it, however it is written there.
    async fn remove_name(&mut self, name: &str) -> anyhow::Result<()> {
        let of_bodies = self.bodies().await?.into_iter().flat_map(|body| body.names);
        let of_collectives = self.collectives().await?.into_iter().flat_map(|known| known.names);
        let written: Vec<String> = of_bodies.chain(of_collectives).collect();
        for written in written.iter().filter(|written| same(written, name)) {
            sqlx::query!("DELETE FROM body_names WHERE name = ?", written)
                .execute(self.connection())
                .await
                .context("take a name from a body")?;
            sqlx::query!("DELETE FROM collective_names WHERE name = ?", written)
                .execute(self.connection())
                .await
                .context("take a name from a collective")?;
        }
        Ok(())
    }

    pub(super) async fn add_body(&mut self, position: i64, body: &Body) -> anyhow::Result<()> {
        let kind = body.kind.word();
        let role = body.role.map(|role| column::from_chat(role.0)).transpose()?;
        let channel = body.channel.map(|channel| column::from_chat(channel.0)).transpose()?;
        sqlx::query!(
            "INSERT INTO bodies
             (id, position, name, code, kind, role_name, channel_name, role_id, channel_id)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            body.id.0,
            position,
            body.name,
            body.code,
            kind,
            body.role_name,
            body.channel_name,
            role,
            channel
        )
        .execute(self.connection())
        .await?;
        for name in &body.names {
            let id = body.id.0;
            sqlx::query!("INSERT INTO body_names (body_id, name) VALUES (?, ?)", id, name)
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }

    async fn add_collective(&mut self, collective: &Collective) -> anyhow::Result<()> {
        let id = sqlx::query!("INSERT INTO collectives (name) VALUES (?)", collective.name)
            .execute(self.connection())
            .await?
            .last_insert_rowid();
        for name in &collective.names {
            sqlx::query!(
                "INSERT INTO collective_names (collective_id, name) VALUES (?, ?)",
                id,
                name
            )
            .execute(self.connection())
            .await?;
        }
        for body in &collective.bodies {
            sqlx::query!(
                "INSERT INTO collective_bodies (collective_id, body_id) VALUES (?, ?)",
                id,
                body.0
            )
            .execute(self.connection())
            .await?;
        }
        Ok(())
    }
}

/// What a name stands for in the server now: what it stood for before, if that still goes by it;
/// else the first that does; else what it stood for before, if that has only been renamed.
fn linked<Id: Copy + PartialEq>(known: Option<Id>, name: &str, all: &[(Id, String)]) -> Option<Id> {
    let named = || all.iter().filter(|(_, other)| same(other, name)).map(|(id, _)| *id);
    let still = named().find(|id| known == Some(*id)).or_else(|| named().next());
    still.or_else(|| known.filter(|known| all.iter().any(|(id, _)| id == known)))
}
