//! The gateway: a web socket on which the bot is told what happens.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::State;
use axum::extract::WebSocketUpgrade;
use axum::extract::ws::CloseFrame;
use axum::extract::ws::Message;
use axum::extract::ws::WebSocket;
use axum::response::Response;
use serde_json::Value;
use serde_json::json;
use tokio::sync::mpsc;

use crate::sandbox::session::GUILDS;
use crate::sandbox::session::Line;
use crate::sandbox::session::Say;
use crate::sandbox::town::Town;
use crate::sandbox::world::Happening;

/// Intents that Discord knows.
const KNOWN: u64 = 0x1_ffff | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);
/// Intents that Discord grants on application only: members, presences, message content.
const PRIVILEGED: u64 = (1 << 1) | (1 << 8) | (1 << 15);

/// Discord's reasons to close, by number.
const UNKNOWN_OPCODE: u16 = 4001;
const DECODE_ERROR: u16 = 4002;
const NOT_AUTHENTICATED: u16 = 4003;
const AUTHENTICATION_FAILED: u16 = 4004;
const ALREADY_AUTHENTICATED: u16 = 4005;
const INVALID_INTENTS: u16 = 4013;
const DISALLOWED_INTENTS: u16 = 4014;

/// Opens the socket.
pub(crate) async fn connect(upgrade: WebSocketUpgrade, State(town): State<Arc<Town>>) -> Response {
    upgrade.on_upgrade(move |socket| Conversation::hold(town, socket))
}

/// One connection of the bot's.
struct Conversation {
    town: Arc<Town>,
    socket: WebSocket,
    line: Line,
    session: Option<String>,
}

/// Whether a conversation goes on.
enum Next {
    Listen,
    /// The socket is done for; `for_good` when the session is too.
    End {
        for_good: bool,
    },
}

impl Conversation {
    async fn hold(town: Arc<Town>, socket: WebSocket) {
        let (line, mut orders) = mpsc::unbounded_channel();
        let mut this = Self { town: Arc::clone(&town), socket, line, session: None };
        let heartbeat_ms = town.heartbeat_ms.load(Ordering::Relaxed);
        let hello = json!({ "op": 10, "d": { "heartbeat_interval": heartbeat_ms, "_trace": [] } });
        let mut next = this.send(hello.to_string()).await;
        while matches!(next, Next::Listen) {
            next = tokio::select! {
                order = orders.recv() => match order {
                    Some(order) => this.obey(order).await,
                    None => Next::End { for_good: false },
                },
                heard = this.socket.recv() => match heard {
                    Some(Ok(message)) => this.hear(message).await,
                    Some(Err(_)) | None => Next::End { for_good: false },
                },
                () = town.closed() => this.close(1001, "The sandbox is closing").await,
            };
        }
        let Next::End { for_good } = next else { return };
        if let Some(session) = &this.session {
            let mut world = town.world();
            world.sessions.closed(session, &this.line, for_good);
            let online = world.sessions.is_online();
            world.happen(Happening::Bot { online });
        }
    }

    async fn send(&mut self, text: String) -> Next {
        match self.socket.send(Message::Text(text.into())).await {
            Ok(()) => Next::Listen,
            Err(_) => Next::End { for_good: false },
        }
    }

    async fn close(&mut self, code: u16, reason: &'static str) -> Next {
        let frame = CloseFrame { code, reason: reason.into() };
        // Whether the goodbye arrives makes no difference to what follows.
        let _unheard = self.socket.send(Message::Close(Some(frame))).await;
        Next::End { for_good: false }
    }

    async fn obey(&mut self, order: Say) -> Next {
        match order {
            Say::Text(text) => self.send(text).await,
            Say::Close(Some(code)) => self.close(code, "").await,
            Say::Close(None) => {
                let _unheard = self.socket.send(Message::Close(None)).await;
                Next::End { for_good: false }
            }
            Say::Cut => Next::End { for_good: false },
        }
    }

