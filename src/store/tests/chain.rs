//! The chain over the ledger finds what was done to the file behind our back.

use std::path::Path;
use std::path::PathBuf;

use sqlx::AssertSqlSafe;
use sqlx::ConnectOptions;
use sqlx::Connection;
use sqlx::Row;
use sqlx::sqlite::SqliteConnectOptions;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::Office;
use super::at;
use super::ledger::ledger_tables;
use super::migrations::record_up_to;
use crate::action::Status;
use crate::ledger::Kind;
use crate::ledger::chain::Hash;
use crate::ledger::fault::Fault;
use crate::store::Checked;
use crate::store::Store;
use crate::store::back_up;
use crate::store::check;

/// A table of the ledger, the kind of its entries, a change to its first row, and what makes a copy of
/// that row a further one.
struct Table {
    name: &'static str,
    kind: Kind,
    change: &'static str,
    further: &'static str,
}

const fn table(
    name: &'static str,
    kind: Kind,
    change: &'static str,
    further: &'static str,
) -> Table {
    Table { name, kind, change, further }
}

/// Those whose rows are entries, then those that stand below them.
const TABLES: [Table; 26] = [
    table("imports", Kind::Import, "answers = 'none'", "id = 900, request_id = NULL"),
    table("actions", Kind::Action, "title_printed = 'Else'", "id = 900, number = 900"),
    table("recurrences", Kind::Recurrence, "every = 'never'", "id = 900"),
    table("wordings", Kind::Wording, "title = 'Else'", "id = 900"),
    table("leaderships", Kind::Leadership, "set_at = set_at + 1", "id = 900"),
    table("taggings", Kind::Tagging, "set_at = set_at + 1", "id = 900"),
    table("targets", Kind::Target, "words = 'later'", "id = 900"),
    table("updates", Kind::Update, "text = 'better'", "id = 900, request_id = NULL"),
    table("notes", Kind::Note, "text = '£5'", "id = 900"),
    table("extensions", Kind::Extension, "reason = 'better'", "id = 900"),
    table("decisions", Kind::Decision, "note = 'minute 5'", "id = 900"),
    table("agenda_items", Kind::Item, "purpose = 'noting'", "id = 900"),
    table("holdings", Kind::Holding, "part = 'deputy'", "id = 900"),
    table("digests", Kind::Digest, "card = '{}'", "id = 900, due_at = 0"),
    table("timings", Kind::Timing, "days = 9", "id = 900"),
    table("pauses", Kind::Pause, "paused = 0", "id = 900"),
    table("attendances", Kind::Attendance, "presence = 'present'", "id = 900"),
    table("meeting_records", Kind::Proceeding, "words = 'else'", "id = 900"),
    table("meeting_changes", Kind::Meeting, "reason = 'better'", "id = 900"),
    table("closings", Kind::Closure, "name = 'better'", "id = 900"),
    table("leads", Kind::Leadership, "printed = 'nobody'", "id = 900, position = 9"),
    table("lead_bodies", Kind::Leadership, "body_id = 3", "position = 9, body_id = 3"),
    table("action_themes", Kind::Tagging, "position = 9", "position = 9, theme_id = 3"),
    table("digest_files", Kind::Digest, "position = 9", "position = 9"),
    table("files", Kind::Digest, "bytes = x'00'", ""),
    table("chain", Kind::Import, "hash = zeroblob(32)", ""),
];

/// The file of a record with rows in every table, made once.
static SOUND: OnceCell<Vec<u8>> = OnceCell::const_new();

/// A record with rows in every table, sound and closed.
async fn sound() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("1.db");
    let made = SOUND.get_or_init(async || {
        record_up_to(&path, i64::MAX).await;
        Store::open(&path).await.unwrap().close().await;
        std::fs::read(&path).unwrap()
    });
    std::fs::write(&path, made.await).unwrap();
    (folder, path)
}

/// Rewrites a record behind its triggers, which stand there again afterwards.
async fn forge(path: &Path, sql: &str) {
    let options = SqliteConnectOptions::new().filename(path).foreign_keys(false);
    let mut connection = options.connect().await.unwrap();
    let triggers = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
    let triggers = sqlx::raw_sql(triggers).fetch_all(&mut connection).await.unwrap();
    let triggers: Vec<(String, String)> =
        triggers.iter().map(|row| (row.get(0), row.get(1))).collect();
    let drops: Vec<String> =
        triggers.iter().map(|(name, _)| format!("DROP TRIGGER {name};")).collect();
    let again: Vec<String> = triggers.iter().map(|(_, sql)| format!("{sql};")).collect();
    let all = format!("{}\n{sql};\n{}", drops.join("\n"), again.join("\n"));
    sqlx::raw_sql(AssertSqlSafe(all)).execute(&mut connection).await.expect(sql);
    connection.close().await.unwrap();
}

