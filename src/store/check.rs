//! Whether a record is sound, and a copy of it, while others use it. Nothing here writes to the record.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use anyhow::bail;
use chrono::DateTime;
use chrono::Utc;
use sqlx::ConnectOptions;
use sqlx::Connection;
use sqlx::Row;
use sqlx::SqliteConnection;
use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::sqlite::SqlitePoolOptions;

use super::MIGRATIONS;
use super::PATIENCE;
use super::Tx;
use super::enforce_foreign_keys;
use crate::ledger::Kind;
use crate::ledger::chain::Break;
use crate::ledger::chain::Hash;
use crate::ledger::chain::breaks;
use crate::ledger::fault::Fault;
use crate::ledger::fault::Named;

/// The step of the schema that brought the chain.
const CHAIN_STEP: i64 = 8;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The step of its schema.
    pub step: i64,
    /// The newest step that this Convener knows.
    pub newest: i64,
    /// How many entries of the ledger the chain has; none before there was a chain.
    pub entries: Option<usize>,
    /// The last hash of the chain.
    pub head: Option<Hash>,
    /// What is wrong, if anything.
    pub faults: Vec<Fault>,
}

/// Checks a record, and whether its chain holds a head that was printed before, if one is given. Others
/// may use the record meanwhile; it is read as at one moment, and nothing is written to it.
///
/// # Errors
/// When the file cannot be opened, is no record, or was kept by a newer Convener. What is wrong with a
/// record is not an error but part of what was found.
pub async fn check(path: &Path, head: Option<Hash>) -> anyhow::Result<Checked> {
    let pool = reading(path);
    let checked = check_with(&pool, head).await;
    pool.close().await;
    checked.with_context(|| format!("check the record {}", path.display()))
}

/// Copies a record into a file that holds nothing yet, as at one moment, while others use it. The copy
/// needs no other file beside it, and is on the disk when this returns.
///
/// # Errors
/// When the record cannot be read or the copy not be written.
pub async fn back_up(path: &Path, to: &Path) -> anyhow::Result<()> {
    let pool = reading(path);
    let copied = copy(&pool, to).await;
    pool.close().await;
    copied.with_context(|| format!("copy the record {} to {}", path.display(), to.display()))
}

/// Whoever may only read a file leaves the log there that SQLite begins beside it, so only a record that
/// has one, as while it is in use, is opened like that. We write in neither case.
fn reading(path: &Path) -> SqlitePool {
    let beside = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        Path::new(&name).exists()
    };
    let in_use = beside("-wal") || beside("-journal");
    let options =
        SqliteConnectOptions::new().filename(path).read_only(in_use).busy_timeout(PATIENCE);
    SqlitePoolOptions::new().max_connections(1).connect_lazy_with(options)
}

async fn copy(pool: &SqlitePool, to: &Path) -> anyhow::Result<()> {
    let name = to.to_str().context("the name of the file is not plain text")?;
    vacuum_into(pool, name).await?;
    // SQLite leaves it to the system when the copy reaches the disk.
    let file = std::fs::File::options().write(true).open(to).context("open the copy")?;
    file.sync_all().context("bring the copy to the disk")
}

#[expect(
    clippy::disallowed_methods,
    reason = "SQLite cannot say beforehand what this statement does, so nothing can check it"
)]
async fn vacuum_into(pool: &SqlitePool, name: &str) -> anyhow::Result<()> {
    sqlx::query("VACUUM INTO ?").bind(name).execute(pool).await.context("copy its pages")?;
    Ok(())
}

async fn check_with(pool: &SqlitePool, head: Option<Hash>) -> anyhow::Result<Checked> {
    let mut tx = Tx::new(pool.begin().await.context("open it")?, DateTime::UNIX_EPOCH);
    let step = tx.step().await?;
    let newest = MIGRATIONS.iter().map(|step| step.version).max().unwrap_or_default();
    if step > newest {
        bail!(
            "a newer Convener has kept this record (its schema is at step {step}, this one knows up to \
             {newest}). Check it with the newer one"
        );
    }
    let mut checked = Checked { step, newest, entries: None, head: None, faults: Vec::new() };
    checked.faults.extend(tx.damages().await?);
    if let Err(error) = check_ledger(&mut tx, &mut checked, head).await {
        checked.faults.push(Fault::Unreadable(format!("{error:#}")));
    }
    if step >= CHAIN_STEP && step < newest {
        drop(tx);
        check_brought_up(pool, &mut checked, head).await?;
    }
    Ok(checked)
}

