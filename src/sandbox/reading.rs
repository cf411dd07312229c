//! What stands in the channels, for tests and scripts to read and to wait for.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::time::timeout;

use crate::sandbox::File;
use crate::sandbox::Message;
use crate::sandbox::Sandbox;
use crate::sandbox::Snowflake;
use crate::sandbox::State;
use crate::sandbox::person::Refused;
use crate::sandbox::transcript;
use crate::sandbox::voices::named_channel;
use crate::sandbox::voices::named_person;
use crate::sandbox::world::World;

/// How long `until` waits for what it is told to look for: longer than the five seconds that the
/// client lets pass before it introduces itself again.
const LOOK_WITHIN: Duration = Duration::from_secs(15);

impl Sandbox {
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

    /// The id of a channel, of a person's direct messages when it is `@Name`.
    ///
    /// # Panics
    /// When there is no such channel.
    #[track_caller]
    pub fn channel_id(&self, name: &str) -> Snowflake {
        found(named_channel(&self.town.world(), None, name))
    }

    /// A person's id.
    ///
    /// # Panics
    /// When there is nobody of that name.
    #[track_caller]
    pub fn person_id(&self, name: &str) -> Snowflake {
        found(named_person(&self.town.world(), name))
    }

    /// A role's id.
    ///
    /// # Panics
    /// When there is no such role.
    #[track_caller]
    pub fn role_id(&self, name: &str) -> Snowflake {
        let world = self.town.world();
        let role = world.roles.iter().find(|role| role.name == name).map(|role| role.id);
        found(role.ok_or_else(|| format!("There is no role called {name}.")))
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

    /// The files of a message: each its name, its alternative text and its bytes. A file whose bytes
    /// are no longer kept is left out.
    pub fn files(&self, message: &Message) -> Vec<(String, Option<String>, Arc<[u8]>)> {
        let told =
            |file: &File| Some((file.name.clone(), file.description.clone(), self.bytes(file)?));
        message.files.iter().filter_map(told).collect()
    }

    /// Looks at the sandbox each time something changes until it finds what it looks for; nothing
    /// when that has not come within fifteen seconds.
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
    /// `person` sees counts. Nothing when it has not come within fifteen seconds.
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
}

#[track_caller]
#[expect(clippy::panic, reason = "a test that names what is not there must fail, not find nothing")]
fn found<T>(looked_for: Refused<T>) -> T {
    match looked_for {
        Ok(found) => found,
        Err(sentence) => panic!("{sentence}"),
    }
}

#[track_caller]
fn seen<'a>(
    world: &'a World,
    person: Option<&str>,
    channel: &str,
) -> impl Iterator<Item = &'a Message> {
    let person = person.map(|name| found(named_person(world, name)));
    let channel = found(named_channel(world, person, channel));
    let messages = world.channel(channel).into_iter().flat_map(|c| c.messages.values());
    messages.filter(move |message| message.is_visible_to(person))
}
