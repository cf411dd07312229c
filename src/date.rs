//! Days as people write them: targets and the windows they mean, single days, and working days.
//!
//! Everything here is pure: a reading depends on the words (and, for meetings, on the calendar it is
//! handed) and on nothing else. Days are civil days; which zone they are counted in is the caller's.
//!
//! A cell is split into `words`, some of which make a `phrase` such as `1st October` with a `period`
//! of the calendar as its meaning; phrases that belong together make a `chain`, and a `target` weighs
//! the chains of a cell against the words around them. Each file leans only on those above it.

mod window;
mod written;
mod doubt;
mod reading;
mod occasion;
mod vocabulary;
mod words;
mod period;
mod phrase;
mod chain;
mod target;
mod day;
mod clock;
mod holiday;
mod working;

// The files are an arrangement of this one room; the names people use are the room's own.
pub use clock::NotATime;
pub use clock::read_time;
pub use day::Refusal;
pub use day::read_day;
pub use doubt::Doubt;
pub use doubt::Reason;
pub use holiday::bank_holidays;
pub use occasion::Asking;
pub use occasion::Occasion;
pub use reading::Reading;
pub use reading::Review;
pub use target::Target;
pub use window::Window;
pub use working::Closures;
pub use working::is_working_day;
pub use working::working_days_after;
pub use working::working_days_before;
pub use written::day_in_full;
pub use written::day_in_words;
pub use written::window_in_words;
