//! Which decisions are possible, what they make of an action, and why others are not.

use super::*;
use crate::action::Extension;
use crate::action::NewExtension;
use crate::action::sample::FLO;
use crate::action::sample::action;
use crate::action::sample::day;
use crate::body::Voice;
use crate::date::Occasion;

fn voice() -> Voice {
    Voice { body: FLO, on_behalf_of: None }
}

fn asked(id: i64, target: &str) -> Extension {
    Extension {
        id: ExtensionId(id),
        target: Target::read(target),
        reason: "No halls".into(),
        by: Some("Amira".into()),
        voice: voice(),
        asked_at: day("2020-11-03").and_hms_opt(9, 0, 0).unwrap().and_utc(),
    }
}

fn with(status: Status, standing: Standing) -> Action {
    Action { status, standing, ..action("IP-1.1", "March 2021") }
}

#[track_caller]
fn check(ruling: &Ruling, action: &Action, expected: Result<Agreed, Refusal>) {
    let matter = Matter { action, seen: None, before_completion: Status::AtRisk };
    let decided = ruling.on(&matter);
    let expected = expected.map(|agreed| NewDecision { action: action.id, agreed });
    assert_eq!(decided, expected, "{ruling:?} on {action:?}");
}

#[test]
fn which_decisions_are_possible() {
    use Ruling::*;
    let reference = || action("IP-1.1", "").reference;
    let complete = with(Status::Complete, Standing::Open);
    let open = with(Status::OnTrack, Standing::Open);
    let not_complete = || Refusal::NotComplete { reference: reference(), status: Status::OnTrack };
    check(&SignOff, &complete, Ok(Agreed::SignedOff));
    check(&Return, &complete, Ok(Agreed::Returned { status: Status::AtRisk }));
    check(&SignOff, &open, Err(not_complete()));
    check(&Return, &open, Err(not_complete()));
    check(&Withdraw, &open, Ok(Agreed::Withdrawn));
    check(&Withdraw, &complete, Ok(Agreed::Withdrawn));
    check(&Agree, &open, Err(Refusal::NoDateAsked(reference())));
    check(&Refuse, &open, Err(Refusal::NoDateAsked(reference())));
    let waiting = Action { asked: Some(asked(7, "May 2021")), ..open.clone() };
    let extension = ExtensionId(7);
    let target = || Target::read("May 2021");
    check(&Agree, &waiting, Ok(Agreed::Moved { extension, target: target() }));
    check(&Refuse, &waiting, Ok(Agreed::Kept { extension }));
    let june = || Target::read("June 2021");
    check(&Another(june()), &waiting, Ok(Agreed::Moved { extension, target: june() }));
    let due = Refusal::DueAlready { reference: reference(), day: day("2021-03-31") };
    check(&Another(Target::read("by March 2021")), &waiting, Err(due));
    let done = Action { asked: Some(asked(7, "May 2021")), ..complete };
    check(&Agree, &done, Err(Refusal::AwaitsSignOff(reference())));
    for ruling in [SignOff, Return, Agree, Refuse, Another(june()), Withdraw] {
        let closed = with(Status::Complete, Standing::SignedOff);
        if ruling == Return {
            // What was signed off in error goes on.
            check(&ruling, &closed, Ok(Agreed::Returned { status: Status::AtRisk }));
        } else {
            check(&ruling, &closed, Err(Refusal::SignedOff(reference())));
        }
        let gone = with(Status::OnTrack, Standing::Withdrawn);
        check(&ruling, &gone, Err(Refusal::Withdrawn(reference())));
    }
}

#[test]
fn a_request_that_is_not_the_one_seen_is_looked_at_again() {
    let action = Action { asked: Some(asked(8, "May 2021")), ..action("IP-1.1", "March 2021") };
    let on = |seen| {
        let before_completion = Status::OnTrack;
        Ruling::Agree.on(&Matter {
            action: &action,
            seen: Some(ExtensionId(seen)),
            before_completion,
        })
    };
    assert!(on(8).is_ok());
    assert_eq!(on(7), Err(Refusal::AskedAnew(action.reference.clone())));
}

