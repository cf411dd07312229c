//! Markdown: its headings and paragraphs as lines, its tables as tables, its marks left out.

use std::ops::Range;

use pulldown_cmark::Event;
use pulldown_cmark::Options;
use pulldown_cmark::Parser;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;

use crate::files::document::Cell;
use crate::files::document::Document;
use crate::files::document::Place;
use crate::files::read::gathering::Gathering;
use crate::files::read::kind::ending;
use crate::files::read::limit::MARKDOWN_MAX;
use crate::files::read::refusal::Refusal;

/// Whether a text holds a table written as Markdown, or is named as such and holds no tabs.
pub(super) fn is_markdown(name: &str, text: &str) -> bool {
    let is_named = ["md", "markdown"].contains(&ending(name).as_str());
    let mut above = "";
    let holds_table = text.lines().any(|line| {
        // The rule has as many cells as the head, or Markdown sees no table.
        let is_ruled = is_rule(line) && cells_written(above) == cells_written(line);
        above = line;
        is_ruled
    });
    holds_table || is_named && !text.contains('\t')
}

/// Whether a line parts the head of a table from its rows, as in `|---|:--:|`.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let mut cells = line.trim_matches('|').split('|');
    line.contains('|')
        && cells.all(|cell| {
            let dashes = cell.trim();
            let dashes = dashes.strip_prefix(':').unwrap_or(dashes);
            let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
            !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
        })
}

/// Reads the text of a file of that name.
pub(super) fn read(file: &str, text: &str) -> Result<Document, Refusal> {
    if text.len() > MARKDOWN_MAX {
        return Err(Refusal::TooFull { file: file.to_owned() });
    }
    let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at);
    let mut reading = Reading {
        gathering: Gathering::of(file),
        text,
        breaks: breaks.collect(),
        words: String::new(),
        line: 1,
        cells: Vec::new(),
        width: 0,
        in_table: false,
        items: Vec::new(),
    };
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reading.take(event, range)?;
    }
    reading.end_line()?;
    reading.gathering.finish()
}

/// A text while it is read.
struct Reading<'a> {
    gathering: Gathering,
    text: &'a str,
    /// Where its lines end.
    breaks: Vec<usize>,
    /// The words of the line or cell so far, and the line it began on.
    words: String,
    line: usize,
    /// The cells of the row so far.
    cells: Vec<Cell>,
    /// How many columns the table's head has.
    width: usize,
    in_table: bool,
    /// The lists that are open, with the number of the next item where they are numbered.
    items: Vec<Option<u64>>,
}

