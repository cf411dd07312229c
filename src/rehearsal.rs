//! Convener in its sandbox: the partnership's server in a box, and the bot that connects to it.
//!
//! What `convener sandbox` runs and what the tests run is this. The bot runs as it does against
//! Discord; only its clock is the sandbox's, which somebody moves.

use std::path::Path;

use anyhow::Context;
use chrono::DateTime;
use chrono::Utc;
use tokio::sync::watch;
use url::Url;

use crate::body::BodyKind;
use crate::bot::Clock;
use crate::bot::Outlook;
use crate::bot::Setup;
use crate::bot::Watcher;
use crate::config::cast::Player;
use crate::config::setting::Settings;
use crate::discord::Connection;
use crate::partnership::Founding;
use crate::sandbox::ADMIN_ROLE;
use crate::sandbox::Agenda;
use crate::sandbox::ChannelPlan;
use crate::sandbox::NeighbourPlan;
use crate::sandbox::PersonPlan;
use crate::sandbox::Sandbox;
use crate::sandbox::Setting;
use crate::store::Store;

/// What to rehearse.
#[derive(Clone, Debug)]
pub struct Stage {
    /// How the bot works; its data folder holds the record.
    pub settings: Settings,
    /// The partnership.
    pub founding: Founding,
    /// Who there is to speak as.
    pub players: Vec<Player>,
    /// How many further servers there are, each with the same channels and roles and nobody there.
    pub neighbours: usize,
    /// Where the clock stands at first.
    pub opens_at: DateTime<Utc>,
    /// The port on this machine; 0 for any that is free.
    pub port: u16,
}

/// A sandbox with what a bot needs to connect to it.
pub struct Rehearsal {
    /// The Discord in a box.
    pub sandbox: Sandbox,
    settings: Settings,
    founding: Founding,
}

impl Rehearsal {
    /// Opens the sandbox. The bot is still to come: see [`Rehearsal::setup`].
    pub async fn open(stage: Stage) -> anyhow::Result<Self> {
        let setting = setting(&stage);
        let sandbox = Sandbox::open(setting, stage.port).await.with_context(|| {
            format!(
                "the sandbox cannot open on port {}; choose another with --port, or 0 for any \
                     free one",
                stage.port
            )
        })?;
        Ok(Self { sandbox, settings: stage.settings, founding: stage.founding })
    }

    /// Moves the clock on to where the record of an earlier rehearsal ends: time goes only
    /// forward, and what was said must not lie in the future.
    pub async fn catch_up(&self) -> anyhow::Result<()> {
        let path = self.record();
        if !path.exists() {
            return Ok(());
        }
        let now = *self.sandbox.clock().borrow();
        let store = Store::open(&path).await?;
        let latest = store.read(now).await?.latest().await?;
        store.close().await;
        if let Some(latest) = latest.filter(|latest| *latest > now) {
            self.sandbox.travel_to(latest).await.map_err(anyhow::Error::msg)?;
        }
        Ok(())
    }

    /// The file in which the record of the sandbox's server is.
    pub fn record(&self) -> std::path::PathBuf {
        self.settings.data.join(format!("{}.db", self.sandbox.server().get()))
    }

    /// What a bot needs to connect to the sandbox.
    pub fn setup(&self) -> anyhow::Result<Setup> {
        let api: Url = self.sandbox.url().parse().context("read the sandbox's address")?;
        Ok(Setup {
            settings: self.settings.clone(),
            founding: Some(self.founding.clone()),
            connection: Connection::new(Some(api), self.sandbox.token().into()),
            clock: Clock::Moved(self.sandbox.clock()),
            watcher: Some(self.watcher()),
            halt: None,
        })
    }

    /// Passes what the bot says of its work on to the sandbox, which knows no bot of ours.
    fn watcher(&self) -> Watcher {
        let (telling, told) = watch::channel(Agenda::default());
        self.sandbox.follow(told);
        Watcher::new(move |outlook| {
            let Outlook { settled_at, next } = outlook.clone();
            telling.send_replace(Agenda { settled_at, next });
        })
    }
}

/// The partnership's server: its channels, its roles, and somebody to hold each role.
fn setting(stage: &Stage) -> Setting {
    let partnership = &stage.founding.partnership;
    let bodies = &partnership.bodies.all;
    let named = |name: &str| !name.is_empty();
    let held = bodies.iter().map(|body| body.role_name.clone()).filter(|name| named(name));
    let mut roles: Vec<String> = held.collect();
    if !roles.iter().any(|role| role == ADMIN_ROLE) {
        roles.push(ADMIN_ROLE.to_owned());
    }
    let general = ChannelPlan {
        name: stage.founding.general_name.clone(),
        topic: "For everybody in the partnership".into(),
    };
    let channels = bodies.iter().filter(|body| named(&body.channel_name)).map(|body| ChannelPlan {
        name: body.channel_name.clone(),
        topic: match body.kind {
            BodyKind::Office => format!("{}: upkeep of the plan", body.name),
            _ => format!("{}: its digests and its actions", body.name),
        },
    });
    let channels: Vec<ChannelPlan> = std::iter::once(general).chain(channels).collect();
    let neighbour = |number| NeighbourPlan {
        server: format!("{} {number}", partnership.name),
        channels: channels.clone(),
        roles: roles.clone(),
    };
    Setting {
        server: partnership.name.clone(),
        people: people(&stage.players, &roles),
        neighbours: (2..).take(stage.neighbours).map(neighbour).collect(),
        channels,
        roles,
        bot: "Convener".into(),
        opens_at: stage.opens_at,
        zone: partnership.calendar.zone,
        run: rand::random(),
    }
}

fn people(players: &[Player], roles: &[String]) -> Vec<PersonPlan> {
    let fits = |player: &&Player| player.roles.iter().all(|role| roles.contains(role));
    let mut people: Vec<PersonPlan> = players
        .iter()
        .filter(fits)
        .map(|player| PersonPlan {
            name: player.name.clone(),
            note: player.note.clone(),
            roles: player.roles.clone(),
        })
        .collect();
    let held =
        |people: &[PersonPlan], role| people.iter().any(|person| person.roles.contains(role));
    for role in roles {
        if !held(&people, role) {
            people.push(PersonPlan {
                name: role.clone(),
                note: String::new(),
                roles: vec![role.clone()],
            });
        }
    }
    people
}

/// Whether a folder can hold a record, found out before anything is begun.
pub fn check_folder(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("make the data folder {}", folder.display()))
}
