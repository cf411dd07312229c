//! What Discord refuses, the sandbox refuses.

use serde_json::Value;
use serde_json::json;
use serenity::all::ChannelId;
use serenity::all::CreateAttachment;
use serenity::all::EditMessage;
use serenity::all::GetMessages;
use serenity::all::GuildId;
use serenity::all::Http;
use serenity::http::HttpError;

use crate::sandbox::Sandbox;
use crate::sandbox::Setting;
use crate::sandbox::tests::bot;
use crate::sandbox::tests::faults::channel;
use crate::sandbox::tests::faults::person;
use crate::sandbox::tests::faults::refused;
use crate::sandbox::tests::sandbox;
use crate::sandbox::tests::setting;

/// Where Discord sees mistakes in a message, or nothing when it takes it.
async fn mistakes(http: &Http, channel: ChannelId, body: Value) -> Vec<String> {
    match http.send_message(channel, vec![], &body).await {
        Ok(_) => Vec::new(),
        Err(serenity::Error::Http(HttpError::UnsuccessfulRequest(answer))) => {
            let error = answer.error;
            match error.code {
                50_035 => error.errors.into_iter().map(|single| single.path).collect(),
                code => vec![code.to_string()],
            }
        }
        Err(other) => panic!("{other:?}"),
    }
}

fn button(id: &str) -> Value {
    json!({ "type": 2, "style": 1, "label": "Go", "custom_id": id })
}

fn row(parts: &[Value]) -> Value {
    json!({ "type": 1, "components": parts })
}

fn embed(description: usize) -> Value {
    json!({ "description": "d".repeat(description) })
}

#[tokio::test]
async fn a_message_beyond_a_limit_is_refused_at_the_place() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    let general = channel(&sandbox, "general");
    let long = |n: usize| "x".repeat(n);
    for (body, places) in [
        (json!({ "content": long(2_000) }), vec![]),
        (json!({ "content": long(2_001) }), vec!["content"]),
        // Each is one character to a reader and two units to Discord's clients.
        (json!({ "content": "😀".repeat(1_001) }), vec!["content"]),
        (json!({}), vec!["50006"]),
        (json!({ "content": "  \n" }), vec!["50006"]),
        (json!({ "embeds": [{}] }), vec!["50006"]),
        (json!({ "content": "a", "colour": 1 }), vec!["colour"]),
        (json!({ "content": "a", "flags": 64 }), vec!["flags"]),
        (json!({ "content": "a", "nonce": long(26) }), vec!["nonce"]),
        (json!({ "content": "a", "enforce_nonce": true }), vec!["nonce"]),
        (json!({ "embeds": [{ "title": long(257) }] }), vec!["embeds.0.title"]),
        (json!({ "embeds": [embed(4_097)] }), vec!["embeds.0.description"]),
        (json!({ "embeds": [embed(3_000), embed(3_000)] }), vec![]),
        (json!({ "embeds": [embed(3_000), embed(3_001)] }), vec!["embeds"]),
        (json!({ "embeds": vec![embed(1); 11] }), vec!["embeds"]),
        (
            json!({ "embeds": [{ "fields": [{ "name": "", "value": long(1_025) }] }] }),
            vec!["embeds.0.fields.0.name", "embeds.0.fields.0.value"],
        ),
        (
            json!({ "embeds": [{ "footer": { "text": long(2_049) } }] }),
            vec!["embeds.0.footer.text"],
        ),
        (json!({ "content": "a", "components": [row(&[button("a"), button("b")])] }), vec![]),
        (
            json!({ "content": "a", "components": [row(&[button("a"), button("a")])] }),
            vec!["components.0.components.1.custom_id"],
        ),
        (
            json!({ "content": "a", "components": [row(&(0..6).map(|i| button(&i.to_string())).collect::<Vec<_>>())] }),
            vec!["components.0.components"],
        ),
        (
            json!({ "content": "a", "components": (0..6).map(|i| row(&[button(&i.to_string())])).collect::<Vec<_>>() }),
            vec!["components"],
        ),
        (
            json!({ "content": "a", "components": [row(&[json!({ "type": 2, "style": 5, "label": long(81), "url": "javascript:1" })])] }),
            vec!["components.0.components.0.label", "components.0.components.0.url"],
        ),
        (
            json!({ "content": "a", "allowed_mentions": { "parse": ["users"], "users": ["1"] } }),
            vec!["allowed_mentions"],
        ),
        (
            json!({ "content": "a", "attachments": [{ "id": 0, "filename": "a.csv" }] }),
            vec!["attachments.0.id"],
        ),
        (
            json!({ "content": "a", "attachments": [{ "id": 9_999, "filename": "", "description": long(1_025) }] }),
            vec!["attachments.0.description", "attachments.0.filename"],
        ),
        (
            json!({ "content": "a", "message_reference": { "message_id": "5" } }),
            vec!["message_reference"],
        ),
    ] {
        assert_eq!(mistakes(&http, general, body.clone()).await, places, "{body}");
    }
}

