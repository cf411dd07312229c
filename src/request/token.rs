//! The short text in a button or form that says what pressing or sending it asks.
//!
//! The chat keeps it and gives it back, so that a button works after a restart. It is never
//! trusted: it asks, and the desk decides, as for anything typed.

pub mod decide;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::action::Status;
use crate::attention::Attention;
use crate::request::Ask;
use crate::request::AttentionAsk;
use crate::request::Drop;
use crate::request::command::Given;
use crate::request::command::Refusal;
use crate::request::command::named;

/// The input of the update form that holds the words.
pub const TEXT: &str = "text";
/// The input of the update form that holds the status.
pub const STATUS: &str = "status";
/// The input of the update form that holds the day.
pub const HAPPENED: &str = "happened";

/// The input of the form about an import that holds the answers.
pub const ANSWERS: &str = "answers";

/// Discord refuses a button or form whose text is longer, in UTF-16 units as its clients count.
pub const TOKEN_MAX: usize = 100;

/// The text that stands for an ask; none for an ask that no button makes, nor for one whose names
/// are so long that the chat would refuse the button.
pub fn write(ask: &Ask) -> Option<String> {
    let parts = match ask {
        Ask::Update(ask) => {
            let status = ask.status.map_or("", Status::words);
            vec!["update".into(), kept(&ask.action), status.into(), day(ask.happened)]
        }
        Ask::Overdue(ask) => attention("overdue", ask),
        Ask::ShareOverdue(ask) => attention("share", ask),
        Ask::Action { action } => vec!["action".into(), kept(action)],
        Ask::NextMeeting { body } => {
            vec!["meeting".into(), body.as_deref().map(kept).unwrap_or_default()]
        }
        Ask::Reschedule(ask) => vec!["reschedule".into(), kept(&ask.action)],
        Ask::RequestDate { draft } => vec!["ask-date".into(), draft.to_string()],
        Ask::DropDate { draft } => vec!["drop-date".into(), draft.to_string()],
        Ask::Decide(ask) => decide::parts("decide", ask)?,
        Ask::DecideForm(ask) => decide::parts("deciding", ask)?,
        Ask::Undo { update } => vec!["undo".into(), update.to_string()],
        Ask::ApplyImport { import, drop } => {
            vec!["apply".into(), import.to_string(), dropping(*drop).into()]
        }
        Ask::CancelImport { import } => vec!["cancel".into(), import.to_string()],
        Ask::AnswerImport { import, .. } => vec!["answer".into(), import.to_string()],
        _ => return None,
    };
    let token = parts.join("/");
    (token.encode_utf16().count() <= TOKEN_MAX).then_some(token)
}

/// What a button or form asks, given its text and what was written in the form's inputs.
pub fn read(token: &str, inputs: &BTreeMap<String, String>) -> Result<Ask, Refusal> {
    let parts: Vec<&str> = token.split('/').collect();
    match parts.as_slice() {
        ["update", action, status, happened] => {
            let mut given = inputs.clone();
            given.insert("action".into(), given_back(action));
            for (option, value) in [(STATUS, status), (HAPPENED, happened)] {
                if !value.is_empty() {
                    given.entry(option.into()).or_insert_with(|| (*value).into());
                }
            }
            let given = Given { words: given, ..Given::default() };
            let mut ask = (named("update")?.read)(&given)?;
            if let Ask::Update(ask) = &mut ask
                && inputs.contains_key(TEXT)
            {
                // A form sent blank has said nothing; it does not ask for another form.
                ask.text.get_or_insert_default();
            }
            Ok(ask)
        }
        ["overdue", rest @ ..] => read_attention(rest).map(Ask::Overdue),
        ["share", rest @ ..] => read_attention(rest).map(Ask::ShareOverdue),
        ["action", action] => Ok(Ask::Action { action: given_back(action) }),
        ["meeting", body] => {
            Ok(Ask::NextMeeting { body: (!body.is_empty()).then(|| given_back(body)) })
        }
        ["reschedule", action] => Ok(decide::read_date(given_back(action), inputs)),
        ["ask-date", draft] => Ok(Ask::RequestDate { draft: number(draft)? }),
        ["drop-date", draft] => Ok(Ask::DropDate { draft: number(draft)? }),
        ["decide", kind, seen, action] => {
            decide::read(kind, seen, given_back(action), inputs).map(Ask::Decide)
        }
        ["deciding", kind, seen, action] => {
            decide::read(kind, seen, given_back(action), inputs).map(Ask::DecideForm)
        }
        ["undo", update] => Ok(Ask::Undo { update: number(update)? }),
        ["apply", import, drop] => {
            Ok(Ask::ApplyImport { import: number(import)?, drop: read_dropping(drop)? })
        }
        ["cancel", import] => Ok(Ask::CancelImport { import: number(import)? }),
        ["answer", import] => {
            // A form sent blank has answered nothing; it does not ask for another form.
            let answers = inputs.get(ANSWERS).map(|answers| answers.trim().to_owned());
            Ok(Ask::AnswerImport { import: number(import)?, answers })
        }
        _ => Err(Refusal::NotAButton),
    }
}

fn attention(verb: &str, ask: &AttentionAsk) -> Vec<String> {
    let plain = |words: &Option<String>| words.as_deref().map(kept).unwrap_or_default();
    let area = ask.area.map(|area| area.to_string()).unwrap_or_default();
    let as_of = day(ask.as_of);
    let (body, lead) = (plain(&ask.body), plain(&ask.lead));
    let (theme, meeting) = (plain(&ask.theme), plain(&ask.meeting));
    vec![verb.into(), ask.view.word().into(), as_of, area, body, lead, theme, meeting]
}

fn read_attention(parts: &[&str]) -> Result<AttentionAsk, Refusal> {
    let [view, as_of, area, body, lead, theme, meeting] = parts else {
        return Err(Refusal::NotAButton);
    };
    let given = |words: &str| (!words.is_empty()).then(|| given_back(words));
    let as_of = given(as_of).map(|day| day.parse::<NaiveDate>());
    let area = given(area).map(|area| area.parse());
    Ok(AttentionAsk {
        view: Attention::from_word(view).ok_or(Refusal::NotAButton)?,
        as_of: as_of.transpose().map_err(|_| Refusal::NotAButton)?,
        area: area.transpose().map_err(|_| Refusal::NotAButton)?,
        body: given(body),
        lead: given(lead),
        theme: given(theme),
        meeting: given(meeting),
    })
}

/// The word for what becomes of actions that a file does not have.
fn dropping(drop: Drop) -> &'static str {
    match drop {
        Drop::Keep => "keep",
        Drop::Withdraw => "withdraw",
    }
}

fn read_dropping(word: &str) -> Result<Drop, Refusal> {
    match word {
        "keep" => Ok(Drop::Keep),
        "withdraw" => Ok(Drop::Withdraw),
        _ => Err(Refusal::NotAButton),
    }
}

fn number(digits: &str) -> Result<i64, Refusal> {
    digits.parse().map_err(|_| Refusal::NotAButton)
}

/// Words as they stand between two slashes, so that a slash in a name does not part it.
fn kept(words: &str) -> String {
    words.replace('%', "%25").replace('/', "%2F")
}

fn given_back(part: &str) -> String {
    part.replace("%2F", "/").replace("%25", "%")
}

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}
