//! An answer goes back where the question came from, in time, and once.

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use secrecy::ExposeSecret;
use secrecy::SecretString;
use serde_json::Value;
use serde_json::json;
use serenity::http::LightMethod;
use serenity::http::Route;
use serenity::model::id::ApplicationId;
use serenity::model::id::InteractionId;
use tokio::time::Instant;
use tracing::error;

use crate::body::ChannelId;
use crate::discord::embed::ROW;
use crate::discord::embed::message;
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
use crate::discord::rest::Call;
use crate::discord::rest::Failed;
use crate::discord::rest::Way;
use crate::discord::say::reply_to;
use crate::discord::say::unsaid;
use crate::post::Unsaid;
use crate::view::Answer;
use crate::view::Card;
use crate::view::Choice;
use crate::view::Form;
use crate::view::Input;
use crate::view::Room;
use crate::view::Tone;

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

/// Discord forgets an interaction that has no first answer after three seconds.
const FIRST_ANSWER_WITHIN: Duration = Duration::from_secs(3);
/// The token of an interaction opens its message for fifteen minutes; work ends well before.
const WORK_MAX: Duration = Duration::from_mins(10);
/// How long a later answer may wait on Discord's behalf.
const PATIENCE: Duration = Duration::from_secs(20);
/// Already acknowledged: an earlier try of ours was received after all.
const ALREADY_ANSWERED: i64 = 40_060;

/// What people read when an answer cannot be had; what went wrong is in the log.
const BROKEN: &str = "Something went wrong on our side, and nothing more was done. \
                      Please try again; if it happens again, tell CP Support this number:";
/// What people read when what they did could not be read.
const UNREADABLE: &str = "I could not read that. Please use the command again; \
                          if it happens again, tell CP Support.";
/// What people read when a form would have to follow something that no form can follow.
const NO_FORM: &str = "I cannot open a form here. Please use the command again, and fill in \
                       all of its options.";
/// What the one who asked reads when the answer took long and stands in the channel.
const SHARED: &str = "Done: everybody in the channel can see it.";

/// The way back to somebody who asked.
#[derive(Debug)]
pub struct Reply {
    pub(super) way: Way,
    pub(super) to: To,
    /// When the question reached us, from which Discord's three seconds count.
    pub(super) asked_at: Instant,
    pub(super) defer_after: Duration,
}

/// Whom to answer.
#[derive(Debug)]
pub(super) enum To {
    Interaction(Interaction),
    /// A message that asked in plain words.
    Message {
        channel: ChannelId,
        message: u64,
    },
}

/// What an interaction is answered by. Its token is never logged.
#[derive(Debug)]
pub(super) struct Interaction {
    pub(super) id: u64,
    pub(super) application: u64,
    pub(super) token: SecretString,
    pub(super) kind: Kind,
}

/// What sort of interaction it is, which decides how it may be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Command,
    Button,
    Form,
    Completion,
}

impl Reply {
    /// Answers. Private is for the one who asked alone; to a message in a channel it is a reply
    /// in the channel, for there is no other way.
    ///
    /// A button or form that makes the answer public is followed by a new message.
    pub async fn answer(self, answer: Answer) -> Result<(), Unsaid> {
        match &self.to {
            To::Interaction(interaction) => {
                let body = first_answer(interaction.kind, &answer);
                self.first(interaction, &body).await
            }
            To::Message { channel, message } => self.in_channel(*channel, *message, &answer).await,
        }
    }

