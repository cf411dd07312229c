//! A stretch of the calendar before and after its year is known.

use chrono::Datelike;
use chrono::Months;
use chrono::NaiveDate;
use chrono::Weekday;

use super::doubt::Reason;
use super::vocabulary::Feast;
use super::vocabulary::Part;
use super::vocabulary::Season;
use super::window::Window;

/// Plans are about these years; a year outside is read, and doubted.
const LIKELY_YEARS: std::ops::RangeInclusive<i32> = 1980..=2079;

/// The first month of the Scottish financial year.
const FINANCIAL_START_MONTH: u32 = 4;

/// What kind of stretch it is, without its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    Day {
        day: u32,
        month: u32,
    },
    /// A day whose month stands with a later one: the `1` of `1 to 5 May`.
    DayOfMonth(u32),
    Month(u32),
    Quarter(u32),
    Half(u32),
    Season(Season),
    Feast(Feast),
    Year,
    /// Whole calendar years up to and including that one.
    YearsTo(i32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// `2021`.
    Single(i32),
    /// `2021/22`, by the year in which it begins.
    Financial(i32),
}

impl Year {
    pub(super) fn earlier(self) -> Self {
        match self {
            Self::Single(year) => Self::Single(year - 1),
            Self::Financial(year) => Self::Financial(year - 1),
        }
    }

    pub(super) fn later(self) -> Self {
        match self {
            Self::Single(year) => Self::Single(year + 1),
            Self::Financial(year) => Self::Financial(year + 1),
        }
    }

    pub(super) fn is_likely(self) -> bool {
        match self {
            Self::Single(year) | Self::Financial(year) => LIKELY_YEARS.contains(&year),
        }
    }

    /// The calendar year in which that month of it falls.
    fn of_month(self, month: u32) -> i32 {
        match self {
            Self::Financial(year) if month < FINANCIAL_START_MONTH => year + 1,
            Self::Single(year) | Self::Financial(year) => year,
        }
    }
}

/// Two-digit years: 00 to 79 are 2000 to 2079, 80 to 99 are 1980 to 1999.
pub(super) fn full_year(two_digits: u32) -> i32 {
    const PIVOT: u32 = 80;
    let century = if two_digits < PIVOT { 2000 } else { 1900 };
    century + i32::try_from(two_digits).unwrap_or_default()
}

impl Period {
    /// The days it means in that year, and why that is not certain, if so. Nothing when the
    /// calendar has no such days.
    pub(super) fn window(self, year: Year) -> Option<(Window, Option<Reason>)> {
        let certain = |window: Option<Window>| window.map(|window| (window, None));
        match (self, year) {
            (Self::Day { day, month }, year) => {
                let day = NaiveDate::from_ymd_opt(year.of_month(month), month, day)?;
                Some((Window::day(day), within(year)))
            }
            (Self::DayOfMonth(_), _) | (Self::Feast(Feast::Easter), Year::Financial(_)) => None,
            (Self::Month(month), year) => {
                Some((Window::months(year.of_month(month), month, 1)?, within(year)))
            }
            (Self::Quarter(quarter), Year::Financial(year)) => {
                certain(financial_part(year, quarter, 3))
            }
            (Self::Quarter(quarter), Year::Single(year)) => {
                Some((financial_part(year, quarter, 3)?, Some(Reason::FinancialQuarter)))
            }
            (Self::Half(half), Year::Financial(year)) => certain(financial_part(year, half, 6)),
            (Self::Half(half), Year::Single(year)) => {
                Some((calendar_part(year, half, 6)?, Some(Reason::CalendarHalf)))
            }
            (Self::Season(season), year) => Some((season.window(year)?, Some(Reason::Season))),
            (Self::Feast(feast), Year::Single(year) | Year::Financial(year)) => {
                Some((Window::day(feast.day(year)?), Some(Reason::Feast)))
            }
            (Self::Year, Year::Single(year)) => certain(Window::months(year, 1, 12)),
            (Self::Year, Year::Financial(year)) => {
                certain(Window::months(year, FINANCIAL_START_MONTH, 12))
            }
            (Self::YearsTo(last), Year::Single(year) | Year::Financial(year)) => {
                let years = u32::try_from(last.checked_sub(year)?).ok()?.checked_add(1)?;
                Some((Window::months(year, 1, years.checked_mul(12)?)?, Some(Reason::YearSpan)))
            }
        }
    }

