//! Who answers for bodies: the list, links, handovers, vacancies, and what printed leads mean.

use chrono::NaiveDate;

use super::Asking;
use super::Failure;
use super::OrBroken;
use super::Refusal;
use crate::action::Action;
use crate::action::Lead;
use crate::action::lead;
use crate::action::lead::Label;
use crate::action::lead::labels;
use crate::action::lead::unknown_labels;
use crate::body::Bodies;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::BodyKind;
use crate::body::Person;
use crate::body::holding::Change;
use crate::body::holding::Part;
use crate::body::same;
use crate::permission;
use crate::permission::Capability;
use crate::request::Somebody;
use crate::request::lead::LeadAsk;
use crate::store::Tx;
use crate::view::Answer;
use crate::view::Card;
use crate::view::people;
use crate::view::people::Done;
use crate::view::people::Keeper;

impl<'a> Asking<'a> {
    pub(super) async fn lead(self, tx: &mut Tx, ask: &LeadAsk) -> Result<Answer, Failure> {
        let card = match ask {
            LeadAsk::List { body, as_of } => self.who_holds(tx, body.as_deref(), *as_of).await,
            LeadAsk::Link { body, person, part } => self.link(tx, body, person, *part).await,
            LeadAsk::Handover { body, to, from } => {
                self.hand_over(tx, body, to, from.as_ref()).await
            }
            LeadAsk::Vacant { body } => self.vacate(tx, body).await,
            LeadAsk::LinkLabel { label, body } => self.link_label(tx, label, body).await,
        };
        card.map(Answer::Private)
    }

    async fn who_holds(
        self,
        tx: &mut Tx,
        words: Option<&str>,
        as_of: Option<NaiveDate>,
    ) -> Result<Card, Failure> {
        let moment = self.moment(tx, as_of).await?;
        let wanted = words.map(|words| self.bodies(words)).transpose()?;
        let actions = self.actions(tx, moment.until).await?;
        let bodies = self.bodies_at(&moment);
        let shown = bodies.all.iter().filter(|body| match &wanted {
            Some(wanted) => wanted.contains(&body.id),
            None => !is_only_present(body, &bodies, &actions),
        });
        let labels = if wanted.is_none() { unknown_labels(&actions) } else { Vec::new() };
        let list = people::List {
            bodies: &bodies,
            shown: &shown.collect::<Vec<_>>(),
            actions: &actions,
            labels: &labels,
            today: moment.today,
            is_past: moment.until.is_some(),
            zone: self.partnership.calendar.zone,
        };
        Ok(people::list(&list))
    }

    async fn link(
        self,
        tx: &mut Tx,
        words: &str,
        person: &Somebody,
        part: Part,
    ) -> Result<Card, Failure> {
        let keeper = self.keeper(tx).await?;
        let body = self.one_body(words)?;
        let person = self.met(tx, person).await?;
        let changes = self.partnership.bodies.holdings.link(body, &person, part)?;
        let line = people::linked_for_all(body, &person, part, &keeper);
        self.change(tx, body, &changes, &keeper, &line).await?;
        Ok(people::linked(&self.done(body), &person, part))
    }

    async fn hand_over(
        self,
        tx: &mut Tx,
        words: &str,
        to: &Somebody,
        from: Option<&Somebody>,
    ) -> Result<Card, Failure> {
        let keeper = self.keeper(tx).await?;
        let body = self.one_body(words)?;
        let to = self.met(tx, to).await?;
        let from = match from {
            Some(from) => Some(self.met(tx, from).await?),
            None => None,
        };
        let holdings = &self.partnership.bodies.holdings;
        let changes = holdings.hand_over(body, &to, from.as_ref())?;
        let ended = |change: &Change| change.part == Part::Ended;
        let ids: Vec<_> = changes.iter().filter(|c| ended(c)).filter_map(|c| c.person).collect();
        let mut before = people::names_of(holdings.named(body.id), |named| ids.contains(&named.id));
        // Whoever held it through its role has no entry of their own yet.
        before.extend(from.map(|from| from.name).filter(|name| !before.contains(name)));
        let line = people::handed_over_for_all(body, &to, &before, &keeper);
        self.change(tx, body, &changes, &keeper, &line).await?;
        Ok(people::handed_over(&self.done(body), &to, &before))
    }

    async fn vacate(self, tx: &mut Tx, words: &str) -> Result<Card, Failure> {
        let keeper = self.keeper(tx).await?;
        let body = self.one_body(words)?;
        let holdings = &self.partnership.bodies.holdings;
        let changes = holdings.vacate(body)?;
        let before = people::names_of(holdings.named(body.id), |_| true);
        let line = people::vacant_for_all(body, &keeper);
        self.change(tx, body, &changes, &keeper, &line).await?;
        let actions = self.actions(tx, None).await?;
        Ok(people::vacated(&self.done(body), &before, &actions))
    }

