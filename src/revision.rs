//! How a plan changes when it is printed anew: what the print says against what is recorded.

pub mod edit;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use strsim::normalized_damerau_levenshtein;

use crate::action::Action;
use crate::action::ActionId;
use crate::action::Lead;
use crate::action::Note;
use crate::action::Printed;
use crate::action::Ref;
use crate::action::Standing;
use crate::action::Status;
use crate::date::Target;
use crate::plan::Area;
use crate::plan::PrintedArea;

/// The number of an import in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImportId(pub i64);

/// A file that somebody had read as a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its number in the record.
    pub id: ImportId,
    /// The letters of the plan it was read as.
    pub plan: String,
    /// The file's name.
    pub file_name: String,
    /// The file; empty once it is cancelled.
    pub bytes: Vec<u8>,
    /// What was answered to the doubts about it, one answer a line.
    pub answers: String,
    /// What somebody was last shown that it would change, a line for each change.
    pub shown: String,
    /// How far it has come.
    pub state: ImportState,
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportState {
    /// It was shown, and nothing is changed yet.
    Waiting,
    /// The plan has become what it says.
    Applied,
    /// It was put aside.
    Cancelled,
}

/// What is recorded of a plan, as a print is compared with it.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'a> {
    /// Its areas.
    pub areas: &'a [Area],
    /// Its actions.
    pub actions: &'a [Action],
    /// All that was ever said about each.
    pub said: &'a BTreeMap<Ref, Vec<String>>,
    /// What is noted of each under headings of the plan's own.
    pub notes: &'a BTreeMap<Ref, Vec<Note>>,
}

/// What a print changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// The areas that are new.
    pub areas: Vec<PrintedArea>,
    /// The changes, in the order of the refs, those of one action together.
    pub changes: Vec<Change>,
    /// How many actions stay as they are.
    pub unchanged: usize,
    /// Those that are complete and signed off, and read otherwise in the print: history stays.
    pub settled: Vec<Ref>,
}

/// One change to one action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The action.
    pub reference: Ref,
    /// Its number in the record; none for one that is new.
    pub action: Option<ActionId>,
    /// What becomes of it.
    pub what: What,
}

/// What becomes of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It is new.
    Added(Box<Printed>),
    /// It is promised again, having been withdrawn.
    Restored,
    /// It is called otherwise.
    Reworded {
        /// How it was called.
        before: String,
        /// How it is called now.
        after: String,
    },
    /// It is due at another time.
    Redated {
        /// When it was due.
        before: Target,
        /// When it is due now.
        after: Target,
    },
    /// Somebody else answers for it.
    Reled {
        /// Who did.
        before: Vec<Lead>,
        /// Who does now.
        after: Vec<Lead>,
    },
    /// It has other themes.
    Retagged {
        /// The themes it had.
        before: Vec<String>,
        /// The themes it has now.
        after: Vec<String>,
    },
    /// Something was said that the record does not have, or it goes otherwise.
    Said {
        /// The words.
        text: String,
        /// How it went.
        before: Status,
        /// How it goes now.
        after: Status,
    },
    /// The plan says something else under a heading of its own.
    Noted(Note),
    /// The print leaves it out.
    Dropped {
        /// How it is called.
        title: String,
    },
}

/// A print with the turns that it means: one that says none means the last there is of what comes
/// round again, unless the print has that, too.
fn in_turn(printed: &[Printed], recorded: &[Action]) -> Vec<Printed> {
    let given: BTreeSet<&Ref> = printed.iter().map(|print| &print.reference).collect();
    let last = |print: &Printed| {
        let Ref { plan, area, number, turn } = &print.reference;
        let of_plan = recorded.iter().map(|action| &action.reference).filter(|r| r.plan == *plan);
        let last = Ref::numbered(of_plan, (*area, *number), None).pop()?;
        (*turn == 1 && !given.contains(last)).then(|| last.clone())
    };
    let meant = |print: &Printed| Printed {
        reference: last(print).unwrap_or_else(|| print.reference.clone()),
        ..print.clone()
    };
    printed.iter().map(meant).collect()
}

impl Revision {
    /// What a print changes in what is recorded.
    pub fn between(areas: &[PrintedArea], printed: &[Printed], recorded: Recorded<'_>) -> Self {
        let known: BTreeSet<u32> = recorded.areas.iter().map(|area| area.number).collect();
        let mut revision = Self {
            areas: areas.iter().filter(|area| !known.contains(&area.number)).cloned().collect(),
            ..Self::default()
        };
        let actions: BTreeMap<&Ref, &Action> =
            recorded.actions.iter().map(|action| (&action.reference, action)).collect();
        let printed = in_turn(printed, recorded.actions);
        for print in &printed {
            match actions.get(&print.reference) {
                Some(action) => revision.compare(print, action, recorded),
                None => revision.changes.push(Change {
                    reference: print.reference.clone(),
                    action: None,
                    what: What::Added(Box::new(print.clone())),
                }),
            }
        }
        let printed: BTreeSet<&Ref> = printed.iter().map(|print| &print.reference).collect();
        // What is finished or withdrawn is history: a plan may leave it out.
        let open = recorded.actions.iter().filter(|action| action.standing == Standing::Open);
        for action in open.filter(|action| !printed.contains(&action.reference)) {
            revision.change(action, What::Dropped { title: action.title.clone() });
        }
        revision.changes.sort_by(|one, other| one.reference.cmp(&other.reference));
        revision
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty() && self.changes.is_empty()
    }

