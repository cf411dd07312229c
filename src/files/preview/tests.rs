//! Tables as officers write them, and the doubts about them.

use super::*;
use crate::body::Body;
use crate::body::BodyKind;
use crate::body::Collective;
use crate::files::csv;

fn body(id: i64, name: &str, kind: BodyKind, names: &[&str]) -> Body {
    Body {
        id: BodyId(id),
        name: name.into(),
        code: name.chars().take(3).collect(),
        kind,
        names: names.iter().map(ToString::to_string).collect(),
        role_name: name.into(),
        channel_name: name.to_lowercase(),
        role: None,
        channel: None,
    }
}

fn bodies() -> Bodies {
    let all = vec![
        body(1, "CPEG", BodyKind::Executive, &["Executive Group", "Safety, Health & Wellbeing"]),
        body(2, "Safe DIG", BodyKind::Group, &["Safe"]),
        body(3, "Nurtured DIG", BodyKind::Group, &["Nurtured"]),
    ];
    let collectives = vec![Collective {
        name: "DIGs".into(),
        names: vec!["DIG chairs".into()],
        bodies: vec![BodyId(2), BodyId(3)],
    }];
    Bodies { all, collectives }
}

fn read(text: &str) -> Result<Preview, Refusal> {
    let themes = ["Poverty".to_owned(), "Wellbeing".to_owned()];
    let table = csv::read("plan.csv", text.as_bytes())?;
    preview(&table, Known { plan: "IP", bodies: &bodies(), themes: &themes })
}

fn doubts(text: &str) -> Vec<String> {
    let preview = read(text).expect("it is a plan");
    preview.doubts.iter().map(|doubt| format!("{}: {}", doubt.row, doubt.text)).collect()
}

/// The doubts about one row that has the first cells right.
fn doubts_of(row: &str) -> Vec<String> {
    doubts(&format!("No,Activities,Lead,Target Date,Status,Theme\n{row}\n"))
}

#[test]
fn a_row_without_doubts_is_read_whole() {
    let text = "\u{feff}Theme,Improvement Area,No.,Activities,Lead,Target Date,Update (October 2020),Status\r\n\
                \"Poverty, wellbeing\",Improvement Area 2,1,\"Share\r\ncase studies\",DIG chairs / CPEG,\
                March 2021,\"One. \r\nTwo.\",In progress\r\n";
    let preview = read(text).expect("it is a plan");
    assert_eq!(preview.doubts, []);
    let [printed] = preview.printed.as_slice() else {
        panic!("there is one action: {preview:?}");
    };
    assert_eq!(printed.reference.to_string(), "IP-2.1");
    assert_eq!(printed.title, "Share case studies");
    assert_eq!(printed.themes, ["Poverty", "Wellbeing"]);
    assert_eq!(
        printed.leads[0],
        Lead { printed: "DIG chairs".into(), bodies: vec![BodyId(2), BodyId(3)] }
    );
    assert_eq!(printed.leads[1], Lead { printed: "CPEG".into(), bodies: vec![BodyId(1)] });
    assert_eq!(printed.target.words(), "March 2021");
    assert_eq!(printed.status, Status::OnTrack);
    assert_eq!(printed.update.as_deref(), Some("One. \r\nTwo."));
}

#[test]
fn several_leads_stand_in_a_cell_in_several_ways() {
    let check = |cell: &str, expected: &[(&str, &[i64])]| {
        let leads = leads(cell, &bodies());
        let read: Vec<(&str, Vec<i64>)> = leads
            .iter()
            .map(|lead| (lead.printed.as_str(), lead.bodies.iter().map(|body| body.0).collect()))
            .collect();
        let expected: Vec<(&str, Vec<i64>)> =
            expected.iter().map(|(name, ids)| (*name, ids.to_vec())).collect();
        assert_eq!(read, expected, "{cell}");
    };
    check("", &[]);
    check("cpeg", &[("cpeg", &[1])]);
    check("DIG chairs / CPEG", &[("DIG chairs", &[2, 3]), ("CPEG", &[1])]);
    check("DIG chairs; CPEG;", &[("DIG chairs", &[2, 3]), ("CPEG", &[1])]);
    check("Safe\nNurtured", &[("Safe", &[2]), ("Nurtured", &[3])]);
    check("Safe, Nurtured and CPEG", &[("Safe", &[2]), ("Nurtured", &[3]), ("CPEG", &[1])]);
    check("Safety, Health & Wellbeing", &[("Safety, Health & Wellbeing", &[1])]);
    check("Executive Group (CPEG)", &[("Executive Group (CPEG)", &[1])]);
    check("Council and Police", &[("Council and Police", &[])]);
    check("Safe DIG (CPEG)", &[("Safe DIG (CPEG)", &[])]);
    check("Somebody (CPEG)", &[("Somebody (CPEG)", &[1])]);
}

