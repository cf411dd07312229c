//! The table of who may do what, held against what the functions let people do.

use super::*;
use crate::action::Lead;
use crate::action::sample::AGENCY;
use crate::action::sample::BOARD;
use crate::action::sample::EXECUTIVE;
use crate::action::sample::FLO;
use crate::action::sample::OFFICE;
use crate::action::sample::SAF;
use crate::action::sample::action;
use crate::action::sample::bodies;
use crate::action::sample::lead;
use crate::body::Person;
use crate::body::PersonId;
use crate::body::holding::Holding;
use crate::body::holding::Holdings;
use crate::body::holding::Part;

fn speaker(holds: &[BodyId]) -> Speaker {
    let person = Person { id: PersonId(1), name: "Amira".into() };
    Speaker { person, holds: holds.to_vec(), administers: false }
}

/// Somebody who has a role and nothing else. An agency leads nothing but IP-1.1, a DIG nothing but
/// IP-1.2.
fn somebody(role: Role) -> Speaker {
    match role {
        Role::Member => speaker(&[]),
        Role::Lead => speaker(&[AGENCY]),
        Role::Group => speaker(&[FLO]),
        Role::Support => speaker(&[OFFICE]),
        Role::Chair => speaker(&[EXECUTIVE]),
        Role::Admin => Speaker { administers: true, ..speaker(&[]) },
    }
}

/// What somebody gets to do in truth: with an action of their own, and with another's.
fn gets(capability: Capability, role: Role) -> &'static str {
    let (who, bodies) = (somebody(role), bodies());
    match capability {
        // Nothing asks who reads.
        Capability::Read => "yes",
        Capability::SetUp => {
            if sets_up(&who).is_ok() {
                "yes"
            } else {
                "–"
            }
        }
        Capability::Decide | Capability::Reverse | Capability::Keep | Capability::Steer => {
            match authority(capability, &who, &bodies) {
                Ok(Authority { cites: true, .. }) => "citing the meeting",
                Ok(_) => "yes",
                Err(_) => "–",
            }
        }
        Capability::Log | Capability::AskDate => {
            let own = match role {
                Role::Group => lead("Flourishing DIG", &[FLO]),
                _ => lead("Police Scotland", &[AGENCY]),
            };
            let led = |lead: Lead| Action { leads: vec![lead], ..action("IP-1.1", "March 2021") };
            let own = voice(capability, &who, &led(own), &bodies);
            let other = voice(capability, &who, &led(lead("Safe DIG", &[SAF])), &bodies);
            match (own, other) {
                (Ok(_), Ok(Voice { on_behalf_of: Some(_), .. })) => "any, on behalf",
                (Ok(_), Ok(_)) => "any",
                (Ok(_), Err(_)) => "own",
                (Err(_), _) => "–",
            }
        }
    }
}

#[test]
fn the_table_of_who_may_do_what() {
    let rows = Capability::ALL.map(|capability| {
        let cells = Role::ALL.map(|role| gets(capability, role));
        format!("{capability:?}: {}", cells.join(" | "))
    });
    // member | lead or deputy | DIG chair (own DIG) | CP Support | chair of CPEG or the board | admin
    assert_eq!(
        rows,
        [
            "Read: yes | yes | yes | yes | yes | yes",
            "Log: – | own | own | any, on behalf | any | –",
            "AskDate: – | own | own | any | any | –",
            "Decide: – | – | – | citing the meeting | yes | –",
            "Reverse: – | – | – | yes | – | –",
            "Keep: – | – | – | yes | yes | –",
            "Steer: – | – | – | yes | yes | –",
            "SetUp: – | – | – | – | – | yes",
        ]
    );
}

#[track_caller]
fn speaks(leads: &[Lead], holds: &[BodyId], expected: Option<(BodyId, Option<&str>)>) {
    let action = Action { leads: leads.to_vec(), ..action("IP-1.1", "March 2021") };
    let voice = voice(Capability::Log, &speaker(holds), &action, &bodies()).ok();
    let voice = voice.as_ref().map(|voice| (voice.body, voice.on_behalf_of.as_deref()));
    assert_eq!(voice, expected, "{leads:?} {holds:?}");
}

