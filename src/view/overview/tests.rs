//! Every action once, on an axis that holds what it says, in words that fit.

use proptest::prelude::*;

use super::axis::Unit;
use super::sample::position;
use super::says::BRIEF_MAX;
use super::*;
use crate::action::Action;
use crate::action::Standing;
use crate::action::Status;
use crate::action::sample::EXECUTIVE;
use crate::action::sample::FLO;
use crate::action::sample::action;
use crate::action::sample::actions;
use crate::action::sample::day;
use crate::action::sample::lead;
use crate::date::Target;
use crate::meeting::Series;

fn only(actions: Vec<Action>, on: &str) -> Overview {
    let mut pages = overview(&position(actions, on));
    assert_eq!(pages.len(), 1, "one page");
    pages.remove(0)
}

/// So many actions, in three areas.
fn many(count: u32) -> Vec<Action> {
    let reference = |index: u32| format!("IP-{}.{}", index * 3 / count + 1, index + 1);
    (0..count).map(|index| action(&reference(index), "March 2021")).collect()
}

fn window(days: (&str, &str)) -> Window {
    Window { from: day(days.0), to: day(days.1) }
}

#[track_caller]
fn spans(windows: &[(&str, &str)], expected: (&str, &str), unit: Unit) {
    let windows: Vec<Window> = windows.iter().copied().map(window).collect();
    let axis = Axis::over(&windows, day("2020-10-26"));
    assert_eq!((axis.days, axis.unit), (window(expected), unit), "{windows:?}");
}

#[test]
fn an_axis_holds_the_targets_and_today_in_whole_units() {
    spans(&[], ("2020-09-01", "2020-12-31"), Unit::Month);
    spans(&[("2020-10-30", "2020-10-30")], ("2020-09-01", "2020-12-31"), Unit::Month);
    spans(&[("2020-03-01", "2020-03-31")], ("2020-03-01", "2020-10-31"), Unit::Month);
    spans(&[("2021-06-01", "2021-09-30")], ("2020-10-01", "2021-09-30"), Unit::Month);
    spans(&[("2020-12-15", "2022-05-01")], ("2020-10-01", "2022-06-30"), Unit::Quarter);
    spans(&[("2019-02-03", "2022-02-03")], ("2019-01-01", "2022-03-31"), Unit::Quarter);
    let years = ["2018-06-15", "2020-06-15", "2022-06-15", "2024-01-15"].map(|day| (day, day));
    spans(&years, ("2018-04-01", "2024-03-31"), Unit::FinancialYear);
}

#[test]
fn what_lies_far_from_the_rest_is_beyond_the_axis() {
    let near = [("2021-03-01", "2021-03-31"), ("2020-09-01", "2020-09-30")];
    let rest = ("2020-09-01", "2021-03-31");
    spans(&[near[0], near[1], ("2079-01-01", "2079-12-31")], rest, Unit::Month);
    spans(&[near[0], near[1], ("1980-01-01", "1980-01-01")], rest, Unit::Month);
    spans(&[("2079-01-01", "2079-12-31")], ("2020-09-01", "2020-12-31"), Unit::Month);
    // Where half the plan lies far away, five years on either side of today are drawn.
    let scattered = [("1980-01-01", "1980-12-31"), ("2079-01-01", "2079-12-31"), near[0], near[1]];
    spans(&scattered, ("2015-04-01", "2021-03-31"), Unit::FinancialYear);
}

#[test]
fn units_are_named_as_people_name_them() {
    let names = |from: &str, to: &str| -> Vec<String> {
        let halfway = day(from) + (day(to) - day(from)) / 2;
        let windows = [window((from, from)), Window::day(halfway), window((to, to))];
        let axis = Axis::over(&windows, day(from));
        axis.ticks
            .iter()
            .map(|it| format!("{}{}", it.label, it.year.as_deref().unwrap_or("")))
            .collect()
    };
    assert_eq!(names("2020-11-05", "2021-02-01"), ["Nov2020", "Dec", "Jan2021", "Feb"]);
    assert_eq!(names("2020-11-05", "2022-05-01")[..3], ["Oct2020", "Jan2021", "Apr"]);
    assert_eq!(names("1998-11-05", "2003-05-01")[..2], ["1998/99", "1999/00"]);
}

