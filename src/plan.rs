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
    /// Whether its leads' word that work is complete has to be agreed before it counts.
    pub sign_off_needed: bool,
}

/// A numbered part of a plan, with its aim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its number in the record.
    pub id: AreaId,
    /// The letters of the plan it belongs to.
    pub plan: String,
    /// Its number in the plan, from 1.
    pub number: u32,
    /// What it is about, in a few words; empty where the plan prints only its number.
    pub title: String,
    /// What it is for ("This ensures …"); empty where the plan prints none.
    pub aim: String,
}

impl Area {
    /// Its number and title: `2 Working with communities`, or `Area 2` where it has no title.
    pub fn label(&self) -> String {
        match self.title.as_str() {
            "" => format!("Area {}", self.number),
            title => format!("{} {title}", self.number),
        }
    }
}

/// An area as a plan prints it, read and not yet recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrintedArea {
    /// Its number in the plan, from 1.
    pub number: u32,
    /// What it is about, as printed; empty where only its number is.
    pub title: String,
    /// What it is for; empty where the plan prints none.
    pub aim: String,
}
