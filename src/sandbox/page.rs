//! The page, and what it and the sandbox say to each other.

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::extract::Query;
use axum::extract::State;
use axum::extract::WebSocketUpgrade;
use axum::extract::rejection::BytesRejection;
use axum::extract::ws::Message;
use axum::extract::ws::WebSocket;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::routing::get;
use axum::routing::post;
use chrono::DateTime;
use chrono::NaiveDateTime;
use chrono::TimeZone as _;
use chrono::Utc;
use serde::Deserialize;
use serde_json::Value;
use serde_json::json;
use tokio::sync::broadcast;

use crate::sandbox::command::Given;
use crate::sandbox::command::plain;
use crate::sandbox::files;
use crate::sandbox::interaction::Outcome;
use crate::sandbox::limits;
use crate::sandbox::person::Refused;
use crate::sandbox::rest::command_shape;
use crate::sandbox::shapes::colour;
use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::town::Town;
use crate::sandbox::voices::UNTOLD;
use crate::sandbox::world::Happening;
use crate::sandbox::world::World;

/// The ways that lead to the page and what it asks for.
pub(crate) fn routes() -> Router<Arc<Town>> {
    files::routes()
        .route("/sandbox/world", get(world))
        .route("/sandbox/events", get(events))
        .route("/sandbox/say", post(say))
        .route("/sandbox/command", post(command))
        .route("/sandbox/attach", post(attach).layer(DefaultBodyLimit::max(limits::FILE_BYTES_MAX)))
        .route("/sandbox/complete", post(complete))
        .route("/sandbox/press", post(press))
        .route("/sandbox/submit", post(submit))
        .route("/sandbox/menu", post(menu))
        .route("/sandbox/clock", post(clock))
}

/// What went wrong, in a sentence.
struct Problem(String);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, Json(json!({ "problem": self.0 }))).into_response()
    }
}

impl From<String> for Problem {
    fn from(sentence: String) -> Self {
        Self(sentence)
    }
}

impl From<&str> for Problem {
    fn from(sentence: &str) -> Self {
        Self(sentence.to_owned())
    }
}

type Answer = Result<Json<Value>, Problem>;
type Sent = Result<Json<Value>, axum::extract::rejection::JsonRejection>;

/// What the page sent, read by the names it goes by.
struct Letter(Value);

impl Letter {
    fn open(sent: Sent) -> Result<Self, Problem> {
        match sent {
            Ok(Json(value)) if value.is_object() => Ok(Self(value)),
            _ => Err("The page sent something that cannot be read.".into()),
        }
    }

    fn id(&self, key: &str) -> Result<Snowflake, Problem> {
        let id = self.0.get(key).and_then(Snowflake::read);
        id.ok_or_else(|| Problem(format!("The page did not say which {key}.")))
    }

    fn text(&self, key: &str) -> Result<String, Problem> {
        let text = self.0.get(key).and_then(Value::as_str).map(str::to_owned);
        text.ok_or_else(|| Problem(format!("The page did not say which {key}.")))
    }

