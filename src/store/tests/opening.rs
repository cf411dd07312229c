//! Opening a file, and how those who use it get along.

use sqlx::Row;

use super::Office;
use super::amira;
use super::at;
use super::reference;
use super::said;
use crate::action::Status;
use crate::body::UserId;
use crate::store::Store;
use crate::store::Tx;
use crate::store::is_new_enough;

async fn setting(tx: &mut Tx, pragma: &'static str) -> String {
    let row = sqlx::raw_sql(pragma).fetch_one(tx.connection()).await.unwrap();
    let number = row.try_get::<i64, _>(0).map(|number| number.to_string());
    number.or_else(|_| row.try_get::<String, _>(0)).unwrap()
}

#[tokio::test]
async fn what_is_committed_survives_the_power_and_references_hold() {
    let office = Office::new().await;
    let mut tx = office.begin("2020-10-26 09:00").await;
    assert_eq!(setting(&mut tx, "PRAGMA journal_mode").await, "wal");
    assert_eq!(setting(&mut tx, "PRAGMA synchronous").await, "2", "2 is FULL");
    assert_eq!(setting(&mut tx, "PRAGMA foreign_keys").await, "1");
    assert_eq!(setting(&mut tx, "PRAGMA busy_timeout").await, "5000");
    let stray = "INSERT INTO names (person_id, name) VALUES (99, 'nobody')";
    let refused = sqlx::raw_sql(stray).execute(tx.connection()).await.unwrap_err();
    assert!(refused.to_string().contains("FOREIGN KEY"), "{refused}");
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let office = Office::founded().await;
    let mut tx = office.read("2020-10-26 09:00").await;
    let refused = tx.person(UserId(71), "Amira").await.unwrap_err();
    assert!(format!("{refused:#}").contains("readonly"), "{refused:#}");
}

#[tokio::test]
async fn what_is_dropped_leaves_nothing_and_the_next_writer_goes_on() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-10-26 09:00").await;
    let action = tx.action(&reference("2.2")).await.unwrap().unwrap();
    let by = amira(&mut tx).await;
    tx.add_update(&said(&action, "begun", Status::OnTrack), &by, 5).await.unwrap();
    drop(tx);

    let mut tx = office.begin("2020-10-26 09:01").await;
    assert_eq!(tx.action(&reference("2.2")).await.unwrap().unwrap(), action);
    let people = sqlx::raw_sql("SELECT id FROM people").fetch_all(tx.connection()).await.unwrap();
    assert!(people.is_empty());
}

#[tokio::test]
async fn a_reader_beside_a_writer_sees_the_record_as_it_was() {
    let office = Office::founded().await;
    let mut before = office.read("2020-10-26 10:00").await;
    assert!(before.action(&reference("2.2")).await.unwrap().unwrap().last_update.is_none());
    office.amira_says("2020-10-26 10:01", "2.2", "begun", Status::OnTrack, 5).await;
    assert!(before.action(&reference("2.2")).await.unwrap().unwrap().last_update.is_none());
    assert!(office.action("2.2").await.last_update.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_that_write_by_turns_both_succeed() {
    const TIMES: u64 = 60;
    let office = Office::founded().await;
    let other = Store::open(&office.path()).await.unwrap();
    let write = async |store: &Store, person: u64| {
        for time in 0..TIMES {
            let mut tx = store.begin(at("2020-10-26 10:00")).await.unwrap();
            // Read first: this is what makes a deferred transaction fail.
            let action = tx.action(&reference("2.2")).await.unwrap().unwrap();
            let by = tx.person(UserId(person), "Amira").await.unwrap();
            let new = said(&action, "more", Status::OnTrack);
            tx.add_update(&new, &by, person * 1000 + time).await.unwrap();
            tx.commit().await.unwrap();
        }
    };
    tokio::join!(write(&office.store, 1), write(&other, 2));
    let mut tx = office.read("2020-10-26 11:00").await;
    let told = tx.updates_of(&reference("2.2")).await.unwrap().len();
    assert_eq!(u64::try_from(told).unwrap(), 2 * TIMES);
}

#[tokio::test]
async fn a_record_is_there_after_closing_and_opening() {
    let office = Office::new().await;
    assert!(!office.store.is_founded().await.unwrap());
    office.store.close().await;

    let office = Office::founded().await;
    office.amira_says("2020-10-26 10:01", "2.2", "begun", Status::OnTrack, 5).await;
    office.store.close().await;
    assert!(!office.path().with_extension("db-wal").exists(), "the log was folded away");
    let again = Store::open(&office.path()).await.unwrap();
    assert!(again.is_founded().await.unwrap());
    let mut tx = again.read(at("2020-10-26 10:02")).await.unwrap();
    let update = tx.action(&reference("2.2")).await.unwrap().unwrap().last_update.unwrap();
    assert_eq!(update.text, "begun");
}

#[tokio::test]
async fn a_record_of_a_newer_convener_is_left_alone() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-10-26 10:00").await;
    let newer = "INSERT INTO _sqlx_migrations
                 (version, description, success, checksum, execution_time)
                 VALUES (4711, 'later', TRUE, x'00', 1)";
    sqlx::raw_sql(newer).execute(tx.connection()).await.unwrap();
    tx.commit().await.unwrap();
    office.store.close().await;
    let refused = Store::open(&office.path()).await.unwrap_err();
    let words = format!("{refused:#}");
    assert!(words.contains("a newer Convener has kept this record"), "{words}");
    assert!(words.contains("at step 4711"), "{words}");
}

#[tokio::test]
async fn what_is_not_a_record_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.db");
    let letter = "Dear partners, ".repeat(100);
    std::fs::write(&path, &letter).unwrap();
    let refused = format!("{:#}", Store::open(&path).await.unwrap_err());
    assert!(refused.contains("open the record") && refused.contains("letter.db"), "{refused}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), letter);
}

#[test]
fn an_sqlite_that_can_damage_a_log_is_not_new_enough() {
    let check = |version, expected| assert_eq!(is_new_enough(version), expected, "{version}");
    check("3.51.2", false);
    check("3.51.3", true);
    check("3.51.10", true);
    check("3.9.90", false);
    check("3.52", true);
    check("4.0.0", true);
    check("", false);
}

#[tokio::test]
async fn a_moment_is_kept_in_whole_milliseconds() {
    let office = Office::new().await;
    let now = "2020-10-26T09:00:00.123456Z".parse().unwrap();
    let tx = office.store.begin(now).await.unwrap();
    assert_eq!(tx.now().to_rfc3339(), "2020-10-26T09:00:00.123+00:00");
}
