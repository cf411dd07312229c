//! Asking for a new date: what may be asked, and which words mean one.

use chrono::NaiveDate;

use super::Refusal;
use super::fits;
use crate::action::Action;
use crate::action::NewExtension;
use crate::action::Standing;
use crate::action::says_something;
use crate::body::Voice;
use crate::date::Occasion;
use crate::date::Target;

/// The longest reason for a new date, in characters: it stands on a card with the reasons of others.
pub const REASON_MAX: usize = 1_000;

/// Asks for a new date for an action, or why that cannot be. Doubts about the target are its author's
/// to weigh; it is read back to them first.
pub fn ask_for_date(
    action: &Action,
    voice: Voice,
    (target, reason): (&Target, &str),
    today: NaiveDate,
) -> Result<NewExtension, Refusal> {
    let reference = || action.reference.clone();
    may_ask_for_date(action)?;
    let Some(window) = target.window() else {
        return Err(Refusal::NoWindow { why: doubts(target) });
    };
    if window.to < today {
        return Err(Refusal::Past { day: window.to });
    }
    if action.target.window() == Some(window) {
        return Err(due_already(action));
    }
    if action.date_asked().is_some_and(|asked| asked.target.window() == Some(window)) {
        return Err(Refusal::AskedAlready(reference()));
    }
    let reason = reason.trim();
    if !says_something(reason) {
        return Err(Refusal::NoReason(reference()));
    }
    fits(reason, REASON_MAX)?;
    Ok(NewExtension { action: action.id, voice, target: target.clone(), reason: reason.to_owned() })
}

/// Refuses to ask for a new date for work that needs none.
pub fn may_ask_for_date(action: &Action) -> Result<(), Refusal> {
    let reference = action.reference.clone();
    match action.standing {
        Standing::Open if action.awaits_sign_off() => Err(Refusal::AwaitsSignOff(reference)),
        Standing::Open => Ok(()),
        Standing::SignedOff => Err(Refusal::SignedOff(reference)),
        Standing::Withdrawn => Err(Refusal::Withdrawn(reference)),
    }
}

/// The date that words mean beyond doubt, where nobody is asked back.
pub fn read_date(words: &str, occasion: &Occasion<'_>) -> Result<Target, Refusal> {
    let target = Target::read_on(words.trim(), occasion);
    match (target.window(), target.doubts()) {
        (None, _) => Err(Refusal::NoWindow { why: doubts(&target) }),
        (Some(_), []) => Ok(target),
        (Some(_), _) => Err(Refusal::Doubtful { why: doubts(&target) }),
    }
}

pub(super) fn due_already(action: &Action) -> Refusal {
    match action.target.due_on() {
        Some(day) => Refusal::DueAlready { reference: action.reference.clone(), day },
        None => Refusal::NoWindow { why: String::new() },
    }
}

/// The doubts about a target, each a sentence with a space after it.
fn doubts(target: &Target) -> String {
    match (target.doubts(), target.words().trim()) {
        ([], "") => String::new(),
        ([], words) => format!("“{words}” names no date. "),
        (doubts, _) => {
            let sentences: Vec<String> = doubts.iter().map(ToString::to_string).collect();
            format!("{} ", sentences.join(" "))
        }
    }
}
