//! What people do in Discord, read as a request.

use std::collections::BTreeMap;

use serenity::model::application::ActionRowComponent;
use serenity::model::application::CommandDataOption;
use serenity::model::application::CommandDataOptionValue;
use serenity::model::application::CommandDataResolved;
use serenity::model::application::CommandInteraction;
use serenity::model::application::ComponentInteraction;
use serenity::model::application::ComponentInteractionDataKind;
use serenity::model::application::Interaction;
use serenity::model::application::ModalInteraction;
use serenity::model::channel::Attachment;
use serenity::model::channel::Message;
use serenity::model::channel::MessageType;
use serenity::model::guild::Member;
use serenity::model::guild::PartialMember;
use serenity::model::id::ChannelId as Channel;
use serenity::model::id::GuildId;
use serenity::model::permissions::Permissions;
use serenity::model::user::User;

use crate::body::ChannelId;
use crate::body::RoleId;
use crate::body::ServerId;
use crate::body::UserId;
use crate::discord::callback::Kind;
use crate::discord::limits::FILES_BYTES_MAX;
use crate::request::Ask;
use crate::request::Attached;
use crate::request::Caller;
use crate::request::Names;
use crate::request::Place;
use crate::request::Request;
use crate::request::Somebody;
use crate::request::command::Given;
use crate::request::command::Refusal;
use crate::request::command::Takes;
use crate::request::command::named;
use crate::request::token;

/// A command, a button, a form or an option being typed, as a request; none for Discord's ping.
pub(super) fn interaction(interaction: &Interaction) -> Option<(Kind, Result<Request, Refusal>)> {
    let (kind, ask, who, place) = match interaction {
        Interaction::Command(command) => (
            Kind::Command,
            typed(command),
            caller(&command.user, command.member.as_deref()),
            place(command.guild_id, command.channel_id),
        ),
        Interaction::Autocomplete(command) => (
            Kind::Completion,
            typing(command),
            caller(&command.user, command.member.as_deref()),
            place(command.guild_id, command.channel_id),
        ),
        Interaction::Component(button) => (
            Kind::Button,
            pressed(button),
            caller(&button.user, button.member.as_ref()),
            place(button.guild_id, button.channel_id),
        ),
        Interaction::Modal(form) => (
            Kind::Form,
            filled_in(form),
            caller(&form.user, form.member.as_ref()),
            place(form.guild_id, form.channel_id),
        ),
        _ => return None,
    };
    let id = interaction.id().get();
    Some((kind, ask.map(|ask| Request { id, by: who, place, ask, file: None })))
}

/// How many bytes the files of an answer may have. Discord says it with each interaction, for it
/// depends on what the server has paid for.
pub(super) fn room_bytes(interaction: &Interaction) -> u64 {
    match interaction {
        Interaction::Command(command) => command.attachment_size_limit.into(),
        Interaction::Component(button) => button.attachment_size_limit.into(),
        Interaction::Modal(form) => form.attachment_size_limit.into(),
        _ => FILES_BYTES_MAX,
    }
}

fn caller(user: &User, member: Option<&Member>) -> Caller {
    let roles = member.map(|member| member.roles.as_slice()).unwrap_or_default();
    Caller {
        user: UserId(user.id.get()),
        name: name(user, member.and_then(|member| member.nick.as_deref())),
        roles: roles.iter().map(|role| RoleId(role.get())).collect(),
        administers: member.and_then(|member| member.permissions).is_some_and(manages_server),
    }
}

/// Discord says with each interaction what the member may do where they are, everything for an
/// administrator; the two rights that let somebody change the server are asked for by name all the
/// same, for another server that speaks as Discord may say but the one.
fn manages_server(permissions: Permissions) -> bool {
    permissions.intersects(Permissions::ADMINISTRATOR | Permissions::MANAGE_GUILD)
}

/// The name they go by in the server, else in Discord, else their user name.
fn name(user: &User, nick: Option<&str>) -> String {
    nick.or(user.global_name.as_deref()).unwrap_or(&user.name).to_owned()
}

fn place(server: Option<GuildId>, channel: Channel) -> Place {
    Place { server: server.map(|server| ServerId(server.get())), channel: ChannelId(channel.get()) }
}

fn typed(command: &CommandInteraction) -> Result<Ask, Refusal> {
    let (name, options) = path(&command.data.name, &command.data.options);
    let known = named(&name)?;
    (known.read)(&given(options, &command.data.resolved)?)
}

/// What was given in each option. Of a file and of somebody an option holds the number; what that
/// stands for is told beside the options.
fn given(options: &[CommandDataOption], told: &CommandDataResolved) -> Result<Given, Refusal> {
    let mut given = Given::default();
    for option in options {
        let name = option.name.clone();
        match &option.value {
            CommandDataOptionValue::Attachment(id) => {
                if let Some(file) = told.attachments.get(id) {
                    given.files.insert(name, attached(file));
                }
            }
            CommandDataOptionValue::User(id) => {
                if let Some(user) = told.users.get(id) {
                    let member = told.members.get(id);
                    given.people.insert(name, somebody(user, member)?);
                }
            }
            value => {
                if let Some(words) = text(value) {
                    given.words.insert(name, words);
                }
            }
        }
    }
    Ok(given)
}

