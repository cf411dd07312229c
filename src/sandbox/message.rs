//! A message as it stands in a channel, and its two shapes: Discord's and the page's.

use chrono::DateTime;
use chrono::Utc;
use serde_json::Value;
use serde_json::json;

use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::world::World;

/// Only its reader sees the message.
pub(crate) const EPHEMERAL: u64 = 1 << 6;
/// The bot has said that it will answer later.
pub(crate) const LOADING: u64 = 1 << 7;

/// A message in a channel of the sandbox.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its id, which grows with time.
    pub id: Snowflake,
    /// The channel it stands in.
    pub channel: Snowflake,
    /// Who wrote it: a person's id or the bot's.
    pub author: Snowflake,
    /// That author's name.
    pub author_name: String,
    /// When it was written, by the sandbox's clock.
    pub at: DateTime<Utc>,
    /// When it was last changed, if it was.
    pub edited_at: Option<DateTime<Utc>>,
    /// Its text, as sent.
    pub content: String,
    /// Its embeds, in Discord's shape.
    pub embeds: Vec<Value>,
    /// Its rows of buttons and menus, in Discord's shape.
    pub components: Vec<Value>,
    /// The files attached to it.
    pub files: Vec<File>,
    /// Whom it made a device ring for, after `allowed_mentions`.
    pub pings: Pings,
    /// The only person who sees it, if it is not for everybody in the channel.
    pub ephemeral_for: Option<Snowflake>,
    /// What it answers, if it answers a command, a button or a form.
    pub command: Option<Origin>,
    /// Whether it has been said, or is still promised.
    pub state: State,
    /// What the sender wants it recognised by.
    pub nonce: Option<Value>,
    /// The message it replies to.
    pub reply_to: Option<Snowflake>,
    /// Discord's flags, without the two that `ephemeral_for` and `state` say.
    pub(crate) flags: u64,
    /// Discord's account of the interaction it answers.
    pub(crate) interaction: Option<Value>,
}

/// A file attached to a message.
#[derive(Clone, Debug)]
pub struct File {
    /// Its id.
    pub id: Snowflake,
    /// Its name.
    pub name: String,
    /// Its alternative text.
    pub description: Option<String>,
    /// Its length in bytes.
    pub size: usize,
    /// What kind of file the sender says it is.
    pub content_type: String,
}

/// Whom a message made a device ring for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pings {
    /// People, by id.
    pub users: Vec<Snowflake>,
    /// Roles, by id.
    pub roles: Vec<Snowflake>,
    /// Everybody in the channel.
    pub everyone: bool,
}

impl Pings {
    /// Nobody was rung.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty() && self.roles.is_empty() && !self.everyone
    }
}

/// What a message answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The command as shown, `/overdue`, or the label pressed.
    pub name: String,
    /// The person who asked, by name.
    pub by: String,
}

/// Whether a message has been said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It stands as written.
    Sent,
    /// The bot has asked for time.
    Thinking,
    /// The bot asked for time and let it run out.
    Failed,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Thinking => "thinking",
            Self::Failed => "failed",
        }
    }
}

impl Message {
    /// The labels of its buttons, row by row, and the placeholders of its menus.
    pub fn labels(&self) -> Vec<String> {
        self.parts().map(|part| label(part).to_owned()).collect()
    }

    /// Each button and menu of the message.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Value> {
        self.components
            .iter()
            .filter_map(|row| row.get("components").and_then(Value::as_array))
            .flatten()
    }

    /// Whether the person sees it in its channel.
    pub(crate) fn is_visible_to(&self, person: Option<Snowflake>) -> bool {
        self.ephemeral_for.is_none() || self.ephemeral_for == person
    }

    fn kind(&self) -> u8 {
        let command = self.interaction.as_ref().is_some_and(|source| source["type"] == 2);
        match (&self.reply_to, command) {
            (_, true) => 20,
            (Some(_), false) => 19,
            (None, false) => 0,
        }
    }

    fn all_flags(&self) -> u64 {
        let ephemeral = if self.ephemeral_for.is_some() { EPHEMERAL } else { 0 };
        let loading = if self.state == State::Sent { 0 } else { LOADING };
        self.flags | ephemeral | loading
    }

    /// The message as Discord's REST interface returns it.
    pub(crate) fn to_discord(&self, world: &World) -> Value {
        let mentions: Vec<Value> = self.pings.users.iter().map(|id| world.user(*id)).collect();
        let mut shape = json!({
            "id": self.id,
            "channel_id": self.channel,
            "author": world.user(self.author),
            "content": self.content,
            "timestamp": instant(self.at),
            "edited_timestamp": self.edited_at.map(instant),
            "tts": false,
            "mention_everyone": self.pings.everyone,
            "mentions": mentions,
            "mention_roles": self.pings.roles,
            "attachments": self.files.iter().map(|file| file.to_discord(world)).collect::<Vec<_>>(),
            "embeds": self.embeds,
            "components": self.components,
            "pinned": false,
            "type": self.kind(),
            "flags": self.all_flags(),
        });
        if let Some(nonce) = &self.nonce {
            shape["nonce"] = nonce.clone();
        }
        if let Some(id) = self.reply_to {
            shape["message_reference"] =
                json!({ "type": 0, "message_id": id, "channel_id": self.channel });
            let answered = world.message(self.channel, id);
            shape["referenced_message"] =
                answered.map_or(Value::Null, |message| message.without_answered(world));
        }
        if let Some(interaction) = &self.interaction {
            shape["application_id"] = json!(world.bot.id);
            shape["webhook_id"] = json!(world.bot.id);
            shape["interaction_metadata"] = interaction.clone();
        }
        shape
    }

    /// The message as it stands in another that answers it: what it answers itself is left out.
    fn without_answered(&self, world: &World) -> Value {
        Self { reply_to: None, ..self.clone() }.to_discord(world)
    }

    /// The message as the page shows it: Discord's shape and what the page needs beside it.
    pub(crate) fn to_page(&self, world: &World) -> Value {
        let mut shape = self.to_discord(world);
        let local = self.at.with_timezone(&world.zone);
        shape["local"] = json!(local.format("%H:%M").to_string());
        shape["day"] = json!(local.format("%A %-d %B %Y").to_string());
        shape["ephemeral_for"] = json!(self.ephemeral_for);
        shape["state"] = json!(self.state.name());
        shape["command"] = self
            .command
            .as_ref()
            .map_or(Value::Null, |origin| json!({ "name": origin.name, "by": origin.by }));
        shape
    }
}

impl File {
    /// The file in Discord's shape.
    pub(crate) fn to_discord(&self, world: &World) -> Value {
        let address = self.address(world);
        let mut shape = json!({
            "id": self.id,
            "filename": self.name,
            "size": self.size,
            "url": address,
            "proxy_url": address,
            "content_type": self.content_type,
        });
        if let Some(description) = &self.description {
            shape["description"] = json!(description);
        }
        shape
    }

    /// Where the file can be fetched from the sandbox.
    pub(crate) fn address(&self, world: &World) -> String {
        format!("{}/attachments/{}/{}", world.base, self.id, url_safe(&self.name))
    }
}

/// What a button or menu is called on screen.
pub(crate) fn label(part: &Value) -> &str {
    ["label", "placeholder", "custom_id"]
        .iter()
        .find_map(|key| part.get(*key).and_then(Value::as_str))
        .unwrap_or_default()
}

/// An instant as Discord writes it.
pub(crate) fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}

fn url_safe(name: &str) -> String {
    name.chars()
        .map(|letter| match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' => letter,
            _ => '_',
        })
        .collect()
}
