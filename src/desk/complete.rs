//! What could stand in an option that is being typed.

use super::Asking;
use super::Failure;
use super::OrBroken;
use super::decisions;
use crate::action::Action;
use crate::action::Standing;
use crate::request::Names;
use crate::request::command::COMMANDS;
use crate::request::decide::Picked;
use crate::search;
use crate::store::Tx;
use crate::view::Choice;
use crate::view::line;
use crate::view::shortened;

/// How many choices are worth reading: what Discord shows at most.
const CHOICES_MAX: usize = 25;

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
            Names::Meeting => {
                let series = &self.partnership.calendar.series;
                let meets = |id| series.iter().any(|series| series.body == id);
                let meeting = bodies.all.iter().filter(|body| meets(body.id));
                fitting(meeting.map(|body| body.name.clone()), typed)
            }
            Names::Theme => fitting(self.partnership.themes.iter().cloned(), typed),
            Names::Topic => fitting(COMMANDS.iter().map(|command| command.name.into()), typed),
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
    format!("{begins}{} · {ends}", shortened(&action.title, room))
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
