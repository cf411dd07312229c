//! An answer goes back where the question came from, in time, and once.

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use secrecy::ExposeSecret;
use secrecy::SecretString;
use serenity::http::LightMethod;
use serenity::http::Route;
use serenity::model::id::ApplicationId;
use serenity::model::id::InteractionId;
use tokio::time::Instant;
use tracing::error;

use crate::body::ChannelId;
use crate::discord::callback::Kind;
use crate::discord::callback::first_answer;
use crate::discord::callback::further;
use crate::discord::callback::thinking;
use crate::discord::limits::FILES_BYTES_MAX;
use crate::discord::message::Message;
use crate::discord::rest::Call;
use crate::discord::rest::Failed;
use crate::discord::rest::Way;
use crate::discord::say::reply_to;
use crate::discord::say::unsaid;
use crate::post::Unsaid;
use crate::view::Answer;
use crate::view::Card;
use crate::view::notice;

/// Discord forgets an interaction that has no first answer after three seconds.
const FIRST_ANSWER_WITHIN: Duration = Duration::from_secs(3);
/// The token of an interaction opens its message for fifteen minutes; work ends well before.
const WORK_MAX: Duration = Duration::from_mins(10);
/// More bytes of files than this may not reach Discord within the three seconds, so the answer is
/// promised first: on a fair line (10 Mbit/s) they take most of the second that is left.
const FIRST_ANSWER_BYTES_MAX: u64 = 1024 * 1024;
/// How long a later answer may wait on Discord's behalf.
const PATIENCE: Duration = Duration::from_secs(20);
/// Already acknowledged: an earlier try of ours was received after all.
const ALREADY_ANSWERED: i64 = 40_060;

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
    /// How many bytes the files of an answer may have, as Discord says with each interaction.
    pub(super) room_bytes: u64,
}

