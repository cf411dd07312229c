//! The meetings of a page.

use chrono::NaiveDate;
use chrono::TimeDelta;

use crate::body::BodyKind;
use crate::body::both;
use crate::date::Window;
use crate::date::day_in_words;
use crate::meeting::Series;
use crate::position::Position;
use crate::view::meeting;
use crate::view::overview::row::plain;

/// The meetings of one series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// What one of them is called.
    pub name: String,
    /// Their days within the axis, in order.
    pub days: Vec<NaiveDate>,
}

/// All series of a partnership.
pub(super) struct Lanes {
    /// Those that are drawn.
    pub(super) drawn: Vec<Lane>,
    /// The rest, in a sentence.
    pub(super) left_out: Option<String>,
    series: Vec<usize>,
}

/// How many series are drawn: the lines of more could not be told apart.
const LANES_MAX: usize = 3;

/// The longest axis on which every meeting is drawn; on a longer one their lines would be a fence.
const ALL_DAYS: i64 = 740;

/// How far from today meetings are drawn on a longer axis.
const NEAR_DAYS: i64 = 366;

/// How many meetings of a series are drawn; a rule may name far more days than anybody meets on.
const MEETINGS_MAX: usize = 40;

/// The meetings within some days; first those of the body that answers for the plan, then of the
/// executive group and of the board, then of others.
pub(super) fn lanes(position: &Position, days: Window) -> Lanes {
    let calendar = &position.partnership.calendar;
    let mut order: Vec<usize> = (0..calendar.series.len()).collect();
    order.sort_by_key(|index| rank(position, &calendar.series[*index]));
    let near = near(position.today, days);
    let lane = |index: &usize| {
        let series = &calendar.series[*index];
        let from = calendar.begin_of(near.from) - TimeDelta::milliseconds(1);
        let within = calendar.after(series, from).take(MEETINGS_MAX);
        let mut met: Vec<NaiveDate> =
            within.map(|meeting| meeting.on).take_while(|day| *day <= near.to).collect();
        met.dedup();
        Lane { name: name(position, series), days: met }
    };
    let (drawn, rest) = order.split_at(order.len().min(LANES_MAX));
    let mut left_out = Vec::new();
    if !rest.is_empty() {
        let names: Vec<String> =
            rest.iter().map(|index| name(position, &calendar.series[*index])).collect();
        left_out.push(format!("Not drawn: the meetings of {}.", both(&names)));
    }
    if near != days && !drawn.is_empty() {
        left_out.push("Meetings are drawn for a year before and after today.".into());
    }
    Lanes {
        drawn: drawn.iter().map(lane).collect(),
        left_out: (!left_out.is_empty()).then(|| left_out.join(" ")),
        series: drawn.to_vec(),
    }
}

/// When the bodies that are drawn meet next, soonest first.
pub(super) fn next(position: &Position, lanes: &Lanes) -> String {
    let calendar = &position.partnership.calendar;
    let following = lanes.series.iter().filter_map(|index| {
        let series = &calendar.series[*index];
        Some((calendar.after(series, position.at).next()?.on, name(position, series)))
    });
    let mut following: Vec<(NaiveDate, String)> = following.collect();
    following.sort();
    let words: Vec<String> =
        following.iter().map(|(on, name)| format!("{name} {}", day_in_words(*on))).collect();
    match words.as_slice() {
        [] => "No meeting is in the calendar".into(),
        several => format!("Next: {}", several.join(", ")),
    }
}

fn rank(position: &Position, series: &Series) -> usize {
    let kind = position.partnership.bodies.with(series.body).map(|body| body.kind);
    match kind {
        _ if series.body == position.plan.body => 0,
        Some(BodyKind::Executive) => 1,
        Some(BodyKind::Board) => 2,
        _ => 3,
    }
}

fn name(position: &Position, series: &Series) -> String {
    match position.partnership.bodies.with(series.body) {
        Some(body) => plain(&meeting::title(&series.title, body)),
        None => plain(&series.title),
    }
}

fn near(today: NaiveDate, days: Window) -> Window {
    if (days.to - days.from).num_days() <= ALL_DAYS {
        return days;
    }
    let year = TimeDelta::days(NEAR_DAYS);
    let from = today.checked_sub_signed(year).map_or(days.from, |from| from.max(days.from));
    let to = today.checked_add_signed(year).map_or(days.to, |to| to.min(days.to));
    Window { from, to }
}
