//! Everything the sandbox remembers: the server, what was said in it, and who is listening.
//!
//! It lives in memory and is bounded: the newest 2,000 messages of a channel, 10,000 requests,
//! 2,000 interactions and 64 MiB of files; what is older is forgotten.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::VecDeque;
use std::sync::Arc;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use chrono_tz::Tz;
use serde_json::Value;
use serde_json::json;
use tokio::sync::broadcast;
use tokio::sync::watch;

use crate::sandbox::event::Event;
use crate::sandbox::fault::Faults;
use crate::sandbox::interaction::Form;
use crate::sandbox::interaction::Interaction;
use crate::sandbox::message::File;
use crate::sandbox::message::Message;
use crate::sandbox::neighbour::Neighbourhood;
use crate::sandbox::permission::Permission;
use crate::sandbox::session::Sessions;
use crate::sandbox::setting::ChannelPlan;
use crate::sandbox::setting::Setting;
use crate::sandbox::shapes::partial_member;
use crate::sandbox::snowflake::Mint;
use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::traffic::Traffic;

/// Messages kept of each channel, and the nonces of as many.
pub(crate) const MESSAGES_KEPT: usize = 2_000;
/// Interactions and forms kept.
pub(crate) const INTERACTIONS_KEPT: usize = 2_000;
/// Files that people have at hand.
const AT_HAND_KEPT: usize = 100;
/// Bytes of files kept in all.
const FILE_BYTES_KEPT: usize = 64 * 1024 * 1024;
/// Happenings a page may fall behind before it must read everything anew.
const HAPPENINGS_KEPT: usize = 1_024;

pub(crate) struct World {
    pub(crate) now: DateTime<Utc>,
    pub(crate) zone: Tz,
    pub(crate) base: String,
    pub(crate) mint: Mint,
    pub(crate) server: Named,
    pub(crate) bot: Named,
    pub(crate) owner: Snowflake,
    pub(crate) roles: Vec<Named>,
    pub(crate) people: Vec<Person>,
    pub(crate) channels: Vec<Channel>,
    /// The server's scheduled events.
    pub(crate) events: BTreeMap<Snowflake, Event>,
    /// What the bot's own role is without, as Discord's bits.
    pub(crate) denied: u64,
    /// Roles that only who may mention everybody rings for.
    pub(crate) quiet_roles: BTreeSet<Snowflake>,
    pub(crate) neighbourhood: Neighbourhood,
    pub(crate) commands: Vec<Command>,
    pub(crate) creations: (NaiveDate, usize),
    pub(crate) interactions: BTreeMap<Snowflake, Interaction>,
    pub(crate) forms: BTreeMap<Snowflake, Form>,
    pub(crate) files: BTreeMap<Snowflake, Arc<[u8]>>,
    /// Files that people have at hand to give to a command, newest last.
    pub(crate) at_hand: VecDeque<File>,
    pub(crate) sessions: Sessions,
    pub(crate) faults: Faults,
    pub(crate) traffic: Traffic,
    pub(crate) page: broadcast::Sender<Arc<Happening>>,
    changes: watch::Sender<u64>,
}

/// Something with an id and a name.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) id: Snowflake,
    pub(crate) name: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: Snowflake,
    pub(crate) name: String,
    pub(crate) note: String,
    pub(crate) roles: Vec<Snowflake>,
    /// Their channel of direct messages with the bot.
    pub(crate) direct: Snowflake,
    pub(crate) refuses_direct: bool,
    /// They are no longer in the server.
    pub(crate) has_left: bool,
}

pub(crate) struct Channel {
    /// The server it is in, or, for direct messages, the one in which the bot met the person.
    pub(crate) server: Snowflake,
    pub(crate) id: Snowflake,
    pub(crate) name: String,
    pub(crate) topic: String,
    /// The person whose direct messages these are.
    pub(crate) direct: Option<Snowflake>,
    /// What is taken away from the bot here, as Discord's bits.
    pub(crate) denied: u64,
    pub(crate) messages: BTreeMap<Snowflake, Message>,
    pub(crate) nonces: VecDeque<(String, Snowflake, DateTime<Utc>)>,
}

/// A command as registered: for a server, or for everywhere.
#[derive(Clone, Debug)]
pub(crate) struct Command {
    pub(crate) id: Snowflake,
    pub(crate) server: Option<Snowflake>,
    pub(crate) body: Value,
}

/// What the page is told of.
#[derive(Debug)]
pub(crate) enum Happening {
    Message { only: Option<Snowflake>, shape: Value },
    Deleted { channel: Snowflake, only: Option<Snowflake>, id: Snowflake },
    Typing { channel: Snowflake },
    Clock,
    Commands,
    Events,
    Bot { online: bool },
}

