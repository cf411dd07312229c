//! Asking for a new date: read back first, then asked, by whoever wrote it.

use chrono::NaiveDate;

use super::Asking;
use super::Failure;
use super::OrBroken;
use super::Refusal;
use crate::action::Action;
use crate::action::Draft;
use crate::action::DraftId;
use crate::action::DraftState;
use crate::body::Person;
use crate::date::Occasion;
use crate::date::Target;
use crate::decision;
use crate::decision::ask_for_date;
use crate::permission;
use crate::permission::Capability;
use crate::request::command;
use crate::request::decide::RescheduleAsk;
use crate::search;
use crate::store::Tx;
use crate::view::Answer;
use crate::view::extension;

impl Asking<'_> {
    /// Reads a request back to its author and keeps it until they say that it is what they mean.
    pub(super) async fn reschedule(
        self,
        tx: &mut Tx,
        ask: &RescheduleAsk,
    ) -> Result<Answer, Failure> {
        self.where_roles_are_seen()?;
        let actions = self.actions(tx, None).await?;
        let action = search::one(&actions, &ask.action)?;
        let bodies = &self.partnership.bodies;
        let (Some(words), Some(reason)) = (&ask.target, &ask.reason) else {
            // Refused before the form, so that nobody writes what they may not send.
            permission::voice(Capability::AskDate, &self.passer_by(), action, bodies)?;
            decision::may_ask_for_date(action)?;
            return Ok(Answer::Form(extension::form(action, ask)));
        };
        let speaker = self.speaker(tx).await?;
        let voice = permission::voice(Capability::AskDate, &speaker, action, bodies)?;
        let today = self.today(tx);
        let target = self.on_occasion(today, |occasion| Target::read_on(words.trim(), occasion));
        let new = ask_for_date(action, voice, (&target, reason), today)?;
        let draft = tx.add_draft(&new, &speaker.person, self.request.id).await;
        let draft = draft.or_broken("keep the request")?;
        Ok(Answer::Private(extension::read_back(action, &new, draft)))
    }

    /// Makes the request that was read back.
    pub(super) async fn request_date(self, tx: &mut Tx, draft: i64) -> Result<Answer, Failure> {
        self.where_roles_are_seen()?;
        let speaker = self.speaker(tx).await?;
        let (draft, actions) = self.own_draft(tx, draft, &speaker.person).await?;
        let action = with_id(&actions, &draft)?;
        match draft.state {
            DraftState::Waiting => {}
            DraftState::Asked { .. } => {
                return Ok(Answer::Private(extension::requested_before(action, &draft.target)));
            }
            DraftState::Cancelled { .. } => return Err(Refusal::DraftCancelled.into()),
        }
        let bodies = &self.partnership.bodies;
        let voice = permission::voice(Capability::AskDate, &speaker, action, bodies)?;
        let asked = (&draft.target, draft.reason.as_str());
        let new = ask_for_date(action, voice, asked, self.today(tx))?;
        let id = tx.add_extension(&new, &speaker.person).await;
        let id = id.or_broken("record the request")?;
        tx.save_draft_asked(draft.id).await.or_broken("settle the draft")?;
        let told = self.told(action, &new.voice);
        if let Some(channel) = told.and_then(|body| body.channel) {
            let card = extension::line_for_all(action, &new, &speaker.person, bodies);
            let key = format!("extension/{}", id.0);
            tx.add_post(&key, channel, &card, tx.now()).await.or_broken("owe the line for all")?;
        }
        let channel = told.map(|body| body.channel_name.as_str());
        Ok(Answer::Private(extension::requested(action, &new, channel)))
    }

    /// Forgets the request that was read back.
    pub(super) async fn drop_date(self, tx: &mut Tx, draft: i64) -> Result<Answer, Failure> {
        let speaker = self.speaker(tx).await?;
        let (draft, actions) = self.own_draft(tx, draft, &speaker.person).await?;
        let action = with_id(&actions, &draft)?;
        match draft.state {
            DraftState::Waiting => {
                tx.save_draft_cancelled(draft.id).await.or_broken("settle the draft")?;
            }
            DraftState::Asked { .. } => {
                return Ok(Answer::Private(extension::requested_before(action, &draft.target)));
            }
            DraftState::Cancelled { .. } => {}
        }
        Ok(Answer::Private(extension::dropped(action)))
    }

    /// A draft that is the author's own, and the actions as they stand.
    async fn own_draft(
        self,
        tx: &mut Tx,
        draft: i64,
        person: &Person,
    ) -> Result<(Draft, Vec<Action>), Failure> {
        let draft = tx.draft(DraftId(draft)).await.or_broken("load the draft")?;
        let draft = draft.ok_or(command::Refusal::NotAButton)?;
        if draft.person != person.id {
            return Err(Refusal::NotYourDraft.into());
        }
        Ok((draft, self.actions(tx, None).await?))
    }

    /// Reads with all that is known around the words: what is counted is counted from today, and the
    /// calendar knows the meetings.
    pub(super) fn on_occasion<T>(
        self,
        today: NaiveDate,
        read: impl FnOnce(&Occasion<'_>) -> T,
    ) -> T {
        let (calendar, bodies) = (&self.partnership.calendar, &self.partnership.bodies);
        read(&Occasion {
            written_on: Some(today),
            meeting_in: &|name, month| calendar.meeting_in(bodies, name, month),
            meeting_after: &|name, day| calendar.meeting_after(bodies, name, day),
        })
    }

    /// Refuses where the chat does not say which roles the author has.
    pub(super) fn where_roles_are_seen(self) -> Result<(), Refusal> {
        self.request.place.server.map(|_| ()).ok_or(Refusal::RolesUnseen)
    }
}

fn with_id<'a>(actions: &'a [Action], draft: &Draft) -> Result<&'a Action, Failure> {
    let action = actions.iter().find(|action| action.id == draft.action);
    action.ok_or_else(|| Failure::Broken(anyhow::anyhow!("the action of a draft is gone")))
}
