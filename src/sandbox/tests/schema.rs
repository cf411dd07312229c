//! What the sandbox answers has the shapes that Discord publishes.

use std::path::Path;

use serde_json::Value;
use serde_json::json;

use crate::sandbox::Outcome;
use crate::sandbox::Sandbox;
use crate::sandbox::tests::bot;
use crate::sandbox::tests::faults::person;
use crate::sandbox::tests::sandbox;

/// Discord's published description, which is not part of this repository.
const PUBLISHED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/discord-openapi.json");

fn published() -> Option<Value> {
    let text = std::fs::read(Path::new(PUBLISHED)).ok()?;
    Some(serde_json::from_slice(&text).unwrap())
}

fn check(published: &Value, name: &str, shape: &Value) {
    let schema = json!({
        "$ref": format!("#/components/schemas/{name}"),
        "components": published["components"],
    });
    let schema = jsonschema::validator_for(&schema).unwrap();
    let wrong =
        schema.iter_errors(shape).map(|error| format!("{error} at {}", error.instance_path()));
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{name}: {wrong:#?}");
}

async fn ask(sandbox: &Sandbox, path: &str) -> Value {
    let token = format!("Bot {}", sandbox.token());
    let request = reqwest::Client::new().get(format!("{}/api/v10{path}", sandbox.url()));
    let answer = request.header("authorization", token).send().await.unwrap();
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

/// Leaves an answer of every kind in #general.
async fn converse(sandbox: &Sandbox) {
    let said = sandbox.say("Amira", "general", "@Convener hello").await.unwrap();
    for line in ["/update action:1.2 text:Venue", "/later", "/twice"] {
        sandbox.command("Amira", "general", line).await.unwrap();
    }
    sandbox.press("Amira", "general", "Undo").await.unwrap();
    sandbox.menu("Amira", said, "Log as progress").await.unwrap();
    let form = sandbox.command("Amira", "general", "/form").await.unwrap();
    let Outcome::Form(form) = form else { panic!("{form:?}") };
    sandbox.submit("Amira", &form, &[("text", "Booked")]).await.unwrap();
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "a skipped test must say so")]
async fn answers_have_the_shapes_that_discord_publishes() {
    let Some(published) = published() else {
        eprintln!("skipped: {PUBLISHED} is missing");
        return;
    };
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    converse(&sandbox).await;
    let messages = sandbox.read_as("Amira", "general");
    assert!(messages.len() > 5);
    for message in messages {
        check(&published, "MessageResponse", &sandbox.shape(&message));
    }
    let event = json!({
        "name": "CPEG",
        "scheduled_start_time": "2020-12-10T10:00:00Z",
        "scheduled_end_time": "2020-12-10T12:00:00Z",
        "privacy_level": 2,
        "entity_type": 3,
        "entity_metadata": { "location": "Dumbarton" },
    });
    let server = sandbox.server();
    bot.http.create_scheduled_event(server.get().into(), &event, None).await.unwrap();
    for event in
        ask(&sandbox, &format!("/guilds/{server}/scheduled-events")).await.as_array().unwrap()
    {
        check(&published, "ExternalScheduledEventResponse", event);
    }
    for command in sandbox.commands() {
        check(&published, "ApplicationCommandResponse", &command);
    }
    for (name, path) in [
        ("GuildWithCountsResponse", format!("/guilds/{server}")),
        ("GuildMemberResponse", format!("/guilds/{server}/members/{}", person(&sandbox, "Amira"))),
        ("UserPIIResponse", "/users/@me".to_owned()),
        ("PrivateApplicationResponse", "/applications/@me".to_owned()),
        ("GatewayBotResponse", "/gateway/bot".to_owned()),
        ("ErrorResponse", "/nowhere".to_owned()),
    ] {
        check(&published, name, &ask(&sandbox, &path).await);
    }
    for (name, path) in [("GuildChannelResponse", "channels"), ("GuildRoleResponse", "roles")] {
        let list = ask(&sandbox, &format!("/guilds/{server}/{path}")).await;
        for shape in list.as_array().unwrap() {
            check(&published, name, shape);
        }
    }
    bot.stop().await;
}
