//! One line to the gateway: serenity's client on a thread of its own, held by its address.
//!
//! Serenity can fall into a loop that never waits (after a close frame without a code, or with
//! 4003, 4010 or 4011) and then stalls everything that shares its runtime. So it has a thread and
//! a runtime to itself, shows a sign of life ten times a second, and can be left behind.
//!
//! Serenity also reconnects on its own terms, without waits that grow. Before every connection,
//! new or resumed, it locks the gateway's address to read it. We hold that lock, and let serenity
//! have it when a connection may be made: it keeps its way of resuming, and we keep the pace.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;

use serenity::Client;
use serenity::async_trait;
use serenity::client::ClientBuilder;
use serenity::client::Context;
use serenity::client::RawEventHandler;
use serenity::gateway::GatewayError;
use serenity::gateway::ShardManager;
use serenity::http::Http;
use serenity::model::event::Event;
use serenity::model::gateway::GatewayIntents;
use serenity::model::id::ShardId;
use serenity::model::user::OnlineStatus;
use tokio::runtime::Builder;
use tokio::sync::OwnedMutexGuard;
use tokio::sync::mpsc;
use tokio::sync::oneshot;
use tokio::sync::watch;
use tokio::time::Instant;
use tracing::debug;
use tracing::warn;

use crate::discord::Fault;
use crate::discord::heard::News;
use crate::discord::raised;

/// What we ask to hear: servers, and messages that mention us or are to us alone. None of it is
/// privileged.
const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_MESSAGES)
    .union(GatewayIntents::DIRECT_MESSAGES);

/// How often the thread shows that it lives.
const BEAT: Duration = Duration::from_millis(100);
/// The client has one shard.
const SHARD: ShardId = ShardId(0);

/// A line being held.
pub(super) struct Line {
    pub(super) pulse: Arc<Pulse>,
    /// How the client ended, when it has.
    pub(super) over: oneshot::Receiver<Over>,
    shards: Arc<ShardManager>,
    quit: watch::Sender<bool>,
}

/// How a line ended.
#[derive(Debug)]
pub(super) enum Over {
    /// As asked.
    Left,
    /// For good: nothing but a change in Discord's portal helps.
    Refused(Fault),
    /// Some other way.
    Broken(String),
}

/// What the thread shows of itself.
#[derive(Debug)]
pub(super) struct Pulse(Mutex<Signs>);

/// The signs of life of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signs {
    /// When the thread last had its turn.
    pub(super) beat_at: Instant,
    /// When the gateway last said anything that we can tell.
    pub(super) heard_at: Instant,
    /// Since when the gateway is ready; none while it is not.
    pub(super) ready_since: Option<Instant>,
    /// Whether serenity may connect, should it want to.
    open: bool,
    /// How often it has connected.
    pub(super) let_in: usize,
    /// Whether the line has been given up, so that nothing more may come through it.
    abandoned: bool,
}

impl Pulse {
    fn new() -> Self {
        let now = Instant::now();
        Self(Mutex::new(Signs {
            beat_at: now,
            heard_at: now,
            ready_since: None,
            open: false,
            let_in: 0,
            abandoned: false,
        }))
    }

    pub(super) fn signs(&self) -> Signs {
        *self.lock()
    }

    /// Lets serenity connect once, or no more.
    pub(super) fn open(&self, open: bool) {
        self.lock().open = open;
    }

    fn lock(&self) -> MutexGuard<'_, Signs> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The lock on the gateway's address.
struct Gate {
    address: Arc<tokio::sync::Mutex<String>>,
    held: Option<OwnedMutexGuard<String>>,
}

impl Gate {
    /// Lets in whoever waits; says whether somebody did.
    ///
    /// The lock is fair: if somebody waits for it, giving it up hands it over, and it cannot be
    /// taken back at once. This runs on serenity's own thread, so that between the two serenity
    /// has no turn, in which it could take the lock and be done with it unseen.
    fn let_in(&mut self) -> bool {
        drop(self.held.take());
        self.held = Arc::clone(&self.address).try_lock_owned().ok();
        self.held.is_none()
    }

    /// Takes the lock back from whoever was let in.
    async fn shut(&mut self) {
        if self.held.is_none() {
            self.held = Some(Arc::clone(&self.address).lock_owned().await);
        }
    }
}

impl Line {
    /// Starts the thread and the client; nothing connects before [`Pulse::open`].
    ///
    /// `address` is the gateway's, already checked. Serenity fetches it once more by itself, and
    /// when that fails falls back to Discord's own gateway, to which it would send the token of a
    /// bot that lives elsewhere: so what it holds is compared before it may connect.
    pub(super) async fn start(
        http: Http,
        address: String,
        news: mpsc::Sender<News>,
        close_timeout: Duration,
    ) -> Result<Self, String> {
        let pulse = Arc::new(Pulse::new());
        let (quit, quitting) = watch::channel(false);
        let (tell_over, over) = oneshot::channel();
        let (tell_set_up, set_up) = oneshot::channel();
        let ear = Ear { news, pulse: Arc::clone(&pulse) };
        let life = Life { http, address, ear, quitting, close_timeout };
        let thread = std::thread::Builder::new().name("discord gateway".to_owned());
        // The thread writes its log where whoever connects does.
        let log = tracing::dispatcher::get_default(Clone::clone);
        let body = move || {
            let _log = tracing::dispatcher::set_default(&log);
            let runtime = match Builder::new_current_thread().enable_all().build() {
                Ok(runtime) => runtime,
                Err(why) => {
                    // The other end reports whatever is told here, and needs nothing else.
                    let _gone = tell_set_up.send(Err(why.to_string()));
                    return;
                }
            };
            let ended = runtime.block_on(life.live(tell_set_up));
            runtime.shutdown_background();
            let _gone = tell_over.send(ended);
        };
        thread.spawn(body).map_err(|why| format!("no thread: {why}"))?;
        match set_up.await {
            Ok(Ok(shards)) => Ok(Self { pulse, over, shards, quit }),
            Ok(Err(why)) => Err(why),
            Err(_) => Err("the gateway's thread ended at once".to_owned()),
        }
    }

