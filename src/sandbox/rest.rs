//! Discord's REST interface, version 10: the front door and the way to each noun.

mod body;
mod callbacks;
mod channels;
mod commands;
mod events;
mod refusal;
mod server;
mod webhooks;
mod writing;

pub(crate) use commands::shape as command_shape;
pub(crate) use writing::pings;

use std::sync::Arc;

use axum::extract::ConnectInfo;
use axum::extract::Request;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::HeaderName;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use serde_json::Value;
use tokio::time::Instant;

use crate::sandbox::door::Cord;
use crate::sandbox::fault::Fault;
use crate::sandbox::rest::body::Body;
use crate::sandbox::rest::refusal::Refusal;
use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::town::Town;
use crate::sandbox::traffic::Recorded;

/// A request as the routes see it.
struct Call<'a> {
    town: &'a Town,
    method: &'a str,
    query: &'a str,
    body: Body,
}

/// What a route answers: JSON, or nothing (204).
enum Answer {
    Json(Value),
    Created(Value),
    Nothing,
}

type Result<T> = std::result::Result<T, Refusal>;

impl Call<'_> {
    /// A number in the query.
    fn asks(&self, key: &str) -> Option<u64> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(name, _)| *name == key)
            .and_then(|(_, value)| value.parse().ok())
    }
}

/// Every request under `/api` comes through here.
pub(crate) async fn enter(
    State(town): State<Arc<Town>>,
    ConnectInfo(cord): ConnectInfo<Cord>,
    request: Request,
) -> Response {
    let method = request.method().as_str().to_owned();
    let path = plain_path(request.uri().path());
    let query = request.uri().query().unwrap_or_default().to_owned();
    let knows_token = knows_token(&town, request.headers());
    let body = match Body::read(request).await {
        Ok(body) => body,
        Err(refusal) => return finish(&town, None, &path, Err(refusal)),
    };
    let (number, fault) = note(&town, &method, &path, &query, &body);
    if let Some(response) = misbehave_first(&town, fault.as_ref(), number, &path).await {
        return response;
    }
    if knows_token && !is_open(&path) {
        let crowded = town.world().faults.crowded(Instant::now());
        if let Some(wait) = crowded {
            return finish(&town, Some(number), &path, Err(Refusal::too_many(wait, true)));
        }
    }
    let call = Call { town: &town, method: &method, query: &query, body };
    let answer = if knows_token || is_open(&path) {
        route(call, &path)
    } else {
        Err(Refusal::unauthorised())
    };
    match fault {
        Some(Fault::HangUp { .. }) => {
            cord.cut();
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Some(Fault::Garble { .. }) if answer.is_ok() => {
            town.world().traffic.answered(number, 200);
            (StatusCode::OK, "{\"id\": <oops>").into_response()
        }
        _ => finish(&town, Some(number), &path, answer),
    }
}

/// Writes the request down and sees whether a fault waits for it.
fn note(town: &Town, method: &str, path: &str, query: &str, body: &Body) -> (usize, Option<Fault>) {
    let mut world = town.world();
    let at = world.now;
    let number = world.traffic.arrived(Recorded {
        method: method.to_owned(),
        path: without_token(path),
        query: query.to_owned(),
        body: body.json.clone(),
        files: body.files.len(),
        status: 0,
        at,
    });
    // A request that is never answered changes nothing else that somebody could wait for.
    world.changed();
    let fault = world.faults.meet(method, path);
    (number, fault)
}

/// Faults that come before anything is done.
async fn misbehave_first(
    town: &Town,
    fault: Option<&Fault>,
    number: usize,
    path: &str,
) -> Option<Response> {
    match fault? {
        Fault::Hang { .. } => {
            town.closed().await;
            Some(StatusCode::SERVICE_UNAVAILABLE.into_response())
        }
        Fault::Slow { by, .. } => {
            tokio::time::sleep(*by).await;
            None
        }
        Fault::TooMany { retry_after, global, .. } => {
            let refusal = Refusal::too_many(*retry_after, *global);
            Some(finish(town, Some(number), path, Err(refusal)))
        }
        Fault::Refuse { status, .. } => {
            let refusal = Refusal::broken(*status);
            Some(finish(town, Some(number), path, Err(refusal)))
        }
        _ => None,
    }
}

/// The one table of routes. What is not in it does not exist.
fn route(call: Call<'_>, path: &str) -> Result<Answer> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match (call.method, parts.as_slice()) {
        ("GET", ["gateway"]) => Ok(server::gateway(&call, false)),
        ("GET", ["gateway", "bot"]) => Ok(server::gateway(&call, true)),
        ("GET", ["users", "@me"]) => Ok(server::me(&call)),
        ("GET", ["users", id]) => server::user(&call, read(id)?),
        ("GET", ["users", "@me", "guilds"]) => Ok(server::mine(&call)),
        ("POST", ["users", "@me", "channels"]) => server::open_direct(&call),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
            Ok(server::application(&call))
        }
        ("GET", ["guilds", id]) => server::server(&call, read(id)?),
        ("GET", ["guilds", id, "channels"]) => server::channels(&call, read(id)?),
        ("GET", ["guilds", id, "roles"]) => server::roles(&call, read(id)?),
        ("GET", ["guilds", id, "members", member]) => {
            server::member(&call, read(id)?, read(member)?)
        }
        (_, ["guilds", id, "scheduled-events", rest @ ..]) => events::route(&call, read(id)?, rest),
        (_, ["applications", id, "commands", rest @ ..]) => {
            commands::route(&call, read(id)?, None, rest)
        }
        (_, ["applications", id, "guilds", server, "commands", rest @ ..]) => {
            commands::route(&call, read(id)?, Some(read(server)?), rest)
        }
        ("GET", ["channels", id]) => channels::show(&call, read(id)?),
        ("POST", ["channels", id, "typing"]) => channels::typing(&call, read(id)?),
        ("GET", ["channels", id, "messages"]) => channels::messages(&call, read(id)?),
        ("POST", ["channels", id, "messages"]) => channels::create(call, read(id)?),
        (_, ["channels", id, "messages", message]) => {
            channels::message(call, read(id)?, read(message)?)
        }
        ("POST", ["interactions", id, token, "callback"]) => {
            callbacks::answer(call, read(id)?, token)
        }
        ("POST", ["webhooks", id, token]) => webhooks::follow_up(call, read(id)?, token),
        (_, ["webhooks", id, token, "messages", message]) => {
            webhooks::message(call, read(id)?, token, message)
        }
        _ => Err(Refusal::no_route()),
    }
}

