//! The outbox: what is owed to the chat, and how far each post has come.

use anyhow::Context;
use anyhow::bail;
use anyhow::ensure;
use chrono::DateTime;
use chrono::Utc;

use super::Tx;
use super::column;
use crate::body::ChannelId;
use crate::body::RoleId;
use crate::body::UserId;
use crate::post::Called;
use crate::post::Ending;
use crate::post::NewPost;
use crate::post::Post;
use crate::post::PostId;
use crate::post::Receipt;
use crate::post::State;
use crate::post::Whither;
use crate::view::Card;

/// So many posts before and after one are taken for written down at about the same time: a look into
/// a channel goes through no more messages.
const NEAR: i64 = 1_000;

impl Tx {
    /// Owes a channel a post from an instant on, with the files of its card. False, and nothing is
    /// written, when one of that key was owed before, whatever became of it.
    pub async fn add_post(
        &mut self,
        key: &str,
        channel: ChannelId,
        card: &Card,
        due_at: DateTime<Utc>,
    ) -> anyhow::Result<bool> {
        let to = Whither::Channel(channel);
        let post =
            NewPost { key, to, calls: None, follows: None, card, due_at, useful_until: None };
        self.owe(&post).await.map(|owed| owed.is_some())
    }

    /// Owes the chat a post, with the files of its card, and gives its number. None, and nothing is
    /// written, when one of that key was owed before, whatever became of it.
    pub async fn owe(&mut self, post: &NewPost<'_>) -> anyhow::Result<Option<PostId>> {
        let (channel, user) = match post.to {
            Whither::Channel(channel) => (Some(column::from_chat(channel.0)?), None),
            Whither::Person(user) => (None, Some(column::from_chat(user.0)?)),
        };
        let (calls_user, calls_role) = match post.calls {
            Some(Called::Person(user)) => (Some(column::from_chat(user.0)?), None),
            Some(Called::Role(role)) => (None, Some(column::from_chat(role.0)?)),
            None => (None, None),
        };
        let written = column::json(post.card)?;
        let due_at = column::millis(post.due_at);
        let useful_until = post.useful_until.map(column::millis);
        let now = column::millis(self.now);
        let added = sqlx::query!(
            "INSERT INTO posts
                 (key, channel_id, user_id, calls_user_id, calls_role_id, follows, card, due_at,
                  useful_until, recorded_at, state)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting') ON CONFLICT (key) DO NOTHING",
            post.key,
            channel,
            user,
            calls_user,
            calls_role,
            post.follows,
            written,
            due_at,
            useful_until,
            now
        )
        .execute(self.connection())
        .await
        .with_context(|| format!("record the post {}", post.key))?;
        if added.rows_affected() == 0 {
            return Ok(None);
        }
        let id = PostId(added.last_insert_rowid());
        self.add_files_of_post(id, &post.card.files).await?;
        Ok(Some(id))
    }

    /// The posts that are due and still owed, oldest due first, at most so many. Their files are left
    /// to [`Tx::files_of_post`], since many may be large.
    ///
    /// One that was tried before is [`State::Sending`] since the first try, even if that failed: a
    /// failure does not tell whether the chat has it.
    pub async fn posts_owed(&mut self, limit: u32) -> anyhow::Result<Vec<Post>> {
        let now = column::millis(self.now);
        let rows = sqlx::query_as!(
            Row,
            r#"SELECT posts.id, posts.key, posts.channel_id, posts.user_id, posts.calls_user_id,
                 posts.calls_role_id, before.receipt AS follows, posts.useful_until, posts.card,
                 posts.sending_since,
                 EXISTS (SELECT 1 FROM post_files WHERE post_files.post_id = posts.id)
                     AS "has_files: bool"
             FROM posts LEFT JOIN posts AS before ON before.key = posts.follows
             WHERE posts.settled_at IS NULL AND posts.due_at <= ?
             ORDER BY posts.due_at, posts.id LIMIT ?"#,
            now,
            limit
        )
        .fetch_all(self.connection())
        .await
        .context("load the posts that are owed")?;
        let posts = rows.into_iter().map(|row| {
            let key = row.key.clone();
            row.post().with_context(|| format!("load {key}"))
        });
        posts.collect()
    }

