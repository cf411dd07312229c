//! The plan as files, in the chat and from the program, and the paper for a meeting.

use convener::files::document::Part;
use convener::files::read::read;
use serde_json::Value;

use crate::program::convener;
use crate::program::found;
use crate::program::refused;
use crate::program::said_by;
use crate::town::Given;
use crate::town::MORAG;
use crate::town::TOM;
use crate::town::Town;
use crate::town::lines_of;

/// What Tom reads, and the files he gets with it.
async fn given(town: &Town, line: &str) -> (String, Vec<Given>) {
    town.person(TOM, "general").gets(line).await
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_gets_the_plan_in_each_kind_of_file() {
    let town = Town::open().await;
    let begins: [(&str, &str, &[u8]); 6] = [
        ("csv", "IP-2020-10-26.csv", b"\xef\xbb\xbfImprovement Area,No.,Activities,Lead"),
        ("xlsx", "IP-2020-10-26.xlsx", b"PK"),
        ("ics", "IP-2020-10-26.ics", b"BEGIN:VCALENDAR\r\n"),
        ("json", "IP-2020-10-26.json", b"{"),
        ("png", "IP-2020-10-26.png", b"\x89PNG"),
        ("svg", "IP-2020-10-26.svg", b"<svg"),
    ];
    for (format, expected, first) in begins {
        let (text, files) = given(&town, &format!("/plan export format:{format}")).await;
        assert!(text.contains("11 actions, as they stood at 09:00 on Monday 26 October"), "{text}");
        let [(name, _, bytes)] = files.as_slice() else {
            panic!("{format}: {} files", files.len())
        };
        assert_eq!(name, expected);
        assert!(bytes.starts_with(first), "{format}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_on_a_page_says_in_words_what_it_shows() {
    let town = Town::open().await;
    let (_, files) = given(&town, "/plan export format:png").await;
    let says = files[0].1.as_deref().unwrap();
    assert!(says.chars().count() <= 1024);
    assert!(says.contains("IP-4.1 by 26 days"), "{says}");
    let (_, files) = given(&town, "/plan export format:png as_of:1 October 2020").await;
    let says = files[0].1.as_deref().unwrap();
    assert!(says.contains("IP-4.1 by 1 day"), "{says}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_is_over_is_told_as_it_ended() {
    let town = Town::open().await;
    town.person(MORAG, "cpeg")
        .types("/update action:1.2 text:Halls are booked status:at risk")
        .await;
    let (_, files) = given(&town, "/plan export format:csv").await;
    let now = String::from_utf8(files[0].2.to_vec()).unwrap();
    assert!(now.contains("Halls are booked,at risk"), "{now}");
    let (text, files) = given(&town, "/plan export format:csv as_of:25 October 2020").await;
    assert!(text.contains("as they stood at the end of Sunday 25 October 2020"), "{text}");
    let then = String::from_utf8(files[0].2.to_vec()).unwrap();
    assert!(!then.contains("Halls are booked") && then.contains("on track"), "{then}");
    let before =
        town.person(TOM, "general").types("/plan export format:csv as_of:1 May 2020").await;
    assert!(before.contains("The record begins on 1 October 2020"), "{before}");
    let unknown = town.person(TOM, "general").types("/plan export format:csv plan:XYZ").await;
    assert!(unknown.contains("no plan with the letters \"XYZ\""), "{unknown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_paper_of_a_meeting_numbers_its_sections_and_ends_with_every_action() {
    let town = Town::open().await;
    let (text, files) = given(&town, "/plan paper body:CPWD").await;
    assert!(text.contains("Draft paper for CPWD board, Thursday 19 November 2020"), "{text}");
    assert_eq!(files[0].0, "CPWD-2020-11-19-paper.docx");
    let lines = lines_of(&files[0]);
    let number = |line: &String| line.split_once(". ")?.0.parse::<u32>().ok();
    let sections: Vec<&String> = lines.iter().filter(|line| number(line).is_some()).collect();
    assert!(sections.iter().filter_map(|line| number(line)).eq(1..=10), "{sections:?}");
    assert_eq!(
        (sections[0].as_str(), sections[9].as_str()),
        ("1. Purpose", "10. Strategic Assessment")
    );
    assert_eq!(actions_in(&files[0]), 11);
    let none = town.person(TOM, "general").types("/plan paper body:Safe DIG").await;
    assert!(none.contains("has no meetings in the calendar"), "{none}");
}

/// How many rows the tables of actions have in a paper.
fn actions_in((name, _, bytes): &Given) -> usize {
    let parts = read(name, bytes).unwrap().parts;
    let tables = parts.iter().filter_map(|part| match part {
        Part::Table(table) if table.rows[0].cell(1) == "Activities" => Some(table.rows.len() - 1),
        _ => None,
    });
    tables.sum()
}

#[tokio::test]
async fn the_program_writes_the_same_files() {
    let folder = tempfile::tempdir().unwrap();
    found(folder.path(), true).await;
    let data = folder.path().display().to_string();
    let as_of = |format| {
        said_by(convener(&["export", "--format", format, "--as-of", "2020-11-12", "--data", &data]))
    };
    let table = as_of("csv");
    assert!(
        table.starts_with("\u{feff}Improvement Area,No.,Activities,Lead,Target Date,Update (Nov")
    );
    assert_eq!(table.lines().count(), 12);
    let record: Value = serde_json::from_str(&as_of("json")).unwrap();
    assert_eq!(record["actions"].as_array().unwrap().len(), 11);
    let ledger = record["ledger"].as_array().unwrap();
    let of = |kind: &str| ledger.iter().filter(|entry| entry["entry"] == kind).count();
    assert_eq!((of("action"), of("target"), of("leadership"), of("update")), (11, 11, 11, 9));
    assert_eq!(of("decision"), 1, "1.1 was complete when it was printed");
    let calendar = as_of("ics");
    assert!(calendar.contains("UID:action-IP-1.2@1.convener"), "{calendar}");
    let paper = folder.path().join("paper.docx");
    let out = paper.display().to_string();
    said_by(convener(&[
        "paper",
        "--body",
        "CPEG",
        "--as-of",
        "2020-12-03",
        "--data",
        &data,
        "--out",
        &out,
    ]));
    let paper = ("paper.docx".to_owned(), None, std::fs::read(paper).unwrap().into());
    assert!(lines_of(&paper).iter().any(|line| line == "7. Risk Analysis"));
    let early = refused(&["export", "--format", "csv", "--as-of", "2019-01-01", "--data", &data]);
    assert!(early.contains("The record begins on 1 October 2020"), "{early}");
    let wrong = refused(&["paper", "--body", "Nobody", "--data", &data]);
    assert!(wrong.contains("I know no body called \"Nobody\""), "{wrong}");
    let nowhere = folder.path().join("missing").join("plan.csv").display().to_string();
    let unwritten = refused(&["export", "--format", "csv", "--data", &data, "--out", &nowhere]);
    assert!(unwritten.contains("plan.csv cannot be written"), "{unwritten}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_nobody_began_cannot_be_got() {
    let town = Town::open().await;
    let (text, files) = given(&town, "/plan export format:csv plan:FLO").await;
    assert!(text.contains("There is no plan with the letters \"FLO\". I know IP."), "{text}");
    assert!(files.is_empty());
}
