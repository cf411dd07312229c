//! Keeping the plan: adding an action, and changing how one reads, who leads it or its themes.

use anyhow::Context;

use super::Asking;
use super::Failure;
use super::OrBroken;
use super::Refusal;
use crate::action::Action;
use crate::action::Lead;
use crate::action::Printed;
use crate::action::draft::Draft;
use crate::action::draft::DraftId;
use crate::action::draft::NewDraft;
use crate::action::draft::State;
use crate::attendance::Held;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::Person;
use crate::body::same;
use crate::date::Occasion;
use crate::date::Target;
use crate::files::preview::lead;
use crate::permission;
use crate::permission::Capability;
use crate::plan::Area;
use crate::request::command;
use crate::request::upkeep::AddAsk;
use crate::request::upkeep::EditAsk;
use crate::revision::edit;
use crate::revision::edit::Edit;
use crate::revision::same_words;
use crate::search;
use crate::store::Tx;
use crate::view;
use crate::view::Answer;
use crate::view::Card;
use crate::view::upkeep::Understood;
use crate::view::verbatim;

/// What takes all themes away from an action.
const NO_THEME: &str = "none";

/// A draft as it is understood.
struct Read {
    area: Area,
    printed: Printed,
    target: Target,
    leads: Vec<Lead>,
    doubts: Vec<String>,
}

