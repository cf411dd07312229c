//! The forms by which a meeting is recorded.

use crate::action::Action;
use crate::decision::NOTE_MAX;
use crate::proceedings::WORDS_MAX;
use crate::request::Ask;
use crate::request::command::decide::DATE_MAX;
use crate::request::command::decide::MINUTE_MAX;
use crate::request::decide::DecideAsk;
use crate::request::decide::Deciding;
use crate::request::decide::Outcome as Decided;
use crate::request::record::RecordAsk;
use crate::request::token;
use crate::request::token::decide::MINUTE;
use crate::request::token::decide::NOTE;
use crate::request::token::decide::TARGET;
use crate::request::token::record::AREA;
use crate::request::token::record::LEAD;
use crate::request::token::record::TITLE;
use crate::request::token::record::WORDS;
use crate::view::Form;
use crate::view::Input;
use crate::view::Room;
use crate::view::shortened;

/// The form for what a meeting decided about an action; `minute` stands in it already.
pub fn rule_form(action: &Action, ask: &RecordAsk, decide: &DecideAsk, minute: &str) -> Form {
    let is_another =
        matches!(decide.deciding, Deciding::Extension { outcome: Decided::Another, .. });
    let hint = match action.date_asked() {
        Some(asked) => format!("Asked for: {}", asked.target.words().trim()),
        None => action.title.clone(),
    };
    let input = |name, label: &str, hint: &str, value: String, room| Input {
        name,
        label: label.into(),
        hint: shortened(hint, 100),
        value,
        room,
        needed: false,
    };
    let mut inputs = Vec::new();
    if is_another {
        let target = input(
            TARGET,
            "Which date was agreed?",
            &format!("{hint}. Agreed: June 2021, say"),
            String::new(),
            Room::Line(DATE_MAX),
        );
        inputs.push(Input { needed: true, ..target });
    }
    // A longer reference, such as a link, stands in the record of the meeting already.
    let minute = if minute.chars().count() > MINUTE_MAX { "" } else { minute };
    inputs.push(input(
        MINUTE,
        "Minute reference (if known)",
        "4.2",
        minute.to_owned(),
        Room::Line(MINUTE_MAX),
    ));
    inputs.push(input(NOTE, "Note (optional)", &hint, String::new(), Room::Lines(NOTE_MAX)));
    let verb = match &decide.deciding {
        Deciding::SignOff => "Sign off",
        Deciding::Return => "Return",
        Deciding::Extension { outcome: Decided::Agree, .. } => "Agree date",
        Deciding::Extension { outcome: Decided::Refuse, .. } => "Refuse date",
        Deciding::Extension { outcome: Decided::Another, .. } => "Another date",
        Deciding::Withdraw => "Withdraw",
    };
    form(&format!("{verb} {}", action.reference), ask, inputs)
}

/// The form for what was agreed about something that was brought.
pub fn item_form(action: &Action, ask: &RecordAsk, before: &str) -> Form {
    let inputs = vec![Input {
        name: WORDS,
        label: "What was agreed?".into(),
        hint: "Option two, with a report back in May".into(),
        value: shortened(before, WORDS_MAX),
        room: Room::Lines(WORDS_MAX),
        needed: true,
    }];
    form(&format!("{} {}", action.reference, action.title), ask, inputs)
}

/// The form for an action that a meeting agreed.
pub fn action_form(ask: &RecordAsk, area: &str) -> Form {
    let input = |name, label: &str, hint: &str, value: &str, room| Input {
        name,
        label: label.into(),
        hint: hint.into(),
        value: value.into(),
        room,
        needed: true,
    };
    let inputs = vec![
        input(TITLE, "What is promised?", "Map the groups in every ward", "", Room::Lines(400)),
        input(LEAD, "Who leads it?", "Flourishing DIG", "", Room::Line(100)),
        input(TARGET, "By when? TBC, if nobody knows yet", "May 2021", "", Room::Line(DATE_MAX)),
        input(AREA, "Which area of the plan? Its number", area, "", Room::Line(100)),
    ];
    form("Add an action", ask, inputs)
}

fn form(title: &str, ask: &RecordAsk, inputs: Vec<Input>) -> Form {
    let token = token::write(&Ask::Record(ask.clone())).unwrap_or_default();
    Form { title: shortened(title, 45), token, inputs }
}
