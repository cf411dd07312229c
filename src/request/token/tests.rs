//! What a button asks survives the chat, and what the chat sends is never trusted.

use proptest::prelude::*;

use super::*;
use crate::body::BodyId;
use crate::request::Quoted;
use crate::request::UpdateAsk;
use crate::request::clock::ClockAsk;
use crate::request::decide::DecideAsk;
use crate::request::decide::Deciding;
use crate::request::decide::Outcome;
use crate::request::decide::RescheduleAsk;
use crate::request::list::ListAsk;
use crate::request::list::MineAsk;
use crate::request::list::Share;
use crate::request::list::Stands;

#[test]
fn what_a_button_asks_survives_the_chat() {
    let asks = [
        Ask::Undo { update: 7 },
        Ask::Action { action: "IP-1.2".into() },
        Ask::History(HistoryAsk {
            action: "IP-1.2".into(),
            as_of: "2020-11-12".parse().ok(),
            page: 3,
        }),
        Ask::NextMeeting { body: None },
        Ask::NextMeeting { body: Some("CPEG".into()) },
        Ask::Update(UpdateAsk { action: "IP-1.2".into(), ..UpdateAsk::default() }),
        Ask::Update(UpdateAsk {
            action: "IP-1.2".into(),
            status: Some(Status::AtRisk),
            happened: NaiveDate::from_ymd_opt(2020, 11, 3),
            case_study: true,
            ..UpdateAsk::default()
        }),
        Ask::Share(Share::Overdue(AttentionAsk {
            body: Some("FLO".into()),
            lead: Some("CPEG".into()),
            area: Some(2),
            theme: Some("Poverty".into()),
            meeting: Some("CPEG".into()),
            view: Attention::All,
            as_of: NaiveDate::from_ymd_opt(2021, 1, 1),
            page: 3,
        })),
        Ask::Share(Share::Action("IP-1.2".into())),
        Ask::Share(Share::List(ListAsk::default())),
        Ask::Share(Share::Mine(MineAsk { of: vec!["CPEG".into()], view: None, page: 1 })),
        Ask::Mine(MineAsk { of: Vec::new(), view: Some(Attention::All), page: 2 }),
        Ask::List(ListAsk {
            status: Some(Status::NotStarted),
            stands: Some(Stands::Awaiting),
            text: Some("Health/Care".into()),
            page: 12,
            ..ListAsk::default()
        }),
        Ask::AddDraft { draft: 5 },
        Ask::CancelDraft { draft: 5 },
        Ask::Overdue(AttentionAsk::default()),
        Ask::ApplyImport { import: 3, dropped: Dropped::Keep },
        Ask::ApplyImport { import: 3, dropped: Dropped::Withdraw },
        Ask::CancelImport { import: 3 },
        Ask::AnswerImport { import: 3, answers: None },
        Ask::Lead(LeadAsk::List { body: None, as_of: None }),
        Ask::Lead(LeadAsk::List {
            body: Some("CPEG".into()),
            as_of: NaiveDate::from_ymd_opt(2021, 1, 1),
        }),
        Ask::Lead(LeadAsk::LinkLabel { label: "schools/50%".into(), body: "DIGs".into() }),
        Ask::RequestDate { draft: 7 },
        Ask::DropDate { draft: 7 },
        Ask::Reschedule(RescheduleAsk { action: "IP-1.2".into(), ..RescheduleAsk::default() }),
        decide(Ask::Decide, Deciding::SignOff),
        decide(Ask::DecideForm, Deciding::Return),
        decide(Ask::DecideForm, Deciding::Withdraw),
        decide(Ask::DecideForm, extension(Outcome::Agree)),
        decide(Ask::Decide, extension(Outcome::Refuse)),
    ];
    asks.into_iter().for_each(survives);
}

