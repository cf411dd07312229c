//! From the body of a request to what stands in a channel.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::sandbox::limits;
use crate::sandbox::limits::Problems;
use crate::sandbox::limits::Shape;
use crate::sandbox::message::EPHEMERAL;
use crate::sandbox::message::File;
use crate::sandbox::message::Message;
use crate::sandbox::message::Origin;
use crate::sandbox::message::Pings;
use crate::sandbox::message::State;
use crate::sandbox::rest::Result;
use crate::sandbox::rest::body::Upload;
use crate::sandbox::rest::refusal::Refusal;
use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::world::World;

/// Embeds are not unfolded, and no device rings: the two flags any message may have.
const ORDINARY_FLAGS: u64 = (1 << 2) | (1 << 12);

/// What is written about a message, checked; what is absent stays as it was.
#[derive(Debug)]
pub(crate) struct Draft {
    content: Option<String>,
    embeds: Option<Vec<Value>>,
    components: Option<Vec<Value>>,
    kept: Option<Vec<Snowflake>>,
    files: Vec<File>,
    pings: Option<Pings>,
    flags: Option<u64>,
}

/// Where a new message goes and what it belongs to.
#[derive(Default)]
pub(crate) struct Place {
    pub(crate) reply_to: Option<Snowflake>,
    pub(crate) nonce: Option<Value>,
    pub(crate) origin: Option<Origin>,
    pub(crate) interaction: Option<Value>,
    pub(crate) ephemeral_for: Option<Snowflake>,
}

impl Draft {
    /// Checks a body against Discord's limits and reads it.
    pub(crate) fn read(
        world: &mut World,
        body: &Map<String, Value>,
        uploads: Vec<Upload>,
        shape: Shape,
        reply_to: Option<Snowflake>,
    ) -> Result<Self> {
        let mut problems = Problems::default();
        limits::check_message(&mut problems, body, shape);
        let flags = body.get("flags").and_then(Value::as_u64);
        let may_hide = matches!(shape, Shape::Answer | Shape::FollowUp);
        let allowed = if may_hide { ORDINARY_FLAGS | EPHEMERAL } else { ORDINARY_FLAGS };
        if flags.is_some_and(|flags| flags & !allowed != 0) {
            problems.add("flags", "SANDBOX_FLAGS", "These flags cannot be set here.");
        }
        if uploads.len() > limits::FILES_MAX {
            let sentence = format!("Must be {} or fewer in length.", limits::FILES_MAX);
            problems.add("files", "BASE_TYPE_MAX_LENGTH", sentence);
        }
        let numbers: BTreeSet<u64> = uploads.iter().map(|upload| upload.number).collect();
        if numbers.len() < uploads.len() {
            problems.add("files", "SANDBOX_FILES", "Two files have the same number.");
        }
        let list = |key: &str| body.get(key).and_then(Value::as_array);
        let told = list("attachments");
        let kept = check_told(&mut problems, told, &uploads);
        if !problems.is_empty() {
            return Err(Refusal::invalid(&problems));
        }
        let content = body.get("content").and_then(Value::as_str).map(str::to_owned);
        let pings = content
            .as_deref()
            .map(|content| pings(world, content, body.get("allowed_mentions"), reply_to));
        let files = uploads.into_iter().map(|upload| keep(world, upload, told)).collect();
        Ok(Self {
            embeds: list("embeds").map(|embeds| embeds.iter().cloned().map(rich).collect()),
            components: list("components").cloned(),
            content,
            kept,
            files,
            pings,
            flags,
        })
    }

    /// Asks that only the reader see it.
    pub(crate) fn is_ephemeral(&self) -> bool {
        self.flags.is_some_and(|flags| flags & EPHEMERAL != 0)
    }

    /// The draft as a new message of the bot's.
    pub(crate) fn into_message(
        self,
        world: &mut World,
        channel: Snowflake,
        place: Place,
    ) -> Result<Message> {
        let mut message = blank(world, channel, place);
        self.apply(&mut message);
        if is_empty(&message) {
            return Err(Refusal::empty_message());
        }
        resolve_images(world, &mut message);
        Ok(message)
    }

    /// Changes a message, unless nothing would be left of it.
    pub(crate) fn revise(self, world: &mut World, channel: Snowflake, id: Snowflake) -> Result<()> {
        let mut message =
            world.message(channel, id).cloned().ok_or_else(Refusal::unknown_message)?;
        let was_promise = message.state != State::Sent;
        self.apply(&mut message);
        if is_empty(&message) {
            return Err(Refusal::empty_message());
        }
        message.state = State::Sent;
        if !was_promise {
            message.edited_at = Some(world.now);
        }
        resolve_images(world, &mut message);
        world.revise(channel, id, |old| *old = message);
        Ok(())
    }

    fn apply(self, message: &mut Message) {
        if let Some(content) = self.content {
            message.content = content;
        }
        if let Some(pings) = self.pings {
            message.pings = pings;
        }
        if let Some(embeds) = self.embeds {
            message.embeds = embeds;
        }
        if let Some(components) = self.components {
            message.components = components;
        }
        if let Some(kept) = self.kept {
            message.files.retain(|file| kept.contains(&file.id));
        }
        message.files.extend(self.files);
        if let Some(flags) = self.flags {
            message.flags = flags & ORDINARY_FLAGS;
        }
    }
}

