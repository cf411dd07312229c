//! The ledger can be added to, and nothing else.

use sqlx::AssertSqlSafe;
use sqlx::Row;

use super::Office;
use super::at;
use super::imports::revised;
use super::migrations::record_up_to;
use crate::action::Status;
use crate::body::BodyId;
use crate::store::Issued;
use crate::store::Store;
use crate::view::Attachment;
use crate::view::Card;

async fn refuses(office: &Office, sql: &'static str) {
    let mut tx = office.begin("2020-10-27 09:00").await;
    let refused = sqlx::raw_sql(sql).execute(tx.connection()).await;
    let words = refused.expect_err(sql).to_string();
    let sentence = "the ledger is append-only: add a further entry instead";
    assert!(words.contains(sentence), "{sql}: {words}");
}

async fn with_entries() -> Office {
    let office = Office::founded().await;
    office.amira_says("2020-10-26 10:00", "2.2", "begun", Status::OnTrack, 5).await;
    let mut tx = office.begin("2020-10-26 11:00").await;
    let due_at = tx.now();
    let file = Attachment { name: "plan.csv".into(), bytes: vec![1], says: String::new() };
    let issued = Issued {
        meeting_on: None,
        body: BodyId(2),
        due_at,
        position_at: due_at,
        card: Card { files: vec![file], ..Card::default() },
        facts: serde_json::Value::Null,
    };
    assert!(tx.add_digest(&issued).await.unwrap());
    tx.commit().await.unwrap();
    office
}

#[tokio::test]
async fn no_entry_is_changed() {
    let office = with_entries().await;
    refuses(&office, "UPDATE updates SET text = 'better'").await;
    refuses(&office, "UPDATE targets SET words = 'later'").await;
    refuses(&office, "UPDATE decisions SET kind = 'return'").await;
    refuses(&office, "UPDATE digests SET card = '{}'").await;
    refuses(&office, "UPDATE files SET bytes = x''").await;
    refuses(&office, "UPDATE digest_files SET position = 2").await;
}

#[tokio::test]
async fn no_entry_is_removed() {
    let office = with_entries().await;
    refuses(&office, "DELETE FROM updates").await;
    refuses(&office, "DELETE FROM targets WHERE id = 1").await;
    refuses(&office, "DELETE FROM decisions").await;
    refuses(&office, "DELETE FROM digests").await;
    refuses(&office, "DELETE FROM files").await;
    refuses(&office, "DELETE FROM digest_files").await;
}

#[tokio::test]
async fn no_entry_is_replaced_whichever_of_its_keys_is_taken() {
    let office = with_entries().await;
    refuses(
        &office,
        "INSERT OR REPLACE INTO updates
         (id, action_id, text, status, said_at, recorded_at)
         VALUES (1, 1, 'better', 'on track', 0, 0)",
    )
    .await;
    refuses(
        &office,
        "REPLACE INTO updates
         (action_id, person_id, body_id, text, status, said_at, recorded_at, request_id)
         VALUES (1, 1, 2, 'better', 'on track', 0, 0, 5)",
    )
    .await;
    refuses(
        &office,
        "INSERT INTO updates (action_id, text, status, said_at, recorded_at, undoes)
         VALUES (1, '', 'on track', 0, 0, 1);
         REPLACE INTO updates (action_id, text, status, said_at, recorded_at, undoes)
         VALUES (1, '', 'blocked', 0, 0, 1)",
    )
    .await;
    refuses(
        &office,
        "REPLACE INTO targets (id, action_id, words, set_at, recorded_at) VALUES (1, 1, '', 0, 0)",
    )
    .await;
    refuses(
        &office,
        "REPLACE INTO decisions (id, action_id, kind, note, made_at, recorded_at)
         VALUES (1, 1, 'return', '', 0, 0)",
    )
    .await;
    refuses(
        &office,
        "REPLACE INTO digests (body_id, due_at, position_at, card, facts, recorded_at)
         SELECT body_id, due_at, position_at, '{}', 'null', 0 FROM digests",
    )
    .await;
    refuses(
        &office,
        "REPLACE INTO files (id, name, says, bytes, recorded_at) VALUES (1, 'a', '', x'', 0)",
    )
    .await;
    refuses(&office, "REPLACE INTO digest_files (digest_id, position, file_id) VALUES (1, 1, 1)")
        .await;
    refuses(
        &office,
        "INSERT INTO updates (id, action_id, text, status, said_at, recorded_at)
         VALUES (1, 1, 'better', 'on track', 0, 0)
         ON CONFLICT (id) DO UPDATE SET text = excluded.text",
    )
    .await;
}

