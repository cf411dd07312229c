//! What people do in Discord, read as a request.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serenity::model::application::ActionRowComponent;
use serenity::model::application::CommandDataOption;
use serenity::model::application::CommandDataOptionValue;
use serenity::model::application::CommandDataResolved;
use serenity::model::application::CommandInteraction;
use serenity::model::application::CommandType;
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
use crate::discord::quote::quoted;
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
use crate::request::command::message::message_named;
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
            place_of(&button.data.custom_id, button.guild_id, button.channel_id),
        ),
        Interaction::Modal(form) => (
            Kind::Form,
            filled_in(form),
            caller(&form.user, form.member.as_ref()),
            place_of(&form.data.custom_id, form.guild_id, form.channel_id),
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
        roles_seen: member.is_some(),
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
pub(super) fn name(user: &User, nick: Option<&str>) -> String {
    nick.or(user.global_name.as_deref()).unwrap_or(&user.name).to_owned()
}

fn place(server: Option<GuildId>, channel: Channel) -> Place {
    let server = server.map(|server| ServerId(server.get()));
    Place { server, about: None, channel: ChannelId(channel.get()) }
}

/// The same for a button or a form, whose token may say which partnership it is about.
fn place_of(token: &str, server: Option<GuildId>, channel: Channel) -> Place {
    Place { about: token::peeled(token).0, ..place(server, channel) }
}

fn typed(command: &CommandInteraction) -> Result<Ask, Refusal> {
    if command.data.kind == CommandType::Message {
        let chosen = message_named(&command.data.name)?;
        return (chosen.read)(quoted(command).ok_or(Refusal::Wordless)?);
    }
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
            token::read(token::peeled(&button.data.custom_id).1, &BTreeMap::new())
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
    token::read(token::peeled(&form.data.custom_id).1, &inputs.collect())
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
        roles_seen: member.is_some(),
        // Discord says it with interactions alone.
        administers: false,
    };
    let place = place(server, message.channel_id);
    Some(Request { id: message.id.get(), by, place, ask, file: None })
}
