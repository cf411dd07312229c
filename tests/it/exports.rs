//! The plan as files, in the chat and from the program, and the paper for a meeting.

use std::io::Cursor;
use std::io::Read;
use std::sync::Arc;

use convener::sandbox::Outcome;
use serde_json::Value;

use crate::program::convener;
use crate::program::found;
use crate::program::refused;
use crate::program::said_by;
use crate::town::MORAG;
use crate::town::TOM;
use crate::town::Town;

/// What Tom reads, and the files he gets with it.
async fn given(town: &Town, line: &str) -> (String, Vec<(String, Option<String>, Arc<[u8]>)>) {
    let sandbox = town.sandbox();
    let outcome = sandbox.command(TOM, "general", line).await.unwrap();
    let Outcome::Answered(message) = outcome else { panic!("{line}: {outcome:?}") };
    (sandbox.text(&message), sandbox.files(&message))
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
async fn the_paper_of_a_meeting_is_in_the_house_order() {
    let town = Town::open().await;
    let (text, files) = given(&town, "/plan paper body:CPWD").await;
    assert!(text.contains("Draft paper for CPWD board, Thursday 19 November 2020"), "{text}");
    assert_eq!(files[0].0, "CPWD-2020-11-19-paper.docx");
    let paper = words_of(&files[0].2);
    let order = [
        "Purpose",
        "Recommendations",
        "Background",
        "Main Issues",
        "People Implications",
        "Financial & Procurement Implications",
        "Risk Analysis",
        "Equalities Impact Assessment (EIA)",
        "Consultation",
        "Strategic Assessment",
    ];
    let places: Vec<usize> = order
        .iter()
        .map(|heading| paper.iter().position(|line| line == heading).unwrap())
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    let none = town.person(TOM, "general").types("/plan paper body:Safe DIG").await;
    assert!(none.contains("has no meetings in the calendar"), "{none}");
}

/// The paragraphs of a Word document, as text.
fn words_of(bytes: &[u8]) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let paragraph = |paragraph: &str| {
        let runs = paragraph.split("<w:t").skip(1);
        let text: String = runs
            .filter_map(|run| run.split_once('>')?.1.split_once("</w:t>"))
            .map(|(text, _)| text)
            .collect();
        text.replace("&amp;", "&")
    };
    xml.split("</w:p>").map(paragraph).collect()
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
    assert!(words_of(&std::fs::read(paper).unwrap()).iter().any(|line| line == "Risk Analysis"));
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
