//! What somebody changes about an action by hand: how it reads, who leads it, its themes.

use thiserror::Error;

use super::What;
use super::same_words;
use crate::action::Action;
use crate::action::Lead;
use crate::action::Ref;
use crate::action::Standing;
use crate::action::says_something;

/// What an action is to become; what is none stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// How it is to read.
    pub title: Option<String>,
    /// Who is to answer for it.
    pub leads: Option<Vec<Lead>>,
    /// Its themes.
    pub themes: Option<Vec<String>>,
}

/// The changes that an edit makes, at least one, or why it makes none.
pub fn edited(action: &Action, edit: &Edit) -> Result<Vec<What>, Refusal> {
    let reference = || action.reference.clone();
    match action.standing {
        Standing::Open => {}
        Standing::SignedOff => return Err(Refusal::Finished(reference())),
        Standing::Withdrawn => return Err(Refusal::Withdrawn(reference())),
    }
    if *edit == Edit::default() {
        return Err(Refusal::NothingSaid);
    }
    let mut changes = Vec::new();
    if let Some(title) = &edit.title {
        readable(title)?;
        if !same_words(title, &action.title) {
            let (before, after) = (action.title.clone(), title.clone());
            changes.push(What::Reworded { before, after });
        }
    }
    if let Some(leads) = edit.leads.as_ref().filter(|leads| **leads != action.leads) {
        changes.push(What::Reled { before: action.leads.clone(), after: leads.clone() });
    }
    if let Some(themes) = edit.themes.as_ref().filter(|themes| **themes != action.themes) {
        changes.push(What::Retagged { before: action.themes.clone(), after: themes.clone() });
    }
    if changes.is_empty() { Err(Refusal::Same(reference())) } else { Ok(changes) }
}

/// Refuses a title that nobody could read.
pub fn readable(title: &str) -> Result<(), Refusal> {
    if says_something(title) { Ok(()) } else { Err(Refusal::NoTitle) }
}

/// Why an action is not changed; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It is complete and signed off.
    #[error(
        "{0} is complete and signed off, so it stays as it was agreed. If there is more to do, add \
         a new action."
    )]
    Finished(Ref),
    /// It was withdrawn.
    #[error("{0} was withdrawn from the plan, so it is not changed any more.")]
    Withdrawn(Ref),
    /// Nothing is said that could change.
    #[error(
        "Say what to change: `title`, `lead` or `theme`. The target is a date that was agreed: \
         whoever leads the action asks for a new one, with a reason."
    )]
    NothingSaid,
    /// It reads so already.
    #[error("{0} reads so already, so nothing was changed.")]
    Same(Ref),
    /// A title without anything to see in it.
    #[error("There was nothing to read in the title. Say in a line what is promised.")]
    NoTitle,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::sample;

    /// What an edit of an action led by the Flourishing DIG, in its standing, comes to.
    #[track_caller]
    fn check(standing: Standing, edit: Edit, expected: Result<&[What], Refusal>) {
        let action = Action { standing, ..sample::action("IP-1.2", "March 2021") };
        assert_eq!(edited(&action, &edit), expected.map(<[What]>::to_vec), "{edit:?}");
    }

    fn titled(title: &str) -> Edit {
        Edit { title: Some(title.into()), ..Edit::default() }
    }

    #[test]
    fn an_edit_says_what_was_before_and_what_is_after() {
        let action = sample::action("IP-1.2", "March 2021");
        let leads = vec![sample::lead("CPEG", &[])];
        let edit = Edit {
            title: Some("Hold sessions".into()),
            leads: Some(leads.clone()),
            themes: Some(vec!["Poverty".into()]),
        };
        let expected = [
            What::Reworded { before: action.title.clone(), after: "Hold sessions".into() },
            What::Reled { before: action.leads.clone(), after: leads },
            What::Retagged { before: Vec::new(), after: vec!["Poverty".into()] },
        ];
        check(Standing::Open, edit, Ok(&expected));
    }

    #[test]
    fn what_is_as_it_was_is_no_change() {
        let same = Refusal::Same("IP-1.2".parse().unwrap());
        check(Standing::Open, titled(" Hold  awareness sessions"), Err(same));
        check(Standing::Open, Edit::default(), Err(Refusal::NothingSaid));
        check(Standing::Open, titled("\u{200B}\u{2800}"), Err(Refusal::NoTitle));
    }

    #[test]
    fn what_is_settled_stays_as_it_was_agreed() {
        let reference: Ref = "IP-1.2".parse().unwrap();
        let finished = Refusal::Finished(reference.clone());
        check(Standing::SignedOff, titled("Other"), Err(finished));
        check(Standing::Withdrawn, titled("Other"), Err(Refusal::Withdrawn(reference)));
    }
}
