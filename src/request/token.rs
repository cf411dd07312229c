//! The short text in a button or form that says what pressing or sending it asks.
//!
//! The chat keeps it and gives it back, so that a button works after a restart. It is never
//! trusted: it asks, and the desk decides, as for anything typed.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::action::Status;
use crate::attention::Attention;
use crate::request::Ask;
use crate::request::AttentionAsk;

use crate::request::command::Given;
use crate::request::command::Refusal;
use crate::request::command::named;

/// The input of the update form that holds the words.
pub const TEXT: &str = "text";
/// The input of the update form that holds the status.
pub const STATUS: &str = "status";
/// The input of the update form that holds the day.
pub const HAPPENED: &str = "happened";

/// The text that stands for an ask; none for an ask that no button makes.
pub fn write(ask: &Ask) -> Option<String> {
    let parts = match ask {
        Ask::Update(ask) => {
            let status = ask.status.map_or("", Status::words);
            vec!["update".into(), ask.action.clone(), status.into(), day(ask.happened)]
        }
        Ask::Overdue(ask) => attention("overdue", ask),
        Ask::ShareOverdue(ask) => attention("share", ask),
        Ask::Action { action } => vec!["action".into(), action.clone()],
        Ask::NextMeeting { body } => vec!["meeting".into(), body.clone().unwrap_or_default()],
        Ask::Undo { update } => vec!["undo".into(), update.to_string()],
        _ => return None,
    };
    Some(parts.join("/"))
}

/// What a button or form asks, given its text and what was written in the form's inputs.
pub fn read(token: &str, inputs: &BTreeMap<String, String>) -> Result<Ask, Refusal> {
    let parts: Vec<&str> = token.split('/').collect();
    match parts.as_slice() {
        ["update", action, status, happened] => {
            let mut given = inputs.clone();
            given.insert("action".into(), (*action).into());
            for (option, value) in [(STATUS, status), (HAPPENED, happened)] {
                if !value.is_empty() {
                    given.entry(option.into()).or_insert_with(|| (*value).into());
                }
            }
            let mut ask = (named("update")?.read)(&Given(given))?;
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
        ["action", action] => Ok(Ask::Action { action: (*action).into() }),
        ["meeting", body] => {
            Ok(Ask::NextMeeting { body: (!body.is_empty()).then(|| (*body).to_owned()) })
        }
        ["undo", update] => {
            update.parse().map(|update| Ask::Undo { update }).map_err(|_| Refusal::NotAButton)
        }
        _ => Err(Refusal::NotAButton),
    }
}

fn attention(verb: &str, ask: &AttentionAsk) -> Vec<String> {
    let plain = |words: &Option<String>| words.clone().unwrap_or_default().replace('/', " ");
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
    let given = |words: &str| (!words.is_empty()).then(|| words.to_owned());
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

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::UpdateAsk;

    #[test]
    fn what_a_button_asks_survives_the_chat() {
        let asks = [
            Ask::Undo { update: 7 },
            Ask::Action { action: "IP-1.2".into() },
            Ask::NextMeeting { body: None },
            Ask::NextMeeting { body: Some("CPEG".into()) },
            Ask::Update(UpdateAsk { action: "IP-1.2".into(), ..UpdateAsk::default() }),
            Ask::Update(UpdateAsk {
                action: "IP-1.2".into(),
                text: None,
                status: Some(Status::AtRisk),
                happened: NaiveDate::from_ymd_opt(2020, 11, 3),
            }),
            Ask::ShareOverdue(AttentionAsk {
                body: Some("FLO".into()),
                lead: Some("CPEG".into()),
                area: Some(2),
                theme: Some("Poverty".into()),
                meeting: Some("CPEG".into()),
                view: Attention::All,
                as_of: NaiveDate::from_ymd_opt(2021, 1, 1),
            }),
            Ask::Overdue(AttentionAsk::default()),
        ];
        for ask in asks {
            let token = write(&ask).expect("a button makes it");
            assert_eq!(read(&token, &BTreeMap::new()), Ok(ask), "{token}");
        }
    }

    #[test]
    fn what_is_written_in_the_form_wins_over_what_the_command_said() {
        let inputs =
            BTreeMap::from([(TEXT.into(), "Done".into()), (STATUS.into(), "blocked".into())]);
        let Ok(Ask::Update(ask)) = read("update/IP-1.2/at risk/2020-11-03", &inputs) else {
            panic!("a form asks for an update");
        };
        assert_eq!(ask.status, Some(Status::Blocked));
        assert_eq!(ask.text.as_deref(), Some("Done"));
        assert_eq!(ask.happened, NaiveDate::from_ymd_opt(2020, 11, 3));
    }

    #[test]
    fn a_button_of_another_version_is_refused() {
        for token in ["", "update", "overdue/x", "undo/x", "share/overdue/1/2", "close/IP-1.2"] {
            assert_eq!(read(token, &BTreeMap::new()), Err(Refusal::NotAButton), "{token}");
        }
    }
}
