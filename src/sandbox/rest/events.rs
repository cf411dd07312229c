//! The server's scheduled events. Those in a voice channel or on a stage are not played.

use chrono::DateTime;
use chrono::Utc;
use serde_json::Map;
use serde_json::Value;

use crate::sandbox::event::Event;
use crate::sandbox::limits;
use crate::sandbox::limits::Problems;
use crate::sandbox::permission::Permission;
use crate::sandbox::rest::Answer;
use crate::sandbox::rest::Call;
use crate::sandbox::rest::Result;
use crate::sandbox::rest::refusal::Refusal;
use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::world::Happening;
use crate::sandbox::world::World;

/// What may be said of an event that takes place outside of Discord.
const FIELDS: [&str; 10] = [
    "name",
    "description",
    "image",
    "scheduled_start_time",
    "scheduled_end_time",
    "privacy_level",
    "entity_type",
    "channel_id",
    "recurrence_rule",
    "entity_metadata",
];

/// What must be said of a new one.
const NEEDED: [&str; 6] = [
    "name",
    "scheduled_start_time",
    "scheduled_end_time",
    "privacy_level",
    "entity_type",
    "entity_metadata",
];

/// All events, or one of them: read, added, changed or taken away.
pub(crate) fn route(call: &Call<'_>, server: Snowflake, rest: &[&str]) -> Result<Answer> {
    let mut world = call.town.world();
    if server != world.server.id {
        return Err(Refusal::unknown_server());
    }
    match (call.method, rest) {
        ("GET", []) => {
            let coming = world.coming_events().into_iter();
            Ok(Answer::Json(coming.map(|event| event.to_discord(&world)).collect()))
        }
        ("POST", []) => create(&mut world, call.body.object()?),
        (method, [id]) => {
            let id = id.parse().map_err(|_| Refusal::not_an_id(id))?;
            let event = world.events.get(&id).cloned().ok_or_else(Refusal::unknown_event)?;
            match method {
                "GET" => Ok(Answer::Json(event.to_discord(&world))),
                "PATCH" => change(&mut world, event, call.body.object()?),
                "DELETE" => remove(&mut world, id),
                _ => Err(Refusal::bad_method()),
            }
        }
        _ => Err(Refusal::bad_method()),
    }
}

fn create(world: &mut World, body: &Map<String, Value>) -> Result<Answer> {
    check_permitted(world)?;
    let mut problems = Problems::default();
    for key in NEEDED.iter().filter(|key| body.get(**key).is_none_or(Value::is_null)) {
        problems.missing(key);
    }
    let said = Said::read(&mut problems, body);
    check_times(&mut problems, world.now, said.begins_at, said.ends_at);
    let (Some(name), Some(location)) = (said.name, said.location) else {
        return Err(Refusal::invalid(&problems));
    };
    let (Some(begins_at), Some(ends_at)) = (said.begins_at, said.ends_at) else {
        return Err(Refusal::invalid(&problems));
    };
    if !problems.is_empty() {
        return Err(Refusal::invalid(&problems));
    }
    if world.coming_events().len() >= limits::EVENTS_MAX {
        return Err(Refusal::too_many_events());
    }
    let description = said.description.unwrap_or_default();
    let event = Event { id: world.id(), name, description, location, begins_at, ends_at };
    Ok(keep(world, event))
}

fn change(world: &mut World, event: Event, body: &Map<String, Value>) -> Result<Answer> {
    check_permitted(world)?;
    if event.is_over(world.now) {
        return Err(Refusal::finished_event());
    }
    let mut problems = Problems::default();
    let said = Said::read(&mut problems, body);
    let changed = Event {
        id: event.id,
        name: said.name.unwrap_or(event.name),
        description: said.description.unwrap_or(event.description),
        location: said.location.unwrap_or(event.location),
        begins_at: said.begins_at.unwrap_or(event.begins_at),
        ends_at: said.ends_at.unwrap_or(event.ends_at),
    };
    // The beginning of what has begun stays as it is.
    let begins_at = Some(changed.begins_at).filter(|begins_at| *begins_at != event.begins_at);
    check_times(&mut problems, world.now, begins_at, None);
    check_order(&mut problems, changed.begins_at, changed.ends_at);
    if !problems.is_empty() {
        return Err(Refusal::invalid(&problems));
    }
    Ok(keep(world, changed))
}

