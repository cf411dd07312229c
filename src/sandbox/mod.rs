//! A Discord in a box: its REST interface, its gateway, a page to try it on, and people who speak.
//!
//! It knows Discord and nothing of the bot that connects to it, listens on loopback only, keeps
//! everything in memory, and owns the time: its clock stands still until it is moved.

mod clock;
mod command;
mod door;
mod fault;
mod gateway;
mod interaction;
mod limits;
mod message;
mod page;
mod person;
mod rest;
mod session;
mod setting;
mod snowflake;
mod town;
mod traffic;
mod transcript;
mod world;

#[cfg(test)]
mod tests;

pub use clock::Agenda;
pub use fault::Fault;
pub use interaction::Form;
pub use interaction::Outcome;
pub use message::File;
pub use message::Message;
pub use message::Origin;
pub use message::Pings;
pub use message::State;
pub use setting::ChannelPlan;
pub use setting::PersonPlan;
pub use setting::Setting;
pub use snowflake::Snowflake;
pub use traffic::Recorded;

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::any;
use axum::routing::get;
use chrono::DateTime;
use chrono::Utc;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::sandbox::door::Cord;
use crate::sandbox::door::Door;
use crate::sandbox::interaction::Question;
use crate::sandbox::person::Refused;
use crate::sandbox::town::Town;
use crate::sandbox::world::World;

/// How long closing waits for requests under way.
const SHUT_WITHIN: Duration = Duration::from_secs(2);
/// How long `until` waits for what it is told to look for.
const LOOK_WITHIN: Duration = Duration::from_secs(5);

