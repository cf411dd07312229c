//! Who holds a body after links, handovers and vacancies, seen at any moment.

use super::*;
use crate::body::Bodies;
use crate::body::BodyKind;
use crate::body::RoleId;

const CPEG: BodyId = BodyId(2);

/// Their numbers in the record and in the chat are one apart, so that neither is taken for the other.
const PEOPLE: [(&str, i64); 4] = [("Amira", 1), ("Brian", 2), ("Catriona", 3), ("Dougal", 4)];

fn named(name: &str) -> Named {
    let (_, id) = PEOPLE.into_iter().find(|(known, _)| *known == name).expect("somebody known");
    let user = Some(UserId(id.unsigned_abs() + 1));
    Named { id: PersonId(id), user, name: Some(name.to_owned()) }
}

fn person(name: &str) -> Person {
    Person { id: named(name).id, name: name.to_owned() }
}

/// The minute that so many have passed.
fn minute(passed: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(passed * 60, 0).expect("a moment")
}

/// Entries as `Amira holder`, `Amira none` or `vacant`, a minute apart.
fn holdings(said: &str) -> Holdings {
    let entry = |(minutes, words): (i64, &str)| {
        let (person, part) = match words.trim().split_once(' ') {
            None => (None, Part::Ended),
            Some((name, part)) => (Some(named(name)), Part::from_word(part).expect("a part")),
        };
        Holding { body: CPEG, person, part, since: minute(minutes) }
    };
    let said = said.split(',').filter(|words| !words.trim().is_empty());
    Holdings::of((1..).zip(said).map(entry).collect())
}

fn bodies(holdings: Holdings) -> Bodies {
    let cpeg = Body {
        id: CPEG,
        name: "CPEG".into(),
        code: "CPEG".into(),
        kind: BodyKind::Executive,
        names: Vec::new(),
        role_name: "CPEG Chair".into(),
        channel_name: "cpeg".into(),
        role: Some(RoleId(9)),
        channel: None,
    };
    Bodies { all: vec![cpeg], holdings, ..Bodies::default() }
}

/// Who may speak for it: Amira and Brian have its role, Catriona and Dougal have not.
fn speak(holdings: Holdings) -> String {
    let bodies = bodies(holdings);
    let speaks = |(name, _): &(&str, i64)| {
        let roles = if matches!(*name, "Amira" | "Brian") { vec![RoleId(9)] } else { Vec::new() };
        let user = named(name).user.expect("a user");
        bodies.held_by(user, &roles) == [CPEG]
    };
    let names = PEOPLE.iter().filter(|person| speaks(person)).map(|(name, _)| *name);
    names.collect::<Vec<_>>().join(" ")
}

/// After these entries, who may speak for it, and whether it is vacant.
#[track_caller]
fn check(said: &str, expected: &str, vacant: bool) {
    let holdings = holdings(said);
    assert_eq!(holdings.is_vacant(CPEG), vacant, "{said}");
    assert_eq!(speak(holdings), expected, "{said}");
}

#[test]
fn the_last_entry_for_somebody_decides_and_else_their_roles() {
    check("", "Amira Brian", false);
    check("Catriona holder", "Amira Brian Catriona", false);
    check("Catriona deputy", "Amira Brian Catriona", false);
    check("Catriona holder, Catriona none", "Amira Brian", false);
    // The role is still on Amira in the server, and it does not count.
    check("Amira none, Catriona holder", "Brian Catriona", false);
    check("Amira holder, Amira none, Catriona holder", "Brian Catriona", false);
    check("Amira none, Amira deputy", "Amira Brian", false);
}

#[test]
fn a_vacant_body_is_held_by_nobody_until_it_has_a_holder() {
    check("vacant", "", true);
    check("Catriona holder, vacant", "", true);
    check("Catriona deputy, vacant", "", true);
    check("vacant, Catriona holder", "Amira Brian Catriona", false);
    // What was set by name before a vacancy has ended with it.
    check("Amira holder, Dougal deputy, vacant, Catriona holder", "Brian Catriona", false);
    check("vacant, Amira holder", "Amira Brian", false);
    check("vacant, Catriona holder, vacant", "", true);
    // Somebody may stand in meanwhile.
    check("vacant, Catriona deputy", "Catriona", true);
    check("vacant, Catriona deputy, Dougal holder", "Amira Brian Catriona Dougal", false);
    check("vacant, Catriona none", "", true);
}

#[test]
fn who_held_it_can_be_asked_of_any_moment() {
    let all = holdings("Catriona holder, Catriona none, Dougal holder, vacant, Amira holder");
    let at = |minutes| speak(all.until(minute(minutes)));
    assert_eq!(at(0), "Amira Brian");
    assert_eq!(at(1), "Amira Brian Catriona");
    assert_eq!(at(2), "Amira Brian");
    assert_eq!(at(3), "Amira Brian Dougal");
    assert_eq!(at(4), "");
    assert_eq!(at(5), "Amira Brian");
    assert_eq!(all.until(minute(4)).vacant_since(CPEG), Some(minute(4)));
    assert_eq!(all.vacant_since(CPEG), None);
    assert_eq!(all.until(minute(9)), all);
}

#[test]
fn one_body_is_not_another() {
    let holdings = holdings("vacant");
    assert!(!holdings.is_vacant(BodyId(3)));
    assert_eq!(holdings.part(BodyId(3), UserId(2)), None);
    assert!(holdings.named(BodyId(3)).is_empty());
}

