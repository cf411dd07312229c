//! A page of a list of actions, and the buttons that turn it.

use crate::action::Action;
use crate::action::Lead;
use crate::body::Bodies;
use crate::date::Target;
use crate::request::Ask;
use crate::request::token;
use crate::view::Button;
use crate::view::line;
use crate::view::line::Lens;
use crate::view::shortened;
use crate::view::verbatim;

/// How many actions a page shows: what a phone shows in two or three screens, and what has room on a
/// card with the longest titles that plans print.
pub const ACTIONS_MAX: usize = 10;

/// How many characters of a title stand in a list. Its own card has the whole.
const TITLE_MAX: usize = 120;

/// How many characters of the words for a lead or a target stand in a list.
const WORDS_MAX: usize = 60;

/// Some of a list that may have more.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// The actions on it, in the order of the list.
    pub actions: Vec<&'a Action>,
    /// How many stand on the pages before it.
    before: usize,
    /// How many the list has.
    all: usize,
    /// How many pages come before it.
    number: u32,
}

impl<'a> Page<'a> {
    /// The page of a list that has so many pages before it; the last, where the list ends sooner.
    pub fn of(list: &[&'a Action], asked: u32) -> Self {
        let pages_before = list.len().saturating_sub(1) / ACTIONS_MAX;
        let number = asked.min(u32::try_from(pages_before).unwrap_or(u32::MAX));
        let before = usize::try_from(number).unwrap_or(usize::MAX).saturating_mul(ACTIONS_MAX);
        let actions = list.iter().skip(before).take(ACTIONS_MAX).copied().collect();
        Self { actions, before, all: list.len(), number }
    }

    /// Which of the list it shows: `11–20 of 34`; empty where it shows all of them.
    pub fn position(&self) -> String {
        let (first, last) = (self.before + 1, self.before + self.actions.len());
        match self.all {
            0..=ACTIONS_MAX => String::new(),
            all if first == last => format!("{last} of {all}"),
            all => format!("{first}–{last} of {all}"),
        }
    }

    /// The buttons that turn it, given what asks for another page; or, where that is too long for a
    /// button, a sentence that says so and what to do.
    pub fn turning(&self, turned: impl Fn(u32) -> Ask) -> Turning {
        let ends = self.before + self.actions.len() >= self.all;
        let earlier = self.number.checked_sub(1).map(|page| ("‹ Earlier", page));
        let later = self.number.checked_add(1).filter(|_| !ends).map(|page| ("Later ›", page));
        let mut turning = Turning::default();
        for (label, page) in earlier.into_iter().chain(later) {
            match token::write(&turned(page)) {
                Some(token) => turning.buttons.push(Button { label: label.into(), token }),
                None => turning.says = Some(CANNOT_TURN),
            }
        }
        turning
    }
}

/// How a page is turned.
#[derive(Clone, Debug, Default)]
pub struct Turning {
    /// The buttons.
    pub buttons: Vec<Button>,
    /// Why a button is not there.
    pub says: Option<&'static str>,
}

const CANNOT_TURN: &str = "What you asked for is too long for a button to remember, so I cannot \
                           turn the page. Ask for less at once, such as one area or one body, or \
                           look for fewer words.";

/// An action in the lines of a list, short enough that a page of them fits on a card.
pub fn line(action: &Action, lens: &Lens) -> String {
    line::whole(&abridged(action), lens)
}

/// The same, with what is missing of its lead, where something is.
pub fn line_with_gap(action: &Action, bodies: &Bodies, lens: &Lens) -> String {
    let gap = line::leaderless(action, bodies, verbatim).map(|gap| format!(" · {gap}"));
    format!("{}{}", line(action, lens), gap.unwrap_or_default())
}

/// An action whose words are cut to what a list has room for.
fn abridged(action: &Action) -> Action {
    let printed = action.leads_printed();
    let leads = if printed.is_empty() {
        Vec::new()
    } else {
        vec![Lead { printed: shortened(&printed, WORDS_MAX), bodies: Vec::new() }]
    };
    let target = |target: &Target| {
        let line = line::one_line(target.words());
        Target::recorded(shortened(&line, WORDS_MAX), target.window())
    };
    Action {
        title: shortened(&action.title, TITLE_MAX),
        leads,
        target: target(&action.target),
        first_target: target(&action.first_target),
        ..action.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::sample;
    use crate::request::list::ListAsk;

    fn actions(count: u32) -> Vec<Action> {
        (1..=count).map(|number| sample::action(&format!("IP-1.{number}"), "March 2021")).collect()
    }

    /// Which page of so many actions is shown, and by which buttons it is turned.
    #[track_caller]
    fn check(count: u32, asked: u32, position: &str, first: &str, labels: &[&str]) {
        let actions = actions(count);
        let list: Vec<&Action> = actions.iter().collect();
        let page = Page::of(&list, asked);
        assert_eq!(page.position(), position, "{count} {asked}");
        let shown = page.actions.first().map(|action| action.reference.to_string());
        assert_eq!(shown.unwrap_or_default(), first, "{count} {asked}");
        let turning = page.turning(|page| Ask::List(ListAsk { page, ..ListAsk::default() }));
        let found: Vec<&str> = turning.buttons.iter().map(|button| &*button.label).collect();
        assert_eq!(found, labels, "{count} {asked}");
        assert_eq!(turning.says, None);
    }

    #[test]
    fn a_list_is_shown_ten_at_a_time() {
        check(0, 0, "", "", &[]);
        check(10, 0, "", "IP-1.1", &[]);
        check(11, 0, "1–10 of 11", "IP-1.1", &["Later ›"]);
        check(11, 1, "11 of 11", "IP-1.11", &["‹ Earlier"]);
        check(34, 1, "11–20 of 34", "IP-1.11", &["‹ Earlier", "Later ›"]);
        check(34, 3, "31–34 of 34", "IP-1.31", &["‹ Earlier"]);
    }

    #[test]
    fn a_page_that_is_no_longer_there_is_the_last() {
        check(11, u32::MAX, "11 of 11", "IP-1.11", &["‹ Earlier"]);
        check(5, 3, "", "IP-1.1", &[]);
        check(0, 7, "", "", &[]);
    }

    #[test]
    fn a_list_that_no_button_can_carry_says_so() {
        let actions = actions(11);
        let list: Vec<&Action> = actions.iter().collect();
        let text = Some("é".repeat(token::TOKEN_MAX));
        let turned = |page| Ask::List(ListAsk { page, text: text.clone(), ..ListAsk::default() });
        let turning = Page::of(&list, 0).turning(turned);
        assert!(turning.buttons.is_empty());
        assert_eq!(turning.says, Some(CANNOT_TURN));
    }

    #[test]
    fn ten_actions_with_the_longest_words_fit_on_a_card() {
        let mut action = sample::action("IP-1.10", &"by the end of a long spring ".repeat(9));
        action.title = "Accountability of partners ".repeat(15);
        action.leads = vec![sample::lead(&"Community Justice Partnership ".repeat(9), &[])];
        action.moves = 2;
        let lens = Lens {
            today: sample::day("2021-01-01"),
            meeting_on: None,
            zone: chrono_tz::Europe::London,
        };
        let length = line(&action, &lens).encode_utf16().count();
        assert!(length * ACTIONS_MAX < 5_000, "a line has {length}");
    }
}