    async fn hear(&mut self, message: Message) -> Next {
        let text = match message {
            Message::Text(text) => text,
            Message::Close(frame) => {
                // Discord keeps the session unless the bot says a plain goodbye.
                let for_good = frame.is_some_and(|frame| matches!(frame.code, 1000 | 1001));
                return Next::End { for_good };
            }
            Message::Binary(_) => return self.close(DECODE_ERROR, "Error while decoding").await,
            Message::Ping(_) | Message::Pong(_) => return Next::Listen,
        };
        let Ok(said) = serde_json::from_str::<Value>(&text) else {
            return self.close(DECODE_ERROR, "Error while decoding payload.").await;
        };
        let details = said.get("d").unwrap_or(&Value::Null);
        match said.get("op").and_then(Value::as_u64) {
            Some(1) => self.heartbeat().await,
            Some(2) => self.identify(details).await,
            Some(6) => self.resume(details).await,
            Some(3 | 4 | 8) if self.session.is_none() => {
                self.close(NOT_AUTHENTICATED, "Not authenticated.").await
            }
            Some(3 | 4 | 8) => Next::Listen,
            _ => self.close(UNKNOWN_OPCODE, "Unknown opcode.").await,
        }
    }

    async fn heartbeat(&mut self) -> Next {
        let silent = {
            let mut world = self.town.world();
            world.sessions.heartbeats += 1;
            world.changed();
            world.faults.silent_heart
        };
        if silent { Next::Listen } else { self.send(json!({ "op": 11 }).to_string()).await }
    }

    fn knows_token(&self, details: &Value) -> bool {
        let token = details.get("token").and_then(Value::as_str).unwrap_or_default();
        token.strip_prefix("Bot ").unwrap_or(token) == self.town.token
    }

    async fn identify(&mut self, details: &Value) -> Next {
        if self.session.is_some() {
            return self.close(ALREADY_AUTHENTICATED, "Already authenticated.").await;
        }
        if !self.knows_token(details) {
            return self.close(AUTHENTICATION_FAILED, "Authentication failed.").await;
        }
        let intents = details.get("intents").and_then(Value::as_u64);
        let Some(intents) = intents.filter(|intents| intents & !KNOWN == 0) else {
            return self.close(INVALID_INTENTS, "Invalid intent(s).").await;
        };
        if intents & PRIVILEGED != 0 {
            return self.close(DISALLOWED_INTENTS, "Disallowed intent(s).").await;
        }
        let mut world = self.town.world();
        let session = world.sessions.open(intents, self.line.clone());
        let servers: Vec<Value> =
            world.servers().map(|(id, _)| json!({ "id": id, "unavailable": true })).collect();
        let ready = json!({
            "v": 10,
            "user": world.user(world.bot.id),
            "guilds": servers,
            "session_id": session,
            "resume_gateway_url": gateway_address(&world.base),
            "session_type": "normal",
            "private_channels": [],
            "shard": details.get("shard").cloned().unwrap_or(json!([0, 1])),
            "application": { "id": world.bot.id, "flags": 0 },
        });
        world.sessions.dispatch_to(&session, "READY", &ready);
        if intents & GUILDS != 0 {
            let own = world.server_announced();
            let announced: Vec<Value> =
                std::iter::once(own).chain(world.neighbours_announced()).collect();
            for server in &announced {
                world.sessions.dispatch_to(&session, "GUILD_CREATE", server);
            }
        }
        world.happen(Happening::Bot { online: true });
        self.session = Some(session);
        Next::Listen
    }

    async fn resume(&mut self, details: &Value) -> Next {
        if !self.knows_token(details) {
            return self.close(AUTHENTICATION_FAILED, "Authentication failed.").await;
        }
        let id = details.get("session_id").and_then(Value::as_str).unwrap_or_default();
        let seen = details.get("seq").and_then(Value::as_u64).unwrap_or(0);
        let resumed = {
            let mut world = self.town.world();
            let refused = world.faults.refuses_resume();
            if refused {
                world.sessions.forget(id);
            }
            let resumed = !refused && world.sessions.resume(id, seen, self.line.clone());
            let online = world.sessions.is_online();
            world.happen(Happening::Bot { online });
            resumed
        };
        if resumed {
            self.session = Some(id.to_owned());
            Next::Listen
        } else {
            self.send(json!({ "op": 9, "d": false }).to_string()).await
        }
    }
}

/// Where the gateway of a sandbox is.
pub(crate) fn gateway_address(base: &str) -> String {
    format!("{}/gateway", base.replacen("http", "ws", 1))
}
