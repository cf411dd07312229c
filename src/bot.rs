//! The loop: somebody spoke, or time passed.

mod clock;
mod courier;
mod served;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;
use tokio::sync::mpsc;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::error;
use tracing::info;
use tracing::warn;

pub use clock::Clock;

use crate::body::ServerId;
use crate::bot::served::House;
use crate::bot::served::Next;
use crate::bot::served::Served;
use crate::config::setting::Settings;
use crate::desk::Desk;
use crate::discord;
use crate::discord::Connection;
use crate::discord::Discord;
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

/// How often declaring the commands is tried, each after a longer wait.
const DECLARE_TRIES: u32 = 6;

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
    /// Where it tells what it has done and what comes next, if somebody wants to know.
    pub outlook: Option<watch::Sender<Outlook>>,
}

/// What the bot has done and what comes next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Everything due up to this instant is done, and said.
    pub settled_at: DateTime<Utc>,
    /// When something happens next, and in a few words what.
    pub next: Option<(DateTime<Utc>, String)>,
}

/// Runs until it is asked to end, or cannot go on.
///
/// # Errors
/// When the chat cannot be reached or refuses us, in words for whoever runs it.
pub async fn run(setup: Setup, end: impl Future<Output = ()>) -> anyhow::Result<()> {
    tokio::pin!(end);
    let (hear, heard) = mpsc::channel(HEARD_MAX);
    let discord = tokio::select! {
        connected = discord::connect(setup.connection, hear) => connected?,
        () = &mut end => return Ok(()),
    };
    let desk = Arc::new(Desk::of(&setup.settings));
    let house = House { desk, discord, clock: setup.clock };
    let mut bot = Bot {
        house,
        settings: setup.settings,
        founding: setup.founding,
        outlook: setup.outlook,
        partnerships: BTreeMap::new(),
        stirred: mpsc::unbounded_channel(),
        tasks: JoinSet::new(),
    };
    let ended = bot.listen(heard, end).await;
    bot.close().await;
    ended
}

struct Bot {
    house: House,
    settings: Settings,
    founding: Option<Founding>,
    outlook: Option<watch::Sender<Outlook>>,
    partnerships: BTreeMap<ServerId, Partnered>,
    /// Where something was written that may change what falls due next.
    stirred: (mpsc::UnboundedSender<ServerId>, mpsc::UnboundedReceiver<ServerId>),
    /// Answers and errands under way.
    tasks: JoinSet<()>,
}

/// A partnership and what falls due next in it.
struct Partnered {
    served: Arc<Served>,
    next: Option<Next>,
}

impl Bot {
    async fn listen(
        &mut self,
        mut heard: mpsc::Receiver<Heard>,
        mut end: impl Future<Output = ()> + Unpin,
    ) -> anyhow::Result<()> {
        let mut clock = self.house.clock.clone();
        loop {
            let next_at = self.next_due();
            tokio::select! {
                () = &mut end => return Ok(()),
                event = heard.recv() => match event {
                    Some(event) => self.hear(event).await?,
                    None => anyhow::bail!("the connection to the chat has ended"),
                },
                () = clock.reach(next_at) => self.keep_time().await,
                Some(server) = self.stirred.1.recv() => {
                    self.keep_time_of(server).await;
                    self.look_ahead();
                }
                Some(task) = self.tasks.join_next() => log_panic(task),
            }
        }
    }

    async fn hear(&mut self, event: Heard) -> anyhow::Result<()> {
        match event {
            Heard::Server(server) => self.meet(server).await,
            Heard::ServerGone(server) => {
                info!(server.id = server.0, "No longer in this server; its record stays");
                if let Some(partnered) = self.partnerships.remove(&server) {
                    self.tasks.spawn(async move { partnered.served.close().await });
                }
            }
            Heard::Asked(request, reply) => self.answer(*request, reply),
            Heard::Refused(refusal, reply) => {
                let sentence = refusal.to_string();
                let answer = Answer::Private(match refusal.words() {
                    Some(words) => notice::refusal_with(&sentence, words),
                    None => notice::refusal(&sentence),
                });
                self.tasks.spawn(async move { log_unsaid(reply.answer(answer).await) });
            }
            Heard::Connected => info!("Connected"),
            Heard::Lost { why } => warn!("Lost the connection, trying again: {why}"),
            Heard::Ended(fault) => return Err(fault.into()),
        }
        Ok(())
    }

