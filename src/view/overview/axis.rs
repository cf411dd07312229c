//! The time a page draws: whole months, quarters or financial years, from the targets there are.

use chrono::Datelike;
use chrono::Months;
use chrono::NaiveDate;

use crate::date::Window;

/// A run of whole months, quarters or financial years, with the marks along it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The first and the last day that are drawn.
    pub days: Window,
    /// What it is divided into.
    pub unit: Unit,
    /// The first day of each unit, in order; the first is the first day of the axis.
    pub ticks: Vec<Tick>,
}

/// What an axis is divided into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Months.
    Month,
    /// Quarters, which the calendar year and the financial year share.
    Quarter,
    /// Financial years, from 1 April.
    FinancialYear,
}

/// The beginning of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Its first day.
    pub on: NaiveDate,
    /// What it is called: `Oct`, or `2020/21`; a quarter is called by its first month.
    pub label: String,
    /// The year that begins here, or that the axis begins in; none among financial years.
    pub year: Option<String>,
}

/// Where a run of days lies on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The days of it that are drawn; beyond the axis, the day at its edge.
    pub days: Window,
    /// It begins before the axis does.
    pub earlier: bool,
    /// It ends after the axis does.
    pub later: bool,
    /// None of its days is on the axis.
    pub beyond: bool,
}

/// The longest axis that shows everything whatever the plan looks like, in months: what lies within
/// four years is never far away.
const WHOLE_MONTHS: i32 = 48;

/// The longest axis, in months; on a longer one a month could not be seen.
const MONTHS_MAX: i32 = 120;

/// The shortest axis, in months, so that a day does not look like a season.
const MONTHS_MIN: u32 = 4;

/// The longest axis that is divided into months, in months: their names just fit.
const BY_MONTH_MAX: i32 = 18;

/// The longest axis that is divided into quarters, in months.
const BY_QUARTER_MAX: i32 = 48;

impl Axis {
    /// An axis that holds today and these windows. A few that lie far from the rest are left beyond
    /// its ends, where their being there would squeeze all others; [`Axis::place`] tells of each.
    pub fn over(windows: &[Window], today: NaiveDate) -> Self {
        let days = widened(clamped(bulk(windows, today), today), today);
        let unit = match months(days) {
            length if length <= BY_MONTH_MAX => Unit::Month,
            length if length <= BY_QUARTER_MAX => Unit::Quarter,
            _ => Unit::FinancialYear,
        };
        let days = whole(days, unit);
        Self { days, unit, ticks: ticks(days, unit) }
    }

    /// Where some days lie.
    pub fn place(&self, window: Window) -> Place {
        let Window { from, to } = self.days;
        // A window that was recorded backwards is still drawn.
        let (first, last) = (window.from.min(window.to), window.from.max(window.to));
        Place {
            days: Window { from: first.clamp(from, to), to: last.clamp(from, to) },
            earlier: first < from,
            later: last > to,
            beyond: last < from || first > to,
        }
    }
}

/// The days that most windows share with today: while leaving out the farthest eighth or fewer halves
/// what is to be drawn, they are left out.
fn bulk(windows: &[Window], today: NaiveDate) -> Window {
    let distance = |window: &Window| {
        (window.from - today).num_days().abs().max((window.to - today).num_days().abs())
    };
    let mut nearest = windows.to_vec();
    nearest.sort_by_key(|window| (distance(window), *window));
    let mut budget = nearest.len().div_ceil(8);
    loop {
        let all = hull(&nearest, today);
        if months(all) <= WHOLE_MONTHS {
            return all;
        }
        let fewer = (1..=budget.min(nearest.len())).find(|count| {
            let rest = &nearest[..nearest.len() - count];
            months(hull(rest, today)) * 2 <= months(all)
        });
        let Some(count) = fewer else {
            return all;
        };
        nearest.truncate(nearest.len() - count);
        budget -= count;
    }
}

fn hull(windows: &[Window], today: NaiveDate) -> Window {
    let ends = windows.iter().flat_map(|window| [window.from, window.to]);
    ends.fold(Window::day(today), |hull, day| Window {
        from: hull.from.min(day),
        to: hull.to.max(day),
    })
}

/// At most so many months, half of them on either side of today.
fn clamped(days: Window, today: NaiveDate) -> Window {
    if months(days) <= MONTHS_MAX {
        return days;
    }
    let half = Months::new(MONTHS_MAX.unsigned_abs() / 2);
    let from = today.checked_sub_months(half).map_or(days.from, |from| from.max(days.from));
    let to = today.checked_add_months(half).map_or(days.to, |to| to.min(days.to));
    Window { from, to }
}

/// At least so many months, the month before today among them.
fn widened(days: Window, today: NaiveDate) -> Window {
    if months(days) >= MONTHS_MIN.cast_signed() {
        return days;
    }
    let before = today.checked_sub_months(Months::new(1)).unwrap_or(today);
    let from = days.from.min(before);
    let least = from.checked_add_months(Months::new(MONTHS_MIN - 1)).unwrap_or(from);
    Window { from, to: days.to.max(least) }
}

/// How many months some days touch.
fn months(days: Window) -> i32 {
    let count = |day: NaiveDate| day.year() * 12 + day.month0().cast_signed();
    count(days.to) - count(days.from) + 1
}

/// The days made whole units.
fn whole(days: Window, unit: Unit) -> Window {
    let from = begin(days.from, unit);
    let next = begin(days.to, unit).checked_add_months(length(unit));
    Window { from, to: next.and_then(|next| next.pred_opt()).unwrap_or(days.to) }
}

/// The first day of the unit that a day is in.
fn begin(day: NaiveDate, unit: Unit) -> NaiveDate {
    let into = match unit {
        Unit::Month => 0,
        Unit::Quarter => day.month0() % 3,
        Unit::FinancialYear => (day.month0() + 9) % 12,
    };
    let first = day.with_day(1).unwrap_or(day);
    first.checked_sub_months(Months::new(into)).unwrap_or(first)
}

fn length(unit: Unit) -> Months {
    Months::new(match unit {
        Unit::Month => 1,
        Unit::Quarter => 3,
        Unit::FinancialYear => 12,
    })
}

fn ticks(days: Window, unit: Unit) -> Vec<Tick> {
    let begins = std::iter::successors(Some(days.from), |on| on.checked_add_months(length(unit)));
    let tick = |on: NaiveDate| {
        let begins_year = on == days.from || on.month() == 1;
        match unit {
            Unit::FinancialYear => Tick {
                on,
                label: format!("{}/{:02}", on.year(), (on.year() + 1).rem_euclid(100)),
                year: None,
            },
            Unit::Month | Unit::Quarter => Tick {
                on,
                label: on.format("%b").to_string(),
                year: begins_year.then(|| on.year().to_string()),
            },
        }
    };
    begins.take_while(|on| *on <= days.to).map(tick).collect()
}
