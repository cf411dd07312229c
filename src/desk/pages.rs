//! Lists of a plan's actions, a page at a time: all that was asked for, and what somebody answers for.

use super::Asking;
use super::Failure;
use super::lists::Sought;
use crate::action::Action;
use crate::action::Standing;
use crate::attention::Attention;
use crate::attention::list;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::both;
use crate::permission;
use crate::request::Ask;
use crate::request::AttentionAsk;
use crate::request::list::ListAsk;
use crate::request::list::MineAsk;
use crate::request::list::Share;
use crate::request::list::Stands;
use crate::search;
use crate::store::Tx;
use crate::view;
use crate::view::Card;
use crate::view::attention::Asked;
use crate::view::list::Listed;
use crate::view::list::Mine;
use crate::view::list::Reader;
use crate::view::page::Page;

impl Asking<'_> {
    /// The list for one person, with the button that shows it to everybody.
    pub(super) async fn list(self, tx: &mut Tx, ask: &ListAsk) -> Result<Card, Failure> {
        let mut card = self.shared_list(tx, ask).await?;
        card.buttons.extend(self.share_button(&Share::List(self.in_short(ask))));
        Ok(card)
    }

    /// The list for everybody.
    pub(super) async fn shared_list(self, tx: &mut Tx, ask: &ListAsk) -> Result<Card, Failure> {
        let moment = self.moment(tx, ask.as_of).await?;
        let (wanted, scope_words) = self.scope(tx, &Sought::by_list(ask)).await?;
        let actions = self.actions(tx, moment.until).await?;
        let text = ask.text.as_deref().unwrap_or_default();
        let is_meant = |action: &&Action| {
            wanted.holds(action)
                && ask.status.is_none_or(|status| action.status == status)
                && search::fits(action, text)
        };
        let scope: Vec<&Action> = actions.iter().filter(is_meant).collect();
        let stands = |action: &&&Action| match ask.stands {
            Some(stands) => Stands::of(action) == stands,
            None => action.standing != Standing::Withdrawn,
        };
        let found: Vec<&Action> = scope.iter().filter(stands).copied().collect();
        Ok(view::list::list(&Listed {
            ask: &self.in_short(ask),
            scope_words: &scope_words,
            found: &found,
            scope: &scope,
            lens: self.lens(&moment),
        }))
    }

    /// What the bodies answer for that whoever asks holds, with what they can do about it.
    pub(super) async fn mine(self, tx: &mut Tx, ask: &MineAsk) -> Result<Card, Failure> {
        if !ask.of.is_empty() {
            return self.shared_mine(tx, ask).await;
        }
        let holds = self.holds();
        if holds.is_empty() {
            return Ok(if self.request.by.roles_seen {
                view::list::nothing_held()
            } else {
                view::list::roles_unseen()
            });
        }
        let actions = self.actions(tx, None).await?;
        let (mut card, shown) = self.answered_for(tx, &holds, ask, &actions).await?;
        let shown: Vec<&Action> = shown.into_iter().filter(|action| self.may_log(action)).collect();
        let turning = std::mem::take(&mut card.buttons);
        card.buttons = view::list::update_buttons(&shown);
        card.buttons.extend(turning);
        let known = &self.partnership.bodies;
        let of = holds.iter().filter_map(|id| known.with(*id)).map(|body| body.code.clone());
        let share = Share::Mine(MineAsk { of: of.collect(), ..ask.clone() });
        card.buttons.extend(self.share_button(&share));
        if !self.request.by.roles_seen {
            card.footer = view::list::by_name_alone(&card.footer);
        }
        Ok(card)
    }

    /// What bodies answer for, by name, for everybody.
    pub(super) async fn shared_mine(self, tx: &mut Tx, ask: &MineAsk) -> Result<Card, Failure> {
        let mut bodies: Vec<BodyId> = Vec::new();
        for words in &ask.of {
            bodies.extend(self.bodies(words)?);
        }
        let actions = self.actions(tx, None).await?;
        Ok(self.answered_for(tx, &bodies, ask, &actions).await?.0)
    }

    /// A page of what bodies answer for, and the actions on it.
    async fn answered_for<'a>(
        self,
        tx: &mut Tx,
        bodies: &[BodyId],
        ask: &MineAsk,
        actions: &'a [Action],
    ) -> Result<(Card, Vec<&'a Action>), Failure> {
        let known = &self.partnership.bodies;
        let bodies: Vec<&Body> = bodies.iter().filter_map(|id| known.with(*id)).collect();
        let names: Vec<String> = bodies.iter().map(|body| body.name.clone()).collect();
        let is_theirs =
            |action: &&Action| bodies.iter().any(|body| permission::answers_for(body, action));
        let scope: Vec<&Action> = actions.iter().filter(is_theirs).collect();
        let moment = self.moment(tx, None).await?;
        let everything = AttentionAsk::default();
        let (vantage, meeting) = self.vantage(&moment, &everything, known)?;
        let lens = self.lens(&moment);
        let turned = |page| Ask::Mine(MineAsk { page, ..ask.clone() });
        if let Some(view) = ask.view {
            let found = list(view, &scope, &vantage);
            let answer = if names.len() == 1 { "answers" } else { "answer" };
            let scope_words = format!(" that {} {answer} for", both(&names));
            let meeting = meeting.as_ref().map(view::meeting::in_sentence);
            let (scope_words, meeting) = (scope_words.as_str(), meeting.as_deref());
            let page = ask.page;
            let asked = Asked { view, page, scope: scope_words, meeting, lens, bodies: known };
            let shown = Page::of(&found, ask.page).actions;
            return Ok((view::attention::attention(&asked, &found, &scope, turned), shown));
        }
        let mut open: Vec<&Action> =
            scope.iter().copied().filter(|action| action.standing == Standing::Open).collect();
        open.sort_by_key(|action| {
            let due_on = action.target.due_on();
            let calm = !Attention::All.wants(action, &vantage);
            (calm, due_on.is_none(), due_on, action.reference.clone())
        });
        let reader = if ask.of.is_empty() { Reader::Holder } else { Reader::Anybody };
        let mine = Mine { names: &names, reader, page: ask.page, vantage: &vantage, lens };
        let shown = Page::of(&open, ask.page).actions;
        Ok((view::list::mine(&mine, &open, &scope, turned), shown))
    }

    /// The same ask in the shortest names, so that it fits in a button.
    fn in_short(self, ask: &ListAsk) -> ListAsk {
        let (body, lead) = (self.short(ask.body.as_deref()), self.short(ask.lead.as_deref()));
        ListAsk { body, lead, ..ask.clone() }
    }
}
