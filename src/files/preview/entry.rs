//! Rows become actions: which rows begin one, which go on with it, and what number it has.

use std::collections::BTreeMap;

use crate::files::document::Place;
use crate::files::document::Unit;
use crate::files::preview::Doubt;
use crate::files::preview::heading::Field;
use crate::files::preview::number::Numbered;
use crate::files::preview::row::Draft;

/// One action as its rows give it, its words not understood yet.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) at: Place,
    /// The area it stands in; none where nothing says so.
    pub(super) area: Option<u32>,
    pub(super) number: Number,
    /// How long the part of each field was that stood on its last row.
    tails: BTreeMap<Field, usize>,
    pub(super) words: BTreeMap<Field, String>,
    pub(super) notes: Vec<(String, String)>,
    pub(super) doubts: Vec<Doubt>,
}

/// The number of an action within its area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// As printed, with its area's where that is printed with it.
    Printed { area: Option<u32>, number: u32, turn: u32 },
    /// By its place; what stands where the number should is kept.
    Placed { area: Option<u32>, number: u32, printed: String },
}

impl Number {
    /// Whether anything is printed for it, though it may be no number.
    pub(super) fn is_printed(&self) -> bool {
        !matches!(self, Self::Placed { printed, .. } if printed.is_empty())
    }

    /// Which turn of what comes round again.
    pub(super) fn turn(&self) -> u32 {
        match self {
            Self::Printed { turn, .. } => *turn,
            Self::Placed { .. } => 1,
        }
    }

    pub(super) fn value(&self) -> u32 {
        match self {
            Self::Printed { number, .. } | Self::Placed { number, .. } => *number,
        }
    }
}

/// The last number given in each area so far.
pub(super) type Last = BTreeMap<Option<u32>, u32>;

/// Adds the actions that the rows of one table make, in order. `area` is the one it stands in. Its
/// first rows may go on with the last action of the table before; those that go on with none are
/// given back.
pub(super) fn add(
    entries: &mut Vec<Entry>,
    drafts: Vec<Draft>,
    area: Option<u32>,
    last: &mut Last,
) -> Vec<Draft> {
    let widths = widths(&drafts);
    let starts = starts(&drafts, area, last);
    let mut left = Vec::new();
    let mut is_open = entries.last().is_some_and(|before| before.area == area);
    let mut rows = 0;
    let mut giving = false;
    for (mut draft, start) in drafts.into_iter().zip(starts) {
        if let Some(number) = start {
            let before = entries.last_mut();
            giving = rows > 1 && give_back(before, &mut draft, &widths);
            fill_merged(entries.last(), &mut draft);
            rows = 1;
            is_open = true;
            entries.push(Entry::begin(draft, area, number));
            continue;
        }
        if !is_open {
            left.push(draft);
            continue;
        }
        rows += 1;
        let before = entries.len().checked_sub(2).and_then(|at| entries.get_mut(at));
        giving = giving && give_back(before, &mut draft, &widths);
        if let Some(entry) = entries.last_mut() {
            entry.go_on(draft, &widths);
        }
    }
    left
}

impl Entry {
    fn begin(draft: Draft, area: Option<u32>, number: Number) -> Self {
        let mut entry = Self {
            at: draft.at,
            area: draft.area.or(area),
            number,
            tails: BTreeMap::new(),
            words: draft.words,
            notes: draft.notes,
            doubts: draft.doubts,
        };
        entry.tails = lengths(&entry.words);
        entry
    }

    fn go_on(&mut self, draft: Draft, widths: &BTreeMap<Field, usize>) {
        let tails = lengths(&draft.words);
        for (field, words) in &draft.words {
            if !words.is_empty() && *field != Field::Number && *field != Field::Area {
                self.append(*field, words, widths);
            }
        }
        self.tails = tails;
        if !draft.not_a_number.is_empty() {
            self.notes.push(("No.".to_owned(), draft.not_a_number));
        }
        self.notes.extend(draft.notes);
        self.doubts.extend(draft.doubts);
    }

    fn append(&mut self, field: Field, words: &str, widths: &BTreeMap<Field, usize>) {
        let is_one_text = match field {
            Field::Title => true,
            Field::Update => self.runs_on(field, words, widths),
            _ => false,
        };
        let said = self.words.entry(field).or_default();
        // A word that was parted at the end of a wrapped line goes on at once.
        let is_parted = is_one_text
            && !widths.is_empty()
            && words.starts_with(char::is_lowercase)
            && said.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_alphabetic));
        if !said.is_empty() && !is_parted {
            said.push(if is_one_text { ' ' } else { '\n' });
        }
        said.push_str(words);
    }

    /// Whether words go on with the sentence on the row just above: it has not ended, and either
    /// they begin in the middle or that row had no room for their first word.
    fn runs_on(&self, field: Field, words: &str, widths: &BTreeMap<Field, usize>) -> bool {
        let said = self.words.get(&field).map_or("", String::as_str);
        let Some(tail) = self.tails.get(&field) else { return false };
        let has_ended = said.ends_with(['.', '!', '?', ':', ';']);
        let goes_on = words.starts_with(char::is_lowercase);
        let first = words.split_whitespace().next().unwrap_or_default().chars().count();
        let was_full = widths.get(&field).is_some_and(|width| tail + 1 + first > *width);
        !has_ended && (goes_on || was_full)
    }
}