    /// When the next post falls due of those that are owed and not due yet.
    pub async fn next_post_due(&mut self) -> anyhow::Result<Option<DateTime<Utc>>> {
        let now = column::millis(self.now);
        let due_at = sqlx::query_scalar!(
            "SELECT due_at FROM posts WHERE settled_at IS NULL AND due_at > ?
             ORDER BY due_at LIMIT 1",
            now
        )
        .fetch_optional(self.connection())
        .await
        .context("look for the next post that falls due")?;
        due_at.map(column::instant).transpose()
    }

    /// The posts that are owed and not due yet, soonest first: when each is said and to whom; a person by
    /// the name they go by, if they are known by one.
    pub async fn posts_to_come(
        &mut self,
    ) -> anyhow::Result<Vec<(DateTime<Utc>, Whither, Option<String>)>> {
        let now = column::millis(self.now);
        let rows = sqlx::query!(
            r#"SELECT posts.due_at, posts.channel_id, posts.user_id, names.name AS "name?"
             FROM posts
             LEFT JOIN people ON people.user_id = posts.user_id
             LEFT JOIN names ON names.person_id = people.id
             WHERE posts.settled_at IS NULL AND posts.due_at > ?
             ORDER BY posts.due_at, posts.id"#,
            now
        )
        .fetch_all(self.connection())
        .await
        .context("load what is to be said later")?;
        rows.into_iter()
            .map(|row| {
                let to = whither(row.channel_id, row.user_id)?;
                Ok((column::instant(row.due_at)?, to, row.name))
            })
            .collect()
    }

    /// The key of the post that tells a channel what came of a meeting, of those that begin with the key
    /// of its record and a stroke; none where none does.
    pub async fn post_of_record(
        &mut self,
        record: &str,
        channel: ChannelId,
    ) -> anyhow::Result<Option<String>> {
        // What follows a stroke in order is nought.
        let (first, end) = (format!("{record}/"), format!("{record}0"));
        let channel = column::from_chat(channel.0)?;
        sqlx::query_scalar!(
            "SELECT key FROM posts WHERE key >= ? AND key < ? AND channel_id = ? ORDER BY key LIMIT 1",
            first,
            end,
            channel
        )
        .fetch_optional(self.connection())
        .await
        .context("look for what a channel is told of a meeting")
    }

