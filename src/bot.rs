//! The loop: somebody spoke, or time passed.

mod claim;
mod clock;
mod courier;
mod horizon;
mod keeper;
mod served;
mod step;

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use chrono::DateTime;
use chrono::Utc;
use tokio::sync::Semaphore;
use tokio::sync::mpsc;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::error;
use tracing::info;
use tracing::warn;

pub use clock::Clock;
pub use step::Halt;
pub use step::Step;

use crate::body::ServerId;
use crate::bot::claim::Claim;
use crate::bot::horizon::Horizon;
use crate::bot::keeper::Common;
use crate::bot::keeper::Door;
use crate::bot::keeper::Keeper;
use crate::bot::served::House;
use crate::bot::step::Steps;
use crate::config::setting::Settings;
use crate::desk::Desk;
use crate::discord;
use crate::discord::Connection;
use crate::discord::Heard;
use crate::discord::Server;
use crate::discord::answer::Reply;
use crate::partnership::Founding;
use crate::post::Unsaid;
use crate::request::Request;
use crate::view::Answer;
use crate::view::notice;

/// How many askings may wait to be looked at.
const HEARD_MAX: usize = 1024;

/// How long answers that are under way may take once we are asked to end.
const FINISH_WITHIN: Duration = Duration::from_millis(500);

/// How long closing the records may take. One that is left open loses nothing: what is in its log is
/// folded into it at the next start.
const CLOSE_WITHIN: Duration = Duration::from_secs(5);

/// How many posts of all partnerships may have their files in hand at a time. A digest's are about a
/// megabyte, and more posts than the chat takes in a second or two would only stand in line with them.
const IN_HAND_MAX: usize = 64;

/// What the bot is set up with.
#[derive(Debug)]
pub struct Setup {
    /// How it works.
    pub settings: Settings,
    /// What a server without a record begins with.
    pub founding: Option<Founding>,
    /// Where and as whom it connects.
    pub connection: Connection,
    /// What time it is.
    pub clock: Clock,
    /// Who is told what it has done and what comes next, if somebody wants to know.
    pub watcher: Option<Watcher>,
    /// Where it stops dead, if a power cut is to be tried.
    pub halt: Option<Halt>,
}

/// What the bot has done and what comes next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Everything due up to this instant is done, and said.
    pub settled_at: DateTime<Utc>,
    /// When something happens next, and in a few words what.
    pub next: Option<(DateTime<Utc>, String)>,
}

/// Whoever wants to know what the bot has done and what comes next.
///
/// It is told in passing, so that it knows of what somebody has written before they read the answer;
/// it may not wait, nor take long.
pub struct Watcher(Box<dyn Fn(&Outlook) + Send + Sync>);

impl Watcher {
    /// One that is told each time when something has changed.
    pub fn new(told: impl Fn(&Outlook) + Send + Sync + 'static) -> Self {
        Self(Box::new(told))
    }
}

impl fmt::Debug for Watcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Watcher").finish_non_exhaustive()
    }
}

/// Runs until it is asked to end, or cannot go on.
///
/// # Errors
/// When the chat cannot be reached or refuses us, or another works on the same data folder, in words
/// for whoever runs it.
pub async fn run(setup: Setup, end: impl Future<Output = ()>) -> anyhow::Result<()> {
    tokio::pin!(end);
    // Held to the end: two at work on one record would say everything twice.
    let _claim = Claim::on(&setup.settings.data)?;
    let (hear, heard) = mpsc::channel(HEARD_MAX);
    let discord = tokio::select! {
        connected = discord::connect(setup.connection, hear) => connected?,
        () = &mut end => return Ok(()),
    };
    let desk = Arc::new(Desk::of(&setup.settings));
    let house = House {
        desk,
        discord,
        clock: setup.clock,
        steps: Steps::new(setup.halt),
        hands: Arc::new(Semaphore::new(IN_HAND_MAX)),
    };
    let at_once = std::thread::available_parallelism().map_or(1, NonZero::get);
    let common = Common {
        house,
        folder: setup.settings.data,
        founding: setup.founding,
        turns: Arc::new(Semaphore::new(at_once)),
        horizon: Horizon::new(setup.watcher),
    };
    let mut bot = Bot {
        common: Arc::new(common),
        partnerships: BTreeMap::new(),
        keepers: JoinSet::new(),
        answers: JoinSet::new(),
    };
    let ended = bot.listen(heard, end).await;
    bot.close().await;
    ended
}

struct Bot {
    common: Arc<Common>,
    partnerships: BTreeMap<ServerId, Partnered>,
    /// One for each partnership.
    keepers: JoinSet<()>,
    /// Those under way.
    answers: JoinSet<()>,
}

