//! The record: one SQLite file for each partnership, and the only SQL.
//!
//! Rows never leave this room, nouns do. Somebody who asks begins a [`Tx`], which has one now, and
//! reads and writes through it; a `Tx` that is dropped before [`Tx::commit`] leaves nothing behind.
//! Within a partnership writers follow one another, and readers run beside them.

mod actions;
mod agenda;
mod askings;
mod attendances;
mod bodies;
mod chain;
mod chases;
mod check;
mod closures;
mod column;
mod date_drafts;
mod decisions;
mod digests;
mod drafts;
mod edits;
mod events;
mod extensions;
mod files;
mod handles;
mod holdings;
mod imports;
mod leads;
mod ledger;
mod meeting_changes;
mod meeting_drafts;
mod notes;
mod partnership;
mod people;
mod plans;
mod posts;
mod proceedings;
mod recurrences;
mod series;
mod shares;
mod targets;
mod themes;
mod ticks;
mod timings;
mod updates;

use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use anyhow::bail;
use anyhow::ensure;
use chrono::DateTime;
use chrono::SubsecRound;
use chrono::Utc;
use sqlx::SqliteConnection;
use sqlx::SqlitePool;
use sqlx::migrate::MigrateError;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::sqlite::SqliteJournalMode;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::sqlite::SqliteSynchronous;

pub use chases::NewChase;
pub use check::Checked;
pub use check::back_up;
pub use check::check;
pub use digests::Issued;
pub use holdings::HoldingId;
pub use imports::NewImport;
pub use updates::Added;
pub use updates::Logged;

use crate::body::ServerId;
use crate::partnership::Founding;
use crate::partnership::Partnership;

/// How long a statement waits for another process to finish writing, and how long an asking waits
/// for its turn. Discord allows three seconds for a first answer, so a longer wait serves nobody who
/// asks, but spares the digest.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many may read at the same time.
const READERS_MAX: u32 = 4;

/// How long a reader is kept that nobody needs.
const READER_IDLE_MAX: Duration = Duration::from_secs(30);

/// The first SQLite whose write-ahead log is not damaged by a reset that races with a checkpoint.
const SQLITE_MIN: (u32, u32, u32) = (3, 51, 3);

static MIGRATIONS: Migrator = sqlx::migrate!();

