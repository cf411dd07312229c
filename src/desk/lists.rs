//! Reading the record: what needs attention, the next meetings, and which actions are asked about.

use super::Asking;
use super::Failure;
use super::Moment;
use super::OrBroken;
use super::Refusal;
use crate::action::Action;
use crate::attention::Attention;
use crate::attention::Vantage;
use crate::attention::list;
use crate::body::Bodies;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::same;
use crate::meeting::Meeting;
use crate::permission;
use crate::permission::Capability;
use crate::request::Ask;
use crate::request::AttentionAsk;
use crate::request::list::ListAsk;
use crate::request::list::Share;
use crate::store::Tx;
use crate::view;
use crate::view::Button;
use crate::view::Card;
use crate::view::attention::Asked;
use crate::view::line::Lens;
use crate::view::page::Page;

impl Asking<'_> {
    /// The list for one person, with the button that shows it to everybody.
    pub(super) async fn attention(self, tx: &mut Tx, ask: &AttentionAsk) -> Result<Card, Failure> {
        let (mut card, awaiting) = self.listed(tx, ask).await?;
        card.buttons.extend(awaiting);
        card.buttons.extend(self.share_button(&Share::Overdue(self.brief(ask))));
        Ok(card)
    }

    /// The list for everybody.
    pub(super) async fn shared_attention(
        self,
        tx: &mut Tx,
        ask: &AttentionAsk,
    ) -> Result<Card, Failure> {
        Ok(self.listed(tx, ask).await?.0)
    }

    /// The list, and the buttons to decide about what it holds, for those who may.
    async fn listed(self, tx: &mut Tx, ask: &AttentionAsk) -> Result<(Card, Vec<Button>), Failure> {
        let moment = self.moment(tx, ask.as_of).await?;
        let (wanted, scope_words) = self.scope(tx, &Sought::by_attention(ask)).await?;
        let actions = self.actions(tx, moment.until).await?;
        let scope: Vec<&Action> = actions.iter().filter(|action| wanted.holds(action)).collect();
        let bodies = self.bodies_at(&moment);
        let (vantage, meeting) = self.vantage(&moment, ask, &bodies)?;
        let found = list(ask.view, &scope, &vantage);
        let meeting = meeting.as_ref().map(view::meeting::in_sentence);
        let asked = Asked {
            view: ask.view,
            page: ask.page,
            scope: &scope_words,
            meeting: meeting.as_deref(),
            lens: Lens {
                today: moment.today,
                meeting_on: vantage.meeting_on,
                zone: self.partnership.calendar.zone,
            },
            bodies: &bodies,
        };
        let brief = self.brief(ask);
        let turned = |page| Ask::Overdue(AttentionAsk { page, ..brief.clone() });
        let card = view::attention::attention(&asked, &found, &scope, turned);
        // What stood on another day is nothing to decide about today.
        let decides = ask.view == Attention::Awaiting && ask.as_of.is_none() && self.may_decide();
        let shown = Page::of(&found, ask.page).actions;
        let buttons = decides.then(|| view::decision::buttons_of_list(&shown));
        Ok((card, buttons.unwrap_or_default()))
    }

    /// Whether whoever asks may record decisions, as far as the chat says which roles they have.
    pub(super) fn may_decide(self) -> bool {
        let bodies = &self.partnership.bodies;
        permission::authority(Capability::Decide, &self.passer_by(), bodies).is_ok()
    }

    pub(super) fn next_meeting(self, tx: &Tx, words: Option<&str>) -> Result<Card, Failure> {
        let calendar = &self.partnership.calendar;
        let bodies: Vec<BodyId> = match words {
            Some(words) => self.bodies(words)?,
            None => self.partnership.bodies.all.iter().map(|body| body.id).collect(),
        };
        let next = bodies.into_iter().filter_map(|body| calendar.next(body, tx.now()));
        let mut meetings: Vec<Meeting> = next.collect();
        if let (Some(words), true) = (words, meetings.is_empty()) {
            return Err(Refusal::NoMeetings(words.to_owned()).into());
        }
        meetings.sort_by_key(|meeting| meeting.at);
        Ok(view::meeting::next(&meetings, &self.partnership.bodies, self.today(tx)))
    }

    /// From where actions are looked at, and the meeting that comes next from there.
    pub(super) fn vantage<'b>(
        self,
        moment: &Moment,
        ask: &AttentionAsk,
        bodies: &'b Bodies,
    ) -> Result<(Vantage<'b>, Option<Meeting>), Failure> {
        let calendar = self.calendar_at(moment);
        let meeting = match &ask.meeting {
            None => calendar.next_of_any(moment.at),
            Some(words) => {
                let named = self.bodies(words)?;
                let next = named.iter().filter_map(|body| calendar.next(*body, moment.at));
                next.min_by_key(|meeting| meeting.at)
            }
        };
        let meeting_on = meeting.as_ref().map(|meeting| meeting.on);
        Ok((Vantage { meeting_on, ..self.seen_from(moment, bodies) }, meeting))
    }

    /// From where actions are looked at, whoever meets next.
    pub(super) fn seen_from<'b>(self, moment: &Moment, bodies: &'b Bodies) -> Vantage<'b> {
        let calendar = self.calendar_at(moment);
        Vantage {
            today: moment.today,
            meeting_on: calendar.next_of_any(moment.at).map(|meeting| meeting.on),
            last_met_at: calendar.last_of_any(moment.at).map(|last| last.at),
            bodies,
        }
    }

    pub(super) fn lens(self, moment: &Moment) -> Lens {
        let meeting = self.calendar_at(moment).next_of_any(moment.at);
        Lens {
            today: moment.today,
            meeting_on: meeting.map(|meeting| meeting.on),
            zone: self.partnership.calendar.zone,
        }
    }

    /// Which actions are asked about, and in words that end a sentence.
    pub(super) async fn scope(
        self,
        tx: &mut Tx,
        ask: &Sought<'_>,
    ) -> Result<(Wanted, String), Failure> {
        let mut wanted = Wanted::default();
        let mut words = Vec::new();
        if let Some(body) = ask.body {
            let bodies = self.bodies(body)?;
            let answer = if bodies.len() == 1 { "answers" } else { "answer" };
            words.push(format!(" that {} {answer} for", self.name_of(&bodies, body)));
            let known = &self.partnership.bodies;
            let bodies = bodies.iter().filter_map(|id| known.with(*id)).cloned();
            wanted.bodies = Some(bodies.collect());
        }
        if let Some(lead) = ask.lead {
            let bodies = self.bodies(lead)?;
            words.push(format!(" led by {}", self.name_of(&bodies, lead)));
            wanted.leads = Some(bodies);
        }
        if let Some(area) = ask.area {
            let areas = tx.areas().await.or_broken("load the areas")?;
            if !areas.iter().any(|known| known.number == area) {
                return Err(Refusal::NoSuchArea(area, areas.len()).into());
            }
            words.push(format!(" in area {area}"));
            wanted.area = Some(area);
        }
        if let Some(theme) = ask.theme {
            let known = &self.partnership.themes;
            let found = known.iter().find(|known| same(known, theme));
            let found = found.ok_or_else(|| Refusal::NoSuchTheme {
                words: theme.to_owned(),
                known: known.clone(),
            })?;
            words.push(format!(" with the theme {found}"));
            wanted.theme = Some(found.clone());
        }
        Ok((wanted, words.concat()))
    }

    /// The name on screen of one body, or of several at once.
    pub(super) fn name_of(self, bodies: &[BodyId], words: &str) -> String {
        let known = &self.partnership.bodies;
        match bodies {
            [one] => known.with(*one).map(|body| body.name.clone()),
            several => {
                known.collective_of(several).map(|collective| format!("the {}", collective.name))
            }
        }
        .unwrap_or_else(|| words.to_owned())
    }

    /// The same ask in the shortest names, so that it fits in a button.
    fn brief(self, ask: &AttentionAsk) -> AttentionAsk {
        let (body, lead) = (self.short(ask.body.as_deref()), self.short(ask.lead.as_deref()));
        AttentionAsk { body, lead, ..ask.clone() }
    }

    /// The shortest name of what words name.
    pub(super) fn short(self, words: Option<&str>) -> Option<String> {
        let (words, known) = (words?, &self.partnership.bodies);
        Some(match known.named(words).as_slice() {
            [one] => known.with(*one).map_or(words.to_owned(), |body| body.code.clone()),
            several => self.name_of(several, words).trim_start_matches("the ").to_owned(),
        })
    }
}

