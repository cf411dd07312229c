//! Channels and the messages in them.

use serde_json::Map;
use serde_json::Value;

use crate::sandbox::limits;
use crate::sandbox::limits::Shape;
use crate::sandbox::permission::Permission;
use crate::sandbox::rest::Answer;
use crate::sandbox::rest::Call;
use crate::sandbox::rest::Result;
use crate::sandbox::rest::refusal::Refusal;
use crate::sandbox::rest::writing::Draft;
use crate::sandbox::rest::writing::Place;
use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::world::Channel;
use crate::sandbox::world::Happening;
use crate::sandbox::world::MESSAGES_KEPT;
use crate::sandbox::world::World;

/// The channel, if the bot sees it.
fn seen(world: &World, id: Snowflake) -> Result<&Channel> {
    let channel = world.channel(id).ok_or_else(Refusal::unknown_channel)?;
    if world.may_in(channel, Permission::ViewChannel) {
        Ok(channel)
    } else {
        Err(Refusal::missing_access())
    }
}

/// Whether the bot may write in the channel.
fn check_writable(world: &World, id: Snowflake) -> Result<()> {
    let channel = seen(world, id)?;
    if !world.may_in(channel, Permission::SendMessages) {
        return Err(Refusal::missing_permissions());
    }
    match channel.direct.and_then(|id| world.person(id)) {
        Some(person) if person.has_left => Err(Refusal::no_server_shared()),
        Some(person) if person.refuses_direct => Err(Refusal::refuses_direct()),
        _ => Ok(()),
    }
}

/// Whether the bot may say all that is in a message there.
fn check_permitted(
    world: &World,
    id: Snowflake,
    body: &Map<String, Value>,
    files: usize,
) -> Result<()> {
    let channel = seen(world, id)?;
    let embeds = body.get("embeds").and_then(Value::as_array).is_some_and(|list| !list.is_empty());
    let answers = body.get("message_reference").is_some_and(|reference| !reference.is_null());
    if embeds && !world.may_in(channel, Permission::EmbedLinks)
        || files > 0 && !world.may_in(channel, Permission::AttachFiles)
    {
        return Err(Refusal::missing_permissions());
    }
    if answers && !world.may_in(channel, Permission::ReadMessageHistory) {
        return Err(Refusal::no_history());
    }
    Ok(())
}

pub(crate) fn show(call: &Call<'_>, id: Snowflake) -> Result<Answer> {
    let world = call.town.world();
    let channel = seen(&world, id)?;
    Ok(Answer::Json(world.channel_shape(channel)))
}

pub(crate) fn typing(call: &Call<'_>, id: Snowflake) -> Result<Answer> {
    let mut world = call.town.world();
    check_writable(&world, id)?;
    world.happen(Happening::Typing { channel: id });
    Ok(Answer::Nothing)
}