#[track_caller]
fn lies(days: (&str, &str), expected: (&str, &str), arrows: [bool; 3]) {
    let axis = Axis::over(&[window(("2020-10-01", "2021-03-31"))], day("2020-10-26"));
    let place = axis.place(window(days));
    assert_eq!(place.days, window(expected), "{days:?}");
    assert_eq!([place.earlier, place.later, place.beyond], arrows, "{days:?}");
}

#[test]
fn days_off_the_axis_are_at_its_edge_and_say_so() {
    lies(("2020-11-01", "2020-11-30"), ("2020-11-01", "2020-11-30"), [false, false, false]);
    lies(("2020-11-30", "2020-11-01"), ("2020-11-01", "2020-11-30"), [false, false, false]);
    lies(("2020-01-01", "2020-11-30"), ("2020-10-01", "2020-11-30"), [true, false, false]);
    lies(("2020-01-01", "2022-11-30"), ("2020-10-01", "2021-03-31"), [true, true, false]);
    lies(("2079-01-01", "2079-12-31"), ("2021-03-31", "2021-03-31"), [false, true, true]);
    lies(("1980-01-01", "1980-12-31"), ("2020-10-01", "2020-10-01"), [true, false, true]);
}

/// What a row says of an action, on 26 October 2020.
#[track_caller]
fn stands(action: Action, calendar: Option<(Sign, &str)>, status: (Sign, &str)) {
    let page = only(vec![action], "2020-10-26");
    let row = page.rows().next().expect("a row");
    let notice = row.calendar.as_ref().map(|notice| (notice.sign, notice.words.as_str()));
    assert_eq!((notice, (row.status.sign, row.status.words.as_str())), (calendar, status));
    for sign in row.calendar.iter().chain([&row.status]).map(|notice| notice.sign) {
        assert!(page.key.iter().any(|key| key.sample == Sample::Sign(sign)), "{sign:?} has a key");
    }
}

#[test]
fn each_state_is_a_sign_and_a_word() {
    let on_track = (Sign::OnTrack, "on track");
    let with = |target: &str, status| Action { status, ..action("IP-1.1", target) };
    stands(with("March 2021", Status::OnTrack), None, on_track);
    stands(with("", Status::AtRisk), None, (Sign::AtRisk, "at risk"));
    stands(
        with("September 2020", Status::Blocked),
        Some((Sign::Overdue, "26 days overdue")),
        (Sign::Blocked, "blocked"),
    );
    stands(with("26 October 2020", Status::OnTrack), Some((Sign::Due, "due today")), on_track);
    stands(
        with("November 2020", Status::NotStarted),
        Some((Sign::Due, "due before the next meeting")),
        (Sign::NotStarted, "not started"),
    );
    stands(with("September 2020", Status::OnHold), None, (Sign::OnHold, "on hold"));
    let awaiting = with("September 2020", Status::Complete);
    let signed_off = Action { standing: Standing::SignedOff, ..awaiting.clone() };
    stands(awaiting, None, (Sign::Complete, "complete, awaiting sign-off"));
    stands(signed_off, None, (Sign::Complete, "complete, signed off"));
}

#[test]
fn a_row_keeps_the_words_of_the_plan_in_one_line() {
    let page = only(
        vec![Action {
            title: "Hold\nsessions\u{7}\u{202E} – \u{a0}now".into(),
            leads: Vec::new(),
            moves: 2,
            first_target: Target::read("March\n2020"),
            ..action("IP-1.1", "Ongoing")
        }],
        "2020-10-26",
    );
    let row = page.rows().next().expect("a row");
    assert_eq!(row.title, "Hold sessions – now");
    assert_eq!(row.lead, "no lead");
    assert_eq!(row.target, "no date (Ongoing)");
    assert_eq!(row.moved.as_deref(), Some("was March 2020, moved ×2"));
    assert_eq!(row.first, Some(window(("2020-03-01", "2020-03-31"))));
}

