//! Phrasings that are understood, and those that must not be.

use proptest::prop_assert;
use proptest::proptest;

use super::*;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::Collective;
use crate::plan::AreaId;

struct Known {
    bodies: Bodies,
    areas: Vec<Area>,
    themes: Vec<String>,
    actions: Vec<(Ref, String)>,
}

fn bodies() -> Bodies {
    let body = |id, name: &str, code: &str, kind, names: &[&str]| Body {
        id: BodyId(id),
        name: name.into(),
        code: code.into(),
        kind,
        names: names.iter().map(ToString::to_string).collect(),
        role_name: name.into(),
        channel_name: name.to_lowercase(),
        role: Some(crate::body::RoleId(900 + id.unsigned_abs())),
        channel: Some(crate::body::ChannelId(800 + id.unsigned_abs())),
    };
    let group = |id, name: &str, code| {
        body(
            id,
            &format!("{name} DIG"),
            code,
            BodyKind::Group,
            &[name, &format!("{name} DIG Chair")],
        )
    };
    let all = vec![
        body(
            1,
            "CPWD",
            "CPWD",
            BodyKind::Board,
            &["the board", "CPWD Chair", "chair of the board"],
        ),
        body(
            2,
            "CPEG",
            "CPEG",
            BodyKind::Executive,
            &["Community Planning Executive Group", "executive group"],
        ),
        body(3, "CP Support", "CPS", BodyKind::Office, &[]),
        group(4, "Flourishing", "FLO"),
        group(5, "Nurtured", "NUR"),
        group(6, "Empowered", "EMP"),
        group(7, "Safe", "SAF"),
    ];
    let collectives = vec![Collective {
        name: "DIGs".into(),
        names: ["DIG", "DIG chairs", "Delivery & Improvement Groups"].map(String::from).to_vec(),
        bodies: (4..=7).map(BodyId).collect(),
    }];
    Bodies { all, collectives }
}

fn known() -> Known {
    let area = |number: u32, title: &str| Area {
        id: AreaId(number.into()),
        number,
        title: title.into(),
        aim: String::new(),
    };
    let action = |reference: &str, title: &str| (reference.parse().expect("a ref"), title.into());
    Known {
        bodies: bodies(),
        areas: vec![
            area(1, "Reporting and structure"),
            area(2, "Working with communities"),
            area(3, "Challenge and scrutiny"),
            area(4, "Partners taking ownership"),
        ],
        themes: ["Poverty", "Wellbeing", "Empowerment", "Sustainability"]
            .map(String::from)
            .to_vec(),
        actions: vec![
            action("IP-1.2", "Awareness sessions: community planning in practice"),
            action("IP-1.4", "Hold engagement sessions that shape future plans"),
            action("IP-2.1", "Review the DIG action plans against data and feedback"),
            action("IP-3.1", "Build CPWD agendas around themes"),
            action("IP-4.1", "Share case studies of joint working"),
            action("IP-4.2", "Review the terms of reference at every level"),
        ],
    }
}

fn read(words: &str) -> Understood {
    let Known { bodies, areas, themes, actions } = known();
    understand(words, &Names { bodies: &bodies, areas: &areas, themes: &themes, actions: &actions })
}

/// What was understood, in a line.
fn line(words: &str) -> String {
    match read(words) {
        Understood::Asked { reading, .. } => reading,
        Understood::Ambiguous { word, options } => {
            let labels: Vec<String> = options.into_iter().map(|(label, _)| label).collect();
            format!("{word}? {}", labels.join(" | "))
        }
        Understood::Unknown { why, .. } => format!("- {why}"),
    }
}

fn check(expected: &str, phrasings: &[&str]) {
    for words in phrasings {
        assert_eq!(line(words), expected, "{words}");
    }
}

fn ask(words: &str) -> Ask {
    match read(words) {
        Understood::Asked { ask, .. } => ask,
        other => panic!("{words}: {other:?}"),
    }
}

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
        (crate::request::Attention::Due, Some("CPWD"), None)
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
        "- To log progress, use `/update`.",
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
fn a_mention_means_the_body_whose_role_or_channel_it_names() {
    check(
        "Overdue actions led by CPEG",
        &["<@1> what's overdue for <@&902>?", "overdue in <#802>"],
    );
    check("- I do not know what to make of \"<@&5>\".", &["overdue for <@&5>"]);
    check("- I do not know what to make of \"<@5>\".", &["<@1> what is overdue for <@5>"]);
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

/// Words that come together at random more often than letters would.
const BITS: &[&str] = &[
    "which",
    "actions",
    "are",
    "overdue",
    "not",
    "n't",
    "for",
    "CPEG",
    "DIG",
    "area",
    "2",
    "2.1",
    "as of",
    "1 January 2021",
    "31/2",
    "next",
    "board",
    "when",
    "due",
    "before",
    "hasn't",
    "updated",
    "no",
    "lead",
    "date",
    "<@1>",
    "<",
    "&",
    "’",
    "…",
    "status of",
    "awareness",
    "empower",
    "poverty",
    "and",
    "January",
    "İ",
    "🙂",
];

/// Questions as they are understood, one of each sort.
const QUESTIONS: &[&str] = &[
    "which actions are overdue for CPEG in area 2 as of 1 January 2021",
    "what is due before the next board",
    "who hasn't updated",
    "what has no lead or date",
    "what needs deciding",
    "what needs attention",
    "preview the digest for CPEG",
    "when are papers due for the next board",
    "status of 2.1",
    "what's happening with awareness sessions",
    "help",
];

proptest! {
    #[test]
    fn any_text_gets_an_answer_and_never_a_question_back(words in ".{0,80}") {
        if let Understood::Asked { ask, reading } = read(&words) {
            prop_assert!(!matches!(ask, Ask::Question(_)) && !ask.writes());
            prop_assert!(!reading.is_empty());
        }
    }

    #[test]
    fn a_word_from_elsewhere_is_never_passed_over(
        word in "[qxzj]{4,9}", question in 0..QUESTIONS.len(), place in 0..6_usize
    ) {
        let mut words: Vec<&str> = QUESTIONS[question].split(' ').collect();
        prop_assert!(matches!(read(&words.join(" ")), Understood::Asked { .. }), "{:?}", words);
        words.insert(place.min(words.len()), &word);
        let words = words.join(" ");
        prop_assert!(!matches!(read(&words), Understood::Asked { .. }), "{}", words);
    }

    #[test]
    fn any_mixture_of_known_words_gets_an_answer(
        places in proptest::collection::vec(0..BITS.len(), 0..12)
    ) {
        let words: Vec<&str> = places.into_iter().map(|place| BITS[place]).collect();
        let words = words.join(" ");
        match read(&words) {
            Understood::Asked { ask, .. } => {
                prop_assert!(!matches!(ask, Ask::Question(_)) && !ask.writes());
                let turned = words.contains("not ") || words.contains("n't");
                let list = matches!(&ask, Ask::Overdue(ask) if ask.view == crate::request::Attention::Overdue);
                prop_assert!(!(turned && list), "{}", words);
            }
            Understood::Ambiguous { options, .. } => {
                prop_assert!(options.len() > 1 && options.len() <= OPTIONS_MAX, "{}", words);
                let alike = options.iter().any(|(label, ask)| {
                    options.iter().filter(|other| other.0 == *label || other.1 == *ask).count() > 1
                });
                prop_assert!(!alike, "{}: {:?}", words, options);
            }
            Understood::Unknown { did_you_mean, .. } => prop_assert!(!did_you_mean.is_empty()),
        }
    }
}
