//! Which rows begin an action, and what number it has.

use super::actions;
use super::doubts;
use super::read_with;
use super::said;

#[test]
fn a_missing_number_is_filled_by_its_place_and_said() {
    let text =
        "Area 3\nActivities|Lead\nReformat agendas|CPEG\n2. Use figures|CPEG\n3. Review|Safe";
    assert_eq!(
        actions(text),
        [
            "IP-3.1 Reformat agendas | CPEG | ",
            "IP-3.2 Use figures | CPEG | ",
            "IP-3.3 Review | Safe | "
        ]
    );
    assert_eq!(doubts(text), ["3: No number is printed; by its place it is IP-3.1."]);
}

#[test]
fn an_answer_gives_a_number_by_the_ref_that_was_read_or_by_its_line() {
    let text = "Area 3\nActivities|Lead\nReformat agendas|CPEG\n2. Use figures|CPEG";
    for answer in ["3.1 number: 3.4", "line 3 number: 3.4"] {
        let preview = read_with(text, answer).unwrap();
        let refs: Vec<String> =
            preview.actions.iter().map(|read| read.printed.reference.to_string()).collect();
        assert_eq!(refs, ["IP-3.4", "IP-3.2"], "{answer}");
        assert_eq!(said(&preview), Vec::<String>::new(), "{answer}");
    }
}

#[test]
fn a_row_between_two_numbers_in_a_row_goes_on() {
    let text =
        "Area 1\nActivities|Lead\n1. Use figures to show|CPEG\nCPWD where it goes|\n2. Review|Safe";
    assert_eq!(
        actions(text),
        ["IP-1.1 Use figures to show CPWD where it goes | CPEG | ", "IP-1.2 Review | Safe | "]
    );
    assert_eq!(doubts(text), Vec::<String>::new());
}

#[test]
fn where_fewer_numbers_are_missing_than_rows_the_likeliest_rows_begin_an_action() {
    let text = "Area 1\nActivities|Lead\n1. Meet|CPEG\nand eat|\nHold sessions|Safe\n\
                in every ward|\n3. Review|Safe";
    assert_eq!(
        actions(text)[..2],
        ["IP-1.1 Meet | CPEG | ", "IP-1.2 and eat Hold sessions in every ward | Safe | "]
    );
}

#[test]
fn words_in_place_of_a_number_are_told() {
    let text = "No|Activities|Lead\n1.1|Meet|CPEG\nnew|Eat|CPEG";
    assert_eq!(doubts(text), ["3: “new” is not a number such as 2.1; by its place it is IP-1.2."]);
}

#[test]
fn a_plan_without_numbers_is_numbered_by_place_and_says_so_once() {
    let text = "Area 2\nActivities|Lead\nMeet|CPEG\nEat|Safe\nArea 4\nActivities|Lead\nRest|Safe";
    assert_eq!(
        actions(text),
        ["IP-2.1 Meet | CPEG | ", "IP-2.2 Eat | Safe | ", "IP-4.1 Rest | Safe | "]
    );
    assert_eq!(
        doubts(text),
        ["No numbers are printed, so the actions are numbered by their place."]
    );
}

#[test]
fn numbers_go_on_over_the_tables_of_one_area() {
    let text = "Area 2\nActivities|Lead\n1. Meet|CPEG\nPage 2\nActivities|Lead\n2. Eat|Safe";
    assert_eq!(actions(text), ["IP-2.1 Meet | CPEG | ", "IP-2.2 Eat | Safe | "]);
}
