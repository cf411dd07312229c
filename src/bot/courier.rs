//! Takes what a partnership owes the chat there: sending until confirmed, in order, one at a time.
//!
//! Two systems share no transaction. So a post is marked before it is sent; one that was marked
//! before is looked for in its channel first, and sent with the same nonce, so that it is neither
//! lost nor said twice.

pub(super) mod bell;
mod events;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use backon::BackoffBuilder;
use backon::ExponentialBackoff;
use backon::ExponentialBuilder;
use tokio::sync::Notify;
use tokio::sync::Semaphore;
use tokio::sync::SemaphorePermit;
use tokio::time::Instant;
use tracing::error;
use tracing::info;
use tracing::warn;

use crate::body::ServerId;
use crate::bot::Clock;
use crate::bot::courier::bell::Bell;
use crate::bot::courier::bell::Ear;
use crate::bot::courier::bell::Round;
use crate::bot::step::Step;
use crate::bot::step::Steps;
use crate::desk::Desk;
use crate::discord::Discord;
use crate::post::Edit;
use crate::post::Ending;
use crate::post::Post;
use crate::post::Receipt;
use crate::post::State;
use crate::post::Unsaid;
use crate::post::Whither;
use crate::store::Store;

/// How many posts are read at a time.
const ROUND_MAX: u32 = 50;

/// Before the first further try; each wait after is twice as long.
const WAIT_MIN: Duration = Duration::from_millis(500);

/// Before the next try after a fault of our own, such as a full disk.
const FAULT_WAIT: Duration = Duration::from_secs(5);

/// Before any further try.
const WAIT_MAX: Duration = Duration::from_mins(5);

/// One partnership's courier.
#[derive(Debug)]
pub(super) struct Courier {
    pub(super) server: ServerId,
    pub(super) store: Store,
    pub(super) desk: Arc<Desk>,
    pub(super) discord: Discord,
    pub(super) clock: Clock,
    pub(super) steps: Steps,
    /// Held while the files of a post are in hand.
    pub(super) hands: Arc<Semaphore>,
    /// Raised when something is put off, for that falls due anew.
    pub(super) stirred: Arc<Notify>,
}

impl Courier {
    /// Sets it to work; it begins with what is owed from before. What is owed to the calendar goes its
    /// own way, so that trouble there holds up no post.
    pub(super) fn start(self) -> (Bell, tokio::task::JoinHandle<()>) {
        let (bell, posts, events) = bell::new();
        let ringer = bell.clone();
        let work = tokio::spawn(async move {
            tokio::join!(self.carry_posts(posts), self.carry_events(events, &ringer));
        });
        (bell, work)
    }

    async fn carry_posts(&self, mut ear: Ear) {
        let mut waiting = Waiting::new();
        loop {
            let count = ear.listen();
            let round = self.round(&mut waiting).await.unwrap_or_else(|error| {
                error!("Could not work through the outbox, will try again: {error:#}");
                Round::Wait(Instant::now() + FAULT_WAIT)
            });
            if ear.rest(count, round).await.is_err() {
                return;
            }
        }
    }

    /// Tries each post owed once. After one that has to wait, later ones for the same channel wait
    /// too, so that a channel reads in order; other channels do not.
    async fn round(&self, waiting: &mut Waiting) -> anyhow::Result<Round> {
        let mut tx = self.store.read(self.clock.now()).await?;
        let owed = tx.posts_owed(ROUND_MAX).await?;
        let mut later = tx.next_post_due().await?.is_some();
        drop(tx);
        let full = owed.len() == ROUND_MAX as usize;
        let mut more = false;
        let mut until: Option<Instant> = None;
        for post in owed {
            let to = post.to;
            let held = match held(waiting, to) {
                Some(held) => Some(held),
                None => match self.deliver(post).await? {
                    Delivered::Sent => {
                        waiting.remove(&to);
                        more |= full;
                        None
                    }
                    Delivered::GivenUp => {
                        // Somebody is owed a word of it now.
                        more = true;
                        None
                    }
                    Delivered::Withdrawn => {
                        more |= full;
                        None
                    }
                    Delivered::PutOff => {
                        more |= full;
                        later = true;
                        None
                    }
                    Delivered::Again(after) => {
                        Some(waiting.entry(to).or_insert_with(Wait::new).longer(after))
                    }
                },
            };
            until = until.into_iter().chain(held).min();
        }
        let (more_edits, edits_until) = self.edit_round(waiting).await?;
        more |= more_edits;
        until = until.into_iter().chain(edits_until).min();
        Ok(match until {
            _ if more => Round::More,
            Some(until) => Round::Wait(until),
            None => Round::Clear { later },
        })
    }