/// How long the words of each field are, in characters, where there are any.
fn lengths(words: &BTreeMap<Field, String>) -> BTreeMap<Field, usize> {
    let filled = words.iter().filter(|(_, words)| !words.is_empty());
    filled.map(|(field, words)| (*field, words.chars().count())).collect()
}

/// For each row the number of the action that begins there; none where it goes on.
fn starts(drafts: &[Draft], area: Option<u32>, last: &mut Last) -> Vec<Option<Number>> {
    let mut starts = vec![None; drafts.len()];
    let mut at = 0;
    // Where nothing else says so, a row stands in the area of the numbers above it.
    let mut above = None;
    while at < drafts.len() {
        let area_of = |draft: &Draft| {
            draft.number.and_then(|number| number.area).or(draft.area).or(area).or(above)
        };
        let here = area_of(&drafts[at]);
        let numbered = |draft: &Draft| draft.number.filter(|_| !draft.goes_on);
        if let Some(number) = numbered(&drafts[at]) {
            let Numbered { area, number, turn } = number;
            starts[at] = Some(Number::Printed { area, number, turn });
            last.insert(here, number);
            above = here;
            at += 1;
            continue;
        }
        let is_run = |draft: &&Draft| numbered(draft).is_none() && area_of(draft) == here;
        let run = drafts[at..].iter().take_while(is_run).count().max(1);
        let next = drafts.get(at + run).filter(|draft| area_of(draft) == here);
        let next = next.and_then(numbered).map(|number| number.number);
        let before = last.get(&here).copied().unwrap_or(0);
        let gap = next.map(|next| usize::try_from(next.saturating_sub(before + 1)).unwrap_or(0));
        let mut number = before;
        for place in chosen(&drafts[at..at + run], gap, at == 0) {
            number += 1;
            let printed = drafts[at + place].not_a_number.clone();
            starts[at + place] = Some(Number::Placed { area: here, number, printed });
        }
        last.insert(here, number);
        at += run;
    }
    starts
}

/// Which rows of a run without numbers begin an action. `gap` is how many numbers are missing
/// between the printed ones around it, where that can be told.
fn chosen(run: &[Draft], gap: Option<usize>, is_first: bool) -> Vec<usize> {
    let candidates: Vec<usize> = (0..run.len())
        .filter(|place| !run[*place].goes_on && !run[*place].field(Field::Title).is_empty())
        .collect();
    let Some(gap) = gap else {
        let is_wrapped = run.iter().any(|draft| draft.at.unit == Unit::Line);
        let begins = |place: &usize| {
            let draft = &run[*place];
            let begins = draft.looks_new() || !is_wrapped && !draft.is_rest_of_a_sentence();
            begins || is_first && *place == 0
        };
        return candidates.into_iter().filter(begins).collect();
    };
    if candidates.len() <= gap {
        return candidates;
    }
    // The first row of a run begins something if anything does; then those that look it most.
    let likely = |place: &usize| {
        let draft = &run[*place];
        (*place == candidates[0], draft.looks_new(), draft.begins_with_a_capital())
    };
    let mut ranked = candidates.clone();
    ranked.sort_by_key(|place| std::cmp::Reverse(likely(place)));
    ranked.truncate(gap);
    ranked.sort_unstable();
    ranked
}

/// A text that was wrapped over lines runs on past the line on which the next action begins: that
/// line's part belongs to the action before. Whether it did.
fn give_back(
    before: Option<&mut Entry>,
    draft: &mut Draft,
    widths: &BTreeMap<Field, usize>,
) -> bool {
    let field = Field::Update;
    let words = draft.field(field).to_owned();
    let Some(before) = before.filter(|before| before.runs_on(field, &words, widths)) else {
        return false;
    };
    if words.is_empty() {
        return false;
    }
    before.append(field, &words, widths);
    before.tails = BTreeMap::from([(field, words.chars().count())]);
    draft.words.insert(field, String::new());
    true
}

/// A cell that is one with the cell above holds for both their rows.
fn fill_merged(before: Option<&Entry>, draft: &mut Draft) {
    let Some(before) = before else { return };
    for field in std::mem::take(&mut draft.merged) {
        if let Some(words) = before.words.get(&field) {
            draft.words.insert(field, words.clone());
        }
    }
}

/// How long the longest line of each field is, in characters: where lines were wrapped.
fn widths(drafts: &[Draft]) -> BTreeMap<Field, usize> {
    let mut widths: BTreeMap<Field, usize> = BTreeMap::new();
    for draft in drafts.iter().filter(|draft| draft.at.unit == Unit::Line) {
        for (field, length) in lengths(&draft.words) {
            let width = widths.entry(field).or_default();
            *width = (*width).max(length);
        }
    }
    widths
}