/// An empty message of the bot's, to be written or promised.
pub(crate) fn blank(world: &mut World, channel: Snowflake, place: Place) -> Message {
    Message {
        id: world.id(),
        channel,
        author: world.bot.id,
        author_name: world.bot.name.clone(),
        at: world.now,
        edited_at: None,
        content: String::new(),
        embeds: Vec::new(),
        components: Vec::new(),
        files: Vec::new(),
        pings: Pings::default(),
        ephemeral_for: place.ephemeral_for,
        command: place.origin,
        state: State::Sent,
        nonce: place.nonce,
        reply_to: place.reply_to,
        flags: 0,
        interaction: place.interaction,
    }
}

/// Nothing to see: no text but blanks, no embed with anything in it, no file, no component.
fn is_empty(message: &Message) -> bool {
    let said = ["title", "description", "fields", "author", "footer", "image", "thumbnail"];
    let empty_embed = |embed: &Value| said.iter().all(|key| embed.get(key).is_none_or(is_blank));
    message.content.trim().is_empty()
        && message.files.is_empty()
        && message.components.is_empty()
        && message.embeds.iter().all(empty_embed)
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

/// Reads which files stay, and complains of any that is neither here nor came along.
fn check_told(
    problems: &mut Problems,
    told: Option<&Vec<Value>>,
    uploads: &[Upload],
) -> Option<Vec<Snowflake>> {
    let told = told?;
    let mut kept = Vec::new();
    for (index, file) in told.iter().enumerate() {
        let Some(id) = file.get("id").and_then(Snowflake::read) else { continue };
        if uploads.iter().any(|upload| upload.number == id.get()) {
            continue;
        }
        if id.get() < 1_000 {
            let sentence = "No file of this number came with the request.";
            problems.add(&format!("attachments.{index}.id"), "ATTACHMENT_NOT_FOUND", sentence);
        }
        kept.push(id);
    }
    Some(kept)
}

fn keep(world: &mut World, upload: Upload, told: Option<&Vec<Value>>) -> File {
    let id = world.id();
    let told = told.into_iter().flatten().find(|file| {
        file.get("id").and_then(Snowflake::read).is_some_and(|id| id.get() == upload.number)
    });
    let words =
        |key: &str| told.and_then(|file| file.get(key)).and_then(Value::as_str).map(str::to_owned);
    let file = File {
        id,
        name: words("filename").unwrap_or(upload.name),
        description: words("description"),
        size: upload.bytes.len(),
        content_type: upload.content_type,
    };
    world.keep_file(id, Arc::from(upload.bytes));
    file
}

/// An embed as Discord returns it.
fn rich(mut embed: Value) -> Value {
    embed["type"] = json!("rich");
    embed
}

/// Points pictures in embeds that name an attached file at that file.
fn resolve_images(world: &World, message: &mut Message) {
    let addresses: Vec<(String, String)> =
        message.files.iter().map(|file| (file.name.clone(), file.address(world))).collect();
    for embed in &mut message.embeds {
        for part in ["image", "thumbnail"] {
            let Some(url) = embed.get_mut(part).and_then(|part| part.get_mut("url")) else {
                continue;
            };
            let named = url.as_str().and_then(|url| url.strip_prefix("attachment://"));
            let found = addresses.iter().find(|(name, _)| Some(name.as_str()) == named);
            if let Some((_, address)) = found {
                *url = json!(address);
            }
        }
    }
}

/// Whom a text makes a device ring for. Unlike on Discord, the bot's permission to mention
/// everybody is not asked: a bot that relies on lacking it is a bot to be found out.
pub(crate) fn pings(
    world: &World,
    content: &str,
    allowed: Option<&Value>,
    reply_to: Option<Snowflake>,
) -> Pings {
    let allowed = allowed.filter(|allowed| !allowed.is_null());
    let parses = |kind: &str| match allowed {
        None => true,
        Some(allowed) => {
            allowed["parse"].as_array().is_some_and(|list| list.iter().any(|k| k == kind))
        }
    };
    let names = |kind: &str, id: Snowflake| {
        allowed.and_then(|allowed| allowed[kind].as_array()).is_some_and(|list| {
            list.iter().filter_map(Snowflake::read).any(|allowed| allowed == id)
        })
    };
    let mut pings = Pings::default();
    for (sigil, id) in mentions(content) {
        let (kind, list) = match sigil {
            '&' => ("roles", &mut pings.roles),
            _ => ("users", &mut pings.users),
        };
        let exists = match sigil {
            '&' => world.roles.iter().any(|role| role.id == id),
            _ => id == world.bot.id || world.person(id).is_some(),
        };
        let audible = sigil != '&' || world.may_ring(id);
        if exists && audible && !list.contains(&id) && (parses(kind) || names(kind, id)) {
            list.push(id);
        }
    }
    pings.everyone =
        (content.contains("@everyone") || content.contains("@here")) && parses("everyone");
    let rings_reply = allowed.is_none_or(|allowed| allowed["replied_user"] == true);
    if let Some(author) = reply_to.filter(|_| rings_reply)
        && !pings.users.contains(&author)
    {
        pings.users.push(author);
    }
    pings
}

/// Each `<@id>`, `<@!id>` and `<@&id>` in a text.
fn mentions(content: &str) -> impl Iterator<Item = (char, Snowflake)> {
    content.split("<@").skip(1).filter_map(|rest| {
        let (inside, _) = rest.split_once('>')?;
        let (sigil, digits) = match inside.chars().next()? {
            sigil @ ('&' | '!') => (sigil, inside.get(1..)?),
            _ => ('!', inside),
        };
        Some((sigil, digits.parse().ok()?))
    })
}
