//! Further servers that the bot is in: channels and roles, and nobody there but the bot.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;
use serde_json::json;

use crate::sandbox::Message;
use crate::sandbox::Sandbox;
use crate::sandbox::Snowflake;
use crate::sandbox::setting::NeighbourPlan;
use crate::sandbox::shapes::roles_shape;
use crate::sandbox::world::Channel;
use crate::sandbox::world::Command;
use crate::sandbox::world::Named;
use crate::sandbox::world::World;

/// A further server.
pub(crate) struct Neighbour {
    pub(crate) name: String,
    owner: Snowflake,
    roles: Vec<Named>,
    /// Its channels, in order.
    channels: Vec<Snowflake>,
    pub(crate) commands: Vec<Command>,
    /// How often the bot has asked what commands there are.
    pub(crate) lookups: usize,
    /// Commands created on a day, of which Discord bears so many a server.
    pub(crate) creations: (NaiveDate, usize),
}

/// All further servers.
#[derive(Default)]
pub(crate) struct Neighbourhood {
    pub(crate) servers: BTreeMap<Snowflake, Neighbour>,
    pub(crate) channels: BTreeMap<Snowflake, Channel>,
}

impl Neighbourhood {
    pub(crate) fn new(plans: &[NeighbourPlan]) -> Self {
        let mut all = Self::default();
        for plan in plans {
            let name = &plan.server;
            let server = Snowflake::named("server", name);
            // Channels and roles of different servers bear the same names and are different ones.
            let own =
                |kind: &str, called: &str| Snowflake::named(kind, &format!("{name}/{called}"));
            let role = |called: &String| Named { id: own("role", called), name: called.clone() };
            let mut channels = Vec::new();
            for plan in &plan.channels {
                let id = own("channel", &plan.name);
                channels.push(id);
                all.channels.insert(id, Channel::new(server, id, plan));
            }
            let neighbour = Neighbour {
                name: name.clone(),
                owner: Snowflake::named("owner", name),
                roles: plan.roles.iter().map(role).collect(),
                channels,
                commands: Vec::new(),
                lookups: 0,
                creations: (NaiveDate::MIN, 0),
            };
            all.servers.insert(server, neighbour);
        }
        all
    }
}

impl World {
    /// Every server that the bot is in, its own first.
    pub(crate) fn servers(&self) -> impl Iterator<Item = (Snowflake, &str)> {
        let others = self.neighbourhood.servers.iter();
        let others = others.map(|(id, neighbour)| (*id, neighbour.name.as_str()));
        std::iter::once((self.server.id, self.server.name.as_str())).chain(others)
    }

    /// The further servers as the gateway announces them.
    pub(crate) fn neighbours_announced(&self) -> impl Iterator<Item = Value> {
        let announced = self.server_announced();
        self.neighbourhood.servers.iter().map(move |(id, neighbour)| {
            let found = neighbour.channels.iter().filter_map(|id| self.channel(*id));
            let channels: Vec<Value> = found.map(|channel| self.channel_shape(channel)).collect();
            let mut shape = announced.clone();
            shape["id"] = json!(id);
            shape["name"] = json!(neighbour.name);
            shape["owner_id"] = json!(neighbour.owner);
            shape["roles"] = json!(roles_shape(*id, &neighbour.roles));
            shape["channels"] = json!(channels);
            shape["member_count"] = json!(1);
            shape
        })
    }
}

impl Sandbox {
    /// The further servers that the bot is in.
    pub fn neighbours(&self) -> Vec<Snowflake> {
        self.town.world().neighbourhood.servers.keys().copied().collect()
    }

    /// What stands in a channel of a further server, oldest first.
    ///
    /// # Panics
    /// When there is no such server or channel, because reading nothing would prove anything.
    #[track_caller]
    #[expect(clippy::panic, reason = "a test that names what is not there must fail")]
    pub fn read_next_door(&self, server: Snowflake, channel: &str) -> Vec<Message> {
        let world = self.town.world();
        let neighbour = world.neighbourhood.servers.get(&server);
        let mut channels = neighbour.iter().flat_map(|neighbour| &neighbour.channels);
        let found = channels.find_map(|id| world.channel(*id).filter(|c| c.name == channel));
        let Some(found) = found else { panic!("{server} has no channel called {channel}.") };
        found.messages.values().cloned().collect()
    }

    /// How many commands the bot has registered for a further server.
    pub fn commands_next_door(&self, server: Snowflake) -> usize {
        let world = self.town.world();
        let neighbour = world.neighbourhood.servers.get(&server);
        neighbour.map_or(0, |neighbour| neighbour.commands.len())
    }

    /// How often the bot has asked which commands a further server has.
    pub fn lookups_next_door(&self, server: Snowflake) -> usize {
        let world = self.town.world();
        let neighbour = world.neighbourhood.servers.get(&server);
        neighbour.map_or(0, |neighbour| neighbour.lookups)
    }
}
