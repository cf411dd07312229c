//! The chat through the real client, against a Discord in a box that can misbehave.

mod answers;
mod direct;
mod edits;
mod files;
mod gateway;
mod log;
mod posts;
mod town;
