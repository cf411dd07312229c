//! A person asks something of the bot, and what comes of it.

use chrono::DateTime;
use chrono::Utc;
use serde_json::Value;
use serde_json::json;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio::time::timeout;

use crate::sandbox::limits;
use crate::sandbox::message::Message;
use crate::sandbox::message::Origin;
use crate::sandbox::shapes::BOT_PERMISSIONS;
use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::town::Town;
use crate::sandbox::world::INTERACTIONS_KEPT;
use crate::sandbox::world::World;

/// What Discord tells a person whose question was not answered in time.
pub(crate) const NO_ANSWER: &str = "The application did not respond";

/// What came of a command, a button or a form.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The bot answered with this message, or changed this one.
    Answered(Box<Message>),
    /// The bot opened a form.
    Form(Form),
    /// The bot took note of it and says nothing for now.
    Acknowledged,
    /// The bot asked for time and had not used it within ten seconds.
    Deferred(Box<Message>),
    /// The bot did not answer; the sentence is what the person reads.
    Failed(String),
}

/// A form that the bot opened.
#[derive(Clone, Debug)]
pub struct Form {
    /// What it is submitted by.
    pub id: Snowflake,
    /// Its title.
    pub title: String,
    /// The bot's own name for it.
    pub custom_id: String,
    /// Its rows of inputs, in Discord's shape.
    pub components: Vec<Value>,
    pub(crate) by: Snowflake,
    pub(crate) channel: Snowflake,
    pub(crate) message: Option<Snowflake>,
    pub(crate) origin: Origin,
    pub(crate) metadata: Value,
}

impl Form {
    /// Its inputs, in Discord's shape.
    pub fn inputs(&self) -> impl Iterator<Item = &Value> {
        self.components
            .iter()
            .filter_map(|row| row.get("components").and_then(Value::as_array))
            .flatten()
    }
}

/// What kind of question it is; Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Command = 2,
    Component = 3,
    Complete = 4,
    Submit = 5,
}

/// How far the answer has come.
#[derive(Clone, Debug)]
pub(crate) enum Progress {
    Waiting,
    Thinking(Snowflake),
    Answered(Snowflake),
    Acknowledged,
    Form(Snowflake),
    Choices(Vec<Value>),
}

pub(crate) struct Interaction {
    pub(crate) id: Snowflake,
    pub(crate) token: String,
    pub(crate) kind: Kind,
    pub(crate) by: Snowflake,
    pub(crate) channel: Snowflake,
    /// The message whose button was pressed, or from which the form was opened.
    pub(crate) message: Option<Snowflake>,
    pub(crate) asked: Instant,
    pub(crate) asked_at: DateTime<Utc>,
    pub(crate) origin: Origin,
    /// The message that `@original` names.
    pub(crate) original: Option<Snowflake>,
    pub(crate) metadata: Value,
    pub(crate) progress: watch::Sender<Progress>,
}

impl Interaction {
    pub(crate) fn is_answered(&self) -> bool {
        !matches!(*self.progress.borrow(), Progress::Waiting)
    }
}

/// A question about to be asked.
pub(crate) struct Question {
    pub(crate) kind: Kind,
    pub(crate) by: Snowflake,
    pub(crate) channel: Snowflake,
    pub(crate) message: Option<Snowflake>,
    pub(crate) origin: Origin,
    pub(crate) data: Value,
    /// How the form came about, when it is one.
    pub(crate) trigger: Option<Value>,
}

/// A question asked, and where its answer shows.
pub(crate) struct Asked {
    pub(crate) channel: Snowflake,
    progress: watch::Receiver<Progress>,
}

impl World {
    /// Puts a question to the bot; nothing when no bot can hear it.
    pub(crate) fn ask(&mut self, question: Question) -> Option<Asked> {
        if !self.sessions.may_hear() {
            return None;
        }
        let channel = question.channel;
        let (shape, progress) = self.register(question);
        self.sessions.dispatch("INTERACTION_CREATE", &shape);
        self.changed();
        Some(Asked { channel, progress })
    }

    /// Sends an interaction of which no client can read more than id and token.
    pub(crate) fn unreadable_interaction(&mut self) {
        let Some(person) = self.people.first() else { return };
        let question = Question {
            kind: Kind::Command,
            by: person.id,
            channel: person.direct,
            message: None,
            origin: Origin { name: "/unreadable".to_owned(), by: person.name.clone() },
            data: json!({ "surprise": true }),
            trigger: None,
        };
        let (mut shape, _) = self.register(question);
        shape["entitlements"] = json!("none");
        self.sessions.dispatch("INTERACTION_CREATE", &shape);
    }

    /// Remembers a question, and gives it in Discord's shape.
    fn register(&mut self, question: Question) -> (Value, watch::Receiver<Progress>) {
        let id = self.id();
        // Scrambled, so that nobody mistakes it for something that can be worked out; the id at
        // its end finds the question again.
        let scrambled = id.get().wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let token = format!("interaction-{scrambled:016x}-{id}");
        let metadata = self.metadata(id, &question);
        let shape = self.interaction_shape(id, &token, &question);
        let (progress, seen) = watch::channel(Progress::Waiting);
        self.interactions.insert(
            id,
            Interaction {
                id,
                token,
                kind: question.kind,
                by: question.by,
                channel: question.channel,
                message: question.message,
                asked: Instant::now(),
                asked_at: self.now,
                origin: question.origin,
                original: None,
                metadata,
                progress,
            },
        );
        while self.interactions.len() > INTERACTIONS_KEPT {
            self.interactions.pop_first();
        }
        (shape, seen)
    }