#[test]
fn few_actions_have_ample_room_and_many_have_pages() {
    let pages = |count| {
        let pages = overview(&position(many(count), "2020-10-26"));
        let rows = pages.iter().map(|page| page.rows().count()).collect::<Vec<_>>();
        (pages[0].room, rows)
    };
    assert_eq!(overview(&position(Vec::new(), "2020-10-26")).len(), 1);
    assert_eq!(pages(18), (Room::Ample, vec![18]));
    assert_eq!(pages(19), (Room::Close, vec![19]));
    assert_eq!(pages(60), (Room::Close, vec![60]));
    // Areas of 30 stay together.
    assert_eq!(pages(90), (Room::Close, vec![60, 30]));
    assert_eq!(pages(120), (Room::Close, vec![40, 40, 40]));
    assert_eq!(pages(500).1, [60; 8]);
}

#[test]
fn what_is_left_out_is_said() {
    let mut actions = many(500);
    actions.push(Action { standing: Standing::Withdrawn, ..action("IP-3.501", "") });
    let pages = overview(&position(actions, "2020-10-26"));
    assert!(
        pages[7]
            .notes
            .contains(&"20 more actions are in the plan's table and not drawn here.".into())
    );
    assert!(pages[0].notes.contains(&"Left out, as withdrawn: IP-3.501.".into()));
    assert!(pages[3].position.ends_with("Monday 26 October 2020, page 4 of 8"));
    let far =
        only(vec![action("IP-1.1", "March 2079"), action("IP-1.2", "March 2021")], "2020-10-26");
    assert_eq!(
        far.notes,
        ["An arrow at the edge leads to days before 1 October 2020 or after 31 March 2021."]
    );
}

#[test]
fn only_a_page_with_an_arrow_says_where_it_leads() {
    let leads = |page: &Overview| page.notes.iter().any(|note| note.starts_with("An arrow"));
    let mut actions = many(90);
    actions[0].target = Target::read("March 2079");
    let pages = overview(&position(actions, "2020-10-26"));
    assert_eq!(pages.iter().map(leads).collect::<Vec<_>>(), [true, false]);
    // A first target is drawn only where the target has moved since.
    let first = |moves| {
        let first_target = Target::read("March 2079");
        only(vec![Action { first_target, moves, ..action("IP-1.1", "March 2021") }], "2020-10-26")
    };
    assert!(!leads(&first(0)));
    assert!(leads(&first(1)));
}

#[test]
fn an_area_without_actions_still_stands() {
    let page = only(vec![action("IP-2.1", "March 2021"), action("IP-9.1", "")], "2020-10-26");
    let groups: Vec<_> =
        page.groups.iter().map(|group| (group.heading.as_str(), group.rows.len())).collect();
    let expected = [
        ("Area 1: Structure", 0),
        ("Area 2: Communities", 1),
        ("Area 3: Scrutiny", 0),
        ("Area 9", 1),
    ];
    assert_eq!(groups, expected);
}

#[test]
fn meetings_are_drawn_for_the_series_that_matter() {
    let mut position = position(vec![action("IP-1.1", "March 2021")], "2020-10-26");
    let monthly = |body, title: &str| Series {
        body,
        title: title.into(),
        rule: "0 0 14 1-7 * Mon".parse().unwrap(),
        papers_days: 5,
    };
    let groups = ["first", "second", "third"].map(|title| monthly(FLO, title));
    position.partnership.calendar.series.splice(0..0, groups);
    let page = &overview(&position)[0];
    let lanes: Vec<&str> = page.lanes.iter().map(|lane| lane.name.as_str()).collect();
    assert_eq!(lanes, ["CPEG", "Flourishing DIG first", "Flourishing DIG second"]);
    let days: Vec<String> = page.lanes[0].days.iter().map(ToString::to_string).collect();
    assert_eq!(days, ["2020-10-08", "2020-12-10", "2021-02-11"]);
    assert_eq!(page.notes, ["Not drawn: the meetings of Flourishing DIG third."]);
    assert!(
        page.next.starts_with("Next: Flourishing DIG first 2 November 2020, "),
        "{}",
        page.next
    );
}