    /// Answers with what the work comes to. When it takes long, the one who asked is told that it
    /// goes on, and reads the answer in its place; a form or a completion cannot come late.
    ///
    /// Work that panics is answered with a calm sentence and a number, logged with the same.
    pub async fn answer_with(
        self,
        work: impl Future<Output = Answer> + Send,
    ) -> Result<(), Unsaid> {
        let number = self.number();
        // A task that panics ends in silence: here the person is answered, and it is logged once.
        let work = AssertUnwindSafe(tokio::time::timeout(WORK_MAX, work)).catch_unwind();
        let mut work = pin!(work.map(move |done| match done {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => broken(number, "took too long"),
            Err(_) => broken(number, "panicked"),
        }));
        let To::Interaction(interaction) = &self.to else {
            let answer = work.await;
            return self.answer(answer).await;
        };
        if interaction.kind == Kind::Completion {
            let answer = work.await;
            return self.answer(answer).await;
        }
        let defer_at = self.asked_at + self.defer_after;
        if let Ok(answer) = tokio::time::timeout_at(defer_at, &mut work).await {
            return self.answer(answer).await;
        }
        let thinking = json!({ "type": DEFERRED, "data": { "flags": EPHEMERAL } });
        self.first(interaction, &thinking).await?;
        let answer = work.await;
        self.later(interaction, &answer).await
    }

    /// Says that what was done could not be read.
    pub(super) async fn not_readable(self) -> Result<(), Unsaid> {
        self.answer(Answer::Private(refusal(UNREADABLE))).await
    }

    /// Says that reading it went wrong on our side.
    pub(super) async fn broken(self) -> Result<(), Unsaid> {
        let answer = broken(self.number(), "could not be read");
        self.answer(answer).await
    }

    /// A number that stands both in the log and in what the person reads.
    fn number(&self) -> u64 {
        let id = match &self.to {
            To::Interaction(interaction) => interaction.id,
            To::Message { message, .. } => *message,
        };
        id % 1_000_000
    }

    async fn in_channel(&self, channel: ChannelId, to: u64, answer: &Answer) -> Result<(), Unsaid> {
        let body = match answer {
            Answer::Private(card) | Answer::Public(card) => message(card),
            Answer::Form(_) => message(&refusal(NO_FORM)),
            Answer::Choices(_) => return Err(out_of_place()),
        };
        reply_to(&self.way, channel, to, body).await
    }

    /// The first answer. Discord takes one: when ours went out and its reply was lost, a second
    /// try is told so, and all is well.
    async fn first(&self, interaction: &Interaction, body: &Value) -> Result<(), Unsaid> {
        let mut sent = self.first_once(interaction, body).await;
        if matches!(sent, Err(Failed::Silent(_))) && self.patience() > Duration::ZERO {
            sent = self.first_once(interaction, body).await;
            if let Err(Failed::Refused(refused)) = &sent
                && refused.code == ALREADY_ANSWERED
            {
                return Ok(());
            }
        }
        sent.map_err(|why| unsaid(why, "The answer could not be given"))
    }

    async fn first_once(&self, interaction: &Interaction, body: &Value) -> Result<(), Failed> {
        let route = Route::InteractionResponse {
            interaction_id: InteractionId::new(interaction.id.max(1)),
            token: interaction.token.expose_secret(),
        };
        let call = Call::new(LightMethod::Post, route, self.patience()).body(body);
        self.way.send(call).await.map(|_| ())
    }

    /// What is left of the time that Discord gives.
    fn patience(&self) -> Duration {
        (self.asked_at + FIRST_ANSWER_WITHIN).saturating_duration_since(Instant::now())
    }

    /// The answer in place of "thinking". By raw request: serenity's own edit would also say that
    /// there are no files, and so remove any.
    async fn later(&self, interaction: &Interaction, answer: &Answer) -> Result<(), Unsaid> {
        let body = match answer {
            Answer::Private(card) => message(card),
            Answer::Public(_) => message(&Card { text: SHARED.into(), ..Card::default() }),
            Answer::Form(_) => message(&refusal(NO_FORM)),
            Answer::Choices(_) => return Err(out_of_place()),
        };
        let application_id = ApplicationId::new(interaction.application.max(1));
        let token = interaction.token.expose_secret();
        let route = Route::WebhookOriginalInteractionResponse { application_id, token };
        let edit = Call::new(LightMethod::Patch, route, PATIENCE).body(&body);
        let edited = self.way.send(edit).await;
        edited.map_err(|why| unsaid(why, "The answer could not be given"))?;
        if let Answer::Public(card) = answer {
            // A message that began as private stays so; what is for everybody is a new one.
            let body = message(card);
            let route = Route::WebhookFollowupMessages { application_id, token };
            let follow = Call::new(LightMethod::Post, route, PATIENCE).body(&body);
            let followed = self.way.send(follow).await;
            followed.map_err(|why| unsaid(why, "The answer could not be shared"))?;
        }
        Ok(())
    }
}

