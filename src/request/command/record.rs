//! The commands about meetings that have been: what is recorded of them, and who came.

use super::Command;
use super::EVERYONE;
use super::Given;
use super::Opt;
use super::Refusal;
use super::Takes;
use crate::request::Ask;
use crate::request::Names;
use crate::request::record::AttendanceAsk;

/// So many meetings are looked back on where nobody says how many.
const LAST: usize = 6;

/// So many at most: two years of a board, and a row of marks that a phone shows in one line.
pub const LAST_MAX: usize = 12;

/// The longest number of meetings, in digits.
const DIGITS_MAX: usize = 3;

pub(super) const RECORD: Command = Command {
    name: "meeting record",
    does: "Record a meeting: who was there, what it decided, what it added",
    options: &[Opt {
        name: "meeting",
        says: "Which; the last that is still to be recorded, if left out",
        takes: Takes::Named(Names::Held),
        needed: false,
    }],
    for_whom: "CP Support, and the chairs of CPEG and the board",
    read: |given| Ok(Ask::RecordMeeting { meeting: given.text("meeting") }),
};

pub(super) const ATTENDANCE: Command = Command {
    name: "meeting attendance",
    does: "See how each agency came to a body's last meetings",
    options: &[
        Opt {
            name: "body",
            says: "Whose meetings",
            takes: Takes::Named(Names::Meeting),
            needed: true,
        },
        Opt {
            name: "last",
            says: "How many of its meetings, up to 12; 6, if left out",
            takes: Takes::Text(DIGITS_MAX),
            needed: false,
        },
    ],
    for_whom: EVERYONE,
    read: read_attendance,
};

fn read_attendance(given: &Given) -> Result<Ask, Refusal> {
    let last = match given.text("last") {
        None => LAST,
        Some(words) => {
            let number = words.parse().ok().filter(|number| (1..=LAST_MAX).contains(number));
            number.ok_or(Refusal::NotSoMany { words, most: LAST_MAX })?
        }
    };
    Ok(Ask::Attendance(AttendanceAsk { body: given.needed("body")?, last }))
}
