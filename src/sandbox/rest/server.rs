//! The server, its roles and people, and who the bot is.

use serde_json::Value;
use serde_json::json;

use crate::sandbox::gateway::gateway_address;
use crate::sandbox::rest::Answer;
use crate::sandbox::rest::Call;
use crate::sandbox::rest::Result;
use crate::sandbox::rest::refusal::Refusal;
use crate::sandbox::shapes::BOT_PERMISSIONS;
use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::world::World;

/// Introductions that Discord bears in a day.
const IDENTIFIES_A_DAY: usize = 1_000;

pub(crate) fn gateway(call: &Call<'_>, for_bot: bool) -> Answer {
    let world = call.town.world();
    let url = match &world.faults.gateway_elsewhere {
        Some(url) => url.clone(),
        None => gateway_address(&world.base),
    };
    if !for_bot {
        return Answer::Json(json!({ "url": url }));
    }
    let remaining = IDENTIFIES_A_DAY.saturating_sub(world.sessions.identifies);
    Answer::Json(json!({
        "url": url,
        "shards": 1,
        "session_start_limit": {
            "total": IDENTIFIES_A_DAY,
            "remaining": remaining,
            "reset_after": 86_400_000,
            "max_concurrency": 1,
        },
    }))
}

pub(crate) fn me(call: &Call<'_>) -> Answer {
    let world = call.town.world();
    let mut shape = world.user(world.bot.id);
    shape["verified"] = json!(true);
    shape["mfa_enabled"] = json!(false);
    shape["locale"] = json!("en-GB");
    Answer::Json(shape)
}

pub(crate) fn user(call: &Call<'_>, id: Snowflake) -> Result<Answer> {
    let world = call.town.world();
    if id != world.bot.id && world.person(id).is_none() {
        return Err(Refusal::unknown_user());
    }
    Ok(Answer::Json(world.user(id)))
}

pub(crate) fn mine(call: &Call<'_>) -> Answer {
    let world = call.town.world();
    let server = |(id, name): (Snowflake, &str)| {
        json!({
            "id": id,
            "name": name,
            "icon": null,
            "owner": false,
            "permissions": BOT_PERMISSIONS.to_string(),
            "features": [],
        })
    };
    Answer::Json(world.servers().map(server).collect())
}

pub(crate) fn application(call: &Call<'_>) -> Answer {
    let world = call.town.world();
    Answer::Json(json!({
        "id": world.bot.id,
        "name": world.bot.name,
        "icon": null,
        "description": "",
        "bot_public": false,
        "bot_require_code_grant": false,
        "verify_key": "0".repeat(64),
        "team": null,
        "type": null,
        "flags": 0,
        "flags_new": "0",
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "redirect_uris": [],
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null,
        "approximate_guild_count": world.servers().count(),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "owner": world.user(world.owner),
        "bot": world.user(world.bot.id),
    }))
}

fn check(world: &World, id: Snowflake) -> Result<()> {
    if id == world.server.id { Ok(()) } else { Err(Refusal::unknown_server()) }
}

pub(crate) fn server(call: &Call<'_>, id: Snowflake) -> Result<Answer> {
    let world = call.town.world();
    check(&world, id)?;
    Ok(Answer::Json(world.server_shape()))
}

pub(crate) fn channels(call: &Call<'_>, id: Snowflake) -> Result<Answer> {
    let world = call.town.world();
    check(&world, id)?;
    Ok(Answer::Json(Value::Array(world.channel_list())))
}

pub(crate) fn roles(call: &Call<'_>, id: Snowflake) -> Result<Answer> {
    let world = call.town.world();
    check(&world, id)?;
    Ok(Answer::Json(Value::Array(world.role_list())))
}

pub(crate) fn member(call: &Call<'_>, id: Snowflake, member: Snowflake) -> Result<Answer> {
    let world = call.town.world();
    check(&world, id)?;
    if member == world.bot.id {
        return Ok(Answer::Json(world.bot_member()));
    }
    let person = world.person(member).filter(|person| !person.has_left);
    let person = person.ok_or_else(Refusal::unknown_member)?;
    Ok(Answer::Json(world.member(person)))
}

pub(crate) fn open_direct(call: &Call<'_>) -> Result<Answer> {
    let body = call.body.object()?;
    let recipient = body.get("recipient_id").and_then(Snowflake::read);
    let world = call.town.world();
    let person = recipient.and_then(|id| world.person(id)).ok_or_else(Refusal::unknown_user)?;
    let channel = world.channel(person.direct).ok_or_else(Refusal::unknown_channel)?;
    Ok(Answer::Json(world.channel_shape(channel)))
}
