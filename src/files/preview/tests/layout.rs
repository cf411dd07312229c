//! Where a plan's parts stand: areas, headings, columns, rows that go on, and records.

use super::actions;
use super::bodies;
use super::calendar;
use super::document;
use super::doubts;
use super::read;
use crate::files::document::Part;
use crate::files::preview::Known;
use crate::files::preview::answer::Answers;
use crate::files::preview::preview;

#[test]
fn areas_are_opened_by_headings_and_described_by_the_lines_below() {
    let text = "Improvement Area 1\n\nReporting and structure\nThis ensures oversight.\n\n\
                |Activities|Lead\n1.|Meet|CPEG\n\nImprovement Area 2: Communities\n\
                |Activities|Lead\n1.|Eat|CPEG\n2.|Rest|Safe";
    assert_eq!(
        actions(text),
        ["IP-1.1 Meet | CPEG | ", "IP-2.1 Eat | CPEG | ", "IP-2.2 Rest | Safe | "]
    );
    let areas = read(text).areas;
    assert_eq!(areas[0].title, "Reporting and structure");
    assert_eq!(areas[0].aim, "This ensures oversight.");
    assert_eq!((areas[1].number, areas[1].title.as_str()), (2, "Communities"));
    assert_eq!(doubts(text), Vec::<String>::new());
}

#[test]
fn an_area_may_get_its_title_after_its_number_and_another_title_is_told() {
    let check = |first: &str, later: &str, title: &str, said: &[&str]| {
        let text = format!(
            "{first}\nNo|Activities|Lead\n1|Meet|CPEG\n{later}\nNo|Activities|Lead\n2|Eat|CPEG"
        );
        let preview = read(&text);
        assert_eq!(preview.areas.len(), 1, "{text}");
        assert_eq!(preview.areas[0].title, title, "{text}");
        assert_eq!(preview.doubts, said, "{text}");
    };
    let bare = "Improvement Area 1";
    check(bare, "Improvement Area 1: Reporting", "Reporting", &[]);
    check("Area 1: Reporting", bare, "Reporting", &[]);
    check("Area 1: Reporting\nand structure", "Area 1 – REPORTING", "Reporting and structure", &[]);
    check("Area 1: Reporting", "Area 1: Reporting (continued)", "Reporting", &[]);
    check("Area 1: Reporting", "Area 1 (cont'd)", "Reporting", &[]);
    let told = "Area 1 is called “Reporting” first and “Structure” later; the first is taken.";
    check("Area 1: Reporting", "Area 1: Structure", "Reporting", &[told]);
    let column = "Area|No|Activities|Lead\nArea 1|1.1|Meet|CPEG\nArea 1: Well|1.2|Eat|CPEG";
    assert_eq!(read(column).areas[0].title, "Well");
    let headed = format!("{bare}\nArea|No|Activities|Lead\nArea 1: Well|1|Eat|CPEG");
    assert_eq!(read(&headed).areas[0].title, "Well");
}

#[test]
fn an_area_may_stand_in_a_row_of_the_table() {
    let text = "No|Activities|Lead\nArea 1 Reporting||\n1|Meet|CPEG\nArea 2||\n1|Eat|Safe";
    assert_eq!(actions(text), ["IP-1.1 Meet | CPEG | ", "IP-2.1 Eat | Safe | "]);
}

#[test]
fn an_area_that_is_named_in_its_first_row_alone_holds_for_those_below() {
    let text = "Area|No|Activities|Lead\nArea 1|1|Meet|CPEG\n|2|Eat|CPEG\nArea 2|1|Rest|Safe";
    assert_eq!(
        actions(text),
        ["IP-1.1 Meet | CPEG | ", "IP-1.2 Eat | CPEG | ", "IP-2.1 Rest | Safe | "]
    );
}

#[test]
fn a_plan_without_areas_is_one_area() {
    let text = "No|Action|Timescale|Responsibility\n1|Meet|March 2021|CPEG";
    assert_eq!(actions(text), ["IP-1.1 Meet | CPEG | March 2021"]);
    assert_eq!(doubts(text), ["No areas are printed, so all actions are put in area 1."]);
}

