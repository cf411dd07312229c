//! Showing a private answer to everybody in the channel.

use chrono::TimeDelta;

use super::Asking;
use super::Failure;
use super::OrBroken;
use crate::request::list::Share;
use crate::store::Tx;
use crate::view;
use crate::view::Answer;
use crate::view::Button;

/// How long the same is not shared again in a channel: two people in a meeting who press the same
/// button, or one who presses it twice, want it once.
const ONCE_IN: TimeDelta = TimeDelta::minutes(5);

impl Asking<'_> {
    /// What was private, for everybody in the channel; or that they have it already.
    pub(super) async fn share(self, tx: &mut Tx, share: &Share) -> Result<Answer, Failure> {
        let card = match share {
            Share::Overdue(ask) => self.shared_attention(tx, ask).await?,
            Share::Action(action) => self.shared_action(tx, action).await?,
            Share::List(ask) => self.shared_list(tx, ask).await?,
            Share::Mine(ask) => self.shared_mine(tx, ask).await?,
        };
        let shared = tx.share(self.request.place.channel, &card, ONCE_IN).await;
        Ok(match shared.or_broken("record what is shared")? {
            None => Answer::Public(card),
            Some(at) => Answer::Private(view::share::already(at, self.partnership.calendar.zone)),
        })
    }

    /// The button under a private answer; none in a direct message, where nobody else is.
    pub(super) fn share_button(self, share: &Share) -> Option<Button> {
        self.request.place.server.and_then(|_| view::share::button(share))
    }
}
