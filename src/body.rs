//! Who belongs to the partnership: bodies, people, and who holds what.

pub mod holding;
#[cfg(test)]
mod tests;

use std::fmt;

use chrono::DateTime;
use chrono::Utc;
use serde::Deserialize;
use serde::Serialize;

use crate::body::holding::Holdings;
use crate::body::holding::Part;

/// A body's number in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BodyId(pub i64);

/// A person's number in the record; names stand apart, so that a person can be forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub i64);

/// The chat's number for a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServerId(pub u64);

/// The chat's number for a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserId(pub u64);

/// The chat's number for a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleId(pub u64);

/// The chat's number for a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChannelId(pub u64);

/// What keeps us from saying something in a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The channel is not there any more.
    Channel,
    /// We are not allowed all that we need there. These are missing, by the chat's own names for
    /// them, in the order in which it lists them.
    Permissions(Vec<&'static str>),
}

/// What sort of body it is, which decides what its holders may do and which digest it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BodyKind {
    /// The partnership's board.
    Board,
    /// The executive group that works for the board.
    Executive,
    /// The officers who support the partnership.
    Office,
    /// A Delivery & Improvement Group.
    Group,
    /// A partner agency.
    Agency,
}

impl BodyKind {
    /// The word the record keeps.
    pub fn word(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Executive => "executive",
            Self::Office => "office",
            Self::Group => "group",
            Self::Agency => "agency",
        }
    }

    /// The kind that a word of the record stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Board, Self::Executive, Self::Office, Self::Group, Self::Agency]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// A board, an executive group, a DIG, an office or a partner agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Its number in the record.
    pub id: BodyId,
    /// Its short name on screen: `CPEG`, `Flourishing DIG`.
    pub name: String,
    /// Its three to five letters, as in refs: `FLO`.
    pub code: String,
    /// What sort of body it is.
    pub kind: BodyKind,
    /// Other names it goes by in plans and in speech.
    pub names: Vec<String>,
    /// The name of the chat role whose members hold it.
    pub role_name: String,
    /// The name of the channel it owns.
    pub channel_name: String,
    /// The role, once the server is known to have one of that name.
    pub role: Option<RoleId>,
    /// The channel, once the server is known to have one of that name.
    pub channel: Option<ChannelId>,
}

impl Body {
    /// Who speaks for it, in a sentence: `the chair of CPEG`, `CP Support`.
    pub fn holder(&self) -> String {
        match self.kind {
            BodyKind::Office | BodyKind::Agency => self.name.clone(),
            BodyKind::Group => format!("the chair of the {}", self.name),
            BodyKind::Board | BodyKind::Executive => format!("the chair of {}", self.name),
        }
    }

    fn is_held_through(&self, roles: &[RoleId]) -> bool {
        self.role.is_some_and(|role| roles.contains(&role))
    }

    fn goes_by(&self, words: &str) -> bool {
        same(&self.name, words)
            || same(&self.code, words)
            || self.names.iter().any(|name| same(name, words))
    }
}

impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// One name for several bodies at once: "DIG chairs" is all five groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collective {
    /// The name on screen.
    pub name: String,
    /// Other names for it.
    pub names: Vec<String>,
    /// The bodies it means, in the partnership's order.
    pub bodies: Vec<BodyId>,
}

/// All bodies of a partnership, in its own order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bodies {
    /// Each body.
    pub all: Vec<Body>,
    /// The names that mean several of them.
    pub collectives: Vec<Collective>,
    /// Who holds them by name.
    pub holdings: Holdings,
}

impl Bodies {
    /// The body of that number.
    pub fn with(&self, id: BodyId) -> Option<&Body> {
        self.all.iter().find(|body| body.id == id)
    }

    /// The bodies that a name means, whatever its capitals: one, several for a collective, or none.
    pub fn named(&self, words: &str) -> Vec<BodyId> {
        if let Some(body) = self.all.iter().find(|body| body.goes_by(words)) {
            return vec![body.id];
        }
        self.collectives
            .iter()
            .find(|collective| {
                same(&collective.name, words)
                    || collective.names.iter().any(|name| same(name, words))
            })
            .map(|collective| collective.bodies.clone())
            .unwrap_or_default()
    }

