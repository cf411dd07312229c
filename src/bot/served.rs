//! One partnership at work: its record, its courier, and what falls due next.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

use anyhow::Context;
use chrono::DateTime;
use chrono::Utc;
use tokio::sync::Notify;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tracing::error;
use tracing::info;
use tracing::warn;

use crate::body::RoleId;
use crate::body::ServerId;
use crate::body::UserId;
use crate::bot::Clock;
use crate::bot::courier::Courier;
use crate::bot::courier::bell::Bell;
use crate::bot::step::Step;
use crate::bot::step::Steps;
use crate::desk::Desk;
use crate::desk::Due;
use crate::desk::Failure;
use crate::desk::Looked;
use crate::discord::Discord;
use crate::discord::Server;
use crate::partnership::Founding;
use crate::partnership::Partnership;
use crate::post::Unsaid;
use crate::request::Ask;
use crate::request::FILE_BYTES_MAX;
use crate::request::File;
use crate::request::Request;
use crate::routine::Routine;
use crate::schedule::Tick;
use crate::store::Store;
use crate::view;
use crate::view::Answer;
use crate::view::notice;

/// What a partnership needs from the house to be served.
#[derive(Clone, Debug)]
pub(super) struct House {
    pub(super) desk: Arc<Desk>,
    pub(super) discord: Discord,
    pub(super) clock: Clock,
    pub(super) steps: Steps,
    /// How many posts may have their files in hand at a time.
    pub(super) hands: Arc<Semaphore>,
}

/// One partnership at work.
#[derive(Debug)]
pub(super) struct Served {
    server: ServerId,
    store: Store,
    desk: Arc<Desk>,
    discord: Discord,
    clock: Clock,
    steps: Steps,
    /// With which roles people were last seen since the start.
    seen: Mutex<BTreeMap<UserId, Vec<RoleId>>>,
    /// Held while a request about a file is answered, so that memory stays bounded.
    reading: Semaphore,
    bell: Bell,
    courier: JoinHandle<()>,
}

/// So many files of a partnership are held at the same time; whoever comes later waits.
const FILES_AT_ONCE: usize = 2;

impl Served {
    /// Opens a server's record; a server that has none gets one, if there is something to begin
    /// with. None where there is not. `stirred` is raised when what falls due next may have changed.
    pub(super) async fn open(
        folder: &Path,
        server: &Server,
        founding: Option<&Founding>,
        house: House,
        stirred: Arc<Notify>,
    ) -> anyhow::Result<Option<Self>> {
        let path = folder.join(format!("{}.db", server.id.0));
        if founding.is_none() && !path.exists() {
            return Ok(None);
        }
        std::fs::create_dir_all(folder)
            .with_context(|| format!("make the data folder {}", folder.display()))?;
        let store = Store::open(&path).await?;
        if !store.is_founded().await? {
            let Some(founding) = founding else { return Ok(None) };
            store.found(founding, server.id, house.clock.now()).await?;
            info!(server.id = server.id.0, "Began the record of {}", founding.partnership.name);
            for doubt in &founding.doubts {
                warn!(
                    server.id = server.id.0,
                    "The plan as printed leaves something open: {doubt}"
                );
            }
        }
        let House { desk, discord, clock, steps, hands } = house;
        let mut tx = store.begin(clock.now()).await?;
        desk.take_up_events(&mut tx).await?;
        tx.commit().await.context("owe the calendar again what was given up")?;
        let courier = Courier {
            server: server.id,
            store: store.clone(),
            desk: Arc::clone(&desk),
            discord: discord.clone(),
            clock: clock.clone(),
            steps: steps.clone(),
            hands,
            stirred,
        };
        let (bell, courier) = courier.start();
        let reading = Semaphore::new(FILES_AT_ONCE);
        let seen = Mutex::default();
        let server_id = server.id;
        let opened = Self {
            server: server_id,
            store,
            desk,
            discord,
            clock,
            steps,
            seen,
            reading,
            bell,
            courier,
        };
        opened.link(server).await?;
        Ok(Some(opened))
    }

    /// Finds the channels and roles of the bodies by their names in the server.
    pub(super) async fn link(&self, server: &Server) -> anyhow::Result<()> {
        let mut tx = self.store.begin(self.clock.now()).await?;
        let missing = tx.link(&server.roles, &server.channels).await?;
        tx.commit().await.context("link the channels and roles")?;
        if !missing.is_empty() {
            let missing = missing.join(", ");
            warn!(server.id = server.id.0, "This server lacks {missing}: make them, named so");
        }
        Ok(())
    }

    /// Answers a request. What people can mend is told to them; what is ours is logged once, under a
    /// number that they are told.
    pub(super) async fn answer(&self, mut request: Request) -> Answer {
        match self.answered(&mut request).await {
            Ok(answer) => answer,
            Err(Trouble::Refused(sentence)) => refused(&request.ask, &sentence),
            Err(Trouble::Broken(fault)) => {
                let reference = format!("{:06}", rand::random_range(0..1_000_000));
                error!(fault.reference = reference, "Could not answer: {fault:#}");
                let written = request.ask.written().unwrap_or_default();
                Answer::Private(notice::giving_back(notice::fault(&reference), &written))
            }
        }
    }