#[test]
fn what_a_button_about_what_is_said_around_meetings_asks_survives_the_chat() {
    let asks = [
        Ask::Clock(ClockAsk::Snooze {
            body: BodyId(2),
            first_on: NaiveDate::from_ymd_opt(2020, 12, 10).unwrap(),
        }),
        Ask::Clock(ClockAsk::Wake),
        Ask::Clock(ClockAsk::Schedule { body: None, page: 0 }),
        Ask::Clock(ClockAsk::Schedule { body: Some("Health/Care".into()), page: 3 }),
    ];
    asks.into_iter().for_each(survives);
}

#[track_caller]
fn survives(ask: Ask) {
    let token = write(&ask).expect("a button makes it");
    assert_eq!(read(&token, &BTreeMap::new()), Ok(ask), "{token}");
}

fn decide(ask: fn(DecideAsk) -> Ask, deciding: Deciding) -> Ask {
    let actions = "IP-1.2".into();
    ask(DecideAsk { deciding, actions, meeting: None, minute_ref: None, note: None })
}

fn extension(outcome: Outcome) -> Deciding {
    Deciding::Extension { outcome, target: None, seen: Some(7) }
}

#[test]
fn a_form_for_a_decision_or_a_date_carries_what_is_written() {
    let inputs = BTreeMap::from([
        (decide::MEETING.into(), " CPEG 2020-12-10 ".into()),
        (decide::MINUTE.into(), "4.2".into()),
        (decide::NOTE.into(), " ".into()),
        (decide::TARGET.into(), "May 2021".into()),
        (decide::REASON.into(), String::new()),
    ]);
    let Ok(Ask::Decide(ask)) = read("decide/agree/7/IP-1.2", &inputs) else {
        panic!("a form records a decision");
    };
    assert_eq!((ask.deciding, ask.actions.as_str()), (extension(Outcome::Agree), "IP-1.2"));
    assert_eq!((ask.meeting.as_deref(), ask.note), (Some("CPEG 2020-12-10"), None));
    assert_eq!(ask.minute_ref.as_deref(), Some("4.2"));
    // Sent blank, it does not ask for another form.
    let reason = Some(String::new());
    let target = Some("May 2021".into());
    let asked = RescheduleAsk { action: "IP-1.2".into(), target, reason };
    assert_eq!(read("reschedule/IP-1.2", &inputs), Ok(Ask::Reschedule(asked)));
}

#[test]
fn a_token_of_a_direct_message_says_which_partnership_is_meant() {
    #[track_caller]
    fn check(token: &str, server: Option<u64>, rest: &str) {
        assert_eq!(peeled(token), (server.map(ServerId), rest), "{token}");
    }
    let most = ServerId(u64::MAX);
    let token = within(most, "update/IP-1.2//");
    assert_eq!(peeled(&token), (Some(most), "update/IP-1.2//"));
    // Of two partnerships that somebody belongs to, each button is about its own.
    assert_ne!(within(ServerId(1), "wake"), within(ServerId(2), "wake"));
    check("in/7/snooze/2/2020-12-10", Some(7), "snooze/2/2020-12-10");
    check("in/7/in/8/wake", Some(7), "in/8/wake");
    check("update/IP-1.2//", None, "update/IP-1.2//");
    for token in ["", "in", "in/", "in/7", "in/x/wake", "in/-1/wake", "inside/7/wake"] {
        check(token, None, token);
    }
}

#[test]
fn what_is_written_in_the_form_wins_over_what_the_command_said() {
    let inputs = BTreeMap::from([(TEXT.into(), "Done".into()), (STATUS.into(), "blocked".into())]);
    let Ok(Ask::Update(ask)) = read("update/IP-1.2/at risk/2020-11-03", &inputs) else {
        panic!("a form asks for an update");
    };
    assert_eq!(ask.status, Some(Status::Blocked));
    assert_eq!(ask.text.as_deref(), Some("Done"));
    assert_eq!(ask.happened, NaiveDate::from_ymd_opt(2020, 11, 3));
}