fn remove(world: &mut World, id: Snowflake) -> Result<Answer> {
    check_permitted(world)?;
    world.events.remove(&id);
    world.happen(Happening::Events);
    Ok(Answer::Nothing)
}

fn keep(world: &mut World, event: Event) -> Answer {
    let shape = event.to_discord(world);
    world.events.insert(event.id, event);
    world.happen(Happening::Events);
    Answer::Json(shape)
}

/// All events here are the bot's own, for which the right to add them is enough.
fn check_permitted(world: &World) -> Result<()> {
    if world.may(Permission::CreateEvents) { Ok(()) } else { Err(Refusal::missing_permissions()) }
}

/// What a body says of an event; what is absent stays as it was.
struct Said {
    name: Option<String>,
    description: Option<String>,
    location: Option<String>,
    begins_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
}

impl Said {
    fn read(problems: &mut Problems, body: &Map<String, Value>) -> Self {
        problems.unknown("", body, &FIELDS);
        problems.text("name", body.get("name"), 1, limits::EVENT_NAME_MAX);
        let description = body.get("description");
        problems.text("description", description, 0, limits::EVENT_DESCRIPTION_MAX);
        for (key, only) in [("privacy_level", 2), ("entity_type", 3)] {
            let said = body.get(key).filter(|said| !said.is_null());
            if said.is_some_and(|said| said.as_u64() != Some(only)) {
                problems.add(key, "BASE_TYPE_CHOICES", format!("Must be {only} here."));
            }
        }
        for key in ["channel_id", "image", "recurrence_rule"] {
            if body.get(key).is_some_and(|said| !said.is_null()) {
                problems.add(key, "SANDBOX_UNSUPPORTED", "The sandbox has no such events.");
            }
        }
        let place = "entity_metadata";
        let about = body.get(place).filter(|about| !about.is_null());
        let about = about.and_then(|about| problems.object(place, about));
        if let Some(about) = about {
            problems.unknown(place, about, &["location"]);
            let (place, location) = ("entity_metadata.location", about.get("location"));
            problems.required(place, location, 1, limits::EVENT_LOCATION_MAX);
        }
        let words = |said: Option<&Value>| said.and_then(Value::as_str).map(str::to_owned);
        Self {
            name: words(body.get("name")),
            // Taken away by null.
            description: description.map(|said| words(Some(said)).unwrap_or_default()),
            location: words(about.and_then(|about| about.get("location"))),
            begins_at: time(problems, body, "scheduled_start_time"),
            ends_at: time(problems, body, "scheduled_end_time"),
        }
    }
}

fn time(problems: &mut Problems, body: &Map<String, Value>, key: &str) -> Option<DateTime<Utc>> {
    let said = body.get(key).filter(|said| !said.is_null())?;
    let read = said.as_str().and_then(|words| DateTime::parse_from_rfc3339(words).ok());
    if read.is_none() {
        problems.add(key, "DATE_TIME_TYPE_PARSE", "Could not parse. Should be ISO8601.");
    }
    read.map(|time| time.to_utc())
}

fn check_times(
    problems: &mut Problems,
    now: DateTime<Utc>,
    begins_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
) {
    if begins_at.is_some_and(|begins_at| begins_at <= now) {
        let sentence = "Cannot schedule event in the past.";
        problems.add("scheduled_start_time", "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", sentence);
    }
    if let (Some(begins_at), Some(ends_at)) = (begins_at, ends_at) {
        check_order(problems, begins_at, ends_at);
    }
}

fn check_order(problems: &mut Problems, begins_at: DateTime<Utc>, ends_at: DateTime<Utc>) {
    if ends_at <= begins_at {
        let sentence = "Cannot end event before it has started.";
        problems.add("scheduled_end_time", "GUILD_SCHEDULED_EVENT_INVALID_END_TIME", sentence);
    }
}
