//! The commands that the bot registers, for the server or for everywhere.

use chrono::NaiveDate;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::sandbox::limits;
use crate::sandbox::limits::Problems;
use crate::sandbox::rest::Answer;
use crate::sandbox::rest::Call;
use crate::sandbox::rest::Result;
use crate::sandbox::rest::refusal::Refusal;
use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::world::Command;
use crate::sandbox::world::Happening;
use crate::sandbox::world::World;

pub(crate) fn route(
    call: &Call<'_>,
    application: Snowflake,
    server: Option<Snowflake>,
    rest: &[&str],
) -> Result<Answer> {
    let mut world = call.town.world();
    if application != world.bot.id {
        return Err(Refusal::unknown_application());
    }
    if server.is_some_and(|id| world.servers().all(|(known, _)| known != id)) {
        return Err(Refusal::unknown_server());
    }
    let id = match rest {
        [] => None,
        [id] => Some(id.parse().map_err(|_| Refusal::not_an_id(id))?),
        _ => return Err(Refusal::no_route()),
    };
    match (call.method, id) {
        ("GET", None) => {
            let neighbour = server.and_then(|id| world.neighbourhood.servers.get_mut(&id));
            if let Some(neighbour) = neighbour {
                neighbour.lookups += 1;
            }
            Ok(Answer::Json(list(&world, server)))
        }
        ("PUT", None) => replace_all(&mut world, server, call.body.json.as_ref()),
        ("POST", None) => create(&mut world, server, call.body.object()?),
        ("GET", Some(id)) => {
            let command = find(&world, server, id)?;
            Ok(Answer::Json(shape(&world, command)))
        }
        ("PATCH", Some(id)) => edit(&mut world, server, id, call.body.object()?),
        ("DELETE", Some(id)) => {
            find(&world, server, id)?;
            registered_mut(&mut world, server).0.retain(|command| command.id != id);
            world.happen(Happening::Commands);
            Ok(Answer::Nothing)
        }
        _ => Err(Refusal::bad_method()),
    }
}

/// The commands of a server, or of everywhere and the bot's own.
fn registered(world: &World, server: Option<Snowflake>) -> &[Command] {
    let neighbour = server.and_then(|id| world.neighbourhood.servers.get(&id));
    neighbour.map_or(&world.commands, |neighbour| &neighbour.commands)
}

/// The same, to be changed, and how many were created there on a day.
fn registered_mut(
    world: &mut World,
    server: Option<Snowflake>,
) -> (&mut Vec<Command>, &mut (NaiveDate, usize)) {
    match server.and_then(|id| world.neighbourhood.servers.get_mut(&id)) {
        Some(neighbour) => (&mut neighbour.commands, &mut neighbour.creations),
        None => (&mut world.commands, &mut world.creations),
    }
}

fn find(world: &World, server: Option<Snowflake>, id: Snowflake) -> Result<&Command> {
    let found = registered(world, server).iter().find(|c| c.id == id && c.server == server);
    found.ok_or_else(Refusal::unknown_command)
}

fn list(world: &World, server: Option<Snowflake>) -> Value {
    let here = registered(world, server).iter().filter(|command| command.server == server);
    Value::Array(here.map(|command| shape(world, command)).collect())
}

/// A command in Discord's shape, with what Discord fills in.
pub(crate) fn shape(world: &World, command: &Command) -> Value {
    let mut shape = json!({
        "id": command.id,
        "application_id": world.bot.id,
        "version": command.id,
        "type": 1,
        "description": "",
        "default_member_permissions": null,
        "nsfw": false,
        "contexts": null,
        "integration_types": [0],
        "name_localizations": null,
        "description_localizations": null,
    });
    if let Some(server) = command.server {
        shape["guild_id"] = json!(server);
    } else {
        shape["dm_permission"] = json!(true);
    }
    if let (Value::Object(shape), Some(body)) = (&mut shape, command.body.as_object()) {
        let said = body.iter().filter(|(key, value)| *key != "id" && !is_unsaid(key, value));
        shape.extend(said.map(|(key, value)| (key.clone(), without_defaults(value))));
    }
    shape
}