#[test]
fn of_many_meetings_those_nearest_today_are_drawn() {
    let mut position =
        position(vec![action("IP-1.1", "March 2020"), action("IP-1.2", "June 2021")], "2020-10-26");
    let days = |position: &Position| overview(position)[0].lanes[0].days.clone();
    for rule in ["0 0 14 * * Mon", "0 0 9,14 * * Mon-Fri", "0 * * * * *"] {
        position.partnership.calendar.series[0].rule = rule.parse().unwrap();
        let (page, days) = (&overview(&position)[0], days(&position));
        assert!((1..=40).contains(&days.len()), "{rule}: {}", days.len());
        assert!(days.contains(&position.today), "{rule}");
        let note = page.notes.iter().find(|note| note.starts_with("The meetings of CPEG are many"));
        assert!(note.is_some(), "{rule}: {:?}", page.notes);
    }
    position.partnership.calendar.series[0].rule = "0 0 14 * * Mon".parse().unwrap();
    let nearest = days(&position);
    assert!(nearest.contains(&day("2020-11-02")) && nearest.contains(&day("2020-10-19")));
    assert_eq!(
        overview(&position)[0].notes,
        ["The meetings of CPEG are many: only those from 29 June 2020 to 26 February 2021 are \
             drawn."]
    );
}

#[test]
fn a_calendar_without_meetings_is_said_once() {
    let mut position = position(Vec::new(), "2020-10-26");
    position.partnership.calendar.series.clear();
    let page = &overview(&position)[0];
    assert!(page.says.ends_with(". No meeting is in the calendar."), "{}", page.says);
    assert!(page.says_whole.contains("\nNo meeting is in the calendar.\n"), "{}", page.says_whole);
}

