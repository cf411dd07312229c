//! Which actions nobody answers for, and which printed leads are one.

use super::*;
use crate::action::sample::EXECUTIVE;
use crate::action::sample::FLO;
use crate::action::sample::SAF;
use crate::action::sample::action;
use crate::action::sample::bodies;
use crate::action::sample::lead;
use crate::body::holding::Holding;
use crate::body::holding::Holdings;
use crate::body::holding::Part;

fn led(reference: &str, leads: Vec<Lead>) -> Action {
    Action { leads, ..action(reference, "March 2021") }
}

fn with_vacant(vacant: &[BodyId]) -> Bodies {
    let since = chrono::DateTime::UNIX_EPOCH;
    let entry = |body: &BodyId| Holding { body: *body, person: None, part: Part::Ended, since };
    Bodies { holdings: Holdings::of(vacant.iter().map(entry).collect()), ..bodies() }
}

#[test]
fn an_action_is_answered_for_unless_its_accountable_lead_is_nobody() {
    fn check(leads: Vec<Lead>, vacant: &[BodyId], expected: &str) {
        let action = led("IP-1.1", leads);
        let bodies = with_vacant(vacant);
        let says = match action.leaderless(&bodies) {
            None => "",
            Some(Leaderless::None) => "none",
            Some(Leaderless::Unknown) => "unknown",
            Some(Leaderless::Vacant(_)) => "vacant",
        };
        assert_eq!(says, expected, "{action:?}");
    }
    let cpeg = || lead("CPEG", &[EXECUTIVE]);
    let digs = || lead("DIG chairs", &[FLO, SAF]);
    let schools = || lead("the schools", &[]);
    check(vec![], &[], "none");
    check(vec![cpeg()], &[], "");
    check(vec![cpeg()], &[EXECUTIVE], "vacant");
    check(vec![cpeg()], &[FLO], "");
    // Only the first lead is accountable.
    check(vec![digs(), cpeg()], &[EXECUTIVE], "");
    check(vec![cpeg(), digs()], &[EXECUTIVE], "vacant");
    check(vec![digs()], &[FLO], "");
    check(vec![digs()], &[FLO, SAF], "vacant");
    check(vec![schools()], &[], "unknown");
    check(vec![schools(), cpeg()], &[], "");
    // A label that is no body answers for nothing: whoever comes after it does.
    check(vec![schools(), cpeg()], &[EXECUTIVE], "vacant");
}

#[test]
fn vacant_leads_are_told_once_with_all_that_they_lead() {
    let actions = [
        led("IP-1.1", vec![lead("CPEG", &[EXECUTIVE])]),
        led("IP-1.2", vec![lead("Flourishing DIG", &[FLO])]),
        led("IP-1.3", vec![lead("the executive", &[EXECUTIVE])]),
    ];
    let bodies = with_vacant(&[EXECUTIVE]);
    let told: Vec<(Vec<BodyId>, Vec<String>)> = vacancies(&actions, &bodies)
        .into_iter()
        .map(|(bodies, actions)| {
            let refs = actions.iter().map(|action| action.reference.to_string());
            (bodies.to_vec(), refs.collect())
        })
        .collect();
    assert_eq!(told, [(vec![EXECUTIVE], vec!["IP-1.1".to_owned(), "IP-1.3".to_owned()])]);
}

#[test]
fn a_label_is_one_in_any_case_and_with_any_marks() {
    fn check(one: &str, other: &str, same: bool) {
        assert_eq!(is_same(one, other), same, "{one:?} and {other:?}");
    }
    check("the schools", "The Schools", true);
    check("schools", "the schools.", true);
    check("Health & Social Care", "health and social care", true);
    check("Third-sector interface", "third sector  interface", true);
    check("Children's services", "Childrens’ Services", true);
    check("the schools", "the school board", false);
    check("CPEG", "CPWD", false);
}

fn shown(labels: &[Label]) -> String {
    let label = |label: &Label| {
        let spelling = |(printed, references): &(String, Vec<Ref>)| {
            let refs: Vec<String> = references.iter().map(ToString::to_string).collect();
            format!("{printed}: {}", refs.join(" "))
        };
        label.spellings.iter().map(spelling).collect::<Vec<_>>().join(" | ")
    };
    labels.iter().map(label).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_labels_that_are_no_body_are_listed_once_each_with_their_spellings() {
    let actions = [
        led("IP-1.1", vec![lead("the schools", &[]), lead("CPEG", &[EXECUTIVE])]),
        led("IP-1.2", vec![lead("The Schools", &[])]),
        led("IP-1.3", vec![lead("the schools", &[]), lead("parents", &[])]),
        Action { standing: Standing::SignedOff, ..led("IP-1.4", vec![lead("nobody", &[])]) },
        // One that is understood here and not there is listed for where it is not.
        led("IP-1.5", vec![lead("Parents", &[FLO])]),
    ];
    let unknown = unknown_labels(&actions);
    assert_eq!(
        shown(&unknown),
        "the schools: IP-1.1 IP-1.3 | The Schools: IP-1.2\nparents: IP-1.3"
    );
    let refs: Vec<String> = unknown[0].references().iter().map(ToString::to_string).collect();
    assert_eq!(refs, ["IP-1.1", "IP-1.2", "IP-1.3"]);
    let all = labels(&actions);
    let parents = all.iter().find(|label| label.printed == "parents").expect("they lead");
    assert_eq!(parents.bodies, None);
    assert_eq!(shown(&all).lines().count(), 3);
}

#[test]
fn a_label_with_a_slip_in_it_is_offered_and_not_taken_for_the_same() {
    let actions = [
        led("IP-1.1", vec![lead("the schools", &[])]),
        led("IP-1.2", vec![lead("Shools", &[])]),
        led("IP-1.3", vec![lead("Parents", &[])]),
    ];
    let unknown = unknown_labels(&actions);
    assert_eq!(unknown.len(), 3);
    let like: Vec<&str> =
        like("the schools", &unknown).iter().map(|label| label.printed.as_str()).collect();
    assert_eq!(like, ["Shools"]);
}