#[test]
fn headings_may_be_garbled_or_span_two_columns() {
    let garbled = "F|ctivities|Lead|Target Date\n1.|Meet|CPEG|March 2021\n2.|Eat|Safe|June 2021";
    let spanning = "Activities||Lead|Target Date\n1.|Meet|CPEG|March 2021\n2.|Eat|Safe|June 2021";
    let expected = ["IP-1.1 Meet | CPEG | March 2021", "IP-1.2 Eat | Safe | June 2021"];
    assert_eq!(actions(garbled), expected);
    assert_eq!(actions(spanning), expected);
}

#[test]
fn a_table_without_headings_is_read_by_what_stands_in_it_and_says_so() {
    let text = "1.1|Hold engagement sessions|CPEG|March 2021|Halls are booked for two\n\
                1.2|Review the action plans|Safe|June 2021|Not begun, waits for data";
    assert_eq!(
        actions(text),
        [
            "IP-1.1 Hold engagement sessions | CPEG | March 2021",
            "IP-1.2 Review the action plans | Safe | June 2021"
        ]
    );
    assert_eq!(
        doubts(text),
        ["The table at line 1 has no headings. By what stands in them I read column A as the \
          number, column B as the action, column C as the lead, column D as the target date and \
          column E as the update."]
    );
}

#[test]
fn a_second_table_without_headings_goes_by_those_of_the_first() {
    let text = "Area 1\nNo|Activities|Lead\n1|Meet|CPEG\nArea 2\n1|Eat|Safe\n2|Rest|CPEG";
    assert_eq!(
        actions(text),
        ["IP-1.1 Meet | CPEG | ", "IP-2.1 Eat | Safe | ", "IP-2.2 Rest | CPEG | "]
    );
    assert_eq!(
        doubts(text),
        ["The table at line 5 has no headings and is read with those of the one before it."]
    );
}

#[test]
fn of_two_columns_alike_the_first_counts_and_the_other_is_a_note() {
    let preview = read("No|Action|Milestone|Lead\n1.1|Meet|First date set|CPEG");
    let printed = &preview.actions[0].printed;
    assert_eq!(printed.title, "Meet");
    assert_eq!(printed.notes[0].heading, "Milestone");
    assert_eq!(printed.notes[0].text, "First date set");
}

#[test]
fn a_row_that_has_slipped_to_the_left_is_put_right_and_said() {
    let text = "No|Activities|Lead|Target Date|Update (May 2020)\n\
                1.1|Review plans|December 2020|Work has begun on it|";
    assert_eq!(actions(text), ["IP-1.1 Review plans |  | December 2020"]);
    let preview = read(text);
    assert_eq!(preview.actions[0].printed.update.as_deref(), Some("Work has begun on it"));
    let doubts = doubts(text);
    assert!(doubts[0].starts_with("2: Its columns are shifted: “December 2020”"), "{doubts:?}");
    let sound = "No|Activities|Lead|Target Date\n1.1|Review plans|December 2020|";
    assert_eq!(
        super::doubts(sound)[0],
        "2: It is led by “December 2020”, which is none of the bodies I know.",
        "nothing says where it belongs"
    );
}

#[test]
fn a_lead_whose_first_words_were_left_with_the_action_is_put_together_and_said() {
    let said = "2: The lead is split: “Improvement” stands at the end of the action, and “Groups” \
                under the lead. It is read as “Improvement Groups”.";
    let check = |title: &str, expected: &str| {
        let text = format!("No|Activities|Lead\n1.1|{title} Improvement|Groups");
        assert_eq!(actions(&text), [format!("IP-1.1 {expected} | Improvement Groups | ")]);
        assert_eq!(doubts(&text), [said], "{title}");
    };
    check("Review plans for 2021 onwards", "Review plans for 2021 onwards");
    check("Review  café", "Review café");
    check("Review\\n\\n plans", "Review plans");
}