impl Reading<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), Refusal> {
        match event {
            Event::Start(tag) => self.start(&tag, range)?,
            Event::End(tag) => self.end(tag, range)?,
            Event::Text(words) | Event::Code(words) => {
                if self.words.is_empty() {
                    self.line = self.line_at(range.start);
                }
                self.add(&words)?;
            }
            Event::InlineHtml(tag) if is_break(&tag) => self.words.push('\n'),
            Event::SoftBreak | Event::HardBreak => {
                self.end_line()?;
                self.line = self.line_at(range.end);
            }
            _ => {}
        }
        Ok(())
    }

    /// Adds words; a block of code has its line breaks among them.
    fn add(&mut self, words: &str) -> Result<(), Refusal> {
        for piece in words.split_inclusive('\n') {
            self.words.push_str(piece);
            if !self.in_table && piece.ends_with('\n') {
                self.end_line()?;
                self.line += 1;
            }
        }
        Ok(())
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) -> Result<(), Refusal> {
        match tag {
            Tag::Table(alignments) => {
                self.end_line()?;
                self.in_table = true;
                self.width = alignments.len();
            }
            Tag::HtmlBlock => {
                let source = self.text.get(range.clone()).unwrap_or_default();
                if !source.trim_start().starts_with("<!--") {
                    let line = self.line_at(range.start);
                    self.gathering
                        .doubt(format!("From line {line} on there is HTML, which is not read."));
                }
            }
            Tag::TableHead | Tag::TableRow => self.line = self.line_at(range.start),
            Tag::List(first) => {
                self.end_line()?;
                self.items.push(*first);
            }
            Tag::Item => {
                self.end_line()?;
                self.line = self.line_at(range.start);
                if let Some(Some(number)) = self.items.last_mut() {
                    self.words = format!("{number}. ");
                    *number = number.saturating_add(1);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) -> Result<(), Refusal> {
        match tag {
            TagEnd::TableCell => {
                let words = std::mem::take(&mut self.words);
                self.cells.push(words.into());
            }
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(range)?,
            TagEnd::Table => {
                self.in_table = false;
                self.gathering.end_table();
            }
            TagEnd::List(_) => {
                self.end_line()?;
                self.items.pop();
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock => {
                self.end_line()?;
            }
            _ => {}
        }
        Ok(())
    }

    fn end_row(&mut self, range: Range<usize>) -> Result<(), Refusal> {
        let mut cells = std::mem::take(&mut self.cells);
        let source = self.text.get(range.clone()).unwrap_or_default().lines().next();
        let written = source.map_or(0, cells_written);
        // Markdown drops what stands beyond the head's columns; nothing is dropped unsaid.
        if let Some(last) = cells.last_mut().filter(|_| written > self.width) {
            let width = self.width;
            last.doubt = format!(
                "The row has {written} cells and the table {width} columns; the rest is not read. \
                 Write \\| for a bar that belongs to the words."
            );
        }
        let line = self.line_at(range.start);
        self.gathering.row(Place::line(line), cells)
    }

    fn end_line(&mut self) -> Result<(), Refusal> {
        if self.in_table {
            return Ok(());
        }
        let words = std::mem::take(&mut self.words);
        self.gathering.line(&Place::line(self.line), &words)
    }

    fn line_at(&self, offset: usize) -> usize {
        self.breaks.partition_point(|at| *at < offset) + 1
    }
}

/// How many cells a row is written with.
fn cells_written(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let (mut bars, mut is_escaped, mut ends_in_bar) = (0, false, false);
    for letter in row.chars() {
        ends_in_bar = letter == '|' && !is_escaped;
        bars += usize::from(ends_in_bar);
        is_escaped = letter == '\\' && !is_escaped;
    }
    bars + usize::from(!ends_in_bar)
}

fn is_break(tag: &str) -> bool {
    let name = tag.trim_matches(['<', '>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::document::Part;
    use crate::files::read::sample;

    fn shown(text: &str) -> String {
        sample::shown(&read("plan.md", text).expect("it is read"))
    }

    #[test]
    fn headings_paragraphs_and_tables_stand_in_order() {
        let text = "# Improvement *Area* 1\n\nThis ensures\noversight.\n\n\
            | No | Activities | Lead |\n|----|:----------|------|\n\
            | 1. | Sessions, **in** a `week`<br>and more | CP\\|ED |\n| 2. | | |\n\nThe [end](x).\n";
        insta::assert_snapshot!(shown(text), @r#"
        line 1: Improvement Area 1
        line 3: This ensures
        line 4: oversight.
        line 6: "No" "Activities" "Lead"
        line 8: "1." "Sessions, in a week\nand more" "CP|ED"
        line 9: "2."
        line 11: The end.
        "#);
    }

    #[test]
    fn numbers_of_lists_are_words_too() {
        let text = "3. Review\n4. Report\n   - at once\n\n```\na | b\nc\n```\n";
        insta::assert_snapshot!(shown(text), @"
        line 1: 3. Review
        line 2: 4. Report
        line 3: at once
        line 6: a | b
        line 7: c
        ");
    }

    #[test]
    fn a_table_is_markdown_under_any_name() {
        let check = |name, text, expected| assert_eq!(is_markdown(name, text), expected, "{text}");
        check("plan.txt", "| a | b |\n|---|---|\n| 1 | 2 |", true);
        check("plan.txt", "a | b\n:-- | --:\n1 | 2", true);
        check("plan.txt", "a|b\n1|2\n--|", false);
        check("plan.txt", "a\n---\nb", false);
        check("PLAN.MD", "a", true);
        check("plan.md", "a\tb", false);
    }

    #[test]
    fn what_is_not_read_is_said() {
        let text = "Words\n\n<!-- a note -->\n\n<div>\nlost\n</div>\n";
        let document = read("plan.md", text).expect("it is read");
        assert_eq!(document.doubts, ["From line 5 on there is HTML, which is not read."]);
    }

    #[test]
    fn a_cell_beyond_the_heads_is_said() {
        let text = "| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| \\| | x |\n";
        let document = read("plan.md", text).expect("it is read");
        let Part::Table(table) = &document.parts[0] else { panic!("it is a table") };
        let doubt = |row: usize| table.rows[row].cells.last().map_or("", |cell| &cell.doubt);
        assert!(
            doubt(1).starts_with("The row has 3 cells and the table 2 columns"),
            "{}",
            doubt(1)
        );
        assert_eq!([doubt(0), doubt(2)], ["", ""]);
    }
}
