//! Meetings, papers deadlines and targets as a calendar file (RFC 5545).

use icalendar::Calendar;
use icalendar::Component;
use icalendar::Event;
use icalendar::EventLike;
use icalendar::EventStatus;
use icalendar::Property;

use super::writable;
use crate::position::Position;
use crate::view::diary::Entry;
use crate::view::diary::When;
use crate::view::diary::entries;

/// Who made the file, in the form that RFC 5545 recommends.
const MAKER: &str = "-//Convener//Convener//EN";

/// The calendar. An entry has the same UID in each file of a partnership, so that a calendar that
/// takes in a later one changes its entries rather than doubling them.
pub fn write(position: &Position) -> Vec<u8> {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", MAKER))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("METHOD", "PUBLISH"))
        .append_property(("X-WR-CALNAME", text(&position.plan.title).replace('\n', " ").as_str()));
    for entry in entries(position) {
        calendar.push(event(&entry, position));
    }
    calendar.to_string().into_bytes()
}

fn event(entry: &Entry, position: &Position) -> Event {
    let mut event = Event::new();
    event
        .uid(&format!("{}@{}.convener", entry.key, position.partnership.server.0))
        .timestamp(position.at)
        .summary(&text(&entry.summary).replace('\n', " "))
        .description(&text(&entry.description));
    if let Some(changes) = u32::try_from(entry.changes).ok().filter(|changes| *changes > 0) {
        event.sequence(changes);
    }
    if entry.is_cancelled {
        event.status(EventStatus::Cancelled);
    }
    match entry.when {
        When::From(at, length) => {
            event.starts(at).ends(at + length);
        }
        // A day that somebody has something due is not a day they are busy; it ends before the
        // next begins.
        When::On(day) => {
            event
                .starts(day)
                .ends(day.succ_opt().unwrap_or(day))
                .append_property(Property::new("TRANSP", "TRANSPARENT"));
        }
    }
    event.done()
}

/// Words whose lines end as the file's text has them end.
fn text(words: &str) -> String {
    writable(words).replace("\r\n", "\n").replace('\r', "\n")
}
