//! One walk over a document: areas open, tables give rows, and what belongs to nothing is noted.

use std::collections::BTreeSet;

use crate::date::Target;
use crate::date::Window;
use crate::files::document::Document;
use crate::files::document::Line;
use crate::files::document::Part;
use crate::files::document::Place;
use crate::files::document::Row;
use crate::files::document::Table;
use crate::files::document::is_page_number;
use crate::files::document::one_line;
use crate::files::preview::Ignored;
use crate::files::preview::Known;
use crate::files::preview::area::describe;
use crate::files::preview::area::in_column;
use crate::files::preview::area::opening;
use crate::files::preview::between::Between;
use crate::files::preview::between::first_words;
use crate::files::preview::columns::Columns;
use crate::files::preview::entry::Entry;
use crate::files::preview::entry::Last;
use crate::files::preview::entry::add;
use crate::files::preview::heading::Field;
use crate::files::preview::record::form_labels;
use crate::files::preview::record::is_a_form;
use crate::files::preview::record::is_label;
use crate::files::preview::record::lines_of;
use crate::files::preview::record::other_labels;
use crate::files::preview::record::records;
use crate::files::preview::record::upright;
use crate::files::preview::row::Draft;
use crate::files::preview::row::without_continued;
use crate::files::preview::scheme::Schemes;
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
    /// The area that is open, and whether a table has stood in it yet.
    area: Option<u32>,
    is_described: bool,
    /// The areas of which another title has been told.
    retitled: BTreeSet<u32>,
    columns: Option<Columns>,
    last: Last,
    /// Lines that may be records.
    lines: Vec<Line>,
    /// Where tables stand whose updates do not say of when they are.
    pub(super) undated: Vec<Place>,
    /// Of when the updates of others are, as printed.
    dated: String,
    /// Labels in records that are no field's.
    labels: Vec<String>,
    /// How numbers are written that are not such as 2.1.
    schemes: Schemes,
    /// Whether some table is plainly a plan's, so that others need not be.
    is_strict: bool,
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
            area: None,
            is_described: false,
            retitled: BTreeSet::new(),
            columns: None,
            last: Last::new(),
            lines: Vec::new(),
            undated: Vec::new(),
            dated: String::new(),
            labels: other_labels(document.parts.iter().filter_map(|part| match part {
                Part::Line(line) => Some(line),
                Part::Table(_) => None,
            })),
            schemes: Schemes::default(),
            is_strict: document.parts.iter().any(|part| match part {
                Part::Table(table) => Columns::are_plain(table),
                Part::Line(_) => false,
            }),
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
        if is_page_number(&line.text) {
            let why = "It is a page number.".to_owned();
            return self.ignored.push(Ignored { at: line.at, text: one_line(&line.text), why });
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
        let (words, _) = without_continued(words.trim());
        let Some(area) = opening(&words) else { return false };
        self.open(area);
        true
    }

    fn open(&mut self, area: PrintedArea) {
        self.read_records();
        self.area = Some(area.number);
        self.is_described = false;
        match self.areas.iter().position(|known| known.number == area.number) {
            // The same heading again goes on with its area.
            Some(at) => {
                let known = self.areas.remove(at);
                self.is_described = !known.title.is_empty();
                self.areas.push(known);
                self.entitle(area);
            }
            None => self.areas.push(area),
        }
    }

    /// Takes the title of an area that is known by its number, and says where it has another.
    fn entitle(&mut self, area: PrintedArea) {
        let PrintedArea { number, title, .. } = area;
        let known = self.areas.iter_mut().find(|known| known.number == number);
        let Some(known) = known.filter(|_| !title.is_empty()) else { return };
        if known.title.is_empty() {
            known.title = title;
        } else if !begins_with(&known.title, &title) && self.retitled.insert(number) {
            self.doubts.push(format!(
                "Area {number} is called “{}” first and “{title}” later; the first is taken.",
                known.title
            ));
        }
    }

    fn table(&mut self, table: &Table) {
        self.is_described = true;
        if is_a_form(table) {
            self.labels.extend(form_labels(&table.rows));
            self.lines.extend(lines_of(&table.rows));
            return;
        }
        let upright = upright(table);
        let table = upright.as_ref().unwrap_or(table);
        self.read_records();
        let before = self.columns.as_ref();
        let (plan, bodies) = (self.known.plan, self.known.bodies);
        let columns = Columns::find(table, before, self.is_strict, plan, bodies);
        let Some(columns) = columns else {
            return self.leave_out_table(table);
        };
        self.doubts.extend(columns.doubts.iter().cloned());
        self.note_time(&columns);
        let mut drafts = Vec::new();
        let mut is_above = true;
        for (place, row) in table.rows.iter().enumerate() {
            is_above &= columns.headed_at.as_ref() != Some(&row.at);
            if place < columns.above {
                if is_above && !self.open_area(row.cell(0)) {
                    self.leave_out(row, "It stands above the headings.");
                }
                continue;
            }
            match Between::of(row, table.rows.get(place + 1), &columns, plan) {
                Between::Numbered(area) => {
                    self.take(std::mem::take(&mut drafts));
                    self.open(area);
                }
                Between::Alone(why) => self.leave_out(row, why),
                Between::Area => {
                    self.take(std::mem::take(&mut drafts));
                    self.open_area(first_words(row));
                }
                Between::Again => self.leave_out(row, "It repeats the headings."),
                Between::No => {
                    let mut draft = Draft::read(row, &columns, plan, bodies);
                    self.name_area(row, &columns, &mut draft);
                    drafts.push(draft);
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
        let said = self.schemes.renumber(&mut drafts, self.area, &self.last);
        self.doubts.extend(said);
        for draft in add(&mut self.entries, drafts, self.area, &mut self.last) {
            let why = "It goes on with an action that stands nowhere above.".to_owned();
            self.ignored.push(Ignored { text: draft.on_one_line(), at: draft.at, why });
        }
    }

    /// Notes the area that the column of areas names. One without a number is numbered by its place,
    /// unless the action's number says which it is.
    fn name_area(&mut self, row: &Row, columns: &Columns, draft: &mut Draft) {
        let words = columns.place(Field::Area).map_or("", |column| row.cell(column));
        if words.is_empty() {
            return;
        }
        let area = in_column(words).unwrap_or_else(|| {
            let title = one_line(words);
            let known = self.areas.iter().find(|area| area.title == title);
            let of_number = draft.number.and_then(|number| number.area);
            let number = draft.area.or(of_number).or(known.map(|area| area.number));
            let number = number.unwrap_or_else(|| {
                let text = "The areas have no numbers, so they are numbered by their place.";
                if !self.doubts.iter().any(|doubt| doubt == text) {
                    self.doubts.push(text.to_owned());
                }
                self.areas.iter().map(|area| area.number).max().unwrap_or(0) + 1
            });
            let is_number = title.chars().all(|letter| !letter.is_alphabetic());
            let title = if is_number || draft.area.is_some() { String::new() } else { title };
            PrintedArea { number, title, aim: String::new() }
        });
        draft.area = draft.area.or(Some(area.number));
        if self.areas.iter().any(|known| known.number == area.number) {
            self.entitle(area);
        } else if !area.title.is_empty() {
            self.areas.push(area);
        }
    }

    fn read_records(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        let (drafts, left) = records(lines, &self.labels);
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
            self.undated.clear();
        }
        let others = match self.dated.as_str() {
            "" => String::new(),
            dated => format!("; others here are of {dated}"),
        };
        for at in &self.undated {
            self.doubts.push(format!("The updates under {at} carry no date{others}."));
        }
    }

    fn leave_out_table(&mut self, table: &Table) {
        for row in &table.rows {
            if !self.open_area(first_words(row)) {
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

/// Whether a title says, but for letters and marks, what another begins with: lines below a heading
/// are added to its title, and the heading alone may come again.
fn begins_with(title: &str, other: &str) -> bool {
    let plain = |words: &str| {
        let lower = words.to_lowercase();
        let words = lower.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    plain(title).starts_with(&plain(other))
}
