//! How the steps of recording a meeting stand in a button or form.

use std::collections::BTreeMap;

use super::decide;
use super::decide::NOTE;
use super::given_back;
use super::kept;
use super::number;
use crate::attendance::Lists;
use crate::attendance::Presence;
use crate::request::Ask;
use crate::request::command::Given;
use crate::request::command::Refusal;
use crate::request::command::named;
use crate::request::decide::Deciding;
use crate::request::record::Brought;
use crate::request::record::RecordAsk;
use crate::request::record::Written;

/// The input of the form about a meeting that holds the agencies that were there themselves.
pub const PRESENT: &str = "present";
/// The input that holds those that sent a substitute.
pub const SUBSTITUTES: &str = "substitutes";
/// The input that holds those that sent apologies.
pub const APOLOGIES: &str = "apologies";
/// The input that holds where the minutes are.
pub const MINUTES: &str = "minutes";
/// The input of the form about what was brought that holds what was agreed.
pub const WORDS: &str = "words";
/// The inputs of the form for a new action.
pub const AREA: &str = "area";
/// The input that holds what is promised.
pub const TITLE: &str = "title";
/// The input that holds who answers for it.
pub const LEAD: &str = "lead";

/// What stands in a button or form.
pub(super) fn parts(ask: &RecordAsk) -> Option<Vec<String>> {
    let numbers = |verb: &str, numbers: &[i64]| {
        let numbers = numbers.iter().map(ToString::to_string);
        [verb.to_owned()].into_iter().chain(numbers).collect::<Vec<_>>()
    };
    Some(match ask {
        RecordAsk::Attend { meeting, .. } => vec!["attend".into(), kept(meeting)],
        RecordAsk::AttendAgain { draft } => numbers("attend-again", &[*draft]),
        RecordAsk::AddAgencies { draft } => numbers("attend-add", &[*draft]),
        RecordAsk::Mean { draft, agency, words } => {
            let mut parts = numbers("attend-mean", &[*draft, *agency]);
            parts.push(kept(words));
            parts
        }
        RecordAsk::Settle { draft, agency, presence } => {
            let mut parts = numbers("attend-in", &[*draft, *agency]);
            parts.push(presence.word().into());
            parts
        }
        RecordAsk::Rule { meeting, decide, .. } => {
            let mut parts = decide::parts("rule", decide)?;
            parts.insert(1, kept(meeting));
            parts
        }
        RecordAsk::LeaveOpen { meeting, action, seen } => {
            let seen = seen.map(|seen| seen.to_string()).unwrap_or_default();
            vec!["leave".into(), kept(meeting), seen, kept(action)]
        }
        RecordAsk::Item { meeting, item, outcome } => {
            let outcome = match outcome {
                Brought::Agreed(_) => "agreed",
                Brought::Noted => "noted",
                Brought::LeftOpen => "open",
            };
            vec!["brought".into(), kept(meeting), item.to_string(), outcome.into()]
        }
        RecordAsk::AddAction { meeting, .. } => vec!["agreed-action".into(), kept(meeting)],
        RecordAsk::Finish { meeting } => vec!["finish".into(), kept(meeting)],
    })
}

/// What a button or form asks; none where it is not about the record of a meeting.
pub(super) fn read(
    parts: &[&str],
    inputs: &BTreeMap<String, String>,
) -> Option<Result<RecordAsk, Refusal>> {
    let written = |input: &str| inputs.get(input).map(|words| words.trim().to_owned());
    Some(match parts {
        ["attend", meeting] => {
            let written = written(PRESENT).map(|present| Written {
                lists: Lists {
                    present,
                    substitutes: written(SUBSTITUTES).unwrap_or_default(),
                    apologies: written(APOLOGIES).unwrap_or_default(),
                },
                minutes: written(MINUTES).unwrap_or_default(),
            });
            Ok(RecordAsk::Attend { meeting: given_back(meeting), written })
        }
        ["attend-again", draft] => number(draft).map(|draft| RecordAsk::AttendAgain { draft }),
        ["attend-add", draft] => number(draft).map(|draft| RecordAsk::AddAgencies { draft }),
        ["attend-mean", draft, agency, words] => read_mean(draft, agency, words),
        ["attend-in", draft, agency, presence] => read_settle(draft, agency, presence),
        ["rule", meeting, kind, seen, action] => {
            read_rule(given_back(meeting), (kind, seen), given_back(action), inputs)
        }
        ["leave", meeting, seen, action] => read_leave(meeting, seen, action),
        ["brought", meeting, item, outcome] => read_item(meeting, item, outcome, written(WORDS)),
        ["agreed-action", meeting] => read_action(given_back(meeting), inputs),
        ["finish", meeting] => Ok(RecordAsk::Finish { meeting: given_back(meeting) }),
        _ => return None,
    })
}

fn read_mean(draft: &str, agency: &str, words: &str) -> Result<RecordAsk, Refusal> {
    let (draft, agency) = (number(draft)?, number(agency)?);
    Ok(RecordAsk::Mean { draft, agency, words: given_back(words) })
}

fn read_settle(draft: &str, agency: &str, presence: &str) -> Result<RecordAsk, Refusal> {
    let presence = Presence::from_word(presence).ok_or(Refusal::NotAButton)?;
    Ok(RecordAsk::Settle { draft: number(draft)?, agency: number(agency)?, presence })
}

fn read_rule(
    meeting: String,
    (kind, seen): (&str, &str),
    action: String,
    inputs: &BTreeMap<String, String>,
) -> Result<RecordAsk, Refusal> {
    let mut ask = decide::read(kind, seen, action, inputs)?;
    // A form that asks for another date has an input for it.
    if let Deciding::Extension { target, .. } = &mut ask.deciding {
        *target = inputs.get(decide::TARGET).map(|words| words.trim().to_owned());
    }
    Ok(RecordAsk::Rule { meeting, decide: ask, is_written: inputs.contains_key(NOTE) })
}

