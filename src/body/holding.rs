//! Who holds a body by name: each time that was set, and what it comes to at a moment.
//!
//! The last entry for a body and a person decides, whatever their roles are; where there is none,
//! their roles do. A body said to be vacant is held by nobody until somebody is made its holder, and
//! what was set by name before that counts no more. A deputy may be named meanwhile.

#[cfg(test)]
mod tests;

use chrono::DateTime;
use chrono::Utc;
use thiserror::Error;

use crate::body::Body;
use crate::body::BodyId;
use crate::body::Person;
use crate::body::PersonId;
use crate::body::UserId;

/// What somebody is to a body, as it was set by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// They hold it.
    Holder,
    /// They deputise for whoever holds it, and may do the same.
    Deputy,
    /// They do no more.
    Ended,
}

impl Part {
    /// The parts that can be given, each with the word that is typed and kept for it, and what people
    /// read.
    pub const GIVEN: [(Self, &'static str, &'static str); 2] = [
        (Self::Holder, "holder", "holder"),
        (Self::Deputy, "deputy", "deputy of whoever holds it"),
    ];

    /// The word the record keeps.
    pub fn word(self) -> &'static str {
        match self {
            Self::Holder => "holder",
            Self::Deputy => "deputy",
            Self::Ended => "none",
        }
    }

    /// The part that a word of the record stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Holder, Self::Deputy, Self::Ended].into_iter().find(|part| part.word() == word)
    }

    /// What they do, to end a sentence about a body: `holds CPEG`, `deputises for CPEG`.
    pub fn does(self) -> &'static str {
        match self {
            Self::Holder => "holds",
            Self::Deputy => "deputises for",
            Self::Ended => "no longer holds",
        }
    }
}

/// Somebody whose part in a body was set by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Their number in the record.
    pub id: PersonId,
    /// The chat's number for them; none once they are forgotten.
    pub user: Option<UserId>,
    /// The name they go by in the server; none once they are forgotten.
    pub name: Option<String>,
}

/// One entry: whose part in a body was set, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The body.
    pub body: BodyId,
    /// Whose part; none where the body was said to be vacant.
    pub person: Option<Named>,
    /// Their part from then on.
    pub part: Part,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// A change that is decided and not yet recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whose part it sets; none to say that the body is vacant.
    pub person: Option<PersonId>,
    /// Their part from now on.
    pub part: Part,
}

/// All entries, in the order in which they count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    entries: Vec<Holding>,
}

impl Holdings {
    /// These entries, oldest first.
    pub fn of(entries: Vec<Holding>) -> Self {
        Self { entries }
    }

    /// As they stood at the end of an instant.
    #[must_use]
    pub fn until(&self, at: DateTime<Utc>) -> Self {
        let counts = self.entries.iter().filter(|entry| entry.since <= at);
        Self { entries: counts.cloned().collect() }
    }

    /// The part that a user of the chat has in a body by name; none where their roles decide.
    pub fn part(&self, body: BodyId, user: UserId) -> Option<Part> {
        let entries = self.of_body(body);
        let own = entries.iter().rposition(|entry| {
            entry.person.as_ref().is_some_and(|person| person.user == Some(user))
        });
        let emptied = entries.iter().rposition(|entry| entry.person.is_none());
        match own {
            Some(own) if emptied.is_none_or(|emptied| own > emptied) => Some(entries[own].part),
            Some(_) => Some(Part::Ended),
            None => self.is_vacant(body).then_some(Part::Ended),
        }
    }

    /// Everybody who has a part in a body by name, the longest first.
    pub fn named(&self, body: BodyId) -> Vec<&Holding> {
        let entries = self.of_body(body);
        let since = entries.iter().rposition(|entry| entry.person.is_none());
        let counting = &entries[since.map_or(0, |vacant| vacant + 1)..];
        let is_last = |place: usize, entry: &Holding| {
            let id = |entry: &Holding| entry.person.as_ref().map(|person| person.id);
            counting[place + 1..].iter().all(|later| id(later) != id(entry))
        };
        let last = counting.iter().enumerate().filter(|(place, entry)| is_last(*place, entry));
        last.map(|(_, entry)| *entry).filter(|entry| entry.part != Part::Ended).collect()
    }

