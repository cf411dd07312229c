//! The plan as files: what is taken in, and what is given out.

use crate::view::Card;
use crate::view::notice;

/// An import or what follows from one, an export, or the paper.
pub(super) fn plan_as_file() -> Card {
    notice::not_ready()
}
