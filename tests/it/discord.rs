//! The chat through the real client, against a Discord in a box that can misbehave.

mod answers;
mod called;
mod direct;
mod edits;
mod events;
mod files;
mod gateway;
mod log;
mod posts;
mod standing;
mod town;
