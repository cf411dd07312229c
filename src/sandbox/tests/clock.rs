//! Time in the sandbox: it stands still, and it stops where something happens.

use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;
use serde_json::json;
use tokio::sync::watch;

use crate::sandbox::Agenda;
use crate::sandbox::Fault;
use crate::sandbox::Outcome;
use crate::sandbox::Sandbox;
use crate::sandbox::State;
use crate::sandbox::tests::bot;
use crate::sandbox::tests::faults::channel;
use crate::sandbox::tests::opening;
use crate::sandbox::tests::sandbox;

/// A bot that has something to do every second day, and notes when it did it.
fn routine(sandbox: &Sandbox) -> Arc<Mutex<Vec<DateTime<Utc>>>> {
    let every = TimeDelta::days(2);
    let (agenda, followed) = watch::channel(Agenda::default());
    sandbox.follow(followed);
    let mut clock = sandbox.clock();
    let done = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&done);
    tokio::spawn(async move {
        let mut next = opening() + every;
        loop {
            let now = *clock.borrow_and_update();
            while next <= now {
                noted.lock().unwrap().push(now);
                next += every;
            }
            agenda.send_replace(Agenda { settled_at: now, next: Some((next, "work".to_owned())) });
            if clock.changed().await.is_err() {
                break;
            }
        }
    });
    done
}

#[tokio::test]
async fn the_clock_stops_at_each_thing_that_happens() {
    let sandbox = sandbox().await;
    let done = routine(&sandbox);
    let target = opening() + TimeDelta::days(5);
    sandbox.travel_to(target).await.unwrap();
    let days = |days| opening() + TimeDelta::days(days);
    assert_eq!(*done.lock().unwrap(), [days(2), days(4)]);
    assert_eq!(*sandbox.clock().borrow(), target);
    sandbox.jump().await.unwrap();
    assert_eq!(*sandbox.clock().borrow(), days(6));
    assert_eq!(done.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn without_an_agenda_the_clock_goes_straight_and_never_back() {
    let sandbox = sandbox().await;
    assert_eq!(sandbox.jump().await.unwrap_err(), "Nothing further is planned.");
    let target = opening() + TimeDelta::days(5);
    sandbox.travel_to(target).await.unwrap();
    assert_eq!(*sandbox.clock().borrow(), target);
    let back = sandbox.travel_to(opening()).await;
    assert_eq!(back.unwrap_err(), "The clock only goes forward.");
    let (gone, followed) = watch::channel(Agenda::default());
    drop(gone);
    sandbox.follow(followed);
    sandbox.travel_to(target + TimeDelta::days(1)).await.unwrap();
    assert!(sandbox.travel_to(target + TimeDelta::days(40_000)).await.is_err());
}

#[tokio::test]
async fn a_clock_that_is_set_back_goes_on_from_there_and_breaks_nothing() {
    let sandbox = sandbox().await;
    let done = routine(&sandbox);
    let days = |days| opening() + TimeDelta::days(days);
    let hours = |hours| opening() + TimeDelta::hours(hours);
    let http = bot::http(&sandbox);
    let general = channel(&sandbox, "general");
    let body = json!({ "content": "Digest", "nonce": "board:1", "enforce_nonce": true });
    sandbox.travel_to(hours(47)).await.unwrap();
    let before = http.send_message(general, vec![], &body).await.unwrap();

    sandbox.fault(Fault::ClockBack { by: Duration::from_hours(1) });
    assert_eq!(*sandbox.clock().borrow(), hours(46));
    let again = http.send_message(general, vec![], &body).await.unwrap();
    assert_eq!(again.id, before.id, "the nonce is still kept");
    let after = sandbox.say("Amira", "general", "later").await.unwrap();
    assert!(after.get() > before.id.get());
    let read = sandbox.read("general");
    assert_eq!((read[0].at, read[1].at), (hours(47), hours(46)));

    // It stops where the bot has something to do, and waits for it there.
    sandbox.travel_to(days(5)).await.unwrap();
    assert_eq!(*done.lock().unwrap(), [days(2), days(4)]);
}

#[tokio::test]
async fn what_the_bot_said_before_the_clock_was_set_back_counts_no_more() {
    let sandbox = sandbox().await;
    let settled = |at| Agenda { settled_at: at, next: None };
    let (agenda, followed) = watch::channel(settled(opening()));
    sandbox.follow(followed);
    sandbox.fault(Fault::ClockBack { by: Duration::from_hours(1) });
    let traveller = sandbox.clone();
    let target = opening() - TimeDelta::minutes(30);
    let travelling = tokio::spawn(async move { traveller.travel_to(target).await });
    let under_way = |s: &Sandbox| s.town.is_travelling().then_some(());
    sandbox.until(under_way).await.unwrap();
    assert_ne!(*sandbox.clock().borrow(), target, "the bot has yet to see what time it is");
    agenda.send_replace(settled(opening() - TimeDelta::hours(1)));
    let there = |s: &Sandbox| (*s.clock().borrow() == target).then_some(());
    sandbox.until(there).await.unwrap();
    agenda.send_replace(settled(target));
    travelling.await.unwrap().unwrap();
}

#[tokio::test]
async fn messages_bear_the_sandboxs_time_and_grow_in_number() {
    let sandbox = sandbox().await;
    let first = sandbox.say("Amira", "general", "one").await.unwrap();
    sandbox.travel_to(opening() + TimeDelta::hours(8)).await.unwrap();
    let second = sandbox.say("Amira", "general", "two").await.unwrap();
    assert!(second > first);
    assert_eq!(sandbox.read("general")[1].at, opening() + TimeDelta::hours(8));
    let again = super::sandbox().await;
    assert_eq!(again.say("Amira", "general", "one").await.unwrap(), first);
    let other =
        Sandbox::open(crate::sandbox::Setting { run: 1, ..super::setting() }, 0).await.unwrap();
    assert_ne!(other.say("Amira", "general", "one").await.unwrap(), first);
    assert_eq!(other.server(), sandbox.server());
}

#[tokio::test]
async fn a_nonce_is_kept_for_some_minutes() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    let general = channel(&sandbox, "general");
    let body = json!({ "content": "Digest", "nonce": "board:1", "enforce_nonce": true });
    let first = http.send_message(general, vec![], &body).await.unwrap();
    sandbox.travel_to(opening() + TimeDelta::minutes(5)).await.unwrap();
    let second = http.send_message(general, vec![], &body).await.unwrap();
    assert_eq!(first.id, second.id);
    sandbox.travel_to(opening() + TimeDelta::minutes(11)).await.unwrap();
    let third = http.send_message(general, vec![], &body).await.unwrap();
    assert_ne!(first.id, third.id);
    assert_eq!(sandbox.read("general").len(), 2);
}

#[tokio::test]
async fn an_interactions_token_dies_after_a_quarter_of_an_hour() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    let outcome = sandbox.command("Amira", "general", "/meeting next").await.unwrap();
    let Outcome::Answered(answer) = outcome else { panic!("{outcome:?}") };
    let token = sandbox.town.world().interactions.values().next_back().unwrap().token.clone();
    let edit = json!({ "content": "changed" });
    bot.http.edit_original_interaction_response(&token, &edit, vec![]).await.unwrap();
    sandbox.travel_to(opening() + TimeDelta::minutes(16)).await.unwrap();
    let late = bot.http.edit_original_interaction_response(&token, &edit, vec![]).await;
    assert_eq!(super::faults::refused(late), (401, 50_027));
    assert_eq!(answer.state, State::Sent);
    bot.stop().await;
}

