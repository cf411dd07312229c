//! A file read as a plan: its actions, and what is doubtful about each, before anything is recorded.
//!
//! Every format gives the same [`Document`]. Its tables are taken apart column by column
//! (`columns`) and row by row (`row`), rows become actions (`entry`), and their words are
//! understood (`action`). Nothing is guessed silently: what was made of unclear words is a doubt,
//! which somebody can answer (`answer`), and what is left out is listed with the reason.

pub mod answer;
pub mod heading;
pub mod json;

mod action;
mod area;
mod between;
mod columns;
mod entry;
pub mod lead;
mod number;
mod own;
mod record;
mod row;
mod scheme;
mod walk;

use std::collections::BTreeMap;

use thiserror::Error;

use crate::action::Printed;
use crate::action::Ref;
use crate::body::Bodies;
use crate::date::Target;
use crate::date::Window;
use crate::files::document::Document;
use crate::files::document::Place;
use crate::files::document::one_line;
use crate::files::preview::action::LeadsRead;
use crate::files::preview::action::Understanding;
use crate::files::preview::action::name_neighbours;
use crate::files::preview::answer::Answers;
use crate::files::preview::entry::Entry;
use crate::files::preview::entry::Number;
use crate::files::preview::heading::Field;
use crate::files::preview::walk::Walk;
use crate::meeting::Calendar;
use crate::plan::PrintedArea;

/// What the partnership knows, against which a file is read.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The letters that the plan's refs begin with.
    pub plan: &'a str,
    /// The bodies that leads can be.
    pub bodies: &'a Bodies,
    /// The themes that actions can have.
    pub themes: &'a [String],
    /// The meetings that targets can name.
    pub calendar: &'a Calendar,
    /// What somebody answered to the doubts.
    pub answers: &'a Answers,
}

/// What a file holds, before anything is recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// The areas, in the order of their numbers.
    pub areas: Vec<PrintedArea>,
    /// The actions, in the file's order.
    pub actions: Vec<Read>,
    /// What is not certain about the file as a whole, as sentences.
    pub doubts: Vec<String>,
    /// What is left out.
    pub ignored: Vec<Ignored>,
    /// The time of which its updates tell, as a heading says.
    pub reported: Option<Window>,
    /// Whether some of its updates do not say of when they are.
    pub has_undated_updates: bool,
}

/// An action as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Where it begins.
    pub at: Place,
    /// What is printed.
    pub printed: Printed,
    /// What is not certain about it.
    pub doubts: Vec<Doubt>,
}

/// One thing that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// What it is about.
    pub about: Field,
    /// What is not certain and what was made of it, as a sentence.
    pub text: String,
}

/// Something that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// Where it stands.
    pub at: Place,
    /// What stands there, on one line.
    pub text: String,
    /// Why it is left out, as a sentence.
    pub why: String,
}

/// Why a file is no plan; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// There is no action in it.
    #[error(
        "{file}: I find no actions in it. A plan needs a table with headings such as No, \
         Activities, Lead, Target Date and Update (October 2020), or one record after another with \
         a line for each of these."
    )]
    NoActions {
        /// The file.
        file: String,
    },
}

impl Preview {
    /// How many things a person should look at.
    pub fn doubts_count(&self) -> usize {
        self.doubts.len() + self.actions.iter().map(|read| read.doubts.len()).sum::<usize>()
    }

    /// What to ask about the doubts, one a line, each to be answered after its colon.
    pub fn questions(&self) -> Vec<String> {
        let mut questions = Vec::new();
        if self.has_undated_updates {
            questions.push("updates: [of which month? such as October 2020]".to_owned());
        }
        for read in &self.actions {
            let asked = |doubt: &Doubt| action::question(&read.printed.reference, doubt.about);
            for question in read.doubts.iter().filter_map(asked) {
                if !questions.contains(&question) {
                    questions.push(question);
                }
            }
        }
        questions
    }
}

