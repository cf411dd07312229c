//! What the lines of a list mean.

use super::*;
use crate::action::sample::AGENCY;
use crate::action::sample::bodies;

fn lists(present: &str, substitutes: &str, apologies: &str) -> Lists {
    let own = str::to_owned;
    Lists { present: own(present), substitutes: own(substitutes), apologies: own(apologies) }
}

/// With a second agency beside Police Scotland.
fn known() -> Bodies {
    let mut bodies = bodies();
    let mut health = bodies.with(AGENCY).unwrap().clone();
    health.id = BodyId(90);
    health.name = "NHS Greater Glasgow and Clyde".into();
    health.code = "NHS".into();
    bodies.all.push(health);
    bodies
}

/// What a list of those present means, a line for each agency or doubt.
#[track_caller]
fn check(present: &str, expected: &[&str]) {
    let bodies = known();
    let called = |id: BodyId| bodies.with(id).unwrap().code.clone();
    let reading = lists(present, "", "").read(&bodies);
    let attendances = reading.attendances.iter().map(|there| match there.name.as_str() {
        "" => called(there.agency),
        name => format!("{}: {name}", called(there.agency)),
    });
    let doubts = reading.doubts.iter().map(|doubt| match doubt {
        Doubt::Unknown { words, meant: None } => format!("unknown {words}"),
        Doubt::Unknown { words, meant: Some(agency) } => {
            format!("unknown {words}, perhaps {}", called(*agency))
        }
        other => format!("{other:?}"),
    });
    let all: Vec<String> = attendances.chain(doubts).collect();
    assert_eq!(all, expected, "{present}");
}

#[test]
fn a_line_is_an_agency_with_or_without_a_name() {
    check("", &[]);
    check("Police Scotland", &["POL"]);
    check(
        "NHS: Anne Ritchie\npolice scotland : Insp. Gail Rae",
        &["NHS: Anne Ritchie", "POL: Insp. Gail Rae"],
    );
    check(
        "- Police Scotland – Gail Rae\n• NHS (Anne Ritchie)\n\n",
        &["POL: Gail Rae", "NHS: Anne Ritchie"],
    );
    check("NHS, Police Scotland.", &["NHS", "POL"]);
    check("NHS; Police Scotland", &["NHS", "POL"]);
    check("NHS: Anne Ritchie\nNHS: Bob Orr", &["NHS: Anne Ritchie, Bob Orr"]);
    check("NHS: Anne Ritchie, Bob Orr", &["NHS: Anne Ritchie, Bob Orr"]);
}

#[test]
fn words_that_name_no_agency_are_a_doubt() {
    check("Polis Scotland: Gail Rae", &["unknown Polis Scotland, perhaps POL"]);
    check("Greater Glasgow and Clyde", &["unknown Greater Glasgow and Clyde, perhaps NHS"]);
    check("Scottish Enterprise", &["unknown Scottish Enterprise"]);
    check("Argyll, Bute and the Isles", &["unknown Argyll, Bute and the Isles"]);
    check("CPEG", &["NotAnAgency { words: \"CPEG\" }"]);
    let long = "a".repeat(AGENCY_MAX + 1);
    check(&long, &[&format!("TooLong {{ words: \"{long}\" }}")]);
}

#[test]
fn an_agency_in_two_lists_is_a_doubt_until_it_is_in_one() {
    let bodies = known();
    let twice = lists("Police Scotland: Gail Rae\nNHS", "NHS: Bob Orr", "Police Scotland");
    let Reading { doubts, .. } = twice.read(&bodies);
    let of = |agency, lists: [Presence; 2]| Doubt::Twice { agency, lists: lists.to_vec() };
    assert_eq!(
        doubts,
        [
            of(BodyId(90), [Presence::Present, Presence::Substitute]),
            of(AGENCY, [Presence::Present, Presence::Apologies]),
        ]
    );
    let settled = twice.settled(BodyId(90), Presence::Substitute, &bodies);
    let settled = settled.settled(AGENCY, Presence::Present, &bodies);
    assert_eq!(settled, lists("Police Scotland: Gail Rae", "NHS: Bob Orr", ""));
    assert_eq!(settled.read(&bodies).doubts, []);
}

#[test]
fn words_are_read_as_the_agency_that_was_meant() {
    let bodies = known();
    let police = bodies.with(AGENCY).unwrap();
    let written = lists("Polis Scotland: Gail Rae\nNHS", "", "");
    let read = written.meaning("polis  scotland", police, &bodies);
    assert_eq!(read, lists("Police Scotland: Gail Rae\nNHS", "", ""));
}

#[test]
fn the_letters_of_an_agency_come_from_its_name() {
    let check = |name: &str, expected: &str| {
        assert_eq!(letters(name, |letters| letters == "SFRS"), expected, "{name}");
    };
    check("West Dunbartonshire Council", "WDC");
    check("Police Scotland", "POL");
    check("NHS", "NHS");
    check("Scottish Fire and Rescue Service", "SCO");
    check("Skills Development Scotland", "SDS");
    check("É", "AG2");
    assert_eq!(letters("NHS", |letters| letters.len() == 3 && letters != "NH3"), "NH3");
}