/// Checks what stands in the tables; the chain only where the schema is the newest.
async fn check_ledger(
    tx: &mut Tx,
    checked: &mut Checked,
    head: Option<Hash>,
) -> anyhow::Result<()> {
    checked.faults.extend(tx.strays().await?);
    checked.faults.extend(tx.differences(checked.step).await?);
    if checked.step == checked.newest {
        check_chain(tx, checked, head, i64::MAX).await?;
    }
    Ok(())
}

/// Checks the chain of a record of an earlier step in a copy that is brought up to date, so that its
/// hashes can be followed and the record stays as it is.
async fn check_brought_up(
    pool: &SqlitePool,
    checked: &mut Checked,
    head: Option<Hash>,
) -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("make a temporary folder")?;
    let path = folder.path().join("copy.db");
    copy(pool, &path).await?;
    let options = SqliteConnectOptions::new().filename(&path).foreign_keys(false);
    let mut connection = options.connect().await.context("open a copy")?;
    let last = sqlx::query_scalar!(r#"SELECT coalesce(max(id), 0) AS "last!: i64" FROM chain"#)
        .fetch_one(&mut connection)
        .await
        .context("look for the end of the chain")?;
    MIGRATIONS.run_direct(None, &mut connection, false).await.context("bring a copy up to date")?;
    connection.close().await.context("close a copy")?;
    let copy = reading(&path);
    let mut tx = Tx::new(copy.begin().await.context("open a copy")?, DateTime::UNIX_EPOCH);
    if let Err(error) = check_chain(&mut tx, checked, head, last).await {
        checked.faults.push(Fault::Unreadable(format!("{error:#}")));
    }
    drop(tx);
    copy.close().await;
    Ok(())
}

/// Checks the chain up to a place.
async fn check_chain(
    tx: &mut Tx,
    checked: &mut Checked,
    head: Option<Hash>,
    until: i64,
) -> anyhow::Result<()> {
    let mut links = tx.links().await?;
    let mut contents = tx.all_contents().await?;
    for later in links.iter().filter(|link| link.place > until) {
        contents.remove(&(later.kind, later.number));
    }
    links.retain(|link| link.place <= until);
    let ever = tx.numbers_given().await?;
    let last = ever.get("chain").copied().unwrap_or_default().min(until);
    let found = breaks(&links, &contents, last);
    checked.entries = Some(links.len());
    checked.head = Some(links.last().map_or(Some(Hash::NONE), |link| link.hash)).flatten();
    let names = if found.is_empty() { BTreeMap::new() } else { tx.names_of_entries().await? };
    checked.faults.extend(found.into_iter().map(|found| fault(found, &names, last)));
    checked.faults.extend(tx.ends(&ever).await?);
    if let Some(head) = head.filter(|head| *head != Hash::NONE) {
        let place = tx.place_of(head).await?;
        checked.faults.extend(place.is_none().then_some(Fault::NoSuchHead(head)));
    }
    Ok(())
}

fn fault(found: Break, names: &BTreeMap<(Kind, i64), Named>, last: i64) -> Fault {
    let entry = |kind, number| {
        let bare = || Named { kind, number, reference: None, on: None, by: None };
        names.get(&(kind, number)).cloned().unwrap_or_else(bare)
    };
    match found {
        Break::Changed(kind, number) => Fault::Changed(entry(kind, number)),
        Break::Gone(kind, number) => Fault::Gone(entry(kind, number)),
        Break::Unlinked(kind, number) => Fault::Unlinked(entry(kind, number)),
        Break::Unhashed(kind, number) => Fault::Unhashed(entry(kind, number)),
        Break::Missing(first, until) => {
            Fault::Missing { first, last: until, at_end: until == last }
        }
    }
}

