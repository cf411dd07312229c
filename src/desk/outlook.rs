//! What will be said in the next weeks, to whom and why.

use chrono::TimeDelta;

use super::Asking;
use super::Failure;
use super::OrBroken;
use crate::routine::Routine;
use crate::schedule::Tick;
use crate::store::Tx;
use crate::view;
use crate::view::Card;
use crate::view::clock::Coming;

/// For how many days ahead it is told.
const DAYS: i64 = 60;

impl Asking<'_> {
    pub(super) async fn schedule(
        self,
        tx: &mut Tx,
        words: Option<&str>,
        page: u32,
    ) -> Result<Card, Failure> {
        let wanted = words.map(|words| self.bodies(words)).transpose()?;
        let clockwork = self.desk.clockwork(self.partnership);
        let now = tx.now();
        let mut ticks = clockwork.ticks(now, now + TimeDelta::days(DAYS));
        ticks.retain(|tick| {
            wanted
                .as_ref()
                .is_none_or(|wanted| tick.meetings().any(|meeting| wanted.contains(&meeting.body)))
        });
        let mut coming = Vec::with_capacity(ticks.len());
        for tick in &ticks {
            coming.push(self.foreseen(tx, tick).await?);
        }
        let today = self.today(tx);
        let paused = self.partnership.bodies.all.iter().filter(|body| {
            self.partnership.pauses.on(body.id, today).is_some()
                && wanted.as_ref().is_none_or(|wanted| wanted.contains(&body.id))
        });
        let paused: Vec<_> = paused.collect();
        Ok(view::clock::schedule(&coming, &paused, (words, page), self.partnership))
    }

    /// What a tick will say, as far as can be told now, if nobody says anything until then.
    async fn foreseen(self, tx: &mut Tx, tick: &Tick) -> Result<Coming, Failure> {
        let bodies = &self.partnership.bodies;
        let mut to = Vec::new();
        let mut unasked = 0;
        if tick.routine.is_chase() {
            let known = self.desk.known(tx, self.partnership, tick.meetings()).await;
            let known = known.or_broken("see who will be asked")?;
            let round = self.desk.round(self.partnership, tick, &known, tick.due_at);
            to.extend(round.chases.iter().map(|chase| view::report::recipient(&chase.to, bodies)));
            unasked = round.unasked.len();
        }
        let is_sent = tick.routine == Routine::Digest && {
            let sent = tx.digest_for(tick.meeting.body, tick.meeting.first_on).await;
            sent.or_broken("look for the digest")?.is_some()
        };
        Ok(Coming { tick: tick.clone(), to, unasked, is_sent })
    }
}