impl Asking<'_> {
    /// Adds an action, or first reads back what is doubtful about it.
    pub(super) async fn add_action(self, tx: &mut Tx, ask: &AddAsk) -> Result<Answer, Failure> {
        self.draft_action(tx, ask, None).await
    }

    /// The same for an action that a meeting agreed, if one did.
    pub(super) async fn draft_action(
        self,
        tx: &mut Tx,
        ask: &AddAsk,
        held: Option<Held>,
    ) -> Result<Answer, Failure> {
        let body = self.keeps()?;
        edit::readable(&ask.title)?;
        let areas = tx.areas().await.or_broken("load the areas")?;
        let area = area_named(&areas, &ask.area)?;
        let speaker = self.speaker(tx).await?;
        let new = NewDraft {
            area: area.id,
            title: ask.title.clone(),
            lead: ask.lead.clone(),
            target: ask.target.clone(),
            drafted_on: self.today(tx),
        };
        let draft = tx.add_draft(&new, &speaker.person, self.request.id).await;
        let draft = draft.or_broken("keep a draft")?;
        if let Some(held) = held {
            let kept = tx.add_meeting_of_draft(draft.id, held).await;
            kept.or_broken("keep which meeting agreed it")?;
        }
        if let State::Added(reference) = &draft.state {
            // The same asking, delivered again.
            return Err(Refusal::DraftAdded(reference.clone()).into());
        }
        let read = self.read(tx, &draft).await?;
        if read.doubts.is_empty() {
            return self.added(tx, &draft, &read, (&speaker.person, body)).await;
        }
        let card = view::upkeep::asked_back(draft.id, &read.understood(), &read.doubts);
        Ok(Answer::Private(card))
    }

    /// Adds an action whose doubts somebody has looked at.
    pub(super) async fn add_draft(self, tx: &mut Tx, draft: i64) -> Result<Answer, Failure> {
        let body = self.keeps()?;
        let draft = self.waiting_draft(tx, draft).await?;
        let speaker = self.speaker(tx).await?;
        let read = self.read(tx, &draft).await?;
        self.added(tx, &draft, &read, (&speaker.person, body)).await
    }

    pub(super) async fn cancel_draft(self, tx: &mut Tx, draft: i64) -> Result<Answer, Failure> {
        self.keeps()?;
        let draft = self.waiting_draft(tx, draft).await?;
        tx.cancel_draft(draft.id).await.or_broken("put a draft aside")?;
        let held = tx.meeting_of_draft(draft.id).await.or_broken("look for its meeting")?;
        if let Some(meeting) = held.and_then(|held| self.meeting_held(tx, held)) {
            let said = view::upkeep::cancelled(&draft.said.title).text;
            return self.go_on(tx, &meeting, Some(&said)).await;
        }
        Ok(Answer::Private(view::upkeep::cancelled(&draft.said.title)))
    }

    /// Changes how an action reads, who leads it or its themes.
    pub(super) async fn edit_action(self, tx: &mut Tx, ask: &EditAsk) -> Result<Answer, Failure> {
        let body = self.keeps()?;
        let actions = self.actions(tx, None).await?;
        let action = search::one(&actions, &ask.action)?;
        if !tx.first_asking(self.request.id).await.or_broken("record an asking")? {
            return Ok(Answer::Private(self.card_of(tx, action).await?));
        }
        let leads = ask.lead.as_ref().map(|lead| self.leads_in(&actions, lead)).transpose()?;
        let themes = ask.theme.as_ref().map(|theme| self.themes_in(theme)).transpose()?;
        let changes = edit::edited(action, &Edit { title: ask.title.clone(), leads, themes })?;
        let speaker = self.speaker(tx).await?;
        let saved = tx.edit(action, &changes, &speaker.person).await;
        saved.or_broken("record what is changed about an action")?;
        let after = tx.action(&action.reference).await.or_broken("load the action")?;
        let after = after.context("the action is gone").map_err(Failure::Broken)?;
        let notes: Vec<String> = match ask.lead {
            Some(_) => unknown(&after.leads).map(view::upkeep::not_a_body).collect(),
            None => Vec::new(),
        };
        let told = self.lead_told(tx, &after.leads, &after.reference.plan).await?;
        let by = self.signed(&speaker.person, body);
        let line = view::upkeep::edited_for_all(action, &changes, &by);
        let key = format!("edit/{}", self.request.id);
        self.tell(tx, told, (&key, &line)).await?;
        let channel = told.map(|body| body.channel_name.as_str());
        let mut card = view::upkeep::edited(&after, &changes, channel, &notes);
        card.buttons = view::action::buttons(&after, &self.offers(&after));
        Ok(Answer::Private(card))
    }

    async fn added(
        self,
        tx: &mut Tx,
        draft: &Draft,
        read: &Read,
        (by, body): (&Person, BodyId),
    ) -> Result<Answer, Failure> {
        tx.add_drafted(draft, &read.printed, by).await.or_broken("add an action")?;
        let reference = &read.printed.reference;
        let held = tx.meeting_of_draft(draft.id).await.or_broken("look for its meeting")?;
        if let Some(held) = held {
            return self.added_by_meeting(tx, (held, reference), by).await;
        }
        let told = self.lead_told(tx, &read.leads, &reference.plan).await?;
        let line = view::upkeep::added_for_all(&read.understood(), &self.signed(by, body));
        let key = format!("added/{}", draft.id.0);
        self.tell(tx, told, (&key, &line)).await?;
        let channel = told.map(|body| body.channel_name.as_str());
        let mut card = view::upkeep::added(&read.understood(), channel);
        let action = tx.action(reference).await.or_broken("load the action")?;
        let action = action.context("the action is gone").map_err(Failure::Broken)?;
        card.buttons = view::action::buttons(&action, &self.offers(&action));
        Ok(Answer::Private(card))
    }

    /// The body in whose name somebody keeps the plan, or why they may not.
    fn keeps(self) -> Result<BodyId, Failure> {
        let bodies = &self.partnership.bodies;
        let decided = permission::authority(Capability::Keep, &self.passer_by(), bodies);
        Ok(self.permitted(decided)?.body)
    }

    /// A draft on which nobody has decided yet.
    async fn waiting_draft(self, tx: &mut Tx, draft: i64) -> Result<Draft, Failure> {
        let found = tx.draft(DraftId(draft)).await.or_broken("load a draft")?;
        let draft = found.ok_or(command::Refusal::NotAButton)?;
        match &draft.state {
            State::Waiting => Ok(draft),
            State::Added(reference) => Err(Refusal::DraftAdded(reference.clone()).into()),
            State::Cancelled => Err(Refusal::DraftCancelled.into()),
        }
    }

    /// What a draft means today, under the number that comes next.
    async fn read(self, tx: &mut Tx, draft: &Draft) -> Result<Read, Failure> {
        let said = &draft.said;
        let areas = tx.areas().await.or_broken("load the areas")?;
        let area = areas.into_iter().find(|area| area.id == said.area);
        let area = area.context("the area of a draft is gone").map_err(Failure::Broken)?;
        let reference = tx.next_ref(area.id).await.or_broken("look for the next number")?;
        let actions = self.actions(tx, None).await?;
        let leads = self.leads_in(&actions, &said.lead)?;
        let (calendar, bodies) = (&self.partnership.calendar, &self.partnership.bodies);
        let target = Target::read_on(
            &said.target,
            &Occasion {
                written_on: Some(said.drafted_on),
                meeting_in: &|name, month| calendar.meeting_in(bodies, name, month),
                meeting_after: &|name, day| calendar.meeting_after(bodies, name, day),
            },
        );
        let mut doubts: Vec<String> = target.doubts().iter().map(ToString::to_string).collect();
        doubts.extend(unknown(&leads).map(view::upkeep::not_a_body));
        let same = actions.iter().filter(|action| same_words(&action.title, &said.title));
        doubts.extend(same.map(|action| view::upkeep::reads_the_same(&action.reference)));
        let printed = Printed {
            leads: Some(leads.clone()),
            target: Some(target.clone()),
            ..Printed::titled(reference, &said.title)
        };
        Ok(Read { area, printed, target, leads, doubts })
    }

    /// The leads that words name, in the plan's own spelling where it has them. A slip of the
    /// keyboard is refused: once recorded, it stays.
    fn leads_in(self, actions: &[Action], words: &str) -> Result<Vec<Lead>, Failure> {
        let bodies = &self.partnership.bodies;
        let mut leads = lead::leads(words, bodies);
        for lead in &mut leads {
            let printed = actions.iter().flat_map(|action| &action.leads);
            let printed = printed.map(|lead| &lead.printed);
            let mut known = printed.chain(bodies.all.iter().map(|body| &body.name));
            match known.find(|known| same(known, &lead.printed)) {
                Some(known) => lead.printed.clone_from(known),
                None if lead.bodies.is_empty() => {
                    if let Some(meant) = lead::meant(&lead.printed, bodies) {
                        let words = lead.printed.clone();
                        return Err(Refusal::LeadMeant { words, meant }.into());
                    }
                }
                None => {}
            }
        }
        Ok(leads)
    }

    /// The themes that words name, parted by commas.
    fn themes_in(self, words: &str) -> Result<Vec<String>, Failure> {
        if same(words, NO_THEME) {
            return Ok(Vec::new());
        }
        let known = &self.partnership.themes;
        let mut themes: Vec<String> = Vec::new();
        for word in words.split([',', ';']).filter(|word| !word.trim().is_empty()) {
            let found = known.iter().find(|known| same(known, word));
            let theme = found.ok_or_else(|| Refusal::NoSuchTheme {
                words: word.trim().to_owned(),
                known: known.clone(),
            })?;
            if !themes.contains(theme) {
                themes.push(theme.clone());
            }
        }
        Ok(themes)
    }

    /// The body whose channel is told: the accountable lead, where that is one body; else the one
    /// that answers for the plan.
    async fn lead_told(
        &self,
        tx: &mut Tx,
        leads: &[Lead],
        plan: &str,
    ) -> Result<Option<&Body>, Failure> {
        let bodies = &self.partnership.bodies;
        let with_channel = |id| bodies.with(id).filter(|body| body.channel.is_some());
        let accountable = leads.first().and_then(|lead| match lead.bodies.as_slice() {
            [only] => with_channel(*only),
            _ => None,
        });
        if accountable.is_some() {
            return Ok(accountable);
        }
        let plans = tx.plans().await.or_broken("load the plans")?;
        let plan = plans.into_iter().find(|known| known.code == plan);
        Ok(plan.and_then(|plan| with_channel(plan.body)))
    }

    pub(super) async fn tell(
        self,
        tx: &mut Tx,
        told: Option<&Body>,
        (key, line): (&str, &Card),
    ) -> Result<(), Failure> {
        if let Some(channel) = told.and_then(|body| body.channel) {
            tx.add_post(key, channel, line, tx.now()).await.or_broken("owe the line for all")?;
        }
        Ok(())
    }

    /// Who did something, and for which body.
    pub(super) fn signed(self, person: &Person, body: BodyId) -> String {
        let name = verbatim(&person.name);
        match self.partnership.bodies.with(body) {
            Some(body) => format!("{name}, {}", verbatim(&body.name)),
            None => name,
        }
    }
}