    /// The same for the edits of posts that were sent. Says whether there may be more, and until when
    /// those that failed have to wait.
    async fn edit_round(&self, waiting: &mut Waiting) -> anyhow::Result<(bool, Option<Instant>)> {
        let mut tx = self.store.read(self.clock.now()).await?;
        let owed = tx.edits_owed(ROUND_MAX).await?;
        drop(tx);
        let full = owed.len() == ROUND_MAX as usize;
        let mut more = false;
        let mut until: Option<Instant> = None;
        for edit in owed {
            let held = match held(waiting, Whither::Channel(edit.channel)) {
                Some(held) => Some(held),
                None => match self.amend(&edit).await? {
                    Delivered::Again(after) => Some(
                        waiting
                            .entry(Whither::Channel(edit.channel))
                            .or_insert_with(Wait::new)
                            .longer(after),
                    ),
                    Delivered::Sent
                    | Delivered::GivenUp
                    | Delivered::Withdrawn
                    | Delivered::PutOff => {
                        waiting.remove(&Whither::Channel(edit.channel));
                        more |= full;
                        None
                    }
                },
            };
            until = until.into_iter().chain(held).min();
        }
        Ok((more, until))
    }

    /// Makes an edit. One that was made before a power cut is made again, which changes nothing.
    async fn amend(&self, edit: &Edit) -> anyhow::Result<Delivered> {
        self.steps.take(Step::Amending, &edit.key).await;
        let amended = self.discord.amend(edit.channel, edit.receipt, &edit.card).await;
        self.steps.take(Step::Amended, &edit.key).await;
        let mut tx = self.store.begin(self.clock.now()).await?;
        let became = match amended {
            Ok(()) => {
                tx.save_made(edit.id).await?;
                info!(post.key = edit.key, "Corrected a post");
                Delivered::Sent
            }
            Err(Unsaid::Again { why, after }) => {
                warn!(post.key = edit.key, "Could not correct a post yet, will try again: {why}");
                tx.save_edit_waits(edit.id, &why).await?;
                Delivered::Again(after)
            }
            // The record has what was taken back, whatever became of the line: nobody needs to act.
            Err(Unsaid::Closed { why } | Unsaid::Never { why }) => {
                warn!(post.key = edit.key, "Gave up correcting a post: {why}");
                tx.save_edit_given_up(edit.id, &why).await?;
                Delivered::GivenUp
            }
        };
        tx.commit().await.context("record what became of an edit")?;
        self.steps.take(Step::Corrected, &edit.key).await;
        Ok(became)
    }

    async fn deliver(&self, mut post: Post) -> anyhow::Result<Delivered> {
        let _hand = self.take_up(&mut post).await?;
        let post = &post;
        self.steps.take(Step::Taken, &post.key).await;
        // First of all: one that stands there is sent, though by now it would come too late, or at
        // an hour at which nobody is to be disturbed.
        let said = match self.sought(post).await? {
            Ok(Some(receipt)) => Ok(receipt),
            Ok(None) if post.useful_until.is_some_and(|until| until <= self.clock.now()) => {
                warn!(post.key, "A post came to be no use any more before it could be sent");
                let why = "It could not be sent while it was of use";
                self.end(post, Ending::Missed, why).await?;
                self.steps.take(Step::Settled, &post.key).await;
                return Ok(Delivered::GivenUp);
            }
            Ok(None) if post.rings() && self.put_off(post).await? => {
                self.steps.take(Step::PutOff, &post.key).await;
                return Ok(Delivered::PutOff);
            }
            Ok(None) if !self.is_marked(post).await? => {
                info!(post.key, "Was withdrawn before it could be sent");
                return Ok(Delivered::Withdrawn);
            }
            Ok(None) => self.discord.say(post).await,
            Err(unsaid) => Err(unsaid),
        };
        let step = if said.is_ok() { Step::Accepted } else { Step::Unsaid };
        self.steps.take(step, &post.key).await;
        let became = self.settle(post, said).await?;
        self.steps.take(Step::Settled, &post.key).await;
        Ok(became)
    }

