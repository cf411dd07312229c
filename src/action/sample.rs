//! Small actions and bodies for the tests of pure rules.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::Action;
use super::ActionId;
use super::Lead;
use super::Ref;
use super::Standing;
use super::Status;
use super::Update;
use super::UpdateId;
use crate::body::Bodies;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::BodyKind;
use crate::body::Collective;
use crate::body::RoleId;
use crate::date::Target;
use crate::date::Window;

/// The partnership's board.
pub(crate) const BOARD: BodyId = BodyId(1);
/// The executive group.
pub(crate) const EXECUTIVE: BodyId = BodyId(2);
/// The officers.
pub(crate) const OFFICE: BodyId = BodyId(3);
/// One group.
pub(crate) const FLO: BodyId = BodyId(4);
/// Another group.
pub(crate) const SAF: BodyId = BodyId(5);
/// A partner agency.
pub(crate) const AGENCY: BodyId = BodyId(6);

/// A day as `2020-11-19`.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("the test writes a day")
}

/// One body of each kind, two of them groups that have a name together.
pub(crate) fn bodies() -> Bodies {
    let body = |id: BodyId, name: &str, code: &str, kind| Body {
        id,
        name: name.into(),
        code: code.into(),
        kind,
        names: Vec::new(),
        role_name: name.into(),
        channel_name: name.to_lowercase(),
        role: Some(RoleId(u64::try_from(id.0).unwrap_or_default())),
        channel: None,
    };
    Bodies {
        all: vec![
            body(BOARD, "CPWD", "CPWD", BodyKind::Board),
            body(EXECUTIVE, "CPEG", "CPEG", BodyKind::Executive),
            body(OFFICE, "CP Support", "CPS", BodyKind::Office),
            body(FLO, "Flourishing DIG", "FLO", BodyKind::Group),
            body(SAF, "Safe DIG", "SAF", BodyKind::Group),
            body(AGENCY, "Police Scotland", "POL", BodyKind::Agency),
        ],
        collectives: vec![Collective {
            name: "DIGs".into(),
            names: vec!["DIG chairs".into()],
            bodies: vec![FLO, SAF],
        }],
        ..Bodies::default()
    }
}

/// A lead, as printed.
pub(crate) fn lead(printed: &str, bodies: &[BodyId]) -> Lead {
    Lead { printed: printed.into(), bodies: bodies.to_vec() }
}

/// An open action that is on track, led by the Flourishing DIG, of which nothing has been said.
pub(crate) fn action(reference: &str, target: &str) -> Action {
    let reference: Ref = reference.parse().expect("the test writes a ref");
    Action {
        id: ActionId(i64::from(reference.area * 1000 + reference.number)),
        reference,
        title: "Hold awareness sessions".into(),
        themes: Vec::new(),
        leads: vec![lead("Flourishing DIG", &[FLO])],
        target: Target::read(target),
        first_target: Target::read(target),
        moves: 0,
        status: Status::OnTrack,
        standing: Standing::Open,
        last_update: None,
        every: None,
        asked: None,
    }
}

/// Something said of an action at noon on a day.
pub(crate) fn said(on: &str) -> Update {
    Update {
        id: UpdateId(1),
        said_at: day(on).and_hms_opt(12, 0, 0).expect("noon").and_utc(),
        happened_on: None,
        author: Some("Amira".into()),
        body: Some(FLO),
        on_behalf_of: None,
        text: "Going well".into(),
        status: Status::OnTrack,
        ask: None,
        evidence: None,
        case_study: false,
    }
}

/// Any day of about three years.
pub(crate) fn days() -> impl Strategy<Value = NaiveDate> {
    (0_i64..1100).prop_map(|after| day("2020-01-01") + chrono::TimeDelta::days(after))
}

/// Any action of area 1 to 3, with any status, standing, window, lead and last update.
pub(crate) fn actions() -> impl Strategy<Value = Action> {
    let window = proptest::option::of((days(), 0_i64..100));
    let said_on = proptest::option::of(days());
    let status = proptest::sample::select(Status::ALL.to_vec());
    let standing = proptest::sample::select(vec![
        Standing::Open,
        Standing::Open,
        Standing::Open,
        Standing::SignedOff,
        Standing::Withdrawn,
    ]);
    let led_by = proptest::sample::subsequence(vec![FLO, SAF, EXECUTIVE], 0..=2);
    ((1_u32..4, 1_u32..5), window, said_on, status, standing, led_by).prop_map(
        |((area, number), window, said_on, status, standing, led_by)| {
            let window = window
                .map(|(from, length)| Window { from, to: from + chrono::TimeDelta::days(length) });
            Action {
                target: Target::recorded("as agreed".into(), window),
                status,
                standing,
                leads: led_by.iter().map(|body| lead("a lead", &[*body])).collect(),
                last_update: said_on.map(|on| said(&on.to_string())),
                ..action(&format!("IP-{area}.{number}"), "")
            }
        },
    )
}