#[test]
fn the_form_about_a_message_says_all_of_an_update() {
    let quoted = Quoted { text: "Booked".into(), link: "https://x".into(), author: "Amira".into() };
    let token = write(&Ask::LogMessage(quoted)).expect("a form is sent by it");
    let read = |inputs: &[(&str, &str)]| {
        let inputs = inputs.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        read(&token, &inputs.collect())
    };
    let update = UpdateAsk {
        action: "hall / Clydebank".into(),
        text: Some("Booked".into()),
        status: Some(Status::AtRisk),
        happened: NaiveDate::from_ymd_opt(2020, 11, 3),
        ..UpdateAsk::default()
    };
    let action = (ACTION, "hall / Clydebank");
    assert_eq!(
        read(&[action, (TEXT, "Booked"), (STATUS, "at risk"), (HAPPENED, "3 November 2020")]),
        Ok(Ask::Update(update.clone()))
    );
    // Blank is unchanged, and a text sent blank does not ask for another form.
    let blank =
        UpdateAsk { action: update.action, text: Some(String::new()), ..UpdateAsk::default() };
    let sent = read(&[action, (TEXT, " "), (STATUS, ""), (HAPPENED, "")]);
    assert_eq!(sent, Ok(Ask::Update(blank)));
    // Pressed like a button, it lacks everything.
    assert_eq!(read(&[]), Err(Refusal::Missing("action")));
}

#[test]
fn a_form_keeps_what_the_command_said_and_has_no_input_for() {
    let address = "https://chat.example/1/2/draft%20(2).docx?ex=1";
    let evidence = Evidence::file("draft (2).docx", address).unwrap();
    let ask = UpdateAsk {
        action: "IP-1.2".into(),
        status: Some(Status::AtRisk),
        evidence: Some(evidence.clone()),
        case_study: true,
        ..UpdateAsk::default()
    };
    let token = write(&Ask::Update(ask)).expect("a form has a token");
    let sent = |link: &str| {
        let inputs = [(TEXT, "Done"), (ASK, "Agree it"), (LINK, link)];
        let inputs = inputs.map(|(input, words)| (input.to_owned(), words.to_owned()));
        match read(&token, &BTreeMap::from(inputs)) {
            Ok(Ask::Update(ask)) => ask,
            other => panic!("a form asks for an update: {other:?}"),
        }
    };
    let ask = sent(evidence.address());
    assert_eq!((ask.ask.as_deref(), ask.case_study), (Some("Agree it"), true));
    assert_eq!(ask.evidence, Some(evidence));
    // Another address put in its place is a page, and none is none.
    let page = Evidence::page("https://wdc.example/minutes").unwrap();
    assert_eq!(sent("https://wdc.example/minutes").evidence, Some(page));
    assert_eq!(sent("").evidence, None);
}

#[test]
fn the_name_of_a_file_never_makes_a_form_too_long_for_the_chat() {
    for length in [1, 30, 60, 90, 300] {
        let name = format!("{}.docx", "ü".repeat(length));
        let address = format!("https://chat.example/1/2/{}", "a".repeat(length));
        let ask = UpdateAsk {
            action: "IP-12.34".into(),
            status: Some(Status::NotStarted),
            happened: NaiveDate::from_ymd_opt(2020, 11, 3),
            evidence: Some(Evidence::file(&name, &address).unwrap()),
            case_study: true,
            ..UpdateAsk::default()
        };
        assert!(write(&Ask::Update(ask)).is_some(), "{length}");
    }
}

#[test]
fn a_form_about_an_import_carries_the_answers() {
    for (written, expected) in [("row 7: CPEG\n", "row 7: CPEG"), ("  ", "")] {
        let inputs = BTreeMap::from([(ANSWERS.into(), written.into())]);
        let answers = Some(expected.to_owned());
        assert_eq!(read("answer/3", &inputs), Ok(Ask::AnswerImport { import: 3, answers }));
    }
}

