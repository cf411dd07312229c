//! What Convener promises, tried as people and the chat would.
#![expect(clippy::too_many_lines, reason = "a snapshot stands where it is read")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

mod actions;
mod agendas;
mod audit;
mod chases;
mod calendar;
mod contract;
mod decisions;
mod desk;
mod digests;
mod discord;
mod events;
mod everyday;
mod exports;
mod faults;
mod files;
mod foreseen;
mod history;
mod imports;
mod limits;
mod many;
mod messages;
mod overdue;
mod people;
mod process;
mod program;
mod questions;
mod readme;
mod records;
mod reminders;
mod restarts;
mod steering;
mod story;
mod target;
mod tidy;
mod town;
mod updates;
mod upkeep;
mod year;
