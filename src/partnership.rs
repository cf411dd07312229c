//! One community planning partnership: one server of the chat, one file of the record.

use crate::action::Printed;
use crate::body::Bodies;
use crate::body::ServerId;
use crate::meeting::Calendar;
use crate::plan::Area;
use crate::plan::Plan;
use crate::routine::Pauses;
use crate::routine::Timings;

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
    /// When it is told of its meetings, where that is not as usual.
    pub timings: Timings,
    /// Around whose meetings nothing is said.
    pub pauses: Pauses,
    /// Its cross-cutting themes, in its own order.
    pub themes: Vec<String>,
}

/// What a partnership begins with: everything its record holds before anybody has spoken.
#[derive(Clone, Debug)]
pub struct Founding {
    /// Who there is and when they meet; its server is the caller's to fill in.
    pub partnership: Partnership,
    /// The name of the channel that belongs to no body.
    pub general_name: String,
    /// Its plan.
    pub plan: Plan,
    /// The plan's areas.
    pub areas: Vec<Area>,
    /// The plan's actions as printed.
    pub printed: Vec<Printed>,
    /// What the printed plan leaves open, each a sentence that names the file and the row.
    pub doubts: Vec<String>,
}
