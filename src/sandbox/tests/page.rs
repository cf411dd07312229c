//! What the page and the sandbox say to each other.

use serde_json::Value;
use serde_json::json;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::sandbox::Sandbox;
use crate::sandbox::files::FILES;
use crate::sandbox::tests::bot;
use crate::sandbox::tests::faults::channel;
use crate::sandbox::tests::faults::person;
use crate::sandbox::tests::sandbox;

async fn get(sandbox: &Sandbox, path: &str) -> Value {
    let text = reqwest::get(format!("{}{path}", sandbox.url())).await.unwrap().text().await;
    serde_json::from_str(&text.unwrap()).unwrap()
}

async fn post(sandbox: &Sandbox, path: &str, body: Value) -> (u16, Value) {
    let request = reqwest::Client::new()
        .post(format!("{}/sandbox/{path}", sandbox.url()))
        .header("content-type", "application/json")
        .body(body.to_string());
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&answer.text().await.unwrap()).unwrap())
}

#[tokio::test]
async fn the_pages_own_files_are_served() {
    let sandbox = sandbox().await;
    for (path, kind, text) in FILES {
        let answer = reqwest::get(format!("{}{path}", sandbox.url())).await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], *kind);
        assert!(answer.headers().contains_key("content-security-policy"));
        assert_eq!(answer.text().await.unwrap(), *text);
    }
}

#[test]
fn every_file_the_page_asks_for_is_there() {
    let is_there = |name: &str| FILES.iter().any(|(path, ..)| *path == format!("/{name}"));
    let mut asked = 0;
    for (_, _, text) in FILES {
        let imports = text.split("from \"./").skip(1);
        let links = text.split("=\"/").skip(1);
        for rest in imports.chain(links) {
            let name = rest.split('"').next().unwrap();
            assert!(is_there(name), "{name} is asked for and not served");
            asked += 1;
        }
    }
    assert!(asked > 3);
}

#[tokio::test]
async fn a_person_does_everything_from_the_page() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    let (amira, bryce) = (person(&sandbox, "Amira"), person(&sandbox, "Bryce"));
    let general = channel(&sandbox, "general").to_string();
    let here = json!({ "as": amira.to_string(), "channel": general });
    let with = |more: Value| {
        let mut body = here.clone();
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };

    let (_, said) = post(&sandbox, "say", with(json!({ "content": "Good morning" }))).await;
    assert_eq!(said["message"]["content"], "Good morning");
    assert_eq!(said["message"]["local"], "09:00");
    assert_eq!(said["message"]["day"], "Monday 26 October 2020");

    let typed = json!({ "command": "update", "path": [], "focused": "action", "options": [{ "name": "action", "value": "awa" }] });
    let (_, offered) = post(&sandbox, "complete", with(typed)).await;
    assert_eq!(offered["choices"][0]["value"], "IP-1.2");

    let options = json!([{ "name": "action", "value": "IP-1.2" }, { "name": "count", "value": 2 }]);
    let run = with(json!({ "command": "update", "path": [], "options": options }));
    assert_eq!(post(&sandbox, "command", run).await, (200, json!({ "kind": "answered" })));

    let world = get(&sandbox, &format!("/sandbox/world?as={amira}")).await;
    let answer = &world["messages"][&general][1];
    assert_eq!(answer["ephemeral_for"], amira.to_string());
    assert_eq!(answer["command"], json!({ "name": "/update", "by": "Amira" }));
    let theirs = get(&sandbox, &format!("/sandbox/world?as={bryce}")).await;
    assert_eq!(theirs["messages"][&general].as_array().unwrap().len(), 1);

    let press = with(json!({ "message": answer["id"], "custom_id": "undo:1" }));
    assert_eq!(post(&sandbox, "press", press).await.1["kind"], "answered");

    let run = with(json!({ "command": "form", "path": [], "options": [] }));
    let (_, opened) = post(&sandbox, "command", run).await;
    let form = &opened["form"]["id"];
    assert_eq!(opened["form"]["components"][0]["components"][0]["label"], "Progress");
    let sent = with(json!({ "form": form, "values": { "text": "Booked", "note": "" } }));
    assert_eq!(post(&sandbox, "submit", sent).await.1["kind"], "answered");

    let menu = with(json!({ "command": "Log as progress", "message": said["message"]["id"] }));
    assert_eq!(post(&sandbox, "menu", menu).await.1["kind"], "answered");
    assert_eq!(sandbox.read("general").pop().unwrap().content, "Logged: Good morning");
    bot.stop().await;
}

