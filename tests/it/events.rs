//! Meetings in the server's own calendar, where the settings want that.

use std::time::Duration;

use convener::bot::Step;
use convener::config::setting::Settings;
use convener::sandbox::Event;
use convener::sandbox::Fault;
use convener::sandbox::Permission;
use convener::sandbox::Sandbox;
use insta::assert_snapshot;

use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::Town;

/// Nothing that a test waits for takes this long, short of a hang.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where a new event goes.
const ADDS: &str = "POST /guilds/*/scheduled-events";

/// A town on Monday 26 October 2020 whose bot puts meetings into the calendar.
async fn town() -> Town {
    let mut town = still().await;
    town.start_bot().await;
    town
}

/// The same before the bot is started.
async fn still() -> Town {
    let settings = Settings { scheduled_events: true, ..Settings::default() };
    Town::with(settings, "2020-10-26 09:00").await
}

/// Waits until the calendar is as it should be, and gives it.
async fn calendar_when(town: &Town, is_so: impl Fn(&[Event]) -> bool) -> Vec<Event> {
    let there = |sandbox: &Sandbox| {
        let events = sandbox.events();
        is_so(&events).then_some(events)
    };
    let waited = tokio::time::timeout(PATIENCE, town.sandbox().until(there)).await;
    waited.ok().flatten().unwrap_or_else(|| panic!("{:#?}", town.sandbox().events()))
}

/// What stands in the calendar, as people read it, in UTC.
fn read(events: &[Event]) -> String {
    let line = |event: &Event| {
        let (begins, ends) = (event.begins_at.format("%a %-d %b %H:%M"), event.ends_at);
        let (name, place, says) = (&event.name, &event.location, &event.description);
        format!("{begins} to {} {name}, {place}: {says}", ends.format("%H:%M"))
    };
    events.iter().map(line).collect::<Vec<_>>().join("\n")
}