/// What a check finds after a forgery of a fresh record.
async fn found_after(sql: &str) -> Vec<Fault> {
    let (_folder, path) = sound().await;
    forge(&path, sql).await;
    check(&path, None).await.unwrap().faults
}

fn kinds_changed(faults: &[Fault]) -> Vec<Kind> {
    let changed = faults.iter().filter_map(|fault| match fault {
        Fault::Changed(named) => Some(named.kind),
        _ => None,
    });
    changed.collect()
}

#[tokio::test]
async fn every_table_of_the_ledger_is_tried_here() {
    let (_folder, path) = sound().await;
    let store = Store::open(&path).await.unwrap();
    let mut tried: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    let mut tables = ledger_tables(&store).await;
    tried.sort_unstable();
    tables.sort();
    assert_eq!(tables, tried);
    let mut kinds: Vec<Kind> = TABLES.iter().map(|table| table.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, Kind::ALL);
}

#[tokio::test]
async fn a_record_that_was_kept_is_sound_and_so_is_one_that_was_brought_up_to_date() {
    let office = Office::founded().await;
    office.amira_says("2020-10-26 10:00", "2.2", "begun", Status::OnTrack, 5).await;
    let checked = check(&office.path(), None).await.unwrap();
    assert_eq!(checked.faults, []);
    assert_eq!(checked.entries, Some(14));
    let head = checked.head.unwrap();
    office.amira_says("2020-10-26 11:00", "2.2", "more", Status::OnTrack, 6).await;
    let later = check(&office.path(), Some(head)).await.unwrap();
    assert_eq!((later.faults, later.entries), (vec![], Some(15)));
    assert_ne!(later.head, Some(head));

    for step in 1..=8 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("1.db");
        record_up_to(&path, step).await;
        if step < 8 {
            let before = std::fs::read(&path).unwrap();
            let checked = check(&path, None).await.unwrap();
            assert_eq!((checked.step, checked.entries, checked.head), (step, None, None));
            assert_eq!(checked.faults, [], "at step {step}");
            assert!(std::fs::read(&path).unwrap() == before, "the check wrote to the file");
        }
        Store::open(&path).await.unwrap().close().await;
        let checked = check(&path, None).await.unwrap();
        assert_eq!(checked.faults, [], "brought up from step {step}");
        assert!(checked.entries.is_some() && checked.head.is_some());
    }
}

#[tokio::test]
async fn an_entry_that_is_changed_is_found() {
    for table in TABLES.iter().filter(|table| table.name != "chain") {
        let first = format!("(SELECT * FROM (SELECT {{}} FROM {} LIMIT 1))", table.name);
        let of = match table.name {
            "lead_bodies" => "lead_id = 1",
            "action_themes" => "tagging_id = 2",
            "digest_files" => "position = 1",
            _ => &format!("id = {}", first.replace("{}", "min(id)")),
        };
        let sql = format!("UPDATE {} SET {} WHERE {of}", table.name, table.change);
        let faults = found_after(&sql).await;
        assert_eq!(kinds_changed(&faults), [table.kind], "{}: {faults:?}", table.name);
        assert_eq!(faults.len(), 1, "{}: {faults:?}", table.name);
    }
}

#[tokio::test]
async fn an_entry_that_is_removed_is_found() {
    for table in TABLES.iter().filter(|table| table.name != "chain") {
        let of = match table.name {
            "lead_bodies" => "lead_id = 1",
            "action_themes" => "tagging_id = 2",
            "digest_files" => "position = 1",
            "imports" => "id = 1",
            name => &format!("id = (SELECT max(id) FROM {name})"),
        };
        let faults = found_after(&format!("DELETE FROM {} WHERE {of}", table.name)).await;
        let found = faults.iter().any(|fault| match fault {
            Fault::Changed(named) | Fault::Gone(named) => named.kind == table.kind,
            _ => false,
        });
        assert!(found, "{}: {faults:?}", table.name);
    }
}