impl Reply {
    /// Answers. Private is for the one who asked alone; to a message in a channel it is a reply
    /// in the channel, for there is no other way.
    ///
    /// A button or form that makes the answer public is followed by a new message, and the first of
    /// several by the others, in order.
    pub async fn answer(self, answer: Answer) -> Result<(), Unsaid> {
        match &self.to {
            To::Interaction(interaction) => {
                let message = first_answer(interaction.kind, &answer, interaction.room_bytes);
                if message.bytes() > FIRST_ANSWER_BYTES_MAX {
                    self.first(interaction, &thinking()).await?;
                    return self.later(interaction, &answer).await;
                }
                self.first(interaction, &message).await?;
                self.further(interaction, rest_of(&answer)).await
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
        self.first(interaction, &thinking()).await?;
        let answer = work.await;
        self.later(interaction, &answer).await
    }

    /// Says that what was done could not be read.
    pub(super) async fn not_readable(self) -> Result<(), Unsaid> {
        self.answer(Answer::Private(notice::unreadable())).await
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
        let message = match answer {
            Answer::Private(card) | Answer::Several(card, _) | Answer::Public(card) => {
                Message::of(card, FILES_BYTES_MAX)
            }
            Answer::Form(_) => Message::words(&notice::no_form()),
            Answer::Choices(_) => return Err(out_of_place()),
        };
        reply_to(&self.way, (channel, to), &format!("reply/{to}"), message).await?;
        for (card, number) in rest_of(answer).iter().zip(2..) {
            let (message, key) =
                (Message::of(card, FILES_BYTES_MAX), format!("reply/{to}/{number}"));
            reply_to(&self.way, (channel, to), &key, message).await?;
        }
        Ok(())
    }

    /// The first answer. Discord takes one: when ours went out and its reply was lost, a second
    /// try is told so, and all is well.
    async fn first(&self, interaction: &Interaction, message: &Message<'_>) -> Result<(), Unsaid> {
        let mut sent = self.first_once(interaction, message).await;
        if sent.as_ref().is_err_and(Failed::is_passing) && self.patience() > Duration::ZERO {
            sent = self.first_once(interaction, message).await;
            if let Err(Failed::Refused(refused)) = &sent
                && refused.code == ALREADY_ANSWERED
            {
                return Ok(());
            }
        }
        sent.map_err(|why| unsaid(why, "The answer could not be given"))
    }

    async fn first_once(
        &self,
        interaction: &Interaction,
        message: &Message<'_>,
    ) -> Result<(), Failed> {
        let route = Route::InteractionResponse {
            interaction_id: InteractionId::new(interaction.id.max(1)),
            token: interaction.token.expose_secret(),
        };
        let call = Call::new(LightMethod::Post, route, self.patience()).message(message);
        self.way.send(call).await.map(|_| ())
    }

    /// What is left of the time that Discord gives.
    fn patience(&self) -> Duration {
        (self.asked_at + FIRST_ANSWER_WITHIN).saturating_duration_since(Instant::now())
    }

    /// The answer in place of "thinking". By raw request: serenity's own edit would also say that
    /// there are no files, and so remove any.
    async fn later(&self, interaction: &Interaction, answer: &Answer) -> Result<(), Unsaid> {
        let room_bytes = interaction.room_bytes;
        let message = match answer {
            Answer::Private(card) | Answer::Several(card, _) => Message::of(card, room_bytes),
            Answer::Public(_) => Message::words(&notice::shared()),
            Answer::Form(_) => Message::words(&notice::no_form()),
            Answer::Choices(_) => return Err(out_of_place()),
        };
        let route = Route::WebhookOriginalInteractionResponse {
            application_id: ApplicationId::new(interaction.application.max(1)),
            token: interaction.token.expose_secret(),
        };
        let edit =
            || self.way.send(Call::new(LightMethod::Patch, route, PATIENCE).message(&message));
        let edited = match edit().await {
            // The same edit twice is one edit: nothing is kept of the first one's files.
            Err(why) if why.is_passing() => edit().await,
            other => other,
        };
        edited.map_err(|why| unsaid(why, "The answer could not be given"))?;
        if let Answer::Public(card) = answer {
            // A message that began as private stays so; what is for everybody is a new one.
            let followed = self.follow(interaction, &Message::of(card, room_bytes)).await;
            followed.map_err(|why| unsaid(why, "The answer could not be shared"))?;
        }
        self.further(interaction, rest_of(answer)).await
    }

    /// The others of several cards, in order. One that fails is tried once more, for to read it twice
    /// is better than to miss it; when that fails, too, the next are sent all the same: their titles
    /// tell that one is missing.
    async fn further(&self, interaction: &Interaction, cards: &[Card]) -> Result<(), Unsaid> {
        let mut missing = None;
        for card in cards {
            let message = further(card, interaction.room_bytes);
            let mut followed = self.follow(interaction, &message).await;
            if followed.as_ref().is_err_and(Failed::is_passing) {
                followed = self.follow(interaction, &message).await;
            }
            missing = missing.or(followed.err());
        }
        match missing {
            Some(why) => Err(unsaid(why, "A part of the answer could not be given")),
            None => Ok(()),
        }
    }

    /// A new message after the answer.
    async fn follow(&self, interaction: &Interaction, message: &Message<'_>) -> Result<(), Failed> {
        let route = Route::WebhookFollowupMessages {
            application_id: ApplicationId::new(interaction.application.max(1)),
            token: interaction.token.expose_secret(),
        };
        let call = Call::new(LightMethod::Post, route, PATIENCE).message(message);
        self.way.send(call).await.map(|_| ())
    }
}

/// What follows the first of several cards.
fn rest_of(answer: &Answer) -> &[Card] {
    match answer {
        Answer::Several(_, rest) => rest,
        _ => &[],
    }
}

fn broken(number: u64, why: &str) -> Answer {
    error!(reference = number, "An answer {why}; the person was given the reference {number}");
    Answer::Private(notice::fault(&number.to_string()))
}

fn out_of_place() -> Unsaid {
    Unsaid::Never { why: "Choices answer nothing but an option being typed".to_owned() }
}

/// The way back to an interaction.
pub(super) fn reply(way: &Way, interaction: Interaction, defer_after: Duration) -> Reply {
    let to = To::Interaction(interaction);
    Reply { way: Arc::clone(way), to, asked_at: Instant::now(), defer_after }
}
