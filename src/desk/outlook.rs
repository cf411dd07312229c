//! What will be said in the next weeks, to whom and why.

use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;

use super::Asking;
use super::Failure;
use super::OrBroken;
use super::chases::Before;
use super::chases::known;
use super::chases::recipient;
use super::chases::round;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::ChannelId;
use crate::chase::Recipient;
use crate::post::Whither;
use crate::routine::Routine;
use crate::schedule::Tick;
use crate::store::Tx;
use crate::view;
use crate::view::Card;
use crate::view::outlook::Asked;
use crate::view::outlook::Coming;
use crate::view::outlook::Says;
use crate::view::outlook::To;

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
        let is_wanted = |body: &BodyId| wanted.as_ref().is_none_or(|wanted| wanted.contains(body));
        let clockwork = self.desk.clockwork(self.partnership);
        let now = tx.now();
        let until = now + TimeDelta::days(DAYS);
        let mut ticks = clockwork.ticks(now, until);
        ticks.retain(|tick| tick.meetings().any(|meeting| is_wanted(&meeting.body)));
        let chases = ticks.iter().filter(|tick| tick.routine.is_chase());
        let before = Before::load(tx, self.partnership, chases.flat_map(Tick::meetings)).await;
        let mut before = before.or_broken("see who was asked before")?;
        let mut coming = Vec::with_capacity(ticks.len());
        // Who waits for what is not told apart by body: it is told where nothing is left out.
        if wanted.is_none() {
            coming.extend(self.put_off(tx, until).await?);
        }
        for tick in ticks {
            coming.push(self.foreseen(tx, tick, &mut before).await?);
        }
        coming.sort_by_key(|coming| coming.at);
        let today = self.today(tx);
        let bodies = self.partnership.bodies.all.iter().filter(|body| is_wanted(&body.id));
        let paused =
            bodies.filter_map(|body| Some((body, self.partnership.pauses.on(body.id, today)?)));
        let paused: Vec<_> = paused.collect();
        Ok(view::outlook::schedule(&coming, &paused, (words, page), self.partnership))
    }

    /// What stands in the outbox and is said later.
    async fn put_off(self, tx: &mut Tx, until: DateTime<Utc>) -> Result<Vec<Coming>, Failure> {
        let posts = tx.posts_to_come().await.or_broken("see what is to be said later")?;
        let mut waiting: Vec<Coming> = Vec::new();
        for (at, to, name) in posts.into_iter().filter(|(at, ..)| *at <= until) {
            let (mut people, mut channels) = (Vec::new(), Vec::new());
            match to {
                Whither::Person(_) => people.push(name.unwrap_or_else(|| "somebody".into())),
                Whither::Channel(channel) => channels.push(self.channel_name(channel)),
            }
            match waiting.last_mut() {
                Some(Coming { at: last, says: Says::Waiting(to) }) if *last == at => {
                    people.retain(|name| !to.people.contains(name));
                    channels.retain(|name| !to.channels.contains(name));
                    to.people.append(&mut people);
                    to.channels.append(&mut channels);
                }
                _ => {
                    let to = Asked { people, channels, ..Asked::default() };
                    waiting.push(Coming { at, says: Says::Waiting(to) });
                }
            }
        }
        Ok(waiting)
    }

    fn channel_name(self, channel: ChannelId) -> String {
        let mut bodies = self.partnership.bodies.all.iter();
        let owner = bodies.find(|body| body.channel == Some(channel));
        owner.map_or_else(|| "a channel".to_owned(), |body| body.channel_name.clone())
    }

    /// What a tick will say, as far as can be told now, if nobody says anything until then.
    async fn foreseen(
        self,
        tx: &mut Tx,
        tick: Tick,
        before: &mut Before,
    ) -> Result<Coming, Failure> {
        let at = if tick.routine.is_chase() {
            self.desk.asked_at(self.partnership, &tick, tick.due_at)
        } else {
            tick.due_at
        };
        let is_told_if_late = tick.routine.is_chase() || tick.routine == Routine::Digest;
        let to = if is_told_if_late && !tick.is_useful(at) {
            To::TooLate
        } else if tick.routine.is_chase() {
            To::Asked(self.foreseen_round(tx, &tick, before).await?)
        } else if tick.routine == Routine::Digest {
            let sent = tx.digest_for(tick.meeting.body, tick.meeting.first_on).await;
            let sent = sent.or_broken("look for the digest")?;
            if sent.is_some() { To::SentAlready } else { To::Channel }
        } else {
            To::Channel
        };
        let at = if matches!(to, To::TooLate) { tick.due_at } else { at };
        Ok(Coming { at, says: Says::Around(Box::new(tick), to) })
    }

    /// Who will be asked, and takes them for asked.
    async fn foreseen_round(
        self,
        tx: &mut Tx,
        tick: &Tick,
        before: &mut Before,
    ) -> Result<Asked, Failure> {
        let bodies = &self.partnership.bodies;
        let (at, today) = (tick.due_at, self.partnership.calendar.day(tick.due_at));
        let known = known(tx, self.partnership, tick.meetings(), at).await;
        let known = known.or_broken("see who will be asked")?;
        let round = round(self.partnership, tick, &known, at);
        let mut asked = Asked::default();
        for chase in &round.chases {
            let whom = recipient(chase);
            if before.has(tick, today, &whom) {
                asked.asked_before = true;
                continue;
            }
            before.add(tick, today, whom);
            match &chase.to {
                Recipient::Person(holder) => asked.people.push(holder.name.clone()),
                Recipient::Channel(lead) => {
                    let channel = bodies.with(*lead).map(|body: &Body| body.channel_name.clone());
                    asked.channels.extend(channel);
                }
            }
        }
        let not = round
            .unasked
            .into_iter()
            .filter_map(|(lead, why, _)| bodies.with(lead).map(|body| (body.name.clone(), why)));
        asked.not = not.collect();
        Ok(asked)
    }
}
