//! What could stand in an option that is being typed.

use super::Asking;
use super::CHOICES_MAX;
use super::Failure;
use super::OrBroken;
use super::agendas::COMING_MAX;
use super::decisions;
use crate::action::Action;
use crate::action::Standing;
use crate::action::lead::unknown_labels;
use crate::attendance::Held;
use crate::body::same;
use crate::date::day_in_full;
use crate::plan::Area;
use crate::request::Names;
use crate::request::command::COMMANDS;
use crate::request::command::message::MESSAGE_COMMANDS;
use crate::request::decide::Picked;
use crate::search;
use crate::store::Tx;
use crate::view;
use crate::view::Choice;
use crate::view::line;
use crate::view::plain;
use crate::view::shortened;

/// The longest label of a choice, in characters (Discord's limit).
const LABEL_MAX: usize = 100;

/// The longest value of a choice, in characters (Discord's limit).
const VALUE_MAX: usize = 100;

impl Asking<'_> {
    pub(super) async fn complete(
        self,
        tx: &mut Tx,
        names: Names,
        typed: &str,
    ) -> Result<Vec<Choice>, Failure> {
        let bodies = &self.partnership.bodies;
        let choices = match names {
            Names::OpenAction | Names::Action => return self.actions_like(tx, names, typed).await,
            // Completed beside the action whose updates they are: `updates_like`.
            Names::Update => Vec::new(),
            Names::Decided(picked) => return self.decided_like(tx, picked, typed).await,
            Names::Cited => {
                let known = &self.partnership.bodies;
                let pairs = self.citable(tx).into_iter().map(|meeting| {
                    let code = known.with(meeting.body).map_or("", |body| body.code.as_str());
                    (self.labelled(&meeting), format!("{code} {}", meeting.on))
                });
                labelled(pairs, typed)
            }
            Names::Body => fitting(bodies.all.iter().map(|body| body.name.clone()), typed),
            Names::Lead => fitting(self.leads(tx).await?.into_iter(), typed),
            Names::Label => {
                let labels = unknown_labels(&self.actions(tx, None).await?);
                fitting(labels.into_iter().map(|label| label.printed), typed)
            }
            Names::Meeting => {
                let runs = self.partnership.calendar.runs();
                let meets = |id| runs.iter().any(|run| run.body == id);
                let meeting = bodies.all.iter().filter(|body| meets(body.id));
                fitting(meeting.map(|body| body.name.clone()), typed)
            }
            Names::MeetingToCome => labelled(self.meetings_to_come(tx), typed),
            Names::Held => {
                let recorded = self.recorded(tx).await?;
                let pairs = self.held(tx).into_iter().map(|meeting| {
                    let done =
                        if recorded.contains(&Held::of(&meeting)) { " · recorded" } else { "" };
                    (format!("{}{done}", self.labelled(&meeting)), self.key_of(&meeting))
                });
                labelled(pairs.collect::<Vec<_>>().into_iter(), typed)
            }
            Names::Issued => {
                let issued = self.issued_digests(tx).await?;
                labelled(issued.into_iter().map(|issued| (issued.label, issued.value)), typed)
            }
            Names::Theme => fitting(self.partnership.themes.iter().cloned(), typed),
            Names::Topic => {
                let of_messages = MESSAGE_COMMANDS.iter().map(|command| command.name);
                let names = COMMANDS.iter().map(|command| command.name).chain(of_messages);
                fitting(names.map(str::to_owned), typed)
            }
            Names::PlanArea => {
                let areas = tx.areas().await.or_broken("load the areas")?;
                let first = areas.first().map(|area| area.plan.clone());
                let is_one = areas.iter().all(|area| Some(&area.plan) == first.as_ref());
                let label = |area: &Area| {
                    let label = area.label();
                    if is_one { label } else { format!("{} · {label}", area.plan) }
                };
                let pairs = areas.iter().map(|area| (label(area), area.reference()));
                labelled(pairs, typed)
            }
            Names::Area => {
                let areas = tx.areas().await.or_broken("load the areas")?;
                let pairs = areas.into_iter().map(|area| (area.label(), area.number.to_string()));
                labelled(pairs, typed)
            }
        };
        Ok(choices)
    }

    /// The actions that what is typed may mean, as people read them: ref, title, lead, target.
    async fn actions_like(
        self,
        tx: &mut Tx,
        names: Names,
        typed: &str,
    ) -> Result<Vec<Choice>, Failure> {
        let actions = self.actions(tx, None).await?;
        let offered: Vec<&Action> = actions
            .iter()
            .filter(|action| names == Names::Action || action.standing == Standing::Open)
            .collect();
        let ranked = search::ranked(&offered, typed, &self.holds(), self.today(tx));
        let choice =
            |action: &Action| Choice { label: label(action), value: action.reference.to_string() };
        Ok(ranked.into_iter().take(CHOICES_MAX).map(choice).collect())
    }

    /// The meetings to come, soonest first: as people read them, and as they are read back.
    fn meetings_to_come(self, tx: &Tx) -> impl Iterator<Item = (String, String)> {
        let coming = self.partnership.calendar.coming(tx.now(), COMING_MAX);
        let named = coming.into_iter().filter_map(|meeting| {
            let body = self.partnership.bodies.with(meeting.body)?;
            let name = view::meeting::name(&meeting, body);
            Some((format!("{name}, {}", day_in_full(meeting.on)), format!("{name} {}", meeting.on)))
        });
        named.collect::<Vec<_>>().into_iter()
    }

    /// The actions to decide about that the last of what is typed may mean: first those that such a
    /// decision can be made about. What stands before the last comma stays.
    async fn decided_like(
        self,
        tx: &mut Tx,
        picked: Picked,
        typed: &str,
    ) -> Result<Vec<Choice>, Failure> {
        let actions = self.actions(tx, None).await?;
        let (before, last) = typed.rsplit_once(',').unwrap_or(("", typed));
        let chosen = decisions::several(&actions, before).unwrap_or_default();
        let is_chosen = |action: &Action| chosen.iter().any(|known| known.id == action.id);
        let open = |action: &&Action| action.standing == Standing::Open && !is_chosen(action);
        let offered: Vec<&Action> = actions.iter().filter(open).collect();
        let mut ranked = search::ranked(&offered, last, &self.holds(), self.today(tx));
        ranked.sort_by_key(|action| !can_be(picked, action));
        let refs: Vec<String> = chosen.iter().map(|action| action.reference.to_string()).collect();
        let begins = if refs.is_empty() { String::new() } else { format!("{}, ", refs.join(", ")) };
        let choice = |action: &Action| Choice {
            label: shortened(&format!("{begins}{}", label(action)), LABEL_MAX),
            value: format!("{begins}{}", action.reference),
        };
        let choices = ranked.into_iter().map(choice);
        // A longer value would be refused with all the others.
        let short = choices.filter(|choice| choice.value.chars().count() <= VALUE_MAX);
        Ok(short.take(CHOICES_MAX).collect())
    }

    /// The leads as the plan prints them, then the collectives and bodies, each once.
    async fn leads(self, tx: &mut Tx) -> Result<Vec<String>, Failure> {
        let actions = self.actions(tx, None).await?;
        let printed = actions.iter().flat_map(|action| &action.leads);
        let mut names: Vec<String> = Vec::new();
        for lead in printed.filter(|lead| !lead.bodies.is_empty()) {
            if !names.contains(&lead.printed) {
                names.push(lead.printed.clone());
            }
        }
        let bodies = &self.partnership.bodies;
        let collectives = bodies.collectives.iter().map(|collective| &collective.name);
        for name in collectives.chain(bodies.all.iter().map(|body| &body.name)) {
            if !names.iter().any(|known| same(known, name)) {
                names.push(name.clone());
            }
        }
        Ok(names)
    }
}