    /// The one name for exactly these bodies, if there is one.
    pub fn collective_of(&self, bodies: &[BodyId]) -> Option<&Collective> {
        self.collectives.iter().find(|collective| collective.bodies == bodies)
    }

    /// The first body of a kind, in the partnership's order.
    pub fn first_of(&self, kind: BodyKind) -> Option<&Body> {
        self.all.iter().find(|body| body.kind == kind)
    }

    /// Who looks after the plan as a whole, in a sentence: `CP Support or the chair of CPEG`. Whoever
    /// is vacant is not named, unless all are.
    pub fn overseers(&self) -> String {
        let kinds = [BodyKind::Office, BodyKind::Executive, BodyKind::Board];
        let first = kinds.iter().filter_map(|kind| self.first_of(*kind));
        let (vacant, held): (Vec<&Body>, Vec<&Body>) =
            first.partition(|body| self.holdings.is_vacant(body.id));
        let named = if held.is_empty() { vacant } else { held };
        either(&named.into_iter().map(Body::holder).collect::<Vec<_>>())
    }

    /// The bodies that somebody holds or deputises for, by name or through their roles, in the
    /// partnership's order.
    pub fn held_by(&self, user: UserId, roles: &[RoleId]) -> Vec<BodyId> {
        let holds = |body: &&Body| match self.holdings.part(body.id, user) {
            Some(part) => part != Part::Ended,
            None => body.is_held_through(roles),
        };
        self.all.iter().filter(holds).map(|body| body.id).collect()
    }

    /// The bodies that somebody has the role of and does not hold all the same, since that was ended
    /// by name.
    pub fn ended_for(&self, user: UserId, roles: &[RoleId]) -> Vec<&Body> {
        let is_ended = |body: &&Body| {
            body.is_held_through(roles) && self.holdings.part(body.id, user) == Some(Part::Ended)
        };
        self.all.iter().filter(is_ended).collect()
    }

    /// Whether all of these are said to be vacant; of none, they are not.
    pub fn are_vacant(&self, bodies: &[BodyId]) -> bool {
        !bodies.is_empty() && bodies.iter().all(|body| self.holdings.is_vacant(*body))
    }

    /// Whether nobody is known to hold a body, though it is not said to be vacant: the server has no
    /// role of it, and nobody is named.
    pub fn is_unlinked(&self, body: &Body) -> bool {
        body.role.is_none()
            && !self.holdings.is_vacant(body.id)
            && self.holdings.named(body.id).is_empty()
    }

    /// The same, with who held them by name at the end of an instant. Roles and names of bodies are
    /// those of now, for the record keeps no others.
    #[must_use]
    pub fn as_of(&self, at: DateTime<Utc>) -> Self {
        Self { holdings: self.holdings.until(at), ..self.clone() }
    }
}

/// A chat user whom the record knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their number in the record.
    pub id: PersonId,
    /// The name they go by in the server.
    pub name: String,
}

/// Somebody who speaks, with the bodies they hold at that moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// Who it is.
    pub person: Person,
    /// The bodies they hold or deputise for.
    pub holds: Vec<BodyId>,
    /// Whether they may manage the server.
    pub administers: bool,
}

/// For whom somebody speaks: their own body, and the lead it stands in for, if it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The body that the speaker holds.
    pub body: BodyId,
    /// The lead on whose behalf they speak, as printed.
    pub on_behalf_of: Option<String>,
}

/// Whether two names are the same to a reader: capitals, spaces and a leading "the" aside.
pub fn same(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

fn folded(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split_whitespace().skip_while(|word| *word == "the");
    words.collect::<Vec<_>>().join(" ")
}

/// Words joined as a sentence joins them: `a, b or c`.
pub fn either(words: &[String]) -> String {
    joined(words, "or")
}

/// Words joined as a sentence joins them: `a, b and c`.
pub fn both(words: &[String]) -> String {
    joined(words, "and")
}

fn joined(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}
