//! What the board is asked to agree and to note.

use super::Manner;
use crate::action::Action;
use crate::action::Extension;
use crate::action::lead::Leaderless;
use crate::action::lead::vacancies;
use crate::agenda::Purpose;
use crate::body::both;
use crate::digest::Counts;
use crate::digest::Digest;
use crate::view::extension;
use crate::view::line;
use crate::view::line::counted;
use crate::view::verbatim;

/// What the board is asked to agree and to note.
pub(super) fn recommendations(digest: &Digest, manner: &Manner<'_>) -> Vec<String> {
    let together = |refs: Vec<String>| {
        if refs.len() > line::REFS_MAX { line::some_of(&refs) } else { both(&refs) }
    };
    let names = |actions: &[&Action]| {
        together(actions.iter().map(|action| action.reference.to_string()).collect())
    };
    let mut lines = Vec::new();
    let complete = digest.decisions.iter().filter(|action| action.awaits_sign_off());
    let complete: Vec<String> = complete.map(|action| action.reference.to_string()).collect();
    if !complete.is_empty() {
        lines.push(format!("**Agree** the sign-off of {}", together(complete)));
    }
    let dates = digest.decisions.iter().filter_map(|action| Some((action, action.date_asked()?)));
    let dates: Vec<(&Action, &Extension)> = dates.collect();
    let (told, more) = dates.split_at(dates.len().min(manner.lines_max));
    lines.extend(told.iter().map(|(action, asked)| {
        format!(
            "**Agree** the new date of {}: {}, {} · {}",
            action.reference,
            extension::words(&asked.target),
            line::not_as_before(action),
            extension::move_number(action)
        )
    }));
    if !more.is_empty() {
        let more: Vec<&Action> = more.iter().map(|(action, _)| *action).collect();
        lines.push(format!("**Agree** the new dates of {}, as the paper has them", names(&more)));
    }
    let vacancies = vacancies(&digest.blank, manner.bodies);
    // A vacant lead with a date needs somebody to hold it, and no other lead.
    let blank: Vec<&Action> = digest
        .blank
        .iter()
        .filter(|action| {
            let is_vacant = matches!(action.leaderless(manner.bodies), Some(Leaderless::Vacant(_)));
            !is_vacant || !action.target.has_date()
        })
        .collect();
    if !blank.is_empty() {
        lines.push(format!(
            "**Agree** who leads, and by when: {} {} no lead or no date",
            names(&blank),
            if blank.len() == 1 { "has" } else { "have" },
        ));
    }
    for (vacant, actions) in vacancies {
        let (vacant, leads) = line::vacant(vacant, manner.bodies);
        lines.push(format!(
            "**Agree** who is to hold {}, which {leads} {}",
            verbatim(&vacant),
            names(&actions),
        ));
    }
    lines.extend(to_decide(digest, manner.lines_max));
    let Counts { complete, total, .. } = digest.counts;
    lines.push(format!(
        "**Note** that {complete} of {} {} complete",
        counted(total, "action", "actions"),
        if complete == 1 { "is" } else { "are" },
    ));
    if !digest.overdue.is_empty() {
        lines.push(format!(
            "**Note** that {} {} overdue",
            names(&digest.overdue.iter().collect::<Vec<_>>()),
            if digest.overdue.len() == 1 { "is" } else { "are" },
        ));
    }
    lines
}

/// What is brought to be decided, and how much more than a page bears.
fn to_decide(digest: &Digest, lines_max: usize) -> Vec<String> {
    let items = digest.items.iter().filter(|(item, _)| item.purpose == Purpose::Decision);
    let mut lines: Vec<String> = items
        .map(|(item, _)| match item.words.as_str() {
            "" => format!("**Decide** on {}", item.action),
            words => format!("**Decide** on {}: {}", item.action, verbatim(words)),
        })
        .collect();
    if let Some(more @ 1..) = lines.len().checked_sub(lines_max) {
        lines.truncate(lines_max);
        lines.push(format!(
            "**Decide** on {}, as the paper has {}",
            counted(more, "further item", "further items"),
            if more == 1 { "it" } else { "them" },
        ));
    }
    lines
}
