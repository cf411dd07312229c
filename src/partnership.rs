//! One community planning partnership: one server of the chat, one file of the record.

use crate::body::Bodies;
use crate::body::ServerId;
use crate::meeting::Calendar;

/// What stays the same from one asking to the next: who there is and when they meet.
#[derive(Clone, Debug)]
pub struct Partnership {
    /// Its name in full.
    pub name: String,
    /// Its server.
    pub server: ServerId,
    /// Its bodies, in its own order.
    pub bodies: Bodies,
    /// Its meetings, its time zone and its closed days.
    pub calendar: Calendar,
    /// Its cross-cutting themes, in its own order.
    pub themes: Vec<String>,
}
