//! What is read of pasted text.

use super::*;
use crate::files::document::Part;
use crate::files::read::sample;

fn shown(text: &str) -> String {
    sample::shown(&read("plan.txt", text).expect("it is read"))
}

#[test]
fn lines_with_tabs_make_tables_between_lines_without() {
    let text = "Improvement Area 1\r\n\r\nNo\tWhat\tLead\r\n1.\tReview \tCPEG\r\n\t\tand NHS\r\n\
        Updated October\r\n\tIndented\r\nA\tB";
    insta::assert_snapshot!(shown(text), @r#"
    line 1: Improvement Area 1
    line 3: "No" "What" "Lead"
    line 4: "1." "Review " "CPEG"
    line 5: "" "" "and NHS"
    line 6: Updated October
    line 7: "" "Indented"
    line 8: "A" "B"
    "#);
}

#[test]
fn a_tab_beside_a_sentence_makes_no_table() {
    insta::assert_snapshot!(shown("\tWe met.\n\nWe left.\t\n"), @r"
    line 1: 	We met.
    line 3: We left.
    ");
}

#[test]
fn spaces_make_a_table_where_three_lines_agree() {
    let text = "Plan\n\nNo  What           Lead\n1.  Review data    CPEG\n2.  Host sessions  NHS\n    in community\n\
        Prose that runs over  the columns.\n";
    insta::assert_snapshot!(shown(text), @r#"
    line 1: Plan
    line 3: "No" "What" "Lead"
    line 4: "1." "Review data" "CPEG"
    line 5: "2." "Host sessions" "NHS"
    line 6: "" "in community"
    line 7: Prose that runs over  the columns.
    ! Lines 3 to 6 are read as a table by the spaces between their words.
    "#);
}

#[test]
fn spaces_that_do_not_agree_are_left_in_their_lines() {
    let text = "No  What     Lead\n1.  Review  CPEG\n2.  Host     NHS\n";
    assert!(!shown(text).contains('"'), "{}", shown(text));
}

proptest::proptest! {
    #[test]
    fn no_word_is_lost(text in "[ab\t \r\né]{0,80}") {
        let words = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
        if let Ok(document) = read("plan.txt", &text) {
            let mut read = String::new();
            for part in &document.parts {
                match part {
                    Part::Line(line) => read.push_str(&line.text),
                    Part::Table(table) => {
                        for cell in table.rows.iter().flat_map(|row| &row.cells) {
                            read.push_str(&cell.text);
                        }
                    }
                }
            }
            proptest::prop_assert_eq!(words(&read), words(&text));
        } else {
            proptest::prop_assert_eq!(words(&text), "");
        }
    }
}