impl Read {
    fn understood(&self) -> Understood<'_> {
        Understood {
            reference: &self.printed.reference,
            area: &self.area,
            title: &self.printed.title,
            leads: &self.leads,
            target: &self.target,
        }
    }
}

/// The leads that are no body.
fn unknown(leads: &[Lead]) -> impl Iterator<Item = &str> {
    leads.iter().filter(|lead| lead.bodies.is_empty()).map(|lead| lead.printed.as_str())
}

/// The area that words name: by its plan's letters and number, by its number alone where one plan
/// has it, or by its title.
fn area_named<'a>(areas: &'a [Area], words: &str) -> Result<&'a Area, Refusal> {
    let is_meant = |area: &&Area| {
        same(&area.reference(), words)
            || same(&area.number.to_string(), words)
            || same(&area.label(), words)
            || !area.title.is_empty() && same(&area.title, words)
    };
    let meant: Vec<&Area> = areas.iter().filter(is_meant).collect();
    let words = words.to_owned();
    match meant.as_slice() {
        [only] => Ok(only),
        [] => {
            let known = areas.iter().map(|area| format!("{} ({})", area.reference(), area.title));
            Err(Refusal::NoSuchPlanArea { words, known: known.collect() })
        }
        several => {
            let meant = several.iter().map(|area| area.reference()).collect();
            Err(Refusal::WhichArea { words, meant })
        }
    }
}
