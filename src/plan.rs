//! What the partners promised: a plan and its numbered areas.

use chrono::NaiveDate;

use crate::body::BodyId;

/// A plan's number in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlanId(pub i64);

/// An area's number in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaId(pub i64);

/// The improvement plan, or a DIG's action plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Its number in the record.
    pub id: PlanId,
    /// The letters its refs begin with: `IP`.
    pub code: String,
    /// Its title as printed.
    pub title: String,
    /// The body that answers for it as a whole.
    pub body: BodyId,
    /// The first day of the position that its first import reported; the record says nothing of
    /// days before.
    pub position_on: NaiveDate,
}

/// A numbered part of a plan, with its aim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its number in the record.
    pub id: AreaId,
    /// Its number in the plan, from 1.
    pub number: u32,
    /// What it is about, in a few words.
    pub title: String,
    /// What it is for ("This ensures …"); empty where the plan prints none.
    pub aim: String,
}
