//! A small bot on the real client: enough to answer in every way Discord knows.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use serenity::all::ActionRowComponent;
use serenity::all::AutocompleteChoice;
use serenity::all::CommandInteraction;
use serenity::all::CommandOptionType;
use serenity::all::CommandType;
use serenity::all::ComponentInteraction;
use serenity::all::ComponentInteractionDataKind;
use serenity::all::Context;
use serenity::all::CreateActionRow;
use serenity::all::CreateAttachment;
use serenity::all::CreateAutocompleteResponse;
use serenity::all::CreateButton;
use serenity::all::CreateCommand;
use serenity::all::CreateCommandOption;
use serenity::all::CreateEmbed;
use serenity::all::CreateInputText;
use serenity::all::CreateInteractionResponse as Response;
use serenity::all::CreateInteractionResponseFollowup;
use serenity::all::CreateInteractionResponseMessage as Said;
use serenity::all::CreateModal;
use serenity::all::EditInteractionResponse;
use serenity::all::Event;
use serenity::all::EventHandler;
use serenity::all::GatewayIntents;
use serenity::all::Guild;
use serenity::all::Http;
use serenity::all::HttpBuilder;
use serenity::all::InputTextStyle;
use serenity::all::Interaction;
use serenity::all::Message;
use serenity::all::ModalInteraction;
use serenity::all::RawEventHandler;
use serenity::all::ResolvedTarget;
use serenity::all::ResolvedValue;
use serenity::all::ShardManager;
use serenity::all::async_trait;
use serenity::client::Client;
use serenity::client::ClientBuilder;

use crate::sandbox::Sandbox;

pub(super) const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_MESSAGES)
    .union(GatewayIntents::DIRECT_MESSAGES);

/// What the bot has seen, for tests to look at.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) unknown: AtomicUsize,
    pub(super) interactions: AtomicUsize,
    pub(super) messages: AtomicUsize,
    pub(super) deleted_channels: AtomicUsize,
}

pub(super) struct Bot {
    pub(super) http: Arc<Http>,
    pub(super) seen: Arc<Seen>,
    shards: Arc<ShardManager>,
}

impl Bot {
    pub(super) async fn stop(self) {
        self.shards.shutdown_all().await;
    }
}

pub(super) fn http(sandbox: &Sandbox) -> Http {
    HttpBuilder::new(sandbox.token()).proxy(sandbox.url()).ratelimiter_disabled(true).build()
}

pub(super) async fn client(sandbox: &Sandbox, intents: GatewayIntents) -> (Client, Arc<Seen>) {
    let seen = Arc::new(Seen::default());
    let client = ClientBuilder::new_with_http(http(sandbox), intents)
        .event_handler(Ears(Arc::clone(&seen)))
        .raw_event_handler(Ears(Arc::clone(&seen)))
        .await
        .unwrap();
    (client, seen)
}

/// Starts the bot and waits until its commands are registered.
pub(super) async fn start(sandbox: &Sandbox) -> Bot {
    let (mut client, seen) = client(sandbox, INTENTS).await;
    let (http, shards) = (Arc::clone(&client.http), Arc::clone(&client.shard_manager));
    tokio::spawn(async move { client.start().await });
    let registered = sandbox.until(|s| (!s.commands().is_empty()).then_some(())).await;
    registered.expect("the bot registers its commands");
    Bot { http, seen, shards }
}

struct Ears(Arc<Seen>);

#[async_trait]
impl RawEventHandler for Ears {
    async fn raw_event(&self, _: Context, event: Event) {
        match event {
            Event::Unknown(_) => self.0.unknown.fetch_add(1, Ordering::SeqCst),
            Event::InteractionCreate(_) => self.0.interactions.fetch_add(1, Ordering::SeqCst),
            Event::MessageCreate(_) => self.0.messages.fetch_add(1, Ordering::SeqCst),
            Event::ChannelDelete(_) => self.0.deleted_channels.fetch_add(1, Ordering::SeqCst),
            _ => 0,
        };
    }
}

#[async_trait]
impl EventHandler for Ears {
    async fn guild_create(&self, context: Context, guild: Guild, _: Option<bool>) {
        guild.id.set_commands(&context.http, commands()).await.unwrap();
    }

    async fn message(&self, context: Context, message: Message) {
        if message.author.bot || message.content.is_empty() {
            return;
        }
        let echo = format!("You said: {}", message.content);
        // The sandbox may have been told to refuse this.
        let _refused = message.reply(&context.http, echo).await;
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        // Tests look at what reaches the channel, and some make these calls fail.
        let _refused = match interaction {
            Interaction::Command(command) => run(&context, command).await,
            Interaction::Autocomplete(command) => complete(&context, command).await,
            Interaction::Component(pressed) => press(&context, pressed).await,
            Interaction::Modal(form) => submit(&context, form).await,
            _ => Ok(()),
        };
    }
}

