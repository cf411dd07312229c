//! Who may do what: the one place that decides, as a table of capabilities and roles.
//!
//! A role is what somebody is to the matter in hand: a chair of a DIG is a lead for that DIG's own
//! actions, and a member like any other for the rest.

#[cfg(test)]
mod tests;

use thiserror::Error;

use crate::action::Action;
use crate::action::Ref;
use crate::body::Bodies;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::BodyKind;
use crate::body::Speaker;
use crate::body::Voice;
use crate::body::either;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capability {
    /// Read, ask questions, preview, export the paper.
    Read,
    /// Log an update, propose that work is complete, ask something of the group.
    Log,
    /// Ask for a new date.
    AskDate,
    /// Record what was agreed: sign off, return, agree dates, withdraw.
    Decide,
    /// Take back what somebody else has said, at any time and with a reason.
    Reverse,
    /// Keep the plan: actions, leads, meetings, imports, digests.
    Keep,
    /// Steer what is said unasked: send a digest, pause, change lead times, remind people.
    Steer,
    /// Set up roles, channels, the time zone and what is kept for how long.
    SetUp,
}

/// What somebody is to the matter in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Anybody in the server.
    Member,
    /// Somebody who holds a body that leads the action, or deputises for whoever does.
    Lead,
    /// The chair of a DIG, for what the DIG leads and for its own plan.
    Group,
    /// CP Support.
    Support,
    /// The chair of the executive group or of the board.
    Chair,
    /// Somebody who may manage the server.
    Admin,
}

/// Whether a role may do it, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// Not at all.
    No,
    /// For what is their own.
    Own,
    /// For anything.
    Any,
    /// For anything, on behalf of its lead.
    OnBehalf,
    /// For anything, citing the meeting that agreed it.
    Citing,
}

impl Role {
    /// All roles, in the order of the table.
    pub const ALL: [Self; 6] =
        [Self::Member, Self::Lead, Self::Group, Self::Support, Self::Chair, Self::Admin];
}

impl Capability {
    /// All capabilities, in the order of the table.
    pub const ALL: [Self; 8] = [
        Self::Read,
        Self::Log,
        Self::AskDate,
        Self::Decide,
        Self::Reverse,
        Self::Keep,
        Self::Steer,
        Self::SetUp,
    ];

    /// What a role is granted of it.
    pub fn grant(self, role: Role) -> Grant {
        use Grant::Any;
        use Grant::Citing;
        use Grant::No;
        use Grant::OnBehalf;
        use Grant::Own;
        let [member, lead, group, support, chair, admin] = match self {
            Self::Read => [Any, Any, Any, Any, Any, Any],
            Self::Log => [No, Own, Own, OnBehalf, Any, No],
            Self::AskDate => [No, Own, Own, Any, Any, No],
            Self::Decide => [No, No, No, Citing, Any, No],
            Self::Reverse => [No, No, No, Any, No, No],
            Self::Keep | Self::Steer => [No, No, No, Any, Any, No],
            Self::SetUp => [No, No, No, No, No, Any],
        };
        match role {
            Role::Member => member,
            Role::Lead => lead,
            Role::Group => group,
            Role::Support => support,
            Role::Chair => chair,
            Role::Admin => admin,
        }
    }
}

/// For whom somebody speaks when they log progress on an action or ask for its new date, or why they
/// may not.
pub fn voice(
    capability: Capability,
    speaker: &Speaker,
    action: &Action,
    bodies: &Bodies,
) -> Result<Voice, Refusal> {
    let held = || speaker.holds.iter().filter_map(|id| bodies.with(*id));
    let grants = |role| capability.grant(role);
    let own = held().find(|body| own_role(body, action).is_some_and(|r| grants(r) == Grant::Own));
    if let Some(body) = own {
        return Ok(Voice { body: body.id, on_behalf_of: None });
    }
    let oversees = held().find_map(|body| Some((body, grants(office_of(body)?))));
    match oversees {
        Some((body, Grant::OnBehalf)) => {
            let on_behalf_of = action.leads.first().map(|lead| lead.printed.clone());
            Ok(Voice { body: body.id, on_behalf_of })
        }
        Some((body, Grant::Any)) => Ok(Voice { body: body.id, on_behalf_of: None }),
        _ => {
            let (reference, who) = (action.reference.clone(), who_may(action, bodies));
            Err(match capability {
                Capability::AskDate => Refusal::NotYourDate { reference, who },
                _ => Refusal::NotYours { reference, who },
            })
        }
    }
}

/// In whose name somebody records what was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The body that they hold.
    pub body: BodyId,
    /// Whether they have to cite the meeting that agreed it.
    pub cites: bool,
}

