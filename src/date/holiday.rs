//! The bank holidays of Scotland.
//!
//! New Year's Day, 2 January, Good Friday, the first Mondays of May and August, St Andrew's Day and
//! Christmas Day come from the Banking and Financial Dealings Act 1971, schedule 1, paragraph 2 (St
//! Andrew's Day was added by the St Andrew's Day Bank Holiday (Scotland) Act 2007); the spring
//! holiday and Boxing Day are proclaimed every year. Where a holiday falls on a weekend, its day is
//! that of the Scottish Government's published list. Easter Monday is not a bank holiday in
//! Scotland. Days proclaimed once, and holidays moved for one year, are not computed: they stand in
//! `config/holidays.toml`.

use chrono::Datelike;
use chrono::Days;
use chrono::NaiveDate;
use chrono::Weekday;

/// The first year in which St Andrew's Day was a bank holiday.
const ST_ANDREWS_FIRST_YEAR: i32 = 2007;

/// The bank holidays of that year in the order of the calendar, each with its name. A holiday that
/// falls on a weekend stands on its substitute day.
pub fn bank_holidays(year: i32) -> Vec<(NaiveDate, &'static str)> {
    let mut holidays = Vec::with_capacity(9);
    let mut add = |day: Option<NaiveDate>, name| holidays.extend(day.map(|day| (day, name)));
    let [new_year, second] = pair(year, 1, 1);
    add(new_year, "New Year’s Day");
    add(second, "2 January");
    add(good_friday(year), "Good Friday");
    add(first_monday(year, 5), "Early May bank holiday");
    add(last_monday_of_may(year), "Spring bank holiday");
    add(first_monday(year, 8), "Summer bank holiday");
    if year >= ST_ANDREWS_FIRST_YEAR {
        add(st_andrews_day(year), "St Andrew’s Day");
    }
    let [christmas, boxing] = pair(year, 12, 25);
    add(christmas, "Christmas Day");
    add(boxing, "Boxing Day");
    holidays.sort_unstable();
    holidays
}

pub(super) fn is_bank_holiday(day: NaiveDate) -> bool {
    // The holidays fall in seven months only; most days are answered without building the list.
    matches!(day.month(), 1 | 3 | 4 | 5 | 8 | 11 | 12)
        && bank_holidays(day.year()).iter().any(|(holiday, _)| *holiday == day)
}

/// Two holidays on neighbouring days. One that falls on a weekend moves to the next weekday that
/// the other does not take: Saturday and Sunday give Monday and Tuesday; Sunday and Monday give
/// Tuesday and Monday; Friday and Saturday give Friday and Monday.
fn pair(year: i32, month: u32, day: u32) -> [Option<NaiveDate>; 2] {
    let first = NaiveDate::from_ymd_opt(year, month, day);
    let second = first.and_then(|first| first.succ_opt());
    let later =
        |day: Option<NaiveDate>, days| day.and_then(|day| day.checked_add_days(Days::new(days)));
    match first.map(|first| first.weekday()) {
        Some(Weekday::Fri) => [first, later(second, 2)],
        Some(Weekday::Sat) => [later(first, 2), later(second, 2)],
        Some(Weekday::Sun) => [later(first, 2), second],
        _ => [first, second],
    }
}

fn good_friday(year: i32) -> Option<NaiveDate> {
    let easter = computus::gregorian(year).ok()?;
    NaiveDate::from_ymd_opt(easter.year, easter.month, easter.day)?.checked_sub_days(Days::new(2))
}

fn first_monday(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, 1)
}

fn last_monday_of_may(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, 5, Weekday::Mon, 5)
        .or_else(|| NaiveDate::from_weekday_of_month_opt(year, 5, Weekday::Mon, 4))
}

fn st_andrews_day(year: i32) -> Option<NaiveDate> {
    let day = NaiveDate::from_ymd_opt(year, 11, 30)?;
    match day.weekday() {
        Weekday::Sat => day.checked_add_days(Days::new(2)),
        Weekday::Sun => day.checked_add_days(Days::new(1)),
        _ => Some(day),
    }
}

#[cfg(test)]
mod tests {
    use super::bank_holidays;

    /// The days of the published lists for Scotland, as they are without what was proclaimed once.
    #[track_caller]
    fn check(year: i32, days: &[&str]) {
        let computed: Vec<String> =
            bank_holidays(year).iter().map(|(day, _)| day.format("%m-%d").to_string()).collect();
        assert_eq!(computed, days, "{year}");
    }

    #[test]
    fn the_published_lists() {
        check(
            2018,
            &["01-01", "01-02", "03-30", "05-07", "05-28", "08-06", "11-30", "12-25", "12-26"],
        );
        check(
            2019,
            &["01-01", "01-02", "04-19", "05-06", "05-27", "08-05", "12-02", "12-25", "12-26"],
        );
        check(
            2020,
            &["01-01", "01-02", "04-10", "05-04", "05-25", "08-03", "11-30", "12-25", "12-28"],
        );
        check(
            2021,
            &["01-01", "01-04", "04-02", "05-03", "05-31", "08-02", "11-30", "12-27", "12-28"],
        );
        check(
            2022,
            &["01-03", "01-04", "04-15", "05-02", "05-30", "08-01", "11-30", "12-26", "12-27"],
        );
        check(
            2023,
            &["01-02", "01-03", "04-07", "05-01", "05-29", "08-07", "11-30", "12-25", "12-26"],
        );
        check(
            2024,
            &["01-01", "01-02", "03-29", "05-06", "05-27", "08-05", "12-02", "12-25", "12-26"],
        );
        check(
            2025,
            &["01-01", "01-02", "04-18", "05-05", "05-26", "08-04", "12-01", "12-25", "12-26"],
        );
        check(
            2026,
            &["01-01", "01-02", "04-03", "05-04", "05-25", "08-03", "11-30", "12-25", "12-28"],
        );
        check(
            2027,
            &["01-01", "01-04", "03-26", "05-03", "05-31", "08-02", "11-30", "12-27", "12-28"],
        );
        check(
            2028,
            &["01-03", "01-04", "04-14", "05-01", "05-29", "08-07", "11-30", "12-25", "12-26"],
        );
        check(
            2029,
            &["01-01", "01-02", "03-30", "05-07", "05-28", "08-06", "11-30", "12-25", "12-26"],
        );
        check(
            2030,
            &["01-01", "01-02", "04-19", "05-06", "05-27", "08-05", "12-02", "12-25", "12-26"],
        );
    }

    #[test]
    fn st_andrews_day_begins_in_2007() {
        assert_eq!(bank_holidays(2006).len(), 8);
        assert_eq!(bank_holidays(2007).len(), 9);
    }

    #[test]
    fn years_without_a_known_easter_still_have_the_others() {
        assert_eq!(bank_holidays(12_000).len(), 8);
        assert!(bank_holidays(i32::MAX).is_empty());
    }
}
