//! The meetings of a page.

use chrono::NaiveDate;
use chrono::TimeDelta;

use crate::body::BodyKind;
use crate::body::both;
use crate::date::Window;
use crate::date::day_in_words;
use crate::meeting::run::Run;
use crate::position::Position;
use crate::view::meeting;
use crate::view::plain;

/// The meetings of one series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// What one of them is called.
    pub name: String,
    /// Their days within the axis, in order.
    pub days: Vec<NaiveDate>,
}

/// All series of a partnership.
pub(super) struct Lanes<'a> {
    /// Those that are drawn.
    pub(super) drawn: Vec<Lane>,
    /// The rest, in a sentence.
    pub(super) left_out: Option<String>,
    runs: Vec<Run<'a>>,
}

/// How many series are drawn: the lines of more could not be told apart.
const LANES_MAX: usize = 3;

/// The longest axis on which every meeting is drawn; on a longer one their lines would be a fence.
const ALL_DAYS: i64 = 740;

/// How far from today meetings are drawn on a longer axis.
const NEAR_DAYS: i64 = 366;

/// How many meetings of a series are drawn; a rule may name far more days than anybody meets on. Of
/// a series with more, those nearest today are drawn.
const MEETINGS_MAX: usize = 40;

/// The meetings within some days; first those of the body that answers for the plan, then of the
/// executive group and of the board, then of others.
pub(super) fn lanes(position: &Position, days: Window) -> Lanes<'_> {
    let calendar = &position.partnership.calendar;
    let mut order = calendar.runs();
    order.sort_by_key(|run| rank(position, run));
    let near = near(position.today, days);
    let (drawn, rest) = order.split_at(order.len().min(LANES_MAX));
    let lanes: Vec<(Lane, Window)> = drawn.iter().map(|run| lane(position, *run, near)).collect();
    let mut left_out = Vec::new();
    if !rest.is_empty() {
        let names: Vec<String> = rest.iter().map(|run| name(position, run)).collect();
        left_out.push(format!("Not drawn: the meetings of {}.", both(&names)));
    }
    if near != days && !drawn.is_empty() {
        left_out.push("Meetings are drawn for a year before and after today.".into());
    }
    for (lane, within) in lanes.iter().filter(|(_, within)| *within != near) {
        left_out.push(format!(
            "The meetings of {} are many: only those from {} to {} are drawn.",
            lane.name,
            day_in_words(within.from),
            day_in_words(within.to)
        ));
    }
    Lanes {
        drawn: lanes.into_iter().map(|(lane, _)| lane).collect(),
        left_out: (!left_out.is_empty()).then(|| left_out.join(" ")),
        runs: drawn.to_vec(),
    }
}

/// The meetings of a series within some days, or within a part of them around today where there are
/// too many, and those days.
fn lane(position: &Position, run: Run<'_>, mut days: Window) -> (Lane, Window) {
    let calendar = &position.partnership.calendar;
    loop {
        let within = calendar.from_day(run, days.from);
        let mut met: Vec<NaiveDate> = within
            .map(|meeting| meeting.on)
            .take_while(|day| *day <= days.to)
            .take(MEETINGS_MAX + 1)
            .collect();
        let closer = halved(days, position.today);
        if met.len() <= MEETINGS_MAX || closer == days {
            met.dedup();
            return (Lane { name: name(position, &run), days: met }, days);
        }
        days = closer;
    }
}

/// The half of some days that is nearer to a day among them.
fn halved(days: Window, today: NaiveDate) -> Window {
    Window { from: today - (today - days.from) / 2, to: today + (days.to - today) / 2 }
}

/// When the bodies that are drawn meet next, soonest first.
pub(super) fn next(position: &Position, lanes: &Lanes<'_>) -> String {
    let calendar = &position.partnership.calendar;
    let following = lanes.runs.iter().filter_map(|run| {
        Some((calendar.of_run(*run, position.at).next()?.on, name(position, run)))
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

fn rank(position: &Position, run: &Run<'_>) -> usize {
    let kind = position.partnership.bodies.with(run.body).map(|body| body.kind);
    match kind {
        _ if run.body == position.plan.body => 0,
        Some(BodyKind::Executive) => 1,
        Some(BodyKind::Board) => 2,
        _ => 3,
    }
}

fn name(position: &Position, run: &Run<'_>) -> String {
    match position.partnership.bodies.with(run.body) {
        Some(body) => plain(&meeting::title(run.title, body)),
        None => plain(run.title),
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
