//! What keeps us from speaking in a channel.

use convener::body::ChannelId;
use convener::body::Lack;
use convener::post::Post;
use convener::post::PostId;
use convener::post::State;
use convener::post::Unsaid;
use convener::post::Whither;
use convener::sandbox::Fault;
use convener::sandbox::Permission;
use convener::view::Attachment;
use convener::view::Card;

use super::town::Town;

/// What is said to be lacking in #general, in #cpeg and in a channel that never was.
async fn lacking(town: &Town) -> Vec<(ChannelId, Lack)> {
    let channels = [town.channel("general"), town.channel("cpeg"), ChannelId(7)];
    town.discord.looked(town.server.id, &channels, &[]).await.unwrap().0
}

fn nowhere() -> (ChannelId, Lack) {
    (ChannelId(7), Lack::Channel)
}

fn digest(town: &Town, key: &str, files: Vec<Attachment>) -> Post {
    Post {
        id: PostId(1),
        key: key.into(),
        to: Whither::Channel(town.channel("cpeg")),
        calls: None,
        follows: None,
        useful_until: None,
        card: Card { title: "CPEG digest".into(), files, ..Card::default() },
        has_files: false,
        state: State::Waiting,
    }
}

#[tokio::test]
async fn where_nothing_is_lacking_nothing_is_said_to_be_and_three_requests_tell() {
    let town = Town::open().await;
    let before = town.sandbox.traffic().len();
    assert_eq!(lacking(&town).await, [nowhere()]);
    assert_eq!(town.sandbox.traffic().len() - before, 3);
}

#[tokio::test]
async fn each_permission_that_is_missing_is_named() {
    for (permission, name) in [
        (Permission::ViewChannel, "View Channel"),
        (Permission::SendMessages, "Send Messages"),
        (Permission::EmbedLinks, "Embed Links"),
        (Permission::AttachFiles, "Attach Files"),
        (Permission::ReadMessageHistory, "Read Message History"),
    ] {
        let town = Town::open().await;
        let channel = Some("cpeg".to_owned());
        town.fault(Fault::Deny { permission, channel });
        let missing = (town.channel("cpeg"), Lack::Permissions(vec![name]));
        assert_eq!(lacking(&town).await, [missing, nowhere()]);
        town.sandbox.mend();
        assert_eq!(lacking(&town).await, [nowhere()]);
    }
}

#[tokio::test]
async fn several_that_are_missing_are_named_together() {
    let town = Town::open().await;
    let channel = Some("cpeg".to_owned());
    town.fault(Fault::Deny { permission: Permission::AttachFiles, channel });
    town.fault(Fault::ForbidChannel { channel: "cpeg".into() });
    town.fault(Fault::HideChannel { channel: "general".into() });
    let hidden = (town.channel("general"), Lack::Permissions(vec!["View Channel"]));
    let both = Lack::Permissions(vec!["Send Messages", "Attach Files"]);
    assert_eq!(lacking(&town).await, [hidden, (town.channel("cpeg"), both), nowhere()]);
}

#[tokio::test]
async fn a_channel_that_was_deleted_is_lacking_itself() {
    let town = Town::open().await;
    town.fault(Fault::DeleteChannel { channel: "cpeg".into() });
    let gone = (town.channel("cpeg"), Lack::Channel);
    assert_eq!(lacking(&town).await, [gone, nowhere()]);
}

#[tokio::test]
async fn what_everybody_may_do_a_role_cannot_lose() {
    let town = Town::open().await;
    let permission = Permission::SendMessages;
    town.fault(Fault::Deny { permission, channel: None });
    assert_eq!(lacking(&town).await, [nowhere()]);
    town.discord.say(&digest(&town, "a", Vec::new())).await.unwrap();
}

#[tokio::test]
async fn a_file_is_refused_where_none_may_be_attached_and_words_are_not() {
    let town = Town::open().await;
    let channel = Some("cpeg".to_owned());
    town.fault(Fault::Deny { permission: Permission::AttachFiles, channel });
    town.discord.say(&digest(&town, "a", Vec::new())).await.unwrap();
    let file = Attachment { name: "plan.csv".into(), bytes: vec![1], says: String::new() };
    let unsaid = town.discord.say(&digest(&town, "b", vec![file])).await.unwrap_err();
    let Unsaid::Never { why } = unsaid else { panic!("{unsaid:?}") };
    assert!(why.contains("Attach Files"), "{why}");
    assert_eq!(town.sandbox.read("cpeg").len(), 1);
}

#[tokio::test]
async fn a_check_that_cannot_be_made_is_for_later() {
    let town = Town::open().await;
    for fault in [
        Fault::Refuse { on: "GET /guilds/*/channels".into(), status: 502, times: 1 },
        Fault::Garble { on: "GET /guilds/*".into(), times: 1 },
        Fault::Garble { on: "GET /guilds/*/members/*".into(), times: 1 },
    ] {
        town.fault(fault);
        let unsaid = town.discord.looked(town.server.id, &[], &[]).await.unwrap_err();
        assert!(matches!(unsaid, Unsaid::Again { .. }), "{unsaid:?}");
    }
}
