//! What falls due: each routine is made into what it owes the chat, and kept once.

use chrono::DateTime;
use chrono::Utc;
use tracing::warn;

use super::Desk;
use super::chases::was_asked;
use super::digests::Readers;
use crate::action::ActionId;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::BodyKind;
use crate::body::PersonId;
use crate::chase::Occasion;
use crate::partnership::Partnership;
use crate::post::Called;
use crate::post::NewPost;
use crate::post::Whither;
use crate::routine::Routine;
use crate::schedule::Clockwork;
use crate::schedule::Tick;
use crate::store::Issued;
use crate::store::NewChase;
use crate::store::Tx;
use crate::view::Card;
use crate::view::notice;

/// What became of a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// What was to be said is in the outbox.
    Owed,
    /// It was there before.
    Already,
    /// It came too late to be of use; CP Support is told where that matters.
    Missed,
    /// There is no channel to say it in; CP Support is told.
    Nowhere,
    /// There was nothing to say.
    Nothing,
}

/// What a tick owes the chat.
#[derive(Clone, Debug)]
pub enum Due {
    /// A digest, and who reads it.
    Digest(Box<Issued>, Readers),
    /// Posts, some of which ask people for updates.
    Posts(Vec<Owed>),
    /// A word to CP Support that it came too late.
    Missed(Card),
    /// A word to CP Support that there is no channel for it.
    Nowhere(Card),
    /// A digest of that meeting was issued before.
    Already,
    /// Nothing.
    Nothing,
}

/// Something to say, made ahead and not yet written down.
#[derive(Clone, Debug)]
pub struct Owed {
    /// What makes it the same however often it is made.
    pub key: String,
    /// Where to say it.
    pub to: Whither,
    /// Whom it calls.
    pub calls: Option<Called>,
    /// The key of the post that it follows on.
    pub follows: Option<String>,
    /// What to say.
    pub card: Card,
    /// When.
    pub due_at: DateTime<Utc>,
    /// From when on it is no use any more.
    pub useful_until: Option<DateTime<Utc>>,
    /// Whom it asks for updates about what, if it does.
    pub asks: Option<Asks>,
}

/// Whom a post asks for updates, and about what.
#[derive(Clone, Debug)]
pub struct Asks {
    /// On which occasion.
    pub occasion: Occasion,
    /// Who; none for a channel.
    pub person: Option<PersonId>,
    /// The lead.
    pub lead: BodyId,
    /// Who gives the nudge.
    pub by: Option<PersonId>,
    /// About what.
    pub actions: Vec<ActionId>,
}

impl Owed {
    /// As the outbox takes it.
    pub(super) fn post(&self) -> NewPost<'_> {
        NewPost {
            key: &self.key,
            to: self.to,
            calls: self.calls,
            follows: self.follows.as_deref(),
            card: &self.card,
            due_at: self.due_at,
            useful_until: self.useful_until,
        }
    }
}

impl Desk {
    /// When what falls due in a partnership.
    pub fn clockwork<'a>(&self, partnership: &'a Partnership) -> Clockwork<'a> {
        Clockwork::of(partnership, self.digest_time)
    }

    /// Makes what a tick owes the chat, seen from the transaction's now. Nothing is written: composing
    /// and drawing take their time, and nobody who writes should wait for that.
    pub async fn prepare(
        &self,
        tx: &mut Tx,
        partnership: &Partnership,
        tick: &Tick,
    ) -> anyhow::Result<Due> {
        let Some(body) = partnership.bodies.with(tick.recipient()) else { return Ok(Due::Nothing) };
        if !tick.is_useful(tx.now()) {
            return self.prepare_missed(tx, tick, body).await;
        }
        match tick.routine {
            Routine::Digest => self.prepare_digest(tx, partnership, tick, body).await,
            Routine::FirstChase | Routine::SecondChase => {
                self.prepare_chases(tx, partnership, tick).await
            }
            Routine::Report => self.prepare_report(tx, partnership, tick, body).await,
            Routine::FollowUp => self.prepare_follow_up(tx, partnership, tick, body).await,
            Routine::Decisions => self.prepare_reminder(tx, partnership, tick, body).await,
            // It asks the chat, which only the bot can.
            Routine::SelfCheck => Ok(Due::Nothing),
        }
    }

    /// A word to CP Support of what comes too late. What was kept in time is none of it, though a power
    /// cut came before that was written down.
    async fn prepare_missed(&self, tx: &mut Tx, tick: &Tick, body: &Body) -> anyhow::Result<Due> {
        let meeting = &tick.meeting;
        Ok(match tick.routine {
            Routine::Digest if tx.digest_for(body.id, meeting.first_on).await?.is_some() => {
                Due::Already
            }
            Routine::Digest => Due::Missed(notice::missed(meeting, body)),
            // After the meeting, nobody can do anything about it any more.
            routine if routine.is_chase() && tx.now() < meeting.at => {
                if was_asked(tx, tick).await? {
                    Due::Already
                } else {
                    Due::Missed(notice::chase_missed(tick, body))
                }
            }
            _ => Due::Nothing,
        })
    }

    /// Keeps a tick: what it owes the chat becomes rows of the outbox, once however often it is kept.
    pub async fn keep(
        &self,
        tx: &mut Tx,
        partnership: &Partnership,
        tick: &Tick,
        due: &Due,
    ) -> anyhow::Result<Kept> {
        match due {
            Due::Nothing => Ok(Kept::Nothing),
            Due::Already => Ok(Kept::Already),
            Due::Missed(card) => {
                self.tell_office(tx, partnership, &format!("missed/{}", tick.key()), card).await?;
                Ok(Kept::Missed)
            }
            Due::Nowhere(card) => {
                self.tell_office(tx, partnership, &format!("nowhere/{}", tick.key()), card).await?;
                Ok(Kept::Nowhere)
            }
            Due::Posts(posts) => {
                let mut kept = Kept::Already;
                for owed in posts {
                    if self.owe(tx, owed, tick).await? {
                        kept = Kept::Owed;
                    }
                }
                Ok(kept)
            }
            Due::Digest(issued, readers) => {
                self.keep_digest(tx, &tick.key(), issued, *readers).await
            }
        }
    }

    /// Writes a post into the outbox, and whom it asks. False where it was there before.
    async fn owe(&self, tx: &mut Tx, owed: &Owed, tick: &Tick) -> anyhow::Result<bool> {
        let Some(post) = tx.owe(&owed.post()).await? else { return Ok(false) };
        if let Some(asks) = &owed.asks {
            let chase = NewChase {
                occasion: asks.occasion,
                person: asks.person,
                lead: asks.lead,
                post,
                by: asks.by,
                meetings: tick.meetings().collect(),
                actions: asks.actions.clone(),
            };
            tx.add_chase(&chase).await?;
        }
        Ok(true)
    }

    /// Owes CP Support a word, once for each key; without a channel of theirs, there is nobody to
    /// tell, and the log has it.
    pub async fn tell_office(
        &self,
        tx: &mut Tx,
        partnership: &Partnership,
        key: &str,
        card: &Card,
    ) -> anyhow::Result<()> {
        let office = partnership.bodies.first_of(BodyKind::Office);
        if let Some(channel) = office.and_then(|office| office.channel) {
            tx.add_post(key, channel, card, tx.now()).await?;
        } else {
            warn!(post.key = key, "CP Support has no channel, so nobody was told");
        }
        Ok(())
    }
}
