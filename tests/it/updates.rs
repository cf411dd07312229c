//! Updates: all that can be said in one, taking one back, and how somebody's words are shown.

mod correcting;
mod harmless;
mod saying;