/// Entries, then what is decided after them, in their notation.
#[track_caller]
fn decides(
    said: &str,
    decide: impl Fn(&Holdings, &Body) -> Result<Vec<Change>, Refusal>,
    expected: Result<&str, &str>,
) {
    let holdings = holdings(said);
    let body = bodies(Holdings::default()).all.remove(0);
    let made = decide(&holdings, &body).map(|changes| {
        let word = |change: &Change| match change.person {
            None => "vacant".to_owned(),
            Some(id) => {
                let named = PEOPLE.iter().find(|(_, known)| *known == id.0).expect("somebody");
                format!("{} {}", named.0, change.part.word())
            }
        };
        changes.iter().map(word).collect::<Vec<_>>().join(", ")
    });
    let made = made.map_err(|refusal| refusal.to_string());
    assert_eq!(made, expected.map(str::to_owned).map_err(str::to_owned), "{said}");
}

#[test]
fn a_link_changes_a_part_once() {
    let link = |part| {
        move |holdings: &Holdings, body: &Body| holdings.link(body, &person("Catriona"), part)
    };
    decides("", link(Part::Holder), Ok("Catriona holder"));
    decides("Catriona holder", link(Part::Deputy), Ok("Catriona deputy"));
    decides("Catriona holder, vacant", link(Part::Holder), Ok("Catriona holder"));
    let again = "Catriona deputises for CPEG already, so nothing was changed.";
    decides("Catriona deputy", link(Part::Deputy), Err(again));
}

#[test]
fn a_handover_ends_who_held_it_and_leaves_the_deputies() {
    let to_dougal = |from: Option<&'static str>| {
        move |holdings: &Holdings, body: &Body| {
            holdings.hand_over(body, &person("Dougal"), from.map(person).as_ref())
        }
    };
    decides("", to_dougal(None), Ok("Dougal holder"));
    decides("", to_dougal(Some("Amira")), Ok("Amira none, Dougal holder"));
    let both = "Catriona holder, Amira holder, Brian deputy";
    decides(both, to_dougal(None), Ok("Catriona none, Amira none, Dougal holder"));
    decides(both, to_dougal(Some("Brian")), Ok("Brian none, Dougal holder"));
    decides("Dougal deputy", to_dougal(None), Ok("Dougal holder"));
    decides("Amira none", to_dougal(Some("Amira")), Ok("Dougal holder"));
    decides("Dougal holder", to_dougal(Some("Amira")), Ok("Amira none"));
    decides("vacant", to_dougal(None), Ok("Dougal holder"));
    let again = Err("Dougal holds CPEG already, so nothing was changed.");
    decides("Dougal holder", to_dougal(None), again);
    decides("Amira none, Dougal holder", to_dougal(Some("Amira")), again);
    let odd = "Dougal would hand over to themselves. Give somebody else in `to` or in `from`.";
    decides("", to_dougal(Some("Dougal")), Err(odd));
}

#[test]
fn a_body_becomes_vacant_once() {
    let vacate = |holdings: &Holdings, body: &Body| holdings.vacate(body);
    decides("", vacate, Ok("vacant"));
    decides("Catriona holder", vacate, Ok("vacant"));
    // Whoever stands in is ended, too.
    decides("vacant, Catriona deputy", vacate, Ok("vacant"));
    let again =
        "CPEG is vacant already, so nothing was changed. `/lead handover` gives it to somebody.";
    decides("vacant", vacate, Err(again));
    decides("vacant, Catriona deputy, vacant", vacate, Err(again));
}

#[test]
fn those_who_hold_it_by_name_are_listed_as_long_as_they_do() {
    let who = |said: &str| {
        let holdings = holdings(said);
        let names = holdings.named(CPEG).into_iter().map(|entry| {
            let name = entry.person.as_ref().and_then(|person| person.name.clone());
            format!("{} {}", name.expect("a name"), entry.part.word())
        });
        names.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(who("Amira holder, Brian deputy"), "Amira holder, Brian deputy");
    assert_eq!(who("Amira holder, Brian deputy, Amira deputy"), "Brian deputy, Amira deputy");
    assert_eq!(who("Amira holder, Amira none"), "");
    assert_eq!(who("Amira holder, vacant, Brian deputy"), "Brian deputy");
}

#[test]
fn whoever_still_has_the_role_of_what_they_hold_no_more_can_be_told() {
    let ended = |said: &str, roles: &[u64]| {
        let bodies = bodies(holdings(said));
        let roles: Vec<RoleId> = roles.iter().map(|role| RoleId(*role)).collect();
        !bodies.ended_for(UserId(2), &roles).is_empty()
    };
    assert!(ended("Amira none", &[9]));
    assert!(ended("vacant", &[9]));
    assert!(!ended("Amira none", &[]));
    assert!(!ended("Brian none", &[9]));
    assert!(!ended("vacant, Catriona holder", &[9]));
}

#[test]
fn a_body_without_a_role_or_anybody_by_name_is_unlinked() {
    let unlinked = |said: &str, role: Option<RoleId>| {
        let mut bodies = bodies(holdings(said));
        bodies.all[0].role = role;
        bodies.is_unlinked(&bodies.all[0])
    };
    assert!(unlinked("", None));
    assert!(!unlinked("", Some(RoleId(9))));
    assert!(!unlinked("Catriona deputy", None));
    assert!(!unlinked("vacant", None), "vacant is said, and so it is known");
}
