//! One walk over a document: areas open, tables give rows, and what belongs to nothing is noted.

use crate::date::Target;
use crate::date::Window;
use crate::files::document::Document;
use crate::files::document::Line;
use crate::files::document::Part;
use crate::files::document::Place;
use crate::files::document::Row;
use crate::files::document::Table;
use crate::files::preview::Ignored;
use crate::files::preview::Known;
use crate::files::preview::area::describe;
use crate::files::preview::area::is_label;
use crate::files::preview::area::opening;
use crate::files::preview::columns::Columns;
use crate::files::preview::columns::one_line;
use crate::files::preview::entry::Entry;
use crate::files::preview::entry::Last;
use crate::files::preview::entry::entries;
use crate::files::preview::heading::Field;
use crate::files::preview::record::is_a_form;
use crate::files::preview::record::lines_of;
use crate::files::preview::record::records;
use crate::files::preview::row::Draft;
use crate::plan::PrintedArea;

/// What was found on the walk.
pub(super) struct Walk<'a> {
    known: Known<'a>,
    pub(super) areas: Vec<PrintedArea>,
    pub(super) entries: Vec<Entry>,
    pub(super) doubts: Vec<String>,
    pub(super) ignored: Vec<Ignored>,
    /// The time of which its updates tell.
    pub(super) reported: Option<Window>,
    /// Whether some of them do not say of when they are.
    pub(super) has_undated_updates: bool,
    /// The area that is open, and whether a table has stood in it yet.
    area: Option<u32>,
    is_described: bool,
    columns: Option<Columns>,
    last: Last,
    /// Lines that may be records.
    lines: Vec<Line>,
    /// Where tables stand whose updates do not say of when they are.
    undated: Vec<Place>,
    /// Of when the updates of others are, as printed.
    dated: String,
}

impl<'a> Walk<'a> {
    pub(super) fn over(document: Document, known: Known<'a>) -> Self {
        let mut walk = Self {
            known,
            areas: Vec::new(),
            entries: Vec::new(),
            doubts: document.doubts,
            ignored: Vec::new(),
            reported: None,
            has_undated_updates: false,
            area: None,
            is_described: false,
            columns: None,
            last: Last::new(),
            lines: Vec::new(),
            undated: Vec::new(),
            dated: String::new(),
        };
        for part in document.parts {
            match part {
                Part::Line(line) => walk.line(line),
                Part::Table(table) => walk.table(&table),
            }
        }
        walk.read_records();
        walk.doubt_undated();
        walk
    }

    fn line(&mut self, line: Line) {
        if line.text.trim().is_empty() {
            return;
        }
        if self.open_area(&line.text) {
            return;
        }
        let open = self.areas.last_mut().filter(|_| self.area.is_some() && !self.is_described);
        match open {
            Some(area) if self.lines.is_empty() && !is_label(&line.text) => {
                describe(area, &line.text);
            }
            _ => self.lines.push(line),
        }
    }

    /// Opens an area if the words are its heading.
    fn open_area(&mut self, words: &str) -> bool {
        let Some(area) = opening(words) else { return false };
        self.read_records();
        self.area = Some(area.number);
        self.is_described = false;
        match self.areas.iter().position(|known| known.number == area.number) {
            // The same heading again goes on with its area.
            Some(at) => {
                let known = self.areas.remove(at);
                self.is_described = !known.title.is_empty();
                self.areas.push(known);
            }
            None => self.areas.push(area),
        }
        true
    }