#[test]
fn a_button_of_another_version_is_refused() {
    for token in [
        "",
        "update",
        "overdue/x",
        "undo/x",
        "share/overdue/1/2",
        "close/IP-1.2",
        "apply/3",
        "apply/3/forget",
        "decide/close//IP-1.2",
        "decide/agree/x/IP-1.2",
        "ask-date/x",
        "apply/x/keep",
        "cancel/",
        "mine",
        "mine/late/",
        "mine//x",
        "list/1",
        "list/quick///////",
        "list/////////x",
        "list/////////1/2",
        "overdue/all///////x",
        "share/share/action/IP-1.2",
        "add/x",
        "forget/",
        "answer/x",
        "leads/CPEG",
        "leads//tomorrow",
        "label/the schools",
        "snooze/CPEG/2020-12-10",
        "snooze/2/tomorrow",
        "snooze/2",
        "wake/2",
        "schedule",
        "schedule/CPEG/x",
        "in/1/undo/7",
    ] {
        assert_eq!(read(token, &BTreeMap::new()), Err(Refusal::NotAButton), "{token}");
    }
}

/// Words as people and plans write them, slashes and signs that mean something here included.
fn words() -> impl Strategy<Value = String> {
    "[A-Za-zé&][A-Za-z0-9é&/%. -]{0,14}[A-Za-z0-9%/]|%2F|%25|/"
}

/// Days of the years that the forms take without asking back.
fn days() -> impl Strategy<Value = Option<NaiveDate>> {
    let day = (1990_i32..2080, 1_u32..367);
    proptest::option::of(
        day.prop_filter_map("a day", |(year, day)| NaiveDate::from_yo_opt(year, day)),
    )
}

fn lists() -> impl Strategy<Value = AttentionAsk> {
    let names = || proptest::option::of(words());
    let view = proptest::sample::select(Attention::ALL.map(|(view, ..)| view).to_vec());
    let area = proptest::option::of(any::<u32>());
    (names(), names(), names(), names(), view, area, days(), any::<u32>()).prop_map(
        |(body, lead, theme, meeting, view, area, as_of, page)| AttentionAsk {
            body,
            lead,
            area,
            theme,
            meeting,
            view,
            as_of,
            page,
        },
    )
}

fn lists_of_plans() -> impl Strategy<Value = ListAsk> {
    let names = || proptest::option::of(words());
    let status = proptest::option::of(proptest::sample::select(Status::ALL.to_vec()));
    let stands = Stands::ALL.map(|(stands, ..)| stands).to_vec();
    let stands = proptest::option::of(proptest::sample::select(stands));
    (lists(), status, stands, names()).prop_map(|(list, status, stands, text)| ListAsk {
        body: list.body,
        lead: list.lead,
        area: list.area,
        theme: list.theme,
        status,
        stands,
        text,
        as_of: list.as_of,
        page: list.page,
    })
}

fn mine() -> impl Strategy<Value = MineAsk> {
    let view = proptest::sample::select(Attention::ALL.map(|(view, ..)| view).to_vec());
    let of = proptest::collection::vec(words(), 0..3);
    (of, proptest::option::of(view), any::<u32>()).prop_map(|(of, view, page)| MineAsk {
        of,
        view,
        page,
    })
}

/// Every ask that a button or form makes.
fn asks() -> impl Strategy<Value = Ask> {
    let status = proptest::option::of(proptest::sample::select(Status::ALL.to_vec()));
    prop_oneof![
        (words(), status, days(), any::<bool>()).prop_map(
            |(action, status, happened, case_study)| {
                Ask::Update(UpdateAsk {
                    action,
                    status,
                    happened,
                    case_study,
                    ..UpdateAsk::default()
                })
            }
        ),
        lists().prop_map(Ask::Overdue),
        lists().prop_map(|ask| Ask::Share(Share::Overdue(ask))),
        lists_of_plans().prop_map(Ask::List),
        lists_of_plans().prop_map(|ask| Ask::Share(Share::List(ask))),
        mine().prop_map(Ask::Mine),
        mine().prop_map(|ask| Ask::Share(Share::Mine(ask))),
        words().prop_map(|action| Ask::Share(Share::Action(action))),
        any::<i64>().prop_map(|draft| Ask::AddDraft { draft }),
        any::<i64>().prop_map(|draft| Ask::CancelDraft { draft }),
        words().prop_map(|action| Ask::Action { action }),
        (words(), days(), any::<u32>())
            .prop_map(|(action, as_of, page)| Ask::History(HistoryAsk { action, as_of, page })),
        proptest::option::of(words()).prop_map(|body| Ask::NextMeeting { body }),
        any::<i64>().prop_map(|update| Ask::Undo { update }),
        (any::<i64>(), proptest::sample::select(vec![Dropped::Keep, Dropped::Withdraw]))
            .prop_map(|(import, dropped)| Ask::ApplyImport { import, dropped }),
        any::<i64>().prop_map(|import| Ask::CancelImport { import }),
        any::<i64>().prop_map(|import| Ask::AnswerImport { import, answers: None }),
    ]
}