#[test]
fn each_doubt_is_said_in_words_and_nothing_is_guessed() {
    let check = |row: &str, expected: &str| {
        let doubts = doubts_of(row);
        assert_eq!(doubts, [expected], "{row}");
    };
    assert_eq!(doubts_of("2.1,Meet,CPEG,March 2021,on track,"), Vec::<String>::new());
    check("2.1,Meet,,March 2021,on track,", "2: IP-2.1 has no lead printed.");
    check("2.1,Meet,CPEG,,on track,", "2: IP-2.1 has no date printed.");
    check(
        "2.1,Meet,CPEX,March 2021,on track,",
        "2: IP-2.1 is led by \"CPEX\", which is none of the bodies I know.",
    );
    check(
        "2.1,Meet,CPEG,March 2021,going well,",
        "2: IP-2.1 has the status \"going well\", which I do not know; it is taken as not started.",
    );
    check(
        "2.1,Meet,CPEG,March 2021,,",
        "2: IP-2.1 has no status printed and is taken as not started.",
    );
    check(
        "2.1,Meet,CPEG,March 2021,on track,Peace",
        "2: IP-2.1 has the theme \"Peace\", which is none of the partnership's; it is left out.",
    );
    check(
        "2.1,,CPEG,March 2021,on track,",
        "2: IP-2.1 does not say what is to be done and is left out.",
    );
    check(",Meet,CPEG,March 2021,on track,", "2: No number is printed, so this row is left out.");
    check(
        "2,Meet,CPEG,March 2021,on track,",
        "2: The number 2 does not say its area, so this row is left out.",
    );
    check("two,Meet,CPEG,,,", "2: \"two\" is not a number such as 2.1, so this row is left out.");
}

#[test]
fn a_doubt_about_the_target_is_the_readers_own() {
    let doubts = doubts_of("2.1,Meet,CPEG,Q2 2021,on track,");
    assert_eq!(doubts.len(), 1, "{doubts:?}");
    assert!(doubts[0].starts_with("2: IP-2.1, target \"Q2 2021\": "), "{doubts:?}");
}

#[test]
fn a_number_stands_once() {
    let text = "No,Action,Lead,Target,Status\n1.1,Meet,CPEG,2021,complete\n\nIP-1.1,Eat,CPEG,2021,complete\n";
    assert_eq!(doubts(text), ["4: IP-1.1 stands in row 2 already; this one is left out."]);
    assert_eq!(read(text).expect("it is a plan").printed[0].title, "Meet");
}

#[test]
fn a_number_and_an_area_may_not_disagree() {
    let text = "Area,No,Action,Lead,Target,Status\nArea 3,2.1,Meet,CPEG,2021,complete\n";
    assert_eq!(
        doubts(text),
        ["2: The number 2.1 belongs to area 2, but the row says area 3; it is left out."]
    );
}

#[test]
fn rows_above_the_headings_and_unknown_columns_are_said() {
    let text = "Improvement Plan 2020-2022\n\nNo,Action,Lead,Target,Status,Cost\n1.1,Meet,CPEG,2021,complete,5\n";
    assert_eq!(
        doubts(text),
        [
            "1: This row stands above the headings and is left out.",
            "3: Column F, \"Cost\", is not understood and is left out."
        ]
    );
}

#[test]
fn a_missing_column_is_doubted_once() {
    let text = "No,Action,Lead,Target\n1.1,Meet,CPEG,2021\n1.2,Eat,CPEG,2021\n";
    assert_eq!(
        doubts(text),
        ["1: There is no column for the status, so every action is taken as not started."]
    );
}

#[test]
fn a_table_that_is_not_a_plan_gets_a_sentence() {
    let check = |text: &str, expected: &str| {
        let refusal = read(text).expect_err(expected).to_string();
        assert!(refusal.starts_with(expected), "{refusal}");
    };
    check("\na,b\n1,2\n", "plan.csv, row 2: I cannot find the headings");
    check(
        "No,Action,Lead\n1.1,Meet,CPEG,then,eat\n",
        "plan.csv, row 2, column D: the table has 3 columns",
    );
    check(
        "No,Action,Title\n1.1,Meet,Eat\n",
        "plan.csv, row 1, column C: \"Title\" means the same as column B",
    );
}

proptest::proptest! {
    #[test]
    fn reading_is_total(cells in proptest::collection::vec(".{0,12}", 0..30)) {
        let mut text = "No,Area,Action,Lead,Target,Status\n".to_owned();
        for row in cells.chunks(6) {
            text.push_str(&row.join(","));
            text.push('\n');
        }
        if let Ok(preview) = read(&text) {
            let refs: std::collections::BTreeSet<_> =
                preview.printed.iter().map(|printed| &printed.reference).collect();
            proptest::prop_assert_eq!(refs.len(), preview.printed.len());
        }
    }
}
