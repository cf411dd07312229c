//! A plan's position, in a line.

use chrono::DateTime;
use chrono::Utc;
use chrono_tz::Tz;

use crate::date::day_in_full;
use crate::date::day_in_words;
use crate::position::Position;
use crate::view::line::local_day;

/// What a file with it is called: `Improvement Plan 2020-2022: position on 12 November 2020`.
pub fn title(position: &Position) -> String {
    format!("{}: position on {}", position.plan.title, day_in_words(position.today))
}

/// A moment as a sentence names it: `09:00 on Thursday 12 November 2020`.
pub fn moment(at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    format!("{} on {}", local.format("%H:%M"), day_in_full(local_day(at, zone)))
}