proptest! {
    #[test]
    fn whatever_fits_in_a_button_comes_back_as_it_was(ask in asks()) {
        if let Some(token) = write(&ask) {
            prop_assert!(token.chars().count() <= TOKEN_MAX);
            prop_assert_eq!(read(&token, &BTreeMap::new()), Ok(ask), "{}", token);
        } else {
            // Only names can be too long: without them the same ask fits.
            let bare = match ask {
                Ask::Overdue(ask) | Ask::Share(Share::Overdue(ask)) => {
                    let AttentionAsk { view, area, as_of, page, .. } = ask;
                    let bare = AttentionAsk { area, view, as_of, page, ..AttentionAsk::default() };
                    Share::Overdue(bare)
                }
                Ask::List(ask) | Ask::Share(Share::List(ask)) => {
                    let bare = ListAsk { body: None, lead: None, ..ask };
                    Share::List(ListAsk { theme: None, text: None, ..bare })
                }
                Ask::Mine(ask) | Ask::Share(Share::Mine(ask)) => {
                    Share::Mine(MineAsk { of: Vec::new(), ..ask })
                }
                other => return Err(TestCaseError::fail(format!("{other:?} is too long"))),
            };
            prop_assert!(write(&Ask::Share(bare)).is_some());
        }
    }

    #[test]
    fn any_token_is_read_or_refused(
        token in "\\PC{0,30}|[\\s\\S]{0,30}|(update|overdue|share|mine|list|share/list|share/mine|add|forget|action|meeting|undo|apply|cancel|answer)(/[ -~]{0,6}){0,8}",
    ) {
        if let Ok(ask) = read(&token, &BTreeMap::new()) {
            let Some(written) = write(&ask) else {
                return Err(TestCaseError::fail(format!("no button asks {ask:?}")));
            };
            prop_assert_eq!(read(&written, &BTreeMap::new()), Ok(ask));
        }
    }
}

#[test]
fn the_longest_names_of_a_partnership_fit() {
    // Codes have five letters at most; the longest theme and collective of West Dunbartonshire.
    let ask = AttentionAsk {
        body: Some("DIGs".into()),
        lead: Some("CPWDX".into()),
        area: Some(99),
        theme: Some("Sustainability".into()),
        meeting: Some("Flourishing DIG".into()),
        view: Attention::Awaiting,
        as_of: NaiveDate::from_ymd_opt(2021, 12, 31),
        page: 0,
    };
    let token = write(&Ask::Share(Share::Overdue(ask))).unwrap();
    assert!(token.len() <= 75, "{token} leaves room for names a third longer");
}

#[test]
fn an_ask_too_long_for_a_button_makes_none() {
    let named = |letters: usize| {
        let body = Some("é".repeat(letters));
        write(&Ask::NextMeeting { body }).map(|token| token.chars().count())
    };
    let most = TOKEN_MAX - "meeting/".len();
    assert_eq!((named(most), named(most + 1)), (Some(TOKEN_MAX), None));
    let beyond = "🙂".repeat(50);
    assert_eq!(
        write(&Ask::NextMeeting { body: Some(beyond) }),
        None,
        "two units each, as Discord counts"
    );
}

#[test]
fn asks_that_no_button_makes_have_no_token() {
    let asks = [Ask::Help { topic: None }, Ask::Question("What is late?".into())];
    for ask in asks {
        assert_eq!(write(&ask), None, "{ask:?}");
    }
}
