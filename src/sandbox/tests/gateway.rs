//! Who may listen at the gateway, and how a lost line is taken up.

use std::sync::atomic::Ordering;
use std::time::Duration;

use serenity::Error;
use serenity::all::GatewayIntents;
use serenity::client::ClientBuilder;
use serenity::gateway::GatewayError;
use serenity::http::HttpBuilder;

use crate::sandbox::Fault;
use crate::sandbox::Outcome;
use crate::sandbox::Sandbox;
use crate::sandbox::tests::bot;
use crate::sandbox::tests::sandbox;

async fn refusal(sandbox: &Sandbox, intents: GatewayIntents) -> GatewayError {
    let (mut client, _) = bot::client(sandbox, intents).await;
    match client.start().await.unwrap_err() {
        Error::Gateway(error) => error,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_wrong_token_is_refused_at_the_gateway() {
    let sandbox = sandbox().await;
    let http = HttpBuilder::new("wrong").proxy(sandbox.url()).ratelimiter_disabled(true).build();
    assert!(http.get_current_user().await.is_err());
    assert_eq!(sandbox.refusals(), 1);
    let mut client = ClientBuilder::new_with_http(http, bot::INTENTS).await.unwrap();
    let error = client.start().await.unwrap_err();
    assert!(matches!(error, Error::Gateway(GatewayError::InvalidAuthentication)), "{error}");
}

#[tokio::test]
async fn privileged_and_unknown_intents_are_refused() {
    let sandbox = sandbox().await;
    let error = refusal(&sandbox, GatewayIntents::MESSAGE_CONTENT).await;
    assert!(matches!(error, GatewayError::DisallowedGatewayIntents), "{error}");
    let error = refusal(&sandbox, GatewayIntents::from_bits_retain(1 << 40)).await;
    assert!(matches!(error, GatewayError::InvalidGatewayIntents), "{error}");
}

#[tokio::test]
async fn only_what_was_asked_for_is_told() {
    let sandbox = sandbox().await;
    let (mut client, seen) = bot::client(&sandbox, GatewayIntents::DIRECT_MESSAGES).await;
    tokio::spawn(async move { client.start().await });
    sandbox.until(|s| s.is_online().then_some(())).await.unwrap();
    sandbox.say("Amira", "general", "@Convener hello").await.unwrap();
    let direct = sandbox.say("Amira", "@Convener", "hello").await.unwrap();
    sandbox.reply("Amira", "@Convener", direct).await.unwrap();
    // Its own reply is told as well; what was said in the server is not.
    assert!(seen.messages.load(Ordering::SeqCst) <= 2);
    assert_eq!(sandbox.read("general").len(), 1);
}

async fn still_works(sandbox: &Sandbox) {
    let outcome = sandbox.command("Amira", "general", "/meeting next").await.unwrap();
    assert!(matches!(outcome, Outcome::Answered(_)), "{outcome:?}");
}

#[tokio::test]
async fn a_cut_line_is_taken_up_and_nothing_said_meanwhile_is_lost() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    sandbox.fault(Fault::CutGateway);
    sandbox.until(|s| (!s.is_online()).then_some(())).await.unwrap();
    let asked = sandbox.say("Amira", "general", "@Convener are you there?").await.unwrap();
    sandbox.reply("Amira", "general", asked).await.unwrap();
    assert_eq!((sandbox.identifies(), sandbox.resumes()), (1, 1));
    bot.stop().await;
}

#[tokio::test]
async fn a_close_with_a_code_and_a_request_to_reconnect_are_followed() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    sandbox.fault(Fault::CloseGateway { code: Some(4000) });
    sandbox.until(|s| (s.resumes() == 1).then_some(())).await.unwrap();
    sandbox.fault(Fault::Reconnect);
    sandbox.until(|s| (s.resumes() == 2).then_some(())).await.unwrap();
    still_works(&sandbox).await;
    assert_eq!(sandbox.identifies(), 1);
    bot.stop().await;
}

#[tokio::test]
async fn a_refused_resume_makes_the_bot_introduce_itself_again() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    sandbox.fault(Fault::RefuseResume { times: 1 });
    sandbox.fault(Fault::CutGateway);
    sandbox.until(|s| (s.identifies() == 2).then_some(())).await.unwrap();
    still_works(&sandbox).await;
    assert_eq!(sandbox.resumes(), 0);
    bot.stop().await;
}

#[tokio::test]
async fn a_silent_heart_is_noticed() {
    let sandbox = sandbox().await;
    sandbox.beat_every(Duration::from_millis(100));
    let bot = bot::start(&sandbox).await;
    sandbox.until(|s| (s.heartbeats() > 0).then_some(())).await.unwrap();
    sandbox.fault(Fault::SilentHeart);
    sandbox.until(|s| (s.identifies() == 2).then_some(())).await.unwrap();
    sandbox.mend();
    still_works(&sandbox).await;
    bot.stop().await;
}

/// The client spins until its next heartbeat, so it has a thread of its own here.
#[tokio::test]
async fn a_close_without_a_code_costs_the_client_a_heartbeat() {
    let sandbox = sandbox().await;
    sandbox.beat_every(Duration::from_millis(300));
    let apart = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let apart = apart.unwrap();
    let (other, running) = (sandbox.clone(), apart.handle().clone());
    let bot = running.spawn(async move { bot::start(&other).await }).await.unwrap();
    let before = sandbox.heartbeats();
    sandbox.fault(Fault::CloseGateway { code: None });
    let back = |s: &Sandbox| (s.identifies() + s.resumes() >= 2 && s.is_online()).then_some(());
    sandbox.until(back).await.unwrap();
    assert!(sandbox.heartbeats() >= before);
    drop(bot);
    apart.shutdown_background();
}

#[tokio::test]
async fn events_that_nobody_can_read_harm_nobody() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    sandbox.fault(Fault::UnknownEvent);
    sandbox.fault(Fault::UnreadableInteraction);
    still_works(&sandbox).await;
    assert_eq!(bot.seen.unknown.load(Ordering::SeqCst), 2);
    // Text that is not JSON is passed over: the line stays as it is.
    sandbox.fault(Fault::UndecodableEvent);
    still_works(&sandbox).await;
    assert_eq!((sandbox.identifies(), sandbox.resumes()), (1, 0));
    bot.stop().await;
}

#[tokio::test]
async fn an_interaction_that_comes_twice_cannot_be_answered_twice() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    still_works(&sandbox).await;
    sandbox.fault(Fault::RepeatInteraction);
    let tried = |s: &Sandbox| {
        let answers = s.traffic().into_iter().filter(|sent| sent.path.ends_with("/callback"));
        answers.filter(|sent| sent.status != 0).nth(1)
    };
    assert_eq!(sandbox.until(tried).await.unwrap().status, 400);
    assert_eq!(bot.seen.interactions.load(Ordering::SeqCst), 2);
    assert_eq!(sandbox.read("general").len(), 1);
    sandbox.fault(Fault::Repeat { last: 3 });
    still_works(&sandbox).await;
    bot.stop().await;
}