#[tokio::test]
async fn what_a_print_has_changed_is_as_lasting() {
    let (office, _) = revised().await;
    refuses(&office, "UPDATE actions SET title_printed = 'better'").await;
    refuses(&office, "UPDATE wordings SET title = 'better'").await;
    refuses(&office, "UPDATE leaderships SET set_at = 0").await;
    refuses(&office, "UPDATE taggings SET set_at = 0").await;
    refuses(&office, "UPDATE action_themes SET position = 9").await;
    refuses(&office, "UPDATE leads SET printed = 'nobody'").await;
    refuses(&office, "UPDATE lead_bodies SET body_id = 1").await;
    refuses(&office, "UPDATE notes SET text = '£5'").await;
    refuses(&office, "UPDATE imports SET answers = ''").await;
    refuses(&office, "UPDATE imports SET state = 'waiting', settled_at = NULL").await;
    refuses(&office, "DELETE FROM wordings").await;
    refuses(&office, "DELETE FROM leaderships").await;
    refuses(&office, "DELETE FROM leads").await;
    refuses(&office, "DELETE FROM taggings").await;
    refuses(&office, "DELETE FROM action_themes").await;
    refuses(&office, "DELETE FROM lead_bodies").await;
    refuses(&office, "DELETE FROM notes").await;
    refuses(&office, "DELETE FROM imports").await;
    refuses(
        &office,
        "REPLACE INTO wordings (id, action_id, title, set_at, recorded_at)
         VALUES (1, 1, 'better', 0, 0)",
    )
    .await;
    refuses(
        &office,
        "REPLACE INTO leaderships (id, action_id, set_at, recorded_at) VALUES (1, 1, 0, 0)",
    )
    .await;
    refuses(
        &office,
        "REPLACE INTO taggings (id, action_id, set_at, recorded_at) VALUES (1, 1, 0, 0)",
    )
    .await;
    refuses(
        &office,
        "REPLACE INTO action_themes (tagging_id, position, theme_id)
         SELECT tagging_id, position, 1 FROM action_themes LIMIT 1",
    )
    .await;
    refuses(
        &office,
        "REPLACE INTO leads (leadership_id, position, printed) VALUES (1, 1, 'nobody')",
    )
    .await;
    refuses(
        &office,
        "REPLACE INTO lead_bodies (lead_id, position, body_id) SELECT lead_id, position, 1
         FROM lead_bodies LIMIT 1",
    )
    .await;
    refuses(
        &office,
        "REPLACE INTO notes (id, action_id, heading, text, set_at, recorded_at)
         VALUES (1, 1, '', '', 0, 0)",
    )
    .await;
    refuses(
        &office,
        "REPLACE INTO imports (id, plan_code, file_name, bytes, answers, shown_at, shown, state)
         VALUES (1, 'IP', '', x'', '', 0, '', 'waiting')",
    )
    .await;
}