#[test]
fn rows_that_go_on_join_the_action_above() {
    let text = "No|Activities|Lead|Target|Update (May 2020)\n\
                1.1|Meet|CPEG|March|One.\n|(cont'd)||2021|Two.\n1.2|Eat|Safe|June 2021|";
    let preview = read(text);
    assert_eq!(
        actions(text),
        ["IP-1.1 Meet | CPEG | March\n2021", "IP-1.2 Eat | Safe | June 2021"]
    );
    assert_eq!(preview.actions[0].printed.update.as_deref(), Some("One.\nTwo."));
}

#[test]
fn a_text_wrapped_over_lines_is_one_text_and_stays_with_its_action() {
    let text = "Activities|Lead|Target|Update (May 2020)\n\
                1. Use figures to allow|CPEG||\n\
                the board to see where||| Outcome profiles and range of\n\
                things are going||| further figures are gathered to\n\
                2. Review membership by||| Inform a review next year\n\
                agencies that attend|||\n\
                |||Talks follow a new chair";
    assert_eq!(
        actions(text),
        [
            "IP-1.1 Use figures to allow the board to see where things are going | CPEG | ",
            "IP-1.2 Review membership by agencies that attend |  | "
        ]
    );
    let updates: Vec<_> =
        read(text).actions.iter().map(|read| read.printed.update.clone()).collect();
    assert_eq!(
        updates,
        [
            Some(
                "Outcome profiles and range of further figures are gathered to Inform a review \
                 next year"
                    .into()
            ),
            Some("Talks follow a new chair".into())
        ]
    );
}

#[test]
fn a_merged_cell_holds_for_each_of_its_rows() {
    let mut document = document("No|Activities|Lead\n1.1|Meet|CPEG\n1.2|Eat|\n|More|Safe");
    let Part::Table(table) = &mut document.parts[0] else { panic!("a table") };
    table.rows[2].cells[2].continues = true;
    table.rows[3].cells[1].continues = true;
    let answers = Answers::default();
    let (bodies, calendar) = (bodies(), calendar());
    let known =
        Known { plan: "IP", bodies: &bodies, themes: &[], calendar: &calendar, answers: &answers };
    let preview = preview(document, known, &mut |_, _| {}).expect("a plan");
    let leads: Vec<Vec<String>> = preview
        .actions
        .iter()
        .map(|read| read.printed.leads.iter().flatten().map(|lead| lead.printed.clone()).collect())
        .collect();
    assert_eq!(leads, [vec!["CPEG".to_owned()], vec!["CPEG".to_owned(), "Safe".to_owned()]]);
}

#[test]
fn records_have_a_field_on_each_line() {
    let text = "Area 2\n\nAction\nHold engagement sessions\nTimescale\nJune – September 2021\n\
                Responsibility\nCPEG\n\nAction: Review the plans\nTimescale: TBC\n\
                Responsibility: Safe / Nurtured\n\nApproved in May";
    assert_eq!(
        actions(text),
        [
            "IP-2.1 Hold engagement sessions | CPEG | June – September 2021",
            "IP-2.2 Review the plans | Safe + Nurtured | TBC"
        ]
    );
    assert_eq!(
        doubts(text),
        [
            "No numbers are printed, so the actions are numbered by their place.",
            "14 left out: It stands outside the tables."
        ]
    );
}

#[test]
fn a_form_of_two_columns_is_records_too() {
    let text = "Action|Hold sessions\nLead|CPEG\nWhen|March 2021\nAction|Review plans\nLead|Safe\n\
                When|June 2021";
    assert_eq!(
        actions(text),
        ["IP-1.1 Hold sessions | CPEG | March 2021", "IP-1.2 Review plans | Safe | June 2021"]
    );
}

#[test]
fn updates_that_do_not_say_of_when_they_are_are_doubted() {
    let text = "Area 1\nNo|Activities|Update (October 2020)\n1|Meet|Met.\nArea 2\n\
                No|Activities|Update\n1|Eat|Ate.";
    assert_eq!(
        doubts(text),
        ["The updates under line 5 carry no date; others here are of October 2020."]
    );
    assert_eq!(doubts("No|Activities|Update\n1.1|Meet|"), Vec::<String>::new());
    assert_eq!(doubts("No|Activities|October 2020 Update\n1.1|Meet|Met."), Vec::<String>::new());
}