/// Whether such a decision can be made about an action.
fn can_be(picked: Picked, action: &Action) -> bool {
    match picked {
        Picked::Completion => action.awaits_sign_off(),
        Picked::Date => action.date_asked().is_some(),
        Picked::Any => true,
    }
}

fn label(action: &Action) -> String {
    let ends = [
        line::lead_as(action, str::to_owned),
        match action.target.words().trim() {
            "" => "no date".to_owned(),
            words => words.to_owned(),
        },
    ]
    .map(|end| shortened(&end, 28))
    .join(" · ");
    let begins = format!("{} · ", action.reference);
    let room = LABEL_MAX - begins.chars().count() - ends.chars().count() - 3;
    format!("{begins}{} · {ends}", shortened(&plain(&action.title), room))
}

fn fitting(names: impl Iterator<Item = String>, typed: &str) -> Vec<Choice> {
    labelled(names.map(|name| (name.clone(), name)), typed)
}

fn labelled(pairs: impl Iterator<Item = (String, String)>, typed: &str) -> Vec<Choice> {
    let typed = typed.trim().to_lowercase();
    let fitting = pairs.filter(|(label, _)| label.to_lowercase().contains(&typed));
    fitting
        .take(CHOICES_MAX)
        .map(|(label, value)| Choice { label: shortened(&label, LABEL_MAX), value })
        .collect()
}
