//! The chat: the only place that names Discord's library. It holds no facts and decides nothing.
//!
//! What people do becomes a [`Request`] with a [`Reply`] to answer by; a [`Post`] becomes a
//! message. The library, serenity 0.12, has habits that would hurt: each is guarded against where
//! it bites, with a comment that says how.
//!
//! [`Request`]: crate::request::Request
//! [`Post`]: crate::post::Post

pub mod answer;
mod callback;
pub mod declare;
mod direct;
mod embed;
mod event;
pub mod fetch;
mod gateway;
mod heard;
mod limits;
mod line;
mod member;
mod message;
mod pace;
mod quote;
mod read;
mod rest;
mod retry;
mod say;
mod standing;
mod upload;

use std::sync::Arc;
use std::sync::OnceLock;
use std::time::Duration;

use secrecy::SecretString;
use serenity::http::LightMethod;
use serenity::http::Route;
use serenity::model::id::ApplicationId;
use serenity::model::id::GuildId;
use thiserror::Error;
use tokio::sync::mpsc;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use url::Url;

use crate::body::ChannelId;
use crate::body::Lack;
use crate::body::RoleId;
use crate::body::ServerId;
use crate::body::UserId;
use crate::discord::answer::Reply;
use crate::discord::declare::Declared;
use crate::discord::direct::Directs;
pub use crate::discord::member::Member;
use crate::discord::rest::Call;
use crate::discord::rest::Rest;
use crate::discord::rest::Way;
use crate::discord::standing::Standing;
use crate::post::Event;
use crate::post::EventReceipt;
use crate::post::Post;
use crate::post::Receipt;
use crate::post::Unsaid;
use crate::request::Attached;
use crate::request::Request;
use crate::request::command::Refusal;
use crate::view::Card;

/// What a log filter must add for no secret to be written.
///
/// Serenity's spans at INFO and tungstenite's frames at DEBUG hold the tokens of interactions,
/// and serenity prints a whole event that it cannot read at WARN.
pub const QUIET: &str = "serenity=error,tungstenite=warn,tokio_tungstenite=warn,\
    reqwest=warn,hyper=warn,hyper_util=warn,rustls=warn";

/// Where and as whom to connect.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The address before `/api/v10` of a server that speaks as Discord does; none is Discord.
    pub api: Option<Url>,
    /// The bot's token.
    pub token: SecretString,
    /// How long to wait for what.
    pub timing: Timing,
}

impl Connection {
    /// A connection with the usual waits.
    pub fn new(api: Option<Url>, token: SecretString) -> Self {
        Self { api, token, timing: Timing::default() }
    }
}

/// How long to wait for what.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// For the line of a request to be open.
    pub connect_timeout: Duration,
    /// For the whole of a request.
    pub request_timeout: Duration,
    /// For the first answer to an interaction, after which it is deferred: Discord gives 3 s.
    pub defer_after: Duration,
    /// Before the second try to connect to the gateway; each wait after is twice the last.
    pub backoff_min: Duration,
    /// Before any further try to connect to the gateway.
    pub backoff_max: Duration,
    /// A connection that has held this long begins again with no wait.
    pub settled_after: Duration,
    /// For a connection that was let in to become ready.
    pub ready_timeout: Duration,
    /// For the gateway's thread to show a sign of life; it shows ten a second.
    pub stall_max: Duration,
    /// For the gateway to say something, if only that it heard our heartbeat (every 41 s).
    pub silence_max: Duration,
    /// For a goodbye to the gateway.
    pub close_timeout: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            request_timeout: Duration::from_secs(10),
            defer_after: Duration::from_secs(2),
            backoff_min: Duration::from_secs(1),
            backoff_max: Duration::from_mins(5),
            settled_after: Duration::from_mins(1),
            ready_timeout: Duration::from_secs(30),
            stall_max: Duration::from_secs(5),
            silence_max: Duration::from_mins(2),
            close_timeout: Duration::from_secs(1),
        }
    }
}

/// Why there is no connection, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// The token is not a bot's, or no longer.
    #[error(
        "Discord refused the token. Make a new one in the Discord developer portal \
         (discord.com/developers/applications, your application, Bot, Reset Token) \
         and put it in DISCORD_TOKEN."
    )]
    TokenRefused,
    /// The API base cannot be one.
    #[error("\"{0}\" cannot be the API base. Give an address such as https://chat.example.org.")]
    BadApi(String),
    /// The gateway's address is elsewhere, so the token is not sent there.
    #[error(
        "The gateway is said to be at \"{gateway}\", which does not belong to {expected}. \
         The token was not sent there. Check the API base."
    )]
    GatewayElsewhere {
        /// The address that was given out.
        gateway: String,
        /// Whose address it should be.
        expected: String,
    },
    /// No sense could be had from the API base.
    #[error("{host} could not be reached: {why}. Check the network and the API base.")]
    Unreachable {
        /// Where it should be.
        host: String,
        /// What happened.
        why: String,
    },
    /// The gateway does not grant what we asked to hear, which is nothing special.
    #[error(
        "Discord refused what the bot asked to hear. Convener needs no privileged intent; \
         check in the Discord developer portal that the application has not been limited."
    )]
    IntentsRefused,
    /// Something here does not work.
    #[error("The connection could not be set up: {0}.")]
    Broken(String),
}

