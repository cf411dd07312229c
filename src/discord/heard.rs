//! Events as they come from the gateway, made into what is heard.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use serenity::model::application::Interaction;
use serenity::model::channel::ChannelType;
use serenity::model::channel::GuildChannel;
use serenity::model::channel::Message;
use serenity::model::event::Event;
use serenity::model::event::ReadyEvent;
use serenity::model::event::UnknownEvent;
use serenity::model::guild::Guild;
use serenity::model::guild::Role;
use serenity::model::id::GuildId;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tracing::debug;
use tracing::warn;

use crate::body::ChannelId;
use crate::body::RoleId;
use crate::body::ServerId;
use crate::body::UserId;
use crate::discord::Heard;
use crate::discord::Me;
use crate::discord::Myself;
use crate::discord::Server;
use crate::discord::answer;
use crate::discord::answer::Reply;
use crate::discord::answer::To;
use crate::discord::callback::Kind;
use crate::discord::limits::FILES_BYTES_MAX;
use crate::discord::limits::cut;
use crate::discord::read;
use crate::discord::rest::Way;
use crate::post::Unsaid;

/// So many ids are remembered. After a resume Discord may send again what it sent in the last
/// minutes; a busy server asks a few questions a minute.
const REMEMBERED: usize = 4_096;
/// So many kinds of unknown events are told apart; Discord has about eighty in all.
const KINDS_MAX: usize = 200;
/// A kind's name is cut here in the log.
const KIND_MAX: usize = 64;
/// Discord's number for an option being typed.
const COMPLETION: u64 = 4;

/// What comes from the gateway's thread.
#[derive(Debug)]
pub(super) enum News {
    Event(Box<Event>),
    /// The line is gone, if it was there.
    Lost(String),
}

/// Where events arrive, on the main runtime.
pub(super) struct Reception {
    pub(super) way: Way,
    pub(super) me: Myself,
    pub(super) heard: mpsc::Sender<Heard>,
    pub(super) defer_after: Duration,
    /// Whether it was last told that the gateway is there.
    connected: bool,
    servers: BTreeMap<ServerId, Server>,
    seen: Recent,
    unknown: BTreeMap<String, u64>,
}

/// Nobody listens to what is heard any more.
struct Deaf;

impl Reception {
    pub(super) fn new(
        way: Way,
        me: Myself,
        heard: mpsc::Sender<Heard>,
        defer_after: Duration,
    ) -> Self {
        let (servers, unknown) = (BTreeMap::new(), BTreeMap::new());
        let seen = Recent::default();
        Self { way, me, heard, defer_after, connected: false, servers, seen, unknown }
    }

    /// Receives events until there are no more, or nobody listens.
    pub(super) async fn receive(mut self, mut news: mpsc::Receiver<News>) {
        while let Some(news) = news.recv().await {
            let taken = match news {
                News::Event(event) => self.take(*event).await,
                News::Lost(why) => self.lost(why).await,
            };
            if taken.is_err() {
                debug!("Nobody listens any more");
                return;
            }
        }
    }

    async fn take(&mut self, event: Event) -> Result<(), Deaf> {
        match event {
            Event::Ready(ready) => self.ready(&ready).await,
            Event::Resumed(_) => self.connected().await,
            Event::InteractionCreate(created) => self.interaction(&created.interaction).await,
            Event::MessageCreate(created) => self.message(&created.message).await,
            Event::GuildCreate(created) => {
                let server = server(&created.guild);
                self.way.forgive();
                self.servers.insert(server.id, server.clone());
                self.tell(Heard::Server(server)).await
            }
            Event::GuildDelete(gone) if !gone.guild.unavailable => {
                let id = ServerId(gone.guild.id.get());
                self.servers.remove(&id);
                self.tell(Heard::ServerGone(id)).await
            }
            Event::Unknown(event) => self.unreadable(&event).await,
            other => self.changed(&other).await,
        }
    }

    async fn connected(&mut self) -> Result<(), Deaf> {
        self.connected = true;
        self.tell(Heard::Connected).await
    }

    async fn lost(&mut self, why: String) -> Result<(), Deaf> {
        if !std::mem::replace(&mut self.connected, false) {
            return Ok(());
        }
        warn!("Lost the gateway: {why}");
        self.tell(Heard::Lost { why }).await
    }

    async fn ready(&mut self, ready: &ReadyEvent) -> Result<(), Deaf> {
        let ready = &ready.ready;
        let me = Me { user: UserId(ready.user.id.get()), application: ready.application.id };
        // The same for as long as the token is; a second introduction says nothing new.
        let _known = self.me.set(me);
        self.connected().await?;
        let here: BTreeSet<ServerId> =
            ready.guilds.iter().map(|guild| ServerId(guild.id.get())).collect();
        let gone: Vec<ServerId> =
            self.servers.keys().filter(|id| !here.contains(id)).copied().collect();
        for id in gone {
            self.servers.remove(&id);
            self.tell(Heard::ServerGone(id)).await?;
        }
        Ok(())
    }

