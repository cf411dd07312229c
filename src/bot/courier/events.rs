//! Takes what a partnership owes the chat's own calendar there.
//!
//! Nothing keeps the chat from taking the same event twice. So it is written down before one is added,
//! and one that was begun before is looked for first.

use anyhow::Context;
use tokio::time::Instant;
use tracing::error;
use tracing::info;
use tracing::warn;

use crate::bot::courier::Courier;
use crate::bot::courier::FAULT_WAIT;
use crate::bot::courier::Wait;
use crate::bot::courier::bell::Bell;
use crate::bot::courier::bell::Ear;
use crate::bot::courier::bell::Round;
use crate::bot::step::Step;
use crate::post::Event;
use crate::post::EventReceipt;
use crate::post::Unsaid;
use crate::post::event::Owed;

/// Where an event was left: as it stands there, or taken away.
type Left = Option<(Event, EventReceipt)>;

impl Courier {
    /// Carries events for as long as there may be any.
    pub(super) async fn carry_events(&self, mut ear: Ear, bell: &Bell) {
        let mut wait: Option<Wait> = None;
        loop {
            let count = ear.listen();
            let round = self.event_round(&mut wait, bell).await.unwrap_or_else(|error| {
                error!("Could not work through the calendar, will try again: {error:#}");
                Round::Wait(Instant::now() + FAULT_WAIT)
            });
            if ear.rest(count, round).await.is_err() {
                return;
            }
        }
    }

    /// Tries each event owed once, until one has to wait: then all do, for it is one calendar.
    async fn event_round(&self, wait: &mut Option<Wait>, bell: &Bell) -> anyhow::Result<Round> {
        let owed = self.store.read(self.clock.now()).await?.events_owed().await?;
        if owed.is_empty() {
            return Ok(Round::Clear { later: false });
        }
        if let Some(wait) = wait.as_ref().filter(|wait| wait.until > Instant::now()) {
            return Ok(Round::Wait(wait.until));
        }
        for owed in &owed {
            let key = owed.key.words();
            self.steps.take(Step::Taken, &key).await;
            let placed = self.place(owed).await?;
            let step = if placed.is_ok() { Step::Accepted } else { Step::Unsaid };
            self.steps.take(step, &key).await;
            let mut tx = self.store.begin(self.clock.now()).await?;
            let (mut again, mut refused) = (None, false);
            match placed {
                Ok(Some((event, receipt))) => {
                    tx.save_event_made(owed.key, &event, receipt).await?;
                    info!(event.key = key, "Stands in the server's calendar");
                }
                Ok(None) => {
                    tx.save_event_removed(owed.key).await?;
                    info!(event.key = key, "Taken out of the server's calendar");
                }
                Err(Unsaid::Again { why, after }) => {
                    warn!(event.key = key, "The calendar has to wait, will try again: {why}");
                    tx.save_event_waits(owed.key, &why).await?;
                    again = Some(after);
                }
                Err(Unsaid::Closed { why } | Unsaid::Never { why }) => {
                    error!(event.key = key, "Gave up on the calendar: {why}");
                    self.desk.event_refused(&mut tx, owed, &why).await?;
                    refused = true;
                }
            }
            tx.commit().await.context("record what became of an event")?;
            self.steps.take(Step::Settled, &key).await;
            if let Some(after) = again {
                return Ok(Round::Wait(wait.get_or_insert_with(Wait::new).longer(after)));
            }
            *wait = None;
            if refused {
                // CP Support is owed a word of it.
                bell.ring();
            }
        }
        // Something else may have come to be wanted of them meanwhile.
        Ok(Round::More)
    }

    /// Makes the calendar show of a meeting what is wanted.
    async fn place(&self, owed: &Owed) -> anyhow::Result<Result<Left, Unsaid>> {
        if let (None, Some(tried)) = (owed.receipt, &owed.tried) {
            let found = self.discord.find_event(self.server, tried).await;
            self.steps.take(Step::Sought, &owed.key.words()).await;
            match found {
                // Written down before it is made to read otherwise, for it is found by how it reads.
                Ok(Some(receipt)) => return Ok(Ok(Some((tried.clone(), receipt)))),
                Ok(None) => {}
                Err(unsaid) => return Ok(Err(unsaid)),
            }
        }
        match (&owed.wanted, owed.receipt) {
            // Also where it read so when last known of: a change since may have been made unconfirmed.
            (Some(wanted), Some(receipt)) => {
                match self.discord.change_event(self.server, receipt, wanted).await {
                    Ok(()) => Ok(Ok(Some((wanted.clone(), receipt)))),
                    Err(Unsaid::Never { why }) => self.replace(owed, wanted, why).await,
                    Err(unsaid) => Ok(Err(unsaid)),
                }
            }
            (Some(wanted), None) => self.add(owed, wanted).await,
            (None, Some(receipt)) => {
                Ok(self.discord.remove_event(self.server, receipt).await.map(|()| None))
            }
            (None, None) => Ok(Ok(None)),
        }
    }

    async fn add(&self, owed: &Owed, wanted: &Event) -> anyhow::Result<Result<Left, Unsaid>> {
        let mut tx = self.store.begin(self.clock.now()).await?;
        tx.save_event_trying(owed.key, wanted).await?;
        tx.commit().await.context("record that an event is being added")?;
        self.steps.take(Step::Marked, &owed.key.words()).await;
        let added = self.discord.add_event(self.server, wanted).await;
        Ok(added.map(|receipt| Some((wanted.clone(), receipt))))
    }

    /// Adds what could not be changed because somebody took it away.
    async fn replace(
        &self,
        owed: &Owed,
        wanted: &Event,
        why: String,
    ) -> anyhow::Result<Result<Left, Unsaid>> {
        let Some(tried) = &owed.tried else { return Ok(Err(Unsaid::Never { why })) };
        match self.discord.find_event(self.server, tried).await {
            Ok(None) => self.add(owed, wanted).await,
            Ok(Some(_)) => Ok(Err(Unsaid::Never { why })),
            Err(unsaid) => Ok(Err(unsaid)),
        }
    }
}