/// What reaches us from the chat.
#[derive(Debug)]
pub enum Heard {
    /// A server that we are in, or how it is now.
    Server(Server),
    /// We are no longer in a server.
    ServerGone(ServerId),
    /// Somebody asks something.
    Asked(Box<Request>, Reply),
    /// Somebody asked something that cannot be read; the refusal is the sentence for them.
    Refused(Refusal, Reply),
    /// The gateway is there, for the first time or again.
    Connected,
    /// The gateway is gone; it is being tried again.
    Lost {
        /// What happened, for the log.
        why: String,
    },
    /// It cannot go on; nothing more will be heard.
    Ended(Fault),
}

/// A server as its people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its number.
    pub id: ServerId,
    /// Its name.
    pub name: String,
    /// Its text channels with their names, by number.
    pub channels: Vec<(ChannelId, String)>,
    /// Its roles with their names, by number.
    pub roles: Vec<(RoleId, String)>,
}

/// Who we are, once the gateway has said so.
#[derive(Clone, Copy, Debug)]
struct Me {
    user: UserId,
    application: ApplicationId,
}

type Myself = Arc<OnceLock<Me>>;

/// A connection to the chat.
#[derive(Clone, Debug)]
pub struct Discord {
    way: Way,
    directs: Arc<Directs>,
    me: Myself,
    quit: watch::Sender<bool>,
    close_timeout: Duration,
    done: watch::Receiver<bool>,
}

/// Checks the token and the gateway's address, and begins to listen.
///
/// What is heard comes through `heard`; when its receiver or the last [`Discord`] is dropped,
/// listening ends.
pub async fn connect(connection: Connection, heard: mpsc::Sender<Heard>) -> Result<Discord, Fault> {
    if let Some(api) = &connection.api {
        check_api(api)?;
    }
    let way = Arc::new(Rest::new(&connection)?);
    let me = Myself::default();
    let gate = gateway::address(&way, &connection).await?;
    let (quit, quitting) = watch::channel(false);
    let (finished, done) = watch::channel(false);
    let close_timeout = connection.timing.close_timeout;
    let work = gateway::Watch::new(connection, Arc::clone(&way), Arc::clone(&me), heard, quitting);
    let watching: JoinHandle<()> = tokio::spawn(work.keep_connected(gate));
    tokio::spawn(async move {
        if let Err(why) = watching.await {
            tracing::error!("The watch over the gateway ended unexpectedly: {why}");
        }
        finished.send_replace(true);
    });
    Ok(Discord { way, directs: Arc::default(), me, quit, close_timeout, done })
}

/// Waits until a flag is raised, or nobody is left to raise it.
///
/// What the channel's own wait gives back locks the flag for as long as it is kept, which in a
/// `select!` is until its branch is done: here it is let go at once.
async fn raised(flag: &mut watch::Receiver<bool>) {
    // Both ends of the wait mean the same.
    drop(flag.wait_for(|raised| *raised).await);
}

fn check_api(api: &Url) -> Result<(), Fault> {
    let bad = || Fault::BadApi(api.to_string());
    let plain = api.username().is_empty() && api.password().is_none();
    let bare = api.query().is_none() && api.fragment().is_none();
    match api.scheme() {
        "http" | "https" if api.has_host() && plain && bare => Ok(()),
        _ => Err(bad()),
    }
}

impl Discord {
    /// Makes a server's commands ours, if they are not.
    pub async fn declare(&self, server: ServerId) -> Result<Declared, Unsaid> {
        const PATIENCE: Duration = Duration::from_secs(30);
        let route = Route::GuildCommands {
            application_id: self.me()?.application,
            guild_id: GuildId::new(server.0.max(1)),
        };
        let said = self.way.send(Call::new(LightMethod::Get, route, PATIENCE)).await;
        let said = said.map_err(|why| say::unsaid(why, "The commands could not be read"))?;
        let ours = declare::commands();
        let theirs = serde_json::from_slice(&said).unwrap_or_default();
        if declare::same(&theirs, &ours) {
            return Ok(Declared { changed: false });
        }
        let call = Call::new(LightMethod::Put, route, PATIENCE).body(&ours);
        let declared = self.way.send(call).await;
        declared.map_err(|why| say::unsaid(why, "The commands could not be declared"))?;
        Ok(Declared { changed: true })
    }

