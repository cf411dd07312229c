//! What people do in Discord, as it reaches us.

use serde_json::Value;
use serde_json::json;

use super::*;
use crate::request::AttentionAsk;
use crate::request::Names;
use crate::request::Quoted;
use crate::request::UpdateAsk;

const ME: UserId = UserId(99);
const SERVER: GuildId = GuildId::new(5);

fn user() -> Value {
    json!({ "id": "7", "username": "amira.k", "discriminator": "0", "global_name": "Amira" })
}

fn asked(kind: u8, data: &Value, nick: Option<&str>) -> Interaction {
    let mut raw = json!({
        "id": "1", "application_id": "2", "type": kind, "token": "t", "version": 1,
        "channel_id": "3", "guild_id": "5", "locale": "en-GB", "entitlements": [],
        "attachment_size_limit": 10, "data": data,
        "member": {
            "user": user(), "nick": nick, "roles": ["11", "12"], "deaf": false, "mute": false,
            "flags": 0, "permissions": "0", "joined_at": "2020-01-01T00:00:00Z",
        },
    });
    if kind == 3 {
        raw["message"] = said("a card");
    }
    serde_json::from_value(raw).expect("serenity reads it")
}

fn said(content: &str) -> Value {
    json!({
        "id": "8", "channel_id": "3", "author": user(), "content": content,
        "timestamp": "2020-10-26T09:00:00Z", "edited_timestamp": null, "tts": false,
        "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [],
        "embeds": [], "pinned": false, "type": 0,
    })
}

fn read(kind: u8, data: &Value) -> Result<Ask, Refusal> {
    let (_, request) = interaction(&asked(kind, data, None)).expect("not a ping");
    request.map(|request| request.ask)
}

fn command(name: &str, options: &Value) -> Value {
    json!({ "id": "4", "name": name, "type": 1, "options": options })
}

#[test]
fn a_command_is_read_by_the_words_that_lead_to_it() {
    let option = json!({ "type": 3, "name": "action", "value": "1.2" });
    let under = json!([{ "type": 1, "name": "show", "options": [option] }]);
    let show = read(2, &command("action", &under));
    assert_eq!(show, Ok(Ask::Action { action: "1.2".into() }));
    let update = UpdateAsk { action: "1.2".into(), ..UpdateAsk::default() };
    assert_eq!(read(2, &command("update", &json!([option]))), Ok(Ask::Update(update)));
    let overdue = Ask::Overdue(AttentionAsk::default());
    assert_eq!(read(2, &command("overdue", &json!([]))), Ok(overdue));
    assert_eq!(read(2, &command("close", &json!([]))), Err(Refusal::NotACommand));
    assert_eq!(read(2, &command("update", &json!([]))), Err(Refusal::Missing("action")));
}

/// What a command is given when its option `person` holds the number 7.
fn picked(told: &Value) -> Result<Given, Refusal> {
    let options = json!([{ "type": 6, "name": "person", "value": "7" }]);
    let mut data = command("lead", &options);
    data["resolved"] = told.clone();
    let Interaction::Command(asked) = asked(2, &data, None) else { panic!("a command") };
    given(&asked.data.options, &asked.data.resolved)
}

#[test]
fn somebody_who_is_picked_is_called_as_the_server_calls_them() {
    let member = |nick: Option<&str>| {
        json!({ "7": {
            "nick": nick, "roles": [], "deaf": false, "mute": false, "flags": 0,
            "permissions": "0", "joined_at": "2020-01-01T00:00:00Z",
        } })
    };
    let called = |told: &Value| picked(told).expect("a person").person("person");
    let amira = |name: &str| Ok(Somebody { user: UserId(7), name: name.into() });
    let users = json!({ "7": user() });
    let nick = json!({ "users": users, "members": member(Some("Amira (CPEG)")) });
    assert_eq!(called(&nick), amira("Amira (CPEG)"));
    assert_eq!(called(&json!({ "users": users, "members": member(None) })), amira("Amira"));
    // Somebody who has left the server is told of without a member.
    assert_eq!(called(&json!({ "users": users })), amira("Amira"));
    let mut plain = users.clone();
    plain["7"]["global_name"] = Value::Null;
    assert_eq!(called(&json!({ "users": plain })), amira("amira.k"));
    // A number of which nothing is told is nobody.
    assert_eq!(called(&json!({})), Err(Refusal::Missing("person")));
}

#[test]
fn an_app_is_nobody_to_pick() {
    let mut app = user();
    app["bot"] = json!(true);
    let refused = picked(&json!({ "users": { "7": app } }));
    assert_eq!(refused, Err(Refusal::NotAPerson("Amira".into())));
}

#[test]
fn a_command_of_a_messages_menu_is_read_with_the_message() {
    let menu = |name: &str, target: &str, content: &str| {
        json!({
            "id": "4", "name": name, "type": 3, "target_id": target,
            "resolved": { "messages": { "8": said(content) } },
        })
    };
    let quoted = Quoted {
        text: "Booked".into(),
        link: "https://discord.com/channels/5/3/8".into(),
        author: "Amira".into(),
    };
    let log = |target, content| read(2, &menu("Log as progress", target, content));
    assert_eq!(log("8", "Booked"), Ok(Ask::LogMessage(quoted)));
    assert_eq!(log("8", ""), Err(Refusal::Wordless));
    assert_eq!(log("9", "Booked"), Err(Refusal::Wordless));
    assert_eq!(read(2, &menu("update", "8", "Booked")), Err(Refusal::NotACommand));
    let input = |id: &str, value: &str| json!({ "type": 1, "components": [{ "type": 4, "custom_id": id, "value": value }] });
    let form = |inputs: &[Value]| read(5, &json!({ "custom_id": "log", "components": inputs }));
    let update =
        UpdateAsk { action: "1.2".into(), text: Some("Booked".into()), ..UpdateAsk::default() };
    assert_eq!(form(&[input("action", "1.2"), input("text", "Booked")]), Ok(Ask::Update(update)));
    let refused = form(&[input("action", " "), input("text", "Booked")]);
    assert_eq!(refused.expect_err("no action").words(), Some("Booked"));
}

