//! A sandbox and a connection to it, with waits short enough for tests.

use std::time::Duration;

use chrono::DateTime;
use chrono::TimeZone;
use chrono::Utc;
use convener::body::ChannelId;
use convener::body::ServerId;
use convener::discord;
use convener::discord::Connection;
use convener::discord::Discord;
use convener::discord::Heard;
use convener::discord::Server;
use convener::discord::Timing;
use convener::discord::answer::Reply;
use convener::request::Request;
use convener::sandbox::ADMIN_ROLE;
use convener::sandbox::ChannelPlan;
use convener::sandbox::Fault;
use convener::sandbox::Outcome;
use convener::sandbox::PersonPlan;
use convener::sandbox::Sandbox;
use convener::sandbox::Setting;
use convener::view::Answer;
use tokio::join;
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::contract::Witness;

/// Nothing that a test waits for takes this long, short of a hang.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

pub(super) fn opening() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2020, 10, 26, 9, 0, 0).unwrap()
}

pub(super) async fn sandbox() -> Sandbox {
    Sandbox::open(setting(), 0).await.unwrap()
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
        roles: vec!["CPEG Chair".to_owned(), ADMIN_ROLE.to_owned()],
        people: vec![
            person("Amira", &["CPEG Chair"]),
            person("Bryce", &[]),
            person("Catriona", &[ADMIN_ROLE]),
        ],
        neighbours: Vec::new(),
        bot: "Convener".to_owned(),
        opens_at: opening(),
        zone: chrono_tz::Europe::London,
        run: 0,
    }
}

pub(super) fn quick() -> Timing {
    Timing {
        connect_timeout: Duration::from_secs(1),
        request_timeout: Duration::from_secs(2),
        defer_after: Duration::from_millis(300),
        backoff_min: Duration::from_millis(20),
        backoff_max: Duration::from_millis(200),
        settled_after: Duration::from_millis(50),
        ready_timeout: Duration::from_secs(4),
        // A busy machine keeps a thread from its turn for a while, too.
        stall_max: Duration::from_secs(2),
        silence_max: Duration::from_mins(1),
        close_timeout: Duration::from_secs(1),
    }
}

pub(super) fn connection(sandbox: &Sandbox) -> Connection {
    let api = sandbox.url().parse().unwrap();
    Connection { timing: quick(), ..Connection::new(Some(api), sandbox.token().into()) }
}

/// A sandbox with the bot's side connected to it.
pub(super) struct Town {
    pub(super) sandbox: Sandbox,
    pub(super) discord: Discord,
    pub(super) heard: mpsc::Receiver<Heard>,
    pub(super) server: Server,
    pub(super) _witness: Witness,
}

impl Town {
    pub(super) async fn open() -> Self {
        Self::open_with(sandbox().await, |_| ()).await
    }

    pub(super) async fn open_with(sandbox: Sandbox, adjust: impl FnOnce(&mut Timing)) -> Self {
        let mut connection = connection(&sandbox);
        adjust(&mut connection.timing);
        let (tell, heard) = mpsc::channel(64);
        let discord = discord::connect(connection, tell).await.unwrap();
        let nobody = Server {
            id: ServerId(0),
            name: String::new(),
            channels: Vec::new(),
            roles: Vec::new(),
        };
        let witness = Witness(sandbox.clone());
        let mut town = Self { sandbox, discord, heard, server: nobody, _witness: witness };
        town.server = town
            .hear(|heard| match heard {
                Heard::Server(server) => Some(server),
                _ => None,
            })
            .await;
        town
    }

    pub(super) async fn declared(self) -> Self {
        self.discord.declare(self.server.id).await.unwrap();
        self
    }

    /// Waits until something is heard that `pick` picks; what comes before is let go.
    pub(super) async fn hear<T>(&mut self, pick: impl Fn(Heard) -> Option<T>) -> T {
        let listen = async {
            loop {
                let heard = self.heard.recv().await.unwrap();
                if let Some(picked) = pick(heard) {
                    return picked;
                }
            }
        };
        timeout(PATIENCE, listen).await.unwrap()
    }

    pub(super) async fn asked(&mut self) -> (Request, Reply) {
        self.hear(|heard| match heard {
            Heard::Asked(request, reply) => Some((*request, reply)),
            _ => None,
        })
        .await
    }

    /// What becomes of a command whose answer comes only after the bot has asked for time.
    pub(super) async fn answered_late(&mut self, answer: Answer) -> Outcome {
        let sandbox = self.sandbox.clone();
        let ask = sandbox.command("Amira", "general", "/overdue");
        let reply = async {
            let (_, reply) = self.asked().await;
            let deferred = sandbox.until(|sandbox| {
                let traffic = sandbox.traffic();
                let callback = traffic.iter().find(|r| r.path.ends_with("/callback"))?;
                (callback.body.as_ref()?["type"] == 5).then_some(())
            });
            let work = async {
                deferred.await.unwrap();
                answer
            };
            reply.answer_with(work).await.unwrap();
        };
        let (outcome, ()) = join!(ask, reply);
        outcome.unwrap()
    }

    pub(super) async fn lost(&mut self) {
        self.hear(|heard| matches!(heard, Heard::Lost { .. }).then_some(())).await;
    }

    pub(super) async fn connected(&mut self) {
        self.hear(|heard| matches!(heard, Heard::Connected).then_some(())).await;
    }

    pub(super) fn channel(&self, name: &str) -> ChannelId {
        self.server.channels.iter().find(|(_, known)| known == name).unwrap().0
    }

    /// How often the bot asked for something of this method and of a path that ends so.
    pub(super) fn requests(&self, method: &str, end: &str) -> usize {
        let traffic = self.sandbox.traffic();
        traffic.iter().filter(|r| r.method == method && r.path.ends_with(end)).count()
    }

    pub(super) fn fault(&self, fault: Fault) {
        self.sandbox.fault(fault);
    }
}
