//! Lists of a plan's actions: all that was asked for, and what somebody answers for.

use crate::action::Action;
use crate::attention::Attention;
use crate::attention::Vantage;
use crate::body::both;
use crate::date::day_in_full;
use crate::request::Ask;
use crate::request::UpdateAsk;
use crate::request::list::ListAsk;
use crate::request::token;
use crate::view::Button;
use crate::view::Card;
use crate::view::Section;
use crate::view::Tone;
use crate::view::attention::left_out;
use crate::view::line::Lens;
use crate::view::line::counted;
use crate::view::page;
use crate::view::page::Page;
use crate::view::verbatim;

/// How many actions of a page have a button of their own: one row of Discord's.
const UPDATES_MAX: usize = 5;

/// Actions as somebody asked for them.
#[derive(Debug)]
pub struct Listed<'a> {
    /// What was asked, in names that are short enough for a button.
    pub ask: &'a ListAsk,
    /// Of which actions it was asked, in words: ` led by CPEG`, or nothing for all.
    pub scope_words: &'a str,
    /// Those that were found.
    pub found: &'a [&'a Action],
    /// Those that would be, however they stand.
    pub scope: &'a [&'a Action],
    /// From where they are seen.
    pub lens: Lens,
}

/// A page of the actions found.
pub fn list(listed: &Listed<'_>) -> Card {
    let Listed { ask, scope_words, found, scope, lens } = listed;
    let page = Page::of(found, ask.page);
    let turning = page.turning(|page| Ask::List(ListAsk { page, ..(*ask).clone() }));
    let lines: Vec<String> = page.actions.iter().map(|action| page::line(action, lens)).collect();
    let mut asked = vec![(*scope_words).to_owned()];
    asked.extend(ask.status.map(|status| format!(", status {status}")));
    asked.extend(ask.stands.map(|stands| format!(", {}", stands.words())));
    asked.extend(ask.text.as_ref().map(|text| format!(", with “{}”", verbatim(text))));
    let asked = asked.concat();
    let mut footer: Vec<String> = Vec::new();
    if ask.stands.is_none() {
        footer.extend(left_out(found, scope));
    }
    footer.extend(turning.says.map(str::to_owned));
    Card {
        title: format!("Actions, as at {}", day_in_full(lens.today)),
        text: match found.len() {
            0 => format!("There are no actions{asked}."),
            count => format!("{}{asked}.", counted(count, "action", "actions")),
        },
        sections: vec![Section::of(page.position(), lines)],
        footer: footer.join("\n"),
        buttons: turning.buttons,
        ..Card::default()
    }
}

/// What bodies answer for, as it is shown to somebody.
#[derive(Clone, Copy, Debug)]
pub struct Mine<'a> {
    /// The names of the bodies; at least one.
    pub names: &'a [String],
    /// Whether whoever reads it holds them.
    pub reader: Reader,
    /// How many pages come before the one asked for.
    pub page: u32,
    /// From where the actions are seen.
    pub vantage: &'a Vantage<'a>,
    /// The same, for a line.
    pub lens: Lens,
}

/// Who reads what bodies answer for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Somebody who holds them.
    Holder,
    /// Anybody.
    Anybody,
}

/// A page of all that bodies answer for and that is still promised, out of all that they ever
/// answered for. `open` has what needs attention first. `turned` asks for another page.
pub fn mine(
    mine: &Mine<'_>,
    open: &[&Action],
    scope: &[&Action],
    turned: impl Fn(u32) -> Ask,
) -> Card {
    let names = verbatim(&both(mine.names));
    let (answer, day) = (answers(mine.names), day_in_full(mine.lens.today));
    let needs = |action: &&&Action| Attention::All.wants(action, mine.vantage);
    let urgent = open.iter().filter(needs).count();
    let page = Page::of(open, mine.page);
    let turning = page.turning(turned);
    let (first, rest): (Vec<&Action>, Vec<&Action>) = page.actions.iter().partition(needs);
    let position = page.position();
    let section = |heading: &str, actions: &[&Action]| {
        let lines: Vec<String> =
            actions.iter().map(|action| page::line(action, &mine.lens)).collect();
        let heading = match position.as_str() {
            "" => heading.to_owned(),
            position => format!("{heading} ({position})"),
        };
        (!lines.is_empty()).then(|| Section::of(heading, lines))
    };
    let sections = [section("Needs attention", &first), section("The rest", &rest)];
    let mut footer: Vec<String> = left_out(open, scope).into_iter().collect();
    footer.extend(turning.says.map(str::to_owned));
    Card {
        tone: if urgent > 0 { Tone::Attention } else { Tone::Good },
        title: match mine.reader {
            Reader::Holder => format!("Your actions, as at {day}"),
            Reader::Anybody => format!("What {names} {answer} for, as at {day}"),
        },
        text: match (open.len(), urgent) {
            (0, _) => format!("{names} {answer} for nothing that is still to be done."),
            (count, 0) => format!(
                "{names} {answer} for {}; none needs attention.",
                counted(count, "action", "actions")
            ),
            (count, urgent) => format!(
                "{names} {answer} for {}; {} attention.",
                counted(count, "action", "actions"),
                counted(urgent, "needs", "need")
            ),
        },
        sections: sections.into_iter().flatten().collect(),
        footer: footer.join("\n"),
        buttons: turning.buttons,
        ..Card::default()
    }
}

/// What somebody is told who holds no body.
pub fn nothing_held() -> Card {
    Card {
        text:
            "You do not hold any body here, so no action is yours. If you chair a group or answer \
               for one, ask CP Support to give you its role.\n`/overdue` and `/action list` show \
               what everybody answers for."
                .into(),
        ..Card::default()
    }
}

/// That a list shows only what is held by name, below what it says already.
pub fn by_name_alone(footer: &str) -> String {
    let alone = "In a direct message I see only what you hold by name, not your roles.";
    if footer.is_empty() { alone.to_owned() } else { format!("{footer} {alone}") }
}

/// What somebody is told who asks where their roles are unseen.
pub fn roles_unseen() -> Card {
    Card {
        text: "In a direct message I cannot see which roles you hold, so I do not know what is \
               yours. Please use `/mine` in your partnership's server."
            .into(),
        ..Card::default()
    }
}

/// The buttons that open the update form of the first few of these actions.
pub fn update_buttons(actions: &[&Action]) -> Vec<Button> {
    let button = |action: &&Action| {
        let token = token::write(&Ask::Update(UpdateAsk::of(&action.reference)))?;
        Some(Button { label: format!("Update {}", action.reference), token })
    };
    actions.iter().take(UPDATES_MAX).filter_map(button).collect()
}

/// `answers`, or `answer` of several.
fn answers(names: &[String]) -> &'static str {
    if names.len() == 1 { "answers" } else { "answer" }
}