/// A running sandbox. Cloning it gives another handle to the same one.
#[derive(Clone)]
pub struct Sandbox {
    town: Arc<Town>,
    url: String,
    serving: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl Sandbox {
    /// Opens a sandbox on loopback; port 0 is any free one.
    ///
    /// # Errors
    /// When the port is taken.
    pub async fn open(setting: Setting, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let town = Town::new(setting, url.clone());
        let routes: Router<Arc<Town>> = page::routes()
            .route("/gateway", get(gateway::connect))
            .route("/api/{*path}", any(rest::enter))
            .layer(DefaultBodyLimit::disable());
        let service = routes.with_state(Arc::clone(&town));
        let service = service.into_make_service_with_connect_info::<Cord>();
        let closing = Arc::clone(&town);
        let serving = tokio::spawn(async move {
            let bell = async move { closing.closed().await };
            let served = axum::serve(Door(listener), service).with_graceful_shutdown(bell).await;
            if let Err(error) = served {
                tracing::error!(%error, "The sandbox stopped serving");
            }
        });
        Ok(Self { town, url, serving: Arc::new(Mutex::new(Some(serving))) })
    }

    /// The address of the page, and of the interface: the bot's API base.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// The one bot token that the sandbox accepts.
    pub fn token(&self) -> &str {
        &self.town.token
    }

    /// The server's id, which its name alone decides.
    pub fn server(&self) -> Snowflake {
        self.town.world().server.id
    }

    /// The bot's id, which is its application's too.
    pub fn bot(&self) -> Snowflake {
        self.town.world().bot.id
    }

    /// The sandbox's time, which stands still until it is moved.
    pub fn clock(&self) -> watch::Receiver<DateTime<Utc>> {
        self.town.clock.subscribe()
    }

    /// Keeps to what the bot says: what it has done, and what it does next.
    pub fn follow(&self, agenda: watch::Receiver<Agenda>) {
        self.town.follow(agenda);
    }

    /// Moves the clock, stopping at each thing that the bot has planned on the way and waiting
    /// there, at most ten seconds, until it is done. Without an agenda it goes straight.
    ///
    /// # Errors
    /// A sentence, when the time lies behind or more than a hundred years ahead.
    pub async fn travel_to(&self, at: DateTime<Utc>) -> Result<(), String> {
        self.town.travel_to(at).await
    }

    /// Moves the clock to the next thing that happens.
    ///
    /// # Errors
    /// A sentence, when nothing is planned.
    pub async fn jump(&self) -> Result<(), String> {
        self.town.jump().await
    }

    /// A person writes in a channel; `@Convener` as the channel is their direct messages with the
    /// bot, and in the text it becomes the mention. Gives the message's id.
    ///
    /// # Errors
    /// A sentence, when there is no such person or channel or nothing is said.
    #[expect(
        clippy::unused_async,
        reason = "people act by one kind of call; the rest of them wait"
    )]
    pub async fn say(&self, person: &str, channel: &str, text: &str) -> Result<Snowflake, String> {
        let mut world = self.town.world();
        let person = named_person(&world, person)?;
        let channel = named_channel(&world, Some(person), channel)?;
        let mention = format!("@{}", world.bot.name);
        let content = text.replace(&mention, &format!("<@{}>", world.bot.id));
        world.say(person, channel, &content)
    }

    /// A person sends a command as typed: `/update action:1.2 text:Venue booked`. An option's
    /// value runs to the next known `name:`; sub-commands are words.
    ///
    /// # Errors
    /// A sentence, when Discord's client would not have let the line go.
    pub async fn command(
        &self,
        person: &str,
        channel: &str,
        line: &str,
    ) -> Result<Outcome, String> {
        self.ask(|world| {
            let person = named_person(world, person)?;
            let channel = named_channel(world, Some(person), channel)?;
            let given = world.typed(line)?;
            world.command(person, channel, &given, None)
        })
        .await
    }

    /// What the bot offers for the last option of a line being typed: names and values.
    ///
    /// # Errors
    /// A sentence, when the option does not complete or the bot does not answer.
    pub async fn complete(
        &self,
        person: &str,
        channel: &str,
        line: &str,
    ) -> Result<Vec<(String, String)>, String> {
        let asked = {
            let mut world = self.town.world();
            let person = named_person(&world, person)?;
            let channel = named_channel(&world, Some(person), channel)?;
            let given = world.typed(line)?;
            let focused = given.options.last().map(|(name, _)| name.clone());
            let focused = focused.ok_or("The line ends before any option.")?;
            let question = world.command(person, channel, &given, Some(&focused))?;
            world.ask(question)
        };
        let choices = self.town.choices(asked).await?;
        let choice = |choice: &Value| {
            Some((choice["name"].as_str()?.to_owned(), command::plain(&choice["value"])?))
        };
        Ok(choices.iter().filter_map(choice).collect())
    }

    /// A person presses the newest button they see that has this label or custom id.
    ///
    /// # Errors
    /// A sentence, when they see none or it is switched off.
    pub async fn press(&self, person: &str, channel: &str, name: &str) -> Result<Outcome, String> {
        self.choose(person, channel, name, &[]).await
    }

    /// A person chooses in the newest menu they see that has this placeholder or custom id.
    ///
    /// # Errors
    /// A sentence, when they see none or it does not offer the values.
    pub async fn choose(
        &self,
        person: &str,
        channel: &str,
        name: &str,
        values: &[&str],
    ) -> Result<Outcome, String> {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        self.ask(|world| {
            let person = named_person(world, person)?;
            let channel = named_channel(world, Some(person), channel)?;
            let (message, custom_id) = world.pressable(person, channel, name)?;
            world.press(person, channel, message, &custom_id, &values)
        })
        .await
    }

    /// A person presses a button of one particular message.
    ///
    /// # Errors
    /// A sentence, when they do not see the message or it has no such button.
    pub async fn press_on(
        &self,
        person: &str,
        message: Snowflake,
        custom_id: &str,
    ) -> Result<Outcome, String> {
        self.ask(|world| {
            let person = named_person(world, person)?;
            let channel = holding(world, message)?;
            world.press(person, channel, message, custom_id, &[])
        })
        .await
    }

    /// A person sends a form off; inputs go by custom id or label, and those not named keep what
    /// they were opened with.
    ///
    /// # Errors
    /// A sentence, when the form is not theirs or Discord's client would not have let it go.
    pub async fn submit(
        &self,
        person: &str,
        form: &Form,
        values: &[(&str, &str)],
    ) -> Result<Outcome, String> {
        let text = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let values: Vec<(String, String)> = values.iter().map(text).collect();
        self.ask(|world| world.submit(named_person(world, person)?, form.id, &values)).await
    }

    /// A person chooses a command of a message's menu.
    ///
    /// # Errors
    /// A sentence, when there is no such command or they do not see the message.
    pub async fn menu(
        &self,
        person: &str,
        message: Snowflake,
        command: &str,
    ) -> Result<Outcome, String> {
        self.ask(|world| {
            let person = named_person(world, person)?;
            world.menu(person, holding(world, message)?, command, message)
        })
        .await
    }

    async fn ask<F>(&self, question: F) -> Result<Outcome, String>
    where
        F: FnOnce(&World) -> Refused<Question>,
    {
        let asked = {
            let mut world = self.town.world();
            let question = question(&world)?;
            world.ask(question)
        };
        Ok(self.town.outcome(asked).await)
    }

    /// What stands in a channel for everybody, oldest first. `@Name` is the direct messages
    /// between that person and the bot.
    ///
    /// # Panics
    /// When there is no such channel, because reading nothing would prove anything.
    #[track_caller]
    pub fn read(&self, channel: &str) -> Vec<Message> {
        let world = self.town.world();
        seen(&world, None, channel).cloned().collect()
    }

    /// What a person sees in a channel, oldest first.
    ///
    /// # Panics
    /// When there is no such person or channel.
    #[track_caller]
    pub fn read_as(&self, person: &str, channel: &str) -> Vec<Message> {
        let world = self.town.world();
        seen(&world, Some(person), channel).cloned().collect()
    }

    /// A channel as everybody reads it, in plain text and without ids.
    ///
    /// # Panics
    /// When there is no such channel.
    #[track_caller]
    pub fn transcript(&self, channel: &str) -> String {
        let world = self.town.world();
        transcript::transcript(&world, seen(&world, None, channel))
    }

    /// A channel as a person reads it.
    ///
    /// # Panics
    /// When there is no such person or channel.
    #[track_caller]
    pub fn transcript_as(&self, person: &str, channel: &str) -> String {
        let world = self.town.world();
        transcript::transcript(&world, seen(&world, Some(person), channel))
    }

    /// One message in plain text, as it stands in a transcript.
    pub fn text(&self, message: &Message) -> String {
        transcript::transcript(&self.town.world(), std::iter::once(message))
    }

    /// A message in Discord's shape.
    pub fn shape(&self, message: &Message) -> Value {
        message.to_discord(&self.town.world())
    }

    /// The bytes of a file, while they are kept.
    pub fn bytes(&self, file: &File) -> Option<Arc<[u8]>> {
        self.town.world().files.get(&file.id).cloned()
    }

    /// Every request the bot made, oldest first.
    pub fn traffic(&self) -> Vec<Recorded> {
        self.town.world().traffic.all()
    }

    /// The commands the bot has registered, in Discord's shape.
    pub fn commands(&self) -> Vec<Value> {
        let world = self.town.world();
        world.commands.iter().map(|command| rest::command_shape(&world, command)).collect()
    }

    /// Commands created today by the sandbox's clock, of which Discord bears 200.
    pub fn creations(&self) -> usize {
        self.town.world().creations.1
    }

    /// How often a bot has introduced itself to the gateway.
    pub fn identifies(&self) -> usize {
        self.town.world().sessions.identifies
    }

    /// How often a bot has taken up an earlier session.
    pub fn resumes(&self) -> usize {
        self.town.world().sessions.resumes
    }

    /// How many heartbeats have come.
    pub fn heartbeats(&self) -> usize {
        self.town.world().sessions.heartbeats
    }

    /// Requests refused with 401, 403 or 429, of which Discord bears 10,000 in ten minutes.
    pub fn refusals(&self) -> usize {
        self.town.world().traffic.refusals()
    }

    /// Whether a bot listens at the gateway.
    pub fn is_online(&self) -> bool {
        self.town.world().sessions.is_online()
    }

    /// Asks connections that open from now on for a heartbeat this often, instead of Discord's
    /// forty-one seconds.
    pub fn beat_every(&self, interval: Duration) {
        let interval = u64::try_from(interval.as_millis()).unwrap_or(u64::MAX);
        self.town.heartbeat_ms.store(interval, Ordering::Relaxed);
    }

    /// Begins to misbehave.
    pub fn fault(&self, fault: Fault) {
        self.town.world().begin_fault(fault);
    }

    /// Behaves again.
    pub fn mend(&self) {
        self.town.world().mend();
    }

    /// Looks at the sandbox each time something changes until it finds what it looks for; nothing
    /// when that has not come within five seconds.
    pub async fn until<T>(&self, look: impl Fn(&Self) -> Option<T>) -> Option<T> {
        let mut changes = self.town.changes.subscribe();
        let found = async {
            loop {
                changes.mark_unchanged();
                if let Some(found) = look(self) {
                    return Some(found);
                }
                changes.changed().await.ok()?;
            }
        };
        timeout(LOOK_WITHIN, found).await.ok().flatten()
    }

    /// The bot's first message in a channel after another one, as soon as it is there; what only
    /// `person` sees counts. Nothing when it has not come within five seconds.
    pub async fn reply(&self, person: &str, channel: &str, after: Snowflake) -> Option<Message> {
        let bot = self.bot();
        self.until(|sandbox| {
            let seen = sandbox.read_as(person, channel);
            seen.into_iter().find(|message| {
                message.id > after && message.author == bot && message.state == State::Sent
            })
        })
        .await
    }

    /// Closes the sandbox: says goodbye on every socket and stops listening.
    pub async fn shut(self) {
        self.town.closing.send_replace(true);
        let serving = self.serving.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut serving) = serving else { return };
        if timeout(SHUT_WITHIN, &mut serving).await.is_err() {
            serving.abort();
        }
    }
}

