//! Scheduled events: what Discord takes, and what becomes of them as time passes.

use chrono::TimeDelta;
use chrono::TimeZone as _;
use chrono::Utc;
use serde_json::Value;
use serde_json::json;
use serenity::all::GuildId;
use serenity::all::Http;
use serenity::http::HttpError;

use crate::sandbox::Fault;
use crate::sandbox::Permission;
use crate::sandbox::Sandbox;
use crate::sandbox::tests::bot;
use crate::sandbox::tests::faults::refused;
use crate::sandbox::tests::opening;
use crate::sandbox::tests::sandbox;

/// The board's meeting of 19 November 2020, from 14:00 to 16:00.
pub(super) fn event() -> Value {
    json!({
        "name": "CPWD board",
        "description": "Papers are due a week before.",
        "scheduled_start_time": "2020-11-19T14:00:00Z",
        "scheduled_end_time": "2020-11-19T16:00:00Z",
        "privacy_level": 2,
        "entity_type": 3,
        "entity_metadata": { "location": "Church Street, Dumbarton" },
    })
}

fn server(sandbox: &Sandbox) -> GuildId {
    sandbox.server().get().into()
}

/// Where Discord sees mistakes in an event, or nothing when it takes it.
async fn mistakes(http: &Http, server: GuildId, body: &Value) -> Vec<String> {
    match http.create_scheduled_event(server, body, None).await {
        Ok(_) => Vec::new(),
        Err(serenity::Error::Http(HttpError::UnsuccessfulRequest(answer))) => {
            answer.error.errors.into_iter().map(|single| single.path).collect()
        }
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_event_beyond_a_limit_is_refused_at_the_place() {
    let sandbox = sandbox().await;
    let (http, server) = (bot::http(&sandbox), server(&sandbox));
    let long = |n: usize| json!("x".repeat(n));
    for (key, value, places) in [
        ("name", long(100), vec![]),
        ("name", long(101), vec!["name"]),
        ("name", json!(""), vec!["name"]),
        ("name", Value::Null, vec!["name"]),
        ("description", long(1_000), vec![]),
        ("description", long(1_001), vec!["description"]),
        ("description", Value::Null, vec![]),
        ("entity_metadata", json!({ "location": long(101) }), vec!["entity_metadata.location"]),
        ("entity_metadata", json!({}), vec!["entity_metadata.location"]),
        ("entity_metadata", Value::Null, vec!["entity_metadata"]),
        ("scheduled_start_time", json!("2020-10-26T09:00:00Z"), vec!["scheduled_start_time"]),
        ("scheduled_start_time", json!("next Thursday"), vec!["scheduled_start_time"]),
        ("scheduled_end_time", json!("2020-11-19T14:00:00Z"), vec!["scheduled_end_time"]),
        ("scheduled_end_time", Value::Null, vec!["scheduled_end_time"]),
        ("privacy_level", json!(1), vec!["privacy_level"]),
        ("entity_type", json!(2), vec!["entity_type"]),
        ("channel_id", json!("7"), vec!["channel_id"]),
        ("colour", json!(1), vec!["colour"]),
    ] {
        let mut body = event();
        body[key] = value;
        assert_eq!(mistakes(&http, server, &body).await, places, "{key}: {}", body[key]);
    }
    assert_eq!(sandbox.events().len(), 3);
}

#[tokio::test]
async fn an_event_is_changed_and_taken_away_by_its_number() {
    let sandbox = sandbox().await;
    let (http, server) = (bot::http(&sandbox), server(&sandbox));
    let added = http.create_scheduled_event(server, &event(), None).await.unwrap();
    let moved = json!({ "scheduled_start_time": "2020-11-19T15:00:00Z" });
    let moved = http.edit_scheduled_event(server, added.id, &moved, None).await.unwrap();
    assert_eq!(moved.name, "CPWD board");
    let at = Utc.with_ymd_and_hms(2020, 11, 19, 15, 0, 0).unwrap();
    assert_eq!(sandbox.events()[0].begins_at, at);
    let wrong = json!({ "scheduled_start_time": "2020-11-19T17:00:00Z" });
    let wrong = http.edit_scheduled_event(server, added.id, &wrong, None).await;
    assert_eq!(refused(wrong), (400, 50_035));
    http.delete_scheduled_event(server, added.id).await.unwrap();
    assert_eq!(refused(http.delete_scheduled_event(server, added.id).await), (404, 10_070));
    assert_eq!(refused(http.get_scheduled_event(server, added.id, false).await), (404, 10_070));
    assert_eq!(refused(http.create_scheduled_event(1.into(), &event(), None).await), (404, 10_004));
}

#[tokio::test]
async fn an_event_begins_and_ends_by_itself() {
    let sandbox = sandbox().await;
    let (http, server) = (bot::http(&sandbox), server(&sandbox));
    let added = http.create_scheduled_event(server, &event(), None).await.unwrap();
    let begins_at = sandbox.events()[0].begins_at;
    sandbox.travel_to(begins_at + TimeDelta::hours(1)).await.unwrap();
    let listed = http.get_scheduled_events(server, false).await.unwrap();
    assert_eq!(u8::from(listed[0].status), 2);
    let longer = json!({
        "scheduled_start_time": "2020-11-19T14:00:00Z",
        "scheduled_end_time": "2020-11-19T17:00:00Z",
    });
    http.edit_scheduled_event(server, added.id, &longer, None).await.unwrap();
    sandbox.travel_to(begins_at + TimeDelta::hours(3)).await.unwrap();
    assert!(http.get_scheduled_events(server, false).await.unwrap().is_empty());
    let late = http.edit_scheduled_event(server, added.id, &longer, None).await;
    assert_eq!(refused(late), (400, 180_000));
}

#[tokio::test]
async fn a_hundred_events_and_the_permission_are_what_discord_bears() {
    let sandbox = sandbox().await;
    let (http, server) = (bot::http(&sandbox), server(&sandbox));
    for _ in 0..100 {
        http.create_scheduled_event(server, &event(), None).await.unwrap();
    }
    let more = http.create_scheduled_event(server, &event(), None).await;
    assert_eq!(refused(more), (400, 30_038));
    sandbox.fault(Fault::Deny { permission: Permission::CreateEvents, channel: None });
    let id = http.get_scheduled_events(server, false).await.unwrap()[0].id;
    let body = json!({ "name": "CPEG" });
    let denied = http.edit_scheduled_event(server, id, &body, None).await;
    assert_eq!(refused(denied), (403, 50_013));
    assert_eq!(refused(http.delete_scheduled_event(server, id).await), (403, 50_013));
    sandbox.mend();
    http.delete_scheduled_event(server, id).await.unwrap();
    assert_eq!(sandbox.events().len(), 99);
    assert!(sandbox.events()[0].begins_at > opening());
}
