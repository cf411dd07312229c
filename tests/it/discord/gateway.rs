//! Connecting, losing the gateway, and coming back.

use std::collections::BTreeSet;
use std::time::Duration;

use convener::discord;
use convener::discord::Connection;
use convener::discord::Fault as NoConnection;
use convener::discord::Heard;
use convener::sandbox::Fault;
use convener::sandbox::Sandbox;
use futures_util::FutureExt;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio::time::timeout;
use url::Url;

use super::town::PATIENCE;
use super::town::Town;
use super::town::connection;
use super::town::sandbox;
use super::town::setting;
use crate::contract::Witness;

#[tokio::test]
async fn a_server_is_announced_with_its_channels_and_roles() {
    let town = Town::open().await;
    assert_eq!(town.server.name, "Partnership");
    let channels: Vec<&str> = town.server.channels.iter().map(|(_, name)| name.as_str()).collect();
    assert!(channels.contains(&"general") && channels.contains(&"cpeg"), "{channels:?}");
    let roles: Vec<&str> = town.server.roles.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(
        roles.into_iter().collect::<BTreeSet<_>>(),
        // The last is the bot's own, which Discord makes when it is let in.
        BTreeSet::from(["CPEG Chair", "Server admin", "Convener"])
    );
}

#[tokio::test]
async fn a_deleted_channel_changes_the_server() {
    let mut town = Town::open().await;
    town.fault(Fault::DeleteChannel { channel: "cpeg".into() });
    let server = town.hear(|heard| match heard {
        Heard::Server(server) => Some(server),
        _ => None,
    });
    assert!(server.await.channels.iter().all(|(_, name)| name != "cpeg"));
}

#[tokio::test]
async fn commands_are_declared_once_and_again_only_when_they_differ() {
    let town = Town::open().await;
    assert!(town.discord.declare(town.server.id).await.unwrap().changed);
    let created = town.sandbox.creations();
    assert!(created > 0);
    assert!(!town.discord.declare(town.server.id).await.unwrap().changed);
    assert_eq!(town.requests("PUT", "/commands"), 1);
    assert_eq!(town.sandbox.creations(), created);
}

#[tokio::test]
async fn a_wrong_token_is_said_so_at_once() {
    let sandbox = sandbox().await;
    let _witness = Witness(sandbox.clone());
    let (tell, _heard) = mpsc::channel(8);
    let wrong = Connection { token: "wrong".into(), ..connection(&sandbox) };
    let fault = discord::connect(wrong, tell).await.unwrap_err();
    assert_eq!(fault, NoConnection::TokenRefused);
    assert!(fault.to_string().contains("discord.com/developers"));
    assert_eq!(sandbox.identifies(), 0);
}

#[tokio::test]
async fn nobody_at_the_api_base_is_said_so() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let (tell, _heard) = mpsc::channel(8);
    let nobody = Connection::new(Some(address.parse().unwrap()), "token".into());
    let fault = discord::connect(nobody, tell).await.unwrap_err();
    assert!(matches!(fault, NoConnection::Unreachable { .. }), "{fault}");
}

#[tokio::test]
async fn the_token_is_not_sent_to_a_gateway_on_another_host() {
    let sandbox = sandbox().await;
    let _witness = Witness(sandbox.clone());
    // The same machine by another name is another host, and here somebody listens.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://localhost:{}", listener.local_addr().unwrap().port());
    sandbox.fault(Fault::GatewayElsewhere { url: url.clone() });
    let (tell, mut heard) = mpsc::channel(8);
    let fault = discord::connect(connection(&sandbox), tell).await.unwrap_err();
    let elsewhere = NoConnection::GatewayElsewhere { gateway: url, expected: "127.0.0.1".into() };
    assert_eq!(fault, elsewhere);
    assert!(heard.recv().await.is_none());
    assert!(listener.accept().now_or_never().is_none());
    assert_eq!(sandbox.identifies(), 0);
}

#[tokio::test]
async fn when_serenitys_own_look_for_the_gateway_fails_it_does_not_fall_back_to_discord() {
    let sandbox = sandbox().await;
    let _witness = Witness(sandbox.clone());
    sandbox.fault(Fault::Refuse { on: "GET /gateway".into(), status: 502, times: 1 });
    let town = Town::open_with(sandbox, |_| ()).await;
    // Its first look failed; nothing was connected to, and a second client looked again.
    assert_eq!(town.requests("GET", "/gateway"), 2);
    assert_eq!(town.sandbox.identifies(), 1);
}

#[tokio::test]
async fn a_cut_line_is_taken_up_again() {
    let mut town = Town::open().await;
    town.fault(Fault::CutGateway);
    town.lost().await;
    town.connected().await;
    assert_eq!((town.sandbox.resumes(), town.sandbox.identifies()), (1, 1));
}

#[tokio::test]
async fn a_refused_resume_ends_in_one_new_introduction() {
    let mut town = Town::open().await;
    town.fault(Fault::RefuseResume { times: 1 });
    town.fault(Fault::CutGateway);
    town.lost().await;
    town.connected().await;
    assert_eq!((town.sandbox.resumes(), town.sandbox.identifies()), (0, 2));
}

