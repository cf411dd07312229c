//! The plan on a page: what it shows and says, before anybody has measured a letter.
//!
//! A page is the same whether it is drawn or read out: everything on it is in [`Overview::says_whole`],
//! and as much of that as a chat has room for in [`Overview::says`]. How it becomes a picture is the
//! matter of `files::picture`.

mod axis;
mod key;
mod lane;
mod page;
mod row;
mod says;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::date::Window;
use crate::digest::Counts;
use crate::position::Position;
use crate::view::digest::long;
use crate::view::line::Lens;
use crate::view::line::counted;
use crate::view::plain;
use crate::view::position as view;

// The files are an arrangement of this one room; the names people use are the room's own.
pub use axis::Axis;
pub use axis::Place;
pub use axis::Tick;
pub use axis::Unit;
pub use key::Key;
pub use key::Sample;
pub use lane::Lane;
pub use row::Notice;
pub use row::Row;
pub use row::Sign;

/// What stands under a picture in which a letter of somebody's words could not be drawn.
pub const UNDRAWN: &str = "□ stands for a letter or sign that cannot be drawn here.";

/// What stands under an area that has no actions.
pub const NOTHING: &str = "No actions in this area.";

/// What stands at the line of the day that a page is seen from.
pub const TODAY: &str = "today";

/// What stands between two facts on a line.
pub const BETWEEN: &str = " · ";

/// One page of a plan: a row an action, its window as a bar on one axis of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// The partnership's name.
    pub partnership: String,
    /// The plan's title.
    pub title: String,
    /// The moment, and which page this is where there are several.
    pub position: String,
    /// How many actions stand how.
    pub counts: String,
    /// When the bodies that are drawn meet next.
    pub next: String,
    /// The time that is drawn.
    pub axis: Axis,
    /// The day it is seen from; it lies within the axis.
    pub today: NaiveDate,
    /// The meetings that are drawn, a line of names and days for each series.
    pub lanes: Vec<Lane>,
    /// The plan's areas with their rows, in order.
    pub groups: Vec<Group>,
    /// How much room a row has.
    pub room: Room,
    /// What the signs and bars that occur on this page mean.
    pub key: Vec<Key>,
    /// What is not on this page though it might be looked for, each a sentence.
    pub notes: Vec<String>,
    /// The page in at most 1,024 characters (Discord's limit for a picture's description).
    pub says: String,
    /// The page in words, whole.
    pub says_whole: String,
}

/// The actions of an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The area's number and title.
    pub heading: String,
    /// Its actions on this page; none where the area has none.
    pub rows: Vec<Row>,
}

/// How much room a row has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// The title in full or nearly so, what is known of the action, and its bar below.
    Ample,
    /// One line: the title as far as it goes, and its bar beside it.
    Close,
}

/// The most rows that each have ample room on a page that is still legible on a phone and on a
/// sheet of A4.
const AMPLE_MAX: usize = 18;

/// The most rows of one page; more would be too small to read when it is printed on A4.
const ROWS_MAX: usize = 60;

/// The most pages of a plan: Discord takes ten files with a message, and two are the paper and the
/// table.
const PAGES_MAX: usize = 8;

/// A plan as it stands, on one page, or on several where it has more than sixty actions; never none.
///
/// What is left out is counted and said on the page. The same position gives the same pages.
pub fn overview(position: &Position) -> Vec<Overview> {
    let next = position.partnership.calendar.next_of_any(position.at);
    let lens = Lens {
        today: position.today,
        meeting_on: next.as_ref().map(|meeting| meeting.on),
        zone: position.partnership.calendar.zone,
    };
    let all = page::groups(position, &lens);
    let rows: usize = all.iter().map(|group| group.rows.len()).sum();
    let room = if rows <= AMPLE_MAX { Room::Ample } else { Room::Close };
    let axis = Axis::over(&days(&all, &lens), position.today);
    let lanes = lane::lanes(position, axis.days);
    let pages = page::pages(all);
    let (count, shown) = (pages.len(), pages.iter().flatten().map(|group| group.rows.len()).sum());
    let common = Overview {
        partnership: plain(&position.partnership.name),
        title: plain(&position.plan.title),
        position: moment(position),
        counts: counts(position),
        next: lane::next(position, &lanes),
        today: position.today,
        notes: page::missing(position, rows, shown),
        axis,
        lanes: lanes.drawn,
        groups: Vec::new(),
        room,
        key: Vec::new(),
        says: String::new(),
        says_whole: String::new(),
    };
    let pages = pages.into_iter().zip(1..).map(|(groups, number)| {
        let mut page = Overview { groups, ..common.clone() };
        page.notes.extend(page::arrows(&page));
        page.notes.extend(lanes.left_out.clone());
        if count > 1 {
            page.position = format!("{}, page {number} of {count}", page.position);
        }
        page.key = key::key(&page);
        let meeting = next.as_ref();
        page.says = says::brief(&page, meeting);
        page.says_whole = says::whole(&page, meeting);
        page
    });
    pages.collect()
}

impl Overview {
    /// Its rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.groups.iter().flat_map(|group| &group.rows)
    }
}

/// The windows that the axis is to hold: all targets, then and now, and the next meeting.
fn days(groups: &[Group], lens: &Lens) -> Vec<Window> {
    let rows = groups.iter().flat_map(|group| &group.rows);
    let windows = rows.flat_map(|row| row.window.into_iter().chain(row.first));
    windows.chain(lens.meeting_on.map(Window::day)).collect()
}

/// The moment, as in `Position at 09:00 on Monday 26 October 2020`.
fn moment(position: &Position) -> String {
    let at = view::moment(position.at, position.partnership.calendar.zone);
    format!("Position at {at}")
}

fn counts(position: &Position) -> String {
    let counts = Counts::of(&position.actions, position.today);
    if counts.total == 0 {
        return "The plan has no actions yet.".into();
    }
    format!("{}: {}", counted(counts.total, "action", "actions"), long(&counts))
}