#[tokio::test]
async fn commands_beyond_a_limit_are_refused() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    http.set_application_id(sandbox.bot().get().into());
    let server = GuildId::new(sandbox.server().get());
    let option = |name: &str| json!({ "type": 3, "name": name, "description": "d" });
    let with = |options: Value| json!({ "name": "a", "description": "d", "options": options });
    let choices = |n: usize| (0..n).map(|i| json!({ "name": i.to_string(), "value": "v" }));
    let mut required = option("b");
    required["required"] = json!(true);
    let mut chosen = option("a");
    chosen["choices"] = choices(26).collect();
    let mut wordy: Vec<Value> = (0..25).map(|i| option(&format!("o{i}"))).collect();
    for option in &mut wordy {
        option["choices"] =
            (0..25).map(|i| json!({ "name": format!("{i:020}"), "value": "v" })).collect();
    }
    for (commands, taken) in [
        (json!([with(json!([option("a"), option("b")]))]), true),
        (json!([{ "name": "Update", "description": "d" }]), false),
        (json!([{ "name": "two words", "description": "d" }]), false),
        (json!([{ "name": "a" }]), false),
        (json!([{ "name": "a", "description": "d".repeat(101) }]), false),
        (json!([{ "name": "a", "description": "d" }, { "name": "a", "description": "d" }]), false),
        (json!([with(json!([option("a"), required.clone()]))]), false),
        (json!([with(json!([required, option("a")]))]), true),
        (json!([with(json!([option("a"), option("a")]))]), false),
        (json!([with(json!([chosen]))]), false),
        (json!([with(json!(wordy))]), false),
        (json!([{ "type": 3, "name": "Log as progress" }]), true),
        (json!([{ "type": 3, "name": "Log", "description": "d" }]), false),
        (
            json!(
                (0..101)
                    .map(|i| json!({ "name": i.to_string(), "description": "d" }))
                    .collect::<Vec<_>>()
            ),
            false,
        ),
    ] {
        let answer = http.create_guild_commands(server, &commands).await;
        assert_eq!(answer.is_ok(), taken, "{commands} {answer:?}");
    }
    assert_eq!(sandbox.commands().len(), 1);
}

#[tokio::test]
async fn two_hundred_commands_a_day_may_be_created() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    http.set_application_id(sandbox.bot().get().into());
    let server = GuildId::new(sandbox.server().get());
    let batch = |of: &str| -> Vec<Value> {
        (0..100).map(|i| json!({ "name": format!("{of}{i}"), "description": "d" })).collect()
    };
    for of in ["a", "b", "b"] {
        http.create_guild_commands(server, &batch(of)).await.unwrap();
    }
    assert_eq!(sandbox.creations(), 200);
    assert_eq!(refused(http.create_guild_commands(server, &batch("c")).await), (400, 30_034));
}

#[tokio::test]
async fn what_does_not_exist_is_said_not_to() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    assert_eq!(refused(http.get_user(1.into()).await), (404, 10_013));
    assert_eq!(refused(http.get_guild(1.into()).await), (404, 10_004));
    assert_eq!(refused(http.get_channel(1.into()).await), (404, 10_003));
    assert_eq!(refused(http.get_emojis(1.into()).await), (404, 0));
    let general = channel(&sandbox, "general");
    assert_eq!(refused(http.get_message(general, 1.into()).await), (404, 10_008));
    let body = json!({ "type": 6 });
    let answer = http.create_interaction_response(1.into(), "none", &body, vec![]).await;
    assert_eq!(refused(answer), (404, 10_062));
}

#[tokio::test]
async fn the_server_its_people_and_the_bot_can_be_read() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    let server = GuildId::new(sandbox.server().get());
    assert_eq!(http.get_guild(server).await.unwrap().name, "Partnership");
    assert_eq!(http.get_guild_roles(server).await.unwrap().len(), 3);
    assert_eq!(http.get_channels(server).await.unwrap()[1].name, "cpeg");
    let amira = http.get_member(server, person(&sandbox, "Amira")).await.unwrap();
    assert_eq!((amira.display_name(), amira.roles.len()), ("Amira", 1));
    assert_eq!(http.get_current_user().await.unwrap().id.get(), sandbox.bot().get());
    assert_eq!(http.get_current_application_info().await.unwrap().name, "Convener");
    assert_eq!(
        http.get_channel(channel(&sandbox, "cpeg")).await.unwrap().guild().unwrap().name,
        "cpeg"
    );
}

#[tokio::test]
async fn pings_are_those_that_were_allowed() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    let general = channel(&sandbox, "general");
    let (amira, role) = (person(&sandbox, "Amira"), sandbox.role_id("CPEG Chair"));
    let content = format!("<@{amira}> <@&{role}> @everyone");
    for (allowed, users, roles, everyone) in [
        (Value::Null, 1, 1, true),
        (json!({ "parse": [] }), 0, 0, false),
        (json!({ "parse": ["roles"] }), 0, 1, false),
        (json!({ "parse": [], "users": [amira.to_string()] }), 1, 0, false),
    ] {
        let body = json!({ "content": content, "allowed_mentions": allowed });
        http.send_message(general, vec![], &body).await.unwrap();
        let pings = sandbox.read("general").pop().unwrap().pings;
        let counted = (pings.users.len(), pings.roles.len(), pings.everyone);
        assert_eq!(counted, (users, roles, everyone), "{allowed}");
        assert_eq!(pings.is_empty(), users + roles == 0 && !everyone);
    }
}

