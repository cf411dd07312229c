//! What a list says of itself, and the button that shows it to everybody.

use std::collections::BTreeMap;

use super::*;
use crate::action::sample::action;
use crate::action::sample::bodies;
use crate::action::sample::day;
use crate::request::token::TOKEN_MAX;

fn card(view: Attention, meeting: Option<&str>, found: &[&Action], scope: &[&Action]) -> Card {
    let ask = AttentionAsk { view, ..AttentionAsk::default() };
    let lens = Lens { today: day("2020-11-19"), meeting_on: None, zone: chrono_tz::Europe::London };
    attention(&Asked { ask: &ask, scope: " led by CPEG", meeting, lens }, found, scope, &bodies())
}

/// What the list says first, having found so many of so many actions.
#[track_caller]
fn check(view: Attention, found: usize, of: usize, expected: &str) {
    let one = action("IP-1.1", "March 2021");
    let all = vec![&one; of];
    let card = card(view, Some("CPEG on 10 December"), &all[..found], &all);
    assert_eq!(card.text, expected);
    assert_eq!(card.tone, if found == 0 { Tone::Good } else { Tone::Attention });
    let lines: usize = card.sections.iter().map(|section| section.lines.len()).sum();
    assert_eq!(lines, found);
}

#[test]
fn a_list_counts_what_it_found_in_a_sentence() {
    use Attention::*;
    check(Overdue, 0, 0, "There are no actions led by CPEG.");
    check(Overdue, 0, 1, "0 of 1 action led by CPEG is overdue.");
    check(Overdue, 1, 3, "1 of 3 actions led by CPEG is overdue.");
    check(Overdue, 2, 3, "2 of 3 actions led by CPEG are overdue, longest first.");
    check(Due, 2, 3, "2 of 3 actions led by CPEG are due before CPEG on 10 December.");
    check(Silent, 1, 3, "1 of 3 actions led by CPEG lacks an update since the last meeting.");
    check(Silent, 2, 3, "2 of 3 actions led by CPEG lack an update since the last meeting.");
    check(Blank, 0, 3, "None of 3 actions led by CPEG lacks a lead or a date.");
    check(Awaiting, 3, 3, "3 of 3 actions led by CPEG await a decision.");
    check(All, 1, 3, "1 of 3 actions led by CPEG needs somebody's attention.");
    check(All, 2, 3, "2 of 3 actions led by CPEG need somebody's attention.");
}

#[test]
fn a_calendar_without_meetings_says_so() {
    let one = action("IP-1.1", "March 2021");
    let card = card(Attention::Due, None, &[&one], &[&one]);
    assert!(card.text.ends_with("; no meeting is in the calendar."), "{}", card.text);
}

#[test]
fn the_footer_counts_what_the_list_leaves_out() {
    let standing = |standing| Action { standing, ..action("IP-1.4", "October 2020") };
    let status = |status| Action { status, ..action("IP-1.5", "October 2020") };
    let scope = [
        action("IP-1.1", "19 November 2020"),
        action("IP-1.2", "Ongoing"),
        action("IP-1.3", "20 November 2020"),
        standing(Standing::SignedOff),
        standing(Standing::Withdrawn),
        status(Status::Complete),
        status(Status::OnHold),
        status(Status::OnHold),
    ];
    let scope: Vec<&Action> = scope.iter().collect();
    let overdue = card(Attention::Overdue, None, &[], &scope);
    assert_eq!(
        overdue.footer,
        "Due that day, so not yet overdue: IP-1.1.\n\
         No date, so never overdue: IP-1.2.\n\
         Left out: 1 signed off, 1 awaiting sign-off, 2 on hold, 1 withdrawn."
    );
    let blank = card(Attention::Blank, None, &[], &scope[..3]);
    assert_eq!(blank.footer, "");
}

#[test]
fn the_title_says_what_and_from_when() {
    let title = |view| card(view, None, &[], &[]).title;
    assert_eq!(title(Attention::Overdue), "Overdue on Thursday 19 November 2020");
    assert_eq!(title(Attention::Awaiting), "Awaiting a decision, as at Thursday 19 November 2020");
}

#[test]
fn the_share_button_asks_the_same_for_everybody_or_is_not_there() {
    let ask = |theme: &str| AttentionAsk {
        body: Some("FLO".into()),
        theme: Some(theme.into()),
        view: Attention::All,
        as_of: Some(day("2021-01-01")),
        ..AttentionAsk::default()
    };
    let button = share_button(&ask("Health/Care")).unwrap();
    let shared = Ask::ShareOverdue(ask("Health/Care"));
    assert_eq!(token::read(&button.token, &BTreeMap::new()), Ok(shared));
    assert!(button.label.chars().count() <= 34);
    assert!(share_button(&ask(&"é".repeat(TOKEN_MAX))).is_none());
}
