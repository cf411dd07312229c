//! How SQLite goes about the questions we ask: what grows with the years is found by an index.

use serde::Deserialize;
use sqlx::AssertSqlSafe;
use sqlx::Row;

use super::Office;
use super::Tx;
use super::areas;
use super::partnership;
use super::plan;
use super::printed;
use super::reference;
use super::said;
use crate::action::Printed;
use crate::action::Status;

/// What may be read from end to end: it grows with the partnership and its plan alone, and by a few
/// handovers a year.
const SMALL: [&str; 24] = [
    "partnership",
    "themes",
    "bodies",
    "body_names",
    "collectives",
    "collective_names",
    "collective_bodies",
    "holdings",
    "sightings",
    "timings",
    "pauses",
    "meeting_changes",
    "closings",
    "series",
    "closures",
    "plans",
    "areas",
    "actions",
    "action_themes",
    "leads",
    "lead_bodies",
    "ticks",
    "sqlite_schema",
    "sqlite_sequence",
];

/// A statement as the macros leave it for a build without a database.
#[derive(Deserialize)]
struct Prepared {
    query: String,
}

fn prepared() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/.sqlx");
    let files = std::fs::read_dir(folder).unwrap();
    let query = |file: std::io::Result<std::fs::DirEntry>| {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        serde_json::from_str::<Prepared>(&text).unwrap().query
    };
    files.map(query).collect()
}

async fn steps(tx: &mut Tx, sql: &str) -> Vec<String> {
    let explained = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
    let rows = sqlx::raw_sql(explained).fetch_all(tx.connection()).await.expect(sql);
    rows.iter().map(|row| row.get("detail")).collect()
}

#[tokio::test]
async fn nothing_that_grows_is_read_from_end_to_end() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-10-26 09:00").await;
    let statements = prepared();
    assert!(statements.iter().any(|sql| sql.contains("FROM updates")));
    for sql in statements {
        for step in steps(&mut tx, &sql).await {
            let Some(scanned) = step.strip_prefix("SCAN ") else { continue };
            let table = scanned.split_whitespace().next().unwrap_or_default();
            // These indexes hold only what is still owed.
            let owed = ["USING INDEX edits_owed", "USING INDEX events_owed"];
            let small = SMALL.contains(&table) || owed.iter().any(|index| step.ends_with(index));
            assert!(small || step.contains("CONSTANT"), "{step}\nin {sql}");
        }
    }
}

#[tokio::test]
async fn what_is_asked_all_day_goes_by_the_index_made_for_it() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-10-26 09:00").await;
    let statements = prepared();
    let mut check = async |words: &str, expected: &str| {
        let asked: Vec<_> = statements.iter().filter(|sql| sql.contains(words)).collect();
        assert_eq!(asked.len(), 1, "{words}");
        let steps = steps(&mut tx, asked[0]).await;
        assert!(steps.iter().any(|step| step == expected), "{words}: {steps:#?}");
    };
    check(
        "updates.said_at >",
        "SEARCH updates USING INDEX updates_by_moment (said_at>? AND said_at<?)",
    )
    .await;
    let last_word = "SEARCH said USING INDEX updates_by_action (action_id=? AND said_at<?)";
    check("FROM updates AS said", last_word).await;
    check("WHERE updates.action_id", "SEARCH updates USING INDEX updates_by_action (action_id=?)")
        .await;
    let owed = "SEARCH posts USING INDEX posts_owed (due_at<?)";
    check("LEFT JOIN posts AS before", owed).await;
    check("FROM post_files JOIN", "SEARCH post_files USING PRIMARY KEY (post_id=?)").await;
    check("FROM files\n", "SEARCH files USING INDEX files_by_name (name=?)").await;
}

#[tokio::test]
async fn a_plan_of_500_actions_is_put_together_right() {
    let office = Office::new().await;
    let mut tx = office.begin("2020-10-26 09:00").await;
    let model = printed().remove(0);
    let all: Vec<Printed> = (1..=500)
        .map(|number| Printed {
            reference: reference(&format!("1.{number}")),
            title: format!("Action {number}"),
            update: Some(format!("Printed {number}")),
            ..model.clone()
        })
        .collect();
    tx.found(&partnership(), &plan(), &areas(), &all).await.unwrap();
    let by = super::amira(&mut tx).await;
    for action in tx.actions(None).await.unwrap() {
        for time in 0..3 {
            let text = format!("Said {time} of {}", action.title);
            let request = action.id.0.unsigned_abs() * 10 + time;
            tx.add_update(&said(&action, &text, Status::AtRisk), &by, request).await.unwrap();
        }
    }
    let actions = tx.actions(None).await.unwrap();
    assert_eq!(actions.len(), 500);
    for (action, printed) in actions.iter().zip(&all) {
        assert_eq!(action.reference, printed.reference);
        assert_eq!(Some(&action.leads), printed.leads.as_ref());
        assert_eq!(Some(&action.themes), printed.themes.as_ref());
        let last = action.last_update.as_ref().unwrap();
        assert_eq!(last.text, format!("Said 2 of {}", action.title));
    }
}
