//! Who is asked: those who are accountable, once, about what needs a word.

use super::*;
use crate::action::Status;
use crate::action::sample::AGENCY;
use crate::action::sample::EXECUTIVE;
use crate::action::sample::FLO;
use crate::action::sample::SAF;
use crate::action::sample::action;
use crate::action::sample::bodies;
use crate::action::sample::day;
use crate::action::sample::lead;
use crate::action::sample::said;
use crate::body::ChannelId;
use crate::body::RoleId;
use crate::body::holding::Holding;
use crate::body::holding::Holdings;
use crate::body::holding::Named;

fn holder(number: u64, name: &str) -> Holder {
    let person = PersonId(i64::try_from(number).unwrap());
    Holder { person, user: UserId(number), name: name.into() }
}

fn at(on: &str) -> DateTime<Utc> {
    day(on).and_hms_opt(10, 0, 0).unwrap().and_utc()
}

/// What is asked of each on 29 October 2020 before a meeting on 19 November, since one on 8 October.
fn asked(actions: &[Action], bodies: &Bodies, holders: &Holders, snoozed: &[i64]) -> Vec<String> {
    let snoozed = snoozed.iter().map(|person| PersonId(*person)).collect();
    let facts = Facts {
        actions,
        bodies,
        holders,
        snoozed: &snoozed,
        since: Some(at("2020-10-08")),
        today: day("2020-10-29"),
        meeting_on: day("2020-11-19"),
    };
    let round = round(&facts);
    let mut lines = Vec::new();
    for chase in &round.chases {
        let to = match &chase.to {
            Recipient::Person(holder) => holder.name.clone(),
            Recipient::Channel(body) => format!("#{}", bodies.with(*body).unwrap().code),
        };
        let about: Vec<String> = chase
            .about
            .iter()
            .map(|(action, need)| format!("{} {need:?}", action.reference))
            .collect();
        lines.push(format!("{to}: {}", about.join(", ")));
    }
    for (body, why, _) in &round.unasked {
        lines.push(format!("{}: {why:?}", bodies.with(*body).unwrap().code));
    }
    lines
}

fn fiona_and_sam() -> Holders {
    Holders::from([(FLO, vec![holder(1, "Fiona")]), (SAF, vec![holder(2, "Sam")])])
}

#[test]
fn what_needs_a_word_is_what_nobody_has_spoken_about_since_the_meeting_before() {
    let (bodies, holders) = (bodies(), fiona_and_sam());
    let reported = Action { last_update: Some(said("2020-10-08")), ..action("IP-1.1", "TBC") };
    let before = Action { last_update: Some(said("2020-10-07")), ..action("IP-1.2", "TBC") };
    let mut print = said("2020-10-20");
    print.body = None;
    let printed = Action { last_update: Some(print), ..action("IP-1.3", "November 2020") };
    let late = action("IP-1.4", "September 2020");
    let complete = Action { status: Status::Complete, ..action("IP-1.5", "March 2020") };
    let on_hold = Action { status: Status::OnHold, ..action("IP-1.6", "March 2020") };
    let signed_off = Action { standing: Standing::SignedOff, ..action("IP-1.7", "March 2020") };
    let actions = [reported, before, printed, late, complete, on_hold, signed_off];
    assert_eq!(
        asked(&actions, &bodies, &holders, &[]),
        ["Fiona: IP-1.4 Overdue, IP-1.3 Silent, IP-1.2 Silent"],
        "November ends after the meeting on the 19th"
    );
}

#[test]
fn the_accountable_lead_is_asked_and_a_person_once_for_all_they_hold() {
    let bodies = bodies();
    let several = Action {
        leads: vec![
            lead("The schools", &[]),
            lead("DIG chairs", &[FLO, SAF]),
            lead("CPEG", &[EXECUTIVE]),
        ],
        ..action("IP-4.1", "September 2020")
    };
    let own = Action { leads: vec![lead("Safe DIG", &[SAF])], ..action("IP-2.1", "August 2020") };
    let actions = [several, own];
    assert_eq!(
        asked(&actions, &bodies, &fiona_and_sam(), &[]),
        ["Fiona: IP-4.1 Overdue", "Sam: IP-2.1 Overdue, IP-4.1 Overdue"]
    );
    let one = Holders::from([(FLO, vec![holder(1, "Fiona")]), (SAF, vec![holder(1, "Fiona")])]);
    assert_eq!(asked(&actions, &bodies, &one, &[]), ["Fiona: IP-2.1 Overdue, IP-4.1 Overdue"]);
}

#[test]
fn of_a_lead_that_nobody_is_known_to_hold_its_channel_is_asked_and_a_vacant_one_is_not() {
    let mut bodies = bodies();
    for body in &mut bodies.all {
        (body.role, body.channel) = match body.id {
            AGENCY => (None, None),
            BodyId(number) => {
                let number = u64::try_from(number).unwrap();
                (Some(RoleId(number)), Some(ChannelId(number)))
            }
        };
    }
    let vacant = Holding { body: SAF, person: None, part: Part::Ended, since: at("2020-10-01") };
    bodies.holdings = Holdings::of(vec![vacant]);
    let led_by = |reference, body| Action {
        leads: vec![lead("somebody", &[body])],
        ..action(reference, "September 2020")
    };
    let actions = [led_by("IP-1.1", FLO), led_by("IP-1.2", SAF), led_by("IP-1.3", AGENCY)];
    assert_eq!(
        asked(&actions, &bodies, &Holders::new(), &[]),
        ["#FLO: IP-1.1 Overdue", "SAF: Vacant", "POL: Unknown"]
    );
}

#[test]
fn whoever_snoozes_is_not_asked_and_others_are() {
    let two = Holders::from([(FLO, vec![holder(1, "Fiona"), holder(3, "Deputy")])]);
    let actions = [action("IP-1.1", "September 2020")];
    assert_eq!(asked(&actions, &bodies(), &two, &[1]), ["Deputy: IP-1.1 Overdue"]);
    assert_eq!(asked(&actions, &bodies(), &two, &[1, 3]), ["FLO: Snoozed"]);
}

#[test]
fn who_holds_a_body_is_known_by_name_or_by_being_seen_with_its_role() {
    let mut bodies = bodies();
    let named = |number: u64, name: &str, part| Holding {
        body: FLO,
        person: Some(Named {
            id: PersonId(i64::try_from(number).unwrap()),
            user: Some(UserId(number)),
            name: Some(name.into()),
        }),
        part,
        since: at("2020-10-01"),
    };
    let seen = [(FLO, holder(1, "Fiona")), (FLO, holder(4, "Ended")), (SAF, holder(2, "Sam"))];
    let known = |bodies: &Bodies, body| -> Vec<String> {
        holders(bodies, &seen)[&body].iter().map(|holder| holder.name.clone()).collect()
    };
    assert_eq!(known(&bodies, FLO), ["Fiona", "Ended"]);
    bodies.holdings =
        Holdings::of(vec![named(3, "Deputy", Part::Deputy), named(4, "Ended", Part::Ended)]);
    assert_eq!(known(&bodies, FLO), ["Fiona"], "a deputy is asked only where nobody holds it");
    bodies.holdings = Holdings::of(vec![
        named(3, "Deputy", Part::Deputy),
        named(4, "Ended", Part::Ended),
        named(1, "Fiona", Part::Ended),
    ]);
    assert_eq!(known(&bodies, FLO), ["Deputy"]);
    assert_eq!(known(&bodies, SAF), ["Sam"]);
}