fn named_person(world: &World, name: &str) -> Refused<Snowflake> {
    let found = world.people.iter().find(|person| person.name == name);
    found.map(|person| person.id).ok_or_else(|| format!("There is nobody called {name}."))
}

/// A channel by its name. `@Convener` is the person's own direct messages, `@Name` somebody's.
fn named_channel(world: &World, person: Option<Snowflake>, name: &str) -> Refused<Snowflake> {
    let missing = || format!("There is no channel called {name}.");
    let Some(other) = name.strip_prefix('@') else {
        let name = name.trim_start_matches('#');
        let found = world.text_channels().find(|channel| channel.name == name);
        return found.map(|channel| channel.id).ok_or_else(missing);
    };
    let person = if other == world.bot.name { person } else { Some(named_person(world, other)?) };
    person.and_then(|id| world.person(id)).map(|person| person.direct).ok_or_else(missing)
}

/// The channel that holds a message.
fn holding(world: &World, message: Snowflake) -> Refused<Snowflake> {
    let found = world.channels.iter().find(|channel| channel.messages.contains_key(&message));
    found.map(|channel| channel.id).ok_or_else(|| "There is no such message.".to_owned())
}

#[track_caller]
#[expect(clippy::panic, reason = "a test that names no channel must fail, not read nothing")]
fn seen<'a>(
    world: &'a World,
    person: Option<&str>,
    channel: &str,
) -> impl Iterator<Item = &'a Message> {
    let found = person.map(|name| named_person(world, name)).transpose().and_then(|person| {
        let channel = named_channel(world, person, channel)?;
        Ok((person, channel))
    });
    let (person, channel) = match found {
        Ok(found) => found,
        Err(sentence) => panic!("{sentence}"),
    };
    let messages = world.channel(channel).into_iter().flat_map(|c| c.messages.values());
    messages.filter(move |message| message.is_visible_to(person))
}
