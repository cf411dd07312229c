//! Lateness, refs and statuses, who may speak, and what may be said.

use proptest::prelude::*;

use super::sample::*;
use super::*;

#[track_caller]
fn late(target: &str, today: &str, meeting_on: Option<&str>, expected: Lateness) {
    let action = action("IP-1.1", target);
    let lateness = action.lateness(day(today), meeting_on.map(day));
    assert_eq!(lateness, expected, "{target} on {today}, meeting {meeting_on:?}");
}

#[test]
fn overdue_begins_on_the_day_after_the_last_day_of_the_window() {
    let overdue = |days| Lateness::Overdue { days };
    late("March 2021", "2021-02-28", None, Lateness::Later);
    late("March 2021", "2021-03-01", None, Lateness::WindowOpen);
    late("March 2021", "2021-03-30", None, Lateness::WindowOpen);
    late("March 2021", "2021-03-31", None, Lateness::DueBeforeMeeting);
    late("March 2021", "2021-04-01", None, overdue(1));
    late("March 2021", "2022-04-01", None, overdue(366));
    late("28 February 2020", "2020-02-29", None, overdue(1));
    late("28 February 2020", "2020-03-01", None, overdue(2));
}

#[test]
fn due_before_a_meeting_counts_the_day_of_the_meeting() {
    let target = "10 December 2020";
    late(target, "2020-11-19", Some("2020-12-09"), Lateness::Later);
    late(target, "2020-11-19", Some("2020-12-10"), Lateness::DueBeforeMeeting);
    late(target, "2020-11-19", Some("2020-12-11"), Lateness::DueBeforeMeeting);
    late(target, "2020-12-10", Some("2020-11-01"), Lateness::DueBeforeMeeting);
    late(target, "2020-12-11", Some("2021-02-11"), Lateness::Overdue { days: 1 });
}

#[test]
fn without_a_window_there_is_nothing_to_be_late_for() {
    for target in ["", "TBC", "Ongoing"] {
        late(target, "2099-01-01", Some("2099-02-01"), Lateness::NoDate);
    }
}

#[test]
fn only_promised_work_that_is_under_way_is_late() {
    let cases = [
        (Status::NotStarted, Standing::Open, true),
        (Status::OnTrack, Standing::Open, true),
        (Status::AtRisk, Standing::Open, true),
        (Status::Blocked, Standing::Open, true),
        (Status::Complete, Standing::Open, false),
        (Status::OnHold, Standing::Open, false),
        (Status::OnTrack, Standing::SignedOff, false),
        (Status::OnTrack, Standing::Withdrawn, false),
    ];
    for (status, standing, counts) in cases {
        let action = Action { status, standing, ..action("IP-1.1", "March 2020") };
        let days = action.days_overdue(day("2020-04-02"));
        assert_eq!(days, counts.then_some(2), "{status:?} {standing:?}");
        let lateness = action.lateness(day("2020-04-02"), None);
        assert_eq!(lateness == Lateness::NotCounted, !counts, "{status:?} {standing:?}");
    }
}

proptest! {
    #[test]
    fn time_only_makes_it_later(
        action in actions(), one in days(), other in days(), meeting in proptest::option::of(days()),
    ) {
        let place = |today| match action.lateness(today, meeting) {
            Lateness::NoDate | Lateness::NotCounted => (0, 0),
            Lateness::Later => (1, 0),
            Lateness::WindowOpen => (2, 0),
            Lateness::DueBeforeMeeting => (3, 0),
            Lateness::Overdue { days } => (4, days),
        };
        prop_assert!(place(one.min(other)) <= place(one.max(other)));
    }

    #[test]
    fn days_overdue_agree_with_lateness_and_the_calendar(
        action in actions(), today in days(), meeting in proptest::option::of(days()),
    ) {
        let days = action.days_overdue(today);
        let lateness = action.lateness(today, meeting);
        prop_assert_eq!(days.map(|days| Lateness::Overdue { days }),
            matches!(lateness, Lateness::Overdue { .. }).then_some(lateness));
        if let (Some(days), Some(due)) = (days, action.target.due_on()) {
            prop_assert!(days >= 1);
            prop_assert_eq!(due + chrono::TimeDelta::days(days), today);
        }
        prop_assert!(action.target.has_date() || days.is_none());
    }

    #[test]
    fn a_ref_reads_back_as_it_is_shown(
        plan in "[A-Z]{1,5}", area: u32, number: u32, turn in 1_u32..,
    ) {
        let reference = Ref { plan, area, number, turn };
        prop_assert_eq!(reference.to_string().parse(), Ok(reference.clone()));
        prop_assert_eq!(reference.to_string().to_lowercase().parse(), Ok(reference));
    }

    #[test]
    fn whatever_reads_as_a_ref_stays_one(words in "[ \\PC-]{0,12}|.{1,4}-.{1,3}[.].{1,3}") {
        if let Ok(reference) = words.parse::<Ref>() {
            prop_assert_eq!(reference.to_string().parse(), Ok(reference));
        }
    }
}

