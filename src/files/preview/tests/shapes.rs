//! Tables and records in the shapes that partnerships give them.

use super::*;

const PLAN: &str = "Ref|Action|Lead|Due\n1.1|Meet|CPEG|March 2021\n1.2|Eat|Safe|June 2021";

/// What is read of [`PLAN`] however it is written.
const READ: [&str; 2] = ["IP-1.1 Meet | CPEG | March 2021", "IP-1.2 Eat | Safe | June 2021"];

/// The notes of the first action.
fn notes(text: &str) -> Vec<(String, String)> {
    let notes = &read(text).actions[0].printed.notes;
    notes.iter().map(|note| (note.heading.clone(), note.text.clone())).collect()
}

#[test]
fn glossaries_members_and_risks_beside_a_plan_are_left_out() {
    let text = format!(
        "Glossary\nTerm|Meaning\nCPEG|Executive group\nSafe|Delivery group\nRisks\n\
         Ref|Risk|Likelihood|Owner|Mitigating action|Review date\n1.1|Loss|3|CPEG|Save|June 2021\n\
         Plan\n{PLAN}"
    );
    assert_eq!(actions(&text), READ);
    let left = "left out: It stands in a table that has no headings of a plan.";
    let said = doubts(&text);
    assert_eq!(said.iter().filter(|said| said.ends_with(left)).count(), 5, "{said:#?}");
}

#[test]
fn headings_may_take_two_rows() {
    let text = "Ref|Action|Lead||Timescale|\n||Agency|Officer|Start|End\n\
                1.1|Meet|CPEG|A Jones|January 2021|March 2021\n1.2|Eat|Safe|B Reid||June 2021";
    assert_eq!(actions(text), READ);
    assert_eq!(doubts(text), [""; 0]);
    let expected = [("Lead Officer", "A Jones"), ("Timescale Start", "January 2021")];
    assert_eq!(notes(text), expected.map(|(heading, text)| (heading.into(), text.into())));
}

#[test]
fn a_table_may_lie_on_its_side() {
    let text = "Ref|1.1|1.2\nAction|Meet|Eat\nLead|CPEG|Safe\nTarget date|March 2021|June 2021";
    assert_eq!(actions(text), READ);
    assert_eq!(read(text).actions[1].at.to_string(), "column C, line 1");
}

#[test]
fn a_form_may_have_two_labels_in_a_row() {
    let text = "Ref|1.1|Lead|CPEG\nAction|Meet|Due|March 2021\nHow we will know that it is done|Seen\n\
                \nNext\nRef|1.2|Lead|Safe\nAction|Eat|Due|June 2021";
    assert_eq!(actions(text), READ);
    assert_eq!(notes(text), [("How we will know that it is done".into(), "Seen".into())]);
}

#[test]
fn a_target_that_is_a_number_gives_way_to_the_dates() {
    let text = "Ref|Action|Lead|Target|By when\n1.1|Meet|CPEG|10% more|March 2021\n\
                1.2|Eat|Safe|200 meals|June 2021";
    assert_eq!(actions(text), READ);
    assert_eq!(notes(text), [("Target".into(), "10% more".into())]);
}

#[test]
fn a_revised_date_is_the_target_and_the_first_a_note() {
    let text = "Ref|Action|Lead|Target date|Revised date\n1.1|Meet|CPEG|May 2020|March 2021\n\
                1.2|Eat|Safe|June 2021|";
    assert_eq!(actions(text), READ);
    assert_eq!(notes(text), [("Target date".into(), "May 2020".into())]);
    let said = "2: “March 2021” under Revised date is read as the target; “May 2020” under Target \
                date is kept as a note.";
    assert_eq!(doubts(text)[0], said);
}

#[test]
fn of_several_updates_the_latest_counts() {
    let text =
        "Ref|Action|Lead|Update (June 2020)|Update (October 2020)\n1.1|Meet|CPEG|Begun|Ended";
    assert_eq!(read(text).actions[0].printed.update.as_deref(), Some("Ended"));
    assert_eq!(notes(text), [("Update (June 2020)".into(), "Begun".into())]);
}