impl World {
    pub(crate) fn new(setting: &Setting, base: String, changes: watch::Sender<u64>) -> Self {
        let named = |kind: &str, name: &str| Named {
            id: Snowflake::named(kind, name),
            name: name.to_owned(),
        };
        let roles: Vec<Named> = setting.roles.iter().map(|role| named("role", role)).collect();
        let role_id = |name: &String| roles.iter().find(|role| role.name == *name).map(|r| r.id);
        let people: Vec<Person> = setting
            .people
            .iter()
            .map(|plan| Person {
                id: Snowflake::named("person", &plan.name),
                name: plan.name.clone(),
                note: plan.note.clone(),
                roles: plan.roles.iter().filter_map(role_id).collect(),
                direct: Snowflake::named("direct", &plan.name),
                refuses_direct: false,
                has_left: false,
            })
            .collect();
        let server = named("server", &setting.server);
        let text = setting
            .channels
            .iter()
            .map(|plan| Channel::new(server.id, Snowflake::named("channel", &plan.name), plan));
        let direct = people.iter().map(|person| Channel::direct(server.id, person));
        Self {
            now: setting.opens_at,
            zone: setting.zone,
            base,
            mint: Mint::new(setting.run),
            bot: named("bot", &setting.bot),
            owner: Snowflake::named("owner", &setting.server),
            channels: text.chain(direct).collect(),
            events: BTreeMap::new(),
            denied: 0,
            quiet_roles: BTreeSet::new(),
            neighbourhood: Neighbourhood::new(&setting.neighbours),
            server,
            roles,
            people,
            commands: Vec::new(),
            creations: (NaiveDate::MIN, 0),
            interactions: BTreeMap::new(),
            forms: BTreeMap::new(),
            files: BTreeMap::new(),
            at_hand: VecDeque::new(),
            sessions: Sessions::default(),
            faults: Faults::default(),
            traffic: Traffic::default(),
            page: broadcast::Sender::new(HAPPENINGS_KEPT),
            changes,
        }
    }

    pub(crate) fn id(&mut self) -> Snowflake {
        self.mint.next(self.now)
    }

    pub(crate) fn person(&self, id: Snowflake) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    pub(crate) fn channel(&self, id: Snowflake) -> Option<&Channel> {
        let here = self.channels.iter().find(|channel| channel.id == id);
        here.or_else(|| self.neighbourhood.channels.get(&id))
    }

    pub(crate) fn channel_mut(&mut self, id: Snowflake) -> Option<&mut Channel> {
        let here = self.channels.iter_mut().find(|channel| channel.id == id);
        here.or_else(|| self.neighbourhood.channels.get_mut(&id))
    }

    pub(crate) fn message(&self, channel: Snowflake, id: Snowflake) -> Option<&Message> {
        self.channel(channel)?.messages.get(&id)
    }

    pub(crate) fn message_mut(
        &mut self,
        channel: Snowflake,
        id: Snowflake,
    ) -> Option<&mut Message> {
        self.channel_mut(channel)?.messages.get_mut(&id)
    }

    /// The name of a person or of the bot.
    pub(crate) fn name(&self, id: Snowflake) -> String {
        if id == self.bot.id {
            return self.bot.name.clone();
        }
        self.person(id).map_or_else(|| "somebody".to_owned(), |person| person.name.clone())
    }

    /// May the person see the channel: every text channel while they are in the server, and their
    /// own direct messages.
    pub(crate) fn may_see(&self, person: Snowflake, channel: Snowflake) -> bool {
        let is_here = self.person(person).is_some_and(|person| !person.has_left);
        let here = self.channel(channel).filter(|channel| channel.server == self.server.id);
        here.is_some_and(|c| c.direct.map_or(is_here, |owner| owner == person))
    }

    /// Puts a message in its channel and tells everybody who may know.
    pub(crate) fn post(&mut self, message: Message) -> Snowflake {
        let (id, channel_id) = (message.id, message.channel);
        let Some(channel) = self.channel_mut(channel_id) else { return id };
        channel.messages.insert(id, message);
        while channel.messages.len() > MESSAGES_KEPT {
            channel.messages.pop_first();
        }
        self.tell(channel_id, id, "MESSAGE_CREATE");
        id
    }

    /// Changes a message and tells everybody who may know.
    pub(crate) fn revise(
        &mut self,
        channel: Snowflake,
        id: Snowflake,
        change: impl FnOnce(&mut Message),
    ) {
        let Some(message) = self.message_mut(channel, id) else { return };
        change(message);
        self.tell(channel, id, "MESSAGE_UPDATE");
    }

