//! What stands in the server's calendar: added, changed, taken away, and looked for.

use chrono::DateTime;
use chrono::SecondsFormat;
use chrono::Utc;
use serde_json::Value;
use serde_json::json;
use serenity::http::LightMethod;
use serenity::http::Route;
use serenity::model::id::GuildId;
use serenity::model::id::ScheduledEventId;

use crate::body::ServerId;
use crate::body::UserId;
use crate::discord::limits::EVENT_DESCRIBES_MAX;
use crate::discord::limits::EVENT_NAME_MAX;
use crate::discord::limits::EVENT_PLACE_MAX;
use crate::discord::limits::cut;
use crate::discord::rest::Call;
use crate::discord::rest::Failed;
use crate::discord::rest::Rest;
use crate::discord::say::PATIENCE;
use crate::discord::say::number;
use crate::discord::say::unsaid;
use crate::post::Event;
use crate::post::EventReceipt;
use crate::post::Unsaid;

/// Discord's number for an event that takes place elsewhere than in Discord.
const EXTERNAL: u8 = 3;
/// Only the members of the server see it; Discord has no other kind.
const MEMBERS_ONLY: u8 = 2;
/// There is no such event, or not any more.
const UNKNOWN_EVENT: i64 = 10_070;

/// Puts an event into a server's calendar.
pub(super) async fn add(
    way: &Rest,
    server: ServerId,
    me: UserId,
    event: &Event,
) -> Result<EventReceipt, Unsaid> {
    let mut body = words_of(event);
    body["privacy_level"] = json!(MEMBERS_ONLY);
    body["entity_type"] = json!(EXTERNAL);
    let call = Call::new(LightMethod::Post, events_of(server), PATIENCE).body(&body);
    let added = way.send(call).await.map_err(|why| unadded(why, "The event could not be added"))?;
    if let Some(receipt) = serde_json::from_slice(&added).ok().as_ref().and_then(receipt_of) {
        return Ok(receipt);
    }
    // Discord has it, and its reply cannot be read. Added again it would be there twice.
    find(way, server, me, event).await?.ok_or_else(|| unread("Discord's reply to an event"))
}

/// Makes an event in a server's calendar read as this one.
pub(super) async fn change(
    way: &Rest,
    server: ServerId,
    receipt: EventReceipt,
    event: &Event,
) -> Result<(), Unsaid> {
    let body = words_of(event);
    let call = Call::new(LightMethod::Patch, event_of(server, receipt), PATIENCE).body(&body);
    let changed = way.send(call).await;
    changed.map(|_| ()).map_err(|why| unadded(why, "The event could not be changed"))
}

/// Takes an event out of a server's calendar.
pub(super) async fn remove(
    way: &Rest,
    server: ServerId,
    receipt: EventReceipt,
) -> Result<(), Unsaid> {
    let call = Call::new(LightMethod::Delete, event_of(server, receipt), PATIENCE);
    match way.send(call).await {
        Ok(_) => Ok(()),
        // Somebody has taken it away, or an earlier try of ours was received after all.
        Err(Failed::Refused(refused)) if refused.code == UNKNOWN_EVENT => Ok(()),
        Err(why) => Err(unadded(why, "The event could not be taken away")),
    }
}

/// Looks for an event of ours by its name and its beginning, the only things to know it by.
pub(super) async fn find(
    way: &Rest,
    server: ServerId,
    me: UserId,
    event: &Event,
) -> Result<Option<EventReceipt>, Unsaid> {
    let call = Call::new(LightMethod::Get, events_of(server), PATIENCE);
    let said = way.send(call).await;
    let said = said.map_err(|why| unsaid(why, "The events could not be read"))?;
    let events: Vec<Value> =
        serde_json::from_slice(&said).map_err(|_| unread("Discord's list of events"))?;
    let found = events.iter().find(|known| {
        number(&known["creator_id"]) == Some(me.0)
            && known["name"].as_str().map(str::trim) == Some(name_of(event).trim())
            && begins_at(known) == Some(event.begins_at)
    });
    Ok(found.and_then(receipt_of))
}

/// What both a new event and a changed one say.
fn words_of(event: &Event) -> Value {
    let describes = cut(&event.describes, EVENT_DESCRIBES_MAX);
    json!({
        "name": name_of(event),
        "description": Some(describes).filter(|describes| !describes.is_empty()),
        "scheduled_start_time": instant(event.begins_at),
        "scheduled_end_time": instant(event.ends_at),
        "entity_metadata": { "location": cut(&event.place, EVENT_PLACE_MAX) },
    })
}

fn name_of(event: &Event) -> String {
    cut(&event.name, EVENT_NAME_MAX)
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn begins_at(event: &Value) -> Option<DateTime<Utc>> {
    let words = event["scheduled_start_time"].as_str()?;
    DateTime::parse_from_rfc3339(words).ok().map(|at| at.to_utc())
}

fn receipt_of(event: &Value) -> Option<EventReceipt> {
    number(&event["id"]).map(EventReceipt)
}

fn events_of(server: ServerId) -> Route<'static> {
    Route::GuildScheduledEvents { guild_id: GuildId::new(server.0.max(1)) }
}

fn event_of(server: ServerId, receipt: EventReceipt) -> Route<'static> {
    Route::GuildScheduledEvent {
        guild_id: GuildId::new(server.0.max(1)),
        event_id: ScheduledEventId::new(receipt.0.max(1)),
    }
}

fn unadded(why: Failed, what: &str) -> Unsaid {
    match why {
        Failed::Refused(refused) if refused.status == 403 => Unsaid::Never {
            why: format!("{what}: Discord does not let the bot. Give its role Create Events"),
        },
        why => unsaid(why, what),
    }
}

fn unread(what: &str) -> Unsaid {
    Unsaid::Again { why: format!("{what} could not be read"), after: None }
}