    /// Asks for a goodbye and waits for it, as long as the client takes at most.
    pub(super) async fn leave(mut self, patience: Duration) {
        self.quit.send_replace(true);
        if tokio::time::timeout(patience, &mut self.over).await.is_err() {
            self.abandon();
        }
    }

    /// Leaves the line behind: nothing more comes through it, and its thread ends when it can.
    pub(super) fn abandon(self) {
        self.pulse.lock().abandoned = true;
        self.quit.send_replace(true);
        // A runner that spins on a dead socket looks at its messages on every turn, and ends when
        // one cannot be sent. Otherwise it would burn a processor until its next heartbeat.
        if let Ok(runners) = self.shards.runners.try_lock()
            && let Some(runner) = runners.get(&SHARD)
        {
            runner.runner_tx.set_status(OnlineStatus::Online);
        }
    }
}

/// What lives on the thread.
struct Life {
    http: Http,
    address: String,
    ear: Ear,
    quitting: watch::Receiver<bool>,
    close_timeout: Duration,
}

type SetUp = Result<Arc<ShardManager>, String>;

impl Life {
    async fn live(mut self, set_up: oneshot::Sender<SetUp>) -> Over {
        let (mut client, gate) = match self.set_up().await {
            Ok(ready) => ready,
            Err(why) => {
                let _gone = set_up.send(Err(why.clone()));
                return Over::Broken(why);
            }
        };
        let shards = Arc::clone(&client.shard_manager);
        if set_up.send(Ok(Arc::clone(&shards))).is_err() {
            return Over::Left;
        }
        tokio::select! {
            ended = client.start() => over(ended),
            () = beat(&self.ear, &shards, gate) => Over::Left,
            () = raised(&mut self.quitting) => {
                // Serenity takes five seconds over a goodbye to a dead socket.
                if tokio::time::timeout(self.close_timeout, shards.shutdown_all()).await.is_err() {
                    debug!("The gateway did not answer the goodbye");
                }
                Over::Left
            }
        }
    }

    async fn set_up(&mut self) -> Result<(Client, Gate), String> {
        // The base and our own client with its timeouts are in `http`. Only a raw handler sees the
        // events that serenity cannot read, so everything is heard through one.
        let http = std::mem::replace(&mut self.http, Http::new(""));
        let client = ClientBuilder::new_with_http(http, INTENTS)
            .raw_event_handler(self.ear.clone())
            .await
            .map_err(|why| format!("serenity's client could not be set up: {why}"))?;
        let address = Arc::clone(&client.ws_url);
        let held = Arc::clone(&address).lock_owned().await;
        if *held != self.address {
            return Err("serenity would have connected to another gateway".to_owned());
        }
        Ok((client, Gate { address, held: Some(held) }))
    }
}

/// Shows life for ever, and minds the gate. What serenity measures anew is an answered heartbeat.
async fn beat(ear: &Ear, shards: &ShardManager, mut gate: Gate) {
    let mut turns = tokio::time::interval(BEAT);
    let mut measured = None;
    loop {
        turns.tick().await;
        let latency = shards.runners.lock().await.get(&SHARD).and_then(|runner| runner.latency);
        {
            let mut signs = ear.pulse.lock();
            signs.beat_at = Instant::now();
            if latency != measured {
                measured = latency;
                signs.heard_at = signs.beat_at;
            }
            if signs.open && gate.let_in() {
                signs.open = false;
                signs.let_in += 1;
                signs.ready_since = None;
                // Told on the way that events take, so that it comes before what follows.
                if ear.news.try_send(News::Lost("the line dropped".to_owned())).is_err() {
                    debug!("Nobody has room to hear that the line dropped");
                }
            }
        }
        gate.shut().await;
    }
}

fn over(ended: serenity::Result<()>) -> Over {
    match ended {
        Ok(()) => Over::Broken("the client ended".to_owned()),
        Err(serenity::Error::Gateway(why)) => match why {
            GatewayError::InvalidAuthentication | GatewayError::NoAuthentication => {
                Over::Refused(Fault::TokenRefused)
            }
            GatewayError::InvalidGatewayIntents | GatewayError::DisallowedGatewayIntents => {
                Over::Refused(Fault::IntentsRefused)
            }
            other => Over::Broken(other.to_string()),
        },
        Err(_) => Over::Broken("the client failed".to_owned()),
    }
}

/// Hears serenity's events and hands them on; it does nothing else, for a panic in it would be
/// swallowed and its work would share the thread that may stall.
#[derive(Clone)]
struct Ear {
    news: mpsc::Sender<News>,
    pulse: Arc<Pulse>,
}

#[async_trait]
impl RawEventHandler for Ear {
    async fn raw_event(&self, _: Context, event: Event) {
        {
            let mut signs = self.pulse.lock();
            if signs.abandoned {
                return;
            }
            signs.heard_at = Instant::now();
            if matches!(event, Event::Ready(_) | Event::Resumed(_)) {
                signs.ready_since = Some(signs.heard_at);
            }
        }
        if self.news.send(News::Event(Box::new(event))).await.is_err() {
            warn!("An event came when nobody was listening any more");
        }
    }
}
