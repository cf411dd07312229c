//! What a file would change in a plan, a line for each change.

use crate::action::Lead;
use crate::action::Printed;
use crate::action::printed_together;
use crate::body::both;
use crate::date::Target;
use crate::date::window_in_words;
use crate::plan::PrintedArea;
use crate::revision::Change;
use crate::revision::What;
use crate::revision::is_another;
use crate::view::line;
use crate::view::shortened;
use crate::view::verbatim;

/// How many characters of a title or an update stand in a line about a change.
const WORDS_MAX: usize = 160;

/// An area that the plan does not have yet, in a line.
pub fn area(area: &PrintedArea) -> String {
    match area.title.trim() {
        "" => format!("**Area {}** is new and has no title", area.number),
        title => {
            let title = verbatim(&shortened(title, WORDS_MAX));
            format!("**Area {}** is new: {title}", area.number)
        }
    }
}

/// One change, in a line.
pub fn change(change: &Change) -> String {
    format!("**{}** {}", change.reference, what(&change.what))
}

/// What becomes of an action, as it stands after its ref.
fn what(what: &What) -> String {
    let quoted = |words: &str| {
        let line = line::one_line(words);
        format!("“{}”", verbatim(&shortened(&line, WORDS_MAX)))
    };
    match what {
        What::Added(printed) => format!("is new: {}", added(printed)),
        What::Restored => "is promised again".into(),
        What::Reworded { before, after } if is_another(before, after) => format!(
            "reads {}, and was {}. If that is other work, give it a number of its own: a ref is \
             never used again",
            quoted(after),
            quoted(before)
        ),
        What::Reworded { before, after } => {
            format!("reads {}, was {}", quoted(after), quoted(before))
        }
        What::Redated { before, after } => format!("is due {}, was {}", date(after), date(before)),
        What::Reled { before, after } => {
            format!("is led by {}, was led by {}", leads(after), leads(before))
        }
        What::Retagged { before, after } => {
            format!("has {}, had {}", themes(after), themes(before))
        }
        What::Said { text, before, after } if before == after => format!("says {}", quoted(text)),
        What::Said { text, before, after } => format!("says {} ({before} → {after})", quoted(text)),
        What::Noted(note) => {
            format!("notes under {}: {}", quoted(&note.heading), quoted(&note.text))
        }
        What::Dropped { title } => {
            format!("is not in the file and would be withdrawn: {}", quoted(title))
        }
    }
}

fn added(printed: &Printed) -> String {
    let title = verbatim(&shortened(&printed.title, WORDS_MAX));
    let leads = match printed.leads.as_deref().unwrap_or_default() {
        [] => "no lead".into(),
        some => leads(some),
    };
    let date = printed.target.as_ref().map_or("no date".into(), date);
    format!("{title} · {leads} · {date}")
}

fn date(target: &Target) -> String {
    match (target.words().trim(), target.window()) {
        ("", _) => "no date".into(),
        (words, None) => format!("{} (no date)", verbatim(words)),
        (words, Some(window)) if window_in_words(window) == words => verbatim(words),
        (words, Some(window)) => format!("{} ({})", verbatim(words), window_in_words(window)),
    }
}

fn leads(leads: &[Lead]) -> String {
    if leads.is_empty() {
        return "nobody".into();
    }
    verbatim(&printed_together(leads))
}

fn themes(themes: &[String]) -> String {
    match themes {
        [] => "no theme".into(),
        [one] => format!("the theme {}", verbatim(one)),
        several => format!("the themes {}", verbatim(&both(several))),
    }
}
