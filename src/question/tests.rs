//! A partnership to ask about, and what holds for any words.

mod refused;
mod understood;

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
    Bodies { all, collectives, ..Bodies::default() }
}

fn known() -> Known {
    let area = |number: u32, title: &str| Area {
        id: AreaId(number.into()),
        plan: "IP".into(),
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
                let list = matches!(&ask, Ask::Overdue(ask) if ask.view == crate::attention::Attention::Overdue);
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
