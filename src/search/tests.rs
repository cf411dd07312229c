//! Refs, words and typing errors that name an action, or several, or none.

use proptest::prelude::*;

use super::*;
use crate::action::sample::EXECUTIVE;
use crate::action::sample::FLO;
use crate::action::sample::SAF;
use crate::action::sample::action;
use crate::action::sample::actions;
use crate::action::sample::day;
use crate::action::sample::lead;

fn titled(reference: &str, title: &str) -> Action {
    Action { title: title.into(), ..action(reference, "March 2021") }
}

fn plan() -> Vec<Action> {
    vec![
        titled("IP-1.2", "Hold awareness sessions"),
        titled("IP-2.1", "Review the induction pack"),
        titled("IP-2.10", "Map community transport"),
        titled("IP-12.1", "Publish the participation strategy"),
        titled("FLO-1.3", "Hold poverty sessions"),
        titled("FLO-2.1", "Train café volunteers"),
        titled("FLO-2.4", "Open a food larder"),
    ]
}

/// The refs that words name: one, several, or none.
#[track_caller]
fn check(words: &str, expected: &[&str]) {
    let plan = plan();
    let found = match one(&plan, words) {
        Ok(action) => vec![action.reference.to_string()],
        Err(Refusal::None(_)) => Vec::new(),
        Err(Refusal::Several { candidates, .. }) => {
            let reference = |named: &String| named.split(' ').next().unwrap().to_owned();
            candidates.iter().map(reference).collect()
        }
    };
    assert_eq!(found, expected, "{words:?}");
}

#[test]
fn a_ref_names_its_action_however_it_is_typed() {
    check("IP-2.1", &["IP-2.1"]);
    check(" ip-2.1 ", &["IP-2.1"]);
    check("Flo - 2.1", &["FLO-2.1"]);
    check("2.10", &["IP-2.10"]);
    check(" 2 . 4 ", &["FLO-2.4"]);
    check("12.1", &["IP-12.1"]);
}

#[test]
fn a_number_of_two_plans_asks_which_and_names_no_other() {
    check("2.1", &["IP-2.1", "FLO-2.1"]);
}

#[test]
fn a_ref_that_is_not_in_the_plan_is_not_taken_for_another() {
    check("IP-2.4", &[]);
    check("IP-1.20", &[]);
    check("P-2.10", &[]);
    check("IP-12.10", &[]);
    let only = [titled("IP-2.10", "Map community transport"), titled("IP-12.3", "Publish")];
    assert_eq!(one(&only, "IP-2.1"), Err(Refusal::None("IP-2.1".into())));
    assert_eq!(one(&only, "2.1"), Err(Refusal::None("2.1".into())));
    assert_eq!(one(&only, "2.3"), Err(Refusal::None("2.3".into())));
}

#[test]
fn words_name_the_action_they_fit() {
    check("awareness", &["IP-1.2"]);
    check("SESSIONS awareness", &["IP-1.2"]);
    check("transp", &["IP-2.10"]);
    check("larder flourishing", &["FLO-2.4"]);
    check("café", &["FLO-2.1"]);
    check("CAFÉ", &["FLO-2.1"]);
    check("sessions", &["IP-1.2", "FLO-1.3"]);
    check("submarine", &[]);
}

#[test]
fn a_typing_error_is_forgiven() {
    check("awarness", &["IP-1.2"]);
    check("inducton pack", &["IP-2.1"]);
    check("volunters", &["FLO-2.1"]);
    check("abcdefgh", &[]);
}

#[test]
fn at_most_five_are_named() {
    let many: Vec<Action> =
        (1..=9).map(|number| titled(&format!("IP-1.{number}"), "Same")).collect();
    let refusal = one(&many, "same").unwrap_err().to_string();
    assert_eq!(refusal.matches("IP-1.").count(), NAMED_MAX);
    assert!(refusal.contains("IP-1.4 (Same) and IP-1.5 (Same). Which one?"), "{refusal}");
}

#[track_caller]
fn ranks(typed: &str, expected: &[&str]) {
    let led_by = |body, action| Action { leads: vec![lead("a lead", &[body])], ..action };
    let all = [
        led_by(FLO, action("IP-1.1", "March 2021")),
        led_by(FLO, action("IP-1.2", "October 2020")),
        led_by(FLO, action("IP-1.3", "August 2020")),
        led_by(SAF, action("IP-2.1", "March 2021")),
        led_by(SAF, action("IP-2.2", "October 2020")),
    ];
    let all: Vec<&Action> = all.iter().collect();
    let found = ranked(&all, typed, &[EXECUTIVE, SAF], day("2020-11-19"));
    let found: Vec<String> = found.iter().map(|action| action.reference.to_string()).collect();
    assert_eq!(found, expected, "{typed:?}");
}

#[test]
fn mine_come_before_the_overdue_and_those_before_the_rest() {
    ranks("", &["IP-2.2", "IP-2.1", "IP-1.3", "IP-1.2", "IP-1.1"]);
    ranks("awareness", &["IP-2.2", "IP-2.1", "IP-1.3", "IP-1.2", "IP-1.1"]);
    ranks("1", &["IP-1.3", "IP-1.2", "IP-1.1", "IP-2.1"]);
    ranks("ip-1.1", &["IP-1.1"]);
    ranks("submarine", &[]);
}

proptest! {
    #[test]
    fn any_words_are_answered(words in "\\PC*|[\\s\\S]{0,20}|[iIpP0-9.\\- ]{0,8}") {
        let plan = plan();
        let all: Vec<&Action> = plan.iter().collect();
        match one(&plan, &words) {
            Ok(action) => prop_assert!(
                by_ref_or_words(&all, &words).contains(&&action.reference),
                "{words:?} is not {}", action.reference
            ),
            Err(Refusal::Several { candidates, .. }) => prop_assert!(candidates.len() > 1),
            Err(Refusal::None(said)) => prop_assert_eq!(said, words.trim()),
        }
        prop_assert!(ranked(&all, &words, &[], day("2020-11-19")).len() <= plan.len());
    }

    #[test]
    fn every_action_answers_to_its_own_ref(
        all in proptest::collection::btree_map((1_u32..30, 1_u32..30), actions(), 1..12),
    ) {
        let all: Vec<Action> = all
            .into_iter()
            .map(|((area, number), action)| Action {
                reference: Ref { plan: "IP".into(), area, number, turn: 1 },
                ..action
            })
            .collect();
        for action in &all {
            prop_assert_eq!(one(&all, &action.reference.to_string()), Ok(action));
            let short = format!("{}.{}", action.reference.area, action.reference.number);
            prop_assert_eq!(one(&all, &short), Ok(action));
        }
    }
}

/// The refs of the actions whose ref ends in the words or that are completed from them.
fn by_ref_or_words<'a>(all: &[&'a Action], words: &str) -> Vec<&'a Ref> {
    let spaceless: String = words.to_uppercase().split_whitespace().collect();
    let fitting = ranked(all, words, &[], day("2020-11-19"));
    let by_ref = all.iter().filter(|action| {
        let whole = action.reference.to_string();
        whole == spaceless || whole.split_once('-').is_some_and(|(_, short)| short == spaceless)
    });
    fitting.into_iter().chain(by_ref.copied()).map(|action| &action.reference).collect()
}