#[track_caller]
fn refers(words: &str, expected: Option<&str>) {
    let read = words.parse::<Ref>().ok().map(|reference| reference.to_string());
    assert_eq!(read.as_deref(), expected, "{words:?}");
}

#[test]
fn refs() {
    refers("IP-2.1", Some("IP-2.1"));
    refers(" ip-2.10 ", Some("IP-2.10"));
    refers("ip - 2 . 1", Some("IP-2.1"));
    refers("flo-02.1", Some("FLO-2.1"));
    refers("2.1", None);
    refers("-2.1", None);
    refers("IP-2", None);
    refers("IP-2.", None);
    refers("IP-2.1/2", Some("IP-2.1/2"));
    refers("ip-2.1 / 12", Some("IP-2.1/12"));
    refers("IP-2.1/1", Some("IP-2.1"));
    refers("IP-2.1/0", None);
    refers("IP-2.1/", None);
    refers("IP-2.1/2/3", None);
    refers("IP-2.1.3", None);
    refers("IP-2.-1", None);
    refers("IP-2.+1", None);
    refers("IP!-2.1", None);
    refers("IP-4294967296.1", None);
}

#[test]
fn a_number_alone_means_the_last_turn() {
    let refs: Vec<Ref> = ["IP-4.2", "IP-4.2/2", "FLO-4.2", "IP-4.1", "IP-14.2/2"]
        .iter()
        .map(|words| words.parse().unwrap())
        .collect();
    let meant = |turn| -> Vec<String> {
        let found = Ref::numbered(refs.iter(), (4, 2), turn);
        found.iter().map(ToString::to_string).collect()
    };
    assert_eq!(meant(None), ["IP-4.2/2", "FLO-4.2"]);
    assert_eq!(meant(Some(1)), ["IP-4.2", "FLO-4.2"]);
    assert_eq!(meant(Some(2)), ["IP-4.2/2"]);
    assert_eq!(meant(Some(3)), Vec::<String>::new());
}

#[test]
fn statuses_read_as_they_are_shown_and_as_plans_print_them() {
    for status in Status::ALL {
        assert_eq!(Status::from_words(status.words()), Some(status));
        assert_eq!(Status::from_words(&status.words().to_uppercase()), Some(status));
        assert_eq!(Status::from_words(&status.words().replace(' ', "-")), Some(status));
    }
    let printed = [
        ("In progress", Some(Status::OnTrack)),
        (" under  way ", Some(Status::OnTrack)),
        ("Completed", Some(Status::Complete)),
        ("deferred", Some(Status::OnHold)),
        ("not_started", Some(Status::NotStarted)),
        ("", None),
        ("late", None),
        ("on", None),
    ];
    for (words, status) in printed {
        assert_eq!(Status::from_words(words), status, "{words:?}");
    }
}

fn voice() -> Voice {
    Voice { body: FLO, on_behalf_of: None }
}

#[track_caller]
fn says(action: &Action, said: &Said, expected: Result<(&str, Status, Option<&str>), Refusal>) {
    let update = action.update(voice(), said, day("2020-11-19"));
    let expected = expected.map(|(text, after, happened_on)| NewUpdate {
        action: action.id,
        voice: voice(),
        text: text.into(),
        before: action.status,
        after,
        happened_on: happened_on.map(day),
        ask: said.ask.clone(),
        evidence: said.evidence.clone(),
        case_study: said.case_study,
    });
    assert_eq!(update, expected);
}

#[test]
fn what_may_be_said() {
    let open = action("IP-1.1", "March 2021");
    let words = |text: &str| Said { text: text.into(), ..Said::default() };
    let on = |text: &str| Said { happened_on: Some(day(text)), ..words("Met") };
    says(&open, &words(" Booked \n"), Ok(("Booked", Status::OnTrack, None)));
    let blocked = Said { status: Some(Status::Blocked), ..words("Stuck") };
    says(&open, &blocked, Ok(("Stuck", Status::Blocked, None)));
    says(&open, &on("2020-11-18"), Ok(("Met", Status::OnTrack, Some("2020-11-18"))));
    says(&open, &on("2020-11-19"), Ok(("Met", Status::OnTrack, None)));
    let tomorrow = day("2020-11-20");
    says(&open, &on("2020-11-20"), Err(Refusal::NotYetHappened { day: tomorrow }));
    says(&open, &words(" \n\t"), Err(Refusal::NothingSaid));
    let longest = "é".repeat(TEXT_MAX);
    says(&open, &words(&longest), Ok((&longest, Status::OnTrack, None)));
    says(&open, &words(&format!("{longest}!")), Err(Refusal::TooLong { length: TEXT_MAX + 1 }));
    let finished = Action { standing: Standing::SignedOff, ..open.clone() };
    says(&finished, &words("More"), Err(Refusal::Finished(open.reference.clone())));
    let withdrawn = Action { standing: Standing::Withdrawn, ..open.clone() };
    says(&withdrawn, &words(""), Err(Refusal::Withdrawn(open.reference)));
}

