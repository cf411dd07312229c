//! Small plans for the tests of pages and pictures.

use crate::action::Action;
use crate::action::sample::EXECUTIVE;
use crate::action::sample::bodies;
use crate::action::sample::day;
use crate::body::ServerId;
use crate::date::Closures;
use crate::meeting::Calendar;
use crate::meeting::Series;
use crate::partnership::Partnership;
use crate::plan::Area;
use crate::plan::AreaId;
use crate::plan::Plan;
use crate::plan::PlanId;
use crate::position::Position;

/// A plan of three areas with these actions, at nine o'clock on a day. CPEG meets on 8 October and
/// 10 December 2020, 11 February 2021 and so on.
pub(crate) fn position(actions: Vec<Action>, on: &str) -> Position {
    let series = Series {
        body: EXECUTIVE,
        title: "CPEG".into(),
        rule: "0 0 10 8-14 Feb,Apr,Jun,Aug,Oct,Dec Thu".parse().expect("the test writes a rule"),
        papers_days: 5,
    };
    let calendar = Calendar {
        zone: chrono_tz::Europe::London,
        series: vec![series],
        closures: Closures::default(),
    };
    let area = |number: u32| Area {
        plan: "IP".into(),
        id: AreaId(number.into()),
        number,
        title: ["Structure", "Communities", "Scrutiny"][number as usize - 1].into(),
        aim: String::new(),
    };
    let at = calendar.begin_of(day(on)) + chrono::TimeDelta::hours(9);
    Position {
        partnership: Partnership {
            name: "Community Planning".into(),
            server: ServerId(1),
            bodies: bodies(),
            calendar,
            themes: Vec::new(),
        },
        plan: Plan {
            id: PlanId(1),
            code: "IP".into(),
            title: "Improvement Plan".into(),
            body: EXECUTIVE,
            position_on: day("2020-01-01"),
        },
        areas: (1..=3).map(area).collect(),
        actions,
        at,
        today: day(on),
    }
}