/// The record of one partnership. Clones share one file.
#[derive(Clone, Debug)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Store {
    /// Opens the record in a file, or begins one there, and brings its schema up to date.
    ///
    /// The folder must exist. Another process may have the file open, too, such as one that backs
    /// it up; writers wait for one another.
    ///
    /// # Errors
    /// When the file cannot be opened, is not a record, or was kept by a newer Convener.
    pub async fn open(path: &Path) -> anyhow::Result<Self> {
        let options =
            SqliteConnectOptions::new().filename(path).foreign_keys(true).busy_timeout(PATIENCE);
        let pool = SqlitePoolOptions::new().acquire_timeout(PATIENCE).test_before_acquire(false);
        let writing = options
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        // The one connection stays open for good: the last to close a file folds its log away.
        let writer = pool
            .clone()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_lazy_with(writing);
        // One that is not needed for a while is let go: each holds a thread and several open files,
        // and of a thousand partnerships few are asked at the same time.
        let readers = pool
            .max_connections(READERS_MAX)
            .idle_timeout(READER_IDLE_MAX)
            .connect_lazy_with(options.read_only(true));
        let store = Self { writer, readers };
        if let Err(error) = store.prepare().await {
            store.close().await;
            return Err(error.context(format!("open the record {}", path.display())));
        }
        Ok(store)
    }

    async fn prepare(&self) -> anyhow::Result<()> {
        let mut connection = self.writer.acquire().await.map_err(|fault| {
            handles::explained(
                fault,
                "this is no record of Convener, or it is damaged. Restore a copy of it, or move \
                 it away to begin anew",
            )
        })?;
        check_sqlite(&mut connection).await?;
        // Steps that make a table anew under its old name need the rows that refer to it left alone.
        enforce_foreign_keys(&mut connection, false).await?;
        let steps = MIGRATIONS.run_direct(None, &mut *connection, false).await;
        enforce_foreign_keys(&mut connection, true).await?;
        match steps {
            Ok(()) => {
                drop(connection);
                self.hash_what_was_recorded().await
            }
            Err(MigrateError::VersionMissing(version)) => bail!(
                "a newer Convener has kept this record (its schema is at step {version}, this one \
                 knows up to {}). Start the newer one, or restore a copy from before it.",
                MIGRATIONS.iter().map(|step| step.version).max().unwrap_or_default()
            ),
            Err(error) => Err(error).context("bring its schema up to date"),
        }
    }

    /// Gives the entries from before there was a chain their hashes, once.
    async fn hash_what_was_recorded(&self) -> anyhow::Result<()> {
        // Asked without taking a turn: nearly always there is nothing to do.
        if self.read(DateTime::UNIX_EPOCH).await?.is_hashed().await? {
            return Ok(());
        }
        self.begin(DateTime::UNIX_EPOCH).await?.commit().await.context("hash the ledger")
    }

    /// Begins to read and write, at a moment. Waits for its turn, up to 5 seconds.
    ///
    /// Never wait for the chat while holding one: everybody else who writes waits too.
    pub async fn begin(&self, now: DateTime<Utc>) -> anyhow::Result<Tx> {
        let inner = self.writer.begin_with("BEGIN IMMEDIATE").await;
        let inner = inner.map_err(|why| handles::explained(why, "begin to write to the record"))?;
        Tx::new(inner, now).onward().await
    }

    /// Begins to read only, at a moment: the record as it is at the first question, whatever is
    /// written beside.
    pub async fn read(&self, now: DateTime<Utc>) -> anyhow::Result<Tx> {
        let inner = self.readers.begin().await;
        let inner = inner.map_err(|why| handles::explained(why, "begin to read the record"))?;
        Tx::new(inner, now).onward().await
    }

    /// Whether the record holds a partnership yet.
    pub async fn is_founded(&self) -> anyhow::Result<bool> {
        let id = sqlx::query_scalar!("SELECT id FROM partnership")
            .fetch_optional(&self.readers)
            .await
            .map_err(|why| handles::explained(why, "look for a partnership"))?;
        Ok(id.is_some())
    }

    /// Begins the record of a server with what its partnership begins with, at a moment: nothing
    /// falls due from before.
    ///
    /// # Errors
    /// As [`Tx::found`].
    pub async fn found(
        &self,
        founding: &Founding,
        server: ServerId,
        now: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let partnership = Partnership { server, ..founding.partnership.clone() };
        let mut tx = self.begin(now).await?;
        tx.found(&partnership, &founding.plan, &founding.areas, &founding.printed).await?;
        tx.save_ticked_to(now).await?;
        tx.commit().await.context("begin the record")
    }

    /// Closes the file, once those who use it have finished, and folds its log into it.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Several readings and writings that happen together, or not at all, at one moment.
#[derive(Debug)]
pub struct Tx {
    inner: sqlx::Transaction<'static, sqlx::Sqlite>,
    now: DateTime<Utc>,
}

impl Tx {
    fn new(inner: sqlx::Transaction<'static, sqlx::Sqlite>, now: DateTime<Utc>) -> Self {
        // The record keeps milliseconds: what is written reads back the same.
        Self { inner, now: now.trunc_subsecs(3) }
    }

    /// The one moment of everything in it, in whole milliseconds.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Makes what was written durable, each entry of the ledger with its hash.
    pub async fn commit(mut self) -> anyhow::Result<()> {
        self.hash_entries().await?;
        self.inner.commit().await.context("commit to the record")
    }

    fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.inner
    }
}

/// Not within a transaction: SQLite would pass over it there.
async fn enforce_foreign_keys(
    connection: &mut SqliteConnection,
    enforce: bool,
) -> anyhow::Result<()> {
    let pragma = if enforce { "PRAGMA foreign_keys = ON" } else { "PRAGMA foreign_keys = OFF" };
    let set = sqlx::raw_sql(pragma).execute(connection).await;
    set.context("set whether foreign keys are enforced")?;
    Ok(())
}

/// The version is the bundled one, unless a packager has put the system's in its place.
async fn check_sqlite(connection: &mut SqliteConnection) -> anyhow::Result<()> {
    let version = sqlx::query_scalar!(r#"SELECT sqlite_version() AS "version!: String""#)
        .fetch_one(connection)
        .await
        .context("ask SQLite for its version")?;
    let (major, minor, patch) = SQLITE_MIN;
    ensure!(
        is_new_enough(&version),
        "SQLite {version} can damage a record; {major}.{minor}.{patch} or newer is needed"
    );
    Ok(())
}

fn is_new_enough(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) >= SQLITE_MIN
}

#[cfg(test)]
mod tests;