#[test]
fn what_may_be_asked_and_shown() {
    let open = action("IP-1.1", "March 2021");
    let asks = |ask: &str| Said { text: "Met".into(), ask: Some(ask.into()), ..Said::default() };
    let asked = |ask: &str| {
        let update = open.update(voice(), &asks(ask), day("2020-11-19"));
        update.map(|update| update.ask)
    };
    assert_eq!(asked(" A hall \n"), Ok(Some("A hall".into())));
    assert_eq!(asked(" \u{200b}"), Ok(None));
    let longest = "é".repeat(ASK_MAX);
    assert_eq!(asked(&longest), Ok(Some(longest.clone())));
    let length = ASK_MAX + 1;
    assert_eq!(asked(&format!("{longest}!")), Err(Refusal::AsksTooMuch { length }));
    let evidence = Evidence::page("https://wdc.example/hall").ok();
    let shown = Said { evidence: evidence.clone(), case_study: true, ..asks("A hall") };
    let update = open.update(voice(), &shown, day("2020-11-19")).unwrap();
    assert_eq!((update.evidence, update.case_study), (evidence, true));
}

#[test]
fn what_was_said_is_corrected_until_it_is_signed_off_or_withdrawn() {
    let reference = || action("IP-1.1", "").reference;
    for (status, standing, expected) in [
        (Status::Blocked, Standing::Open, Ok(())),
        (Status::Complete, Standing::Open, Ok(())),
        (Status::Complete, Standing::SignedOff, Err(Refusal::SignedOffOnIt(reference()))),
        (Status::OnTrack, Standing::Withdrawn, Err(Refusal::WithdrawnSince(reference()))),
    ] {
        let action = Action { status, standing, ..action("IP-1.1", "March 2020") };
        assert_eq!(action.may_be_corrected(), expected, "{status:?} {standing:?}");
    }
}

#[test]
fn a_reason_says_something_and_is_short() {
    assert_eq!(reason_for_taking_back(" Twice\n"), Ok("Twice".into()));
    assert_eq!(reason_for_taking_back(" \u{feff} "), Err(Refusal::NoReason));
    let longest = "é".repeat(REASON_MAX);
    assert_eq!(reason_for_taking_back(&longest), Ok(longest.clone()));
    let length = REASON_MAX + 1;
    let refused = reason_for_taking_back(&format!("{longest}!"));
    assert_eq!(refused, Err(Refusal::ReasonTooLong { length }));
}

#[test]
fn complete_awaits_sign_off_until_the_standing_says_otherwise() {
    for (status, standing, awaits) in [
        (Status::Complete, Standing::Open, true),
        (Status::OnTrack, Standing::Open, false),
        (Status::Complete, Standing::SignedOff, false),
        (Status::Complete, Standing::Withdrawn, false),
    ] {
        let action = Action { status, standing, ..action("IP-1.1", "March 2020") };
        assert_eq!(action.awaits_sign_off(), awaits, "{status:?} {standing:?}");
    }
}

proptest! {
    #[test]
    fn an_update_keeps_the_words_and_the_statuses(
        text in "[ \\n]{0,2}[a-z*é🙂\\n ]{0,30}", before in proptest::sample::select(Status::ALL.to_vec()),
        after in proptest::option::of(proptest::sample::select(Status::ALL.to_vec())),
    ) {
        let action = Action { status: before, ..action("IP-1.1", "March 2021") };
        let said = Said { text: text.clone(), status: after, ..Said::default() };
        match action.update(voice(), &said, day("2020-11-19")) {
            Ok(update) => {
                prop_assert_eq!(update.text.as_str(), text.trim());
                prop_assert!(!update.text.is_empty());
                prop_assert_eq!((update.before, update.after), (before, after.unwrap_or(before)));
            }
            Err(refusal) => {
                prop_assert_eq!(refusal, Refusal::NothingSaid);
                prop_assert!(text.trim().is_empty());
            }
        }
    }
}