    async fn answered(&self, request: &mut Request) -> Result<Answer, Trouble> {
        self.see_roles(request).await;
        self.sight(request).await?;
        let answer = self.put_to_desk(request).await?;
        // What is read outside of the server comes back without a word of the server.
        Ok(if request.place.server.is_none() { answer.within(self.server) } else { answer })
    }

    /// Asks the chat for the roles of somebody who speaks in a direct message. Where it does not tell,
    /// they stay unseen.
    async fn see_roles(&self, request: &mut Request) {
        if request.by.roles_seen || request.ask.completes() {
            return;
        }
        match self.discord.member(self.server, request.by.user).await {
            Ok(member) => {
                request.by.roles = member.roles;
                request.by.roles_seen = true;
                request.by.name = member.name.unwrap_or_else(|| request.by.name.clone());
            }
            Err(Unsaid::Again { why, .. } | Unsaid::Closed { why } | Unsaid::Never { why }) => {
                warn!("{why}");
            }
        }
    }

    /// Remembers which bodies somebody holds through their roles: the chat tells no other way whom to
    /// ask about their actions. Written down only when it is news.
    async fn sight(&self, request: &Request) -> Result<(), Trouble> {
        let by = &request.by;
        if !by.roles_seen || request.ask.completes() {
            return Ok(());
        }
        let known = |seen: &BTreeMap<UserId, Vec<RoleId>>| seen.get(&by.user) == Some(&by.roles);
        if known(&self.lock_seen()) {
            return Ok(());
        }
        let mut tx = self.store.begin(self.clock.now()).await?;
        self.desk.sight(&mut tx, by).await?;
        tx.commit().await?;
        self.lock_seen().insert(by.user, by.roles.clone());
        Ok(())
    }

