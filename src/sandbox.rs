//! A Discord in a box: its REST interface, its gateway, a page to try it on, and people who speak.
//!
//! It knows Discord and nothing of the bot that connects to it, listens on loopback only, keeps
//! everything in memory, and owns the time: its clock stands still until it is moved.

mod bucket;
mod clock;
mod command;
mod door;
mod event;
mod fault;
mod files;
mod gateway;
mod interaction;
mod limits;
mod message;
mod neighbour;
mod page;
mod permission;
mod person;
mod reading;
mod rest;
mod session;
mod setting;
mod shapes;
mod snowflake;
mod town;
mod traffic;
mod transcript;
mod voices;
mod world;

#[cfg(test)]
mod tests;

pub use clock::Agenda;
pub use event::Event;
pub use fault::Fault;
pub use interaction::Form;
pub use interaction::Outcome;
pub use message::File;
pub use message::Message;
pub use message::Origin;
pub use message::Pings;
pub use message::State;
pub use permission::Permission;
pub use setting::ChannelPlan;
pub use setting::NeighbourPlan;
pub use setting::PersonPlan;
pub use setting::Setting;
pub use shapes::ADMIN_ROLE;
pub use snowflake::Snowflake;
pub use traffic::Recorded;

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::routing::any;
use axum::routing::get;
use chrono::DateTime;
use chrono::Utc;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::sandbox::door::Cord;
use crate::sandbox::door::Door;
use crate::sandbox::town::Town;

/// How long closing waits for requests under way.
const SHUT_WITHIN: Duration = Duration::from_secs(2);

/// A running sandbox. Cloning it gives another handle to the same one.
#[derive(Clone)]
pub struct Sandbox {
    town: Arc<Town>,
    url: String,
    serving: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl Sandbox {
    /// Opens a sandbox on loopback; port 0 is any free one.
    ///
    /// # Errors
    /// When the port is taken, or two of a kind share a name, or somebody holds a role that the
    /// setting does not have.
    pub async fn open(setting: Setting, port: u16) -> io::Result<Self> {
        setting
            .check()
            .map_err(|sentence| io::Error::new(io::ErrorKind::InvalidInput, sentence))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let town = Town::new(&setting, url.clone());
        let routes: Router<Arc<Town>> = page::routes()
            .route("/gateway", get(gateway::connect))
            .route("/api/{*path}", any(rest::enter))
            .layer(DefaultBodyLimit::disable())
            .layer(from_fn(door::guard));
        let service = routes.with_state(Arc::clone(&town));
        let service = service.into_make_service_with_connect_info::<Cord>();
        let closing = Arc::clone(&town);
        let serving = tokio::spawn(async move {
            let bell = async move { closing.closed().await };
            let served = axum::serve(Door(listener), service).with_graceful_shutdown(bell).await;
            if let Err(error) = served {
                tracing::error!(%error, "The sandbox stopped serving");
            }
        });
        Ok(Self { town, url, serving: Arc::new(Mutex::new(Some(serving))) })
    }

    /// The address of the page, and of the interface: the bot's API base.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// The one bot token that the sandbox accepts.
    pub fn token(&self) -> &str {
        &self.town.token
    }

    /// The server's id, which its name alone decides.
    pub fn server(&self) -> Snowflake {
        self.town.world().server.id
    }

    /// The bot's id, which is its application's too.
    pub fn bot(&self) -> Snowflake {
        self.town.world().bot.id
    }

    /// The sandbox's time, which stands still until it is moved.
    pub fn clock(&self) -> watch::Receiver<DateTime<Utc>> {
        self.town.clock.subscribe()
    }

    /// Keeps to what the bot says: what it has done, and what it does next.
    pub fn follow(&self, agenda: watch::Receiver<Agenda>) {
        self.town.follow(agenda);
    }

    /// Moves the clock, stopping at each thing that the bot has planned on the way and waiting
    /// there, at most ten seconds, until it is done. Without an agenda it goes straight.
    ///
    /// # Errors
    /// A sentence, when the time lies behind or more than a hundred years ahead.
    pub async fn travel_to(&self, at: DateTime<Utc>) -> Result<(), String> {
        self.town.travel_to(at).await
    }

    /// Moves the clock to the next thing that happens.
    ///
    /// # Errors
    /// A sentence, when nothing is planned.
    pub async fn jump(&self) -> Result<(), String> {
        self.town.jump().await
    }

    /// Every request the bot made, oldest first.
    pub fn traffic(&self) -> Vec<Recorded> {
        self.town.world().traffic.all()
    }

    /// The commands the bot has registered, in Discord's shape.
    pub fn commands(&self) -> Vec<Value> {
        let world = self.town.world();
        world.commands.iter().map(|command| rest::command_shape(&world, command)).collect()
    }

    /// The server's scheduled events that are not over, by when they begin.
    pub fn events(&self) -> Vec<Event> {
        self.town.world().coming_events().into_iter().cloned().collect()
    }

    /// Commands created today by the sandbox's clock, of which Discord bears 200.
    pub fn creations(&self) -> usize {
        self.town.world().creations.1
    }

    /// How often a bot has introduced itself to the gateway.
    pub fn identifies(&self) -> usize {
        self.town.world().sessions.identifies
    }

    /// How often a bot has taken up an earlier session.
    pub fn resumes(&self) -> usize {
        self.town.world().sessions.resumes
    }

    /// How many heartbeats have come.
    pub fn heartbeats(&self) -> usize {
        self.town.world().sessions.heartbeats
    }

    /// Requests refused with 401, 403 or 429, of which Discord bears 10,000 in ten minutes.
    pub fn refusals(&self) -> usize {
        self.town.world().traffic.refusals()
    }

    /// Whether a bot listens at the gateway.
    pub fn is_online(&self) -> bool {
        self.town.world().sessions.is_online()
    }

    /// Asks connections that open from now on for a heartbeat this often, instead of Discord's
    /// forty-one seconds.
    pub fn beat_every(&self, interval: Duration) {
        let interval = u64::try_from(interval.as_millis()).unwrap_or(u64::MAX);
        self.town.heartbeat_ms.store(interval, Ordering::Relaxed);
    }

    /// Begins to misbehave.
    pub fn fault(&self, fault: Fault) {
        if let Fault::ClockBack { by } = fault {
            return self.town.set_back(by);
        }
        self.town.world().begin_fault(fault);
    }

    /// Behaves again.
    pub fn mend(&self) {
        self.town.world().mend();
    }

    /// Closes the sandbox: says goodbye on every socket and stops listening.
    pub async fn shut(self) {
        self.town.closing.send_replace(true);
        let serving = self.serving.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut serving) = serving else { return };
        if timeout(SHUT_WITHIN, &mut serving).await.is_err() {
            serving.abort();
        }
    }
}
