//! Reading the record: what needs attention, one action, the next meetings.

use super::Asking;
use super::Failure;
use super::Moment;
use super::OrBroken;
use super::Refusal;
use crate::action::Action;
use crate::attention::Attention;
use crate::attention::Vantage;
use crate::attention::brag;
use crate::attention::list;
use crate::body::BodyId;
use crate::body::same;
use crate::meeting::Meeting;
use crate::permission;
use crate::permission::Capability;
use crate::request::AttentionAsk;
use crate::search;
use crate::store::Tx;
use crate::view;
use crate::view::Button;
use crate::view::Card;
use crate::view::attention::Asked;
use crate::view::line::Lens;

impl Asking<'_> {
    /// The list for one person, with the button that shows it to everybody.
    pub(super) async fn attention(self, tx: &mut Tx, ask: &AttentionAsk) -> Result<Card, Failure> {
        let (mut card, awaiting) = self.listed(tx, ask).await?;
        card.buttons.extend(awaiting);
        card.buttons.extend(view::attention::share_button(&self.brief(ask)));
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
        let (wanted, scope_words) = self.scope(tx, ask).await?;
        let actions = self.actions(tx, moment.until).await?;
        let scope: Vec<&Action> = actions.iter().filter(|action| wanted.holds(action)).collect();
        let (vantage, meeting) = self.vantage(&moment, ask)?;
        let found = list(ask.view, &scope, &vantage);
        let meeting = meeting.as_ref().map(view::meeting::in_sentence);
        let asked = Asked {
            ask,
            scope: &scope_words,
            meeting: meeting.as_deref(),
            lens: Lens {
                today: moment.today,
                meeting_on: vantage.meeting_on,
                zone: self.partnership.calendar.zone,
            },
        };
        let card = view::attention::attention(&asked, &found, &scope, &self.partnership.bodies);
        // What stood on another day is nothing to decide about today.
        let decides = ask.view == Attention::Awaiting && ask.as_of.is_none() && self.may_decide();
        let buttons = decides.then(|| view::decision::buttons_of_list(&found));
        Ok((card, buttons.unwrap_or_default()))
    }

    /// Whether whoever asks may record decisions, as far as the chat says which roles they have.
    fn may_decide(self) -> bool {
        let bodies = &self.partnership.bodies;
        self.request.place.server.is_some()
            && permission::authority(Capability::Decide, &self.passer_by(), bodies).is_ok()
    }

    pub(super) async fn action(self, tx: &mut Tx, words: &str) -> Result<Card, Failure> {
        let moment = self.moment(tx, None).await?;
        let actions = self.actions(tx, None).await?;
        let action = search::one(&actions, words)?;
        let areas = tx.areas().await.or_broken("load the areas")?;
        let area = areas.iter().find(|area| action.reference.is_in(area));
        let lens = self.lens(&moment);
        let mut card = view::action::action(action, area, &self.partnership.bodies, &lens);
        let vantage = self.seen_from(&moment);
        let colour = view::brag::in_words(brag(action, &vantage), action, &vantage);
        card.text = format!("{}\n**BRAG** {colour}", card.text);
        let decisions = tx.decisions_of(action.id).await.or_broken("load the decisions")?;
        // What was taken over from print is told by the status.
        if let Some(last) = decisions.iter().rfind(|made| made.by.is_some()) {
            let (bodies, zone) = (&self.partnership.bodies, self.partnership.calendar.zone);
            card.sections.push(view::decision::on_card(last, bodies, zone));
        }
        if self.request.place.server.is_none() {
            // There the button would be refused: a direct message shows no roles.
            card.buttons.clear();
        }
        if self.may_decide() {
            card.buttons.extend(view::decision::buttons(action));
        }
        Ok(card)
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
    fn vantage(
        self,
        moment: &Moment,
        ask: &AttentionAsk,
    ) -> Result<(Vantage, Option<Meeting>), Failure> {
        let calendar = &self.partnership.calendar;
        let meeting = match &ask.meeting {
            None => calendar.next_of_any(moment.at),
            Some(words) => {
                let bodies = self.bodies(words)?;
                let next = bodies.iter().filter_map(|body| calendar.next(*body, moment.at));
                next.min_by_key(|meeting| meeting.at)
            }
        };
        let meeting_on = meeting.as_ref().map(|meeting| meeting.on);
        Ok((Vantage { meeting_on, ..self.seen_from(moment) }, meeting))
    }

    /// From where actions are looked at, whoever meets next.
    fn seen_from(self, moment: &Moment) -> Vantage {
        let calendar = &self.partnership.calendar;
        Vantage {
            today: moment.today,
            meeting_on: calendar.next_of_any(moment.at).map(|meeting| meeting.on),
            last_met_at: calendar.last_of_any(moment.at).map(|last| last.at),
        }
    }

    pub(super) fn lens(self, moment: &Moment) -> Lens {
        let meeting = self.partnership.calendar.next_of_any(moment.at);
        Lens {
            today: moment.today,
            meeting_on: meeting.map(|meeting| meeting.on),
            zone: self.partnership.calendar.zone,
        }
    }

    /// Which actions are asked about, and in words that end a sentence.
    async fn scope(self, tx: &mut Tx, ask: &AttentionAsk) -> Result<(Wanted, String), Failure> {
        let mut wanted = Wanted::default();
        let mut words = Vec::new();
        if let Some(body) = &ask.body {
            let bodies = self.bodies(body)?;
            let answer = if bodies.len() == 1 { "answers" } else { "answer" };
            words.push(format!(" that {} {answer} for", self.name_of(&bodies, body)));
            wanted.bodies = Some(bodies);
        }
        if let Some(lead) = &ask.lead {
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
        if let Some(theme) = &ask.theme {
            let known = &self.partnership.themes;
            let found = known.iter().find(|known| same(known, theme));
            let found = found.ok_or_else(|| Refusal::NoSuchTheme {
                words: theme.clone(),
                known: known.clone(),
            })?;
            words.push(format!(" with the theme {found}"));
            wanted.theme = Some(found.clone());
        }
        Ok((wanted, words.concat()))
    }

    /// The name on screen of one body, or of several at once.
    fn name_of(self, bodies: &[BodyId], words: &str) -> String {
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
        let known = &self.partnership.bodies;
        let short = |words: &Option<String>| {
            let words = words.as_ref()?;
            Some(match known.named(words).as_slice() {
                [one] => known.with(*one).map_or(words.clone(), |body| body.code.clone()),
                several => self.name_of(several, words).trim_start_matches("the ").to_owned(),
            })
        };
        AttentionAsk { body: short(&ask.body), lead: short(&ask.lead), ..ask.clone() }
    }
}

/// Which actions are asked about; all, where nothing is said.
#[derive(Clone, Debug, Default)]
struct Wanted {
    bodies: Option<Vec<BodyId>>,
    leads: Option<Vec<BodyId>>,
    area: Option<u32>,
    theme: Option<String>,
}

impl Wanted {
    fn holds(&self, action: &Action) -> bool {
        let led = |bodies: &Option<Vec<BodyId>>| {
            bodies.as_ref().is_none_or(|bodies| bodies.iter().any(|body| action.is_led_by(*body)))
        };
        led(&self.bodies)
            && led(&self.leads)
            && self.area.is_none_or(|area| action.reference.area == area)
            && self.theme.as_ref().is_none_or(|theme| action.themes.contains(theme))
    }
}