#[tokio::test]
async fn an_entry_that_is_slipped_in_is_found() {
    for table in TABLES.iter().filter(|table| !table.further.is_empty()) {
        let Table { name, kind, further, .. } = table;
        let sql = format!(
            "CREATE TEMP TABLE further AS SELECT * FROM {name} LIMIT 1;
             UPDATE further SET {further};
             INSERT INTO {name} SELECT * FROM further"
        );
        let faults = found_after(&sql).await;
        let found = faults.iter().any(|fault| match fault {
            Fault::Changed(named) | Fault::Unlinked(named) => named.kind == *kind,
            _ => false,
        });
        assert!(found, "{name}: {faults:?}");
    }
}

#[tokio::test]
async fn what_is_cut_from_the_end_with_its_links_is_found_by_the_numbers_that_were_given() {
    for table in TABLES.iter().filter(|table| table.further.starts_with("id = 900")) {
        let Table { name, kind, .. } = table;
        if *name == "leads" || *name == "imports" {
            continue;
        }
        let sql = format!(
            "DELETE FROM chain WHERE kind = '{}' AND number = (SELECT max(id) FROM {name});
             DELETE FROM {name} WHERE id = (SELECT max(id) FROM {name});
             UPDATE sqlite_sequence SET seq = (SELECT max(id) FROM chain) WHERE name = 'chain'",
            kind.word()
        );
        let faults = found_after(&sql).await;
        let ended =
            faults.iter().any(|fault| matches!(fault, Fault::Ended { kind: of, .. } if of == kind));
        assert!(ended, "{name}: {faults:?}");
    }
    let faults = found_after("DELETE FROM chain WHERE id > 20").await;
    assert!(
        faults.iter().any(|fault| matches!(fault, Fault::Missing { first: 21, at_end: true, .. })),
        "{faults:?}"
    );
}

#[tokio::test]
async fn entries_that_are_swapped_are_both_found() {
    let faults = found_after(
        "UPDATE updates SET text = CASE id WHEN 1 THEN 'Halls are booked' ELSE 'Group created' END
         WHERE id IN (1, 2)",
    )
    .await;
    assert_eq!(kinds_changed(&faults), [Kind::Update, Kind::Update]);
    let faults = found_after(
        "UPDATE chain SET id = -1 WHERE id = 5;
         UPDATE chain SET id = 5 WHERE id = 6;
         UPDATE chain SET id = 6 WHERE id = -1",
    )
    .await;
    assert!(kinds_changed(&faults).len() >= 2, "{faults:?}");
    let faults = found_after("UPDATE chain SET hash = zeroblob(32) WHERE id = 5").await;
    assert_eq!(faults.len(), 2, "its own entry and the next: {faults:?}");
    let faults = found_after("DELETE FROM chain WHERE id = 5").await;
    assert!(matches!(faults[0], Fault::Missing { first: 5, last: 5, at_end: false }), "{faults:?}");
    let faults = found_after("UPDATE chain SET hash = NULL WHERE id = 5").await;
    assert!(matches!(faults[0], Fault::Unhashed(_)), "{faults:?}");
}

#[tokio::test]
async fn a_fault_names_the_entry_as_people_find_it() {
    let faults = found_after("UPDATE updates SET text = 'Halls are lost' WHERE id = 2").await;
    assert_eq!(
        faults[0].to_string(),
        "update 2, of IP-1.2, 2 November 2020, by Amira: it does not read as when it was recorded, or \
         it was moved. Compare it with a copy from before."
    );
}

#[tokio::test]
async fn a_chain_that_is_written_anew_is_found_by_a_head_that_was_kept() {
    let (folder, path) = sound().await;
    let kept = check(&path, None).await.unwrap().head;
    forge(
        &path,
        "UPDATE updates SET text = 'Halls are lost' WHERE id = 2; UPDATE chain SET hash = NULL",
    )
    .await;
    Store::open(&path).await.unwrap().close().await;
    assert_eq!(check(&path, None).await.unwrap().faults, [], "it holds together by itself");
    let Checked { faults, .. } = check(&path, kept).await.unwrap();
    assert_eq!(faults, [Fault::NoSuchHead(kept.unwrap())]);
    assert_eq!(check(&path, Some(Hash::NONE)).await.unwrap().faults, [], "all begins there");
    drop(folder);
}

