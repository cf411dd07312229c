//! The files that go with posts and with issued digests: part of the ledger.

use anyhow::Context;

use super::Tx;
use super::column;
use crate::post::PostId;
use crate::view::Attachment;

impl Tx {
    /// Keeps the files of a post, in order.
    pub(super) async fn add_files_of_post(
        &mut self,
        post: PostId,
        files: &[Attachment],
    ) -> anyhow::Result<()> {
        for (position, file) in column::placed(files) {
            let file_id = self.file(file).await?;
            sqlx::query!(
                "INSERT INTO post_files (post_id, position, file_id) VALUES (?, ?, ?)",
                post.0,
                position,
                file_id
            )
            .execute(self.connection())
            .await
            .with_context(|| format!("record that the file {} goes with a post", file.name))?;
        }
        Ok(())
    }

    /// Keeps the files of a digest, in order.
    pub(super) async fn add_files_of_digest(
        &mut self,
        digest_id: i64,
        files: &[Attachment],
    ) -> anyhow::Result<()> {
        for (position, file) in column::placed(files) {
            let file_id = self.file(file).await?;
            sqlx::query!(
                "INSERT INTO digest_files (digest_id, position, file_id) VALUES (?, ?, ?)",
                digest_id,
                position,
                file_id
            )
            .execute(self.connection())
            .await
            .with_context(|| format!("record that the file {} goes with a digest", file.name))?;
        }
        Ok(())
    }

    /// The files of a post, in order.
    pub async fn files_of_post(&mut self, post: PostId) -> anyhow::Result<Vec<Attachment>> {
        sqlx::query_as!(
            Attachment,
            "SELECT files.name, files.bytes, files.says
             FROM post_files JOIN files ON files.id = post_files.file_id
             WHERE post_files.post_id = ? ORDER BY post_files.position",
            post.0
        )
        .fetch_all(self.connection())
        .await
        .context("load the files of a post")
    }

    /// The files of a digest, in order.
    pub(super) async fn files_of_digest(
        &mut self,
        digest_id: i64,
    ) -> anyhow::Result<Vec<Attachment>> {
        sqlx::query_as!(
            Attachment,
            "SELECT files.name, files.bytes, files.says
             FROM digest_files JOIN files ON files.id = digest_files.file_id
             WHERE digest_files.digest_id = ? ORDER BY digest_files.position",
            digest_id
        )
        .fetch_all(self.connection())
        .await
        .context("load the files of a digest")
    }

    /// The number of a file. One that is here already is not kept twice: a digest and its post have
    /// the same.
    async fn file(&mut self, file: &Attachment) -> anyhow::Result<i64> {
        let known = sqlx::query_scalar!(
            "SELECT id FROM files
             WHERE name = ? AND says = ? AND length(bytes) = length(?) AND bytes = ?
             ORDER BY id LIMIT 1",
            file.name,
            file.says,
            file.bytes,
            file.bytes
        )
        .fetch_optional(self.connection())
        .await
        .with_context(|| format!("look for the file {}", file.name))?;
        if let Some(id) = known {
            return Ok(id);
        }
        let now = column::millis(self.now);
        let added = sqlx::query!(
            "INSERT INTO files (name, says, bytes, recorded_at) VALUES (?, ?, ?, ?)",
            file.name,
            file.says,
            file.bytes,
            now
        )
        .execute(self.connection())
        .await
        .with_context(|| format!("record the file {}", file.name))?;
        Ok(added.last_insert_rowid())
    }
}
