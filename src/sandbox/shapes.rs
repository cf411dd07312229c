//! The server, its channels, roles and people in Discord's shapes.

use serde_json::Value;
use serde_json::json;

use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::world::Channel;
use crate::sandbox::world::Named;
use crate::sandbox::world::Person;
use crate::sandbox::world::World;

/// What the bot's own role lets it do: view, send, embed, attach, read history, use application
/// commands, send in threads, and add events.
pub(crate) const BOT_PERMISSIONS: u64 =
    (1 << 10) | (1 << 11) | (1 << 14) | (1 << 15) | (1 << 16) | (1 << 31) | (1 << 38) | (1 << 44);
/// What everybody may do: as the bot, but not send in threads or add events.
pub(crate) const PERSON_PERMISSIONS: u64 =
    (1 << 10) | (1 << 11) | (1 << 14) | (1 << 15) | (1 << 16) | (1 << 31);
/// May do everything.
pub(crate) const ADMINISTRATOR: u64 = 1 << 3;
/// Everything that an administrator may do: Discord gives each of its rights by name.
const ALL_PERMISSIONS: u64 = (1 << 53) - 1;
/// The role whose holders may do everything.
pub const ADMIN_ROLE: &str = "Server admin";

impl World {
    /// Everything a person may do, as Discord's bits.
    pub(crate) fn permissions(&self, person: &Person) -> u64 {
        let admin = self
            .roles
            .iter()
            .any(|role| role.name == ADMIN_ROLE && person.roles.contains(&role.id));
        if admin { ALL_PERMISSIONS } else { PERSON_PERMISSIONS }
    }

    /// A person or the bot in Discord's shape.
    pub(crate) fn user(&self, id: Snowflake) -> Value {
        let name = self.name(id);
        // Discord lets a bot's name have capitals; a person's has none.
        let is_bot = id == self.bot.id;
        let username = if is_bot { name.clone() } else { name.to_lowercase().replace(' ', ".") };
        json!({
            "id": id,
            "username": username,
            "global_name": if is_bot { Value::Null } else { json!(name) },
            "discriminator": "0",
            "avatar": null,
            "bot": is_bot,
            "flags": 0,
            "public_flags": 0,
            "primary_guild": null,
        })
    }

    /// What a person is in the server, and what they may do, which Discord says with interactions
    /// alone.
    pub(crate) fn partial_member_asking(&self, person: &Person) -> Value {
        let mut shape = partial_member(person);
        shape["permissions"] = json!(self.permissions(person).to_string());
        shape
    }

    /// A person as a member of the server.
    pub(crate) fn member(&self, person: &Person) -> Value {
        let mut shape = partial_member(person);
        shape["user"] = self.user(person.id);
        shape
    }

    /// The bot as a member of the server.
    pub(crate) fn bot_member(&self) -> Value {
        json!({
            "user": self.user(self.bot.id),
            "roles": [self.bot_role()],
            "nick": null,
            "avatar": null,
            "banner": null,
            "joined_at": "2018-01-01T00:00:00.000000+00:00",
            "premium_since": null,
            "deaf": false,
            "mute": false,
            "pending": false,
            "flags": 0,
            "communication_disabled_until": null,
        })
    }

    /// The roles in Discord's shape, the one that everybody has first and the bot's own last.
    pub(crate) fn role_list(&self) -> Vec<Value> {
        let mut roles = roles_shape(self.server.id, &self.roles);
        for role in &mut roles {
            let id = role.get("id").and_then(Snowflake::read);
            role["mentionable"] = json!(id.is_none_or(|id| !self.quiet_roles.contains(&id)));
        }
        roles.push(self.bot_role_shape(roles.len()));
        roles
    }

    /// A channel in Discord's shape.
    pub(crate) fn channel_shape(&self, channel: &Channel) -> Value {
        let last = channel.messages.keys().next_back();
        if let Some(person) = channel.direct {
            return json!({
                "id": channel.id,
                "type": 1,
                "last_message_id": last,
                "recipients": [self.user(person)],
                "flags": 0,
            });
        }
        let position = self.channels.iter().position(|other| other.id == channel.id);
        json!({
            "id": channel.id,
            "type": 0,
            "guild_id": channel.server,
            "name": channel.name,
            "topic": channel.topic,
            "position": position.unwrap_or(0),
            "permission_overwrites": self.overwrites(channel),
            "nsfw": false,
            "parent_id": null,
            "rate_limit_per_user": 0,
            "last_message_id": last,
            "flags": 0,
        })
    }

