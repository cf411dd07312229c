//! Further servers, and a bot that asks for too much.

use std::sync::atomic::Ordering;

use serde_json::json;
use serenity::all::ChannelId;
use serenity::all::GuildId;
use serenity::all::Http;

use crate::sandbox::ChannelPlan;
use crate::sandbox::Fault;
use crate::sandbox::NeighbourPlan;
use crate::sandbox::Sandbox;
use crate::sandbox::Setting;
use crate::sandbox::Snowflake;
use crate::sandbox::tests::bot;
use crate::sandbox::tests::faults::channel;
use crate::sandbox::tests::faults::refused;
use crate::sandbox::tests::sandbox;
use crate::sandbox::tests::setting;

fn neighbour(server: &str) -> NeighbourPlan {
    let cpeg = ChannelPlan { name: "cpeg".to_owned(), topic: String::new() };
    NeighbourPlan { server: server.to_owned(), channels: vec![cpeg], roles: Vec::new() }
}

async fn among_two() -> Sandbox {
    let neighbours = vec![neighbour("Next door"), neighbour("Over the road")];
    Sandbox::open(Setting { neighbours, ..setting() }, 0).await.unwrap()
}

/// The channel of that name in a further server, as the gateway would show it.
fn cpeg_of(sandbox: &Sandbox, server: Snowflake) -> ChannelId {
    let world = sandbox.town.world();
    let announced = world.neighbours_announced().find(|shape| shape["id"] == json!(server));
    let id = announced.unwrap()["channels"][0]["id"].as_str().unwrap().parse::<u64>();
    id.unwrap().into()
}

async fn say(http: &Http, channel: ChannelId, words: &str) {
    http.send_message(channel, vec![], &json!({ "content": words })).await.unwrap();
}

#[tokio::test]
async fn a_bot_hears_of_every_server_and_speaks_in_each_by_itself() {
    let sandbox = among_two().await;
    let http = bot::http(&sandbox);
    let [one, other] = sandbox.neighbours()[..] else { panic!("there are two") };
    assert_eq!(http.get_guilds(None, None).await.unwrap().len(), 3);
    say(&http, channel(&sandbox, "cpeg"), "Here").await;
    say(&http, cpeg_of(&sandbox, one), "There").await;
    let read = |server| {
        let read = sandbox.read_next_door(server, "cpeg");
        read.into_iter().map(|message| message.content).collect::<Vec<_>>()
    };
    assert_eq!(read(one), ["There"]);
    assert_eq!(read(other), [""; 0]);
    assert_eq!(sandbox.read("cpeg").len(), 1);
}

#[tokio::test]
async fn what_is_said_next_door_comes_from_there() {
    let sandbox = among_two().await;
    let one = sandbox.neighbours()[0];
    let (mut client, seen) = bot::client(&sandbox, bot::INTENTS).await;
    let http = bot::http(&sandbox);
    tokio::spawn(async move { client.start().await });
    sandbox.until(|s| s.is_online().then_some(())).await.unwrap();
    let before = seen.messages.load(Ordering::SeqCst);
    say(&http, cpeg_of(&sandbox, one), "There").await;
    let heard = |_: &Sandbox| (seen.messages.load(Ordering::SeqCst) > before).then_some(());
    while sandbox.until(heard).await.is_none() {}
}

#[tokio::test]
async fn commands_belong_to_the_server_they_were_registered_for() {
    let sandbox = among_two().await;
    let http = bot::http(&sandbox);
    http.set_application_id(sandbox.bot().get().into());
    let [one, other] = sandbox.neighbours()[..] else { panic!("there are two") };
    let command = json!({ "name": "overdue", "description": "What is overdue" });
    let registered = http.create_guild_command(GuildId::new(one.get()), &command).await.unwrap();
    assert_eq!(registered.guild_id, Some(GuildId::new(one.get())));
    assert_eq!(sandbox.commands_next_door(one), 1);
    assert_eq!(sandbox.commands_next_door(other), 0);
    assert_eq!(sandbox.commands().len(), 0);
    assert_eq!(sandbox.creations(), 0, "Discord counts a server's own");
    let elsewhere = http.create_guild_command(GuildId::new(7), &command).await;
    assert_eq!(refused(elsewhere), (404, 10_004));
}

#[tokio::test]
async fn servers_of_one_name_cannot_be_told_apart() {
    let neighbours = vec![neighbour("Partnership")];
    let fault = Sandbox::open(Setting { neighbours, ..setting() }, 0).await.err().unwrap();
    assert_eq!(fault.to_string(), "Two servers are called Partnership.");
}

#[tokio::test]
async fn more_than_are_borne_in_a_second_are_refused_with_a_wait_for_everything() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    sandbox.fault(Fault::Crowded { a_second: 2 });
    http.get_current_user().await.unwrap();
    http.get_current_user().await.unwrap();
    assert_eq!(refused(http.get_current_user().await).0, 429);
    assert_eq!(sandbox.refusals(), 1);
    // What the token does not open is not counted.
    http.get_gateway().await.unwrap();
    sandbox.mend();
    http.get_current_user().await.unwrap();
}
