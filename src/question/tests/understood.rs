//! Phrasings that are understood.

use super::*;

#[test]
fn what_is_overdue_is_asked_in_many_ways() {
    check(
        "Overdue actions",
        &[
            "which actions are overdue?",
            "Which actions are overdue",
            "WHICH ACTIONS ARE OVERDUE???",
            "what's late",
            "What’s overdue?",
            "whats overdue",
            "overdue?",
            "overdue",
            "anything overdue",
            "is anything late?",
            "are any actions overdue",
            "<@42> overdue please 🙏",
            "Hi Convener, could you tell me which actions are overdue, please?",
            "show me the overdue actions",
            "list all overdue actions",
            "can you show me what is overdue today",
            "what is overdue at the moment?",
            "what is still overdue",
            "wich actoins are overdeu",
            "do we have anything overdue",
            "who is late?",
            "what is past due",
            "overdue in the improvement plan",
            "which actions are overdue as of today",
        ],
    );
}

#[test]
fn what_is_overdue_is_narrowed_by_lead_area_theme_and_day() {
    check(
        "Overdue actions led by CPEG",
        &[
            "anything overdue for cpeg",
            "which actions are overdue for CPEG?",
            "overdue actions led by the executive group",
            "is CPEG late?",
            "what's overdue with cpge",
            "CPEG overdue",
            "CPEG's overdue actions",
            "overdue by CPEG",
        ],
    );
    check(
        "Overdue actions led by the DIGs",
        &[
            "overdue for DIG",
            "what's overdue for the digs?",
            "which DIG chairs are overdue",
            "late for the Delivery & Improvement Groups",
        ],
    );
    check(
        "Overdue actions led by the Flourishing DIG",
        &["overdue for florishing", "overdue for the flourishing DIG chair", "overdue FLO"],
    );
    check(
        "Overdue actions led by CPWD",
        &["is the board overdue on anything", "overdue for the CPWD chair"],
    );
    check(
        "Overdue actions in area 2",
        &[
            "what is overdue in area 2",
            "overdue in improvement area two",
            "overdue area 2?",
            "late in working with communities",
        ],
    );
    check(
        "Overdue actions with the theme Poverty",
        &[
            "overdue about poverty",
            "which poverty actions are overdue",
            "overdue with the theme poverty",
        ],
    );
    check("Overdue actions led by the Empowered DIG", &["overdue for Empowered"]);
    check("Overdue actions with the theme Empowerment", &["overdue for Empowerment"]);
}

#[test]
fn what_is_overdue_is_asked_for_a_day() {
    check(
        "Overdue actions, as of 1 January 2021",
        &[
            "which actions are overdue as of 1 January 2021",
            "overdue as at 1st January 2021?",
            "what's overdue on 1/1/21",
            "which actions were overdue on 1 Jan 2021?",
            "what will be overdue on 2021-01-01",
            "what will be overdue by 1 January 2021",
        ],
    );
    check(
        "Overdue actions led by CPEG in area 4, as of 30 November 2020",
        &[
            "overdue in area 4 for CPEG as of 30 November 2020",
            "as of 30/11/2020 what's overdue for CPEG in area 4?",
        ],
    );
    let Ask::Overdue(asked) = ask("overdue for the digs in area 2 as of 1 January 2021") else {
        panic!("it is about what is overdue");
    };
    assert_eq!(asked.lead.as_deref(), Some("DIGs"));
    assert_eq!(asked.area, Some(2));
    assert_eq!(asked.as_of.map(|day| day.to_string()).as_deref(), Some("2021-01-01"));
}

#[test]
fn what_is_due_is_told_from_what_is_overdue() {
    check(
        "Actions due before the next CPEG meeting",
        &[
            "what is due before the next CPEG",
            "what's due by the next cpeg meeting?",
            "which actions are due before CPEG",
            "due before the next meeting of the executive group",
        ],
    );
    check(
        "Actions due before the next board meeting",
        &["what's due before the next board?", "what is due at the board"],
    );
    check(
        "Actions due before the next meeting",
        &["what is due before the next meeting", "what's due?", "which actions are due"],
    );
    check(
        "Actions led by CP Support due before the next board meeting",
        &["what is due for CP support before the next board"],
    );
    check("by CPEG? Led by CPEG | Before the next CPEG meeting", &["what is due by CPEG"]);
    let Ask::Overdue(asked) = ask("what is due before the next board?") else {
        panic!("it is a list");
    };
    assert_eq!(
        (asked.view, asked.meeting.as_deref(), asked.lead),
        (crate::attention::Attention::Due, Some("CPWD"), None)
    );
}

