//! How an action is called.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::Serialize;
use thiserror::Error;

use crate::plan::Area;

/// How an action is called: plan, area and number, as in `IP-2.1`; and its turn, if that is not the
/// first, as in `IP-2.1/2`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Ref {
    /// The plan's letters, in capitals.
    pub plan: String,
    /// The area's number.
    pub area: u32,
    /// The action's number within its area.
    pub number: u32,
    /// Which turn of it, from 1: what comes round again opens its next turn under the same number.
    pub turn: u32,
}

impl Ref {
    /// Whether it stands in that area.
    pub fn is_in(&self, area: &Area) -> bool {
        self.area == area.number && self.plan == area.plan
    }

    /// The same number, the turn after.
    #[must_use]
    pub fn next_turn(&self) -> Self {
        Self { turn: self.turn + 1, ..self.clone() }
    }

    /// Those of some refs that have an area and a number, in any plan: of a turn, or of the last
    /// there is.
    pub fn numbered<'a>(
        refs: impl Iterator<Item = &'a Self>,
        (area, number): (u32, u32),
        turn: Option<u32>,
    ) -> Vec<&'a Self> {
        let same: Vec<&Self> =
            refs.filter(|known| (known.area, known.number) == (area, number)).collect();
        let is_last = |known: &Self| {
            !same.iter().any(|other| other.plan == known.plan && other.turn > known.turn)
        };
        let meant = |known: &&&Self| turn.map_or_else(|| is_last(known), |turn| turn == known.turn);
        same.iter().filter(meant).copied().collect()
    }

    /// The number as the plan's own table prints it, without the plan's letters: `2.1`, and `2.1/2`
    /// for its second turn.
    pub fn printed(&self) -> String {
        let Self { area, number, turn, .. } = self;
        if *turn > 1 { format!("{area}.{number}/{turn}") } else { format!("{area}.{number}") }
    }
}

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.plan, self.printed())
    }
}

/// Words that are not a ref.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a ref such as IP-2.1")]
pub struct NotARef;

impl FromStr for Ref {
    type Err = NotARef;

    fn from_str(words: &str) -> Result<Self, NotARef> {
        // Word processors turn the hyphen into one that does not break, or into a dash.
        let dashes = ['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2212}'];
        let (plan, numbers) = words.trim().split_once(dashes).ok_or(NotARef)?;
        let (area, number) = numbers.trim().split_once('.').ok_or(NotARef)?;
        let (number, turn) = match number.split_once('/') {
            Some((number, turn)) => (number, whole(turn)?),
            None => (number, 1),
        };
        let plan = plan.trim().to_uppercase();
        if plan.is_empty() || !plan.chars().all(char::is_alphanumeric) {
            return Err(NotARef);
        }
        if turn == 0 {
            return Err(NotARef);
        }
        Ok(Self { plan, area: whole(area)?, number: whole(number)?, turn })
    }
}

/// A number of digits alone, for the standard library would take `+1` too.
fn whole(words: &str) -> Result<u32, NotARef> {
    let digits = words.trim();
    if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(NotARef);
    }
    digits.parse().map_err(|_| NotARef)
}
