//! Small plans for the tests of pages and pictures.

use crate::action::Action;
use crate::action::sample::EXECUTIVE;
use crate::position::Position;
use crate::position::sample;

/// A plan of three areas with these actions, at nine o'clock on a day, for which CPEG answers.
pub(crate) fn position(actions: Vec<Action>, on: &str) -> Position {
    let mut position = sample::position(on, actions);
    position.plan.body = EXECUTIVE;
    for (area, title) in position.areas.iter_mut().zip(["Structure", "Communities", "Scrutiny"]) {
        area.title = title.into();
    }
    position
}
