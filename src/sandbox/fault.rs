//! The ways in which the sandbox can be told to misbehave, as Discord sometimes does.

use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;

use crate::sandbox::bucket::Bucket;
use crate::sandbox::permission::Permission;
use crate::sandbox::permission::denied_by;
use crate::sandbox::session::Say;
use crate::sandbox::world::World;

/// A way to misbehave. `on` names requests: `POST /channels/*/messages`, where `*` stands for one
/// part of the path and `**` at the end for all the rest; without a method, any. A path ends where
/// the pattern ends. `times` is how often the fault happens before it is over; `usize::MAX` is
/// until mended.
#[derive(Clone, Debug)]
pub enum Fault {
    /// The gateway's address is said to be this one, until mended.
    GatewayElsewhere {
        /// The address given out.
        url: String,
    },
    /// The request is read and never answered.
    Hang {
        /// Which requests.
        on: String,
        /// How often.
        times: usize,
    },
    /// The request is carried out, and answered, late.
    Slow {
        /// Which requests.
        on: String,
        /// How much later.
        by: Duration,
        /// How often.
        times: usize,
    },
    /// Requests that the bot's token opens are counted, and those over so many in any one second of
    /// real time answered with 429, until mended. Discord's number is 50.
    Crowded {
        /// How many are borne in a second.
        a_second: usize,
    },
    /// 429: too many requests.
    TooMany {
        /// Which requests.
        on: String,
        /// How long the bot is told to wait.
        retry_after: Duration,
        /// Whether every request is meant or only those of this route.
        global: bool,
        /// How often.
        times: usize,
    },
    /// The request is refused with this status and nothing is done. Also for the gateway's
    /// address: `GET /gateway`.
    Refuse {
        /// Which requests.
        on: String,
        /// The status, such as 500 or 502.
        status: u16,
        /// How often.
        times: usize,
    },
    /// The request is carried out, then the line is cut instead of an answer.
    HangUp {
        /// Which requests.
        on: String,
        /// How often.
        times: usize,
    },
    /// The request is carried out, then answered with something that is not JSON.
    Garble {
        /// Which requests.
        on: String,
        /// How often.
        times: usize,
    },
    /// The gateway's line is cut at once.
    CutGateway,
    /// The gateway sends a close frame at once, with a code or without one.
    CloseGateway {
        /// The code.
        code: Option<u16>,
    },
    /// The gateway asks the bot to connect anew.
    Reconnect,
    /// Heartbeats are not acknowledged, until mended.
    SilentHeart,
    /// Taking up a session is refused.
    RefuseResume {
        /// How often.
        times: usize,
    },
    /// The gateway sends an event of a name that nobody knows.
    UnknownEvent,
    /// The gateway sends text that is not JSON.
    UndecodableEvent,
    /// The gateway sends an interaction that lacks what a client needs to read it. Its id and
    /// token are there, so that it can be answered.
    UnreadableInteraction,
    /// The gateway sends its last events again.
    Repeat {
        /// How many.
        last: usize,
    },
    /// The gateway sends its last interaction again.
    RepeatInteraction,
    /// A person, or everybody, takes no direct messages, until mended.
    RefuseDirect {
        /// The person's name; nobody in particular is everybody.
        person: Option<String>,
    },
    /// A person leaves the server, until mended: they are none of its members, see none of its
    /// channels, and the bot cannot write to them.
    LeaveServer {
        /// The person's name.
        person: String,
    },
    /// A role is taken from a person, of which the bot is not told. Mending does not give it back.
    TakeRole {
        /// The person's name.
        person: String,
        /// The role's name.
        role: String,
    },
    /// The bot may read a channel and not write in it, until mended.
    ForbidChannel {
        /// The channel's name.
        channel: String,
    },
    /// The bot is without a permission, until mended: in a channel, or in the whole server where
    /// no channel is named and not everybody has it.
    Deny {
        /// What it may not do.
        permission: Permission,
        /// The channel's name.
        channel: Option<String>,
    },
    /// A role is one that not everybody may ring for, until mended.
    QuietRole {
        /// The role's name.
        role: String,
    },
    /// The clock is set back, as that of a machine is that was fast. Mending leaves it there.
    ClockBack {
        /// By how much.
        by: Duration,
    },
    /// The bot does not see a channel, until mended. It is told of the channel all the same.
    HideChannel {
        /// The channel's name.
        channel: String,
    },
    /// A channel is deleted. Mending does not bring it back.
    DeleteChannel {
        /// The channel's name.
        channel: String,
    },
}

/// The faults that wait for their occasion.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    waiting: Vec<(Fault, usize)>,
    pub(crate) gateway_elsewhere: Option<String>,
    pub(crate) silent_heart: bool,
    pub(crate) refuse_resume: usize,
    bucket: Option<Bucket>,
}

