//! Convener: a chat bot for community planning partnerships.

pub mod sandbox;