/// Routes whose path carries its own authority.
fn is_open(path: &str) -> bool {
    path == "/gateway" || path.starts_with("/interactions/") || path.starts_with("/webhooks/")
}

fn read(part: &str) -> Result<Snowflake> {
    part.parse().map_err(|_| Refusal::not_an_id(part))
}

fn knows_token(town: &Town, headers: &HeaderMap) -> bool {
    let said = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    said.and_then(|said| said.strip_prefix("Bot ")).is_some_and(|token| token == town.token)
}

/// The path without `/api` and the version.
fn plain_path(path: &str) -> String {
    path.trim_start_matches("/api").trim_start_matches("/v10").to_owned()
}

fn without_token(path: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    if matches!(parts.get(1), Some(&("interactions" | "webhooks")))
        && let Some(token) = parts.get_mut(3)
    {
        *token = "TOKEN";
    }
    parts.join("/")
}

/// Writes the answer, with the headers by which a client paces itself.
fn finish(town: &Town, number: Option<usize>, path: &str, answer: Result<Answer>) -> Response {
    let (status, body, extra) = match answer {
        Ok(Answer::Json(body)) => (StatusCode::OK, Some(body), Vec::new()),
        Ok(Answer::Created(body)) => (StatusCode::CREATED, Some(body), Vec::new()),
        Ok(Answer::Nothing) => (StatusCode::NO_CONTENT, None, Vec::new()),
        Err(refusal) => (refusal.status(), Some(refusal.to_json()), refusal.headers()),
    };
    let reset = {
        let mut world = town.world();
        if let Some(number) = number {
            world.traffic.answered(number, status.as_u16());
            world.changed();
        }
        world.now.timestamp() + 1
    };
    let mut response = match body {
        Some(body) => (status, axum::Json(body)).into_response(),
        None => status.into_response(),
    };
    let bucket = path.split('/').filter(|part| part.parse::<u64>().is_err()).take(4);
    let paces = [
        ("x-ratelimit-limit", "50".to_owned()),
        ("x-ratelimit-remaining", "49".to_owned()),
        ("x-ratelimit-reset", reset.to_string()),
        ("x-ratelimit-reset-after", "1.000".to_owned()),
        ("x-ratelimit-bucket", bucket.collect::<Vec<_>>().join("-")),
    ];
    for (name, value) in paces.into_iter().chain(extra) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    response
}
