//! Phrasings that are not answered, or only once it is clear what is meant.

use super::*;

#[test]
fn what_is_turned_round_or_asked_otherwise_is_not_answered() {
    for words in [
        "which actions are not overdue",
        "which actions aren't overdue?",
        "what isn't late",
        "nothing overdue?",
        "how many actions are overdue?",
        "how many are overdue for CPEG",
        "why is 4.1 overdue",
        "which actions are never overdue",
        "everything except overdue",
        "which are overdue and due before the next board",
        "overdue or blocked",
        "what will be overdue",
        "what was overdue",
        "what could be overdue",
        "overdue since 1 January 2021",
        "overdue after 1 January 2021",
        "overdue for more than 30 days",
        "longest overdue",
        "my overdue actions",
        "overdue this week",
        "almost overdue",
        "when is CPEG overdue",
        "overdue before the next board",
        "what is due on 1 January 2021",
        "what is due this month",
        "what is due in March 2021",
        "what is not due before the next board",
        "where is the next board",
        "when was the last board",
        "who is at the next board",
        "when is the board after next",
        "when is the next board after 1 January 2021",
        "who has updated",
        "who hasn't updated 2.1",
        "who hasn't updated since the last board",
        "which actions have a lead",
        "which actions have a lead but no date",
        "which actions are not led by CPEG",
        "which actions doesn't CPEG lead",
        "what was decided",
        "what did CPEG decide",
        "what changed since the last board",
        "what's mine",
        "update 2.1",
        "update 2.1 to complete",
        "is 2.1 not overdue",
        "what was the status of 2.1 on 1 November 2020",
        "status of cpeg",
        "status of the plan",
        "what's happening with Narnia",
        "send the digest to CPEG",
        "delete 2.1",
        "make me a sandwich",
        "CPEG",
        "area 2",
        "not",
        "overdue overdone",
        "overdue ≠ late for 30",
        "overdue for",
        "overdue as of",
        "overdue as of for CPEG",
        "am I overdue",
        "what has been overdue",
        "which actions are overdue in",
        "overdue for CPEG and CPEG",
    ] {
        assert!(line(words).starts_with("- "), "{words}: {}", line(words));
    }
}

#[test]
fn what_stands_in_the_way_is_named() {
    check(
        "- I do not know what to make of \"Narnia\".",
        &["overdue for Narnia", "which actions are overdue for Narnia?"],
    );
    check(
        "- I cannot read \"the next board\" as a day. Write one such as 1 January 2021.",
        &["overdue as of the next board"],
    );
    check(
        "- I cannot read \"31 February 2021\" as a day. Write one such as 1 January 2021.",
        &["overdue as of 31 February 2021", "overdue on 31 February 2021"],
    );
    check(
        "- I cannot read \"January 2021\" as a day. Write one such as 1 January 2021.",
        &["overdue as of January 2021", "overdue in January 2021"],
    );
    check(
        "- I cannot answer this question with \"not\" in it.",
        &["which actions are not overdue", "is 2.1 not overdue"],
    );
    check(
        "- I cannot answer this question with \"how many\" in it.",
        &["how many actions are overdue?"],
    );
    check(
        "- I do not know what to make of \"30\" and \"days\".",
        &["overdue for more than 30 days"],
    );
    check(
        "- To log progress, use /update.",
        &["update 2.1", "please update 2.1 now", "update the awareness sessions"],
    );
    check("- I cannot answer this question with \"from\" in it.", &["no update from CPEG"]);
}

#[test]
fn a_name_that_means_two_things_is_asked_about() {
    check("Empower? Empowered DIG | Empowerment (theme)", &["overdue for Empower"]);
    check(
        "CPEG and Flourishing DIG? CPEG | Flourishing DIG",
        &["overdue for CPEG and Flourishing"],
    );
    check(
        "IP-2.1 and IP-4.1? IP-2.1 Review the DIG action… | IP-4.1 Share case studies of…",
        &["status of 2.1 and 4.1"],
    );
}

#[test]
fn several_areas_are_a_choice() {
    check(
        "Area 2 and Area 3? Area 2 | Area 3",
        &["overdue in areas 2 and 3", "late in area 2 or 3"],
    );
    check("- There is no area 9.", &["overdue in area 2 or 9"]);
    check("- ", &["overdue in areas 2 and 3 for CPEG and Flourishing", "overdue and in area 2"]);
}

#[test]
fn every_example_given_is_understood() {
    for words in
        ["why", "when why", "status of why", "overdue why", "due why", "FLO why", "2.1 why", ""]
    {
        let Understood::Unknown { did_you_mean, .. } = read(words) else {
            continue;
        };
        assert!(!did_you_mean.is_empty());
        for example in did_you_mean {
            assert!(
                matches!(read(&example), Understood::Asked { .. }),
                "{example}: {:?}",
                read(&example)
            );
        }
    }
    let none = Known {
        bodies: Bodies::default(),
        areas: Vec::new(),
        themes: Vec::new(),
        actions: Vec::new(),
    };
    let names = Names {
        bodies: &none.bodies,
        areas: &none.areas,
        themes: &none.themes,
        actions: &none.actions,
    };
    assert!(matches!(understand("why", &names), Understood::Unknown { .. }));
    assert!(matches!(understand("overdue", &names), Understood::Asked { .. }));
}
