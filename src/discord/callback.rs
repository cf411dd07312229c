//! The first answer to an interaction, in Discord's shape.

use serde_json::Value;
use serde_json::json;

use crate::discord::embed::ROW;
use crate::discord::limits::CHOICE_MAX;
use crate::discord::limits::CHOICES_MAX;
use crate::discord::limits::CUSTOM_ID_MAX;
use crate::discord::limits::FORM_TITLE_MAX;
use crate::discord::limits::INPUT_HINT_MAX;
use crate::discord::limits::INPUT_LABEL_MAX;
use crate::discord::limits::INPUT_VALUE_MAX;
use crate::discord::limits::INPUTS_MAX;
use crate::discord::limits::cut;
use crate::discord::limits::length;
use crate::discord::message::Message;
use crate::view::Answer;
use crate::view::Card;
use crate::view::Choice;
use crate::view::Form;
use crate::view::Input;
use crate::view::Room;
use crate::view::notice;

/// Discord's numbers for how an interaction is answered.
const MESSAGE: u8 = 4;
const DEFERRED: u8 = 5;
const CHOICES: u8 = 8;
const FORM: u8 = 9;
/// A message that only the one who asked sees, and loses when they close the chat.
const EPHEMERAL: u64 = 1 << 6;
const TEXT_INPUT: u8 = 4;
const ONE_LINE: u8 = 1;
const MANY_LINES: u8 = 2;

/// What sort of interaction it is, which decides how it may be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Command,
    Button,
    Form,
    Completion,
}

/// A private promise of an answer, which the one who asked sees as "thinking".
pub(super) fn thinking() -> Message<'static> {
    Message::bare(json!({ "type": DEFERRED, "data": { "flags": EPHEMERAL } }))
}

/// An answer as the first to an interaction, with files of so many bytes at most.
pub(super) fn first_answer(kind: Kind, answer: &Answer, room_bytes: u64) -> Message<'_> {
    match (kind, answer) {
        (Kind::Completion, Answer::Choices(choices)) => offered(&choices_of(choices)),
        // Nothing else can be shown while somebody types.
        (Kind::Completion, _) => offered(&[]),
        (Kind::Command | Kind::Button, Answer::Form(form)) if is_sound(form) => {
            Message::bare(json!({ "type": FORM, "data": form_of(form) }))
        }
        // A form cannot answer a form.
        (_, Answer::Form(_)) => private(Message::words(&notice::no_form())),
        (_, Answer::Private(card) | Answer::Several(card, _)) => {
            private(Message::of(card, room_bytes))
        }
        (_, Answer::Public(card)) => shown(Message::of(card, room_bytes)),
        (_, Answer::Choices(_)) => private(Message::words(&notice::unreadable())),
    }
}

/// A further message after the first answer, for the one who asked alone.
pub(super) fn further(card: &Card, room_bytes: u64) -> Message<'_> {
    ephemeral(Message::of(card, room_bytes))
}

fn offered(choices: &[Value]) -> Message<'static> {
    Message::bare(json!({ "type": CHOICES, "data": { "choices": choices } }))
}