/// Somebody who was picked. Discord offers programs too, which hold nothing.
fn somebody(user: &User, member: Option<&PartialMember>) -> Result<Somebody, Refusal> {
    let name = name(user, member.and_then(|member| member.nick.as_deref()));
    if user.bot {
        return Err(Refusal::NotAPerson(name));
    }
    Ok(Somebody { user: UserId(user.id.get()), name })
}

fn attached(file: &Attachment) -> Attached {
    Attached { name: file.filename.clone(), url: file.url.clone(), size: file.size.into() }
}

fn typing(command: &CommandInteraction) -> Result<Ask, Refusal> {
    let (name, options) = path(&command.data.name, &command.data.options);
    let command = named(&name)?;
    let asked = options.iter().find_map(|option| match &option.value {
        CommandDataOptionValue::Autocomplete { value, .. } => {
            let declared = command.options.iter().find(|known| known.name == option.name)?;
            match declared.takes {
                Takes::Named(Names::Update) => {
                    let beside = options.iter().find(|option| option.name == "action");
                    let action = beside.and_then(|option| text(&option.value)).unwrap_or_default();
                    Some(Ask::CompleteUpdate { action, typed: value.clone() })
                }
                Takes::Named(names) => Some(Ask::Complete { names, typed: value.clone() }),
                _ => None,
            }
        }
        _ => None,
    });
    asked.ok_or(Refusal::NotACommand)
}

/// The words of a command and the options under the last of them: `action`, `show` is one name.
fn path<'a>(name: &str, options: &'a [CommandDataOption]) -> (String, &'a [CommandDataOption]) {
    let mut name = name.to_owned();
    let mut options = options;
    while let [only] = options
        && let CommandDataOptionValue::SubCommand(inner)
        | CommandDataOptionValue::SubCommandGroup(inner) = &only.value
    {
        name = format!("{name} {}", only.name);
        options = inner;
    }
    (name, options)
}

fn text(value: &CommandDataOptionValue) -> Option<String> {
    match value {
        CommandDataOptionValue::String(words) => Some(words.clone()),
        CommandDataOptionValue::Integer(number) => Some(number.to_string()),
        CommandDataOptionValue::Number(number) => Some(number.to_string()),
        CommandDataOptionValue::Boolean(yes) => Some(yes.to_string()),
        _ => None,
    }
}

fn pressed(button: &ComponentInteraction) -> Result<Ask, Refusal> {
    match button.data.kind {
        ComponentInteractionDataKind::Button => {
            token::read(&button.data.custom_id, &BTreeMap::new())
        }
        _ => Err(Refusal::NotAButton),
    }
}

fn filled_in(form: &ModalInteraction) -> Result<Ask, Refusal> {
    let rows = form.data.components.iter().flat_map(|row| &row.components);
    let inputs = rows.filter_map(|component| match component {
        ActionRowComponent::InputText(input) => {
            Some((input.custom_id.clone(), input.value.clone().unwrap_or_default()))
        }
        _ => None,
    });
    token::read(&form.data.custom_id, &inputs.collect())
}

/// A message that asks us something: one that mentions us, or one to us alone.
///
/// Never one of a bot's, for two that answer each other would not stop; never one to everybody;
/// and not a mere reply to us, with which Discord also reports a mention.
pub(super) fn question(message: &Message, server: Option<GuildId>, me: UserId) -> Option<Request> {
    let author = &message.author;
    let spoken = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    let person = !author.bot && message.webhook_id.is_none() && author.id.get() != me.0;
    if !spoken || !person || message.mention_everyone {
        return None;
    }
    let mentions = [format!("<@{}>", me.0), format!("<@!{}>", me.0)];
    let named = mentions.iter().any(|mention| message.content.contains(mention));
    if server.is_some() && !named {
        return None;
    }
    let words =
        mentions.iter().fold(message.content.clone(), |words, mention| words.replace(mention, " "));
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let ask = if words.is_empty() { Ask::Help { topic: None } } else { Ask::Question(words) };
    let member = message.member.as_deref();
    let roles = member.map(|member| member.roles.as_slice()).unwrap_or_default();
    let by = Caller {
        user: UserId(author.id.get()),
        name: name(author, member.and_then(|member| member.nick.as_deref())),
        roles: roles.iter().map(|role| RoleId(role.get())).collect(),
        // Discord says it with interactions alone.
        administers: false,
    };
    let place = place(server, message.channel_id);
    Some(Request { id: message.id.get(), by, place, ask, file: None })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use serde_json::json;

    use super::*;
    use crate::request::AttentionAsk;
    use crate::request::Names;
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
    fn an_option_being_typed_asks_what_could_stand_in_it() {
        let typing =
            |name: &str| json!([{ "type": 3, "name": name, "value": "aw", "focused": true }]);
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
        let update = UpdateAsk {
            action: "IP-1.2".into(),
            text: Some("Booked".into()),
            ..UpdateAsk::default()
        };
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
}
