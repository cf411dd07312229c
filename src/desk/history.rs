//! Looking back: an action as it stood, everything recorded about it, and digests as they were issued.

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;

use super::Asking;
use super::Failure;
use super::OrBroken;
use super::Refusal;
use super::not_before;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::same;
use crate::date::read_day;
use crate::request::HistoryAsk;
use crate::search;
use crate::store::Tx;
use crate::view;
use crate::view::Card;

/// How many digests a refusal names.
const KNOWN_MAX: usize = 5;

/// A digest that was issued, as it is picked.
pub(super) struct Pick {
    body: BodyId,
    due_at: DateTime<Utc>,
    /// `CPEG, Thursday 3 December 2020`.
    pub(super) label: String,
    /// `CPEG 2020-12-03`.
    pub(super) value: String,
}

impl Asking<'_> {
    pub(super) async fn action_then(
        self,
        tx: &mut Tx,
        words: &str,
        as_of: NaiveDate,
    ) -> Result<Card, Failure> {
        if as_of == self.today(tx) {
            return self.action(tx, words).await;
        }
        self.over(tx, as_of).await?;
        let moment = self.moment(tx, Some(as_of)).await?;
        let actions = self.actions(tx, moment.until).await?;
        let action = search::one(&actions, words)?;
        let areas = tx.areas().await.or_broken("load the areas")?;
        let area = areas.iter().find(|area| action.reference.is_in(area));
        let lens = self.lens(&moment);
        let bodies = self.bodies_at(&moment);
        let card = view::action::action(action, area, &bodies, &lens);
        Ok(view::history::then(card, as_of))
    }

    pub(super) async fn history(self, tx: &mut Tx, ask: &HistoryAsk) -> Result<Card, Failure> {
        let as_of = ask.as_of.filter(|day| *day != self.today(tx));
        if let Some(day) = as_of {
            self.over(tx, day).await?;
        }
        let moment = self.moment(tx, as_of).await?;
        let actions = self.actions(tx, moment.until).await?;
        let action = search::one(&actions, &ask.action)?;
        let until = moment.until.unwrap_or(tx.now());
        let entries = tx.history(&action.reference, until).await.or_broken("load the history")?;
        let looked = view::history::Looked {
            action,
            entries: &entries,
            as_of,
            page: ask.page,
            bodies: &self.partnership.bodies,
            zone: self.partnership.calendar.zone,
        };
        Ok(view::history::history(&looked))
    }

    pub(super) async fn issued_digest(
        self,
        tx: &mut Tx,
        body: &str,
        words: &str,
    ) -> Result<Card, Failure> {
        let bodies = self.bodies(body)?;
        let issued = self.issued_digests(tx).await?;
        let day = read_day(words).ok();
        let calendar = &self.partnership.calendar;
        let is_meant = |pick: &&Pick| {
            let named = same(&pick.label, words) || same(&pick.value, words);
            let of_day = bodies.contains(&pick.body) && day == Some(calendar.day(pick.due_at));
            named || of_day
        };
        let Some(pick) = issued.iter().find(is_meant) else {
            let its = issued.iter().filter(|pick| bodies.contains(&pick.body));
            let known = its.take(KNOWN_MAX).map(|pick| pick.label.clone()).collect();
            let named = bodies.first().and_then(|id| self.partnership.bodies.with(*id));
            let body = named.map_or_else(|| body.to_owned(), |body| body.name.clone());
            return Err(Refusal::NoSuchDigest { body, words: words.to_owned(), known }.into());
        };
        let digest = tx.digest(pick.body, pick.due_at).await.or_broken("load a digest")?;
        let digest =
            digest.ok_or_else(|| anyhow::anyhow!("it is gone")).or_broken("load a digest")?;
        let reader = self.partnership.bodies.with(pick.body).map_or("", |body| body.name.as_str());
        Ok(view::history::issued(digest.card, reader, pick.due_at, calendar.zone))
    }

    /// The digests that were issued, newest first.
    pub(super) async fn issued_digests(self, tx: &mut Tx) -> Result<Vec<Pick>, Failure> {
        let issued = tx.digests_due().await.or_broken("load which digests were issued")?;
        let picks = issued.into_iter().filter_map(|(id, due_at)| {
            let body = self.partnership.bodies.with(id)?;
            Some(self.pick(body, due_at))
        });
        Ok(picks.collect())
    }

    fn pick(self, body: &Body, due_at: DateTime<Utc>) -> Pick {
        let day = self.partnership.calendar.day(due_at);
        Pick {
            body: body.id,
            due_at,
            label: view::history::label(body, day),
            value: format!("{} {day}", body.code),
        }
    }

    /// Refuses a day before the record begins or that is not over.
    async fn over(self, tx: &mut Tx, day: NaiveDate) -> Result<(), Failure> {
        not_before(&self.plan(tx).await?, day)?;
        if day > self.today(tx) {
            return Err(Refusal::NotYet(day).into());
        }
        Ok(())
    }
}
