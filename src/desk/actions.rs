//! One action, and what whoever reads its card can do with it.

use super::Asking;
use super::Failure;
use super::OrBroken;
use crate::action::Action;
use crate::action::Standing;
use crate::action::Status;
use crate::attention::brag;
use crate::permission;
use crate::permission::Capability;
use crate::request::list::Share;
use crate::search;
use crate::store::Tx;
use crate::view;
use crate::view::Card;
use crate::view::action::Offer;

impl Asking<'_> {
    /// The card for one person, with what they can do and the button that shows it to everybody.
    pub(super) async fn action(self, tx: &mut Tx, words: &str) -> Result<Card, Failure> {
        let actions = self.actions(tx, None).await?;
        let action = search::one(&actions, words)?;
        let mut card = self.card_of(tx, action).await?;
        card.buttons.extend(self.share_button(&Share::Action(action.reference.to_string())));
        Ok(card)
    }

    /// The card as everybody sees it who did not ask for it: what they can do differs.
    pub(super) async fn shared_action(self, tx: &mut Tx, words: &str) -> Result<Card, Failure> {
        let actions = self.actions(tx, None).await?;
        let action = search::one(&actions, words)?;
        let card = self.card_of(tx, action).await?;
        Ok(Card { buttons: view::action::buttons(action, &[Offer::History]), ..card })
    }

    /// The card where everybody sees the answer, with what whoever asked can do.
    pub(super) async fn action_to_all(self, tx: &mut Tx, words: &str) -> Result<Card, Failure> {
        let actions = self.actions(tx, None).await?;
        self.card_of(tx, search::one(&actions, words)?).await
    }

    /// The card of an action as it stands, with what whoever asks can do.
    pub(super) async fn card_of(self, tx: &mut Tx, action: &Action) -> Result<Card, Failure> {
        let moment = self.moment(tx, None).await?;
        let areas = tx.areas().await.or_broken("load the areas")?;
        let area = areas.iter().find(|area| action.reference.is_in(area));
        let bodies = &self.partnership.bodies;
        let mut card = view::action::action(action, area, bodies, &self.lens(&moment));
        let vantage = self.seen_from(&moment, bodies);
        let colour = view::brag::in_words(brag(action, &vantage), action, &vantage);
        card.text = format!("{}\n**BRAG** {colour}", card.text);
        let decisions = tx.decisions_of(action.id).await.or_broken("load the decisions")?;
        // What was taken over from print is told by the status.
        if let Some(last) = decisions.iter().rfind(|made| made.by.is_some()) {
            let zone = self.partnership.calendar.zone;
            card.sections.push(view::decision::on_card(last, bodies, zone));
        }
        let ledger = tx.updates_of(&action.reference).await.or_broken("load its updates")?;
        // Only where it was the last thing to happen: what was said since stands on its own.
        let last = ledger.last().and_then(|entry| entry.undoes);
        let undone = ledger.iter().find(|entry| Some(entry.update.id) == last);
        if let Some((entry, taken_back)) = undone.and_then(|e| Some((e, e.taken_back.as_ref()?))) {
            let zone = self.partnership.calendar.zone;
            let shown = view::correction::section(&entry.update, taken_back, bodies, zone);
            card.sections.push(shown);
        }
        let items = tx.agenda_items(moment.today, None).await.or_broken("load the agendas")?;
        let coming = items.iter().filter(|item| item.is_about(action));
        card.sections.extend(view::agenda::coming(coming, bodies));
        card.buttons = view::action::buttons(action, &self.offers(action));
        if self.may_decide() {
            card.buttons.extend(view::decision::buttons(action));
        }
        Ok(card)
    }

    /// What whoever asks can do with an action: only what would not be refused, so that it is less
    /// where the chat does not say which roles they hold. Everybody may read its history.
    pub(super) fn offers(self, action: &Action) -> Vec<Offer> {
        let mut offers = Vec::new();
        if self.may_log(action) {
            offers.push(Offer::Update);
            if action.status != Status::Complete {
                offers.extend([Offer::NewDate, Offer::Complete]);
            }
        }
        offers.push(Offer::History);
        offers
    }

    /// Whether whoever asks could log progress on an action, here and now.
    pub(super) fn may_log(self, action: &Action) -> bool {
        let bodies = &self.partnership.bodies;
        action.standing == Standing::Open
            && permission::voice(Capability::Log, &self.passer_by(), action, bodies).is_ok()
    }
}