    async fn link_label(self, tx: &mut Tx, label: &str, words: &str) -> Result<Card, Failure> {
        let keeper = self.keeper(tx).await?;
        let bodies = self.bodies(words)?;
        let actions = self.actions(tx, None).await?;
        let label = self.label(&actions, label)?;
        let name = self.name_of(&bodies, words);
        if label.bodies.as_ref() == Some(&bodies) {
            return Err(lead::Refusal::LinkedAlready { label: label.printed, body: name }.into());
        }
        let means = |lead: &Lead| {
            let is_meant = lead::is_same(&lead.printed, &label.printed);
            let bodies = if is_meant { &bodies } else { &lead.bodies };
            Lead { bodies: bodies.clone(), ..lead.clone() }
        };
        for action in actions.iter().filter(|action| label.references().contains(&action.reference))
        {
            let leads: Vec<Lead> = action.leads.iter().map(means).collect();
            let changed = tx.set_leads(action.id, &leads, &keeper.person).await;
            changed.or_broken("record which body a lead means")?;
        }
        self.name(tx, &label, &bodies).await?;
        let others = unknown_labels(&actions);
        let told = match bodies.as_slice() {
            [only] => self.partnership.bodies.with(*only).filter(|body| body.channel.is_some()),
            _ => None,
        };
        if let Some(channel) = told.and_then(|body| body.channel) {
            let key = format!("label/{}", self.request.id);
            let line = people::understood_for_all(&label, &name, &keeper);
            tx.add_post(&key, channel, &line, tx.now()).await.or_broken("owe the line for all")?;
        }
        let like = lead::like(&label.printed, &others);
        Ok(people::understood(&label, &name, words, told, &like))
    }

    /// The label of open actions that words are, whatever their capitals; a body's own name is none.
    fn label(self, actions: &[Action], words: &str) -> Result<Label, Failure> {
        let known = &self.partnership.bodies;
        let is_body = |body: &Body| same(&body.name, words) || same(&body.code, words);
        let is_collective = known.collectives.iter().any(|known| same(&known.name, words));
        if is_collective || known.all.iter().any(is_body) {
            return Err(lead::Refusal::IsAName(words.to_owned()).into());
        }
        let found = labels(actions).into_iter().find(|label| lead::is_same(&label.printed, words));
        Ok(found.ok_or_else(|| lead::Refusal::NoSuchLabel(words.to_owned()))?)
    }

    /// Lets plans be read and questions be asked with a label from now on, as it is spelled anywhere.
    async fn name(self, tx: &mut Tx, label: &Label, bodies: &[BodyId]) -> Result<(), Failure> {
        let mut added: Vec<&str> = Vec::new();
        for (spelling, _) in &label.spellings {
            if !added.iter().any(|known| same(known, spelling)) {
                let name = tx.add_name(spelling, bodies).await;
                name.or_broken("record what a label means")?;
                added.push(spelling);
            }
        }
        Ok(())
    }

    /// Whoever asks, in whose name they keep the plan; or why they may not.
    async fn keeper(self, tx: &mut Tx) -> Result<Keeper<'a>, Failure> {
        let bodies = &self.partnership.bodies;
        let decided = permission::authority(Capability::Keep, &self.passer_by(), bodies);
        let authority = self.permitted(decided)?;
        let body = bodies.with(authority.body);
        Ok(Keeper { person: self.speaker(tx).await?.person, body })
    }

    /// The one body that words name.
    pub(super) fn one_body(self, words: &str) -> Result<&'a Body, Failure> {
        let found = self.bodies(words)?;
        let [only] = found.as_slice() else {
            let names = found.iter().filter_map(|id| self.partnership.bodies.with(*id));
            let names = names.map(|body| body.name.clone()).collect();
            return Err(Refusal::SeveralBodies { words: words.to_owned(), names }.into());
        };
        let body = self.partnership.bodies.with(*only);
        Ok(body.ok_or_else(|| Refusal::NoSuchBody { words: words.to_owned(), known: Vec::new() })?)
    }

    /// Somebody who was picked, written down if they are met first.
    async fn met(self, tx: &mut Tx, somebody: &Somebody) -> Result<Person, Failure> {
        tx.person(somebody.user, &somebody.name).await.or_broken("save the person")
    }

    /// Records changes in who holds a body, and owes its channel the line for everybody.
    async fn change(
        self,
        tx: &mut Tx,
        body: &Body,
        changes: &[Change],
        by: &Keeper<'_>,
        line: &Card,
    ) -> Result<(), Failure> {
        let mut last = None;
        for change in changes {
            let added = tx.add_holding(body.id, change, &by.person).await;
            last = Some(added.or_broken("record who holds a body")?);
        }
        if let (Some(id), Some(channel)) = (last, body.channel) {
            let key = format!("holding/{}", id.0);
            tx.add_post(&key, channel, line, tx.now()).await.or_broken("owe the line for all")?;
        }
        Ok(())
    }

    fn done(self, body: &'a Body) -> Done<'a> {
        Done { body, holdings: &self.partnership.bodies.holdings }
    }
}

/// Whether a body is known only for coming to meetings: an agency that leads nothing and that nobody was
/// ever to hold.
fn is_only_present(body: &Body, bodies: &Bodies, actions: &[Action]) -> bool {
    body.kind == BodyKind::Agency
        && body.role_name.is_empty()
        && bodies.is_unlinked(body)
        && !actions.iter().any(|action| action.is_led_by(body.id))
}