/// The plan in a file. `progress` is told, now and then, how many actions of how many are read.
pub fn preview(
    document: Document,
    known: Known<'_>,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Preview, Refusal> {
    let file = document.file.clone();
    let walked = Walk::over(document, known);
    let mut making = Making {
        known,
        are_numbered: walked.entries.iter().any(|entry| entry.number.is_printed()),
        has_areas: walked.entries.iter().any(|entry| area_of(entry).is_some()),
        first: BTreeMap::new(),
        preview: Preview {
            areas: walked.areas,
            doubts: walked.doubts,
            ignored: walked.ignored,
            reported: walked.reported,
            has_undated_updates: !walked.undated.is_empty(),
            ..Preview::default()
        },
    };
    let count = walked.entries.len();
    let mut seen = LeadsRead::new();
    for (done, entry) in walked.entries.into_iter().enumerate() {
        /// Often enough to be seen to move, seldom enough to cost nothing.
        const EVERY: usize = 500;
        if done % EVERY == 0 {
            progress(done, count);
        }
        making.take(entry, &mut seen);
    }
    progress(count, count);
    making.finish(file)
}

/// The area that an entry says it is in.
fn area_of(entry: &Entry) -> Option<u32> {
    match entry.number {
        Number::Printed { area: Some(area), .. } | Number::Placed { area: Some(area), .. } => {
            Some(area)
        }
        _ => entry.area,
    }
}

/// A preview being made.
struct Making<'a> {
    known: Known<'a>,
    /// Whether any number is printed.
    are_numbered: bool,
    /// Whether anything says which area it is in.
    has_areas: bool,
    /// Where each ref was first read.
    first: BTreeMap<Ref, Place>,
    preview: Preview,
}

impl Making<'_> {
    fn take(&mut self, mut entry: Entry, seen: &mut LeadsRead) {
        let read_as = (area_of(&entry).unwrap_or(1), entry.number.value());
        if let Some(words) = self.known.answers.number_for(read_as, &entry.at)
            && let Some(said) = number::number(words, self.known.plan)
        {
            entry.number =
                Number::Printed { area: said.area, number: said.number, turn: said.turn };
        }
        let title = one_line(entry.words.get(&Field::Title).map_or("", String::as_str));
        let area = area_of(&entry);
        if let (Some(of_number), Some(of_row)) = (area, entry.area)
            && of_number != of_row
        {
            let number = entry.number.value();
            let why = format!(
                "Its number {of_number}.{number} belongs to area {of_number}, but it stands in area \
                 {of_row}."
            );
            return self.leave_out(entry.at, title, why);
        }
        // A plan without areas is all one.
        let reference = Ref {
            plan: self.known.plan.to_owned(),
            area: area.unwrap_or(1),
            number: entry.number.value(),
            turn: entry.number.turn(),
        };
        if title.is_empty() {
            let why = format!("{reference} does not say what is to be done.");
            return self.leave_out(entry.at, title, why);
        }
        if let Some(first) = self.first.get(&reference) {
            let why = format!("{reference} stands at {first} already.");
            return self.leave_out(entry.at, title, why);
        }
        self.first.insert(reference.clone(), entry.at.clone());
        let mut read = Understanding::begin(entry, reference, self.known).read(seen);
        if !self.are_numbered {
            read.doubts.retain(|doubt| doubt.about != Field::Number);
        }
        self.preview.actions.push(read);
    }

    fn leave_out(&mut self, at: Place, text: String, why: String) {
        self.preview.ignored.push(Ignored { at, text, why });
    }

    fn finish(mut self, file: String) -> Result<Preview, Refusal> {
        if self.preview.actions.is_empty() {
            return Err(Refusal::NoActions { file });
        }
        if !self.are_numbered {
            let text = "No numbers are printed, so the actions are numbered by their place.";
            self.preview.doubts.push(text.into());
        }
        if !self.has_areas {
            let text = "No areas are printed, so all actions are put in area 1.";
            self.preview.doubts.push(text.into());
        }
        name_neighbours(&mut self.preview.actions, self.known);
        for read in &self.preview.actions {
            let number = read.printed.reference.area;
            if !self.preview.areas.iter().any(|area| area.number == number) {
                self.preview.areas.push(PrintedArea { number, ..PrintedArea::default() });
            }
        }
        self.preview.areas.sort_by_key(|area| area.number);
        if let Some(words) = self.known.answers.of_updates() {
            self.preview.reported = Target::read(words).window();
        }
        Ok(self.preview)
    }
}

#[cfg(test)]
mod tests;
