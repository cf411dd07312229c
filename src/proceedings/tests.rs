//! What a meeting still has to answer, as its record comes along.

use super::*;
use crate::action::Extension;
use crate::action::Standing;
use crate::action::Status;
use crate::action::sample::BOARD;
use crate::action::sample::FLO;
use crate::action::sample::action;
use crate::action::sample::day;
use crate::agenda::Purpose;
use crate::body::Voice;
use crate::date::Target;
use crate::decision::Kind;
use crate::decision::Minute;

fn noon() -> DateTime<Utc> {
    day("2020-12-10").and_hms_opt(12, 0, 0).unwrap().and_utc()
}

fn complete() -> Action {
    Action { status: Status::Complete, ..action("IP-1.1", "March 2021") }
}

fn asking(id: i64) -> Action {
    let asked = Extension {
        id: ExtensionId(id),
        target: Target::read("September 2021"),
        reason: "No halls".into(),
        by: None,
        voice: Voice { body: FLO, on_behalf_of: None },
        asked_at: noon(),
    };
    Action { asked: Some(asked), ..action("IP-1.2", "March 2021") }
}

fn item() -> Item {
    Item {
        id: ItemId(5),
        action: complete().reference,
        update: None,
        body: BOARD,
        meeting_on: day("2020-12-10"),
        purpose: Purpose::Noting,
        words: String::new(),
        by: None,
        set_at: noon(),
    }
}

fn step(made: Made) -> Proceeding {
    Proceeding { id: ProceedingId(1), made, by: None, at: noon() }
}

fn cited(action: &Action, kind: Kind) -> CitedDecision {
    let decision = Decision {
        id: DecisionId(1),
        kind,
        extension: None,
        minute: Minute::default(),
        made_at: noon(),
        by: None,
    };
    CitedDecision { action: action.id, decision, target: None }
}

/// How much was asked, and what is still open of it, by ref; an item with its purpose.
#[track_caller]
fn check(
    now: &[Action],
    decisions: &[CitedDecision],
    steps: &[Proceeding],
    expected: (usize, &[&str]),
) {
    let (first, second, item) = (complete(), asking(7), item());
    let facts =
        Facts { awaited: vec![&first, &second], actions: now, items: &[&item], decisions, steps };
    let docket = Docket::of(&facts);
    let open = docket.open.iter().map(|question| match question {
        Question::Decide(action) => action.reference.to_string(),
        Question::Brought(item, action) => format!("{} {}", action.reference, item.purpose.word()),
    });
    assert_eq!((docket.asked, open.collect::<Vec<_>>()), (expected.0, own(expected.1)));
}

fn own(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn a_docket_comes_to_its_end_step_by_step() {
    let asked = [complete(), asking(7)];
    check(&asked, &[], &[], (3, &["IP-1.1", "IP-1.2", "IP-1.1 noting"]));
    let signed = Action { standing: Standing::SignedOff, ..complete() };
    let after = [signed, asking(7)];
    let decided = [cited(&complete(), Kind::SignOff)];
    check(&after, &decided, &[], (3, &["IP-1.2", "IP-1.1 noting"]));
    let (about, request) = (asking(7).id, Some(ExtensionId(7)));
    let left = step(Made::LeftOpen { action: about, extension: request });
    check(&after, &decided, std::slice::from_ref(&left), (3, &["IP-1.1 noting"]));
    let noted = Made::Item { action: complete().id, item: ItemId(5), outcome: Outcome::Noted };
    check(&after, &decided, &[left, step(noted)], (3, &[]));
}

#[test]
fn what_was_settled_elsewhere_or_is_asked_anew_is_not_asked_of_this_meeting() {
    let signed = Action { standing: Standing::SignedOff, ..complete() };
    check(&[signed, asking(8)], &[], &[], (1, &["IP-1.1 noting"]));
    let withdrawn = Action { standing: Standing::Withdrawn, ..complete() };
    check(&[withdrawn, asking(7)], &[], &[], (1, &["IP-1.2"]));
}

#[test]
fn what_is_new_is_what_came_after_the_end() {
    let begun = step(Made::Begun { minutes: "4".into() });
    let end = step(Made::Finished);
    let added = step(Made::Added { action: complete().id });
    assert_eq!(since_finished(std::slice::from_ref(&begun)).len(), 1);
    assert_eq!(since_finished(&[begun.clone(), end.clone()]), []);
    let all = [begun, end, added.clone()];
    assert_eq!(since_finished(&all), [added]);
    assert_eq!(minutes(&all), Some("4"));
}
