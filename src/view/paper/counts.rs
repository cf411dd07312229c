//! How many actions stand how, in a sentence and in tables.

use chrono::NaiveDate;

use super::Column;
use super::Piece;
use super::Pieces;
use super::Table;
use super::phrase::is;
use super::phrase::number;
use super::phrase::words;
use crate::body::both;
use crate::date::day_in_words;
use crate::digest::Counts;
use crate::digest::Tally;
use crate::view::plain;

/// How many stand how, as part of a sentence: `one is overdue and seven are not yet due`. Complete
/// and overdue are always said, as nought is news there.
pub(super) fn in_words(counts: &Counts) -> String {
    let parts = [
        (counts.complete, "complete and signed off", Said::Always),
        (counts.awaiting, "complete and awaiting sign-off", Said::IfAny),
        (counts.overdue, "overdue", Said::Always),
        (counts.on_time, "not yet due", Said::IfAny),
        (counts.moved, "not yet due since the date has moved", Said::IfAny),
        (counts.undated, "without a date", Said::IfAny),
        (counts.on_hold, "on hold", Said::IfAny),
    ];
    let said = parts.into_iter().filter(|(count, _, said)| *count > 0 || *said == Said::Always);
    let said =
        said.map(|(count, what, _)| format!("{} {} {what}", number(count), is(count.max(1))));
    both(&said.collect::<Vec<_>>())
}

/// When a number is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    /// Even where it is nought.
    Always,
    /// Where it is not nought.
    IfAny,
}

/// Each count on two days, and by how much it moved.
pub(super) fn movement(before: (NaiveDate, &Counts), now: (NaiveDate, &Counts)) -> Table {
    let rows = named(before.1).into_iter().zip(named(now.1)).map(|((what, was), (_, is))| {
        let change = match is.abs_diff(was) {
            0 => "no change".to_owned(),
            more if is > was => format!("{more} more"),
            fewer => format!("{fewer} fewer"),
        };
        [what.to_owned(), was.to_string(), is.to_string(), change].map(cell).to_vec()
    });
    let columns = ["", &day_in_words(before.0), &day_in_words(now.0), "Change"];
    Table { columns: columns.map(|heading| column(heading, 1)).to_vec(), rows: rows.collect() }
}

/// How many stand how in each area, and in all.
pub(super) fn by_area(areas: &[Tally], all: &Counts) -> Table {
    let row = |name: &str, counts: &Counts| {
        let mut cells = vec![cell(plain(name))];
        cells.extend(named(counts).map(|(_, count)| cell(count.to_string())));
        cells
    };
    let mut rows: Vec<_> = areas.iter().map(|area| row(&area.name, &area.counts)).collect();
    let sum = row("All", all);
    rows.push(sum.into_iter().map(|lines| lines.iter().map(strong).collect()).collect());
    // The words of each heading fit their column whole.
    let mut columns = vec![column("Improvement area", 22)];
    columns.extend(named(all).map(|(heading, _)| match heading {
        "Complete" | "Awaiting sign-off" | "Overdue" => column(heading, 13),
        "Actions" => column(heading, 12),
        _ => column(heading, 9),
    }));
    Table { columns, rows }
}

/// Each count with its name, in the order of a table.
fn named(counts: &Counts) -> [(&'static str, usize); 8] {
    [
        ("Actions", counts.total),
        ("Complete", counts.complete),
        ("Awaiting sign-off", counts.awaiting),
        ("Overdue", counts.overdue),
        ("Not yet due", counts.on_time),
        ("Moved, not yet due", counts.moved),
        ("No date", counts.undated),
        ("On hold", counts.on_hold),
    ]
}

fn column(heading: &str, share: u32) -> Column {
    Column { heading: heading.to_owned(), share }
}

fn cell(text: String) -> Vec<Pieces> {
    vec![vec![words(text)]]
}

fn strong(pieces: &Pieces) -> Pieces {
    pieces.iter().map(|piece| Piece::Strong(piece.text())).collect()
}