/// A part of a command as Discord returns it: what says nothing is left out.
fn without_defaults(value: &Value) -> Value {
    match value {
        Value::Object(parts) => {
            let said = parts.iter().filter(|(key, value)| !is_unsaid(key, value));
            said.map(|(key, value)| (key.clone(), without_defaults(value))).collect()
        }
        Value::Array(list) => list.iter().map(without_defaults).collect(),
        other => other.clone(),
    }
}

fn is_unsaid(key: &str, value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(parts) => parts.is_empty(),
        Value::Bool(said) => !said && matches!(key, "required" | "autocomplete"),
        _ => false,
    }
}

/// Registers a command, in place of one of the same kind and name if there is one.
fn put(world: &mut World, server: Option<Snowflake>, body: Value) -> Result<Snowflake> {
    let new = Command { id: world.id(), server, body };
    let today = world.now.date_naive();
    let (commands, creations) = registered_mut(world, server);
    let old = commands
        .iter_mut()
        .find(|old| old.server == server && old.kind() == new.kind() && old.name() == new.name());
    if let Some(old) = old {
        old.body = new.body;
        return Ok(old.id);
    }
    if creations.0 != today {
        *creations = (today, 0);
    }
    if creations.1 >= limits::CREATIONS_A_DAY_MAX {
        return Err(Refusal::too_many_creations());
    }
    creations.1 += 1;
    let id = new.id;
    commands.push(new);
    Ok(id)
}

fn create(
    world: &mut World,
    server: Option<Snowflake>,
    body: &Map<String, Value>,
) -> Result<Answer> {
    let mut problems = Problems::default();
    let new = Value::Object(body.clone());
    let others = registered(world, server).iter().filter(|command| {
        command.server == server
            && (Some(command.name()) != body.get("name").and_then(Value::as_str)
                || command.kind() != body.get("type").and_then(Value::as_u64).unwrap_or(1))
    });
    let all: Vec<Value> = others.map(|command| command.body.clone()).chain([new.clone()]).collect();
    limits::check_command(&mut problems, "", body);
    if problems.is_empty() {
        limits::check_commands(&mut problems, &all);
    }
    if !problems.is_empty() {
        return Err(Refusal::invalid(&problems));
    }
    let known = registered(world, server).len();
    let id = put(world, server, new)?;
    world.happen(Happening::Commands);
    let answer = shape(world, find(world, server, id)?);
    let created = registered(world, server).len() > known;
    Ok(if created { Answer::Created(answer) } else { Answer::Json(answer) })
}

fn edit(
    world: &mut World,
    server: Option<Snowflake>,
    id: Snowflake,
    changes: &Map<String, Value>,
) -> Result<Answer> {
    let mut body = find(world, server, id)?.body.clone();
    if let Value::Object(body) = &mut body {
        body.extend(changes.iter().map(|(key, value)| (key.clone(), value.clone())));
        let mut problems = Problems::default();
        limits::check_command(&mut problems, "", body);
        if !problems.is_empty() {
            return Err(Refusal::invalid(&problems));
        }
    }
    let (commands, _) = registered_mut(world, server);
    if let Some(command) = commands.iter_mut().find(|command| command.id == id) {
        command.body = body;
    }
    world.happen(Happening::Commands);
    Ok(Answer::Json(shape(world, find(world, server, id)?)))
}

fn replace_all(
    world: &mut World,
    server: Option<Snowflake>,
    body: Option<&Value>,
) -> Result<Answer> {
    let commands = body.and_then(Value::as_array).ok_or_else(Refusal::not_json)?;
    let mut problems = Problems::default();
    limits::check_commands(&mut problems, commands);
    if !problems.is_empty() {
        return Err(Refusal::invalid(&problems));
    }
    let mut kept = Vec::new();
    for body in commands {
        kept.push(put(world, server, body.clone())?);
    }
    let (commands, _) = registered_mut(world, server);
    commands.retain(|command| command.server != server || kept.contains(&command.id));
    world.happen(Happening::Commands);
    Ok(Answer::Json(list(world, server)))
}