impl Faults {
    /// The first fault waiting for such a request, used up by one.
    pub(crate) fn meet(&mut self, method: &str, path: &str) -> Option<Fault> {
        let index = self.waiting.iter().position(|(fault, left)| {
            *left > 0 && fault.on().is_some_and(|pattern| matches(pattern, method, path))
        })?;
        let (fault, left) = self.waiting.get_mut(index)?;
        let fault = fault.clone();
        *left -= 1;
        if *left == 0 {
            self.waiting.remove(index);
        }
        Some(fault)
    }

    /// How long a request has to wait because there were too many, if they are counted.
    pub(crate) fn crowded(&mut self, now: Instant) -> Option<Duration> {
        self.bucket.as_mut()?.take(now).err()
    }

    pub(crate) fn refuses_resume(&mut self) -> bool {
        let refuses = self.refuse_resume > 0;
        self.refuse_resume = self.refuse_resume.saturating_sub(1);
        refuses
    }
}

impl Fault {
    fn on(&self) -> Option<&str> {
        match self {
            Self::Hang { on, .. }
            | Self::Slow { on, .. }
            | Self::TooMany { on, .. }
            | Self::Refuse { on, .. }
            | Self::HangUp { on, .. }
            | Self::Garble { on, .. } => Some(on),
            _ => None,
        }
    }

    fn times(&self) -> usize {
        match self {
            Self::Hang { times, .. }
            | Self::Slow { times, .. }
            | Self::TooMany { times, .. }
            | Self::Refuse { times, .. }
            | Self::HangUp { times, .. }
            | Self::Garble { times, .. } => *times,
            _ => 0,
        }
    }
}

impl World {
    /// Begins a fault: at once, or when its occasion comes.
    pub(crate) fn begin_fault(&mut self, fault: Fault) {
        if let Some((permission, channel)) = denied_by(&fault) {
            self.deny(permission, channel);
        }
        match fault {
            Fault::GatewayElsewhere { url } => self.faults.gateway_elsewhere = Some(url),
            Fault::Crowded { a_second } => self.faults.bucket = Some(Bucket::new(a_second)),
            Fault::CutGateway => self.sessions.say(&Say::Cut),
            Fault::CloseGateway { code } => self.sessions.say(&Say::Close(code)),
            Fault::Reconnect => {
                self.sessions.say(&Say::Text(json!({ "op": 7, "d": null }).to_string()));
            }
            Fault::SilentHeart => self.faults.silent_heart = true,
            Fault::RefuseResume { times } => self.faults.refuse_resume = times,
            Fault::UnknownEvent => self.sessions.dispatch("SANDBOX_SURPRISE", &json!({ "a": 1 })),
            Fault::UndecodableEvent => self.sessions.say(&Say::Text("{\"op\": 0, ".to_owned())),
            Fault::UnreadableInteraction => self.unreadable_interaction(),
            Fault::Repeat { last } => self.sessions.repeat(last, None),
            Fault::RepeatInteraction => self.sessions.repeat(1, Some("INTERACTION_CREATE")),
            Fault::RefuseDirect { person } => {
                for someone in &mut self.people {
                    someone.refuses_direct |=
                        person.as_ref().is_none_or(|name| *name == someone.name);
                }
            }
            Fault::LeaveServer { person } => {
                for someone in self.people.iter_mut().filter(|someone| someone.name == person) {
                    someone.has_left = true;
                }
            }
            Fault::TakeRole { person, role } => {
                let role = self.roles.iter().find(|known| known.name == role).map(|role| role.id);
                for someone in self.people.iter_mut().filter(|someone| someone.name == person) {
                    someone.roles.retain(|held| Some(*held) != role);
                }
            }
            // Done above, or by who has the clock.
            Fault::ForbidChannel { .. }
            | Fault::HideChannel { .. }
            | Fault::Deny { .. }
            | Fault::ClockBack { .. } => {}
            Fault::QuietRole { role } => self.quieten(&role),
            Fault::DeleteChannel { channel } => self.delete_channel(&channel),
            later => {
                let times = later.times();
                self.faults.waiting.push((later, times));
            }
        }
        self.changed();
    }

    /// Ends every fault.
    pub(crate) fn mend(&mut self) {
        self.faults = Faults::default();
        for person in &mut self.people {
            person.refuses_direct = false;
            person.has_left = false;
        }
        self.allow_all();
        self.changed();
    }

    fn delete_channel(&mut self, name: &str) {
        let found = self.channels.iter().position(|c| c.direct.is_none() && c.name == name);
        let Some(index) = found else { return };
        let channel = self.channels.remove(index);
        let shape = self.channel_shape(&channel);
        self.sessions.dispatch_server("CHANNEL_DELETE", &shape);
    }
}

/// Does the pattern name the request?
fn matches(pattern: &str, method: &str, path: &str) -> bool {
    let pattern = match pattern.split_once(' ') {
        Some((wanted, rest)) if wanted == method => rest,
        Some(_) => return false,
        None => pattern,
    };
    let mut parts = path.split('/');
    for step in pattern.split('/') {
        match (step, parts.next()) {
            ("**", Some(_)) => return true,
            ("*", Some(_)) => {}
            (step, Some(part)) if step == part => {}
            _ => return false,
        }
    }
    parts.next().is_none()
}
