//! Requests that go wrong in the ways they do on Discord.

use std::time::Duration;

use serde_json::Value;
use serde_json::json;
use serenity::Error;
use serenity::all::ChannelId;
use serenity::all::Http;
use serenity::all::Message;
use serenity::all::UserId;
use serenity::http::HttpError;
use tokio::time::Instant;
use tokio::time::timeout;

use crate::sandbox::Fault;
use crate::sandbox::Outcome;
use crate::sandbox::Sandbox;
use crate::sandbox::tests::bot;
use crate::sandbox::tests::sandbox;

const SENDS: &str = "POST /channels/*/messages";

pub(super) fn channel(sandbox: &Sandbox, name: &str) -> ChannelId {
    sandbox.channel_id(name).get().into()
}

pub(super) fn person(sandbox: &Sandbox, name: &str) -> UserId {
    sandbox.person_id(name).get().into()
}

/// The status and Discord's code of a refused request.
pub(super) fn refused<T: std::fmt::Debug>(result: serenity::Result<T>) -> (u16, isize) {
    match result {
        Err(Error::Http(HttpError::UnsuccessfulRequest(answer))) => {
            (answer.status_code.as_u16(), answer.error.code)
        }
        other => panic!("{other:?}"),
    }
}

async fn send(http: &Http, sandbox: &Sandbox, body: Value) -> serenity::Result<Message> {
    http.send_message(channel(sandbox, "general"), vec![], &body).await
}

#[tokio::test]
async fn the_gateways_address_can_fail_and_can_lead_elsewhere() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    sandbox.fault(Fault::Refuse { on: "GET /gateway".to_owned(), status: 502, times: 1 });
    assert_eq!(refused(http.get_gateway().await), (502, 0));
    assert!(http.get_gateway().await.unwrap().url.starts_with("ws://127.0.0.1:"));
    let url = "wss://elsewhere.example".to_owned();
    sandbox.fault(Fault::GatewayElsewhere { url: url.clone() });
    assert_eq!(http.get_gateway().await.unwrap().url, url);
    assert_eq!(http.get_bot_gateway().await.unwrap().url, url);
    sandbox.mend();
    assert_ne!(http.get_gateway().await.unwrap().url, url);
}

#[tokio::test]
async fn a_request_can_hang_and_can_be_slow() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    sandbox.fault(Fault::Hang { on: "/users/@me".to_owned(), times: 1 });
    let hung = timeout(Duration::from_millis(100), http.get_current_user()).await;
    assert!(hung.is_err());
    assert_eq!(sandbox.traffic()[0].status, 0);
    let by = Duration::from_millis(60);
    sandbox.fault(Fault::Slow { on: "/users/**".to_owned(), by, times: 1 });
    let began = Instant::now();
    http.get_current_user().await.unwrap();
    assert!(began.elapsed() >= by);
    sandbox.shut().await;
}

#[tokio::test]
async fn errors_and_limits_last_as_often_as_told() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    sandbox.fault(Fault::Refuse { on: SENDS.to_owned(), status: 500, times: 2 });
    for _ in 0..2 {
        assert_eq!(refused(send(&http, &sandbox, json!({ "content": "a" })).await), (500, 0));
    }
    send(&http, &sandbox, json!({ "content": "b" })).await.unwrap();
    let retry_after = Duration::from_millis(1_500);
    let on = "**".to_owned();
    sandbox.fault(Fault::TooMany { on, retry_after, global: true, times: 1 });
    assert_eq!(refused(http.get_current_user().await), (429, 0));
    http.get_current_user().await.unwrap();
    assert_eq!(sandbox.read("general").len(), 1);
    assert_eq!(sandbox.refusals(), 1);
}

#[tokio::test]
async fn a_limit_says_how_long_to_wait() {
    let sandbox = sandbox().await;
    let retry_after = Duration::from_millis(1_500);
    let on = "**".to_owned();
    sandbox.fault(Fault::TooMany { on, retry_after, global: false, times: 1 });
    let answer = reqwest::get(format!("{}/api/v10/gateway", sandbox.url())).await.unwrap();
    assert_eq!(answer.status(), 429);
    assert_eq!(answer.headers()["retry-after"], "2");
    assert_eq!(answer.headers()["x-ratelimit-scope"], "user");
    let body: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(body["retry_after"], 1.5);
    assert_eq!(body["global"], false);
}