#[test]
fn a_column_of_outcomes_with_numbers_holds_the_areas() {
    let check = |heading: &str, one: &str, two: &str| {
        let text = format!(
            "{heading}|Action|Lead|Due\n{one}|Meet|CPEG|March 2021\n{two}|Eat|Safe|June 2021"
        );
        let preview = read(&text);
        let titles: Vec<_> = preview.areas.iter().map(|area| area.title.as_str()).collect();
        assert_eq!(titles, ["Well", "Safe"], "{text}");
        let refs: Vec<_> =
            preview.actions.iter().map(|read| read.printed.reference.to_string()).collect();
        assert_eq!(refs, ["IP-1.1", "IP-2.1"], "{text}");
    };
    check("Outcome", "Outcome 1: Well", "Outcome 2: Safe");
    check("Priorities", "1. Well", "2 Safe");
    check("Theme", "Theme A – Well", "Theme B – Safe");
    check("Area", "Well", "Safe");
}

#[test]
fn how_urgent_something_is_makes_no_area() {
    let text = "Priority|Ref|Action|Lead\n1 - High|1.1|Meet|CPEG\n2 - Low|1.2|Eat|Safe";
    assert_eq!(actions(text), ["IP-1.1 Meet | CPEG | ", "IP-1.2 Eat | Safe | "]);
}

#[test]
fn numbers_of_another_kind_are_read_by_their_kind_and_kept() {
    let check = |one: &str, two: &str, expected: [&str; 2]| {
        let text = format!("Ref|Action|Lead\n{one}|Meet|CPEG\n{two}|Eat|Safe");
        let preview = read(&text);
        let refs: Vec<_> =
            preview.actions.iter().map(|read| read.printed.reference.printed()).collect();
        assert_eq!(refs, expected, "{text}");
        assert_eq!(notes(&text), [("Number as printed".into(), one.into())]);
        let said = said(&preview);
        let whole = format!("The numbers are not written as 2.1: “{one}” is read as");
        assert!(said[0].starts_with(&whole), "{said:?}");
        assert!(!said.iter().any(|said| said.contains("No numbers are printed")), "{said:?}");
    };
    check("1.1.1", "2.1.1", ["1.1", "2.1"]);
    check("A1", "B1", ["1.1", "2.1"]);
    check("FLO1", "FLO2", ["1.1", "1.2"]);
    check("SO1.2", "SO2.1", ["1.2", "2.1"]);
    check("1a", "1b", ["1.1", "1.2"]);
    check("i", "ii", ["1.1", "1.2"]);
}

#[test]
fn numbers_of_no_kind_are_doubted_each() {
    let text = "Ref|Action|Lead\nA1|Meet|CPEG\nnew|Eat|Safe";
    let said = doubts(text);
    assert!(
        said.contains(&"2: “A1” is not a number such as 2.1; by its place it is IP-1.1.".into())
    );
    assert!(
        said.contains(&"3: “new” is not a number such as 2.1; by its place it is IP-1.2.".into())
    );
}

#[test]
fn labels_of_records_may_have_numbers() {
    let expected = ["IP-1.1 Meet | CPEG | March 2021", "IP-1.2 Eat | Safe | June 2021"];
    let record = |one: &str, two: &str| {
        format!(
            "Area 1: Reporting\n{one} Meet\nLead Officer: CPEG\nTimescale: March 2021\nRisk: None\n\
             {two} Eat\nLead Officer: Safe\nTimescale: June 2021\nRisk: Some"
        )
    };
    for text in [
        record("Action 1:", "Action 2:"),
        record("Action 1\n", "Action 2\n"),
        record("1.1 Action:", "1.2 Action:"),
        record("**Action 1.1:**", "**Action 1.2:**"),
        record("Action:", "Action:"),
    ] {
        assert_eq!(actions(&text), expected, "{text}");
        assert_eq!(notes(&text), [("Risk".into(), "None".into())]);
        assert_eq!(read(&text).areas[0].title, "Reporting", "{text}");
    }
}

#[test]
fn labels_that_are_counted_number_no_action() {
    let text = "1. Action: Meet\n2. Lead: CPEG\n3. Timescale: March 2021\n\
                1. Action: Eat\n2. Lead: Safe\n3. Timescale: June 2021";
    assert_eq!(actions(text), READ);
}

#[test]
fn a_record_without_its_first_field_is_one_of_its_own() {
    let text = "Ref: 1.1\nAction: Meet\nLead: CPEG\nDue: March 2021\n\
                Action: Eat\nLead: Safe\nDue: June 2021";
    assert_eq!(actions(text), READ);
}

#[test]
fn a_table_that_counts_actions_is_no_plan() {
    let text = format!(
        "Improvement area|Actions|Complete|Overdue|Without a date\nReporting|3|1|2|0\nSafety|4|0|0|1\n\
         The plan\n{PLAN}"
    );
    assert_eq!(actions(&text), READ);
}
