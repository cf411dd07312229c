//! The gateway's sessions: who listens, what they were told, and what they may still be told again.

use std::collections::VecDeque;

use serde_json::Value;
use serde_json::json;
use tokio::sync::mpsc;

/// Sessions kept for a resume; a bot has one, a few more when it was started anew.
const SESSIONS_KEPT: usize = 4;
/// Events kept for a resume.
const EVENTS_KEPT: usize = 500;

pub(crate) const GUILDS: u64 = 1 << 0;
const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;

/// What the sandbox tells a connection to do.
#[derive(Clone, Debug)]
pub(crate) enum Say {
    Text(String),
    /// Send a close frame, with or without a code.
    Close(Option<u16>),
    /// Cut the line.
    Cut,
}

pub(crate) type Line = mpsc::UnboundedSender<Say>;

#[derive(Debug, Default)]
pub(crate) struct Sessions {
    all: VecDeque<Session>,
    /// How often a bot has introduced itself; Discord bears 1,000 a day.
    pub(crate) identifies: usize,
    /// How often a bot has taken up an earlier session.
    pub(crate) resumes: usize,
    /// How many heartbeats have come.
    pub(crate) heartbeats: usize,
    opened: u64,
}

#[derive(Debug)]
struct Session {
    id: String,
    intents: u64,
    sequence: u64,
    events: VecDeque<(u64, String)>,
    line: Option<Line>,
}

impl Session {
    fn send(&mut self, name: &str, data: &Value) {
        self.sequence += 1;
        let event = json!({ "op": 0, "s": self.sequence, "t": name, "d": data }).to_string();
        self.send_text(event);
    }

    fn send_text(&mut self, event: String) {
        if let Some(line) = &self.line {
            // A line that has just closed will be reported closed by its own task.
            let _closed = line.send(Say::Text(event.clone()));
        }
        self.events.push_back((self.sequence, event));
        if self.events.len() > EVENTS_KEPT {
            self.events.pop_front();
        }
    }
}

impl Sessions {
    /// Opens a session and gives its id.
    pub(crate) fn open(&mut self, intents: u64, line: Line) -> String {
        self.identifies += 1;
        self.opened += 1;
        let id = format!("session-{}", self.opened);
        if self.all.len() >= SESSIONS_KEPT
            && let Some(index) = self.all.iter().position(|session| session.line.is_none())
        {
            self.all.remove(index);
        }
        self.all.push_back(Session {
            id: id.clone(),
            intents,
            sequence: 0,
            events: VecDeque::new(),
            line: Some(line),
        });
        id
    }

    /// Takes up a session after the event numbered `seen`; says whether that was possible.
    pub(crate) fn resume(&mut self, id: &str, seen: u64, line: Line) -> bool {
        let Some(session) = self.all.iter_mut().find(|session| session.id == id) else {
            return false;
        };
        let oldest = session.events.front().map_or(session.sequence + 1, |(number, _)| *number);
        if seen > session.sequence || seen + 1 < oldest {
            return false;
        }
        for (_, event) in session.events.iter().filter(|(number, _)| *number > seen) {
            let _closed = line.send(Say::Text(event.clone()));
        }
        session.line = Some(line);
        session.send("RESUMED", &json!({ "_trace": [] }));
        self.resumes += 1;
        true
    }

    /// The session's line is gone; it may be taken up again unless it was closed in good order.
    pub(crate) fn closed(&mut self, id: &str, line: &Line, for_good: bool) {
        let Some(index) = self.all.iter().position(|session| session.id == id) else { return };
        let Some(session) = self.all.get_mut(index) else { return };
        if session.line.as_ref().is_some_and(|current| current.same_channel(line)) {
            session.line = None;
            if for_good {
                self.all.remove(index);
            }
        }
    }

    pub(crate) fn is_online(&self) -> bool {
        self.all.iter().any(|session| session.line.is_some())
    }

    /// Might somebody still hear an event: now, or on taking up their session.
    pub(crate) fn may_hear(&self) -> bool {
        !self.all.is_empty()
    }

    /// Forgets every session, so that none can be taken up.
    pub(crate) fn forget(&mut self, id: &str) {
        self.all.retain(|session| session.id != id);
    }

    pub(crate) fn dispatch(&mut self, name: &str, data: &Value) {
        for session in &mut self.all {
            session.send(name, data);
        }
    }

    pub(crate) fn dispatch_to(&mut self, id: &str, name: &str, data: &Value) {
        for session in self.all.iter_mut().filter(|session| session.id == id) {
            session.send(name, data);
        }
    }

    /// Tells of a message, those who asked to hear of such.
    pub(crate) fn dispatch_message(&mut self, name: &str, data: &Value, direct: bool) {
        let intent = if direct { DIRECT_MESSAGES } else { GUILD_MESSAGES };
        for session in self.all.iter_mut().filter(|s| s.intents & intent != 0) {
            session.send(name, data);
        }
    }

    pub(crate) fn dispatch_server(&mut self, name: &str, data: &Value) {
        for session in self.all.iter_mut().filter(|s| s.intents & GUILDS != 0) {
            session.send(name, data);
        }
    }

    /// Sends the last events again, each with a number of its own, as after a doubtful resume.
    pub(crate) fn repeat(&mut self, last: usize, name: Option<&str>) {
        for session in &mut self.all {
            let events: Vec<Value> = session
                .events
                .iter()
                .filter_map(|(_, event)| serde_json::from_str(event).ok())
                .filter(|event: &Value| name.is_none_or(|name| event["t"] == name))
                .collect();
            for event in events.iter().rev().take(last).rev() {
                let name = event["t"].as_str().unwrap_or_default().to_owned();
                session.send(&name, &event["d"]);
            }
        }
    }

    /// Says something to every line, outside the numbered events.
    pub(crate) fn say(&self, what: &Say) {
        for line in self.all.iter().filter_map(|session| session.line.as_ref()) {
            let _closed = line.send(what.clone());
        }
    }
}
