//! People: the ledger knows them by number, and their names stand apart.

use anyhow::Context;

use super::Tx;
use super::column;
use crate::body::Person;
use crate::body::PersonId;
use crate::body::UserId;

impl Tx {
    /// The person that a user of the chat is, written down when they are met first. Their name
    /// follows the one they go by in the server.
    pub async fn person(&mut self, user: UserId, name: &str) -> anyhow::Result<Person> {
        let user = column::from_chat(user.0)?;
        let known = sqlx::query!(
            "SELECT people.id, names.name AS \"name?\" FROM people
             LEFT JOIN names ON names.person_id = people.id
             WHERE people.user_id = ?",
            user
        )
        .fetch_optional(self.connection())
        .await
        .context("look for a person")?;
        let (id, known_as) = match known {
            Some(row) => (row.id, row.name),
            None => (self.add_person(user).await?, None),
        };
        if known_as.as_deref() != Some(name) {
            sqlx::query!(
                "INSERT INTO names (person_id, name) VALUES (?, ?)
                 ON CONFLICT (person_id) DO UPDATE SET name = excluded.name",
                id,
                name
            )
            .execute(self.connection())
            .await
            .context("save the name of a person")?;
        }
        Ok(Person { id: PersonId(id), name: name.to_owned() })
    }

    async fn add_person(&mut self, user: i64) -> anyhow::Result<i64> {
        let added = sqlx::query!("INSERT INTO people (user_id) VALUES (?)", user)
            .execute(self.connection())
            .await
            .context("record a person")?;
        Ok(added.last_insert_rowid())
    }
}