#[tokio::test]
async fn the_page_is_told_of_events_and_of_what_a_message_answers() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    assert_eq!(get(&sandbox, "/sandbox/world").await["events"], json!([]));
    let event = super::events::event();
    http.create_scheduled_event(sandbox.server().get().into(), &event, None).await.unwrap();
    let shown = &get(&sandbox, "/sandbox/world").await["events"][0];
    let (name, place) = (&shown["name"], &shown["place"]);
    assert_eq!((name, place), (&json!("CPWD board"), &json!("Church Street, Dumbarton")));
    assert_eq!(shown["day"], "Thursday 19 November 2020, 14:00");

    let general = channel(&sandbox, "general");
    let said = general.say(&http, "Digest").await.unwrap();
    let reply = json!({ "content": "Since then", "message_reference": { "message_id": said.id.to_string() } });
    http.send_message(general, vec![], &reply).await.unwrap();
    let world = get(&sandbox, "/sandbox/world").await;
    let shown = &world["messages"][general.to_string()][1];
    assert_eq!(shown["referenced_message"]["content"], "Digest");
}

async fn attach(sandbox: &Sandbox, name: &str, bytes: Vec<u8>) -> (u16, Value) {
    let address = format!("{}/sandbox/attach?name={name}", sandbox.url());
    let request = reqwest::Client::new().post(address).header("content-type", "text/csv");
    let answer = request.body(bytes).send().await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&answer.text().await.unwrap()).unwrap())
}

#[tokio::test]
async fn a_person_gives_a_file_to_a_command_from_the_page() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    let earlier = attach(&sandbox, "plan%20%E2%80%93%20a.csv", b"ref,title".to_vec()).await.1;
    attach(&sandbox, "plan%20%E2%80%93%20a.csv", b"another of that name".to_vec()).await;
    let run = json!({
        "as": person(&sandbox, "Amira").to_string(),
        "channel": channel(&sandbox, "general").to_string(),
        "command": "give",
        "path": [],
        "options": [{ "name": "file", "value": earlier["id"] }],
    });
    assert_eq!(post(&sandbox, "command", run).await.1["kind"], "answered");
    assert_eq!(sandbox.read("general").pop().unwrap().content, "plan – a.csv of 9");
    bot.stop().await;
}

#[tokio::test]
async fn a_file_from_the_page_that_is_empty_or_too_large_is_refused() {
    let sandbox = sandbox().await;
    let most = 10 * 1024 * 1024;
    assert_eq!(attach(&sandbox, "plan.csv", vec![b'x'; most]).await.0, 200);
    let (status, refused) = attach(&sandbox, "plan.csv", vec![b'x'; most + 1]).await;
    let sentence = "“plan.csv” could not be attached. A file has at most 10 MB.";
    assert_eq!((status, &refused["problem"]), (400, &json!(sentence)));
    assert_eq!(attach(&sandbox, "plan.csv", Vec::new()).await.0, 400);
}

#[tokio::test]
async fn the_world_names_everything_the_page_shows() {
    let sandbox = sandbox().await;
    let world = get(&sandbox, "/sandbox/world").await;
    assert_eq!(world["server"]["name"], "Partnership");
    assert_eq!(world["bot"]["online"], false);
    assert_eq!(world["channels"][1]["name"], "cpeg");
    assert_eq!(world["people"][0]["roles"], json!(["CPEG Chair"]));
    assert_eq!(world["roles"][0]["name"], "CPEG Chair");
    assert_eq!(world["commands"], json!([]));
    assert_eq!(world["direct"]["id"], sandbox.town.world().people[0].direct.to_string());
    assert_eq!(
        world["clock"],
        json!({
            "now": "2020-10-26T09:00:00Z",
            "local": "Monday 26 October 2020, 09:00",
            "zone": "Europe/London",
            "next": null,
            "travelling": false,
        })
    );
}

