//! What a server lets us do, worked out from its roles and channels as Discord itself does.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Map;
use serde_json::Value;
use serenity::http::LightMethod;
use serenity::http::Route;
use serenity::model::channel::GuildChannel;
use serenity::model::guild::Member;
use serenity::model::guild::PartialGuild;
use serenity::model::id::GuildId;
use serenity::model::permissions::Permissions;

use crate::body::ChannelId;
use crate::body::Lack;
use crate::body::RoleId;
use crate::body::ServerId;
use crate::body::UserId;
use crate::discord::rest::Call;
use crate::discord::rest::Rest;
use crate::discord::say::PATIENCE;
use crate::discord::say::unsaid;
use crate::post::Unsaid;

/// What we need in a channel, by the names under which people find it in Discord's settings.
const NEEDED: [(Permissions, &str); 5] = [
    (Permissions::VIEW_CHANNEL, "View Channel"),
    (Permissions::SEND_MESSAGES, "Send Messages"),
    (Permissions::EMBED_LINKS, "Embed Links"),
    (Permissions::ATTACH_FILES, "Attach Files"),
    (Permissions::READ_MESSAGE_HISTORY, "Read Message History"),
];

/// A server as it is now, and us in it.
pub(super) struct Standing {
    server: PartialGuild,
    channels: BTreeMap<ChannelId, GuildChannel>,
    me: Member,
}

impl Standing {
    /// Asks for all of it: three requests, however many channels there are.
    pub(super) async fn ask(way: &Rest, server: ServerId, me: UserId) -> Result<Self, Unsaid> {
        let guild_id = GuildId::new(server.0.max(1));
        let channels: Vec<Value> = ask(way, Route::GuildChannels { guild_id }).await?;
        // One that serenity cannot read is of a kind that nothing is said in.
        let channels = channels.into_iter().filter_map(|channel| {
            let channel: GuildChannel = serde_json::from_value(channel).ok()?;
            Some((ChannelId(channel.id.get()), channel))
        });
        let user_id = serenity::model::id::UserId::new(me.0.max(1));
        let mut member: Map<String, Value> =
            ask(way, Route::GuildMember { guild_id, user_id }).await?;
        // Serenity wants to know in which server; Discord does not say what was asked for.
        member.insert("guild_id".to_owned(), Value::from(guild_id.to_string()));
        Ok(Self {
            server: ask(way, Route::Guild { guild_id }).await?,
            channels: channels.collect(),
            me: serde_json::from_value(Value::Object(member)).map_err(|_| unread())?,
        })
    }

    /// What keeps us from saying something in a channel, if anything does.
    pub(super) fn lacks_in(&self, channel: ChannelId) -> Option<Lack> {
        let Some(channel) = self.channels.get(&channel) else { return Some(Lack::Channel) };
        let allowed = self.server.user_permissions_in(channel, &self.me);
        let missing = NEEDED.iter().filter(|(needed, _)| !allowed.contains(*needed));
        let missing: Vec<_> = missing.map(|(_, name)| *name).collect();
        (!missing.is_empty()).then_some(Lack::Permissions(missing))
    }

    /// Whether the devices of who has a role tell them when we name it.
    pub(super) fn may_call(&self, role: RoleId) -> bool {
        let role = self.server.roles.values().find(|known| known.id.get() == role.0);
        let allowed = self.server.member_permissions(&self.me);
        role.is_some_and(|role| role.mentionable || allowed.contains(Permissions::MENTION_EVERYONE))
    }
}

async fn ask<T: DeserializeOwned>(way: &Rest, route: Route<'_>) -> Result<T, Unsaid> {
    let said = way.send(Call::new(LightMethod::Get, route, PATIENCE)).await;
    let said = said.map_err(|why| unsaid(why, "The server's permissions could not be read"))?;
    serde_json::from_slice(&said).map_err(|_| unread())
}

fn unread() -> Unsaid {
    let why = "What Discord says of the server's permissions could not be read".to_owned();
    Unsaid::Again { why, after: None }
}
