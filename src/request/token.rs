//! The short text in a button or form that says what pressing or sending it asks.
//!
//! The chat keeps it and gives it back, so that a button works after a restart. It is never
//! trusted: it asks, and the desk decides, as for anything typed.

mod clock;
mod list;
mod meeting;
pub mod decide;
pub mod record;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::action::Evidence;
use crate::action::Status;
use crate::attention::Attention;
use crate::body::ServerId;
use crate::request::Ask;
use crate::request::AttentionAsk;
use crate::request::HistoryAsk;
use crate::request::UpdateAsk;
use crate::request::command::Given;
use crate::request::command::Refusal;
use crate::request::command::named;
use crate::request::command::update::YES;
use crate::request::lead::LeadAsk;
use crate::request::plan::Dropped;

/// The input of the form about a message that holds the action.
pub const ACTION: &str = "action";
/// The input of the update form that holds the words.
pub const TEXT: &str = "text";
/// The input of the update form that holds the status.
pub const STATUS: &str = "status";
/// The input of the update form that holds the day.
pub const HAPPENED: &str = "happened";
/// The input of the update form that holds what is asked of the group.
pub const ASK: &str = "ask";
/// The input of the update form that holds the address of what shows it.
pub const LINK: &str = "link";

/// The option of an update that its form has no input for.
const CASE_STUDY: &str = "case_study";

/// The input of the form about an import that holds the answers.
pub const ANSWERS: &str = "answers";

/// What a token begins with that says which partnership is meant.
const WITHIN: &str = "in";

/// Discord refuses a button or form whose text is longer, in UTF-16 units as its clients count.
pub const TOKEN_MAX: usize = 100;

/// A token for a button that is pressed outside of any server, as in a direct message: it says which
/// partnership is meant.
pub fn within(server: ServerId, token: &str) -> String {
    format!("{WITHIN}/{}/{token}", server.0)
}

/// A token without the partnership that it says is meant, and that partnership.
pub fn peeled(token: &str) -> (Option<ServerId>, &str) {
    let inner = token.strip_prefix(WITHIN).and_then(|rest| rest.strip_prefix('/'));
    let parted = inner.and_then(|rest| rest.split_once('/'));
    match parted.and_then(|(server, rest)| Some((ServerId(server.parse().ok()?), rest))) {
        Some((server, rest)) => (Some(server), rest),
        None => (None, token),
    }
}

/// The text that stands for an ask; none for an ask that no button makes, nor for one whose names
/// are so long that the chat would refuse the button.
pub fn write(ask: &Ask) -> Option<String> {
    let parts = match ask {
        Ask::Update(ask) => update(ask),
        // The message stands in the form, where its words can be changed.
        Ask::LogMessage(_) => vec!["log".into()],
        Ask::Overdue(ask) => attention("overdue", ask),
        Ask::Mine(ask) => list::mine(ask),
        Ask::List(ask) => list::list(ask),
        Ask::Share(share) => list::share(share),
        Ask::AddDraft { draft } => vec!["add".into(), draft.to_string()],
        Ask::CancelDraft { draft } => vec!["forget".into(), draft.to_string()],
        Ask::Action { action } => vec!["action".into(), kept(action)],
        Ask::History(ask) => {
            let page = ask.page.to_string();
            vec!["history".into(), kept(&ask.action), day(ask.as_of), page]
        }
        Ask::NextMeeting { body } => {
            vec!["meeting".into(), body.as_deref().map(kept).unwrap_or_default()]
        }
        Ask::Meeting(ask) => meeting::meeting(ask)?,
        Ask::Reschedule(ask) => vec!["reschedule".into(), kept(&ask.action)],
        Ask::RequestDate { draft } => vec!["ask-date".into(), draft.to_string()],
        Ask::DropDate { draft } => vec!["drop-date".into(), draft.to_string()],
        Ask::Decide(ask) => decide::parts("decide", ask)?,
        Ask::DecideForm(ask) => decide::parts("deciding", ask)?,
        Ask::RecordMeeting { meeting } => {
            vec!["record".into(), meeting.as_deref().map(kept).unwrap_or_default()]
        }
        Ask::Record(ask) => record::parts(ask)?,
        Ask::Undo { update } => vec!["undo".into(), update.to_string()],
        Ask::ApplyImport { import, dropped } => {
            vec!["apply".into(), import.to_string(), dropping(*dropped).into()]
        }
        Ask::CancelImport { import } => vec!["cancel".into(), import.to_string()],
        Ask::AnswerImport { import, .. } => vec!["answer".into(), import.to_string()],
        Ask::Lead(LeadAsk::List { body, as_of }) => {
            vec!["leads".into(), body.as_deref().map(kept).unwrap_or_default(), day(*as_of)]
        }
        Ask::Lead(LeadAsk::LinkLabel { label, body }) => {
            vec!["label".into(), kept(label), kept(body)]
        }
        Ask::Clock(ask) => clock::parts(ask)?,
        _ => return None,
    };
    let token = parts.join("/");
    (token.encode_utf16().count() <= TOKEN_MAX).then_some(token)
}