#[test]
fn meetings_are_asked_after() {
    check(
        "The next board meeting",
        &[
            "when is the next board?",
            "next board",
            "when's the next board meeting",
            "when does the board meet",
            "wehn is the nxet board",
            "when is the next meeting of the board?",
            "what is the date of the next CPWD",
            "when will the board meet",
        ],
    );
    check(
        "The next CPEG meeting",
        &["when is the next CPEG", "when is CPEG", "next cpeg meeting please"],
    );
    check(
        "The next meeting of each body",
        &["when is the next meeting?", "next meeting", "when are the next meetings"],
    );
    check(
        "When papers are due for the next meeting of each body",
        &["when are papers due", "when is the papers deadline?", "papers deadline"],
    );
    check(
        "When papers are due for the next board meeting",
        &["when are papers due for the board?", "board papers deadline when"],
    );
    assert_eq!(ask("when is the next board?"), Ask::NextMeeting { body: Some("CPWD".into()) });
    assert_eq!(ask("next meeting"), Ask::NextMeeting { body: None });
}

#[test]
fn one_action_is_asked_after_by_number_or_title() {
    check(
        "IP-2.1: Review the DIG action plans against data and feedback",
        &[
            "status of 2.1",
            "2.1",
            "IP-2.1?",
            "ip 2.1",
            "show 2.1",
            "how is 2.1 going?",
            "what's happening with 2.1",
            "is 2.1 overdue",
            "when is 2.1 due?",
            "who leads 2.1?",
            "tell me about action 2.1",
            "what is the latest on 2.1",
            "any news on 2.1?",
            "status of the DIG review",
            "what's the last update on 2.1",
            "is 2.1 complete",
            "IP2.1",
            "anything new on 2.1?",
        ],
    );
    check(
        "IP-1.2: Awareness sessions: community planning in practice",
        &[
            "what's happening with awareness sessions",
            "show 1.2",
            "status of the awareness sessions?",
            "how are the awarness sessions going",
            "any update on awareness",
            "when are the awareness sessions due",
            "who leads the awareness sessions?",
        ],
    );
    check(
        "sessions? IP-1.2 Awareness sessions… | IP-1.4 Hold engagement sessions…",
        &["status of the sessions"],
    );
    check("- There is no action 9.9.", &["status of 9.9"]);
    check("- There is no area 9.", &["overdue in area 9"]);
    assert_eq!(
        ask("what's happening with awareness sessions"),
        Ask::Action { action: "IP-1.2".into() }
    );
}

#[test]
fn what_else_needs_somebody_is_asked_after() {
    check(
        "Actions without an update since the last meeting",
        &[
            "who hasn't updated?",
            "who has not updated",
            "which actions have no update",
            "who hasn't reported yet",
            "who has gone quiet",
            "who has yet to update",
            "which actions have not been updated since the last meeting",
            "what hasnt been updated",
        ],
    );
    check(
        "Actions led by the DIGs without an update since the last meeting",
        &["which DIGs haven't updated"],
    );
    check(
        "Actions without a lead or a date",
        &[
            "what has no lead or date",
            "which actions have no lead?",
            "what has no date",
            "which actions are missing a lead",
            "actions without a lead",
            "which actions don't have a date",
            "what has no lead and no date",
            "which actions have no due date",
        ],
    );
    check(
        "Actions that await a decision",
        &[
            "what needs deciding",
            "what needs to be decided?",
            "which decisions are needed",
            "what do we need to decide",
            "what needs signing off",
            "what is awaiting a decision",
            "decisions",
        ],
    );
    check(
        "Actions that need attention",
        &["what needs attention", "which actions need attention?"],
    );
    check("Actions led by CPEG that need attention", &["what needs attention for CPEG"]);
    check("The digest for CPEG", &["preview the digest for CPEG", "show me the cpeg digest"]);
    check(
        "What you can ask",
        &["help", "help!", "", "👋", "hello", "what can you do?", "<@7>", "can you help me please"],
    );
    check("How to log progress", &["how do I update an action"]);
}

#[test]
fn a_mention_means_the_body_whose_role_or_channel_it_names() {
    check(
        "Overdue actions led by CPEG",
        &["<@1> what's overdue for <@&902>?", "overdue in <#802>"],
    );
    check("- I do not know what to make of \"<@&5>\".", &["overdue for <@&5>"]);
    check("- I do not know what to make of \"<@5>\".", &["<@1> what is overdue for <@5>"]);
}
