//! The bank holidays that no rule gives: `config/holidays.toml`.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::config::Refusal;
use crate::config::Source;
use crate::date::Closures;

/// The file as it stands in the repository; it comes with the program, as the law does.
const TEXT: &str = include_str!("../../config/holidays.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    added: Vec<Entry>,
    removed: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    day: Spanned<Datetime>,
    #[expect(dead_code, reason = "it is there for those who read the file")]
    name: String,
}

/// The days that differ from the computed bank holidays.
pub fn closures() -> Result<Closures, Refusal> {
    let source = Source { file: "config/holidays.toml", text: TEXT };
    let written: File = source.values()?;
    let days = |entries: Vec<Entry>| -> Result<Vec<NaiveDate>, Refusal> {
        entries.iter().map(|entry| day(source, &entry.day)).collect()
    };
    Ok(Closures::new(days(written.added)?, days(written.removed)?))
}

/// A day as TOML writes it: `2020-10-01`, no time, no quotation marks.
pub(super) fn day(source: Source<'_>, written: &Spanned<Datetime>) -> Result<NaiveDate, Refusal> {
    let value = written.get_ref();
    let date = value.date.filter(|_| value.time.is_none() && value.offset.is_none());
    let day = date.and_then(|date| {
        NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
    });
    day.ok_or_else(|| {
        let says = format!("\"{value}\" is not a day. Write one such as 2020-10-01.");
        source.refusal(&written.span(), says)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::is_working_day;

    #[test]
    fn proclaimed_holidays_are_closed_and_moved_ones_are_worked() {
        let closures = closures().expect("the file in the repository is sound");
        let day = |words: &str| words.parse().expect("it is a day");
        assert!(is_working_day(day("2020-05-04"), &closures), "moved to VE Day");
        assert!(!is_working_day(day("2020-05-08"), &closures), "VE Day");
        assert!(!is_working_day(day("2022-09-19"), &closures), "the State Funeral");
    }
}
