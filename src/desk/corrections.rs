//! Taking back what was said: by its author for a while, by CP Support at any time and with a reason.

use super::Asking;
use super::CHOICES_MAX;
use super::Failure;
use super::OrBroken;
use super::Refusal;
use super::progress::line_key;
use crate::action::Action;
use crate::action::Ref;
use crate::action::Reversal;
use crate::action::Status;
use crate::action::UpdateId;
use crate::action::reason_for_taking_back;
use crate::body::Person;
use crate::permission;
use crate::permission::Capability;
use crate::request::ReverseAsk;
use crate::request::command;
use crate::search;
use crate::store::Added;
use crate::store::Logged;
use crate::store::Tx;
use crate::view::Answer;
use crate::view::Choice;
use crate::view::correction;
use crate::view::correction::Corrected;

impl Asking<'_> {
    /// Takes back an update for its author.
    pub(super) async fn undo(self, tx: &mut Tx, update: i64) -> Result<Answer, Failure> {
        let logged = tx.update(UpdateId(update)).await.or_broken("load the update")?;
        let logged = logged.ok_or(command::Refusal::NotAButton)?;
        let speaker = self.speaker(tx).await?;
        self.still_counts(&logged, &speaker.person)?;
        if logged.person != Some(speaker.person.id) {
            return Err(Refusal::NotYourUpdate.into());
        }
        if tx.now() > logged.update.said_at + self.undo_for() {
            let minutes = self.desk.undo_for.as_secs() / 60;
            return Err(Refusal::TooLateToUndo { minutes }.into());
        }
        let action = self.action_of(tx, &logged.reference).await?;
        let reopens = self.completed_at_once(tx, &logged).await?;
        if !reopens {
            action.may_be_corrected()?;
        }
        let added = tx.undo_update(logged.update.id, &speaker.person, self.request.id).await;
        let added = added.or_broken("record that the update is taken back")?;
        if reopens && matches!(added, Added::New(_)) {
            self.reopen(tx, &logged.reference, &speaker.person).await?;
        }
        self.taken_back(tx, added, action.status).await
    }

    /// Takes back what somebody else said.
    pub(super) async fn reverse(self, tx: &mut Tx, ask: &ReverseAsk) -> Result<Answer, Failure> {
        let speaker = self.speaker(tx).await?;
        let bodies = &self.partnership.bodies;
        let decided = permission::authority(Capability::Reverse, &speaker, bodies);
        let authority = self.permitted(decided)?;
        let actions = self.actions(tx, None).await?;
        let action = search::one(&actions, &ask.action)?;
        if self.needs_sign_off(tx, action).await? {
            action.may_be_corrected()?;
        }
        let reason = reason_for_taking_back(&ask.reason)?;
        let ledger = tx.updates_of(&action.reference).await.or_broken("load its updates")?;
        let logged = meant(&ledger, ask.update.as_deref(), &action.reference)?;
        self.still_counts(logged, &speaker.person).map_err(|refusal| match refusal {
            Refusal::TakenBackAlready { by, when } if ask.update.is_none() => {
                Refusal::LastTakenBackAlready { by, when }
            }
            other => other,
        })?;
        let reopens = self.completed_at_once(tx, logged).await?;
        if !reopens {
            action.may_be_corrected()?;
        }
        let reversal = Reversal { body: authority.body, reason };
        let (id, by) = (logged.update.id, &speaker.person);
        let added = tx.reverse_update(id, by, &reversal, self.request.id).await;
        let added = added.or_broken("record that the update is taken back")?;
        if reopens && matches!(added, Added::New(_)) {
            self.reopen(tx, &logged.reference, by).await?;
        }
        self.taken_back(tx, added, action.status).await
    }

    /// The updates of an action that could be taken back, newest first.
    pub(super) async fn updates_like(
        self,
        tx: &mut Tx,
        action: &str,
        typed: &str,
    ) -> Result<Vec<Choice>, Failure> {
        let actions = self.actions(tx, None).await?;
        let Ok(action) = search::one(&actions, action) else { return Ok(Vec::new()) };
        let ledger = tx.updates_of(&action.reference).await.or_broken("load its updates")?;
        let zone = self.partnership.calendar.zone;
        let typed = typed.trim().to_lowercase();
        let counts = ledger.iter().rev().filter(|logged| counts(logged));
        let fitting = counts
            .filter(|logged| {
                let author = logged.update.author.as_deref().unwrap_or_default();
                format!("{author} {}", logged.update.text).to_lowercase().contains(&typed)
            })
            .map(|logged| correction::choice(&logged.update, zone));
        Ok(fitting.take(CHOICES_MAX).collect())
    }

    /// Marks the line about an update that was taken back, and tells whoever did so.
    async fn taken_back(
        self,
        tx: &mut Tx,
        added: Added,
        before: Status,
    ) -> Result<Answer, Failure> {
        // Found by the entry that took it back: of an asking that came twice, the second would find
        // another update to be the last one.
        let entry = tx.update(added.id()).await.or_broken("load what takes it back")?;
        let undone = entry.and_then(|entry| entry.undoes);
        let undone = undone.ok_or(command::Refusal::NotAButton)?;
        let logged = tx.update(undone).await.or_broken("load the update")?;
        let logged = logged.ok_or(command::Refusal::NotAButton)?;
        let taken_back = logged.taken_back.clone().ok_or(command::Refusal::NotAButton)?;
        let action = self.action_of(tx, &logged.reference).await?;
        let (bodies, zone) = (&self.partnership.bodies, self.partnership.calendar.zone);
        let key = line_key(logged.update.id);
        let line = tx.posted(&key).await.or_broken("load the line for all")?;
        let corrected = Corrected {
            action: &action,
            before,
            update: &logged.update,
            taken_back: &taken_back,
            stands: line.is_some(),
        };
        if let (Added::New(_), Some(line)) = (added, &line) {
            let card = correction::for_all(line, &corrected, bodies, zone);
            tx.add_edit(&key, &card).await.or_broken("owe the corrected line")?;
        }
        Ok(Answer::Private(correction::corrected(&corrected, bodies, zone)))
    }

    /// Refuses an update that was taken back before, and says by whom.
    fn still_counts(self, logged: &Logged, asker: &Person) -> Result<(), Refusal> {
        let Some(taken_back) = &logged.taken_back else { return Ok(()) };
        let by = match &taken_back.by {
            _ if taken_back.person == Some(asker.id) => "you".to_owned(),
            Some(name) => name.clone(),
            None => "somebody".to_owned(),
        };
        let when = correction::moment(taken_back.at, self.partnership.calendar.zone);
        Err(Refusal::TakenBackAlready { by, when })
    }

    async fn action_of(self, tx: &mut Tx, reference: &Ref) -> Result<Action, Failure> {
        let action = tx.action(reference).await.or_broken("load the action")?;
        Ok(action.ok_or_else(|| search::Refusal::None(reference.to_string()))?)
    }
}

/// Whether somebody said it here and it was not taken back.
fn counts(logged: &Logged) -> bool {
    logged.person.is_some() && logged.undoes.is_none() && logged.taken_back.is_none()
}

/// The update that words name: by the number that was picked, else the one in which they stand; the last
/// one, where nothing is named. Never the one before that: of two who take back the last at once, the
/// second would take back what nobody meant.
fn meant<'a>(
    ledger: &'a [Logged],
    words: Option<&str>,
    reference: &Ref,
) -> Result<&'a Logged, Refusal> {
    let said = || ledger.iter().filter(|logged| logged.person.is_some() && logged.undoes.is_none());
    let Some(words) = words else {
        return said().next_back().ok_or_else(|| Refusal::NothingToTakeBack(reference.clone()));
    };
    if let Some(picked) = said().find(|logged| logged.update.id.0.to_string() == words) {
        return Ok(picked);
    }
    let folded = words.to_lowercase();
    let holds =
        |logged: &&Logged| counts(logged) && logged.update.text.to_lowercase().contains(&folded);
    let mut holding = said().filter(holds);
    match (holding.next(), holding.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(Refusal::NoSuchUpdate { words: words.to_owned(), reference: reference.clone() }),
    }
}