#[test]
fn what_a_decision_makes_of_an_action() {
    let action = Action { asked: Some(asked(7, "May 2021")), ..action("IP-1.1", "March 2021") };
    let applied = |agreed| NewDecision { action: action.id, agreed }.applied_to(&action);
    let extension = ExtensionId(7);
    let moved = applied(Agreed::Moved { extension, target: Target::read("May 2021") });
    assert_eq!((moved.target.words(), moved.moves), ("May 2021", 1));
    assert_eq!(moved.first_target.words(), "March 2021", "the first is kept for ever");
    assert_eq!(moved.date_asked(), None);
    let kept = applied(Agreed::Kept { extension });
    assert_eq!((kept.target.words(), kept.moves, kept.date_asked()), ("March 2021", 0, None));
    let returned = applied(Agreed::Returned { status: Status::Blocked });
    assert_eq!((returned.status, returned.standing), (Status::Blocked, Standing::Open));
    assert_eq!(applied(Agreed::SignedOff).standing, Standing::SignedOff);
    assert_eq!(applied(Agreed::Withdrawn).standing, Standing::Withdrawn);
}

#[test]
fn a_request_matters_while_the_work_is_open_and_due_at_another_time() {
    let asks = |action: Action| {
        Action { asked: Some(asked(7, "May 2021")), ..action }.date_asked().is_some()
    };
    assert!(asks(with(Status::OnTrack, Standing::Open)));
    assert!(!asks(with(Status::Complete, Standing::Open)));
    assert!(!asks(with(Status::OnTrack, Standing::Withdrawn)));
    assert!(!asks(action("IP-1.1", "by the end of May 2021")));
}

#[track_caller]
fn asking(action: &Action, target: &str, reason: &str, expected: Option<Refusal>) {
    let target = Target::read(target);
    let new = ask_for_date(action, voice(), (&target, reason), day("2020-11-19"));
    let expected = match expected {
        Some(refusal) => Err(refusal),
        None => Ok(NewExtension {
            action: action.id,
            voice: voice(),
            target: target.clone(),
            reason: reason.trim().into(),
        }),
    };
    assert_eq!(new, expected, "{}", target.words());
}

#[test]
fn which_dates_can_be_asked_for() {
    let open = action("IP-1.1", "March 2021");
    let reference = || open.reference.clone();
    let no_window = |why: &str| Some(Refusal::NoWindow { why: why.into() });
    asking(&open, "May 2021", " No halls ", None);
    asking(&open, "December 2020", "We are early", None);
    asking(&open, "Spring 2021", "Read back with its doubt", None);
    asking(&open, "TBC", "Who knows", no_window("“TBC” names no date. "));
    asking(&open, "", "Who knows", no_window(""));
    let june = no_window("“31 June 2021” does not exist in the calendar. ");
    asking(&open, "31 June 2021", "Late", june);
    asking(&open, "October 2020", "Late", Some(Refusal::Past { day: day("2020-10-31") }));
    asking(&open, "19 November 2020", "Today", None);
    let due = Refusal::DueAlready { reference: reference(), day: day("2021-03-31") };
    asking(&open, "by the end of March 2021", "Late", Some(due));
    asking(&open, "May 2021", " \u{200b}", Some(Refusal::NoReason(reference())));
    let long = "x".repeat(REASON_MAX + 1);
    let too_long = Refusal::TooLong { length: REASON_MAX + 1, most: REASON_MAX };
    asking(&open, "May 2021", &long, Some(too_long));
    let waiting = Action { asked: Some(asked(7, "May 2021")), ..open.clone() };
    asking(&waiting, "end of May 2021", "Again", Some(Refusal::AskedAlready(reference())));
    asking(&waiting, "June 2021", "Later still", None);
    let complete = with(Status::Complete, Standing::Open);
    asking(&complete, "May 2021", "Late", Some(Refusal::AwaitsSignOff(reference())));
    let closed = with(Status::Complete, Standing::SignedOff);
    asking(&closed, "May 2021", "Late", Some(Refusal::SignedOff(reference())));
    let gone = with(Status::OnTrack, Standing::Withdrawn);
    asking(&gone, "May 2021", "Late", Some(Refusal::Withdrawn(reference())));
}

#[test]
fn a_date_that_nobody_can_be_asked_back_about_leaves_nothing_open() {
    let read = |words: &str| read_date(words, &Occasion::default());
    assert_eq!(read(" June 2021 ").unwrap().words(), "June 2021");
    assert!(matches!(read("summer 2021"), Err(Refusal::Doubtful { .. })));
    assert!(matches!(read("TBC"), Err(Refusal::NoWindow { .. })));
}

#[test]
fn words_of_kinds_read_back() {
    for kind in Kind::ALL {
        assert_eq!(Kind::from_word(kind.word()), Some(kind));
    }
    assert_eq!(Kind::from_word("escalate"), None);
}