/// In whose name somebody decides about a plan or keeps it, or why they may not.
pub fn authority(
    capability: Capability,
    speaker: &Speaker,
    bodies: &Bodies,
) -> Result<Authority, Refusal> {
    let held = speaker.holds.iter().filter_map(|id| bodies.with(*id));
    let granted = held.filter_map(|body| {
        let grant = capability.grant(office_of(body)?);
        (grant != Grant::No).then_some(Authority { body: body.id, cites: grant == Grant::Citing })
    });
    // A chair who is also an officer need not cite.
    let found = granted.min_by_key(|authority| authority.cites);
    found.ok_or_else(|| match capability {
        Capability::Decide => Refusal::NotTheirs(bodies.overseers()),
        Capability::Reverse => {
            let office = bodies.first_of(BodyKind::Office);
            Refusal::NotTheirsToReverse(office.map_or("CP Support".into(), Body::holder))
        }
        Capability::Steer => Refusal::NotTheirsToSteer(bodies.overseers()),
        _ => Refusal::NotKeeper(bodies.overseers()),
    })
}

/// Whether somebody may set up the server's roles and channels, or why they may not.
pub fn sets_up(speaker: &Speaker) -> Result<(), Refusal> {
    let role = if speaker.administers { Role::Admin } else { Role::Member };
    match Capability::SetUp.grant(role) {
        Grant::No => Err(Refusal::NotAdmin),
        _ => Ok(()),
    }
}

/// Whether a body answers for an action: it leads it, or the action is of its own plan.
pub fn answers_for(body: &Body, action: &Action) -> bool {
    own_role(body, action).is_some()
}

/// What the holder of a body is to one of its own actions; none where it is not its own. A DIG's own
/// plan has the letters of the DIG.
fn own_role(body: &Body, action: &Action) -> Option<Role> {
    let is_group = body.kind == BodyKind::Group;
    let is_own = action.is_led_by(body.id) || (is_group && action.reference.plan == body.code);
    is_own.then_some(if is_group { Role::Group } else { Role::Lead })
}

/// What the holder of a body is to the plan as a whole, if anything.
fn office_of(body: &Body) -> Option<Role> {
    match body.kind {
        BodyKind::Office => Some(Role::Support),
        BodyKind::Executive | BodyKind::Board => Some(Role::Chair),
        BodyKind::Group | BodyKind::Agency => None,
    }
}

/// A body, unless it is vacant: then nobody speaks for it.
fn held<'a>(body: Option<&'a Body>, bodies: &Bodies) -> Option<&'a Body> {
    body.filter(|body| !bodies.holdings.is_vacant(body.id))
}

/// Who may speak about an action, in a sentence: its leads, then those who may speak for any.
fn who_may(action: &Action, bodies: &Bodies) -> String {
    let mut who: Vec<String> = Vec::new();
    for lead in &action.leads {
        match lead.bodies.as_slice() {
            [] => {}
            [one] => who.extend(held(bodies.with(*one), bodies).map(Body::holder)),
            several => who.push(match bodies.collective_of(several) {
                Some(collective) => format!("the chair of one of the {}", collective.name),
                None => lead.printed.clone(),
            }),
        }
    }
    if action.leads.is_empty() {
        who.extend(held(bodies.first_of(BodyKind::Executive), bodies).map(Body::holder));
    }
    who.extend(held(bodies.first_of(BodyKind::Office), bodies).map(Body::holder));
    if who.is_empty() {
        who.extend(bodies.first_of(BodyKind::Board).map(Body::holder));
    }
    let mut seen = std::collections::BTreeSet::new();
    who.retain(|name| seen.insert(name.clone()));
    either(&who)
}

/// Why somebody may not do something; its text is the sentence people read, which says who can.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// They hold no body that answers for the action.
    #[error(
        "You cannot log progress on {reference}, but {who} can. \
         Ask them, or tell them what you know."
    )]
    NotYours {
        /// The action.
        reference: Ref,
        /// Who can.
        who: String,
    },
    /// The same, of a new date.
    #[error("You cannot ask for a new date for {reference}, but {who} can. Please ask them.")]
    NotYourDate {
        /// The action.
        reference: Ref,
        /// Who can.
        who: String,
    },
    /// They do not record what was agreed.
    #[error(
        "You cannot record what was agreed, but {0} can. Tell them the meeting and the minute."
    )]
    NotTheirs(String),
    /// They do not steer what is said unasked.
    #[error("You cannot decide what I send and when, but {0} can. Please ask them.")]
    NotTheirsToSteer(String),
    /// They do not correct what others have said.
    #[error(
        "You cannot take back what somebody has said, but {0} can. Tell them which update, and why."
    )]
    NotTheirsToReverse(String),
    /// They do not keep the plan.
    #[error("You cannot change the plan, but {0} can. Please ask them.")]
    NotKeeper(String),
    /// They do not keep the calendar of meetings.
    #[error("You cannot change when bodies meet, but {0} can. Please ask them.")]
    NotCalendarKeeper(String),
    /// They may not manage the server.
    #[error("Only somebody who may manage this server can do that. Please ask one of its admins.")]
    NotAdmin,
}
