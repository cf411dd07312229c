//! Who truly answers for an action: leads that are vacant, and printed labels that mean no body.

#[cfg(test)]
mod tests;

use thiserror::Error;

use crate::action::Action;
use crate::action::Lead;
use crate::action::Ref;
use crate::action::Standing;
use crate::body::Bodies;
use crate::body::BodyId;

/// How alike two labels must be to be worth a look, from 0 to 1.
const ALIKE: f64 = 0.9;

/// Why nobody answers for an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leaderless<'a> {
    /// It has no lead.
    None,
    /// None of its leads is understood as a body.
    Unknown,
    /// Its accountable lead is vacant.
    Vacant(&'a Lead),
}

impl Action {
    /// Why nobody answers for it, if nobody does. Of several bodies that lead it under one label, one
    /// that is not vacant is enough.
    pub fn leaderless(&self, bodies: &Bodies) -> Option<Leaderless<'_>> {
        if self.leads.is_empty() {
            return Some(Leaderless::None);
        }
        // A label that is no body answers for nothing: the first that is one does.
        let accountable = self.leads.iter().find(|lead| !lead.bodies.is_empty());
        let Some(accountable) = accountable else { return Some(Leaderless::Unknown) };
        bodies.are_vacant(&accountable.bodies).then_some(Leaderless::Vacant(accountable))
    }
}

/// The vacant leads of some actions, in the order of the actions, each with those it is accountable
/// for.
pub fn vacancies<'a>(
    actions: impl IntoIterator<Item = &'a Action>,
    bodies: &Bodies,
) -> Vec<(&'a [BodyId], Vec<&'a Action>)> {
    let mut vacancies: Vec<(&[BodyId], Vec<&Action>)> = Vec::new();
    for action in actions {
        let Some(Leaderless::Vacant(lead)) = action.leaderless(bodies) else { continue };
        match vacancies.iter_mut().find(|(known, _)| *known == lead.bodies) {
            Some((_, actions)) => actions.push(action),
            None => vacancies.push((&lead.bodies, vec![action])),
        }
    }
    vacancies
}

/// A lead as open actions print it, whatever its capitals and marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// As it is printed first.
    pub printed: String,
    /// Each way in which it is printed, with the actions that print it so; the first is
    /// [`Label::printed`].
    pub spellings: Vec<(String, Vec<Ref>)>,
    /// What it is understood to mean everywhere; none where it is understood as no body somewhere.
    pub bodies: Option<Vec<BodyId>>,
}

impl Label {
    /// The actions that have it, each once, in their order.
    pub fn references(&self) -> Vec<Ref> {
        let mut all: Vec<Ref> =
            self.spellings.iter().flat_map(|(_, references)| references.clone()).collect();
        all.sort();
        all.dedup();
        all
    }
}

/// The labels that open actions have as leads, in the order of the actions.
pub fn labels(actions: &[Action]) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    for action in actions.iter().filter(|action| action.standing == Standing::Open) {
        for lead in &action.leads {
            let known = labels.iter_mut().find(|label| is_same(&label.printed, &lead.printed));
            let bodies = (!lead.bodies.is_empty()).then(|| lead.bodies.clone());
            match known {
                Some(label) => {
                    label.add(&lead.printed, &action.reference);
                    label.bodies =
                        label.bodies.take().filter(|known| Some(known) == bodies.as_ref());
                }
                None => labels.push(Label {
                    printed: lead.printed.clone(),
                    spellings: vec![(lead.printed.clone(), vec![action.reference.clone()])],
                    bodies,
                }),
            }
        }
    }
    labels
}

impl Label {
    fn add(&mut self, printed: &str, reference: &Ref) {
        match self.spellings.iter_mut().find(|(spelling, _)| spelling == printed) {
            Some((_, references)) => references.push(reference.clone()),
            None => self.spellings.push((printed.to_owned(), vec![reference.clone()])),
        }
    }
}

/// The labels that are understood as no body, wherever some action has them so.
pub fn unknown_labels(actions: &[Action]) -> Vec<Label> {
    let unknown = |action: &Action| {
        let leads = action.leads.iter().filter(|lead| lead.bodies.is_empty()).cloned();
        Action { leads: leads.collect(), ..action.clone() }
    };
    labels(&actions.iter().map(unknown).collect::<Vec<_>>())
}

/// Other labels that are nearly written as this one, and may be the same with a slip in it.
pub fn like<'a>(label: &str, others: &'a [Label]) -> Vec<&'a Label> {
    let folded = folded(label);
    let is_like = |other: &&Label| {
        let other = self::folded(&other.printed);
        other != folded && strsim::jaro_winkler(&other, &folded) >= ALIKE
    };
    others.iter().filter(is_like).collect()
}

/// Whether two labels are the same to a reader: capitals, marks, "&" for "and" and a leading "the"
/// aside.
pub fn is_same(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

fn folded(label: &str) -> String {
    let label = label.replace('&', " and ").replace(['\'', '’'], "").to_lowercase();
    let words = label.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.skip_while(|word| *word == "the").collect::<Vec<_>>().join(" ")
}

/// Why a label is not understood otherwise; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// No open action has it.
    #[error(
        "No open action has a lead printed as \"{0}\". Pick one from the list that appears as you \
         type; `/lead list` shows them, too."
    )]
    NoSuchLabel(String),
    /// It means that already, everywhere.
    #[error("\"{label}\" means {body} already, so nothing was changed.")]
    LinkedAlready {
        /// The label.
        label: String,
        /// What it means.
        body: String,
    },
    /// It is what a body is called.
    #[error(
        "\"{0}\" is the name of a body, so it cannot mean another. To change who leads one action, \
         edit that action."
    )]
    IsAName(String),
}
