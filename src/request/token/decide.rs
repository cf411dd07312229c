//! How a new date and a decision stand in a button or form.

use std::collections::BTreeMap;

use super::kept;
use super::number;
use crate::request::Ask;
use crate::request::command::Refusal;
use crate::request::decide::DecideAsk;
use crate::request::decide::Deciding;
use crate::request::decide::Outcome;
use crate::request::decide::RescheduleAsk;

/// The input of the form for a new date that holds the date.
pub const TARGET: &str = "target";
/// The input of the form for a new date that holds the reason.
pub const REASON: &str = "reason";
/// The input of the form for a decision that holds the meeting.
pub const MEETING: &str = "meeting";
/// The input of the form for a decision that holds the minute reference.
pub const MINUTE: &str = "minute_ref";
/// The input of the form for a decision that holds the note.
pub const NOTE: &str = "note";

/// What a button or form keeps of a decision: all but what its form asks for. None for another date,
/// which no button offers.
pub(super) fn parts(verb: &str, ask: &DecideAsk) -> Option<Vec<String>> {
    let (kind, seen) = match &ask.deciding {
        Deciding::SignOff => ("sign-off", None),
        Deciding::Return => ("return", None),
        Deciding::Withdraw => ("withdraw", None),
        Deciding::Extension { target: Some(_), .. } => return None,
        Deciding::Extension { outcome, seen, .. } => (outcome.word(), *seen),
    };
    let seen = seen.map(|seen| seen.to_string()).unwrap_or_default();
    Some(vec![verb.into(), kind.into(), seen, kept(&ask.actions)])
}

pub(super) fn read(
    kind: &str,
    seen: &str,
    actions: String,
    inputs: &BTreeMap<String, String>,
) -> Result<DecideAsk, Refusal> {
    let seen = if seen.is_empty() { None } else { Some(number(seen)?) };
    let deciding = match kind {
        "sign-off" => Deciding::SignOff,
        "return" => Deciding::Return,
        "withdraw" => Deciding::Withdraw,
        word => {
            let outcome = Outcome::from_word(word).ok_or(Refusal::NotAButton)?;
            Deciding::Extension { outcome, target: None, seen }
        }
    };
    let written = |input: &str| {
        let words = inputs.get(input)?.trim();
        (!words.is_empty()).then(|| words.to_owned())
    };
    Ok(DecideAsk {
        deciding,
        actions,
        meeting: written(MEETING),
        minute_ref: written(MINUTE),
        note: written(NOTE),
    })
}

/// A form sent blank has asked for nothing; it does not ask for another form.
pub(super) fn read_date(action: String, inputs: &BTreeMap<String, String>) -> Ask {
    let written = |input: &str| inputs.get(input).map(|words| words.trim().to_owned());
    Ask::Reschedule(RescheduleAsk { action, target: written(TARGET), reason: written(REASON) })
}
