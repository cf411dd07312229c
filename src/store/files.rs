//! The files that go with posts and with issued digests: part of the ledger.

use std::collections::BTreeMap;

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

    /// The files of the posts that [`Tx::posts_owed`] gives for the same limit, in order.
    pub(super) async fn files_of_posts_owed(
        &mut self,
        limit: u32,
    ) -> anyhow::Result<BTreeMap<PostId, Vec<Attachment>>> {
        let now = column::millis(self.now);
        let rows = sqlx::query!(
            "SELECT post_files.post_id, files.name, files.says, files.bytes
             FROM post_files JOIN files ON files.id = post_files.file_id
             WHERE post_files.post_id IN (
                 SELECT id FROM posts
                 WHERE settled_at IS NULL AND due_at <= ? ORDER BY due_at, id LIMIT ?
             )
             ORDER BY post_files.post_id, post_files.position",
            now,
            limit
        )
        .fetch_all(self.connection())
        .await
        .context("load the files of the posts that are owed")?;
        let mut files: BTreeMap<_, Vec<Attachment>> = BTreeMap::new();
        for row in rows {
            let file = Attachment { name: row.name, bytes: row.bytes, says: row.says };
            files.entry(PostId(row.post_id)).or_default().push(file);
        }
        Ok(files)
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
