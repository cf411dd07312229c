//! Rows that are no action by themselves: none of their words is lost.

use super::*;

const HEADS: &str = "No.|Activities|Lead|Target Date|Update (October 2020)\n";

#[test]
fn a_row_with_one_cell_heads_others_and_is_said() {
    let text = format!(
        "{HEADS}Reporting||||\n1.1|Set up a group|CPEG|April 2021|\nGovernance||||\n1.2|Review it|\
         CPEG|May 2021|\nDates may change.||||"
    );
    assert_eq!(
        actions(&text),
        ["IP-1.1 Set up a group | CPEG | April 2021", "IP-1.2 Review it | CPEG | May 2021"]
    );
    let alone = "It stands alone in its row, as a heading or a remark does.";
    let expected = [2, 4, 6];
    assert_eq!(doubts(&text), expected.map(|line| format!("{line} left out: {alone}")));
}

#[test]
fn a_numbered_heading_in_the_table_opens_an_area() {
    let text = format!(
        "{HEADS}1. Reporting||||\n1.1|Set up a group|CPEG|April 2021|\n2. Engagement||||\n2.1|\
         Hold sessions|CPEG|May 2021|"
    );
    let preview = read(&text);
    let areas: Vec<_> =
        preview.areas.iter().map(|area| (area.number, area.title.as_str())).collect();
    assert_eq!(areas, [(1, "Reporting"), (2, "Engagement")]);
    assert_eq!(said(&preview), [""; 0]);
}

#[test]
fn a_total_is_no_part_of_the_last_action() {
    let text = format!("{HEADS}1.1|Set up a group|CPEG|April 2021|\nTotal: 1||||5");
    assert_eq!(doubts(&text), ["3 left out: It is a total."]);
    assert_eq!(read(&text).actions[0].printed.update, None);
}

#[test]
fn the_next_page_goes_on_with_the_last_action() {
    let text = format!(
        "{HEADS}1|Set up a group|CPEG|April 2021|\n2|Review it and con-|CPEG|May 2021|Begun\nPage \
         1 of 2\n{HEADS}2 (cont'd)|tinue|||and ended\n3|Write a plan|CPEG|June 2021|"
    );
    assert_eq!(
        actions(&text),
        [
            "IP-1.1 Set up a group | CPEG | April 2021",
            "IP-1.2 Review it and con-tinue | CPEG | May 2021",
            "IP-1.3 Write a plan | CPEG | June 2021",
        ]
    );
    assert_eq!(read(&text).actions[1].printed.update.as_deref(), Some("Begun and ended"));
    assert!(doubts(&text).contains(&"4 left out: It is a page number.".into()));
}

#[test]
fn the_rest_of_a_sentence_below_an_action_is_no_action() {
    let mut document = document("Action|Lead|Due\nSet up a group|CPEG|April 2021\nand report||");
    for part in &mut document.parts {
        let Part::Table(table) = part else { continue };
        for row in &mut table.rows {
            row.at = Place::row(row.at.number);
        }
    }
    let answers = Answers::default();
    let known = Known {
        plan: "IP",
        bodies: &bodies(),
        themes: &[],
        calendar: &calendar(),
        answers: &answers,
    };
    let preview = preview(document, known, &mut |_, _| {}).expect("it is a plan");
    let titles: Vec<_> = preview.actions.iter().map(|read| read.printed.title.as_str()).collect();
    assert_eq!(titles, ["Set up a group and report"]);
}
