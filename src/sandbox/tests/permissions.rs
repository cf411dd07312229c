//! What the bot may do: shown as Discord shows it, and held to.

use std::sync::atomic::Ordering;

use serde_json::Value;
use serde_json::json;
use serenity::all::ChannelId;
use serenity::all::CreateAttachment;
use serenity::all::CreateMessage;
use serenity::all::GetMessages;
use serenity::all::GuildId;
use serenity::all::Http;
use serenity::all::Message;
use serenity::all::Permissions;
use serenity::all::UserId;

use crate::sandbox::Fault;
use crate::sandbox::Permission;
use crate::sandbox::Sandbox;
use crate::sandbox::tests::bot;
use crate::sandbox::tests::faults::channel;
use crate::sandbox::tests::faults::person;
use crate::sandbox::tests::faults::refused;
use crate::sandbox::tests::sandbox;

/// What the client works out that the bot may do in #general.
async fn worked_out(sandbox: &Sandbox, http: &Http) -> Permissions {
    let server = GuildId::new(sandbox.server().get());
    let me = http.get_member(server, UserId::new(sandbox.bot().get())).await.unwrap();
    let channels = http.get_channels(server).await.unwrap();
    let general = channels.iter().find(|channel| channel.name == "general").unwrap();
    http.get_guild(server).await.unwrap().user_permissions_in(general, &me)
}

fn deny(sandbox: &Sandbox, permission: Permission) {
    sandbox.fault(Fault::Deny { permission, channel: Some("general".to_owned()) });
}

async fn send(http: &Http, to: ChannelId, body: Value) -> serenity::Result<Message> {
    http.send_message(to, vec![], &body).await
}

#[tokio::test]
async fn what_is_taken_away_is_shown_as_discord_shows_it() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    let everything = worked_out(&sandbox, &http).await;
    assert!(everything.contains(Permissions::CREATE_EVENTS));
    assert!(!everything.contains(Permissions::MENTION_EVERYONE));
    deny(&sandbox, Permission::AttachFiles);
    assert_eq!(worked_out(&sandbox, &http).await, everything - Permissions::ATTACH_FILES);
    sandbox.fault(Fault::HideChannel { channel: "general".to_owned() });
    let left = everything - Permissions::ATTACH_FILES - Permissions::VIEW_CHANNEL;
    assert_eq!(worked_out(&sandbox, &http).await, left);
    sandbox.fault(Fault::Deny { permission: Permission::CreateEvents, channel: None });
    assert_eq!(worked_out(&sandbox, &http).await, left - Permissions::CREATE_EVENTS);
    sandbox.mend();
    assert_eq!(worked_out(&sandbox, &http).await, everything);
}

#[tokio::test]
async fn what_is_taken_away_is_refused() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    let general = channel(&sandbox, "general");
    let first = general.say(&http, "first").await.unwrap();
    let file = || CreateAttachment::bytes("a,b", "plan.csv");
    let embed = json!({ "embeds": [{ "title": "Digest" }] });
    let answer = json!({
        "content": "Since then",
        "message_reference": { "message_id": first.id.to_string(), "fail_if_not_exists": false },
    });

    deny(&sandbox, Permission::AttachFiles);
    let sent = general.send_files(&http, vec![file()], CreateMessage::new()).await;
    assert_eq!(refused(sent), (403, 50_013));
    send(&http, general, embed.clone()).await.unwrap();

    sandbox.mend();
    deny(&sandbox, Permission::EmbedLinks);
    assert_eq!(refused(send(&http, general, embed).await), (403, 50_013));
    general.send_files(&http, vec![file()], CreateMessage::new()).await.unwrap();

    sandbox.mend();
    deny(&sandbox, Permission::ReadMessageHistory);
    assert_eq!(refused(send(&http, general, answer.clone()).await), (403, 160_002));
    let read = general.messages(&http, GetMessages::new()).await.unwrap();
    assert_eq!(read.len(), 0, "whoever may not read the history gets an empty list");
    general.say(&http, "last").await.unwrap();

    sandbox.mend();
    send(&http, general, answer).await.unwrap();
    assert_eq!(sandbox.read("general").len(), 5);
}

#[tokio::test]
async fn a_bot_is_told_of_a_channel_that_it_does_not_see_but_not_of_what_is_said_there() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    sandbox.fault(Fault::HideChannel { channel: "general".to_owned() });
    sandbox.say("Amira", "general", "@Convener unheard").await.unwrap();
    let asked = sandbox.say("Amira", "@Convener", "heard").await.unwrap();
    sandbox.reply("Amira", "@Convener", asked).await.unwrap();
    assert_eq!(bot.seen.deleted_channels.load(Ordering::SeqCst), 0);
    assert_eq!(sandbox.read("general").len(), 1, "the bot has not answered");
    let channels = bot.http.get_channels(sandbox.server().get().into()).await.unwrap();
    assert_eq!(channels.len(), 2);
    let shown = bot.http.get_channel(channel(&sandbox, "general")).await;
    assert_eq!(refused(shown), (403, 50_001));
    bot.stop().await;
}

#[tokio::test]
async fn a_role_that_not_everybody_may_ring_for_stays_quiet() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    let role = sandbox.role_id("CPEG Chair");
    sandbox.fault(Fault::QuietRole { role: "CPEG Chair".to_owned() });
    let roles = http.get_guild_roles(sandbox.server().get().into()).await.unwrap();
    let quiet = roles.iter().find(|known| known.id.get() == role.get()).unwrap();
    assert!(!quiet.mentionable);
    let body = json!({ "content": format!("<@&{role}>") });
    send(&http, channel(&sandbox, "general"), body.clone()).await.unwrap();
    sandbox.mend();
    send(&http, channel(&sandbox, "general"), body).await.unwrap();
    let pings: Vec<_> = sandbox.read("general").into_iter().map(|said| said.pings.roles).collect();
    assert_eq!(pings, [vec![], vec![role]]);
}

#[tokio::test]
async fn who_has_left_is_no_member_and_cannot_be_written_to() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    let server = GuildId::new(sandbox.server().get());
    let amira = person(&sandbox, "Amira");
    sandbox.fault(Fault::LeaveServer { person: "Amira".to_owned() });
    assert_eq!(refused(http.get_member(server, amira).await), (404, 10_007));
    let recipient = json!({ "recipient_id": amira.to_string() });
    let direct = http.create_private_channel(&recipient).await.unwrap();
    let sent = send(&http, direct.id, json!({ "content": "hello" })).await;
    assert_eq!(refused(sent), (403, 50_278));
    let said = sandbox.say("Amira", "general", "hello").await.unwrap_err();
    assert_eq!(said, "They are no longer in the server.");
    sandbox.mend();
    send(&http, direct.id, json!({ "content": "hello" })).await.unwrap();
    sandbox.say("Amira", "general", "hello").await.unwrap();
}