/// Which actions are asked about, as typed; all, where nothing is said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sought<'a> {
    body: Option<&'a str>,
    lead: Option<&'a str>,
    area: Option<u32>,
    theme: Option<&'a str>,
}

impl<'a> Sought<'a> {
    fn by_attention(ask: &'a AttentionAsk) -> Self {
        let AttentionAsk { body, lead, area, theme, .. } = ask;
        let (body, lead, theme) = (body.as_deref(), lead.as_deref(), theme.as_deref());
        Self { body, lead, area: *area, theme }
    }

    pub(super) fn by_list(ask: &'a ListAsk) -> Self {
        let ListAsk { body, lead, area, theme, .. } = ask;
        let (body, lead, theme) = (body.as_deref(), lead.as_deref(), theme.as_deref());
        Self { body, lead, area: *area, theme }
    }
}

/// Which actions are asked about; all, where nothing is said.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    bodies: Option<Vec<Body>>,
    leads: Option<Vec<BodyId>>,
    area: Option<u32>,
    theme: Option<String>,
}

impl Wanted {
    pub(super) fn holds(&self, action: &Action) -> bool {
        let answer =
            |bodies: &Vec<Body>| bodies.iter().any(|body| permission::answers_for(body, action));
        let lead = |bodies: &Vec<BodyId>| bodies.iter().any(|body| action.is_led_by(*body));
        self.bodies.as_ref().is_none_or(answer)
            && self.leads.as_ref().is_none_or(lead)
            && self.area.is_none_or(|area| action.reference.area == area)
            && self.theme.as_ref().is_none_or(|theme| action.themes.contains(theme))
    }
}
