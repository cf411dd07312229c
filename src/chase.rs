//! Who is asked for an update before a meeting, and about what.
//!
//! Only what needs a word is asked about: what is late, due by the meeting or silent, and about which
//! nobody has said anything since the meeting before. Whoever is accountable is asked, once for all
//! that they hold.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use thiserror::Error;

use crate::action::Action;
use crate::action::Lateness;
use crate::action::Ref;
use crate::action::Standing;
use crate::body::Bodies;
use crate::body::BodyId;
use crate::body::PersonId;
use crate::body::UserId;
use crate::body::holding::Part;

/// A nudge may follow another to the same people after so many working days.
pub const NUDGE_DAYS: u32 = 5;

/// The longest note with a nudge, in characters.
pub const NOTE_MAX: usize = 300;

/// On which occasion somebody was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    /// For the first time before a meeting.
    First,
    /// For the last time before a meeting.
    Second,
    /// By somebody who gave a nudge.
    Nudge,
}

impl Occasion {
    /// The word the record keeps.
    pub fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Nudge => "nudge",
        }
    }

    /// The occasion that a word of the record stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::First, Self::Second, Self::Nudge]
            .into_iter()
            .find(|occasion| occasion.word() == word)
    }
}

/// Somebody who is known to hold a body: by name, or because they were seen with its role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Their number in the record.
    pub person: PersonId,
    /// The chat's number for them.
    pub user: UserId,
    /// The name they go by in the server.
    pub name: String,
}

/// Who is known to hold each body.
pub type Holders = BTreeMap<BodyId, Vec<Holder>>;

/// Who is known to hold each body: whoever does by name or was seen with its role, unless that ended by
/// name; where that is nobody, whoever deputises.
pub fn holders(bodies: &Bodies, seen: &[(BodyId, Holder)]) -> Holders {
    let of_body = |body: BodyId| {
        let named = |part| {
            let named = bodies.holdings.named(body).into_iter();
            named.filter(move |entry| entry.part == part).filter_map(|entry| {
                let person = entry.person.as_ref()?;
                let name = person.name.clone()?;
                Some(Holder { person: person.id, user: person.user?, name })
            })
        };
        let mut holders: Vec<Holder> = named(Part::Holder).collect();
        let through_role = seen.iter().filter(|(known, holder)| {
            *known == body && bodies.holdings.part(body, holder.user).is_none()
        });
        holders.extend(through_role.map(|(_, holder)| holder.clone()));
        if holders.is_empty() {
            holders.extend(named(Part::Deputy));
        }
        holders
    };
    bodies.all.iter().map(|body| (body.id, of_body(body.id))).collect()
}

/// Whom a chase is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// Somebody, privately.
    Person(Holder),
    /// Everybody who has the role of a body that nobody is known to hold, in its channel.
    Channel(BodyId),
}

/// Why somebody needs to say a word about an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// It is past its date.
    Overdue,
    /// It is due by the meeting.
    Due,
    /// Nothing was said about it since the meeting before.
    Silent,
}

/// One request for updates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chase<'a> {
    /// Whom it is for.
    pub to: Recipient,
    /// The lead that is asked; of several that a person holds, the first in the partnership's order.
    pub lead: BodyId,
    /// What it asks about: what is late first, longest late before others.
    pub about: Vec<(&'a Action, Need)>,
}

/// Why nobody was asked about what a lead answers for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unasked {
    /// The lead is vacant.
    Vacant,
    /// Nobody is known to hold it, and it has no channel with a role to call.
    Unknown,
    /// Everybody who is known to hold it asked not to be asked.
    Snoozed,
}

/// Everybody to be asked before a meeting, and every lead of whom nobody is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round<'a> {
    /// The requests, in the partnership's order.
    pub chases: Vec<Chase<'a>>,
    /// The leads of whom nobody is asked, with what they would have been asked about.
    pub unasked: Vec<(BodyId, Unasked, Vec<&'a Action>)>,
    /// The leads of whom nobody is known, so that their channel is asked.
    pub unknown: Vec<BodyId>,
}

/// What is known when somebody is to be asked.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The actions that the meetings are about.
    pub actions: &'a [Action],
    /// The bodies.
    pub bodies: &'a Bodies,
    /// Who is known to hold them.
    pub holders: &'a Holders,
    /// Who does not want to be asked at present.
    pub snoozed: &'a BTreeSet<PersonId>,
    /// Since when a report counts: the meeting before. None for always.
    pub since: Option<DateTime<Utc>>,
    /// The day it is.
    pub today: NaiveDate,
    /// The day of the meeting, of several that are close together the last.
    pub meeting_on: NaiveDate,
}

/// Why an action needs a word, if it does.
pub fn need(action: &Action, facts: &Facts<'_>) -> Option<Need> {
    let is_open = action.standing == Standing::Open && !action.awaits_sign_off();
    if !is_open || has_reported(action, facts.since) {
        return None;
    }
    match action.lateness(facts.today, Some(facts.meeting_on)) {
        Lateness::NotCounted => None,
        Lateness::Overdue { .. } => Some(Need::Overdue),
        Lateness::DueBeforeMeeting => Some(Need::Due),
        _ => Some(Need::Silent),
    }
}

/// Whether somebody has spoken about an action since the meeting before, or asked for a new date. What
/// a print says is no report: nobody gave it to us.
fn has_reported(action: &Action, since: Option<DateTime<Utc>>) -> bool {
    let counts = |at: DateTime<Utc>| since.is_none_or(|since| since <= at);
    let said = action.last_update.as_ref();
    let said = said.is_some_and(|update| update.body.is_some() && counts(update.said_at));
    said || action.date_asked().is_some_and(|asked| counts(asked.asked_at))
}