#[tokio::test]
async fn a_close_without_a_code_stalls_nothing_of_ours() {
    let mut town = Town::open().await;
    let (done, mut watching) = mpsc::channel::<()>(1);
    let longest = tokio::spawn(async move {
        let mut longest = Duration::ZERO;
        let mut last = Instant::now();
        let mut turns = tokio::time::interval(Duration::from_millis(10));
        while watching.recv().now_or_never().is_none() {
            turns.tick().await;
            longest = longest.max(last.elapsed());
            last = Instant::now();
        }
        longest
    });
    town.fault(Fault::CloseGateway { code: None });
    town.lost().await;
    town.connected().await;
    drop(done);
    let longest = longest.await.unwrap();
    // Serenity's own loop lasts until its next heartbeat, 41 s; a busy machine takes its share too.
    assert!(longest < Duration::from_secs(10), "our own runtime stood still for {longest:?}");
    assert_eq!(town.sandbox.identifies(), 2);
}

#[tokio::test]
async fn a_close_that_serenity_spins_on_is_recovered_from() {
    for code in [4_003, 4_010, 4_011] {
        let mut town = Town::open().await;
        town.fault(Fault::CloseGateway { code: Some(code) });
        town.lost().await;
        town.connected().await;
        assert_eq!(town.sandbox.identifies(), 2, "{code}");
        town.discord.close().await;
    }
}

#[tokio::test]
async fn a_line_that_keeps_closing_is_not_tried_in_a_hurry() {
    let mut town = Town::open_with(sandbox().await, |timing| {
        timing.settled_after = Duration::from_mins(1);
        timing.backoff_min = Duration::from_millis(100);
        timing.backoff_max = Duration::from_secs(2);
    })
    .await;
    let began = Instant::now();
    for _ in 0..4 {
        town.fault(Fault::CloseGateway { code: Some(4_000) });
        town.lost().await;
        town.connected().await;
    }
    // After the connection itself: 100, 200, 400 and 800 ms at least.
    assert!(began.elapsed() >= Duration::from_millis(1_500), "{:?}", began.elapsed());
    assert_eq!((town.sandbox.resumes(), town.sandbox.identifies()), (4, 1));
}

#[tokio::test]
async fn a_server_that_was_away_is_found_again() {
    let mut town = Town::open().await;
    let address: Url = town.sandbox.url().parse().unwrap();
    town.sandbox.clone().shut().await;
    town.lost().await;
    let back = Sandbox::open(setting(), address.port().unwrap()).await.unwrap();
    let _witness = Witness(back.clone());
    town.connected().await;
    town.sandbox = back;
    assert_eq!(town.sandbox.identifies(), 1);
    assert!(town.sandbox.is_online());
}

#[tokio::test]
async fn a_gateway_that_no_longer_answers_heartbeats_is_left() {
    let sandbox = sandbox().await;
    sandbox.beat_every(Duration::from_secs(30));
    let mut town =
        Town::open_with(sandbox, |timing| timing.silence_max = Duration::from_secs(2)).await;
    town.fault(Fault::SilentHeart);
    town.lost().await;
    town.sandbox.mend();
    town.connected().await;
    assert_eq!(town.sandbox.identifies(), 2);
}

#[tokio::test]
async fn a_revoked_token_or_refused_intents_end_it_with_a_sentence() {
    for (code, expected) in [
        (4_004, NoConnection::TokenRefused),
        (4_013, NoConnection::IntentsRefused),
        (4_014, NoConnection::IntentsRefused),
    ] {
        let mut town = Town::open().await;
        town.fault(Fault::CloseGateway { code: Some(code) });
        let fault = town.hear(|heard| match heard {
            Heard::Ended(fault) => Some(fault),
            _ => None,
        });
        assert_eq!(fault.await, expected, "{code}");
        assert_eq!(town.sandbox.identifies(), 1);
    }
}

#[tokio::test]
async fn events_that_nobody_knows_or_can_read_do_no_harm() {
    let mut town = Town::open().await.declared().await;
    town.fault(Fault::UnknownEvent);
    town.fault(Fault::UndecodableEvent);
    town.sandbox.say("Amira", "general", "@Convener still there?").await.unwrap();
    let (request, _reply) = town.asked().await;
    assert_eq!(request.by.name, "Amira");
}

#[tokio::test]
async fn closing_takes_no_longer_than_two_seconds_whatever_the_gateway_does() {
    let faults = [
        None,
        Some(Fault::SilentHeart),
        Some(Fault::CutGateway),
        Some(Fault::CloseGateway { code: None }),
    ];
    for fault in faults {
        let town = Town::open().await;
        if let Some(fault) = fault.clone() {
            town.fault(fault);
        }
        let began = Instant::now();
        town.discord.close().await;
        assert!(began.elapsed() < Duration::from_secs(2), "{fault:?}: {:?}", began.elapsed());
    }
}

#[tokio::test]
async fn a_goodbye_ends_the_session_and_what_is_heard() {
    let Town { sandbox, discord, mut heard, _witness, .. } = Town::open().await;
    discord.close().await;
    let end = async { while heard.recv().await.is_some() {} };
    timeout(PATIENCE, end).await.unwrap();
    assert!(sandbox.until(|sandbox| (!sandbox.is_online()).then_some(())).await.is_some());
}
