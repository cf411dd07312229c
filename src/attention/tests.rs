//! Which actions are in which list, and in what order.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::action::Status;
use crate::action::sample::EXECUTIVE;
use crate::action::sample::FLO;
use crate::action::sample::action;
use crate::action::sample::actions;
use crate::action::sample::bodies;
use crate::action::sample::day;
use crate::action::sample::days;
use crate::action::sample::lead;
use crate::action::sample::said;
use crate::body::holding::Holding;
use crate::body::holding::Holdings;
use crate::body::holding::Part;

static BODIES: LazyLock<Bodies> = LazyLock::new(bodies);

fn vantage() -> Vantage<'static> {
    Vantage {
        today: day("2020-11-19"),
        meeting_on: Some(day("2020-12-10")),
        last_met_at: day("2020-10-08").and_hms_opt(9, 0, 0).map(|at| at.and_utc()),
        bodies: &BODIES,
    }
}

/// The views but [`Attention::All`] in which an action stands.
#[track_caller]
fn check(action: &Action, expected: &[Attention]) {
    let mut views: Vec<Attention> = Attention::ALL.map(|(view, ..)| view).to_vec();
    views.retain(|view| *view != Attention::All && view.wants(action, &vantage()));
    assert_eq!(views, expected, "{action:?}");
    assert_eq!(Attention::All.wants(action, &vantage()), !expected.is_empty());
}

#[test]
fn each_list_has_its_own() {
    use Attention::*;
    let heard =
        |target| Action { last_update: Some(said("2020-11-01")), ..action("IP-1.1", target) };
    check(&heard("March 2021"), &[]);
    check(&heard("October 2020"), &[Overdue]);
    check(&heard("19 November 2020"), &[Due]);
    check(&heard("10 December 2020"), &[Due]);
    check(&heard("11 December 2020"), &[]);
    check(&heard("Ongoing"), &[Blank]);
    check(&Action { leads: Vec::new(), ..heard("March 2021") }, &[Blank]);
    check(&Action { leads: Vec::new(), ..heard("October 2020") }, &[Overdue, Blank]);
    check(&action("IP-1.1", "March 2021"), &[Silent]);
    check(&action("IP-1.1", "October 2020"), &[Overdue, Silent]);
    let last_heard = |on| Action { last_update: Some(said(on)), ..action("IP-1.1", "March 2021") };
    check(&last_heard("2020-10-07"), &[Silent]);
    check(&last_heard("2020-10-08"), &[]);
    let status = |status| Action { status, ..action("IP-1.1", "October 2020") };
    check(&status(Status::Complete), &[Awaiting]);
    check(&Action { leads: Vec::new(), ..status(Status::Complete) }, &[Awaiting]);
    check(&status(Status::OnHold), &[]);
    for standing in [Standing::SignedOff, Standing::Withdrawn] {
        check(&Action { standing, leads: Vec::new(), ..status(Status::Complete) }, &[]);
    }
}

#[test]
fn what_nobody_answers_for_stands_among_what_has_no_lead() {
    let heard = Action { last_update: Some(said("2020-11-01")), ..action("IP-1.1", "March 2021") };
    let since = chrono::DateTime::UNIX_EPOCH;
    let entry = Holding { body: FLO, person: None, part: Part::Ended, since };
    let vacant = Bodies { holdings: Holdings::of(vec![entry]), ..bodies() };
    let is_blank =
        |action: &Action, bodies| Attention::Blank.wants(action, &Vantage { bodies, ..vantage() });
    assert!(!is_blank(&heard, &BODIES));
    assert!(is_blank(&heard, &vacant), "its lead is vacant");
    assert!(!is_blank(&Action { status: Status::Complete, ..heard.clone() }, &vacant));
    let led_by = |leads| Action { leads, ..heard.clone() };
    assert!(is_blank(&led_by(vec![lead("the schools", &[])]), &BODIES));
    assert!(!is_blank(
        &led_by(vec![lead("the schools", &[]), lead("CPEG", &[EXECUTIVE])]),
        &BODIES
    ));
}

#[test]
fn nobody_is_silent_where_nobody_has_met() {
    let vantage = Vantage { last_met_at: None, ..vantage() };
    assert!(!Attention::Silent.wants(&action("IP-1.1", "March 2021"), &vantage));
}

#[test]
fn words_of_views_read_back() {
    for (view, word, words) in Attention::ALL {
        assert_eq!(Attention::from_word(word), Some(view));
        assert_eq!((view.word(), view.words()), (word, words));
    }
    assert_eq!(Attention::from_word("Overdue "), None);
}

#[test]
fn the_longest_overdue_comes_first() {
    let all = [
        action("IP-1.1", "October 2020"),
        action("IP-1.2", ""),
        action("IP-2.1", "August 2020"),
        action("IP-1.10", "September 2020"),
        action("IP-1.9", "September 2020"),
        action("IP-3.1", "March 2021"),
    ];
    let all: Vec<&Action> = all.iter().collect();
    let order = |view| {
        let found = list(view, &all, &vantage());
        found.iter().map(|action| action.reference.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(order(Attention::Overdue), ["IP-2.1", "IP-1.9", "IP-1.10", "IP-1.1"]);
    assert_eq!(
        order(Attention::All),
        ["IP-2.1", "IP-1.9", "IP-1.10", "IP-1.1", "IP-3.1", "IP-1.2"]
    );
}

proptest! {
    #[test]
    fn a_list_holds_what_it_wants_once_and_in_order(
        all in proptest::collection::vec(actions(), 0..12), today in days(),
        meeting_on in proptest::option::of(days()), met_on in proptest::option::of(days()),
    ) {
        let last_met_at = met_on.and_then(|day| day.and_hms_opt(10, 0, 0)).map(|at| at.and_utc());
        let vantage = Vantage { today, meeting_on, last_met_at, bodies: &BODIES };
        let all: Vec<&Action> = all.iter().collect();
        let found = |view| list(view, &all, &vantage);
        let mut union = 0;
        for action in &all {
            let views = Attention::ALL.iter().filter(|(view, ..)| {
                *view != Attention::All && found(*view).iter().any(|it| std::ptr::eq(*it, *action))
            });
            union += usize::from(views.count() > 0);
        }
        prop_assert_eq!(found(Attention::All).len(), union);
        for (view, ..) in Attention::ALL {
            let found = found(view);
            let wanted = all.iter().filter(|action| view.wants(action, &vantage)).count();
            prop_assert_eq!(found.len(), wanted, "{:?}", view);
            let far = chrono::NaiveDate::MAX;
            prop_assert!(found.is_sorted_by_key(|action| action.target.due_on().unwrap_or(far)));
        }
        let overdue = found(Attention::Overdue);
        let days = |action: &&Action| std::cmp::Reverse(action.days_overdue(today));
        prop_assert!(overdue.is_sorted_by_key(days));
        prop_assert!(overdue.iter().all(|action| action.days_overdue(today).is_some()));
        prop_assert!(!overdue.iter().any(|action| Attention::Due.wants(action, &vantage)));
    }
}