/// Who is to be asked about what.
pub fn round<'a>(facts: &Facts<'a>) -> Round<'a> {
    let mut needs: BTreeMap<BodyId, Vec<(&Action, Need)>> = BTreeMap::new();
    for action in facts.actions {
        let Some(need) = need(action, facts) else { continue };
        // A label that is no body answers for nothing: the first that is one does.
        let accountable = action.leads.iter().find(|lead| !lead.bodies.is_empty());
        for body in accountable.iter().flat_map(|lead| &lead.bodies) {
            needs.entry(*body).or_default().push((action, need));
        }
    }
    let mut round = Round::default();
    for body in &facts.bodies.all {
        if let Some(about) = needs.remove(&body.id) {
            round.ask(body.id, &about, facts);
        }
    }
    for chase in &mut round.chases {
        chase.sort();
    }
    round
}

impl<'a> Round<'a> {
    fn ask(&mut self, lead: BodyId, about: &[(&'a Action, Need)], facts: &Facts<'a>) {
        let unasked = |why| (lead, why, about.iter().map(|(action, _)| *action).collect());
        if facts.bodies.holdings.is_vacant(lead) {
            self.unasked.push(unasked(Unasked::Vacant));
            return;
        }
        let known = facts.holders.get(&lead).map(Vec::as_slice).unwrap_or_default();
        if known.is_empty() {
            let body = facts.bodies.with(lead);
            if body.is_some_and(|body| body.channel.is_some() && body.role.is_some()) {
                let to = Recipient::Channel(lead);
                self.unknown.push(lead);
                self.chases.push(Chase { to, lead, about: about.to_vec() });
            } else {
                self.unasked.push(unasked(Unasked::Unknown));
            }
            return;
        }
        let mut awake = known.iter().filter(|who| !facts.snoozed.contains(&who.person)).peekable();
        if awake.peek().is_none() {
            self.unasked.push(unasked(Unasked::Snoozed));
        }
        for holder in awake {
            self.ask_person(holder, lead, about);
        }
    }

    /// Adds to what somebody is asked already: they get one message, whatever they hold.
    fn ask_person(&mut self, holder: &Holder, lead: BodyId, about: &[(&'a Action, Need)]) {
        let is_theirs = |chase: &&mut Chase<'_>| match &chase.to {
            Recipient::Person(known) => known.person == holder.person,
            Recipient::Channel(_) => false,
        };
        let Some(chase) = self.chases.iter_mut().find(is_theirs) else {
            let to = Recipient::Person(holder.clone());
            self.chases.push(Chase { to, lead, about: about.to_vec() });
            return;
        };
        for (action, need) in about {
            if chase.about.iter().all(|(known, _)| known.reference != action.reference) {
                chase.about.push((action, *need));
            }
        }
    }
}

impl Chase<'_> {
    fn sort(&mut self) {
        self.about.sort_by_key(|(action, need)| {
            let due_on = action.target.due_on();
            (*need, due_on.is_none(), due_on, action.reference.clone())
        });
    }

    /// The refs of what it asks about.
    pub fn references(&self) -> Vec<Ref> {
        self.about.iter().map(|(action, _)| action.reference.clone()).collect()
    }
}

/// How far a request for updates has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// The chat has it.
    Yes,
    /// It is still owed.
    NotYet,
    /// The person takes no messages from us.
    Refused,
    /// It could not be delivered in time, or at all.
    No,
}

/// A request for updates as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// On which occasion.
    pub occasion: Occasion,
    /// Who was asked, by the name they go by; none for a channel, and for somebody who is forgotten.
    pub name: Option<String>,
    /// Who was asked; none for a channel.
    pub person: Option<PersonId>,
    /// The lead that was asked.
    pub lead: BodyId,
    /// When; in the future, while it waits until people are at work.
    pub asked_at: DateTime<Utc>,
    /// How far it has come.
    pub reached: Reached,
    /// What they were asked about.
    pub about: Vec<Ref>,
}

/// Why nobody is nudged; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Neither an action nor a lead is given, or both.
    #[error("Say whom to remind: give either an `action` or a `lead`.")]
    OneOfBoth,
    /// Nobody answers for it.
    #[error("{what} has nobody to remind: {why}. `/lead list` shows who holds what.")]
    Nobody {
        /// The action or the lead.
        what: String,
        /// Why.
        why: &'static str,
    },
    /// There is nothing to ask about.
    #[error("{0} leads nothing that is open, so there is nothing to remind them of.")]
    NothingOpen(String),
    /// The meeting has been, or is cancelled.
    #[error("That meeting is not to come any more, so nobody is asked again before it.")]
    MeetingGone,
    /// The papers are out.
    #[error("The papers for that meeting are out, so nobody is asked again before it anyway.")]
    PapersOut,
    /// The work is done.
    #[error("{0} is complete or closed, so there is nothing to remind anybody of.")]
    Closed(Ref),
    /// They were nudged a short while ago.
    #[error(
        "{who} had a reminder on {day} already. One in {NUDGE_DAYS} working days is enough: the next \
         can go on {next}."
    )]
    TooSoon {
        /// Who.
        who: String,
        /// The day they were.
        day: String,
        /// The first day on which they can be again.
        next: String,
    },
    /// The note is too long.
    #[error("The note has {length} characters; there is room for {NOTE_MAX}. Please shorten it.")]
    TooLong {
        /// How many characters it has.
        length: usize,
    },
}