#[test]
fn an_option_being_typed_asks_what_could_stand_in_it() {
    let typing = |name: &str| json!([{ "type": 3, "name": name, "value": "aw", "focused": true }]);
    let names = |names| Ok(Ask::Complete { names, typed: "aw".into() });
    assert_eq!(read(4, &command("update", &typing("action"))), names(Names::OpenAction));
    assert_eq!(read(4, &command("overdue", &typing("theme"))), names(Names::Theme));
    let under = json!([{ "type": 1, "name": "next", "options": typing("body") }]);
    assert_eq!(read(4, &command("meeting", &under)), names(Names::Meeting));
    assert_eq!(read(4, &command("update", &typing("text"))), Err(Refusal::NotACommand));
}

#[test]
fn a_button_and_a_form_are_read_by_their_token() {
    let button = json!({ "custom_id": "undo/7", "component_type": 2 });
    assert_eq!(read(3, &button), Ok(Ask::Undo { update: 7 }));
    let select = json!({ "custom_id": "undo/7", "component_type": 3, "values": ["a"] });
    assert_eq!(read(3, &select), Err(Refusal::NotAButton));
    let input = json!({ "type": 4, "custom_id": "text", "value": "Booked" });
    let form = json!({
        "custom_id": "update/IP-1.2//",
        "components": [{ "type": 1, "components": [input] }],
    });
    let update =
        UpdateAsk { action: "IP-1.2".into(), text: Some("Booked".into()), ..UpdateAsk::default() };
    assert_eq!(read(5, &form), Ok(Ask::Update(update)));
}

#[test]
fn somebody_is_called_as_the_server_calls_them() {
    let name = |nick| {
        let asked = asked(2, &command("overdue", &json!([])), nick);
        let (_, request) = interaction(&asked).expect("not a ping");
        request.expect("a request").by
    };
    assert_eq!(name(Some("Amira (CPEG)")).name, "Amira (CPEG)");
    assert_eq!(name(None).name, "Amira");
    assert_eq!(name(None).roles, [RoleId(11), RoleId(12)]);
    assert_eq!(name(None).user, UserId(7));
}

#[test]
fn who_may_manage_the_server_is_what_discord_says() {
    let administers = |permissions: u64| {
        let mut asked = asked(2, &command("overdue", &json!([])), None);
        let Interaction::Command(command) = &mut asked else { panic!("a command") };
        let member = command.member.as_mut().expect("in a server");
        member.permissions = Some(Permissions::from_bits_truncate(permissions));
        let (_, request) = interaction(&asked).expect("not a ping");
        request.expect("a request").by.administers
    };
    assert!(administers(1 << 3), "an administrator");
    assert!(administers(1 << 5), "somebody who may manage the server");
    assert!(administers(u64::MAX));
    assert!(!administers(0));
    // Rights over roles, channels and messages are not rights over the server.
    assert!(!administers(1 << 28 | 1 << 4 | 1 << 13));
}

#[test]
fn nobody_administers_anything_in_a_direct_message() {
    let user = serde_json::from_value(user()).expect("serenity reads it");
    assert!(!caller(&user, None).administers);
}

fn ask(change: impl FnOnce(&mut Value), server: Option<GuildId>) -> Option<Ask> {
    let mut raw = said("<@99>  what is\noverdue?");
    change(&mut raw);
    let message: Message = serde_json::from_value(raw).expect("serenity reads it");
    question(&message, server, ME).map(|request| request.ask)
}

#[test]
fn a_message_is_a_question_when_it_mentions_us_or_is_to_us_alone() {
    let overdue = Some(Ask::Question("what is overdue?".into()));
    assert_eq!(ask(|_| (), Some(SERVER)), overdue);
    let nickname = |raw: &mut Value| raw["content"] = json!("what is <@!99> overdue?");
    assert_eq!(ask(nickname, Some(SERVER)), overdue);
    let plain = |raw: &mut Value| raw["content"] = json!("what is overdue?");
    assert_eq!(ask(plain, None), overdue);
    assert_eq!(ask(plain, Some(SERVER)), None);
    let bare = |raw: &mut Value| raw["content"] = json!("<@99>");
    assert_eq!(ask(bare, Some(SERVER)), Some(Ask::Help { topic: None }));
}

#[test]
fn bots_ourselves_everybody_and_mere_notices_are_not_answered() {
    let cases: [(&str, Value); 5] = [
        ("mention_everyone", json!(true)),
        ("webhook_id", json!("4")),
        ("type", json!(6)),
        ("author", json!({ "id": "6", "username": "b", "discriminator": "0", "bot": true })),
        ("author", json!({ "id": "99", "username": "us", "discriminator": "0" })),
    ];
    for (key, value) in cases {
        let said = value.to_string();
        assert_eq!(ask(|raw| raw[key] = value, Some(SERVER)), None, "{key} {said}");
    }
}