/// Messages newest first, as Discord lists them; what only one person sees is not among them. Who may
/// not read the history of a channel gets nothing of it.
pub(crate) fn messages(call: &Call<'_>, id: Snowflake) -> Result<Answer> {
    let world = call.town.world();
    let channel = seen(&world, id)?;
    let limit = call.asks("limit").map_or(50, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    if !(1..=limits::PAGE_MAX).contains(&limit) {
        let mut problems = limits::Problems::default();
        problems.add("limit", "NUMBER_TYPE_MAX", "int value should be from 1 to 100.");
        return Err(Refusal::invalid(&problems));
    }
    if !world.may_in(channel, Permission::ReadMessageHistory) {
        return Ok(Answer::Json(Value::Array(Vec::new())));
    }
    let everyone = channel.messages.values().filter(|message| message.ephemeral_for.is_none());
    let mut found: Vec<_> = match (call.asks("before"), call.asks("after"), call.asks("around")) {
        (Some(before), _, _) => {
            everyone.rev().filter(|m| m.id.get() < before).take(limit).collect()
        }
        (_, Some(after), _) => everyone.filter(|m| m.id.get() > after).take(limit).collect(),
        (_, _, Some(around)) => {
            let mut all: Vec<_> = everyone.collect();
            all.sort_by_key(|message| message.id.get().abs_diff(around));
            all.truncate(limit);
            all
        }
        _ => everyone.rev().take(limit).collect(),
    };
    found.sort_by_key(|message| std::cmp::Reverse(message.id));
    Ok(Answer::Json(found.into_iter().map(|message| world.for_bot(message)).collect()))
}

pub(crate) fn create(call: Call<'_>, id: Snowflake) -> Result<Answer> {
    let body = call.body.object()?.clone();
    let mut world = call.town.world();
    check_writable(&world, id)?;
    check_permitted(&world, id, &body, call.body.files.len())?;
    let nonce = body.get("nonce").filter(|nonce| !nonce.is_null()).cloned();
    let enforced = body.get("enforce_nonce") == Some(&Value::Bool(true));
    if let Some(earlier) = earlier(&mut world, id, nonce.as_ref().filter(|_| enforced)) {
        let message = world.message(id, earlier).ok_or_else(Refusal::unknown_message)?;
        return Ok(Answer::Json(message.to_discord(&world)));
    }
    let reply_to = replied(&world, id, &body)?;
    let author = reply_to.and_then(|reply| world.message(id, reply)).map(|message| message.author);
    let draft = Draft::read(&mut world, &body, call.body.files, Shape::Create, author)?;
    let place = Place { reply_to, nonce: nonce.clone(), ..Place::default() };
    let message = draft.into_message(&mut world, id, place)?;
    let shape = message.to_discord(&world);
    let posted = world.post(message);
    let now = world.now;
    if let (Some(nonce), Some(channel)) = (nonce, world.channel_mut(id)) {
        channel.nonces.push_back((words(&nonce), posted, now));
        if channel.nonces.len() > MESSAGES_KEPT {
            channel.nonces.pop_front();
        }
    }
    Ok(Answer::Json(shape))
}

/// The message that already bears this nonce, within the minutes that Discord keeps it.
fn earlier(world: &mut World, id: Snowflake, nonce: Option<&Value>) -> Option<Snowflake> {
    let now = world.now;
    let channel = world.channel_mut(id)?;
    while channel.nonces.front().is_some_and(|(_, _, at)| now - *at > limits::NONCE_KEPT) {
        channel.nonces.pop_front();
    }
    let nonce = words(nonce?);
    let stands = |message: &Snowflake| channel.messages.contains_key(message);
    let found =
        channel.nonces.iter().find(|(known, message, _)| *known == nonce && stands(message));
    found.map(|(_, message, _)| *message)
}

fn words(nonce: &Value) -> String {
    nonce.as_str().map_or_else(|| nonce.to_string(), str::to_owned)
}

/// The message replied to, which must be there unless the bot says that it need not.
fn replied(world: &World, id: Snowflake, body: &Map<String, Value>) -> Result<Option<Snowflake>> {
    let Some(reference) = body.get("message_reference").filter(|value| !value.is_null()) else {
        return Ok(None);
    };
    let found = reference
        .get("message_id")
        .and_then(Snowflake::read)
        .filter(|message| world.message(id, *message).is_some());
    if found.is_none() && reference.get("fail_if_not_exists") != Some(&Value::Bool(false)) {
        let mut problems = limits::Problems::default();
        problems.add("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
        return Err(Refusal::invalid(&problems));
    }
    Ok(found)
}

/// One message: read, changed, or taken away.
pub(crate) fn message(call: Call<'_>, id: Snowflake, message: Snowflake) -> Result<Answer> {
    let mut world = call.town.world();
    seen(&world, id)?;
    let found = world.message(id, message).filter(|found| found.ephemeral_for.is_none());
    let found = found.ok_or_else(Refusal::unknown_message)?;
    let own = found.author == world.bot.id;
    match call.method {
        "GET" => Ok(Answer::Json(world.for_bot(found))),
        "DELETE" if own => {
            world.remove(id, message);
            Ok(Answer::Nothing)
        }
        "DELETE" => Err(Refusal::missing_permissions()),
        "PATCH" if own => {
            let reply_to = found.reply_to;
            let author = reply_to.and_then(|id_of| world.message(id, id_of)).map(|m| m.author);
            let body = call.body.object()?.clone();
            let draft = Draft::read(&mut world, &body, call.body.files, Shape::Edit, author)?;
            draft.revise(&mut world, id, message)?;
            let message = world.message(id, message).ok_or_else(Refusal::unknown_message)?;
            Ok(Answer::Json(message.to_discord(&world)))
        }
        "PATCH" => Err(Refusal::not_yours()),
        _ => Err(Refusal::bad_method()),
    }
}
