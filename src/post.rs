//! What Convener owes the chat: a row first, a message second.

pub mod event;

use std::time::Duration;

use chrono::DateTime;
use chrono::Utc;
use serde::Deserialize;
use serde::Serialize;

use crate::body::ChannelId;
use crate::body::RoleId;
use crate::body::UserId;
use crate::view::Card;

/// A post's number in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostId(pub i64);

/// How far a post has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has tried to send it.
    Waiting,
    /// Somebody began to send it; whether the chat has it is not known.
    Sending {
        /// When they first began.
        since: DateTime<Utc>,
    },
}

/// How a post ends that is never said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The person takes no messages from us.
    Refused,
    /// It came to be no use any more before it could be said.
    Missed,
    /// It could not be said, and never will be.
    GivenUp,
}

/// Where something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whither {
    /// In a channel, for everybody there.
    Channel(ChannelId),
    /// Privately, to one person.
    Person(UserId),
}

/// Whom a post in a channel calls by name, so that their devices tell them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Called {
    /// One person.
    Person(UserId),
    /// Everybody who has a role.
    Role(RoleId),
}

/// Something to say, exactly once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Its number in the record.
    pub id: PostId,
    /// What makes it the same post when it is written or sent again: routine, moment, recipient.
    pub key: String,
    /// Where to say it.
    pub to: Whither,
    /// Whom it calls.
    pub calls: Option<Called>,
    /// The message of ours in the same channel that it follows on.
    pub follows: Option<Receipt>,
    /// From when on it is no use any more; none where it always is.
    pub useful_until: Option<DateTime<Utc>>,
    /// What to say. Its files are filled in when its turn to be sent has come.
    pub card: Card,
    /// Whether files go with it.
    pub has_files: bool,
    /// How far it has come.
    pub state: State,
}

impl Post {
    /// Whether somebody's device tells them of it, so that it should wait until people are at work.
    pub fn rings(&self) -> bool {
        matches!(self.to, Whither::Person(_)) || self.calls.is_some()
    }
}

/// Something that is to be said, before it stands in the outbox.
#[derive(Clone, Copy, Debug)]
pub struct NewPost<'a> {
    /// What makes it the same post when it is written again: routine, moment, recipient.
    pub key: &'a str,
    /// Where to say it.
    pub to: Whither,
    /// Whom it calls; only in a channel.
    pub calls: Option<Called>,
    /// The key of the post in the same channel that it follows on.
    pub follows: Option<&'a str>,
    /// What to say, with the files that go with it.
    pub card: &'a Card,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// From when on it is no use any more; none where it always is.
    pub useful_until: Option<DateTime<Utc>>,
}

/// The chat's own number for the message a post became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt(pub u64);

/// Something that stands in the chat's own calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// What it is called; at most 100 characters (Discord's limit), and not empty.
    pub name: String,
    /// What it is about; at most 1,000 characters (Discord's limit), may be empty.
    pub describes: String,
    /// Where it takes place; at most 100 characters (Discord's limit), and not empty.
    pub place: String,
    /// When it begins. Discord adds nothing that has begun.
    pub begins_at: DateTime<Utc>,
    /// When it ends, which is later.
    pub ends_at: DateTime<Utc>,
}

/// The chat's own number for an event in its calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventReceipt(pub u64);

/// An edit's number in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditId(pub i64);

/// A message of ours that is to read otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Its number in the record.
    pub id: EditId,
    /// The key of the post that became the message.
    pub key: String,
    /// The channel it stands in.
    pub channel: ChannelId,
    /// The message.
    pub receipt: Receipt,
    /// What it is to say.
    pub card: Card,
}

/// Why a post was not confirmed, and so what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsaid {
    /// It may work later; not before a while has passed, where the chat says so.
    Again {
        /// What happened, for the log.
        why: String,
        /// How long the chat asks to wait.
        after: Option<Duration>,
    },
    /// The person takes no messages from us.
    Closed {
        /// What the chat said, for the log.
        why: String,
    },
    /// It never will.
    Never {
        /// What is wrong and what to do, for CP Support.
        why: String,
    },
}

/// What the chat tells a post sent twice by: at most 25 characters (Discord's limit), the same for
/// the same key, in every version and on every machine.
pub fn nonce(key: &str) -> String {
    // FNV-1a, whose two constants are part of its definition.
    let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_the_published_hash_of_the_key() {
        assert_eq!(nonce(""), "cbf29ce484222325");
        assert_eq!(nonce("foobar"), "85944171f73967e8");
    }
}
