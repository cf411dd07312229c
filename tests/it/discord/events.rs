//! Meetings in the server's own calendar.

use std::time::Duration;

use chrono::TimeDelta;
use convener::post::Event;
use convener::post::EventReceipt;
use convener::post::Unsaid;
use convener::sandbox::Fault;
use convener::sandbox::Permission;

use super::town::Town;
use super::town::opening;

const ADDS: &str = "POST /guilds/*/scheduled-events";

fn meeting(name: &str) -> Event {
    let begins_at = opening() + TimeDelta::days(24);
    Event {
        name: name.into(),
        describes: "Papers are due on Thursday 12 November.".into(),
        place: "Church Street, Dumbarton".into(),
        begins_at,
        ends_at: begins_at + TimeDelta::hours(2),
    }
}

fn is_again(unsaid: &Unsaid) -> bool {
    matches!(unsaid, Unsaid::Again { .. })
}

#[tokio::test]
async fn a_meeting_is_added_moved_and_taken_away() {
    let town = Town::open().await;
    let server = town.server.id;
    let board = meeting("CPWD board");
    let receipt = town.discord.add_event(server, &board).await.unwrap();
    let events = town.sandbox.events();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].id.get(), receipt.0);
    assert_eq!((&*events[0].name, &*events[0].location), ("CPWD board", &*board.place));
    assert_eq!(events[0].description, board.describes);
    assert_eq!((events[0].begins_at, events[0].ends_at), (board.begins_at, board.ends_at));

    let later = TimeDelta::days(7);
    let moved = Event {
        describes: String::new(),
        begins_at: board.begins_at + later,
        ends_at: board.ends_at + later,
        ..board.clone()
    };
    for _ in 0..2 {
        town.discord.change_event(server, receipt, &moved).await.unwrap();
    }
    let events = town.sandbox.events();
    assert_eq!((events[0].begins_at, &*events[0].description), (moved.begins_at, ""));

    for _ in 0..2 {
        town.discord.remove_event(server, receipt).await.unwrap();
    }
    assert!(town.sandbox.events().is_empty());
    let unsaid = town.discord.change_event(server, receipt, &board).await.unwrap_err();
    assert!(matches!(unsaid, Unsaid::Never { .. }), "{unsaid:?}");
}

#[tokio::test]
async fn a_meeting_is_found_by_its_name_and_beginning() {
    let town = Town::open().await;
    let server = town.server.id;
    let board = meeting("CPWD board");
    assert_eq!(town.discord.find_event(server, &board).await.unwrap(), None);
    town.discord.add_event(server, &meeting("CPEG")).await.unwrap();
    let receipt = town.discord.add_event(server, &board).await.unwrap();
    assert_eq!(town.discord.find_event(server, &board).await.unwrap(), Some(receipt));
    let other = Event { begins_at: board.begins_at + TimeDelta::minutes(1), ..board };
    assert_eq!(town.discord.find_event(server, &other).await.unwrap(), None);
}

#[tokio::test]
async fn one_that_was_added_without_a_reply_that_can_be_read_is_there_once() {
    let town = Town::open().await;
    let server = town.server.id;
    town.fault(Fault::Garble { on: ADDS.into(), times: 1 });
    let receipt = town.discord.add_event(server, &meeting("CPWD board")).await.unwrap();
    assert_eq!(town.sandbox.events()[0].id.get(), receipt.0);

    town.fault(Fault::HangUp { on: ADDS.into(), times: 1 });
    let unsaid = town.discord.add_event(server, &meeting("CPEG")).await.unwrap_err();
    assert!(is_again(&unsaid), "{unsaid:?}");
    let found = town.discord.find_event(server, &meeting("CPEG")).await.unwrap();
    assert!(found.is_some());
    assert_eq!(town.sandbox.events().len(), 2);
}

#[tokio::test]
async fn what_is_too_long_is_cut_and_still_found() {
    let town = Town::open().await;
    let server = town.server.id;
    let long = Event {
        describes: "x".repeat(1_001),
        place: "y".repeat(101),
        ..meeting(&"Board meeting ".repeat(8))
    };
    let receipt = town.discord.add_event(server, &long).await.unwrap();
    assert_eq!(town.discord.find_event(server, &long).await.unwrap(), Some(receipt));
    let event = town.sandbox.events().remove(0);
    assert!(event.description.ends_with('…') && event.location.ends_with('…'));
}

#[tokio::test]
async fn what_has_begun_is_not_added_and_the_reason_is_told() {
    let town = Town::open().await;
    let past = Event { begins_at: opening(), ..meeting("CPWD board") };
    let unsaid = town.discord.add_event(town.server.id, &past).await.unwrap_err();
    let Unsaid::Never { why } = unsaid else { panic!("{unsaid:?}") };
    assert!(why.contains("in the past"), "{why}");
}

#[tokio::test]
async fn without_the_permission_nothing_is_added_and_who_reads_it_knows_what_to_do() {
    let town = Town::open().await;
    let permission = Permission::CreateEvents;
    town.fault(Fault::Deny { permission, channel: None });
    let unsaid = town.discord.add_event(town.server.id, &meeting("CPEG")).await.unwrap_err();
    let Unsaid::Never { why } = unsaid else { panic!("{unsaid:?}") };
    assert!(why.ends_with("Give its role Create Events"), "{why}");
    assert!(town.sandbox.events().is_empty());
}

#[tokio::test]
async fn trouble_with_the_calendar_is_for_later() {
    let town = Town::open().await;
    let server = town.server.id;
    let on = "/guilds/*/scheduled-events/**";
    let receipt = EventReceipt(7);
    town.fault(Fault::Refuse { on: on.into(), status: 502, times: 2 });
    let changed = town.discord.change_event(server, receipt, &meeting("CPEG")).await;
    let removed = town.discord.remove_event(server, receipt).await;
    assert!(is_again(&changed.unwrap_err()) && is_again(&removed.unwrap_err()));
    let retry_after = Duration::from_mins(10);
    town.fault(Fault::TooMany { on: ADDS.into(), retry_after, global: false, times: 1 });
    let unsaid = town.discord.add_event(server, &meeting("CPEG")).await.unwrap_err();
    assert!(matches!(unsaid, Unsaid::Again { after: Some(_), .. }), "{unsaid:?}");
}