    fn interaction_shape(&self, id: Snowflake, token: &str, question: &Question) -> Value {
        let direct = self.channel(question.channel).is_some_and(|channel| channel.direct.is_some());
        let channel = self.channel(question.channel).map(|channel| {
            let mut shape = self.channel_shape(channel);
            shape["permissions"] = json!(BOT_PERMISSIONS.to_string());
            shape
        });
        let here = self.channel(question.channel).filter(|channel| channel.direct.is_none());
        let allowed = here.map_or(BOT_PERMISSIONS, |channel| self.bot_permissions_in(channel));
        let owners =
            json!({ "0": if direct { "0".to_owned() } else { self.server.id.to_string() } });
        let mut shape = json!({
            "id": id,
            "application_id": self.bot.id,
            "type": question.kind as u8,
            "data": question.data,
            "channel": channel,
            "channel_id": question.channel,
            "token": token,
            "version": 1,
            "app_permissions": allowed.to_string(),
            "locale": "en-GB",
            "entitlements": [],
            "authorizing_integration_owners": owners,
            "context": u8::from(direct),
            "attachment_size_limit": limits::FILE_BYTES_MAX,
        });
        if direct {
            shape["user"] = self.user(question.by);
        } else {
            shape["guild_id"] = json!(self.server.id);
            shape["guild_locale"] = json!("en-GB");
            shape["guild"] = json!({ "id": self.server.id, "locale": "en-GB", "features": [] });
            if let Some(person) = self.person(question.by) {
                shape["member"] = self.partial_member_asking(person);
                shape["member"]["user"] = self.user(person.id);
            }
        }
        if let Some(message) = question.message.and_then(|id| self.message(question.channel, id)) {
            shape["message"] = message.to_discord(self);
        }
        shape
    }

    /// Discord's account, on the answer, of what it answers.
    fn metadata(&self, id: Snowflake, question: &Question) -> Value {
        let mut shape = json!({
            "id": id,
            "type": question.kind as u8,
            "user": self.user(question.by),
            "authorizing_integration_owners": { "0": self.server.id },
        });
        match question.kind {
            Kind::Component => shape["interacted_message_id"] = json!(question.message),
            Kind::Submit => shape["triggering_interaction_metadata"] = json!(question.trigger),
            Kind::Command | Kind::Complete => {}
        }
        shape
    }
}

impl Town {
    /// Waits for the bot's first answer as Discord does, and for a promised one a while longer.
    pub(crate) async fn outcome(&self, asked: Option<Asked>) -> Outcome {
        let Some(mut asked) = asked else { return Outcome::Failed(NO_ANSWER.to_owned()) };
        let answered = |progress: &Progress| !matches!(progress, Progress::Waiting);
        let first = match timeout(limits::ANSWER_WITHIN, asked.progress.wait_for(answered)).await {
            Ok(Ok(progress)) => progress.clone(),
            _ => return Outcome::Failed(NO_ANSWER.to_owned()),
        };
        let (id, is_promise) = match first {
            Progress::Answered(id) => (id, false),
            Progress::Thinking(id) => (id, !self.fulfilled(&mut asked.progress).await),
            Progress::Form(id) => {
                let form = self.world().forms.get(&id).cloned();
                return form.map_or(Outcome::Acknowledged, Outcome::Form);
            }
            Progress::Waiting | Progress::Acknowledged | Progress::Choices(_) => {
                return Outcome::Acknowledged;
            }
        };
        let message = self.world().message(asked.channel, id).cloned().map(Box::new);
        match message {
            Some(message) if is_promise => Outcome::Deferred(message),
            Some(message) => Outcome::Answered(message),
            None => Outcome::Acknowledged,
        }
    }

    async fn fulfilled(&self, progress: &mut watch::Receiver<Progress>) -> bool {
        let kept = progress.wait_for(|progress| matches!(progress, Progress::Answered(_)));
        timeout(PROMISE_KEPT_WITHIN, kept).await.is_ok_and(|kept| kept.is_ok())
    }

    /// Waits for what the bot offers while somebody types.
    pub(crate) async fn choices(&self, asked: Option<Asked>) -> Result<Vec<Value>, String> {
        let Some(mut asked) = asked else { return Err(NO_ANSWER.to_owned()) };
        let answered = |progress: &Progress| matches!(progress, Progress::Choices(_));
        match timeout(limits::ANSWER_WITHIN, asked.progress.wait_for(answered)).await {
            Ok(Ok(progress)) => match &*progress {
                Progress::Choices(choices) => Ok(choices.clone()),
                _ => Ok(Vec::new()),
            },
            _ => Err("Loading options failed".to_owned()),
        }
    }
}

/// How long a caller waits for an answer that the bot has promised.
const PROMISE_KEPT_WITHIN: std::time::Duration = std::time::Duration::from_secs(10);
