//! What is read of text with marks between the cells.

use super::*;
use crate::files::document::Part;
use crate::files::document::Table;

fn table(text: &str) -> Table {
    let document = read("plan.csv", text).expect("it is a table");
    match document.parts.into_iter().next() {
        Some(Part::Table(table)) => table,
        _ => panic!("it is a table"),
    }
}

fn cells(text: &str) -> Vec<Vec<String>> {
    let rows = table(text).rows.into_iter();
    rows.map(|row| row.cells.into_iter().map(|cell| cell.text).collect()).collect()
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_shows_them() {
    let check = |text, expected: &[usize]| {
        let numbers: Vec<usize> = table(text).rows.iter().map(|row| row.at.number).collect();
        assert_eq!(numbers, expected, "{text:?}");
    };
    check("a,b\n1,2\n3,4", &[1, 2, 3]);
    check("\n\na,b\n\n1,2\n", &[3, 5]);
    check("a,b\r\n\r\n1,\"x\r\ny\"\r\n3,4\r\n", &[1, 3, 4]);
    check("a,b\n,\n1,\"x\n\ny\"\n\n3,4", &[1, 3, 5]);
    check("a,b\r1,2\r\r3,4", &[1, 2, 4]);
    check("sep=;\r\na;b\r\n1;2", &[1, 2]);
}

#[test]
fn the_mark_is_told_over_several_records() {
    let check = |text: &str, expected: &[&str]| {
        assert_eq!(cells(text).last().expect("a row"), expected, "{text:?}");
    };
    check("No,Lead\n1,CPEG", &["1", "CPEG"]);
    check("No;Lead\n1;CPEG, CP Support", &["1", "CPEG, CP Support"]);
    check("No\tLead\n1\tCPEG; NHS, police", &["1", "CPEG; NHS, police"]);
    check("No|Lead\n1|CPEG", &["1", "CPEG"]);
    check(
        "Improvement Plan, 2020\n\nNo;What;Lead\n1;Review;CPEG\n2;Report, soon;x",
        &["2", "Report, soon", "x"],
    );
    check("\"a;b;c\",d\n\"e;f;g\",h", &["e;f;g", "h"]);
    check("SEP=|\na,b|c\n", &["a,b", "c"]);
    check("Only\nOne column", &["One column"]);
}

#[test]
fn words_stay_as_they_are_written() {
    let check = |text: &str, expected: &str| {
        assert_eq!(cells(text)[0][0], expected, "{text:?}");
    };
    check("\" two  spaces \",b", " two  spaces ");
    check("\"a \"\"word\"\"\",b", "a \"word\"");
    check("\"one\r\ntwo\",b", "one\r\ntwo");
    check("=\"0012\",b", "0012");
    check("\"=\"\"0012\"\"\",b", "0012");
    check("=A1&\"x\"&\"y\",b", "=A1&\"x\"&\"y\"");
    check("5\" pipe,b", "5\" pipe");
}

#[test]
fn a_text_is_a_table_by_its_name_or_by_its_records() {
    let check = |name, text, expected| {
        assert_eq!(is_separated(name, text), expected, "{name} {text:?}");
    };
    check("plan.CSV", "anything", true);
    check("plan.txt", "No,What,Lead\n1,a,b\n2,c,d", true);
    check("plan", "No;Lead\n1;a", true);
    check("plan.txt", "sep=;\nanything", true);
    check("plan.txt", "We met, and spoke.\nThen we left, and ate.", false);
    check("plan.txt", "One line, of, prose", false);
    check("plan.txt", "No\tLead\n1\tCPEG", false);
    check("plan.txt", "No\tLead\n1\t\"CPEG\nNHS\"\n", true);
    check("plan.txt", "", false);
}

#[test]
fn a_broken_file_gets_a_sentence_that_names_the_place() {
    let check = |text: &str, expected: &str| {
        let refusal = read("plan.csv", text).expect_err(expected).to_string();
        assert!(refusal.starts_with(expected), "{refusal}");
    };
    check("", "plan.csv is empty");
    check("\n , \n", "plan.csv is empty");
    check("a,b\n\n1,x\0y\n", "plan.csv, row 3, column B: this is not readable text");
    check("a,b,c\n1,\"open,2\n3,4,5\n", "plan.csv, row 2, column B: a quotation mark opens here");
    check(
        "a,b\n5\" x,\"y\"\n1,\"o\"\"\n2",
        "plan.csv, row 3, column B: a quotation mark opens here",
    );
    check(&"a,b\n".repeat(20_001), "plan.csv has more than 20000 rows");
}

#[test]
fn marks_of_inches_and_a_last_cell_of_lines_are_no_open_quotation() {
    assert_eq!(cells("5\" pipe,x\n1,\"one\ntwo\"").len(), 2);
    assert_eq!(cells("a,b\n1,\"open at the end")[1], ["1", "open at the end"]);
}

#[test]
fn rows_that_a_quotation_swallowed_are_said() {
    let table = table("No,What,Lead\n1,\"open,x\n2,b,y\n3,\"c\"\n4,d,z\n5,e,w\n");
    let doubts: Vec<&str> =
        table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.doubt.as_str()).collect();
    assert!(doubts.iter().any(|doubt| doubt.starts_with("This cell seems to hold whole rows")));
}

proptest::proptest! {
    #[test]
    fn reading_is_total(text in "[a,;|\t\"\r\n=\u{0}é]{0,60}") {
        let _ = is_separated("plan.txt", &text);
        let _ = read("plan.csv", &text);
    }
}