#[tokio::test]
async fn files_that_are_too_many_too_large_or_of_one_number_are_refused() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    let general = channel(&sandbox, "general");
    let file = |bytes: usize| CreateAttachment::bytes(vec![b'x'; bytes], "a.csv");
    let send = async |files: Vec<CreateAttachment>| {
        general.send_files(&http, files, serenity::all::CreateMessage::new()).await
    };
    assert!(send((0..10).map(|_| file(1)).collect()).await.is_ok());
    assert_eq!(refused(send((0..11).map(|_| file(1)).collect()).await), (400, 50_035));
    assert!(send(vec![file(10 * 1024 * 1024)]).await.is_ok());
    assert_eq!(refused(send(vec![file(10 * 1024 * 1024 + 1)]).await), (413, 40_005));
    // Outside of its builders, the library gives each file the number 0.
    let twice =
        http.send_message(general, vec![file(1), file(1)], &json!({ "content": "a" })).await;
    assert_eq!(refused(twice), (400, 50_035));
    assert_eq!(sandbox.read("general").len(), 2);
}

#[tokio::test]
async fn messages_are_changed_listed_and_taken_away() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    let general = channel(&sandbox, "general");
    let files =
        vec![CreateAttachment::bytes("one", "one.csv"), CreateAttachment::bytes("two", "two.csv")];
    let first =
        general.send_files(&http, files, serenity::all::CreateMessage::new()).await.unwrap();
    assert_eq!(first.attachments.len(), 2);
    let kept = first.attachments[1].id;
    let edit = EditMessage::new().content("kept one").keep_existing_attachment(kept);
    let edited = general.edit_message(&http, first.id, edit).await.unwrap();
    assert_eq!(edited.attachments[0].filename, "two.csv");
    assert!(edited.edited_timestamp.is_some());
    let url = &edited.attachments[0].url;
    assert_eq!(reqwest::get(url).await.unwrap().text().await.unwrap(), "two");
    let nothing = json!({ "content": "", "attachments": [] });
    let bare = http.edit_message(general, first.id, &nothing, vec![]).await;
    assert_eq!(refused(bare), (400, 50_006));
    let theirs = sandbox.say("Amira", "general", "mine").await.unwrap().get().into();
    assert_eq!(
        refused(http.edit_message(general, theirs, &json!({ "content": "x" }), vec![]).await),
        (403, 50_005)
    );
    assert_eq!(refused(http.delete_message(general, theirs, None).await), (403, 50_013));
    for index in 0..3 {
        general.say(&http, index.to_string()).await.unwrap();
    }
    let newest = general.messages(&http, GetMessages::new().limit(2)).await.unwrap();
    let said: Vec<_> = newest.iter().map(|message| message.content.as_str()).collect();
    assert_eq!(said, ["2", "1"]);
    let older = general.messages(&http, GetMessages::new().before(newest[1].id)).await.unwrap();
    let said: Vec<_> = older.iter().map(|message| message.content.as_str()).collect();
    // What a person says to others comes without its text.
    assert_eq!(said, ["0", "", "kept one"]);
    let after = general.messages(&http, GetMessages::new().after(first.id).limit(1)).await.unwrap();
    assert_eq!(after[0].id, theirs);
    general.delete_message(&http, first.id).await.unwrap();
    assert_eq!(refused(http.get_message(general, first.id).await), (404, 10_008));
    assert_eq!(sandbox.read("general").len(), 4);
}

#[tokio::test]
async fn what_is_recorded_holds_no_token() {
    let sandbox: Sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    sandbox.command("Amira", "general", "/later").await.unwrap();
    sandbox.until(|s| s.read("general").pop()).await.unwrap();
    let traffic = sandbox.traffic();
    assert!(traffic.iter().any(|sent| sent.method == "PATCH" && sent.files == 1));
    let written = format!("{traffic:?}");
    assert!(!written.contains(sandbox.token()) && !written.contains("interaction-"), "{written}");
    bot.stop().await;
}

#[tokio::test]
async fn a_setting_in_which_names_are_not_enough_is_refused() {
    let refused = async |setting: Setting| match Sandbox::open(setting, 0).await {
        Ok(_) => panic!("it opened"),
        Err(error) => error.to_string(),
    };
    let mut twice = setting();
    twice.channels.push(twice.channels[0].clone());
    assert_eq!(refused(twice).await, "Two channels are called general.");
    let mut stray = setting();
    stray.people[1].roles.push("Board Chair".to_owned());
    let sentence = "Bryce holds the role Board Chair, which is not there.";
    assert_eq!(refused(stray).await, sentence);
}
