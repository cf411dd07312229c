//! Text as it was pasted: lines, and tables where tabs or spaces part the cells.

use crate::files::document::Cell;
use crate::files::document::Document;
use crate::files::document::Place;
use crate::files::document::is_page_number;
use crate::files::read::gathering::Gathering;
use crate::files::read::refusal::Refusal;

/// How many lines in a row must have their columns in the same places to be a table by spaces.
const AGREEING_MIN: usize = 3;

/// How many spaces part two columns: one parts words.
const GAP: usize = 2;

/// Reads the text of a file of that name: lines that hold tabs and follow each other make a table.
pub(super) fn read(file: &str, text: &str) -> Result<Document, Refusal> {
    let lines = lines(text);
    let mut gathering = Gathering::of(file);
    let mut at = 0;
    while at < lines.len() {
        let tabbed = lines[at..].iter().take_while(|line| line.contains('\t')).count();
        let spaced = if tabbed == 0 { spaced(&lines[at..]) } else { None };
        if let Some((count, starts)) = spaced {
            for (place, line) in lines[at..at + count].iter().enumerate() {
                let cells = if is_page_number(line) {
                    vec![line.trim().into()]
                } else {
                    cut(line, &starts)
                };
                gathering.row(Place::line(at + place + 1), cells)?;
            }
            gathering.end_table();
            let (first, last) = (at + 1, at + count);
            gathering.doubt(format!(
                "Lines {first} to {last} are read as a table by the spaces between their words."
            ));
            at += count;
        } else if lines[at..at + tabbed].iter().any(|line| is_parted(line)) {
            for (place, line) in lines[at..at + tabbed].iter().enumerate() {
                gathering.row(Place::line(at + place + 1), line.split('\t').map(Cell::from))?;
            }
            gathering.end_table();
            at += tabbed;
        } else {
            for line in &lines[at..at + tabbed.max(1)] {
                at += 1;
                gathering.line(&Place::line(at), line)?;
            }
        }
    }
    gathering.finish()
}

/// The lines of a text, whatever ends them.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(end) = rest.find(['\n', '\r']) {
        let (line, after) = rest.split_at(end);
        lines.push(line);
        rest = after.strip_prefix("\r\n").unwrap_or(&after[1..]);
    }
    lines.push(rest);
    lines
}

/// Whether tabs part words from words: a tab before or after a sentence makes no table.
fn is_parted(line: &str) -> bool {
    line.split('\t').filter(|cell| !cell.trim().is_empty()).nth(1).is_some()
}

/// How many lines from the first make a table by their spaces, and where its columns start.
fn spaced(lines: &[&str]) -> Option<(usize, Vec<usize>)> {
    let starts = starts(lines.first()?);
    let agrees = |line: &&&str| self::starts(line) == starts;
    let written = lines.iter().filter(|line| !line.trim().is_empty());
    if starts.len() < 2 || written.take(AGREEING_MIN).filter(agrees).count() < AGREEING_MIN {
        return None;
    }
    // A later row may leave cells out, if nothing it says runs over the start of a column.
    let fits = |line: &&&str| {
        let own = self::starts(line);
        !own.is_empty() && own.iter().all(|start| starts.contains(start)) && keeps(line, &starts)
    };
    let mut count = 0;
    for (at, line) in lines.iter().enumerate() {
        // Beyond a blank line only a row of several cells is surely one of the table's.
        let is_apart = at > count;
        if fits(&line) && (!is_apart || self::starts(line).len() > 1) {
            count = at + 1;
        } else if !line.trim().is_empty() && !is_page_number(line) {
            break;
        }
    }
    Some((count, starts))
}

/// Where the columns of a line start, counted in characters: its first word, and each word after a
/// gap.
fn starts(line: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut spaces = GAP;
    for (at, letter) in line.chars().enumerate() {
        if letter == '\t' {
            return Vec::new();
        }
        if letter == ' ' || letter == '\u{a0}' {
            spaces += 1;
            continue;
        }
        if spaces >= GAP {
            starts.push(at);
        }
        spaces = 0;
    }
    starts
}

/// Whether there is a space before the start of each column.
fn keeps(line: &str, starts: &[usize]) -> bool {
    let letters: Vec<char> = line.chars().collect();
    let before = starts.iter().filter_map(|start| start.checked_sub(1));
    before.filter_map(|at| letters.get(at)).all(|letter| letter.is_whitespace())
}

/// The cells of a line, cut where the columns start.
fn cut(line: &str, starts: &[usize]) -> Vec<Cell> {
    let letters: Vec<char> = line.chars().collect();
    let ends = starts.iter().skip(1).copied().chain([letters.len()]);
    let cell = |(start, end): (&usize, usize)| {
        let end = end.min(letters.len());
        let words: String = letters.get(*start..end).unwrap_or_default().iter().collect();
        Cell::from(words.trim())
    };
    starts.iter().zip(ends).map(cell).collect()
}

#[cfg(test)]
mod tests;
