//! What a sandbox is opened with: a server, its channels, its roles and its people.

use std::collections::BTreeSet;

use chrono::DateTime;
use chrono::Utc;
use chrono_tz::Tz;

/// The server that a sandbox plays.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The server's name.
    pub server: String,
    /// Its text channels, in order.
    pub channels: Vec<ChannelPlan>,
    /// Its roles, by name. The one named [`ADMIN_ROLE`](crate::sandbox::ADMIN_ROLE) may do everything; the others are ordinary.
    pub roles: Vec<String>,
    /// Its people. The first is who the page speaks as to begin with.
    pub people: Vec<PersonPlan>,
    /// Further servers that the bot is in.
    pub neighbours: Vec<NeighbourPlan>,
    /// The bot's name.
    pub bot: String,
    /// Where the sandbox's clock stands when it opens.
    pub opens_at: DateTime<Utc>,
    /// The zone in which the page and the transcripts show time.
    pub zone: Tz,
    /// Which run of this server it is. Messages and interactions of different runs have
    /// different ids, so that a bot which remembers an earlier run takes none for a repeat;
    /// the server, channels, roles and people keep theirs. Only its low ten bits count.
    pub run: u16,
}

/// A text channel to be.
#[derive(Clone, Debug)]
pub struct ChannelPlan {
    /// Its name, without the `#`.
    pub name: String,
    /// What it is for.
    pub topic: String,
}

/// A further server to be, with nobody in it but the bot.
#[derive(Clone, Debug)]
pub struct NeighbourPlan {
    /// The server's name.
    pub server: String,
    /// Its text channels, in order.
    pub channels: Vec<ChannelPlan>,
    /// Its roles, by name.
    pub roles: Vec<String>,
}

/// A person to be.
#[derive(Clone, Debug)]
pub struct PersonPlan {
    /// Their name.
    pub name: String,
    /// Who they are, in a few words, for the page.
    pub note: String,
    /// The roles they hold, by name.
    pub roles: Vec<String>,
}

impl Setting {
    /// Names stand for ids here, so each must stand for one thing.
    pub(crate) fn check(&self) -> Result<(), String> {
        check_channels(&self.channels)?;
        let people = self.people.iter().map(|person| person.name.as_str());
        check_names("people", people)?;
        check_names("roles", self.roles.iter().map(String::as_str))?;
        let neighbours = self.neighbours.iter().map(|neighbour| neighbour.server.as_str());
        check_names("servers", std::iter::once(self.server.as_str()).chain(neighbours))?;
        for neighbour in &self.neighbours {
            check_channels(&neighbour.channels)?;
            check_names("roles", neighbour.roles.iter().map(String::as_str))?;
        }
        for person in &self.people {
            if let Some(role) = person.roles.iter().find(|role| !self.roles.contains(role)) {
                return Err(format!("{} holds the role {role}, which is not there.", person.name));
            }
        }
        Ok(())
    }
}

fn check_channels(channels: &[ChannelPlan]) -> Result<(), String> {
    check_names("channels", channels.iter().map(|channel| channel.name.as_str()))
}

fn check_names<'a>(kind: &str, names: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(format!("Two {kind} are called {name}."));
        }
    }
    Ok(())
}