fn commands() -> Vec<CreateCommand> {
    let option =
        |name: &str| CreateCommandOption::new(CommandOptionType::String, name, "Something to say");
    vec![
        CreateCommand::new("update")
            .description("Say how far it has come")
            .add_option(option("action").required(true).set_autocomplete(true))
            .add_option(option("text").max_length(20))
            .add_option(option("status").add_string_choice("on track", "on-track"))
            .add_option(
                CreateCommandOption::new(CommandOptionType::Integer, "count", "How many")
                    .min_int_value(1)
                    .max_int_value(9),
            )
            .add_option(CreateCommandOption::new(CommandOptionType::User, "who", "Whom")),
        CreateCommand::new("give")
            .description("Give things of every kind")
            .add_option(CreateCommandOption::new(CommandOptionType::User, "user", "Whom"))
            .add_option(CreateCommandOption::new(CommandOptionType::Channel, "channel", "Where"))
            .add_option(CreateCommandOption::new(CommandOptionType::Role, "role", "Which"))
            .add_option(CreateCommandOption::new(CommandOptionType::Mentionable, "any", "Either"))
            .add_option(CreateCommandOption::new(CommandOptionType::Boolean, "sure", "Or not"))
            .add_option(CreateCommandOption::new(CommandOptionType::Number, "share", "How much"))
            .add_option(CreateCommandOption::new(CommandOptionType::Attachment, "file", "What")),
        CreateCommand::new("later").description("Answer after a while"),
        CreateCommand::new("never").description("Do not answer"),
        CreateCommand::new("twice").description("Answer twice"),
        CreateCommand::new("form").description("Open a form"),
        CreateCommand::new("meeting").description("The calendar").add_option(
            CreateCommandOption::new(CommandOptionType::SubCommand, "next", "The next one")
                .add_sub_option(option("body")),
        ),
        CreateCommand::new("Log as progress").kind(CommandType::Message),
    ]
}

fn say(text: impl Into<String>) -> Response {
    Response::Message(Said::new().content(text))
}

fn form() -> Response {
    let input = CreateInputText::new(InputTextStyle::Paragraph, "Progress", "text").max_length(50);
    let note = CreateInputText::new(InputTextStyle::Short, "Note", "note")
        .required(false)
        .value("as before");
    Response::Modal(
        CreateModal::new("update:1.2", "Update 1.2")
            .components(vec![CreateActionRow::InputText(input), CreateActionRow::InputText(note)]),
    )
}

async fn run(context: &Context, command: CommandInteraction) -> serenity::Result<()> {
    let http = &context.http;
    match command.data.name.as_str() {
        "update" => {
            let holds = command.member.as_ref().map_or(0, |member| member.roles.len());
            let said: Vec<String> = command
                .data
                .options
                .iter()
                .map(|option| format!("{}={:?}", option.name, option.value))
                .collect();
            let embed = CreateEmbed::new().title("Update").description(said.join("\n")).field(
                "Roles",
                holds.to_string(),
                true,
            );
            let undo = CreateButton::new("undo:1").label("Undo");
            let answer = Said::new().embed(embed).button(undo).ephemeral(true);
            command.create_response(http, Response::Message(answer)).await
        }
        "later" => {
            command.create_response(http, Response::Defer(Said::new().ephemeral(true))).await?;
            let edit = EditInteractionResponse::new()
                .content("At last")
                .new_attachment(CreateAttachment::bytes("a,b", "plan.csv"));
            command.edit_response(http, edit).await?;
            let more = CreateInteractionResponseFollowup::new().content("And more");
            command.create_followup(http, more).await?;
            Ok(())
        }
        "twice" => {
            command.create_response(http, say("once")).await?;
            let second = command.create_response(http, say("twice")).await;
            let code = second.unwrap_err().to_string();
            command
                .create_followup(http, CreateInteractionResponseFollowup::new().content(code))
                .await?;
            Ok(())
        }
        "form" => command.create_response(http, form()).await,
        "give" => command.create_response(http, say(given(&command))).await,
        "meeting" => {
            command.create_response(http, say(format!("{:?}", command.data.options()))).await
        }
        "Log as progress" => {
            let Some(ResolvedTarget::Message(message)) = command.data.target() else {
                return Ok(());
            };
            command.create_response(http, say(format!("Logged: {}", message.content))).await
        }
        _ => Ok(()),
    }
}

fn given(command: &CommandInteraction) -> String {
    let words = command.data.options().into_iter().map(|option| match option.value {
        ResolvedValue::User(user, member) => {
            format!("{} {}", user.display_name(), member.map_or(0, |member| member.roles.len()))
        }
        ResolvedValue::Channel(channel) => channel.name.clone().unwrap_or_default(),
        ResolvedValue::Role(role) => role.name.clone(),
        ResolvedValue::Attachment(file) => format!("{} of {}", file.filename, file.size),
        other => format!("{other:?}"),
    });
    words.collect::<Vec<_>>().join(", ")
}

async fn complete(context: &Context, command: CommandInteraction) -> serenity::Result<()> {
    let typed = command.data.autocomplete().map_or("", |option| option.value);
    let choice = AutocompleteChoice::new(format!("IP-1.2 for {typed}"), "IP-1.2");
    let choices = CreateAutocompleteResponse::new().set_choices(vec![choice]);
    command.create_response(&context.http, Response::Autocomplete(choices)).await
}

async fn press(context: &Context, pressed: ComponentInteraction) -> serenity::Result<()> {
    let said = match &pressed.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => format!("Chosen: {values:?}"),
        ComponentInteractionDataKind::UserSelect { values } => format!("Chosen: {}", values.len()),
        _ => "Undone".to_owned(),
    };
    let said = Said::new().content(said).embeds(vec![]).components(vec![]);
    pressed.create_response(&context.http, Response::UpdateMessage(said)).await
}

async fn submit(context: &Context, form: ModalInteraction) -> serenity::Result<()> {
    let values =
        form.data.components.iter().flat_map(|row| &row.components).map(|part| match part {
            ActionRowComponent::InputText(input) => input.value.clone().unwrap_or_default(),
            _ => String::new(),
        });
    let values: Vec<String> = values.collect();
    form.create_response(&context.http, say(format!("Sent: {}", values.join(" / ")))).await
}