#[tokio::test]
async fn a_message_accepted_without_a_readable_answer_is_known_by_its_nonce() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    let body = json!({ "content": "Digest", "nonce": "board:1", "enforce_nonce": true });
    sandbox.fault(Fault::HangUp { on: SENDS.to_owned(), times: 1 });
    let cut = send(&http, &sandbox, body.clone()).await.unwrap_err();
    assert!(matches!(cut, Error::Http(HttpError::Request(_))), "{cut:?}");
    sandbox.fault(Fault::Garble { on: SENDS.to_owned(), times: 1 });
    let garbled = send(&http, &sandbox, body.clone()).await.unwrap_err();
    assert!(matches!(garbled, Error::Http(HttpError::Request(_)) | Error::Json(_)), "{garbled:?}");
    let message = send(&http, &sandbox, body).await.unwrap();
    let read = sandbox.read("general");
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].id.get(), message.id.get());
    assert_eq!(sandbox.traffic().iter().map(|sent| sent.status).collect::<Vec<_>>(), [0, 200, 200]);
}

#[tokio::test]
async fn channels_and_people_can_be_closed_to_the_bot() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    let hello = json!({ "content": "hello" });
    sandbox.fault(Fault::ForbidChannel { channel: "general".to_owned() });
    assert_eq!(refused(send(&http, &sandbox, hello.clone()).await), (403, 50_013));
    sandbox.fault(Fault::HideChannel { channel: "general".to_owned() });
    assert_eq!(refused(send(&http, &sandbox, hello.clone()).await), (403, 50_001));
    sandbox.fault(Fault::RefuseDirect { person: Some("Amira".to_owned()) });
    for (name, closed) in [("Amira", true), ("Bryce", false)] {
        let recipient = json!({ "recipient_id": person(&sandbox, name).to_string() });
        let direct = http.create_private_channel(&recipient).await.unwrap();
        let sent = http.send_message(direct.id, vec![], &hello).await;
        if closed {
            assert_eq!(refused(sent), (403, 50_007));
        } else {
            sent.unwrap();
        }
    }
    sandbox.mend();
    send(&http, &sandbox, hello.clone()).await.unwrap();
    let general = channel(&sandbox, "general");
    sandbox.fault(Fault::DeleteChannel { channel: "general".to_owned() });
    assert_eq!(refused(http.send_message(general, vec![], &hello).await), (404, 10_003));
}

#[tokio::test]
async fn a_deleted_channel_is_announced() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    sandbox.fault(Fault::DeleteChannel { channel: "cpeg".to_owned() });
    let asked = sandbox.say("Amira", "@Convener", "hello").await.unwrap();
    sandbox.reply("Amira", "@Convener", asked).await.unwrap();
    assert_eq!(bot.seen.deleted_channels.load(std::sync::atomic::Ordering::SeqCst), 1);
    let channels = bot.http.get_channels(sandbox.server().get().into()).await.unwrap();
    assert_eq!(channels.len(), 1);
    bot.stop().await;
}

#[tokio::test]
async fn an_answer_after_three_seconds_comes_too_late() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    let by = Duration::from_millis(3_100);
    let on = "POST /interactions/*/*/callback".to_owned();
    sandbox.fault(Fault::Slow { on, by, times: 1 });
    let outcome = sandbox.command("Amira", "general", "/meeting next").await.unwrap();
    assert!(matches!(outcome, Outcome::Failed(_)), "{outcome:?}");
    let late = |s: &Sandbox| s.traffic().into_iter().find(|sent| sent.status == 404);
    assert!(sandbox.until(late).await.unwrap().path.ends_with("/TOKEN/callback"));
    assert!(sandbox.read("general").is_empty());
    bot.stop().await;
}
