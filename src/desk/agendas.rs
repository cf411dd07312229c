//! What is brought to meetings, and what comes round again.

use super::Asking;
use super::Failure;
use super::OrBroken;
use super::Refusal;
use super::digests::plan_read_by;
use crate::action;
use crate::action::Action;
use crate::action::Every;
use crate::action::Standing;
use crate::agenda;
use crate::agenda::Item;
use crate::agenda::Offer;
use crate::agenda::bring;
use crate::attention::Attention;
use crate::attention::Vantage;
use crate::attention::list;
use crate::body::BodyId;
use crate::body::Voice;
use crate::meeting::Meeting;
use crate::permission;
use crate::permission::Capability;
use crate::request::agenda::AgendaAsk;
use crate::request::agenda::BringAsk;
use crate::search;
use crate::store::Tx;
use crate::view;
use crate::view::Answer;
use crate::view::Card;
use crate::view::line::Lens;

/// So many meetings of each series can be named: two years of a board.
pub(super) const COMING_MAX: usize = 8;

impl Asking<'_> {
    pub(super) async fn bring(self, tx: &mut Tx, ask: &BringAsk) -> Result<Answer, Failure> {
        let actions = self.actions(tx, None).await?;
        let action = search::one(&actions, &ask.action)?;
        let bodies = &self.partnership.bodies;
        let decided = permission::voice(Capability::Log, &self.passer_by(), action, bodies);
        let voice = match self.permitted(decided) {
            Err(Refusal::Permission(permission::Refusal::NotYours { reference, who })) => {
                return Err(agenda::Refusal::NotYours { reference, who }.into());
            }
            voice => voice?,
        };
        let meeting = self.meeting_to_come(tx, &ask.meeting, None)?;
        let standing = tx.agenda_items(meeting.on, None).await.or_broken("load the agendas")?;
        let is_same = |item: &&Item| item.is_before(&meeting) && item.action == action.reference;
        let standing = standing.iter().find(is_same);
        let Some(purpose) = ask.purpose else {
            return self.take_off(tx, action, &voice, (&meeting, standing)).await;
        };
        let offer = Offer { purpose, words: &ask.words, last_update: ask.last_update };
        let item = bring(action, &meeting, offer, self.today(tx))?;
        let answer = view::agenda::brought(action, &item, &meeting, bodies);
        if tx.first_asking(self.request.id).await.or_broken("record the asking")? {
            let speaker = self.speaker(tx).await?;
            if let Some(standing) = standing {
                let taken = tx.take_off_agenda(standing.id, &speaker.person).await;
                taken.or_broken("take off what stood there before")?;
            }
            let added = tx.add_agenda_item(&item, &speaker.person).await;
            added.or_broken("put it on the agenda")?;
            let card =
                view::agenda::brought_for_all(action, &item, (&meeting, bodies), &speaker.person);
            self.tell_all(tx, action, &voice, &card).await?;
        }
        Ok(Answer::Private(answer))
    }

    async fn take_off(
        self,
        tx: &mut Tx,
        action: &Action,
        voice: &Voice,
        (meeting, standing): (&Meeting, Option<&Item>),
    ) -> Result<Answer, Failure> {
        let bodies = &self.partnership.bodies;
        let answer = view::agenda::taken_off(action, meeting, bodies);
        if tx.first_asking(self.request.id).await.or_broken("record the asking")? {
            let standing = standing.ok_or_else(|| agenda::Refusal::NotOnAgenda {
                reference: action.reference.clone(),
            })?;
            let speaker = self.speaker(tx).await?;
            let taken = tx.take_off_agenda(standing.id, &speaker.person).await;
            taken.or_broken("take it off the agenda")?;
            let card = view::agenda::taken_off_for_all(action, (meeting, bodies), &speaker.person);
            self.tell_all(tx, action, voice, &card).await?;
        }
        Ok(Answer::Private(answer))
    }

    pub(super) async fn agenda(self, tx: &mut Tx, ask: &AgendaAsk) -> Result<Card, Failure> {
        let bodies = self.bodies(&ask.body)?;
        let calendar = &self.partnership.calendar;
        let meeting = if let Some(words) = &ask.meeting {
            self.meeting_to_come(tx, words, Some(&bodies))?
        } else {
            let next = bodies.iter().filter_map(|body| calendar.next(*body, tx.now()));
            let next = next.min_by_key(|meeting| meeting.at);
            next.ok_or_else(|| Refusal::NoMeetings(ask.body.clone()))?
        };
        let actions = self.actions(tx, None).await?;
        let plan = match self.partnership.bodies.with(meeting.body) {
            Some(body) => plan_read_by(tx, body).await.or_broken("load the plan")?,
            None => self.plan(tx).await?,
        };
        let of_plan = |action: &&Action| action.reference.plan == plan.code;
        let all: Vec<&Action> = actions.iter().filter(of_plan).collect();
        let today = self.today(tx);
        let vantage = Vantage {
            today,
            meeting_on: Some(meeting.on),
            last_met_at: None,
            bodies: &self.partnership.bodies,
        };
        let items = tx.agenda_items(meeting.on, None).await.or_broken("load the agendas")?;
        let items: Vec<&Item> = items.iter().filter(|item| item.is_before(&meeting)).collect();
        let shown = view::agenda::Agenda {
            meeting: &meeting,
            decisions: &list(Attention::Awaiting, &all, &vantage),
            items: &items,
            actions: &actions,
            bodies: &self.partnership.bodies,
        };
        let zone = self.partnership.calendar.zone;
        let lens = Lens { today, meeting_on: Some(meeting.on), zone };
        Ok(view::agenda::agenda(&shown, &lens))
    }

    pub(super) async fn repeat(
        self,
        tx: &mut Tx,
        words: &str,
        every: Option<Every>,
    ) -> Result<Answer, Failure> {
        let actions = self.actions(tx, None).await?;
        let action = search::one(&actions, words)?;
        let bodies = &self.partnership.bodies;
        let decided = permission::authority(Capability::Keep, &self.passer_by(), bodies);
        let authority = self.permitted(decided)?;
        match action.standing {
            Standing::Open => {}
            Standing::SignedOff => {
                return Err(action::Refusal::Finished(action.reference.clone()).into());
            }
            Standing::Withdrawn => {
                return Err(action::Refusal::Withdrawn(action.reference.clone()).into());
            }
        }
        let is_first = tx.first_asking(self.request.id).await.or_broken("record the asking")?;
        if is_first && action.every != every {
            let speaker = self.speaker(tx).await?;
            let set = tx.set_recurrence(action.id, every, Some(&speaker.person)).await;
            set.or_broken("record how often it comes round")?;
            let card = view::agenda::repeats_for_all(action, every, &speaker.person);
            let voice = Voice { body: authority.body, on_behalf_of: None };
            self.tell_all(tx, action, &voice, &card).await?;
        }
        Ok(Answer::Private(view::agenda::repeats(action, every)))
    }

    /// Opens the next turn of an action that has just been signed off, if it comes round again, and
    /// tells its lead.
    pub(super) async fn begin_next_turn(self, tx: &mut Tx, action: &Action) -> Result<(), Failure> {
        let opened = tx.open_next_turn(action).await.or_broken("open the next turn")?;
        let Some(reference) = opened else { return Ok(()) };
        let turn = tx.action(&reference).await.or_broken("load the next turn")?;
        let Some(turn) = turn else { return Ok(()) };
        let accountable = turn.leads.iter().flat_map(|lead| &lead.bodies).next();
        if let Some(body) = accountable {
            let voice = Voice { body: *body, on_behalf_of: None };
            self.tell_all(tx, &turn, &voice, &view::agenda::next_turn_for_all(&turn)).await?;
        }
        Ok(())
    }

    /// Owes the channel of an action's lead one line, once for each asking.
    async fn tell_all(
        self,
        tx: &mut Tx,
        action: &Action,
        voice: &Voice,
        card: &Card,
    ) -> Result<(), Failure> {
        let told = self.told(action, voice);
        if let Some(channel) = told.and_then(|body| body.channel) {
            let key = format!("agenda/{}/{}", self.request.id, action.reference);
            tx.add_post(&key, channel, card, tx.now()).await.or_broken("owe the line for all")?;
        }
        Ok(())
    }

    /// The meeting to come that words name, of any body or of these.
    pub(super) fn meeting_to_come(
        self,
        tx: &Tx,
        words: &str,
        bodies: Option<&[BodyId]>,
    ) -> Result<Meeting, Failure> {
        let calendar = &self.partnership.calendar;
        let mut coming = calendar.coming(calendar.begin_of(self.today(tx)), COMING_MAX);
        coming.retain(|meeting| bodies.is_none_or(|bodies| bodies.contains(&meeting.body)));
        let named = calendar.cited(&coming, words, &self.partnership.bodies).cloned();
        Ok(named.ok_or_else(|| agenda::Refusal::NoSuchMeeting { words: words.to_owned() })?)
    }
}