    /// Whether a post is still owed: not sent, not given up, and not withdrawn.
    pub async fn is_owed(&mut self, post: PostId) -> anyhow::Result<bool> {
        let owed = sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT 1 FROM posts WHERE id = ? AND settled_at IS NULL) AS "owed: bool""#,
            post.0
        )
        .fetch_one(self.connection())
        .await
        .context("see whether a post is still owed")?;
        Ok(owed)
    }

    /// Lets a post that is owed wait until an instant.
    pub async fn save_due(&mut self, post: PostId, due_at: DateTime<Utc>) -> anyhow::Result<()> {
        let due_at = column::millis(due_at);
        let saved = sqlx::query!(
            "UPDATE posts SET due_at = ? WHERE id = ? AND settled_at IS NULL",
            due_at,
            post.0
        )
        .execute(self.connection())
        .await
        .context("save that a post has to wait")?;
        one_changed(saved.rows_affected(), post)
    }

    /// Says that sending begins; of several times, the first is kept.
    pub async fn save_sending(&mut self, post: PostId) -> anyhow::Result<()> {
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE posts SET state = 'sending', sending_since = coalesce(sending_since, ?)
             WHERE id = ? AND settled_at IS NULL",
            now,
            post.0
        )
        .execute(self.connection())
        .await
        .context("save that a post is being sent")?;
        one_changed(saved.rows_affected(), post)
    }

    /// Says that the chat has it.
    pub async fn save_sent(&mut self, post: PostId, receipt: Receipt) -> anyhow::Result<()> {
        let receipt = column::from_chat(receipt.0)?;
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE posts SET state = 'sent', receipt = ?, settled_at = ?
             WHERE id = ? AND settled_at IS NULL",
            receipt,
            now,
            post.0
        )
        .execute(self.connection())
        .await
        .context("save that a post was sent")?;
        one_changed(saved.rows_affected(), post)
    }

    /// Says that sending failed and is worth another try.
    pub async fn save_waiting_again(&mut self, post: PostId, why: &str) -> anyhow::Result<()> {
        let saved = sqlx::query!(
            "UPDATE posts SET state = 'waiting', attempts = attempts + 1, why = ?
             WHERE id = ? AND settled_at IS NULL",
            why,
            post.0
        )
        .execute(self.connection())
        .await
        .context("save that a post waits again")?;
        one_changed(saved.rows_affected(), post)
    }

    /// Says that a post ends unsaid, and why.
    pub async fn save_unsaid(
        &mut self,
        post: PostId,
        ending: Ending,
        why: &str,
    ) -> anyhow::Result<()> {
        let state = match ending {
            Ending::Refused => "refused",
            Ending::Missed => "missed",
            Ending::GivenUp => "given up",
        };
        let now = column::millis(self.now);
        let saved = sqlx::query!(
            "UPDATE posts SET state = ?, attempts = attempts + 1, why = ?, settled_at = ?
             WHERE id = ? AND settled_at IS NULL",
            state,
            why,
            now,
            post.0
        )
        .execute(self.connection())
        .await
        .context("save that a post ends unsaid")?;
        one_changed(saved.rows_affected(), post)
    }

    /// The messages that other posts became which were written down at about the same time as one.
    pub async fn receipts_near(&mut self, post: &Post) -> anyhow::Result<Vec<Receipt>> {
        let (first, last) = (post.id.0 - NEAR, post.id.0 + NEAR);
        let receipts = sqlx::query_scalar!(
            r#"SELECT receipt AS "receipt!" FROM posts
             WHERE id BETWEEN ? AND ? AND id <> ? AND receipt IS NOT NULL"#,
            first,
            last,
            post.id.0
        )
        .fetch_all(self.connection())
        .await
        .context("load what other posts became")?;
        receipts.into_iter().map(|receipt| Ok(Receipt(column::to_chat(receipt)?))).collect()
    }

    /// The number of the message that a post became; none while it is owed, and for one given up.
    pub async fn receipt(&mut self, key: &str) -> anyhow::Result<Option<Receipt>> {
        let receipt = sqlx::query_scalar!("SELECT receipt FROM posts WHERE key = ?", key)
            .fetch_optional(self.connection())
            .await
            .context("look for a receipt")?;
        Ok(receipt.flatten().map(column::to_chat).transpose()?.map(Receipt))
    }
}

/// A row of the outbox; never leaves this file.
struct Row {
    id: i64,
    key: String,
    channel_id: Option<i64>,
    user_id: Option<i64>,
    calls_user_id: Option<i64>,
    calls_role_id: Option<i64>,
    follows: Option<i64>,
    useful_until: Option<i64>,
    card: String,
    sending_since: Option<i64>,
    has_files: bool,
}

fn whither(channel: Option<i64>, user: Option<i64>) -> anyhow::Result<Whither> {
    match (channel, user) {
        (Some(channel), None) => Ok(Whither::Channel(ChannelId(column::to_chat(channel)?))),
        (None, Some(user)) => Ok(Whither::Person(UserId(column::to_chat(user)?))),
        _ => bail!("a post goes to one channel or to one person"),
    }
}

impl Row {
    /// The post, without its files.
    fn post(self) -> anyhow::Result<Post> {
        let to = whither(self.channel_id, self.user_id)?;
        let calls = match (self.calls_user_id, self.calls_role_id) {
            (Some(user), _) => Some(Called::Person(UserId(column::to_chat(user)?))),
            (None, Some(role)) => Some(Called::Role(RoleId(column::to_chat(role)?))),
            (None, None) => None,
        };
        Ok(Post {
            id: PostId(self.id),
            key: self.key,
            to,
            calls,
            follows: self.follows.map(column::to_chat).transpose()?.map(Receipt),
            useful_until: self.useful_until.map(column::instant).transpose()?,
            card: column::card(&self.card)?,
            has_files: self.has_files,
            state: match self.sending_since {
                Some(since) => State::Sending { since: column::instant(since)? },
                None => State::Waiting,
            },
        })
    }
}

/// What is sent or given up is settled: nothing may make it owed again.
fn one_changed(rows: u64, post: PostId) -> anyhow::Result<()> {
    ensure!(rows == 1, "the post {} is not owed", post.0);
    Ok(())
}
