//! A scheduled event of the server: a name, a place and a time, beside the channels.

use chrono::DateTime;
use chrono::Utc;
use serde_json::Value;
use serde_json::json;

use crate::sandbox::message::instant;
use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::world::World;

/// An event that takes place somewhere outside of Discord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its id.
    pub id: Snowflake,
    /// Its name.
    pub name: String,
    /// What it is, in some words; may be empty.
    pub description: String,
    /// Where it takes place.
    pub location: String,
    /// When it begins.
    pub begins_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
}

impl Event {
    /// It has begun, by the sandbox's clock: Discord sees to that by itself.
    pub(crate) fn has_begun(&self, now: DateTime<Utc>) -> bool {
        self.begins_at <= now
    }

    /// It is over, by the sandbox's clock.
    pub(crate) fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.ends_at <= now
    }

    /// The event in Discord's shape.
    pub(crate) fn to_discord(&self, world: &World) -> Value {
        let status = match (self.has_begun(world.now), self.is_over(world.now)) {
            (_, true) => 3,
            (true, false) => 2,
            (false, false) => 1,
        };
        let description = Some(&self.description).filter(|description| !description.is_empty());
        json!({
            "id": self.id,
            "guild_id": world.server.id,
            "channel_id": null,
            "creator_id": world.bot.id,
            "creator": world.user(world.bot.id),
            "name": self.name,
            "description": description,
            "scheduled_start_time": instant(self.begins_at),
            "scheduled_end_time": instant(self.ends_at),
            "privacy_level": 2,
            "status": status,
            "entity_type": 3,
            "entity_id": null,
            "entity_metadata": { "location": self.location },
            "image": null,
            "recurrence_rule": null,
            "guild_scheduled_event_exceptions": [],
            "user_rsvp": null,
        })
    }
}

impl World {
    /// The events that are not over, by when they begin.
    pub(crate) fn coming_events(&self) -> Vec<&Event> {
        let mut coming: Vec<&Event> =
            self.events.values().filter(|event| !event.is_over(self.now)).collect();
        coming.sort_by_key(|event| (event.begins_at, event.id));
        coming
    }

    /// The same as the page shows them.
    pub(crate) fn events_shape(&self) -> Value {
        let shape = |event: &Event| {
            let local = event.begins_at.with_timezone(&self.zone);
            json!({
                "id": event.id,
                "name": event.name,
                "place": event.location,
                "day": local.format("%A %-d %B %Y, %H:%M").to_string(),
            })
        };
        self.coming_events().into_iter().map(shape).collect()
    }
}