/// The table that holds the entries of a kind.
fn table_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Import => "imports",
        Kind::Action => "actions",
        Kind::Recurrence => "recurrences",
        Kind::Wording => "wordings",
        Kind::Leadership => "leaderships",
        Kind::Tagging => "taggings",
        Kind::Target => "targets",
        Kind::Update => "updates",
        Kind::Note => "notes",
        Kind::Extension => "extensions",
        Kind::Decision => "decisions",
        Kind::Item => "agenda_items",
        Kind::Holding => "holdings",
        Kind::Digest => "digests",
        Kind::Timing => "timings",
        Kind::Pause => "pauses",
        Kind::Attendance => "attendances",
        Kind::Proceeding => "meeting_records",
        Kind::Meeting => "meeting_changes",
        Kind::Closure => "closings",
    }
}

/// One part of a schema; never leaves this file.
struct Part {
    kind: String,
    name: String,
    sql: Option<String>,
}

async fn schema(connection: &mut SqliteConnection) -> anyhow::Result<BTreeMap<String, Part>> {
    let parts = sqlx::query_as!(
        Part,
        r#"SELECT type AS "kind!: String", name AS "name!: String", sql AS "sql: String"
         FROM sqlite_schema WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> '_sqlx_migrations'
         ORDER BY name"#
    )
    .fetch_all(connection)
    .await
    .context("load the schema")?;
    Ok(parts.into_iter().map(|part| (part.name.clone(), part)).collect())
}

/// The schema as the steps up to one make it.
async fn schema_at(step: i64) -> anyhow::Result<BTreeMap<String, Part>> {
    let options = SqliteConnectOptions::new().in_memory(true).foreign_keys(false);
    let mut connection = options.connect().await.context("make a record to compare with")?;
    enforce_foreign_keys(&mut connection, false).await?;
    MIGRATIONS
        .run_direct(Some(step), &mut connection, false)
        .await
        .context("make a record to compare with")?;
    schema(&mut connection).await
}

impl Tx {
    /// The last step that was made of its schema.
    async fn step(&mut self) -> anyhow::Result<i64> {
        sqlx::query_scalar!(
            r#"SELECT coalesce(max(version), 0) AS "step!: i64" FROM _sqlx_migrations"#
        )
        .fetch_one(self.connection())
        .await
        .context(
            "this is no record of Convener, or it is damaged. If it is one, restore a copy of it",
        )
    }

    /// What SQLite itself finds wrong with the file.
    async fn damages(&mut self) -> anyhow::Result<Vec<Fault>> {
        let rows = sqlx::raw_sql("PRAGMA integrity_check")
            .fetch_all(self.connection())
            .await
            .context("the file is damaged: restore a copy of it. Looking through it failed")?;
        let mut faults = Vec::new();
        for row in rows {
            let words: String = row.try_get(0).context("read what SQLite found")?;
            faults.extend((words != "ok").then_some(Fault::Damaged(words)));
        }
        Ok(faults)
    }

    /// Rows that refer to what is not there.
    async fn strays(&mut self) -> anyhow::Result<Vec<Fault>> {
        let rows = sqlx::raw_sql("PRAGMA foreign_key_check")
            .fetch_all(self.connection())
            .await
            .context("look for rows that refer to what is not there")?;
        let mut faults = Vec::new();
        for row in rows {
            let number: Option<i64> = row.try_get(1).context("read which row it is")?;
            faults.push(Fault::Stray {
                table: row.try_get(0).context("read whose row it is")?,
                row: number.unwrap_or_default(),
                parent: row.try_get(2).context("read what it refers to")?,
            });
        }
        Ok(faults)
    }

    /// Where its schema differs from the one that a step makes.
    async fn differences(&mut self, step: i64) -> anyhow::Result<Vec<Fault>> {
        let here = schema(self.connection()).await?;
        let mut faults = Vec::new();
        let ours = schema_at(step).await?;
        for part in ours.values().filter(|part| !here.contains_key(&part.name)) {
            faults.push(Fault::Lacking { kind: part.kind.clone(), name: part.name.clone() });
        }
        for part in here.into_values() {
            let same = ours.get(&part.name).is_some_and(|own| own.sql == part.sql);
            faults.extend((!same).then_some(Fault::Foreign { kind: part.kind, name: part.name }));
        }
        Ok(faults)
    }