    /// Takes a message away.
    pub(crate) fn remove(&mut self, channel_id: Snowflake, id: Snowflake) {
        let Some(channel) = self.channel_mut(channel_id) else { return };
        let (server, direct) = (channel.server, channel.direct.is_some());
        let Some(message) = channel.messages.remove(&id) else { return };
        for file in &message.files {
            self.files.remove(&file.id);
        }
        if message.ephemeral_for.is_none() {
            let mut data = json!({ "id": id, "channel_id": channel_id });
            if !direct {
                data["guild_id"] = json!(server);
            }
            self.sessions.dispatch_message("MESSAGE_DELETE", &data, direct);
        }
        let only = self.audience(channel_id, message.ephemeral_for);
        self.show(server, Happening::Deleted { channel: channel_id, only, id });
    }

    fn tell(&mut self, channel_id: Snowflake, id: Snowflake, event: &str) {
        let Some(channel) = self.channel(channel_id) else { return };
        let Some(message) = channel.messages.get(&id) else { return };
        let (server, direct) = (channel.server, channel.direct.is_some());
        let ephemeral_for = message.ephemeral_for;
        let shape = message.to_page(self);
        if ephemeral_for.is_none() && self.may_in(channel, Permission::ViewChannel) {
            let mut data = self.for_bot(message);
            if !direct {
                data["guild_id"] = json!(server);
                if let Some(author) = self.person(message.author) {
                    data["member"] = partial_member(author);
                }
            }
            self.sessions.dispatch_message(event, &data, direct);
        }
        let only = self.audience(channel_id, ephemeral_for);
        self.show(server, Happening::Message { only, shape });
    }

    /// Shows what happens in a server on the page, which is in the bot's own.
    fn show(&mut self, server: Snowflake, happening: Happening) {
        if server == self.server.id {
            self.happen(happening);
        } else {
            self.changed();
        }
    }

    /// The one person who sees what happens, if it is not for everybody.
    fn audience(&self, channel: Snowflake, reader: Option<Snowflake>) -> Option<Snowflake> {
        reader.or_else(|| self.channel(channel).and_then(|channel| channel.direct))
    }

    /// A message as the bot gets it: without the privileged intent, only its own messages, direct
    /// ones and those that mention it carry what they say.
    pub(crate) fn for_bot(&self, message: &Message) -> Value {
        let mut shape = message.to_discord(self);
        let direct = self.channel(message.channel).is_some_and(|channel| channel.direct.is_some());
        let own = message.author == self.bot.id;
        if !(direct || own || message.pings.users.contains(&self.bot.id)) {
            shape["content"] = json!("");
            for key in ["embeds", "attachments", "components"] {
                shape[key] = json!([]);
            }
        }
        shape
    }

    pub(crate) fn happen(&mut self, happening: Happening) {
        // Nobody may be looking, which is fine.
        let _unseen = self.page.send(Arc::new(happening));
        self.changed();
    }

    /// Wakes whoever waits for something to change.
    pub(crate) fn changed(&mut self) {
        self.changes.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Puts a file at hand, for people to give to a command by its name or its id.
    pub(crate) fn take_in_hand(
        &mut self,
        name: &str,
        content_type: &str,
        bytes: Arc<[u8]>,
    ) -> Snowflake {
        let id = self.id();
        self.at_hand.push_back(File {
            id,
            name: name.to_owned(),
            description: None,
            size: bytes.len(),
            content_type: content_type.to_owned(),
        });
        if self.at_hand.len() > AT_HAND_KEPT
            && let Some(oldest) = self.at_hand.pop_front()
        {
            self.files.remove(&oldest.id);
        }
        self.keep_file(id, bytes);
        id
    }

    /// Keeps a file's bytes, forgetting the oldest when there are too many.
    pub(crate) fn keep_file(&mut self, id: Snowflake, bytes: Arc<[u8]>) {
        self.files.insert(id, bytes);
        let mut total: usize = self.files.values().map(|bytes| bytes.len()).sum();
        while total > FILE_BYTES_KEPT {
            let Some((_, oldest)) = self.files.pop_first() else { break };
            total -= oldest.len();
        }
    }
}

impl Channel {
    /// A text channel of a server.
    pub(crate) fn new(server: Snowflake, id: Snowflake, plan: &ChannelPlan) -> Self {
        Self {
            server,
            id,
            name: plan.name.clone(),
            topic: plan.topic.clone(),
            direct: None,
            denied: 0,
            messages: BTreeMap::new(),
            nonces: VecDeque::new(),
        }
    }

    /// A person's direct messages with the bot.
    fn direct(server: Snowflake, person: &Person) -> Self {
        let plan = ChannelPlan { name: String::new(), topic: String::new() };
        let channel = Self::new(server, person.direct, &plan);
        Self { direct: Some(person.id), ..channel }
    }
}

impl Command {
    pub(crate) fn kind(&self) -> u64 {
        self.body.get("type").and_then(Value::as_u64).unwrap_or(1)
    }

    pub(crate) fn name(&self) -> &str {
        self.body.get("name").and_then(Value::as_str).unwrap_or_default()
    }
}
