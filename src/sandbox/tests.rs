//! The sandbox, tried with the client it is for.

mod answers;
mod bot;
mod clock;
mod conversation;
mod events;
mod faults;
mod gateway;
mod neighbours;
mod page;
mod permissions;
mod schema;
mod strictness;

use chrono::DateTime;
use chrono::TimeZone as _;
use chrono::Utc;

use crate::sandbox::ChannelPlan;
use crate::sandbox::PersonPlan;
use crate::sandbox::Sandbox;
use crate::sandbox::Setting;

/// Monday 26 October 2020, 09:00, when the clocks in Scotland had just gone back.
pub(super) fn opening() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2020, 10, 26, 9, 0, 0).unwrap()
}

pub(super) fn setting() -> Setting {
    let channel = |name: &str| ChannelPlan { name: name.to_owned(), topic: String::new() };
    let person = |name: &str, roles: &[&str]| PersonPlan {
        name: name.to_owned(),
        note: String::new(),
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
    };
    Setting {
        server: "Partnership".to_owned(),
        channels: vec![channel("general"), channel("cpeg")],
        roles: vec!["CPEG Chair".to_owned()],
        people: vec![person("Amira", &["CPEG Chair"]), person("Bryce", &[])],
        neighbours: Vec::new(),
        bot: "Convener".to_owned(),
        opens_at: opening(),
        zone: chrono_tz::Europe::London,
        run: 0,
    }
}

pub(super) async fn sandbox() -> Sandbox {
    Sandbox::open(setting(), 0).await.unwrap()
}