#[test]
fn for_whom_somebody_speaks() {
    let flo = [lead("Flourishing DIG", &[FLO])];
    speaks(&flo, &[], None);
    speaks(&flo, &[FLO], Some((FLO, None)));
    speaks(&flo, &[SAF], None);
    speaks(&flo, &[AGENCY], None);
    speaks(&flo, &[OFFICE], Some((OFFICE, Some("Flourishing DIG"))));
    speaks(&flo, &[EXECUTIVE], Some((EXECUTIVE, None)));
    speaks(&flo, &[BOARD], Some((BOARD, None)));
    speaks(&flo, &[SAF, OFFICE, FLO], Some((FLO, None)));
    speaks(&[lead("Police", &[AGENCY])], &[AGENCY], Some((AGENCY, None)));
    speaks(&[lead("CPEG", &[EXECUTIVE])], &[EXECUTIVE], Some((EXECUTIVE, None)));
    speaks(&[lead("CP Support", &[OFFICE])], &[OFFICE], Some((OFFICE, None)));
    let both = [lead("Police", &[AGENCY]), lead("DIG chairs", &[FLO, SAF])];
    speaks(&both, &[SAF], Some((SAF, None)));
    speaks(&both, &[OFFICE], Some((OFFICE, Some("Police"))));
    speaks(&[], &[FLO], None);
    speaks(&[], &[BodyId(99)], None);
    speaks(&[], &[OFFICE], Some((OFFICE, None)));
    speaks(&[lead("somebody", &[])], &[OFFICE], Some((OFFICE, Some("somebody"))));
}

#[test]
fn a_chair_speaks_for_the_whole_of_their_groups_own_plan() {
    let action = |reference| Action {
        leads: vec![lead("Police", &[AGENCY])],
        ..action(reference, "March 2021")
    };
    let may = |reference, holds| {
        voice(Capability::AskDate, &speaker(holds), &action(reference), &bodies()).is_ok()
    };
    assert!(may("FLO-1.1", &[FLO]));
    assert!(!may("IP-1.1", &[FLO]));
    assert!(!may("FLO-1.1", &[SAF]));
}

#[track_caller]
fn refused(leads: &[Lead], who: &str) {
    let action = Action { leads: leads.to_vec(), ..action("IP-1.1", "March 2021") };
    let refusal =
        |capability| voice(capability, &speaker(&[]), &action, &bodies()).unwrap_err().to_string();
    let log = format!(
        "You cannot log progress on IP-1.1, but {who} can. Ask them, or tell them what you know."
    );
    assert_eq!(refusal(Capability::Log), log);
    let date = format!("You cannot ask for a new date for IP-1.1, but {who} can. Please ask them.");
    assert_eq!(refusal(Capability::AskDate), date);
}

#[test]
fn a_refusal_says_who_may() {
    refused(&[lead("Flourishing DIG", &[FLO])], "the chair of the Flourishing DIG or CP Support");
    refused(
        &[lead("DIG chairs", &[FLO, SAF]), lead("CPEG", &[EXECUTIVE])],
        "the chair of one of the DIGs, the chair of CPEG or CP Support",
    );
    refused(&[lead("Police and FLO", &[AGENCY, FLO])], "Police and FLO or CP Support");
    refused(&[lead("CP Support", &[OFFICE])], "CP Support");
    refused(&[], "the chair of CPEG or CP Support");
    refused(&[lead("somebody", &[])], "CP Support");
    let since = chrono::DateTime::UNIX_EPOCH;
    let entry = Holding { body: EXECUTIVE, person: None, part: Part::Ended, since };
    let vacant = Bodies { holdings: Holdings::of(vec![entry]), ..bodies() };
    let action =
        Action { leads: vec![lead("CPEG", &[EXECUTIVE])], ..action("IP-1.1", "March 2021") };
    let refusal = voice(Capability::Log, &speaker(&[]), &action, &vacant).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "You cannot log progress on IP-1.1, but CP Support can. Ask them, or tell them what you know."
    );
    let nobody = |capability| authority(capability, &speaker(&[FLO]), &bodies()).unwrap_err();
    assert_eq!(
        nobody(Capability::Decide).to_string(),
        "You cannot record what was agreed, but CP Support, the chair of CPEG or the chair of CPWD \
         can. Tell them the meeting and the minute."
    );
    assert_eq!(
        nobody(Capability::Keep).to_string(),
        "You cannot change the plan, but CP Support, the chair of CPEG or the chair of CPWD can. \
         Please ask them."
    );
}

#[test]
fn a_chair_who_is_an_officer_too_need_not_cite() {
    let found = authority(Capability::Decide, &speaker(&[OFFICE, BOARD]), &bodies());
    assert_eq!(found, Ok(Authority { body: BOARD, cites: false }));
}