    fn table(&mut self, table: &Table) {
        self.is_described = true;
        if is_a_form(table) {
            self.lines.extend(lines_of(&table.rows));
            return;
        }
        self.read_records();
        let before = self.columns.as_ref();
        let columns = Columns::find(table, before, self.known.plan, self.known.bodies);
        let Some(columns) = columns else {
            return self.leave_out_table(table);
        };
        self.doubts.extend(columns.doubts.iter().cloned());
        self.note_time(&columns);
        let mut drafts = Vec::new();
        for (place, row) in table.rows.iter().enumerate() {
            if place + 1 < columns.above {
                if !self.open_area(row.cell(0)) {
                    self.leave_out(row, "It stands above the headings.");
                }
                continue;
            }
            if place + 1 == columns.above {
                continue;
            }
            match HeadingRow::of(row, &columns) {
                HeadingRow::Area => {
                    self.take(std::mem::take(&mut drafts));
                    self.open_area(&first_words(row));
                }
                HeadingRow::Again => self.leave_out(row, "It repeats the headings."),
                HeadingRow::No => {
                    self.name_area(row, &columns);
                    drafts.push(Draft::read(row, &columns, self.known.plan, self.known.bodies));
                }
            }
        }
        if let Some(at) = columns.headed_at.clone().filter(|_| columns.aside.is_empty())
            && drafts.iter().any(|draft| !draft.field(Field::Update).is_empty())
        {
            self.undated.push(at);
        }
        self.take(drafts);
        self.columns = Some(columns);
    }

    /// Makes actions of the rows that stand in the open area. Where a column names the area, it
    /// often does so only in the first row of each.
    fn take(&mut self, mut drafts: Vec<Draft>) {
        let mut above = None;
        for draft in &mut drafts {
            above = draft.area.or(above);
            draft.area = above;
        }
        self.entries.extend(entries(drafts, self.area, &mut self.last));
    }

    /// Notes the title of an area where the column of areas has it.
    fn name_area(&mut self, row: &Row, columns: &Columns) {
        let column = columns.place(Field::Area);
        let area = column.and_then(|column| opening(row.cell(column)));
        let Some(area) = area.filter(|area| !area.title.is_empty()) else { return };
        if !self.areas.iter().any(|known| known.number == area.number) {
            self.areas.push(area);
        }
    }

    fn read_records(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        let (drafts, left) = records(lines);
        let drafts: Vec<Draft> =
            drafts.into_iter().map(|draft| draft.of_record(self.known.plan)).collect();
        if drafts.iter().any(|draft| !draft.field(Field::Update).is_empty()) {
            self.undated.extend(drafts.first().map(|draft| draft.at.clone()));
        }
        self.take(drafts);
        for line in left {
            self.ignored.push(Ignored {
                at: line.at,
                text: one_line(&line.text),
                why: "It stands outside the tables.".into(),
            });
        }
    }

    fn note_time(&mut self, columns: &Columns) {
        if columns.aside.is_empty() {
            return;
        }
        self.dated.clone_from(&columns.aside);
        let window = Target::read(&columns.aside).window();
        self.reported = self.reported.into_iter().chain(window).max_by_key(|window| window.to);
    }

    /// Says where updates do not say of when they are.
    fn doubt_undated(&mut self) {
        if self.known.answers.of_updates().is_some() {
            return;
        }
        for at in std::mem::take(&mut self.undated) {
            let others = match self.dated.as_str() {
                "" => String::new(),
                dated => format!("; others here are of {dated}"),
            };
            self.has_undated_updates = true;
            self.doubts.push(format!("The updates under {at} carry no date{others}."));
        }
    }

    fn leave_out_table(&mut self, table: &Table) {
        for row in &table.rows {
            if !self.open_area(&first_words(row)) {
                self.leave_out(row, "It stands in a table that has no headings of a plan.");
            }
        }
    }

    fn leave_out(&mut self, row: &Row, why: &str) {
        let cells = row.cells.iter().map(|cell| one_line(&cell.text));
        let text = cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" | ");
        self.ignored.push(Ignored { at: row.at.clone(), text, why: why.to_owned() });
    }
}

/// Whether a row heads others.
enum HeadingRow {
    /// It is the heading of an area.
    Area,
    /// It is the headings of the table again.
    Again,
    No,
}

impl HeadingRow {
    fn of(row: &Row, columns: &Columns) -> Self {
        let mut filled = row.cells.iter().filter(|cell| !cell.text.trim().is_empty());
        if let (Some(only), None) = (filled.next(), filled.next())
            && opening(&only.text).is_some()
        {
            return Self::Area;
        }
        if columns.are_again(row) { Self::Again } else { Self::No }
    }
}

/// The words of the first cell that has any.
fn first_words(row: &Row) -> String {
    let filled = row.cells.iter().map(|cell| cell.text.trim()).find(|text| !text.is_empty());
    filled.unwrap_or_default().to_owned()
}