#[test]
fn a_page_says_what_it_shows() {
    let actions = vec![
        action("IP-1.1", "September 2020"),
        Action {
            moves: 1,
            first_target: Target::read("May 2020"),
            ..action("IP-1.2", "June 2020")
        },
        Action { leads: vec![lead("CPEG", &[EXECUTIVE])], ..action("IP-2.1", "") },
        Action { status: Status::AtRisk, ..action("IP-2.2", "March 2021") },
    ];
    let page = only(actions, "2020-10-26");
    insta::assert_snapshot!(page.says, @"Improvement Plan, Community Planning, drawn as a bar for each action's target. Position at 09:00 on Monday 26 October 2020. 4 actions: 0 complete, 2 overdue, 1 not yet due, 1 without a date. Overdue, longest first: IP-1.2 by 118 days (June 2020, Flourishing DIG); IP-1.1 by 26 days (September 2020, Flourishing DIG). At risk: IP-2.2. Without a date: IP-2.1 (CPEG). Due later: IP-2.2 (March 2021, Flourishing DIG). Target moved: IP-1.2 was May 2020, moved ×1. Next: CPEG 10 December 2020.");
    insta::assert_snapshot!(page.says_whole, @"
    Improvement Plan, Community Planning, drawn as a bar for each action's target. Position at 09:00 on Monday 26 October 2020. 4 actions: 0 complete, 2 overdue, 1 not yet due, 1 without a date.
    Next: CPEG 10 December 2020.
    Area 1: Structure.
    IP-1.1 Hold awareness sessions: Flourishing DIG; target September 2020; 26 days overdue; on track.
    IP-1.2 Hold awareness sessions: Flourishing DIG; target June 2020; 118 days overdue; on track; was May 2020, moved ×1.
    Area 2: Communities.
    IP-2.1 Hold awareness sessions: CPEG; no date; on track.
    IP-2.2 Hold awareness sessions: Flourishing DIG; target March 2021; at risk.
    Area 3: Scrutiny.
    No actions in this area.
    ");
}

#[test]
fn a_long_list_says_how_many_it_leaves_out() {
    let mut actions = many(60);
    for action in &mut actions {
        action.target = Target::read("March 2020");
        action.reference.plan = "COMMUNITY".into();
    }
    let page = only(actions, "2020-10-26");
    let named = page.rows().filter(|row| page.says.contains(&format!("{} by ", row.reference)));
    let named = named.count();
    assert!((20..60).contains(&named), "{named}: {}", page.says);
    assert!(page.says.contains(&format!("; and {} more.", 60 - named)), "{}", page.says);
    assert!(page.says.ends_with("The plan's table has everything."));
}

#[test]
fn the_end_of_a_day_is_called_that() {
    let mut position = position(Vec::new(), "2020-10-26");
    position.at = position.partnership.calendar.end_of(position.today);
    assert_eq!(overview(&position)[0].position, "Position at the end of Monday 26 October 2020");
}

proptest! {
    #[test]
    fn any_targets_have_an_axis(
        ends in proptest::collection::vec((-20_000_i64..20_000, 0_i64..2_000), 0..20),
    ) {
        let today = day("2020-10-26");
        let after = |days| today + chrono::TimeDelta::days(days);
        let windows: Vec<Window> = ends
            .iter()
            .map(|(from, length)| Window { from: after(*from), to: after(from + length) })
            .collect();
        let axis = Axis::over(&windows, today);
        prop_assert!(axis.days.contains(today));
        prop_assert_eq!(axis.ticks.first().map(|tick| tick.on), Some(axis.days.from));
        prop_assert!(axis.ticks.is_sorted_by_key(|tick| tick.on));
        prop_assert!(axis.ticks.iter().all(|tick| axis.days.contains(tick.on)));
        prop_assert!(axis.ticks.len() <= 19, "{} {:?}", axis.ticks.len(), axis.unit);
        for window in windows {
            let place = axis.place(window);
            prop_assert!(axis.days.contains(place.days.from) && axis.days.contains(place.days.to));
            prop_assert_eq!(place.earlier, window.from < axis.days.from);
            prop_assert_eq!(place.later, window.to > axis.days.to);
        }
    }

    #[test]
    fn every_action_is_on_one_page_and_in_its_words(
        drawn in proptest::collection::vec(actions(), 0..90), title in "\\PC{0,60}",
    ) {
        let actions: Vec<Action> = drawn
            .into_iter()
            .zip(1..)
            .map(|(mut action, number)| {
                action.reference.number = number;
                action.title.clone_from(&title);
                action
            })
            .collect();
        let position = position(actions, "2020-10-26");
        let pages = overview(&position);
        let mut expected: Vec<String> = position
            .actions
            .iter()
            .filter(|action| action.standing != Standing::Withdrawn)
            .map(|action| action.reference.to_string())
            .collect();
        let mut found: Vec<String> =
            pages.iter().flat_map(Overview::rows).map(|row| row.reference.clone()).collect();
        expected.sort();
        found.sort();
        prop_assert_eq!(found, expected);
        for page in &pages {
            prop_assert!(page.rows().count() <= 60);
            prop_assert!(page.says.chars().count() <= BRIEF_MAX);
            for row in page.rows() {
                let line = format!("\n{} ", row.reference);
                prop_assert!(page.says_whole.contains(&line), "{line}");
            }
            let cut_short = page.says.contains(" more.") || page.says.contains("actions.");
            let is_late = |row: &&Row| row.calendar.as_ref().is_some_and(|it| it.sign == Sign::Overdue);
            for row in page.rows().filter(is_late) {
                let named = page.says.contains(&format!("{} by ", row.reference));
                prop_assert!(named || cut_short, "{} in {}", row.reference, page.says);
            }
        }
    }
}