    async fn interaction(&mut self, interaction: &Interaction) -> Result<(), Deaf> {
        if !self.seen.is_new(interaction.id().get()) {
            debug!("An interaction came a second time; left it alone");
            return Ok(());
        }
        let reply = |kind| {
            let token = interaction.token().to_owned().into();
            let (id, application) = (interaction.id().get(), interaction.application_id().get());
            let room_bytes = read::room_bytes(interaction);
            let to = answer::Interaction { id, application, token, kind, room_bytes };
            answer::reply(&self.way, to, self.defer_after)
        };
        // Reading is ours and should not panic; if it does, the person is still answered.
        match catch_unwind(AssertUnwindSafe(|| read::interaction(interaction))) {
            Ok(None) => Ok(()),
            Ok(Some((kind, Ok(request)))) => {
                let heard = Heard::Asked(Box::new(request), reply(kind));
                self.tell(heard).await
            }
            Ok(Some((kind, Err(refusal)))) => {
                let heard = Heard::Refused(refusal, reply(kind));
                self.tell(heard).await
            }
            Err(_) => {
                in_its_own_time(reply(Kind::Command).broken());
                Ok(())
            }
        }
    }

    async fn message(&mut self, message: &Message) -> Result<(), Deaf> {
        let Some(me) = self.me.get() else { return Ok(()) };
        let Some(request) = read::question(message, message.guild_id, me.user) else {
            return Ok(());
        };
        if !self.seen.is_new(request.id) {
            debug!("A message came a second time; left it alone");
            return Ok(());
        }
        let to = To::Message { channel: request.place.channel, message: request.id };
        let way = Arc::clone(&self.way);
        let asked_at = Instant::now();
        let reply = Reply { way, to, asked_at, defer_after: self.defer_after };
        self.tell(Heard::Asked(Box::new(request), reply)).await
    }

