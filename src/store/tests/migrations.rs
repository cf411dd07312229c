//! Each step of the schema leaves the rows of those before it as they were.

use std::collections::BTreeMap;
use std::path::Path;

use sqlx::AssertSqlSafe;
use sqlx::ConnectOptions;
use sqlx::Connection;
use sqlx::Row;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteConnectOptions;

use super::at;
use super::reference;
use crate::action::Standing;
use crate::action::Status;
use crate::store::MIGRATIONS;
use crate::store::Store;
use crate::view::Card;

/// The rows that stood in a record after a step, as `tests/fixtures/migrations` keeps them.
fn rows_after(description: &str, version: i64) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/migrations");
    let file = format!("{folder}/{version:04}_{description}.sql");
    std::fs::read_to_string(&file).expect(&file)
}

/// How many rows each of our tables holds.
async fn counts(connection: &mut SqliteConnection) -> BTreeMap<String, i64> {
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table'
                  AND name NOT LIKE 'sqlite_%' AND name <> '_sqlx_migrations'";
    let tables = sqlx::raw_sql(tables).fetch_all(&mut *connection).await.unwrap();
    let mut counts = BTreeMap::new();
    for table in tables {
        let table: String = table.get(0);
        let count = AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        let count = sqlx::raw_sql(count).fetch_one(&mut *connection).await.unwrap();
        counts.insert(table, count.get(0));
    }
    counts
}

#[tokio::test]
async fn a_record_with_rows_survives_each_step() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("1.db");
    record_up_to(&path, i64::MAX).await;
    reads_as_written(&Store::open(&path).await.unwrap()).await;
}

/// A record as it stood after a step, with the rows that are kept for each step up to it; after the
/// last, there is a row in every table.
pub(super) async fn record_up_to(path: &Path, last: i64) {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    // As when a record is opened.
    let options = options.foreign_keys(false);
    let mut connection = options.connect().await.unwrap();
    for step in MIGRATIONS.iter().filter(|step| step.version <= last) {
        let before = counts(&mut connection).await;
        MIGRATIONS.run_direct(Some(step.version), &mut connection, false).await.unwrap();
        let after = counts(&mut connection).await;
        for (table, rows) in before {
            assert_eq!(after.get(&table), Some(&rows), "{table} after {}", step.description);
        }
        let description = step.description.replace(' ', "_");
        let rows = AssertSqlSafe(rows_after(&description, step.version));
        sqlx::raw_sql(rows).execute(&mut connection).await.unwrap();
        let faults = sqlx::raw_sql("PRAGMA foreign_key_check").fetch_all(&mut connection).await;
        assert!(faults.unwrap().is_empty(), "{} refers to what is not there", step.description);
    }
    if last == i64::MAX {
        for (table, rows) in counts(&mut connection).await {
            assert!(rows > 0, "no row of {table} was tried");
        }
    }
    connection.close().await.unwrap();
}

async fn reads_as_written(store: &Store) {
    let mut tx = store.read(at("2020-12-01 09:00")).await.unwrap();
    let partnership = tx.partnership().await.unwrap().unwrap();
    assert_eq!(partnership.bodies.all.len(), 3);
    assert_eq!(partnership.bodies.collectives[0].bodies.len(), 2);
    assert_eq!(partnership.calendar.series[0].papers_days, 5);
    assert_eq!(tx.plan().await.unwrap().code, "IP");
    let actions = tx.actions(None).await.unwrap();
    assert_eq!(actions.len(), 4);
    assert_eq!(actions[3].reference.to_string(), "IP-2.1/2");
    assert_eq!(actions[0].standing, Standing::SignedOff);
    let action = tx.action(&reference("1.2")).await.unwrap().unwrap();
    assert_eq!((action.moves, action.status), (1, Status::AtRisk));
    assert_eq!(action.last_update.unwrap().author.as_deref(), Some("Amira"));
    assert_eq!(action.leads[0].bodies.len(), 2);
    assert_eq!(action.themes.len(), 1, "the later of its taggings");
    let then = tx.actions(Some(at("2020-11-12 09:00"))).await.unwrap();
    assert_eq!(then[1].themes.len(), 2, "as before the later one");
    assert_eq!(tx.updates_of(&reference("1.2")).await.unwrap().len(), 3);
    let body = partnership.bodies.all[1].id;
    let digest = tx.last_digest(body).await.unwrap().unwrap();
    assert_eq!(digest.card.title, "CPEG digest");
    let names = |card: &Card| card.files.iter().map(|f| f.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&digest.card), ["plan.png", "plan.csv"]);
    let owed = tx.posts_owed(10).await.unwrap();
    assert_eq!(owed.len(), 2);
    let files = tx.files_of_post(owed[0].id).await.unwrap();
    let names = files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>();
    assert_eq!(names, ["plan.png", "plan.csv"]);
    assert_eq!(tx.ticked_to().await.unwrap(), Some(at("2020-11-12 09:00")));
}
