//! Plans in which a lead's word that work is complete is enough, and what undoing that word undoes.

use super::Asking;
use super::Failure;
use super::OrBroken;
use crate::action;
use crate::action::Action;
use crate::action::Ref;
use crate::action::Standing;
use crate::action::Status;
use crate::body::Person;
use crate::decision::Agreed;
use crate::decision::Kind;
use crate::decision::Minute;
use crate::decision::NewDecision;
use crate::decision::reopened;
use crate::search;
use crate::store::Logged;
use crate::store::Tx;

/// What is noted with a sign-off that no meeting agreed.
const NOTE: &str = "This plan needs no sign-off: its lead's word is enough.";

/// What is noted when that word is taken back.
const NOTE_BACK: &str = "The update that said it was complete was taken back.";

impl Asking<'_> {
    /// Whether a meeting has to agree that an action is complete, by the plan it stands in.
    pub(super) async fn needs_sign_off(
        self,
        tx: &mut Tx,
        action: &Action,
    ) -> Result<bool, Failure> {
        let plans = tx.plans().await.or_broken("load the plans")?;
        let plan = plans.iter().find(|plan| plan.code == action.reference.plan);
        Ok(plan.is_none_or(|plan| plan.sign_off_needed))
    }

    /// Records that work is complete at its lead's word.
    pub(super) async fn sign_off_at_once(
        self,
        tx: &mut Tx,
        action: &Action,
        by: &Person,
    ) -> Result<(), Failure> {
        let new = NewDecision { action: action.id, agreed: Agreed::SignedOff };
        let minute = Minute { note: NOTE.to_owned(), ..Minute::default() };
        tx.add_decision(&new, &minute, by).await.or_broken("record the sign-off")?;
        self.begin_next_turn(tx, action).await?;
        // One that went with a completion that was taken back is promised again.
        if let Some(turn) = self.next_turn(tx, &action.reference, Standing::Withdrawn).await? {
            let agreed = Agreed::Returned { status: Status::NotStarted };
            let new = NewDecision { action: turn.id, agreed };
            tx.add_decision(&new, &minute, by).await.or_broken("promise the next turn again")?;
        }
        Ok(())
    }

    /// Whether taking back an update opens its action again, since nothing but that update completed
    /// it.
    ///
    /// # Errors
    /// A refusal where a meeting has signed it off.
    pub(super) async fn completed_at_once(
        self,
        tx: &mut Tx,
        logged: &Logged,
    ) -> Result<bool, Failure> {
        let action = self.named(tx, &logged.reference).await?;
        if action.standing != Standing::SignedOff {
            return Ok(false);
        }
        let decisions = tx.decisions_of(action.id).await.or_broken("load the decisions")?;
        let sign_off = decisions.iter().rfind(|made| made.kind == Kind::SignOff);
        // Both were written in one moment, and no meeting is cited.
        let at_once = sign_off.is_some_and(|made| {
            made.minute.meeting.is_none()
                && made.made_at == logged.update.said_at
                && logged.update.status == Status::Complete
        });
        if at_once { Ok(true) } else { Err(action::Refusal::Finished(action.reference).into()) }
    }

    /// Opens an action again whose completion was taken back.
    pub(super) async fn reopen(
        self,
        tx: &mut Tx,
        reference: &Ref,
        by: &Person,
    ) -> Result<(), Failure> {
        let action = self.named(tx, reference).await?;
        let status = tx.status_before_completion(action.id).await;
        let new = reopened(&action, status.or_broken("load the status before")?);
        let minute = Minute { note: NOTE_BACK.to_owned(), ..Minute::default() };
        tx.add_decision(&new, &minute, by).await.or_broken("record that it goes on")?;
        // The next turn was opened with the completion, and goes with it unless somebody has begun it.
        if let Some(turn) = self.next_turn(tx, reference, Standing::Open).await? {
            let new = NewDecision { action: turn.id, agreed: Agreed::Withdrawn };
            tx.add_decision(&new, &minute, by).await.or_broken("withdraw the next turn")?;
        }
        Ok(())
    }

    /// The next turn of an action, where it stands so and nobody has said anything about it.
    async fn next_turn(
        self,
        tx: &mut Tx,
        reference: &Ref,
        standing: Standing,
    ) -> Result<Option<Action>, Failure> {
        let turn = tx.action(&reference.next_turn()).await.or_broken("load the next turn")?;
        Ok(turn.filter(|turn| turn.standing == standing && turn.last_update.is_none()))
    }

    async fn named(self, tx: &mut Tx, reference: &Ref) -> Result<Action, Failure> {
        let action = tx.action(reference).await.or_broken("load the action")?;
        Ok(action.ok_or_else(|| search::Refusal::None(reference.to_string()))?)
    }
}
