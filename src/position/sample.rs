//! A small position for the tests of pure rules.

use chrono::NaiveTime;

use super::Position;
use crate::action::Action;
use crate::action::sample::BOARD;
use crate::action::sample::EXECUTIVE;
use crate::action::sample::bodies;
use crate::action::sample::day;
use crate::body::ServerId;
use crate::date::Closures;
use crate::meeting::Calendar;
use crate::meeting::Series;
use crate::meeting::changed::Changes;
use crate::partnership::Partnership;
use crate::plan::Area;
use crate::plan::AreaId;
use crate::plan::Plan;
use crate::plan::PlanId;
use crate::routine::Pauses;
use crate::routine::Timings;

/// Actions of three areas at 09:00 on a day. CPEG meets on the second Thursday of every second
/// month, as on 8 October and 10 December 2020.
pub(crate) fn position(on: &str, actions: Vec<Action>) -> Position {
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
        changes: Changes::default(),
    };
    let area = |number: u32| Area {
        plan: "IP".into(),
        id: AreaId(number.into()),
        number,
        title: format!("Area {number}"),
        aim: if number == 1 { "This ensures that all is well.".into() } else { String::new() },
    };
    let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("nine o'clock");
    Position {
        at: calendar.instant(day(on).and_time(nine)),
        today: day(on),
        partnership: Partnership {
            name: "Community Planning".into(),
            server: ServerId(7),
            bodies: bodies(),
            calendar,
            timings: Timings::default(),
            pauses: Pauses::default(),
            themes: vec!["Poverty".into(), "Wellbeing".into()],
        },
        plan: Plan {
            id: PlanId(1),
            code: "IP".into(),
            title: "Improvement Plan".into(),
            body: BOARD,
            position_on: day("2020-10-01"),
            sign_off_needed: true,
        },
        areas: (1..=3).map(area).collect(),
        actions,
    }
}
