//! Logging progress, and taking it back.

use chrono::TimeDelta;

use super::Asking;
use super::Failure;
use super::OrBroken;
use super::Refusal;
use crate::action::Action;
use crate::action::Said;
use crate::action::Status;
use crate::action::UpdateId;
use crate::body::Body;
use crate::body::Voice;
use crate::permission;
use crate::permission::Capability;
use crate::request::UpdateAsk;
use crate::search;
use crate::store::Added;
use crate::store::Tx;
use crate::view::Answer;
use crate::view::update;

impl Asking<'_> {
    pub(super) async fn update(self, tx: &mut Tx, ask: &UpdateAsk) -> Result<Answer, Failure> {
        if self.request.place.server.is_none() {
            return Err(Refusal::RolesUnseen.into());
        }
        let actions = self.actions(tx, None).await?;
        let action = search::one(&actions, &ask.action)?;
        let bodies = &self.partnership.bodies;
        let Some(text) = &ask.text else {
            // Refused before the form, so that nobody writes what they may not send.
            permission::voice(Capability::Log, &self.passer_by(), action, bodies)?;
            return Ok(Answer::Form(update::form(action, ask, self.partnership.calendar.zone)));
        };
        let speaker = self.speaker(tx).await?;
        let voice = permission::voice(Capability::Log, &speaker, action, bodies)?;
        let said = Said { text: text.clone(), status: ask.status, happened_on: ask.happened };
        let new = action.update(voice, &said, self.today(tx))?;
        let added = tx.add_update(&new, &speaker.person, self.request.id).await;
        let added = added.or_broken("record the update")?;
        let told = self.told(action, &new.voice);
        if let (Added::New(id), Some(channel)) = (added, told.and_then(|body| body.channel)) {
            let card = update::line_for_all(action, &new, &speaker.person, bodies);
            let key = format!("update/{}", id.0);
            tx.add_post(&key, channel, &card, tx.now()).await.or_broken("owe the line for all")?;
        }
        let is_final = new.after == Status::Complete && !self.needs_sign_off(tx, action).await?;
        if is_final && matches!(added, Added::New(_)) {
            self.sign_off_at_once(tx, action, &speaker.person).await?;
        }
        let logged = update::Logged {
            action,
            update: &new,
            number: added.id(),
            is_final,
            channel: told.map(|body| body.channel_name.as_str()),
            undo_until: tx.now() + self.undo_for(),
        };
        Ok(Answer::Private(update::logged(&logged, bodies, self.partnership.calendar.zone)))
    }

    pub(super) async fn undo(self, tx: &mut Tx, update: i64) -> Result<Answer, Failure> {
        let id = UpdateId(update);
        let logged = tx.update(id).await.or_broken("load the update")?;
        let logged = logged.ok_or(crate::request::command::Refusal::NotAButton)?;
        let speaker = self.speaker(tx).await?;
        if logged.person != Some(speaker.person.id) {
            return Err(Refusal::NotYourUpdate.into());
        }
        if logged.undone {
            return Err(Refusal::UndoneAlready.into());
        }
        if tx.now() > logged.update.said_at + self.undo_for() {
            let minutes = self.desk.undo_for.as_secs() / 60;
            return Err(Refusal::TooLateToUndo { minutes }.into());
        }
        let reopens = self.completed_at_once(tx, &logged).await?;
        let added = tx.undo_update(id, &speaker.person, self.request.id).await;
        let added = added.or_broken("record that the update is taken back")?;
        if reopens {
            self.reopen(tx, &logged.reference, &speaker.person).await?;
        }
        let action = tx.action(&logged.reference).await.or_broken("load the action")?;
        let action = action.ok_or_else(|| search::Refusal::None(logged.reference.to_string()))?;
        let voice = logged.update.body.map(|body| Voice { body, on_behalf_of: None });
        let told = voice.and_then(|voice| self.told(&action, &voice));
        if let (Added::New(id), Some(channel)) = (added, told.and_then(|body| body.channel)) {
            let card = update::undone_for_all(&action, &speaker.person);
            let key = format!("update/{}", id.0);
            tx.add_post(&key, channel, &card, tx.now()).await.or_broken("owe the line for all")?;
        }
        Ok(Answer::Private(update::undone(&action, action.status)))
    }

    /// The body whose channel is told: the author's own where it leads the action, else the
    /// accountable lead where that is one body, else the author's own.
    pub(super) fn told(&self, action: &Action, voice: &Voice) -> Option<&Body> {
        let accountable = action.leads.first().and_then(|lead| match lead.bodies.as_slice() {
            [only] => Some(*only),
            _ => None,
        });
        let own = voice.body;
        let id = if action.is_led_by(own) { own } else { accountable.unwrap_or(own) };
        self.partnership.bodies.with(id).filter(|body| body.channel.is_some())
    }

    fn undo_for(self) -> TimeDelta {
        TimeDelta::from_std(self.desk.undo_for).unwrap_or(TimeDelta::zero())
    }
}