    /// The text channels in Discord's shape. Discord tells a bot of every channel, those that it does
    /// not see among them.
    pub(crate) fn channel_list(&self) -> Vec<Value> {
        self.text_channels().map(|channel| self.channel_shape(channel)).collect()
    }

    pub(crate) fn text_channels(&self) -> impl Iterator<Item = &Channel> {
        self.channels.iter().filter(|channel| channel.direct.is_none())
    }

    /// The server in Discord's shape, as REST returns it.
    pub(crate) fn server_shape(&self) -> Value {
        json!({
            "id": self.server.id,
            "name": self.server.name,
            "icon": null,
            "home_header": null,
            "splash": null,
            "discovery_splash": null,
            "owner_id": self.owner,
            "afk_channel_id": null,
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "roles": self.role_list(),
            "emojis": [],
            "features": [],
            "mfa_level": 0,
            "application_id": null,
            "system_channel_id": null,
            "system_channel_flags": 0,
            "rules_channel_id": null,
            "vanity_url_code": null,
            "description": null,
            "banner": null,
            "premium_tier": 0,
            "preferred_locale": "en-GB",
            "public_updates_channel_id": null,
            "nsfw_level": 0,
            "stickers": [],
            "premium_progress_bar_enabled": false,
            "premium_subscription_count": 0,
            "region": "deprecated",
            "nsfw": false,
            "widget_enabled": false,
            "widget_channel_id": null,
            "max_members": 500_000,
            "max_presences": null,
            "max_video_channel_users": 25,
            "max_stage_video_channel_users": 50,
            "incidents_data": null,
            "safety_alerts_channel_id": null,
        })
    }

    /// The server as the gateway announces it: without the privileged intent, the only member
    /// shown is the bot.
    pub(crate) fn server_announced(&self) -> Value {
        let mut shape = self.server_shape();
        let more = json!({
            "joined_at": "2018-01-01T00:00:00.000000+00:00",
            "large": false,
            "unavailable": false,
            "member_count": self.people.len() + 1,
            "voice_states": [],
            "members": [self.bot_member()],
            "channels": self.channel_list(),
            "threads": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        });
        if let (Value::Object(shape), Value::Object(more)) = (&mut shape, more) {
            shape.extend(more);
        }
        shape
    }
}

/// What a person is in the server, as it stands beside a message or an id.
pub(crate) fn partial_member(person: &Person) -> Value {
    json!({
        "roles": person.roles,
        "nick": null,
        "avatar": null,
        "banner": null,
        "joined_at": "2018-01-01T00:00:00.000000+00:00",
        "premium_since": null,
        "deaf": false,
        "mute": false,
        "pending": false,
        "flags": 0,
        "communication_disabled_until": null,
    })
}

/// A server's roles in Discord's shape, the one that everybody has first.
pub(crate) fn roles_shape(server: Snowflake, roles: &[Named]) -> Vec<Value> {
    let everyone = role(server, "@everyone", 0, 0, PERSON_PERMISSIONS);
    let others = roles.iter().enumerate().map(|(index, named)| {
        let permissions = if named.name == ADMIN_ROLE { ADMINISTRATOR } else { 0 };
        role(named.id, &named.name, colour(named.id), index + 1, permissions)
    });
    std::iter::once(everyone).chain(others).collect()
}

pub(crate) fn role(
    id: Snowflake,
    name: &str,
    colour: u32,
    position: usize,
    permissions: u64,
) -> Value {
    json!({
        "id": id,
        "name": name,
        "color": colour,
        "colors": { "primary_color": colour, "secondary_color": null, "tertiary_color": null },
        "hoist": false,
        "icon": null,
        "unicode_emoji": null,
        "position": position,
        "permissions": permissions.to_string(),
        "managed": false,
        "mentionable": true,
        "flags": 0,
    })
}

/// A quiet colour for a role, the same in every run.
pub(crate) fn colour(id: Snowflake) -> u32 {
    const COLOURS: [u32; 6] = [0x1f_6f8b, 0x7a_4b8f, 0x2e_7d4f, 0xa6_5a1e, 0x8c_2f39, 0x3d_5a98];
    let index = usize::try_from(id.get() % 6).unwrap_or(0);
    COLOURS.get(index).copied().unwrap_or(0)
}