    /// Says a post where it is to be said. Said twice while Discord remembers it, it is one message.
    ///
    /// [`Unsaid::Closed`] is of a person alone: they take no messages from us, are no longer in a
    /// server of ours, or are nobody any more.
    pub async fn say(&self, post: &Post) -> Result<Receipt, Unsaid> {
        say::say(&self.way, &self.directs, post).await
    }

    /// Changes what a message of ours says to what a card says now. Its files stay as they are, and
    /// those of the card do not count. Done twice, it is done once.
    ///
    /// A message that was taken away, or never was ours, can never be changed.
    pub async fn amend(
        &self,
        channel: ChannelId,
        receipt: Receipt,
        card: &Card,
    ) -> Result<(), Unsaid> {
        say::amend(&self.way, channel, receipt, card).await
    }

    /// Looks whether a post stands where it is to be said already, since somebody began to send it.
    ///
    /// Only our own messages count, and only one that reads exactly as the post would. A post
    /// that nobody began to send is not looked for, and none of `others` is it: messages that other
    /// posts became, some of which may read the same.
    pub async fn find(&self, post: &Post, others: &[Receipt]) -> Result<Option<Receipt>, Unsaid> {
        say::find((&self.way, &self.directs), self.me()?.user, post, others).await
    }

    /// Who somebody is in a server, where a direct message does not say.
    pub async fn member(&self, server: ServerId, user: UserId) -> Result<Member, Unsaid> {
        member::member(&self.way, server, user).await
    }

    /// What keeps us from saying something in each of these channels, leaving out those in which nothing
    /// does; and which of these roles we can name and nobody's device would tell them: those that not
    /// everybody may mention, and those that are not there any more.
    pub async fn looked(
        &self,
        server: ServerId,
        channels: &[ChannelId],
        roles: &[RoleId],
    ) -> Result<(Vec<(ChannelId, Lack)>, Vec<RoleId>), Unsaid> {
        let standing = Standing::ask(&self.way, server, self.me()?.user).await?;
        let lacking = channels.iter().filter_map(|channel| {
            let lack = standing.lacks_in(*channel)?;
            Some((*channel, lack))
        });
        let silent = roles.iter().copied().filter(|role| !standing.may_call(*role));
        Ok((lacking.collect(), silent.collect()))
    }

    /// Puts an event into a server's calendar.
    ///
    /// Unlike a post, an event that is added twice is there twice: after [`Unsaid::Again`], look
    /// with [`Discord::find_event`] first.
    pub async fn add_event(&self, server: ServerId, event: &Event) -> Result<EventReceipt, Unsaid> {
        event::add(&self.way, server, self.me()?.user, event).await
    }

    /// Makes an event of ours in a server's calendar read as this one. Done twice, it is done once.
    ///
    /// An event that was taken away, or is over, can never be changed.
    pub async fn change_event(
        &self,
        server: ServerId,
        receipt: EventReceipt,
        event: &Event,
    ) -> Result<(), Unsaid> {
        event::change(&self.way, server, receipt, event).await
    }

    /// Takes an event of ours out of a server's calendar. One that is not there any more is fine.
    pub async fn remove_event(
        &self,
        server: ServerId,
        receipt: EventReceipt,
    ) -> Result<(), Unsaid> {
        event::remove(&self.way, server, receipt).await
    }

    /// Looks for an event in a server's calendar: one of ours of the same name and beginning that is
    /// not over yet.
    pub async fn find_event(
        &self,
        server: ServerId,
        event: &Event,
    ) -> Result<Option<EventReceipt>, Unsaid> {
        event::find(&self.way, server, self.me()?.user, event).await
    }

    /// Fetches a file that somebody attached, reading no more than `most` bytes of it.
    ///
    /// Only ever from where the chat keeps files; the bot's token does not go along.
    pub async fn fetch(&self, file: &Attached, most: u64) -> Result<Vec<u8>, fetch::Refusal> {
        fetch::fetch(&self.way, file, most).await
    }

    /// Says goodbye to the gateway, for no longer than [`Timing::close_timeout`] and a little.
    pub async fn close(mut self) {
        self.quit.send_replace(true);
        let patience = self.close_timeout + Duration::from_millis(300);
        if tokio::time::timeout(patience, self.done.wait_for(|done| *done)).await.is_err() {
            tracing::warn!("The gateway did not take its leave in time; left it behind");
        }
    }

    fn me(&self) -> Result<Me, Unsaid> {
        let why = || "The gateway has not said yet who we are".to_owned();
        self.me.get().copied().ok_or_else(|| Unsaid::Again { why: why(), after: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_api_base_is_an_address_and_nothing_more() {
        for (address, expected) in [
            ("https://chat.example.org", true),
            ("http://127.0.0.1:4000/", true),
            ("ftp://chat.example.org", false),
            ("https://user:secret@chat.example.org", false),
            ("https://chat.example.org/?a=b", false),
            ("data:text", false),
        ] {
            assert_eq!(check_api(&address.parse().unwrap()).is_ok(), expected, "{address}");
        }
    }
}
