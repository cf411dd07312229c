//! The sandbox's own time: it stands still until it is moved, and stops at each thing that happens.

use std::sync::Arc;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;
use serde_json::Value;
use serde_json::json;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::sandbox::limits;
use crate::sandbox::message::State;
use crate::sandbox::town::Town;
use crate::sandbox::world::Happening;

/// How long one stop may take; then the journey goes on without the bot.
const SETTLE_WITHIN: Duration = Duration::from_secs(10);
/// The furthest one may travel at a time. A hundred years hold any plan.
const JOURNEY_MAX: TimeDelta = TimeDelta::days(36_525);

/// What the bot says about its own work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    /// Everything due up to this instant is done.
    pub settled_at: DateTime<Utc>,
    /// What happens next, when, and in a few words what it is.
    pub next: Option<(DateTime<Utc>, String)>,
}

/// Shows on the page that the clock is under way, until the journey ends in whatever manner.
struct Journey<'a>(&'a Town);

impl<'a> Journey<'a> {
    fn begin(town: &'a Town) -> Self {
        town.travelling.store(true, Ordering::Relaxed);
        town.world().happen(Happening::Clock);
        Self(town)
    }
}

impl Drop for Journey<'_> {
    fn drop(&mut self) {
        self.0.travelling.store(false, Ordering::Relaxed);
        self.0.world().happen(Happening::Clock);
    }
}

impl Town {
    /// Keeps to what the bot says it does next, and shows it on the page.
    pub(crate) fn follow(self: &Arc<Self>, agenda: watch::Receiver<Agenda>) {
        let mut seen = agenda.clone();
        *self.agenda.lock().unwrap_or_else(PoisonError::into_inner) = Some(agenda);
        let town = Arc::clone(self);
        tokio::spawn(async move {
            let mut next = None;
            loop {
                let said = seen.borrow_and_update().next.clone();
                if said != next {
                    next = said;
                    town.world().happen(Happening::Clock);
                }
                tokio::select! {
                    changed = seen.changed() => if changed.is_err() { break },
                    () = town.closed() => break,
                }
            }
        });
    }

    /// Moves the clock, stopping at each thing that the bot has planned on the way.
    pub(crate) async fn travel_to(&self, target: DateTime<Utc>) -> Result<(), String> {
        let _turn = self.journey.lock().await;
        let now = self.now();
        if target < now {
            return Err("The clock only goes forward.".to_owned());
        }
        if target - now > JOURNEY_MAX {
            return Err("That is more than a hundred years away.".to_owned());
        }
        let _under_way = Journey::begin(self);
        loop {
            let agenda = self.settled().await;
            let now = self.now();
            if now >= target {
                break;
            }
            let stop = agenda
                .and_then(|agenda| agenda.next)
                .map(|(at, _)| at)
                .filter(|at| *at > now && *at <= target);
            self.set(stop.unwrap_or(target));
        }
        Ok(())
    }

    /// Moves the clock to the next thing that happens.
    pub(crate) async fn jump(&self) -> Result<(), String> {
        let next = self.settled().await.and_then(|agenda| agenda.next);
        let now = self.now();
        match next {
            Some((at, _)) if at > now => self.travel_to(at).await,
            _ => Err("Nothing further is planned.".to_owned()),
        }
    }

    /// Waits until the bot has done all that is due now; what it then says, if there is a bot.
    async fn settled(&self) -> Option<Agenda> {
        let mut agenda = self.agenda.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        let now = self.now();
        let stale = *self.stale.lock().unwrap_or_else(PoisonError::into_inner);
        let settled = async {
            let is_settled =
                |agenda: &Agenda| agenda.settled_at >= now && Some(agenda.settled_at) != stale;
            let said = agenda.wait_for(is_settled).await;
            said.ok().map(|agenda| agenda.clone())
        };
        let said = tokio::select! {
            said = timeout(SETTLE_WITHIN, settled) => said,
            () = self.closed() => return None,
        };
        if let Ok(said) = said {
            *self.stale.lock().unwrap_or_else(PoisonError::into_inner) = None;
            return said;
        }
        tracing::warn!(%now, "The bot has not settled in time; the clock goes on");
        let said = agenda.borrow().clone();
        agenda.has_changed().is_ok().then_some(said)
    }

    /// Sets the clock back, at once. Ids go on growing: nothing that is said later sorts before what
    /// was said earlier.
    pub(crate) fn set_back(&self, by: Duration) {
        let by = TimeDelta::from_std(by).unwrap_or(TimeDelta::MAX);
        let now = self.now().checked_sub_signed(by).unwrap_or(DateTime::<Utc>::MIN_UTC);
        let agenda = self.agenda.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let settled_at = agenda.map(|agenda| agenda.borrow().settled_at);
        *self.stale.lock().unwrap_or_else(PoisonError::into_inner) =
            settled_at.filter(|settled_at| *settled_at > now);
        self.set(now);
    }

    fn set(&self, now: DateTime<Utc>) {
        let mut world = self.world();
        world.now = now;
        world.fail_broken_promises();
        world.happen(Happening::Clock);
        if !world.events.is_empty() {
            // One may be over now, or not any more.
            world.happen(Happening::Events);
        }
        drop(world);
        self.clock.send_replace(now);
    }

    /// The clock as the page shows it.
    pub(crate) fn clock_shape(&self) -> Value {
        let now = self.now();
        let zone = self.world().zone;
        let local =
            |at: DateTime<Utc>| at.with_timezone(&zone).format("%A %-d %B %Y, %H:%M").to_string();
        let agenda = self.agenda.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let next = agenda
            .filter(|agenda| agenda.has_changed().is_ok())
            .and_then(|agenda| agenda.borrow().next.clone())
            .filter(|(at, _)| *at > now)
            .map(|(at, what)| json!({ "at": plain(at), "local": local(at), "what": what }));
        json!({
            "now": plain(now),
            "local": local(now),
            "zone": zone.name(),
            "next": next,
            "travelling": self.is_travelling(),
        })
    }
}

impl crate::sandbox::world::World {
    /// A promised answer can no longer come once its interaction's token has died.
    fn fail_broken_promises(&mut self) {
        let dead: Vec<_> = self
            .interactions
            .values()
            .filter(|interaction| self.now - interaction.asked_at > limits::TOKEN_LIFE)
            .filter_map(|interaction| Some((interaction.channel, interaction.original?)))
            .collect();
        for (channel, id) in dead {
            let thinking =
                self.message(channel, id).is_some_and(|message| message.state == State::Thinking);
            if thinking {
                self.revise(channel, id, |message| message.state = State::Failed);
            }
        }
    }
}

fn plain(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
