//! Logging what a message says.

use super::Asking;
use super::Failure;
use super::Refusal;
use crate::action::Ref;
use crate::action::Standing;
use crate::permission;
use crate::permission::Capability;
use crate::request::Quoted;
use crate::store::Tx;
use crate::view::Answer;
use crate::view::message;

impl Asking<'_> {
    /// The form with the message in it; sending it asks for an update like any other.
    pub(super) async fn log_message(self, tx: &mut Tx, quoted: &Quoted) -> Result<Answer, Failure> {
        let actions = self.actions(tx, None).await?;
        let bodies = &self.partnership.bodies;
        let speaker = self.passer_by();
        // Refused before the form, so that nobody writes what they may not send.
        let may_log = |action| permission::voice(Capability::Log, &speaker, action, bodies).is_ok();
        if !actions.iter().any(may_log) {
            let unseen = !self.request.by.roles_seen;
            let nothing = Refusal::NothingToLog(bodies.overseers());
            return Err(if unseen { Refusal::RolesUnseen } else { nothing }.into());
        }
        let open = actions.iter().filter(|action| action.standing == Standing::Open);
        let own = open.filter(|action| speaker.holds.iter().any(|body| action.is_led_by(*body)));
        let own: Vec<Ref> = own.map(|action| action.reference.clone()).collect();
        Ok(Answer::Form(message::form(quoted, &own)))
    }
}
