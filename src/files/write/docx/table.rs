//! Tables, whose headings stand again on each page and whose rows are kept whole.

use std::io;

use super::markup::Markup;
use super::paragraph::Place;
use super::paragraph::paragraph;
use crate::view::paper::Piece;
use crate::view::paper::Pieces;
use crate::view::paper::Table;

/// How many characters a cell may have for its row to be kept on one page: one with more might be
/// higher than a page.
const ROW_KEPT_MAX: usize = 1_500;

/// How many characters a table may have to be kept on one page, as small ones read better.
const TABLE_KEPT_MAX: usize = 600;

/// What a row is to the rows around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    /// The headings, which stand again on each page.
    Headings,
    /// On the same page as the next.
    Kept,
    /// On the next page, where this one has no room.
    Free,
}

/// A table so many twentieths of a point wide.
pub(super) fn table(markup: &mut Markup, table: &Table, width: u32) -> io::Result<()> {
    let widths = widths(table, width);
    let total = widths.iter().sum::<u32>().to_string();
    let is_small =
        table.rows.iter().flatten().map(|lines| letters(lines)).sum::<usize>() <= TABLE_KEPT_MAX;
    markup.within("w:tbl", &[], |markup| {
        markup.within("w:tblPr", &[], |markup| {
            markup.value("w:tblStyle", "PlanTable")?;
            markup.empty("w:tblW", &[("w:w", &total), ("w:type", "dxa")])?;
            markup.value("w:jc", "left")?;
            markup.empty("w:tblLayout", &[("w:type", "fixed")])?;
            // The first row has a look of its own, and no other row or column has.
            markup.empty("w:tblLook", &[("w:val", "0620"), ("w:firstRow", "1")])
        })?;
        markup.within("w:tblGrid", &[], |markup| {
            let mut column =
                |width: &u32| markup.empty("w:gridCol", &[("w:w", &width.to_string())]);
            widths.iter().try_for_each(&mut column)
        })?;
        let headings = table.columns.iter().map(|column| column.heading.clone());
        let headings: Vec<Vec<Pieces>> =
            headings.map(|heading| vec![vec![Piece::Words(heading)]]).collect();
        row(markup, &headings, &widths, Row::Headings)?;
        for (left, cells) in (0..table.rows.len()).rev().zip(&table.rows) {
            let kind = if is_small && left > 0 { Row::Kept } else { Row::Free };
            row(markup, cells, &widths, kind)?;
        }
        Ok(())
    })
}

/// The width of each column, in twentieths of a point.
fn widths(table: &Table, width: u32) -> Vec<u32> {
    let shares: u32 = table.columns.iter().map(|column| column.share).sum();
    table.columns.iter().map(|column| width * column.share / shares.max(1)).collect()
}

fn letters(lines: &[Pieces]) -> usize {
    lines.iter().flatten().map(|piece| piece.text().chars().count()).sum()
}

fn row(markup: &mut Markup, cells: &[Vec<Pieces>], widths: &[u32], kind: Row) -> io::Result<()> {
    let (style, place) = match kind {
        Row::Headings => ("TableHeading", Place::Kept),
        Row::Kept => ("TableText", Place::Kept),
        Row::Free => ("TableText", Place::Free),
    };
    let is_whole = cells.iter().all(|lines| letters(lines) <= ROW_KEPT_MAX);
    markup.within("w:tr", &[], |markup| {
        markup.within("w:trPr", &[], |markup| {
            if is_whole {
                markup.empty("w:cantSplit", &[])?;
            }
            if kind == Row::Headings { markup.empty("w:tblHeader", &[]) } else { Ok(()) }
        })?;
        cells.iter().zip(widths).try_for_each(|(lines, width)| {
            markup.within("w:tc", &[], |markup| {
                markup.within("w:tcPr", &[], |markup| {
                    markup.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")])
                })?;
                lines.iter().try_for_each(|line| paragraph(markup, style, place, line))
            })
        })
    })
}