    fn list(&self, key: &str) -> &[Value] {
        self.0.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    fn texts(&self, key: &str) -> Vec<String> {
        self.list(key).iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    fn given(&self) -> Result<Given, Problem> {
        let option = |option: &Value| {
            let name = option.get("name")?.as_str()?.to_owned();
            Some((name, plain(option.get("value")?)?))
        };
        Ok(Given {
            command: self.text("command")?,
            path: self.texts("path"),
            options: self.list("options").iter().filter_map(option).collect(),
        })
    }
}

#[derive(Deserialize)]
struct Viewer {
    #[serde(rename = "as")]
    person: Option<String>,
}

impl Viewer {
    /// The person asked for, else the first there is.
    fn of(&self, world: &World) -> Option<Snowflake> {
        let asked = self.person.as_ref().and_then(|id| id.parse().ok());
        let asked = asked.filter(|id| world.person(*id).is_some());
        asked.or_else(|| world.people.first().map(|person| person.id))
    }
}

async fn world(State(town): State<Arc<Town>>, Query(viewer): Query<Viewer>) -> Json<Value> {
    let clock = town.clock_shape();
    let world = town.world();
    let viewer = viewer.of(&world);
    let direct = viewer.and_then(|id| world.person(id)).map(|person| person.direct);
    let role_name = |id: &Snowflake| {
        world.roles.iter().find(|role| role.id == *id).map(|role| role.name.clone())
    };
    let people: Vec<Value> = world
        .people
        .iter()
        .map(|person| {
            let roles: Vec<String> = person.roles.iter().filter_map(role_name).collect();
            json!({ "id": person.id, "name": person.name, "roles": roles, "note": person.note })
        })
        .collect();
    let channels: Vec<Value> = world
        .text_channels()
        .map(|channel| json!({ "id": channel.id, "name": channel.name, "topic": channel.topic }))
        .collect();
    let roles: Vec<Value> = world
        .roles
        .iter()
        .map(|role| json!({ "id": role.id, "name": role.name, "colour": colour(role.id) }))
        .collect();
    let mut messages = serde_json::Map::new();
    for channel in &world.channels {
        if channel.direct.is_some() && channel.direct != viewer {
            continue;
        }
        let seen = channel.messages.values().filter(|message| message.is_visible_to(viewer));
        let seen = seen.map(|message| message.to_page(&world)).collect();
        messages.insert(channel.id.to_string(), Value::Array(seen));
    }
    Json(json!({
        "server": { "id": world.server.id, "name": world.server.name },
        "bot": {
            "id": world.bot.id,
            "name": world.bot.name,
            "online": world.sessions.is_online(),
        },
        "channels": channels,
        "people": people,
        "roles": roles,
        "direct": { "id": direct },
        "commands": commands(&world),
        "events": world.events_shape(),
        "clock": clock,
        "messages": messages,
    }))
}

fn commands(world: &World) -> Vec<Value> {
    world.commands.iter().map(|command| command_shape(world, command)).collect()
}

async fn events(
    State(town): State<Arc<Town>>,
    Query(viewer): Query<Viewer>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let (viewer, happenings) = {
        let world = town.world();
        (viewer.of(&world), world.page.subscribe())
    };
    upgrade.on_upgrade(move |socket| tell(town, viewer, happenings, socket))
}

/// Tells the page what happens. A page that falls far behind is let go, and reads everything anew
/// when it comes back.
async fn tell(
    town: Arc<Town>,
    viewer: Option<Snowflake>,
    mut happenings: broadcast::Receiver<Arc<Happening>>,
    mut socket: WebSocket,
) {
    loop {
        let happening = tokio::select! {
            happening = happenings.recv() => match happening {
                Ok(happening) => happening,
                Err(_) => break,
            },
            heard = socket.recv() => match heard {
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => continue,
            },
            () = town.closed() => break,
        };
        let Some(frame) = frame(&town, viewer, &happening) else { continue };
        if socket.send(Message::Text(frame.to_string().into())).await.is_err() {
            break;
        }
    }
}

fn frame(town: &Town, viewer: Option<Snowflake>, happening: &Happening) -> Option<Value> {
    let sees = |only: &Option<Snowflake>| only.is_none() || *only == viewer;
    match happening {
        Happening::Message { only, shape } => {
            sees(only).then(|| json!({ "kind": "message", "message": shape }))
        }
        Happening::Deleted { channel, only, id } => {
            sees(only).then(|| json!({ "kind": "deleted", "channel": channel, "id": id }))
        }
        Happening::Typing { channel } => {
            let may = viewer.is_some_and(|viewer| town.world().may_see(viewer, *channel));
            may.then(|| json!({ "kind": "typing", "channel": channel }))
        }
        Happening::Clock => Some(json!({ "kind": "clock", "clock": town.clock_shape() })),
        Happening::Commands => {
            let commands = commands(&town.world());
            Some(json!({ "kind": "commands", "commands": commands }))
        }
        Happening::Events => {
            Some(json!({ "kind": "events", "events": town.world().events_shape() }))
        }
        Happening::Bot { online } => Some(json!({ "kind": "bot", "online": online })),
    }
}

async fn say(State(town): State<Arc<Town>>, sent: Sent) -> Answer {
    let letter = Letter::open(sent)?;
    let (person, channel) = (letter.id("as")?, letter.id("channel")?);
    let content = letter.text("content")?;
    let mut world = town.world();
    let id = world.say(person, channel, &content)?;
    let message = world.message(channel, id).map(|message| message.to_page(&world));
    Ok(Json(json!({ "message": message })))
}

/// Asks, waits, and tells the page what came of it.
async fn outcome<F>(town: &Town, question: F) -> Answer
where
    F: FnOnce(&World) -> Refused<crate::sandbox::interaction::Question>,
{
    let asked = {
        let mut world = town.world();
        let question = question(&world)?;
        world.ask(question)
    };
    Ok(Json(match town.outcome(asked).await {
        Outcome::Answered(_) | Outcome::Acknowledged | Outcome::Deferred(_) => {
            json!({ "kind": "answered" })
        }
        Outcome::Form(form) => json!({
            "kind": "form",
            "form": { "id": form.id, "title": form.title, "components": form.components },
        }),
        Outcome::Failed(problem) => json!({ "kind": "failed", "problem": problem }),
    }))
}

async fn command(State(town): State<Arc<Town>>, sent: Sent) -> Answer {
    let letter = Letter::open(sent)?;
    let (person, channel, given) = (letter.id("as")?, letter.id("channel")?, letter.given()?);
    outcome(&town, |world| world.command(person, channel, &given, None)).await
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

/// Takes a file, to be given to a command by the id that comes back.
async fn attach(
    State(town): State<Arc<Town>>,
    Query(Named { name }): Query<Named>,
    headers: HeaderMap,
    sent: Result<Bytes, BytesRejection>,
) -> Answer {
    let bytes = sent.map_err(|_| {
        let most = limits::FILE_BYTES_MAX / (1024 * 1024);
        Problem(format!("“{name}” could not be attached. A file has at most {most} MB."))
    })?;
    if bytes.is_empty() {
        return Err(Problem(format!("“{name}” is empty, so there is nothing to attach.")));
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or(UNTOLD);
    let id = town.world().take_in_hand(&name, kind, Arc::from(bytes.as_ref()));
    Ok(Json(json!({ "id": id })))
}

async fn complete(State(town): State<Arc<Town>>, sent: Sent) -> Answer {
    let letter = Letter::open(sent)?;
    let (person, channel, given) = (letter.id("as")?, letter.id("channel")?, letter.given()?);
    let focused = letter.text("focused")?;
    let asked = {
        let mut world = town.world();
        let question = world.command(person, channel, &given, Some(&focused))?;
        world.ask(question)
    };
    let choices = town.choices(asked).await?;
    Ok(Json(json!({ "choices": choices })))
}

async fn press(State(town): State<Arc<Town>>, sent: Sent) -> Answer {
    let letter = Letter::open(sent)?;
    let (person, channel) = (letter.id("as")?, letter.id("channel")?);
    let (message, custom_id) = (letter.id("message")?, letter.text("custom_id")?);
    let values = letter.texts("values");
    outcome(&town, |world| world.press(person, channel, message, &custom_id, &values)).await
}

async fn submit(State(town): State<Arc<Town>>, sent: Sent) -> Answer {
    let letter = Letter::open(sent)?;
    let (person, form) = (letter.id("as")?, letter.id("form")?);
    let values = letter.0.get("values").and_then(Value::as_object).into_iter().flatten();
    let values: Vec<(String, String)> = values
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect();
    outcome(&town, |world| world.submit(person, form, &values)).await
}

async fn menu(State(town): State<Arc<Town>>, sent: Sent) -> Answer {
    let letter = Letter::open(sent)?;
    let (person, channel) = (letter.id("as")?, letter.id("channel")?);
    let (command, message) = (letter.text("command")?, letter.id("message")?);
    outcome(&town, |world| world.menu(person, channel, &command, message)).await
}

async fn clock(State(town): State<Arc<Town>>, sent: Sent) -> Answer {
    let letter = Letter::open(sent)?;
    let target = if letter.0["jump"] == true { None } else { Some(destination(&town, &letter)?) };
    let travelled = Arc::clone(&town);
    // A journey of its own: closing the page half-way does not strand the clock.
    let journey = tokio::spawn(async move {
        match target {
            Some(target) => travelled.travel_to(target).await,
            None => travelled.jump().await,
        }
    });
    journey.await.map_err(|_| "The clock could not be moved.")??;
    Ok(Json(json!({ "clock": town.clock_shape() })))
}

/// Where the page wants the clock: an instant, or a local time.
fn destination(town: &Town, letter: &Letter) -> Result<DateTime<Utc>, Problem> {
    if let Some(to) = letter.0["to"].as_str() {
        let to = DateTime::parse_from_rfc3339(to).map_err(|_| "That is not a time.")?;
        return Ok(to.with_timezone(&Utc));
    }
    let local = letter.0["to_local"].as_str().ok_or("The page did not say where to.")?;
    let local = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(local, format).ok())
        .ok_or("Write the time as 2020-11-20 09:00.")?;
    // A local time that the clock change skips is refused; one that comes twice is the first.
    let to = town.world().zone.from_local_datetime(&local).earliest();
    let to = to.ok_or("The clocks go forward over that hour: it does not exist.")?;
    Ok(to.with_timezone(&Utc))
}