    fn lock_seen(&self) -> MutexGuard<'_, BTreeMap<UserId, Vec<RoleId>>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn put_to_desk(&self, request: &mut Request) -> Result<Answer, Trouble> {
        // Kept to the end, so that not too many files are held at a time. Nothing ever closes it,
        // and without a turn the file is read all the same.
        let mut _turn = None;
        let mut understood = None;
        if request.ask.is_about_a_file() {
            self.desk.admit(&mut self.store.read(self.clock.now()).await?, request).await?;
            _turn = self.reading.acquire().await.ok();
            self.fetch(request).await?;
            // Beside those who write: a large file takes a moment.
            let mut tx = self.store.read(self.clock.now()).await?;
            understood = self.desk.read_ahead(&mut tx, request).await?;
        }
        let now = self.clock.now();
        if request.ask.steers() {
            // What has fallen due already goes by what held until now: the very moment from which on
            // time is counted anew, so that nothing falls between.
            self.keep_time(now, None).await?;
        }
        if !request.ask.writes() {
            let mut tx = self.store.read(now).await?;
            return Ok(self.desk.answer(&mut tx, request, understood).await?);
        }
        let mut tx = self.store.begin(now).await?;
        let answer = self.desk.answer(&mut tx, request, understood).await?;
        if request.ask.steers() {
            // And what would have been due before goes by what is set now: it is not made up for.
            tx.save_ticked_to(now).await?;
        }
        tx.commit().await?;
        self.bell.ring();
        Ok(answer)
    }

    /// Fetches the file that came with a request, if one did.
    async fn fetch(&self, request: &mut Request) -> Result<(), Trouble> {
        if let Some(attached) = request.ask.attached() {
            let fetched = self.discord.fetch(attached, FILE_BYTES_MAX).await;
            let bytes = fetched.map_err(|refusal| Trouble::Refused(refusal.to_string()))?;
            request.file = Some(File { name: attached.name.clone(), bytes });
        }
        Ok(())
    }

    /// Keeps what has fallen due since it last did and until now, and says what falls due next. The turn
    /// to do hard work is given back while the chat is waited for.
    pub(super) async fn keep_time(
        &self,
        now: DateTime<Utc>,
        mut turn: Option<OwnedSemaphorePermit>,
    ) -> anyhow::Result<Option<Next>> {
        let mut tx = self.store.read(now).await?;
        let partnership = tx.partnership().await?.context("the record holds no partnership")?;
        let since = tx.ticked_to().await?.unwrap_or(now);
        drop(tx);
        let clockwork = self.desk.clockwork(&partnership);
        let due = clockwork.ticks(since, now);
        for tick in &due {
            self.keep(tick, &partnership, now, &mut turn)
                .await
                .with_context(|| format!("keep {}", tick.key()))?;
        }
        if let Some(last) = due.last() {
            // Only now: what fell due before a power cut is kept again, and was there already.
            let mut tx = self.store.begin(now).await?;
            tx.save_ticked_to(now).await?;
            tx.commit().await.context("record how far time has come")?;
            self.steps.take(Step::Ticked, &last.key()).await;
        }
        self.keep_calendar(now).await?;
        // Also for what was written before and has fallen due now.
        self.bell.ring();
        let tick = clockwork.next(now.max(since)).map(|tick| {
            let body = partnership.bodies.with(tick.recipient());
            let what = body.map(|body| notice::next(&tick, body)).unwrap_or_default();
            Next { at: tick.due_at, what }
        });
        // What waits until people are at work again.
        let post = self.store.read(now).await?.next_post_due().await?;
        let post = post.map(|at| Next { at, what: notice::next_post().to_owned() });
        let event = self.desk.next_event(&partnership, now);
        let event = event.map(|at| Next { at, what: view::meeting::event::next().to_owned() });
        Ok([tick, post, event].into_iter().flatten().min_by_key(|next| next.at))
    }

    /// Owes the server's calendar what it is to show from now on. That seldom changes, and until it does
    /// nobody who writes waits for this.
    async fn keep_calendar(&self, now: DateTime<Utc>) -> anyhow::Result<()> {
        if self.desk.event_changes(&mut self.store.read(now).await?).await?.is_empty() {
            return Ok(());
        }
        let mut tx = self.store.begin(now).await?;
        self.desk.keep_events(&mut tx).await?;
        tx.commit().await.context("record what the calendar is to show")
    }

    /// Makes what a tick owes beside those who write, then writes it down.
    async fn keep(
        &self,
        tick: &Tick,
        partnership: &Partnership,
        now: DateTime<Utc>,
        turn: &mut Option<OwnedSemaphorePermit>,
    ) -> anyhow::Result<()> {
        let key = tick.key();
        self.steps.take(Step::Due, &key).await;
        let due = if tick.routine == Routine::SelfCheck && tick.is_useful(now) {
            let turns = turn.take().map(|turn| Arc::clone(turn.semaphore()));
            let due = self.look(partnership, tick).await;
            if let Some(turns) = turns {
                *turn = turns.acquire_owned().await.ok();
            }
            due
        } else {
            let mut tx = self.store.read(now).await?;
            self.desk.prepare(&mut tx, partnership, tick).await?
        };
        self.steps.take(Step::Made, &key).await;
        let mut tx = self.store.begin(now).await?;
        let kept = self.desk.keep(&mut tx, partnership, tick, &due).await?;
        self.steps.take(Step::Entered, &key).await;
        tx.commit().await.context("record what fell due")?;
        self.steps.take(Step::Owed, &key).await;
        info!(tick.key = key, "Kept what fell due: {kept:?}");
        Ok(())
    }

    /// Looks whether everything can be said where it is to be said. Where the chat does not tell, what
    /// is said later will show.
    async fn look(&self, partnership: &Partnership, tick: &Tick) -> Due {
        let (channels, roles) = self.desk.looks_at(partnership);
        let looked = async {
            let (lacking, silent) = self.discord.looked(self.server, &channels, &roles).await?;
            Ok(Looked { lacking, silent })
        };
        match looked.await {
            Ok(looked) => self.desk.checked(partnership, tick, &looked),
            Err(Unsaid::Again { why, .. } | Unsaid::Closed { why } | Unsaid::Never { why }) => {
                warn!(tick.key = tick.key(), "Could not look at channels and permissions: {why}");
                Due::Nothing
            }
        }
    }

    /// Waits until nothing is owed.
    pub(super) fn quiet(&self) -> impl Future<Output = ()> + use<> {
        self.bell.clone().quiet()
    }

    /// Stops the courier and closes the record.
    pub(super) async fn close(&self) {
        self.courier.abort();
        self.store.close().await;
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.courier.abort();
    }
}

/// Why a request has no answer of its own.
enum Trouble {
    /// People can mend it: the sentence they are told.
    Refused(String),
    /// It is ours to mend.
    Broken(anyhow::Error),
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => Self::Refused(refusal.to_string()),
            Failure::Broken(fault) => Self::Broken(fault),
        }
    }
}

impl From<anyhow::Error> for Trouble {
    fn from(fault: anyhow::Error) -> Self {
        Self::Broken(fault)
    }
}

/// A refusal as the answer, with what was written at length given back.
fn refused(ask: &Ask, sentence: &str) -> Answer {
    match ask.written() {
        _ if ask.completes() => Answer::Choices(Vec::new()),
        Some(written) => Answer::Private(notice::refusal_with(sentence, &written)),
        None => Answer::Private(notice::refusal(sentence)),
    }
}

/// What falls due next for a partnership.
#[derive(Clone, Debug)]
pub(super) struct Next {
    /// When.
    pub(super) at: DateTime<Utc>,
    /// What, in a few words.
    pub(super) what: String,
}