#[tokio::test]
async fn a_trigger_that_is_gone_or_another_is_named() {
    let (_folder, path) = sound().await;
    let mut connection = SqliteConnectOptions::new().filename(&path).connect().await.unwrap();
    let sql = "DROP TRIGGER updates_are_not_changed; DROP TRIGGER chain_is_not_removed;
               CREATE TRIGGER chain_is_not_removed BEFORE DELETE ON chain BEGIN SELECT 1; END;
               CREATE TRIGGER sneaks AFTER INSERT ON updates BEGIN DELETE FROM names; END";
    sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let faults = check(&path, None).await.unwrap().faults;
    let trigger = || "trigger".to_owned();
    assert_eq!(
        faults,
        [
            Fault::Lacking { kind: trigger(), name: "updates_are_not_changed".into() },
            Fault::Foreign { kind: trigger(), name: "chain_is_not_removed".into() },
            Fault::Foreign { kind: trigger(), name: "sneaks".into() },
        ]
    );
}

#[tokio::test]
async fn a_row_that_refers_to_nothing_and_a_torn_file_are_found() {
    let faults = found_after("DELETE FROM people WHERE id = 2").await;
    assert!(
        faults
            .iter()
            .any(|fault| matches!(fault, Fault::Stray { table, .. } if table == "updates")),
        "{faults:?}"
    );
    let (_folder, path) = sound().await;
    let mut bytes = std::fs::read(&path).unwrap();
    let begin = bytes.len() / 2;
    bytes[begin..begin + 8 * 4096].fill(0xAA);
    std::fs::write(&path, bytes).unwrap();
    // Where it is torn decides whether SQLite can still read enough to name what is amiss.
    match check(&path, None).await {
        Ok(checked) => assert!(!checked.faults.is_empty()),
        Err(error) => assert!(format!("{error:#}").contains("damaged"), "{error:#}"),
    }
}

#[tokio::test]
async fn every_column_of_the_ledger_is_hashed() {
    let (_folder, path) = sound().await;
    let store = Store::open(&path).await.unwrap();
    let mut tx = store.read(at("2021-01-01 09:00")).await.unwrap();
    for table in TABLES.iter().filter(|table| table.name != "chain") {
        let entries = tx.whole_entries(table.kind, i64::MIN, i64::MAX).await.unwrap();
        let below = |entry: &serde_json::Value| match table.name {
            "leads" => entry["leads"][0].clone(),
            "lead_bodies" => entry["leads"][0]["bodies"][0].clone(),
            "action_themes" => entry["themes"][0].clone(),
            "digest_files" => entry["files"][0].clone(),
            "files" => entry["files"][0]["file"].clone(),
            _ => entry.clone(),
        };
        let entry = entries.iter().map(|(_, entry)| below(entry)).find(|entry| !entry.is_null());
        let entry = entry.unwrap();
        let columns = format!("SELECT name FROM pragma_table_info('{}')", table.name);
        let columns = sqlx::raw_sql(AssertSqlSafe(columns));
        for column in columns.fetch_all(tx.connection()).await.unwrap() {
            let column: String = column.get(0);
            assert!(entry.get(&column).is_some(), "{}.{column} is not hashed", table.name);
        }
    }
}

#[tokio::test]
async fn a_link_for_what_is_not_there_keeps_nobody_from_writing() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-10-26 09:30").await;
    let stray = "INSERT INTO chain (kind, number) VALUES ('update', 77), ('rumour', 1)";
    sqlx::raw_sql(stray).execute(tx.connection()).await.unwrap();
    tx.commit().await.unwrap();
    office.amira_says("2020-10-26 10:00", "2.2", "begun", Status::OnTrack, 5).await;
    let faults = check(&office.path(), None).await.unwrap().faults;
    assert!(matches!(faults.as_slice(), [Fault::Unreadable(_)]), "{faults:?}");
}

#[tokio::test]
async fn a_copy_made_while_somebody_writes_opens_and_is_sound() {
    let office = Office::founded().await;
    let copy = office.folder.path().join("copy.db");
    let mut writing = office.begin("2020-10-26 10:00").await;
    super::amira(&mut writing).await;
    back_up(&office.path(), &copy).await.unwrap();
    writing.commit().await.unwrap();
    let checked = check(&copy, None).await.unwrap();
    assert_eq!((checked.faults, checked.entries), (vec![], Some(13)));
    let store = Store::open(&copy).await.unwrap();
    let mut tx = store.read(at("2020-10-26 11:00")).await.unwrap();
    assert_eq!(tx.actions(None).await.unwrap().len(), 3);
}