    /// Takes up the files of a post, if any go with it, once a hand is free for them.
    async fn take_up(&self, post: &mut Post) -> anyhow::Result<Option<SemaphorePermit<'_>>> {
        if !post.has_files {
            return Ok(None);
        }
        let hand = self.hands.acquire().await.context("have a hand free for files")?;
        let mut tx = self.store.read(self.clock.now()).await?;
        post.card.files = tx.files_of_post(post.id).await?;
        Ok(Some(hand))
    }

    /// Looks where a post is to be said whether it stands there, if it was being sent before.
    async fn sought(&self, post: &Post) -> anyhow::Result<Result<Option<Receipt>, Unsaid>> {
        if post.state == State::Waiting {
            return Ok(Ok(None));
        }
        let others = self.store.read(self.clock.now()).await?.receipts_near(post).await?;
        let sought = self.discord.find(post, &others).await;
        self.steps.take(Step::Sought, &post.key).await;
        Ok(sought)
    }

    /// Writes down that a post is being sent. False, if it was withdrawn since it was taken up.
    async fn is_marked(&self, post: &Post) -> anyhow::Result<bool> {
        if post.state != State::Waiting {
            return Ok(true);
        }
        let mut tx = self.store.begin(self.clock.now()).await?;
        if !tx.is_owed(post.id).await? {
            return Ok(false);
        }
        tx.save_sending(post.id).await?;
        tx.commit().await.context("record that a post is being sent")?;
        self.steps.take(Step::Marked, &post.key).await;
        Ok(true)
    }

    /// Writes down what became of a post.
    async fn settle(
        &self,
        post: &Post,
        said: Result<Receipt, Unsaid>,
    ) -> anyhow::Result<Delivered> {
        match said {
            Ok(receipt) => {
                let mut tx = self.store.begin(self.clock.now()).await?;
                tx.save_sent(post.id, receipt).await?;
                tx.commit().await.context("record that a post is sent")?;
                info!(post.key, "Posted");
                Ok(Delivered::Sent)
            }
            Err(Unsaid::Again { why, after }) => {
                warn!(post.key, "Could not post yet, will try again: {why}");
                let mut tx = self.store.begin(self.clock.now()).await?;
                tx.save_waiting_again(post.id, &why).await?;
                tx.commit().await.context("record that a post waits")?;
                Ok(Delivered::Again(after))
            }
            Err(Unsaid::Closed { why }) => {
                info!(post.key, "Somebody takes no messages from us: {why}");
                let mut tx = self.store.begin(self.clock.now()).await?;
                self.desk.refused(&mut tx, post, &why).await?;
                tx.commit().await.context("record that a post was refused")?;
                Ok(Delivered::GivenUp)
            }
            Err(Unsaid::Never { why }) => {
                error!(post.key, "Gave up a post: {why}");
                self.end(post, Ending::GivenUp, &why).await?;
                Ok(Delivered::GivenUp)
            }
        }
    }

    /// Lets a post wait that would disturb somebody in the evening, at a weekend or on a holiday. False
    /// where people are at work.
    async fn put_off(&self, post: &Post) -> anyhow::Result<bool> {
        let now = self.clock.now();
        // Nearly always people are at work, and nobody who writes should wait for that to be seen.
        let partnership = self.store.read(now).await?.partnership().await?;
        let Some(partnership) = partnership else { return Ok(false) };
        let next = partnership.calendar.next_office_hour(now, self.desk.digest_time);
        if next <= now {
            return Ok(false);
        }
        let mut tx = self.store.begin(now).await?;
        if tx.is_owed(post.id).await? {
            tx.save_due(post.id, next).await?;
            tx.commit().await.context("record that a post has to wait")?;
            self.stirred.notify_one();
        }
        info!(post.key, "Waits until people are at work: {next}");
        Ok(true)
    }

    /// Ends a post that is never said, and tells CP Support.
    async fn end(&self, post: &Post, ending: Ending, why: &str) -> anyhow::Result<()> {
        let mut tx = self.store.begin(self.clock.now()).await?;
        self.desk.end(&mut tx, post, ending, why).await?;
        tx.commit().await.context("record that a post is given up")
    }
}

/// Until when a channel or a person has to wait, if they do.
fn held(waiting: &Waiting, to: Whither) -> Option<Instant> {
    let until = waiting.get(&to).map(|wait| wait.until);
    until.filter(|until| *until > Instant::now())
}

/// What became of a post, or of an edit of one.
enum Delivered {
    Sent,
    GivenUp,
    /// Nobody wants it said any more.
    Withdrawn,
    /// It waits until people are at work.
    PutOff,
    /// To be tried again; not before a while has passed, where the chat says so.
    Again(Option<Duration>),
}

/// The channels and people that have to wait.
type Waiting = BTreeMap<Whither, Wait>;

/// How long a channel has to wait: each time longer, and never shorter than the chat asks for.
struct Wait {
    until: Instant,
    longer: ExponentialBackoff,
}

impl Wait {
    fn new() -> Self {
        let longer = ExponentialBuilder::new()
            .with_min_delay(WAIT_MIN)
            .with_max_delay(WAIT_MAX)
            .without_max_times()
            .with_jitter()
            .build();
        Self { until: Instant::now(), longer }
    }

    fn longer(&mut self, asked: Option<Duration>) -> Instant {
        let wait = self.longer.next().unwrap_or(WAIT_MAX).max(asked.unwrap_or_default());
        self.until = Instant::now() + wait;
        self.until
    }
}