fn private(message: Message<'_>) -> Message<'_> {
    shown(ephemeral(message))
}

fn ephemeral(mut message: Message<'_>) -> Message<'_> {
    message.body["flags"] = json!(EPHEMERAL);
    message
}

fn shown(message: Message<'_>) -> Message<'_> {
    Message { body: json!({ "type": MESSAGE, "data": message.body }), ..message }
}

fn choices_of(choices: &[Choice]) -> Vec<Value> {
    let choice =
        |choice: &Choice| json!({ "name": cut(&choice.label, CHOICE_MAX), "value": choice.value });
    // A value that is cut would be another value, and without words a choice cannot be shown.
    let fits = |choice: &&Choice| {
        !choice.label.is_empty() && (1..=CHOICE_MAX).contains(&length(&choice.value))
    };
    choices.iter().filter(fits).take(CHOICES_MAX).map(choice).collect()
}

fn is_sound(form: &Form) -> bool {
    (1..=CUSTOM_ID_MAX).contains(&length(&form.token))
        && (1..=INPUTS_MAX).contains(&form.inputs.len())
}

/// A form of rows with one text input each: serenity loses what is written in any other.
fn form_of(form: &Form) -> Value {
    let row = |input: &Input| json!({ "type": ROW, "components": [input_of(input)] });
    json!({
        "title": cut(&form.title, FORM_TITLE_MAX),
        "custom_id": form.token,
        "components": form.inputs.iter().map(row).collect::<Vec<_>>(),
    })
}

fn input_of(input: &Input) -> Value {
    let (style, most) = match input.room {
        Room::Line(most) => (ONE_LINE, most),
        Room::Lines(most) => (MANY_LINES, most),
    };
    let most = most.clamp(1, INPUT_VALUE_MAX);
    let mut shape = json!({
        "type": TEXT_INPUT,
        "custom_id": input.name,
        "label": cut(&input.label, INPUT_LABEL_MAX),
        "style": style,
        "required": input.needed,
        "max_length": most,
    });
    if !input.hint.is_empty() {
        shape["placeholder"] = json!(cut(&input.hint, INPUT_HINT_MAX));
    }
    if !input.value.is_empty() {
        shape["value"] = json!(cut(&input.value, most));
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Attachment;

    fn first(kind: Kind, answer: &Answer) -> Value {
        first_answer(kind, answer, 100).body
    }

    fn card(text: &str) -> Card {
        Card { text: text.into(), ..Card::default() }
    }

    fn form(inputs: usize) -> Form {
        let input = Input {
            name: "text",
            label: "What has happened?".into(),
            hint: String::new(),
            value: "🙂".repeat(3_000),
            room: Room::Lines(9_000),
            needed: true,
        };
        Form {
            title: "IP-1.2 ".repeat(20),
            token: "update/IP-1.2//".into(),
            inputs: vec![input; inputs],
        }
    }

    #[test]
    fn a_private_answer_is_ephemeral_and_a_public_one_is_not() {
        let private = first(Kind::Command, &Answer::Private(card("a")));
        assert_eq!(private["type"], MESSAGE);
        assert_eq!(private["data"]["flags"], EPHEMERAL);
        let public = first(Kind::Button, &Answer::Public(card("a")));
        assert_eq!(public["type"], MESSAGE);
        assert_eq!(public["data"]["flags"], Value::Null);
        assert_eq!(public["data"]["allowed_mentions"]["parse"], json!([]));
    }

    #[test]
    fn the_first_of_several_is_the_answer_and_the_others_are_as_private() {
        let answer = Answer::Several(card("a"), vec![card("b")]);
        let first = first(Kind::Command, &answer);
        assert_eq!(first["data"]["embeds"][0]["description"], "a");
        assert_eq!(first["data"]["flags"], EPHEMERAL);
        let further = further(&card("b"), 100).body;
        assert_eq!(further["embeds"][0]["description"], "b");
        assert_eq!((&further["flags"], further.get("type")), (&json!(EPHEMERAL), None));
    }

    #[test]
    fn files_go_beside_an_answer_and_stay_as_private_as_it_is() {
        let file = Attachment { name: "plan.csv".into(), bytes: vec![1], says: String::new() };
        let answer = Answer::Private(Card { files: vec![file.clone()], ..card("a") });
        let shown = first_answer(Kind::Command, &answer, 100);
        assert_eq!(shown.files, [&file]);
        assert_eq!(shown.body["data"]["attachments"][0]["filename"], "plan.csv");
        assert_eq!(shown.body["data"]["flags"], EPHEMERAL);
        assert!(first_answer(Kind::Completion, &answer, 100).files.is_empty());
    }

    #[test]
    fn a_form_has_one_text_input_a_row_within_discords_lengths() {
        let shown = first(Kind::Button, &Answer::Form(form(2)));
        assert_eq!(shown["type"], FORM);
        assert_eq!(length(shown["data"]["title"].as_str().unwrap()), 45);
        let rows = shown["data"]["components"].as_array().unwrap();
        assert_eq!(rows.len(), 2);
        let input = &rows[0]["components"][0];
        assert_eq!(input["type"], TEXT_INPUT);
        assert_eq!(input["max_length"], INPUT_VALUE_MAX);
        assert!(length(input["value"].as_str().unwrap()) <= INPUT_VALUE_MAX);
        assert_eq!(input["placeholder"], Value::Null);
    }

    #[test]
    fn no_form_follows_a_form_and_none_has_six_inputs() {
        for (kind, inputs) in [(Kind::Form, 1), (Kind::Command, 6), (Kind::Command, 0)] {
            let shown = first(kind, &Answer::Form(form(inputs)));
            assert_eq!(shown["type"], MESSAGE, "{kind:?} {inputs}");
            assert_eq!(shown["data"]["embeds"][0]["description"], notice::no_form().text);
        }
    }

    #[test]
    fn choices_are_at_most_25_and_none_is_cut_into_another_value() {
        let choice = |label: &str, value: &str| Choice { label: label.into(), value: value.into() };
        let mut choices = vec![choice("too long", &"x".repeat(101)), choice("", "1.1")];
        choices.extend((0..30).map(|_| choice(&"y".repeat(120), "1.2")));
        let shown = first(Kind::Completion, &Answer::Choices(choices));
        assert_eq!(shown["type"], CHOICES);
        let shown = shown["data"]["choices"].as_array().unwrap();
        assert_eq!(shown.len(), CHOICES_MAX);
        assert_eq!(length(shown[0]["name"].as_str().unwrap()), CHOICE_MAX);
    }

    #[test]
    fn a_completion_is_never_answered_with_a_message() {
        let shown = first(Kind::Completion, &Answer::Private(card("no")));
        assert_eq!(shown, json!({ "type": CHOICES, "data": { "choices": [] } }));
    }
}
