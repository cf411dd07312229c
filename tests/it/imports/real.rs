//! The real plan as it was pasted out of a document, doubts and all.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use convener::action::Action;
use convener::action::Printed;
use convener::body::BodyId;
use convener::config::partnership;
use convener::date::Target;
use convener::date::Window;
use convener::store::Store;
use serde_json::Value;

use crate::program::convener;
use crate::program::found;
use crate::program::said_by;

/// The pasted plan, which stands beside the project where it is shared.
fn pasted() -> Option<PathBuf> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cpwd-improvement-plan-pasted.txt");
    if path.exists() {
        return Some(path);
    }
    let _ = writeln!(std::io::stdout(), "skipped: {} is not there", path.display());
    None
}

/// The answers of an officer who has the printed plan beside them.
const ANSWERS: &str = "2.1 lead: Delivery Improvement Groups (DIGs)\n2.1 date: as read\n\
    3.1 number: as read\n3.1 lead: none\n3.2 date: none\n3.3 date: none\n3.3 lead: none\n\
    4.1 number: as read\nupdates: October 2020\n";

#[test]
fn the_pasted_plan_previews_as_eleven_actions_with_exactly_its_real_doubts() {
    let Some(path) = pasted() else { return };
    let out = said_by(convener(&["import", &path.display().to_string(), "--json"]));
    let preview: Value = serde_json::from_str(&out).unwrap();
    let actions = preview["actions"].as_array().unwrap();
    let refs: Vec<&str> = actions.iter().map(|action| action["ref"].as_str().unwrap()).collect();
    assert_eq!(
        refs,
        [
            "IP-1.1", "IP-1.2", "IP-1.3", "IP-1.4", "IP-2.1", "IP-2.2", "IP-3.1", "IP-3.2",
            "IP-3.3", "IP-4.1", "IP-4.2"
        ]
    );
    let areas: BTreeSet<u64> =
        actions.iter().map(|action| action["area"].as_u64().unwrap()).collect();
    assert_eq!(areas, BTreeSet::from([1, 2, 3, 4]));
    let doubts: Vec<String> = actions
        .iter()
        .flat_map(|action| {
            let doubts = action["doubts"].as_array().unwrap().iter();
            doubts.map(move |doubt| {
                format!("{} {}", action["ref"].as_str().unwrap(), doubt.as_str().unwrap())
            })
        })
        .collect();
    insta::assert_snapshot!(doubts.join("\n"), @"
    IP-2.1 Its columns are shifted: “December 2020” stands under the lead and is read as the target date, and what stands under the date as the update.
    IP-2.1 The lead is split: “Improvement” stands at the end of the action, and “Groups” under the lead. It is read as “Improvement Groups”.
    IP-3.1 No number is printed; by its place it is IP-3.1.
    IP-3.1 No lead is printed; CPEG leads its neighbours. Choose who leads.
    IP-3.2 No target date is printed.
    IP-3.3 No target date is printed.
    IP-3.3 No lead is printed; CPEG leads its neighbours. Choose who leads.
    IP-4.1 No number is printed; by its place it is IP-4.1.
    ");
    let whole: Vec<&str> =
        preview["doubts"].as_array().unwrap().iter().map(|doubt| doubt.as_str().unwrap()).collect();
    insta::assert_snapshot!(whole.join("\n"), @"
    The updates under line 32 carry no date; others here are of October 2020.
    The updates under line 49 carry no date; others here are of October 2020.
    ");
    let ignored: Vec<&str> = preview["ignored"]
        .as_array()
        .unwrap()
        .iter()
        .map(|left| left["text"].as_str().unwrap())
        .collect();
    assert_eq!(
        ignored,
        [
            "Community Planning West Dunbartonshire",
            "Improvement Plan 2020-2022 V2.0",
            "Updated October 2020"
        ]
    );
    let membership = actions[8]["update"].as_str().unwrap();
    assert!(membership.starts_with("Discussions on membership"), "{membership}");
    let figures = actions[7]["update"].as_str().unwrap();
    assert!(figures.ends_with("CPWD review (scheduled for 2021/22)"), "{figures}");
}

/// What must come out the same: the bodies that answer for an action, and its window.
fn gist(leads: Vec<BodyId>, window: Option<Window>) -> (Vec<BodyId>, Option<Window>) {
    (leads, window)
}

fn of_action(action: &Action) -> (Vec<BodyId>, Option<Window>) {
    let leads = action.leads.iter().flat_map(|lead| lead.bodies.clone()).collect();
    gist(leads, action.target.window())
}

fn of_print(printed: &Printed) -> (Vec<BodyId>, Option<Window>) {
    let leads = printed.leads.iter().flatten().flat_map(|lead| lead.bodies.clone()).collect();
    gist(leads, printed.target.as_ref().and_then(Target::window))
}

#[tokio::test]
async fn with_its_doubts_answered_it_is_the_plan_that_stands_in_the_repository() {
    let Some(path) = pasted() else { return };
    let folder = tempfile::tempdir().unwrap();
    found(folder.path(), false).await;
    let answers = folder.path().join("answers.txt");
    std::fs::write(&answers, ANSWERS).unwrap();
    let arguments = [
        "import",
        &path.display().to_string(),
        "--plan",
        "IP",
        "--answers",
        &answers.display().to_string(),
        "--data",
        &folder.path().display().to_string(),
    ];
    let shown = said_by(convener(&arguments));
    assert!(!shown.contains("To look at"), "no doubt is left:\n{shown}");
    said_by(convener(&arguments).arg("--apply"));
    let founding = partnership::founding(None).unwrap();
    let store = Store::open(&folder.path().join("1.db")).await.unwrap();
    let mut tx = store.read("2030-01-01T09:00:00Z".parse().unwrap()).await.unwrap();
    let actions = tx.actions(None).await.unwrap();
    assert_eq!(actions.len(), founding.printed.len());
    for (action, printed) in actions.iter().zip(&founding.printed) {
        assert_eq!(action.reference, printed.reference);
        assert_eq!(of_action(action), of_print(printed), "{}", action.reference);
    }
    // As of the printed position already, which begins on 1 October 2020.
    let then = tx.actions(Some("2020-10-02T00:00:00Z".parse().unwrap())).await.unwrap();
    assert_eq!(then.len(), 11);
    drop(tx);
    store.close().await;
    let again = said_by(convener(&arguments).arg("--apply"));
    assert!(again.contains("It changes nothing"), "{again}");
}
