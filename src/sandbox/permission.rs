//! What the bot may do in the server and in each of its channels, as Discord works it out.

use serde_json::Value;
use serde_json::json;

use crate::sandbox::fault::Fault;
use crate::sandbox::shapes::BOT_PERMISSIONS;
use crate::sandbox::shapes::PERSON_PERMISSIONS;
use crate::sandbox::shapes::role;
use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::world::Channel;
use crate::sandbox::world::World;

/// A permission that the bot can be without, by Discord's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// To see a channel at all.
    ViewChannel,
    /// To write in it.
    SendMessages,
    /// To write with embeds.
    EmbedLinks,
    /// To write with files.
    AttachFiles,
    /// To read what was written before, and to answer it.
    ReadMessageHistory,
    /// To ring for roles that not everybody may ring for. The bot never has it.
    MentionEveryone,
    /// To add events to the server, and to change its own.
    CreateEvents,
}

impl Permission {
    /// Discord's bit for it.
    pub(crate) fn bit(self) -> u64 {
        let bit = match self {
            Self::ViewChannel => 10,
            Self::SendMessages => 11,
            Self::EmbedLinks => 14,
            Self::AttachFiles => 15,
            Self::ReadMessageHistory => 16,
            Self::MentionEveryone => 17,
            Self::CreateEvents => 44,
        };
        1 << bit
    }
}

impl World {
    /// The role that Discord makes for the bot alone when it is let in.
    pub(crate) fn bot_role(&self) -> Snowflake {
        Snowflake::named("bot role", &self.bot.name)
    }

    /// The same in Discord's shape; `position` is its place among the roles.
    pub(crate) fn bot_role_shape(&self, position: usize) -> Value {
        let permissions = BOT_PERMISSIONS & !self.denied;
        let mut shape = role(self.bot_role(), &self.bot.name, 0, position, permissions);
        shape["managed"] = json!(true);
        shape["mentionable"] = json!(false);
        shape["tags"] = json!({ "bot_id": self.bot.id });
        shape
    }

    /// What the bot may do in the server: what everybody may, and what its role adds.
    fn bot_permissions(&self) -> u64 {
        PERSON_PERMISSIONS | (BOT_PERMISSIONS & !self.denied)
    }

    /// What the bot may do in a channel, where something may be taken away from it.
    pub(crate) fn bot_permissions_in(&self, channel: &Channel) -> u64 {
        self.bot_permissions() & !channel.denied
    }

    /// May the bot do that in the server?
    pub(crate) fn may(&self, permission: Permission) -> bool {
        self.bot_permissions() & permission.bit() != 0
    }

    /// May the bot do that in the channel? Between it and one person, nobody gives permissions.
    pub(crate) fn may_in(&self, channel: &Channel, permission: Permission) -> bool {
        channel.direct.is_some() || self.bot_permissions_in(channel) & permission.bit() != 0
    }

    /// May the bot ring for everybody who has a role?
    pub(crate) fn may_ring(&self, role: Snowflake) -> bool {
        !self.quiet_roles.contains(&role) || self.may(Permission::MentionEveryone)
    }

    /// What is taken away from the bot in a channel, in Discord's shape.
    pub(crate) fn overwrites(&self, channel: &Channel) -> Value {
        if channel.denied == 0 {
            return json!([]);
        }
        let denied = channel.denied.to_string();
        json!([{ "id": self.bot.id, "type": 1, "allow": "0", "deny": denied }])
    }

    /// Begins a fault that takes something away from the bot, and says so to it.
    pub(crate) fn deny(&mut self, permission: Permission, channel: Option<&str>) {
        let Some(name) = channel else {
            self.denied |= permission.bit();
            self.tell_of_roles();
            return;
        };
        let id = self.text_channels().find(|channel| channel.name == name).map(|c| c.id);
        if let Some(channel) = id.and_then(|id| self.channel_mut(id)) {
            channel.denied |= permission.bit();
        }
        self.tell_of_channels(&id.into_iter().collect::<Vec<_>>());
    }

    /// Makes a role one that only who may mention everybody rings for.
    pub(crate) fn quieten(&mut self, role: &str) {
        let found = self.roles.iter().find(|known| known.name == role).map(|role| role.id);
        self.quiet_roles.extend(found);
        self.tell_of_roles();
    }

    /// Gives the bot back all that was taken away.
    pub(crate) fn allow_all(&mut self) {
        let limited: Vec<_> =
            self.text_channels().filter(|c| c.denied != 0).map(|c| c.id).collect();
        for id in &limited {
            if let Some(channel) = self.channel_mut(*id) {
                channel.denied = 0;
            }
        }
        self.tell_of_channels(&limited);
        if self.denied != 0 || !self.quiet_roles.is_empty() {
            self.denied = 0;
            self.quiet_roles.clear();
            self.tell_of_roles();
        }
    }

    /// A bot is told of every channel, those that it does not see among them.
    fn tell_of_channels(&mut self, changed: &[Snowflake]) {
        for id in changed {
            let shape = self.channel(*id).map(|channel| self.channel_shape(channel));
            if let Some(shape) = shape {
                self.sessions.dispatch_server("CHANNEL_UPDATE", &shape);
            }
        }
    }

    fn tell_of_roles(&mut self) {
        for role in self.role_list() {
            let changed = json!({ "guild_id": self.server.id, "role": role });
            self.sessions.dispatch_server("GUILD_ROLE_UPDATE", &changed);
        }
    }
}

/// The permission that a fault takes away, and in which channel; in the whole server where none is named.
pub(crate) fn denied_by(fault: &Fault) -> Option<(Permission, Option<&str>)> {
    match fault {
        Fault::ForbidChannel { channel } => Some((Permission::SendMessages, Some(channel))),
        Fault::HideChannel { channel } => Some((Permission::ViewChannel, Some(channel))),
        Fault::Deny { permission, channel } => Some((*permission, channel.as_deref())),
        _ => None,
    }
}
