//! A channel as one reads it, in plain text and without ids.

use std::fmt::Write as _;

use chrono::DateTime;
use serde_json::Value;

use crate::sandbox::message::Message;
use crate::sandbox::message::State;
use crate::sandbox::message::label;
use crate::sandbox::world::World;

/// Each message of a list, one below the other.
pub(crate) fn transcript<'a>(world: &World, messages: impl Iterator<Item = &'a Message>) -> String {
    let mut text = String::new();
    for message in messages {
        write_message(&mut text, world, message);
    }
    text
}

fn write_message(text: &mut String, world: &World, message: &Message) {
    let at = message.at.with_timezone(&world.zone).format("%a %-d %b %H:%M");
    let mut notes = Vec::new();
    if let Some(reader) = message.ephemeral_for {
        notes.push(format!("only to {}", world.name(reader)));
    }
    notes.extend(followed(world, message));
    notes.extend(rung(world, message));
    if message.edited_at.is_some() {
        notes.push("edited".to_owned());
    }
    let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
    let _infallible = write!(text, "[{at}] {}{notes}:", message.author_name);
    match message.state {
        State::Thinking => text.push_str(" …thinking"),
        State::Failed => text.push_str(" …did not answer"),
        State::Sent => {}
    }
    for (index, line) in readable(world, &message.content).lines().enumerate() {
        text.push_str(if index == 0 { " " } else { "    " });
        text.push_str(line);
        text.push('\n');
    }
    if message.content.is_empty() {
        text.push('\n');
    }
    for embed in &message.embeds {
        write_embed(text, world, embed);
    }
    for row in &message.components {
        let parts = row.get("components").and_then(Value::as_array).into_iter().flatten();
        let parts: Vec<String> = parts.map(part).collect();
        write_line(text, "    ", &parts.join(" "));
    }
    for file in &message.files {
        write_line(text, "    ", &format!("📎 {}", file.name));
    }
}

/// What of its own author's a message follows on. An answer to somebody else's words stands below
/// them, and is seen to be one.
fn followed(world: &World, message: &Message) -> Option<String> {
    let earlier = world.message(message.channel, message.reply_to?)?;
    (earlier.author == message.author)
        .then(|| format!("following on \"{}\"", opening(world, earlier)))
}

/// Whom the bot made a device ring for. It has none itself.
fn rung(world: &World, message: &Message) -> Option<String> {
    let pings = &message.pings;
    if message.author != world.bot.id {
        return None;
    }
    let users = pings.users.iter().filter(|id| **id != world.bot.id).map(|id| format!("@{id}"));
    let roles = pings.roles.iter().map(|id| format!("@&{id}"));
    let mut names: Vec<_> = users.chain(roles).filter_map(|tag| name(world, &tag)).collect();
    if pings.everyone {
        names.push("@everyone".to_owned());
    }
    (!names.is_empty()).then(|| format!("rings {}", names.join(", ")))
}

/// The first line of what a message says.
fn opening(world: &World, message: &Message) -> String {
    let embedded = message.embeds.iter().flat_map(|embed| [&embed["title"], &embed["description"]]);
    let said = std::iter::once(message.content.as_str());
    let mut said = said.chain(embedded.filter_map(Value::as_str)).flat_map(str::lines);
    let line = said.find(|line| !line.trim().is_empty()).unwrap_or_default();
    readable(world, line)
}

fn write_embed(text: &mut String, world: &World, embed: &Value) {
    let words = |value: &Value| readable(world, value.as_str().unwrap_or_default());
    let author = words(&embed["author"]["name"]);
    let title = words(&embed["title"]);
    for part in [author, title.clone(), words(&embed["description"])] {
        for line in part.lines() {
            write_line(text, "    │ ", line);
        }
    }
    for field in embed["fields"].as_array().into_iter().flatten() {
        write_line(text, "    │ ", &format!("{}:", words(&field["name"])));
        for line in words(&field["value"]).lines() {
            write_line(text, "    │   ", line);
        }
    }
    for line in words(&embed["footer"]["text"]).lines() {
        write_line(text, "    │ — ", line);
    }
}

fn write_line(text: &mut String, indent: &str, line: &str) {
    text.push_str(format!("{indent}{line}").trim_end());
    text.push('\n');
}

/// A button as `[Label]`, a link with its address, a menu with what it offers.
fn part(part: &Value) -> String {
    let off = if part["disabled"] == true { " (off)" } else { "" };
    match (part["type"].as_u64(), part["url"].as_str()) {
        (Some(2), Some(url)) => format!("[{}]({url})", label(part)),
        (Some(2), None) => format!("[{}{off}]", label(part)),
        _ => {
            let options = part["options"].as_array().into_iter().flatten();
            let options: Vec<&str> = options.filter_map(|o| o["label"].as_str()).collect();
            format!("[{}{off} ▾ {}]", label(part), options.join(" · "))
        }
    }
}

/// A text with names in place of ids, and times in words.
fn readable(world: &World, text: &str) -> String {
    let mut readable = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        readable.push_str(before);
        let inside =
            after.split_once('>').and_then(|(tag, after)| Some((name(world, tag)?, after)));
        if let Some((name, after)) = inside {
            readable.push_str(&name);
            rest = after;
        } else {
            readable.push('<');
            rest = after;
        }
    }
    readable.push_str(rest);
    readable
}

/// What stands for `@id`, `@&id`, `#id`, `t:seconds:style` or `/command:id`.
fn name(world: &World, tag: &str) -> Option<String> {
    if let Some(id) = tag.strip_prefix("@&") {
        let id = id.parse().ok()?;
        let role = world.roles.iter().find(|role| role.id == id)?;
        return Some(format!("@{}", role.name));
    }
    if let Some(id) = tag.strip_prefix("@!").or_else(|| tag.strip_prefix('@')) {
        return Some(format!("@{}", world.name(id.parse().ok()?)));
    }
    if let Some(id) = tag.strip_prefix('#') {
        return Some(format!("#{}", world.channel(id.parse().ok()?)?.name));
    }
    if let Some(command) = tag.strip_prefix('/') {
        return Some(format!("/{}", command.split_once(':')?.0));
    }
    let (seconds, style) = match tag.strip_prefix("t:")?.split_once(':') {
        Some((seconds, style)) => (seconds, style),
        None => (tag.strip_prefix("t:")?, "f"),
    };
    let at = DateTime::from_timestamp(seconds.parse().ok()?, 0)?.with_timezone(&world.zone);
    let format = match style {
        "t" | "T" => "%H:%M",
        "d" | "D" => "%-d %B %Y",
        "F" => "%A %-d %B %Y %H:%M",
        _ => "%-d %B %Y %H:%M",
    };
    Some(at.format(format).to_string())
}