    /// An event that serenity could not read, or does not know.
    async fn unreadable(&mut self, event: &UnknownEvent) -> Result<(), Deaf> {
        let kind = cut(&event.kind, KIND_MAX);
        if self.unknown.len() < KINDS_MAX || self.unknown.contains_key(&kind) {
            let count = self.unknown.entry(kind.clone()).or_default();
            *count += 1;
            if *count == 1 {
                warn!(event.kind = ?kind, "An event could not be read; more of its kind are counted only");
            } else {
                debug!(event.kind = ?kind, event.count = *count, "An event could not be read");
            }
        }
        match event.kind.as_str() {
            "INTERACTION_CREATE" => self.unreadable_interaction(&event.value),
            "GUILD_CREATE" => {
                if let Some(server) = plain_server(&event.value) {
                    self.servers.insert(server.id, server.clone());
                    return self.tell(Heard::Server(server)).await;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Somebody waits for an answer to what serenity could not read: its id and token suffice.
    fn unreadable_interaction(&mut self, value: &Value) {
        let token = value["token"].as_str();
        let (Some(id), Some(token)) = (number(&value["id"]), token) else { return };
        if !self.seen.is_new(id) {
            return;
        }
        let completion = value["type"].as_u64() == Some(COMPLETION);
        let kind = if completion { Kind::Completion } else { Kind::Command };
        let application = number(&value["application_id"])
            .or_else(|| self.me.get().map(|me| me.application.get()))
            .unwrap_or_default();
        let token = token.to_owned().into();
        let room_bytes = FILES_BYTES_MAX;
        let to = answer::Interaction { id, application, token, kind, room_bytes };
        in_its_own_time(answer::reply(&self.way, to, self.defer_after).not_readable());
    }

    /// Somebody has changed a server's name, channels or roles.
    async fn changed(&mut self, event: &Event) -> Result<(), Deaf> {
        let Some(id) = server_of(event) else { return Ok(()) };
        let Some(server) = self.servers.get_mut(&id) else { return Ok(()) };
        let before = server.clone();
        change(server, event);
        // Whatever it was, it may have let us into a channel that refused us.
        self.way.forgive();
        if *server == before {
            return Ok(());
        }
        let heard = Heard::Server(server.clone());
        self.tell(heard).await
    }

    async fn tell(&self, heard: Heard) -> Result<(), Deaf> {
        self.heard.send(heard).await.map_err(|_| Deaf)
    }
}

/// An answer of our own, which nobody waits for here.
fn in_its_own_time(answer: impl Future<Output = Result<(), Unsaid>> + Send + 'static) {
    tokio::spawn(async move {
        if let Err(why) = answer.await {
            warn!(?why, "Somebody could not be told that they were not understood");
        }
    });
}

fn server_of(event: &Event) -> Option<ServerId> {
    let id: GuildId = match event {
        Event::GuildUpdate(event) => event.guild.id,
        Event::ChannelCreate(event) => event.channel.guild_id,
        Event::ChannelUpdate(event) => event.channel.guild_id,
        Event::ChannelDelete(event) => event.channel.guild_id,
        Event::GuildRoleCreate(event) => event.role.guild_id,
        Event::GuildRoleUpdate(event) => event.role.guild_id,
        Event::GuildRoleDelete(event) => event.guild_id,
        _ => return None,
    };
    Some(ServerId(id.get()))
}

fn change(server: &mut Server, event: &Event) {
    match event {
        Event::GuildUpdate(event) => server.name.clone_from(&event.guild.name),
        Event::ChannelCreate(event) => put(&mut server.channels, channel(&event.channel)),
        Event::ChannelUpdate(event) => put(&mut server.channels, channel(&event.channel)),
        Event::ChannelDelete(event) => {
            server.channels.retain(|(id, _)| id.0 != event.channel.id.get());
        }
        Event::GuildRoleCreate(event) => put(&mut server.roles, role(&event.role)),
        Event::GuildRoleUpdate(event) => put(&mut server.roles, role(&event.role)),
        Event::GuildRoleDelete(event) => server.roles.retain(|(id, _)| id.0 != event.role_id.get()),
        _ => {}
    }
}

/// Puts one in its place by number, instead of the one that had the number.
fn put<Id: Copy + Ord>(all: &mut Vec<(Id, String)>, one: Option<(Id, String)>) {
    let Some(one) = one else { return };
    match all.binary_search_by_key(&one.0, |(id, _)| *id) {
        Ok(index) => all[index] = one,
        Err(index) => all.insert(index, one),
    }
}

fn server(guild: &Guild) -> Server {
    let mut channels: Vec<_> = guild.channels.values().filter_map(channel).collect();
    let mut roles: Vec<_> = guild.roles.values().filter_map(role).collect();
    channels.sort_unstable();
    roles.sort_unstable();
    Server { id: ServerId(guild.id.get()), name: guild.name.clone(), channels, roles }
}

fn channel(channel: &GuildChannel) -> Option<(ChannelId, String)> {
    matches!(channel.kind, ChannelType::Text | ChannelType::News)
        .then(|| (ChannelId(channel.id.get()), channel.name.clone()))
}

/// Every role but the one that everybody has, which has the server's number.
fn role(role: &Role) -> Option<(RoleId, String)> {
    (role.id.get() != role.guild_id.get()).then(|| (RoleId(role.id.get()), role.name.clone()))
}

/// A server from an announcement that serenity could not read: we need four things of it.
fn plain_server(value: &Value) -> Option<Server> {
    let id = number(&value["id"])?;
    let list = |key: &str| value[key].as_array().map(Vec::as_slice).unwrap_or_default();
    let named = |thing: &Value| Some((number(&thing["id"])?, thing["name"].as_str()?.to_owned()));
    // Discord's numbers for a text channel and one for announcements.
    let text = |channel: &&Value| matches!(channel["type"].as_u64(), Some(0 | 5));
    let channels = list("channels").iter().filter(text).filter_map(named);
    let roles = list("roles").iter().filter_map(named).filter(|(role, _)| *role != id);
    let mut server = Server {
        id: ServerId(id),
        name: value["name"].as_str()?.to_owned(),
        channels: channels.map(|(id, name)| (ChannelId(id), name)).collect(),
        roles: roles.map(|(id, name)| (RoleId(id), name)).collect(),
    };
    server.channels.sort_unstable();
    server.roles.sort_unstable();
    Some(server)
}

fn number(value: &Value) -> Option<u64> {
    value.as_str().and_then(|digits| digits.parse().ok())
}

/// The ids seen of late. Serenity gives every event a task of its own and Discord repeats some
/// after a resume, so what was taken once is known by its id.
#[derive(Default)]
struct Recent {
    order: VecDeque<u64>,
    ids: BTreeSet<u64>,
}

impl Recent {
    fn is_new(&mut self, id: u64) -> bool {
        if !self.ids.insert(id) {
            return false;
        }
        self.order.push_back(id);
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.ids.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_id_is_new_once() {
        let mut recent = Recent::default();
        assert!(recent.is_new(7));
        assert!(!recent.is_new(7));
        for id in 100..100 + REMEMBERED as u64 {
            assert!(recent.is_new(id));
        }
        assert!(recent.is_new(7), "only so many are remembered");
        assert_eq!(recent.ids.len(), REMEMBERED);
    }

    #[test]
    fn a_server_is_read_even_where_serenity_cannot() {
        let value = json!({
            "id": "1", "name": "CPWD",
            "channels": [
                { "id": "9", "name": "cpeg", "type": 0 },
                { "id": "8", "name": "general", "type": 0 },
                { "id": "7", "name": "Voice", "type": 2 },
            ],
            "roles": [{ "id": "1", "name": "@everyone" }, { "id": "5", "name": "CP Support" }],
        });
        let server = plain_server(&value).expect("all four things are there");
        let channels = [(ChannelId(8), "general".into()), (ChannelId(9), "cpeg".into())];
        assert_eq!(server.channels, channels);
        assert_eq!(server.roles, [(RoleId(5), "CP Support".to_owned())]);
        assert_eq!(plain_server(&json!({ "id": "1" })), None);
    }
}