    /// Opens the record of a server, or follows how it has changed.
    async fn meet(&mut self, server: Server) {
        if let Some(partnered) = self.partnerships.get(&server.id) {
            if let Err(fault) = partnered.served.link(&server).await {
                error!(server.id = server.id.0, "Could not follow the server: {fault:#}");
            }
            return;
        }
        let (folder, founding) = (&self.settings.data, self.founding.as_ref());
        match Served::open(folder, &server, founding, self.house.clone()).await {
            Ok(Some(opened)) => {
                let partnered = Partnered { served: Arc::new(opened), next: None };
                self.partnerships.insert(server.id, partnered);
                self.keep_time_of(server.id).await;
                self.look_ahead();
            }
            Ok(None) => warn!(
                server.id = server.id.0,
                "{} has no record yet; start with --partnership FILE to set it up", server.name
            ),
            Err(fault) => error!(server.id = server.id.0, "Could not open the record: {fault:#}"),
        }
        self.tasks.spawn(declare(self.house.discord.clone(), server.id));
    }

    /// Answers in a task of its own: nobody waits for anybody else's answer.
    fn answer(&mut self, request: Request, reply: Reply) {
        let named = request.place.server.or(request.place.about);
        let served = match named {
            Some(server) => self.partnerships.get(&server),
            // A direct message names no server; where we serve only one, it is that.
            None if self.partnerships.len() == 1 => self.partnerships.values().next(),
            None => None,
        };
        let writes = request.ask.writes();
        let Some(served) = served.map(|partnered| Arc::clone(&partnered.served)) else {
            let card = match named {
                Some(_) => notice::not_set_up(),
                None => notice::which_partnership(),
            };
            self.tasks.spawn(async move { log_unsaid(reply.answer(Answer::Private(card)).await) });
            return;
        };
        let (stirring, outlook) = (self.stirred.0.clone(), self.outlook.clone());
        self.tasks.spawn(async move {
            // What answering needs is as much as the largest asking does; it is kept off the stack.
            let answer = Box::pin(async {
                let answer = served.answer(request).await;
                if writes {
                    // Before anybody reads the answer, so that they find it taken into account.
                    outlook.inspect(unsettle);
                    // Nobody listens any more once we are asked to end.
                    let _ = stirring.send(served.server());
                }
                answer
            });
            log_unsaid(reply.answer_with(answer).await);
        });
    }

    /// Keeps what has fallen due, everywhere.
    async fn keep_time(&mut self) {
        let now = self.house.clock.now();
        let due: Vec<ServerId> = self
            .partnerships
            .iter()
            .filter(|(_, partnered)| partnered.next.as_ref().is_none_or(|next| next.at <= now))
            .map(|(server, _)| *server)
            .collect();
        for server in due {
            self.keep_time_of(server).await;
        }
        self.look_ahead();
    }

    async fn keep_time_of(&mut self, server: ServerId) {
        let Some(partnered) = self.partnerships.get_mut(&server) else { return };
        match partnered.served.keep_time().await {
            Ok(next) => partnered.next = next,
            // What was due stays due, and is tried again within a minute.
            Err(fault) => error!(server.id = server.0, "Could not keep time: {fault:#}"),
        }
    }

    fn next_due(&self) -> Option<DateTime<Utc>> {
        let next = self.partnerships.values().filter_map(|partnered| partnered.next.as_ref());
        next.map(|next| next.at).min()
    }

    /// Tells whoever wants to know what is done and what comes next, once nothing is owed.
    fn look_ahead(&mut self) {
        let Some(outlook) = self.outlook.clone() else { return };
        let settled_at = self.house.clock.now();
        let next = self.partnerships.values().filter_map(|partnered| partnered.next.as_ref());
        let next = next.min_by_key(|next| next.at);
        let next = next.map(|next| (next.at, next.what.clone()));
        let quiet: Vec<_> =
            self.partnerships.values().map(|partnered| partnered.served.quiet()).collect();
        self.tasks.spawn(async move {
            for quiet in quiet {
                quiet.await;
            }
            outlook.send_if_modified(|outlook| {
                let newer = settled_at >= outlook.settled_at;
                if newer {
                    *outlook = Outlook { settled_at, next };
                }
                newer
            });
        });
    }

    async fn close(mut self) {
        let finish = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(FINISH_WITHIN, finish).await.is_err() {
            warn!("Some answers were still under way at the end");
            self.tasks.abort_all();
        }
        self.house.discord.close().await;
        for partnered in self.partnerships.values() {
            partnered.served.close().await;
        }
    }
}

/// Says that not everything due is done and said.
fn unsettle(outlook: &watch::Sender<Outlook>) {
    outlook.send_modify(|outlook| outlook.settled_at -= TimeDelta::milliseconds(1));
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