    /// Whether a financial year holds parts of two of it, or may hold none.
    pub(super) fn is_split_by(self, year: Year) -> bool {
        matches!(self, Self::Season(Season::Spring) | Self::Feast(Feast::Easter))
            && matches!(year, Year::Financial(_))
    }

    /// The calendar's own quarter or half, for those who write `calendar Q2 2021`.
    pub(super) fn calendar_window(self, year: i32) -> Option<Window> {
        match self {
            Self::Quarter(quarter) => calendar_part(year, quarter, 3),
            Self::Half(half) => calendar_part(year, half, 6),
            _ => None,
        }
    }
}

fn within(year: Year) -> Option<Reason> {
    matches!(year, Year::Financial(_)).then_some(Reason::WithinFinancialYear)
}

fn calendar_part(year: i32, number: u32, months: u32) -> Option<Window> {
    Window::months(year, number.checked_sub(1)? * months + 1, months)
}

fn financial_part(year: i32, number: u32, months: u32) -> Option<Window> {
    let month = FINANCIAL_START_MONTH + number.checked_sub(1)? * months;
    if month > 12 {
        Window::months(year + 1, month - 12, months)
    } else {
        Window::months(year, month, months)
    }
}

impl Feast {
    fn day(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Easter => {
                let easter = computus::gregorian(year).ok()?;
                NaiveDate::from_ymd_opt(easter.year, easter.month, easter.day)
            }
            Self::Christmas => NaiveDate::from_ymd_opt(year, 12, 25),
        }
    }
}

impl Season {
    /// Spring is March to May, and so on; winter begins in December of its year. A financial year
    /// holds parts of two springs, so only its autumn, summer and winter are known.
    fn window(self, year: Year) -> Option<Window> {
        let (Year::Single(start) | Year::Financial(start)) = year;
        let month = match self {
            Self::Spring if matches!(year, Year::Financial(_)) => return None,
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        };
        Window::months(start, month, 3)
    }
}

impl Part {
    /// Of a year: its first quarter, up to its middle, its last quarter. Of a season or quarter: its
    /// first month, up to the second, its last month. Of a month: up to the 10th, up to the 15th,
    /// from the 21st.
    pub(super) fn of(self, whole: Window) -> Option<Window> {
        let month = |index| whole.from.checked_add_months(Months::new(index));
        let months = |first: Option<NaiveDate>, count| {
            first.and_then(|first| Window::months(first.year(), first.month(), count))
        };
        let days = |first, last| {
            let from = whole.from.with_day(first)?;
            Some(Window { from, to: whole.from.with_day(last).unwrap_or(whole.to) })
        };
        let is_year = month(12) == whole.to.succ_opt();
        let is_month = month(1) == whole.to.succ_opt();
        match (self, is_year, is_month) {
            (Self::Early, true, _) => months(month(0), 3),
            (Self::Mid, true, _) => months(month(0), 6),
            (Self::Late, true, _) => months(month(9), 3),
            (Self::Early, _, true) => days(1, 10),
            (Self::Mid, _, true) => days(1, 15),
            (Self::Late, _, true) => Some(Window { to: whole.to, ..days(21, 28)? }),
            (Self::Early, ..) => months(month(0), 1),
            (Self::Mid, ..) => months(month(0), 2),
            (Self::Late, ..) => months(month(2), 1),
        }
    }
}

/// The weekday's name, when it is not the one that was written.
pub(super) fn other_weekday(day: NaiveDate, said: Weekday) -> Option<String> {
    (day.weekday() != said).then(|| day.format("%A").to_string())
}
