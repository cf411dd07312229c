//! What a print changes, change by change.

use super::*;
use crate::action::sample;
use crate::body::BodyId;
use crate::plan::AreaId;

fn lead(printed: &str, bodies: &[i64]) -> Lead {
    Lead { printed: printed.into(), bodies: bodies.iter().copied().map(BodyId).collect() }
}

fn reference(number: &str) -> Ref {
    format!("IP-{number}").parse().expect("a ref")
}

/// What is recorded of an action that is led by CPEG and due in March 2021.
fn recorded(number: &str, title: &str) -> Action {
    Action {
        reference: reference(number),
        title: title.into(),
        leads: vec![lead("CPEG", &[2])],
        ..sample::action(&format!("IP-{number}"), "March 2021")
    }
}

/// The same as its plan prints it.
fn printed(number: &str, title: &str) -> Printed {
    Printed {
        leads: Some(vec![lead("CPEG", &[2])]),
        target: Some(Target::read("March 2021")),
        status: Some(Status::OnTrack),
        ..Printed::titled(reference(number), title)
    }
}

fn between(printed: &[Printed], actions: &[Action]) -> Revision {
    let area = |number| Area {
        id: AreaId(1),
        plan: "IP".into(),
        number,
        title: "Reporting".into(),
        aim: String::new(),
    };
    let said = BTreeMap::from([(reference("1.1"), vec!["Met twice.\nNext in May.".to_owned()])]);
    let note = Note { heading: "Budget".into(), text: "£500".into() };
    let notes = BTreeMap::from([(reference("1.1"), vec![note])]);
    let areas = [area(1)];
    let recorded = Recorded { areas: &areas, actions, said: &said, notes: &notes };
    Revision::between(&[], printed, recorded)
}

/// The one change that a print makes in the one action there is.
fn change(change: impl FnOnce(&mut Printed)) -> Option<What> {
    let mut print = printed("1.1", "Meet");
    change(&mut print);
    let mut revision = between(&[print], &[recorded("1.1", "Meet")]);
    assert!(revision.changes.len() < 2, "{revision:?}");
    assert_eq!(revision.unchanged, usize::from(revision.changes.is_empty()));
    revision.changes.pop().map(|change| change.what)
}

#[test]
fn what_reads_the_same_is_no_change() {
    assert_eq!(change(|_| ()), None);
    assert_eq!(change(|print| print.title = " Meet\n".into()), None);
    assert_eq!(change(|print| print.target = Some(Target::read("by March 2021"))), None);
    let known_by_another_name = vec![lead("Executive Group", &[2])];
    assert_eq!(change(|print| print.leads = Some(known_by_another_name)), None);
    assert_eq!(change(|print| print.update = Some("Met twice. Next\nin May.".into())), None);
    let note = Note { heading: "Budget".into(), text: "£500".into() };
    assert_eq!(change(|print| print.notes = vec![note]), None);
}

#[test]
fn what_has_no_column_is_no_change() {
    let without = |print: &mut Printed| *print = Printed::titled(reference("1.1"), "Meet");
    assert_eq!(change(without), None);
}

#[test]
fn each_difference_is_a_change_of_its_kind() {
    let reworded = What::Reworded { before: "Meet".into(), after: "Meet often".into() };
    assert_eq!(change(|print| print.title = "Meet often".into()), Some(reworded));
    let redated =
        What::Redated { before: Target::read("March 2021"), after: Target::read("June 2021") };
    assert_eq!(change(|print| print.target = Some(Target::read("June 2021"))), Some(redated));
    let reled = What::Reled { before: vec![lead("CPEG", &[2])], after: Vec::new() };
    assert_eq!(change(|print| print.leads = Some(Vec::new())), Some(reled));
    let (before, after) = (Status::OnTrack, Status::AtRisk);
    let said = What::Said { text: "at risk".into(), before, after };
    assert_eq!(change(|print| print.status = Some(after)), Some(said), "without words of its own");
    let said = What::Said { text: "Slower.".into(), before, after: before };
    assert_eq!(change(|print| print.update = Some("Slower.".into())), Some(said));
    let retagged = What::Retagged { before: Vec::new(), after: vec!["Poverty".into()] };
    assert_eq!(change(|print| print.themes = Some(vec!["Poverty".into()])), Some(retagged));
    let note = Note { heading: "Budget".into(), text: "£600".into() };
    let noted = What::Noted(note.clone());
    assert_eq!(change(|print| print.notes = vec![note]), Some(noted));
}

#[test]
fn an_action_is_added_dropped_or_promised_again() {
    let revision = between(&[printed("1.2", "Eat")], &[recorded("1.1", "Meet")]);
    let what: Vec<&What> = revision.changes.iter().map(|change| &change.what).collect();
    assert_eq!(what[0], &What::Dropped { title: "Meet".into() });
    assert!(matches!(what[1], What::Added(printed) if printed.title == "Eat"));
    assert_eq!((revision.dropped_count(), revision.keeping_dropped().changes.len()), (1, 1));
    let withdrawn = Action { standing: Standing::Withdrawn, ..recorded("1.1", "Meet") };
    let revision = between(&[printed("1.1", "Meet")], std::slice::from_ref(&withdrawn));
    assert_eq!(revision.changes[0].what, What::Restored);
    assert!(between(&[], &[withdrawn]).is_empty(), "it is gone already");
}

#[test]
fn what_is_signed_off_is_history() {
    let signed_off = Action { standing: Standing::SignedOff, ..recorded("1.1", "Meet") };
    let revision = between(&[printed("1.1", "Meet often")], std::slice::from_ref(&signed_off));
    assert_eq!(revision.settled, [reference("1.1")]);
    assert!(revision.is_empty());
    assert!(between(&[], &[signed_off]).is_empty(), "a plan may leave it out");
}

#[test]
fn an_area_is_new_once() {
    let area = |number| PrintedArea { number, title: "Scrutiny".into(), aim: String::new() };
    let (said, notes) = (BTreeMap::new(), BTreeMap::new());
    let recorded = Recorded { areas: &[], actions: &[], said: &said, notes: &notes };
    let revision = Revision::between(&[area(1)], &[], recorded);
    assert_eq!(revision.areas, [area(1)]);
    assert!(!revision.is_empty());
}

#[test]
fn other_work_under_an_old_ref_is_told_from_a_rewording() {
    let check = |before: &str, after: &str, expected: bool| {
        assert_eq!(is_another(before, after), expected, "{before} → {after}");
    };
    check("Awareness sessions", "Develop a schedule of awareness sessions", false);
    check("Meet", "Meet often", false);
    check("Creation of Executive Group", "Review the data hub for feedback", true);
}

#[test]
fn a_number_in_print_means_the_last_turn_of_what_comes_round_again() {
    let first = Action { standing: Standing::SignedOff, ..recorded("1.1", "Review") };
    let actions = [first, recorded("1.1/2", "Review")];
    let said = Some(Target::read("May 2022"));
    let print = Printed { target: said, ..printed("1.1", "Review") };
    let revision = between(std::slice::from_ref(&print), &actions);
    let changed: Vec<String> =
        revision.changes.iter().map(|change| change.reference.to_string()).collect();
    assert_eq!(changed, ["IP-1.1/2"], "the turn that is open is due anew, and nothing is dropped");
    assert!(matches!(revision.changes[0].what, What::Redated { .. }));
    // A print that has both means what it says.
    let both = [printed("1.1", "Review"), printed("1.1/2", "Review")];
    assert!(between(&both, &actions).is_empty());
}