    /// The last number that was ever given in each table.
    async fn numbers_given(&mut self) -> anyhow::Result<BTreeMap<String, i64>> {
        // The columns have no types of their own, which those who check the statement do not expect.
        let rows = sqlx::query!(
            r#"SELECT name || '' AS "name!: String", seq + 0 AS "last!: i64" FROM sqlite_sequence"#
        )
        .fetch_all(self.connection())
        .await
        .context("load which numbers were given")?;
        Ok(rows.into_iter().map(|row| (row.name, row.last)).collect())
    }

    /// Tables of the ledger whose last entries are gone.
    async fn ends(&mut self, ever: &BTreeMap<String, i64>) -> anyhow::Result<Vec<Fault>> {
        let mut faults = Vec::new();
        for kind in Kind::ALL {
            let last = self.last_number(kind).await?;
            let ever = ever.get(table_of(kind)).copied().unwrap_or_default();
            faults.extend((last < ever).then_some(Fault::Ended { kind, last, ever }));
        }
        Ok(faults)
    }

    /// The entries of all plans by name.
    async fn names_of_entries(&mut self) -> anyhow::Result<BTreeMap<(Kind, i64), Named>> {
        let Some(partnership) = self.partnership().await? else { return Ok(BTreeMap::new()) };
        let mut names = BTreeMap::new();
        for plan in self.plans().await? {
            for entry in self.ledger(&plan.code, DateTime::<Utc>::MAX_UTC).await? {
                let name = Named {
                    kind: entry.kind,
                    number: entry.number,
                    reference: entry.reference,
                    on: Some(partnership.calendar.day(entry.at)),
                    by: entry.by,
                };
                names.insert((name.kind, name.number), name);
            }
        }
        Ok(names)
    }

    /// The number of the last entry of a kind; 0 where there is none.
    async fn last_number(&mut self, kind: Kind) -> anyhow::Result<i64> {
        let last = sqlx::query!(
            r#"SELECT coalesce(CASE ?1
                 WHEN 'import' THEN (SELECT max(id) FROM imports)
                 WHEN 'action' THEN (SELECT max(id) FROM actions)
                 WHEN 'recurrence' THEN (SELECT max(id) FROM recurrences)
                 WHEN 'wording' THEN (SELECT max(id) FROM wordings)
                 WHEN 'leadership' THEN (SELECT max(id) FROM leaderships)
                 WHEN 'tagging' THEN (SELECT max(id) FROM taggings)
                 WHEN 'target' THEN (SELECT max(id) FROM targets)
                 WHEN 'update' THEN (SELECT max(id) FROM updates)
                 WHEN 'note' THEN (SELECT max(id) FROM notes)
                 WHEN 'extension' THEN (SELECT max(id) FROM extensions)
                 WHEN 'decision' THEN (SELECT max(id) FROM decisions)
                 WHEN 'item' THEN (SELECT max(id) FROM agenda_items)
                 WHEN 'holding' THEN (SELECT max(id) FROM holdings)
                 WHEN 'digest' THEN (SELECT max(id) FROM digests)
                 WHEN 'timing' THEN (SELECT max(id) FROM timings)
                 WHEN 'pause' THEN (SELECT max(id) FROM pauses)
                 WHEN 'attendance' THEN (SELECT max(id) FROM attendances)
                 WHEN 'proceeding' THEN (SELECT max(id) FROM meeting_records)
                 WHEN 'meeting' THEN (SELECT max(id) FROM meeting_changes)
                 WHEN 'closure' THEN (SELECT max(id) FROM closings)
             END, 0) AS "last!: i64""#,
            kind.word()
        )
        .fetch_one(self.connection())
        .await
        .context("look for the last entry of a kind")?;
        Ok(last.last)
    }
}
