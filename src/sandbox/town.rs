//! What every part of the sandbox shares: the world behind a lock, the clock, and the closing bell.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

use chrono::DateTime;
use chrono::Utc;
use tokio::sync::watch;

use crate::sandbox::clock::Agenda;
use crate::sandbox::setting::Setting;
use crate::sandbox::world::World;

pub(crate) struct Town {
    /// A plain lock, because it is held for the moment of one change and never while waiting.
    world: Mutex<World>,
    pub(crate) clock: watch::Sender<DateTime<Utc>>,
    pub(crate) agenda: Mutex<Option<watch::Receiver<Agenda>>>,
    /// Up to when the bot had settled everything when the clock was set back behind it. What it says
    /// with this instant, it said before.
    pub(crate) stale: Mutex<Option<DateTime<Utc>>>,
    /// One journey through time at a time.
    pub(crate) journey: tokio::sync::Mutex<()>,
    pub(crate) travelling: AtomicBool,
    pub(crate) changes: watch::Sender<u64>,
    pub(crate) closing: watch::Sender<bool>,
    pub(crate) token: String,
    /// Milliseconds between heartbeats, told to each connection as it opens.
    pub(crate) heartbeat_ms: AtomicU64,
}

impl Town {
    pub(crate) fn new(setting: &Setting, base: String) -> Arc<Self> {
        let (changes, _) = watch::channel(0);
        let (clock, _) = watch::channel(setting.opens_at);
        let (closing, _) = watch::channel(false);
        let world = World::new(setting, base, changes.clone());
        let token = token(world.bot.id.get());
        Arc::new(Self {
            world: Mutex::new(world),
            clock,
            agenda: Mutex::new(None),
            stale: Mutex::new(None),
            journey: tokio::sync::Mutex::new(()),
            travelling: AtomicBool::new(false),
            changes,
            closing,
            token,
            heartbeat_ms: AtomicU64::new(HEARTBEAT_MS),
        })
    }

    /// The world, for the moment of one look or one change.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        *self.clock.borrow()
    }

    pub(crate) fn is_travelling(&self) -> bool {
        self.travelling.load(Ordering::Relaxed)
    }

    /// Ends when the sandbox is closed.
    pub(crate) async fn closed(&self) {
        let mut closing = self.closing.subscribe();
        // The sender lives in the town itself, so waiting cannot fail while this runs.
        let _gone = closing.wait_for(|closing| *closing).await;
    }
}

/// Discord asks for a heartbeat about every forty-one seconds.
const HEARTBEAT_MS: u64 = 41_250;

/// A token of Discord's outward form, for this bot alone and of no worth elsewhere.
fn token(bot: u64) -> String {
    format!("sandbox.{bot:x}.not-a-secret-anywhere-else")
}
