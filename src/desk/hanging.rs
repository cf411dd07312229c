//! What hangs on a meeting, and what becomes of it when the meeting is moved or cancelled.

use super::Asking;
use super::Failure;
use super::OrBroken;
use crate::action::Action;
use crate::action::Standing;
use crate::action::Status;
use crate::agenda::Item;
use crate::body::Person;
use crate::date::day_in_full;
use crate::meeting::Calendar;
use crate::meeting::Meeting;
use crate::meeting::asked::Proposed;
use crate::store::Tx;
use crate::view::meeting::change::Hanging;

impl Asking<'_> {
    /// What hangs on a meeting that would be changed so. What stands on its agenda goes along with it,
    /// or to the next meeting of its body where it is cancelled.
    pub(super) async fn hanging(
        self,
        tx: &mut Tx,
        proposed: &Proposed,
    ) -> Result<Hanging, Failure> {
        let Some(before) = &proposed.before else { return Ok(Hanging::default()) };
        if proposed.after.as_ref().is_some_and(|after| after.on == before.on) {
            return Ok(Hanging::default());
        }
        let to = match &proposed.after {
            Some(after) => Some(after.clone()),
            None => self.following(before, proposed),
        };
        let actions = self.actions(tx, None).await?;
        let from_on = to.as_ref().map_or(before.on, |to| to.on.min(before.on));
        let items = tx.agenda_items(from_on, None).await.or_broken("load the agendas")?;
        let there = |item: &Item| {
            let is_same = |other: &&Item| other.action == item.action;
            to.as_ref()
                .is_some_and(|to| items.iter().filter(is_same).any(|other| other.is_before(to)))
        };
        let mut hanging = Hanging::default();
        for item in items.iter().filter(|item| item.is_before(before)) {
            let about = actions.iter().find(|action| action.reference == item.action);
            let Some(action) = about else { continue };
            let which = match &to {
                Some(_) if there(item) => &mut hanging.stands_there,
                Some(_) => &mut hanging.carried,
                None => &mut hanging.off,
            };
            which.push((item.clone(), action.clone()));
        }
        hanging.due = actions.into_iter().filter(|action| self.is_due_at(action, before)).collect();
        hanging.to = to;
        Ok(hanging)
    }

    /// Lets what hangs on a meeting go with it, and withdraws the requests for updates before it that
    /// are still to go out; gives how many those were. Actions that are due at it keep their dates.
    pub(super) async fn rehang(
        self,
        tx: &mut Tx,
        (proposed, hanging): (&Proposed, &Hanging),
        by: &Person,
    ) -> Result<u64, Failure> {
        let Some(before) = &proposed.before else { return Ok(0) };
        if let Some(to) = &hanging.to {
            for (item, _) in &hanging.carried {
                let carried = tx.carry_agenda_item(item.id, to.on, by).await;
                carried.or_broken("carry something to another agenda")?;
            }
        }
        for (item, _) in hanging.off.iter().chain(&hanging.stands_there) {
            let taken = tx.take_off_agenda(item.id, by).await;
            taken.or_broken("take something off an agenda")?;
        }
        // What they say of the meeting stays true.
        let stays = |after: &Meeting| (after.on, after.papers_on) == (before.on, before.papers_on);
        if proposed.after.as_ref().is_some_and(stays) {
            return Ok(0);
        }
        let why = match &proposed.after {
            Some(after) => format!("the meeting was changed to {}", day_in_full(after.on)),
            None => "the meeting was cancelled".to_owned(),
        };
        let withdrawn = tx.withdraw_chases(before, &why).await;
        withdrawn.or_broken("withdraw the requests before a meeting")
    }

    /// The next meeting of the same body once this one is cancelled.
    fn following(self, before: &Meeting, proposed: &Proposed) -> Option<Meeting> {
        let calendar = &self.partnership.calendar;
        let mut changes = calendar.changes.clone();
        changes.add(proposed.change.clone());
        Calendar { changes, ..calendar.clone() }.next(before.body, before.at)
    }

    fn is_due_at(self, action: &Action, meeting: &Meeting) -> bool {
        let is_open = action.standing == Standing::Open && action.status != Status::Complete;
        let (calendar, bodies) = (&self.partnership.calendar, &self.partnership.bodies);
        is_open && calendar.is_target(bodies, action.target.words(), meeting)
    }
}
