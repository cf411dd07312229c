//! A plan's position, in a line and as files.

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use chrono_tz::Tz;

use crate::date::day_in_full;
use crate::date::day_in_words;
use crate::digest::Digest;
use crate::position::Position;
use crate::view::Attachment;
use crate::view::Card;
use crate::view::line::counted;
use crate::view::line::local_day;
use crate::view::meeting;
use crate::view::verbatim;

/// What a file with it is called: `Improvement Plan 2020-2022: position on 12 November 2020`.
pub fn title(position: &Position) -> String {
    format!("{}: position on {}", position.plan.title, day_in_words(position.today))
}

/// What stands above the updates of a time in the plan's table: `Update (November 2020)`.
pub fn update_heading(day: NaiveDate) -> String {
    format!("Update ({})", day.format("%B %Y"))
}

/// A plan as files.
pub fn exported(position: &Position, files: Vec<Attachment>) -> Card {
    Card {
        title: verbatim(&title(position)),
        text: format!(
            "{}, as they stood at {}.",
            counted(position.actions.len(), "action", "actions"),
            moment(position.at, position.partnership.calendar.zone),
        ),
        files,
        ..Card::default()
    }
}

/// A draft of the paper for a meeting.
pub fn drafted(digest: &Digest, files: Vec<Attachment>) -> Card {
    Card {
        title: format!(
            "Draft paper for {}, {}",
            meeting::name(&digest.meeting, &digest.body),
            day_in_full(digest.meeting.on)
        ),
        text: "What the record knows is filled in. What only a person can say is marked in the \
               document, with a hint of what belongs there."
            .into(),
        files,
        ..Card::default()
    }
}

/// A moment as a sentence names it after "at": `09:00 on Thursday 12 November 2020`, or `the end of
/// Thursday 12 November 2020` for the last minute of a day.
pub fn moment(at: DateTime<Utc>, zone: Tz) -> String {
    let day = day_in_full(local_day(at, zone));
    match at.with_timezone(&zone).format("%H:%M").to_string().as_str() {
        // The position of a day that is over.
        "23:59" => format!("the end of {day}"),
        time => format!("{time} on {day}"),
    }
}