    /// Since when a body has been vacant, if it is said to be.
    pub fn vacant_since(&self, body: BodyId) -> Option<DateTime<Utc>> {
        let entries = self.of_body(body);
        let emptied = entries.iter().rposition(|entry| entry.person.is_none())?;
        let held_since = entries[emptied..].iter().any(|entry| entry.part == Part::Holder);
        (!held_since).then(|| entries[emptied].since)
    }

    /// Whether a body is said to be vacant.
    pub fn is_vacant(&self, body: BodyId) -> bool {
        self.vacant_since(body).is_some()
    }

    /// Gives somebody a part in a body, or why that changes nothing.
    pub fn link(&self, body: &Body, person: &Person, part: Part) -> Result<Vec<Change>, Refusal> {
        if self.has(body, person) == Some(part) {
            let (name, body) = (person.name.clone(), body.name.clone());
            return Err(Refusal::LinkedAlready { name, part, body });
        }
        Ok(vec![Change { person: Some(person.id), part }])
    }

    /// Hands a body over: from somebody, or from all who hold it by name where nobody is said. Its
    /// deputies stay unless it is from them.
    pub fn hand_over(
        &self,
        body: &Body,
        to: &Person,
        from: Option<&Person>,
    ) -> Result<Vec<Change>, Refusal> {
        if from.is_some_and(|from| from.id == to.id) {
            return Err(Refusal::ToThemselves(to.name.clone()));
        }
        let end = |person| Change { person: Some(person), part: Part::Ended };
        let mut changes: Vec<Change> = match from {
            Some(from) if self.has(body, from) == Some(Part::Ended) => Vec::new(),
            Some(from) => vec![end(from.id)],
            None => {
                let holders = self.named(body.id).into_iter();
                let holders = holders.filter(|entry| entry.part == Part::Holder);
                let ids = holders.filter_map(|entry| entry.person.as_ref().map(|person| person.id));
                ids.filter(|id| *id != to.id).map(end).collect()
            }
        };
        if self.has(body, to) != Some(Part::Holder) {
            changes.push(Change { person: Some(to.id), part: Part::Holder });
        }
        if changes.is_empty() {
            let (name, body) = (to.name.clone(), body.name.clone());
            return Err(Refusal::LinkedAlready { name, part: Part::Holder, body });
        }
        Ok(changes)
    }

    /// Says that a body is vacant, or why that changes nothing.
    pub fn vacate(&self, body: &Body) -> Result<Vec<Change>, Refusal> {
        if self.is_vacant(body.id) && self.named(body.id).is_empty() {
            return Err(Refusal::VacantAlready(body.name.clone()));
        }
        Ok(vec![Change { person: None, part: Part::Ended }])
    }

    /// The part that somebody has, or had and has no more.
    fn has(&self, body: &Body, person: &Person) -> Option<Part> {
        let is_theirs =
            |entry: &&&Holding| entry.person.as_ref().is_some_and(|named| named.id == person.id);
        if let Some(entry) = self.named(body.id).iter().find(is_theirs) {
            return Some(entry.part);
        }
        let was_set = self.of_body(body.id).iter().any(|entry| is_theirs(&entry));
        was_set.then_some(Part::Ended)
    }

    fn of_body(&self, body: BodyId) -> Vec<&Holding> {
        self.entries.iter().filter(|entry| entry.body == body).collect()
    }
}

/// Why who holds a body is not changed; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// They have that part already.
    #[error("{name} {} {body} already, so nothing was changed.", part.does())]
    LinkedAlready {
        /// What they are called.
        name: String,
        /// Their part.
        part: Part,
        /// The body's name.
        body: String,
    },
    /// A handover from and to the same person.
    #[error("{0} would hand over to themselves. Give somebody else in `to` or in `from`.")]
    ToThemselves(String),
    /// It is vacant and has no deputy.
    #[error(
        "{0} is vacant already, so nothing was changed. `/lead handover` gives it to somebody."
    )]
    VacantAlready(String),
}