#[tokio::test]
async fn mistakes_are_told_in_a_sentence() {
    let sandbox = sandbox().await;
    let amira = person(&sandbox, "Amira").to_string();
    for (path, body, sentence) in [
        ("say", json!([]), "The page sent something that cannot be read."),
        ("say", json!({ "as": amira }), "The page did not say which channel."),
        (
            "say",
            json!({ "as": amira, "channel": "5", "content": "a" }),
            "There is no such channel here.",
        ),
        ("clock", json!({ "to": "2019-01-01T00:00:00Z" }), "The clock only goes forward."),
        ("clock", json!({ "to_local": "soon" }), "Write the time as 2020-11-20 09:00."),
        ("clock", json!({ "jump": true }), "Nothing further is planned."),
    ] {
        let answer = post(&sandbox, path, body.clone()).await;
        assert_eq!(answer, (400, json!({ "problem": sentence })), "{body}");
    }
    let (_, moved) = post(&sandbox, "clock", json!({ "to_local": "2021-07-01 09:00" })).await;
    assert_eq!(moved["clock"]["now"], "2021-07-01T08:00:00Z");
}

/// Reads the next text frame of a web socket, which a server sends unmasked.
async fn frame(socket: &mut TcpStream) -> Value {
    let mut head = [0; 2];
    socket.read_exact(&mut head).await.unwrap();
    assert_eq!(head[0], 0x81);
    let length = match head[1] {
        126 => usize::from(socket.read_u16().await.unwrap()),
        short => usize::from(short),
    };
    let mut text = vec![0; length];
    socket.read_exact(&mut text).await.unwrap();
    serde_json::from_slice(&text).unwrap()
}

#[tokio::test]
async fn the_page_is_told_what_happens() {
    let sandbox = sandbox().await;
    let host = sandbox.url().replace("http://", "");
    let mut socket = TcpStream::connect(&host).await.unwrap();
    let bryce = person(&sandbox, "Bryce");
    let hello = format!(
        "GET /sandbox/events?as={bryce} HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\n\
         Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    socket.write_all(hello.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        answer.push(socket.read_u8().await.unwrap());
    }
    sandbox.say("Amira", "@Convener", "private").await.unwrap();
    sandbox.say("Amira", "general", "public").await.unwrap();
    let told = frame(&mut socket).await;
    assert_eq!((&told["kind"], &told["message"]["content"]), (&json!("message"), &json!("public")));
    let http = bot::http(&sandbox);
    let general = channel(&sandbox, "general");
    general.broadcast_typing(&http).await.unwrap();
    assert_eq!(frame(&mut socket).await["kind"], "typing");
    let sent = general.say(&http, "hello").await.unwrap();
    assert_eq!(frame(&mut socket).await["message"]["author"]["bot"], true);
    sent.delete(&http).await.unwrap();
    assert_eq!(frame(&mut socket).await["kind"], "deleted");
    sandbox.travel_to(super::opening() + chrono::TimeDelta::hours(1)).await.unwrap();
    let told = frame(&mut socket).await;
    assert_eq!((&told["kind"], &told["clock"]["travelling"]), (&json!("clock"), &json!(false)));
}

#[tokio::test]
async fn a_page_from_elsewhere_is_turned_away() {
    let sandbox = sandbox().await;
    let status = async |name: &'static str, value: String| {
        let request = reqwest::Client::new().get(format!("{}/sandbox/world", sandbox.url()));
        request.header(name, value).send().await.unwrap().status().as_u16()
    };
    assert_eq!(status("origin", sandbox.url()).await, 200);
    assert_eq!(status("origin", "https://elsewhere.example".to_owned()).await, 403);
    assert_eq!(status("host", "elsewhere.example".to_owned()).await, 403);
}
