//! One action, whole.

use crate::action::Action;
use crate::action::Lateness;
use crate::action::Standing;
use crate::body::Bodies;
use crate::body::both;
use crate::date::day_in_words;
use crate::plan::Area;
use crate::request::Ask;
use crate::request::UpdateAsk;
use crate::request::token;
use crate::view::Button;
use crate::view::Card;
use crate::view::Section;
use crate::view::Tone;
use crate::view::extension;
use crate::view::line;
use crate::view::line::Lens;
use crate::view::update;
use crate::view::verbatim;

/// One action: who answers for it, when it is due, how it stands and what was last said.
pub fn action(action: &Action, area: Option<&Area>, bodies: &Bodies, lens: &Lens) -> Card {
    let mut lines = vec![
        format!("**Lead** {}", lead(action, bodies)),
        format!("**Target** {}", target(action, lens)),
        format!("**Status** {}", status(action, lens)),
    ];
    if let Some(area) = area {
        lines.push(format!("**Area** {}", verbatim(&area.label())));
    }
    if !action.themes.is_empty() {
        lines.push(format!("**Themes** {}", verbatim(&both(&action.themes))));
    }
    let last = match &action.last_update {
        None => vec!["Nobody has logged an update yet.".to_owned()],
        Some(said) => {
            let mut lines = line::at_length(&said.text);
            lines.push(update::byline(said, bodies, lens.zone));
            lines
        }
    };
    let mut sections = vec![Section::of("Last update", last)];
    if let Some(asked) = action.date_asked() {
        sections.push(extension::on_card(action, asked, bodies, lens));
    }
    let overdue = action.days_overdue(lens.today).is_some();
    Card {
        tone: if overdue { Tone::Attention } else { Tone::Plain },
        title: format!("{} {}", action.reference, verbatim(&action.title)),
        text: lines.join("\n"),
        sections,
        buttons: update_button(action).into_iter().collect(),
        ..Card::default()
    }
}

/// The button that opens the update form; none once nothing more can be said.
fn update_button(action: &Action) -> Option<Button> {
    if action.standing != Standing::Open {
        return None;
    }
    let token = token::write(&Ask::Update(UpdateAsk::of(&action.reference)))?;
    Some(Button { label: "Log progress".into(), token })
}

/// Its leads as printed and, where that says more, the bodies they mean.
fn lead(action: &Action, bodies: &Bodies) -> String {
    if action.leads.is_empty() {
        return "none in the plan".into();
    }
    let meant = |lead: &crate::action::Lead| {
        let names: Vec<String> = lead
            .bodies
            .iter()
            .filter_map(|id| bodies.with(*id))
            .map(|body| body.name.clone())
            .collect();
        match names.as_slice() {
            [] => format!("{} (not a body I know)", verbatim(&lead.printed)),
            [one] if *one == lead.printed => verbatim(one),
            _ => format!("{} ({})", verbatim(&lead.printed), verbatim(&both(&names))),
        }
    };
    action.leads.iter().map(meant).collect::<Vec<_>>().join(" / ")
}

/// How it stands; the calendar only where it presses, as the target stands beside.
fn status(action: &Action, lens: &Lens) -> String {
    match action.lateness(lens.today, lens.meeting_on) {
        Lateness::Overdue { .. } | Lateness::DueBeforeMeeting => line::standing(action, lens),
        _ if action.standing != Standing::Open => line::standing(action, lens),
        _ => line::status(action.status),
    }
}

fn target(action: &Action, lens: &Lens) -> String {
    let mut parts = vec![match action.target.words().trim() {
        "" => "none in the plan".to_owned(),
        words => verbatim(words),
    }];
    let counts = action.lateness(lens.today, None) != Lateness::NotCounted;
    if let Some(due_on) = action.target.due_on().filter(|_| counts) {
        parts.push(format!("overdue from {}", day_in_words(due_on + chrono::Days::new(1))));
    }
    parts.extend(line::moved(action));
    parts.join(" · ")
}
