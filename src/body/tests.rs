//! Names of bodies, and the roles through which people hold them.

use proptest::prelude::*;

use super::*;
use crate::body::holding::Holding;

fn body(id: i64, name: &str, code: &str, kind: BodyKind, names: &[&str]) -> Body {
    Body {
        id: BodyId(id),
        name: name.into(),
        code: code.into(),
        kind,
        names: names.iter().map(ToString::to_string).collect(),
        role_name: format!("{name} Chair"),
        channel_name: name.to_lowercase(),
        // The agency has no role in the server yet.
        role: (kind != BodyKind::Agency).then(|| RoleId(10 * id.unsigned_abs())),
        channel: None,
    }
}

fn bodies() -> Bodies {
    Bodies {
        all: vec![
            body(1, "CPWD", "CPWD", BodyKind::Board, &["the board", "CPWD Chair"]),
            body(2, "CPEG", "CPEG", BodyKind::Executive, &["the executive"]),
            body(3, "CP Support", "CPS", BodyKind::Office, &[]),
            body(4, "Flourishing DIG", "FLO", BodyKind::Group, &["Flourishing"]),
            body(5, "Safe DIG", "SAF", BodyKind::Group, &["Safe"]),
            body(6, "Police Scotland", "POL", BodyKind::Agency, &["the police"]),
        ],
        collectives: vec![Collective {
            name: "DIGs".into(),
            names: vec!["DIG chairs".into()],
            bodies: vec![BodyId(4), BodyId(5)],
        }],
        ..Bodies::default()
    }
}

#[track_caller]
fn check(words: &str, expected: &[i64]) {
    let named: Vec<i64> = bodies().named(words).iter().map(|body| body.0).collect();
    assert_eq!(named, expected, "{words:?}");
}

#[test]
fn a_body_answers_to_its_name_its_code_and_its_other_names() {
    check("CPEG", &[2]);
    check("  the cpeg ", &[2]);
    check("flo", &[4]);
    check("Flourishing", &[4]);
    check("flourishing  dig", &[4]);
    check("Board", &[1]);
    check("The Police", &[6]);
    check("DIGs", &[4, 5]);
    check("the DIG Chairs", &[4, 5]);
    check("DIG", &[]);
    check("CPEGs", &[]);
    check("", &[]);
    check("the", &[]);
}

#[test]
fn a_collective_is_exactly_its_bodies() {
    let bodies = bodies();
    let name = |ids: &[i64]| {
        let ids: Vec<BodyId> = ids.iter().map(|id| BodyId(*id)).collect();
        bodies.collective_of(&ids).map(|collective| collective.name.as_str())
    };
    assert_eq!(name(&[4, 5]), Some("DIGs"));
    assert_eq!(name(&[4]), None);
    assert_eq!(name(&[1, 4, 5]), None);
    assert_eq!(name(&[]), None);
}

#[test]
fn who_speaks_for_a_body_depends_on_its_kind() {
    let holders: Vec<String> = bodies().all.iter().map(Body::holder).collect();
    assert_eq!(
        holders,
        [
            "the chair of CPWD",
            "the chair of CPEG",
            "CP Support",
            "the chair of the Flourishing DIG",
            "the chair of the Safe DIG",
            "Police Scotland",
        ]
    );
}

#[test]
fn bodies_are_held_through_roles_in_the_partnerships_order() {
    let held = |roles: &[u64]| {
        let roles: Vec<RoleId> = roles.iter().map(|role| RoleId(*role)).collect();
        bodies().held_by(UserId(1), &roles).iter().map(|body| body.0).collect::<Vec<_>>()
    };
    assert_eq!(held(&[50, 20, 20, 7]), [2, 5]);
    assert_eq!(held(&[]), [0_i64; 0]);
    assert_eq!(held(&[60]), [0_i64; 0], "no role is linked to the agency");
}

#[test]
fn bodies_by_number_and_kind() {
    let bodies = bodies();
    assert_eq!(bodies.with(BodyId(5)).map(Body::to_string).as_deref(), Some("Safe DIG"));
    assert_eq!(bodies.with(BodyId(7)), None);
    assert_eq!(bodies.first_of(BodyKind::Group).map(|body| body.id), Some(BodyId(4)));
    assert_eq!(Bodies::default().first_of(BodyKind::Group), None);
}

#[test]
fn whoever_is_vacant_is_not_sent_for_unless_all_are() {
    let without = |vacant: &[i64]| {
        let since = chrono::DateTime::UNIX_EPOCH;
        let entry =
            |id: &i64| Holding { body: BodyId(*id), person: None, part: Part::Ended, since };
        let holdings = Holdings::of(vacant.iter().map(entry).collect());
        Bodies { holdings, ..bodies() }.overseers()
    };
    assert_eq!(without(&[]), "CP Support, the chair of CPEG or the chair of CPWD");
    assert_eq!(without(&[2, 4]), "CP Support or the chair of CPWD");
    assert_eq!(without(&[1, 2, 3]), without(&[]));
}

#[test]
fn the_word_of_a_kind_reads_back() {
    for kind in bodies().all.iter().map(|body| body.kind) {
        assert_eq!(BodyKind::from_word(kind.word()), Some(kind));
    }
    assert_eq!(BodyKind::from_word("Board"), None);
}

#[test]
fn names_are_the_same_whatever_their_capitals_and_article() {
    assert!(same("the  CPWD Chair", "cpwd chair"));
    assert!(same("", " the "));
    assert!(!same("CPWD", "CPEG"));
    assert!(!same("thesis", "sis"));
    assert!(!same("CPWD Chair", "CPWDChair"));
}

#[test]
fn words_join_as_a_sentence_does() {
    let words = ["a", "b", "c"].map(String::from);
    assert_eq!(either(&words), "a, b or c");
    assert_eq!(both(&words[..2]), "a and b");
    assert_eq!(both(&words[..1]), "a");
    assert_eq!(both(&[]), "");
}

proptest! {
    #[test]
    fn a_name_is_the_same_however_it_is_spaced_and_capitalised(
        words in proptest::collection::vec("[a-z]{1,6}", 1..4), wide in "[ \\t]{1,3}",
    ) {
        let plain = words.join(" ");
        prop_assert!(same(&plain, &words.join(&wide).to_uppercase()));
        let wider = format!("The{wide}{plain}{wide}");
        let longer = format!("{plain} x");
        prop_assert!(same(&plain, &wider));
        prop_assert!(!same(&plain, &longer));
    }
}