/// What a button or form asks, given its text and what was written in the form's inputs.
pub fn read(token: &str, inputs: &BTreeMap<String, String>) -> Result<Ask, Refusal> {
    let parts: Vec<&str> = token.split('/').collect();
    match parts.as_slice() {
        ["update", action, status, happened, rest @ ..] => {
            let mut given = inputs.clone();
            given.insert("action".into(), given_back(action));
            for (option, value) in [(STATUS, status), (HAPPENED, happened)] {
                if !value.is_empty() {
                    given.entry(option.into()).or_insert_with(|| (*value).into());
                }
            }
            read_update(given, rest)
        }
        // Which action it is about is written in the form, beside the rest.
        ["log"] => progress(inputs.clone()),
        ["overdue", rest @ ..] => read_attention(rest).map(Ask::Overdue),
        ["mine", rest @ ..] => list::read_mine(rest).map(Ask::Mine),
        ["list", rest @ ..] => list::read_list(rest).map(Ask::List),
        ["share", rest @ ..] => list::read_share(rest).map(Ask::Share),
        ["add", draft] => Ok(Ask::AddDraft { draft: number(draft)? }),
        ["forget", draft] => Ok(Ask::CancelDraft { draft: number(draft)? }),
        ["action", action] => Ok(Ask::Action { action: given_back(action) }),
        ["history", action, as_of, page] => Ok(Ask::History(HistoryAsk {
            action: given_back(action),
            as_of: read_day_of(as_of)?,
            page: page.parse().map_err(|_| Refusal::NotAButton)?,
        })),
        ["meeting", body] => {
            Ok(Ask::NextMeeting { body: (!body.is_empty()).then(|| given_back(body)) })
        }
        ["record", meeting] => {
            Ok(Ask::RecordMeeting { meeting: (!meeting.is_empty()).then(|| given_back(meeting)) })
        }
        ["meetings", rest @ ..] => meeting::read(rest).map(Ask::Meeting),
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
        ["apply", import, dropped] => {
            Ok(Ask::ApplyImport { import: number(import)?, dropped: read_dropping(dropped)? })
        }
        ["cancel", import] => Ok(Ask::CancelImport { import: number(import)? }),
        ["answer", import] => {
            // A form sent blank has answered nothing; it does not ask for another form.
            let answers = inputs.get(ANSWERS).map(|answers| answers.trim().to_owned());
            Ok(Ask::AnswerImport { import: number(import)?, answers })
        }
        ["leads", body, as_of] => Ok(Ask::Lead(LeadAsk::List {
            body: (!body.is_empty()).then(|| given_back(body)),
            as_of: read_stated_day(as_of)?,
        })),
        ["label", label, body] => {
            Ok(Ask::Lead(LeadAsk::LinkLabel { label: given_back(label), body: given_back(body) }))
        }
        parts => match record::read(parts, inputs) {
            Some(read) => read.map(Ask::Record),
            None => clock::read(parts).map(Ask::Clock),
        },
    }
}

