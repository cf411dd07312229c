//! What a button asks survives the chat, and what the chat sends is never trusted.

use proptest::prelude::*;

use super::*;
use crate::request::UpdateAsk;
use crate::request::decide::DecideAsk;
use crate::request::decide::Deciding;
use crate::request::decide::Outcome;
use crate::request::decide::RescheduleAsk;

#[test]
fn what_a_button_asks_survives_the_chat() {
    let asks = [
        Ask::Undo { update: 7 },
        Ask::Action { action: "IP-1.2".into() },
        Ask::NextMeeting { body: None },
        Ask::NextMeeting { body: Some("CPEG".into()) },
        Ask::Update(UpdateAsk { action: "IP-1.2".into(), ..UpdateAsk::default() }),
        Ask::Update(UpdateAsk {
            action: "IP-1.2".into(),
            text: None,
            status: Some(Status::AtRisk),
            happened: NaiveDate::from_ymd_opt(2020, 11, 3),
        }),
        Ask::ShareOverdue(AttentionAsk {
            body: Some("FLO".into()),
            lead: Some("CPEG".into()),
            area: Some(2),
            theme: Some("Poverty".into()),
            meeting: Some("CPEG".into()),
            view: Attention::All,
            as_of: NaiveDate::from_ymd_opt(2021, 1, 1),
        }),
        Ask::Overdue(AttentionAsk::default()),
        Ask::ApplyImport { import: 3, drop: Drop::Keep },
        Ask::ApplyImport { import: 3, drop: Drop::Withdraw },
        Ask::CancelImport { import: 3 },
        Ask::AnswerImport { import: 3, answers: None },
        Ask::RequestDate { draft: 7 },
        Ask::DropDate { draft: 7 },
        Ask::Reschedule(RescheduleAsk { action: "IP-1.2".into(), ..RescheduleAsk::default() }),
        decide(Ask::Decide, Deciding::SignOff),
        decide(Ask::DecideForm, Deciding::Return),
        decide(Ask::DecideForm, Deciding::Withdraw),
        decide(Ask::DecideForm, extension(Outcome::Agree)),
        decide(Ask::Decide, extension(Outcome::Refuse)),
    ];
    for ask in asks {
        let token = write(&ask).expect("a button makes it");
        assert_eq!(read(&token, &BTreeMap::new()), Ok(ask), "{token}");
    }
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
        "answer/x",
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
    (names(), names(), names(), names(), view, area, days()).prop_map(
        |(body, lead, theme, meeting, view, area, as_of)| AttentionAsk {
            body,
            lead,
            area,
            theme,
            meeting,
            view,
            as_of,
        },
    )
}

/// Every ask that a button or form makes.
fn asks() -> impl Strategy<Value = Ask> {
    let status = proptest::option::of(proptest::sample::select(Status::ALL.to_vec()));
    prop_oneof![
        (words(), status, days()).prop_map(|(action, status, happened)| {
            Ask::Update(UpdateAsk { action, text: None, status, happened })
        }),
        lists().prop_map(Ask::Overdue),
        lists().prop_map(Ask::ShareOverdue),
        words().prop_map(|action| Ask::Action { action }),
        proptest::option::of(words()).prop_map(|body| Ask::NextMeeting { body }),
        any::<i64>().prop_map(|update| Ask::Undo { update }),
        (any::<i64>(), proptest::sample::select(vec![Drop::Keep, Drop::Withdraw]))
            .prop_map(|(import, drop)| Ask::ApplyImport { import, drop }),
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
                Ask::Overdue(ask) | Ask::ShareOverdue(ask) => AttentionAsk {
                    view: ask.view,
                    area: ask.area,
                    as_of: ask.as_of,
                    ..AttentionAsk::default()
                },
                other => return Err(TestCaseError::fail(format!("{other:?} is too long"))),
            };
            prop_assert!(write(&Ask::ShareOverdue(bare)).is_some());
        }
    }

    #[test]
    fn any_token_is_read_or_refused(
        token in "\\PC{0,30}|[\\s\\S]{0,30}|(update|overdue|share|action|meeting|undo|apply|cancel|answer)(/[ -~]{0,6}){0,8}",
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
    };
    let token = write(&Ask::ShareOverdue(ask)).unwrap();
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
