//! One action, whole.

use crate::action::Action;
use crate::action::Lateness;
use crate::action::Standing;
use crate::action::Status;
use crate::body::Bodies;
use crate::body::Body;
use crate::body::both;
use crate::date::day_in_words;
use crate::plan::Area;
use crate::request::Ask;
use crate::request::HistoryAsk;
use crate::request::UpdateAsk;
use crate::request::decide::RescheduleAsk;
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
    if let Some(every) = action.every {
        lines.push(format!("**Comes round** {}", every.words()));
    }
    let last = match &action.last_update {
        None => vec!["Nobody has logged an update yet.".to_owned()],
        Some(said) => {
            let mut lines = line::at_length(&said.text);
            lines.extend(update::particulars(said));
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
        ..Card::default()
    }
}

/// What somebody can do with an action, in the order of the buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Say how it is going.
    Update,
    /// Ask for a new date.
    NewDate,
    /// Say that it is done.
    Complete,
    /// See all that was ever recorded about it.
    History,
}

/// The buttons for what somebody can do with an action.
pub fn buttons(action: &Action, offers: &[Offer]) -> Vec<Button> {
    let button = |offer: &Offer| {
        let plain = UpdateAsk::of(&action.reference);
        let (label, ask) = match offer {
            Offer::Update => ("Update", Ask::Update(plain)),
            Offer::NewDate => {
                let action = action.reference.to_string();
                ("New date", Ask::Reschedule(RescheduleAsk { action, ..RescheduleAsk::default() }))
            }
            Offer::History => {
                let action = action.reference.to_string();
                ("History", Ask::History(HistoryAsk { action, ..HistoryAsk::default() }))
            }
            Offer::Complete => {
                let status = Some(Status::Complete);
                ("Complete", Ask::Update(UpdateAsk { status, ..plain }))
            }
        };
        Some(Button { label: label.into(), token: token::write(&ask)? })
    };
    offers.iter().filter_map(button).collect()
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
            .map(|body| name(body, bodies))
            .collect();
        match names.as_slice() {
            [] => format!("{} (not a body I know)", verbatim(&lead.printed)),
            [one] if one.trim_end_matches(VACANT).trim_end_matches(UNLINKED) == lead.printed => {
                verbatim(one)
            }
            _ => format!("{} ({})", verbatim(&lead.printed), verbatim(&both(&names))),
        }
    };
    action.leads.iter().map(meant).collect::<Vec<_>>().join(" / ")
}

/// What stands after the name of a body that is said to be vacant.
const VACANT: &str = " (vacant)";

/// What stands after the name of a body that nobody is known to hold.
const UNLINKED: &str = " (nobody linked)";

fn name(body: &Body, bodies: &Bodies) -> String {
    let held = match body {
        body if bodies.holdings.is_vacant(body.id) => VACANT,
        body if bodies.is_unlinked(body) => UNLINKED,
        _ => "",
    };
    format!("{}{held}", body.name)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::sample;

    #[test]
    fn a_lead_that_nobody_is_known_to_hold_says_so() {
        let says = |bodies: &Bodies| lead(&sample::action("IP-1.1", "March 2021"), bodies);
        let mut bodies = sample::bodies();
        assert_eq!(says(&bodies), "Flourishing DIG");
        for body in &mut bodies.all {
            body.role = None;
        }
        assert_eq!(says(&bodies), "Flourishing DIG (nobody linked)");
    }
}
