//! Working days: Monday to Friday without Scottish bank holidays and the partnership's closures.

use std::collections::BTreeSet;

use chrono::Datelike;
use chrono::NaiveDate;
use chrono::Weekday;

use super::holiday::is_bank_holiday;

/// The days that differ from the ordinary calendar: closed on top of it, or worked in spite of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closures {
    added: BTreeSet<NaiveDate>,
    removed: BTreeSet<NaiveDate>,
}

impl Closures {
    /// `added` are closed: the partnership's own days and holidays proclaimed once. `removed` are
    /// bank holidays that were moved away that year, and so are worked. A day that is in both is
    /// closed.
    pub fn new(
        added: impl IntoIterator<Item = NaiveDate>,
        removed: impl IntoIterator<Item = NaiveDate>,
    ) -> Self {
        Self { added: added.into_iter().collect(), removed: removed.into_iter().collect() }
    }

    /// The days that are closed on top of the ordinary calendar, in order.
    pub fn closed(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        self.added.iter().copied()
    }

    /// The bank holidays that are worked, in order.
    pub fn worked(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        self.removed.iter().copied()
    }

    /// Closes one more day.
    pub fn close(&mut self, day: NaiveDate) {
        self.added.insert(day);
    }

    /// Says that people are at work that day after all, whatever was said before.
    pub fn work(&mut self, day: NaiveDate) {
        self.added.remove(&day);
        self.removed.insert(day);
    }

    /// Says that the bank holiday of that day is worked.
    pub fn open(&mut self, day: NaiveDate) {
        self.removed.insert(day);
    }
}

impl FromIterator<NaiveDate> for Closures {
    fn from_iter<I: IntoIterator<Item = NaiveDate>>(added: I) -> Self {
        Self::new(added, [])
    }
}

/// Whether people are at work that day.
pub fn is_working_day(day: NaiveDate, closures: &Closures) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
        && !closures.added.contains(&day)
        && (closures.removed.contains(&day) || !is_bank_holiday(day))
}

/// The day that lies `count` working days before, the day itself not counted: five working days
/// before Thursday 19 November 2020 is Thursday 12 November. With a count of 0, the day itself.
pub fn working_days_before(day: NaiveDate, count: u32, closures: &Closures) -> NaiveDate {
    stepped(day, count, closures, |day| day.pred_opt())
}

/// The day that lies `count` working days after, the day itself not counted.
pub fn working_days_after(day: NaiveDate, count: u32, closures: &Closures) -> NaiveDate {
    stepped(day, count, closures, |day| day.succ_opt())
}

/// At the end of the calendar (some 260,000 years away) it stops rather than fail.
fn stepped(
    mut day: NaiveDate,
    count: u32,
    closures: &Closures,
    step: impl Fn(NaiveDate) -> Option<NaiveDate>,
) -> NaiveDate {
    let mut left = count;
    while left > 0 {
        let Some(next) = step(day) else { break };
        day = next;
        if is_working_day(day, closures) {
            left -= 1;
        }
    }
    day
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::Closures;
    use super::is_working_day;
    use super::working_days_after;
    use super::working_days_before;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check(from: &str, count: u32, before: &str, why: &str) {
        let closures = Closures::default();
        assert_eq!(working_days_before(day(from), count, &closures), day(before), "{why}");
        if count > 0 && is_working_day(day(from), &closures) {
            assert_eq!(working_days_after(day(before), count, &closures), day(from), "{why}");
        }
    }

    #[test]
    fn papers_deadlines() {
        check("2020-11-19", 5, "2020-11-12", "the board: a week without holidays");
        check("2020-12-10", 5, "2020-12-03", "CPEG");
        check("2020-12-03", 10, "2020-11-18", "St Andrew’s Day lies between");
        check("2020-12-01", 1, "2020-11-27", "over St Andrew’s Day and a weekend");
        check("2021-01-06", 4, "2020-12-29", "over both New Year holidays");
        check("2020-12-29", 1, "2020-12-24", "over Christmas and the moved Boxing Day");
        check("2021-04-05", 1, "2021-04-01", "Good Friday is a holiday, Easter Monday is not");
        check("2022-01-05", 1, "2021-12-31", "both New Year days on a weekend");
        check("2020-11-21", 1, "2020-11-20", "from a Saturday");
        check("2020-11-22", 0, "2020-11-22", "no days: the day itself, working or not");
    }

    #[test]
    fn closures_close_and_open_days() {
        let mut closures = Closures::new([day("2020-05-08")], [day("2020-05-04")]);
        assert!(is_working_day(day("2020-05-04"), &closures), "moved away");
        assert!(!is_working_day(day("2020-05-08"), &closures), "moved here");
        assert_eq!(working_days_before(day("2020-05-11"), 1, &closures), day("2020-05-07"));
        closures.close(day("2020-05-07"));
        closures.open(day("2020-05-25"));
        assert_eq!(working_days_before(day("2020-05-11"), 1, &closures), day("2020-05-06"));
        assert!(is_working_day(day("2020-05-25"), &closures));
        closures.work(day("2020-05-07"));
        assert!(is_working_day(day("2020-05-07"), &closures), "opened again");
        closures.close(day("2020-05-07"));
        assert!(!is_working_day(day("2020-05-07"), &closures), "and closed again");
        let both = Closures::new([day("2020-05-04")], [day("2020-05-04")]);
        assert!(!is_working_day(day("2020-05-04"), &both), "closed wins");
    }

    #[test]
    fn the_proclaimed_days_are_not_computed_already() {
        #[derive(serde::Deserialize)]
        struct Proclaimed {
            added: Vec<Entry>,
            removed: Vec<Entry>,
        }
        #[derive(serde::Deserialize)]
        struct Entry {
            day: toml::value::Datetime,
            name: String,
        }
        let file: Proclaimed = toml::from_str(include_str!("../../config/holidays.toml")).unwrap();
        let ordinary = Closures::default();
        for added in file.added {
            assert!(is_working_day(day(&added.day.to_string()), &ordinary), "{}", added.name);
        }
        for removed in file.removed {
            assert!(!is_working_day(day(&removed.day.to_string()), &ordinary), "{}", removed.name);
        }
    }

    #[test]
    fn counting_stops_at_the_end_of_the_calendar() {
        let closures = Closures::default();
        assert_eq!(working_days_before(NaiveDate::MIN, 3, &closures), NaiveDate::MIN);
        assert_eq!(working_days_after(NaiveDate::MAX, 3, &closures), NaiveDate::MAX);
    }
}
