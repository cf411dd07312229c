//! What a sandbox is opened with: a server, its channels, its roles and its people.

use chrono::DateTime;
use chrono::Utc;
use chrono_tz::Tz;

/// The server that a sandbox plays.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The server's name.
    pub server: String,
    /// Its text channels, in order.
    pub channels: Vec<ChannelPlan>,
    /// Its roles, by name. One named `Server admin` may do everything; the others are ordinary.
    pub roles: Vec<String>,
    /// Its people. The first is who the page speaks as to begin with.
    pub people: Vec<PersonPlan>,
    /// The bot's name.
    pub bot: String,
    /// Where the sandbox's clock stands when it opens.
    pub opens_at: DateTime<Utc>,
    /// The zone in which the page and the transcripts show time.
    pub zone: Tz,
    /// Which run of this server it is. Messages and interactions of different runs have
    /// different ids, so that a bot which remembers an earlier run takes none for a repeat;
    /// the server, channels, roles and people keep theirs. Only its low ten bits count.
    pub run: u16,
}

/// A text channel to be.
#[derive(Clone, Debug)]
pub struct ChannelPlan {
    /// Its name, without the `#`.
    pub name: String,
    /// What it is for.
    pub topic: String,
}

/// A person to be.
#[derive(Clone, Debug)]
pub struct PersonPlan {
    /// Their name.
    pub name: String,
    /// Who they are, in a few words, for the page.
    pub note: String,
    /// The roles they hold, by name.
    pub roles: Vec<String>,
}