    /// The changes without those that drop an action.
    #[must_use]
    pub fn keeping_dropped(mut self) -> Self {
        self.changes.retain(|change| !matches!(change.what, What::Dropped { .. }));
        self
    }

    /// How many actions it drops.
    pub fn dropped_count(&self) -> usize {
        let is_dropped = |change: &&Change| matches!(change.what, What::Dropped { .. });
        self.changes.iter().filter(is_dropped).count()
    }

    fn change(&mut self, action: &Action, what: What) {
        let reference = action.reference.clone();
        self.changes.push(Change { reference, action: Some(action.id), what });
    }

    fn compare(&mut self, print: &Printed, action: &Action, recorded: Recorded<'_>) {
        let found = differences(print, action, recorded);
        if found.is_empty() {
            self.unchanged += 1;
        } else if action.standing == Standing::SignedOff {
            self.settled.push(action.reference.clone());
        } else {
            for what in found {
                self.change(action, what);
            }
        }
    }
}

/// In what a print differs from what is recorded of one action.
fn differences(print: &Printed, action: &Action, recorded: Recorded<'_>) -> Vec<What> {
    let mut found = Vec::new();
    if action.standing == Standing::Withdrawn {
        found.push(What::Restored);
    }
    if !same_title(&print.title, &action.title) {
        found.push(What::Reworded { before: action.title.clone(), after: print.title.clone() });
    }
    if let Some(after) = print.target.as_ref().filter(|after| !same_target(after, &action.target)) {
        found.push(What::Redated { before: action.target.clone(), after: after.clone() });
    }
    if let Some(after) = print.leads.as_ref().filter(|after| !same_leads(after, &action.leads)) {
        found.push(What::Reled { before: action.leads.clone(), after: after.clone() });
    }
    if let Some(after) = print.themes.as_ref().filter(|after| **after != action.themes) {
        found.push(What::Retagged { before: action.themes.clone(), after: after.clone() });
    }
    found.extend(said(print, action, recorded));
    let noted = recorded.notes.get(&action.reference).map(Vec::as_slice).unwrap_or_default();
    let is_new = |note: &&Note| {
        let same =
            |known: &Note| known.heading == note.heading && same_words(&known.text, &note.text);
        !noted.iter().any(same)
    };
    found.extend(print.notes.iter().filter(is_new).cloned().map(What::Noted));
    found
}

/// What a print says that was never said, or another status. A status that changes without words
/// is told in the print's own word for it.
fn said(print: &Printed, action: &Action, recorded: Recorded<'_>) -> Option<What> {
    let known = recorded.said.get(&action.reference).map(Vec::as_slice).unwrap_or_default();
    let is_new = |text: &&String| !known.iter().any(|known| same_words(known, text));
    let text = print.update.as_ref().filter(is_new);
    let after = print.status.unwrap_or(action.status);
    let text = match text {
        Some(text) => text.clone(),
        None if after == action.status => return None,
        None => after.words().to_owned(),
    };
    Some(What::Said { text, before: action.status, after })
}

/// Whether two targets mean the same days; where either means none, whether they read the same.
fn same_target(one: &Target, other: &Target) -> bool {
    match (one.window(), other.window()) {
        (Some(one), Some(other)) => one == other,
        (None, None) => same_words(one.words(), other.words()),
        _ => false,
    }
}

/// Whether two lists of leads mean the same bodies in the same order.
fn same_leads(one: &[Lead], other: &[Lead]) -> bool {
    let same = |(one, other): (&Lead, &Lead)| {
        one.bodies == other.bodies
            && (!one.bodies.is_empty() || same_words(&one.printed, &other.printed))
    };
    one.len() == other.len() && one.iter().zip(other).all(same)
}

/// Whether two titles read the same: the mark of a list before them aside, too.
fn same_title(one: &str, other: &str) -> bool {
    let plain = |title: &'_ str| -> String {
        title.trim_start_matches(|letter: char| !letter.is_alphanumeric()).to_owned()
    };
    same_words(&plain(one), &plain(other))
}

/// Whether words read the same: how they are spaced and broken into lines aside, and what no
/// format can carry, such as control characters.
pub fn same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let carried = |letter: &char| {
            letter.is_whitespace()
                || !(letter.is_control() || *letter >= '\u{FFFD}' && *letter <= '\u{FFFF}')
        };
        let text: String = text.chars().filter(carried).collect();
        text.split_whitespace().map(str::to_owned).collect()
    };
    one == other || words(one) == words(other)
}

/// Whether a title is so unlike the one recorded that it may be another action under an old ref.
pub fn is_another(before: &str, after: &str) -> bool {
    /// Rewordings keep more of the words than this; other work keeps less.
    const ALIKE: f64 = 0.35;
    let words = |text: &str| -> BTreeSet<String> {
        let lower = text.to_lowercase();
        let words = lower.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|word| word.len() > 3).map(str::to_owned).collect()
    };
    let (one, other) = (words(before), words(after));
    let shared = one.intersection(&other).count();
    shared == 0
        && normalized_damerau_levenshtein(&before.to_lowercase(), &after.to_lowercase()) < ALIKE
}
