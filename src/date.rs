//! Days as people write them: targets and the windows they mean, single days, and working days.
//!
//! Everything here is pure: a reading depends on the words (and, for meetings, on the calendar it is
//! handed) and on nothing else. Days are civil days; which zone they are counted in is the caller's.

mod chain;
mod day;
mod doubt;
mod holiday;
mod period;
mod phrase;
mod target;
mod vocabulary;
mod window;
mod words;
mod working;

pub use day::Refusal;
pub use day::day_in_full;
pub use day::day_in_words;
pub use day::read_day;
pub use doubt::Doubt;
pub use doubt::Reason;
pub use holiday::bank_holidays;
pub use target::Reading;
pub use target::Review;
pub use target::Target;
pub use window::Window;
pub use window::window_in_words;
pub use working::Closures;
pub use working::is_working_day;
pub use working::working_days_after;
pub use working::working_days_before;
