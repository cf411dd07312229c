//! The program's own import: what it prints, what it refuses, and that it is whole or not at all.

use std::fmt::Write;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use convener::request::FILE_BYTES_MAX;

use crate::program::convener;
use crate::program::count;
use crate::program::found;
use crate::program::refused;
use crate::program::said_by;

fn file(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

#[tokio::test]
async fn nothing_is_changed_by_looking() {
    let folder = tempfile::tempdir().unwrap();
    found(folder.path(), true).await;
    let plan = file(folder.path(), "plan.csv", "No,Activities,Lead\n1.5,Meet,CPEG\n");
    let data = folder.path().display().to_string();
    let shown = said_by(convener(&["import", &plan, "--data", &data]));
    assert!(shown.contains("IP-1.5 is new: Meet · CPEG · no date"), "{shown}");
    assert!(shown.contains("IP-1.2 is not in the file and would be withdrawn"), "{shown}");
    assert_eq!(count(folder.path()).await, 11);
    said_by(convener(&["import", &plan, "--data", &data, "--apply", "--keep-dropped"]));
    assert_eq!(count(folder.path()).await, 12);
    let again = said_by(convener(&["import", &plan, "--data", &data]));
    assert!(!again.contains("IP-1.5 is new"), "{again}");
}

#[tokio::test]
async fn each_refusal_names_the_file_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let data = folder.display().to_string();
    let check = |name: &str, bytes: &[u8], expected: &[&str]| {
        let path = file(folder, name, bytes);
        let said = refused(&["import", &path, "--data", &data]);
        assert!(said.contains(name), "{said}");
        for words in expected {
            assert!(said.contains(words), "{name}: {said}");
        }
    };
    check("empty.csv", b"", &["empty"]);
    check("words.txt", b"Dear all, see attached.", &["I find no actions in it", "A plan needs"]);
    check("plan.pdf", b"%PDF-1.7\n", &["PDF"]);
    check("plan.xlsx", b"PK\x03\x04broken", &[]);
    let large = vec![b'a'; usize::try_from(FILE_BYTES_MAX).unwrap() + 1];
    check("large.csv", &large, &["is larger than 10 MB. Send the plan's table alone"]);
    let missing = refused(&["import", "nowhere.csv", "--data", &data]);
    let expected =
        "convener: there is no file nowhere.csv. Check its name and the folder it is in\n";
    assert_eq!(missing, expected);
    let whole = refused(&["import", &data, "--data", &data]);
    assert!(whole.contains("is a folder. Name the file with the plan in it"), "{whole}");
    let plan = file(folder, "plan.csv", "No,Activities\n1.1,Meet\n");
    let unread = refused(&["import", &plan, "--data", &data, "--answer", "CPEG leads"]);
    assert!(unread.contains("I cannot read the answer \"CPEG leads\""), "{unread}");
    let none = refused(&["import", &plan, "--data", &data, "--apply"]);
    assert!(none.contains("there is no record in"), "{none}");
    let plan_unknown = refused(&["import", &plan, "--data", &data, "--plan", "XYZ"]);
    assert!(plan_unknown.contains("no plan with the letters \"XYZ\""), "{plan_unknown}");
}

#[tokio::test]
async fn a_record_is_begun_by_an_import_and_a_group_gets_a_plan_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().display().to_string();
    let plan = file(
        folder.path(),
        "safe.csv",
        "No,Action,Timescale,Responsibility\n1.1,Walk the streets,March 2021,Safe\n",
    );
    let arguments = ["import", &plan, "--plan", "SAF", "--apply", "--data", &data, "--server", "1"];
    said_by(convener(&arguments));
    assert_eq!(count(folder.path()).await, 12);
    let table = said_by(convener(&["export", "--format", "csv", "--plan", "SAF", "--data", &data]));
    assert!(table.contains("1.1,Walk the streets,Safe,March 2021"), "{table}");
    let again = said_by(convener(&["import", &plan, "--plan", "saf", "--data", &data]));
    assert!(again.contains("It changes nothing"), "{again}");
}

/// A plan of so many actions, each with a lead, a date and an update.
fn large(actions: usize) -> String {
    let mut text = "No,Activities,Lead,Target Date,Update (October 2020)\n".to_owned();
    for number in 0..actions {
        let (area, place) = (number / 500 + 1, number % 500 + 1);
        let _ = writeln!(
            text,
            "{area}.{place},Do the work numbered {number},DIG chairs / CPEG,June – September 2021,\
             \"Begun, and going as planned\""
        );
    }
    text
}

#[tokio::test]
async fn an_import_that_is_killed_is_there_whole_or_not_at_all() {
    const ACTIONS: usize = 3_000;
    let folder = tempfile::tempdir().unwrap();
    found(folder.path(), false).await;
    let plan = file(folder.path(), "large.csv", large(ACTIONS));
    let data = folder.path().display().to_string();
    let arguments = ["import", &plan, "--apply", "--data", &data];
    let log = folder.path().join("1.db-wal");
    let mut killed = 0;
    // Ever later, so that some kill falls between the first row written and the last.
    for wait_ms in [0, 5, 20, 80] {
        let mut program =
            convener(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // It has begun to write when its log grows; SQLite holds smaller changes in memory.
        let began = tokio::time::Instant::now();
        let written = || std::fs::metadata(&log).map_or(0, |log| log.len()) > 100_000;
        while !written() && program.try_wait().unwrap().is_none() {
            assert!(began.elapsed() < Duration::from_mins(1), "it never began to write");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_millis(wait_ms)).await;
        if program.try_wait().unwrap().is_none() {
            killed += 1;
        }
        let _ended_already = program.kill();
        program.wait().unwrap();
        let found = count(folder.path()).await;
        assert!(found == 0 || found == ACTIONS, "{found} of {ACTIONS} actions");
        if found == ACTIONS {
            break;
        }
    }
    assert!(killed > 0, "no kill came while it was at work");
    said_by(convener(&arguments));
    assert_eq!(count(folder.path()).await, ACTIONS);
}

#[tokio::test]
async fn a_server_without_a_record_is_not_taken_for_another() {
    let folder = tempfile::tempdir().unwrap();
    found(folder.path(), true).await;
    let data = folder.path().display().to_string();
    let refused = refused(&["export", "--format", "csv", "--data", &data, "--server", "3"]);
    assert!(refused.contains("holds no record of server 3. It holds those of: "), "{refused}");
}