async fn changes(town: &Town, line: &str, button: &str) {
    let priya = town.person(PRIYA, "cp-support");
    let asked = priya.types(line).await;
    assert!(asked.contains(&format!("[{button}]")), "{asked}");
    let done = priya.presses(button).await;
    assert!(!done.contains("not sent"), "{done}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_meetings_of_the_next_60_days_stand_there_and_no_others() {
    let town = town().await;
    let events = calendar_when(&town, |events| events.len() == 2).await;
    assert_snapshot!(read(&events), @"
    Thu 19 Nov 10:00 to 11:30 CPWD board, #cpwd-board: Papers due: Thursday 12 November 2020.
    Thu 10 Dec 10:00 to 11:30 CPEG, #cpeg: Papers due: Thursday 3 December 2020.
    ");
    // Nobody says anything, and time passes: February comes to be shown.
    town.reach("2020-12-13 09:59").await;
    assert!(town.sandbox().events().is_empty(), "both are over");
    town.reach("2020-12-13 10:00").await;
    let events = calendar_when(&town, |events| !events.is_empty()).await;
    assert_snapshot!(read(&events), @"Thu 11 Feb 10:00 to 11:30 CPEG, #cpeg: Papers due: Thursday 4 February 2021.");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_meeting_moves_there_and_a_cancelled_one_goes() {
    let town = town().await;
    let before = calendar_when(&town, |events| events.len() == 2).await;
    changes(&town, "/meeting move meeting:CPEG December 2020 to:14 January 2021 at:2pm", "Move it")
        .await;
    let is_moved = |events: &[Event]| events.iter().any(|event| event.description.contains("2021"));
    let after = calendar_when(&town, is_moved).await;
    let ids = |events: &[Event]| events.iter().map(|event| event.id).collect::<Vec<_>>();
    assert_eq!(ids(&before), ids(&after), "it is the same event, far ahead as it is");
    assert_snapshot!(read(&after), @"
    Thu 19 Nov 10:00 to 11:30 CPWD board, #cpwd-board: Papers due: Thursday 12 November 2020.
    Thu 14 Jan 14:00 to 15:30 CPEG, #cpeg: Papers due: Thursday 7 January 2021.
    ");
    changes(
        &town,
        "/meeting cancel meeting:CPEG January 2021 reason:Nothing to decide",
        "Cancel the meeting",
    )
    .await;
    let left = calendar_when(&town, |events| events.len() == 1).await;
    assert_eq!(left[0].name, "CPWD board");
}

/// Somebody takes an event out of the calendar.
async fn take_away(town: &Town, event: &Event) {
    let sandbox = town.sandbox();
    let (api, server) = (sandbox.url(), sandbox.server());
    let path = format!("{api}/api/v10/guilds/{server}/scheduled-events/{}", event.id);
    let asked = reqwest::Client::new().delete(path);
    let asked = asked.header("Authorization", format!("Bot {}", sandbox.token()));
    asked.send().await.unwrap().error_for_status().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_somebody_took_away_comes_back_when_it_is_moved() {
    let town = town().await;
    let before = calendar_when(&town, |events| events.len() == 2).await;
    let cpeg = before.iter().find(|event| event.name == "CPEG").unwrap();
    take_away(&town, cpeg).await;
    assert_eq!(town.sandbox().events().len(), 1);
    changes(&town, "/meeting move meeting:CPEG December 2020 to:17 December 2020", "Move it").await;
    let after = calendar_when(&town, |events| events.len() == 2).await;
    assert!(after.iter().any(|event| event.begins_at > cpeg.begins_at), "{after:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_discord_took_without_saying_so_is_there_once() {
    let town = still().await;
    town.sandbox().fault(Fault::HangUp { on: ADDS.into(), times: 1 });
    let mut town = town;
    town.start_bot().await;
    calendar_when(&town, |events| events.len() == 2).await;
    town.kill_bot().await;
    town.start_bot().await;
    town.reach("2020-10-27 09:00").await;
    assert_eq!(town.sandbox().events().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_power_cut_at_each_step_neither_loses_an_event_nor_doubles_it() {
    use Step::Accepted;
    use Step::Marked;
    use Step::Settled;
    use Step::Sought;
    use Step::Taken;
    use Step::Unsaid;
    for step in [Taken, Marked, Accepted, Settled, Sought, Unsaid] {
        let mut town = still().await;
        if matches!(step, Sought | Unsaid) {
            // Discord takes it, and its answer is lost.
            town.sandbox().fault(Fault::HangUp { on: ADDS.into(), times: 1 });
        }
        let mut stopped = town.start_bot_to_halt(step, "event/", 0).await;
        let waited = stopped.wait_for(|stopped| *stopped);
        assert!(tokio::time::timeout(PATIENCE, waited).await.is_ok(), "{step:?}");
        town.kill_bot().await;
        town.start_bot().await;
        town.reach("2020-10-27 09:00").await;
        let events = calendar_when(&town, |events| events.len() >= 2).await;
        assert_eq!(events.len(), 2, "{step:?}: {events:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_that_discord_made_without_saying_so_is_undone_when_the_meeting_moves_back() {
    let town = town().await;
    let before = calendar_when(&town, |events| events.len() == 2).await;
    let on = "PATCH /guilds/*/scheduled-events/*".to_owned();
    town.sandbox().fault(Fault::HangUp { on, times: 1 });
    changes(&town, "/meeting move meeting:CPEG December 2020 to:17 December 2020", "Move it").await;
    calendar_when(&town, |events| read(events).contains("Thu 17 Dec")).await;
    // At once, so that it has not been tried again.
    changes(&town, "/meeting move meeting:CPEG December 2020 to:10 December 2020", "Move it").await;
    let after = calendar_when(&town, |events| read(events) == read(&before)).await;
    assert_eq!(after.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_permission_cp_support_is_told_once_a_month_and_a_start_tries_again() {
    let mut town = still().await;
    let permission = Permission::CreateEvents;
    town.sandbox().fault(Fault::Deny { permission, channel: None });
    town.start_bot().await;
    assert_snapshot!(town.channel_with("cp-support", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ The server's calendar is not up to date
        │ “CPWD board”: The event could not be added: Discord does not let the bot. Give its role Create Events.
        │ Other meetings may be missing or out of date there, too. Once this is put right, ask whoever runs Convener to start it again: then it tries again.
    ");
    town.kill_bot().await;
    town.start_bot().await;
    town.reach("2020-10-27 09:00").await;
    assert_eq!(town.sandbox().read("cp-support").len(), 1, "{}", town.channel("cp-support"));
    assert!(town.sandbox().events().is_empty());
    // In another month, CP Support hears of it again.
    town.reach("2020-11-02 09:00").await;
    town.kill_bot().await;
    town.start_bot().await;
    town.channel_with("cp-support", 2).await;
    town.kill_bot().await;
    town.sandbox().mend();
    town.start_bot().await;
    calendar_when(&town, |events| events.len() == 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_the_calendar_holds_up_no_post() {
    let town = still().await;
    let retry_after = Duration::from_mins(10);
    let too_many = Fault::TooMany { on: ADDS.into(), retry_after, global: false, times: 1 };
    town.sandbox().fault(too_many);
    let mut town = town;
    town.start_bot().await;
    town.person(MORAG, "cpeg").types("/update action:1.2 text:Two formats drawn up").await;
    let line = town.channel_with("cpeg", 1).await;
    assert!(line.contains("Two formats drawn up"), "{line}");
    assert!(town.sandbox().events().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_setting_off_nothing_stands_there_any_more() {
    let mut town = town().await;
    calendar_when(&town, |events| events.len() == 2).await;
    town.stop_bot().await;
    town.scheduled_events = Some(false);
    town.start_bot().await;
    calendar_when(&town, <[Event]>::is_empty).await;
    town.reach("2020-12-01 09:00").await;
    assert!(town.sandbox().events().is_empty());
}
