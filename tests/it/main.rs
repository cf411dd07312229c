//! What Convener promises, tried as people and the chat would.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

mod actions;
mod contract;
mod discord;
mod process;
mod restarts;
mod town;
