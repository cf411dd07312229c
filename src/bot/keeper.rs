//! One partnership through its days: opens its record, follows its server, keeps its time.
//!
//! Each has a task of its own, so that nobody waits for anybody else's partnership. A thousand that
//! have something to do in the same minute take turns, a few at a time.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use backon::BackoffBuilder;
use backon::ExponentialBackoff;
use backon::ExponentialBuilder;
use futures_util::FutureExt;
use tokio::sync::Notify;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::Semaphore;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::error;
use tracing::info;
use tracing::warn;

use crate::body::ServerId;
use crate::bot::Outlook;
use crate::bot::horizon::Horizon;
use crate::bot::horizon::Lookout;
use crate::bot::served::House;
use crate::bot::served::Next;
use crate::bot::served::Served;
use crate::discord::Discord;
use crate::discord::Server;
use crate::partnership::Founding;
use crate::post::Unsaid;
use crate::request::Request;
use crate::view::Answer;
use crate::view::notice;

/// Before the second try after a fault of our own, such as a full disk; each wait after is longer.
const WAIT_MIN: Duration = Duration::from_secs(1);

/// Before any further try.
const WAIT_MAX: Duration = Duration::from_mins(1);

/// How often declaring the commands is tried, each after a longer wait.
const DECLARE_TRIES: u32 = 6;

/// What all keepers share.
#[derive(Debug)]
pub(super) struct Common {
    pub(super) house: House,
    /// The folder of the records.
    pub(super) folder: PathBuf,
    /// What a server without a record begins with.
    pub(super) founding: Option<Founding>,
    /// Held while a record is opened or time is kept: both are hard work for processor and disk,
    /// and more at a time would only make each slower, and answers with them.
    pub(super) turns: Arc<Semaphore>,
    pub(super) horizon: Horizon,
}

/// How a partnership is reached.
#[derive(Clone, Debug)]
pub(super) struct Door {
    opened: watch::Receiver<Opened>,
    lookout: Arc<Lookout>,
    /// Somebody waits for the record to be opened.
    knocked: Arc<Notify>,
    /// Something was written that may change what falls due.
    stirred: Arc<Notify>,
}

/// How far opening the record has come.
#[derive(Clone, Debug)]
enum Opened {
    NotYet,
    Here(Arc<Served>),
    /// There is none, and nothing to begin one with.
    Nothing,
    /// It could not be opened, and is tried again; the number stands in the log.
    Failed {
        reference: String,
    },
}

impl Door {
    /// Whether there is a partnership behind it, as far as is known.
    pub(super) fn is_one(&self) -> bool {
        !matches!(*self.opened.borrow(), Opened::Nothing)
    }

    /// Answers a request, once the record is open.
    pub(super) async fn answer(mut self, request: Request) -> Answer {
        self.knocked.notify_one();
        let opened = self.opened.wait_for(|opened| !matches!(opened, Opened::NotYet)).await;
        let opened = opened.map_or(Opened::Nothing, |opened| opened.clone());
        match opened {
            Opened::Here(served) => {
                let writes = request.ask.writes();
                let answer = served.answer(request).await;
                if writes {
                    // Before anybody reads the answer, so that they find it taken into account.
                    self.lookout.look();
                    self.stirred.notify_one();
                }
                answer
            }
            Opened::Failed { reference } => Answer::Private(notice::fault(&reference)),
            Opened::NotYet | Opened::Nothing => Answer::Private(notice::not_set_up()),
        }
    }
}

/// One partnership's keeper.
#[derive(Debug)]
pub(super) struct Keeper {
    id: ServerId,
    /// How the server is now. Its sender is dropped when we are no longer to serve it.
    server: watch::Receiver<Server>,
    common: Arc<Common>,
    lookout: Arc<Lookout>,
    opened: watch::Sender<Opened>,
    knocked: Arc<Notify>,
    stirred: Arc<Notify>,
    waits: ExponentialBackoff,
    /// What it has begun and ends with it.
    errands: JoinSet<()>,
}

/// It is no longer to be kept.
struct Over;

impl Keeper {
    /// A keeper to be set to work, and the door by which its partnership is reached from now on.
    pub(super) fn new(
        common: &Arc<Common>,
        id: ServerId,
        server: watch::Receiver<Server>,
    ) -> (Self, Door) {
        let lookout = Arc::new(common.horizon.lookout());
        let (opened, opening) = watch::channel(Opened::NotYet);
        let (knocked, stirred) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let keeper = Self {
            id,
            server,
            common: Arc::clone(common),
            lookout: Arc::clone(&lookout),
            opened,
            knocked: Arc::clone(&knocked),
            stirred: Arc::clone(&stirred),
            waits: waits(),
            errands: JoinSet::new(),
        };
        (keeper, Door { opened: opening, lookout, knocked, stirred })
    }

    /// Keeps the partnership until its server is gone.
    pub(super) async fn keep(mut self) {
        if let Ok(served) = self.open().await {
            let Err(Over) = self.live(&served).await;
            served.close().await;
        }
    }