/// A partnership and the way to it.
struct Partnered {
    /// Tells its keeper how the server is now; dropped when it is gone.
    server: watch::Sender<Server>,
    door: Door,
}

impl Bot {
    async fn listen(
        &mut self,
        mut heard: mpsc::Receiver<Heard>,
        mut end: impl Future<Output = ()> + Unpin,
    ) -> anyhow::Result<()> {
        loop {
            tokio::select! {
                () = &mut end => return Ok(()),
                event = heard.recv() => match event {
                    Some(event) => self.hear(event)?,
                    None => anyhow::bail!("the connection to the chat has ended"),
                },
                Some(task) = self.answers.join_next() => log_panic(task),
                Some(task) = self.keepers.join_next() => log_panic(task),
            }
        }
    }

    /// Takes in what happened. Nothing is done here that takes long: whoever speaks next is heard.
    fn hear(&mut self, event: Heard) -> anyhow::Result<()> {
        match event {
            Heard::Server(server) => self.meet(server),
            Heard::ServerGone(server) => {
                info!(server.id = server.0, "No longer in this server; its record stays");
                self.partnerships.remove(&server);
            }
            Heard::Asked(request, reply) => self.answer(*request, reply),
            Heard::Refused(refusal, reply) => {
                let sentence = refusal.to_string();
                let answer = Answer::Private(match refusal.words() {
                    Some(words) => notice::refusal_with(&sentence, words),
                    None => notice::refusal(&sentence),
                });
                self.answers.spawn(async move { log_unsaid(reply.answer(answer).await) });
            }
            Heard::Connected => info!("Connected"),
            Heard::Lost { why } => warn!("Lost the connection, trying again: {why}"),
            Heard::Ended(fault) => return Err(fault.into()),
        }
        Ok(())
    }

    /// Sets a keeper to work for a server, or tells the one it has how the server is now.
    fn meet(&mut self, server: Server) {
        if let Some(partnered) = self.partnerships.get(&server.id) {
            partnered.server.send_replace(server);
            return;
        }
        let id = server.id;
        let (telling, told) = watch::channel(server);
        let (keeper, door) = Keeper::new(&self.common, id, told);
        self.keepers.spawn(keeper.keep());
        self.partnerships.insert(id, Partnered { server: telling, door });
    }

    /// Answers in a task of its own: nobody waits for anybody else's answer.
    fn answer(&mut self, request: Request, reply: Reply) {
        let named = request.place.server.or(request.place.about);
        let door = match named {
            Some(server) => self.partnerships.get(&server).map(|partnered| &partnered.door),
            // A direct message names no server; where we serve only one, it is that.
            None => self.only_door(),
        };
        let Some(door) = door.cloned() else {
            let card = match named {
                Some(_) => notice::not_set_up(),
                None => notice::which_partnership(),
            };
            let answer = Answer::Private(card);
            self.answers.spawn(async move { log_unsaid(reply.answer(answer).await) });
            return;
        };
        self.answers.spawn(async move {
            // What answering needs is as much as the largest asking does; it is kept off the stack.
            let answer = Box::pin(door.answer(request));
            log_unsaid(reply.answer_with(answer).await);
        });
    }

    fn only_door(&self) -> Option<&Door> {
        let mut doors = self.partnerships.values().map(|partnered| &partnered.door);
        let only = doors.by_ref().find(|door| door.is_one())?;
        doors.all(|door| !door.is_one()).then_some(only)
    }

    async fn close(mut self) {
        if !finished(&mut self.answers, FINISH_WITHIN).await {
            warn!("Some answers were still under way at the end");
        }
        self.common.house.discord.clone().close().await;
        // Their keepers close the records.
        self.partnerships.clear();
        if !finished(&mut self.keepers, CLOSE_WITHIN).await {
            warn!("Some records were still open at the end");
        }
    }
}

/// Waits for tasks for a while, and ends those that take longer. True, if all have finished.
async fn finished(tasks: &mut JoinSet<()>, within: Duration) -> bool {
    let finish = async { while tasks.join_next().await.is_some() {} };
    let finished = tokio::time::timeout(within, finish).await.is_ok();
    tasks.abort_all();
    finished
}

fn log_unsaid(said: Result<(), Unsaid>) {
    if let Err(Unsaid::Again { why, .. } | Unsaid::Closed { why } | Unsaid::Never { why }) = said {
        warn!("An answer did not reach the person who asked: {why}");
    }
}

fn log_panic(task: Result<(), tokio::task::JoinError>) {
    if let Err(fault) = task
        && fault.is_panic()
    {
        error!("A task ended unexpectedly: {fault}");
    }
}
