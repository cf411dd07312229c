//! The words of one action understood: its leads, target, status and themes, and what is doubtful.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::action::Lead;
use crate::action::Note;
use crate::action::Printed;
use crate::action::Ref;
use crate::action::Status;
use crate::body::same;
use crate::date::Occasion;
use crate::date::Target;
use crate::files::document::one_line;
use crate::files::preview::Doubt;
use crate::files::preview::Known;
use crate::files::preview::Read;
use crate::files::preview::answer::Answer;
use crate::files::preview::entry::Entry;
use crate::files::preview::entry::Number;
use crate::files::preview::heading::Field;
use crate::files::preview::lead::leads;
use crate::files::preview::lead::meant;
use crate::files::preview::lead::split_off;
use crate::files::preview::own::take_off;

/// The leads of each cell read so far: the same few stand in most rows.
pub(super) type LeadsRead = BTreeMap<String, Vec<Lead>>;

/// An action being understood.
pub(super) struct Understanding<'a> {
    known: Known<'a>,
    reference: Ref,
    entry: Entry,
    /// The fields about which somebody has said that there is nothing, or that they are right.
    settled: Vec<Field>,
}

impl<'a> Understanding<'a> {
    /// Takes what somebody answered about the action into account.
    pub(super) fn begin(mut entry: Entry, reference: Ref, known: Known<'a>) -> Self {
        take_off(&mut entry.words);
        let mut settled = Vec::new();
        let fields = [
            Field::Number,
            Field::Title,
            Field::Lead,
            Field::Target,
            Field::Update,
            Field::Status,
            Field::Theme,
        ];
        for field in fields {
            let Ref { area, number, .. } = reference;
            let Some(answer) = known.answers.about(area, number, &entry.at, field) else {
                continue;
            };
            entry.doubts.retain(|doubt| doubt.about != field);
            match answer {
                Answer::Nothing => {
                    settled.push(field);
                    entry.words.insert(field, String::new());
                }
                Answer::Words(words) if field != Field::Number => {
                    entry.words.insert(field, words.to_owned());
                }
                Answer::AsRead | Answer::Words(_) => settled.push(field),
            }
        }
        Self { known, reference, entry, settled }
    }

    /// The action as read. It has a title: the caller has seen to that.
    pub(super) fn read(mut self, seen: &mut LeadsRead) -> Read {
        self.doubt_number();
        let leads = self.has(Field::Lead).then(|| self.leads(seen));
        let target = self.has(Field::Target).then(|| self.target());
        let status = self.status();
        let themes = self.has(Field::Theme).then(|| self.themes());
        let update = self.words(Field::Update);
        let printed = Printed {
            title: one_line(self.words(Field::Title)),
            leads,
            target,
            status,
            themes,
            update: (!update.is_empty()).then(|| update.to_owned()),
            notes: std::mem::take(&mut self.entry.notes)
                .into_iter()
                .map(|(heading, text)| Note { heading, text })
                .collect(),
            reference: self.reference,
        };
        let mut doubts = self.entry.doubts;
        doubts.retain(|doubt| !self.settled.contains(&doubt.about));
        Read { at: self.entry.at, printed, doubts }
    }

    fn has(&self, field: Field) -> bool {
        self.entry.words.contains_key(&field)
    }

    fn words(&self, field: Field) -> &str {
        self.entry.words.get(&field).map_or("", |words| words.trim())
    }

    fn doubt(&mut self, about: Field, text: String) {
        self.entry.doubts.push(Doubt { about, text });
    }

    fn doubt_number(&mut self) {
        let reference = &self.reference;
        let text = match &self.entry.number {
            Number::Printed { .. } => return,
            Number::Placed { printed, .. } if printed.is_empty() => {
                format!("No number is printed; by its place it is {reference}.")
            }
            Number::Placed { printed, .. } => format!(
                "“{}” is not a number such as 2.1; by its place it is {reference}.",
                one_line(printed)
            ),
        };
        self.doubt(Field::Number, text);
    }