    /// Opens the record, however often that has to be tried.
    async fn open(&mut self) -> Result<Arc<Served>, Over> {
        loop {
            // Whoever has asked something does not wait for everybody else's record to be opened.
            let turn = tokio::select! {
                turn = self.turn() => Some(turn?),
                () = self.knocked.notified() => None,
            };
            let opened = self.try_to_open().await;
            drop(turn);
            if self.errands.is_empty() {
                self.errands.spawn(declare(self.common.house.discord.clone(), self.id));
            }
            match opened {
                Ok(Some(opened)) => {
                    let served = Arc::new(opened);
                    self.opened.send_replace(Opened::Here(Arc::clone(&served)));
                    self.waits = waits();
                    return Ok(served);
                }
                Ok(None) => {
                    warn!(
                        server.id = self.id.0,
                        "{} has no record yet; start with --partnership FILE to set it up",
                        self.server.borrow().name
                    );
                    self.opened.send_replace(Opened::Nothing);
                    self.lookout.rest();
                    self.server.changed().await.map_err(|_| Over)?;
                    self.lookout.look();
                }
                Err(fault) => {
                    let reference = format!("{:06}", rand::random_range(0..1_000_000));
                    error!(
                        server.id = self.id.0,
                        fault.reference = reference,
                        "Could not open the record, will try again: {fault:#}"
                    );
                    self.opened.send_replace(Opened::Failed { reference });
                    self.pause().await?;
                }
            }
        }
    }

    async fn try_to_open(&mut self) -> anyhow::Result<Option<Served>> {
        let Common { house, folder, founding, .. } = &*self.common;
        let server = self.server.borrow_and_update().clone();
        let stirred = Arc::clone(&self.stirred);
        calmly(Served::open(folder, &server, founding.as_ref(), house.clone(), stirred)).await
    }

    /// Keeps time and follows the server, for as long as there is one.
    async fn live(&mut self, served: &Served) -> Result<Infallible, Over> {
        let mut clock = self.common.house.clock.clone();
        let mut next: Option<Next> = None;
        let mut is_known = false;
        loop {
            let look = self.lookout.look();
            let now = clock.now();
            if self.server.has_changed().map_err(|_| Over)? {
                self.follow(served).await;
            }
            let is_due = next.as_ref().is_some_and(|next| next.at <= now);
            if is_due || !is_known {
                let turn = self.turn().await?;
                let kept = calmly(served.keep_time(clock.now(), Some(turn))).await;
                match kept {
                    Ok(found) => (next, is_known) = (found, true),
                    Err(fault) => {
                        // What was due stays due.
                        error!(
                            server.id = self.id.0,
                            "Could not keep time, will try again: {fault:#}"
                        );
                        self.pause().await?;
                        continue;
                    }
                }
                self.waits = waits();
            }
            let ahead = next.as_ref().map(|next| (next.at, next.what.clone()));
            let next_at = ahead.as_ref().map(|(at, _)| *at);
            let mut outlook = Some(Outlook { settled_at: now, next: ahead });
            let mut quiet = pin!(served.quiet());
            let mut reached = pin!(clock.reach(next_at));
            loop {
                tokio::select! {
                    // Before it is told what comes next: that may have changed.
                    biased;
                    () = self.stirred.notified() => {
                        is_known = false;
                        break;
                    }
                    () = &mut reached => break,
                    () = &mut quiet, if outlook.is_some() => {
                        if let Some(outlook) = outlook.take() {
                            self.lookout.settle(look, outlook);
                        }
                    }
                    changed = self.server.changed() => {
                        changed.map_err(|_| Over)?;
                        self.server.mark_changed();
                        break;
                    }
                }
            }
        }
    }

    async fn follow(&mut self, served: &Served) {
        let now_is = self.server.borrow_and_update().clone();
        if let Err(fault) = calmly(served.link(&now_is)).await {
            error!(server.id = self.id.0, "Could not follow the server: {fault:#}");
        }
    }

    /// Waits before another try, each time longer, and not as long as others who wait.
    async fn pause(&mut self) -> Result<(), Over> {
        let wait = self.waits.next().unwrap_or(WAIT_MAX).min(WAIT_MAX);
        tokio::select! {
            () = tokio::time::sleep(wait) => Ok(()),
            over = self.gone() => Err(over),
        }
    }

    /// Waits for the turn to do hard work.
    async fn turn(&self) -> Result<OwnedSemaphorePermit, Over> {
        tokio::select! {
            turn = Arc::clone(&self.common.turns).acquire_owned() => turn.map_err(|_| Over),
            over = self.gone() => Err(over),
        }
    }

    /// Waits until the server is gone.
    async fn gone(&self) -> Over {
        let mut server = self.server.clone();
        while server.changed().await.is_ok() {}
        Over
    }
}

/// Each wait is longer; with jitter, so that a thousand do not all come back in the same instant.
fn waits() -> ExponentialBackoff {
    ExponentialBuilder::new()
        .with_min_delay(WAIT_MIN)
        .with_max_delay(WAIT_MAX)
        .without_max_times()
        .with_jitter()
        .build()
}

/// A panic in our work is a fault like any other: it is logged, and the work tried again.
async fn calmly<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let done = AssertUnwindSafe(work).catch_unwind().await;
    done.map_err(|_| anyhow::anyhow!("it ended unexpectedly")).and_then(|done| done)
}

/// Makes a server's commands ours, trying for a while.
async fn declare(discord: Discord, server: ServerId) {
    let mut wait = Duration::from_secs(1);
    for _ in 0..DECLARE_TRIES {
        match discord.declare(server).await {
            Ok(declared) => {
                if declared.changed {
                    info!(server.id = server.0, "Declared the commands");
                }
                return;
            }
            Err(Unsaid::Again { why, after }) => {
                warn!(server.id = server.0, "Could not declare the commands yet: {why}");
                tokio::time::sleep(after.unwrap_or_default().max(wait)).await;
                wait *= 2;
            }
            Err(Unsaid::Closed { why } | Unsaid::Never { why }) => {
                error!(server.id = server.0, "Could not declare the commands: {why}");
                return;
            }
        }
    }
    error!(
        server.id = server.0,
        "Gave up declaring the commands; they are tried at the next start"
    );
}
