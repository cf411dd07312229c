//! Logging progress.

use chrono::TimeDelta;

use super::Asking;
use super::Failure;
use super::OrBroken;
use crate::action::Action;
use crate::action::Said;
use crate::action::Status;
use crate::action::UpdateId;
use crate::body::Body;
use crate::body::BodyKind;
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
        let actions = self.actions(tx, None).await?;
        let action = search::one(&actions, &ask.action)?;
        let bodies = &self.partnership.bodies;
        let Some(text) = &ask.text else {
            // Refused before the form, so that nobody writes what they may not send.
            let who = self.passer_by();
            self.permitted(permission::voice(Capability::Log, &who, action, bodies))?;
            return Ok(Answer::Form(update::form(action, ask, self.partnership.calendar.zone)));
        };
        let speaker = self.speaker(tx).await?;
        let decided = permission::voice(Capability::Log, &speaker, action, bodies);
        let voice = self.permitted(decided)?;
        let said = Said {
            text: text.clone(),
            status: ask.status,
            happened_on: ask.happened,
            ask: ask.ask.clone(),
            evidence: ask.evidence.clone(),
            case_study: ask.case_study,
        };
        let new = action.update(voice, &said, self.today(tx))?;
        let added = tx.add_update(&new, &speaker.person, self.request.id).await;
        let added = added.or_broken("record the update")?;
        let told = self.told(action, &new.voice);
        let group = self.group(tx, action).await?;
        let is_final = new.after == Status::Complete && !self.needs_sign_off(tx, action).await?;
        if is_final && matches!(added, Added::New(_)) {
            self.sign_off_at_once(tx, action, &speaker.person).await?;
        }
        let logged = update::Logged {
            action,
            update: &new,
            number: added.id(),
            group: &group,
            is_final,
            channel: told.map(|body| body.channel_name.as_str()),
            undo_until: tx.now() + self.undo_for(),
        };
        if let (Added::New(id), Some(channel)) = (added, told.and_then(|body| body.channel)) {
            let card = update::line_for_all(&logged, &speaker.person, bodies);
            let key = line_key(id);
            tx.add_post(&key, channel, &card, tx.now()).await.or_broken("owe the line for all")?;
        }
        Ok(Answer::Private(update::logged(&logged, bodies, self.partnership.calendar.zone)))
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

    /// The name of the group that is asked: the body that answers for the action's plan; where that is
    /// the board, the executive group, in whose digest it stands.
    async fn group(self, tx: &mut Tx, action: &Action) -> Result<String, Failure> {
        let plans = tx.plans().await.or_broken("load the plans")?;
        let plan = plans.iter().find(|plan| plan.code == action.reference.plan);
        let bodies = &self.partnership.bodies;
        let answers = plan.and_then(|plan| bodies.with(plan.body));
        let group = match answers {
            Some(body) if body.kind != BodyKind::Board => Some(body),
            board => bodies.first_of(BodyKind::Executive).or(board),
        };
        Ok(group.map_or_else(|| "the group".to_owned(), |body| body.name.clone()))
    }

    /// For how long an author may take an update back.
    pub(super) fn undo_for(self) -> TimeDelta {
        TimeDelta::from_std(self.desk.undo_for).unwrap_or(TimeDelta::zero())
    }
}

/// What makes the line about an update one post.
pub(super) fn line_key(update: UpdateId) -> String {
    format!("update/{}", update.0)
}