fn read_leave(meeting: &str, seen: &str, action: &str) -> Result<RecordAsk, Refusal> {
    let seen = if seen.is_empty() { None } else { Some(number(seen)?) };
    Ok(RecordAsk::LeaveOpen { meeting: given_back(meeting), action: given_back(action), seen })
}

fn read_item(
    meeting: &str,
    item: &str,
    outcome: &str,
    words: Option<String>,
) -> Result<RecordAsk, Refusal> {
    let outcome = match outcome {
        "agreed" => Brought::Agreed(words),
        "noted" => Brought::Noted,
        "open" => Brought::LeftOpen,
        _ => return Err(Refusal::NotAButton),
    };
    Ok(RecordAsk::Item { meeting: given_back(meeting), item: number(item)?, outcome })
}

/// The form is read as the command for it is.
fn read_action(meeting: String, inputs: &BTreeMap<String, String>) -> Result<RecordAsk, Refusal> {
    if !inputs.contains_key(TITLE) {
        return Ok(RecordAsk::AddAction { meeting, add: None });
    }
    let given = Given { words: inputs.clone(), ..Given::default() };
    match (named("action add")?.read)(&given)? {
        Ask::AddAction(add) => Ok(RecordAsk::AddAction { meeting, add: Some(add) }),
        _ => Err(Refusal::NotAButton),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::decide::DecideAsk;
    use crate::request::decide::Outcome;
    use crate::request::token;
    use crate::request::upkeep::AddAsk;

    const MEETING: &str = "CPEG 2020-12-10";

    fn rule(deciding: Deciding) -> RecordAsk {
        let decide = DecideAsk {
            deciding,
            actions: "IP-1.2/2".into(),
            meeting: None,
            minute_ref: None,
            note: None,
        };
        RecordAsk::Rule { meeting: MEETING.into(), decide, is_written: false }
    }

    fn inputs(inputs: &[(&str, &str)]) -> BTreeMap<String, String> {
        inputs.iter().map(|(name, words)| ((*name).to_owned(), (*words).to_owned())).collect()
    }

    #[test]
    fn what_a_button_about_a_meeting_asks_survives_the_chat() {
        let meeting = || MEETING.to_owned();
        let another =
            Deciding::Extension { outcome: Outcome::Another, target: None, seen: Some(7) };
        let item = |outcome| RecordAsk::Item { meeting: meeting(), item: 3, outcome };
        let asks = [
            RecordAsk::Attend { meeting: meeting(), written: None },
            RecordAsk::AttendAgain { draft: 5 },
            RecordAsk::Mean { draft: 5, agency: 9, words: "Polis/Scotland 5%".into() },
            RecordAsk::Settle { draft: 5, agency: 9, presence: Presence::Substitute },
            RecordAsk::AddAgencies { draft: 5 },
            rule(Deciding::SignOff),
            rule(another),
            RecordAsk::LeaveOpen { meeting: meeting(), action: "IP-1.2/2".into(), seen: None },
            RecordAsk::LeaveOpen { meeting: meeting(), action: "IP-1.2".into(), seen: Some(7) },
            item(Brought::Agreed(None)),
            item(Brought::Noted),
            item(Brought::LeftOpen),
            RecordAsk::AddAction { meeting: meeting(), add: None },
            RecordAsk::Finish { meeting: meeting() },
        ];
        let asks = asks.into_iter().map(Ask::Record);
        let opening = [None, Some(meeting())].map(|meeting| Ask::RecordMeeting { meeting });
        for ask in asks.chain(opening) {
            let token = token::write(&ask).unwrap();
            assert_eq!(token::read(&token, &BTreeMap::new()), Ok(ask), "{token}");
        }
        assert_eq!(
            token::write(&Ask::RecordMeeting { meeting: Some(meeting()) }).as_deref(),
            Some("record/CPEG 2020-12-10")
        );
    }

    #[test]
    fn what_is_written_in_a_form_about_a_meeting_is_read() {
        let written = inputs(&[(PRESENT, " NHS "), (APOLOGIES, ""), (MINUTES, "4")]);
        let lists = Lists { present: "NHS".into(), ..Lists::default() };
        let expected = Written { lists, minutes: "4".into() };
        let ask = RecordAsk::Attend { meeting: MEETING.into(), written: Some(expected) };
        assert_eq!(read(&["attend", MEETING], &written), Some(Ok(ask)));

        let written = inputs(&[(decide::TARGET, "June 2021"), (NOTE, ""), (decide::MINUTE, "4.2")]);
        let parts = ["rule", MEETING, "another", "7", "IP-1.2"];
        let Some(Ok(RecordAsk::Rule { decide, is_written, .. })) = read(&parts, &written) else {
            panic!("it is read as something else")
        };
        assert!(is_written);
        assert_eq!(
            (decide.target(), decide.minute_ref.as_deref()),
            (Some("June 2021"), Some("4.2"))
        );

        let written = inputs(&[(TITLE, "Map it"), (LEAD, "CPEG"), (AREA, "2"), ("target", "TBC")]);
        let add = AddAsk {
            area: "2".into(),
            title: "Map it".into(),
            lead: "CPEG".into(),
            target: "TBC".into(),
        };
        let ask = RecordAsk::AddAction { meeting: MEETING.into(), add: Some(add) };
        assert_eq!(read(&["agreed-action", MEETING], &written), Some(Ok(ask)));
        let blank = inputs(&[(TITLE, "Map it")]);
        assert!(matches!(read(&["agreed-action", MEETING], &blank), Some(Err(_))));
    }
}
