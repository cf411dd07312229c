//! What people do, by name: the way tests and scripts speak.

use std::sync::Arc;

use serde_json::Value;

use crate::sandbox::Form;
use crate::sandbox::Outcome;
use crate::sandbox::Sandbox;
use crate::sandbox::Snowflake;
use crate::sandbox::command::plain;
use crate::sandbox::interaction::Question;
use crate::sandbox::person::Refused;
use crate::sandbox::world::World;

/// The kind of a file of which nobody says what it is.
pub(crate) const UNTOLD: &str = "application/octet-stream";

impl Sandbox {
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

    /// A person sends a command as typed, and gives files with it: each an option, a name and what
    /// the file holds. It may be larger than the page takes: some people have paid Discord for that.
    ///
    /// # Errors
    /// A sentence, when Discord's client would not have let the line go.
    pub async fn command_with(
        &self,
        person: &str,
        channel: &str,
        line: &str,
        files: &[(&str, &str, &[u8])],
    ) -> Result<Outcome, String> {
        let asked = {
            let mut world = self.town.world();
            let person = named_person(&world, person)?;
            let channel = named_channel(&world, Some(person), channel)?;
            let mut given = world.typed(line)?;
            for (option, name, bytes) in files {
                let id = world.take_in_hand(name, UNTOLD, Arc::from(*bytes));
                given.options.push(((*option).to_owned(), id.to_string()));
            }
            let question = world.command(person, channel, &given, None)?;
            world.ask(question)
        };
        Ok(self.town.outcome(asked).await)
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
        let choice =
            |choice: &Value| Some((choice["name"].as_str()?.to_owned(), plain(&choice["value"])?));
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

    /// Puts a file at hand, for people to give to a command by its name.
    pub fn at_hand(&self, name: &str, content_type: &str, bytes: &[u8]) {
        self.town.world().take_in_hand(name, content_type, Arc::from(bytes));
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
}

pub(crate) fn named_person(world: &World, name: &str) -> Refused<Snowflake> {
    let found = world.people.iter().find(|person| person.name == name);
    found.map(|person| person.id).ok_or_else(|| format!("There is nobody called {name}."))
}

/// A channel by its name. `@Convener` is the person's own direct messages, `@Name` somebody's.
pub(crate) fn named_channel(
    world: &World,
    person: Option<Snowflake>,
    name: &str,
) -> Refused<Snowflake> {
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