    fn leads(&mut self, seen: &mut LeadsRead) -> Vec<Lead> {
        let cell = self.words(Field::Lead).to_owned();
        let bodies = self.known.bodies;
        let read = seen.entry(cell.clone()).or_insert_with(|| leads(&cell, bodies)).clone();
        let is_known = |lead: &Lead| !lead.bodies.is_empty();
        if let [only] = read.as_slice()
            && !is_known(only)
            && let Some(split) = split_off(self.words(Field::Title), &cell, bodies)
        {
            self.doubt(
                Field::Lead,
                format!(
                    "The lead is split: “{}” stands at the end of the action, and “{}” under the \
                     lead. It is read as “{}”.",
                    split.tail,
                    one_line(&cell),
                    split.lead.printed
                ),
            );
            self.entry.words.insert(Field::Title, split.title);
            return vec![split.lead];
        }
        for lead in read.iter().filter(|lead| !is_known(lead)) {
            let mut text =
                format!("It is led by “{}”, which is none of the bodies I know.", lead.printed);
            if let Some(name) = meant(&lead.printed, bodies) {
                let _ = write!(text, " Is {name} meant?");
            }
            self.doubt(Field::Lead, text);
        }
        read
    }

    fn target(&mut self) -> Target {
        let cell = self.words(Field::Target).to_owned();
        let (calendar, bodies) = (self.known.calendar, self.known.bodies);
        let occasion = Occasion {
            written_on: None,
            meeting_in: &|name, month| calendar.meeting_in(bodies, name, month),
            meeting_after: &|name, day| calendar.meeting_after(bodies, name, day),
        };
        let target = Target::read_on(&cell, &occasion);
        if target.is_blank() {
            self.doubt(Field::Target, "No target date is printed.".into());
        }
        for doubt in target.doubts() {
            self.doubt(Field::Target, doubt.to_string());
        }
        target
    }

    fn status(&mut self) -> Option<Status> {
        let cell = self.words(Field::Status).to_owned();
        if cell.is_empty() {
            return None;
        }
        let status = Status::from_words(&cell);
        if status.is_none() {
            let text = format!("I do not know the status “{}”; it is left out.", one_line(&cell));
            self.doubt(Field::Status, text);
        }
        status
    }

    fn themes(&mut self) -> Vec<String> {
        let cell = self.words(Field::Theme).to_owned();
        let mut themes: Vec<String> = Vec::new();
        let printed = cell.split([',', ';', '/', '\n']).map(str::trim);
        for printed in printed.filter(|printed| !printed.is_empty()) {
            match self.known.themes.iter().find(|theme| same(theme, printed)) {
                Some(theme) if themes.contains(theme) => {}
                Some(theme) => themes.push(theme.clone()),
                None => {
                    let text = format!(
                        "The theme “{printed}” is none of the partnership's; it is left out."
                    );
                    self.doubt(Field::Theme, text);
                }
            }
        }
        themes
    }
}

/// Says of each action without a lead who leads those beside it.
pub(super) fn name_neighbours(reads: &mut [Read], known: Known<'_>) {
    /// More names than that are no help.
    const NAMED_MAX: usize = 3;
    let mut of_area: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for printed in reads.iter().map(|read| &read.printed) {
        let names = of_area.entry(printed.reference.area).or_default();
        for lead in printed.leads.iter().flatten() {
            if !names.contains(&lead.printed) {
                names.push(lead.printed.clone());
            }
        }
    }
    for read in reads {
        let Ref { area, number, .. } = read.printed.reference;
        let answer = known.answers.about(area, number, &read.at, Field::Lead);
        let is_blank = read.printed.leads.as_ref().is_some_and(Vec::is_empty);
        if !is_blank || answer.is_some() {
            continue;
        }
        let names = of_area.get(&area).map(Vec::as_slice).unwrap_or_default();
        let text = match names {
            [] => "No lead is printed.".into(),
            names if names.len() > NAMED_MAX => "No lead is printed.".into(),
            [one] => format!("No lead is printed; {one} leads its neighbours. Choose who leads."),
            several => {
                let several = crate::body::both(several);
                format!("No lead is printed; {several} lead its neighbours. Choose who leads.")
            }
        };
        read.doubts.push(Doubt { about: Field::Lead, text });
    }
}

/// What to write in the form that asks about a doubt: `3.1 lead: [who leads it? or “none”]`; none
/// where no answer is taken.
pub(super) fn question(reference: &Ref, about: Field) -> Option<String> {
    let Ref { area, number, .. } = reference;
    let (field, asked) = match about {
        Field::Target => ("date", "due when? or “none”"),
        Field::Number => ("number", "which number?"),
        Field::Title => ("action", "what is promised?"),
        Field::Lead => ("lead", "who leads it? or “none”"),
        Field::Status => ("status", "how is it going?"),
        Field::Theme => ("theme", "which theme? or “none”"),
        Field::Update => ("update", "what has happened?"),
        Field::Area | Field::Computed => return None,
    };
    Some(format!("{area}.{number} {field}: [{asked} or “as read”]"))
}
