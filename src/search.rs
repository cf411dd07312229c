//! Actions by what somebody types: a ref, or words from what is promised.

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use thiserror::Error;

use crate::action::Action;
use crate::action::Ref;
use crate::action::Standing;
use crate::body::BodyId;
use crate::body::both;

/// How alike two words must be to be taken for a typing error, from 0 to 1.
const ALIKE: f64 = 0.88;

/// How many actions are named when words fit several.
const NAMED_MAX: usize = 5;

/// Why words do not name one action; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// No action fits.
    #[error(
        "There is no action \"{0}\" in the plan. Give its number, such as 2.1, \
         or pick one from the list that appears as you type."
    )]
    None(String),
    /// More than one action fits.
    #[error("\"{words}\" could be {}. Which one? Give its number.", both(candidates))]
    Several {
        /// What was typed.
        words: String,
        /// The actions that fit.
        candidates: Vec<String>,
    },
}

/// The one action that words name: by ref, or by words that fit no other.
pub fn one<'a>(actions: &'a [Action], words: &str) -> Result<&'a Action, Refusal> {
    // A ref names what it names: IP-2.1 must never be taken for the only IP-2.10.
    let fitting = by_ref(actions, words)
        .unwrap_or_else(|| actions.iter().filter(|action| fits(action, words)).collect());
    match fitting.as_slice() {
        [only] => Ok(only),
        [] => Err(Refusal::None(words.trim().to_owned())),
        several => Err(Refusal::Several {
            words: words.trim().to_owned(),
            candidates: several.iter().take(NAMED_MAX).map(|action| named(action)).collect(),
        }),
    }
}

/// The actions that what is typed so far may mean: a ref first, then mine, then overdue.
pub fn ranked<'a>(
    actions: &[&'a Action],
    typed: &str,
    mine: &[BodyId],
    today: NaiveDate,
) -> Vec<&'a Action> {
    let mut fitting: Vec<&Action> =
        actions.iter().copied().filter(|action| fits(action, typed)).collect();
    fitting.sort_by_key(|action| {
        let is_mine = mine.iter().any(|body| action.is_led_by(*body));
        let days = action.days_overdue(today).unwrap_or(0);
        (!begins(&action.reference, typed), !is_mine, -days, action.reference.clone())
    });
    fitting
}

/// The actions of a ref, with or without its plan's letters; nothing where words are no ref.
fn by_ref<'a>(actions: &'a [Action], words: &str) -> Option<Vec<&'a Action>> {
    if let Ok(reference) = words.parse::<Ref>() {
        return Some(actions.iter().filter(|action| action.reference == reference).collect());
    }
    let (area, number) = words.trim().split_once('.')?;
    let (number, turn) = match number.split_once('/') {
        Some((number, turn)) => (number, Some(turn.trim().parse().ok()?)),
        None => (number, None),
    };
    let (area, number): (u32, u32) = (area.trim().parse().ok()?, number.trim().parse().ok()?);
    // A turn that was withdrawn is meant only where there is no other.
    let kept = actions.iter().filter(|action| action.standing != Standing::Withdrawn);
    let kept = Ref::numbered(kept.map(|action| &action.reference), (area, number), turn);
    let all =
        || Ref::numbered(actions.iter().map(|action| &action.reference), (area, number), turn);
    let meant = if kept.is_empty() { all() } else { kept };
    Some(actions.iter().filter(|action| meant.contains(&&action.reference)).collect())
}

fn begins(reference: &Ref, typed: &str) -> bool {
    let typed = typed.trim().to_uppercase();
    let whole = reference.to_string();
    let short = format!("{}.{}", reference.area, reference.number);
    !typed.is_empty() && (whole.starts_with(&typed) || short.starts_with(&typed))
}

/// Whether every word typed stands in the action's line, or nearly stands in it.
pub fn fits(action: &Action, typed: &str) -> bool {
    let line = format!("{} {} {}", action.reference, action.title, action.leads_printed());
    let line = line.to_lowercase();
    let known: Vec<&str> = line.split(|letter: char| !letter.is_alphanumeric()).collect();
    typed.to_lowercase().split_whitespace().all(|word| {
        line.contains(word)
            || known.iter().any(|known| {
                known.len() > 3 && word.len() > 3 && strsim::jaro_winkler(known, word) >= ALIKE
            })
    })
}

fn named(action: &Action) -> String {
    format!("{} ({})", action.reference, action.title)
}