/// The first answer to an interaction, in Discord's shape.
fn first_answer(kind: Kind, answer: &Answer) -> Value {
    match (kind, answer) {
        (Kind::Completion, Answer::Choices(choices)) => {
            json!({ "type": CHOICES, "data": { "choices": choices_of(choices) } })
        }
        // Nothing else can be shown while somebody types.
        (Kind::Completion, _) => json!({ "type": CHOICES, "data": { "choices": [] } }),
        (Kind::Command | Kind::Button, Answer::Form(form)) if is_sound(form) => {
            json!({ "type": FORM, "data": form_of(form) })
        }
        // A form cannot answer a form.
        (_, Answer::Form(_)) => shown(&refusal(NO_FORM), true),
        (_, Answer::Private(card)) => shown(card, true),
        (_, Answer::Public(card)) => shown(card, false),
        (_, Answer::Choices(_)) => shown(&refusal(UNREADABLE), true),
    }
}

fn shown(card: &Card, private: bool) -> Value {
    let mut body = message(card);
    if private {
        body["flags"] = json!(EPHEMERAL);
    }
    json!({ "type": MESSAGE, "data": body })
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

fn refusal(sentence: &str) -> Card {
    Card { tone: Tone::Refused, text: sentence.to_owned(), ..Card::default() }
}

fn broken(number: u64, why: &str) -> Answer {
    error!(reference = number, "An answer {why}; the person was given the reference {number}");
    Answer::Private(refusal(&format!("{BROKEN} {number}.")))
}

fn out_of_place() -> Unsaid {
    Unsaid::Never { why: "Choices answer nothing but an option being typed".to_owned() }
}

/// The way back to an interaction.
pub(super) fn reply(way: &Way, interaction: Interaction, defer_after: Duration) -> Reply {
    let to = To::Interaction(interaction);
    Reply { way: Arc::clone(way), to, asked_at: Instant::now(), defer_after }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let private = first_answer(Kind::Command, &Answer::Private(card("a")));
        assert_eq!(private["type"], MESSAGE);
        assert_eq!(private["data"]["flags"], EPHEMERAL);
        let public = first_answer(Kind::Button, &Answer::Public(card("a")));
        assert_eq!(public["type"], MESSAGE);
        assert_eq!(public["data"]["flags"], Value::Null);
        assert_eq!(public["data"]["allowed_mentions"]["parse"], json!([]));
    }

    #[test]
    fn a_form_has_one_text_input_a_row_within_discords_lengths() {
        let shown = first_answer(Kind::Button, &Answer::Form(form(2)));
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
            let shown = first_answer(kind, &Answer::Form(form(inputs)));
            assert_eq!(shown["type"], MESSAGE, "{kind:?} {inputs}");
            assert_eq!(shown["data"]["embeds"][0]["description"], NO_FORM);
        }
    }

    #[test]
    fn choices_are_at_most_25_and_none_is_cut_into_another_value() {
        let choice = |label: &str, value: &str| Choice { label: label.into(), value: value.into() };
        let mut choices = vec![choice("too long", &"x".repeat(101)), choice("", "1.1")];
        choices.extend((0..30).map(|_| choice(&"y".repeat(120), "1.2")));
        let shown = first_answer(Kind::Completion, &Answer::Choices(choices));
        assert_eq!(shown["type"], CHOICES);
        let shown = shown["data"]["choices"].as_array().unwrap();
        assert_eq!(shown.len(), CHOICES_MAX);
        assert_eq!(length(shown[0]["name"].as_str().unwrap()), CHOICE_MAX);
    }

    #[test]
    fn a_completion_is_never_answered_with_a_message() {
        let shown = first_answer(Kind::Completion, &Answer::Private(card("no")));
        assert_eq!(shown, json!({ "type": CHOICES, "data": { "choices": [] } }));
    }
}