#[tokio::test]
async fn a_promise_that_is_never_kept_has_failed_when_the_token_dies() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    let on = "PATCH /webhooks/**".to_owned();
    sandbox.fault(Fault::Hang { on, times: usize::MAX });
    let asking = sandbox.clone();
    let asked = tokio::spawn(async move { asking.command("Amira", "general", "/later").await });
    let promised = |s: &Sandbox| s.read_as("Amira", "general").pop();
    assert_eq!(sandbox.until(promised).await.unwrap().state, State::Thinking);
    sandbox.travel_to(opening() + TimeDelta::minutes(16)).await.unwrap();
    assert_eq!(sandbox.read_as("Amira", "general")[0].state, State::Failed);
    asked.abort();
    bot.stop().await;
    sandbox.shut().await;
}

#[tokio::test]
async fn what_comes_next_is_shown_with_the_clock() {
    let sandbox = sandbox().await;
    let what = "Board digest to #cpwd-board".to_owned();
    let next = Some((opening() + TimeDelta::days(17), what));
    let (_agenda, followed) = watch::channel(Agenda { settled_at: opening(), next });
    sandbox.follow(followed);
    let clock = sandbox.town.clock_shape();
    assert_eq!(clock["next"]["local"], "Thursday 12 November 2020, 09:00");
    assert_eq!(clock["next"]["what"], "Board digest to #cpwd-board");
}
