//! Convener: a chat bot for community planning partnerships.
//!
//! Somebody speaks, or time passes: everything Convener does is the answer to one of those two.
//!
//! The modules stand in reading order, and the order is the law: a module leans only on those
//! above it, and the folders of the outside world do not know one another. `tests/it/tidy.rs`
//! holds it.

// What the partnership is: nothing here waits, reads a clock, or knows SQL or Discord.
pub mod date;
pub mod body;
pub mod plan;
pub mod action;
pub mod permission;
pub mod routine;
pub mod meeting;
pub mod agenda;
pub mod decision;
pub mod attendance;
pub mod proceedings;
pub mod attention;
pub mod chase;
pub mod partnership;
pub mod position;
pub mod revision;
pub mod ledger;

// What is said: pure, too.
pub mod request;
pub mod question;
pub mod search;
pub mod digest;
pub mod schedule;
pub mod view;
pub mod post;

// The outside world: its folders do not know one another.
pub mod store;
pub mod files;
pub mod discord;
pub mod sandbox;

// The work.
pub mod config;
pub mod desk;
pub mod bot;
pub mod rehearsal;