#[tokio::test]
async fn plain_sql_changes_removes_and_replaces_nothing_in_any_table_of_the_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("1.db");
    record_up_to(&path, i64::MAX).await;
    let store = Store::open(&path).await.unwrap();
    for table in ledger_tables(&store).await {
        let first: String = {
            let mut tx = store.read(at("2021-01-01 09:00")).await.unwrap();
            let first =
                AssertSqlSafe(format!("SELECT name FROM pragma_table_info('{table}') LIMIT 1"));
            sqlx::raw_sql(first).fetch_one(tx.connection()).await.unwrap().get(0)
        };
        for sql in [
            format!("UPDATE {table} SET {first} = {first}"),
            format!("UPDATE OR REPLACE {table} SET {first} = {first} + 1"),
            format!("DELETE FROM {table}"),
            format!("REPLACE INTO {table} SELECT * FROM {table}"),
            format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"),
        ] {
            let mut tx = store.begin(at("2021-01-01 09:00")).await.unwrap();
            let refused = sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(tx.connection()).await;
            let words = refused.expect_err(&sql).to_string();
            let ours = ["the ledger is append-only", "a ref is never used again"];
            assert!(ours.iter().any(|sentence| words.contains(sentence)), "{sql}: {words}");
        }
    }
}

#[tokio::test]
async fn nothing_is_put_below_an_entry_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("1.db");
    record_up_to(&path, i64::MAX).await;
    let office = Office { store: Store::open(&path).await.unwrap(), folder };
    refuses(&office, "INSERT INTO leads (leadership_id, position, printed) VALUES (1, 9, 'me')")
        .await;
    refuses(&office, "INSERT INTO lead_bodies (lead_id, position, body_id) VALUES (3, 9, 1)").await;
    refuses(&office, "INSERT INTO action_themes (tagging_id, position, theme_id) VALUES (2, 9, 2)")
        .await;
    refuses(&office, "INSERT INTO digest_files (digest_id, position, file_id) VALUES (1, 9, 1)")
        .await;
}

/// Tables that may change, each for its own reason; all others are the ledger.
const MAY_CHANGE: [&str; 31] = [
    "agreed_drafts",
    "areas",
    "askings",
    "attendance_drafts",
    "bodies",
    "body_names",
    "chase_actions",
    "chase_meetings",
    "chases",
    "closures",
    "collective_bodies",
    "collective_names",
    "collectives",
    "date_drafts",
    "drafts",
    "edits",
    "events",
    "meeting_drafts",
    "names",
    "partnership",
    "people",
    "plans",
    "post_files",
    "posts",
    "series",
    "shares",
    "sightings",
    "snoozes",
    "sqlite_sequence",
    "themes",
    "ticks",
];

/// The tables of the ledger, by name; one that is new is among them unless it is said to change.
pub(super) async fn ledger_tables(store: &Store) -> Vec<String> {
    let mut tx = store.read(at("2021-01-01 09:00")).await.unwrap();
    let tables =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> '_sqlx_migrations'";
    let tables = sqlx::raw_sql(tables).fetch_all(tx.connection()).await.unwrap();
    let tables = tables.iter().map(|row| row.get::<String, _>(0));
    tables.filter(|table| !MAY_CHANGE.contains(&table.as_str())).collect()
}

#[tokio::test]
async fn an_action_keeps_its_ref_for_ever() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-10-27 09:00").await;
    let removed = sqlx::raw_sql("DELETE FROM actions").execute(tx.connection()).await;
    let words = removed.unwrap_err().to_string();
    assert!(words.contains("a ref is never used again"), "{words}");
}

#[tokio::test]
async fn a_forgotten_person_leaves_what_they_said() {
    let office = with_entries().await;
    let mut tx = office.begin("2020-10-27 09:00").await;
    let forget = "DELETE FROM names; UPDATE people SET user_id = NULL";
    sqlx::raw_sql(forget).execute(tx.connection()).await.unwrap();
    tx.commit().await.unwrap();
    let update = office.action("2.2").await.last_update.unwrap();
    assert_eq!((update.text.as_str(), update.author), ("begun", None));
    assert_eq!(update.body, Some(BodyId(2)));
}