/// An update, of which the form that it opens shows the words, and holds them while they are written:
/// what is asked, and the address of what shows it. The name of a file is kept where it fits.
fn update(ask: &UpdateAsk) -> Vec<String> {
    let status = ask.status.map_or("", Status::words);
    let mut parts = vec!["update".into(), kept(&ask.action), status.into(), day(ask.happened)];
    let name = ask.evidence.as_ref().and_then(Evidence::name);
    if ask.case_study || name.is_some() {
        parts.push(if ask.case_study { YES.into() } else { String::new() });
    }
    if let Some(name) = name {
        let name = kept(name);
        let long: usize = parts.iter().chain([&name]).map(|part| part.encode_utf16().count()).sum();
        if long + parts.len() <= TOKEN_MAX {
            parts.push(name);
        }
    }
    parts
}

fn read_update(mut words: BTreeMap<String, String>, rest: &[&str]) -> Result<Ask, Refusal> {
    let (case_study, name) = match rest {
        [] => ("", ""),
        [case_study] => (*case_study, ""),
        [case_study, name] => (*case_study, *name),
        _ => return Err(Refusal::NotAButton),
    };
    words.insert(CASE_STUDY.into(), case_study.into());
    let mut ask = progress(words)?;
    if let Ask::Update(ask) = &mut ask {
        ask.evidence = ask.evidence.take().map(|page| page.named(&given_back(name)));
    }
    Ok(ask)
}

/// The update that a button or form asks for, by the options of the command.
fn progress(words: BTreeMap<String, String>) -> Result<Ask, Refusal> {
    let is_written = words.contains_key(TEXT);
    let mut ask = (named("update")?.read)(&Given { words, ..Given::default() })?;
    if let Ask::Update(ask) = &mut ask
        && is_written
    {
        // A form sent blank has said nothing; it does not ask for another form.
        ask.text.get_or_insert_default();
    }
    Ok(ask)
}

fn attention(verb: &str, ask: &AttentionAsk) -> Vec<String> {
    let plain = |words: &Option<String>| words.as_deref().map(kept).unwrap_or_default();
    let area = ask.area.map(|area| area.to_string()).unwrap_or_default();
    let as_of = day(ask.as_of);
    let (body, lead) = (plain(&ask.body), plain(&ask.lead));
    let (theme, meeting) = (plain(&ask.theme), plain(&ask.meeting));
    let mut parts =
        vec![verb.into(), ask.view.word().into(), as_of, area, body, lead, theme, meeting];
    parts.extend(list::page(ask.page));
    parts
}

fn read_attention(parts: &[&str]) -> Result<AttentionAsk, Refusal> {
    let ([view, as_of, area, body, lead, theme, meeting], page) =
        parts.split_first_chunk().ok_or(Refusal::NotAButton)?;
    if page.len() > 1 {
        return Err(Refusal::NotAButton);
    }
    let given = |words: &str| (!words.is_empty()).then(|| given_back(words));
    let area = given(area).map(|area| area.parse());
    Ok(AttentionAsk {
        view: Attention::from_word(view).ok_or(Refusal::NotAButton)?,
        as_of: read_stated_day(as_of)?,
        area: area.transpose().map_err(|_| Refusal::NotAButton)?,
        body: given(body),
        lead: given(lead),
        theme: given(theme),
        meeting: given(meeting),
        page: list::read_page(page.first())?,
    })
}

/// The word for what becomes of actions that a file does not have.
fn dropping(dropped: Dropped) -> &'static str {
    match dropped {
        Dropped::Keep => "keep",
        Dropped::Withdraw => "withdraw",
    }
}

fn read_dropping(word: &str) -> Result<Dropped, Refusal> {
    match word {
        "keep" => Ok(Dropped::Keep),
        "withdraw" => Ok(Dropped::Withdraw),
        _ => Err(Refusal::NotAButton),
    }
}

/// The day of a button, as [`day`] states it.
fn read_stated_day(part: &str) -> Result<Option<NaiveDate>, Refusal> {
    let day = (!part.is_empty()).then(|| part.parse());
    day.transpose().map_err(|_| Refusal::NotAButton)
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

fn read_day_of(part: &str) -> Result<Option<NaiveDate>, Refusal> {
    let day = (!part.is_empty()).then(|| part.parse());
    day.transpose().map_err(|_| Refusal::NotAButton)
}

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}
